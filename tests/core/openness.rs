//! Openness: of all small tables, those that print the same leave every protected fact open. Thresholds are scaled down, so that tables can be listed.
//!
//! Facts are those of `design/anonymity.md`: F1 the number of answers in a hidden cell, F2 each count of answers in it, F3 that nobody, everybody or
//! an exact number near either gave an answer, under the threshold of counts, F4 which of two hidden cells is the smaller. F3 is judged beside the
//! tables that have the same points, because points are exact; F2 to F4 beside those with the same numbers of answers in shown cells. Modes and
//! attributes are rows that are printed whole or not: where one is not, its numbers are hidden like those of cells (F1 and F4).

mod shapes;

use std::collections::{BTreeMap, BTreeSet};

use par_survey::scoring::publishing::{ResultsInput, results};
use par_survey::scoring::results::{Results, UnitFigures};
use par_survey::scoring::tally::{Tally, TallyCell};
use par_survey::scoring::thresholds::Thresholds;
use par_survey::survey::codebook::{FIRST_OPTION, SKIPPED};
use par_survey::survey::mode::Mode;
use par_survey::survey::{Questionnaire, Role};

use crate::sample::register;

/// Figures from three sheets on, counts from six, decimals from eight; fewer than two of an answer, or of others, are protected.
const SMALL: Thresholds = Thresholds { floor: 3, counts_from: 6, decimals_from: 8, near: 2 };

/// What is listed: sheets of these kinds, up to so many.
struct Shape {
    questionnaire: Questionnaire,
    /// Units of one block.
    units: u32,
    groups: u16,
    modes: &'static [Mode],
    options: usize,
    most: usize,
    thresholds: Thresholds,
}

/// One sheet: where it belongs, and its answers.
type Sheet = (TallyCell, Vec<u8>);

/// One table: all its sheets.
type Table = Vec<Sheet>;

/// What is true of a table. Its cells are by unit, group and item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Truth {
    /// Counts of options of each cell.
    options: Vec<Vec<u32>>,
    /// Valid answers of each cell.
    valid: Vec<u32>,
    /// Sheets of each unit by mode, and by what somebody said of himself.
    rows: Vec<Vec<u32>>,
}

impl Shape {
    /// Places of the questions.
    fn questions(&self) -> Vec<usize> {
        let items = self.questionnaire.items.iter().enumerate();
        items.filter(|(_, item)| item.role == Role::Question).map(|(place, _)| place).collect()
    }

    /// Every group of every unit.
    fn groups_of_units(&self) -> impl Iterator<Item = (u32, u16)> + use<> {
        let groups = self.groups;
        (0..self.units).flat_map(move |unit| (0..groups).map(move |group| (unit, group)))
    }

    fn items(&self) -> usize {
        self.questions().len()
    }

