//! Data of flaws that are not words of a file: kinds of things, types and reasons. `words` names them.

use serde::Serialize;
use strum::VariantNames;

/// What a code names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, VariantNames)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[expect(missing_docs, reason = "named as in the file")]
pub enum Thing {
    Questionnaire,
    Scheme,
    Part,
    Item,
    Option,
    Scale,
    Content,
    Factor,
    Group,
    Criterion,
    Unit,
    Band,
    Block,
    /// A field, criterion or sub-criterion of a scheme, which share their codes.
    SchemePart,
}

/// What there can be too many of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, VariantNames)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[expect(missing_docs, reason = "named as in the file")]
pub enum Many {
    Languages,
    Parts,
    /// Attributes too.
    Items,
    Options,
    Scales,
    Contents,
    Factors,
    Groups,
    Criteria,
}

/// What a value has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "named as in TOML")]
pub enum WantedValue {
    /// A text in every language.
    Words,
    Table,
    List,
    Boolean,
    Integer,
    Number,
    Text,
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "named as in TOML")]
pub enum FoundValue {
    Text,
    /// A number that is too large to be held.
    Large,
    Number,
    Boolean,
    Date,
    List,
    Table,
}

/// Why an item does not come before the condition that asks about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Later {
    /// It is the one that is shown under the condition.
    Itself,
    /// It stands in the part that is shown under the condition.
    Inside,
    /// It comes after that.
    After,
}

/// What a questionnaire about units cannot have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "named as in the file")]
pub enum Stray {
    Attributes,
    Index,
    Conditions,
    /// Items that require an answer.
    Required,
}

/// Which maxima are added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "named as in the file")]
pub enum Summed {
    Fields,
    Criteria,
    SubCriteria,
}
