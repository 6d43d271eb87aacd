//! Results: everything that pages, exports and the API print of one questionnaire in one round.
//!
//! Every number about respondents is a [`Shown`]; what has none may not be printed. Lists stand in the order of the definition or
//! of the register, decimals are texts, and there are no maps, so one set of results has one JSON text: publishing freezes it, and reading
//! it back and writing it again gives the same bytes.
//!
//! * Everything is a sum over the [`super::population`]; units without one have no figures. Totals say over how many units they were made.
//! * What respondents said about themselves is printed for the round only, never for a unit, and an attribute
//!   whole or not at all.

use serde::{Deserialize, Serialize};

use super::disclosure::{Figure, Fraction, Points, Share, SheetsTold, Shown};
use crate::survey::mode::Mode;
use crate::survey::rating::Combination;
use crate::survey::{Audience, IndexRule};
use crate::unit::UnitCode;

/// Results of one questionnaire in one round.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Results {
    /// Id of the questionnaire.
    pub questionnaire: String,
    /// Its version.
    pub version: String,
    /// Hash of the definition's text, in hexadecimal.
    pub definition_sha256: String,
    /// Who was asked.
    pub audience: Audience,
    /// The rule that made the indices; none for a questionnaire that is only counted.
    pub rule: Option<IndexRule>,
    /// Least number of valid sheets behind a figure.
    pub floor: u32,
    /// Codes of the contents, in order.
    pub contents: Vec<String>,
    /// The factors, in order.
    pub factors: Vec<FactorHead>,
    /// The items but for remarks, in order.
    pub items: Vec<ItemHead>,
    /// Units with figures, of all units asked about.
    pub units: Coverage,
    /// Sheets of the units with figures.
    pub sheets: Option<Shown<SheetsTold>>,
    /// Sheets by mode, all modes in order, over the units that print theirs.
    pub modes: Vec<ModeTotal>,
    /// Units that print sheets by mode, of all units asked about.
    pub mode_units: Coverage,
    /// Sheets by respondent group over the units in which it is counted alone, in the order of the groups; empty where there are none.
    pub groups: Vec<GroupTotal>,
    /// What respondents said about themselves, over the units with figures.
    pub attributes: Vec<AttributeResult>,
    /// How ratings become points; none for a questionnaire that is not about units.
    pub rating: Option<RatingHead>,
    /// The blocks, in the order of the register.
    pub blocks: Vec<BlockResult>,
}

/// How the ratings of a questionnaire about units become points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RatingHead {
    /// How groups become one.
    pub combination: Combination,
    /// The criteria, in the order of the definition.
    pub criteria: Vec<CriterionHead>,
}

/// A criterion of the definition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriterionHead {
    /// Its code.
    pub code: String,
    /// Most points, with two decimals.
    pub maximum: String,
    /// The weights that options can have, in percent, highest first: the columns of every distribution.
    pub weights: Vec<u8>,
}

/// Points that a unit has for one criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriterionResult {
    /// Code of the criterion.
    pub criterion: String,
    /// Valid sheets of all groups that are counted; none where nobody is.
    pub sheets: Option<Shown<SheetsTold>>,
    /// Points; none where nobody is counted.
    pub points: Option<Shown<Points>>,
    /// Answers of all groups by weight, in the order of the head; empty where a group or item that is counted has few answers.
    pub distribution: Vec<Shown<Share>>,
    /// Respondent groups, in the order of the definition.
    pub groups: Vec<GroupRatings>,
}

/// What one group gave a unit for a criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupRatings {
    /// Code of the group.
    pub group: String,
    /// Codes of the groups that are counted together with it.
    pub with: Vec<String>,
    /// Its weight among the groups; of groups that are counted together, the sum of theirs.
    pub weight: u32,
    /// Whether it is counted: whether it, or the groups that it is counted together with, has enough valid answers.
    pub used: bool,
    /// Valid sheets; none where it is not counted.
    pub sheets: Option<Shown<SheetsTold>>,
    /// The part of the maximum that they give.
    pub share: Option<Shown<Figure>>,
    /// Answers by weight, in the order of the head; empty where they are hidden.
    pub distribution: Vec<Shown<Share>>,
}

/// A factor of the definition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactorHead {
    /// Its code.
    pub code: String,
    /// Code of its content.
    pub content: String,
}

/// An item of the definition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemHead {
    /// Its code.
    pub code: String,
    /// Whether it asks about the respondent; then it has no results by unit.
    pub attribute: bool,
    /// Whether several options may be chosen, so that shares add up to more than 100 %.
    pub multiple: bool,
    /// Code of the factor it feeds.
    pub factor: Option<String>,
    /// Codes of its options, in order.
    pub options: Vec<String>,
}

/// "18 of 20 units".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// Units that went in.
    pub shown: u32,
    /// All units.
    pub total: u32,
}

/// Sheets that came in one way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModeTotal {
    /// The way.
    pub mode: Mode,
    /// How many; none where no unit prints its own.
    pub sheets: Option<Shown<SheetsTold>>,
}

