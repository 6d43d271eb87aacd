//! The format of a scheme file, as it is written: one struct a table. The comments become the JSON Schema beside the definitions.
//!
//! Nothing here is checked yet; [`super::check::check`] makes a [`super::Scheme`] of it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{GapRanking, NoSurvey, SmallUnits, TieRule};
use crate::definition::source::{At, Code, Number, Words};

/// An index scheme: what units are scored on, how much each part can give, and where the points come from.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Scheme")]
pub struct Source {
    /// Short name of the scheme; unique among all scheme files.
    pub id: Code,
    /// Version of structure, maxima and rules, such as "2026.1"; printed beside every figure. At most 40 characters.
    pub version: At<String>,
    /// Languages of every text, at least "vi" and "en". At most 8.
    pub languages: At<Vec<At<String>>>,
    /// What the scheme is called.
    pub title: Words,
    /// Where its structure comes from.
    pub source: Option<Words>,
    /// Declared sum of the maxima of all fields, up to 1000; usually 100.
    pub total: At<Number>,
    /// What becomes of points from a survey that a unit has none of: "no-points" if left out.
    #[serde(default)]
    pub no_survey: NoSurvey,
    /// Whether points from a survey of 10 to 49 sheets count: "rank" (if left out), or "rescale" where they leave points and maximum.
    #[serde(default)]
    pub small_units: SmallUnits,
    /// Where a unit is ranked whose index lacks points of surveys that left its maximum too: "rank" (if left out) among all others,
    /// "rank-apart" among units of its kind, or "no-rank".
    #[serde(default)]
    pub survey_gap: GapRanking,
    /// Blocks that the scheme applies to; at least one.
    #[serde(default)]
    pub block: Vec<Block>,
    /// Fields in order; at least one.
    #[serde(default)]
    pub field: Vec<Field>,
}

/// What holds for one block.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// Code of the block in the register of units.
    pub code: Code,
    /// The one year in which this holds; if left out, every year without an entry of its own.
    pub year: Option<At<i64>>,
    /// Ranks after a tie: "competition" (1, 1, 3) if left out, or "dense" (1, 1, 2).
    #[serde(default)]
    pub tie_rule: TieRule,
    /// Code of the field, criterion or sub-criterion whose points decide between equal indices.
    pub tie_break: Option<Code>,
    /// Codes of fields, criteria or sub-criteria that do not apply to the block.
    #[serde(default)]
    pub not_applicable: Vec<Code>,
    /// Bands from the highest to the lowest; the last one from 0.
    #[serde(default)]
    pub band: Vec<Band>,
}

/// A band of indices.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// Its code.
    pub code: Code,
    /// Its name.
    pub text: Words,
    /// The lowest index in it, in percent, up to 100.
    pub from: At<Number>,
}

/// A field of reform.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Its code.
    pub code: Code,
    /// Its words.
    pub text: Words,
    /// Sum of the maxima of its criteria; bonus and penalty do not count.
    pub maximum: At<Number>,
    /// Where this maximum is printed.
    pub source: Option<At<String>>,
    /// Whether no source prints this maximum; one of `source` and `unverified` is needed.
    #[serde(default)]
    pub unverified: bool,
    /// Its criteria in order; at least one.
    #[serde(default)]
    pub criterion: Vec<Criterion>,
}

/// A criterion of a field: with sub-criteria, or with points of its own.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Its code, such as "1-2".
    pub code: Code,
    /// Its words.
    pub text: Words,
    /// Most points; the sum of the maxima of its sub-criteria, or the cap of a bonus or penalty.
    pub maximum: At<Number>,
    /// Whether the criterion is only an example that each user of the file replaces by one of their own.
    #[serde(default)]
    pub example: bool,
    /// Where its points come from: "appraisal" if left out; not with sub-criteria.
    pub from: Option<At<Origin>>,
    /// Id of the questionnaire, for "satisfaction" and "officials".
    pub questionnaire: Option<Code>,
    /// For "satisfaction": "overall", or the code of a content or factor of the questionnaire.
    pub index: Option<Code>,
    /// For "officials": the code of the questionnaire's criterion.
    pub rated: Option<Code>,
    /// How a value becomes points.
    pub conversion: Option<At<Conversion>>,
    /// Its sub-criteria in order.
    #[serde(default)]
    pub sub: Vec<Sub>,
}

/// A sub-criterion.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sub {
    /// Its code, such as "1-2-1".
    pub code: Code,
    /// Its words.
    pub text: Words,
    /// Most points, or the cap of a bonus or penalty.
    pub maximum: At<Number>,
    /// Where its points come from: "appraisal" if left out.
    pub from: Option<At<Origin>>,
    /// Id of the questionnaire, for "satisfaction" and "officials".
    pub questionnaire: Option<Code>,
    /// For "satisfaction": "overall", or the code of a content or factor of the questionnaire.
    pub index: Option<Code>,
    /// For "officials": the code of the questionnaire's criterion.
    pub rated: Option<Code>,
    /// How a value becomes points.
    pub conversion: Option<At<Conversion>>,
}

/// Where points come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// Appraisers enter points.
    Appraisal,
    /// An index of the citizens' survey.
    Satisfaction,
    /// A criterion that officials rated.
    Officials,
    /// A measured value is entered and converted.
    Statistic,
    /// Points that are added, up to the maximum as a cap.
    Bonus,
    /// Points that are taken off, up to the maximum as a cap.
    Penalty,
}

/// How a value becomes points.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Conversion {
    /// The rule; it says which of the other keys belong here.
    pub rule: Rule,
    /// For "linear" and "bands": the value of no points; 0 if left out.
    pub lowest: Option<At<Number>>,
    /// For "linear" and "bands": the value of all points; 100 if left out.
    pub highest: Option<At<Number>>,
    /// For "all-or-nothing": the value from which there are all points.
    pub threshold: Option<At<Number>>,
    /// For "steps": fixed points from each bound on, ascending.
    #[serde(default)]
    pub step: Vec<Step>,
    /// For "bands": fixed or proportional points from each bound on, ascending.
    #[serde(default)]
    pub band: Vec<Span>,
    /// For "option-weights": the options that can be entered.
    #[serde(default)]
    pub option: Vec<Weighted>,
}

/// A conversion rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// In line between two values.
    Linear,
    /// Fixed points from each bound on.
    Steps,
    /// Fixed or proportional points from each bound on.
    Bands,
    /// All points from a threshold on.
    AllOrNothing,
    /// The weight of an option.
    OptionWeights,
}

/// Fixed points from a bound on.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The bound.
    pub from: At<Number>,
    /// Points that this value gives.
    pub points: At<Number>,
}

/// Points from a bound on: fixed ones, or those of the line.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// The bound.
    pub from: At<Number>,
    /// Fixed points.
    pub points: Option<At<Number>>,
    /// Instead of fixed points: those of the line between `lowest` and `highest`.
    #[serde(default)]
    pub proportional: bool,
}

/// An option that can be entered.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Weighted {
    /// Its code in score files.
    pub code: Code,
    /// What it is worth in percent of the maximum, up to 100.
    pub weight: At<Number>,
}
