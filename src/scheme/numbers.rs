//! Numbers of criteria, as people write and quote them: 1.1, 1.1.1.
//!
//! A code can have no point, so that whoever gives a criterion its official number writes it as `1-1-1` or `c1-1-1`: such a code says the
//! number. Of others the place does, in field, criterion and sub-criterion. Where that would give two the same number, all go by place.

use std::collections::HashSet;

use super::Scheme;

/// So many digits a part of a number has at most: a code such as `c2023-15` is that of a decision, and no number.
const DIGITS: usize = 2;

/// Numbers of a scheme's criteria and leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriterionNumbers {
    /// In the order of [`Scheme::criteria`].
    criteria: Vec<String>,
    /// In the order of [`Scheme::leaves`].
    leaves: Vec<String>,
}

impl CriterionNumbers {
    /// Those of a scheme.
    #[must_use]
    pub fn of(scheme: &Scheme) -> Self {
        let by_code = Self::told(scheme, said_by);
        if by_code.are_all_different(scheme) { by_code } else { Self::told(scheme, |_| None) }
    }

    /// The number of a criterion by its place; empty where there is none.
    #[must_use]
    pub fn criterion(&self, place: usize) -> &str {
        self.criteria.get(place).map_or("", String::as_str)
    }

    /// The number of a leaf by its place; empty where there is none.
    #[must_use]
    pub fn leaf(&self, place: usize) -> &str {
        self.leaves.get(place).map_or("", String::as_str)
    }

    /// What codes say, and places where they say nothing.
    fn told(scheme: &Scheme, said: impl Fn(&str) -> Option<String>) -> Self {
        let mut criteria = Vec::with_capacity(scheme.criteria.len());
        for (place, criterion) in scheme.criteria.iter().enumerate() {
            let before = scheme.criteria.iter().take(place).filter(|other| other.field == criterion.field).count();
            criteria.push(said(&criterion.code).unwrap_or_else(|| format!("{}.{}", criterion.field + 1, before + 1)));
        }
        let mut leaves = Vec::with_capacity(scheme.leaves.len());
        for (place, leaf) in scheme.leaves.iter().enumerate() {
            let whole = criteria.get(leaf.criterion).cloned().unwrap_or_default();
            let before = scheme.leaves.iter().take(place).filter(|other| other.criterion == leaf.criterion).count();
            let below = || said(&leaf.code).unwrap_or_else(|| format!("{whole}.{}", before + 1));
            leaves.push(if is_criterion(scheme, place) { whole.clone() } else { below() });
        }
        Self { criteria, leaves }
    }

    fn are_all_different(&self, scheme: &Scheme) -> bool {
        let below = self.leaves.iter().enumerate().filter(|(place, _)| !is_criterion(scheme, *place)).map(|(_, number)| number);
        let mut seen = HashSet::new();
        self.criteria.iter().chain(below).all(|number| seen.insert(number))
    }
}

/// Whether a leaf is a criterion itself.
fn is_criterion(scheme: &Scheme, leaf: usize) -> bool {
    let leaf = scheme.leaves.get(leaf);
    leaf.is_some_and(|leaf| scheme.criteria.get(leaf.criterion).is_some_and(|criterion| criterion.code == leaf.code))
}

/// The number that a code says: two parts or more behind any letters; none where it says no number.
fn said_by(code: &str) -> Option<String> {
    let parts: Vec<&str> = code.trim_start_matches(|letter: char| letter.is_ascii_lowercase()).split('-').collect();
    let is_number = |part: &&str| (1..=DIGITS).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    (parts.len() > 1 && parts.iter().all(is_number)).then(|| parts.join("."))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::scheme::check::check;

    /// Two fields; the first criterion of the first has two sub-criteria. The codes are those of the criteria in their order.
    fn numbers(codes: [&str; 6]) -> Vec<String> {
        let [one, first, second, two, other, last] = codes;
        let text = format!(
            r#"
id = "small"
version = "1"
languages = ["vi", "en"]
title = {{ vi = "Bộ nhỏ", en = "Small" }}
total = 6
[[block]]
code = "departments"
[[field]]
code = "plans"
text = {{ vi = "A", en = "A" }}
maximum = 3
unverified = true
[[field.criterion]]
code = "{one}"
text = {{ vi = "A", en = "A" }}
maximum = 2
[[field.criterion.sub]]
code = "{first}"
text = {{ vi = "A", en = "A" }}
maximum = 1
[[field.criterion.sub]]
code = "{second}"
text = {{ vi = "A", en = "A" }}
maximum = 1
[[field.criterion]]
code = "{two}"
text = {{ vi = "A", en = "A" }}
maximum = 1
[[field]]
code = "others"
text = {{ vi = "A", en = "A" }}
maximum = 3
unverified = true
[[field.criterion]]
code = "{other}"
text = {{ vi = "A", en = "A" }}
maximum = 1
[[field.criterion]]
code = "{last}"
text = {{ vi = "A", en = "A" }}
maximum = 2
"#
        );
        let scheme = check("small.scheme.toml", &text).unwrap();
        let numbers = CriterionNumbers::of(&scheme);
        assert_eq!([numbers.criterion(9), numbers.leaf(9)], [""; 2]);
        let leaves = (0..scheme.leaves.len()).map(|place| numbers.leaf(place).to_owned());
        (0..scheme.criteria.len()).map(|place| numbers.criterion(place).to_owned()).chain(leaves).collect()
    }

    #[rstest]
    #[case::as_it_ships(["c1-1", "c1-1-1", "c1-1-2", "c1-2", "c2-1", "c2-2"], "1.1 1.2 2.1 2.2 1.1.1 1.1.2 1.2 2.1 2.2")]
    #[case::a_number_was_left_out(["1-1", "1-1-1", "1-1-3", "1-3", "2-1", "2-10"], "1.1 1.3 2.1 2.10 1.1.1 1.1.3 1.3 2.1 2.10")]
    #[case::names(["plan", "issued", "done", "report", "c1", "c2023-15"], "1.1 1.2 2.1 2.2 1.1.1 1.1.2 1.2 2.1 2.2")]
    #[case::names_below_a_number(["1-4", "issued", "done", "1-5", "2-1", "bonus"], "1.4 1.5 2.1 2.2 1.4.1 1.4.2 1.5 2.1 2.2")]
    #[case::one_number_twice(["1-2", "issued", "done", "plan", "2-1", "2-2"], "1.1 1.2 2.1 2.2 1.1.1 1.1.2 1.2 2.1 2.2")]
    #[case::of_two_kinds(["a1-1", "a1-1-1", "b1-1-1", "a1-2", "a2-1", "a2-2"], "1.1 1.2 2.1 2.2 1.1.1 1.1.2 1.2 2.1 2.2")]
    fn a_code_says_its_number_or_the_place_does(#[case] codes: [&str; 6], #[case] expected: &str) {
        assert_eq!(numbers(codes).join(" "), expected);
    }

    #[test]
    fn schemes_that_ship_are_numbered_as_their_codes_are() {
        let text = include_str!("../../survey-definitions/provincial-departments.scheme.toml");
        let scheme = check("provincial-departments.scheme.toml", text).unwrap();
        let numbers = CriterionNumbers::of(&scheme);
        for (place, leaf) in scheme.leaves.iter().enumerate() {
            assert_eq!(numbers.leaf(place), leaf.code.trim_start_matches('c').replace('-', "."));
        }
    }
}
