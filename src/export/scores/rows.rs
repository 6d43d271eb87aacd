//! What a row of scores has of its own: cells by the name of their column.

use crate::export::table::Value;

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

    /// In the order of the columns.
    pub(super) fn cells(self) -> [Value<'a>; 14] {
        let Self { rank, band, index, index_held, base_index, points, points_held, .. } = self;
        let Self { maximum, base_points, bonus, penalty, clamped, rescaled, missing, .. } = self;
        [
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
        ]
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
