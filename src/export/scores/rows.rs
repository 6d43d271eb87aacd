//! The rows of scores: one builder of what table and workbook say of a unit, its fields and its criteria.

use super::alone::Alone;
use super::cells::{EntryCells, PastCells, SumCells, origin, state_of, status_of};
use super::criterion;
use crate::export::column::ColumnKind::{Code, Text};
use crate::export::value::Value;
use crate::export::{ColumnHead, UnitsByCode};
use crate::publication::document::Document;
use crate::scoring::ranking::{Before, BlockRanking, CellResult, LeafHead, RankedUnit, Ranking, Standing};

/// Columns that are the same in all rows of a unit.
pub(super) const UNIT: [ColumnHead; 11] = [
    ("round", Text),
    ("synthetic", Code),
    ("scheme", Text),
    ("version", Text),
    ("snapshot", Text),
    ("block", Text),
    ("unit", Text),
    ("unit_name_vi", Text),
    ("unit_name_en", Text),
    ("status", Code),
    ("merged_from", Text),
];

/// Columns that say what a row is about. Fields and leaves have their field, leaves where their points come from: those of a penalty are
/// taken off.
pub(super) const SUBJECT: [ColumnHead; 4] = [("level", Code), ("code", Text), ("field", Text), ("from", Code)];

/// What a row says beside its unit.
pub(super) struct ScoreRow<'a> {
    /// Level, code, field and origin.
    pub(super) subject: [Value<'a>; 4],
    pub(super) sums: SumCells<'a>,
    pub(super) past: PastCells<'a>,
    pub(super) entries: EntryCells<'a>,
    /// Whether its points may tell something by themselves.
    pub(super) is_alone: bool,
    /// What came of it, where it is about a leaf.
    pub(super) cell: Option<&'a CellResult>,
}

impl<'a> ScoreRow<'a> {
    /// In the order of the columns.
    pub(super) fn cells(self) -> impl Iterator<Item = Value<'a>> {
        let Self { subject, sums, past, entries, is_alone: _, cell: _ } = self;
        subject.into_iter().chain(sums.cells()).chain(past.cells()).chain(entries.cells())
    }
}

/// The rows of a block.
pub(super) struct BlockRows<'a> {
    document: &'a Document,
    ranking: &'a Ranking,
    units: &'a UnitsByCode<'a>,
    block: &'a BlockRanking,
    /// Maxima of the leaves, as they are printed.
    maxima: Vec<String>,
    /// Points that may tell something by themselves.
    alone: Alone<'a>,
}

impl<'a> BlockRows<'a> {
    pub(super) fn of(document: &'a Document, ranking: &'a Ranking, units: &'a UnitsByCode<'a>, block: &'a BlockRanking) -> Self {
        let maxima = block.leaves.iter().map(|leaf| leaf.maximum.to_fixed(2)).collect();
        Self { document, ranking, units, block, maxima, alone: Alone::of(document, block) }
    }

