//! Items: how many answered each, how often every option was chosen, and who was asked.

use par_survey::survey::routing::Routing;
use par_survey::survey::{Item, Role};
use serde_json::Value;

use super::What;
use super::printed::{COUNTS_FROM, hold_share, number};
use super::reading::{Answers, MANY, Reading, Set, Unit, entry};
use super::sums::Unknown;

impl<'d> Reading<'d> {
    /// The answers to an item, of each set and then of all.
    pub(super) fn item(&mut self, unit: &Unit<'d>, place: usize) -> Vec<Answers> {
        let questionnaire = self.questionnaire;
        let item = &questionnaire.items[place];
        if item.role != Role::Question || item.is_remark() {
            return Vec::new();
        }
        let printed = entry(&unit.figures["items"], "code", &item.code);
        let valid = self.valid(unit, place, printed);
        let total = self.answers(item, valid);
        let mut answers = vec![total.clone()];
        if unit.sets.len() > 1 || item.criterion.is_some() {
            answers = unit.sets.iter().map(|set| self.answers_of(unit, set, place)).collect();
            self.sums.adds_up(valid, answers.iter().map(|answers| answers.valid));
            for (option, whole) in total.options.iter().enumerate() {
                self.sums.adds_up(*whole, answers.iter().map(|answers| answers.options[option]));
            }
            answers.push(total.clone());
        }
        self.shares(unit, (item, printed), &total);
        self.protected(&format!("{}/{}", unit.code, item.code), item, &total);
        answers
    }

    /// How many answered an item.
    fn valid(&mut self, unit: &Unit<'d>, place: usize, printed: &Value) -> Unknown {
        let item = &self.questionnaire.items[place];
        let is_routed = self.conditions(item).next().is_some() || Routing::of(self.questionnaire).stands_beside(place);
        let most = self.bounds(unit.sheets).1;
        let hidden = match (item.criterion, self.counts_hidden) {
            // Of a criterion nobody is in the sums whose cell is hidden.
            (Some(_), false) => (0, 0),
            // What is hidden because of what stands before or beside it can be many.
            _ if is_routed => (0, most),
            _ => (0, most.min(self.floor - 1)),
        };
        let known = self.sizes.answers(unit.code, &[], place);
        let shown = number(&printed["valid"]).map(|bounds| known.unwrap_or(bounds));
        let valid = self.sums.unknown(shown.unwrap_or(hidden));
        self.sums.at_least(&[(unit.sheets, 1), (valid, -1)], 0);
        valid
    }

    fn answers_of(&mut self, unit: &Unit<'d>, set: &Set, place: usize) -> Answers {
        let known = self.sizes.answers(unit.code, &set.groups, place);
        let valid = self.sums.unknown(known.unwrap_or((0, self.bounds(set.sheets).1)));
        self.sums.at_least(&[(set.sheets, 1), (valid, -1)], 0);
        self.answers(&self.questionnaire.items[place], valid)
    }

    /// The options of one choice add up to the answers; of several choices everybody has one at least.
    fn answers(&mut self, item: &Item, valid: Unknown) -> Answers {
        let most = self.bounds(valid).1;
        let options: Vec<Unknown> = item.choices().iter().map(|_| self.sums.unknown((0, most))).collect();
        if item.is_multiple() {
            for option in &options {
                self.sums.at_least(&[(valid, 1), (*option, -1)], 0);
            }
            let terms: Vec<(Unknown, i128)> = options.iter().map(|option| (*option, 1)).chain([(valid, -1)]).collect();
            self.sums.at_least(&terms, 0);
        } else {
            self.sums.adds_up(valid, options.iter().copied());
        }
        Answers { valid, options }
    }

    /// What is printed of the answers of all, and of those who gave none.
    fn shares(&mut self, unit: &Unit<'d>, (item, printed): (&Item, &Value), total: &Answers) {
        let none = ["no_opinion", "skipped", "not_shown"].map(|name| (name, self.sums.unknown((0, MANY))));
        let all: Vec<Unknown> = none.iter().map(|(_, number)| *number).chain([total.valid]).collect();
        if item.criterion.is_none() || self.counts_hidden {
            self.sums.adds_up(unit.sheets, all);
        } else {
            // Of a group whose cell is hidden nothing is counted, and its sheets are.
            let terms: Vec<(Unknown, i128)> = all.into_iter().map(|number| (number, -1)).chain([(unit.sheets, 1)]).collect();
            self.sums.at_least(&terms, 0);
        }
        for (name, number) in none {
            hold_share(&mut self.sums, &printed[name], number, unit.sheets);
        }
        if self.sees_answers() {
            for (share, part) in printed["options"].as_array().into_iter().flatten().zip(&total.options) {
                hold_share(&mut self.sums, share, *part, total.valid);
            }
        }
    }

    /// What nobody may learn of the answers of some.
    pub(super) fn protected(&mut self, of: &str, item: &Item, answers: &Answers) {
        let (low, high) = self.bounds(answers.valid);
        let is_hidden = low < self.floor;
        if is_hidden && high == 0 {
            return;
        }
        if is_hidden {
            self.protect(of, What::Number(answers.valid));
        }
        for (place, count) in answers.options.iter().enumerate().filter(|_| is_hidden || high < COUNTS_FROM.into()) {
            let of = format!("{of}/{}", item.choices()[place].code);
            if is_hidden {
                self.protect(&of, What::Count(*count, answers.valid));
            } else {
                self.ends(&of, *count, (answers.valid, 1));
            }
        }
    }

    /// Neither a count nor all but it may be told near its end.
    pub(super) fn ends(&mut self, of: &str, count: Unknown, (valid, most): (Unknown, i128)) {
        let others = self.sums.unknown((0, most * i128::from(COUNTS_FROM)));
        self.sums.between(&[(count, 1), (others, 1), (valid, -most)], (0, 0));
        self.protect(of, What::End(count));
        self.protect(&format!("{of}, others"), What::End(others));
    }

    /// Whoever was asked has answered so before.
    pub(super) fn routing(&mut self, unit: &Unit<'d>, place: usize) {
        let questionnaire = self.questionnaire;
        let item = &questionnaire.items[place];
        let Some(asked) = unit.answers[place].last().cloned() else { return };
        let conditions: Vec<(usize, Vec<usize>)> = self.conditions(item).collect();
        let is_alone = conditions.len() == 1 && conditions.iter().all(|(before, _)| !questionnaire.items[*before].is_multiple());
        for (before, any_of) in conditions {
            let Some(before) = unit.answers[before].last().cloned() else { continue };
            let shown = self.sums.unknown((0, MANY));
            self.sums.adds_up(shown, any_of.iter().map(|option| before.options[*option]));
            self.sums.at_least(&[(shown, 1), (asked.valid, -1)], 0);
            let count = |name: &str| number(&entry(&unit.figures["items"], "code", &item.code)[name]["count"]);
            if let Some((not_shown, _)) = count("not_shown").filter(|_| is_alone) {
                self.sums.between(&[(shown, 1), (unit.sheets, -1)], (-not_shown, -not_shown));
            }
        }
    }

    fn conditions(&self, item: &'d Item) -> impl Iterator<Item = (usize, Vec<usize>)> + use<'d> {
        let part = self.questionnaire.parts[item.part].show_if.as_ref();
        item.show_if.iter().chain(part).map(|condition| (condition.item, condition.any_of.clone()))
    }
}
