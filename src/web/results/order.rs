//! The order of a table of units, as links ask for it.

use std::cmp::Ordering;

use crate::publication::document::Document;
use crate::scoring::results::UnitResult;

/// What units are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    Name,
    Sheets,
    Index,
    Component,
}

impl By {
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
pub(super) struct Order {
    by: Option<By>,
    up: bool,
}

impl Order {
    /// Reads `sort` and `order` of an address.
    pub(super) fn of(sort: Option<&str>, order: Option<&str>) -> Self {
        let by = sort.and_then(|sort| By::ALL.into_iter().find(|by| by.name() == sort));
        let up = match order {
            Some("up") => true,
            Some("down") => false,
            _ => by.is_some_and(By::begins_up),
        };
        Self { by, up }
    }

    /// The order that a link in the head of a column leads to: that column, and the other way round where it is that one already.
    pub(super) fn turned(self, by: By) -> Self {
        let up = if self.by == Some(by) { !self.up } else { by.begins_up() };
        Self { by: Some(by), up }
    }

    /// As part of an address, behind something else.
    pub(super) fn query(self) -> String {
        self.by.map(|by| format!("&sort={}&order={}", by.name(), if self.up { "up" } else { "down" })).unwrap_or_default()
    }

    /// What `aria-sort` says of a column, and the sign to see; none for other columns.
    pub(super) fn said(self, by: By) -> Option<(&'static str, &'static str)> {
        let said = if self.up { ("ascending", "▲") } else { ("descending", "▼") };
        (self.by == Some(by)).then_some(said)
    }

    /// Sorts units; those without the figure come last, whichever way, and equal ones keep the order of the register.
    pub(super) fn sort(self, units: &mut [&UnitResult], document: &Document, language: &str) {
        let Some(by) = self.by else { return };
        if by == By::Name {
            units.sort_by_cached_key(|unit| name_key(document.unit_name(&unit.unit, language)));
            if !self.up {
                units.reverse();
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
fn key(by: By, unit: &UnitResult) -> Option<(usize, String)> {
    let figures = unit.figures.as_ref()?;
    let text = match by {
        By::Name => return None,
        // All that are told as a class are fewer than any other.
        By::Sheets => figures.sheets.get().least().to_string(),
        By::Index => figures.index.as_ref()?.figure?.get().percent.hundredths().to_string(),
        By::Component => figures.component.as_ref()?.get().printed.clone(),
    };
    Some((text.len(), text))
}

/// A name in the order of the alphabet, where `đ` comes after `d` and accents decide only between names that are else the same.
fn name_key(name: &str) -> (String, String) {
    use unicode_normalization::UnicodeNormalization;
    let plain = name.nfd().filter(|letter| !unicode_normalization::char::is_combining_mark(*letter));
    // `d~` sorts after every `d` with a letter behind it.
    (
        plain.flat_map(char::to_lowercase).map(|letter| if letter == 'đ' { "d~".to_owned() } else { letter.to_string() }).collect(),
        name.to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_turns_its_own_column_round_and_begins_others_where_they_are_wanted() {
        let none = Order::of(None, None);
        assert_eq!(none.query(), "");
        assert_eq!(none.turned(By::Index).query(), "&sort=index&order=down");
        assert_eq!(none.turned(By::Index).turned(By::Index).query(), "&sort=index&order=up");
        assert_eq!(none.turned(By::Index).turned(By::Name).query(), "&sort=name&order=up");
        assert_eq!(Order::of(Some("nonsense"), Some("up")).query(), "");
        assert_eq!(Order::of(Some("sheets"), None).said(By::Sheets), Some(("descending", "▼")));
    }

    #[test]
    fn names_sort_as_vietnamese_readers_expect() {
        let mut names = ["Sở Y tế", "Sở Đất", "Sở Dân số", "Sở Em", "Ban A"];
        names.sort_by_cached_key(|name| name_key(name));
        assert_eq!(names, ["Ban A", "Sở Dân số", "Sở Đất", "Sở Em", "Sở Y tế"]);
    }
}
