//! A round as somebody describes it, in a small TOML file or by options of the command line, and the round that this means.
//!
//! ```toml
//! id = "2026"
//! name = { vi = "Đo lường sự hài lòng năm 2026", en = "Satisfaction survey 2026" }
//! year = 2026
//! opens = 2026-11-01              # 00:00 of the day, local time
//! closes = 2026-11-30             # 24:00 of the day; or a time: 2026-11-30T17:00:00+07:00
//!
//! [[questionnaire]]
//! id = "sipas-2026"
//! blocks = ["departments", "communes"]
//! units = ["bao-hiem-xa-hoi"]
//! ```
//!
//! Who asks may be said in a table of its own, with an emblem that lies beside the file:
//!
//! ```toml
//! [organiser]
//! name = { vi = "Sở Nội vụ", en = "Department of Home Affairs" }
//! province = { vi = "Ủy ban nhân dân tỉnh Mẫu", en = "People's Committee of Mau Province" }
//! decision = { vi = "Quyết định số 1/QĐ-UBND ngày 5/1/2026", en = "Decision 1/QĐ-UBND of 5 January 2026" }
//! contact = ["0123 456 789", "khaosat@example.vn"]
//! logo = "emblem.svg"
//! public_url = "https://khaosat.example.vn"
//!
//! [organiser.blocks]
//! wards = { vi = "Phường", en = "Wards" }
//! ```
//!
//! A round whose units are scored and ranked names schemes, and may plan the steps of scoring; these stand before `[[questionnaire]]`:
//!
//! ```toml
//! schemes = ["provincial-departments", "provincial-communes"]
//! previous = "2025"               # the frozen round that changes are measured against; the last one before if left out
//!
//! [[step]]
//! step = "self-scoring"
//! opens = 2026-11-01
//! closes = 2026-11-10
//! ```

mod logo;
mod organiser;
mod scoring;
mod source;
mod units;

use std::collections::{BTreeSet, HashMap};

use validator::{Validate, ValidationError};

use super::fault::{add_invalid, name_length, name_line, said};
use crate::fault::{Fault, Faults, Place, Wrong, short};
use crate::organiser::{BlockNames, Organiser};
use crate::round::when::{Edge, UtcOffset, moment};
use crate::round::window::Window;
use crate::store::rounds::NewRound;
use crate::unit::{NAMED_BLOCKS, RESERVED_IDS, Registered, is_code};

pub use organiser::{GivenTexts, Organises};
pub use source::parse;
pub use units::RegisterByCode;

/// Most questionnaires of a round: the official ones are six.
pub const QUESTIONNAIRES_MOST: usize = 50;

/// The first and the last year that a round may rate.
const YEARS: [i64; 2] = [2000, 2100];

/// A value and the place where somebody wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given<T> {
    /// What was written.
    pub value: T,
    /// The key of the file, or the option, that it was given by.
    pub place: Place,
}

impl<T> Given<T> {
    /// A value from an option of the command line.
    pub fn by_option(value: T, option: &'static str) -> Self {
        Self { value, place: Place::Option(option) }
    }

    fn fault(&self, what: Wrong) -> Fault {
        Fault { place: self.place.clone(), what }
    }
}

/// A round as it was described; nothing of it is checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Described {
    /// Its id.
    pub id: Given<String>,
    /// Its name in Vietnamese.
    pub name_vi: Given<String>,
    /// Its name in English.
    pub name_en: Given<String>,
    /// The year it rates.
    pub year: Given<i64>,
    /// First day, or the time it opens.
    pub opens: Given<String>,
    /// Last day, or the time it closes.
    pub closes: Given<String>,
    /// Whether its answers are made up.
    pub synthetic: bool,
    /// Who asks.
    pub organiser: Option<Organises>,
    /// What it asks.
    pub questionnaires: Vec<Asks>,
    /// Ids of the schemes by which units are scored.
    pub schemes: Vec<Given<String>>,
    /// Id of the round that changes are measured against.
    pub previous: Option<Given<String>>,
    /// Planned steps of scoring.
    pub steps: Vec<Plans>,
}

/// A planned step of scoring: its first and its last day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plans {
    /// Name of the step.
    pub step: Given<String>,
    /// Its first day.
    pub opens: Given<String>,
    /// Its last day.
    pub closes: Given<String>,
}

/// A questionnaire and the units it asks about: those that are named, and all of the blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asks {
    /// Id of the questionnaire.
    pub id: Given<String>,
    /// Codes of units.
    pub units: Vec<Given<String>>,
    /// Codes of blocks.
    pub blocks: Vec<Given<String>>,
}

