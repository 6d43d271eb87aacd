//! A scheme against the questionnaires that it names: what it takes from them has to be there.

use super::{From, Leaf, Scheme};
use crate::survey::Questionnaire;

/// What a scheme takes from a questionnaire and does not find there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The word of the scheme file that names nothing.
    pub word: String,
    /// What is wrong.
    pub message: String,
    /// Whether it is there, but counted already.
    pub twice: bool,
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
    let not_there =
        |word: &str, what: String| Some(Missing { word: word.to_owned(), message: format!("`{}`: {what}", leaf.code), twice: false });
    let Some(found) = questionnaires.iter().find(|questionnaire| questionnaire.id == id) else {
        return not_there(id, format!("there is no questionnaire `{id}` among the definitions"));
    };
    match &leaf.from {
        From::Satisfaction { .. } if found.index.is_none() => not_there(id, format!("the questionnaire `{id}` makes no index")),
        From::Satisfaction { index: Some(code), .. } if !has_index(found, code) => {
            not_there(code, format!("the questionnaire `{id}` has no content or factor `{code}`"))
        }
        From::Officials { rated, .. } if !rates(found, rated) => {
            not_there(rated, format!("officials rate no criterion `{rated}` in the questionnaire `{id}`"))
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
    let message = format!("`{}`: the items of `{second}` feed `{}` already", other.code, one.code);
    (inside(first, second) || inside(second, first)).then(|| Missing { word: second.clone(), message, twice: true })
}

fn has_index(questionnaire: &Questionnaire, code: &str) -> bool {
    questionnaire.contents.iter().any(|content| content.code == code) || questionnaire.factors.iter().any(|factor| factor.code == code)
}

fn rates(questionnaire: &Questionnaire, code: &str) -> bool {
    questionnaire.rating.iter().flat_map(|rating| &rating.criteria).any(|criterion| criterion.code == code)
}
