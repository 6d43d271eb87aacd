//! Words of a file in messages, and guesses at what a misspelt one was meant to be.

/// Longest word shown in a message, in characters.
const SHOWN_MAX: usize = 40;

/// A word of a file, safe to print: cut to length, without characters that a terminal would obey.
pub(crate) fn shown(word: &str) -> String {
    let mut shown: String = word.chars().take(SHOWN_MAX).flat_map(char::escape_debug).collect();
    if word.chars().nth(SHOWN_MAX).is_some() {
        shown.push('…');
    }
    shown
}

/// The word that is most like a misspelt one, if any is near: at most a third of its letters put in, taken out or changed (Levenshtein).
pub(crate) fn did_you_mean<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let letters = word.chars().take(SHOWN_MAX + 1).count();
    if letters > SHOWN_MAX {
        return None;
    }
    let near = known.into_iter().map(|candidate| (strsim::levenshtein(word, candidate), candidate)).min()?;
    (near.0 <= (letters / 3).max(1) && near.0 < letters).then_some(near.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_meant_when_at_most_a_third_of_its_letters_differ() {
        let known = ["title", "tiêu-đề", "unit", "units"];
        let meant = |word: &str| did_you_mean(word, known);
        assert_eq!(
            (meant("titel"), meant("ttle"), meant("title")),
            (None, Some("title"), Some("title")),
            "two letters of five are too many"
        );
        // Letters and not bytes are counted, and of two as near the first in the alphabet is meant.
        assert_eq!((meant("tieu-đề"), meant("unit"), meant("unity")), (Some("tiêu-đề"), Some("unit"), Some("unit")));
        // Of a word of one letter, all would differ.
        assert_eq!((did_you_mean("x", ["y"]), did_you_mean("", ["a"])), (None, None));
        assert_eq!(did_you_mean(&"x".repeat(41), ["x"]), None);
    }
}
