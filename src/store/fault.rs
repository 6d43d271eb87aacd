//! What a database says went wrong, by kind and cause; never an address or a password.
//!
//! The libraries wrap a cause in several errors that each repeat it. Only the innermost one is kept, as text and as a kind.

use std::io;

use sea_orm::sqlx::error::{DatabaseError, Error as SqlxError};
use sea_orm::sqlx::sqlite::SqliteError;
use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr};

use super::StoreError;
pub(crate) use crate::fault::database::{Cause, DatabaseFault as Fault, Engine, FaultKind};

impl FaultKind {
    /// Whether something may not be on the disk that should be there.
    pub(super) fn may_have_lost(self) -> bool {
        matches!(self, Self::Full | Self::InputOutput | Self::Damaged | Self::Other)
    }
}

impl Fault {
    fn of_file(engine: Engine, error: rusqlite::Error) -> Self {
        match error {
            rusqlite::Error::SqliteFailure(code, said) => {
                Self::new(engine, sqlite_kind(code.extended_code), &said.unwrap_or_else(|| code.to_string()))
            }
            other => Self::new(engine, FaultKind::Other, &innermost(&other)),
        }
    }

    fn new(engine: Engine, kind: FaultKind, cause: &str) -> Self {
        // What a server says may have several lines.
        let cause = Cause::Said(cause.split_whitespace().collect::<Vec<_>>().join(" "));
        Self { engine, kind, cause }
    }

    fn away(cause: Cause) -> Self {
        Self { engine: Engine::Library, kind: FaultKind::Away, cause }
    }
}

impl StoreError {
    /// What the driver of letterboxes says of the main database.
    pub(super) fn of_the_main_database(error: rusqlite::Error) -> Self {
        Self::Database(Fault::of_file(Engine::Sqlite, error))
    }

    /// Whether there is no room on the disk of the main database.
    pub(crate) fn is_of_a_full_main_database(&self) -> bool {
        matches!(self, Self::Database(fault) if fault.kind == FaultKind::Full)
    }

    /// The innermost cause, in the words of who spoke, for a sentence that says what to do.
    pub(crate) fn cause(&self) -> String {
        match self {
            Self::Database(Fault { cause: Cause::Said(cause), .. }) | Self::Sqlite(Fault { cause: Cause::Said(cause), .. }) => {
                cause.clone()
            }
            Self::File { cause, .. } => cause.to_string(),
            other => other.to_string(),
        }
    }

    /// What sort of fault of a database or of a file it is; none for refusals of our own.
    pub(crate) fn kind(&self) -> Option<FaultKind> {
        match self {
            Self::Database(fault) | Self::Sqlite(fault) => Some(fault.kind),
            Self::File { cause, .. } => Some(file_kind(cause)),
            Self::Refused(_) | Self::Trouble(_) => None,
        }
    }

    /// Whether it is sure that a change that failed so was not made. Of a connection that broke off in a commit nobody knows.
    pub(crate) fn changed_nothing(&self) -> bool {
        let surely = |kind| matches!(kind, FaultKind::Busy | FaultKind::Full | FaultKind::ReadOnly | FaultKind::Refused);
        matches!(self, Self::Refused(refusal) if !refusal.may_be_done()) || self.kind().is_some_and(surely)
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        Self::Database(Fault::from(error))
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(Fault::from(error))
    }
}

impl From<DbErr> for Fault {
    fn from(error: DbErr) -> Self {
        match error {
            DbErr::Conn(RuntimeErr::SqlxError(error))
            | DbErr::Exec(RuntimeErr::SqlxError(error))
            | DbErr::Query(RuntimeErr::SqlxError(error)) => Self::from(&*error),
            // What is not understood in an address may be part of a password, and the library says it in full.
            DbErr::Conn(RuntimeErr::Internal(_)) => Self::away(Cause::Address),
            DbErr::Exec(RuntimeErr::Internal(text)) | DbErr::Query(RuntimeErr::Internal(text)) => {
                Self::new(Engine::Library, FaultKind::Other, &text)
            }
            DbErr::ConnectionAcquire(ConnAcquireErr::Timeout) => Self::from(&SqlxError::PoolTimedOut),
            DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed) => Self::from(&SqlxError::PoolClosed),
            other => Self::new(Engine::Library, FaultKind::Other, &other.to_string()),
        }
    }
}

impl From<&SqlxError> for Fault {
    fn from(error: &SqlxError) -> Self {
        match error {
            SqlxError::Database(error) => Self::from(&**error),
            SqlxError::Io(error) => Self::new(Engine::Postgres, FaultKind::Away, &error.to_string()),
            SqlxError::Tls(error) => Self::new(Engine::Postgres, FaultKind::Away, &innermost(&**error)),
            SqlxError::Protocol(text) => Self::new(Engine::Postgres, FaultKind::Away, text),
            SqlxError::Configuration(_) => Self::away(Cause::Address),
            SqlxError::PoolTimedOut => Self::away(Cause::Late),
            other => Self::new(Engine::Library, FaultKind::Other, &innermost(other)),
        }
    }
}

impl From<&dyn DatabaseError> for Fault {
    fn from(error: &dyn DatabaseError) -> Self {
        let code = error.code().unwrap_or_default();
        if error.try_downcast_ref::<SqliteError>().is_some() {
            Self::new(Engine::Sqlite, sqlite_kind(code.parse().unwrap_or_default()), error.message())
        } else {
            Self::new(Engine::Postgres, postgres_kind(&code), error.message())
        }
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::of_file(Engine::Letterbox, error)
    }
}

