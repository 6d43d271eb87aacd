//! From score sheets and published survey figures to scores and ranks.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;

use super::{
    BandHead, Before, BlockRanking, CellResult, CellState, CriterionOfField, CriterionSum, FieldHead, FieldScore, LeafHead, Origin,
    RankedUnit, ScoreBefore, ScoreSums, Standing, UnitStatus,
};
use crate::round::steps::ScorePart;
use crate::scheme::{Block, From, Leaf, Scheme, SchemePart};
use crate::scoring::decimal::Held;
use crate::scoring::rank::ranks;
use crate::scoring::results::Results;
use crate::scoring::score::{LeafPoints, Portion, Score, applies, possible, score};
use crate::scoring::sheet::{LeafEntries, LeafGiven, Surveyed, Surveys, leaf_given};
use crate::unit::UnitCode;

/// A unit with what was entered for it.
#[derive(Debug, Clone)]
pub struct UnitSheet {
    /// Its code.
    pub unit: UnitCode,
    /// What it is this year.
    pub status: UnitStatus,
    /// Cells by code of their leaf; one that is missing was never entered.
    pub cells: HashMap<String, LeafEntries>,
}

/// The units of a block, in the order of the register, and what they are scored by.
#[derive(Debug)]
pub struct BlockSheets<'a> {
    /// The scheme that the block is scored by.
    pub scheme: &'a Scheme,
    /// What holds for the block.
    pub block: &'a Block,
    /// Its units.
    pub units: &'a [UnitSheet],
}

/// What a frozen ranking says of one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// Its block.
    pub block: String,
    /// Its rank.
    pub rank: u32,
    /// Its index.
    pub index: Option<Held>,
    /// Indices of its fields, by code.
    pub fields: BTreeMap<String, Held>,
    /// How its index came about; none where that is not known.
    pub score: Option<ScoreBefore>,
}

/// One unit before it is ranked.
struct ScoredUnit {
    score: Option<Score>,
    missing: u32,
    cells: Vec<CellResult>,
    /// Points of what decides between equal indices.
    tie: Held,
}

/// Scores and ranks the units of one block. `past` is the frozen round before, by unit.
#[must_use]
pub fn ranking<S: BuildHasher>(sheets: &BlockSheets<'_>, results: &[&Results], past: &HashMap<UnitCode, Past, S>) -> BlockRanking {
    let BlockSheets { scheme, block, units } = sheets;
    let surveys = Surveys::of(results);
    let scored: Vec<ScoredUnit> = units.iter().map(|unit| scored(sheets, unit, &surveys)).collect();
    let in_ranking: Vec<Option<&Score>> =
        units.iter().zip(&scored).map(|(unit, scored)| scored.score.as_ref().filter(|_| unit.status != UnitStatus::Exempt)).collect();
    let keys: Vec<(Held, Held)> =
        in_ranking.iter().zip(&scored).filter_map(|(score, scored)| score.map(|score| (score.index, scored.tie))).collect();
    let indices: Vec<Held> = keys.iter().map(|(index, _)| *index).collect();
    let mut given = ranks(&keys, block.tie_rule).into_iter();
    let fields = shown_fields(scheme, block);
    let by_field: Vec<Vec<Option<u32>>> = fields.iter().map(|field| field_ranks(&in_ranking, *field, sheets)).collect();
    let heads: Vec<FieldHead> = fields.iter().map(|field| field_head(scheme, block, *field, &in_ranking)).collect();
    let mut ranked = Vec::with_capacity(units.len());
    for (place, ((unit, scored), score)) in units.iter().zip(&scored).zip(&in_ranking).enumerate() {
        let own: Vec<FieldScore> =
            fields.iter().zip(&by_field).map(|(field, ranks)| field_score(*score, *field, ranks.get(place).copied().flatten())).collect();
        let standing = score.map(|score| Standing {
            rank: given.next().unwrap_or_default(),
            index: Some(score.index),
            score: Some(sums(score, scored.missing)),
            band: band(block, score.index),
            fields: own,
            before: before(unit, block, past, &heads),
        });
        let (criteria, cells) = (criteria_of(scheme, scored.score.as_ref()), scored.cells.clone());
        ranked.push(RankedUnit { unit: unit.unit.clone(), status: unit.status.clone(), standing, cells, criteria });
    }
    BlockRanking {
        block: block.code.clone(),
        scheme: Some(scheme.id.clone()),
        tie_rule: block.tie_rule,
        bands: block
            .bands
            .iter()
            .map(|band| BandHead { code: band.code.clone(), from: Held::from_hundredths(band.from_hundredths) })
            .collect(),
        fields: heads,
        criteria: criterion_heads(scheme),
        leaves: scheme.leaves.iter().map(|leaf| leaf_head(scheme, leaf)).collect(),
        mean: Held::mean_of(&indices),
        units: ranked,
    }
}

