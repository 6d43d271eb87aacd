//! The order of a table of units, as links ask for it.

use std::cmp::{Ordering, Reverse};

use maud::{Markup, html};

use super::ResultsQuery;
use crate::address::Address;
use crate::publication::document::Document;
use crate::scoring::decimal::Held;
use crate::scoring::ranking::{Direction, RankedUnit, Standing};
use crate::scoring::results::UnitResult;
use crate::words::Words;

/// What units are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SortKey {
    Name,
    Sheets,
    Index,
    Component,
    Rank,
    /// The change of rank.
    Change,
    /// The change of the index.
    IndexChange,
}

impl SortKey {
    const ALL: [Self; 7] = [Self::Name, Self::Sheets, Self::Index, Self::Component, Self::Rank, Self::Change, Self::IndexChange];

    fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Sheets => "sheets",
            Self::Index => "index",
            Self::Component => "component",
            Self::Rank => "rank",
            Self::Change => "change",
            Self::IndexChange => "index-change",
        }
    }

    /// Names begin at A and ranks at the first; of other numbers the largest is wanted first.
    fn begins_up(self) -> bool {
        matches!(self, Self::Name | Self::Rank)
    }

    /// Whether a ranking has it.
    fn is_of_ranks(self) -> bool {
        matches!(self, Self::Name | Self::Index | Self::Rank | Self::Change | Self::IndexChange)
    }
}

/// An order of units; that of the register where none is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct UnitOrder {
    by: Option<SortKey>,
    up: bool,
}

impl UnitOrder {
    /// Reads `sort` and `order` of an address.
    pub(super) fn of(sort: Option<&str>, order: Option<&str>) -> Self {
        let by = sort.and_then(|sort| SortKey::ALL.into_iter().find(|by| by.name() == sort));
        let up = match order {
            Some("up") => true,
            Some("down") => false,
            _ => by.is_some_and(SortKey::begins_up),
        };
        Self { by, up }
    }

    /// The order of a ranking: by rank, from the first on, where nothing is asked for that it has.
    pub(super) fn of_ranks(self) -> Self {
        if self.by.is_some_and(SortKey::is_of_ranks) { self } else { Self { by: Some(SortKey::Rank), up: true } }
    }

    /// The order that a link in the head of a column leads to: that column, and the other way round where it is that one already.
    fn turned(self, by: SortKey) -> Self {
        let up = if self.by == Some(by) { !self.up } else { by.begins_up() };
        Self { by: Some(by), up }
    }

    /// An address that asks for it.
    pub(super) fn on(self, address: Address) -> Address {
        let Some(by) = self.by else { return address };
        address.asking("sort", by.name()).asking("order", if self.up { "up" } else { "down" })
    }

    /// What `aria-sort` says of a column, and the sign to see; none for other columns.
    fn said(self, by: SortKey) -> Option<(&'static str, &'static str)> {
        let said = if self.up { ("ascending", "▲") } else { ("descending", "▼") };
        (self.by == Some(by)).then_some(said)
    }

    /// Sorts units; those without the figure come last, whichever way, and equal ones keep the order of the register.
    pub(super) fn sort(self, units: &mut [&UnitResult], document: &Document, words: Words) {
        match self.by {
            Some(SortKey::Name) => self.sort_by_name(units, words, |unit| document.unit_name(&unit.unit, words.code())),
            Some(by) => self.sort_by_value(units, |unit| printed(by, unit)),
            None => {}
        }
    }

    /// The same of a ranking, whose units stand in the order of their ranks.
    pub(super) fn sort_ranks<'u>(
        self,
        units: &mut [(&'u RankedUnit, &'u Standing)],
        words: Words,
        name: impl Fn(&'u RankedUnit) -> &'u str,
    ) {
        match self.by {
            Some(SortKey::Name) => self.sort_by_name(units, words, |(unit, _)| name(unit)),
            Some(SortKey::Index) => self.sort_by_value(units, |(_, standing)| standing.index),
            Some(SortKey::Change) => self.sort_by_value(units, |(_, standing)| Some(rank_moved(standing.change()?))),
            Some(SortKey::IndexChange) => self.sort_by_value(units, |(_, standing)| index_moved(standing)),
            _ => self.sort_by_value(units, |(_, standing)| Some(standing.rank)),
        }
    }

    /// Each name is looked up once, and not in every comparison.
    fn sort_by_name<'n, T: Copy>(self, units: &mut [T], words: Words, name: impl Fn(T) -> &'n str) {
        let mut named: Vec<_> = units.iter().map(|unit| (name(*unit), *unit)).collect();
        named.sort_by(|(one, _), (other, _)| words.order(one, other));
        if !self.up {
            named.reverse();
        }
        for (place, (_, unit)) in units.iter_mut().zip(named) {
            *place = unit;
        }
    }

    fn sort_by_value<T: Copy, K: Ord>(self, units: &mut [T], value: impl Fn(T) -> Option<K>) {
        units.sort_by(|one, other| match (value(*one), value(*other)) {
            (Some(one), Some(other)) if self.up => one.cmp(&other),
            (Some(one), Some(other)) => other.cmp(&one),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        });
    }
}

