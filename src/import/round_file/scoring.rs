//! Schemes and steps of a round file.

use jiff::civil::Date;

use super::super::Faults;
use super::{Described, Given};
use crate::round::plan::PlannedStep;
use crate::round::steps::Step;
use crate::store::scores::NewScoring;
use crate::unit::{CODE_RULE, is_code};

/// How the round is scored, and every fault of it.
pub(super) fn read(described: &Described, faults: &mut Faults) -> NewScoring {
    for (place, scheme) in described.schemes.iter().enumerate() {
        if !is_code(&scheme.value) {
            faults.add(scheme.fault(format!("this is no id of a scheme; write {CODE_RULE}")));
        } else if described.schemes.iter().take(place).any(|earlier| earlier.value == scheme.value) {
            faults.add(scheme.fault(format!("scheme `{}` is there already", scheme.value)));
        }
    }
    if let Some(previous) = described.previous.as_ref().filter(|previous| previous.value == described.id.value || !is_code(&previous.value))
    {
        faults.add(previous.fault("changes are measured against another round, which was published before; write its id"));
    }
    let steps = steps(described, faults);
    if let Some(first) = described.steps.first().filter(|_| described.schemes.is_empty()) {
        faults.add(first.step.fault("a round without schemes has no steps of scoring; name schemes = [\"…\"]"));
    }
    NewScoring {
        schemes: described.schemes.iter().map(|scheme| scheme.value.clone()).collect(),
        previous: described.previous.as_ref().map(|previous| previous.value.clone()),
        steps,
    }
}

/// The planned steps, each once, in their order.
fn steps(described: &Described, faults: &mut Faults) -> Vec<PlannedStep> {
    let mut planned: Vec<PlannedStep> = Vec::new();
    for given in &described.steps {
        let Some(step) = Step::from_name(&given.step.value) else {
            let names = Step::ALL.map(Step::name).join(", ");
            faults.add(given.step.fault(format!("there is no step `{}`; there are {names}", given.step.value)));
            continue;
        };
        let (Some(opens), Some(closes)) = (day(&given.opens, faults), day(&given.closes, faults)) else { continue };
        if closes < opens {
            faults.add(given.closes.fault("the step would close before it opens"));
        }
        if planned.last().is_some_and(|before| before.step >= step || before.opens > opens) {
            faults.add(
                given.step.fault(format!("the step {step} does not follow the one before it; steps stand once each, in the order and with the days in which they happen")),
            );
        }
        planned.push(PlannedStep { step, opens, closes });
    }
    if let (Some(first), Some(given)) = (planned.first(), described.steps.first())
        && first.step != Step::SelfScoring
    {
        faults.add(given.step.fault("the first step is self-scoring"));
    }
    planned
}

fn day(given: &Given<String>, faults: &mut Faults) -> Option<Date> {
    let day = given.value.parse().ok();
    if day.is_none() {
        faults.add(given.fault(format!("`{}` is no day; write 2026-11-01", given.value)));
    }
    day
}
