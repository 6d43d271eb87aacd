//! Whole journeys: through HTTP, on SQLite and on PostgreSQL, with real files and a real browser.

mod harness;

mod anonymity;
mod answering;
mod closing;
mod command;
mod keeping;
mod schema;