/// The number of a unit as a text that sorts like it: printed numbers have two decimals, so longer is larger.
fn printed(by: SortKey, unit: &UnitResult) -> Option<(usize, String)> {
    let figures = unit.figures.as_ref()?;
    let text = match by {
        // All that are told as a class are fewer than any other.
        SortKey::Sheets => figures.sheets.get().least().to_string(),
        SortKey::Index => figures.index.as_ref()?.figure?.get().percent.hundredths().to_string(),
        SortKey::Component => figures.component.as_ref()?.get().printed.clone(),
        SortKey::Name | SortKey::Rank | SortKey::Change | SortKey::IndexChange => return None,
    };
    Some((text.len(), text))
}

/// A change of rank as something that sorts from the deepest fall to the highest rise.
fn rank_moved((direction, by): (Direction, u32)) -> (bool, u32, Reverse<u32>) {
    if direction == Direction::Down { (false, 0, Reverse(by)) } else { (true, by, Reverse(0)) }
}

/// The same of an index; none where there is none of the year before.
fn index_moved(standing: &Standing) -> Option<(bool, Held, Reverse<Held>)> {
    let (now, before) = (standing.index?, standing.before.as_ref()?.index?);
    let moved =
        if now < before { (false, Held::default(), Reverse(before.less(now))) } else { (true, now.less(before), Reverse(Held::default())) };
    Some(moved)
}

/// A table that links sort.
#[derive(Debug, Clone, Copy)]
pub(super) struct SortedTable<'a> {
    pub(super) words: Words,
    /// What the page was asked for.
    pub(super) asked: &'a ResultsQuery,
    /// Id of the round.
    pub(super) round: &'a str,
    /// The id of a place on the page, where whoever sorts it finds it again.
    pub(super) place: &'a str,
    pub(super) order: UnitOrder,
}

impl SortedTable<'_> {
    /// The head of a column: a link that sorts by it and says so.
    pub(super) fn head(&self, by: SortKey, key: &str) -> Markup {
        html! {
            th.num[by != SortKey::Name] scope="col" aria-sort=[self.said(by)] { (self.link(by, &self.words.get(key))) }
        }
    }

    /// What `aria-sort` says of a column.
    pub(super) fn said(&self, by: SortKey) -> Option<&'static str> {
        self.order.said(by).map(|(said, _)| said)
    }

    /// The link in the head of a column, with a sign where the table is sorted by it.
    pub(super) fn link(&self, by: SortKey, column: &str) -> Markup {
        let address = self.asked.ordered(Address::results(self.round), self.words, self.order.turned(by)).at(self.place);
        html! {
            a href=(address) title=(self.words.with("results-sort", [("column", column)])) { (column) }
            @if let Some((_, sign)) = self.order.said(by) { span aria-hidden="true" { " " (sign) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_turns_its_own_column_round_and_begins_others_where_they_are_wanted() {
        let none = UnitOrder::of(None, None);
        let asked = |order: UnitOrder| order.on(Address::of("")).to_string();
        assert_eq!(asked(none), "");
        assert_eq!(asked(none.turned(SortKey::Index)), "?sort=index&order=down");
        assert_eq!(asked(none.turned(SortKey::Index).turned(SortKey::Index)), "?sort=index&order=up");
        assert_eq!(asked(none.turned(SortKey::Index).turned(SortKey::Name)), "?sort=name&order=up");
        assert_eq!(asked(UnitOrder::of(Some("nonsense"), Some("up"))), "");
        assert_eq!(UnitOrder::of(Some("sheets"), None).said(SortKey::Sheets), Some(("descending", "▼")));
    }

    #[test]
    fn a_ranking_is_sorted_by_rank_where_nothing_is_asked_for_that_it_has() {
        let of = |sort, order| UnitOrder::of(sort, order).of_ranks();
        let first = UnitOrder { by: Some(SortKey::Rank), up: true };
        assert_eq!([of(None, None), of(Some("sheets"), Some("down")), of(Some("nonsense"), None), of(Some("rank"), None)], [first; 4]);
        assert_eq!(of(Some("index-change"), Some("nonsense")), UnitOrder { by: Some(SortKey::IndexChange), up: false });
        assert_eq!(first.turned(SortKey::Rank), UnitOrder { by: Some(SortKey::Rank), up: false });
    }
}
