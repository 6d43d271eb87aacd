#![doc = include_str!("ARCHITECTURE.md")]

pub mod store;
pub mod survey;
pub mod unit;
