//! What the journeys stand on: databases of their own, servers on free ports, sheets to send.

pub mod app;
pub mod database;
pub mod fixture;
