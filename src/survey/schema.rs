//! The JSON Schema of questionnaires.

use std::sync::LazyLock;

use serde_json::Value;

use super::source::Source;
use crate::definition::schema::{of, text};

/// The schema of questionnaires as a value, made once.
pub(super) static QUESTIONNAIRE: LazyLock<Value> = LazyLock::new(of::<Source>);

/// The text of `survey-definitions/questionnaire.schema.json`, in the 2020-12 dialect.
#[must_use]
pub fn json_schema() -> String {
    text(&QUESTIONNAIRE)
}
