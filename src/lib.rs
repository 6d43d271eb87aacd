#![doc = include_str!("ARCHITECTURE.md")]

pub mod app;
pub mod catalogue;
pub mod cli;
pub mod clock;
pub mod demo;
pub mod directory;
pub mod import;
pub mod publication;
pub mod scoring;
pub mod store;
pub mod survey;
pub mod telemetry;
pub mod time;
pub mod unit;
pub mod web;
pub mod words;
