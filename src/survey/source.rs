//! The format of a definition file, as it is written: one struct a table. The comments become the JSON Schema beside the definitions.
//!
//! Nothing here is checked yet; [`super::check::check`] makes a [`super::Questionnaire`] of it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::rating::{Combination, SmallGroups};
use super::{Aggregation, Audience, ItemValue};
use crate::definition::source::{At, Code, Decimal, Words};

/// A questionnaire: what is asked, how it can be answered, and how answers become an index.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Questionnaire")]
pub struct Source {
    /// Short name of the questionnaire, part of its address; unique among all definition files.
    pub id: Code,
    /// Version of wording, scales and rule, such as "2026.1"; printed beside every figure. At most 40 characters.
    pub version: At<String>,
    /// Languages of every text, at least "vi" and "en"; the first one is shown unless another is asked for. At most 8.
    pub languages: At<Vec<At<String>>>,
    /// Who answers.
    pub audience: Audience,
    /// Whether only people with a code can answer; always so for a questionnaire about units.
    #[serde(default)]
    pub requires_code: bool,
    /// What the questionnaire is called.
    pub title: Words,
    /// What the respondent reads before the first question.
    pub introduction: Option<Words>,
    /// Whether items offer "don't know / not applicable" unless they say otherwise. Attributes and remarks never do.
    #[serde(default)]
    pub no_opinion: bool,
    /// Words of that option; "Không biết / không áp dụng" and "Don't know / not applicable" if left out.
    pub no_opinion_label: Option<Words>,
    /// Word for yes in yes-no items; "Có" and "Yes" if left out.
    pub yes_label: Option<Words>,
    /// Word for no in yes-no items; "Không" and "No" if left out.
    pub no_label: Option<Words>,
    /// Heading over the attributes; "Thông tin về ông/bà" and "About you" if left out.
    pub attributes_title: Option<Words>,
    /// Least number of valid sheets behind a published figure: 10 if left out, never less, at most 100000.
    #[schemars(range(min = 10, max = 100_000))]
    pub least_sheets: Option<At<i64>>,
    /// How answers become an index; leave it out for a questionnaire that is only counted.
    pub index: Option<At<Index>>,
    /// Scales that items refer to.
    #[serde(default)]
    pub scale: Vec<Scale>,
    /// What is asked about the respondent, before everything else; single choice. At most 300 items and attributes together.
    #[serde(default)]
    pub attribute: Vec<Attribute>,
    /// Contents of the index: the level under the whole.
    #[serde(default)]
    pub content: Vec<Content>,
    /// Factors of the index: the level between contents and items.
    #[serde(default)]
    pub factor: Vec<Factor>,
    /// Makes the questionnaire one about units: all its items repeat for every unit that a respondent rates.
    pub about_units: Option<At<AboutUnits>>,
    /// Groups of respondents of a questionnaire about units.
    #[serde(default)]
    pub group: Vec<Group>,
    /// Criteria that the items of a questionnaire about units feed.
    #[serde(default)]
    pub criterion: Vec<Criterion>,
    /// Parts of the form in order. At most 50.
    pub part: Vec<Part>,
}

/// How a questionnaire about units works.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AboutUnits {
    /// How the results of the groups become one.
    pub combination: At<Combination>,
    /// What becomes of a group that has fewer sheets about a unit than its floor: "leave-out" (if left out) or "pool".
    #[serde(default)]
    pub small_groups: SmallGroups,
    /// Words of the choice that closes the items of a unit; "Tôi chưa làm việc với đơn vị này" and "I have not worked with this unit" if
    /// left out.
    pub not_worked_with: Option<Words>,
}

/// A group of respondents.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its code, named when codes are issued.
    pub code: Code,
    /// Its words.
    pub text: Words,
    /// Its weight among the groups, 1 to 1000; only proportions count; 1 if left out.
    pub weight: Option<At<i64>>,
    /// Least number of valid sheets of the group about a unit: 10 if left out, never less.
    #[schemars(range(min = 10, max = 100_000))]
    pub least_sheets: Option<At<i64>>,
    /// Which units its members rate.
    pub scope: At<Scope>,
}

/// Which units the members of a group rate: `{ block = "…" }`, `{ block = "…", sample = 10 }`, `{ units = ["…"] }` or `{ own_parent = true
/// }`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// Every unit of this block; at most 15, or a sample has to be drawn.
    pub block: Option<Code>,
    /// Only so many units of the block, 1 to 15, drawn at random for each respondent.
    pub sample: Option<At<i64>>,
    /// Codes of 1 to 15 units.
    pub units: Option<Vec<Code>>,
    /// The unit above the respondent's own, which is named when codes are issued.
    #[serde(default)]
    pub own_parent: bool,
}

