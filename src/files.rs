//! Files as everybody here writes them: for the own account alone, and there only when they are whole.

pub mod private;
pub mod unfinished;