    /// Every sheet with an answer to a question.
    fn kinds(&self) -> Vec<(TallyCell, Vec<u8>)> {
        let bytes: Vec<u8> = std::iter::once(SKIPPED).chain((FIRST_OPTION..).take(self.options)).collect();
        let mut sheets: Vec<Vec<u8>> = vec![Vec::new()];
        for _ in &self.questionnaire.items {
            sheets = sheets.iter().flat_map(|sheet| bytes.iter().map(move |byte| [&sheet[..], &[*byte]].concat())).collect();
        }
        let questions = self.questions();
        sheets.retain(|sheet| questions.iter().any(|place| sheet[*place] >= FIRST_OPTION));
        let cells =
            self.groups_of_units().flat_map(|(unit, group)| self.modes.iter().map(move |mode| TallyCell { unit, group, mode: *mode }));
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
            units: &register(&vec!["b"; usize::try_from(self.units).unwrap()]),
            thresholds: self.thresholds,
            tally: &tally,
        })
    }

    fn truth(&self, table: &Table) -> Truth {
        let count = |is_in: &dyn Fn(&Sheet) -> bool| u32::try_from(table.iter().filter(|row| is_in(row)).count()).unwrap();
        let cells = self.groups_of_units().flat_map(|of| self.questions().into_iter().map(move |item| (of, item)));
        let chose = |of: (u32, u16), item: usize, byte: u8| count(&|(cell, sheet)| (cell.unit, cell.group) == of && sheet[item] == byte);
        let options: Vec<Vec<u32>> =
            cells.map(|(of, item)| (FIRST_OPTION..).take(self.options).map(|byte| chose(of, item, byte)).collect()).collect();
        let valid = options.iter().map(|options| options.iter().sum()).collect();
        // Where all came in one way that is listed, the others are only not listed.
        let listed = if self.modes.len() > 1 { self.modes } else { &[] };
        let modes = |unit: u32| listed.iter().map(|mode| count(&|(cell, _)| cell.unit == unit && cell.mode == *mode)).collect();
        let attributes = (0..self.questionnaire.items.len()).filter(|place| self.questionnaire.items[*place].role == Role::Attribute);
        let said = |place: usize| {
            let bytes = (FIRST_OPTION..).take(self.options).chain([SKIPPED]);
            bytes.map(|byte| count(&|(_, sheet)| sheet[place] == byte)).collect()
        };
        Truth { options, valid, rows: (0..self.units).map(modes).chain(attributes.map(said)).collect() }
    }

    /// The unit and group of a cell.
    fn of_cell(&self, cell: usize) -> (usize, usize) {
        let (place, groups) = (cell / self.items(), usize::from(self.groups));
        (place / groups, place % groups)
    }

    /// The fewest answers with which a cell is shown.
    fn floor(&self, cell: usize) -> u32 {
        let group = self.of_cell(cell).1;
        self.thresholds.floor.max(self.questionnaire.rating.as_ref().map_or(0, |rating| rating.groups[group].least_sheets))
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
            let floor = self.shape.floor(cell);
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

/// What is printed of each unit; none under the floor.
fn figures(results: &Results) -> Vec<Option<&UnitFigures>> {
    results.all_units().map(|(_, unit)| unit.figures.as_ref()).collect()
}

/// Points and index of each unit, and what points are made of.
fn points_of(results: &Results) -> String {
    let criteria = |figures: &UnitFigures| figures.criteria.iter().map(|criterion| criterion.points.clone()).collect::<Vec<_>>();
    let of = |figures: Option<&UnitFigures>| {
        let points = figures.map(|figures| (&figures.index, &figures.component));
        serde_json::to_string(&(points, figures.map(criteria))).unwrap()
    };
    figures(results).into_iter().map(of).collect()
}

/// Which cells are hidden: those with fewer answers than the floor, and those of groups that are counted as one with others.
fn hidden_cells(shape: &Shape, truth: &Truth, results: &Results) -> Vec<bool> {
    let units = figures(results);
    let of_pool = |cell: usize| {
        let (unit, group) = shape.of_cell(cell);
        let mut pools = units[unit].iter().flat_map(|figures| &figures.groups).filter(|set| set.groups.len() > 1);
        pools.any(|set| set.groups.contains(&format!("g{group}")))
    };
    truth.valid.iter().enumerate().map(|(cell, valid)| *valid < shape.floor(cell) || of_pool(cell)).collect()
}

/// Which rows are not printed, where there are figures: the modes of each unit, and each attribute.
fn hidden_rows(results: &Results) -> Vec<bool> {
    let units = figures(results);
    let modes = units.iter().map(|unit| unit.is_some_and(|figures| figures.modes.is_none()));
    let attributes = results.attributes.iter().map(|row| units.iter().any(Option::is_some) && row.no_answer.is_none());
    modes.chain(attributes).collect()
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
    let mut judged = 0;
    for (results, truths) in &prints {
        // Tables at the edge of what is listed lack neighbours; they are left out.
        let size = |(cell, valid): (usize, &u32)| (*valid).max(shape.floor(cell) - 1);
        let sizes = |truth: &Truth| truth.valid.iter().enumerate().map(size).sum::<u32>();
        let whole = |truth: &Truth| usize::try_from(sizes(truth)).unwrap() < shape.most * shape.items();
        if !truths.iter().any(|seen| whole(&seen.truth)) {
            continue;
        }
        judged += usize::from(results.contains("\"figures\":{"));
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
    assert!(judged > 0, "nothing but edges is listed");
}
