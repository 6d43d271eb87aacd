//! The PAR Index of a round as it is published: scores by unit, ranks by block, and what they were before.
//!
//! Held values are JSON texts with 12 decimals, lists stand in the order of scheme and register, and there are no maps: one ranking has one
//! JSON text. Nothing in it is about respondents but figures of [`super::results`], which disclosure has passed.

use serde::{Deserialize, Serialize};
use strum::{EnumIter, IntoStaticStr, VariantNames};

use super::conversion::Worked;
use super::decimal::Held;
use super::sheet::{Change, Surveyed};
use super::targets::TargetResult;
use crate::round::steps::ScorePart;
use crate::scheme::TieRule;
use crate::unit::UnitCode;

mod build;
mod cause;
mod earlier;
mod gap;
mod lines;
mod losses;
mod meant;
mod movement;
mod reading;
mod third;

pub use build::{BlockSheets, Past, UnitSheet, ranking};
pub use cause::{CauseOf, IndexCause, Shift, adjusted_now, index_causes};
pub use earlier::explain;
pub use gap::SurveyGap;
pub use lines::ScoreLine;
pub use losses::{LostAt, PointLoss};
pub use meant::fields_meant;
pub use movement::{Direction, LARGE_HUNDREDTHS, MoveCause, Movement, NEAR_PERCENT, zeroes, zeroes_of};
pub use third::{FieldPlace, THIRDS_FROM, Third, field_places};

/// Scores and ranks of a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ranking {
    /// The frozen round that changes are measured against.
    pub previous: Option<PreviousRound>,
    /// The blocks, in the order of the schemes.
    pub blocks: Vec<BlockRanking>,
    /// Targets, in the order of their file.
    pub targets: Vec<TargetResult>,
}

/// The frozen round before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviousRound {
    /// Its id.
    pub round: String,
    /// The year it rates.
    pub year: i32,
    /// SHA-256 of its snapshot.
    pub sha256: String,
}

/// A block: units that are ranked together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockRanking {
    /// Code of the block.
    pub block: String,
    /// Id of the scheme; none where the ranking was imported.
    pub scheme: Option<String>,
    /// Ranks after a tie.
    pub tie_rule: TieRule,
    /// Bands from the highest to the lowest.
    pub bands: Vec<BandHead>,
    /// Fields with something in them that applies to the block.
    pub fields: Vec<FieldHead>,
    /// Criteria of the scheme.
    pub criteria: Vec<CriterionOfField>,
    /// Leaves of the scheme.
    pub leaves: Vec<LeafHead>,
    /// Mean index of the units in the ranking of the block, each equal.
    pub mean: Option<Held>,
    /// Units in the order of the register.
    pub units: Vec<RankedUnit>,
}

/// A band of the scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BandHead {
    /// Its code.
    pub code: String,
    /// Its lowest index.
    pub from: Held,
}

/// A field of the scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldHead {
    /// Its code.
    pub code: String,
    /// Most points for units to which all of it applies; none where the ranking was imported.
    pub maximum: Option<Held>,
    /// Mean index of the units in the ranking of the block.
    pub mean: Option<Held>,
}

/// A criterion of the scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriterionOfField {
    /// Its code.
    pub code: String,
    /// Code of its field.
    pub field: String,
}

/// A leaf of the scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeafHead {
    /// Its code.
    pub code: String,
    /// Code of its field.
    pub field: String,
    /// Code of its criterion, which is its own where the criterion has no sub-criteria.
    pub criterion: String,
    /// Most points, or the cap of a bonus or penalty.
    pub maximum: Held,
    /// Where its points come from, in the word of the scheme's format.
    pub from: Origin,
}

/// Where points come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, IntoStaticStr, VariantNames, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Origin {
    /// Appraisers.
    Appraisal,
    /// The citizens' survey.
    Satisfaction,
    /// The officials' survey.
    Officials,
    /// A measured value.
    Statistic,
    /// Added points.
    Bonus,
    /// Points taken off.
    Penalty,
}

impl Origin {
    /// Its code, as document and tables have it.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// What a unit is in this year.
#[derive(Debug, Clone, Default, PartialEq, Eq, IntoStaticStr, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum UnitStatus {
    /// As in the years before.
    #[default]
    Normal,
    /// It did not exist before: it has no change.
    New,
    /// It took over the work of others: it has no change.
    Merged {
        /// Codes of the units it was made of.
        from: Vec<UnitCode>,
    },
    /// It is not ranked this year.
    Exempt,
}

impl UnitStatus {
    /// Its code, as document and tables have it.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.into()
    }
}

/// One unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RankedUnit {
    /// Its code.
    pub unit: UnitCode,
    /// What it is this year.
    pub status: UnitStatus,
    /// Its score and rank; none for a unit that is exempt or not ranked for a gap.
    pub standing: Option<Standing>,
    /// What its index lacks of surveys, where the scheme ranks no such unit; none where it is ranked or exempt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unranked: Option<SurveyGap>,
    /// Its score sheet, in the order of the leaves; empty where the ranking was imported.
    pub cells: Vec<CellResult>,
    /// What its cells are together, in the order of the criteria; empty where the ranking was imported.
    pub criteria: Vec<CriterionSum>,
}

