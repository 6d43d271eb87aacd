//! Issuing one-time codes: they are made and written down first, and kept afterwards. Codes that nobody has harm nobody; codes that are nowhere written
//! down are lost.

use std::path::PathBuf;
use std::sync::Arc;

use super::actor::{Allowed, Issue};
use crate::directory::{Form, OpenedRound};
use crate::issuing::{self, Refused};
use crate::keys::{Keys, Pepper};
use crate::publication;
use crate::round::RoundState;
use crate::store::audit::By;
use crate::store::codes::NewCodes;
use crate::store::rounds::Asked;
use crate::store::{Result, Store, StoreError};
use crate::survey::FLOOR;
use crate::survey::code::{Code, Tag};
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
pub struct Made {
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

/// Why codes are not issued.
#[derive(Debug)]
pub enum NotIssued {
    /// The round is not open.
    State(RoundState),
    /// The round asks no such questionnaire, but these.
    Questionnaire(Vec<String>),
    /// Definition, round and order do not go together.
    Order(Refused),
    /// The folder of keys holds another key than the codes of the round were made with.
    OtherKey(PathBuf),
    /// The key cannot be read or made.
    Key(std::io::Error),
    /// Whatever else the database says.
    Store(StoreError),
}

impl From<StoreError> for NotIssued {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Makes codes of an open round. The secret that they are hashed with is made with the first ones.
///
/// # Errors
/// When they cannot be issued; nothing is changed then.
pub async fn make(
    store: &Store,
    keys: &Keys,
    round: &str,
    order: &Order<'_>,
    may: &Allowed<Issue>,
) -> std::result::Result<Made, NotIssued> {
    let opened = publication::opened(store, round).await?;
    if opened.round.state != RoundState::Open {
        return Err(NotIssued::State(opened.round.state));
    }
    let asked = store.asked(opened.round.id).await?;
    let known = asked.iter().map(|asked| asked.code.clone()).collect();
    let asked = asked.into_iter().find(|asked| asked.code == order.questionnaire);
    let found = asked.zip(opened.form(order.questionnaire).map(Arc::clone));
    let (asked, form) = found.ok_or(NotIssued::Questionnaire(known))?;
    let drawn = store.codes_by_unit(opened.round.id, form.id, order.group).await?;
    let Order { group, unit, count, seed, .. } = *order;
    let seed = seed.unwrap_or_else(issuing::seed);
    let wanted = issuing::Order { form: &form, group, unit, count, seed };
    let scopes = issuing::scopes(&wanted, &store.units().await?, &drawn).map_err(NotIssued::Order)?;
    let pepper = pepper(store, keys, &opened).await?;
    let (codes, kept) = issuing::codes(&pepper, Tag::of_round(opened.round.id), scopes);
    let (group, fingerprint, by) = (group.to_owned(), pepper.fingerprint(), may.by().clone());
    Ok(Made { opened, form, seed, codes, asked, group, kept, fingerprint, by })
}

impl Made {
    /// Keeps the codes, so that they open the form. Names the units that too few codes can rate: a figure about them is never shown.
    ///
    /// # Errors
    /// When the round is not open any more, or its codes were made with another key meanwhile; then none is kept.
    pub async fn keep(&self, store: &Store) -> Result<Vec<UnitCode>> {
        let Self { opened, form, asked, group, kept, fingerprint, by, .. } = self;
        store.issue_codes(&opened.round, (asked, group), fingerprint, kept, by).await?;
        let codes = store.codes_by_unit(opened.round.id, form.id, group).await?;
        let small = |unit: &i32| codes.get(unit).is_some_and(|codes| *codes < u64::from(FLOOR));
        Ok(form.units.iter().filter(|row| small(&row.id)).map(|row| row.unit.code.clone()).collect())
    }
}

/// The round's secret: made with its first codes, the same ever after.
async fn pepper(store: &Store, keys: &Keys, opened: &OpenedRound) -> std::result::Result<Pepper, NotIssued> {
    let code = &opened.round.code;
    match (store.key_fingerprint(opened.round.id).await?, keys.pepper(code).map_err(NotIssued::Key)?) {
        (Some(known), Some(pepper)) if pepper.fingerprint() == known => Ok(pepper),
        (Some(_), _) => Err(NotIssued::OtherKey(keys.file(code))),
        (None, Some(pepper)) => Ok(pepper),
        (None, None) => keys.create(code).map_err(NotIssued::Key),
    }
}
