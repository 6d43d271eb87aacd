//! Openness: of all small tables, those that print the same leave every protected fact open. Thresholds are scaled down, so that tables can be listed.
//!
//! Facts are those of `design/anonymity.md`: F1 the number of answers in a hidden cell, F2 each count of answers in it, F3 that nobody, everybody or
//! an exact number near either gave an answer, under the threshold of counts, F4 which of two hidden cells is the smaller. F3 is judged beside the
//! tables that have the same points, because points are exact; F2 to F4 beside those with the same numbers of answers in shown cells. Modes and
//! attributes are rows that are printed whole or not: where one is not, its numbers are hidden like those of cells (F1 and F4).

use std::collections::{BTreeMap, BTreeSet};

use par_survey::scoring::publishing::{ResultsInput, results};
use par_survey::scoring::results::Results;
use par_survey::scoring::tally::{Cell, Tally};
use par_survey::scoring::thresholds::Thresholds;
use par_survey::survey::codebook::{FIRST_OPTION, SKIPPED};
use par_survey::survey::mode::Mode;
use par_survey::survey::rating::{Combination, Criterion, Group, Rating, Scope, SmallGroups};
use par_survey::survey::{Aggregation, Choice, ItemValue, Kind, Questionnaire, Role};
use rstest::rstest;

use crate::sample::{self, register};

/// Figures from three sheets on, counts from six, decimals from eight; fewer than two of an answer, or of others, are protected.
const SMALL: Thresholds = Thresholds { floor: 3, counts_from: 6, decimals_from: 8, near: 2 };

/// What is listed: sheets of these kinds, up to so many.
struct Shape {
    questionnaire: Questionnaire,
    groups: u16,
    modes: &'static [Mode],
    options: usize,
    most: usize,
    thresholds: Thresholds,
}

/// One table: how many sheets of each kind.
type Table = Vec<(Cell, Vec<u8>)>;

/// What is true of a table: options of each cell, valid answers of each cell, and what is satisfied, by group and item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Truth {
    /// Counts of options by group and item.
    options: Vec<Vec<u32>>,
    /// Valid answers by group and item.
    valid: Vec<u32>,
    /// Sheets by mode, and by what somebody said of himself.
    rows: Vec<Vec<u32>>,
}

impl Shape {
    /// Places of the questions.
    fn questions(&self) -> Vec<usize> {
        let items = self.questionnaire.items.iter().enumerate();
        items.filter(|(_, item)| item.role == Role::Question).map(|(place, _)| place).collect()
    }

    fn items(&self) -> usize {
        self.questions().len()
    }

    /// Every sheet with an answer to a question.
    fn kinds(&self) -> Vec<(Cell, Vec<u8>)> {
        let bytes: Vec<u8> = std::iter::once(SKIPPED).chain((FIRST_OPTION..).take(self.options)).collect();
        let mut sheets: Vec<Vec<u8>> = vec![Vec::new()];
        for _ in &self.questionnaire.items {
            sheets = sheets.iter().flat_map(|sheet| bytes.iter().map(move |byte| [&sheet[..], &[*byte]].concat())).collect();
        }
        let questions = self.questions();
        sheets.retain(|sheet| questions.iter().any(|place| sheet[*place] >= FIRST_OPTION));
        let cells = (0..self.groups).flat_map(|group| self.modes.iter().map(move |mode| Cell { unit: 0, group, mode: *mode }));
        cells.flat_map(|cell| sheets.iter().map(move |sheet| (cell, sheet.clone()))).collect()
    }

    /// Every table.
    fn tables(&self) -> Vec<Table> {
        let kinds = self.kinds();
        let mut all: Vec<(usize, Table)> = vec![(0, Vec::new())];
        let mut from = 0;
        for _ in 0..self.most {
            let until = all.len();
            for place in from..until {
                let (first, table) = all[place].clone();
                for (kind, sheet) in kinds.iter().enumerate().skip(first) {
                    all.push((kind, [&table[..], std::slice::from_ref(sheet)].concat()));
                }
            }
            from = until;
        }
        all.into_iter().map(|(_, table)| table).collect()
    }

    fn printed(&self, table: &Table) -> Results {
        let fill = |tally: &mut Tally| table.iter().try_for_each(|(cell, sheet)| tally.add(*cell, sheet));
        let tally = Tally::of_population(&self.questionnaire, self.thresholds, fill).unwrap();
        results(&ResultsInput {
            questionnaire: &self.questionnaire,
            definition_sha256: "00",
            units: &register(&["b"]),
            thresholds: self.thresholds,
            tally: &tally,
        })
    }

