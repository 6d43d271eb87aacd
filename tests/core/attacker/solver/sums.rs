//! Sums: whole numbers that nobody printed, the sums of them that follow from what was printed, and the bounds that these leave each.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// No bound of a sum.
const FREE: i128 = i128::MAX / 2;
/// How often each sum is looked at before bounds are taken as they are: they only get tighter, so what is left open is left open.
const ROUNDS: usize = 60;

/// The place of a number that is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Unknown(pub(super) usize);

/// The least and the most that a number can be.
pub(super) type Bounds = (i128, i128);

/// `low ≤ Σ factor × number ≤ high`.
#[derive(Debug, Clone)]
pub(super) struct Sum {
    pub(super) terms: Vec<(usize, i128)>,
    pub(super) low: i128,
    pub(super) high: i128,
}

/// Numbers, and what is known of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Sums {
    pub(super) bounds: Vec<Bounds>,
    pub(super) all: Vec<Sum>,
    /// The sums that each number is in.
    pub(super) of: Vec<Vec<usize>>,
    /// The only values of some.
    pub(super) allowed: BTreeMap<usize, BTreeSet<i128>>,
    /// Of these numbers one at least is at most that.
    pub(super) small: Vec<(Vec<usize>, i128)>,
}

impl Sums {
    pub(super) fn unknown(&mut self, (low, high): Bounds) -> Unknown {
        self.bounds.push((low, high));
        self.of.push(Vec::new());
        Unknown(self.bounds.len() - 1)
    }

    pub(super) fn between(&mut self, terms: &[(Unknown, i128)], (low, high): Bounds) {
        let mut by_place: BTreeMap<usize, i128> = BTreeMap::new();
        for (unknown, factor) in terms {
            *by_place.entry(unknown.0).or_default() += factor;
        }
        // Whole numbers: what all factors share is in the sum as well.
        let shared = by_place.values().fold(0, |shared, factor| divisor(shared, factor.abs())).max(1);
        let (low, high) = (-(-low).div_euclid(shared), high.div_euclid(shared));
        let terms: Vec<(usize, i128)> =
            by_place.into_iter().filter(|(_, factor)| *factor != 0).map(|(place, factor)| (place, factor / shared)).collect();
        for (place, _) in &terms {
            self.of[*place].push(self.all.len());
        }
        self.all.push(Sum { terms, low, high });
    }

    pub(super) fn at_least(&mut self, terms: &[(Unknown, i128)], low: i128) {
        self.between(terms, (low, FREE));
    }

    pub(super) fn at_most(&mut self, terms: &[(Unknown, i128)], high: i128) {
        self.between(terms, (-FREE, high));
    }

    /// `whole = Σ parts`.
    pub(super) fn adds_up(&mut self, whole: Unknown, parts: impl IntoIterator<Item = Unknown>) {
        let terms: Vec<(Unknown, i128)> = parts.into_iter().map(|part| (part, 1)).chain([(whole, -1)]).collect();
        self.between(&terms, (0, 0));
    }

    /// Takes away what a number cannot be.
    pub(super) fn within(&mut self, unknown: Unknown, (low, high): Bounds) {
        let bounds = &mut self.bounds[unknown.0];
        *bounds = (bounds.0.max(low), bounds.1.min(high));
    }

    /// Leaves a number these values only; without any, nothing satisfies these sums.
    pub(super) fn only(&mut self, unknown: Unknown, values: &BTreeSet<i128>) {
        let kept = self.allowed.entry(unknown.0).or_insert_with(|| values.clone());
        kept.retain(|value| values.contains(value));
        if let (Some(first), Some(last)) = (values.first(), values.last()) {
            self.within(unknown, (*first, *last));
        } else {
            self.between(&[], (1, 1));
        }
    }

    /// The value of a number, once it has only one.
    pub(super) fn value(&self, unknown: Unknown) -> Option<i128> {
        let (low, high) = self.bounds[unknown.0];
        (low == high).then_some(low)
    }

