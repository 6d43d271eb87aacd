#![doc = include_str!("ARCHITECTURE.md")]

pub mod app;
pub mod catalogue;
pub mod chart;
pub mod cli;
pub mod clock;
pub mod demo;
pub mod directory;
pub mod export;
pub mod import;
pub mod issuing;
pub mod keys;
pub mod limits;
pub mod poster;
pub mod publication;
mod random;
pub mod round;
pub mod scheme;
pub mod scoring;
pub mod seal;
pub mod store;
pub mod survey;
pub mod telemetry;
pub mod time;
pub mod unit;
pub mod web;
pub mod words;