    fn truth(&self, table: &Table) -> Truth {
        let number = |count: usize| u32::try_from(count).unwrap();
        let cells = (0..self.groups).flat_map(|group| self.questions().into_iter().map(move |item| (group, item)));
        let count = |group: u16, item: usize, byte: u8| {
            number(table.iter().filter(|(cell, sheet)| cell.group == group && sheet[item] == byte).count())
        };
        let options: Vec<Vec<u32>> =
            cells.map(|(group, item)| (FIRST_OPTION..).take(self.options).map(|byte| count(group, item, byte)).collect()).collect();
        let valid = options.iter().map(|options| options.iter().sum()).collect();
        let modes = self.modes.iter().map(|mode| number(table.iter().filter(|(cell, _)| cell.mode == *mode).count()));
        // Where all came in one way that is listed, the others are only not listed.
        let modes = if self.modes.len() > 1 { modes.collect() } else { Vec::new() };
        let attributes = (0..self.questionnaire.items.len()).filter(|place| self.questionnaire.items[*place].role == Role::Attribute);
        let said = |place: usize| {
            let bytes = (FIRST_OPTION..).take(self.options).chain([SKIPPED]);
            bytes.map(|byte| number(table.iter().filter(|(_, sheet)| sheet[place] == byte).count())).collect()
        };
        Truth { options, valid, rows: std::iter::once(modes).chain(attributes.map(said)).collect() }
    }

    /// The fewest answers with which a cell of a group is shown.
    fn floor(&self, group: usize) -> u32 {
        let least = self.questionnaire.rating.as_ref().map_or(0, |rating| rating.groups[group].least_sheets);
        self.thresholds.floor.max(least)
    }
}

/// A table with what it hides, and its points.
struct Seen {
    truth: Truth,
    hidden: Vec<bool>,
    /// Which rows are not printed, in a unit that has figures.
    rows: Vec<bool>,
    points: String,
}

/// All that is known of one print: the tables that have it.
struct Print<'a> {
    shape: &'a Shape,
    results: &'a str,
    truths: &'a [Seen],
    /// Which cells are hidden: group and item.
    hidden: Vec<bool>,
}

impl Print<'_> {
    /// A hidden cell keeps every number of answers under the floor.
    fn numbers_are_open(&self) {
        for cell in (0..self.hidden.len()).filter(|cell| self.hidden[*cell]) {
            let seen: BTreeSet<u32> = self.truths.iter().map(|seen| seen.truth.valid[cell]).collect();
            // That nobody is there says nothing about anybody.
            let floor = self.shape.floor(cell / self.shape.items());
            let open = seen == BTreeSet::from([0]) || (1..floor).all(|number| seen.contains(&number));
            assert!(open, "F1 of cell {cell}: {seen:?} in {}", self.results);
        }
        for row in (0..self.truths[0].rows.len()).filter(|row| self.truths[0].rows[*row]) {
            for place in 0..self.truths[0].truth.rows[row].len() {
                let seen: BTreeSet<u32> = self.truths.iter().map(|seen| seen.truth.rows[row][place]).collect();
                let open = seen == BTreeSet::from([0]) || (1..self.shape.thresholds.floor).all(|number| seen.contains(&number));
                assert!(open, "F1 of row {row}, place {place}: {seen:?} in {}", self.results);
            }
        }
    }

    /// No place of a row that is not printed is known to be the smaller of two.
    fn rows_are_open(&self, same: &[&Truth]) {
        for row in (0..self.truths[0].rows.len()).filter(|row| self.truths[0].rows[*row]) {
            for (one, other) in (0..same[0].rows[row].len()).flat_map(|other| (0..other).map(move |one| (one, other))) {
                let orders: BTreeSet<_> = same.iter().map(|truth| truth.rows[row][one].cmp(&truth.rows[row][other])).collect();
                assert!(orders.len() > 1, "F4 of row {row}, places {one} and {other}: {orders:?} in {}", self.results);
            }
        }
    }

    /// Each count in a hidden cell keeps another value, and no hidden cell is known to be the smaller of two.
    fn answers_are_open(&self, same: &[&Truth], by_points: &[&Truth]) {
        let empty = |cell: usize| self.truths.iter().all(|seen| seen.truth.valid[cell] == 0);
        let hidden: Vec<usize> = (0..self.hidden.len()).filter(|cell| self.hidden[*cell] && !empty(*cell)).collect();
        for cell in &hidden {
            for option in 0..same[0].options[*cell].len() {
                let values = |truths: &[&Truth]| truths.iter().map(|truth| truth.options[*cell][option]).collect::<BTreeSet<u32>>();
                let seen = values(same);
                // Exact points tell what everybody answered, where everybody answered the same.
                assert!(seen.len() > 1 || values(by_points).len() == 1, "F2 of cell {cell}, option {option}: {seen:?} in {}", self.results);
            }
            for other in hidden.iter().filter(|other| *other > cell) {
                let orders: BTreeSet<_> = same.iter().map(|truth| truth.valid[*cell].cmp(&truth.valid[*other])).collect();
                assert!(orders.len() > 1, "F4 of cells {cell} and {other}: {orders:?} in {}", self.results);
            }
        }
    }

    /// Under the threshold of counts no count near an end is told, unless the points alone tell it.
    fn ends_are_open(&self, same: &[&Truth], by_points: &[&Truth]) {
        for cell in (0..self.hidden.len()).filter(|cell| !self.hidden[*cell] && same[0].valid[*cell] < self.shape.thresholds.counts_from) {
            let valid = same[0].valid[cell];
            for option in 0..same[0].options[cell].len() {
                let values = |truths: &[&Truth]| truths.iter().map(|truth| truth.options[cell][option]).collect::<BTreeSet<u32>>();
                let (seen, alone) = (values(same), values(by_points));
                let near = |count: &u32| *count < self.shape.thresholds.near || count + self.shape.thresholds.near > valid;
                let told = seen.len() == 1 && seen.iter().all(near) && alone.len() > 1;
                assert!(!told, "F3 of cell {cell}, option {option}: {seen:?} of {valid}, points leave {alone:?}, in {}", self.results);
            }
        }
    }
}

