//! The columns with which every exported row says where it is from.

use super::ColumnHead;
use super::column::ColumnKind::{Code, Text};
use super::column::KnownCodes;
use super::value::Value;
use crate::publication::document::Section;
use crate::scoring::decimal::Held;
use crate::survey::{Aggregation, IndexRule, ItemValue, Questionnaire};

/// Their names. `synthetic` is `yes` where the answers are made up.
pub(super) const COLUMNS: [ColumnHead; 6] = [
    ("round", Text),
    ("synthetic", Code(KnownCodes::YES_NO)),
    ("questionnaire", Text),
    ("version", Text),
    ("rule", Text),
    ("snapshot", Text),
];

/// Their values for one questionnaire.
pub type Provenance = [Value<'static>; 6];

/// Where a questionnaire's rows are from.
pub(super) fn of((round, synthetic): (&str, bool), questionnaire: &Questionnaire, seal: &str) -> Provenance {
    let rule = questionnaire.index.map_or_else(|| "none".to_owned(), rule);
    [
        Value::text(round),
        Value::yes(synthetic),
        Value::text(&questionnaire.id),
        Value::text(&questionnaire.version),
        Value::text(rule),
        Value::text(seal),
    ]
}

/// Where a published questionnaire's rows are from.
pub(super) fn of_section(section: &Section<'_>) -> Provenance {
    let publication = &section.document.publication;
    of((&publication.round, publication.synthetic), section.questionnaire, section.document.seal())
}

/// A rule in the words of the definition: `satisfied-share/mean-of-items/10.00`.
fn rule(rule: IndexRule) -> String {
    let item = match rule.item_value {
        ItemValue::SatisfiedShare => "satisfied-share",
        ItemValue::MeanOfMaximum => "mean-of-maximum",
        ItemValue::MeanRescaled => "mean-rescaled",
    };
    let whole = match rule.aggregation {
        Aggregation::MeanOfItems => "mean-of-items",
        Aggregation::MeanOfFactors => "mean-of-factors",
        Aggregation::MeanOfContents => "mean-of-contents",
        Aggregation::PooledAnswers => "pooled-answers",
    };
    format!("{item}/{whole}/{}", Held::from_hundredths(rule.maximum_hundredths).to_fixed(2))
}
