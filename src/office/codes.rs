//! Issuing one-time codes: they are made and written down first, and kept afterwards. Codes that nobody has harm nobody; codes that are
//! nowhere written down are lost.

mod used;

use std::sync::Arc;

pub use used::{CodesUsed, Used, UsedPart, used};

use super::actor::{Allowed, Issue};
use super::{Office, Stopped};
use crate::directory::{Form, OpenedRound};
use crate::issuing;
use crate::keys::{Keys, Pepper};
use crate::publication;
use crate::refusal::Refusal;
use crate::round::RoundState;
use crate::store::Store;
use crate::store::audit::By;
use crate::store::codes::NewCodes;
use crate::store::rounds::Asked;
use crate::survey::FLOOR;
use crate::survey::code::Code;
use crate::unit::UnitCode;

/// What is to be issued.
#[derive(Debug, Clone, Copy)]
pub struct Order<'a> {
    /// Id of the questionnaire that the codes open.
    pub questionnaire: &'a str,
    /// Group of those who get them; empty for citizens.
    pub group: &'a str,
    /// Their own unit; for citizens the unit that they are asked about.
    pub unit: Option<&'a str>,
    /// How many.
    pub count: usize,
    /// What decides which units are drawn; drawn itself where nobody says it.
    pub seed: Option<u64>,
}

/// Codes that are made and not kept yet: nothing opens with them.
#[derive(Debug)]
pub struct MadeCodes {
    /// The round.
    pub opened: OpenedRound,
    /// The questionnaire that they open.
    pub form: Arc<Form>,
    /// What decided which units were drawn.
    pub seed: u64,
    /// The codes, in an order of chance.
    pub codes: Vec<Code>,
    asked: Asked,
    group: String,
    kept: Vec<NewCodes>,
    fingerprint: String,
    by: By,
}

/// Makes codes of an open round. The secret that they are hashed with is made with the first ones.
///
/// # Errors
/// When they cannot be issued; nothing is changed then.
pub async fn make(
    Office { store }: &Office,
    keys: &Keys,
    round: &str,
    order: &Order<'_>,
    may: &Allowed<Issue>,
) -> Result<MadeCodes, Stopped> {
    let by = may.in_round(round)?;
    let opened = publication::opened(store, round).await?;
    if opened.round.state != RoundState::Open {
        return Err(Refusal::NotOpen { round: round.to_owned(), state: opened.round.state.to_string() }.into());
    }
    let asked = store.asked(opened.round.id).await?;
    let known = asked.iter().map(|asked| asked.code.clone()).collect();
    let asked = asked.into_iter().find(|asked| asked.code == order.questionnaire);
    let found = asked.zip(opened.form(order.questionnaire).map(Arc::clone));
    let missing = || Refusal::NotAsked { round: round.to_owned(), questionnaire: order.questionnaire.to_owned(), asked: known };
    let (asked, form) = found.ok_or_else(missing)?;
    let drawn = store.codes_by_unit(opened.round.id, form.id, order.group).await?;
    let Order { group, unit, count, seed, .. } = *order;
    let seed = seed.unwrap_or_else(issuing::seed);
    let wanted = issuing::IssueOrder { form: &form, group, unit, count, seed };
    let scopes = issuing::scopes(&wanted, &store.units().await?, &drawn)?;
    let pepper = pepper(store, keys, &opened).await?;
    let (codes, kept) = issuing::codes(&pepper, opened.round.id, scopes);
    let (group, fingerprint, by) = (group.to_owned(), pepper.fingerprint(), by.clone());
    Ok(MadeCodes { opened, form, seed, codes, asked, group, kept, fingerprint, by })
}

impl MadeCodes {
    /// Keeps the codes, so that they open the form.
    ///
    /// # Errors
    /// When the round is not open any more, or its codes were made with another key meanwhile; then none is kept.
    pub async fn keep(&self, Office { store }: &Office) -> Result<(), Stopped> {
        let Self { opened, asked, group, kept, fingerprint, by, .. } = self;
        Ok(store.issue_codes(&opened.round, (asked, group), fingerprint, kept, by).await?)
    }

    /// Names the units that too few codes can rate: a figure about them is never shown.
    ///
    /// # Errors
    /// When the database does not say so; the codes are issued all the same.
    pub async fn small(&self, Office { store }: &Office) -> Result<Vec<UnitCode>, Stopped> {
        let Self { opened, form, group, .. } = self;
        let codes = store.codes_by_unit(opened.round.id, form.id, group).await?;
        let small = |unit: &i32| codes.get(unit).is_some_and(|codes| *codes < u64::from(FLOOR));
        Ok(form.units.iter().filter(|row| small(&row.id)).map(|row| row.unit.code.clone()).collect())
    }
}

/// The round's secret: made with its first codes, the same ever after.
async fn pepper(store: &Store, keys: &Keys, opened: &OpenedRound) -> Result<Pepper, Stopped> {
    let code = &opened.round.code;
    match (store.key_fingerprint(opened.round.id).await?, keys.pepper(code)?) {
        (Some(known), Some(pepper)) if pepper.fingerprint() == known => Ok(pepper),
        (Some(_), _) => Err(Refusal::SecretMissing { round: code.clone(), file: keys.file(code).display().to_string() }.into()),
        (None, Some(pepper)) => Ok(pepper),
        (None, None) => Ok(keys.create(code)?),
    }
}
