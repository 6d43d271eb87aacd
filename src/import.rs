//! Files that people bring: the register of units, rounds, and sheets that were filled in elsewhere.
//!
//! Every file is hostile until read. It is checked as a whole, all its faults are named with the place in which a spreadsheet or
//! an editor shows them, and nothing of a faulty file is kept.

mod fault;
mod metered;
pub mod remarks;
pub mod responses;
pub mod round_file;
pub mod scores;
pub mod site;
mod table;
pub mod targets;
pub mod units;
