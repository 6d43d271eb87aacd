//! What changed in a block and why: who rose and fell, which fields made it, and criteria of weight that gave nothing.
//!
//! `change = previous rank − current rank`, from the frozen round before (`domain/par.md`, "Ranking, bands, change").

use std::cmp::{Ordering, Reverse};

use super::{BlockRanking, CellState, RankedUnit, Standing};
use crate::scoring::decimal::Held;

/// From this percentage of its maximum a field is called near it. The article this form follows calls 95.35 % high and 96.07 % near
/// (`seeds/002_e46b6e7363b7364d.txt`).
pub const NEAR_PERCENT: u32 = 95;

/// A criterion of at least so many hundredths of a point is a large one: the article's examples give 1 and 1.5
/// (`par-criterion-examples.csv`).
pub const LARGE_HUNDREDTHS: u32 = 100;

/// Where a rank or an index went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// It is better.
    Up,
    /// It is the same.
    Level,
    /// It is worse.
    Down,
}

/// How the units of a block moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement<'b> {
    /// Units that rose, the highest rank first.
    pub up: Vec<&'b RankedUnit>,
    /// Units that kept their rank.
    pub level: Vec<&'b RankedUnit>,
    /// Units that fell.
    pub down: Vec<&'b RankedUnit>,
    /// Units without a rank before.
    pub new: Vec<&'b RankedUnit>,
}

/// What the fields of a unit reached, and how that compares with the year before. Places are those of the block's fields.
///
/// Which are near their maximum is decided by what is printed, so that none is printed as 100.00 beside the words "under 100".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MoveCause {
    /// Fields with an index this year and the year before.
    pub compared: usize,
    /// Fields whose index is higher than the year before.
    pub rose: Vec<usize>,
    /// Fields whose index is lower.
    pub fell: Vec<usize>,
    /// Fields at their maximum.
    pub full: Vec<usize>,
    /// Fields not at their maximum that are printed as if they were.
    pub almost: Vec<usize>,
    /// Fields that are printed as near their maximum, but not at it.
    pub near: Vec<usize>,
}

/// From one rank to another.
pub(super) fn change(before: u32, now: u32) -> (Direction, u32) {
    match before.cmp(&now) {
        Ordering::Greater => (Direction::Up, before - now),
        Ordering::Equal => (Direction::Level, 0),
        Ordering::Less => (Direction::Down, now - before),
    }
}

impl<'b> Movement<'b> {
    /// How the units of a block moved.
    #[must_use]
    pub fn of(block: &'b BlockRanking) -> Self {
        let mut movement = Self { up: Vec::new(), level: Vec::new(), down: Vec::new(), new: Vec::new() };
        for (unit, standing) in block.ranked() {
            match standing.change() {
                Some((Direction::Up, _)) => movement.up.push(unit),
                Some((Direction::Level, _)) => movement.level.push(unit),
                Some((Direction::Down, _)) => movement.down.push(unit),
                None => movement.new.push(unit),
            }
        }
        movement
    }

    /// Units that rose most; several where they rose alike.
    #[must_use]
    pub fn biggest_rise(&self) -> Vec<&'b RankedUnit> {
        most(&self.up)
    }

    /// Units that fell most; several where they fell alike.
    #[must_use]
    pub fn biggest_fall(&self) -> Vec<&'b RankedUnit> {
        most(&self.down)
    }
}

fn most<'b>(units: &[&'b RankedUnit]) -> Vec<&'b RankedUnit> {
    let by = |unit: &RankedUnit| unit.standing.as_ref().and_then(Standing::change).map_or(0, |(_, by)| by);
    let most = units.iter().map(|unit| by(unit)).max();
    units.iter().filter(|unit| Some(by(unit)) == most).copied().collect()
}

impl MoveCause {
    /// Why a unit moved.
    #[must_use]
    pub fn of(standing: &Standing) -> Self {
        let mut cause = Self::default();
        let (whole, near) = (Held::from_hundredths(10_000), u128::from(NEAR_PERCENT) * 100);
        for (place, field) in standing.fields.iter().enumerate() {
            let Some(now) = field.index else { continue };
            let before = standing.before.as_ref().and_then(|before| before.fields.get(place).copied().flatten());
            if let Some(before) = before {
                cause.compared += 1;
                match now.cmp(&before) {
                    Ordering::Greater => cause.rose.push(place),
                    Ordering::Less => cause.fell.push(place),
                    Ordering::Equal => {}
                }
            }
            match now.steps(2) {
                _ if now >= whole => cause.full.push(place),
                10_000.. => cause.almost.push(place),
                printed if printed >= near => cause.near.push(place),
                _ => {}
            }
        }
        cause
    }
}

/// Whether a leaf with a large maximum gave a unit nothing.
fn is_zero(block: &BlockRanking, unit: &RankedUnit, place: usize) -> bool {
    let (Some(leaf), Some(cell)) = (block.leaves.get(place), unit.cells.get(place)) else { return false };
    let large = leaf.maximum >= Held::from_hundredths(LARGE_HUNDREDTHS) && !leaf.is_adjustment();
    large && (cell.state == CellState::Missing || cell.points == Some(Held::default()))
}

/// Places of leaves with a large maximum that gave a unit nothing, the largest first.
#[must_use]
pub fn zeroes_of(block: &BlockRanking, unit: &RankedUnit) -> Vec<usize> {
    let mut places: Vec<usize> = (0..block.leaves.len()).filter(|place| is_zero(block, unit, *place)).collect();
    places.sort_by_key(|place| Reverse(block.leaves.get(*place).map(|leaf| leaf.maximum)));
    places
}

/// Criteria with a large maximum that gave some units nothing: the place of the leaf, and these units, those in the ranking of the block
/// first and in its order.
#[must_use]
pub fn zeroes(block: &BlockRanking) -> Vec<(usize, Vec<&RankedUnit>)> {
    let listed = block.ranked().into_iter().chain(block.ranked_apart()).map(|(unit, _)| unit);
    let scored: Vec<&RankedUnit> = listed.chain(block.scored().filter(|unit| unit.standing.is_none())).collect();
    let units = |place: usize| scored.iter().copied().filter(|unit| is_zero(block, unit, place)).collect::<Vec<_>>();
    (0..block.leaves.len()).map(|place| (place, units(place))).filter(|(_, units)| !units.is_empty()).collect()
}