/// Sheets of respondents of a unit who are counted together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitGroup {
    /// Codes of their groups.
    pub groups: Vec<String>,
    /// How many sheets.
    pub sheets: Shown<SheetsTold>,
}

/// Sheets of one respondent group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupTotal {
    /// Code of the group.
    pub group: String,
    /// How many; none where they do not reach the floor.
    pub sheets: Option<Shown<SheetsTold>>,
}

/// What respondents of a round said about themselves. Shares are of all sheets, whether answered or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributeResult {
    /// Code of the item.
    pub code: String,
    /// One entry an option, in the order of the item's head; none where it is hidden.
    pub options: Vec<Option<Shown<Share>>>,
    /// Sheets without an answer.
    pub no_answer: Option<Shown<Share>>,
}

/// Units that are ranked together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BlockResult {
    /// Code of the block.
    pub block: String,
    /// Sheets of its units with figures; none where no unit has any.
    pub sheets: Option<Shown<SheetsTold>>,
    /// Units with figures, of the units of the block.
    pub coverage: Coverage,
    /// Mean of the indices, each unit equal.
    pub index: UnitMean,
    /// Mean of the components of the same units.
    pub component: UnitMean,
    /// Mean of the officials' components of the units that have one.
    pub officials: UnitMean,
    /// Its units, in the order of the register.
    pub units: Vec<UnitResult>,
}

/// A mean over units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitMean {
    /// Two decimals with a point; none of no units.
    pub value: Option<Shown<String>>,
    /// Units that went in, of the units of the block.
    pub coverage: Coverage,
}

/// One unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UnitResult {
    /// Its code.
    pub unit: UnitCode,
    /// Its figures; none under the floor, which a page calls "under 10".
    pub figures: Option<UnitFigures>,
}

/// The figures of one unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UnitFigures {
    /// How many sheets came in this way.
    pub sheets: Shown<SheetsTold>,
    /// The overall index; none for a questionnaire that is only counted.
    pub index: Option<IndexResult>,
    /// The satisfaction component, in points.
    pub component: Option<Shown<Points>>,
    /// Contents, in the order of the definition.
    pub contents: Vec<PartResult>,
    /// Factors, in the order of the definition.
    pub factors: Vec<PartResult>,
    /// Questions that are not remarks, in the order of the definition.
    pub items: Vec<ItemResult>,
    /// Criteria that ratings feed, in the order of the definition.
    pub criteria: Vec<CriterionResult>,
    /// Points of all criteria together: the officials' component; none where one criterion has none.
    pub officials: Option<Shown<Points>>,
    /// Sheets by mode, all modes in order; none where they are hidden.
    pub modes: Option<Vec<Shown<SheetsTold>>>,
    /// Sheets of the groups that are counted, in order; empty where there are no groups.
    pub groups: Vec<UnitGroup>,
}

/// An index with the items it is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexResult {
    /// The index; none where no item reaches the floor.
    pub figure: Option<Shown<Figure>>,
    /// Items with a value: the 5 of "5 of 9 items".
    pub used: u32,
    /// Items of the definition.
    pub total: u32,
}

/// The index of a content or a factor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartResult {
    /// Code of the content or factor.
    pub code: String,
    /// Its index.
    pub index: IndexResult,
}

/// One item of one unit. Under the floor there is nothing but its code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemResult {
    /// Code of the item.
    pub code: String,
    /// Valid answers, base of the shares and the value.
    pub valid: Option<Shown<SheetsTold>>,
    /// Its value by the rule, where it feeds the index.
    pub figure: Option<Shown<Figure>>,
    /// The fraction that makes the value, from 50 answers.
    pub fraction: Option<Shown<Fraction>>,
    /// One entry an option, in the order of the item's head: shares of valid answers. Empty where they are not printed.
    pub options: Vec<Shown<Share>>,
    /// "No opinion" or "not applicable", as a share of the unit's sheets; this and the next two from 50 sheets on, and where no group is
    /// left out with this item.
    pub no_opinion: Option<Shown<Share>>,
    /// Passed over, as a share of the unit's sheets.
    pub skipped: Option<Shown<Share>>,
    /// Not asked, as a share of the unit's sheets.
    pub not_shown: Option<Shown<Share>>,
}

impl GroupRatings {
    /// Codes of all groups that are counted together: `deputies+leaders`.
    #[must_use]
    pub fn codes(&self) -> String {
        std::iter::once(&self.group).chain(&self.with).map(String::as_str).collect::<Vec<_>>().join("+")
    }
}

impl Results {
    /// All units with their blocks, in the order of the register.
    pub fn all_units(&self) -> impl Iterator<Item = (&BlockResult, &UnitResult)> {
        self.blocks.iter().flat_map(|block| block.units.iter().map(move |unit| (block, unit)))
    }

    /// A unit with its block.
    #[must_use]
    pub fn unit(&self, code: &str) -> Option<(&BlockResult, &UnitResult)> {
        self.all_units().find(|(_, unit)| unit.unit.as_str() == code)
    }

    /// The head of an item.
    #[must_use]
    pub fn item(&self, code: &str) -> Option<&ItemHead> {
        self.items.iter().find(|item| item.code == code)
    }
}