/// Points and index of the unit, and what points are made of.
fn points_of(results: &Results) -> String {
    let figures = results.unit("unit-0").unwrap().1.figures.as_ref();
    let criteria = figures.map(|figures| figures.criteria.iter().map(|criterion| criterion.points.clone()).collect::<Vec<_>>());
    serde_json::to_string(&(figures.map(|figures| (&figures.index, &figures.component)), criteria)).unwrap()
}

/// Which cells are hidden: those with fewer answers than the floor, and those of groups that are counted as one with others.
fn hidden_cells(shape: &Shape, truth: &Truth, results: &Results) -> Vec<bool> {
    let figures = results.unit("unit-0").unwrap().1.figures.as_ref();
    let pooled = figures.iter().flat_map(|figures| &figures.groups).filter(|set| set.groups.len() > 1).flat_map(|set| &set.groups);
    let pooled: Vec<&String> = pooled.collect();
    let of_pool = |cell: usize| pooled.contains(&&format!("g{}", cell / shape.items()));
    truth.valid.iter().enumerate().map(|(cell, valid)| *valid < shape.floor(cell / shape.items()) || of_pool(cell)).collect()
}

/// Which rows are not printed, where the unit has figures: the modes, and each attribute.
fn hidden_rows(results: &Results) -> Vec<bool> {
    let figures = results.unit("unit-0").unwrap().1.figures.as_ref();
    let modes = figures.is_some_and(|figures| figures.modes.is_none());
    let attribute = |no_answer: bool| figures.is_some() && !no_answer;
    std::iter::once(modes).chain(results.attributes.iter().map(|row| attribute(row.no_answer.is_some()))).collect()
}

/// The part of a print that counts decide.
fn told(results: &str) -> &str {
    &results[results.find("\"attributes\"").unwrap()..]
}

fn check(shape: &Shape) {
    let mut prints: BTreeMap<String, Vec<Seen>> = BTreeMap::new();
    let mut by_points: BTreeMap<(String, Vec<u32>), Vec<Truth>> = BTreeMap::new();
    for table in shape.tables() {
        let (results, truth) = (shape.printed(&table), shape.truth(&table));
        let (cells, rows, alone) = (hidden_cells(shape, &truth, &results), hidden_rows(&results), points_of(&results));
        by_points.entry((alone.clone(), truth.valid.clone())).or_default().push(truth.clone());
        prints.entry(serde_json::to_string(&results).unwrap()).or_default().push(Seen { truth, hidden: cells, rows, points: alone });
    }
    for (results, truths) in &prints {
        // Tables at the edge of what is listed lack neighbours; they are left out.
        let floor = |cell: usize| shape.floor(cell / shape.items());
        let size = |(cell, valid): (usize, &u32)| if *valid < floor(cell) { floor(cell) - 1 } else { *valid };
        let sizes = |truth: &Truth| truth.valid.iter().enumerate().map(size).sum::<u32>();
        let whole = |truth: &Truth| usize::try_from(sizes(truth)).unwrap() < shape.most * shape.items();
        if !truths.iter().any(|seen| whole(&seen.truth)) {
            continue;
        }
        let print = |hidden: &[bool]| Print { shape, results: told(results), truths, hidden: hidden.to_vec() };
        print(&truths[0].hidden).numbers_are_open();
        let mut by_sizes: BTreeMap<Vec<u32>, Vec<&Seen>> = BTreeMap::new();
        for seen in truths {
            let shown = seen.truth.valid.iter().zip(&seen.hidden).map(|(valid, hidden)| if *hidden { 0 } else { *valid });
            by_sizes.entry(shown.collect()).or_default().push(seen);
        }
        for same in by_sizes.values().filter(|same| same.iter().any(|seen| whole(&seen.truth))) {
            let truths: Vec<&Truth> = same.iter().map(|seen| &seen.truth).collect();
            let alone: Vec<&Truth> = by_points[&(same[0].points.clone(), truths[0].valid.clone())].iter().collect();
            let print = print(&same[0].hidden);
            print.answers_are_open(&truths, &alone);
            print.rows_are_open(&truths);
            print.ends_are_open(&truths.iter().copied().filter(|truth| truth.valid == truths[0].valid).collect::<Vec<_>>(), &alone);
        }
    }
}

