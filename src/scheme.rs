//! Index schemes: fields, criteria and sub-criteria, what each can give at most, and where its points come from. Pure: text in, values out.
//!
//! A [`Scheme`] is always checked: [`check::check`] is the only way to make one of the text of a `*.scheme.toml` file, and [`kept::read`]
//! makes it again of a text that was accepted once. What it means for a unit is worked out in [`crate::scoring`]. Points and bounds are
//! kept in hundredths, as the format writes at most two decimals.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::definition::Text;

pub mod against;
pub mod check;
pub mod kept;
pub mod numbers;
pub mod source;

/// A checked scheme: sums are what they are said to be, every reference inside it points at something.
#[derive(Debug, Clone, PartialEq)]
pub struct Scheme {
    /// Its id.
    pub id: String,
    /// Version of structure, maxima and rules, as the file says it.
    pub version: String,
    /// Languages of every text.
    pub languages: Vec<String>,
    /// What it is called.
    pub title: Text,
    /// Where its structure comes from.
    pub source: Option<Text>,
    /// Sum of the maxima of all fields.
    pub total_hundredths: u32,
    /// Fields in order.
    pub fields: Vec<Field>,
    /// Criteria in order, those of one field together.
    pub criteria: Vec<Criterion>,
    /// Where points come from: sub-criteria, and criteria that have none; in order, those of one criterion together.
    pub leaves: Vec<Leaf>,
    /// What holds for single blocks.
    pub blocks: Vec<Block>,
    /// What becomes of points from a survey that there was none of.
    pub no_survey: NoSurvey,
    /// What becomes of points from a survey that a unit has of few sheets.
    pub small_units: SmallUnits,
    /// Where a unit is ranked whose index lacks points of surveys.
    pub survey_gap: GapRanking,
}

/// A field of reform.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its code.
    pub code: String,
    /// Its words.
    pub text: Text,
    /// Most points without bonus.
    pub maximum_hundredths: u32,
    /// Where that maximum is printed; none where it is not.
    pub source: Option<String>,
}

/// A criterion of a field.
#[derive(Debug, Clone, PartialEq)]
pub struct Criterion {
    /// Its code.
    pub code: String,
    /// Its words.
    pub text: Text,
    /// Its field, as a place in [`Scheme::fields`].
    pub field: usize,
    /// Most points.
    pub maximum_hundredths: u32,
    /// Whether it is only an example, which a province replaces by its own.
    pub example: bool,
}

/// Where points come from.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaf {
    /// Its code, which score files name.
    pub code: String,
    /// Its words.
    pub text: Text,
    /// Its criterion, as a place in [`Scheme::criteria`].
    pub criterion: usize,
    /// Most points; of a bonus or penalty its cap.
    pub maximum_hundredths: u32,
    /// Who or what gives them.
    pub from: From,
}

/// Who or what gives the points of a leaf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum From {
    /// Appraisers enter points; where there are some, only these, in hundredths and ascending.
    Appraisal(Option<Vec<u32>>),
    /// An index of the citizens' survey.
    Satisfaction {
        /// Id of the questionnaire.
        questionnaire: String,
        /// Which index; none is the overall one, else the code of a content or factor.
        index: Option<String>,
        /// From percents to points.
        conversion: Conversion,
    },
    /// A criterion that officials rated.
    Officials {
        /// Id of the questionnaire.
        questionnaire: String,
        /// Code of its criterion.
        rated: String,
        /// From percents of its maximum to points.
        conversion: Conversion,
    },
    /// A measured value is entered.
    Statistic(Conversion),
    /// Appraisers enter points that are added.
    Bonus,
    /// Appraisers enter points that are taken off.
    Penalty,
}

/// How a value becomes points. Values and points are in hundredths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conversion {
    /// In line between a value that gives nothing and one that gives everything.
    Linear {
        /// At this value and below there are no points.
        lowest: u32,
        /// At this value and above there are all points.
        highest: u32,
    },
    /// Fixed points from each lower bound on: `(from, points)`, ascending; below the first there are none.
    Steps(Vec<(u32, u32)>),
    /// In each band, from its lower bound on, fixed points or (none) those of the line between `lowest` and `highest`.
    Bands {
        /// The line's value of no points.
        lowest: u32,
        /// The line's value of all points.
        highest: u32,
        /// `(from, points)`, ascending; below the first there are none.
        bands: Vec<(u32, Option<u32>)>,
    },
    /// All points from a threshold on, else none.
    AllOrNothing(u32),
    /// An option is entered, which has a weight in percent: `(code, weight)`.
    OptionWeights(Vec<(String, u32)>),
}

