//! The score sheet of a unit: what was entered for each leaf of a scheme, and the points that follow from it.
//!
//! What counts is what was entered last in the process: the council's decision, else the second appraisal, else the appraisal. A self-score
//! never counts. Points from a survey come from its published figures alone, and nobody can enter them.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::conversion::{points, points_of_option};
use super::decimal::Held;
use super::disclosure::Sheets;
use super::results::{Results, UnitFigures};
use super::score::{LeafPoints, applies};
use crate::round::steps::ScorePart;
use crate::scheme::{Block, From, Leaf, Scheme, SmallUnits};
use crate::unit::UnitCode;

/// What stands in a score file for "does not apply to this unit".
pub const NOT_APPLICABLE: &str = "NA";

/// What was entered for one leaf; texts as they were entered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// Entries by part.
    pub entries: BTreeMap<ScorePart, String>,
    /// All entries, oldest first.
    pub changes: Vec<Change>,
}

/// An entry, and what it replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Which part of the cell.
    pub part: ScorePart,
    /// What stood there; none for the first entry.
    pub from: Option<String>,
    /// What stands there since; empty when it was taken out.
    pub to: String,
    /// Who entered it.
    pub who: String,
    /// The day, as 2026-11-22.
    pub on: String,
    /// Why.
    pub why: String,
}

impl Cell {
    /// An entry; none where it is empty.
    #[must_use]
    pub fn entry(&self, part: ScorePart) -> Option<&str> {
        self.entries.get(&part).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// What counts.
    #[must_use]
    pub fn decided(&self) -> Option<&str> {
        [ScorePart::Council, ScorePart::Second, ScorePart::Appraised].into_iter().find_map(|part| self.entry(part))
    }

    fn is_left_out(&self) -> bool {
        self.entry(ScorePart::Applicability) == Some(NOT_APPLICABLE)
    }
}

/// Why a text cannot be entered for a leaf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadEntry {
    /// The points come from a survey.
    Surveyed,
    /// The text is no number.
    NoNumber,
    /// The points are more than this maximum.
    TooMany(Held),
    /// The scheme allows only these points.
    NotAllowed(Vec<Held>),
    /// There are only these options.
    NoOption(Vec<String>),
}

/// Reads a decimal with a point or, as Vietnamese spreadsheets write it, a comma.
fn number(text: &str) -> Result<Held, BadEntry> {
    text.replace(',', ".").parse().map_err(|_| BadEntry::NoNumber)
}

/// The points that an entry means for a leaf, or why it cannot be entered.
///
/// # Errors
/// When the scheme does not allow it.
pub fn entered(leaf: &Leaf, text: &str) -> Result<Held, BadEntry> {
    let maximum = Held::from_hundredths(leaf.maximum_hundredths);
    match &leaf.from {
        From::Satisfaction { .. } | From::Officials { .. } => Err(BadEntry::Surveyed),
        From::Statistic(conversion) => {
            if let crate::scheme::Conversion::OptionWeights(options) = conversion {
                let known = || options.iter().map(|(code, _)| code.clone()).collect();
                let points = points_of_option(conversion, leaf.maximum_hundredths, text);
                return points.ok_or_else(|| BadEntry::NoOption(known()));
            }
            points(conversion, leaf.maximum_hundredths, number(text)?).ok_or(BadEntry::NoNumber)
        }
        From::Appraisal(allowed) => {
            let points = within(text, maximum)?;
            let possible: Vec<Held> = allowed.iter().flatten().map(|hundredths| Held::from_hundredths(*hundredths)).collect();
            if !possible.is_empty() && !possible.contains(&points) {
                return Err(BadEntry::NotAllowed(possible));
            }
            Ok(points)
        }
        From::Bonus | From::Penalty => within(text, maximum),
    }
}

fn within(text: &str, maximum: Held) -> Result<Held, BadEntry> {
    let points = number(text)?;
    if points > maximum { Err(BadEntry::TooMany(maximum)) } else { Ok(points) }
}

