//! The pure core: definitions that must fail, worked cases, laws, and the tidiness of the house.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test stops where it fails, and one rewrites its table when told so")]

mod attacker;
mod circles;
mod definitions;
mod explained;
mod faults;
mod faults_of_databases;
mod faults_of_definitions;
mod keeping;
mod kept;
mod laws;
mod laws_of_ranking;
mod loss;
mod openness;
mod published_tables;
mod ranking;
mod refusals;
mod sample;
mod schemes;
mod scoring;
mod small;
mod sources;
mod standings;
mod tidy;
