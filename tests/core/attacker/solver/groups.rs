//! Groups of respondents: who is counted together, what each rated, and the points that are made of it.

use par_survey::survey::rating::{Combination, RatedCriterion};
use serde_json::Value;

use super::What;
use super::printed::{COUNTS_FROM, Fraction, Percent, hold_decimal, hold_share, number};
use super::reading::{Answers, Reading, Set, Unit, entry};
use super::sums::Unknown;

/// Numbers of answers that are tried for points.
const TRIED_MOST: i128 = 2_000;

/// What points are made of: the criterion, the sets with their weights, and the cells of item and set.
type Points<'p> = (&'p RatedCriterion, &'p [(usize, i128)], &'p [(usize, usize)]);

impl<'d> Reading<'d> {
    /// The sets of respondents of a unit. What is hidden was one of them in format 1, and is nowhere since.
    pub(super) fn sets(&mut self, code: &str, figures: &Value, sheets: Unknown) -> Vec<Set> {
        let Some(rating) = &self.questionnaire.rating else {
            self.sizes.sheets(code, &[]).into_iter().for_each(|known| self.sums.within(sheets, known));
            return vec![Set { groups: Vec::new(), sheets }];
        };
        let most = self.bounds(sheets).1;
        let sets: Vec<Set> = if self.counts_hidden {
            (0..rating.groups.len()).map(|group| Set { groups: vec![group], sheets: self.sums.unknown((0, most)) }).collect()
        } else {
            let place = |group: &Value| rating.groups.iter().position(|known| *group == known.code.as_str()).unwrap();
            let printed = figures["groups"].as_array().unwrap().iter();
            printed
                .map(|set| Set {
                    groups: set["groups"].as_array().unwrap().iter().map(place).collect(),
                    sheets: self.sums.unknown(number(&set["sheets"]).unwrap()),
                })
                .collect()
        };
        self.sums.adds_up(sheets, sets.iter().map(|set| set.sheets));
        for set in &sets {
            self.sizes.sheets(code, &set.groups).into_iter().for_each(|known| self.sums.within(set.sheets, known));
        }
        sets.iter().filter(|set| set.groups.len() > 1).for_each(|set| self.pool(code, set));
        sets
    }

    /// Groups are counted as one where one of them is too small, or all.
    fn pool(&mut self, code: &str, set: &Set) {
        let most = self.bounds(set.sheets).1;
        let each: Vec<Unknown> = set.groups.iter().map(|_| self.sums.unknown((0, most))).collect();
        self.sums.adds_up(set.sheets, each.iter().copied());
        let rating = self.questionnaire.rating.as_ref().unwrap();
        let floor = set.groups.iter().map(|group| self.floor.max(rating.groups[*group].least_sheets.into())).max().unwrap();
        self.sums.small.push((each.iter().map(|group| group.0).collect(), floor - 1));
        self.hidden_beside_each_other(&format!("{code}/pool"), &each);
    }

    /// Numbers of hidden cells that stand beside each other.
    pub(super) fn hidden_beside_each_other(&mut self, of: &str, cells: &[Unknown]) {
        for (place, cell) in cells.iter().enumerate() {
            self.protect(&format!("{of}/{place}"), What::Number(*cell));
            for (other, beside) in cells.iter().enumerate().skip(place + 1) {
                self.protect(&format!("{of}/{place} and {other}"), What::Order(*cell, *beside));
            }
        }
    }

    /// What is printed of the criteria of a unit, but for the points.
    pub(super) fn criteria(&mut self, unit: &Unit<'d>) {
        let Some(rating) = &self.questionnaire.rating else { return };
        for (place, criterion) in rating.criteria.iter().enumerate() {
            let printed = entry(&unit.figures["criteria"], "criterion", &criterion.code);
            let items = self.feeding(place);
            for (at, set) in unit.sets.iter().enumerate() {
                let group = &rating.groups[set.groups[0]];
                let row = entry(&printed["groups"], "group", &group.code);
                let least = self.floor.max(group.least_sheets.into());
                self.rated(unit, &items, at, (row, least));
                self.distribution(unit, &items, at, row);
            }
            let all = unit.sets.len();
            for item in items.iter().filter(|_| items.len() == 1) {
                if let Some(bounds) = number(&printed["sheets"]) {
                    self.sums.within(unit.answers[*item][all].valid, bounds);
                }
            }
            self.distribution(unit, &items, all, printed);
        }
    }

    /// The items that feed a criterion.
    fn feeding(&self, criterion: usize) -> Vec<usize> {
        let items = self.questionnaire.items.iter().enumerate();
        items.filter(|(_, item)| item.criterion == Some(criterion)).map(|(place, _)| place).collect()
    }

