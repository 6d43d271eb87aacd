//! Values of a definition file that need a schema of their own: codes, texts in several languages, decimal numbers.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{Deserializer, Visitor};

use super::At;
use crate::definition::TEXT_MAX;
use crate::unit::{CODE_MAX, CODE_RULE};

/// A code or id, or a reference to one.
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
pub struct Code(pub At<String>);

impl JsonSchema for Code {
    fn schema_name() -> Cow<'static, str> {
        "Code".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": format!("A code: {CODE_RULE}."),
            "type": "string",
            "pattern": format!("^[a-z0-9][a-z0-9_-]{{0,{}}}$", CODE_MAX - 1),
        })
    }
}

/// One text in every language of the file.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct Words(pub At<BTreeMap<At<String>, At<String>>>);

impl JsonSchema for Words {
    fn schema_name() -> Cow<'static, str> {
        "Words".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": format!("Words in every declared language, at most {TEXT_MAX} characters each. Plain text, never HTML."),
            "type": "object",
            "required": ["vi", "en"],
            "additionalProperties": { "type": "string", "minLength": 1 },
        })
    }
}

/// A decimal number as it is written, without the rounding of binary fractions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal(pub String);

impl JsonSchema for Decimal {
    fn schema_name() -> Cow<'static, str> {
        "Decimal".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "description": "A number with at most two decimals.", "type": "number", "exclusiveMinimum": 0, "maximum": 100 })
    }
}

/// A decimal number of at least 0, such as a bound or points.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Number(pub Decimal);

impl JsonSchema for Number {
    fn schema_name() -> Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "description": "A number of at least 0 with at most two decimals.", "type": "number", "minimum": 0 })
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberVisitor)
    }
}

/// Takes whole and broken numbers; the shortest text of a binary fraction is the text it was read from.
struct NumberVisitor;

impl Visitor<'_> for NumberVisitor {
    type Value = Decimal;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number")
    }

    fn visit_i64<E>(self, number: i64) -> Result<Decimal, E> {
        Ok(Decimal(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Decimal, E> {
        Ok(Decimal(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Decimal, E> {
        Ok(Decimal(number.to_string()))
    }
}

/// Reads a decimal number with at most two decimals as hundredths, without binary fractions.
pub(crate) fn hundredths(number: &str) -> Option<u32> {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if decimals.len() > 2 || !digits(whole) || !digits(decimals) {
        return None;
    }
    format!("{whole}{decimals:0<2}").parse().ok()
}
