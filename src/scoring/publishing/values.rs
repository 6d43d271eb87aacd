//! How the value of each item of an index is printed beside the exact index of the unit.
//!
//! Where every item has 50 answers, each value is printed as it is. Items of fewer answers that weigh the same in the index are exchangeable
//! (see [`crate::scoring::witness`]), and have classes; one that no other item weighs the same as has none.
//!
//! Where items weigh differently, exact values, classes and the exact index together could tell more than the index alone. Of few items they
//! often would, and whether something is printed would tell the rest; so then no item has a value. Of many, another table is sought for each
//! value that exchanging does not open: one with the same index, that changes nothing printed. Where none is found, the exact values of the
//! same factor become classes, then those of all items, and at last no item of the unit has a value.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

use crate::scoring::coarse::{Class, Classes};
use crate::scoring::decimal::Held;
use crate::scoring::index::{ItemScore, divisors, overall};
use crate::scoring::thresholds::Thresholds;
use crate::scoring::witness::exchangeable;
use crate::survey::{IndexRule, Questionnaire};

/// Fewest items of different weight of which any is printed beside an index with an item of few answers.
const MANY: usize = 8;
/// How far a value is moved in search of another table.
const FAR: i64 = 8;
/// How many other values are tried beside it.
const BESIDE: usize = 12;
/// Percent by which indices that are printed alike may differ, and a little more.
const PRINTED: f64 = 0.010_1;

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
pub(in crate::scoring) struct ClassTable {
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

/// The index of a unit with the items it is made of.
pub(super) struct Values<'a> {
    pub(super) questionnaire: &'a Questionnaire,
    pub(super) rule: IndexRule,
    pub(super) thresholds: Thresholds,
    pub(super) classes: &'a ClassTable,
    pub(super) items: &'a [ItemScore],
}

impl Values<'_> {
    /// How each item is printed, in the order of the items.
    pub(super) fn prints(&self) -> Vec<Print> {
        if self.items.iter().all(|item| !self.thresholds.few(item.valid)) {
            return vec![Print::Exact; self.items.len()];
        }
        let (finest, alike) = (self.finest(), self.alike());
        if matches!(alike.as_slice(), [(_, all)] if all.len() == self.items.len()) {
            return finest;
        }
        if self.items.len() < MANY {
            return vec![Print::Nothing; self.items.len()];
        }
        let Err(told) = self.open(&finest) else { return finest };
        let factor = |place: usize| self.questionnaire.items.get(place).and_then(|item| item.factor);
        let same_factor = |item: &ItemScore| told.iter().any(|place| factor(*place) == factor(item.item));
        for coarser in [self.coarser(&finest, same_factor), self.coarser(&finest, |_| true)] {
            if self.open(&coarser).is_ok() {
                return coarser;
            }
        }
        vec![Print::Nothing; self.items.len()]
    }

    /// Exact from the threshold on, classes of items that can be exchanged, nothing of others.
    fn finest(&self) -> Vec<Print> {
        let mut prints: Vec<Print> =
            self.items.iter().map(|item| if self.thresholds.few(item.valid) { Print::Nothing } else { Print::Exact }).collect();
        for (most, places) in self.alike() {
            let Some(classes) = self.classes.of(most) else { continue };
            let given: Vec<u32> = places.iter().filter_map(|place| self.items.get(*place)).map(given).collect();
            if exchangeable(&given, &classes) {
                for (place, given) in places.iter().zip(given) {
                    set(&mut prints, *place, classes.class(given));
                }
            }
        }
        prints
    }

    /// Items of few answers that weigh the same, with what each can give at most.
    fn alike(&self) -> Vec<(u32, Vec<usize>)> {
        let divisors = divisors(self.questionnaire, self.rule, self.items);
        let mut alike: BTreeMap<(u128, u32), Vec<usize>> = BTreeMap::new();
        for (place, (item, divisor)) in self.items.iter().zip(divisors).enumerate().filter(|(_, (item, _))| self.thresholds.few(item.valid))
        {
            if let Some(divisor) = divisor {
                alike.entry((divisor, most(item))).or_default().push(place);
            }
        }
        alike.into_iter().map(|((_, most), places)| (most, places)).collect()
    }

    /// Exact values of the items that are wanted as classes.
    fn coarser(&self, prints: &[Print], wanted: impl Fn(&ItemScore) -> bool) -> Vec<Print> {
        let coarser = |(item, print): (&ItemScore, &Print)| match print {
            Print::Exact if wanted(item) => {
                self.classes.of(most(item)).and_then(|classes| classes.class(given(item))).map_or(Print::Nothing, Print::Class)
            }
            other => *other,
        };
        self.items.iter().zip(prints).map(coarser).collect()
    }

    /// Whether each value that exchanging does not open could be another one; else the items whose value would be told.
    fn open(&self, prints: &[Print]) -> Result<(), Vec<usize>> {
        let search = Search { values: self, prints, index: self.index(), finest: self.finest(), steps: self.steps() };
        let fixed = self.alike().into_iter().filter(|(_, places)| places.len() == 1 || self.are_all_at_an_end(places));
        let fixed = fixed.flat_map(|(_, places)| places.into_iter().take(1));
        let told: Vec<usize> =
            fixed.filter(|place| !search.is_open(*place)).filter_map(|place| Some(self.items.get(place)?.item)).collect();
        if told.is_empty() { Ok(()) } else { Err(told) }
    }

    /// Whether nobody, or everybody, gave any of these: then there is nothing to exchange.
    fn are_all_at_an_end(&self, places: &[usize]) -> bool {
        let items = || places.iter().filter_map(|place| self.items.get(*place));
        items().all(|item| given(item) == 0) || items().all(|item| given(item) == most(item))
    }

    /// The index as it is printed.
    fn index(&self) -> Option<String> {
        overall(self.questionnaire, self.rule, self.items).value.map(|value: Held| value.to_fixed(2))
    }

    /// What one more of each item adds to the index, in percent.
    #[expect(clippy::cast_precision_loss, reason = "only where to look; what is found is reckoned exactly")]
    fn steps(&self) -> Vec<f64> {
        divisors(self.questionnaire, self.rule, self.items).into_iter().map(|divisor| 100.0 / divisor.unwrap_or(u128::MAX) as f64).collect()
    }
}

