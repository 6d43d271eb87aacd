//! Sentences of faults of databases: `database-KIND` in every language, by who spoke, with the cause as it was said.

use std::fmt;

use super::Words;
use crate::fault::database::{Cause, DatabaseFault};
use crate::printed::visible;

impl Words {
    /// What went wrong, its cause, and what to do.
    #[must_use]
    pub fn database(self, DatabaseFault { engine, kind, cause }: &DatabaseFault) -> String {
        let cause = match cause {
            Cause::Said(text) => visible(text).into_owned(),
            Cause::Address => self.get("database-cause-address"),
            Cause::Late => self.get("database-cause-late"),
        };
        self.with(&format!("database-{}", <&str>::from(kind)), [("engine", engine.into()), ("cause", &cause)])
    }
}

/// In English, for logs and the command line.
impl fmt::Display for DatabaseFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&Words::of("en").database(self))
    }
}
