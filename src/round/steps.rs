//! The steps of scoring a round: what may be changed in each, and which step may follow which. A state machine without state: tables to
//! ask.
//!
//! ```text
//! self-scoring ─► survey ─► appraisal ─► explanation ─► council ─► approval ─► publication
//!                                            ▲             │  ▲        │           │
//!                                            └─ sent back ─┘  └returned┘           │
//!                                                             └──── correction ────┘
//! ```
//! The process is that of the provinces (`domain/par.md`, "Process"). A round without planned steps takes every entry until it is
//! published.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A step of scoring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Units score themselves, with evidence.
    SelfScoring,
    /// Citizens and officials are asked; score sheets rest.
    Survey,
    /// The departments that own a field appraise.
    Appraisal,
    /// Units explain, and are appraised a second time.
    Explanation,
    /// The council decides.
    Council,
    /// The People's Committee approves; nothing changes.
    Approval,
    /// The ranking is published; nothing changes.
    Publication,
}

/// A part of a score sheet's cell that is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScorePart {
    /// What the unit gives itself.
    SelfScore,
    /// Links, files, or a full explanation in place of them.
    Evidence,
    /// What the appraisers give.
    Appraised,
    /// Why that differs, or where a value comes from.
    Note,
    /// What the unit says to it.
    Explanation,
    /// What the appraisers give after that.
    Second,
    /// What the council decides.
    Council,
    /// Whether the criterion applies to the unit.
    Applicability,
    /// Whether the unit is new, merged or exempt.
    Status,
}

impl Step {
    /// All, in order.
    pub const ALL: [Self; 7] =
        [Self::SelfScoring, Self::Survey, Self::Appraisal, Self::Explanation, Self::Council, Self::Approval, Self::Publication];

    /// The step of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.name() == name)
    }

    /// Its name in files and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SelfScoring => "self-scoring",
            Self::Survey => "survey",
            Self::Appraisal => "appraisal",
            Self::Explanation => "explanation",
            Self::Council => "council",
            Self::Approval => "approval",
            Self::Publication => "publication",
        }
    }

    /// The steps that may follow this one.
    #[must_use]
    pub fn next(self) -> &'static [Self] {
        match self {
            Self::SelfScoring => &[Self::Survey],
            Self::Survey => &[Self::Appraisal],
            Self::Appraisal => &[Self::Explanation],
            Self::Council => &[Self::Approval, Self::Explanation],
            Self::Approval => &[Self::Publication, Self::Council],
            Self::Explanation | Self::Publication => &[Self::Council],
        }
    }

    /// What may be entered in this step.
    #[must_use]
    pub fn opens(self) -> &'static [ScorePart] {
        use ScorePart as P;
        match self {
            Self::SelfScoring => &[P::SelfScore, P::Evidence],
            Self::Appraisal => &[P::Appraised, P::Note, P::Applicability, P::Status],
            Self::Explanation => &[P::Evidence, P::Explanation, P::Second, P::Note],
            Self::Council => &[P::Council, P::Note, P::Applicability, P::Status],
            Self::Survey | Self::Approval | Self::Publication => &[],
        }
    }
}

impl ScorePart {
    /// All, in the order of a score sheet.
    pub const ALL: [Self; 9] = [
        Self::SelfScore,
        Self::Evidence,
        Self::Appraised,
        Self::Note,
        Self::Explanation,
        Self::Second,
        Self::Council,
        Self::Applicability,
        Self::Status,
    ];

    /// Those that are columns of a score file, in the order in which they are written.
    pub const COLUMNS: [Self; 7] =
        [Self::SelfScore, Self::Evidence, Self::Appraised, Self::Note, Self::Explanation, Self::Second, Self::Council];

    /// The part of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.name() == name)
    }

    /// Its name in files and in the history.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SelfScore => "self",
            Self::Evidence => "evidence",
            Self::Appraised => "appraised",
            Self::Note => "note",
            Self::Explanation => "explanation",
            Self::Second => "second",
            Self::Council => "council",
            Self::Applicability => "applicability",
            Self::Status => "status",
        }
    }

    /// The steps in which it may be entered.
    #[must_use]
    pub fn steps(self) -> Vec<Step> {
        Step::ALL.into_iter().filter(|step| step.opens().contains(&self)).collect()
    }
}

/// Whether a part may be entered now: `None` is a round without planned steps.
#[must_use]
pub fn may_enter(step: Option<Step>, part: ScorePart) -> bool {
    step.is_none_or(|step| step.opens().contains(&part))
}

/// Whether a round may go from one step to another.
#[must_use]
pub fn may_follow(from: Step, to: Step) -> bool {
    from.next().contains(&to)
}

impl fmt::Display for Step {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl fmt::Display for ScorePart {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every pair of steps: `x` may follow, `.` may not. Rows are where from, columns where to, in the order of the process.
    const MOVES: [&str; 7] = [".x.....", "..x....", "...x...", "....x..", "...x.x.", "....x.x", "....x.."];

    /// Every part in every step: columns are the steps in order.
    const ENTRIES: [(&str, &str); 9] = [
        ("self", "x......"),
        ("evidence", "x..x..."),
        ("appraised", "..x...."),
        ("note", "..xxx.."),
        ("explanation", "...x..."),
        ("second", "...x..."),
        ("council", "....x.."),
        ("applicability", "..x.x.."),
        ("status", "..x.x.."),
    ];

    fn row(of: impl Fn(Step) -> bool) -> String {
        Step::ALL.into_iter().map(|step| if of(step) { 'x' } else { '.' }).collect()
    }

    #[test]
    fn the_whole_table_of_moves() {
        let table: Vec<String> = Step::ALL.into_iter().map(|from| row(|to| may_follow(from, to))).collect();
        assert_eq!(table, MOVES);
    }

    #[test]
    fn the_whole_table_of_entries() {
        let table: Vec<(&str, String)> =
            ScorePart::ALL.into_iter().map(|part| (part.name(), row(|step| may_enter(Some(step), part)))).collect();
        assert_eq!(table, ENTRIES.map(|(name, row)| (name, row.to_owned())));
        assert!(ScorePart::ALL.into_iter().all(|part| may_enter(None, part)));
    }

    #[test]
    fn names_are_read_back() {
        assert!(Step::ALL.into_iter().all(|step| Step::from_name(step.name()) == Some(step)));
        assert!(ScorePart::ALL.into_iter().all(|part| ScorePart::from_name(part.name()) == Some(part)));
    }
}