    /// How many of a set rated a criterion: as many as answered the item that most of them answered.
    fn rated(&mut self, unit: &Unit<'d>, items: &[usize], set: usize, (row, least): (&Value, i128)) {
        let most = self.bounds(unit.sets[set].sheets).1;
        let sheets = match (number(&row["sheets"]), row["used"] == true) {
            (Some(bounds), _) => self.sums.unknown(bounds),
            (None, true) => self.sums.unknown((least.min(most), most)),
            (None, false) if self.counts_hidden => self.sums.unknown((0, most.min(least - 1))),
            (None, false) => self.sums.unknown((0, 0)),
        };
        let valid: Vec<Unknown> = items.iter().map(|item| unit.answers[*item][set].valid).collect();
        for valid in &valid {
            self.sums.at_least(&[(sheets, 1), (*valid, -1)], 0);
        }
        let terms: Vec<(Unknown, i128)> = valid.iter().map(|valid| (*valid, 1)).chain([(sheets, -1)]).collect();
        self.sums.at_least(&terms, 0);
    }

    /// Answers of a set, or of all, by weight, and the part of the maximum that they give.
    fn distribution(&mut self, unit: &Unit<'d>, items: &[usize], set: usize, row: &Value) {
        let questionnaire = self.questionnaire;
        let shares = row["distribution"].as_array().filter(|shares| self.sees_answers() && !shares.is_empty());
        let Some(shares) = shares else { return };
        let mut weighted: Vec<(u8, Unknown)> = Vec::new();
        for item in items {
            let weights = questionnaire.items[*item].choices().iter().map(|choice| choice.weight.unwrap_or_default());
            weighted.extend(weights.zip(unit.answers[*item][set].options.iter().copied()));
        }
        let mut weights: Vec<u8> = weighted.iter().map(|(weight, _)| *weight).collect();
        weights.sort_unstable_by(|one, other| other.cmp(one));
        weights.dedup();
        let all = self.sums.unknown((0, i128::from(u32::MAX)));
        self.sums.adds_up(all, items.iter().map(|item| unit.answers[*item][set].valid));
        for (weight, share) in weights.iter().zip(shares) {
            let part = self.sums.unknown((0, i128::from(u32::MAX)));
            self.sums.adds_up(part, weighted.iter().filter(|(other, _)| other == weight).map(|(_, option)| *option));
            hold_share(&mut self.sums, share, part, all);
        }
        if let Some(percent) = row["share"]["percent"].as_str() {
            let given = self.sums.unknown((0, i128::from(u32::MAX) * 100));
            let terms = weighted.iter().map(|(weight, option)| (*option, i128::from(*weight))).chain([(given, -1)]);
            self.sums.between(&terms.collect::<Vec<_>>(), (0, 0));
            Percent::of(percent).hold(&mut self.sums, given, (all, 100));
        }
    }

    /// Points, and the index that points are made of; then what nobody may learn of groups.
    pub(super) fn points(&mut self, unit: &Unit<'d>) {
        self.index(unit);
        let Some(rating) = &self.questionnaire.rating else { return };
        for (place, criterion) in rating.criteria.iter().enumerate() {
            let printed = entry(&unit.figures["criteria"], "criterion", &criterion.code);
            let items = self.feeding(place);
            // Where nothing else is printed of a criterion, points are all there is.
            if printed["distribution"].as_array().is_some_and(|shares| !shares.is_empty()) {
                self.rated_points(unit, criterion, &items, printed);
            }
            self.protect_sets(unit, &items, printed);
        }
    }

    fn rated_points(&mut self, unit: &Unit<'d>, criterion: &RatedCriterion, items: &[usize], printed: &Value) {
        let Some(rating) = &self.questionnaire.rating else { return };
        let row = |set: &Set| entry(&printed["groups"], "group", &rating.groups[set.groups[0]].code);
        let weight = |set: &Set| set.groups.iter().map(|group| i128::from(rating.groups[*group].weight)).sum::<i128>();
        // Parts of which the points are a mean: whose answers, and by which weight.
        let parts: Vec<(usize, i128)> = match rating.combination {
            Combination::Pooled => vec![(unit.sets.len(), 1)],
            Combination::GroupWeights => {
                let used = unit.sets.iter().enumerate().filter(|(_, set)| row(set)["used"] == true);
                used.map(|(place, set)| (place, weight(set))).collect()
            }
        };
        let points = printed["points"]["held"].as_str().or(printed["points"]["printed"].as_str());
        let Some(points) = points.filter(|_| !parts.is_empty()) else { return };
        let cells: Vec<(usize, usize)> = parts.iter().flat_map(|(set, _)| items.iter().map(|item| (*item, *set))).collect();
        let valid: Vec<Unknown> = cells.iter().map(|(item, set)| unit.answers[*item][*set].valid).collect();
        // Points are no sum while it is not known of how many answers they are made: every number is tried that is left.
        let of = (criterion, &*parts, &*cells);
        if let Some(mut possible) = self.tables(&valid) {
            possible.retain(|sizes| self.makes(unit, of, (points, &valid, sizes)));
            for (place, valid) in valid.iter().enumerate() {
                self.sums.only(*valid, &possible.iter().map(|sizes| sizes[place]).collect());
            }
        }
        self.sums.settle();
        let sizes: Option<Vec<i128>> = valid.iter().map(|valid| self.sums.value(*valid)).collect();
        if let Some(sizes) = sizes {
            let terms = self.made_of(unit, of, &sizes);
            hold_decimal(&mut self.sums, &terms, points);
        }
    }

