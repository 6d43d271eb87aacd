//! The order of a table of units, as links ask for it.

use std::cmp::Ordering;

use crate::address::Address;
use crate::publication::document::Document;
use crate::scoring::results::UnitResult;
use crate::words::Words;

/// What units are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SortKey {
    Name,
    Sheets,
    Index,
    Component,
}

impl SortKey {
    pub(super) const ALL: [Self; 4] = [Self::Name, Self::Sheets, Self::Index, Self::Component];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Sheets => "sheets",
            Self::Index => "index",
            Self::Component => "component",
        }
    }

    /// Names begin at A; of numbers the largest is wanted first.
    fn begins_up(self) -> bool {
        self == Self::Name
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

    /// The order that a link in the head of a column leads to: that column, and the other way round where it is that one already.
    pub(super) fn turned(self, by: SortKey) -> Self {
        let up = if self.by == Some(by) { !self.up } else { by.begins_up() };
        Self { by: Some(by), up }
    }

    /// An address that asks for it.
    pub(super) fn on(self, address: Address) -> Address {
        let Some(by) = self.by else { return address };
        address.asking("sort", by.name()).asking("order", if self.up { "up" } else { "down" })
    }

    /// What `aria-sort` says of a column, and the sign to see; none for other columns.
    pub(super) fn said(self, by: SortKey) -> Option<(&'static str, &'static str)> {
        let said = if self.up { ("ascending", "▲") } else { ("descending", "▼") };
        (self.by == Some(by)).then_some(said)
    }

    /// Sorts units; those without the figure come last, whichever way, and equal ones keep the order of the register.
    pub(super) fn sort(self, units: &mut [&UnitResult], document: &Document, words: Words) {
        let Some(by) = self.by else { return };
        if by == SortKey::Name {
            let code = words.code();
            // Each name is looked up once, and not in every comparison.
            let mut named: Vec<_> = units.iter().map(|unit| (document.unit_name(&unit.unit, code), *unit)).collect();
            named.sort_by(|(one, _), (other, _)| words.order(one, other));
            if !self.up {
                named.reverse();
            }
            for (place, (_, unit)) in units.iter_mut().zip(named) {
                *place = unit;
            }
            return;
        }
        units.sort_by(|one, other| match (key(by, one), key(by, other)) {
            (Some(one), Some(other)) if self.up => one.cmp(&other),
            (Some(one), Some(other)) => other.cmp(&one),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        });
    }
}

/// The number of a unit as a text that sorts like it: printed numbers have two decimals, so longer is larger.
fn key(by: SortKey, unit: &UnitResult) -> Option<(usize, String)> {
    let figures = unit.figures.as_ref()?;
    let text = match by {
        SortKey::Name => return None,
        // All that are told as a class are fewer than any other.
        SortKey::Sheets => figures.sheets.get().least().to_string(),
        SortKey::Index => figures.index.as_ref()?.figure?.get().percent.hundredths().to_string(),
        SortKey::Component => figures.component.as_ref()?.get().printed.clone(),
    };
    Some((text.len(), text))
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
}
