//! What a database says went wrong: what sort of fault it is, who spoke, and the cause in its own words. Never an address or a password.

use strum::{EnumIter, IntoStaticStr};

/// What sort of fault it is: what can be done about it, and by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum FaultKind {
    /// The database cannot be reached or opened.
    Away,
    /// Somebody else holds what is needed; later it may work.
    Busy,
    /// There is no room on the disk.
    Full,
    /// Reading or writing the disk failed.
    InputOutput,
    /// What is in the file is no database, or not all of one.
    Damaged,
    /// Nothing may be written there.
    ReadOnly,
    /// This account may not.
    Refused,
    /// Anything else.
    Other,
}

/// Who spoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Engine {
    /// SQLite, in the file of the main database.
    Sqlite,
    /// PostgreSQL.
    Postgres,
    /// SQLite, in the file of a letterbox.
    Letterbox,
    /// The library between, which does not say for which database.
    Library,
}

/// The innermost cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// In the words of who spoke, on one line.
    Said(String),
    /// Something in the address is not understood; what, is not said.
    Address,
    /// There was no connection in time.
    Late,
}

/// A fault of a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatabaseFault {
    /// Who spoke.
    pub engine: Engine,
    /// What sort of fault it is.
    pub kind: FaultKind,
    /// Its cause.
    pub cause: Cause,
}
