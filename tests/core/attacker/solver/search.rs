//! Search: where sums alone leave several values, whether there is a table for each of them. A search that takes too long says "there may be", and
//! is counted.

use std::collections::{BTreeSet, HashMap};

use super::sums::{Bounds, Sum, Sums, Unknown};

/// Tables that are begun before a search is given up.
const STEPS: u32 = 1_000;
/// Tables that are looked for before single values are.
const FIRST: usize = 6;

/// Numbers that hang together by sums, with the values that tables gave them.
struct Part {
    sums: Sums,
    seen: Vec<BTreeSet<i128>>,
    /// How many tables were looked for: each time from other ends.
    turn: usize,
}

/// All numbers, after bounds are settled.
pub(super) struct Search {
    sums: Sums,
    parts: Vec<Part>,
    /// The part of a number, and its place in it.
    place: HashMap<usize, (usize, usize)>,
    /// Questions that were left open because a search was given up.
    pub(super) given_up: usize,
    /// Whether there was a part without any table.
    pub(super) is_contradictory: bool,
}

impl Search {
    /// None where what is printed contradicts itself, or the attacker its rules.
    pub(super) fn new(mut sums: Sums) -> Option<Self> {
        sums.settle().then(|| Self { sums, parts: Vec::new(), place: HashMap::new(), given_up: 0, is_contradictory: false })
    }

    /// The only value that a number can have.
    pub(super) fn only(&mut self, unknown: Unknown) -> Option<i128> {
        let (low, high) = self.sums.bounds[unknown.0];
        if low == high {
            return Some(low);
        }
        let (part, place) = self.part(unknown);
        let part = &mut self.parts[part];
        while part.turn < FIRST && part.seen[place].len() < 2 {
            self.is_contradictory |= part.find(&[(place, (low, high))]) == Some(false);
        }
        let first = part.seen[place].first().copied();
        let is_only = first.is_some_and(|first| {
            part.seen[place].len() == 1
                && (low == first || part.find(&[(place, (low, first - 1))]) == Some(false))
                && (high == first || part.find(&[(place, (first + 1, high))]) == Some(false))
        });
        // Two values that tables gave are an answer.
        self.given_up += usize::from(!is_only && part.seen[place].len() < 2);
        first.filter(|_| is_only)
    }

    /// The values of a range that a number cannot have.
    pub(super) fn impossible(&mut self, unknown: Unknown, (low, high): Bounds) -> Vec<i128> {
        (low..=high).filter(|value| !self.may_be(unknown, *value)).collect()
    }

    fn may_be(&mut self, unknown: Unknown, value: i128) -> bool {
        let (low, high) = self.sums.bounds[unknown.0];
        if !(low..=high).contains(&value) {
            return false;
        }
        let (part, place) = self.part(unknown);
        let part = &mut self.parts[part];
        let found = if part.seen[place].contains(&value) { Some(true) } else { part.find(&[(place, (value, value))]) };
        self.given_up += usize::from(found.is_none());
        found != Some(false)
    }

    /// Whether it is known which of two numbers is the smaller, or that they are the same.
    pub(super) fn is_ordered(&mut self, one: Unknown, other: Unknown) -> bool {
        // The part of the second may take numbers over from that of the first.
        self.part(one);
        self.part(other);
        let ((part, place), (apart, beside)) = (self.part(one), self.part(other));
        let (a, b) = (self.sums.bounds[one.0], self.sums.bounds[other.0]);
        if part != apart || a.1 < b.0 || b.1 < a.0 {
            return a.1 < b.0 || b.1 < a.0 || (a.0 == a.1 && a == b);
        }
        let possible = [(1, -1), (0, 0), (-1, 1)].map(|(first, second)| self.parts[part].ordered(place, beside, first, second));
        let is_ordered = possible.iter().filter(|possible| **possible != Some(false)).count() < 2;
        self.given_up += usize::from(!is_ordered && possible.iter().filter(|possible| **possible == Some(true)).count() < 2);
        is_ordered
    }

    /// The part that a number is in.
    fn part(&mut self, unknown: Unknown) -> (usize, usize) {
        if let Some(place) = self.place.get(&unknown.0) {
            return *place;
        }
        let is_open = |place: &usize| self.sums.bounds[*place].0 < self.sums.bounds[*place].1;
        let (mut places, mut known) = (vec![unknown.0], BTreeSet::from([unknown.0]));
        let mut next = 0;
        while let Some(place) = places.get(next).copied() {
            let beside = self.sums.of[place].iter().flat_map(|sum| &self.sums.all[*sum].terms).map(|(place, _)| *place);
            let beside = beside.chain(self.sums.small.iter().filter(|(all, _)| all.contains(&place)).flat_map(|(all, _)| all.clone()));
            places.extend(beside.filter(is_open).filter(|place| known.insert(*place)));
            next += 1;
        }
        self.place.extend(places.iter().enumerate().map(|(at, place)| (*place, (self.parts.len(), at))));
        self.parts.push(Part::of(&self.sums, &places));
        self.place[&unknown.0]
    }
}

