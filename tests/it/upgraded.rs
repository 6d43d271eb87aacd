//! A database of the version before each change of the schema: brought up to date it shows what it showed.

mod kept;
mod maker;
