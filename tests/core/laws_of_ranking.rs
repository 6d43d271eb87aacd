//! Laws of the PAR Index: what holds for any scheme and any score sheets.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use par_survey::scheme::{self, Conversion, Leaf, NoSurvey, Scheme, TieRule};
use par_survey::scoring::conversion::converted;
use par_survey::scoring::decimal::Held;
use par_survey::scoring::measure::Measure;
use par_survey::scoring::ranking::{BlockRanking, CauseOf, Past, ScoreSums, Shift, Standing, UnitSheet, index_causes};
use par_survey::scoring::sheet::NOT_APPLICABLE;
use par_survey::unit::UnitCode;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::small::{criterion, field, held, ranked, ranked_with, scheme, unit};

fn points(conversion: &Conversion, maximum: u32, value: Held) -> Option<Held> {
    converted(conversion, maximum, (value, Measure::Number)).map(|(points, _)| points)
}

const RULES: &[&str] = &["no-points", "not-applicable", "rescale-to-100"];
/// The rules under which points stay what they are.
const WITHOUT_RESCALING: &[&str] = &["no-points", "not-applicable"];
/// Leaves of the largest scheme: 4 fields of 4, a bonus and a penalty.
const LEAVES_MOST: usize = 4 * 4 + 2;
/// One held unit is a part of so many.
const SCALE: u128 = 1_000_000_000_000;

/// What stands in one cell.
#[derive(Debug, Clone, Copy)]
enum Given {
    Missing,
    NotApplicable,
    /// So many percent of the maximum, down to the hundredth of a point.
    Percent(u32),
}

impl Given {
    /// The same where everything applies.
    fn applying(self) -> Self {
        if matches!(self, Self::NotApplicable) { Self::Missing } else { self }
    }

    fn hundredths(self, leaf: &Leaf) -> u32 {
        if let Self::Percent(percent) = self { leaf.maximum_hundredths * percent / 100 } else { 0 }
    }

    fn text(self, leaf: &Leaf) -> Option<String> {
        match self {
            Self::Missing => None,
            Self::NotApplicable => Some(NOT_APPLICABLE.to_owned()),
            Self::Percent(_) => Some(number(self.hundredths(leaf))),
        }
    }
}

fn number(hundredths: u32) -> String {
    Held::from_hundredths(hundredths).to_fixed(2)
}

fn any_given() -> impl Strategy<Value = Given> {
    prop_oneof![1 => Just(Given::Missing), 1 => Just(Given::NotApplicable), 6 => (0..=100_u32).prop_map(Given::Percent)]
}

fn any_sheet() -> impl Strategy<Value = Vec<Given>> {
    prop::collection::vec(any_given(), LEAVES_MOST)
}

/// Fields of leaves with a maximum in hundredths, some of which a survey feeds; then a bonus and a penalty with their caps.
fn any_scheme(rules: &'static [&'static str]) -> impl Strategy<Value = Scheme> {
    let leaf = (1..2_000_u32, prop::bool::weighted(0.2));
    let fields = prop::collection::vec(prop::collection::vec(leaf, 1..=4), 1..=4);
    (prop::sample::select(rules), fields, 0..1_000_u32, 0..1_000_u32).prop_map(|(rule, fields, bonus, penalty)| {
        let mut texts: Vec<String> = fields.iter().enumerate().map(|(place, leaves)| field_of(place, leaves)).collect();
        let adjustments = [("bonus", bonus), ("penalty", penalty)];
        texts.push(field("x", "0", &adjustments.map(|(kind, cap)| criterion(kind, &number(cap), &format!("from = \"{kind}\"")))));
        let total: u32 = fields.iter().flatten().map(|(maximum, _)| maximum).sum();
        scheme(&format!("total = {}\nno_survey = \"{rule}\"", number(total)), "", &texts)
    })
}

fn field_of(place: usize, leaves: &[(u32, bool)]) -> String {
    let criterion_of = |(inner, (maximum, surveyed)): (usize, &(u32, bool))| {
        let code = format!("{place}-{inner}");
        // The first leaf of all is appraised, so that there is one.
        let from_survey = format!("from = \"satisfaction\"\nquestionnaire = \"q\"\nindex = \"{code}\"");
        criterion(&code, &number(*maximum), if *surveyed && place + inner > 0 { from_survey.as_str() } else { "" })
    };
    let criteria: Vec<String> = leaves.iter().enumerate().map(criterion_of).collect();
    let maximum: u32 = leaves.iter().map(|(maximum, _)| maximum).sum();
    field(&format!("f{place}"), &number(maximum), &criteria)
}

