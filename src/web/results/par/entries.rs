//! What was entered into a cell of a score sheet, in words: numbers, evidence and explanations, and every change with who, when and why.

use jiff::civil::Date;
use maud::{Markup, html};

use crate::round::steps::ScorePart;
use crate::scheme::{Conversion, From, Leaf};
use crate::scoring::decimal::Held;
use crate::scoring::ranking::{CellResult, LeafHead, Origin};
use crate::scoring::sheet::Change;
use crate::words::Words;

/// Columns of the table: criterion, points, maximum, four entries.
pub(super) const COLUMNS: u8 = 7;

/// What is entered for a leaf: nobody is to take a share of 95 % for 95 points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EntryKind {
    Points,
    /// A value that was measured, and becomes points by the scheme.
    Measured,
    /// One of some options, each of which has its points.
    Option,
}

impl EntryKind {
    /// That of a leaf, as the scheme knows it.
    pub(super) fn of(head: &LeafHead, known: Option<&Leaf>) -> Self {
        match known.map(|leaf| &leaf.from) {
            Some(From::Statistic(Conversion::OptionWeights(_))) => Self::Option,
            _ if head.from == Origin::Statistic => Self::Measured,
            _ => Self::Points,
        }
    }
}

/// An entry in a cell, with what it is where it is no points; a dash where there is none.
pub(super) fn entered(words: Words, kind: EntryKind, entry: Option<&str>) -> Markup {
    html! {
        (written(words, kind, entry))
        @if kind == EntryKind::Measured && entry.is_some() { br; small { (words.get("par-entry-measured")) } }
    }
}

/// An entry as the language writes it; a dash where there is none.
fn written(words: Words, kind: EntryKind, entry: Option<&str>) -> String {
    let Some(text) = entry else { return "–".to_owned() };
    match kind {
        EntryKind::Option => words.with("par-entry-option", [("option", text)]),
        // Files may write a comma as well as a point; `NA` is no number.
        _ if Held::typed(text).is_ok() => words.decimal(&text.replace(',', ".")),
        _ => text.to_owned(),
    }
}

/// Evidence, note, explanation and changes, in a row of their own; nothing where there are none.
pub(super) fn more(words: Words, kind: EntryKind, cell: &CellResult) -> Markup {
    let texts = [("par-part-evidence", &cell.evidence), ("par-part-note", &cell.note), ("par-part-explanation", &cell.explanation)];
    let texts: Vec<(&str, &String)> = texts.into_iter().filter_map(|(key, text)| Some((key, text.as_ref()?))).collect();
    html! {
        @if !texts.is_empty() || !cell.changes.is_empty() {
            tr.more { td colspan=(COLUMNS) {
                @for (key, text) in texts { p { strong { (words.get(key)) ":" } " " (text) } }
                @if !cell.changes.is_empty() {
                    details {
                        summary { (words.count("par-changes", cell.changes.len())) }
                        ul { @for change in &cell.changes { li { (said(words, kind, change)) } } }
                    }
                }
            } }
        }
    }
}

/// "12/11/2026, Nguyễn A, Appraisal: 1,00 → 1,50, because: …"; "Appraisal (measured value): 90 → 95" of what is no points.
fn said(words: Words, kind: EntryKind, change: &Change) -> String {
    let is_scored = matches!(change.part, ScorePart::SelfScore | ScorePart::Appraised | ScorePart::Second | ScorePart::Council);
    let kind = if is_scored { kind } else { EntryKind::Points };
    let entry = |text: &str| if text.is_empty() { words.get("par-empty") } else { written(words, kind, Some(text)) };
    let part = words.get(&format!("par-part-{}", change.part));
    let part = if kind == EntryKind::Measured { format!("{part} ({})", words.get("par-entry-measured")) } else { part };
    let key = if change.why.is_empty() { "par-change-line" } else { "par-change-why" };
    let values = [
        ("on", day(words, &change.on)),
        ("who", change.who.clone()),
        ("part", part),
        ("from", entry(change.from.as_deref().unwrap_or_default())),
        ("to", entry(&change.to)),
        ("why", change.why.clone()),
    ];
    words.with(key, values.each_ref().map(|(name, value)| (*name, value.as_str())))
}

/// A day as people write it.
fn day(words: Words, text: &str) -> String {
    let format = if words.code() == "vi" { "%d/%m/%Y" } else { "%-d %B %Y" };
    text.parse::<Date>().map_or_else(|_| text.to_owned(), |day| day.strftime(format).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(from: &str, why: &str) -> Change {
        let [from, to, who, on, why] = [from, "1.5", "Nguyễn A", "2026-11-12", why].map(str::to_owned);
        Change { part: ScorePart::Appraised, from: Some(from), to, who, on, why }
    }

    #[test]
    fn a_change_says_who_when_what_and_why() {
        let vi = said(Words::of("vi"), EntryKind::Points, &change("1,00", "đã có minh chứng"));
        assert_eq!(vi, "12/11/2026, Nguyễn A, Thẩm định: 1,00 → 1,5, vì đã có minh chứng");
        let en = said(Words::of("en"), EntryKind::Points, &change("", ""));
        assert_eq!(en, "12 November 2026, Nguyễn A, Appraisal: (empty) → 1.5");
    }

    #[test]
    fn a_value_that_was_measured_is_not_taken_for_points() {
        let of = |language, kind, text| entered(Words::of(language), kind, Some(text)).into_string();
        assert_eq!(of("vi", EntryKind::Measured, "95.5"), "95,5<br><small>giá trị đo</small>");
        assert_eq!(of("en", EntryKind::Measured, "95,5"), "95.5<br><small>measured value</small>");
        assert_eq!((of("vi", EntryKind::Option, "b"), of("vi", EntryKind::Points, "0,5")), ("phương án b".into(), "0,5".into()));
        let changed = said(Words::of("vi"), EntryKind::Measured, &change("1,00", ""));
        assert_eq!(changed, "12/11/2026, Nguyễn A, Thẩm định (giá trị đo): 1,00 → 1,5");
        let option = said(Words::of("en"), EntryKind::Option, &Change { to: "b".to_owned(), ..change("a", "") });
        assert_eq!(option, "12 November 2026, Nguyễn A, Appraisal: option a → option b");
        let note = Change { part: ScorePart::Note, ..change("1", "") };
        assert!(!said(Words::of("vi"), EntryKind::Measured, &note).contains("giá trị đo"));
    }

    #[test]
    fn entries_are_written_as_the_language_writes_numbers() {
        let of = |language, text| written(Words::of(language), EntryKind::Points, Some(text));
        assert_eq!((of("vi", "1.25"), of("en", "1,25"), of("vi", "NA")), ("1,25".into(), "1.25".into(), "NA".into()));
        assert_eq!(entered(Words::of("en"), EntryKind::Measured, None).into_string(), "–");
    }
}
