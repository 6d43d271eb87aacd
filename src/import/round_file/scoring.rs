//! Schemes and steps of a round file.

use jiff::civil::Date;

use super::{Described, Given};
use crate::fault::{Faults, Wrong, short};
use crate::round::plan::PlannedStep;
use crate::round::steps::Step;
use crate::store::scores::NewScoring;
use crate::unit::is_code;

/// How the round is scored, and every fault of it.
pub(super) fn read(described: &Described, faults: &mut Faults) -> NewScoring {
    for (place, scheme) in described.schemes.iter().enumerate() {
        if !is_code(&scheme.value) {
            faults.add(scheme.fault(Wrong::SchemeId));
        } else if described.schemes.iter().take(place).any(|earlier| earlier.value == scheme.value) {
            faults.add(scheme.fault(Wrong::SchemeTwice { scheme: scheme.value.clone() }));
        }
    }
    if let Some(previous) = described.previous.as_ref().filter(|previous| previous.value == described.id.value || !is_code(&previous.value))
    {
        faults.add(previous.fault(Wrong::OtherRoundWanted));
    }
    let steps = steps(described, faults);
    if let Some(first) = described.steps.first().filter(|_| described.schemes.is_empty()) {
        faults.add(first.step.fault(Wrong::StepsWithoutSchemes));
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
            let known = Step::ALL.map(|step| step.name().to_owned()).to_vec();
            faults.add(given.step.fault(Wrong::NoStep { given: short(&given.step.value), known }));
            continue;
        };
        let (Some(opens), Some(closes)) = (day(&given.opens, faults), day(&given.closes, faults)) else { continue };
        if closes < opens {
            faults.add(given.closes.fault(Wrong::StepClosesBefore));
        }
        if planned.last().is_some_and(|before| before.step >= step || before.opens > opens) {
            faults.add(given.step.fault(Wrong::StepDisorder { step }));
        }
        planned.push(PlannedStep { step, opens, closes });
    }
    if let (Some(first), Some(given)) = (planned.first(), described.steps.first())
        && first.step != Step::SelfScoring
    {
        faults.add(given.step.fault(Wrong::FirstStep { first: Step::SelfScoring.name().to_owned() }));
    }
    planned
}

fn day(given: &Given<String>, faults: &mut Faults) -> Option<Date> {
    let day = given.value.parse().ok();
    if day.is_none() {
        faults.add(given.fault(Wrong::NoDate { given: short(&given.value) }));
    }
    day
}
