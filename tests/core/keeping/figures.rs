//! What happened in the runs, for whoever reads their output.

use std::fmt;

/// Counts of all runs together.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Figures {
    pub(super) steps: u64,
    pub(super) acknowledged: u64,
    pub(super) mixed: u64,
    pub(super) crashes: u64,
    pub(super) copies: u64,
    pub(super) new_names: u64,
    pub(super) refused_starts: u64,
    pub(super) closings: u64,
    pub(super) given_up: u64,
}

impl Figures {
    /// Both together.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            steps: self.steps + other.steps,
            acknowledged: self.acknowledged + other.acknowledged,
            mixed: self.mixed + other.mixed,
            crashes: self.crashes + other.crashes,
            copies: self.copies + other.copies,
            new_names: self.new_names + other.new_names,
            refused_starts: self.refused_starts + other.refused_starts,
            closings: self.closings + other.closings,
            given_up: self.given_up + other.given_up,
        }
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { steps, acknowledged, mixed, crashes, copies, new_names, refused_starts, closings, given_up } = self;
        write!(out, "{steps} steps: {acknowledged} sheets thanked for, {mixed} mixed, {crashes} crashes and power cuts, ")?;
        write!(out, "{copies} copies of letterboxes, {new_names} that got a name of their own, {refused_starts} starts refused, ")?;
        write!(out, "{closings} closings, {given_up} letterboxes given up")
    }
}
