//! Disks and databases that fail under load: whatever was acknowledged counts, exactly once.

pub(crate) mod clients;
mod cluster;
mod commands;
mod disk;
mod folder;
mod frozen;
mod hanging;
pub(crate) mod journal;
mod long;
mod power;
pub(crate) mod preload;
mod recovery;
pub(crate) mod server;
pub(crate) mod sheets;