/// A citizens' questionnaire of items with so many options, the upper half of which satisfies.
fn citizens(items: &[(&str, bool)], options: usize, value: ItemValue, aggregation: Aggregation) -> Questionnaire {
    let mut questionnaire = sample::questionnaire(value, aggregation);
    questionnaire.items.retain(|item| items.iter().any(|(code, _)| *code == item.code));
    for item in &mut questionnaire.items {
        let mut steps = item.choices().to_vec();
        steps.truncate(options);
        steps.iter_mut().enumerate().for_each(|(place, step): (usize, &mut Choice)| step.satisfied = place * 2 >= options);
        item.kind = match item.role {
            Role::Attribute => Kind::Single(steps),
            Role::Question => Kind::Scale { scale: "s".to_owned(), steps },
        };
        if items.iter().any(|(code, feeds)| *code == item.code && !feeds) {
            item.factor = None;
        }
    }
    questionnaire
}

#[rstest]
#[case::one_item(citizens(&[("a1", true)], 3, ItemValue::SatisfiedShare, Aggregation::MeanOfItems), 3, 9)]
#[case::one_item_only_counted(citizens(&[("a1", false)], 3, ItemValue::SatisfiedShare, Aggregation::MeanOfItems), 3, 9)]
#[case::four_options_only_counted(citizens(&[("a1", false)], 4, ItemValue::SatisfiedShare, Aggregation::MeanOfItems), 4, 9)]
#[case::two_items(citizens(&[("a1", true), ("a2", true)], 2, ItemValue::SatisfiedShare, Aggregation::MeanOfItems), 2, 6)]
#[case::two_factors(citizens(&[("a1", true), ("b1", true)], 2, ItemValue::SatisfiedShare, Aggregation::MeanOfFactors), 2, 6)]
#[case::pooled_answers(citizens(&[("a1", true), ("c1", true)], 2, ItemValue::SatisfiedShare, Aggregation::PooledAnswers), 2, 6)]
#[case::two_items_rescaled(citizens(&[("a1", true), ("a2", true)], 2, ItemValue::MeanRescaled, Aggregation::MeanOfItems), 2, 6)]
#[case::an_item_beside_the_index(citizens(&[("a1", true), ("a2", false)], 2, ItemValue::SatisfiedShare, Aggregation::MeanOfItems), 2, 6)]
fn citizens_are_protected(#[case] questionnaire: Questionnaire, #[case] options: usize, #[case] most: usize) {
    check(&Shape { questionnaire, groups: 1, modes: &[Mode::Link], options, most, thresholds: SMALL });
}

/// The definition asks for more sheets than the floor: as many as counts are printed from, or fewer.
#[rstest]
#[case::one_item(citizens(&[("a1", true)], 3, ItemValue::SatisfiedShare, Aggregation::MeanOfItems), 3, 9, 5)]
#[case::one_item_only_counted(citizens(&[("a1", false)], 3, ItemValue::SatisfiedShare, Aggregation::MeanOfItems), 3, 9, 4)]
#[case::no_classes(citizens(&[("a1", false)], 2, ItemValue::SatisfiedShare, Aggregation::MeanOfItems), 2, 9, 6)]
#[case::two_items(citizens(&[("a1", true), ("a2", true)], 2, ItemValue::SatisfiedShare, Aggregation::MeanOfItems), 2, 6, 4)]
fn citizens_are_protected_by_a_raised_floor(
    #[case] questionnaire: Questionnaire,
    #[case] options: usize,
    #[case] most: usize,
    #[case] floor: u32,
) {
    let thresholds = Thresholds { floor, ..SMALL };
    check(&Shape { questionnaire, groups: 1, modes: &[Mode::Link], options, most, thresholds });
}

