//! Units of measure of what is scored.

use serde::{Deserialize, Serialize};

/// What a value is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// Percent, from 0 to 100.
    Percent,
    /// A number on a scale of its own.
    Number,
}