fn scored(sheets: &BlockSheets<'_>, unit: &UnitSheet, surveys: &Surveys<'_>) -> ScoredUnit {
    let BlockSheets { scheme, block, .. } = sheets;
    let mut points = Vec::with_capacity(scheme.leaves.len());
    let mut cells = Vec::with_capacity(scheme.leaves.len());
    let (mut tie, mut missing) = (Held::default(), 0);
    for (place, leaf) in scheme.leaves.iter().enumerate() {
        let (cell, survey) = (unit.cells.get(&leaf.code), surveys.figure(leaf, &unit.unit));
        let given = leaf_given((scheme, block), place, cell, survey.as_ref());
        if let (LeafPoints::Points(points), true) = (given.points, block.tie_break.is_some_and(|part| in_part(scheme, part, place, leaf))) {
            tie = Held::total([tie, points]);
        }
        missing += u32::from(given.points == LeafPoints::Missing && !leaf.is_adjustment());
        cells.push(cell_result(given, possible(scheme, leaf, given.points), cell, survey));
        points.push(given.points);
    }
    ScoredUnit { score: score(scheme, &points), missing, cells, tie }
}

fn in_part(scheme: &Scheme, part: SchemePart, place: usize, leaf: &Leaf) -> bool {
    !leaf.is_adjustment() && scheme.is_in(part, place, leaf)
}

fn cell_result(given: LeafGiven, maximum: Held, cell: Option<&LeafEntries>, survey: Option<Surveyed>) -> CellResult {
    let (points, state) = match given.points {
        LeafPoints::Points(points) => (Some(points), CellState::Counted),
        LeafPoints::Missing => (None, CellState::Missing),
        LeafPoints::NotApplicable => (None, CellState::NotApplicable),
        LeafPoints::FewSheets => (None, CellState::FewSheets),
        LeafPoints::NoSurvey => (None, CellState::NoSurvey),
    };
    let entry = |part| cell.and_then(|cell: &LeafEntries| cell.entry(part)).map(str::to_owned);
    CellResult {
        points,
        state,
        maximum,
        counts: given.counts,
        worked: given.worked,
        self_score: entry(ScorePart::SelfScore),
        evidence: entry(ScorePart::Evidence),
        appraised: entry(ScorePart::Appraised),
        note: entry(ScorePart::Note),
        explanation: entry(ScorePart::Explanation),
        second: entry(ScorePart::Second),
        council: entry(ScorePart::Council),
        survey: survey.filter(|_| state == CellState::Counted),
        changes: cell.map(|cell| cell.changes.iter().filter(|change| change.from.is_some()).cloned().collect()).unwrap_or_default(),
    }
}

/// Places of the fields that have something that applies to the block and is more than bonus and penalty.
fn shown_fields(scheme: &Scheme, block: &Block) -> Vec<usize> {
    let counts = |field: usize| {
        let mut leaves = scheme.leaves.iter().enumerate();
        leaves.any(|(place, leaf)| scheme.field_of(leaf) == field && !leaf.is_adjustment() && applies(block, place))
    };
    (0..scheme.fields.len()).filter(|field| counts(*field)).collect()
}

/// Ranks in one field of all units of the block; none where nothing of it applies.
fn field_ranks(scores: &[Option<&Score>], field: usize, sheets: &BlockSheets<'_>) -> Vec<Option<u32>> {
    let index = |score: Option<&Score>| score.and_then(|score| score.fields.get(field)).copied().and_then(Portion::index);
    let indices: Vec<Option<Held>> = scores.iter().copied().map(index).collect();
    let known: Vec<Held> = indices.iter().copied().flatten().collect();
    let mut given = ranks(&known, sheets.block.tie_rule).into_iter();
    indices.iter().map(|index| index.and_then(|_| given.next())).collect()
}

