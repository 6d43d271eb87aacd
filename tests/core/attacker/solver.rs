//! The solver: an attacker who reads a published document and knows the rules by which it was made, and nothing else.
//!
//! What is printed becomes sums of whole numbers: sheets and valid answers by group, how often each option was chosen, classes, rounded shares,
//! means and points, totals over units, and the ranking (`points` says what of it is not read). Bounds follow from the sums, and where they leave a few values, a search looks for a table with each.
//!
//! | fact | is told where |
//! |---|---|
//! | F1 the number of a hidden cell | it cannot be one of 1 to 9 (under the floor) |
//! | F2 each count of answers in a hidden cell | it can be one number only |
//! | F3 a count of an answer under 50 answers | it can be one number only, which is under 5, or all but fewer than 5 |
//! | F4 which of two hidden cells is the smaller | only one order is possible |
//!
//! The attacker also knows how many answered what is shown, which is coarse and not protected. What these numbers and points alone tell of answers
//! (F2, F3) is not counted. That a figure is not there is no sum here: what that tells, the lists of all small tables
//! show (`openness`, `classes`, `leaks`).

mod frozen;
mod groups;
mod index;
mod items;
mod planted;
mod points;
mod printed;
mod reading;
mod search;
mod shipped;
mod sums;
mod totals;

use std::collections::{BTreeSet, HashMap};

use par_survey::scheme::Scheme;
use par_survey::scoring::tally::Tally;
use par_survey::survey::Questionnaire;
use serde_json::Value;

use printed::NEAR;
use reading::Reading;
use search::Search;
use sums::{Bounds, Unknown};

/// A questionnaire of a published document.
#[derive(Clone, Copy)]
pub(crate) struct Document<'d> {
    pub(crate) questionnaire: &'d Questionnaire,
    /// Its published results.
    pub(crate) results: &'d Value,
    /// The format of the document: under the first, hidden answers were in the sums.
    pub(crate) format: u32,
    /// Scores and ranks made of it, with their schemes.
    pub(crate) ranking: Option<(&'d [Scheme], &'d Value)>,
}

impl<'d> Document<'d> {
    /// One of today's format, without a ranking.
    pub(crate) fn of(questionnaire: &'d Questionnaire, results: &'d Value) -> Self {
        Self { questionnaire, results, format: 2, ranking: None }
    }
}

/// What the attacker goes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Everything,
    /// Numbers of sheets and answers, and points with the index that they are made of.
    Points,
}

/// How many sheets and answers there are: of what is shown that is not protected, so that the attacker may know it. By unit and groups: sheets, and
/// answers to each item.
#[derive(Debug, Default)]
pub(crate) struct Sizes(HashMap<(String, Vec<usize>), (u32, Vec<u32>)>);

impl Sizes {
    pub(crate) fn of(questionnaire: &Questionnaire, units: &[(String, u32)], tally: &Tally) -> Self {
        let mut sizes = HashMap::new();
        for (code, unit) in units {
            for set in tally.population().unwrap().unit(*unit) {
                let groups = questionnaire.rating.iter().flat_map(|_| set.groups.iter().map(|group| usize::from(*group))).collect();
                let counts = set.counts(questionnaire, tally, *unit);
                sizes.insert((code.clone(), groups), (counts.sheets, counts.items.iter().map(|item| item.valid).collect()));
            }
        }
        Self(sizes)
    }

    fn sheets(&self, unit: &str, groups: &[usize]) -> Option<Bounds> {
        self.0.get(&(unit.to_owned(), groups.to_vec())).map(|(sheets, _)| ((*sheets).into(), (*sheets).into()))
    }

    fn answers(&self, unit: &str, groups: &[usize], item: usize) -> Option<Bounds> {
        let (_, answers) = self.0.get(&(unit.to_owned(), groups.to_vec()))?;
        answers.get(item).map(|answers| ((*answers).into(), (*answers).into()))
    }
}

/// Something that nobody may learn of a document.
#[derive(Debug, Clone)]
struct Fact {
    of: String,
    what: What,
}

#[derive(Debug, Clone, Copy)]
enum What {
    /// How many a hidden cell has.
    Number(Unknown),
    /// A count of answers in a hidden cell of so many.
    Count(Unknown, Unknown),
    /// A count of few answers.
    End(Unknown),
    /// Which of two hidden cells is the smaller.
    Order(Unknown, Unknown),
}

/// What a document tells.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) facts: Vec<String>,
    /// Facts that count as open because a search was given up.
    pub(crate) given_up: usize,
}

/// A document that no answers give, or none by the rules that the attacker knows.
#[derive(Debug)]
pub(crate) struct Contradiction;

/// What a document tells, and its points alone do not.
pub(crate) fn told(document: Document<'_>, sizes: &Sizes) -> Result<Told, Contradiction> {
    let everything = found(document, sizes, Look::Everything)?;
    if everything.facts.is_empty() {
        return Ok(everything);
    }
    let points: BTreeSet<String> = found(document, sizes, Look::Points)?.facts.into_iter().collect();
    // How many are hidden points may not tell either.
    let is_number = |fact: &str| fact.contains(" F1") || fact.contains(" F4");
    let facts = everything.facts.into_iter().filter(|fact| is_number(fact) || !points.contains(fact)).collect();
    Ok(Told { facts, ..everything })
}

fn found(document: Document<'_>, sizes: &Sizes, look: Look) -> Result<Told, Contradiction> {
    let Reading { sums, facts, floor, .. } = Reading::of(document, sizes, look);
    let mut search = Search::new(sums).ok_or(Contradiction)?;
    let mut told = Told::default();
    for Fact { of, what } in facts {
        let before = search.given_up;
        match says(&mut search, floor, what) {
            Some(fact) => told.facts.push(format!("{of}{fact}")),
            None => told.given_up += usize::from(search.given_up > before),
        }
    }
    if search.is_contradictory { Err(Contradiction) } else { Ok(told) }
}

/// What is known of a fact; none where it is open.
fn says(search: &mut Search, floor: i128, what: What) -> Option<String> {
    match what {
        What::Number(number) => {
            let not = search.impossible(number, (1, floor - 1));
            let only = search.only(number);
            // That nobody is there says nothing about anybody.
            let only_is = only.map_or(String::new(), |only| format!(" = {only}"));
            (!not.is_empty() && only != Some(0)).then(|| format!(" F1{only_is}, not {not:?}"))
        }
        What::Count(count, number) => {
            let count = search.only(count)?;
            (search.only(number) != Some(0)).then(|| format!(" F2 = {count}"))
        }
        What::End(count) => search.only(count).filter(|count| *count < i128::from(NEAR)).map(|count| format!(" F3 = {count}")),
        What::Order(one, other) => search.is_ordered(one, other).then(|| " F4".to_owned()),
    }
}
