//! What a running server knows of rounds and units, read whole when something administrative changes and shared without locks.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;

use crate::deposit::{Cell, Sheet, SheetKey};
use crate::keys::forms::{About, FormSecret};
use crate::keys::{Keys, Pepper};
use crate::refusal::Refusal;
use crate::round::{Round, RoundState};
use crate::seal::RoundSeal;
use crate::store::rounds::Asked;
use crate::store::secrets::RoundSecret;
use crate::store::{Result, Store, StoreError};
use crate::survey::codebook::Codebook;
use crate::survey::mode::Mode;
use crate::survey::reading::Places;
use crate::survey::sheet::AnswerSheet;
use crate::survey::{Questionnaire, kept};
use crate::unit::Registered;
use crate::unit::Unit;

/// How often a server asks whether something has changed: a closed round is noticed within this time.
const PAUSE: Duration = Duration::from_millis(500);

/// Rounds and units at one moment.
#[derive(Debug, Default)]
pub struct Directory {
    /// The revision of the database it was read at.
    pub revision: i64,
    /// Rounds that were opened, newest first.
    pub rounds: Vec<Arc<OpenedRound>>,
    /// Rounds that were made and not opened yet.
    pub drafts: Vec<Round>,
    /// Every unit that ever was, by code.
    pub register: BTreeMap<String, Unit>,
}

/// A round that was opened, with what it asks.
#[derive(Debug)]
pub struct OpenedRound {
    /// The round.
    pub round: Round,
    /// Its questionnaires in order.
    pub questionnaires: Vec<Arc<Form>>,
    /// To which its answers are sealed, or were until it was closed; none where it asks nothing, or was opened before there were seals.
    pub seal: Option<RoundSeal>,
    /// The secret of its codes, where it has any and the folder of keys holds it.
    pub pepper: Option<Pepper>,
    /// Whether it has codes that are not taken, because the folder of keys holds no key or another's.
    pub refuses_codes: bool,
    /// With which the keys of its forms are signed, while it is open.
    pub secret: Option<FormSecret>,
}

/// A questionnaire of a round, with the units it asks about.
#[derive(Debug)]
pub struct Form {
    /// Row of the round's questionnaire.
    pub id: i32,
    /// The questionnaire as it was opened.
    pub questionnaire: Questionnaire,
    /// SHA-256 of the exact text of its definition.
    pub sha256: String,
    /// The layout of its packed sheets.
    pub codebook: Codebook,
    /// Where the answers of a posted sheet belong.
    pub places: Places,
    /// The units it asks about, in the order of the register.
    pub units: Vec<Registered>,
    by_code: HashMap<String, usize>,
}

impl Form {
    /// A unit it asks about.
    #[must_use]
    pub fn unit(&self, code: &str) -> Option<&Registered> {
        self.by_code.get(code).and_then(|place| self.units.get(*place))
    }

    /// Makes a sheet ready for the letterbox: packed, and with item codes beside what was written.
    #[must_use]
    pub fn sheet(&self, (unit, group): (i32, &str), mode: Mode, key: SheetKey, sheet: &AnswerSheet) -> Sheet {
        let code = |place: usize| self.questionnaire.items.get(place).map(|item| item.code.clone());
        let remarks = sheet.remarks().iter().filter_map(|remark| Some((code(remark.item)?, remark.words.clone()))).collect();
        let cell = Cell { questionnaire: self.id, unit, group: group.to_owned() };
        Sheet { key, cell, mode, answers: self.codebook.pack(sheet), remarks }
    }
}

impl OpenedRound {
    /// A questionnaire of the round.
    #[must_use]
    pub fn form(&self, code: &str) -> Option<&Arc<Form>> {
        self.questionnaires.iter().find(|form| form.questionnaire.id == code)
    }

    /// What the key of a form about a unit is signed for.
    #[must_use]
    pub fn about(&self, form: &Form, unit: &Registered) -> About {
        About { round: self.round.id, questionnaire: form.id, unit: unit.id }
    }
}

impl Directory {
    /// A round that was opened.
    #[must_use]
    pub fn round(&self, code: &str) -> Option<&Arc<OpenedRound>> {
        self.rounds.iter().find(|opened| opened.round.code == code)
    }

    /// A round that was made and not opened yet.
    #[must_use]
    pub fn draft(&self, code: &str) -> Option<&Round> {
        self.drafts.iter().find(|round| round.code == code)
    }

    /// Whether the answers of all rounds are made up, which pages that belong to no round then say. Of drafts there are none yet.
    #[must_use]
    pub fn all_synthetic(&self) -> bool {
        !self.rounds.is_empty() && self.rounds.iter().all(|opened| opened.round.synthetic)
    }

    /// Where the work of a unit went: along `merged_into` to the one that exists now.
    #[must_use]
    pub fn successor(&self, code: &str) -> Option<&Unit> {
        let mut unit = self.register.get(code)?;
        // No chain is longer than the register; a bound, should the register ever hold a circle.
        for _ in 0..self.register.len() {
            match unit.merged_into.as_ref().and_then(|next| self.register.get(next.as_str())) {
                Some(next) => unit = next,
                None => break,
            }
        }
        (unit.code.as_str() != code).then_some(unit)
    }

