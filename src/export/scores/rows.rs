//! What a row of scores has of its own: cells by the name of their column.

use crate::export::table::Value;
use crate::scoring::decimal::Held;
use crate::scoring::ranking::{CellState, FieldScore, Origin, ScoreSums, Standing, UnitStatus};
use crate::unit::UnitCode;

/// Rank, index and points.
#[derive(Default)]
pub(super) struct Sums<'a> {
    pub(super) rank: Value<'a>,
    pub(super) band: Value<'a>,
    pub(super) index: Value<'a>,
    pub(super) index_held: Value<'a>,
    pub(super) base_index: Value<'a>,
    pub(super) points: Value<'a>,
    pub(super) points_held: Value<'a>,
    pub(super) maximum: Value<'a>,
    pub(super) base_points: Value<'a>,
    pub(super) bonus: Value<'a>,
    pub(super) penalty: Value<'a>,
    pub(super) clamped: Value<'a>,
    pub(super) rescaled: Value<'a>,
    pub(super) missing: Value<'a>,
}

impl<'a> Sums<'a> {
    pub(super) const COLUMNS: [&'static str; 14] = [
        "rank",
        "band",
        "index",
        "index_held",
        "base_index",
        "points",
        "points_held",
        "maximum",
        "base_points",
        "bonus",
        "penalty",
        "clamped",
        "rescaled",
        "missing",
    ];

    /// What a unit has.
    pub(super) fn of_unit(standing: &'a Standing) -> Self {
        let Standing { rank, index, score, band, fields: _, before: _ } = standing;
        let ranked = Sums {
            rank: Value::Whole((*rank).into()),
            band: named(band.as_deref().unwrap_or_default()),
            index: fixed(*index),
            index_held: held(*index),
            ..Sums::default()
        };
        let Some(ScoreSums { points, maximum, base_points, base_index, bonus, penalty, clamped, rescaled, missing, .. }) = score else {
            return ranked;
        };
        Sums {
            base_index: fixed(*base_index),
            points: fixed(*points),
            points_held: held(*points),
            maximum: fixed(*maximum),
            base_points: fixed(*base_points),
            bonus: fixed(*bonus),
            penalty: fixed(*penalty),
            clamped: yes(*clamped),
            rescaled: yes(*rescaled),
            missing: Value::Whole((*missing).into()),
            ..ranked
        }
    }

    /// What a field has; one of which nothing applies to the unit has no points and no maximum.
    pub(super) fn of_field(field: &FieldScore) -> Self {
        let FieldScore { points, maximum, index, rank } = field;
        if index.is_none() && *maximum == Some(Held::default()) {
            return Sums { rank: Value::whole(*rank), ..Sums::default() };
        }
        Sums {
            rank: Value::whole(*rank),
            index: fixed(*index),
            index_held: held(*index),
            points: fixed(*points),
            points_held: held(*points),
            maximum: fixed(*maximum),
            ..Sums::default()
        }
    }

    /// In the order of the columns.
    pub(super) fn cells(self) -> [Value<'a>; 14] {
        let Self {
            rank,
            band,
            index,
            index_held,
            base_index,
            points,
            points_held,
            maximum,
            base_points,
            bonus,
            penalty,
            clamped,
            rescaled,
            missing,
        } = self;
        [rank, band, index, index_held, base_index, points, points_held, maximum, base_points, bonus, penalty, clamped, rescaled, missing]
    }
}

/// Where it stood in the frozen round before.
#[derive(Default)]
pub(super) struct Past<'a> {
    pub(super) previous_round: Value<'a>,
    pub(super) previous_rank: Value<'a>,
    pub(super) rank_change: Value<'a>,
    pub(super) previous_index: Value<'a>,
    pub(super) index_change: Value<'a>,
}