    /// All values that some numbers can have together; none where they are too many to be tried.
    fn tables(&self, numbers: &[Unknown]) -> Option<Vec<Vec<i128>>> {
        let bounds: Vec<(i128, i128)> = numbers.iter().map(|number| self.bounds(*number)).collect();
        bounds.iter().try_fold(1_i128, |all, (low, high)| all.checked_mul(high - low + 1).filter(|all| *all <= TRIED_MOST))?;
        let each = |rows: Vec<Vec<i128>>, (low, high): &(i128, i128)| {
            rows.iter().flat_map(|row| (*low..=*high).map(move |value| [&row[..], &[value]].concat())).collect()
        };
        Some(bounds.iter().fold(vec![Vec::new()], each))
    }

    /// Whether so many answers may make these points.
    fn makes(&mut self, unit: &Unit<'d>, of: Points<'_>, (points, valid, sizes): (&str, &[Unknown], &[i128])) -> bool {
        let (terms, before) = (self.made_of(unit, of, sizes), self.sums.all.len());
        hold_decimal(&mut self.sums, &terms, points);
        let may = self.sums.may_be(&valid.iter().copied().zip(sizes.iter().copied()).collect::<Vec<_>>(), before);
        self.sums.forget(before);
        may
    }

    /// The points as a sum of fractions of how often each option was chosen, where cells have so many answers.
    fn made_of(&self, unit: &Unit<'d>, (criterion, parts, cells): Points<'_>, sizes: &[i128]) -> Vec<Fraction> {
        let of: i128 = parts.iter().map(|(_, weight)| weight).sum();
        let answers = |set: usize| cells.iter().zip(sizes).filter(|((_, other), _)| *other == set).map(|(_, size)| size).sum::<i128>();
        let weight = |set: usize| parts.iter().find(|(other, _)| *other == set).map_or(0, |(_, weight)| *weight);
        let terms = cells.iter().flat_map(|(item, set)| {
            let choices = self.questionnaire.items[*item].choices().iter().zip(&unit.answers[*item][*set].options);
            let up =
                move |option: Option<u8>| i128::from(criterion.maximum_hundredths) * weight(*set) * i128::from(option.unwrap_or_default());
            choices.map(move |(choice, option)| (*option, up(choice.weight), 10_000 * answers(*set).max(1) * of)).collect::<Vec<_>>()
        });
        terms.collect()
    }

    /// Cells of groups and items: hidden ones where they are in the sums, and those of few answers.
    fn protect_sets(&mut self, unit: &Unit<'d>, items: &[usize], printed: &Value) {
        let Some(rating) = &self.questionnaire.rating else { return };
        let mut hidden = Vec::new();
        for (place, set) in unit.sets.iter().enumerate() {
            let group = &rating.groups[set.groups[0]].code;
            let is_hidden = entry(&printed["groups"], "group", group)["sheets"].is_null();
            for item in items {
                let answers: Answers = unit.answers[*item][place].clone();
                let (item, of) =
                    (&self.questionnaire.items[*item], format!("{}/{group}/{}", unit.code, self.questionnaire.items[*item].code));
                let (low, high) = self.bounds(answers.valid);
                if is_hidden && self.counts_hidden || low >= self.floor && high < COUNTS_FROM.into() {
                    self.protected(&of, item, &answers);
                }
                hidden.extend((is_hidden && self.counts_hidden && high > 0).then_some((item.code.clone(), answers.valid)));
            }
        }
        let first = hidden.first().map(|(item, _)| item.clone());
        let beside: Vec<Unknown> = hidden.into_iter().filter(|(item, _)| Some(item) == first.as_ref()).map(|(_, cell)| cell).collect();
        self.hidden_beside_each_other(&format!("{}/{} hidden", unit.code, first.unwrap_or_default()), &beside);
    }
}
