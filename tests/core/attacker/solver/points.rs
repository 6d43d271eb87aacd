//! Points: what is made of the index and of criteria, the means of blocks, and the ranking, each from what is printed before it.
//!
//! | printed | is by the rules |
//! |---|---|
//! | points of an index | `maximum × index / 100`, of the index as it is held, or under 50 as it is printed |
//! | the officials' total | the sum of the criteria, each as it is held or printed; none where one has none |
//! | means of a block | of the units that print theirs, and of no other |
//! | a cell of the ranking | the index or criterion itself, and its points on a line from 0 to 100 |
//! | points of a field, its index, the PAR Index, means | of the cells |
//!
//! What does not follow so was made of something that is not printed, and tells of it: a contradiction. Not read: cells whose points are not on
//! that line, or that are made of an index of a content or factor; an index that was kept inside 0 to 100 or brought to the full maximum; ranks,
//! bands and changes, which follow from what is read; and all of it in format 1, where points were made of values that were not printed.

use par_survey::scheme::{Conversion, From, Leaf, Scheme};
use serde_json::Value;

use super::reading::{Reading, Unit};
use super::sums::{Bounds, Unknown};

/// Values are read in parts of 10⁻¹², as they are held.
const PLACES: usize = 12;
/// A hundredth, in these parts.
const HUNDREDTH: i128 = 10_000_000_000;
/// Percents of hundredths.
const WHOLE: i128 = 10_000;

/// What points are made of, and points.
#[derive(Default)]
pub(super) struct Made {
    index: Option<Unknown>,
    component: Option<Unknown>,
    criteria: Vec<Option<Unknown>>,
    officials: Option<Unknown>,
}

/// One of these.
type Of = fn(&Made) -> Option<Unknown>;

/// A decimal in parts of 10⁻¹².
fn parts(text: &str) -> i128 {
    let (whole, places) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{places:0<PLACES$}").parse().unwrap()
}

/// A value as it is held, or as it is printed where that is all there is; none where it is not printed.
fn value(printed: &Value) -> Option<i128> {
    let text = ["held", "printed", "percent"].into_iter().find_map(|key| printed[key].as_str())?;
    (!text.contains('-')).then(|| parts(text))
}

/// What is rounded to these two decimals.
fn near(text: &str) -> Bounds {
    (parts(text) - HUNDREDTH / 2, parts(text) + HUNDREDTH / 2 - 1)
}

/// A maximum in hundredths.
fn hundredths(maximum: &Value) -> i128 {
    parts(maximum.as_str().unwrap()) / HUNDREDTH
}