    pub(super) fn block(&self) -> &'a BlockRanking {
        self.block
    }

    /// What stands in all rows of a unit.
    pub(super) fn of_all(&self, unit: &'a RankedUnit) -> [Value<'a>; 11] {
        let (publication, code) = (&self.document.publication, unit.unit.as_str());
        let name = |language| Value::lent(self.units.get(code).map_or(code, |unit| unit.name(language)));
        let (word, merged_from) = status_of(&unit.status);
        [
            Value::lent(&publication.round),
            Value::yes(publication.synthetic),
            Value::named(self.block.scheme.as_deref().unwrap_or_default()),
            Value::named(self.document.scheme(self.block).map_or("", |scheme| &scheme.version)),
            Value::lent(self.document.seal()),
            Value::lent(&self.block.block),
            Value::lent(code),
            name("vi"),
            name("en"),
            Value::lent(word),
            Value::maybe(merged_from),
        ]
    }

    /// All rows of a unit: its own, one for each field, and one for each leaf, with one before those of a criterion with sub-criteria.
    pub(super) fn all<'s>(&'s self, unit: &'s RankedUnit) -> impl Iterator<Item = ScoreRow<'s>> {
        let fields = (0..self.block.fields.len()).filter_map(move |place| self.of_field(unit, place));
        let leaves = (0..self.block.leaves.len()).flat_map(move |place| [self.of_whole(unit, place), self.of_leaf(unit, place)]);
        std::iter::once(self.of_unit(unit)).chain(fields).chain(leaves.flatten())
    }

    /// The row of a unit itself.
    pub(super) fn of_unit<'s>(&'s self, unit: &'s RankedUnit) -> ScoreRow<'s> {
        let standing = unit.standing.as_ref();
        ScoreRow {
            subject: ["unit", "", "", ""].map(Value::named),
            sums: standing.map(SumCells::of_unit).unwrap_or_default(),
            past: self.past_of_unit(standing),
            entries: EntryCells::default(),
            is_alone: standing.is_some() && self.alone.make(unit.unit.as_str(), self.block.leaves.iter().zip(&unit.cells)),
            cell: None,
        }
    }

    /// The row of a field, by its place.
    pub(super) fn of_field<'s>(&'s self, unit: &'s RankedUnit, place: usize) -> Option<ScoreRow<'s>> {
        let (head, standing) = (self.block.fields.get(place)?, unit.standing.as_ref());
        let inside = self.block.leaves.iter().zip(&unit.cells).filter(|(leaf, _)| leaf.field == head.code);
        Some(ScoreRow {
            subject: ["field", &head.code, &head.code, ""].map(Value::named),
            sums: standing.and_then(|standing| standing.fields.get(place)).map(SumCells::of_field).unwrap_or_default(),
            past: self.past_of_field(standing, place),
            entries: EntryCells::default(),
            is_alone: standing.is_some() && self.alone.make(unit.unit.as_str(), inside),
            cell: None,
        })
    }

    /// The row of the criterion whose first sub-criterion a leaf is.
    fn of_whole<'s>(&'s self, unit: &'s RankedUnit, place: usize) -> Option<ScoreRow<'s>> {
        let head = self.block.leaves.get(place).filter(|head| head.is_sub_criterion())?;
        let before = place.checked_sub(1).and_then(|before| self.block.leaves.get(before));
        if before.is_some_and(|before| before.criterion == head.criterion) {
            return None;
        }
        let inside = self.block.leaves.iter().zip(&unit.cells).filter(move |(leaf, _)| leaf.criterion == head.criterion);
        Some(ScoreRow {
            subject: ["criterion", &head.criterion, &head.field, ""].map(Value::named),
            sums: criterion::sums(self.block.criterion(&head.criterion).and_then(|place| unit.criteria.get(place))),
            past: PastCells::default(),
            entries: EntryCells::default(),
            is_alone: self.alone.make(unit.unit.as_str(), inside),
            cell: None,
        })
    }

    /// The row of a leaf, by its place.
    pub(super) fn of_leaf<'s>(&'s self, unit: &'s RankedUnit, place: usize) -> Option<ScoreRow<'s>> {
        let (head, maximum, cell) = (self.block.leaves.get(place)?, self.maxima.get(place)?, unit.cells.get(place));
        let level = if head.is_sub_criterion() { "sub-criterion" } else { "criterion" };
        let (sums, entries) = of_cell(cell, head, maximum);
        Some(ScoreRow {
            subject: [level, &head.code, &head.field, origin(head.from)].map(Value::named),
            sums,
            past: PastCells::default(),
            entries,
            is_alone: self.alone.make(unit.unit.as_str(), cell.map(|cell| (head, cell)).into_iter()),
            cell,
        })
    }

    /// The round that changes are measured against.
    fn previous(&self) -> Value<'a> {
        self.ranking.previous.as_ref().map_or(Value::Empty, |previous| Value::lent(&previous.round))
    }

    fn past_of_unit(&self, standing: Option<&Standing>) -> PastCells<'a> {
        let past = PastCells { previous_round: self.previous(), ..PastCells::default() };
        let Some((standing, before)) = standing.and_then(|standing| Some((standing, standing.before.as_ref()?))) else { return past };
        let Before { rank, index, fields: _ } = before;
        PastCells {
            previous_rank: Value::Whole((*rank).into()),
            rank_change: Value::Signed(i64::from(*rank) - i64::from(standing.rank)),
            previous_index: Value::fixed(*index),
            index_change: Value::change(standing.index, *index),
            ..past
        }
    }

    fn past_of_field(&self, standing: Option<&Standing>, place: usize) -> PastCells<'a> {
        let now = standing.and_then(|standing| standing.fields.get(place)?.index);
        let before = standing.and_then(|standing| standing.before.as_ref()?.fields.get(place).copied().flatten());
        let (previous_index, index_change) = (Value::fixed(before), Value::change(now, before));
        PastCells { previous_round: self.previous(), previous_index, index_change, ..PastCells::default() }
    }
}

/// Points and entries of a leaf.
fn of_cell<'a>(cell: Option<&'a CellResult>, leaf: &LeafHead, maximum: &'a str) -> (SumCells<'a>, EntryCells<'a>) {
    let head = SumCells { maximum: Value::decimal(maximum), ..SumCells::default() };
    let Some(cell) = cell else { return (head, EntryCells::default()) };
    // What was changed, by whom and when is in the publication only.
    let CellResult { points, state, self_score, evidence, appraised, note, explanation, second, council, survey, .. } = cell;
    let entry = |text: &'a Option<String>| Value::named(text.as_deref().unwrap_or_default());
    let entries = EntryCells {
        state: Value::lent(state_of(*state)),
        self_score: entry(self_score),
        appraised: entry(appraised),
        second: entry(second),
        council: entry(council),
        note: entry(note),
        evidence: entry(evidence),
        explanation: entry(explanation),
        survey_percent: Value::fixed(survey.as_ref().map(|survey| survey.percent)),
        survey_sheets: survey.as_ref().map_or(Value::Empty, |survey| Value::told(survey.sheets)),
    };
    let index = cell.index(leaf);
    let (points, points_held) = (Value::fixed(*points), Value::held(*points));
    (SumCells { index: Value::fixed(index), index_held: Value::held(index), points, points_held, ..head }, entries)
}