fn sheet(scheme: &Scheme, code: &str, given: &[Given]) -> UnitSheet {
    let entered = |(leaf, given): (&Leaf, &Given)| Some((leaf.code.clone(), given.text(leaf)?));
    let entries: Vec<(String, String)> = scheme.leaves.iter().zip(given).filter_map(entered).collect();
    unit(code, &entries.iter().map(|(leaf, text)| (leaf.as_str(), text.as_str())).collect::<Vec<_>>())
}

fn standing_of(scheme: &Scheme, given: &[Given]) -> Option<Standing> {
    ranked(scheme, &[sheet(scheme, "u", given)]).units.remove(0).standing
}

fn index_of(scheme: &Scheme, given: &[Given]) -> Option<Held> {
    standing_of(scheme, given).and_then(|standing| standing.index)
}

/// A unit of this year, with what was given the year before as the year before.
fn compared(scheme: &Scheme, before: &[Given], now: &[Given]) -> Option<Standing> {
    let (head, past) = (ranked(scheme, &[]), standing_of(scheme, before)?);
    let fields = head.fields.iter().zip(&past.fields).filter_map(|(head, field)| Some((head.code.clone(), field.index?)));
    let score = past.score.as_ref().map(ScoreSums::as_before);
    let past = Past { block: "b".to_owned(), rank: past.rank, index: past.index, fields: fields.collect(), score };
    let past = HashMap::from([(UnitCode::new("u").unwrap(), past)]);
    ranked_with(scheme, &[sheet(scheme, "u", now)], &[], &past).units.remove(0).standing
}

fn with(given: &[Given], place: usize, instead: Given) -> Vec<Given> {
    let mut changed = given.to_vec();
    changed[place] = instead;
    changed
}

/// The index in whole numbers, without anything of the program's: `100 × (P + b − n) / M`, kept between 0 and 100, rounded half up once.
fn in_whole_numbers(scheme: &Scheme, given: &[Given]) -> Option<String> {
    let (mut points, mut maximum, mut taken) = (0_u128, 0_u128, 0_u128);
    for (leaf, given) in scheme.leaves.iter().zip(given).filter(|(_, given)| !matches!(given, Given::NotApplicable)) {
        let (entered, most) = (u128::from(given.hundredths(leaf)), u128::from(leaf.maximum_hundredths));
        match leaf.from {
            scheme::From::Bonus => points += entered,
            scheme::From::Penalty => taken += entered,
            scheme::From::Satisfaction { .. } => maximum += if scheme.no_survey == NoSurvey::NoPoints { most } else { 0 },
            _ => (points, maximum) = (points + entered, maximum + most),
        }
    }
    let reached = points.saturating_sub(taken).min(maximum);
    let index = (2 * 100 * SCALE * reached + maximum).checked_div(2 * maximum)?;
    Some(format!("{}.{:012}", index / SCALE, index % SCALE))
}

