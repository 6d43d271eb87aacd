//! How a sheet is kept, as a model: letterboxes, the main database and what can happen to both, one step at a time.
//!
//! ```text
//!  Send ─► queue ─► Look ─► Put ─► Sync ─► Answer                     a respondent is thanked
//!                    │ round open? counted? still my nonce?
//!                    ▼
//!  Ripe ─► Mix ─► ReadBack ─► TakeOut                                 from the letterbox to the open sheets
//!           │ hash new? sheet with it  │ found by another connection
//!
//!  Start ─► Enter ─► Register ─► Beat ─► Beat ...                     a letterbox has a row that closing waits for
//!   look    new nonce  new nonce   file    row
//!           in file    in the row
//!
//!  Mark ─► each instance mixes what is left ─► Report ─► Finish       a round is closed
//! ```
//!
//! Between any two steps an instance can be killed, power can fail on its machine or on that of the database, a commit can fail in four ways,
//! a letterbox can be copied and the copy started, a row can become unreadable, and an operator can close without somebody or forget him.
//! `promises` says what holds all the same; `rules` are what it rests on; `traces` shows for each rule the shortest run that goes wrong without it.
//!
//! What is left out: answers, the sheets of one respondent about several units (they share a commit), codes, and time. Whoever waits may wait
//! for any number of steps, so that a frozen process or database is a run in which nothing happens there.

mod closing;
mod content;
mod disk;
mod faults;
mod figures;
mod keys;
mod mixing;
mod promises;
mod rules;
mod runs;
mod settling;
mod starting;
mod steps;
mod traces;
mod world;
mod writing;