/// Sheets come in two ways, and respondents say something of themselves.
#[rstest]
#[case::two_modes(&[("a1", true)], &[Mode::Link, Mode::Desk], 8)]
#[case::an_attribute(&[("gender", false), ("a1", false)], &[Mode::Link], 8)]
fn modes_and_attributes_are_protected(#[case] items: &[(&str, bool)], #[case] modes: &'static [Mode], #[case] most: usize) {
    let questionnaire = citizens(items, 2, ItemValue::SatisfiedShare, Aggregation::MeanOfItems);
    check(&Shape { questionnaire, groups: 1, modes, options: 2, most, thresholds: SMALL });
}

fn officials(items: &[&str], options: usize, combination: Combination, small_groups: SmallGroups, groups: usize) -> Questionnaire {
    let feeds: Vec<(&str, bool)> = items.iter().map(|code| (*code, false)).collect();
    let mut questionnaire = citizens(&feeds, options, ItemValue::SatisfiedShare, Aggregation::MeanOfItems);
    questionnaire.index = None;
    for item in &mut questionnaire.items {
        item.criterion = Some(0);
        if let Kind::Scale { steps, .. } = &mut item.kind {
            steps.iter_mut().zip([100, 60, 20, 0]).for_each(|(step, weight)| step.weight = Some(weight));
        }
    }
    let text = questionnaire.title.clone();
    let group = |place: usize| Group {
        code: format!("g{place}"),
        text: text.clone(),
        weight: [30, 70, 10][place],
        least_sheets: 0,
        scope: Scope::OwnParent,
    };
    questionnaire.rating = Some(Rating {
        combination,
        small_groups,
        not_worked_with: text.clone(),
        groups: (0..groups).map(group).collect(),
        criteria: vec![Criterion { code: "c".to_owned(), text: text.clone(), maximum_hundredths: 300 }],
    });
    questionnaire
}

#[rstest]
#[case::one_group(officials(&["a1"], 3, Combination::GroupWeights, SmallGroups::LeaveOut, 1), 1, 3, 9)]
#[case::weights(officials(&["a1"], 2, Combination::GroupWeights, SmallGroups::LeaveOut, 2), 2, 2, 12)]
#[case::pooled(officials(&["a1"], 2, Combination::Pooled, SmallGroups::LeaveOut, 2), 2, 2, 12)]
#[case::weights_pool(officials(&["a1"], 2, Combination::GroupWeights, SmallGroups::Pool, 2), 2, 2, 12)]
#[case::three_groups(officials(&["a1"], 2, Combination::GroupWeights, SmallGroups::LeaveOut, 3), 3, 2, 9)]
#[case::three_groups_pool(officials(&["a1"], 2, Combination::Pooled, SmallGroups::Pool, 3), 3, 2, 10)]
#[case::two_items(officials(&["a1", "a2"], 2, Combination::GroupWeights, SmallGroups::LeaveOut, 1), 1, 2, 7)]
#[case::two_items_two_groups(officials(&["a1", "a2"], 2, Combination::Pooled, SmallGroups::LeaveOut, 2), 2, 2, 5)]
fn officials_are_protected(#[case] questionnaire: Questionnaire, #[case] groups: u16, #[case] options: usize, #[case] most: usize) {
    // A pool of as many groups as its floor could hold one sheet of each, and would tell so.
    let floor = SMALL.floor.max(u32::from(groups) + 1);
    let thresholds = Thresholds { floor, counts_from: floor + 3, ..SMALL };
    check(&Shape { questionnaire, groups, modes: &[Mode::Code], options, most, thresholds });
}

/// A group of its own floor: under it, it is as hidden as any.
#[rstest]
#[case::weights(Combination::GroupWeights, SmallGroups::LeaveOut)]
#[case::pooled(Combination::Pooled, SmallGroups::LeaveOut)]
#[case::pool(Combination::Pooled, SmallGroups::Pool)]
fn officials_are_protected_by_a_raised_floor_of_a_group(#[case] combination: Combination, #[case] small_groups: SmallGroups) {
    let mut questionnaire = officials(&["a1"], 2, combination, small_groups, 2);
    questionnaire.rating.as_mut().unwrap().groups[0].least_sheets = 5;
    check(&Shape { questionnaire, groups: 2, modes: &[Mode::Code], options: 2, most: 11, thresholds: SMALL });
}
