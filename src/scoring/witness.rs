//! Witness: whether what is printed leaves a protected count open, shown by another table that prints the same.
//!
//! **Exchangeable counts** are counts of one base whose sum may be known: the options of an item, or the values of items that weigh the
//! same in an index that is printed exactly. Each is printed as its class (see [`super::coarse`]). Moving one answer from a count to
//! another inside their classes prints the same, and is impossible only where every count is the lowest of its class, or every one the
//! highest. There the classes would tell all counts, and none is printed.
//!
//! Not printing tells that they are at such an end. Exchanging two of them that differ leaves that so, and where all are equal, taking one
//! from one and giving it to another has to leave it so: those tables are hidden too. Whether they are follows from classes and sum alone,
//! which no exchange changes; so a table and its witnesses are printed alike.

use super::coarse::{Class, Classes};

/// Whether counts of one base may be printed as classes beside their sum.
#[must_use]
pub fn exchangeable(counts: &[u32], classes: &Classes) -> bool {
    let Some(of) = counts.iter().map(|count| classes.class(*count)).collect::<Option<Vec<Class>>>() else { return false };
    let sum = |values: &mut dyn Iterator<Item = u32>| values.fold(0_u64, |sum, value| sum + u64::from(value));
    let (all, low, high) =
        (sum(&mut counts.iter().copied()), sum(&mut of.iter().map(|class| class.low)), sum(&mut of.iter().map(|class| class.high)));
    of.len() >= 2 && low < all && all < high && !is_beside_an_end(&of, all)
}

/// Whether one exchange leads to where all counts are equal and at an end of their class.
fn is_beside_an_end(of: &[Class], all: u64) -> bool {
    let Ok(size) = u64::try_from(of.len()) else { return false };
    let odd = |same: &Class| of.iter().filter(|class| class.place != same.place).collect::<Vec<_>>();
    of.iter().any(|same| match odd(same).as_slice() {
        [other] if other.place == same.place + 1 => all == size * u64::from(same.high),
        [other] if other.place + 1 == same.place => all == size * u64::from(same.low),
        _ => false,
    })
}
