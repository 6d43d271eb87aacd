//! How the value of each item of an index is printed beside the exact index of the unit.
//!
//! The index is exact from the floor on, so items of few answers could be worked out from it and from what else is printed. What is printed
//! therefore follows from the numbers of answers alone, never from the answers: that something is missing says nothing.
//!
//! | items of the index | printed |
//! |---|---|
//! | all of 50 answers or more | each as it is |
//! | at most a quarter of fewer | those leave the index, and are printed like items that feed none; the others as they are |
//! | all of fewer than 50, and all weigh the same in the index | classes, where [`crate::scoring::witness`] finds them exchangeable |
//! | any other mix | none: index and points only |
//!
//! Items that follow a question of few answers are in no index at all (see `routing`).

use std::cell::RefCell;
use std::collections::HashMap;

use crate::scoring::coarse::{Class, Classes};
use crate::scoring::counts::Counts;
use crate::scoring::index::{ItemScore, divisors};
use crate::scoring::thresholds::Thresholds;
use crate::scoring::witness::exchangeable;
use crate::survey::{IndexRule, ItemValue, Questionnaire};

/// One of so many items at most may leave the index: more would make it another one.
const ONE_OF: usize = 4;

/// How the values of the items of a unit's index are printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Print {
    /// Each as it is, with the counts that make it.
    Exact,
    /// Each as a class, in the order of the items.
    Classes(Vec<Class>),
    /// None.
    Nothing,
}

/// Classes by base, made once.
#[derive(Debug)]
pub(super) struct ClassTable {
    near: u32,
    known: RefCell<HashMap<u32, Option<Classes>>>,
}

impl ClassTable {
    pub(super) fn new(thresholds: Thresholds) -> Self {
        Self { near: thresholds.near, known: RefCell::default() }
    }

    pub(super) fn of(&self, most: u32) -> Option<Classes> {
        self.known.borrow_mut().entry(most).or_insert_with(|| Classes::of(most, self.near)).clone()
    }
}

/// Fewest answers with which an item is in the index of a unit.
pub(super) fn least_answers(questionnaire: &Questionnaire, thresholds: Thresholds, counts: &Counts) -> u32 {
    let scored = questionnaire.items.iter().zip(&counts.items).filter(|(item, _)| item.factor.is_some() && !item.is_multiple());
    let valid: Vec<u32> = scored.map(|(_, counts)| counts.valid).filter(|valid| *valid >= thresholds.floor.max(1)).collect();
    let few = valid.iter().filter(|valid| thresholds.few(**valid)).count();
    if !valid.is_empty() && few * ONE_OF <= valid.len() { thresholds.counts_from } else { thresholds.floor }
}

/// How the items of an index are printed.
pub(super) fn prints(
    questionnaire: &Questionnaire,
    rule: IndexRule,
    thresholds: Thresholds,
    classes: &ClassTable,
    items: &[ItemScore],
) -> Print {
    let few = items.iter().filter(|item| thresholds.few(item.valid)).count();
    if few == 0 {
        return Print::Exact;
    }
    // The lowest level counts one under this rule: a value has no classes that begin at nobody.
    let from_nobody = rule.item_value != ItemValue::MeanOfMaximum;
    let mut divisors = divisors(questionnaire, rule, items).into_iter();
    let first = divisors.next().flatten();
    let alike = from_nobody && few == items.len() && first.is_some() && divisors.all(|divisor| divisor == first);
    let most = |item: &ItemScore| item.valid.saturating_mul(item.most);
    let base = items.first().map_or(0, most);
    if !alike || items.iter().any(|item| most(item) != base) {
        return Print::Nothing;
    }
    let given: Vec<u32> = items.iter().map(|item| u32::try_from(item.given).unwrap_or(u32::MAX)).collect();
    let classes = classes.of(base).filter(|classes| exchangeable(&given, classes));
    let of = |classes: Classes| given.iter().map(|given| classes.class(*given)).collect::<Option<Vec<Class>>>();
    classes.and_then(of).map_or(Print::Nothing, Print::Classes)
}

#[cfg(test)]
mod tests;
