//! Reading: from the fields of a form, or the cells of an imported row, to a sheet that fits its questionnaire.
//!
//! Everything that arrives is hostile until read: an unknown field, an option that does not exist or two answers to one item refuse
//! the whole sheet, and every fault is named. An item that routing hides is stored as not shown whatever was sent for it, because
//! browsers send what style sheets hide.

pub mod about;

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use super::Questionnaire;
use super::item::{Item, Kind, ShownWhen};
use super::sheet::{Answer, AnswerSheet, Remark};
use crate::printed::is_hidden;

/// Field value of "no opinion" or "not applicable"; no option may have this code.
pub const NO_OPINION_CODE: &str = "na";

/// What follows an item's code in the name of its write-in field.
pub const WRITE_IN_SUFFIX: &str = ".other";

/// Most characters of one remark: a screen of text, and a bound on what one sheet can make us keep.
pub const REMARK_MAX: usize = 2_000;

/// A sheet and what it left open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What was answered, checked against the questionnaire.
    pub sheet: AnswerSheet,
    /// Items that were asked and passed over, as places in the codebook; remarks never count.
    pub missed: Vec<usize>,
}

impl Reading {
    /// Whether an item that the definition requires is missing.
    #[must_use]
    pub fn lacks_required(&self, questionnaire: &Questionnaire) -> bool {
        self.missed.iter().any(|place| questionnaire.items.get(*place).is_some_and(|item| item.required))
    }
}

/// Why a sheet is refused. The field is named; what was sent in it never is, because messages may be logged or read aloud.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetFault {
    /// A field that the questionnaire does not have.
    UnknownItem(String),
    /// A value that is none of the item's options.
    UnknownOption(String),
    /// Two answers where one is possible.
    SeveralAnswers(String),
    /// "No opinion" where it is not offered, or together with an option.
    NoOpinionNotOffered(String),
    /// More words than [`REMARK_MAX`].
    TooLong(String),
}

/// What arrived for one item. Options are marked as they arrive, so that reading a sheet allocates next to nothing.
#[derive(Debug, Default)]
struct Arrived<'a> {
    values: u32,
    mask: u64,
    no_opinion: bool,
    unknown: bool,
    words: Option<&'a str>,
}

impl Arrived<'_> {
    fn take(&mut self, item: &Item, value: &str) {
        self.values += 1;
        match item.choices().iter().position(|choice| choice.code == value) {
            Some(place) => self.mask |= place_bit(place),
            None if value == NO_OPINION_CODE => self.no_opinion = true,
            None => self.unknown = true,
        }
    }
}

/// Places of items by code, made once for a questionnaire that reads many sheets.
#[derive(Debug, Clone)]
pub struct Places(HashMap<String, usize>);

impl Places {
    /// The places of a questionnaire's items.
    #[must_use]
    pub fn of(questionnaire: &Questionnaire) -> Self {
        Self(questionnaire.items.iter().enumerate().map(|(place, item)| (item.code.clone(), place)).collect())
    }
}

/// Reads the answer fields of a form: pairs of item code and option code, repeated for several choices.
///
/// # Errors
/// Every fault of the sheet.
pub fn read<'a>(
    questionnaire: &Questionnaire,
    places: &Places,
    fields: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Reading, Vec<SheetFault>> {
    let mut given: Vec<Arrived<'_>> = questionnaire.items.iter().map(|_| Arrived::default()).collect();
    let mut faults = Vec::new();
    for (name, value) in fields {
        let (code, is_words) = name.strip_suffix(WRITE_IN_SUFFIX).map_or((name, false), |code| (code, true));
        let slot = places.0.get(code).and_then(|place| Some((questionnaire.items.get(*place)?, given.get_mut(*place)?)));
        match slot {
            Some((item, slot)) if is_words && takes_words(item) || item.is_remark() && !is_words => {
                put_words(item, slot, value, &mut faults);
            }
            Some((item, slot)) if !is_words && !value.is_empty() => slot.take(item, value),
            Some(_) if !is_words => {}
            _ => faults.push(SheetFault::UnknownItem(name.chars().take(60).collect())),
        }
    }
    assemble(questionnaire, &given, faults)
}

fn takes_words(item: &Item) -> bool {
    item.choices().iter().any(|choice| choice.write_in)
}

