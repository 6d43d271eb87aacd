//! Sentences of faults of definition and scheme files: `definition-FLAW` in every language with the data of the flaw filled in, and what to
//! do about it: `definition-hint-FLAW`, or `definition-hint-CODE` where the place allows nothing more exact.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use fluent_templates::Loader;
use fluent_templates::fluent_bundle::FluentValue;

use super::{LOADER, Words};
use crate::definition::diagnostic::{Diagnostic, Flaw, Hint};

impl Words {
    /// What is wrong at a place of a definition file, on one line without a full stop.
    #[must_use]
    pub fn flaw(self, flaw: &Flaw) -> String {
        self.coded("definition", flaw)
    }

    /// What to do about a fault of a definition file, and how many more there are behind the last one.
    #[must_use]
    pub fn hint(self, fault: &Diagnostic) -> String {
        let hint = self.coded_or("definition-hint", &fault.what, &format!("definition-hint-{}", fault.what.code().id()));
        if fault.more == 0 {
            return hint;
        }
        let more = HashMap::from([(Cow::Borrowed("n"), FluentValue::from(fault.more))]);
        format!("{hint} {}", LOADER.lookup_with_args(self.language, "definition-more", &more))
    }
}

/// In English, for the command line.
impl fmt::Display for Flaw {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&Words::of("en").flaw(self))
    }
}

/// In English, for the command line.
impl fmt::Display for Hint<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&Words::of("en").hint(self.0))
    }
}
