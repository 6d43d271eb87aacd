//! How answers become an index: the rule a definition names, and the tree of contents and factors it works on.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::definition::Text;

/// A content of the index (policy, service): the level under the overall index.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// Its code.
    pub code: String,
    /// Its words.
    pub text: Text,
}

/// A factor of the index: several items that measure one thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Factor {
    /// Its code.
    pub code: String,
    /// Its words.
    pub text: Text,
    /// The content it belongs to, as a place in [`super::Questionnaire::contents`].
    pub content: usize,
}

/// The value of one item from the counts of its levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ItemValue {
    /// Answers on satisfied levels over valid answers.
    SatisfiedShare,
    /// Mean level over the highest level: `mean / k`.
    MeanOfMaximum,
    /// Mean level from lowest to highest: `(mean - 1) / (k - 1)`.
    MeanRescaled,
}

/// How item values become the overall index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Aggregation {
    /// Each item counts equally.
    MeanOfItems,
    /// Items make factors, each factor counts equally.
    MeanOfFactors,
    /// Items make contents, each content counts equally.
    MeanOfContents,
    /// All answers in one pot: each answer counts equally.
    PooledAnswers,
}

/// The rule of a questionnaire's index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexRule {
    /// From levels to an item's value.
    pub item_value: ItemValue,
    /// From items to the index.
    pub aggregation: Aggregation,
    /// Points of the satisfaction component at an index of 100, in hundredths of a point.
    pub maximum_hundredths: u32,
}
