//! Issuing codes: which units each code may rate, and the codes themselves.
//!
//! Codes come from the system's random numbers and can be guessed by nobody. Which units are drawn is no secret: it comes from a seed that
//! is printed, so that anybody can draw them again and see that each unit was drawn as often as any other.

use std::collections::{BTreeMap, BTreeSet};

use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use rand::seq::SliceRandom;

use crate::directory::Form;
use crate::keys::Pepper;
use crate::random::random_bytes;
use crate::refusal::Refusal;
use crate::store::codes::{CodeHash, NewCodes};
use crate::survey::code::Code;
use crate::survey::rating::{RatedUnits, SCOPE_MAX};
use crate::unit::Registered;

/// What is to be issued.
#[derive(Debug, Clone, Copy)]
pub struct IssueOrder<'a> {
    /// The questionnaire that the codes open.
    pub form: &'a Form,
    /// Group of those who get them; empty for citizens.
    pub group: &'a str,
    /// Their own unit; for citizens the unit that they are asked about.
    pub unit: Option<&'a str>,
    /// How many.
    pub count: usize,
    /// What decides which units are drawn.
    pub seed: u64,
}

/// How often each unit was drawn before, by row.
pub type DrawnBefore = BTreeMap<i32, u64>;

/// Which units each of the codes may rate, by row and in the order in which they are shown. `drawn` is how often each was drawn before.
///
/// # Errors
/// When definition, round and order do not go together.
pub fn scopes(order: &IssueOrder<'_>, register: &[Registered], drawn: &DrawnBefore) -> Result<Vec<Vec<i32>>, Refusal> {
    let IssueOrder { form, group, unit, count, seed } = *order;
    let questionnaire = &form.questionnaire;
    let asked = |code: &str| form.unit(code).map(|unit| unit.id).ok_or_else(|| Refusal::UnitNotAsked { unit: code.to_owned() });
    let Some(rating) = &questionnaire.rating else {
        if !group.is_empty() {
            return Err(Refusal::NoGroups { questionnaire: questionnaire.id.clone() });
        }
        let unit = asked(unit.ok_or(Refusal::UnitAskedWanted)?)?;
        return Ok(vec![vec![unit]; count]);
    };
    let groups = || rating.groups.iter().map(|group| group.code.clone()).collect();
    let found = rating.group(group).ok_or_else(|| Refusal::NoGroup { questionnaire: questionnaire.id.clone(), groups: groups() })?;
    if unit.is_some() && found.scope != RatedUnits::OwnParent {
        return Err(Refusal::UnitsFixed { group: group.to_owned() });
    }
    let block = |block: &str| form.units.iter().filter(|row| row.unit.block == block).map(|row| row.id).collect::<Vec<i32>>();
    match &found.scope {
        RatedUnits::Units(codes) => Ok(vec![codes.iter().map(|code| asked(code)).collect::<Result<Vec<_>, _>>()?; count]),
        RatedUnits::OwnParent => {
            let own = unit.ok_or(Refusal::OwnUnitWanted)?;
            let row =
                register.iter().find(|row| row.unit.code.as_str() == own).ok_or_else(|| Refusal::UnitNotAsked { unit: own.to_owned() })?;
            let parent = row.unit.parent.as_ref().ok_or_else(|| Refusal::NoParent { unit: own.to_owned() })?;
            Ok(vec![vec![asked(parent.as_str())?]; count])
        }
        RatedUnits::Block(name) => match block(name) {
            units if (1..=SCOPE_MAX).contains(&units.len()) => Ok(vec![units; count]),
            units => Err(block_size(name, units.len())),
        },
        RatedUnits::Sample(name, size) => match block(name) {
            units if units.is_empty() => Err(block_size(name, 0)),
            units => Ok(draw(&units, *size, count, drawn, &mut ChaCha20Rng::seed_from_u64(seed))),
        },
    }
}

fn block_size(block: &str, units: usize) -> Refusal {
    Refusal::BlockSize { block: block.to_owned(), units, most: SCOPE_MAX }
}

