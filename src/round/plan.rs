//! The plan of a round's scoring: its steps with their days, and the step it is in.

use jiff::civil::Date;

use super::steps::Step;

/// A step with its first and last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlannedStep {
    /// The step of scoring that these days are for.
    pub step: Step,
    /// Its first day.
    pub opens: Date,
    /// Its last day.
    pub closes: Date,
}

/// Where scoring stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scoring {
    /// The step that the round is in; none for a round without planned steps.
    pub step: Option<Step>,
    /// The planned steps, in order.
    pub plan: Vec<PlannedStep>,
}

impl Scoring {
    /// First and last day of the step that the round is in.
    #[must_use]
    pub fn days(&self) -> Option<(Date, Date)> {
        self.plan.iter().find(|planned| Some(planned.step) == self.step).map(|planned| (planned.opens, planned.closes))
    }
}