impl Part {
    fn of(sums: &Sums, places: &[usize]) -> Self {
        let at: HashMap<usize, usize> = places.iter().enumerate().map(|(at, place)| (*place, at)).collect();
        let mut part = Sums::default();
        for place in places {
            part.unknown(sums.bounds[*place]);
        }
        let touched: BTreeSet<usize> = places.iter().flat_map(|place| sums.of[*place].clone()).collect();
        for Sum { terms, low, high } in touched.into_iter().map(|sum| &sums.all[sum]) {
            let known: i128 =
                terms.iter().filter(|(place, _)| !at.contains_key(place)).map(|(place, factor)| factor * sums.bounds[*place].0).sum();
            let open: Vec<(Unknown, i128)> = terms.iter().filter_map(|(place, factor)| Some((Unknown(*at.get(place)?), *factor))).collect();
            part.between(&open, (low - known, high - known));
        }
        part.allowed = sums.allowed.iter().filter_map(|(place, allowed)| Some((*at.get(place)?, allowed.clone()))).collect();
        let open = |(all, most): &(Vec<usize>, i128)| {
            let is_met = all.iter().any(|place| !at.contains_key(place) && sums.bounds[*place].1 <= *most);
            let inside: Vec<usize> = all.iter().filter_map(|place| at.get(place).copied()).collect();
            (!is_met && !inside.is_empty()).then_some((inside, *most))
        };
        part.small = sums.small.iter().filter_map(open).collect();
        Self { seen: vec![BTreeSet::new(); places.len()], sums: part, turn: 0 }
    }

    /// Whether there is a table in which these numbers are within these bounds; none where that was not found out.
    fn find(&mut self, within: &[(usize, Bounds)]) -> Option<bool> {
        let mut bounds = self.sums.bounds.clone();
        for (place, (low, high)) in within {
            bounds[*place] = (bounds[*place].0.max(*low), bounds[*place].1.min(*high));
            if bounds[*place].0 > bounds[*place].1 {
                return Some(false);
            }
        }
        let (mut left, changed) = (STEPS, within.iter().flat_map(|(place, _)| self.sums.of[*place].clone()).collect());
        self.turn += 1;
        let found = table(&self.sums, (bounds, changed), self.turn, &mut left);
        if let Some(found) = &found {
            self.seen.iter_mut().zip(found).for_each(|(seen, value)| _ = seen.insert(*value));
        }
        found.map(|_| true).or((left > 0).then_some(false))
    }

    /// Whether there is a table in which `first × one + second × other` is over 0, or with no factors both are the same; none where that was not
    /// found out.
    fn ordered(&self, one: usize, other: usize, first: i128, second: i128) -> Option<bool> {
        let mut sums = self.sums.clone();
        let (one, other) = (Unknown(one), Unknown(other));
        if first == 0 {
            sums.between(&[(one, 1), (other, -1)], (0, 0));
        } else {
            sums.at_least(&[(one, first), (other, second)], 1);
        }
        let (mut left, all) = (STEPS, (0..sums.all.len()).collect());
        let found = table(&sums, (sums.bounds.clone(), all), 0, &mut left);
        found.map(|_| true).or((left > 0).then_some(false))
    }
}

/// A table within bounds: the number with the fewest values is cut in halves, until each has one.
fn table(sums: &Sums, first: (Vec<Bounds>, Vec<usize>), turn: usize, left: &mut u32) -> Option<Vec<i128>> {
    let mut open_tables = vec![first];
    while let Some((mut bounds, changed)) = open_tables.pop() {
        *left = left.saturating_sub(1);
        if *left == 0 {
            return None;
        }
        if !sums.settled(&mut bounds, changed) {
            continue;
        }
        let open = bounds.iter().enumerate().filter(|(_, (low, high))| low < high);
        let Some((place, (low, high))) = open.min_by_key(|(_, (low, high))| high - low).map(|(place, bounds)| (place, *bounds)) else {
            return Some(bounds.into_iter().map(|(low, _)| low).collect());
        };
        let middle = (low + high).div_euclid(2);
        let mut halves = [(middle + 1, high), (low, middle)];
        // By place and turn, as if by chance.
        if (place.wrapping_mul(2_654_435_761) >> 7 ^ turn).count_ones() & 1 == 1 {
            halves.reverse();
        }
        for half in halves {
            let mut bounds = bounds.clone();
            bounds[place] = half;
            open_tables.push((bounds, sums.of[place].clone()));
        }
    }
    None
}

#[test]
fn a_search_that_is_given_up_is_counted() {
    let mut sums = Sums::default();
    let numbers: Vec<Unknown> = (0..30).map(|_| sums.unknown((0, 1))).collect();
    // Three sums that no table satisfies, which takes long to find out.
    for sum in 1..=3 {
        let factor = |place: i128| (place * place * place * sum + 31 * place) % 97 + 3;
        let terms: Vec<(Unknown, i128)> = numbers.iter().copied().zip((1..).map(factor)).collect();
        let half = terms.iter().map(|(_, factor)| factor).sum::<i128>() / 2;
        sums.between(&terms, (half, half));
    }
    let mut search = Search::new(sums).unwrap();
    assert_eq!((search.only(numbers[0]), search.given_up), (None, 1));
    assert_eq!((search.impossible(numbers[1], (0, 1)), search.given_up), (Vec::new(), 3));
    assert_eq!((search.is_ordered(numbers[2], numbers[3]), search.given_up, search.is_contradictory), (false, 4, false));
}

/// Two numbers whose sum is even and whose difference is odd: each sum alone, and its bounds, do not see it.
#[test]
fn a_part_without_any_table_is_a_contradiction() {
    let mut sums = Sums::default();
    let [one, other, sum, difference] = [(0, 9), (0, 9), (0, 9), (-9, 9)].map(|bounds| sums.unknown(bounds));
    sums.between(&[(one, 1), (other, 1), (sum, -2)], (0, 0));
    sums.between(&[(one, 1), (other, -1), (difference, -2)], (1, 1));
    let mut search = Search::new(sums).unwrap();
    assert_eq!((search.only(one), search.is_contradictory), (None, true));
}