fn put_words<'a>(item: &Item, slot: &mut Arrived<'a>, value: &'a str, faults: &mut Vec<SheetFault>) {
    let words = value.trim();
    // A browser sends each line end as two characters and counts it as one.
    if words.chars().filter(|letter| *letter != '\r').count() > REMARK_MAX {
        faults.push(SheetFault::TooLong(item.code.clone()));
    } else if slot.words.is_some() {
        faults.push(SheetFault::SeveralAnswers(item.code.clone()));
    } else if !words.is_empty() {
        slot.words = Some(words);
    }
}

fn assemble(questionnaire: &Questionnaire, given: &[Arrived<'_>], mut faults: Vec<SheetFault>) -> Result<Reading, Vec<SheetFault>> {
    let mut sheet = AnswerSheet { answers: Vec::with_capacity(given.len()), remarks: Vec::new() };
    let mut missed = Vec::new();
    for (place, (item, given)) in questionnaire.items.iter().zip(given).enumerate() {
        let part_shown = questionnaire.parts.get(item.part).is_none_or(|part| holds(part.show_if.as_ref(), &sheet.answers));
        if !part_shown || !holds(item.show_if.as_ref(), &sheet.answers) {
            sheet.answers.push(Answer::NotShown);
            continue;
        }
        let answer = answer_of(item, given).unwrap_or_else(|fault| {
            faults.push(fault);
            Answer::Skipped
        });
        if answer == Answer::Skipped && !item.is_remark() {
            missed.push(place);
        }
        sheet
            .remarks
            .extend(given.words.map(|words| Remark { item: place, words: clean(words) }).filter(|remark| !remark.words.is_empty()));
        sheet.answers.push(answer);
    }
    if faults.is_empty() { Ok(Reading { sheet, missed }) } else { Err(faults) }
}

/// Whether a condition holds on the answers read so far; a condition only ever looks back.
fn holds(condition: Option<&ShownWhen>, answers: &[Answer]) -> bool {
    condition.is_none_or(|condition| match answers.get(condition.item) {
        Some(Answer::Option(option)) => condition.any_of.contains(&usize::from(*option)),
        Some(Answer::Options(mask)) => condition.any_of.iter().any(|place| place_bit(*place) & mask != 0),
        _ => false,
    })
}

fn answer_of(item: &Item, given: &Arrived<'_>) -> Result<Answer, SheetFault> {
    let fault = |make: fn(String) -> SheetFault| Err(make(item.code.clone()));
    if given.unknown {
        return fault(SheetFault::UnknownOption);
    }
    if given.no_opinion {
        let alone = item.no_opinion && given.values == 1;
        return if alone { Ok(Answer::NoOpinion) } else { fault(SheetFault::NoOpinionNotOffered) };
    }
    let mut mask = given.mask;
    if given.words.is_some() && (mask == 0 || item.is_multiple()) {
        // Whoever writes in the "other" field means the option beside it, ticked or not.
        mask |= item.choices().iter().position(|choice| choice.write_in).map_or(0, place_bit);
    }
    match (mask, &item.kind) {
        (0, _) => Ok(Answer::Skipped),
        (_, Kind::Multiple(_)) => Ok(Answer::Options(mask)),
        _ if given.values > 1 => fault(SheetFault::SeveralAnswers),
        _ => Ok(Answer::Option(u8::try_from(mask.trailing_zeros()).unwrap_or(u8::MAX))),
    }
}

fn place_bit(place: usize) -> u64 {
    u32::try_from(place).ok().and_then(|place| 1_u64.checked_shl(place)).unwrap_or(0)
}

/// Words as they are kept: NFC, line ends as `\n`, nothing else that is not printed.
fn clean(words: &str) -> String {
    words.nfc().filter(|letter| *letter == '\n' || !is_hidden(*letter)).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::Text;
    use crate::survey::Audience;
    use crate::survey::item::{Choice, Part, Role};

    fn choice(code: &str) -> Choice {
        Choice { code: code.into(), text: Text::from([("vi", code)]), write_in: false, satisfied: false, weight: None }
    }

    fn item(code: &str, kind: Kind, show_if: Option<ShownWhen>) -> Item {
        let text = Text::from([("vi", code)]);
        Item {
            code: code.into(),
            role: Role::Question,
            text,
            help: None,
            kind,
            required: false,
            no_opinion: code == "b",
            factor: None,
            criterion: None,
            example: false,
            part: 0,
            show_if,
        }
    }

    /// `a` yes-no; `b` single, only after yes, offers "no opinion"; `c` several with a write-in; `d` a remark.
    fn questionnaire() -> Questionnaire {
        let other = Choice { write_in: true, ..choice("3") };
        let after_yes = Some(ShownWhen { item: 0, any_of: vec![0] });
        Questionnaire {
            id: "q".into(),
            version: "1".into(),
            languages: vec!["vi".into()],
            audience: Audience::Citizens,
            requires_code: false,
            title: Text::from([("vi", "q")]),
            introduction: None,
            no_opinion_label: Text::from([("vi", "không biết")]),
            contents: vec![],
            factors: vec![],
            parts: vec![Part { code: "p".into(), title: Text::from([("vi", "p")]), help: None, show_if: None }],
            items: vec![
                item("a", Kind::YesNo(vec![choice("1"), choice("2")]), None),
                item("b", Kind::Single(vec![choice("1"), choice("2"), choice("3")]), after_yes),
                item("c", Kind::Multiple(vec![choice("1"), choice("2"), other]), None),
                item("d", Kind::Remark, None),
            ],
            index: None,
            rating: None,
            least_sheets: 10,
        }
    }

    fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn read_sheet(fields: &[(String, String)]) -> Result<Reading, Vec<SheetFault>> {
        read(&questionnaire(), &Places::of(&questionnaire()), fields.iter().map(|(name, value)| (name.as_str(), value.as_str())))
    }

    fn answers(pairs: &[(&str, &str)]) -> Vec<Answer> {
        read_sheet(&fields(pairs)).unwrap().sheet.answers
    }

    #[test]
    fn what_routing_hides_is_not_shown_whatever_was_sent() {
        assert_eq!(answers(&[("a", "2"), ("b", "1")])[1], Answer::NotShown);
        assert_eq!(answers(&[("b", "1")])[1], Answer::NotShown);
        assert_eq!(answers(&[("a", "1"), ("b", "1")])[1], Answer::Option(0));
    }

    #[test]
    fn missed_items_are_those_that_were_asked() {
        assert_eq!(read_sheet(&fields(&[("a", "2")])).unwrap().missed, [2]);
        assert_eq!(read_sheet(&fields(&[("a", "1"), ("c", "1")])).unwrap().missed, [1]);
        assert_eq!(read_sheet(&fields(&[("a", "1"), ("b", "na"), ("c", "1")])).unwrap().missed, Vec::<usize>::new());
    }

    #[test]
    fn several_choices_make_a_mask_and_words_tick_their_option() {
        assert_eq!(answers(&[("c", "1"), ("c", "2"), ("c", "2")])[2], Answer::Options(0b011));
        assert_eq!(answers(&[("c", "1"), ("c.other", "đài xã")])[2], Answer::Options(0b101));
    }

    #[test]
    fn every_fault_is_named_and_no_value_is_repeated() {
        let sent = [("x", "1"), ("a", "9"), ("b", "1"), ("c", "na"), ("d", &"x".repeat(REMARK_MAX + 1)), ("a.other", "w")];
        let faults = read_sheet(&fields(&sent)).unwrap_err();
        let expected = [
            SheetFault::UnknownItem("x".into()),
            SheetFault::TooLong("d".into()),
            SheetFault::UnknownItem("a.other".into()),
            SheetFault::UnknownOption("a".into()),
            SheetFault::NoOpinionNotOffered("c".into()),
        ];
        assert_eq!(faults, expected);
        assert_eq!(read_sheet(&fields(&[("a", "1"), ("a", "2")])).unwrap_err(), [SheetFault::SeveralAnswers("a".into())]);
    }

    #[test]
    fn a_line_end_is_one_character_as_the_form_counts_it() {
        let lines = "chín chữ\r\n".repeat(REMARK_MAX / 9);
        assert!(read_sheet(&fields(&[("d", &lines)])).is_ok());
        assert_eq!(read_sheet(&fields(&[("d", &format!("{lines}{lines}"))])).unwrap_err(), [SheetFault::TooLong("d".into())]);
    }

    #[test]
    fn words_are_kept_apart_in_nfc_without_control_characters() {
        let reading = read_sheet(&fields(&[("d", " Ho\u{300}a\u{7} \r\nbình ")])).unwrap();
        assert_eq!(reading.sheet.remarks, [Remark { item: 3, words: "Hòa \nbình".into() }]);
    }
}
