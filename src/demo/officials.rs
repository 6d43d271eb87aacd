//! Officials of the example province: codes, and ratings by people who do not exist.

use futures_util::future::join_all;

use super::answers::Inventor;
use super::{actor, clock, hand_in};
use crate::directory::Form;
use crate::keys::Keys;
use crate::office::Office;
use crate::office::answering::{Answering, Opened, Ticket};
use crate::office::codes::{Order, make};
use crate::survey::code::Code;
use crate::survey::mode::Mode;
use crate::survey::reading::about::{NOT_WORKED_WITH, UNIT_MARK, UnitReading, read_about};
use crate::unit::Registered;

/// Who rates in the published round, 700 in all: questionnaire, group, how many.
pub(super) const OFFICIALS: [(&str, &str, usize); 6] = [
    ("par-officials-departments", "deputies", 60),
    ("par-officials-departments", "commune-leaders", 190),
    ("par-officials-departments", "commune-division-heads", 150),
    ("par-officials-communes", "deputies", 60),
    ("par-officials-communes", "provincial-leaders", 140),
    ("par-officials-communes", "provincial-division-heads", 100),
];

/// Codes to try in the open round.
const TO_TRY: [(&str, &str, usize); 3] = [
    ("par-officials-departments", "deputies", 1),
    ("par-officials-departments", "commune-leaders", 1),
    ("par-officials-communes", "deputies", 1),
];

/// Issues codes of a round to groups of its questionnaires, so many to each.
pub(super) async fn issue(office: &Office, keys: &Keys, round: &str, to: &[(&str, &str, usize)], seed: u64) -> anyhow::Result<Vec<Code>> {
    let mut codes = Vec::new();
    for (questionnaire, group, count) in to.iter().copied() {
        let order = Order { questionnaire, group, unit: None, count, seed: Some(seed) };
        let made = make(office, keys, round, &order, &actor()?.may(clock::now()))
            .await
            .map_err(|why| anyhow::anyhow!("example codes: {why:?}"))?;
        made.keep(office).await?;
        codes.extend(made.codes);
    }
    Ok(codes)
}

/// Issues the codes that the demonstration prints.
pub(super) async fn codes_to_try(office: &Office, keys: &Keys, round: &str, seed: u64) -> anyhow::Result<Vec<Code>> {
    issue(office, keys, round, &TO_TRY, seed).await
}

/// Has an invented official answer once with each code.
pub(super) async fn answer(answering: &Answering, codes: Vec<Code>, seed: u64) -> anyhow::Result<()> {
    let (directory, mut inventor) = (answering.directory(), Inventor::new(seed));
    let mut rated = Vec::new();
    for code in codes {
        let opened = answering.look_up(&directory, code).await?.ok_or_else(|| anyhow::anyhow!("an example code opens nothing"))?;
        let (units, readings) = rate(opened.form, &opened, &mut inventor)?;
        rated.push((opened, units, readings));
    }
    let handed_in = rated.iter().map(|(opened, units, readings)| {
        let answered: Vec<_> = units.iter().zip(readings).map(|(unit, about)| (unit.id, &about.reading.sheet)).collect();
        async move { hand_in(answering, Ticket::Code(opened), Mode::Code, &answered).await }
    });
    join_all(handed_in).await.into_iter().collect()
}

/// What one invented official says of the units in the scope of a code, read as a posted form is.
fn rate<'o>(form: &Form, opened: &Opened<'o>, inventor: &mut Inventor) -> anyhow::Result<(Vec<&'o Registered>, Vec<UnitReading>)> {
    let units = opened.units();
    let mut fields = Vec::new();
    for unit in &units {
        let name = unit.unit.code.as_str();
        match inventor.official(form, unit.id) {
            Some(answers) => fields.extend(answers.into_iter().map(|(item, value)| (format!("{name}{UNIT_MARK}{item}"), value))),
            None => fields.push((name.to_owned(), NOT_WORKED_WITH.to_owned())),
        }
    }
    let scope: Vec<&str> = units.iter().map(|unit| unit.unit.code.as_str()).collect();
    let fields = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let readings = read_about(&form.questionnaire, &form.places, &scope, fields);
    Ok((units, readings.map_err(|faults| anyhow::anyhow!("an example rating is faulty: {faults:?}"))?))
}
