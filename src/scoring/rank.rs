//! Ranks: the highest held value first, equal values share a rank.
//!
//! Competition ranking leaves out as many ranks as are shared (1, 1, 3), dense ranking none (1, 1, 2). Values are compared as they are
//! held, at 12 decimals: what prints the same need not be the same (`domain/par.md`, "Ranking": Quảng Nam 2019 printed 93.03 twice, as
//! ranks 3 and 4).

use crate::scheme::TieRule;

/// The rank of each value, from 1; a tuple compares by its first part, then by the next.
#[must_use]
pub fn ranks<V: Ord>(values: &[V], rule: TieRule) -> Vec<u32> {
    let mut order: Vec<&V> = values.iter().collect();
    order.sort_unstable_by(|one, other| other.cmp(one));
    if rule == TieRule::Dense {
        order.dedup();
    }
    let above = |value: &V| order.partition_point(|other| *other > value);
    values.iter().map(|value| u32::try_from(above(value)).unwrap_or(u32::MAX).saturating_add(1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_share_a_rank() {
        assert_eq!(ranks(&[90, 95, 90, 80, 95], TieRule::Competition), [3, 1, 3, 5, 1]);
        assert_eq!(ranks(&[90, 95, 90, 80, 95], TieRule::Dense), [2, 1, 2, 3, 1]);
        assert_eq!(ranks::<u32>(&[], TieRule::Competition), Vec::<u32>::new());
    }

    #[test]
    fn a_second_value_decides_between_equal_ones() {
        assert_eq!(ranks(&[(90, 1), (90, 2), (95, 0)], TieRule::Competition), [3, 2, 1]);
    }
}