proptest! {
    #[test]
    fn the_index_is_one_fraction_of_whole_numbers(scheme in any_scheme(WITHOUT_RESCALING), given in any_sheet()) {
        prop_assert_eq!(index_of(&scheme, &given).map(|index| index.to_string()), in_whole_numbers(&scheme, &given));
    }

    #[test]
    fn every_index_lies_between_0_and_100(scheme in any_scheme(RULES), given in any_sheet()) {
        if let Some(standing) = standing_of(&scheme, &given) {
            let sums = standing.score.unwrap();
            let fields = standing.fields.iter().filter_map(|field| field.index);
            let most = Held::from_hundredths(10_000);
            prop_assert!(fields.chain(standing.index).chain([sums.base_index]).all(|index| index <= most));
            // What is kept inside stands at an end.
            prop_assert!(!sums.clamped || [Some(Held::default()), Some(most)].contains(&standing.index));
        }
    }

    #[test]
    fn more_points_never_lower_an_index(
        scheme in any_scheme(RULES), given in any_sheet(), place in any::<Index>(), one in 0..=100_u32, other in 0..=100_u32,
    ) {
        // Any leaf but the last, which is the penalty.
        let place = place.index(scheme.leaves.len() - 1);
        let index = |instead: Given| index_of(&scheme, &with(&given, place, instead));
        let (low, high) = (index(Given::Percent(one.min(other))), index(Given::Percent(one.max(other))));
        prop_assert!(low <= high);
        prop_assert!(index(Given::Missing) <= low);
    }

    #[test]
    fn a_penalty_never_raises_an_index(scheme in any_scheme(RULES), given in any_sheet(), one in 0..=100_u32, other in 0..=100_u32) {
        let index = |instead: Given| index_of(&scheme, &with(&given, scheme.leaves.len() - 1, instead));
        let (small, large) = (index(Given::Percent(one.min(other))), index(Given::Percent(one.max(other))));
        prop_assert!(large <= small);
        prop_assert!(small <= index(Given::NotApplicable));
    }

    #[test]
    fn what_does_not_apply_leaves_points_and_maximum_exactly(
        scheme in any_scheme(WITHOUT_RESCALING), given in any_sheet(), place in any::<Index>(), percent in 0..=100_u32,
    ) {
        let appraised: Vec<usize> =
            (0..scheme.leaves.len()).filter(|place| matches!(scheme.leaves[*place].from, scheme::From::Appraisal(_))).collect();
        let (place, entered) = (appraised[place.index(appraised.len())], Given::Percent(percent));
        let leaf = &scheme.leaves[place];
        let (p, m) = (Held::from_hundredths(entered.hundredths(leaf)), Held::from_hundredths(leaf.maximum_hundredths));
        // Nothing was entered for bonus and penalty: the index is P / M itself.
        let whole = with(&given[..scheme.leaves.len() - 2], place, entered);
        let before = standing_of(&scheme, &whole).unwrap().score.unwrap();
        let after = standing_of(&scheme, &with(&whole, place, Given::NotApplicable));
        let mut of_block = scheme.clone();
        of_block.blocks[0].not_applicable.push(place);
        let by_block = standing_of(&of_block, &whole);
        prop_assert_eq!(by_block.and_then(|standing| standing.score), after.clone().and_then(|standing| standing.score));
        if let Some(Standing { index, score: Some(score), .. }) = after {
            prop_assert_eq!((score.base_points, score.maximum), (before.base_points.less(p), before.maximum.less(m)));
            prop_assert_eq!(index, before.base_points.less(p).percent_of(before.maximum.less(m)));
        } else {
            prop_assert_eq!((before.base_points, before.maximum), (p, m));
        }
    }

    #[test]
    fn ranks_are_a_competition_ranking_whatever_the_order_of_units(
        scheme in any_scheme(RULES), pool in prop::collection::vec(any_sheet(), 1..4), (picks, order) in any_picks(),
    ) {
        // Several units have the sheet of another one: there are ties.
        let of_unit = |(number, pick): (usize, &Index)| sheet(&scheme, &format!("u{number}"), &pool[pick.index(pool.len())]);
        let units: Vec<UnitSheet> = picks.iter().enumerate().map(of_unit).collect();
        let shuffled: Vec<UnitSheet> = order.iter().map(|place| units[*place].clone()).collect();
        let (ranking, other) = (ranked(&scheme, &units), ranked(&scheme, &shuffled));
        for (place, from) in order.iter().enumerate() {
            prop_assert_eq!(&other.units[place], &ranking.units[*from]);
        }
        prop_assert_eq!((&other.fields, other.mean), (&ranking.fields, ranking.mean));
        for (rank, higher) in placed(&ranking) {
            prop_assert_eq!(rank, 1 + higher.len());
        }
        let mut dense = scheme.clone();
        dense.blocks[0].tie_rule = TieRule::Dense;
        for (rank, higher) in placed(&ranked(&dense, &units)) {
            prop_assert_eq!(rank, 1 + higher.into_iter().collect::<BTreeSet<_>>().len());
        }
    }

    #[test]
    fn the_causes_of_a_change_add_up_to_it(scheme in any_scheme(RULES), before in any_sheet(), now in any_sheet()) {
        let (Some(standing), Some(past)) = (compared(&scheme, &before, &now), standing_of(&scheme, &before)) else { return Ok(()) };
        let causes = index_causes(&standing);
        // Each of the two terms of an index and of its adjustments is rounded once.
        let whole = Shift::total(causes.iter().map(|cause| cause.shift).chain([Shift::between(standing.index.unwrap(), past.index.unwrap())]));
        prop_assert!(whole.by <= held("0.000000000005"), "{whole:?} of {causes:?}");
        prop_assert!(causes.windows(2).all(|pair| pair[0].shift.by >= pair[1].shift.by));
    }

    #[test]
    fn where_the_maxima_are_the_same_fields_are_all_that_changes_the_base(
        scheme in any_scheme(RULES), before in any_sheet(), now in any_sheet(),
    ) {
        let applying = |given: &[Given]| given.iter().map(|given| given.applying()).collect::<Vec<_>>();
        let (before, now) = (applying(&before), applying(&now));
        let (Some(standing), Some(past)) = (compared(&scheme, &before, &now), standing_of(&scheme, &before)) else { return Ok(()) };
        let of_fields = index_causes(&standing).into_iter().filter(|cause| matches!(cause.of, CauseOf::Field(_))).map(|cause| cause.shift);
        let base = Shift::between(standing.score.unwrap().base_index, past.score.unwrap().base_index);
        let left = Shift::total(of_fields.chain([base]));
        prop_assert!(left.by <= held("0.000000000005"), "{left:?}");
    }

    #[test]
    fn points_of_a_value_lie_between_0_and_the_maximum((maximum, conversion) in any_conversion(), value in any_value()) {
        prop_assert!(points(&conversion, maximum, value).unwrap() <= Held::from_hundredths(maximum));
    }

    #[test]
    fn a_line_rises_from_nothing_to_everything(
        (lowest, highest) in any_line(), maximum in 0..10_000_u32, one in any_value(), other in any_value(),
    ) {
        let line = Conversion::Linear { lowest, highest };
        let at = |value: Held| points(&line, maximum, value).unwrap();
        prop_assert!(at(one.min(other)) <= at(one.max(other)));
        prop_assert_eq!(at(Held::from_hundredths(lowest)), Held::default());
        prop_assert_eq!(at(Held::from_hundredths(highest)), Held::from_hundredths(maximum));
    }

    #[test]
    fn steps_give_the_points_of_the_last_bound_that_is_reached(pieces in any_pieces(), value in 0..25_000_u32) {
        let steps = Conversion::Steps(pieces.iter().map(|(from, points)| (*from, points.unwrap_or(7))).collect());
        let reached = pieces.range(..=value).next_back().map_or(0, |(_, points)| points.unwrap_or(7));
        prop_assert_eq!(points(&steps, 100, Held::from_hundredths(value)), Some(Held::from_hundredths(reached)));
    }
}

