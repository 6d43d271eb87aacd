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

/// The word that is most like a misspelt one, if any is near: at most a third of its letters differ.
pub(crate) fn did_you_mean<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let letters: Vec<char> = word.chars().take(SHOWN_MAX + 1).collect();
    if letters.len() > SHOWN_MAX {
        return None;
    }
    let near = known.into_iter().map(|candidate| (distance(&letters, candidate), candidate)).min()?;
    (near.0 <= (letters.len() / 3).max(1) && near.0 < letters.len()).then_some(near.1)
}

/// How many letters have to be put in, taken out or changed (Levenshtein).
fn distance(word: &[char], other: &str) -> usize {
    let mut row: Vec<usize> = (0..=word.len()).collect();
    for (line, letter) in other.chars().enumerate() {
        let mut corner = line;
        let mut left = line + 1;
        for (above, own) in row.iter_mut().skip(1).zip(word) {
            let changed = corner + usize::from(*own != letter);
            corner = *above;
            left = changed.min(left + 1).min(*above + 1);
            *above = left;
        }
        if let Some(first) = row.first_mut() {
            *first = line + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}
