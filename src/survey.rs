//! Questionnaires: what is asked, how it is answered, and how an answer is kept. Pure: text and bytes in, values out.
//!
//! A [`Questionnaire`] is always checked: [`check::check`] is the only way to make one of the text of a definition file, and [`kept::read`]
//! makes it again of a text that was accepted once.

pub mod blanking;
pub mod check;
pub mod code;
pub mod codebook;
pub mod duration;
pub mod item;
pub mod kept;
pub mod mode;
pub mod rating;
pub mod reading;
pub mod routing;
pub mod rule;
pub mod schema;
pub mod sheet;
pub mod source;

pub use item::{Choice, Item, Kind, Part, Role, ShownWhen};
pub use rating::Rating;
pub use rule::{Aggregation, Content, Factor, IndexRule, ItemValue};

use crate::definition::Text;

/// Who answers a questionnaire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// Citizens, about one unit; openly or with a code.
    Citizens,
    /// Officials and deputies.
    Officials,
}

/// A checked questionnaire: every reference points at something, every text is there in every language.
#[derive(Debug, Clone, PartialEq)]
pub struct Questionnaire {
    /// Its id, part of addresses.
    pub id: String,
    /// Version of wording, scale and rule, as the file says it.
    pub version: String,
    /// Languages in which every text is present; the first is the one shown unless another is asked for.
    pub languages: Vec<String>,
    /// Who answers it.
    pub audience: Audience,
    /// Whether only people with a code can answer.
    pub requires_code: bool,
    /// What the questionnaire is called.
    pub title: Text,
    /// What the respondent reads before the promise and the first question.
    pub introduction: Option<Text>,
    /// Words of the "no opinion" or "not applicable" option, where an item offers it.
    pub no_opinion_label: Text,
    /// Contents of the index, in order.
    pub contents: Vec<Content>,
    /// Factors of the index, in order.
    pub factors: Vec<Factor>,
    /// Parts in order. Part 0 holds the respondent's attributes when there are any.
    pub parts: Vec<Part>,
    /// All items in the order of the codebook, which is the order in which they are asked.
    pub items: Vec<Item>,
    /// How answers become an index; none for a questionnaire that is only counted.
    pub index: Option<IndexRule>,
    /// Who rates which units, for a questionnaire about units.
    pub rating: Option<Rating>,
    /// Least number of valid sheets behind a figure; never below [`FLOOR`].
    pub least_sheets: u32,
}

/// The least number of valid sheets behind any published figure. A definition may raise it, nothing lowers it.
pub const FLOOR: u32 = 10;

impl Questionnaire {
    /// The items of a part with their places in the codebook.
    pub fn items_of(&self, part: usize) -> impl Iterator<Item = (usize, &Item)> {
        self.items.iter().enumerate().filter(move |(_, item)| item.part == part)
    }

    /// The place of an item in the codebook.
    #[must_use]
    pub fn position(&self, code: &str) -> Option<usize> {
        self.items.iter().position(|item| item.code == code)
    }

    /// The items that feed a factor, with their places in the codebook.
    pub fn items_of_factor(&self, factor: usize) -> impl Iterator<Item = (usize, &Item)> {
        self.items.iter().enumerate().filter(move |(_, item)| item.factor == Some(factor))
    }

    /// The language to show when one is asked for: that one if the questionnaire has it, else its first.
    #[must_use]
    pub fn language(&self, asked: &str) -> &str {
        let known = self.languages.iter().find(|language| *language == asked);
        known.or(self.languages.first()).map_or("vi", String::as_str)
    }
}
