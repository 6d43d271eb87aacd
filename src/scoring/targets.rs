//! Targets of a province's plan: what was aimed at, what came out, and by how much it was met or missed.
//!
//! A target is on the PAR Index, a field of it, SIPAS, or an index that others compute (PAPI, PCI, the national PAR Index), whose figures
//! are imported with their source. One without a value is listed as not stated; one without a figure as having none.

use serde::{Deserialize, Serialize};
use strum::{EnumIter, IntoStaticStr};

use super::decimal::{DECIMALS, Held};
use crate::unit::UnitCode;

mod subject;

pub use subject::{TargetIndex, TargetScope, TargetSubject};

/// What is aimed at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aim {
    /// The value is at least this.
    ValueAtLeast(Held),
    /// The value is more than this.
    ValueAbove(Held),
    /// The value is this.
    ValueEqual(Held),
    /// The rank is this or better.
    RankAtMost(u32),
    /// The group is this one, by its name.
    GroupEqual(String),
    /// The rank is better than the year before by at least so many.
    RankChangeAtLeast(u32),
    /// The plan does not say; its words.
    NotStated(String),
}

/// A target of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// The unit that it is for; none for the province as a whole.
    pub unit: Option<UnitCode>,
    /// Number or name of the plan that sets it.
    pub plan: String,
    /// The year that it is about.
    pub year: i32,
    /// The index, as the file names it: `PAR`, `SIPAS`, or the name of an imported one.
    pub index: String,
    /// The part of the index, as the file names it: `whole`, code or words of a field, the name of a dimension.
    pub scope: String,
    /// What is aimed at.
    pub aim: Aim,
    /// Where the target is printed.
    pub source: String,
}

/// A figure that a target is held against.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attained {
    /// Value of the index, in its unit of measure.
    pub value: Option<Held>,
    /// Rank among those that the index compares; 1 is best.
    pub rank: Option<u32>,
    /// The rank of the year before.
    pub previous_rank: Option<u32>,
    /// Name of the group that the index puts it in.
    pub group: Option<String>,
    /// Where an imported figure is printed.
    pub source: Option<String>,
}

/// What came of a target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetResult {
    /// What a plan aims at.
    #[serde(flatten)]
    pub target: Target,
    /// What it is on.
    pub subject: TargetSubject,
    /// The figure it was held against.
    pub attained: Option<Attained>,
    /// Whether it was met.
    pub outcome: Outcome,
    /// How far the figure lies above the aim (a rank: in front of it), with a sign; below it with a minus. None where that cannot be said.
    pub by: Option<String>,
}

/// Whether a target was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, IntoStaticStr, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Outcome {
    /// It was.
    Met,
    /// It was not.
    Missed,
    /// The plan has no value.
    NotStated,
    /// There is no figure to hold it against.
    NoFigure,
}

impl Outcome {
    /// Its code, as document and tables have it.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// A figure that others computed, as it was imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedFigure {
    /// The index, such as `PAPI`.
    pub index: String,
    /// `whole`, or one of its dimensions.
    pub scope: String,
    /// The year that it is about.
    pub year: i32,
    /// The figure.
    pub attained: Attained,
}

/// Holds a target against a figure.
#[must_use]
pub fn hold(target: Target, subject: TargetSubject, attained: Option<Attained>) -> TargetResult {
    let (outcome, by) = match (&target.aim, &attained) {
        (Aim::NotStated(_), _) => (Outcome::NotStated, None),
        (_, None) => (Outcome::NoFigure, None),
        (aim, Some(attained)) => judge(aim, attained).unwrap_or((Outcome::NoFigure, None)),
    };
    TargetResult { target, subject, attained, outcome, by }
}

