//! Where a unit stands in the fields of its block: its ranks, by thirds of the units that have one.
//!
//! Of `n` units with a rank in a field, one with `a` units before it is at position `p = a + 1`, and in the third `⌈3·p / n⌉`: of 17 units
//! the first five are the top third, the sixth to eleventh the middle one, the twelfth to seventeenth the bottom one. Whoever is first is
//! in the top third however few there are. Units that share a rank share a position, so that no tie lies in two thirds, and dense ranks
//! are counted by units as others are. One unit alone stands nowhere, and so do
//! units that all share a rank.

use std::cmp::Ordering;

use super::{BlockRanking, Standing};

/// From so many units on a third holds two, and is called by its name; of fewer it is a rank under another word.
pub const THIRDS_FROM: usize = 6;

/// A third of the units of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Third {
    /// The best ones.
    Top,
    /// Those between.
    Middle,
    /// The last ones.
    Bottom,
}

/// Where a unit stands in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldPlace {
    /// The place of the field in the block.
    pub field: usize,
    /// The rank in it.
    pub rank: u32,
    /// The third that the rank lies in.
    pub third: Third,
    /// Whether no unit has a lower rank, and some a higher one.
    pub is_last: bool,
    /// Whether there are so many units that thirds are called by their names.
    pub has_thirds: bool,
}

/// Where a unit stands in each field that it has a rank in, the best rank first; equal ones in the order of the fields.
#[must_use]
pub fn field_places(block: &BlockRanking, standing: &Standing) -> Vec<FieldPlace> {
    let fields = standing.fields.iter().enumerate();
    let mut places: Vec<FieldPlace> = fields.filter_map(|(field, score)| place_in(block, field, score.rank?)).collect();
    places.sort_by_key(|place| place.rank);
    places
}

fn place_in(block: &BlockRanking, field: usize, rank: u32) -> Option<FieldPlace> {
    let standings = block.units.iter().filter_map(|unit| unit.standing.as_ref());
    let ranks: Vec<u32> = standings.filter_map(|standing| standing.fields.get(field)?.rank).collect();
    let (n, before) = (ranks.len(), ranks.iter().filter(|other| **other < rank).count());
    let is_last = before > 0 && ranks.iter().all(|other| *other <= rank);
    // Where all share a rank nobody stands before or behind anybody.
    let is_told = ranks.iter().any(|other| *other != rank);
    is_told.then(|| FieldPlace { field, rank, third: third(before + 1, n), is_last, has_thirds: n >= THIRDS_FROM })
}

/// The third of a position among so many units.
fn third(position: usize, n: usize) -> Third {
    match (position, (3 * position).cmp(&n), (3 * position).cmp(&(2 * n))) {
        (1, ..) | (_, Ordering::Less | Ordering::Equal, _) => Third::Top,
        (_, Ordering::Greater, Ordering::Less | Ordering::Equal) => Third::Middle,
        (_, Ordering::Greater, Ordering::Greater) => Third::Bottom,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many positions of `n` each third holds.
    fn held(n: usize) -> [usize; 3] {
        [Third::Top, Third::Middle, Third::Bottom].map(|wanted| (1..=n).filter(|position| third(*position, n) == wanted).count())
    }

    #[test]
    fn thirds_hold_as_many_positions_as_there_are_units() {
        assert_eq!([17, 13, 6].map(held), [[5, 6, 6], [4, 4, 5], [2, 2, 2]], "the article's blocks");
        assert_eq!([2, 3, 4, 5].map(held), [[1, 0, 1], [1, 1, 1], [1, 1, 2], [1, 2, 2]]);
        for n in 2..200 {
            let [top, middle, bottom] = held(n);
            assert!(top >= 1 && bottom >= 1 && top + middle + bottom == n && (n < 6 || bottom - top <= 1), "{n}: {top} {middle} {bottom}");
        }
    }
}
