//! Officials of the example province: codes, and ratings by people who do not exist.

use futures_util::future::join_all;

use super::answers::Inventor;
use crate::deposit::Deposited;
use crate::deposit::Sheet;
use crate::directory::{Form, OpenedRound};
use crate::issuing::{self, Drawn, Order};
use crate::keys::{Keys, Pepper};
use crate::publication;
use crate::store::Store;
use crate::store::codes::IssuedCode;
use crate::store::instance::Instance;
use crate::survey::code::{Code, Tag};
use crate::survey::mode::Mode;
use crate::survey::reading::about::{NOT_WORKED_WITH, UNIT_MARK, UnitReading, read_about};
use crate::unit::Registered;

/// Who rates in the published round, 700 in all: questionnaire, group, how many.
const OFFICIALS: [(&str, &str, usize); 6] = [
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

/// Issues codes as the command does.
async fn issue(store: &Store, pepper: &Pepper, opened: &OpenedRound, order: &Order<'_>) -> anyhow::Result<Vec<Code>> {
    let asked = store.asked(opened.round.id).await?.into_iter().find(|asked| asked.id == order.form.id);
    let asked = asked.ok_or_else(|| anyhow::anyhow!("the example questionnaire is gone"))?;
    let (codes, kept) =
        issuing::codes(pepper, Tag::of_round(opened.round.id), issuing::scopes(order, &store.units().await?, &Drawn::new())?);
    store.issue_codes(&opened.round, &asked, order.group, &pepper.fingerprint(), &kept).await?;
    Ok(codes)
}

fn form<'o>(opened: &'o OpenedRound, questionnaire: &str) -> anyhow::Result<&'o Form> {
    let form = opened.form(questionnaire).ok_or_else(|| anyhow::anyhow!("the example round does not ask {questionnaire}"))?;
    Ok(form)
}

/// Issues the codes that the demonstration prints.
pub(super) async fn codes_to_try(store: &Store, keys: &Keys, round: &str, seed: u64) -> anyhow::Result<Vec<Code>> {
    let (opened, pepper) = (publication::opened(store, round).await?, keys.create(round)?);
    let mut codes = Vec::new();
    for (questionnaire, group, count) in TO_TRY {
        let order = Order { form: form(&opened, questionnaire)?, group, unit: None, count, seed };
        codes.extend(issue(store, &pepper, &opened, &order).await?);
    }
    Ok(codes)
}

/// Issues codes to invented officials and has each of them answer once.
pub(super) async fn answer(store: &Store, instance: &Instance, keys: &Keys, opened: &OpenedRound, seed: u64) -> anyhow::Result<()> {
    let (pepper, mut inventor) = (keys.create(&opened.round.code)?, Inventor::new(seed));
    for (questionnaire, group, count) in OFFICIALS {
        let form = form(opened, questionnaire)?;
        let codes = issue(store, &pepper, opened, &Order { form, group, unit: None, count, seed }).await?;
        let mut ratings = Vec::new();
        for code in &codes {
            let hash = pepper.code_hash(code);
            let issued = store.code(opened.round.id, hash).await?.ok_or_else(|| anyhow::anyhow!("an example code is gone"))?;
            let sheets = rate(form, &issued, &pepper, code, &mut inventor)?;
            ratings.push((pepper.participation(hash, &issued), sheets));
        }
        for outcome in join_all(ratings.into_iter().map(|(used, sheets)| instance.deposit_coded(used, sheets))).await {
            anyhow::ensure!(outcome? == Deposited::Received, "an example rating was not received");
        }
    }
    Ok(())
}

/// What one invented official says of the units in the scope of a code, read and sealed as a posted form is.
fn rate(form: &Form, issued: &IssuedCode, pepper: &Pepper, code: &Code, inventor: &mut Inventor) -> anyhow::Result<Vec<Sheet>> {
    let units: Vec<_> = issued.scope.iter().filter_map(|row| form.units.iter().find(|unit| unit.id == *row)).collect();
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
    let readings = readings.map_err(|faults| anyhow::anyhow!("an example rating is faulty: {faults:?}"))?;
    let seal = |(unit, about): (&&Registered, &UnitReading)| {
        form.sheet((unit.id, &issued.group), Mode::Code, pepper.sheet_key(code, unit.id), &about.reading.sheet)
    };
    Ok(units.iter().zip(&readings).map(seal).collect())
}