/// A search for another table that prints the same.
struct Search<'a> {
    values: &'a Values<'a>,
    prints: &'a [Print],
    index: Option<String>,
    finest: Vec<Print>,
    steps: Vec<f64>,
}

impl Search<'_> {
    /// Whether the value of an item can be moved, and one or two others with it, so that the same is printed.
    fn is_open(&self, place: usize) -> bool {
        let others = self.others(place);
        let moves = (1..=FAR).flat_map(|by| [by, -by]).filter(|by| self.has_room(place, *by));
        moves.into_iter().any(|by| {
            self.is_same(&[(place, by)])
                || others.iter().any(|other| self.is_same(&[(place, by), (*other, self.answer(*other, &[(place, by)]))]))
                || others.iter().enumerate().any(|(at, one)| {
                    let rest = others.iter().skip(at + 1);
                    rest.flat_map(|other| (1..=FAR).flat_map(move |step| [(*other, step), (*other, -step)])).any(|(other, step)| {
                        let two = [(place, by), (*one, step)];
                        self.has_room(*one, step) && self.is_same(&[two[0], two[1], (other, self.answer(other, &two))])
                    })
                })
        })
    }

    /// Items that can move a little without a trace, those with the finest steps first.
    fn others(&self, place: usize) -> Vec<usize> {
        let can_move = |other: &usize| *other != place && (self.has_room(*other, 1) || self.has_room(*other, -1));
        let mut others: Vec<usize> = (0..self.prints.len()).filter(can_move).collect();
        others.sort_by(|one, other| self.step(*one).total_cmp(&self.step(*other)));
        others.truncate(BESIDE);
        others
    }

    /// What one more that an item is given adds to the index.
    fn step(&self, place: usize) -> f64 {
        self.steps.get(place).copied().unwrap_or_default()
    }

    /// What moves add to the index, in percent, nearly.
    #[expect(clippy::cast_precision_loss, reason = "only where to look; what is found is reckoned exactly")]
    fn moved(&self, moves: &[(usize, i64)]) -> f64 {
        moves.iter().map(|(place, by)| self.step(*place) * *by as f64).sum()
    }

    /// How far an item has to move to make up for other moves, to the nearest whole.
    #[expect(clippy::cast_possible_truncation, reason = "only where to look; what is found is reckoned exactly")]
    fn answer(&self, place: usize, moves: &[(usize, i64)]) -> i64 {
        (-self.moved(moves) / self.step(place)).round() as i64
    }

    /// Whether a value can move so far inside what is printed of it.
    fn has_room(&self, place: usize, by: i64) -> bool {
        let Some((item, print)) = self.values.items.get(place).zip(self.prints.get(place)) else { return false };
        let (low, high) = match print {
            Print::Exact => return by == 0,
            Print::Class(class) => (class.low, class.high),
            Print::Nothing => (0, most(item)),
        };
        (i64::from(low)..=i64::from(high)).contains(&(i64::from(given(item)).saturating_add(by)))
    }

    /// Whether the table after these moves prints the same.
    fn is_same(&self, moves: &[(usize, i64)]) -> bool {
        if self.moved(moves).abs() > PRINTED || !moves.iter().all(|(place, by)| self.has_room(*place, *by)) {
            return false;
        }
        let mut items = self.values.items.to_vec();
        for (place, by) in moves {
            if let Some(item) = items.get_mut(*place) {
                item.given = item.given.saturating_add_signed(*by);
            }
        }
        let moved = Values { items: &items, ..*self.values };
        moved.index() == self.index && moved.finest() == self.finest
    }
}

/// What the answers to an item give together.
fn given(item: &ItemScore) -> u32 {
    u32::try_from(item.given).unwrap_or(u32::MAX)
}

/// The most that the answers to an item can give.
fn most(item: &ItemScore) -> u32 {
    item.valid.saturating_mul(item.most)
}

fn set(prints: &mut [Print], place: usize, class: Option<Class>) {
    if let (Some(print), Some(class)) = (prints.get_mut(place), class) {
        *print = Print::Class(class);
    }
}

#[cfg(test)]
mod tests;
