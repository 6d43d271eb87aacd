//! The way in which a sheet was filled in. Results carry it, because a poster at a desk is not a probability sample.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How a respondent came to the questionnaire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// An open link, sent or found.
    Link,
    /// A poster or device at the desk of the unit.
    Desk,
    /// An interviewer asked and filled in.
    Interview,
    /// A sheet of paper, typed in later.
    Paper,
    /// A one-time code.
    Code,
}

impl Mode {
    /// Every mode, in the order of their numbers.
    pub const ALL: [Self; 5] = [Self::Link, Self::Desk, Self::Interview, Self::Paper, Self::Code];

    /// The modes that an address may name.
    pub const OPEN: [Self; 3] = [Self::Link, Self::Desk, Self::Interview];

    /// The number under which it is stored; never reused.
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Self::Link => 1,
            Self::Desk => 2,
            Self::Interview => 3,
            Self::Paper => 4,
            Self::Code => 5,
        }
    }

    /// The mode stored under a number.
    #[must_use]
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.number() == number)
    }

    /// Its name in addresses, files and exports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Desk => "desk",
            Self::Interview => "interview",
            Self::Paper => "paper",
            Self::Code => "code",
        }
    }

    /// The mode of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.name() == name)
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
