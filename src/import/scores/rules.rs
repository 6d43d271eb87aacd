//! What a cell of a score file may say.

use std::collections::HashMap;

use super::{TAKE_OUT, TEXT_MOST, Unfit};
use crate::printed::is_hidden;
use crate::round::steps::{ScorePart, Step, may_enter};
use crate::scheme::{Block, Conversion, From, Leaf, Scheme};
use crate::scoring::decimal::Held;
use crate::scoring::score::applies;
use crate::scoring::sheet::{BadEntry, Cell, NOT_APPLICABLE, entered};

/// A scheme, as it holds for a block.
pub(super) struct Rules<'a> {
    block: Option<&'a Block>,
    leaves: HashMap<&'a str, (usize, &'a Leaf)>,
    /// Codes that have leaves below them, and of fields.
    above: HashMap<&'a str, &'static str>,
}

impl<'a> Rules<'a> {
    pub(super) fn new(scheme: &'a Scheme, block: &str, year: i32) -> Self {
        let leaves = scheme.leaves.iter().enumerate().map(|(place, leaf)| (leaf.code.as_str(), (place, leaf))).collect();
        let fields = scheme.fields.iter().map(|field| (field.code.as_str(), "field"));
        let criteria = scheme.criteria.iter().map(|criterion| (criterion.code.as_str(), "criterion with sub-criteria"));
        Self { block: scheme.block(block, year), leaves, above: criteria.chain(fields).collect() }
    }

    pub(super) fn leaf(&self, code: &str) -> Option<(usize, &'a Leaf)> {
        self.leaves.get(code).copied()
    }

    /// Why a code names no leaf.
    pub(super) fn unknown(&self, code: &str) -> String {
        match self.above.get(code) {
            Some(what) => format!("`{code}` is a {what}; points are entered for what is below it"),
            None => format!("there is no criterion `{code}` in the scheme of this unit's block"),
        }
    }

    /// What is entered for a cell of the file: nothing where it stands there already.
    pub(super) fn entry(
        &self,
        place: usize,
        leaf: &Leaf,
        now: Option<&Cell>,
        (part, text): (ScorePart, &str),
        step: Option<Step>,
    ) -> Result<Option<(ScorePart, String)>, String> {
        self.refuse_fed(place, leaf)?;
        let stands = |part: ScorePart| now.and_then(|cell| cell.entry(part)).unwrap_or_default();
        let (score, left_out) = (is_score(part), stands(ScorePart::Applicability) == NOT_APPLICABLE);
        let (part, words) = match text {
            NOT_APPLICABLE if score => (ScorePart::Applicability, text.to_owned()),
            TAKE_OUT if score && left_out => (ScorePart::Applicability, String::new()),
            TAKE_OUT => (part, String::new()),
            _ if score && left_out => {
                return Err(format!("`{}` does not apply to this unit; write {TAKE_OUT} first to make it apply again", leaf.code));
            }
            _ if score => (part, canonical(leaf, text)?),
            _ => (part, words(text).map_err(|why| why.to_string())?),
        };
        if stands(part) == words {
            return Ok(None);
        }
        if may_enter(step, part) { Ok(Some((part, words))) } else { Err(closed(part, step)) }
    }

    /// Nobody can enter points that come from a survey, or for what does not apply to the block.
    fn refuse_fed(&self, place: usize, leaf: &Leaf) -> Result<(), String> {
        if leaf.is_surveyed() {
            return Err(BadEntry::Surveyed(leaf.code.clone()).to_string());
        }
        let applicable = self.block.is_some_and(|block| applies(block, place));
        if applicable { Ok(()) } else { Err(BadEntry::NotApplicable(leaf.code.clone()).to_string()) }
    }
}

/// Whether a part holds points or a value.
pub(super) fn is_score(part: ScorePart) -> bool {
    matches!(part, ScorePart::SelfScore | ScorePart::Appraised | ScorePart::Second | ScorePart::Council)
}

/// A score as it is kept: with a point, and without the zeros that one spreadsheet writes and the next takes away.
fn canonical(leaf: &Leaf, text: &str) -> Result<String, String> {
    entered(leaf, text).map_err(|error| error.to_string())?;
    if matches!(&leaf.from, From::Statistic(Conversion::OptionWeights(_))) {
        return Ok(text.to_owned());
    }
    refuse_thousands(leaf, text)?;
    let held: Held = text.replace(',', ".").parse().map_err(|_| BadEntry::NoNumber(text.to_owned()).to_string())?;
    Ok(held.shortest())
}

/// `1,250` dossiers may be a thousand or one and a quarter; nobody is to guess.
fn refuse_thousands(leaf: &Leaf, text: &str) -> Result<(), String> {
    let unclear = text.split_once([',', '.']).is_some_and(|(whole, places)| places.len() == 3 && !whole.trim_start_matches('0').is_empty());
    if unclear && matches!(leaf.from, From::Statistic(_)) {
        return Err(format!("`{text}` may have a thousands mark; write {} or {}0", text.replace([',', '.'], ""), text.replace(',', ".")));
    }
    Ok(())
}

/// A text as it is kept.
pub(super) fn words(text: &str) -> Result<String, Unfit> {
    let length = text.chars().count();
    if length > TEXT_MOST {
        return Err(Unfit::TooLong(length));
    }
    if text.chars().any(|letter| is_hidden(letter) && letter != '\n' && letter != '\r') {
        return Err(Unfit::Control);
    }
    Ok(text.to_owned())
}

fn closed(part: ScorePart, step: Option<Step>) -> String {
    let open = part.steps().iter().map(|step| step.name()).collect::<Vec<_>>().join(", ");
    let now = step.map_or("", Step::name);
    format!("the round is in the step {now}; `{part}` is entered in {open}. `par-survey scores step` goes to another step")
}
