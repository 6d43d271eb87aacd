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
mod browser;
mod closing;
mod coded;
mod command;
mod crash;
mod faults;
mod keeping;
mod published;
mod ranked;
mod schema;
mod wire;
