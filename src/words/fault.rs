//! Sentences of faults of files: `fault-CODE` in every language, with the data of the fault filled in, behind the place where it stands.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use fluent_templates::Loader;
use fluent_templates::fluent_bundle::FluentValue;

use super::{LOADER, Words};
use crate::fault::{Fault, Faults, Place};
use crate::printed::visible;

impl Words {
    /// Where a fault stands and what is wrong there, on one line without a full stop.
    #[must_use]
    pub fn fault(self, fault: &Fault) -> String {
        format!("{}{}", self.place(&fault.place), self.coded("fault", &fault.what))
    }

    /// How many faults there are, and a line for each that is shown, said by somebody.
    #[must_use]
    pub fn faults(self, faults: &Faults, said: impl Fn(&Fault) -> String) -> String {
        let shown = faults.shown().len();
        let all = u64::try_from(shown).unwrap_or(u64::MAX).saturating_add(faults.more());
        let head = self.counted("faults", all);
        let lines = faults.shown().iter().map(|fault| format!("\n  {}", said(fault)));
        let more = (faults.more() > 0).then(|| format!("\n  {}", self.counted("faults-more", faults.more())));
        std::iter::once(head).chain(lines).chain(more).collect()
    }

    /// The words before what is wrong: empty for the file as a whole.
    fn place(self, place: &Place) -> String {
        match place {
            Place::Cell { row, column } if column.is_empty() => self.with("fault-place-row", [("row", &row.to_string())]),
            Place::Cell { row, column } => self.with("fault-place-cell", [("row", &row.to_string()), ("column", &visible(column))]),
            Place::Text { line, column } => self.with("fault-place-text", [("line", &line.to_string()), ("column", &column.to_string())]),
            Place::Option(name) => format!("{name}: "),
            Place::File => String::new(),
        }
    }

    fn counted(self, key: &str, n: u64) -> String {
        LOADER.lookup_with_args(self.language, key, &HashMap::from([(Cow::Borrowed("n"), FluentValue::from(n))]))
    }
}

impl std::error::Error for Fault {}
impl std::error::Error for Faults {}

/// In English, for logs and the command line.
impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&Words::of("en").fault(self))
    }
}

/// In English, for logs and the command line.
impl fmt::Display for Faults {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&Words::of("en").faults(self, ToString::to_string))
    }
}
