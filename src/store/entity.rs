//! Rows of the administrative tables. Tables of answers have no entity: they are written and read in batches, by hand-made statements.

pub(crate) mod audit_event;
pub(crate) mod import;
pub(crate) mod instance;
pub(crate) mod instance_report;
pub(crate) mod known_file;
pub(crate) mod planned_step;
pub(crate) mod round;
pub(crate) mod round_file;
pub(crate) mod round_questionnaire;
pub(crate) mod round_scheme;
pub(crate) mod round_scoring;
pub(crate) mod round_seal;
pub(crate) mod round_unit;
pub(crate) mod score_entry;
pub(crate) mod sheet_file;
pub(crate) mod snapshot;
pub(crate) mod step_move;
pub(crate) mod unit;