/// Which sheet of a pool each unit has, and another order of the units.
fn any_picks() -> impl Strategy<Value = (Vec<Index>, Vec<usize>)> {
    prop::collection::vec(any::<Index>(), 1..9).prop_flat_map(|picks| {
        let places: Vec<usize> = (0..picks.len()).collect();
        (Just(picks), Just(places).prop_shuffle())
    })
}

/// For every index, of a unit or of one of its fields: its rank, and the higher ones that it was ranked among.
fn placed(ranking: &BlockRanking) -> Vec<(usize, Vec<Held>)> {
    let standings: Vec<&Standing> = ranking.units.iter().filter_map(|unit| unit.standing.as_ref()).collect();
    let mut lists: Vec<Vec<(Held, u32)>> = vec![standings.iter().filter_map(|of| Some((of.index?, of.rank))).collect()];
    for place in 0..ranking.fields.len() {
        lists.push(standings.iter().filter_map(|of| of.fields[place].index.zip(of.fields[place].rank)).collect());
    }
    let mut placed = Vec::new();
    for list in lists {
        for (value, rank) in &list {
            let higher = list.iter().map(|(other, _)| *other).filter(|other| other > value).collect();
            placed.push((usize::try_from(*rank).unwrap(), higher));
        }
    }
    placed
}

fn any_value() -> impl Strategy<Value = Held> {
    (0..250_u32, 0..1_000_000_000_000_u64).prop_map(|(whole, rest)| format!("{whole}.{rest:012}").parse().unwrap())
}

/// Lowest and highest value, in hundredths.
fn any_line() -> impl Strategy<Value = (u32, u32)> {
    (0..15_000_u32, 1..15_000_u32).prop_map(|(lowest, width)| (lowest, lowest + width))
}

/// Bounds, each with percents of a maximum or none.
fn any_pieces() -> impl Strategy<Value = BTreeMap<u32, Option<u32>>> {
    prop::collection::btree_map(0..20_000_u32, prop::option::of(0..=100_u32), 1..6)
}

/// A maximum in hundredths, and a rule that fits it.
fn any_conversion() -> impl Strategy<Value = (u32, Conversion)> {
    (0..10_000_u32, any_line(), any_pieces(), 0..4_u8).prop_map(|(maximum, (lowest, highest), pieces, kind)| {
        let part = |percent: u32| maximum * percent / 100;
        let bands = pieces.into_iter().map(|(from, percent)| (from, percent.map(part)));
        let conversion = match kind {
            0 => Conversion::Linear { lowest, highest },
            1 => Conversion::Steps(bands.map(|(from, points)| (from, points.unwrap_or(maximum))).collect()),
            2 => Conversion::Bands { lowest, highest, bands: bands.collect() },
            _ => Conversion::AllOrNothing(lowest),
        };
        (maximum, conversion)
    })
}