/// The list in which a unit of a block has its rank.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, EnumIter, IntoStaticStr, VariantNames, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum RankList {
    /// The ranking of the block.
    #[default]
    Block,
    /// Units whose indices lack points of surveys, where the scheme ranks them apart.
    Apart,
}

/// Score and rank of a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Rank in its list, from 1.
    pub rank: u32,
    /// The list that it is ranked in.
    #[serde(default, skip_serializing_if = "RankList::is_block")]
    pub list: RankList,
    /// The PAR Index; none where only ranks were imported.
    pub index: Option<Held>,
    /// How it comes about; none where the ranking was imported.
    pub score: Option<ScoreSums>,
    /// Code of the band.
    pub band: Option<String>,
    /// Fields, in the order of the head.
    pub fields: Vec<FieldScore>,
    /// Where it stood the year before; none where it was not in that ranking, is new or merged, or is ranked apart.
    pub before: Option<Before>,
}

/// The sums behind an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScoreSums {
    /// Points without bonus and penalty, as they were reached.
    pub reached_points: Held,
    /// Their applicable maximum.
    pub reached_maximum: Held,
    /// Points with bonus and penalty.
    pub points: Held,
    /// The maximum of the index: the one that was reached, or the full one.
    pub maximum: Held,
    /// Points without bonus and penalty, brought to that maximum.
    pub base_points: Held,
    /// The index without bonus and penalty.
    pub base_index: Held,
    /// Points added.
    pub bonus: Held,
    /// Points taken off.
    pub penalty: Held,
    /// Whether the index was kept inside 0 to 100.
    pub clamped: bool,
    /// Whether points were brought to the full maximum because there was no survey.
    pub rescaled: bool,
    /// Cells that nobody has entered, which count as 0.
    pub missing: u32,
}

/// One field of a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldScore {
    /// Points; none where the ranking was imported.
    pub points: Option<Held>,
    /// The applicable maximum; none where the ranking was imported.
    pub maximum: Option<Held>,
    /// Percent of the maximum; none where nothing of it applies.
    pub index: Option<Held>,
    /// Rank in the ranking of the block; none of a unit that is ranked apart.
    pub rank: Option<u32>,
}

/// One criterion of a unit: what its leaves are together, without bonus and penalty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriterionSum {
    /// Points of all that counts, bonus and penalty with it.
    pub points: Held,
    /// The applicable maximum.
    pub maximum: Held,
    /// Percent of the maximum; none where nothing of it applies.
    pub index: Option<Held>,
}

/// Where a unit stood in the frozen round before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// Its rank.
    pub rank: u32,
    /// Its index.
    pub index: Option<Held>,
    /// Its field indices, in the order of this year's fields.
    pub fields: Vec<Option<Held>>,
    /// How its index came about; none where that is not known, as of a ranking that was imported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<ScoreBefore>,
}

/// What of the sums behind an earlier index tells how bonus and penalty changed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScoreBefore {
    /// The index without bonus and penalty.
    pub base_index: Held,
    /// Points added.
    pub bonus: Held,
    /// Points taken off.
    pub penalty: Held,
    /// The maximum of the index.
    pub maximum: Held,
    /// Whether the index was kept inside 0 to 100.
    pub clamped: bool,
}

/// One cell of a score sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellResult {
    /// Points, where there are some.
    pub points: Option<Held>,
    /// Why there are none, or what they are.
    pub state: CellState,
    /// What the leaf adds to the maximum of the unit: 0 where it does not apply, and of a bonus or penalty.
    pub maximum: Held,
    /// The entry that counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<ScorePart>,
    /// How a value became the points; none where points were entered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worked: Option<Worked>,
    /// What was entered, each where it was.
    #[serde(rename = "self", default, skip_serializing_if = "Option::is_none")]
    pub self_score: Option<String>,
    /// Links, files, or an explanation in place of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// What the appraisers gave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appraised: Option<String>,
    /// Why that differs, or where a value comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What the unit said to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<String>,
    /// What the appraisers gave after that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second: Option<String>,
    /// What the council decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub council: Option<String>,
    /// The survey's figure behind the points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub survey: Option<Surveyed>,
    /// Entries that replaced others, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
}

/// What the points of a cell are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, IntoStaticStr, VariantNames, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum CellState {
    /// They count.
    Counted,
    /// Nobody has entered any; counts as 0.
    Missing,
    /// It does not apply to the unit.
    NotApplicable,
    /// The survey has so few sheets of the unit that the scheme leaves its points out.
    FewSheets,
    /// The survey has no figure for the unit, or too few sheets.
    NoSurvey,
}

impl CellState {
    /// Its code, as document and tables have it.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.into()
    }
}
