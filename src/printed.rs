//! Texts of people: which of their signs are printed. One that is not, or that turns the direction of writing, makes different texts look
//! the same, a line look like two, and a terminal obey. Pure.

use std::borrow::Cow;
use std::path::Path;

use unicode_normalization::UnicodeNormalization;

/// Why a text is no line of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// It has no letter and no digit.
    NoWords,
    /// It has so many characters, which is too many.
    TooLong(usize),
    /// It has a sign that is not printed.
    Hidden,
}

/// Whether a sign is not printed, or turns the direction of writing: control characters and line ends, marks of direction, joiners and
/// fillers without a width, and tags. Signs that choose the shape of the one before them are none of these.
#[must_use]
pub fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FEFF}'
            | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFC}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Words in NFC, with one blank between them.
#[must_use]
pub fn composed(words: &str) -> String {
    let composed: String = words.nfc().collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One line of words, composed: a name, or a reason.
///
/// # Errors
/// When it has no words, signs that are not printed, or more characters than `most`.
pub fn line(given: &str, most: usize) -> Result<String, Unfit> {
    let given = given.trim();
    if given.chars().any(is_hidden) {
        return Err(Unfit::Hidden);
    }
    let line = composed(given);
    match line.chars().count() {
        length if length > most => Err(Unfit::TooLong(length)),
        _ if !line.contains(char::is_alphanumeric) => Err(Unfit::NoWords),
        _ => Ok(line),
    }
}

/// The name of a file as it is shown on one line, whatever somebody called it.
#[must_use]
pub fn shown(path: &Path) -> String {
    visible(&path.to_string_lossy()).into_owned()
}

/// A text as it is shown in one line: what is not printed is written out, such as `\n` and `\u{202e}`.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    written_out(text, is_hidden)
}

/// The same of a text of several lines, whose line ends stay.
#[must_use]
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    written_out(text, |letter| letter != '\n' && is_hidden(letter))
}

fn written_out(text: &str, is_hidden: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        if is_hidden(letter) { shown.extend(letter.escape_default()) } else { shown.push(letter) }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn a_line_is_composed_and_has_one_blank_between_words() {
        assert_eq!(line("  Nguye\u{302}\u{303}n \u{a0} Va\u{306}n ", 200), Ok("Nguyễn Văn".to_owned()));
        assert_eq!(line(&"ễ".repeat(200), 200), Ok("ễ".repeat(200)));
        assert_eq!(line(&"e\u{302}\u{303}".repeat(200), 200), Ok("ễ".repeat(200)), "it is counted as it is kept");
    }

    #[rstest]
    #[case("", Unfit::NoWords)]
    #[case(" \u{a0}\u{3000}", Unfit::NoWords)]
    #[case("—", Unfit::NoWords)]
    #[case("\u{fe0f}\u{301}", Unfit::NoWords)]
    #[case("aaaaa", Unfit::TooLong(5))]
    #[case("a\nb", Unfit::Hidden)]
    #[case("a\tb", Unfit::Hidden)]
    #[case("a\u{1b}", Unfit::Hidden)]
    #[case("a\u{9b}", Unfit::Hidden)]
    #[case("a\u{2028}b", Unfit::Hidden)]
    #[case("a\u{2029}b", Unfit::Hidden)]
    #[case("\u{200b}", Unfit::Hidden)]
    #[case("\u{feff}", Unfit::Hidden)]
    #[case("\u{3164}", Unfit::Hidden)]
    #[case("\u{ffa0}", Unfit::Hidden)]
    #[case("\u{2800}", Unfit::Hidden)]
    #[case("a\u{ad}b", Unfit::Hidden)]
    #[case("a\u{e0061}", Unfit::Hidden)]
    fn what_is_no_line_of_words(#[case] given: &str, #[case] why: Unfit) {
        assert_eq!(line(given, 4), Err(why), "{given:?}");
    }

    #[test]
    fn no_mark_of_direction_is_in_a_line() {
        for mark in ('\u{200e}'..='\u{200f}').chain('\u{202a}'..='\u{202e}').chain('\u{2066}'..='\u{2069}').chain(['\u{61c}']) {
            assert_eq!(line(&format!("a{mark}b"), 200), Err(Unfit::Hidden), "{mark:?}");
        }
    }

    #[test]
    fn what_is_not_printed_is_written_out() {
        assert_eq!(visible("Lê Văn C ☹️"), "Lê Văn C ☹️");
        assert_eq!(visible("a\nb\u{1b}[2J\u{202e}"), "a\\nb\\u{1b}[2J\\u{202e}");
        assert_eq!(visible_lines("a\nb\u{1b}"), "a\nb\\u{1b}");
    }
}
