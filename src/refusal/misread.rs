//! What is not understood of the address of a database: said without a word of it.

use serde::Serialize;

/// What is not understood of the address of a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Misread {
    /// It is of no kind of database that there is.
    Kind,
    /// It names a file, and settings behind it.
    FileSettings,
    /// It names no file.
    NoFile,
    /// It has no `://`.
    Scheme,
    /// A sign in user or password means something else.
    Signs,
    /// User and password run together.
    Password,
    /// The port is none.
    Port,
    /// A setting is none.
    Setting,
    /// Something else.
    Other,
}
