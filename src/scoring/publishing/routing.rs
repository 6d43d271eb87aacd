//! Questions that lead to other questions: whoever was asked further has answered so before, so that the numbers of one say something of
//! the other.
//!
//! An item is *not told* where it has fewer answers than the floor, or where any question before it, also by way of others, has few: then
//! whatever it has, because as many answers as there would tell that everybody chose one option.
//!
//! * Nothing is printed of an item before which any question has few answers, nor of one whose number would bound that of an item that is
//!   not told ([`Routing::tells`]), nor of any that follows such a one; they are in no index. A question after a hidden one would say how
//!   many were asked the hidden one at least.
//! * The options of a question that leads on are not printed where it has few answers, or where it leads to an item that is not told or
//!   hidden: how many chose them would bound how few answered it.
//!
//! What is hidden follows from whether an item is told, never from how few answered one that is not, so that it says nothing of that. Each
//! rule but one closes a leak that an attack found: the smallest input of each is in `tests/core/attacker/asked.rs` and `further.rs`, all
//! tables of small questionnaires that lead on in `routes.rs`. The one is that options that lead to a hidden item are hidden with it: no
//! table is known that they tell.
//!
//! Where an item that is not told follows several questions that everybody is asked, nothing is printed of any of these but the first,
//! although it may have many answers. To leave out its blanks would not do: of 120 sheets, 60 and 61 answers say as well that one sheet has
//! both, and of 97 so do two numbers in the class to 49. Nor would it do to leave out only numbers that say so: that they are missing would
//! say it.
//!
//! No question of an index leads on (`D058`); in texts that were accepted before, it leaves the index where its options are not printed.

use crate::scoring::counts::{Counts, ItemCounts};
use crate::scoring::thresholds::Thresholds;
use crate::survey::routing::Routing;

/// What is not printed of a unit because of what leads to what.
#[derive(Debug)]
pub(super) struct Hidden {
    /// One entry an item: whether nothing of it is printed.
    items: Vec<bool>,
    /// One entry an item: whether its options are not printed.
    options: Vec<bool>,
}

impl Hidden {
    /// That of the counts of a unit.
    pub(super) fn of(routing: &Routing, thresholds: Thresholds, counts: &Counts) -> Self {
        let valid = |place: usize| counts.items.get(place).map_or(0, |item| item.valid);
        let follows_few = |place: usize| routing.before(place).any(|before| thresholds.few(valid(before)));
        let not_told: Vec<usize> = routing.items().filter(|place| valid(*place) < thresholds.floor || follows_few(*place)).collect();
        let tells = |place: usize| not_told.iter().any(|other| routing.tells(place, *other));
        let is_hidden = |place: usize| follows_few(place) || tells(place) || routing.before(place).any(tells);
        let items: Vec<bool> = routing.places().map(is_hidden).collect();
        let hides = |next: usize| not_told.contains(&next) || is_true(&items, next);
        let options = routing.places().map(|place| routing.after(place).any(|next| thresholds.few(valid(place)) || hides(next))).collect();
        Self { items, options }
    }

    /// Whether nothing of an item is printed.
    pub(super) fn item(&self, place: usize) -> bool {
        is_true(&self.items, place)
    }

    /// Whether the options of an item are not printed.
    pub(super) fn options(&self, place: usize) -> bool {
        is_true(&self.options, place)
    }

    /// Counts of what may be in an index: neither whether there is an index nor its value tells who was asked what is hidden, or how many
    /// chose an option that is.
    pub(super) fn of_the_index(&self, counts: &Counts) -> Counts {
        let leaves = |place: usize| self.item(place) || self.options(place);
        let told = |(place, item): (usize, &ItemCounts)| if leaves(place) { ItemCounts::default() } else { item.clone() };
        Counts { sheets: counts.sheets, items: counts.items.iter().enumerate().map(told).collect() }
    }
}

fn is_true(all: &[bool], place: usize) -> bool {
    all.get(place).copied().unwrap_or(false)
}
