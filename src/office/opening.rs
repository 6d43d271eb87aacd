//! Opening a draft: what it lacks, all at once, and opening it with the exact texts of its definitions.

use jiff::Timestamp;

use super::actor::{Allowed, Open};
use super::{Office, Stopped};
use crate::catalogue::{Catalogue, Definition, SchemeDefinition};
use crate::import::round_file::RegisterByCode;
use crate::refusal::Refusal;
use crate::round::when::UtcOffset;
use crate::round::window::{Absence, Outside, Window};
use crate::round::{Round, RoundState};
use crate::seal::NewSeal;
use crate::store::StoreError;
use crate::store::rounds::{Asked, DefinitionText};
use crate::unit::Registered;

/// A scheme takes points from a questionnaire that the round does not ask: no fault, because the scheme says what then happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unasked {
    /// Id of the scheme.
    pub scheme: String,
    /// Id of the questionnaire.
    pub questionnaire: String,
}

/// A draft that lacks nothing.
#[derive(Debug)]
pub struct Ready<'c> {
    round: Round,
    /// What its schemes take points from although it does not ask it.
    pub unasked: Vec<Unasked>,
    questionnaires: Vec<&'c Definition>,
    schemes: Vec<&'c SchemeDefinition>,
}

/// Looks whether a round can be opened now, with the definitions that are there.
///
/// # Errors
/// When the database does not answer.
pub async fn readiness<'c>(
    Office { store }: &Office,
    round: Round,
    found: &'c Catalogue,
    now: Timestamp,
) -> Result<Result<Ready<'c>, Vec<Refusal>>, Stopped> {
    if round.state != RoundState::Draft {
        return Ok(Err(vec![Refusal::NotDraft { round: round.code, state: round.state }]));
    }
    let (asked, named, register) = (store.asked(round.id).await?, store.schemes(round.id).await?, store.units().await?);
    let mut missing: Vec<Refusal> = of_window(&round, now).into_iter().collect();
    if asked.is_empty() && named.is_empty() {
        missing.push(Refusal::NoPurpose { round: round.code.clone() });
    }
    let window = Window::new(round.opens_at, round.closes_at, round.offset.into());
    let by_code = RegisterByCode::new(&register);
    missing.extend(asked.iter().filter_map(|asked| of_units(asked, &register, &by_code, window)));
    let (questionnaires, lacking) =
        all(&asked, |asked| found.questionnaire(&asked.code), |asked| Refusal::NoQuestionnaire { questionnaire: asked.code.clone() });
    missing.extend(lacking);
    let (schemes, lacking) = all(&named, |kept| found.scheme(&kept.code), |kept| Refusal::NoSuchScheme { scheme: kept.code.clone() });
    missing.extend(lacking);
    missing.extend(schemes.iter().filter_map(|scheme| of_scheme(scheme, round.year, &register)));
    missing.extend(scored_twice(&schemes, round.year));
    if !missing.is_empty() {
        return Ok(Err(missing));
    }
    let unasked = unasked(&schemes, &asked);
    Ok(Ok(Ready { round, unasked, questionnaires, schemes }))
}

impl<'c> Ready<'c> {
    /// Whether it asks anybody anything: then its answers are sealed.
    #[must_use]
    pub fn asks(&self) -> bool {
        !self.questionnaires.is_empty()
    }

    /// Opens it: it keeps the texts as they are now, and answers are sealed to the key, which it has where anything is asked.
    ///
    /// # Errors
    /// When it is no draft any more, where answers would not be sealed, or when the database does not answer.
    pub async fn open(&self, Office { store }: &Office, seal: Option<&NewSeal>, allowed: &Allowed<Open>) -> Result<(), Stopped> {
        let by = allowed.in_round(&self.round.code)?;
        if self.asks() != seal.is_some() {
            return Err(StoreError::trouble("answers are sealed to the key of their round: a round that asks anything has one").into());
        }
        let questionnaire =
            |found: &&'c Definition| DefinitionText { code: &found.questionnaire.id, text: &found.text, sha256: &found.sha256 };
        let scheme = |found: &&'c SchemeDefinition| DefinitionText { code: &found.scheme.id, text: &found.text, sha256: &found.sha256 };
        let texts: Vec<DefinitionText<'c>> = self.questionnaires.iter().map(questionnaire).collect();
        let schemes: Vec<DefinitionText<'c>> = self.schemes.iter().map(scheme).collect();
        Ok(store.open_round(&self.round, &texts, &schemes, seal, by).await?)
    }
}