/// A survey's figure for a leaf of a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Surveyed {
    /// Percent of the maximum, as it is published: held where that is, else as it is printed.
    pub percent: Held,
    /// Valid sheets behind it.
    pub sheets: Sheets,
}

/// Published figures of surveys by questionnaire and unit: thousands of units are looked up.
#[derive(Debug)]
pub struct Surveys<'r>(HashMap<&'r str, (&'r Results, HashMap<&'r str, &'r UnitFigures>)>);

impl<'r> Surveys<'r> {
    /// Figures of all questionnaires.
    #[must_use]
    pub fn of(results: &[&'r Results]) -> Self {
        let units = |results: &'r Results| {
            results.all_units().filter_map(|(_, result)| Some((result.unit.as_str(), result.figures.as_ref()?))).collect()
        };
        Self(results.iter().map(|results| (results.questionnaire.as_str(), (*results, units(results)))).collect())
    }

    /// The figure that a leaf takes from a survey; none where the unit has none, or too few sheets.
    #[must_use]
    pub fn figure(&self, leaf: &Leaf, unit: &UnitCode) -> Option<Surveyed> {
        let of = |id: &String| {
            let (results, units) = self.0.get(id.as_str())?;
            Some((*results, *units.get(unit.as_str())?))
        };
        match &leaf.from {
            From::Satisfaction { questionnaire, index, .. } => satisfaction(of(questionnaire)?.1, index.as_deref()),
            From::Officials { questionnaire, rated, .. } => {
                of(questionnaire).and_then(|(results, figures)| officials(results, figures, rated))
            }
            _ => None,
        }
    }
}

/// The overall index, or that of a content or factor.
fn satisfaction(figures: &UnitFigures, index: Option<&str>) -> Option<Surveyed> {
    let found = match index {
        None => figures.index.as_ref(),
        Some(code) => figures.contents.iter().chain(&figures.factors).find(|part| part.code == code).map(|part| &part.index),
    };
    let figure = found?.figure.as_ref()?.get();
    // A part of few answers has a class, which makes no points.
    let printed = || figure.percent.number().parse().ok().filter(|_| !figure.percent.is_coarse());
    Some(Surveyed { percent: figure.held.or_else(printed)?, sheets: *figures.sheets.get() })
}

/// The points of a criterion that officials rated, in percent of its maximum there.
fn officials(results: &Results, figures: &UnitFigures, rated: &str) -> Option<Surveyed> {
    let head = results.rating.as_ref()?.criteria.iter().find(|head| head.code == rated)?;
    let result = figures.criteria.iter().find(|result| result.criterion == rated)?;
    let points = result.points.as_ref()?.get();
    let percent = points.value()?.percent_of(head.maximum.parse().ok()?)?;
    Some(Surveyed { percent, sheets: *result.sheets?.get() })
}

/// Whether a scheme leaves points of so few sheets out.
fn leaves_out(scheme: &Scheme, survey: &Surveyed) -> bool {
    scheme.small_units == SmallUnits::Rescale && matches!(survey.sheets, Sheets::Between(..))
}

/// The points of a leaf.
#[must_use]
pub fn leaf_points((scheme, block): (&Scheme, &Block), place: usize, cell: Option<&Cell>, survey: Option<&Surveyed>) -> LeafPoints {
    let Some(leaf) = scheme.leaves.get(place).filter(|_| applies(block, place)) else { return LeafPoints::NotApplicable };
    if cell.is_some_and(Cell::is_left_out) {
        return LeafPoints::NotApplicable;
    }
    match &leaf.from {
        From::Satisfaction { .. } | From::Officials { .. } if survey.is_some_and(|survey| leaves_out(scheme, survey)) => {
            LeafPoints::FewSheets
        }
        From::Satisfaction { conversion, .. } | From::Officials { conversion, .. } => survey
            .and_then(|survey| points(conversion, leaf.maximum_hundredths, survey.percent))
            .map_or(LeafPoints::NoSurvey, LeafPoints::Points),
        _ => cell.and_then(Cell::decided).and_then(|text| entered(leaf, text).ok()).map_or(LeafPoints::Missing, LeafPoints::Points),
    }
}