fn field_head(scheme: &Scheme, block: &Block, field: usize, scores: &[Option<&Score>]) -> FieldHead {
    let indices = scores.iter().flatten().filter_map(|score| score.fields.get(field).copied().and_then(Portion::index));
    let leaves = scheme.leaves.iter().enumerate();
    let applicable = leaves.filter(|(place, leaf)| scheme.field_of(leaf) == field && !leaf.is_adjustment() && applies(block, *place));
    FieldHead {
        code: scheme.fields.get(field).map(|field| field.code.clone()).unwrap_or_default(),
        maximum: Some(Held::total(applicable.map(|(_, leaf)| Held::from_hundredths(leaf.maximum_hundredths)))),
        mean: Held::mean_of(&indices.collect::<Vec<_>>()),
    }
}

fn field_score(score: Option<&Score>, field: usize, rank: Option<u32>) -> FieldScore {
    let portion = score.and_then(|score| score.fields.get(field)).copied().unwrap_or_default();
    FieldScore { points: Some(portion.points), maximum: Some(portion.maximum), index: portion.index(), rank }
}

fn sums(score: &Score, missing: u32) -> ScoreSums {
    let Score { reached, base, bonus, penalty, rescaled, points, base_index, clamped, .. } = *score;
    ScoreSums {
        reached_points: reached.points,
        reached_maximum: reached.maximum,
        points,
        maximum: base.maximum,
        base_points: base.points,
        base_index,
        bonus,
        penalty,
        clamped,
        rescaled,
        missing,
    }
}

/// The first band whose lower bound is reached; lower bounds are inclusive.
fn band(block: &Block, index: Held) -> Option<String> {
    block.bands.iter().find(|band| Held::from_hundredths(band.from_hundredths) <= index).map(|band| band.code.clone())
}

/// A unit that is new, merged or was in another block has no rank to be compared with.
fn before<S: BuildHasher>(unit: &UnitSheet, block: &Block, past: &HashMap<UnitCode, Past, S>, heads: &[FieldHead]) -> Option<Before> {
    let past = past.get(&unit.unit).filter(|past| past.block == block.code && unit.status == UnitStatus::Normal)?;
    let fields = heads.iter().map(|head| past.fields.get(&head.code).copied()).collect();
    Some(Before { rank: past.rank, index: past.index, fields, score: past.score.clone() })
}

/// What criteria are together; nothing where nothing applies to the unit.
fn criteria_of(scheme: &Scheme, score: Option<&Score>) -> Vec<CriterionSum> {
    let portion = |place: usize| score.and_then(|score| score.criteria.get(place)).copied().unwrap_or_default();
    (0..scheme.criteria.len()).map(|place| criterion_sum(portion(place))).collect()
}

pub(super) fn criterion_sum(portion: Portion) -> CriterionSum {
    CriterionSum { points: portion.points, maximum: portion.maximum, index: portion.index() }
}

pub(super) fn criterion_heads(scheme: &Scheme) -> Vec<CriterionOfField> {
    let field = |place: usize| scheme.fields.get(place).map(|field| field.code.clone()).unwrap_or_default();
    scheme.criteria.iter().map(|criterion| CriterionOfField { code: criterion.code.clone(), field: field(criterion.field) }).collect()
}

fn leaf_head(scheme: &Scheme, leaf: &Leaf) -> LeafHead {
    let from = match leaf.from {
        From::Appraisal(_) => Origin::Appraisal,
        From::Satisfaction { .. } => Origin::Satisfaction,
        From::Officials { .. } => Origin::Officials,
        From::Statistic(_) => Origin::Statistic,
        From::Bonus => Origin::Bonus,
        From::Penalty => Origin::Penalty,
    };
    let field = scheme.fields.get(scheme.field_of(leaf)).map(|field| field.code.clone()).unwrap_or_default();
    let criterion = scheme.criteria.get(leaf.criterion).map(|criterion| criterion.code.clone()).unwrap_or_default();
    LeafHead { code: leaf.code.clone(), field, criterion, maximum: Held::from_hundredths(leaf.maximum_hundredths), from }
}