/// Draws for each code those units that were drawn least so far, by chance among equals: after every code no unit has been drawn more than
/// once oftener than any other, if that was so before.
fn draw(units: &[i32], size: usize, codes: usize, drawn: &DrawnBefore, random: &mut ChaCha20Rng) -> Vec<Vec<i32>> {
    let mut drawn: Vec<(u64, i32)> = units.iter().map(|unit| (drawn.get(unit).copied().unwrap_or(0), *unit)).collect();
    let mut scopes: Vec<Vec<i32>> = (0..codes)
        .map(|_| {
            drawn.shuffle(random);
            drawn.sort_by_key(|(times, _)| *times);
            let mut scope: Vec<i32> = drawn.iter_mut().take(size).map(|(times, unit)| (*times += 1, *unit).1).collect();
            // Shown in an order of chance too: the first units of a long form are answered with more care than the last.
            scope.shuffle(random);
            scope
        })
        .collect();
    scopes.shuffle(random);
    scopes
}

/// Makes a code of a round, by its row, for each scope. The codes come back in an order of chance, which is that of the slips.
#[must_use]
pub fn codes(pepper: &Pepper, round: i32, scopes: Vec<Vec<i32>>) -> (Vec<Code>, Vec<NewCodes>) {
    let mut by_scope: BTreeMap<Vec<i32>, Vec<CodeHash>> = BTreeMap::new();
    // In the order of their values, which are chance itself.
    let mut codes = BTreeSet::new();
    for scope in scopes {
        let code = unlike(&codes, || Code::drawn(random_bits(), round));
        by_scope.entry(scope).or_default().push(pepper.code_hash(&code));
        codes.insert(code);
    }
    (codes.into_iter().collect(), by_scope.into_iter().map(|(scope, hashes)| NewCodes { hashes, scope }).collect())
}

/// A code that is none of those: of 200,000 two are the same once in 5,000 times.
fn unlike(codes: &BTreeSet<Code>, mut draw: impl FnMut() -> Code) -> Code {
    let mut code = draw();
    while codes.contains(&code) {
        code = draw();
    }
    code
}

/// A seed for drawing units, where none is given.
#[must_use]
pub fn seed() -> u64 {
    // Short enough to be read out.
    random_bits() >> 32
}

fn random_bits() -> u64 {
    u64::from_le_bytes(random_bytes())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn of_codes_that_are_made_together_no_two_are_the_same() {
        let mut drawn = [1, 1, 2, 1, 2, 3].into_iter().map(|number| Code::drawn(number, 1));
        let mut codes = BTreeSet::new();
        for _ in 0..3 {
            codes.insert(unlike(&codes, || drawn.next().unwrap()));
        }
        assert_eq!(codes.into_iter().collect::<Vec<_>>(), [1, 2, 3].map(|number| Code::drawn(number, 1)));
    }

    proptest! {
        #[test]
        fn every_unit_is_drawn_as_often_as_any_other(units in 1_usize..40, size in 1_usize..16, codes in 0_usize..200, seed: u64) {
            let units: Vec<i32> = (0..).take(units).collect();
            let scopes = draw(&units, size, codes, &DrawnBefore::new(), &mut ChaCha20Rng::seed_from_u64(seed));
            let mut times: DrawnBefore = units.iter().map(|unit| (*unit, 0)).collect();
            for scope in &scopes {
                prop_assert_eq!(scope.len(), size.min(units.len()));
                for unit in scope {
                    *times.get_mut(unit).unwrap() += 1;
                }
                let mut distinct = scope.clone();
                distinct.sort_unstable();
                distinct.dedup();
                prop_assert_eq!(distinct.len(), scope.len());
            }
            prop_assert!(times.values().max().unwrap() - times.values().min().unwrap() <= 1);
            // A second issue goes on where the first ended, and the same seed draws the same.
            let more = draw(&units, size, codes, &times, &mut ChaCha20Rng::seed_from_u64(seed));
            more.iter().flatten().for_each(|unit| *times.get_mut(unit).unwrap() += 1);
            prop_assert!(times.values().max().unwrap() - times.values().min().unwrap() <= 1);
            prop_assert_eq!(draw(&units, size, codes, &DrawnBefore::new(), &mut ChaCha20Rng::seed_from_u64(seed)), scopes);
        }
    }
}
