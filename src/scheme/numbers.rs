//! Numbers of criteria, as people write and quote them: 1.1, 1.1.1.
//!
//! A code can have no point, so that whoever gives a criterion its official number writes it as `1-1-1` or `c1-1-1`: such a code says the
//! number. Of others the place does, in field, criterion and sub-criterion, or the next number that no code says. Where two codes say the
//! same number, all go by place.

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

    /// What codes say; of others the place says it, or the next number that no code says.
    fn told(scheme: &Scheme, said: impl Fn(&str) -> Option<String>) -> Self {
        let codes = scheme.criteria.iter().map(|criterion| &criterion.code).chain(scheme.leaves.iter().map(|leaf| &leaf.code));
        let mut taken: HashSet<String> = codes.filter_map(|code| said(code)).collect();
        let mut next = |whole: &str, before: usize| {
            let mut numbers = (before + 1..).map(|nth| format!("{whole}.{nth}"));
            numbers.find(|number| taken.insert(number.clone())).unwrap_or_default()
        };
        let mut criteria = Vec::with_capacity(scheme.criteria.len());
        for (place, criterion) in scheme.criteria.iter().enumerate() {
            let before = scheme.criteria.iter().take(place).filter(|other| other.field == criterion.field).count();
            criteria.push(said(&criterion.code).unwrap_or_else(|| next(&(criterion.field + 1).to_string(), before)));
        }
        let mut leaves = Vec::with_capacity(scheme.leaves.len());
        for (place, leaf) in scheme.leaves.iter().enumerate() {
            let whole = criteria.get(leaf.criterion).cloned().unwrap_or_default();
            let before = scheme.leaves.iter().take(place).filter(|other| other.criterion == leaf.criterion).count();
            let is_whole = is_criterion(scheme, place);
            leaves.push(if is_whole { whole } else { said(&leaf.code).unwrap_or_else(|| next(&whole, before)) });
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