impl Described {
    /// The round that is meant, with the register's rows.
    ///
    /// # Errors
    /// All faults of the description.
    pub fn resolve(&self, register: &[Registered], offset: UtcOffset) -> Result<NewRound, Faults> {
        let mut faults = Faults::default();
        self.guard(&mut faults);
        let window = self.window(offset, &mut faults);
        let scoring = scoring::read(self, &mut faults);
        let questionnaires = self.questionnaires(&RegisterByCode::new(register), window, &mut faults);
        let organiser = self.organiser.as_ref().map(|organiser| organiser.read(&mut faults));
        self.refuse_nameless(organiser.as_ref(), register, &questionnaires, &mut faults);
        let (Some(Window { opens_at, closes_at, .. }), Ok(year)) = (window, i32::try_from(self.year.value)) else {
            return Err(faults);
        };
        let (code, name_vi, name_en) = (self.id.value.clone(), self.name_vi.value.clone(), self.name_en.value.clone());
        faults.or(NewRound {
            code,
            name_vi,
            name_en,
            year,
            opens_at,
            closes_at,
            offset: offset.get(),
            synthetic: self.synthetic,
            organiser,
            questionnaires,
            scoring,
        })
    }

    fn guard(&self, faults: &mut Faults) {
        let Self { id, name_vi, name_en, year, .. } = self;
        let guarded = Guarded { id: id.value.clone(), name_vi: name_vi.value.clone(), name_en: name_en.value.clone(), year: year.value };
        if let Err(errors) = guarded.validate() {
            add_invalid(faults, &errors, |field| match field {
                "id" => id.place.clone(),
                "name_vi" => name_vi.place.clone(),
                "name_en" => name_en.place.clone(),
                _ => year.place.clone(),
            });
        }
    }

    fn window(&self, offset: UtcOffset, faults: &mut Faults) -> Option<Window> {
        let mut read = |given: &Given<String>, edge| {
            let read = moment(&given.value, edge, offset);
            if read.is_none() {
                faults.add(given.fault(Wrong::NoMoment { given: short(&given.value) }));
            }
            read
        };
        let (opens, closes) = (read(&self.opens, Edge::Begin), read(&self.closes, Edge::End));
        let (opens, closes) = (opens?, closes?);
        if closes <= opens {
            faults.add(self.closes.fault(Wrong::ClosesBefore));
        }
        Some(Window::new(opens, closes, offset))
    }

    fn questionnaires(&self, register: &RegisterByCode<'_>, window: Option<Window>, faults: &mut Faults) -> Vec<(String, Vec<i32>)> {
        if self.questionnaires.is_empty() && self.schemes.is_empty() {
            faults.add(Fault::file(Wrong::NoPurpose));
        }
        if self.questionnaires.len() > QUESTIONNAIRES_MOST {
            faults.add(Fault::file(Wrong::ManyQuestionnaires { most: QUESTIONNAIRES_MOST }));
        }
        let mut found: Vec<(String, Vec<i32>)> = Vec::new();
        for Asks { id, units, blocks } in self.questionnaires.iter().take(QUESTIONNAIRES_MOST) {
            if !is_code(&id.value) {
                faults.add(id.fault(Wrong::QuestionnaireId));
            } else if found.iter().any(|(earlier, _)| *earlier == id.value) {
                faults.add(id.fault(Wrong::QuestionnaireTwice { questionnaire: id.value.clone() }));
            }
            if units.is_empty() && blocks.is_empty() {
                faults.add(id.fault(Wrong::UnitsWanted { questionnaire: short(&id.value) }));
            }
            let rows = window.map(|window| register.rows(units, blocks, window, faults)).unwrap_or_default();
            found.push((id.value.clone(), rows));
        }
        found
    }

    /// A block that neither the service nor the round has a name of would be printed as its code.
    fn refuse_nameless(&self, organiser: Option<&Organiser>, register: &[Registered], asked: &[(String, Vec<i32>)], faults: &mut Faults) {
        let given = organiser.map_or(BlockNames::NONE, |organiser| &organiser.blocks);
        let blocks: HashMap<i32, &str> = register.iter().map(|row| (row.id, row.unit.block.as_str())).collect();
        let mut told = BTreeSet::new();
        for (asks, (_, rows)) in self.questionnaires.iter().zip(asked) {
            let blocks = rows.iter().filter_map(|row| blocks.get(row).copied());
            let nameless: BTreeSet<&str> = blocks.filter(|block| !NAMED_BLOCKS.contains(block) && !given.has(block)).collect();
            for block in nameless.into_iter().filter(|block| told.insert(*block)) {
                faults.add(asks.id.fault(Wrong::NamelessBlock { block: block.to_owned() }));
            }
        }
    }
}

/// What can be said of a description without the register.
#[derive(Debug, Validate)]
struct Guarded {
    #[validate(custom(function = "a_round_id"))]
    id: String,
    #[validate(custom(function = "name_length"), custom(function = "name_line"))]
    name_vi: String,
    #[validate(custom(function = "name_length"), custom(function = "name_line"))]
    name_en: String,
    #[validate(custom(function = "a_year"))]
    year: i64,
}

fn a_round_id(text: &str) -> Result<(), ValidationError> {
    said(!RESERVED_IDS.contains(&text), || Wrong::RoundIdReserved { given: text.to_owned() })?;
    said(is_code(text), || Wrong::RoundId)
}

fn a_year(year: i64) -> Result<(), ValidationError> {
    let [least, most] = YEARS;
    said((least..=most).contains(&year), || Wrong::YearRange { least, most })
}
