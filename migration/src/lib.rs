//! The database schema of par-survey, step by step.
//!
//! A step that has been released is never edited, and none imports an entity: entities follow the newest schema, a step its own.
//! Tables that live only while a round is open are made and dropped with the round, by the application's `store`.

use sea_orm_migration::prelude::*;
pub use sea_orm_migration::{MigrationStatus, MigratorTrait, SchemaManager};

mod m20261121_000001_register_rounds_responses;
mod m20261122_000001_codes;
mod m20261122_000002_scores;
mod m20261127_000001_keeping;
mod m20261127_000002_seal;
mod m20261127_000003_files;
mod m20261128_000001_audit;
mod m20261128_000002_known_files;
mod m20261128_000003_snapshots;
mod m20261128_000004_organiser;

/// All steps in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261121_000001_register_rounds_responses::Migration),
            Box::new(m20261122_000001_codes::Migration),
            Box::new(m20261122_000002_scores::Migration),
            Box::new(m20261127_000001_keeping::Migration),
            Box::new(m20261127_000002_seal::Migration),
            Box::new(m20261127_000003_files::Migration),
            Box::new(m20261128_000001_audit::Migration),
            Box::new(m20261128_000002_known_files::Migration),
            Box::new(m20261128_000003_snapshots::Migration),
            Box::new(m20261128_000004_organiser::Migration),
        ]
    }
}