impl<'a> Past<'a> {
    pub(super) const COLUMNS: [&'static str; 5] = ["previous_round", "previous_rank", "rank_change", "previous_index", "index_change"];

    /// In the order of the columns.
    pub(super) fn cells(self) -> [Value<'a>; 5] {
        let Self { previous_round, previous_rank, rank_change, previous_index, index_change } = self;
        [previous_round, previous_rank, rank_change, previous_index, index_change]
    }
}

/// What was entered for a leaf, and what the survey said.
#[derive(Default)]
pub(super) struct Entries<'a> {
    pub(super) state: Value<'a>,
    pub(super) self_score: Value<'a>,
    pub(super) appraised: Value<'a>,
    pub(super) second: Value<'a>,
    pub(super) council: Value<'a>,
    pub(super) note: Value<'a>,
    pub(super) evidence: Value<'a>,
    pub(super) explanation: Value<'a>,
    pub(super) survey_percent: Value<'a>,
    pub(super) survey_sheets: Value<'a>,
}

impl<'a> Entries<'a> {
    pub(super) const COLUMNS: [&'static str; 10] =
        ["state", "self", "appraised", "second", "council", "note", "evidence", "explanation", "survey_percent", "survey_sheets"];

    /// In the order of the columns.
    pub(super) fn cells(self) -> [Value<'a>; 10] {
        let Self { state, self_score, appraised, second, council, note, evidence, explanation, survey_percent, survey_sheets } = self;
        [state, self_score, appraised, second, council, note, evidence, explanation, survey_percent, survey_sheets]
    }
}

/// A text, or nothing where it is empty.
pub(super) fn named(text: &str) -> Value<'_> {
    if text.is_empty() { Value::Empty } else { Value::lent(text) }
}

pub(super) fn yes(is: bool) -> Value<'static> {
    Value::lent(if is { "yes" } else { "no" })
}

/// A value as it is printed.
pub(super) fn fixed(value: impl Into<Option<Held>>) -> Value<'static> {
    let value: Option<Held> = value.into();
    value.map_or(Value::Empty, |value| Value::text(value.to_fixed(2)))
}

/// A value as it is held.
pub(super) fn held(value: impl Into<Option<Held>>) -> Value<'static> {
    let value: Option<Held> = value.into();
    Value::maybe(value)
}

/// By how much an index rose or fell, with a sign, rounded once like everything that is printed.
pub(super) fn change(now: Option<Held>, before: Option<Held>) -> Option<String> {
    let (now, before) = now.zip(before)?;
    let (sign, by) = if now < before { ("-", before.less(now)) } else { ("+", now.less(before)) };
    let sign = if by.steps(2) == 0 { "" } else { sign };
    Some(format!("{sign}{}", by.to_fixed(2)))
}

pub(super) fn status_of(status: &UnitStatus) -> (&'static str, Option<String>) {
    match status {
        UnitStatus::Normal => ("normal", None),
        UnitStatus::New => ("new", None),
        UnitStatus::Merged { from } => ("merged", Some(from.iter().map(UnitCode::as_str).collect::<Vec<_>>().join(";"))),
        UnitStatus::Exempt => ("exempt", None),
    }
}

pub(super) fn state_of(state: CellState) -> &'static str {
    match state {
        CellState::Counted => "counted",
        CellState::Missing => "missing",
        CellState::NotApplicable => "not-applicable",
        CellState::FewSheets => "few-sheets",
        CellState::NoSurvey => "no-survey",
    }
}

pub(super) fn origin(from: Origin) -> &'static str {
    match from {
        Origin::Appraisal => "appraisal",
        Origin::Satisfaction => "satisfaction",
        Origin::Officials => "officials",
        Origin::Statistic => "statistic",
        Origin::Bonus => "bonus",
        Origin::Penalty => "penalty",
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("80.5", "80", "+0.50")]
    #[case("80", "80.5", "-0.50")]
    #[case("80", "80", "0.00")]
    #[case("80", "80.004", "0.00")]
    #[case("80.005", "80", "+0.01")]
    fn a_change_has_a_sign_unless_it_is_none(#[case] now: &str, #[case] before: &str, #[case] printed: &str) {
        assert_eq!(change(now.parse().ok(), before.parse().ok()).as_deref(), Some(printed));
        assert_eq!(change(None, before.parse().ok()), None);
    }
}
