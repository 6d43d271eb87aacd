//! The index: what the answers to its items give, the means of them, and the values that are printed of each.

use std::collections::BTreeSet;

use par_survey::survey::{Aggregation, IndexRule, ItemValue};
use serde_json::Value;

use super::printed::{COUNTS_FROM, Fraction, Percent, hold_decimal, number};
use super::reading::{MANY, Reading, Unit, entry};
use super::sums::{Sums, Unknown};

/// What the answers to an item give together, and the most that one answer can.
struct Given {
    place: usize,
    sum: Unknown,
    most: i128,
}

impl<'d> Reading<'d> {
    /// The index of a unit with its parts, and what it gives each item; where numbers of answers are known, or all the same.
    pub(super) fn index(&mut self, unit: &Unit<'d>) {
        let Some(rule) = self.questionnaire.index else { return };
        let scored: Vec<usize> = (0..unit.answers.len()).filter(|place| self.is_scored(unit, *place)).collect();
        let given: Vec<Given> = scored.into_iter().map(|place| self.given(unit, rule, place)).collect();
        if self.have_one_base(unit, &given.iter().collect::<Vec<_>>()) {
            let valid: Vec<Unknown> = given.iter().map(|item| unit.answers[item.place].last().unwrap().valid).collect();
            valid.windows(2).for_each(|pair| self.sums.between(&[(pair[0], 1), (pair[1], -1)], (0, 0)));
        }
        self.mean(unit, &given, &unit.figures["index"], |_| true);
        if !self.sees_answers() {
            return;
        }
        for (place, content) in self.questionnaire.contents.iter().enumerate() {
            let (index, factors) = (&entry(&unit.figures["contents"], "code", &content.code)["index"], &self.questionnaire.factors);
            self.mean(unit, &given, index, |factor| factors[factor].content == place);
        }
        for (place, factor) in self.questionnaire.factors.iter().enumerate() {
            self.mean(unit, &given, &entry(&unit.figures["factors"], "code", &factor.code)["index"], |factor| factor == place);
        }
    }

    /// Whether a value of an item is printed.
    fn is_scored(&self, unit: &Unit<'d>, place: usize) -> bool {
        let item = &self.questionnaire.items[place];
        item.factor.is_some() && !entry(&unit.figures["items"], "code", &item.code)["figure"].is_null()
    }

    /// What the answers to an item give, and the most that one answer can.
    fn given(&mut self, unit: &Unit<'d>, rule: IndexRule, place: usize) -> Given {
        let questionnaire = self.questionnaire;
        let (item, answers) = (&questionnaire.items[place], unit.answers[place].last().unwrap().clone());
        let levels = i128::try_from(item.choices().len()).unwrap();
        let (most, first) = match rule.item_value {
            ItemValue::SatisfiedShare => (1, 0),
            ItemValue::MeanOfMaximum => (levels, 1),
            ItemValue::MeanRescaled => (levels - 1, 0),
        };
        let worth = item.choices().iter().zip(first..).map(|(choice, level)| match rule.item_value {
            ItemValue::SatisfiedShare => i128::from(choice.satisfied),
            _ => level,
        });
        let sum = self.sums.unknown((0, most * self.bounds(answers.valid).1));
        let terms: Vec<(Unknown, i128)> = answers.options.iter().copied().zip(worth).chain([(sum, -1)]).collect();
        self.sums.between(&terms, (0, 0));
        let printed = entry(&unit.figures["items"], "code", &item.code);
        if self.sees_answers() {
            if let Some(bounds) = number(&printed["fraction"]["given"]) {
                self.sums.within(sum, bounds);
            } else {
                Percent::of(printed["figure"]["percent"].as_str().unwrap()).hold(&mut self.sums, sum, (answers.valid, most));
            }
        }
        if self.bounds(answers.valid).1 < COUNTS_FROM.into() {
            self.ends(&format!("{}/{}/value", unit.code, item.code), sum, (answers.valid, most));
        }
        Given { place, sum, most }
    }

    /// Values are printed as classes only where all items have as many answers.
    fn have_one_base(&self, unit: &Unit<'d>, items: &[&Given]) -> bool {
        let percent = |item: &&Given| {
            let printed = entry(&unit.figures["items"], "code", &self.questionnaire.items[item.place].code);
            printed["figure"]["percent"].as_str().is_some_and(|percent| percent.contains('-'))
        };
        items.iter().all(percent)
    }

    /// A mean of the items inside is so much.
    fn mean(&mut self, unit: &Unit<'d>, given: &[Given], index: &Value, inside: impl Fn(usize) -> bool) {
        let questionnaire = self.questionnaire;
        let Some(percent) = index["figure"]["percent"].as_str() else { return };
        let items: Vec<&Given> = given.iter().filter(|item| questionnaire.items[item.place].factor.is_some_and(&inside)).collect();
        // Where a value is not printed, the mean is all there is.
        if items.is_empty() || index["used"] != items.len() {
            return;
        }
        let weights = self.weights(&items);
        let valid = |item: &Given| unit.answers[item.place].last().unwrap().valid;
        let sizes: Option<Vec<i128>> = items.iter().map(|item| self.sums.value(valid(item))).collect();
        if let Some(sizes) = sizes {
            let all: i128 = sizes.iter().sum();
            let is_pooled = questionnaire.index.is_some_and(|rule| rule.aggregation == Aggregation::PooledAnswers);
            let down = |(weight, size): (&i128, &i128)| if is_pooled { all } else { weight * size };
            let terms: Vec<Fraction> =
                items.iter().zip(weights.iter().zip(&sizes).map(down)).map(|(item, down)| (item.sum, 1, item.most * down)).collect();
            hold_figure(&mut self.sums, &terms, &index["figure"]);
        } else if !percent.contains('-') && weights.iter().all(|weight| *weight == weights[0]) && self.have_one_base(unit, &items) {
            let whole = self.sums.unknown((0, MANY * MANY));
            self.sums.adds_up(whole, items.iter().map(|item| item.sum));
            Percent::of(percent).hold(&mut self.sums, whole, (valid(items[0]), items[0].most * weights[0]));
        }
    }

    /// By how much each item is divided in a mean, beside its own answers.
    fn weights(&self, items: &[&Given]) -> Vec<i128> {
        let questionnaire = self.questionnaire;
        let aggregation = questionnaire.index.map(|rule| rule.aggregation);
        let factor = |item: &Given| questionnaire.items[item.place].factor.unwrap();
        let group = |item: &Given| match aggregation {
            Some(Aggregation::MeanOfFactors) => factor(item),
            Some(Aggregation::MeanOfContents) => questionnaire.factors[factor(item)].content,
            _ => 0,
        };
        let groups: BTreeSet<usize> = items.iter().map(|item| group(item)).collect();
        let size = |of: usize| items.iter().filter(|item| group(item) == of).count();
        items.iter().map(|item| i128::try_from(size(group(item)) * groups.len()).unwrap()).collect()
    }
}

/// The mean is the held value, or where there is none what is printed of it.
fn hold_figure(sums: &mut Sums, terms: &[Fraction], figure: &Value) {
    if let Some(held) = figure["held"].as_str() {
        let percents: Vec<Fraction> = terms.iter().map(|(given, up, down)| (*given, 100 * up, *down)).collect();
        hold_decimal(sums, &percents, held);
    } else {
        Percent::of(figure["percent"].as_str().unwrap()).hold_mean(sums, terms);
    }
}
