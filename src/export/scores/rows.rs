//! The rows of scores: one builder of what table and workbook say of a unit, its fields and its criteria.

use super::alone::Alone;
use super::cells::{EntryCells, PastCells, SumCells};
use super::worked::WorkedCells;
use strum::VariantNames;

use crate::export::column::ColumnKind::{Code, Text};
use crate::export::column::KnownCodes;
use crate::export::value::Value;
use crate::export::{ColumnHead, UnitsByCode};
use crate::publication::document::Document;
use crate::scoring::decimal::Held;
use crate::scoring::ranking::{Before, BlockRanking, LeafHead, Origin, RankedUnit, Ranking, ScoreLine, Standing, SurveyGap, UnitStatus};
use crate::unit::UnitCode;

/// What a unit is this year.
const STATUSES: KnownCodes = KnownCodes::of("columns-code-", &["normal", "new", "merged", "exempt"]);

/// What a row is about.
const LEVELS: KnownCodes = KnownCodes::of("columns-code-", &["unit", "field", "criterion", "sub-criterion"]);

/// Columns that are the same in all rows of a unit.
pub(super) const UNIT: [ColumnHead; 11] = [
    ("round", Text),
    ("synthetic", Code(KnownCodes::YES_NO)),
    ("scheme", Text),
    ("version", Text),
    ("snapshot", Text),
    ("block", Text),
    ("unit", Text),
    ("unit_name_vi", Text),
    ("unit_name_en", Text),
    ("status", Code(STATUSES)),
    ("merged_from", Text),
];

/// Columns that say what a row is about. Fields and leaves have their field, leaves where their points come from: those of a penalty are
/// taken off.
pub(super) const SUBJECT: [ColumnHead; 4] =
    [("level", Code(LEVELS)), ("code", Text), ("field", Text), ("from", Code(KnownCodes::of("par-from-", Origin::VARIANTS)))];

/// What a row says beside its unit.
pub(super) struct ScoreRow<'a> {
    /// What it is about.
    pub(super) line: ScoreLine<'a>,
    /// Level, code, field and origin.
    pub(super) subject: [Value<'a>; 4],
    pub(super) sums: SumCells<'a>,
    pub(super) past: PastCells<'a>,
    pub(super) entries: EntryCells<'a>,
    /// Whether its points may tell something by themselves.
    pub(super) is_alone: bool,
    /// What the index of a unit lacks of surveys.
    gap: Option<SurveyGap>,
}

impl<'a> ScoreRow<'a> {
    /// In the order of the columns.
    pub(super) fn cells(self) -> impl Iterator<Item = Value<'a>> {
        let Self { line: _, subject, sums, past, entries, is_alone: _, gap: _ } = self;
        subject.into_iter().chain(sums.cells()).chain(past.cells()).chain(entries.cells())
    }

    /// How the points of a leaf and the index of a unit came about; nothing of anything else.
    pub(super) fn worked(&self) -> WorkedCells<'a> {
        match self.line {
            ScoreLine::Unit(standing) => WorkedCells::of_unit(self.gap, standing.map(|standing| standing.list)),
            ScoreLine::Leaf { cell: Some(cell), .. } => WorkedCells::of_leaf(cell),
            _ => WorkedCells::default(),
        }
    }
}

/// The rows of a block.
pub(super) struct BlockRows<'a> {
    document: &'a Document,
    ranking: &'a Ranking,
    units: &'a UnitsByCode<'a>,
    block: &'a BlockRanking,
    /// Points that may tell something by themselves.
    alone: Alone<'a>,
}

impl<'a> BlockRows<'a> {
    pub(super) fn of(document: &'a Document, ranking: &'a Ranking, units: &'a UnitsByCode<'a>, block: &'a BlockRanking) -> Self {
        Self { document, ranking, units, block, alone: Alone::of(document, block) }
    }

