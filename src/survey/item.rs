//! Items: the single questions of a questionnaire, and the parts they stand in.

use crate::definition::Text;

/// A part of the form: a heading with the items under it.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Its code, unique among parts.
    pub code: String,
    /// Its heading.
    pub title: Text,
    /// What helps to answer it.
    pub help: Option<Text>,
    /// When it is asked; always where there is none.
    pub show_if: Option<ShownWhen>,
}

/// What an item is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Says something about the respondent (gender, age band).
    Attribute,
    /// Asks for an answer.
    Question,
}

/// One thing that is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Its code: the name of its form field and of its export column.
    pub code: String,
    /// Attribute or question.
    pub role: Role,
    /// The question in full.
    pub text: Text,
    /// What helps to answer it.
    pub help: Option<Text>,
    /// How it is answered.
    pub kind: Kind,
    /// Whether a sheet without an answer is sent back.
    pub required: bool,
    /// Whether "no opinion" or "not applicable" is offered.
    pub no_opinion: bool,
    /// The factor its answers feed, as a place in [`super::Questionnaire::factors`].
    pub factor: Option<usize>,
    /// The criterion its answers feed, as a place in [`super::rating::Rating::criteria`].
    pub criterion: Option<usize>,
    /// Whether it is only an example that a province replaces.
    pub example: bool,
    /// The part it stands in, as a place in [`super::Questionnaire::parts`].
    pub part: usize,
    /// When it is asked; always where there is none. Never about itself or a later item.
    pub show_if: Option<ShownWhen>,
}

/// How an item is answered.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// One of several options.
    Single(Vec<Choice>),
    /// One step of an ordered scale.
    Scale {
        /// Id of the scale in the definition.
        scale: String,
        /// Its steps, lowest first.
        steps: Vec<Choice>,
    },
    /// Yes (code `1`) or no (code `2`).
    YesNo(Vec<Choice>),
    /// Any number of options.
    Multiple(Vec<Choice>),
    /// Free words.
    Remark,
}

/// One option of an item or step of a scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Its code: the value of the form field and of an import cell.
    pub code: String,
    /// Its words.
    pub text: Text,
    /// Whether the respondent may add words of their own.
    pub write_in: bool,
    /// Whether it counts as satisfied under `satisfied-share`.
    pub satisfied: bool,
    /// What it is worth in percent of the points of a criterion.
    pub weight: Option<u8>,
}

/// "Show when the answer to an earlier item is one of these."
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ShownWhen {
    /// The earlier item, as a place in the codebook.
    pub item: usize,
    /// Places of the options (from 0), any of which is enough.
    pub any_of: Vec<usize>,
}

impl Item {
    /// The options the item offers, in order; none for a remark.
    #[must_use]
    pub fn choices(&self) -> &[Choice] {
        match &self.kind {
            Kind::Single(choices) | Kind::YesNo(choices) | Kind::Multiple(choices) => choices,
            Kind::Scale { steps, .. } => steps,
            Kind::Remark => &[],
        }
    }

    /// Whether any number of options may be chosen.
    #[must_use]
    pub fn is_multiple(&self) -> bool {
        matches!(self.kind, Kind::Multiple(_))
    }

    /// Whether the item takes free words only.
    #[must_use]
    pub fn is_remark(&self) -> bool {
        matches!(self.kind, Kind::Remark)
    }
}