fn of_window(round: &Round, now: Timestamp) -> Option<Refusal> {
    if round.opens_at >= round.closes_at {
        return Some(Refusal::WindowReversed { round: round.code.clone() });
    }
    let end = || UtcOffset::from(round.offset).closing(round.closes_at);
    (round.closes_at <= now).then(|| Refusal::WindowOver { round: round.code.clone(), end: end() })
}

fn of_units(asked: &Asked, register: &[Registered], by_code: &RegisterByCode<'_>, window: Window) -> Option<Refusal> {
    if asked.units.is_empty() {
        return Some(Refusal::NoUnits { questionnaire: asked.code.clone() });
    }
    let units = register.iter().filter(|row| asked.units.contains(&row.id));
    let units: Vec<String> = units.filter_map(|row| by_code.outside(&row.unit, window)).map(|outside| lasting(&outside)).collect();
    let (first_day, last_day) = (window.first.to_string(), window.last.to_string());
    (!units.is_empty()).then(|| Refusal::UnitsOutside { questionnaire: asked.code.clone(), first_day, last_day, units })
}

/// A unit and the days on which it exists, as every language writes it; and the one that has its work now.
fn lasting(Outside { unit, why, instead, .. }: &Outside) -> String {
    let days = match why {
        Absence::Ended(day) => format!("… – {day}"),
        Absence::Begins(day) => format!("{day} – …"),
        Absence::Never => "–".to_owned(),
    };
    let instead = instead.as_ref().map(|other| format!(" → {other}")).unwrap_or_default();
    format!("{unit} ({days}){instead}")
}

/// What is found of all that is named, and what is missing of it.
fn all<'n, 'c, N, F>(
    named: &'n [N],
    find: impl Fn(&'n N) -> Option<&'c F>,
    lacking: impl Fn(&'n N) -> Refusal,
) -> (Vec<&'c F>, Vec<Refusal>) {
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    for one in named {
        match find(one) {
            Some(definition) => found.push(definition),
            None => missing.push(lacking(one)),
        }
    }
    (found, missing)
}

/// A scheme applies to some units of the register in the round's year.
fn of_scheme(found: &SchemeDefinition, year: i32, register: &[Registered]) -> Option<Refusal> {
    let blocks = found.scheme.block_codes(year);
    let some = register.iter().any(|row| blocks.contains(&row.unit.block.as_str()));
    (!some).then(|| Refusal::SchemeWithoutUnits {
        scheme: found.scheme.id.clone(),
        blocks: blocks.into_iter().map(str::to_owned).collect(),
        year,
    })
}

fn scored_twice(schemes: &[&SchemeDefinition], year: i32) -> Vec<Refusal> {
    let (mut blocks, mut twice): (Vec<(&str, &str)>, Vec<Refusal>) = (Vec::new(), Vec::new());
    for scheme in schemes.iter().map(|found| &found.scheme) {
        for block in scheme.block_codes(year) {
            match blocks.iter().find(|(known, _)| *known == block) {
                Some((_, other)) => {
                    let (scheme, other) = ((*other).to_owned(), scheme.id.clone());
                    twice.push(Refusal::ScoredTwice { scheme, other, block: block.to_owned(), year });
                }
                None => blocks.push((block, &scheme.id)),
            }
        }
    }
    twice
}

fn unasked(schemes: &[&SchemeDefinition], asked: &[Asked]) -> Vec<Unasked> {
    let of = |found: &&SchemeDefinition| {
        let scheme = found.scheme.id.clone();
        let missing = found.scheme.questionnaires().into_iter().filter(|id| !asked.iter().any(|asked| asked.code == *id));
        missing.map(|id| Unasked { scheme: scheme.clone(), questionnaire: id.to_owned() }).collect::<Vec<_>>()
    };
    schemes.iter().flat_map(of).collect()
}