    /// Whether these numbers may have these values, as far as sums say; all others are settled but for those from a place on.
    pub(super) fn may_be(&self, values: &[(Unknown, i128)], from: usize) -> bool {
        let mut bounds = self.bounds.clone();
        for (unknown, value) in values {
            bounds[unknown.0] = (*value, *value);
        }
        let changed: BTreeSet<usize> =
            values.iter().flat_map(|(unknown, _)| self.of[unknown.0].clone()).chain(from..self.all.len()).collect();
        self.settled(&mut bounds, changed)
    }

    /// Takes back all sums from a place on.
    pub(super) fn forget(&mut self, from: usize) {
        for sum in self.all.drain(from..) {
            sum.terms.iter().for_each(|(place, _)| self.of[*place].retain(|at| *at < from));
        }
    }

    /// Tightens all bounds as far as sums alone do; false where nothing satisfies them.
    pub(super) fn settle(&mut self) -> bool {
        let mut bounds = std::mem::take(&mut self.bounds);
        let possible = self.settled(&mut bounds, 0..self.all.len());
        self.bounds = bounds;
        possible
    }

    /// The same for other bounds, of which those in these sums have changed.
    pub(super) fn settled(&self, bounds: &mut [Bounds], changed: impl IntoIterator<Item = usize>) -> bool {
        let mut waiting = vec![false; self.all.len()];
        let mut queue: VecDeque<usize> = changed.into_iter().inspect(|sum| waiting[*sum] = true).collect();
        let mut left = ROUNDS * self.all.len().max(100);
        while let Some(sum) = queue.pop_front() {
            waiting[sum] = false;
            let Some(moved) = self.tightened(&self.all[sum], bounds) else { return false };
            left = left.saturating_sub(1);
            if left == 0 {
                return true;
            }
            for next in moved.into_iter().flat_map(|place| &self.of[place]) {
                if !std::mem::replace(&mut waiting[*next], true) {
                    queue.push_back(*next);
                }
            }
        }
        self.small.iter().all(|(places, most)| places.iter().any(|place| bounds[*place].0 <= *most))
    }

    /// Tightens the bounds of the numbers of a sum, and says which; none where nothing satisfies it.
    fn tightened(&self, sum: &Sum, bounds: &mut [Bounds]) -> Option<Vec<usize>> {
        let ends = |(place, factor): &(usize, i128), bounds: &[Bounds]| {
            let (low, high) = bounds[*place];
            if *factor > 0 { (factor * low, factor * high) } else { (factor * high, factor * low) }
        };
        let (least, most) = sum.terms.iter().fold((0, 0), |(least, most), term| {
            let (low, high) = ends(term, bounds);
            (least + low, most + high)
        });
        if sum.low > sum.high || least > sum.high || most < sum.low {
            return None;
        }
        let mut moved = Vec::new();
        for term @ (place, factor) in &sum.terms {
            let (low, high) = ends(term, bounds);
            // What the others leave for `factor × number`.
            let (from, to) = (sum.low - (most - high), sum.high - (least - low));
            let size = factor.abs();
            let (from, to) = if *factor > 0 { (from, to) } else { (-to, -from) };
            let (before, allowed) = (bounds[*place], self.allowed.get(place));
            let mut after = (before.0.max(-((-from).div_euclid(size))), before.1.min(to.div_euclid(size)));
            if let Some(allowed) = allowed {
                after = (*allowed.range(after.0..).next()?, *allowed.range(..=after.1).next_back()?);
            }
            if after.0 > after.1 {
                return None;
            }
            if after != before {
                bounds[*place] = after;
                moved.push(*place);
            }
        }
        Some(moved)
    }
}

/// The greatest number that divides both.
pub(super) fn divisor(one: i128, other: i128) -> i128 {
    if other == 0 { one } else { divisor(other, one % other) }
}
