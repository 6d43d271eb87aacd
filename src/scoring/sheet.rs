//! The score sheet of a unit: what was entered for each leaf of a scheme, and the points that follow from it.
//!
//! What counts is what was entered last in the process: the council's decision, else the second appraisal, else the appraisal. A self-score
//! never counts. Points from a survey come from its published figures alone, and nobody can enter them.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::conversion::{Worked, converted, converted_option};
use super::decimal::Held;
use super::disclosure::SheetsTold;
use super::measure::Measure;
use super::results::{Results, UnitFigures};
use super::score::{LeafPoints, applies};
use crate::round::steps::ScorePart;
use crate::scheme::{Block, Conversion, From, Leaf, Scheme, SmallUnits};
use crate::unit::UnitCode;

/// What is kept for "does not apply to this unit"; files have a longer word.
pub const NOT_APPLICABLE: &str = "NA";

/// What was entered for one leaf; texts as they were entered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeafEntries {
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
    /// The reason that was given for the change; may be empty.
    pub why: String,
}

impl LeafEntries {
    /// An entry; none where it is empty.
    #[must_use]
    pub fn entry(&self, part: ScorePart) -> Option<&str> {
        self.entries.get(&part).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// What counts, and which part it is.
    #[must_use]
    pub fn decided(&self) -> Option<(ScorePart, &str)> {
        decided(|part| self.entry(part))
    }

    fn is_left_out(&self) -> bool {
        self.entry(ScorePart::Applicability) == Some(NOT_APPLICABLE)
    }
}

/// What counts of the entries of a cell: the one that was made last in the process.
pub(super) fn decided<'e>(entry: impl Fn(ScorePart) -> Option<&'e str>) -> Option<(ScorePart, &'e str)> {
    [ScorePart::Council, ScorePart::Second, ScorePart::Appraised].into_iter().find_map(|part| Some((part, entry(part)?)))
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

fn number(text: &str) -> Result<Held, BadEntry> {
    Held::typed(text).map_err(|_| BadEntry::NoNumber)
}

/// The points that an entry means for a leaf, or why it cannot be entered.
///
/// # Errors
/// When the scheme does not allow it.
pub fn entered(leaf: &Leaf, text: &str) -> Result<Held, BadEntry> {
    worked_entry(leaf, text).map(|(points, _)| points)
}

/// The same, with how they were worked where the entry is a value that is converted.
pub(super) fn worked_entry(leaf: &Leaf, text: &str) -> Result<(Held, Option<Worked>), BadEntry> {
    let maximum = Held::from_hundredths(leaf.maximum_hundredths);
    match &leaf.from {
        From::Satisfaction { .. } | From::Officials { .. } => Err(BadEntry::Surveyed),
        From::Statistic(conversion) => {
            let (points, worked) = if let Conversion::OptionWeights(options) = conversion {
                let known = || options.iter().map(|(code, _)| code.clone()).collect();
                converted_option(conversion, leaf.maximum_hundredths, text).ok_or_else(|| BadEntry::NoOption(known()))?
            } else {
                converted(conversion, leaf.maximum_hundredths, (number(text)?, Measure::Number)).ok_or(BadEntry::NoNumber)?
            };
            Ok((points, Some(worked)))
        }
        From::Appraisal(allowed) => {
            let points = within(text, maximum)?;
            let possible: Vec<Held> = allowed.iter().flatten().map(|hundredths| Held::from_hundredths(*hundredths)).collect();
            if !possible.is_empty() && !possible.contains(&points) {
                return Err(BadEntry::NotAllowed(possible));
            }
            Ok((points, None))
        }
        From::Bonus | From::Penalty => Ok((within(text, maximum)?, None)),
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
    pub sheets: SheetsTold,
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
    scheme.small_units == SmallUnits::Rescale && matches!(survey.sheets, SheetsTold::Between(..))
}

/// What a leaf gave a unit, and by what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeafGiven {
    /// Its points, or why there are none.
    pub points: LeafPoints,
    /// The part of the cell whose entry they were made of.
    pub counts: Option<ScorePart>,
    /// How a value became points; none where points are entered.
    pub worked: Option<Worked>,
}

impl LeafGiven {
    /// No points.
    fn nothing(points: LeafPoints) -> Self {
        Self { points, counts: None, worked: None }
    }
}

/// The points that a survey's figure gives, and how they were worked.
pub(super) fn worked_survey(leaf: &Leaf, survey: &Surveyed) -> Option<(Held, Worked)> {
    let (From::Satisfaction { conversion, .. } | From::Officials { conversion, .. }) = &leaf.from else { return None };
    converted(conversion, leaf.maximum_hundredths, (survey.percent, Measure::Percent))
}

/// What a leaf gives a unit.
#[must_use]
pub fn leaf_given((scheme, block): (&Scheme, &Block), place: usize, cell: Option<&LeafEntries>, survey: Option<&Surveyed>) -> LeafGiven {
    let Some(leaf) = scheme.leaves.get(place).filter(|_| applies(block, place)) else {
        return LeafGiven::nothing(LeafPoints::NotApplicable);
    };
    if cell.is_some_and(LeafEntries::is_left_out) {
        return LeafGiven::nothing(LeafPoints::NotApplicable);
    }
    if leaf.is_surveyed() {
        return of_survey(scheme, leaf, survey);
    }
    let decided = cell.and_then(LeafEntries::decided).and_then(|(part, text)| Some((part, worked_entry(leaf, text).ok()?)));
    decided.map_or(LeafGiven::nothing(LeafPoints::Missing), |(part, (points, worked))| LeafGiven {
        points: LeafPoints::Points(points),
        counts: Some(part),
        worked,
    })
}

fn of_survey(scheme: &Scheme, leaf: &Leaf, survey: Option<&Surveyed>) -> LeafGiven {
    if survey.is_some_and(|survey| leaves_out(scheme, survey)) {
        return LeafGiven::nothing(LeafPoints::FewSheets);
    }
    survey.and_then(|survey| worked_survey(leaf, survey)).map_or(LeafGiven::nothing(LeafPoints::NoSurvey), |(points, worked)| LeafGiven {
        points: LeafPoints::Points(points),
        counts: None,
        worked: Some(worked),
    })
}
