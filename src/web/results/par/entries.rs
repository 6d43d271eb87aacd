//! What was entered into a cell of a score sheet, in words: numbers, evidence and explanations, and every change with who, when and why.

use jiff::civil::Date;
use maud::{Markup, html};

use crate::scoring::decimal::Held;
use crate::scoring::ranking::CellResult;
use crate::scoring::sheet::Change;
use crate::words::Words;

/// Columns of the table: criterion, points, maximum, four entries.
pub(super) const COLUMNS: u8 = 7;

/// An entry as the language writes it; a dash where there is none.
pub(super) fn entered(words: Words, entry: Option<&str>) -> String {
    let Some(text) = entry else { return "–".to_owned() };
    // Files may write a comma as well as a point; options and `NA` are no numbers.
    if Held::typed(text).is_ok() { words.decimal(&text.replace(',', ".")) } else { text.to_owned() }
}

/// Evidence, note, explanation and changes, in a row of their own; nothing where there are none.
pub(super) fn more(words: Words, cell: &CellResult) -> Markup {
    let texts = [("par-part-evidence", &cell.evidence), ("par-part-note", &cell.note), ("par-part-explanation", &cell.explanation)];
    let texts: Vec<(&str, &String)> = texts.into_iter().filter_map(|(key, text)| Some((key, text.as_ref()?))).collect();
    html! {
        @if !texts.is_empty() || !cell.changes.is_empty() {
            tr.more { td colspan=(COLUMNS) {
                @for (key, text) in texts { p { strong { (words.get(key)) ":" } " " (text) } }
                @if !cell.changes.is_empty() {
                    details {
                        summary { (words.count("par-changes", cell.changes.len())) }
                        ul { @for change in &cell.changes { li { (said(words, change)) } } }
                    }
                }
            } }
        }
    }
}

/// "12/11/2026, Nguyễn A, Appraisal: 1,00 → 1,50, because: …".
fn said(words: Words, change: &Change) -> String {
    let entry = |text: &str| if text.is_empty() { words.get("par-empty") } else { entered(words, Some(text)) };
    let part = words.get(&format!("par-part-{}", change.part));
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
    use crate::round::steps::ScorePart;

    fn change(from: &str, why: &str) -> Change {
        let [from, to, who, on, why] = [from, "1.5", "Nguyễn A", "2026-11-12", why].map(str::to_owned);
        Change { part: ScorePart::Appraised, from: Some(from), to, who, on, why }
    }

    #[test]
    fn a_change_says_who_when_what_and_why() {
        let vi = said(Words::of("vi"), &change("1,00", "đã có minh chứng"));
        assert_eq!(vi, "12/11/2026, Nguyễn A, Thẩm định: 1,00 → 1,5, vì đã có minh chứng");
        let en = said(Words::of("en"), &change("", ""));
        assert_eq!(en, "12 November 2026, Nguyễn A, Appraisal: (empty) → 1.5");
    }

    #[test]
    fn entries_are_written_as_the_language_writes_numbers() {
        let of = |language, text| entered(Words::of(language), Some(text));
        assert_eq!((of("vi", "1.25"), of("en", "1,25"), of("vi", "NA")), ("1,25".into(), "1.25".into(), "NA".into()));
        assert_eq!(entered(Words::of("en"), None), "–");
    }
}
