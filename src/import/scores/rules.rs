//! What a cell of a score file may say.

use std::collections::HashMap;

use super::{TAKE_OUT, TEXT_MOST, UnfitScoreText};
use crate::fault::{Wrong, short};
use crate::printed::is_hidden;
use crate::round::steps::{ScorePart, Step, may_enter};
use crate::scheme::{Block, Conversion, From, Leaf, Scheme};
use crate::scoring::decimal::Held;
use crate::scoring::score::applies;
use crate::scoring::sheet::{BadEntry, LeafEntries, NOT_APPLICABLE, entered};
use crate::spreadsheet::is_not_applicable;

/// A scheme, as it holds for a block.
pub(super) struct Rules<'a> {
    block: Option<&'a Block>,
    leaves: HashMap<&'a str, (usize, &'a Leaf)>,
    /// Codes that have leaves below them, and whether they are of fields.
    above: HashMap<&'a str, bool>,
}

impl<'a> Rules<'a> {
    pub(super) fn new(scheme: &'a Scheme, block: &str, year: i32) -> Self {
        let leaves = scheme.leaves.iter().enumerate().map(|(place, leaf)| (leaf.code.as_str(), (place, leaf))).collect();
        let fields = scheme.fields.iter().map(|field| (field.code.as_str(), true));
        let criteria = scheme.criteria.iter().map(|criterion| (criterion.code.as_str(), false));
        Self { block: scheme.block(block, year), leaves, above: criteria.chain(fields).collect() }
    }

    pub(super) fn leaf(&self, code: &str) -> Option<(usize, &'a Leaf)> {
        self.leaves.get(code).copied()
    }

    /// Why a code names no leaf.
    pub(super) fn unknown(&self, code: &str) -> Wrong {
        let criterion = short(code);
        match self.above.get(code) {
            Some(true) => Wrong::IsField { criterion },
            Some(false) => Wrong::HasParts { criterion },
            None => Wrong::NoCriterion { criterion },
        }
    }

    /// What is entered for a cell of the file: nothing where it stands there already.
    pub(super) fn entry(
        &self,
        place: usize,
        leaf: &Leaf,
        now: Option<&LeafEntries>,
        (part, text): (ScorePart, &str),
        step: Option<Step>,
    ) -> Result<Option<(ScorePart, String)>, Wrong> {
        self.refuse_fed(place, leaf)?;
        let stands = |part: ScorePart| now.and_then(|cell| cell.entry(part)).unwrap_or_default();
        let (score, left_out) = (is_score(part), stands(ScorePart::Applicability) == NOT_APPLICABLE);
        let (part, words) = match text {
            _ if score && leaves_out(leaf, text) => (ScorePart::Applicability, NOT_APPLICABLE.to_owned()),
            TAKE_OUT if score && left_out => (ScorePart::Applicability, String::new()),
            TAKE_OUT => (part, String::new()),
            _ if score && left_out => return Err(Wrong::LeftOut { criterion: leaf.code.clone(), mark: TAKE_OUT.to_owned() }),
            _ if score => (part, canonical(leaf, text)?),
            _ => (part, words(text).map_err(unfit)?),
        };
        if stands(part) == words {
            return Ok(None);
        }
        match step {
            Some(step) if !may_enter(Some(step), part) => {
                Err(Wrong::PartNotOpen { step, column: part.name().to_owned(), open_steps: part.steps() })
            }
            _ => Ok(Some((part, words))),
        }
    }

    /// Nobody can enter points that come from a survey, or for what does not apply to the block.
    fn refuse_fed(&self, place: usize, leaf: &Leaf) -> Result<(), Wrong> {
        if leaf.is_surveyed() {
            return Err(Wrong::Surveyed { criterion: leaf.code.clone() });
        }
        let applicable = self.block.is_some_and(|block| applies(block, place));
        if applicable { Ok(()) } else { Err(Wrong::NotOfBlock { criterion: leaf.code.clone() }) }
    }
}

/// Whether a part holds points or a value.
pub(super) fn is_score(part: ScorePart) -> bool {
    matches!(part, ScorePart::SelfScore | ScorePart::Appraised | ScorePart::Second | ScorePart::Council)
}

/// Whether a score says that a leaf does not apply. An option of a scheme may have the code that says so elsewhere.
pub(super) fn leaves_out(leaf: &Leaf, text: &str) -> bool {
    let is_option = match &leaf.from {
        From::Statistic(Conversion::OptionWeights(options)) => options.iter().any(|(code, _)| code == text),
        _ => false,
    };
    is_not_applicable(text) && !is_option
}

/// A score as it is kept: with a point, and without the zeros that one spreadsheet writes and the next takes away.
fn canonical(leaf: &Leaf, text: &str) -> Result<String, Wrong> {
    entered(leaf, text).map_err(|why| bad(leaf, text, why))?;
    if matches!(&leaf.from, From::Statistic(Conversion::OptionWeights(_))) {
        return Ok(text.to_owned());
    }
    refuse_thousands(leaf, text)?;
    let held = Held::typed(text).map_err(|_| Wrong::NoNumber { given: short(text) })?;
    Ok(held.shortest())
}

/// `1,250` dossiers may be a thousand or one and a quarter; nobody is to guess.
fn refuse_thousands(leaf: &Leaf, text: &str) -> Result<(), Wrong> {
    let unclear = text.split_once([',', '.']).is_some_and(|(whole, places)| places.len() == 3 && !whole.trim_start_matches('0').is_empty());
    if unclear && matches!(leaf.from, From::Statistic(_)) {
        let (whole, decimal) = (text.replace([',', '.'], ""), format!("{}0", text.replace(',', ".")));
        return Err(Wrong::ThousandsMark { given: text.to_owned(), whole, decimal });
    }
    Ok(())
}

/// A text as it is kept.
pub(super) fn words(text: &str) -> Result<String, UnfitScoreText> {
    let length = text.chars().count();
    if length > TEXT_MOST {
        return Err(UnfitScoreText::TooLong(length));
    }
    if text.chars().any(|letter| is_hidden(letter) && letter != '\n' && letter != '\r') {
        return Err(UnfitScoreText::Control);
    }
    Ok(text.to_owned())
}

/// Why an entry cannot be made, with what the clerk wrote.
fn bad(leaf: &Leaf, text: &str, why: BadEntry) -> Wrong {
    let given = short(text);
    match why {
        BadEntry::Surveyed => Wrong::Surveyed { criterion: leaf.code.clone() },
        BadEntry::NoNumber => Wrong::NoNumber { given },
        BadEntry::TooMany(maximum) => Wrong::ManyPoints { given, maximum: maximum.to_fixed(2) },
        BadEntry::NotAllowed(possible) => {
            Wrong::ImpossiblePoints { given, possible: possible.iter().map(|points| points.to_fixed(2)).collect() }
        }
        BadEntry::NoOption(possible) => Wrong::NoOptionOfStatistic { given, possible },
    }
}

fn unfit(why: UnfitScoreText) -> Wrong {
    match why {
        UnfitScoreText::NoWords => Wrong::EmptyCell,
        UnfitScoreText::TooLong(characters) => Wrong::LongText { characters, most: TEXT_MOST },
        UnfitScoreText::Control => Wrong::HiddenSigns,
    }
}