/// What becomes of points from a survey that a unit has none of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NoSurvey {
    /// They are lost: no points out of the full maximum.
    #[default]
    NoPoints,
    /// They leave the maximum too.
    NotApplicable,
    /// They leave the maximum, and what is left is brought to the full total before bonus and penalty are counted.
    #[serde(rename = "rescale-to-100")]
    RescaleTo100,
}

/// What becomes of points from a survey of 10 to 49 sheets. It looks at the number of sheets only, never at the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SmallUnits {
    /// They count like any others.
    #[default]
    Rank,
    /// They leave points and maximum, so that the unit is ranked by what else it has.
    Rescale,
}

/// Where a unit is ranked whose index lacks points of surveys, because they left its maximum too: its index is of fewer criteria than
/// those of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GapRanking {
    /// Among all others, and marked.
    #[default]
    Rank,
    /// Apart from the ranking of the block, among units of its kind.
    RankApart,
    /// Nowhere.
    NoRank,
}

/// Which ranks follow units that share one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TieRule {
    /// 1, 1, 3: as many ranks are left out as are shared.
    #[default]
    Competition,
    /// 1, 1, 2: none is left out.
    Dense,
}

/// What holds for one block, in one year or in all years without rules of their own.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// Code of the block.
    pub code: String,
    /// The year; none for every other.
    pub year: Option<i32>,
    /// Ranks after a tie.
    pub tie_rule: TieRule,
    /// What decides between equal indices.
    pub tie_break: Option<SchemePart>,
    /// Places of leaves that do not apply.
    pub not_applicable: Vec<usize>,
    /// Bands from the highest to the lowest.
    pub bands: Vec<Band>,
}

/// A part of a scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemePart {
    /// A field, by its place.
    Field(usize),
    /// A criterion, by its place.
    Criterion(usize),
    /// A leaf, by its place.
    Leaf(usize),
}

/// A band of indices.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Its code.
    pub code: String,
    /// Its name.
    pub text: Text,
    /// The lowest index in it, in hundredths of a percent.
    pub from_hundredths: u32,
}

impl Leaf {
    /// Whether its points come from a survey and can be entered by nobody.
    #[must_use]
    pub fn is_surveyed(&self) -> bool {
        matches!(self.from, From::Satisfaction { .. } | From::Officials { .. })
    }

    /// Whether its points are added or taken off, and its maximum is in no sum.
    #[must_use]
    pub fn is_adjustment(&self) -> bool {
        matches!(self.from, From::Bonus | From::Penalty)
    }
}

impl Scheme {
    /// The place of a leaf.
    #[must_use]
    pub fn leaf(&self, code: &str) -> Option<usize> {
        self.leaves.iter().position(|leaf| leaf.code == code)
    }

    /// The field that a leaf belongs to, as a place.
    #[must_use]
    pub fn field_of(&self, leaf: &Leaf) -> usize {
        self.criteria.get(leaf.criterion).map_or(0, |criterion| criterion.field)
    }

    /// Whether a leaf belongs to a part.
    #[must_use]
    pub fn is_in(&self, part: SchemePart, place: usize, leaf: &Leaf) -> bool {
        match part {
            SchemePart::Field(field) => self.field_of(leaf) == field,
            SchemePart::Criterion(criterion) => leaf.criterion == criterion,
            SchemePart::Leaf(own) => own == place,
        }
    }

    /// What holds for a block in a year; none where the scheme does not apply.
    #[must_use]
    pub fn block(&self, code: &str, year: i32) -> Option<&Block> {
        let of_year = |wanted| self.blocks.iter().find(|block| block.code == code && block.year == wanted);
        of_year(Some(year)).or_else(|| of_year(None))
    }

    /// Codes of the blocks that it applies to in a year, each once.
    #[must_use]
    pub fn block_codes(&self, year: i32) -> Vec<&str> {
        let mut codes: Vec<&str> = Vec::new();
        for block in self.blocks.iter().filter(|block| block.year.is_none_or(|of| of == year)) {
            if !codes.contains(&block.code.as_str()) {
                codes.push(&block.code);
            }
        }
        codes
    }
}
