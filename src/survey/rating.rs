//! Questionnaires about units: who rates which units, and how ratings become points of criteria.

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::definition::Text;

/// Most units that one person is asked to rate: 15 units of 20 items are as much as anybody answers with care.
pub const SCOPE_MAX: usize = 15;

/// What makes a questionnaire one about units: its items repeat for every unit that a respondent rates.
#[derive(Debug, Clone, PartialEq)]
pub struct Rating {
    /// How the results of the groups become one.
    pub combination: Combination,
    /// What becomes of a group with too few sheets about a unit.
    pub small_groups: SmallGroups,
    /// Words of the one choice that closes the items of a unit.
    pub not_worked_with: Text,
    /// Who rates, in order.
    pub groups: Vec<Group>,
    /// What the items feed, in order.
    pub criteria: Vec<RatedCriterion>,
}

impl Rating {
    /// A group by its code.
    #[must_use]
    pub fn group(&self, code: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.code == code)
    }

    /// Groups that are counted as one where any of them is small, by their places: each two that stand side by side, the last three where
    /// their number is odd. Each for itself where small groups are left out.
    #[must_use]
    pub fn together(&self) -> Vec<Range<usize>> {
        let all = self.groups.len();
        let end = |from: usize| match self.small_groups {
            SmallGroups::LeaveOut => from + 1,
            SmallGroups::Pool if all - from <= 3 => all,
            SmallGroups::Pool => from + 2,
        };
        let next = |block: &Range<usize>| (block.end < all).then(|| block.end..end(block.end));
        std::iter::successors((all > 0).then(|| 0..end(0)), next).collect()
    }
}

/// How the results of respondent groups become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Combination {
    /// Each group's share times its weight, over the weights of the groups that have enough valid sheets.
    GroupWeights,
    /// All answers in one pot, whatever group they come from.
    Pooled,
}

/// What becomes of the answers of a group that has fewer sheets about a unit than its floor.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SmallGroups {
    /// They count for nothing.
    #[default]
    LeaveOut,
    /// They are counted as one with the group that stands beside them in the definition: the first with the second, the third with the
    /// fourth and so on, the last three together where their number is odd. It weighs the sum of their weights.
    Pool,
}

/// Respondents who are asked in the same capacity.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Its code.
    pub code: String,
    /// Its words.
    pub text: Text,
    /// Its weight among the groups; only proportions count.
    pub weight: u32,
    /// Least number of valid sheets of the group about a unit, below which it is left out of the unit's points.
    pub least_sheets: u32,
    /// Which units its members rate.
    pub scope: RatedUnits,
}

/// Which units the members of a group rate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RatedUnits {
    /// Every unit of a block.
    Block(String),
    /// So many units of a block at random, each unit as often as any other.
    Sample(String, usize),
    /// These units, by code.
    Units(Vec<String>),
    /// The unit above the one that is named when codes are issued.
    OwnParent,
}

/// What rating items feed, with the points it can give.
#[derive(Debug, Clone, PartialEq)]
pub struct RatedCriterion {
    /// Its code.
    pub code: String,
    /// Its words.
    pub text: Text,
    /// Most points, in hundredths.
    pub maximum_hundredths: u32,
}
