//! From score sheets and published survey figures to scores and ranks.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;

use strum::IntoEnumIterator;

use super::gap::gap_of;
use super::{
    BandHead, Before, BlockRanking, CellResult, CellState, CriterionOfField, CriterionSum, FieldHead, FieldScore, LeafHead, Origin,
    RankList, RankedUnit, ScoreBefore, ScoreSums, Standing, SurveyGap, UnitStatus,
};
use crate::round::steps::ScorePart;
use crate::scheme::{Band, Block, From, GapRanking, Leaf, Scheme, SchemePart, TieRule};
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

/// A score that is ranked, with its list.
type ListedScore<'s> = (RankList, &'s Score);

/// Scores and ranks the units of one block. `past` is the frozen round before, by unit.
#[must_use]
pub fn ranking<S: BuildHasher>(sheets: &BlockSheets<'_>, results: &[&Results], past: &HashMap<UnitCode, Past, S>) -> BlockRanking {
    let BlockSheets { scheme, block, units } = sheets;
    let surveys = Surveys::of(results);
    let scored: Vec<ScoredUnit> = units.iter().map(|unit| scored(sheets, unit, &surveys)).collect();
    let leaves: Vec<LeafHead> = scheme.leaves.iter().map(|leaf| leaf_head(scheme, leaf)).collect();
    let gaps: Vec<Option<SurveyGap>> = scored.iter().map(|scored| scored.gap(&leaves)).collect();
    let can_be_ranked = units.iter().zip(&scored).map(|(unit, scored)| scored.score.as_ref().filter(|_| unit.status != UnitStatus::Exempt));
    let listed: Vec<Option<ListedScore<'_>>> =
        can_be_ranked.clone().zip(&gaps).map(|(score, gap)| Some((list(scheme.survey_gap, *gap)?, score?))).collect();
    let in_block: Vec<&Score> = listed.iter().flatten().filter(|(list, _)| *list == RankList::Block).map(|(_, score)| *score).collect();
    let keys = listed.iter().zip(&scored).map(|(listed, scored)| listed.map(|(list, score)| (list, (score.index, scored.tie))));
    let overall = ranks_by_list(&keys.collect::<Vec<_>>(), block.tie_rule);
    let fields = shown_fields(scheme, block);
    let by_field: Vec<Vec<Option<u32>>> = fields.iter().map(|field| field_ranks(&listed, *field, block.tie_rule)).collect();
    let heads: Vec<FieldHead> = fields.iter().map(|field| field_head(scheme, block, *field, &in_block)).collect();
    let mut ranked = Vec::with_capacity(units.len());
    for (place, (((unit, scored), score), gap)) in units.iter().zip(&scored).zip(can_be_ranked).zip(gaps).enumerate() {
        let rank_of = |ranks: &[Option<u32>]| ranks.get(place).copied().flatten();
        let standing = listed.get(place).copied().flatten().map(|(list, score)| Standing {
            rank: rank_of(&overall).unwrap_or_default(),
            list,
            index: Some(score.index),
            score: Some(sums(score, scored.missing)),
            band: band(block, score.index),
            fields: fields.iter().zip(&by_field).map(|(field, ranks)| field_score(score, *field, rank_of(ranks))).collect(),
            before: before(unit, block, past, &heads).filter(|_| list == RankList::Block),
        });
        let unranked = gap.filter(|_| score.is_some() && standing.is_none());
        let (criteria, cells) = (criteria_of(scheme, scored.score.as_ref()), scored.cells.clone());
        ranked.push(RankedUnit { unit: unit.unit.clone(), status: unit.status.clone(), standing, unranked, cells, criteria });
    }
    BlockRanking {
        block: block.code.clone(),
        scheme: Some(scheme.id.clone()),
        tie_rule: block.tie_rule,
        bands: band_heads(block),
        fields: heads,
        criteria: criterion_heads(scheme),
        leaves,
        mean: Held::mean_of(&in_block.iter().map(|score| score.index).collect::<Vec<_>>()),
        units: ranked,
    }
}

impl ScoredUnit {
    /// What the index lacks of surveys.
    fn gap(&self, leaves: &[LeafHead]) -> Option<SurveyGap> {
        gap_of(leaves, &self.cells, self.score.as_ref()?.rescaled)
    }
}

/// The list that a unit is ranked in; none where the scheme ranks no unit with such a gap.
fn list(rule: GapRanking, gap: Option<SurveyGap>) -> Option<RankList> {
    match (gap, rule) {
        (None, _) | (Some(_), GapRanking::Rank) => Some(RankList::Block),
        (Some(_), GapRanking::RankApart) => Some(RankList::Apart),
        (Some(_), GapRanking::NoRank) => None,
    }
}

/// Ranks of values in their lists; none for what is in no list.
fn ranks_by_list<V: Ord + Copy>(values: &[Option<(RankList, V)>], rule: TieRule) -> Vec<Option<u32>> {
    let mut given = vec![None; values.len()];
    for list in RankList::iter() {
        let inside = |value: &Option<(RankList, V)>| value.filter(|(of, _)| *of == list).map(|(_, value)| value);
        let known: Vec<V> = values.iter().filter_map(inside).collect();
        let places = values.iter().zip(&mut given).filter(|(value, _)| inside(value).is_some());
        places.zip(ranks(&known, rule)).for_each(|((_, given), rank)| *given = Some(rank));
    }
    given
}

fn band_heads(block: &Block) -> Vec<BandHead> {
    let head = |band: &Band| BandHead { code: band.code.clone(), from: Held::from_hundredths(band.from_hundredths) };
    block.bands.iter().map(head).collect()
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

/// Ranks in one field of the units in the ranking of the block; none of others, nor where nothing of it applies.
fn field_ranks(listed: &[Option<ListedScore<'_>>], field: usize, rule: TieRule) -> Vec<Option<u32>> {
    let index =
        |(list, score): ListedScore<'_>| Some((list, score.fields.get(field)?.index()?)).filter(|(list, _)| *list == RankList::Block);
    ranks_by_list(&listed.iter().map(|listed| listed.and_then(index)).collect::<Vec<_>>(), rule)
}

fn field_head(scheme: &Scheme, block: &Block, field: usize, scores: &[&Score]) -> FieldHead {
    let indices = scores.iter().filter_map(|score| score.fields.get(field).copied().and_then(Portion::index));
    let leaves = scheme.leaves.iter().enumerate();
    let applicable = leaves.filter(|(place, leaf)| scheme.field_of(leaf) == field && !leaf.is_adjustment() && applies(block, *place));
    FieldHead {
        code: scheme.fields.get(field).map(|field| field.code.clone()).unwrap_or_default(),
        maximum: Some(Held::total(applicable.map(|(_, leaf)| Held::from_hundredths(leaf.maximum_hundredths)))),
        mean: Held::mean_of(&indices.collect::<Vec<_>>()),
    }
}

fn field_score(score: &Score, field: usize, rank: Option<u32>) -> FieldScore {
    let portion = score.fields.get(field).copied().unwrap_or_default();
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
