//! Reading: from a document to numbers and sums. What is common to all units is here, then the items, the groups and the totals.

use par_survey::scheme::Scheme;
use par_survey::survey::Questionnaire;
use serde_json::Value;

use super::printed::number;
use super::sums::{Bounds, Sums, Unknown};
use super::{Document, Fact, Look, Sizes, What};

/// More sheets than any unit has.
pub(super) const MANY: i128 = 1_000_000;

/// A document while it is read.
pub(super) struct Reading<'d> {
    pub(super) questionnaire: &'d Questionnaire,
    pub(super) results: &'d Value,
    pub(super) ranking: Option<(&'d [Scheme], &'d Value)>,
    /// Whether hidden answers are in the sums, as in documents of format 1.
    pub(super) counts_hidden: bool,
    pub(super) look: Look,
    pub(super) sizes: &'d Sizes,
    pub(super) sums: Sums,
    pub(super) facts: Vec<Fact>,
    pub(super) floor: i128,
}

/// Respondents of a unit who are counted together.
pub(super) struct Set {
    /// Places of their groups in the definition; none where nobody is asked about groups.
    pub(super) groups: Vec<usize>,
    pub(super) sheets: Unknown,
}

/// Answers of some respondents to an item.
#[derive(Clone)]
pub(super) struct Answers {
    pub(super) valid: Unknown,
    pub(super) options: Vec<Unknown>,
}

/// A unit with figures.
pub(super) struct Unit<'d> {
    pub(super) code: &'d str,
    pub(super) block: &'d str,
    pub(super) figures: &'d Value,
    pub(super) sheets: Unknown,
    pub(super) sets: Vec<Set>,
    /// By item of the definition: answers of each set, then of all together. Empty for what is no question.
    pub(super) answers: Vec<Vec<Answers>>,
}

impl<'d> Reading<'d> {
    pub(super) fn of(document: Document<'d>, sizes: &'d Sizes, look: Look) -> Self {
        let Document { questionnaire, results, format, ranking } = document;
        let floor = results["floor"].as_i64().unwrap().into();
        let (sums, facts) = (Sums::default(), Vec::new());
        let mut reading = Self { questionnaire, results, ranking, counts_hidden: format == 1, look, sizes, sums, facts, floor };
        let blocks = results["blocks"].as_array().unwrap();
        let rows = blocks.iter().flat_map(|block| block["units"].as_array().unwrap().iter().map(move |unit| (block, unit)));
        let shown: Vec<_> = rows.filter(|(_, unit)| !unit["figures"].is_null()).collect();
        let units: Vec<Unit<'d>> = shown.into_iter().map(|(block, unit)| reading.unit(block["block"].as_str().unwrap(), unit)).collect();
        reading.totals(&units);
        reading.all_points(&units);
        reading.sums.settle();
        for unit in &units {
            reading.points(unit);
        }
        reading
    }

    fn unit(&mut self, block: &'d str, unit: &'d Value) -> Unit<'d> {
        let (code, figures) = (unit["unit"].as_str().unwrap(), &unit["figures"]);
        let sheets = self.sums.unknown(number(&figures["sheets"]).unwrap());
        let sets = self.sets(code, figures, sheets);
        let mut unit = Unit { code, block, figures, sheets, sets, answers: Vec::new() };
        unit.answers = (0..self.questionnaire.items.len()).map(|place| self.item(&unit, place)).collect();
        (0..self.questionnaire.items.len()).for_each(|place| self.routing(&unit, place));
        self.criteria(&unit);
        unit
    }

    /// Whether what was answered is looked at.
    pub(super) fn sees_answers(&self) -> bool {
        self.look == Look::Everything
    }

    pub(super) fn bounds(&self, unknown: Unknown) -> Bounds {
        self.sums.bounds[unknown.0]
    }

    pub(super) fn protect(&mut self, of: &str, what: What) {
        self.facts.push(Fact { of: of.to_owned(), what });
    }
}

/// The entry of a list that has this code.
pub(super) fn entry<'v>(list: &'v Value, key: &str, code: &str) -> &'v Value {
    static NOTHING: Value = Value::Null;
    list.as_array().into_iter().flatten().find(|entry| entry[key] == code).unwrap_or(&NOTHING)
}