/// Memory that processes share, a file beside the database, could not be made as large as needed: the first that fails on a full disk.
const NO_ROOM_TO_SHARE: i32 = 4_874;

/// By the result code of SQLite, whose lowest byte is the primary one.
fn sqlite_kind(code: i32) -> FaultKind {
    if code == NO_ROOM_TO_SHARE {
        return FaultKind::Full;
    }
    match code & 0xff {
        3 | 23 => FaultKind::Refused,
        5 | 6 => FaultKind::Busy,
        8 => FaultKind::ReadOnly,
        10 => FaultKind::InputOutput,
        11 | 26 => FaultKind::Damaged,
        13 => FaultKind::Full,
        14 => FaultKind::Away,
        _ => FaultKind::Other,
    }
}

/// By the SQLSTATE of PostgreSQL.
fn postgres_kind(code: &str) -> FaultKind {
    match code {
        "25006" => FaultKind::ReadOnly,
        "40001" | "40P01" | "53300" | "55P03" | "57014" => FaultKind::Busy,
        "53100" => FaultKind::Full,
        "57P01" | "57P02" | "57P03" | "57P05" => FaultKind::Away,
        "58030" => FaultKind::InputOutput,
        "XX001" | "XX002" => FaultKind::Damaged,
        "3D000" | "42501" => FaultKind::Refused,
        _ if code.starts_with("08") => FaultKind::Away,
        _ if code.starts_with("28") => FaultKind::Refused,
        _ => FaultKind::Other,
    }
}

fn file_kind(cause: &io::Error) -> FaultKind {
    match cause.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => FaultKind::Full,
        io::ErrorKind::PermissionDenied => FaultKind::Refused,
        io::ErrorKind::ReadOnlyFilesystem => FaultKind::ReadOnly,
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => FaultKind::Away,
        // "Input/output error" has no kind of its own.
        _ if cause.raw_os_error() == Some(5) => FaultKind::InputOutput,
        _ => FaultKind::Other,
    }
}

/// The last in a row of causes.
fn innermost(error: &(dyn std::error::Error + 'static)) -> String {
    let mut last = error;
    while let Some(source) = last.source() {
        last = source;
    }
    last.to_string()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::refusal::Refusal;

    #[rstest]
    #[case(5, FaultKind::Busy)]
    #[case(6, FaultKind::Busy)]
    #[case(8, FaultKind::ReadOnly)]
    #[case(10, FaultKind::InputOutput)]
    #[case(1_034, FaultKind::InputOutput)]
    #[case(4_874, FaultKind::Full)]
    #[case(11, FaultKind::Damaged)]
    #[case(13, FaultKind::Full)]
    #[case(14, FaultKind::Away)]
    #[case(26, FaultKind::Damaged)]
    #[case(1, FaultKind::Other)]
    fn a_fault_of_sqlite_is_known_by_the_lowest_byte_of_its_code(#[case] code: i32, #[case] kind: FaultKind) {
        let error = rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), Some("the cause".into()));
        let error = StoreError::from(error);
        assert_eq!(error.kind(), Some(kind));
        assert_eq!(error.to_string().matches("the cause").count(), 1, "{error}");
        assert!(std::error::Error::source(&error).is_none(), "nothing says it a second time");
    }

    #[rstest]
    #[case("08006", FaultKind::Away)]
    #[case("57P03", FaultKind::Away)]
    #[case("28P01", FaultKind::Refused)]
    #[case("3D000", FaultKind::Refused)]
    #[case("55P03", FaultKind::Busy)]
    #[case("53100", FaultKind::Full)]
    #[case("58030", FaultKind::InputOutput)]
    #[case("25006", FaultKind::ReadOnly)]
    #[case("XX001", FaultKind::Damaged)]
    #[case("42P01", FaultKind::Other)]
    fn a_fault_of_postgresql_is_known_by_its_state(#[case] code: &str, #[case] kind: FaultKind) {
        assert_eq!(postgres_kind(code), kind);
    }

    #[test]
    fn of_a_change_that_failed_it_is_sure_that_it_was_not_made_only_where_it_could_not_begin() {
        let failed = |code| StoreError::from(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None)).changed_nothing();
        assert_eq!([5, 8, 13, 10, 11, 1].map(failed), [true, true, true, false, false, false]);
        assert!(!StoreError::trouble("the connection is gone").changed_nothing());
        let refused = [Refusal::Unsealed, Refusal::LetterboxRead, Refusal::DatabaseRead].map(|why| StoreError::from(why).changed_nothing());
        assert_eq!(refused, [true, false, false], "a log that is not emptied says nothing of what stands in it");
    }

    #[test]
    fn a_library_that_says_an_address_in_full_is_not_repeated() {
        let error = DbErr::Conn(RuntimeErr::Internal("The connection string 'postgres://par:canary@db' has no supporting driver.".into()));
        assert!(!StoreError::from(error).to_string().contains("canary"));
    }

    #[test]
    fn a_file_that_cannot_be_written_has_a_kind_too() {
        let kind = |code| StoreError::File { path: "x".into(), cause: io::Error::from_raw_os_error(code) }.kind();
        assert_eq!([5, 13, 28, 30].map(kind), [FaultKind::InputOutput, FaultKind::Refused, FaultKind::Full, FaultKind::ReadOnly].map(Some));
        assert_eq!(StoreError::trouble("no").kind(), None);
    }
}
