//! Routing: conditions look back at options of earlier items.

use super::names::Names;
use crate::survey::diagnostic::{FaultCode, Faults, quoted};
use crate::survey::source::{At, Code, ShowIf};
use crate::survey::{Condition, Item, Role};

/// What is shown under a condition.
#[derive(Clone, Copy)]
pub(super) enum Subject {
    /// The next item.
    Item,
    /// A part that begins with the next item and has so many.
    Part(usize),
}

/// Checks a condition against the items that come before its subject.
pub(super) fn condition(source: &ShowIf, subject: Subject, names: &Names, earlier: &[Item], faults: &mut Faults) -> Option<Condition> {
    let place = target(&source.item, names, faults)?;
    let At { value: word, span } = &source.item.0;
    let Some(item) = earlier.get(place) else {
        let message = not_earlier(place - earlier.len(), subject);
        faults.add(FaultCode::ConditionNotEarlier, span, format!("the condition asks about {}, {message}", quoted(word)));
        return None;
    };
    if item.is_remark() {
        let message = format!("the condition asks about {}, which takes free words", quoted(word));
        faults.add(FaultCode::ConditionOnRemark, span, message);
        return None;
    }
    if item.role == Role::Attribute {
        // How many were asked would say, unit by unit, how many there are who said so about themselves.
        let message = format!("the condition asks about {}, which respondents say about themselves", quoted(word));
        faults.add(FaultCode::ConditionOnAttribute, span, message);
        return None;
    }
    if item.factor.is_some() {
        // Its value is printed, and would say at most how many were asked where too few answered for a figure.
        faults.add(FaultCode::ConditionOnIndex, span, format!("the condition asks about {}, which the index is made of", quoted(word)));
        return None;
    }
    Some(Condition { item: place, any_of: any_of(source, item, faults) })
}

fn target(code: &Code, names: &Names, faults: &mut Faults) -> Option<usize> {
    let At { value: word, span } = &code.0;
    let place = names.place(word);
    if place.is_none() {
        let hint = names.nearest(word, faults).map(|meant| format!("did you mean `{meant}`?"));
        faults.add_with(FaultCode::ConditionUnknownItem, span, format!("there is no item {}", quoted(word)), hint);
    }
    place
}

/// Why an item that comes so many places after the beginning of the subject cannot be asked about.
fn not_earlier(after: usize, subject: Subject) -> &'static str {
    match subject {
        Subject::Item if after == 0 => "which is the item itself",
        Subject::Part(items) if after < items => "which stands in the part itself",
        Subject::Item | Subject::Part(_) => "which comes later",
    }
}

fn any_of(source: &ShowIf, item: &Item, faults: &mut Faults) -> Vec<usize> {
    // An item without options had a fault of its own; nothing can be said about its options.
    if item.choices().is_empty() {
        return Vec::new();
    }
    if source.any_of.value.is_empty() {
        faults.add(FaultCode::ConditionUnknownOption, &source.any_of.span, "the condition names no option");
    }
    let mut places = Vec::new();
    for At { value: word, span } in &source.any_of.value {
        match item.choices().iter().position(|choice| choice.code == *word) {
            None => {
                let known: Vec<&str> = item.choices().iter().map(|choice| choice.code.as_str()).collect();
                let hint = format!("its options: {}", known.join(", "));
                let message = format!("{} has no option {}", quoted(&item.code), quoted(word));
                faults.add_with(FaultCode::ConditionUnknownOption, span, message, Some(hint));
            }
            Some(place) if places.contains(&place) => {
                faults.add(FaultCode::ConditionUnknownOption, span, format!("the option {} stands twice", quoted(word)));
            }
            Some(place) => places.push(place),
        }
    }
    places
}
