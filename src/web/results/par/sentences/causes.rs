//! Why a unit moved: its fields against the year before, against their maximum, and against the other units.

use super::super::view::{BlockView, list};
use crate::scoring::decimal::Held;
use crate::scoring::ranking::{Direction, MoveCause, NEAR_PERCENT, RankList, Standing};

/// So many of the fields that rose or fell are named: those that did so most.
const NAMED: usize = 2;
/// Ranks that count as high, where they are in the upper half of the block.
const HIGH: u32 = 3;

/// What the fields of a unit say, in the order that a rise or a fall asks for; of a unit by itself, everything.
pub(super) fn of(view: &BlockView<'_>, standing: &Standing, direction: Direction) -> Vec<String> {
    let cause = MoveCause::of(standing);
    let all = standing.fields.iter().filter(|field| field.index.is_some()).count();
    let rose = shifted(view, ("par-fields-rose", '+'), &cause.rose, cause.compared);
    let fell = shifted(view, ("par-fields-fell", '−'), &cause.fell, cause.compared);
    let (at_most, close) = (full(view, &cause, all), near(view, standing, &cause, all));
    let (high, low) = (high(view, &cause, all), low(view, &cause, all));
    let ordered = match direction {
        Direction::Up => vec![rose, fell, at_most, close, high],
        Direction::Down => vec![fell, rose, low, at_most, close],
        Direction::Level => vec![rose, fell, at_most, close, high, low],
    };
    ordered.into_iter().flatten().collect()
}

/// "5 of 7 fields rose, most of all …".
fn shifted(view: &BlockView<'_>, (key, sign): (&str, char), fields: &[(usize, Held)], compared: usize) -> Option<String> {
    let year = view.previous().filter(|_| !fields.is_empty())?;
    let name = |(place, by): &(usize, Held)| item(view, "par-field-by", *place, ("by", &view.signed(sign, *by)));
    let names: Vec<String> = fields.iter().take(NAMED).map(name).collect();
    let which = if fields.len() > NAMED { "most" } else { "all" };
    let (n, all) = (fields.len().to_string(), compared.to_string());
    Some(view.words.with(key, [("n", &n), ("all", &all), ("year", &year), ("named", which), ("fields", &list(view.words, &names))]))
}

fn full(view: &BlockView<'_>, cause: &MoveCause, all: usize) -> Option<String> {
    let names: Vec<String> = cause.full.iter().map(|place| view.field(*place).to_owned()).collect();
    sentence(view, "par-fields-full", &names, all)
}

fn near(view: &BlockView<'_>, standing: &Standing, cause: &MoveCause, all: usize) -> Option<String> {
    let index = |place: usize| view.percent(standing.fields.get(place).and_then(|field| field.index).unwrap_or_default());
    let names: Vec<String> = cause.near.iter().map(|place| item(view, "par-field-at", *place, ("index", &index(*place)))).collect();
    sentence(view, "par-fields-near", &names, all)
}

/// Fields with a high rank in the upper half of the block.
fn high(view: &BlockView<'_>, cause: &MoveCause, all: usize) -> Option<String> {
    sentence(view, "par-fields-top", &ranked(view, cause, |rank, middle| rank <= HIGH && rank.saturating_mul(2) < middle), all)
}

/// Fields with a rank in the lower half of the block.
fn low(view: &BlockView<'_>, cause: &MoveCause, all: usize) -> Option<String> {
    sentence(view, "par-fields-low", &ranked(view, cause, |rank, middle| rank.saturating_mul(2) > middle), all)
}

/// Fields whose rank is wanted among the units that have one in it, the best first. Twice the middle rank of 5 units is 6, and rank 3 is in
/// neither half.
fn ranked(view: &BlockView<'_>, cause: &MoveCause, wanted: fn(u32, u32) -> bool) -> Vec<String> {
    let middle = |place: usize| u32::try_from(view.block.ranked_in(RankList::Block, place)).unwrap_or(u32::MAX).saturating_add(1);
    let ranks = cause.ranks.iter().filter(|(place, rank)| wanted(*rank, middle(*place)));
    ranks.map(|(place, rank)| item(view, "par-field-rank", *place, ("rank", &rank.to_string()))).collect()
}

/// A field by its place, with something in brackets behind it.
fn item(view: &BlockView<'_>, key: &str, place: usize, value: (&'static str, &str)) -> String {
    view.words.with(key, [("field", view.field(place)), value])
}

/// "2 of 7 fields …: A and B."; nothing where there are none.
fn sentence(view: &BlockView<'_>, key: &str, names: &[String], all: usize) -> Option<String> {
    let (near, whole) = (view.words.percent(&NEAR_PERCENT.to_string()), view.words.percent("100"));
    let (n, all) = (names.len().to_string(), all.to_string());
    let values = [("n", n.as_str()), ("all", &all), ("fields", &list(view.words, names)), ("near", &near), ("whole", &whole)];
    (!names.is_empty()).then(|| view.words.with(key, values))
}
