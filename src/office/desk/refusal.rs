//! Why something is not done at a desk.

use std::io;

use jiff::civil::Date;

use crate::import::Faults;
use crate::import::scores::Unfit;
use crate::office::evidence::NotKept;
use crate::round::steps::{ScorePart, Step};
use crate::store::StoreError;

/// Why something is not done. Nothing is changed then; but a file of evidence may have been kept, to which no sheet leads.
#[derive(Debug)]
pub enum Stopped {
    /// It is not allowed, or not possible.
    Refused(Refusal),
    /// A file has faults.
    Faults(Faults),
    /// A file of evidence could not be kept.
    NotKept(NotKept),
    /// The database did not answer, or refused in its own words.
    Store(StoreError),
    /// A file could not be written.
    NotWritten(io::Error),
}

/// What is not allowed, or not possible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The round is a draft.
    Draft,
    /// The round names no scheme.
    NoScheme,
    /// Somebody else has written since the sheets were read.
    Changed,
    /// The round is published, and nobody said that this is to correct it.
    Published(Correcting),
    /// The step that the round is in begins later.
    Early {
        /// The step.
        step: Step,
        /// Its first day.
        opens: Date,
    },
    /// The step that the round is in is over.
    Late {
        /// The step.
        step: Step,
        /// Its last day.
        closed: Date,
    },
    /// The step that the round is in does not open a part.
    NotOpen {
        /// The step.
        step: Step,
        /// The part.
        part: ScorePart,
    },
    /// No scheme of the round scores a unit.
    Unit(String),
    /// The scheme of a unit has no such criterion.
    Criterion {
        /// Code of the unit.
        unit: String,
        /// What was given as a criterion.
        criterion: String,
    },
    /// The points of a criterion come from a survey and need no evidence.
    Surveyed(String),
    /// A unit was merged from one that the register does not know.
    Origin(String),
    /// A unit was merged from itself.
    OwnOrigin(String),
    /// An address is not whole.
    Link,
    /// A text is not kept.
    Text(Text, Unfit),
    /// The round plans no steps.
    NoSteps,
    /// Only publishing takes a round to its last step.
    LastStep,
    /// A step cannot follow the one that the round is in.
    Follows {
        /// The step that the round is in.
        from: Step,
        /// The one that was asked for.
        to: Step,
    },
    /// No days are planned for a step.
    NoDays(Step),
    /// A step would end before its first day.
    EndsBefore {
        /// The step.
        step: Step,
        /// Its first day.
        opens: Date,
        /// The last day that was asked for.
        closes: Date,
    },
}

/// What is corrected of a published round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Correcting {
    /// Its score sheets.
    Sheets,
    /// Its targets.
    Targets,
    /// Figures that others computed.
    Figures,
}

/// Which text it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text {
    /// An address.
    Link,
    /// The name of a file.
    File,
    /// An explanation.
    Explanation,
    /// All evidence of a criterion together, by its code.
    Evidence(String),
}

impl From<Refusal> for Stopped {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Faults> for Stopped {
    fn from(faults: Faults) -> Self {
        Self::Faults(faults)
    }
}

impl From<NotKept> for Stopped {
    fn from(cause: NotKept) -> Self {
        Self::NotKept(cause)
    }
}

impl From<StoreError> for Stopped {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Refused(crate::refusal::Refusal::Changed { .. }) => Self::Refused(Refusal::Changed),
            error => Self::Store(error),
        }
    }
}
