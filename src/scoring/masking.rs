//! Masking: which counts of a printed total may be printed beside it.
//!
//! **One total.** A count from 1 to the floor is hidden. If one is, the next smallest are hidden too, equal ones together, until the hidden
//! ones are at least two, hold at least the floor, and are not all equal. A zero is printed, unless every other count is hidden.
//! So whoever knows the total, the printed counts and this rule cannot say what any hidden count is: exchanging two hidden counts that
//! differ gives another table with the same print, because the rule looks at values and never at places.
//!
//! **Units crossed with modes or groups.** A unit prints all its counts or none. Units that print none are one pool of at least two units;
//! the total of a mode is the printed units' counts plus the pool's, printed only where the pool's count survives the rule for one total.
//! So subtracting units from totals leads to the pool and no further.

use super::disclosure::{Floor, Shown};

/// Counts of units crossed with modes or groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crossed {
    /// The counts of each unit; none for a unit in the pool.
    pub units: Vec<Option<Vec<Shown<u32>>>>,
    /// Totals over all units.
    pub totals: Vec<Option<Shown<u32>>>,
}

/// The counts of one printed total.
#[must_use]
pub fn table(cells: &[u32], floor: Floor) -> Vec<Option<Shown<u32>>> {
    let hidden = hidden(cells, floor);
    cells.iter().zip(hidden).map(|(cell, hidden)| Floor::masked(!hidden, *cell)).collect()
}

/// Counts of units, whose own totals are printed, crossed with modes or groups.
#[must_use]
pub fn crossed(rows: &[Vec<u32>], floor: Floor) -> Crossed {
    let pool = pool(rows, floor);
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let sum = |column: usize, pooled: bool| {
        let cells = rows.iter().zip(&pool).filter(|(_, inside)| **inside == pooled).filter_map(|(row, _)| row.get(column));
        cells.fold(0_u32, |sum, cell| sum.saturating_add(*cell))
    };
    let pooled: Vec<u32> = (0..columns).map(|column| sum(column, true)).collect();
    let safe = hidden(&pooled, floor).into_iter().map(|hidden| !hidden);
    let total = |column: usize| sum(column, false).saturating_add(sum(column, true));
    Crossed {
        units: rows.iter().zip(&pool).map(|(row, pooled)| whole(row, !pooled)).collect(),
        totals: (0..columns).zip(safe).map(|(column, safe)| Floor::masked(safe, total(column))).collect(),
    }
}

fn whole(row: &[u32], safe: bool) -> Option<Vec<Shown<u32>>> {
    row.iter().map(|cell| Floor::masked(safe, *cell)).collect()
}

/// Which units print no counts: those that would have to hide one, and the smallest other unit where they are but one.
fn pool(rows: &[Vec<u32>], floor: Floor) -> Vec<bool> {
    let mut pool: Vec<bool> = rows.iter().map(|row| hidden(row, floor).contains(&true)).collect();
    if pool.iter().filter(|pooled| **pooled).count() == 1 {
        let printed = rows.iter().zip(&mut pool).filter(|(_, pooled)| !**pooled);
        if let Some((_, next)) = printed.min_by_key(|(row, _)| row.iter().fold(0_u32, |sum, cell| sum.saturating_add(*cell))) {
            *next = true;
        }
    }
    pool
}

/// Which counts of one total are hidden.
fn hidden(cells: &[u32], floor: Floor) -> Vec<bool> {
    let mut sizes: Vec<u32> = cells.iter().copied().filter(|cell| *cell > 0).collect();
    sizes.sort_unstable();
    let limit = limit(&sizes, floor);
    // With everything else hidden a printed zero would narrow what the others can be.
    let zeros_too = limit > 0 && sizes.last().is_some_and(|largest| *largest <= limit);
    cells.iter().map(|cell| *cell <= limit && (*cell > 0 || zeros_too)).collect()
}

/// The largest count that is hidden, for counts in order; 0 where none is.
fn limit(sizes: &[u32], floor: Floor) -> u32 {
    let (mut largest, mut total) = (0_u32, 0_u32);
    for size in sizes {
        // Counts that differ are at least two.
        let differ = sizes.first() != Some(&largest);
        let safe = largest == 0 || (total >= floor.sheets() && differ);
        if *size >= floor.sheets() && safe {
            break;
        }
        (largest, total) = (*size, total.saturating_add(*size));
    }
    largest
}
