//! A scheme against the questionnaires that it names: what it takes from them has to be there.

use super::{From, Leaf, Scheme};
use crate::definition::diagnostic::Flaw;
use crate::survey::Questionnaire;

/// What a scheme takes from a questionnaire and does not find there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The word of the scheme file that names nothing.
    pub word: String,
    /// What is wrong.
    pub what: Flaw,
}

impl Scheme {
    /// Ids of the questionnaires that points come from, each once.
    #[must_use]
    pub fn questionnaires(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = self.leaves.iter().filter_map(asked).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// Everything that the scheme names and the questionnaires do not have.
    #[must_use]
    pub fn missing(&self, questionnaires: &[&Questionnaire]) -> Vec<Missing> {
        let mut found: Vec<Missing> = self.leaves.iter().filter_map(|leaf| missing(leaf, questionnaires)).collect();
        for (place, leaf) in self.leaves.iter().enumerate() {
            let earlier = self.leaves.iter().take(place);
            found.extend(earlier.filter_map(|other| counted_twice(other, leaf, questionnaires)));
        }
        found
    }
}

fn asked(leaf: &Leaf) -> Option<&str> {
    match &leaf.from {
        From::Satisfaction { questionnaire, .. } | From::Officials { questionnaire, .. } => Some(questionnaire),
        _ => None,
    }
}

fn missing(leaf: &Leaf, questionnaires: &[&Questionnaire]) -> Option<Missing> {
    let id = asked(leaf)?;
    let not_there = |word: &str, what: Flaw| Some(Missing { word: word.to_owned(), what });
    let (criterion, questionnaire) = (leaf.code.clone(), id.to_owned());
    let Some(found) = questionnaires.iter().find(|questionnaire| questionnaire.id == id) else {
        return not_there(id, Flaw::NoQuestionnaire { criterion, questionnaire });
    };
    match &leaf.from {
        From::Satisfaction { .. } if found.index.is_none() => not_there(id, Flaw::NoIndex { criterion, questionnaire }),
        From::Satisfaction { index: Some(code), .. } if !has_index(found, code) => {
            not_there(code, Flaw::NoContentOrFactor { criterion, questionnaire, given: code.clone() })
        }
        From::Officials { rated, .. } if !rates(found, rated) => {
            not_there(rated, Flaw::NotRated { criterion, questionnaire, rated: rated.clone() })
        }
        _ => None,
    }
}

/// A factor, and the content that it belongs to, hold the same items.
fn counted_twice(one: &Leaf, other: &Leaf, questionnaires: &[&Questionnaire]) -> Option<Missing> {
    let (From::Satisfaction { index: Some(first), .. }, From::Satisfaction { index: Some(second), .. }) = (&one.from, &other.from) else {
        return None;
    };
    let id = asked(one).filter(|id| asked(other) == Some(id))?;
    let found = questionnaires.iter().find(|questionnaire| questionnaire.id == id)?;
    let inside = |factor: &str, content: &str| {
        let content = found.contents.iter().position(|known| known.code == content);
        found.factors.iter().any(|known| known.code == factor && Some(known.content) == content)
    };
    let what = || Flaw::ItemsCountedTwice { criterion: other.code.clone(), given: second.clone(), other: one.code.clone() };
    (inside(first, second) || inside(second, first)).then(|| Missing { word: second.clone(), what: what() })
}

fn has_index(questionnaire: &Questionnaire, code: &str) -> bool {
    questionnaire.contents.iter().any(|content| content.code == code) || questionnaire.factors.iter().any(|factor| factor.code == code)
}

fn rates(questionnaire: &Questionnaire, code: &str) -> bool {
    questionnaire.rating.iter().flat_map(|rating| &rating.criteria).any(|criterion| criterion.code == code)
}
