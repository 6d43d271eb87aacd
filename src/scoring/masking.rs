//! Masking: which counts of a printed total may be printed beside it: what respondents of a round said about themselves.
//!
//! A count from 1 to the floor is hidden. If one is, the next smallest are hidden too, equal ones together, until the hidden
//! ones are at least two, hold at least the floor, and are not all equal. A zero is printed, unless every other count is hidden.
//! So whoever knows the total, the printed counts and this rule cannot say what any hidden count is: exchanging two hidden counts that
//! differ gives another table with the same print, because the rule looks at values and never at places.

use super::disclosure::Shown;
use super::thresholds::Thresholds;

/// The counts of one printed total.
#[must_use]
pub fn table(cells: &[u32], thresholds: Thresholds) -> Vec<Option<Shown<u32>>> {
    let hidden = hidden(cells, thresholds);
    cells.iter().zip(hidden).map(|(cell, hidden)| Thresholds::masked(!hidden, *cell)).collect()
}

/// Which counts of one total are hidden.
fn hidden(cells: &[u32], thresholds: Thresholds) -> Vec<bool> {
    let mut sizes: Vec<u32> = cells.iter().copied().filter(|cell| *cell > 0).collect();
    sizes.sort_unstable();
    let limit = limit(&sizes, thresholds);
    // With everything else hidden a printed zero would narrow what the others can be.
    let zeros_too = limit > 0 && sizes.last().is_some_and(|largest| *largest <= limit);
    cells.iter().map(|cell| *cell <= limit && (*cell > 0 || zeros_too)).collect()
}

/// The largest count that is hidden, for counts in order; 0 where none is.
fn limit(sizes: &[u32], thresholds: Thresholds) -> u32 {
    let (mut largest, mut total) = (0_u32, 0_u32);
    for size in sizes {
        // Counts that differ are at least two.
        let differ = sizes.first() != Some(&largest);
        let safe = largest == 0 || (total >= thresholds.floor && differ);
        if *size >= thresholds.floor && safe {
            break;
        }
        (largest, total) = (*size, total.saturating_add(*size));
    }
    largest
}
