//! Disks and databases that fail under load: whatever was acknowledged counts, exactly once.

pub(crate) mod clients;
mod cluster;
mod commands;
mod disk;
mod folder;
mod frozen;
mod journal;
mod power;
mod preload;
mod recovery;
mod server;
pub(crate) mod sheets;
