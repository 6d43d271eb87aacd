//! Routing: which questions stand before which, where only those are asked further who answered so.
//!
//! Conditions of an item and of its part all hold where it is asked, and so do those of every question that leads to it. A condition that
//! another of these contains says nothing and is left out: of a part that is shown to whoever said yes, an item that follows another of
//! that part follows that one alone.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Questionnaire;

/// What has to be answered how: places of an item and of its options.
type Needed = (usize, BTreeSet<usize>);

/// What stands before each item of a questionnaire.
#[derive(Debug, Clone)]
pub struct Routing(Vec<AskedWhom>);

/// Who is asked one item.
#[derive(Debug, Clone, Default)]
struct AskedWhom {
    is_remark: bool,
    /// Whoever answered so is asked.
    needed: BTreeSet<Needed>,
    /// All items that were answered before, also by way of others.
    before: BTreeSet<usize>,
    /// Those of them that everybody is asked.
    of_everybody: BTreeSet<usize>,
}

impl Routing {
    /// That of a questionnaire.
    #[must_use]
    pub fn of(questionnaire: &Questionnaire) -> Self {
        let mut asked = Self(Vec::new());
        for item in &questionnaire.items {
            let part = questionnaire.parts.get(item.part).and_then(|part| part.show_if.as_ref());
            let needed = item.show_if.iter().chain(part).map(|condition| (condition.item, condition.any_of.iter().copied().collect()));
            let next = asked.next(needed.collect(), item.is_remark());
            asked.0.push(next);
        }
        asked
    }

    /// An item after those there are.
    fn next(&self, mut needed: BTreeSet<Needed>, is_remark: bool) -> AskedWhom {
        let leaders: BTreeSet<usize> = needed.iter().map(|(item, _)| *item).collect();
        let before: BTreeSet<usize> = leaders.iter().flat_map(|leader| self.before(*leader)).chain(leaders.iter().copied()).collect();
        let earlier: Vec<&Needed> = before.iter().filter_map(|place| self.0.get(*place)).flat_map(|asked| &asked.needed).collect();
        let own = needed.clone();
        needed.retain(|one| {
            let contains = |other: &Needed| other.0 == one.0 && other.1.is_subset(&one.1);
            !earlier.iter().any(|other| contains(other)) && !own.iter().any(|other| other != one && contains(other))
        });
        let of_everybody = before.iter().copied().filter(|place| self.0.get(*place).is_some_and(|asked| asked.needed.is_empty())).collect();
        AskedWhom { is_remark, needed, before, of_everybody }
    }

    /// Places of all items.
    #[must_use]
    pub fn places(&self) -> Range<usize> {
        0..self.0.len()
    }

    /// Places of the items that are answered with options.
    pub fn items(&self) -> impl Iterator<Item = usize> {
        (0..).zip(&self.0).filter(|(_, asked)| !asked.is_remark).map(|(place, _)| place)
    }

    /// Items that whoever is asked one has answered, also by way of others.
    pub fn before(&self, place: usize) -> impl Iterator<Item = usize> {
        self.0.get(place).into_iter().flat_map(|asked| asked.before.iter().copied())
    }

    /// Items that one leads to, by itself.
    pub fn after(&self, place: usize) -> impl Iterator<Item = usize> {
        self.items().filter(move |next| self.0.get(*next).is_some_and(|next| next.needed.iter().any(|(item, _)| *item == place)))
    }

    /// Whether how many answered one item may say how few answered another:
    ///
    /// * Both follow the same question, by other answers or further conditions: whoever is asked the one may be not asked the other.
    ///   Whoever is asked by the same conditions are the same people, so that one number says nothing of the other.
    /// * The other follows several questions that everybody is asked, and the one is any of these but the first: every sheet has an answer,
    ///   so these numbers less that of the sheets are how many answered both. The first alone says nothing of that.
    #[must_use]
    pub fn tells(&self, place: usize, other: usize) -> bool {
        let (Some(one), Some(other)) = (self.0.get(place), self.0.get(other)) else { return false };
        let shares = || one.needed.iter().any(|(item, _)| other.needed.iter().any(|(leader, _)| leader == item));
        !other.is_remark && (one.needed != other.needed && shares() || other.of_everybody.iter().skip(1).any(|leader| *leader == place))
    }

    /// Whether an item can be without figures because of how many answered another that it does not follow.
    #[must_use]
    pub fn stands_beside(&self, place: usize) -> bool {
        self.items().any(|other| self.tells(place, other))
    }
}
