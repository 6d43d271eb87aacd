//! Scoring: from stored bytes to points. Pure: no clock, no chance, no file, no network.
//!
//! ```text
//! packed sheets ─► tally ─► population ─► counts ─► index ─► component ─► disclosure ─► results
//!                                            └──► officials (ratings of units) ──┘
//! ```
//! Everything before [`disclosure`] is for computing only; what leaves the program is made of [`results`].

pub mod calculation;
pub mod classes;
pub mod coarse;
pub mod component;
pub mod conversion;
pub mod counts;
pub mod decimal;
pub mod disclosure;
pub mod index;
mod layout;
pub mod measure;
pub mod officials;
mod percent;
pub mod population;
pub mod publishing;
pub mod rank;
pub mod ranking;
pub mod reaching;
pub mod results;
pub mod score;
pub mod sheet;
pub mod tally;
pub mod targets;
pub mod thresholds;
pub mod witness;