impl<'d> Reading<'d> {
    /// All points, once the units are read.
    pub(super) fn all_points(&mut self, units: &[Unit<'d>]) {
        if self.counts_hidden {
            return;
        }
        let made: Vec<Made> = units.iter().map(|unit| self.made(unit)).collect();
        for block in self.results["blocks"].as_array().unwrap() {
            let inside: Vec<&Made> =
                units.iter().zip(&made).filter(|(unit, _)| block["block"] == unit.block).map(|(_, made)| made).collect();
            let of: [(&str, Of); 3] =
                [("index", |made| made.index), ("component", |made| made.component), ("officials", |made| made.officials)];
            for (name, of) in of {
                let values: Vec<Unknown> = inside.iter().copied().filter_map(of).collect();
                let is_of_all = block[name]["coverage"]["shown"] == values.len();
                self.follows(is_of_all && block[name]["value"].is_string() != values.is_empty());
                if let Some(text) = block[name]["value"].as_str() {
                    self.mean_of(&values, near(text));
                }
            }
        }
        if let Some((schemes, ranking)) = self.ranking {
            let ranked =
                |block: &'d Value| schemes.iter().find(|scheme| block["scheme"] == scheme.id.as_str()).map(|scheme| (scheme, block));
            for (scheme, block) in ranking["blocks"].as_array().unwrap().iter().filter_map(ranked) {
                self.ranked(scheme, block, units, &made);
            }
        }
    }

    /// Nothing satisfies a document in which this is not so.
    fn follows(&mut self, is_so: bool) {
        if !is_so {
            self.sums.between(&[], (1, 1));
        }
    }

    fn fixed(&mut self, value: i128) -> Unknown {
        self.sums.unknown((value, value))
    }

    /// `whole = Σ parts × up / down`, rounded half up.
    fn rounded(&mut self, whole: Unknown, parts: &[Unknown], (up, down): (i128, i128)) {
        let terms: Vec<(Unknown, i128)> = parts.iter().map(|part| (*part, -2 * up)).chain([(whole, 2 * down)]).collect();
        self.sums.between(&terms, (1 - down, down));
    }

    /// The mean of values is within these bounds.
    fn mean_of(&mut self, values: &[Unknown], bounds: Bounds) {
        let mean = self.sums.unknown(bounds);
        self.rounded(mean, values, (1, i128::try_from(values.len()).unwrap()));
    }

    /// The points of a unit.
    fn made(&mut self, unit: &Unit<'d>) -> Made {
        let index = value(&unit.figures["index"]["figure"]).map(|index| self.fixed(index));
        let mut made = Made { index, ..Made::default() };
        let component = &unit.figures["component"];
        self.follows(self.questionnaire.index.is_none() || made.index.is_some() == component.is_object());
        if let (Some(rule), Some(index), Some(text)) = (self.questionnaire.index, made.index, component["printed"].as_str()) {
            let held = component["held"].as_str().map(|held| (parts(held), parts(held)));
            let points = self.sums.unknown(near(text));
            if let Some(held) = held {
                self.sums.within(points, held);
            }
            self.rounded(points, &[index], (rule.maximum_hundredths.into(), WHOLE));
            made.component = Some(points);
        }
        let criteria = unit.figures["criteria"].as_array().unwrap();
        made.criteria = criteria.iter().map(|criterion| Some(self.fixed(value(&criterion["points"])?))).collect();
        let (total, each) = (&unit.figures["officials"], made.criteria.iter().copied().collect::<Option<Vec<Unknown>>>());
        let each = each.filter(|each| !each.is_empty());
        self.follows(total.is_object() == each.is_some());
        if let (Some(each), Some(text)) = (each, total["printed"].as_str()) {
            let sum = self.sums.unknown(near(text));
            if let Some(held) = total["held"].as_str() {
                self.sums.within(sum, (parts(held), parts(held)));
            }
            self.sums.adds_up(sum, each);
            made.officials = value(total).map(|total| self.fixed(total));
        }
        made
    }

    /// A block of the ranking.
    fn ranked(&mut self, scheme: &Scheme, block: &Value, units: &[Unit<'d>], made: &[Made]) {
        let mut indices = Vec::new();
        for ranked in block["units"].as_array().unwrap() {
            let of_unit = units.iter().zip(made).find(|(unit, _)| ranked["unit"] == unit.code).map(|(_, made)| made);
            let cells: Vec<Option<Unknown>> =
                ranked["cells"].as_array().unwrap().iter().map(|cell| Some(self.fixed(parts(cell["points"].as_str()?)))).collect();
            for ((leaf, cell), points) in scheme.leaves.iter().zip(ranked["cells"].as_array().unwrap()).zip(&cells) {
                let (Some(points), Some(percent)) = (points, cell["survey"]["percent"].as_str()) else { continue };
                let percent = self.fixed(parts(percent));
                self.surveyed(leaf, (percent, *points), of_unit);
            }
            let standing = &ranked["standing"];
            if standing["score"].is_object() {
                self.fields(scheme, block, standing, &cells);
                indices.push(self.fixed(parts(standing["index"].as_str().unwrap())));
            }
        }
        if let Some(mean) = block["mean"].as_str() {
            self.mean_of(&indices, (parts(mean), parts(mean)));
        }
    }

    /// A cell that comes from this questionnaire: what it is made of, and its points.
    fn surveyed(&mut self, leaf: &Leaf, (percent, points): (Unknown, Unknown), of_unit: Option<&Made>) {
        let conversion = match &leaf.from {
            From::Satisfaction { questionnaire, index: None, conversion } if *questionnaire == self.questionnaire.id => {
                let index = of_unit.and_then(|made| made.index);
                self.follows(index.is_some());
                if let Some(index) = index {
                    self.sums.adds_up(percent, [index]);
                }
                conversion
            }
            From::Officials { questionnaire, rated, conversion } if *questionnaire == self.questionnaire.id => {
                let criteria = self.questionnaire.rating.iter().flat_map(|rating| &rating.criteria);
                let Some((place, criterion)) = criteria.enumerate().find(|(_, criterion)| criterion.code == *rated) else { return };
                let rated = of_unit.and_then(|made| made.criteria[place]);
                self.follows(rated.is_some());
                if let Some(rated) = rated {
                    self.rounded(percent, &[rated], (WHOLE, criterion.maximum_hundredths.into()));
                }
                conversion
            }
            _ => return,
        };
        if *conversion == (Conversion::Linear { lowest: 0, highest: 10_000 }) {
            self.rounded(points, &[percent], (leaf.maximum_hundredths.into(), WHOLE));
        }
    }

    /// Points and indices of fields and of the whole, from the cells.
    fn fields(&mut self, scheme: &Scheme, block: &Value, standing: &Value, cells: &[Option<Unknown>]) {
        let mut all = Vec::new();
        for (head, field) in block["fields"].as_array().unwrap().iter().zip(standing["fields"].as_array().unwrap()) {
            let is_inside = |leaf: &Leaf| !leaf.is_adjustment() && head["code"] == scheme.fields[scheme.field_of(leaf)].code.as_str();
            let inside = scheme.leaves.iter().zip(cells).filter(|(leaf, _)| is_inside(leaf)).filter_map(|(_, points)| *points);
            let points = self.fixed(parts(field["points"].as_str().unwrap()));
            self.sums.adds_up(points, inside);
            self.index_of(&field["index"], points, &field["maximum"]);
            all.push(points);
        }
        let score = &standing["score"];
        if score["rescaled"] == true {
            return;
        }
        let [base, points, bonus, penalty] =
            ["base_points", "points", "bonus", "penalty"].map(|name| self.fixed(parts(score[name].as_str().unwrap())));
        self.sums.adds_up(base, all);
        self.index_of(&score["base_index"], base, &score["maximum"]);
        if score["clamped"] == false {
            self.sums.between(&[(points, 1), (penalty, 1), (base, -1), (bonus, -1)], (0, 0));
            self.index_of(&standing["index"], points, &score["maximum"]);
        }
    }

    /// An index is points in percent of a maximum.
    fn index_of(&mut self, index: &Value, points: Unknown, maximum: &Value) {
        if let Some(index) = index.as_str() {
            let index = self.fixed(parts(index));
            self.rounded(index, &[points], (WHOLE, hundredths(maximum)));
        }
    }
}