    /// Reads everything.
    ///
    /// # Errors
    /// When the database does not answer. A round whose definition this version cannot read is passed over and logged.
    pub async fn read(store: &Store, keys: &Keys) -> Result<Self> {
        let revision = store.revision().await?;
        let units = store.units().await?;
        let (drafts, made): (Vec<_>, Vec<_>) = store.rounds().await?.into_iter().partition(|round| round.state == RoundState::Draft);
        let (secrets, mut seals) = (store.round_secrets().await?, store.seals().await?);
        let mut rounds = Vec::new();
        for round in made {
            let code = round.code.clone();
            let seal = seals.remove(&round.id);
            match read_sealed(store, (round, seal), &units).await {
                Ok(opened) => rounds.push(Arc::new(with_secrets(store, keys, &secrets, opened).await?)),
                Err(StoreError::Trouble(reason)) => tracing::error!(round = code, "a round cannot be shown: {reason}"),
                Err(error) => return Err(error),
            }
        }
        let register = units.iter().map(|row| (row.unit.code.to_string(), row.unit.clone())).collect();
        Ok(Self { revision, rounds, drafts, register })
    }
}

/// Reads one round as it was opened.
///
/// # Errors
/// When the database does not answer, or a definition kept in it is faulty.
pub async fn read_round(store: &Store, round: Round, units: &[Registered]) -> Result<OpenedRound> {
    let seal = store.seal(round.id).await?;
    read_sealed(store, (round, seal), units).await
}

async fn read_sealed(store: &Store, (round, seal): (Round, Option<RoundSeal>), units: &[Registered]) -> Result<OpenedRound> {
    let units: HashMap<i32, &Registered> = units.iter().map(|unit| (unit.id, unit)).collect();
    let mut questionnaires = Vec::new();
    for asked in store.asked(round.id).await? {
        let questionnaire = read_kept(&asked)?;
        let (codebook, places) = (Codebook::new(&questionnaire), Places::of(&questionnaire));
        let units: Vec<Registered> = asked.units.iter().filter_map(|row| units.get(row).copied()).cloned().collect();
        let by_code = units.iter().enumerate().map(|(place, row)| (row.unit.code.to_string(), place)).collect();
        questionnaires.push(Arc::new(Form { id: asked.id, questionnaire, sha256: asked.sha256, codebook, places, units, by_code }));
    }
    Ok(OpenedRound { round, questionnaires, seal, pepper: None, refuses_codes: false, secret: None })
}

/// Gives an open round its secrets. A key of codes that is missing or another closes the codes but not the round, and is logged.
async fn with_secrets(store: &Store, keys: &Keys, secrets: &HashMap<i32, RoundSecret>, mut opened: OpenedRound) -> Result<OpenedRound> {
    if opened.round.state != RoundState::Open {
        return Ok(opened);
    }
    opened.secret = secrets.get(&opened.round.id).map(FormSecret::new);
    match require_key(store, keys, &opened.round).await {
        Err(reason @ (StoreError::Refused(_) | StoreError::Trouble(_))) => {
            tracing::error!(round = opened.round.code, "codes are not taken: {reason}");
            opened.refuses_codes = true;
        }
        found => opened.pepper = found?,
    }
    Ok(opened)
}

/// The secret of a round's codes; none where it has no codes.
///
/// # Errors
/// When the folder of keys does not hold the secret that the codes were made with.
pub async fn require_key(store: &Store, keys: &Keys, round: &Round) -> Result<Option<Pepper>> {
    let Some(known) = store.key_fingerprint(round.id).await? else { return Ok(None) };
    let found = keys.pepper(&round.code).map_err(|error| StoreError::trouble(error.to_string()))?;
    let found = found.filter(|pepper| pepper.fingerprint() == known);
    found
        .map(Some)
        .ok_or_else(|| Refusal::SecretMissing { round: round.code.clone(), file: keys.file(&round.code).display().to_string() }.into())
}

/// Reads a definition as the round kept it.
fn read_kept(asked: &Asked) -> Result<Questionnaire> {
    kept::read(&asked.definition).map_err(|why| {
        StoreError::trouble(format!("the definition kept with questionnaire `{}` cannot be read by this version: {why}", asked.code))
    })
}

/// The directory of a running server, kept fresh.
#[derive(Debug, Clone)]
pub struct Shared {
    current: Arc<ArcSwap<Directory>>,
}

impl Shared {
    /// Reads the directory and keeps it fresh until the process ends.
    ///
    /// # Errors
    /// When it cannot be read the first time.
    pub async fn start(store: Store, keys: Keys) -> Result<Self> {
        let current = Arc::new(ArcSwap::from_pointee(Directory::read(&store, &keys).await?));
        let weak = Arc::downgrade(&current);
        tokio::spawn(async move {
            let mut complained = false;
            while let Some(current) = weak.upgrade() {
                match refresh(&store, &keys, &current).await {
                    Ok(()) => complained = false,
                    Err(error) if !complained => {
                        tracing::error!(%error, "rounds and units could not be read again; the last known ones stay");
                        complained = true;
                    }
                    Err(_) => {}
                }
                drop(current);
                tokio::time::sleep(PAUSE).await;
            }
        });
        Ok(Self { current })
    }

    /// The directory as it is now.
    #[must_use]
    pub fn now(&self) -> arc_swap::Guard<Arc<Directory>> {
        self.current.load()
    }
}

async fn refresh(store: &Store, keys: &Keys, current: &ArcSwap<Directory>) -> Result<()> {
    let known = current.load_full();
    if store.revision().await? != known.revision || brought_key(store, keys, &known).await? {
        current.store(Arc::new(Directory::read(store, keys).await?));
    }
    Ok(())
}

/// Whether the folder of keys holds by now what it lacked: putting it there changes nothing in the database.
async fn brought_key(store: &Store, keys: &Keys, known: &Directory) -> Result<bool> {
    for opened in known.rounds.iter().filter(|opened| opened.refuses_codes) {
        match require_key(store, keys, &opened.round).await {
            Err(StoreError::Refused(_) | StoreError::Trouble(_)) => {}
            found => return found.map(|_| true),
        }
    }
    Ok(false)
}
