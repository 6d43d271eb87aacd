//! Coarse: the classes in which a count of few sheets is printed, such as "from 80 to under 90 %".
//!
//! Bounds are tens of a percent, and lie as far from 0 as from 100. Of all such divisions the finest is taken in which every class holds
//! two counts, and one that holds a protected count (within `near` of nobody or of everybody) holds two of those. It follows from the
//! number of answers alone, so it says nothing about them.

/// The tens of a percent up to the middle; the others mirror them.
const TENS: [u32; 5] = [10, 20, 30, 40, 50];
const WHOLE: u32 = 100;

/// One class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Class {
    /// Its place, from below.
    pub place: usize,
    /// Percent from which it is.
    pub from: u32,
    /// Percent under which it is; 100 is in the highest class.
    pub below: u32,
    /// The lowest count in it.
    pub low: u32,
    /// The highest count in it.
    pub high: u32,
}

/// The classes of a count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Classes(Vec<Class>);

impl Classes {
    /// The finest classes of a count from 0 to `most`; none where even two would tell a protected count.
    #[must_use]
    pub fn of(most: u32, near: u32) -> Option<Self> {
        let divisions = (1..1_u32 << TENS.len()).map(|chosen| {
            let lower = TENS.into_iter().enumerate().filter(move |(place, _)| chosen >> place & 1 == 1).map(|(_, ten)| ten);
            let mut bounds: Vec<u32> = lower.clone().chain(lower.rev().map(|ten| WHOLE - ten)).collect();
            bounds.dedup();
            divide(&bounds, most)
        });
        // Of divisions equally fine, the one with more classes near the ends: that is where units differ.
        let mut fit = divisions.filter(|classes| classes.iter().all(|class| is_wide(class, most, near)));
        let first = fit.next()?;
        Some(Self(fit.fold(first, |best, other| if other.len() > best.len() { other } else { best })))
    }

    /// The class of a count.
    #[must_use]
    pub fn class(&self, count: u32) -> Option<Class> {
        self.0.iter().rev().find(|class| class.low <= count).copied()
    }
}

fn divide(bounds: &[u32], most: u32) -> Vec<Class> {
    let first = |percent: u32| u32::try_from((u64::from(percent) * u64::from(most)).div_ceil(u64::from(WHOLE))).unwrap_or(most);
    let ends = bounds.iter().copied().chain([WHOLE]);
    let class = |(place, (from, below)): (usize, (u32, u32))| {
        let high = if below == WHOLE { most } else { first(below).saturating_sub(1) };
        Class { place, from, below, low: first(from), high }
    };
    std::iter::once(0).chain(bounds.iter().copied()).zip(ends).enumerate().map(class).collect()
}

/// Whether a class holds two counts, and two protected ones if it holds any.
fn is_wide(class: &Class, most: u32, near: u32) -> bool {
    let protected = (class.low..=class.high).filter(|count| *count < near || count.saturating_add(near) > most).take(2).count();
    class.low < class.high && protected != 1
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(10, &[(0, 20), (20, 50), (50, 80), (80, 100)])]
    #[case(20, &[(0, 10), (10, 30), (30, 40), (40, 50), (50, 60), (60, 70), (70, 90), (90, 100)])]
    #[case(30, &[(0, 20), (20, 30), (30, 40), (40, 50), (50, 60), (60, 70), (70, 80), (80, 100)])]
    #[case(49, &[(0, 10), (10, 20), (20, 30), (30, 40), (40, 50), (50, 60), (60, 70), (70, 80), (80, 90), (90, 100)])]
    fn classes_are_as_fine_as_they_may_be(#[case] most: u32, #[case] expected: &[(u32, u32)]) {
        let classes: Vec<(u32, u32)> = Classes::of(most, 5).unwrap().0.iter().map(|class| (class.from, class.below)).collect();
        assert_eq!(classes, expected);
    }

    #[test]
    fn every_count_is_in_one_class_that_holds_two_protected_counts_or_none() {
        for most in 10..50 {
            let classes = Classes::of(most, 5).unwrap();
            let of: Vec<usize> = (0..=most).map(|count| classes.class(count).unwrap().place).collect();
            for (count, class) in (0..).zip(&of) {
                let Class { low, high, from, below, .. } = classes.class(count).unwrap();
                assert!((low..=high).contains(&count) && count * 100 >= from * most && (below == 100 || count * 100 < below * most));
                let protected = (0..).zip(&of).filter(|(other, place)| (*other < 5 || other + 5 > most) && *place == class).count();
                assert!(protected != 1, "{most}: {count} is in a class with one protected count");
            }
        }
    }
}
