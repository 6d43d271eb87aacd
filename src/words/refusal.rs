//! Sentences of refusals: `refusal-CODE` in every language, with the data of the refusal filled in.

use std::fmt;

use serde::Serialize;

use super::Words;
use crate::refusal::Refusal;

impl Words {
    /// The sentence of a refusal, without a full stop: of any value that becomes an object with a `code`.
    #[must_use]
    pub fn refusal(self, refusal: &impl Serialize) -> String {
        self.coded("refusal", refusal)
    }
}

impl std::error::Error for Refusal {}

/// In English, for logs and the command line.
impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&Words::of("en").refusal(self))
    }
}