    pub(super) fn block(&self) -> &'a BlockRanking {
        self.block
    }

    /// What stands in all rows of a unit.
    pub(super) fn of_all(&self, unit: &'a RankedUnit) -> [Value<'a>; 11] {
        let (publication, code) = (&self.document.publication, unit.unit.as_str());
        let name = |language| Value::lent(self.units.get(code).map_or(code, |unit| unit.name(language)));
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
            Value::lent(unit.status.code()),
            Value::maybe(merged_from(&unit.status)),
        ]
    }

    /// All rows of a unit, one for each of its lines.
    pub(super) fn all(&self, unit: &'a RankedUnit) -> impl Iterator<Item = ScoreRow<'a>> {
        self.block.lines(unit).map(|line| self.row(unit, line))
    }

    /// The row of a unit itself.
    pub(super) fn of_unit(&self, unit: &'a RankedUnit) -> ScoreRow<'a> {
        self.row(unit, ScoreLine::Unit(unit.standing.as_ref()))
    }

    /// Rows of the fields, in the order of the block.
    pub(super) fn of_fields(&self, unit: &'a RankedUnit) -> impl Iterator<Item = ScoreRow<'a>> {
        self.all(unit).filter(|row| matches!(row.line, ScoreLine::Field { .. }))
    }

    /// Rows of the leaves, in the order of the block.
    pub(super) fn of_leaves(&self, unit: &'a RankedUnit) -> impl Iterator<Item = ScoreRow<'a>> {
        self.all(unit).filter(|row| matches!(row.line, ScoreLine::Leaf { .. }))
    }

    fn row(&self, unit: &'a RankedUnit, line: ScoreLine<'a>) -> ScoreRow<'a> {
        let (past, entries) = (PastCells::default(), EntryCells::default());
        let (is_alone, gap) = (self.is_alone(unit, line), self.block.gap(unit));
        match line {
            ScoreLine::Unit(standing) => ScoreRow {
                line,
                subject: ["unit", "", "", ""].map(Value::named),
                sums: standing.map(SumCells::of_unit).unwrap_or_default(),
                past: self.past_of_unit(standing),
                entries,
                is_alone,
                gap,
            },
            ScoreLine::Field { head, score, before } => ScoreRow {
                line,
                subject: ["field", &head.code, &head.code, ""].map(Value::named),
                sums: score.map(SumCells::of_field).unwrap_or_default(),
                past: self.past_of_field(score.and_then(|score| score.index), before),
                entries,
                is_alone,
                gap,
            },
            ScoreLine::Criterion { code, field, sum } => ScoreRow {
                line,
                subject: ["criterion", code, field, ""].map(Value::named),
                sums: sum.map(SumCells::of_criterion).unwrap_or_default(),
                past,
                entries,
                is_alone,
                gap,
            },
            ScoreLine::Leaf { head, cell } => {
                let level = if head.is_sub_criterion() { "sub-criterion" } else { "criterion" };
                let subject = [level, &head.code, &head.field, head.from.code()].map(Value::named);
                let entries = cell.map(EntryCells::of).unwrap_or_default();
                ScoreRow { line, subject, sums: SumCells::of_leaf(head, cell), past, entries, is_alone, gap }
            }
        }
    }

    /// Whether the points of a line may tell something by themselves: of a unit and of a field only where they have a rank.
    fn is_alone(&self, unit: &RankedUnit, line: ScoreLine<'_>) -> bool {
        let is_in = |leaf: &LeafHead| match line {
            ScoreLine::Unit(standing) => standing.is_some(),
            ScoreLine::Field { head, score, .. } => score.is_some() && leaf.field == head.code,
            ScoreLine::Criterion { code, .. } => leaf.criterion == code,
            ScoreLine::Leaf { head, .. } => leaf.code == head.code,
        };
        self.alone.make(unit.unit.as_str(), self.block.leaves.iter().zip(&unit.cells).filter(|(leaf, _)| is_in(leaf)))
    }

    /// The round that changes are measured against.
    fn previous(&self) -> Value<'a> {
        self.ranking.previous.as_ref().map_or(Value::Empty, |previous| Value::lent(&previous.round))
    }

    fn past_of_unit(&self, standing: Option<&Standing>) -> PastCells<'a> {
        let past = PastCells { previous_round: self.previous(), ..PastCells::default() };
        let Some((standing, before)) = standing.and_then(|standing| Some((standing, standing.before.as_ref()?))) else { return past };
        let Before { rank, index, fields: _, score: _ } = before;
        PastCells {
            previous_rank: Value::Whole((*rank).into()),
            rank_change: Value::Signed(i64::from(*rank) - i64::from(standing.rank)),
            previous_index: Value::fixed(*index),
            index_change: Value::change(standing.index, *index),
            ..past
        }
    }

    fn past_of_field(&self, now: Option<Held>, before: Option<Held>) -> PastCells<'a> {
        let (previous_index, index_change) = (Value::fixed(before), Value::change(now, before));
        PastCells { previous_round: self.previous(), previous_index, index_change, ..PastCells::default() }
    }
}

/// Codes of the units that a merged one was made of.
fn merged_from(status: &UnitStatus) -> Option<String> {
    let UnitStatus::Merged { from } = status else { return None };
    Some(from.iter().map(UnitCode::as_str).collect::<Vec<_>>().join(";"))
}
