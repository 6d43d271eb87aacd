//! What a row of scores has of its own: cells by the name of their column.

use crate::export::ColumnHead;
use strum::VariantNames;

use crate::export::column::ColumnKind::{Change, Code, Count, Decimal, Entry, Text, Whole};
use crate::export::column::DecimalUnit::{Percent, PercentagePoints, Points};
use crate::export::column::KnownCodes;
use crate::export::value::Value;
use crate::scoring::decimal::Held;
use crate::scoring::ranking::{CellResult, CellState, CriterionSum, FieldScore, LeafHead, ScoreSums, Standing};

/// What the points of a leaf are.
const STATES: KnownCodes = KnownCodes::of("par-state-", CellState::VARIANTS);

/// Rank, index and points.
#[derive(Default)]
pub(super) struct SumCells<'a> {
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

impl<'a> SumCells<'a> {
    pub(super) const COLUMNS: [ColumnHead; 14] = [
        ("rank", Whole),
        ("band", Text),
        ("index", Decimal(Percent)),
        ("index_held", Decimal(Percent)),
        ("base_index", Decimal(Percent)),
        ("points", Decimal(Points)),
        ("points_held", Decimal(Points)),
        ("maximum", Decimal(Points)),
        ("base_points", Decimal(Points)),
        ("bonus", Decimal(Points)),
        ("penalty", Decimal(Points)),
        ("clamped", Code(KnownCodes::YES_NO)),
        ("rescaled", Code(KnownCodes::YES_NO)),
        ("missing", Whole),
    ];

    /// What a unit has.
    pub(super) fn of_unit(standing: &'a Standing) -> Self {
        let Standing { rank, list: _, index, score, band, fields: _, before: _ } = standing;
        let ranked = SumCells {
            rank: Value::Whole((*rank).into()),
            band: Value::named(band.as_deref().unwrap_or_default()),
            index: Value::fixed(*index),
            index_held: Value::held(*index),
            ..SumCells::default()
        };
        let Some(ScoreSums { points, maximum, base_points, base_index, bonus, penalty, clamped, rescaled, missing, .. }) = score else {
            return ranked;
        };
        SumCells {
            base_index: Value::fixed(*base_index),
            points: Value::fixed(*points),
            points_held: Value::held(*points),
            maximum: Value::fixed(*maximum),
            base_points: Value::fixed(*base_points),
            bonus: Value::fixed(*bonus),
            penalty: Value::fixed(*penalty),
            clamped: Value::yes(*clamped),
            rescaled: Value::yes(*rescaled),
            missing: Value::Whole((*missing).into()),
            ..ranked
        }
    }

    /// What a field has.
    pub(super) fn of_field(field: &FieldScore) -> Self {
        SumCells { rank: Value::whole(field.rank), ..Self::of(field.index, field.told()) }
    }

    /// What the sub-criteria of a criterion have together.
    pub(super) fn of_criterion(sum: &CriterionSum) -> Self {
        Self::of(sum.index, sum.told())
    }

    /// What a leaf has.
    pub(super) fn of_leaf(head: &LeafHead, cell: Option<&CellResult>) -> Self {
        Self::of(cell.and_then(|cell| cell.index(head)), (cell.and_then(|cell| cell.points), Some(head.maximum)))
    }

    fn of(index: Option<Held>, (points, maximum): (Option<Held>, Option<Held>)) -> Self {
        SumCells {
            index: Value::fixed(index),
            index_held: Value::held(index),
            points: Value::fixed(points),
            points_held: Value::held(points),
            maximum: Value::fixed(maximum),
            ..SumCells::default()
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
pub(super) struct PastCells<'a> {
    pub(super) previous_round: Value<'a>,
    pub(super) previous_rank: Value<'a>,
    pub(super) rank_change: Value<'a>,
    pub(super) previous_index: Value<'a>,
    pub(super) index_change: Value<'a>,
}

impl<'a> PastCells<'a> {
    pub(super) const COLUMNS: [ColumnHead; 5] = [
        ("previous_round", Text),
        ("previous_rank", Whole),
        ("rank_change", Change),
        ("previous_index", Decimal(Percent)),
        ("index_change", Decimal(PercentagePoints)),
    ];

    /// In the order of the columns.
    pub(super) fn cells(self) -> [Value<'a>; 5] {
        let Self { previous_round, previous_rank, rank_change, previous_index, index_change } = self;
        [previous_round, previous_rank, rank_change, previous_index, index_change]
    }
}

/// What was entered for a leaf, and what the survey said.
#[derive(Default)]
pub(super) struct EntryCells<'a> {
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

impl<'a> EntryCells<'a> {
    pub(super) const COLUMNS: [ColumnHead; 10] = [
        ("state", Code(STATES)),
        ("self", Entry),
        ("appraised", Entry),
        ("second", Entry),
        ("council", Entry),
        ("note", Text),
        ("evidence", Text),
        ("explanation", Text),
        ("survey_percent", Decimal(Percent)),
        ("survey_sheets", Count),
    ];

    // What was changed, by whom and when is in the publication only.
    pub(super) fn of(cell: &'a CellResult) -> Self {
        let CellResult { state, self_score, evidence, appraised, note, explanation, second, council, survey, .. } = cell;
        let entry = |text: &'a Option<String>| Value::named(text.as_deref().unwrap_or_default());
        EntryCells {
            state: Value::lent(state.code()),
            self_score: entry(self_score),
            appraised: entry(appraised),
            second: entry(second),
            council: entry(council),
            note: entry(note),
            evidence: entry(evidence),
            explanation: entry(explanation),
            survey_percent: Value::fixed(survey.as_ref().map(|survey| survey.percent)),
            survey_sheets: survey.as_ref().map_or(Value::Empty, |survey| Value::told(survey.sheets)),
        }
    }

    /// In the order of the columns.
    pub(super) fn cells(self) -> [Value<'a>; 10] {
        let Self { state, self_score, appraised, second, council, note, evidence, explanation, survey_percent, survey_sheets } = self;
        [state, self_score, appraised, second, council, note, evidence, explanation, survey_percent, survey_sheets]
    }
}
