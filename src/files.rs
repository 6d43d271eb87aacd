//! Files as everybody here writes them: for the own account alone, and there only when they are whole.

pub mod private;
pub mod unfinished;

/// How the names of files end that SQLite and the letterbox put beside a database.
pub const BESIDE: [&str; 4] = ["-wal", "-shm", "-journal", ".lock"];
