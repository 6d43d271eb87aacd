//! Why a unit moved: its fields against the year before, what each of them and bonus and penalty did to the index, how near they are to
//! their maximum, and where they stand among the other units.

use super::super::view::{BlockView, is_nothing, list};
use super::inside::inside;
use super::{places, zeroes};
use crate::scoring::ranking::{
    CauseOf, Direction, FieldScore, IndexCause, MoveCause, RankedUnit, Standing, adjusted_now, field_places, index_causes,
};

/// So many causes are named each way: those that did most.
const NAMED: usize = 3;

/// What the figures of a unit say, in the order that a rise or a fall asks for; of a unit by itself, everything.
pub(super) fn of(view: &BlockView<'_>, unit: &RankedUnit, standing: &Standing, direction: Direction) -> Vec<String> {
    let (cause, causes) = (MoveCause::of(standing), index_causes(standing));
    // Where part of the year before is not known, neither is what all of it did.
    let known = |(place, field): (usize, &FieldScore)| {
        field.index.is_none() || standing.before.as_ref().is_some_and(|before| before.fields.get(place).copied().flatten().is_some())
    };
    let are_whole = standing.before.as_ref().is_some_and(|before| before.score.is_some()) || standing.fields.iter().enumerate().all(known);
    let way = |way: Direction| shared(view, way, &causes).filter(|_| are_whole);
    let (up, down) = (way(Direction::Up), way(Direction::Down));
    let shares = if direction == Direction::Down { [down, up] } else { [up, down] };
    let compared = compared(view, &cause, direction);
    let now = adjusted_now(standing).into_iter().map(|cause| adjusted(view, &cause));
    let stands = places::Fields::of(view, standing, &cause, field_places(view.block, standing)).said(direction);
    let nothing = (direction == Direction::Down).then(|| zeroes::of(view, unit)).flatten();
    compared.into_iter().chain(shares.into_iter().flatten()).chain(now).chain(stands).chain(nothing).collect()
}

/// "Compared with 2022: 5/7 fields are higher, 2/7 lower.", what the direction asks for first.
fn compared(view: &BlockView<'_>, cause: &MoveCause, direction: Direction) -> Option<String> {
    let year = view.previous().filter(|_| cause.compared > 0)?;
    let (rose, fell) = (cause.rose.len(), cause.fell.len());
    let same = ("par-fields-same", cause.compared - rose - fell);
    let (rose, fell) = (("par-fields-higher", rose), ("par-fields-lower", fell));
    let parts = if direction == Direction::Down { [fell, rose, same] } else { [rose, fell, same] };
    let all = cause.compared.to_string();
    let part = |(key, n): (&str, usize)| (n > 0).then(|| view.words.with(key, [("n", &n.to_string()), ("all", &all)]));
    let parts: Vec<String> = parts.into_iter().filter_map(part).collect();
    Some(view.words.with("par-fields-compared", [("year", &year), ("parts", &parts.join(", "))]))
}

/// What changed the index one way, by how much it did so; nothing that is printed as 0.
fn shared(view: &BlockView<'_>, way: Direction, causes: &[IndexCause]) -> Option<String> {
    let of_way = |cause: &&IndexCause| cause.shift.direction == way && !is_nothing(cause.shift.by);
    let causes: Vec<&IndexCause> = causes.iter().filter(of_way).collect();
    let (key, sign) = if way == Direction::Up { ("par-causes-up", '+') } else { ("par-causes-down", '−') };
    let item = |cause: &&IndexCause| {
        let by = view.signed(sign, cause.shift.by);
        view.words.with("par-field-by", [("field", &named(view, cause)), ("by", &by)])
    };
    let names: Vec<String> = causes.iter().take(NAMED).map(item).collect();
    let which = if causes.len() > NAMED { "most" } else { "all" };
    (!names.is_empty()).then(|| view.words.with(key, [("named", which), ("causes", &list(view.words, &names))]))
}

/// What a cause is called inside a sentence.
fn named(view: &BlockView<'_>, cause: &IndexCause) -> String {
    let year = view.previous().unwrap_or_default();
    let way = if cause.shift.direction == Direction::Up { "up" } else { "down" };
    let key = match cause.of {
        CauseOf::Field(place) => return inside(view.field(place)),
        CauseOf::Bonus => "par-cause-bonus",
        CauseOf::Penalty => "par-cause-penalty",
        CauseOf::Adjustments => "par-cause-adjustments",
        CauseOf::Maxima => "par-cause-maxima",
    };
    view.words.with(key, [("way", way), ("year", &year)])
}

/// What bonus or penalty does to the index of this year, where that of the year before is not known.
fn adjusted(view: &BlockView<'_>, cause: &IndexCause) -> String {
    let key = if cause.of == CauseOf::Bonus { "par-bonus-now" } else { "par-penalty-now" };
    view.words.with(key, [("year", &view.year()), ("by", &view.number(cause.shift.by))])
}
