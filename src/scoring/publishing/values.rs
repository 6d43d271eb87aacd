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

/// How a value is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Print {
    /// As it is, with the counts that make it.
    Exact,
    /// As a class.
    Class(Class),
    /// Not at all.
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

/// How each item of an index is printed, in their order.
pub(super) fn prints(
    questionnaire: &Questionnaire,
    rule: IndexRule,
    thresholds: Thresholds,
    classes: &ClassTable,
    items: &[ItemScore],
) -> Vec<Print> {
    let few = items.iter().filter(|item| thresholds.few(item.valid)).count();
    if few == 0 {
        return vec![Print::Exact; items.len()];
    }
    let nothing = vec![Print::Nothing; items.len()];
    // The lowest level counts one under this rule: a value has no classes that begin at nobody.
    let from_nobody = rule.item_value != ItemValue::MeanOfMaximum;
    let mut divisors = divisors(questionnaire, rule, items).into_iter();
    let first = divisors.next().flatten();
    let alike = from_nobody && few == items.len() && first.is_some() && divisors.all(|divisor| divisor == first);
    let most = items.first().map_or(0, |item| item.valid.saturating_mul(item.most));
    let Some(classes) = classes.of(most).filter(|_| alike && items.iter().all(|item| item.valid.saturating_mul(item.most) == most)) else {
        return nothing;
    };
    let given: Vec<u32> = items.iter().map(|item| u32::try_from(item.given).unwrap_or(u32::MAX)).collect();
    if !exchangeable(&given, &classes) {
        return nothing;
    }
    given.iter().map(|given| classes.class(*given).map_or(Print::Nothing, Print::Class)).collect()
}

#[cfg(test)]
mod tests;