/// What rating items feed.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Its code, for `criterion = "…"` in items.
    pub code: Code,
    /// Its words in results.
    pub text: Words,
    /// Most points it gives: above 0, up to 100, at most two decimals.
    pub maximum: At<Decimal>,
}

/// How answers become an index.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Index {
    /// How the value of one item comes from the counts of its levels.
    pub item_value: At<ItemValue>,
    /// How item values become the overall index.
    pub aggregation: At<Aggregation>,
    /// Points of the satisfaction component at an index of 100 %: above 0, up to 100, at most two decimals; 10 if left out.
    pub maximum: Option<At<Decimal>>,
}

/// An ordered scale, defined once and used by many items.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// Name of the scale, for `scale = "…"` in items.
    pub id: Code,
    /// Its steps from the lowest to the highest; 2 to 64.
    #[serde(default)]
    pub option: Vec<Step>,
}

/// One step of a scale.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its code in forms, imports and exports.
    pub code: Code,
    /// Its words.
    pub text: Words,
    /// Whether it counts as satisfied under the rule "satisfied-share"; only the highest steps can.
    #[serde(default)]
    pub satisfied: bool,
    /// What it is worth in percent of the points, 0 to 100; for items that feed a criterion.
    pub weight: Option<At<i64>>,
}

/// One thing asked about the respondent: one of several options. There is no field for own words, because those identify people.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attribute {
    /// Its code in forms, imports and exports; no item may have the same.
    pub code: Code,
    /// The question.
    pub text: Words,
    /// What helps to answer it.
    pub help: Option<Words>,
    /// Its options; 2 to 64.
    #[serde(default)]
    pub option: Vec<AttributeOption>,
}

/// One option of an attribute.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AttributeOption {
    /// Its code in forms, imports and exports.
    pub code: Code,
    /// Its words.
    pub text: Words,
}

/// A content of the index.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// Name of the content, for `content = "…"` in factors.
    pub code: Code,
    /// Its words in results.
    pub text: Words,
}

/// A factor of the index.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Factor {
    /// Name of the factor, for `factor = "…"` in items.
    pub code: Code,
    /// Code of the content it belongs to.
    pub content: Code,
    /// Its words in results.
    pub text: Words,
}

/// A part of the form.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Its code.
    pub code: Code,
    /// Its heading.
    pub title: Words,
    /// What helps to answer the whole part.
    pub help: Option<Words>,
    /// When the part is asked; always if left out.
    pub show_if: Option<At<ShowIf>>,
    /// Its items in order; at least one.
    #[serde(default)]
    pub item: Vec<Item>,
}

/// One thing that is asked.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its code in forms, imports and exports.
    pub code: Code,
    /// How it is answered.
    pub kind: At<Kind>,
    /// Id of its scale; for kind "scale" only.
    pub scale: Option<Code>,
    /// The question in full.
    pub text: Words,
    /// What helps to answer it.
    pub help: Option<Words>,
    /// Code of the factor that its answers feed; for kind "scale" only.
    pub factor: Option<Code>,
    /// Code of the criterion that its answers feed, in a questionnaire about units.
    pub criterion: Option<Code>,
    /// Whether the item is only an example that each user of the file replaces by an item of their own.
    #[serde(default)]
    pub example: bool,
    /// Whether a sheet without an answer is sent back.
    #[serde(default)]
    pub required: bool,
    /// Whether "don't know / not applicable" is offered; as the questionnaire says if left out.
    pub no_opinion: Option<At<bool>>,
    /// When the item is asked; always if left out.
    pub show_if: Option<At<ShowIf>>,
    /// Its options, for the kinds "single" and "multiple" only; 2 to 64.
    #[serde(default)]
    pub option: Vec<ItemOption>,
}

/// How an item is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// One step of a scale.
    Scale,
    /// One of the item's options.
    Single,
    /// Any number of the item's options.
    Multiple,
    /// Yes (code 1) or no (code 2).
    YesNo,
    /// Free words.
    Remark,
}

/// One option of an item.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemOption {
    /// Its code in forms, imports and exports.
    pub code: Code,
    /// Its words.
    pub text: Words,
    /// Whether the respondent may add words of their own; one option of an item at most.
    #[serde(default)]
    pub write_in: At<bool>,
    /// What it is worth in percent of the points, 0 to 100; for items that feed a criterion.
    pub weight: Option<At<i64>>,
}

/// "Ask this when the answer to an earlier item is one of these."
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowIf {
    /// Code of an earlier item or attribute.
    pub item: Code,
    /// Codes of its options, any of which is enough; in yes-no items "1" is yes and "2" is no.
    pub any_of: At<Vec<At<String>>>,
}
