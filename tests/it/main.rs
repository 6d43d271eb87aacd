//! Whole journeys: through HTTP, on SQLite and on PostgreSQL, with real files and a real browser.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test stops where it fails, and asks what it likes"
)]

mod harness;

mod accessibility;
mod anonymity;
mod answering;
mod article;
mod asked;
mod at_once;
mod audit;
mod browser;
mod charts;
mod closing;
mod coded;
mod command;
mod contents;
mod copies;
mod crash;
mod damage;
mod faults;
mod forensic;
mod frozen;
mod health;
mod held;
mod journeys;
mod keeping;
mod limits;
mod missed;
mod narrow;
mod organiser;
mod orientation;
mod paper;
mod proxied;
mod published;
mod ranked;
mod rests;
mod salvage;
mod schema;
mod sealed;
mod signed;
mod told;
mod unsealed;
mod unsent;
mod upgraded;
mod ways_out;
mod wire;
mod withheld;
