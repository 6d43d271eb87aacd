//! A province as large as one is: 20 departments and 168 communes, with samples that provinces have used.
//!
//! | who | how many | source (`domain/sipas.md`, `domain/par.md`) |
//! |---|---|---|
//! | citizens about a department | 116 | Hà Nội 2022: 2,550 for 22 departments |
//! | citizens about a commune | 90, 150, 200 in turn | Hội An 90 a commune, Bình Dương 150 or 200 |
//! | officials about departments | 1,600 forms | Gia Lai 2025 |
//! | officials about communes | 600 forms | Gia Lai 2025 |
//!
//! Who the officials are is assumed: 80 deputies; three leaders of each commune, and heads for the rest; of agencies, as many leaders as a third.
//! Each rates ten units, as the definitions say; of a hundred units 12 are not known to whoever is asked, of a hundred items 8 not answered.

use par_survey::scoring::publishing::{RegisterUnit, ResultsInput, results};
use par_survey::scoring::results::Results;
use par_survey::scoring::tally::{Tally, TallyCell};
use par_survey::scoring::thresholds::Thresholds;
use par_survey::survey::Questionnaire;
use par_survey::survey::codebook::{Codebook, FIRST_OPTION, NO_OPINION, NOT_SHOWN, SKIPPED};
use par_survey::survey::mode::Mode;
use rand::rngs::StdRng;
use rand::seq::index::sample;
use rand::{RngExt, SeedableRng};

use crate::sample::register;

const DEPARTMENTS: u32 = 20;
const COMMUNES: u32 = 168;
/// Units that one official rates.
const EACH: usize = 10;

/// A questionnaire with all sheets that came.
pub(super) struct Answered {
    pub(super) questionnaire: Questionnaire,
    pub(super) units: Vec<RegisterUnit>,
    pub(super) sheets: Vec<(TallyCell, Vec<u8>)>,
}

impl Answered {
    fn new(questionnaire: Questionnaire, blocks: &[&str]) -> Self {
        Self { questionnaire, units: register(blocks), sheets: Vec::new() }
    }

    fn add(&mut self, cell: TallyCell, total: u32, chance: &mut StdRng) {
        let codebook = Codebook::new(&self.questionnaire);
        for _ in 0..total {
            let mut sheet = vec![0; codebook.width()];
            for column in codebook.columns() {
                let count = u8::try_from(column.options).unwrap();
                if !self.is_asked(&codebook, column.item, &sheet) {
                    sheet[column.offset] = NOT_SHOWN;
                    continue;
                }
                sheet[column.offset] = match chance.random_range(0..100) {
                    0..3 => SKIPPED,
                    3..8 if self.questionnaire.items[column.item].no_opinion => NO_OPINION,
                    _ if column.multiple => FIRST_OPTION,
                    // Few complain.
                    roll if self.questionnaire.items[column.item].code == "complained" => FIRST_OPTION + u8::from(roll < 90),
                    roll => FIRST_OPTION + step(roll, count),
                };
                if column.multiple && sheet[column.offset] == FIRST_OPTION {
                    sheet[column.offset + 1] = chance.random_range(1..=u8::MAX >> (8 - count.min(7)));
                }
            }
            self.sheets.push((cell, sheet));
        }
    }

    /// Whether somebody who answered so is asked an item.
    fn is_asked(&self, codebook: &Codebook, item: usize, sheet: &[u8]) -> bool {
        let item = &self.questionnaire.items[item];
        let part = self.questionnaire.parts.get(item.part).and_then(|part| part.show_if.as_ref());
        item.show_if.iter().chain(part).all(|condition| {
            let before = sheet[offset(codebook, condition.item)];
            condition.any_of.iter().any(|option| usize::from(before) == usize::from(FIRST_OPTION) + option)
        })
    }

    /// How many of some groups of a unit answered an item.
    pub(super) fn answers(&self, unit: u32, groups: &[u16], item: usize) -> usize {
        let offset = offset(&Codebook::new(&self.questionnaire), item);
        let asked = self.sheets.iter().filter(|(cell, _)| cell.unit == unit && groups.contains(&cell.group));
        asked.filter(|(_, sheet)| sheet[offset] >= FIRST_OPTION).count()
    }

