//! The answer sheet: what one respondent answered to one questionnaire about one unit.

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

    /// Whether nothing was answered and nothing written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.remarks.is_empty() && self.answers.iter().all(|answer| matches!(answer, Answer::NotShown | Answer::Skipped))
    }

    /// What was written.
    #[must_use]
    pub fn remarks(&self) -> &[Remark] {
        &self.remarks
    }
}
