//! Routing: conditions look back at options of earlier items.

use crate::definition::diagnostic::{Flaw, FoundFaults, Later, shown};
use crate::definition::names::Names;
use crate::definition::source::{At, Code};
use crate::survey::source::ShowIf;
use crate::survey::{Item, Role, ShownWhen};

/// What is shown under a condition.
#[derive(Clone, Copy)]
pub(super) enum RoutedSubject {
    /// The next item.
    Item,
    /// A part that begins with the next item and has so many.
    Part(usize),
}

/// Checks a condition against the items that come before its subject.
pub(super) fn condition(
    source: &ShowIf,
    subject: RoutedSubject,
    names: &Names,
    earlier: &[Item],
    faults: &mut FoundFaults,
) -> Option<ShownWhen> {
    let place = target(&source.item, names, faults)?;
    let At { value: word, span } = &source.item.0;
    let Some(item) = earlier.get(place) else {
        let why = not_earlier(place - earlier.len(), subject);
        faults.add(span, Flaw::ConditionNotEarlier { item: shown(word), why });
        return None;
    };
    if item.is_remark() {
        faults.add(span, Flaw::ConditionOnRemark { item: shown(word) });
        return None;
    }
    if item.role == Role::Attribute {
        // How many were asked would say, unit by unit, how many there are who said so about themselves.
        faults.add(span, Flaw::ConditionOnAttribute { item: shown(word) });
        return None;
    }
    if item.factor.is_some() {
        // Its value is printed, and would say at most how many were asked where too few answered for a figure.
        faults.add(span, Flaw::ConditionOnIndex { item: shown(word) });
        return None;
    }
    Some(ShownWhen { item: place, any_of: any_of(source, item, faults) })
}

fn target(code: &Code, names: &Names, faults: &mut FoundFaults) -> Option<usize> {
    let At { value: word, span } = &code.0;
    let place = names.place(word);
    if place.is_none() {
        let meant = names.nearest(word, faults).map(str::to_owned);
        faults.add(span, Flaw::ConditionUnknownItem { item: shown(word), meant });
    }
    place
}

/// Why an item that comes so many places after the beginning of the subject cannot be asked about.
fn not_earlier(after: usize, subject: RoutedSubject) -> Later {
    match subject {
        RoutedSubject::Item if after == 0 => Later::Itself,
        RoutedSubject::Part(items) if after < items => Later::Inside,
        RoutedSubject::Item | RoutedSubject::Part(_) => Later::After,
    }
}

fn any_of(source: &ShowIf, item: &Item, faults: &mut FoundFaults) -> Vec<usize> {
    // An item without options had a fault of its own; nothing can be said about its options.
    if item.choices().is_empty() {
        return Vec::new();
    }
    if source.any_of.value.is_empty() {
        faults.add(&source.any_of.span, Flaw::ConditionWithoutOption);
    }
    let mut places = Vec::new();
    for At { value: word, span } in &source.any_of.value {
        match item.choices().iter().position(|choice| choice.code == *word) {
            None => {
                let known = item.choices().iter().map(|choice| choice.code.clone()).collect();
                faults.add(span, Flaw::ConditionUnknownOption { item: shown(&item.code), given: shown(word), known });
            }
            Some(place) if places.contains(&place) => {
                faults.add(span, Flaw::ConditionOptionTwice { given: shown(word) });
            }
            Some(place) => places.push(place),
        }
    }
    places
}
