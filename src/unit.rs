//! Units: the departments, communes and agencies that are asked about, and what becomes of them over the years.

pub mod wording;

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Words that stand first in an address of the service and therefore can name no round.
pub const RESERVED_IDS: [&str; 10] = ["api", "assets", "c", "health", "manage", "metrics", "results", "static", "thanks", "units"];

/// Blocks that the service has names of.
pub const NAMED_BLOCKS: [&str; 5] = ["agencies", "communes", "departments", "districts", "provinces"];

/// Longest code of anything: it has to fit a printed address.
pub const CODE_MAX: usize = 40;

/// Whether a text can be an id in an address: a letter or digit, then letters, digits, `-` and `_`, lower case ASCII.
#[must_use]
pub fn is_code(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'_';
    text.len() <= CODE_MAX && text.bytes().next().is_some_and(|byte| inner(byte) && byte != b'-' && byte != b'_') && text.bytes().all(inner)
}

/// What a text must be to be a code, for messages.
pub const CODE_RULE: &str = "1 to 40 of a-z, 0-9, - and _, beginning with a letter or a digit";

/// Short name of a unit, unique in the register and part of addresses: `so-noi-vu`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct UnitCode(String);

/// A text that cannot be a code.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not a code: {CODE_RULE}")]
pub struct BadCode(String);

impl UnitCode {
    /// Reads a code.
    ///
    /// # Errors
    /// When the text breaks [`CODE_RULE`].
    pub fn new(text: &str) -> Result<Self, BadCode> {
        if is_code(text) { Ok(Self(text.to_owned())) } else { Err(BadCode(text.to_owned())) }
    }

    /// The text of the code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnitCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for UnitCode {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::new(&text).map_err(serde::de::Error::custom)
    }
}

/// One unit of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its code.
    pub code: UnitCode,
    /// Its name in Vietnamese.
    pub name_vi: String,
    /// Its name in English.
    pub name_en: String,
    /// The block it is ranked in, such as `departments`.
    pub block: String,
    /// The unit above it.
    pub parent: Option<UnitCode>,
    /// First day on which it exists; none when it always did.
    pub valid_from: Option<Date>,
    /// Last day on which it exists; none while it does.
    pub valid_to: Option<Date>,
    /// The unit that took over its work when it ended.
    pub merged_into: Option<UnitCode>,
}

/// A unit with its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// Its row.
    pub id: i32,
    /// What the register says of it.
    pub unit: Unit,
}

impl Unit {
    /// The unit's name in a language; any language but Vietnamese reads the English one.
    #[must_use]
    pub fn name(&self, language: &str) -> &str {
        if language == "vi" { &self.name_vi } else { &self.name_en }
    }

    /// Whether the unit exists on a day.
    #[must_use]
    pub fn exists_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }
}
