//! The answer sheet: what one respondent answered to one questionnaire about one unit.

use super::{Item, Questionnaire, Role};

/// One answer, as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The item was not asked, because of an earlier answer.
    NotShown,
    /// The item was asked and passed over.
    Skipped,
    /// "No opinion" or "not applicable".
    NoOpinion,
    /// One option, by its place from 0.
    Option(u8),
    /// Several options: bit `k` is the option at place `k`. Never zero.
    Options(u64),
}

/// What parts the codes of several options, in files that come and go.
pub const SEVERAL: char = ';';

impl Answer {
    /// Codes of the options of an item that are chosen; none where it is no choice.
    #[must_use]
    pub fn codes(self, item: &Item) -> Option<String> {
        let codes = || item.choices().iter().map(|choice| choice.code.as_str());
        match self {
            Self::NotShown | Self::Skipped | Self::NoOpinion => None,
            Self::Option(place) => codes().nth(usize::from(place)).map(str::to_owned),
            Self::Options(mask) => {
                let chosen = codes().enumerate().filter(|(place, _)| mask >> place & 1 == 1);
                Some(chosen.map(|(_, code)| code).collect::<Vec<_>>().join(&SEVERAL.to_string()))
            }
        }
    }
}

/// Words that a respondent wrote, under the item they answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The item, as a place in the codebook.
    pub item: usize,
    /// The words, in NFC, without control characters.
    pub words: String,
}

/// A sheet that fits its questionnaire: as many answers as items, each possible for its item.
///
/// Made by [`super::reading`] from a form or an imported row, and by [`super::codebook`] from stored bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerSheet {
    /// One answer an item, in the order of the codebook; remark items are always `Skipped` or `NotShown` here.
    pub(super) answers: Vec<Answer>,
    /// What was written, kept apart from the answers.
    pub(super) remarks: Vec<Remark>,
}

impl AnswerSheet {
    /// The answers in the order of the codebook.
    #[must_use]
    pub fn answers(&self) -> &[Answer] {
        &self.answers
    }

    /// Whether an option of a question was chosen. Only then it is a sheet: what people say of themselves is no answer, nor are words alone
    /// or "no opinion" everywhere.
    #[must_use]
    pub fn has_answer(&self, questionnaire: &Questionnaire) -> bool {
        let chosen = |answer: &Answer| matches!(answer, Answer::Option(_) | Answer::Options(_));
        questionnaire.items.iter().zip(&self.answers).any(|(item, answer)| item.role == Role::Question && chosen(answer))
    }

    /// Whether there is nothing to keep: no answer, and nothing written beside a question.
    #[must_use]
    pub fn is_blank(&self, questionnaire: &Questionnaire) -> bool {
        let is_question = |item: Option<&Item>| item.is_some_and(|item| item.role == Role::Question);
        !self.has_answer(questionnaire) && !self.remarks.iter().any(|remark| is_question(questionnaire.items.get(remark.item)))
    }

    /// What was written.
    #[must_use]
    pub fn remarks(&self) -> &[Remark] {
        &self.remarks
    }
}
