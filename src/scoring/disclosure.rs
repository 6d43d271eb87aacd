//! Disclosure: what may be printed. The rule text is `design/anonymity.md`, "Output".
//!
//! A value is printed only as a [`Shown`], and only this module makes one, in `Floor::pass`; nothing else can be printed.
//! The one exception is reading a frozen snapshot back: its values were shown when it was made.
//!
//! | printed | from | how |
//! |---|---|---|
//! | a figure of any kind, a count of sheets | the floor, at least 10 | |
//! | index of a factor, a content or the whole; points | the floor | two decimals |
//! | value of an item, share of an option | the floor | whole percents; two decimals from 200 |
//! | the same near 0 or 100 | under 50 | "≤ 5 %", "≥ 95 %"; under 20 "≤ 10 %", "≥ 90 %" |
//! | how many chose an option, fractions, values held at 12 decimals | 50 | |
//!
//! The numbers are valid answers to the item; for an index of several items, the fewest to any of them. An index with one item is printed
//! like that item. "≥ 95 %" means nothing under 20 sheets, because 19 of 20 is the nearest neighbour of 20 of 20: there the bound is 90.

use serde::{Deserialize, Serialize};

use super::component;
use super::decimal::Held;
use super::index::{ItemScore, Score};
use super::officials::{self, Ratings};
pub use super::percent::{Bound, Percent};
use crate::survey::FLOOR;

/// From here counts, fractions and held values are printed, and shares near 0 and 100 as they are.
pub const COUNTS_FROM: u32 = 50;
/// From here shares carry two decimals.
pub const DECIMALS_FROM: u32 = 200;

/// A value that may be printed.
///
/// It can be read from a snapshot; nothing but this module can make one otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Shown<T>(T);

impl<T> Shown<T> {
    /// The value.
    pub fn get(&self) -> &T {
        &self.0
    }

    /// The same value in another type: one that was read from a frozen snapshot becomes what is printed from today.
    #[must_use]
    pub fn turned<U: From<T>>(self) -> Shown<U> {
        Shown(U::from(self.0))
    }
}

/// The least number of valid sheets behind a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Floor(u32);

/// How large a part is, and how many chose it where that may be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// The part in percent.
    pub percent: Percent,
    /// How many sheets; none under 50.
    pub count: Option<u32>,
}

/// A value in percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// As it is printed.
    pub percent: Percent,
    /// As it is held; none under 50.
    pub held: Option<Held>,
}

/// Points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Points {
    /// Two decimals with a point: `9.12`.
    pub printed: String,
    /// As they are held; none under 50.
    pub held: Option<Held>,
}

/// The fraction an item's value is made of: `100 × given / of`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fraction {
    /// Satisfied answers, or the sum of levels.
    pub given: u64,
    /// The most it could be: valid answers times what one answer can give.
    pub of: u64,
}

impl Floor {
    /// The floor of a definition: what it asks for, but never less than 10.
    #[must_use]
    pub fn of(least_sheets: u32) -> Self {
        Self(least_sheets.max(FLOOR))
    }

    /// The number of sheets.
    #[must_use]
    pub fn sheets(self) -> u32 {
        self.0
    }

    /// The only place where a value becomes one that may be printed.
    fn pass<T>(may: bool, value: T) -> Option<Shown<T>> {
        may.then_some(Shown(value))
    }

    /// Passes what [`super::masking`] found safe beside its neighbours.
    pub(super) fn masked<T>(safe: bool, value: T) -> Option<Shown<T>> {
        Self::pass(safe, value)
    }

    /// A number of sheets; none under the floor, and none for no sheets either.
    #[must_use]
    pub fn count(self, sheets: u32) -> Option<Shown<u32>> {
        Self::pass(sheets >= self.0, sheets)
    }

    /// The part of `base` sheets that chose something; none when the base is under the floor.
    #[must_use]
    pub fn share(self, part: u32, base: u32) -> Option<Shown<Share>> {
        let percent = Percent::of_item(Percent::exact(part, base)?, base);
        Self::pass(base >= self.0, Share { percent, count: (base >= COUNTS_FROM).then_some(part) })
    }

    /// The value of an item.
    #[must_use]
    pub fn item(self, score: &ItemScore) -> Option<Shown<Figure>> {
        self.value(score.value(), score.valid, true)
    }

    /// The fraction behind the value of an item, from 50 answers.
    #[must_use]
    pub fn fraction(self, score: &ItemScore) -> Option<Shown<Fraction>> {
        let of = u64::from(score.valid) * u64::from(score.most);
        Self::pass(score.valid >= self.0.max(COUNTS_FROM), Fraction { given: score.given, of })
    }

    /// The index of a factor, a content or the whole.
    #[must_use]
    pub fn index(self, score: &Score) -> Option<Shown<Figure>> {
        self.value(score.value?, score.fewest, score.used < 2)
    }

    /// The satisfaction component. None where the index is printed in whole percents: points would print its decimals.
    #[must_use]
    pub fn points(self, maximum_hundredths: u32, index: &Score) -> Option<Shown<Points>> {
        let points = component::points(maximum_hundredths, self.exact(index)?);
        let held = (index.fewest >= COUNTS_FROM).then_some(points);
        Self::pass(true, Points { printed: points.to_fixed(2), held })
    }

    /// Points of ratings by so many sheets.
    pub(super) fn rated(self, points: Held, sheets: u32) -> Option<Shown<Points>> {
        let held = (sheets >= COUNTS_FROM).then_some(points);
        Self::pass(sheets >= self.0, Points { printed: points.to_fixed(2), held })
    }

    /// The part of the maximum that the ratings of a group give.
    pub(super) fn rating(self, ratings: &Ratings) -> Option<Shown<Figure>> {
        self.value(officials::share(ratings)?, ratings.sheets, true)
    }

    /// The part of `base` answers, given on so many sheets: the sheets decide how exactly it is printed.
    pub(super) fn share_of_answers(self, part: u32, base: u32, sheets: u32) -> Option<Shown<Share>> {
        let percent = Percent::of_item(Percent::exact(part, base)?, sheets);
        Self::pass(sheets >= self.0, Share { percent, count: (sheets >= COUNTS_FROM).then_some(part) })
    }

    /// The value of an index that is printed with two decimals.
    #[must_use]
    pub fn exact(self, index: &Score) -> Option<Held> {
        self.index(index).filter(|figure| !figure.get().percent.is_coarse()).and(index.value)
    }

    /// The mean of values each of which is printed with two decimals; none of none.
    pub(super) fn mean(values: &[Held]) -> Option<Shown<String>> {
        Self::pass(true, Held::mean_of(values)?.to_fixed(2))
    }

    fn value(self, value: Held, valid: u32, like_item: bool) -> Option<Shown<Figure>> {
        let percent = if like_item { Percent::of_item(value, valid) } else { Percent::two_decimals(value) };
        Self::pass(valid >= self.0, Figure { percent, held: (valid >= COUNTS_FROM).then_some(value) })
    }
}