    pub(super) fn published(&self) -> Results {
        let thresholds = Thresholds::of(self.questionnaire.least_sheets);
        let fill = |tally: &mut Tally| self.sheets.iter().try_for_each(|(cell, sheet)| tally.add(*cell, sheet));
        let tally = Tally::of_population(&self.questionnaire, thresholds, fill).unwrap();
        results(&ResultsInput {
            questionnaire: &self.questionnaire,
            definition_sha256: "00",
            units: &self.units,
            thresholds,
            tally: &tally,
        })
    }
}

fn offset(codebook: &Codebook, item: usize) -> usize {
    codebook.columns().iter().find(|column| column.item == item).unwrap().offset
}

/// An option: most people are content, as in most surveys.
fn step(roll: i32, options: u8) -> u8 {
    let from_the_best = match roll {
        ..40 => 0,
        40..80 => 1,
        80..93 => 2,
        93..98 => 3,
        _ => 4,
    };
    options.saturating_sub(1 + from_the_best)
}

fn blocks() -> Vec<&'static str> {
    [vec!["departments"; 20], vec!["communes"; 168]].concat()
}

/// Citizens about departments and communes.
pub(super) fn citizens(questionnaire: Questionnaire) -> Answered {
    let mut answered = Answered::new(questionnaire, &blocks());
    let mut chance = StdRng::seed_from_u64(1);
    for unit in 0..DEPARTMENTS + COMMUNES {
        let sheets = if unit < DEPARTMENTS { 116 } else { [90, 150, 200][usize::try_from(unit % 3).unwrap()] };
        for _ in 0..sheets {
            let mode = match chance.random_range(0..100) {
                0..45 => Mode::Link,
                45..75 => Mode::Desk,
                75..88 => Mode::Interview,
                _ => Mode::Paper,
            };
            answered.add(TallyCell { unit, group: 0, mode }, 1, &mut chance);
        }
    }
    answered
}

/// Officials about departments: those of groups that rate ten units each, and up to eight heads of agencies below each department.
pub(super) fn of_departments(questionnaire: Questionnaire) -> Answered {
    let mut answered = Answered::new(questionnaire, &vec!["departments"; usize::try_from(DEPARTMENTS).unwrap()]);
    let mut chance = StdRng::seed_from_u64(2);
    let leaders = 3 * COMMUNES;
    forms(&mut answered, DEPARTMENTS, &[80, leaders, 1_600 - 80 - leaders], &mut chance);
    for unit in 0..DEPARTMENTS {
        answered.add(TallyCell { unit, group: 3, mode: Mode::Code }, unit % 9, &mut chance);
    }
    answered
}

/// Officials about communes.
pub(super) fn of_communes(questionnaire: Questionnaire) -> Answered {
    let mut answered = Answered::new(questionnaire, &vec!["communes"; usize::try_from(COMMUNES).unwrap()]);
    forms(&mut answered, COMMUNES, &[80, 170, 350], &mut StdRng::seed_from_u64(3));
    answered
}

/// The short form of a desk, with questions that only some are asked: units of 50 to 240 sheets.
pub(super) fn of_desks(questionnaire: Questionnaire) -> Answered {
    let mut answered = Answered::new(questionnaire, &vec!["departments"; usize::try_from(DEPARTMENTS).unwrap()]);
    let mut chance = StdRng::seed_from_u64(4);
    (0..DEPARTMENTS).for_each(|unit| answered.add(TallyCell { unit, group: 0, mode: Mode::Desk }, 50 + 10 * unit, &mut chance));
    answered
}

/// So many forms of each group, each about ten units.
fn forms(answered: &mut Answered, units: u32, groups: &[u32], chance: &mut StdRng) {
    for (group, forms) in (0..).zip(groups) {
        for _ in 0..*forms {
            for unit in sample(chance, usize::try_from(units).unwrap(), EACH) {
                let cell = TallyCell { unit: u32::try_from(unit).unwrap(), group, mode: Mode::Code };
                if !chance.random_ratio(12, 100) {
                    answered.add(cell, 1, chance);
                }
            }
        }
    }
}