/// Met or missed, and by how much; none where the figure lacks what the aim is about.
fn judge(aim: &Aim, attained: &Attained) -> Option<(Outcome, Option<String>)> {
    let by_value = |aim: &Held, met: fn(Held, Held) -> bool| {
        let value = attained.value?;
        Some((met(value, *aim), Some(difference(value, *aim))))
    };
    let by_rank = |least: i64, reached: i64| (reached >= least, Some(signed(reached - least)));
    let (met, by) = match aim {
        Aim::ValueAtLeast(aim) => by_value(aim, |value, aim| value >= aim)?,
        Aim::ValueAbove(aim) => by_value(aim, |value, aim| value > aim)?,
        // Equal as both are printed: a plan never says more than two decimals.
        Aim::ValueEqual(aim) => by_value(aim, |value, aim| value.steps(2) == aim.steps(2))?,
        // A rank is better the smaller it is.
        Aim::RankAtMost(most) => by_rank(-i64::from(*most), -i64::from(attained.rank?)),
        Aim::RankChangeAtLeast(least) => by_rank(i64::from(*least), i64::from(attained.previous_rank?) - i64::from(attained.rank?)),
        Aim::GroupEqual(group) => (attained.group.as_ref()?.to_lowercase() == group.to_lowercase(), None),
        Aim::NotStated(_) => return None,
    };
    Some((if met { Outcome::Met } else { Outcome::Missed }, by))
}

fn signed(number: i64) -> String {
    if number > 0 { format!("+{number}") } else { number.to_string() }
}

/// The difference of two values with a sign and two decimals, or as many as it takes to see it.
fn difference(value: Held, aim: Held) -> String {
    let (sign, by) = if value < aim { ('-', aim.less(value)) } else { ('+', value.less(aim)) };
    let decimals = (2..=DECIMALS).find(|decimals| by == Held::default() || by.steps(*decimals) > 0).unwrap_or(DECIMALS);
    format!("{sign}{}", by.to_fixed(decimals))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn held_against(aim: Aim, attained: Option<Attained>) -> TargetResult {
        let (index, scope) = ("PAR".to_owned(), "whole".to_owned());
        let subject = TargetSubject::of(&index, &scope, &[]);
        hold(Target { unit: None, plan: "87/KH-UBND".into(), year: 2024, index, scope, aim, source: "seed".into() }, subject, attained)
    }

    fn value(text: &str) -> Held {
        text.parse().unwrap()
    }

    fn at(text: &str, rank: u32, previous: u32, group: &str) -> Attained {
        let (value, group) = (Some(value(text)), Some(group.to_owned()));
        Attained { value, rank: Some(rank), previous_rank: Some(previous), group, source: None }
    }

    // Bắc Giang 2024 (`par-targets.csv`): SIPAS above 90 %, rank 10 or better, PAPI in the highest group.
    #[rstest]
    #[case(Aim::ValueAtLeast(value("85")), Outcome::Met, Some("+5.00"))]
    #[case(Aim::ValueAtLeast(value("90")), Outcome::Met, Some("+0.00"))]
    #[case(Aim::ValueAtLeast(value("90.01")), Outcome::Missed, Some("-0.01"))]
    #[case(Aim::ValueAbove(value("90")), Outcome::Missed, Some("+0.00"))]
    #[case(Aim::ValueAbove(value("89.5")), Outcome::Met, Some("+0.50"))]
    #[case(Aim::ValueEqual(value("90")), Outcome::Met, Some("+0.00"))]
    #[case(Aim::ValueEqual(value("100")), Outcome::Missed, Some("-10.00"))]
    #[case(Aim::RankAtMost(12), Outcome::Met, Some("0"))]
    #[case(Aim::RankAtMost(20), Outcome::Met, Some("+8"))]
    #[case(Aim::RankAtMost(10), Outcome::Missed, Some("-2"))]
    #[case(Aim::RankChangeAtLeast(1), Outcome::Met, Some("+2"))]
    #[case(Aim::RankChangeAtLeast(4), Outcome::Missed, Some("-1"))]
    #[case(Aim::GroupEqual("highest".into()), Outcome::Met, None)]
    #[case(Aim::GroupEqual("Lowest".into()), Outcome::Missed, None)]
    #[case(Aim::NotStated("rank target missing in the seed text".into()), Outcome::NotStated, None)]
    fn a_target_is_met_or_missed_by_so_much(#[case] aim: Aim, #[case] outcome: Outcome, #[case] by: Option<&str>) {
        let result = held_against(aim, Some(at("90", 12, 15, "Highest")));
        assert_eq!((result.outcome, result.by.as_deref()), (outcome, by));
    }

    #[test]
    fn a_target_without_a_figure_is_neither_met_nor_missed() {
        assert_eq!(held_against(Aim::RankAtMost(3), None).outcome, Outcome::NoFigure);
        assert_eq!(held_against(Aim::RankAtMost(3), Some(Attained::default())).outcome, Outcome::NoFigure);
    }
}
