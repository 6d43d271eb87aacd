//! What the journeys stand on: databases of their own, servers on free ports, sheets to send.

pub(crate) mod app;
pub(crate) mod article;
pub(crate) mod axe;
pub(crate) mod before;
pub(crate) mod browser;
pub(crate) mod database;
pub(crate) mod firefox;
pub(crate) mod fixture;
pub(crate) mod key;
pub(crate) mod midst;
pub(crate) mod patience;
pub(crate) mod process;
pub(crate) mod province;
pub(crate) mod signer;
pub(crate) mod spoken;
pub(crate) mod steps;
pub(crate) mod wire;
