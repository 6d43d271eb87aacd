//! Local suppression: which values of attributes a file of single sheets leaves out, so that no combination of the others is rare in its
//! unit.
//!
//! Of the sheets of one unit (and group):
//! 1. A sheet is *rare* while fewer than [`LEAST`] sheets have its combination of values; a suppressed value is a value of its own here.
//! 2. One attribute is suppressed on all rare sheets: the one that leaves the fewest of them rare, of equal ones that which leaves the
//!    fewest combinations, of these the first in the file. This is repeated until no sheet is rare or nothing is left to suppress.
//! 3. What is left over then are fewer than [`LEAST`] sheets without any value. As many sheets as they lack join them from the most
//!    frequent combination, where that keeps [`LEAST`] (of equal ones the first by its values, and of its sheets the first in the stored
//!    order, which is random); where none does, all values of the unit are suppressed.
//!
//! The same sheets always give the same file.

use std::collections::HashMap;

/// Fewest sheets that a combination of attributes has in its unit.
pub(super) const LEAST: usize = 5;

/// What one sheet says of who answered, each value by a number; none where it is suppressed.
pub(super) type Values = Vec<Option<u32>>;

/// Suppresses values until no combination is rare. There have to be [`LEAST`] sheets at least.
pub(super) fn suppress(sheets: &mut [Values]) {
    loop {
        let rare = rare(sheets);
        if rare.iter().all(|rare| !rare) {
            return;
        }
        let Some(attribute) = most_helpful(sheets, &rare) else {
            return fill_up(sheets, &rare);
        };
        sheets.iter_mut().zip(rare).filter(|(_, rare)| *rare).for_each(|(sheet, _)| hide(sheet, attribute));
    }
}

/// How many sheets have each combination.
fn combinations<'a>(sheets: impl Iterator<Item = &'a Values>) -> HashMap<&'a Values, usize> {
    let mut counts = HashMap::new();
    sheets.for_each(|sheet| *counts.entry(sheet).or_default() += 1);
    counts
}

/// Which sheets are rare.
fn rare(sheets: &[Values]) -> Vec<bool> {
    let counts = combinations(sheets.iter());
    sheets.iter().map(|sheet| counts.get(sheet).is_none_or(|count| *count < LEAST)).collect()
}

fn hide(sheet: &mut Values, attribute: usize) {
    if let Some(value) = sheet.get_mut(attribute) {
        *value = None;
    }
}

/// The attribute whose suppression on rare sheets helps most; none where nothing is left on them.
fn most_helpful(sheets: &[Values], rare: &[bool]) -> Option<usize> {
    let parted = |wanted: bool| sheets.iter().zip(rare).filter(move |(_, rare)| **rare == wanted).map(|(sheet, _)| sheet);
    let common = combinations(parted(false));
    let left = |attribute: usize| {
        let hidden: Vec<Values> = parted(true)
            .cloned()
            .map(|mut sheet| {
                hide(&mut sheet, attribute);
                sheet
            })
            .collect();
        let counts = combinations(hidden.iter());
        let rare = counts.iter().filter(|(values, count)| **count + common.get(*values).copied().unwrap_or_default() < LEAST);
        (rare.map(|(_, count)| count).sum::<usize>(), counts.len())
    };
    let width = sheets.first().map_or(0, Vec::len);
    let shown = |attribute: &usize| parted(true).any(|sheet| sheet.get(*attribute).is_some_and(Option::is_some));
    (0..width).filter(shown).min_by_key(|attribute| left(*attribute))
}

/// Has sheets of the most frequent combination join those that are left over, or everybody.
fn fill_up(sheets: &mut [Values], rest: &[bool]) {
    let lacking = LEAST.saturating_sub(rest.iter().filter(|rest| **rest).count());
    let counts = combinations(sheets.iter());
    let frequent = counts.into_iter().filter(|(_, count)| *count >= LEAST + lacking);
    let donor = frequent.min_by(|(one, ones), (other, others)| others.cmp(ones).then(one.cmp(other))).map(|(values, _)| values.clone());
    let joining = if donor.is_some() { lacking } else { sheets.len() };
    let joins = |sheet: &&mut Values| donor.as_ref().is_none_or(|donor| *donor == **sheet);
    sheets.iter_mut().filter(joins).take(joining).for_each(|sheet| sheet.fill(None));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(sheets: &[(usize, [u32; 2])]) -> Vec<Values> {
        sheets.iter().flat_map(|(count, values)| vec![values.map(Some).to_vec(); *count]).collect()
    }

    fn counted(sheets: &[Values]) -> Vec<(usize, Values)> {
        let mut counts: Vec<_> = combinations(sheets.iter()).into_iter().map(|(values, count)| (count, values.clone())).collect();
        counts.sort_unstable();
        counts
    }

    #[test]
    fn the_attribute_that_helps_most_is_suppressed() {
        // Three and two sheets that differ in the second attribute only.
        let mut sheets = of(&[(5, [1, 1]), (3, [2, 1]), (2, [2, 2])]);
        suppress(&mut sheets);
        assert_eq!(counted(&sheets), [(5, vec![Some(1), Some(1)]), (5, vec![Some(2), None])]);
    }

    #[test]
    fn what_is_left_over_is_joined_by_the_most_frequent() {
        let mut sheets = of(&[(6, [1, 1]), (9, [1, 2]), (1, [2, 3])]);
        suppress(&mut sheets);
        assert_eq!(counted(&sheets), [(5, vec![None, None]), (5, vec![Some(1), Some(2)]), (6, vec![Some(1), Some(1)])]);
        let mut sheets = of(&[(8, [1, 2]), (1, [2, 3])]);
        suppress(&mut sheets);
        assert_eq!(counted(&sheets), [(9, vec![None, None])], "nobody can spare four");
    }

    proptest! {
        #[test]
        fn no_combination_is_rare_and_no_value_is_changed(
            sheets in proptest::collection::vec(proptest::collection::vec(0_u32..4, 3), LEAST..60),
        ) {
            let before: Vec<Values> = sheets.iter().map(|sheet| sheet.iter().copied().map(Some).collect()).collect();
            let mut after = before.clone();
            suppress(&mut after);
            prop_assert!(combinations(after.iter()).values().all(|count| *count >= LEAST));
            let kept = before.iter().flatten().zip(after.iter().flatten()).all(|(before, after)| after.is_none() || after == before);
            prop_assert!(kept);
            let mut again = before.clone();
            suppress(&mut again);
            prop_assert_eq!(again, after);
        }
    }
}
