//! Why an index changed: what each field, bonus and penalty added to it or took from it.
//!
//! An index is points out of a maximum, so a field changes it by its points. With `i` the index of a field and `m` its applicable maximum
//! this year, `i′` its index the year before, and `M` the sum of all `m`:
//!
//! ```text
//! share of a field = (i − i′) × m / M            percentage points of the index
//! ```
//!
//! A field of 30 of 100 points that fell from 90 % to 80 % took 10 × 30 / 100 = 3.00 from the index; one of 10 points that fell from
//! 90 % to 75 % took 1.50, though its own fall is the larger one. Where the maxima of both years are the same, `i × m` and `i′ × m` are
//! points of either year, and the shares of all fields add up to the change of the index without bonus and penalty.
//!
//! Where they are not, as when something stopped applying, each field is weighed as it is this year, and what is left is a cause of its
//! own: `(base − base′) − Σ shares` is what the change of the maxima did ([`CauseOf::Maxima`]).
//!
//! Bonus `b` and penalty `n` are in percent of the maximum of the index: `b / M − b′ / M′` and `n′ / M′ − n / M`. An index that was kept
//! inside 0 to 100 in one of the years does not tell one from the other, and both are one cause: `(index − base) − (index′ − base′)`.
//! Without the sums of the year before nothing of these is known but what they are this year.

use std::cmp::{Ordering, Reverse};

use super::{Before, Direction, Standing};
use crate::scoring::decimal::Held;

/// A change of a value: which way it went, and by how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shift {
    /// Which way.
    pub direction: Direction,
    /// By how much; 0 where it stayed.
    pub by: Held,
}

/// What changed an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CauseOf {
    /// A field, by its place in the block.
    Field(usize),
    /// Points that were added.
    Bonus,
    /// Points that were taken off.
    Penalty,
    /// Both together, where an index was kept inside 0 to 100.
    Adjustments,
    /// Maxima that are not those of the year before.
    Maxima,
}

/// One cause of a change, in percentage points of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IndexCause {
    /// What it is.
    pub of: CauseOf,
    /// What it did to the index.
    pub shift: Shift,
}

impl Shift {
    /// From one value to another.
    #[must_use]
    pub fn between(before: Held, now: Held) -> Self {
        match now.cmp(&before) {
            Ordering::Greater => Self { direction: Direction::Up, by: now.less(before) },
            Ordering::Equal => Self { direction: Direction::Level, by: Held::default() },
            Ordering::Less => Self { direction: Direction::Down, by: before.less(now) },
        }
    }

    /// One after the other.
    #[must_use]
    pub fn total(shifts: impl IntoIterator<Item = Self>) -> Self {
        let (mut up, mut down) = (Held::default(), Held::default());
        for shift in shifts {
            match shift.direction {
                Direction::Up => up = Held::total([up, shift.by]),
                Direction::Down => down = Held::total([down, shift.by]),
                Direction::Level => {}
            }
        }
        Self::between(down, up)
    }

    /// The same the other way.
    fn back(self) -> Self {
        let direction = match self.direction {
            Direction::Up => Direction::Down,
            Direction::Level => Direction::Level,
            Direction::Down => Direction::Up,
        };
        Self { direction, ..self }
    }
}

/// What changed the index of a unit since the year before, the largest share first; nothing of what did nothing.
#[must_use]
pub fn index_causes(standing: &Standing) -> Vec<IndexCause> {
    let Some(before) = &standing.before else { return Vec::new() };
    let fields = field_causes(standing, before);
    let others = [maxima(standing, before, &fields), adjustments(standing, before)].concat();
    let mut causes: Vec<IndexCause> = fields.into_iter().chain(others).collect();
    causes.retain(|cause| cause.shift.direction != Direction::Level);
    causes.sort_by_key(|cause| Reverse(cause.shift.by));
    causes
}

/// What bonus and penalty do to the index of this year by themselves: all that is known where nothing tells those of the year before.
#[must_use]
pub fn adjusted_now(standing: &Standing) -> Vec<IndexCause> {
    let known = standing.before.as_ref().is_some_and(|before| before.score.is_some());
    let Some(score) = standing.score.as_ref().filter(|score| !known && !score.clamped) else { return Vec::new() };
    let percent = |points: Held| Shift::between(Held::default(), points.percent_of(score.maximum).unwrap_or_default());
    let both = [(CauseOf::Bonus, percent(score.bonus)), (CauseOf::Penalty, percent(score.penalty).back())];
    both.into_iter().filter(|(_, shift)| shift.direction != Direction::Level).map(|(of, shift)| IndexCause { of, shift }).collect()
}

/// The shares of the fields that have an index in both years.
fn field_causes(standing: &Standing, before: &Before) -> Vec<IndexCause> {
    let whole = Held::total(standing.fields.iter().filter_map(|field| field.maximum));
    let share = |(place, field): (usize, &super::FieldScore)| {
        let change = Shift::between(before.fields.get(place).copied().flatten()?, field.index?);
        let by = change.by.part(field.maximum?, whole)?;
        Some(IndexCause { of: CauseOf::Field(place), shift: Shift { by, ..change } })
    };
    standing.fields.iter().enumerate().filter_map(share).collect()
}

/// What is left of the change of the index without bonus and penalty.
fn maxima(standing: &Standing, before: &Before, fields: &[IndexCause]) -> Vec<IndexCause> {
    let (Some(now), Some(then)) = (&standing.score, &before.score) else { return Vec::new() };
    let base = Shift::between(then.base_index, now.base_index);
    let left = Shift::total(fields.iter().map(|cause| cause.shift.back()).chain([base]));
    vec![IndexCause { of: CauseOf::Maxima, shift: left }]
}

fn adjustments(standing: &Standing, before: &Before) -> Vec<IndexCause> {
    let (Some(now), Some(then)) = (&standing.score, &before.score) else { return Vec::new() };
    if now.clamped || then.clamped {
        let (Some(index), Some(index_before)) = (standing.index, before.index) else { return Vec::new() };
        let shift = Shift::total([Shift::between(now.base_index, index), Shift::between(index_before, then.base_index)]);
        return vec![IndexCause { of: CauseOf::Adjustments, shift }];
    }
    let percent = |points: Held, maximum: Held| points.percent_of(maximum).unwrap_or_default();
    let bonus = Shift::between(percent(then.bonus, then.maximum), percent(now.bonus, now.maximum));
    let penalty = Shift::between(percent(then.penalty, then.maximum), percent(now.penalty, now.maximum)).back();
    vec![IndexCause { of: CauseOf::Bonus, shift: bonus }, IndexCause { of: CauseOf::Penalty, shift: penalty }]
}
