//! How large the words of a poster are, so that it is one page whatever a unit and whoever asks are called. Pure.
//!
//! A page cannot shrink what stands on it by style alone. So the height of every paragraph is reckoned here, from letters as wide as those
//! of the widest common type, and the largest size is taken at which all fit. Where letters are narrower, some of the page is left free.

/// Names of more characters than this are set smaller than others, in both languages.
pub(super) const LONG: usize = 60;

/// Classes of style with the size of their body, in tenths of a point; the first is that of a poster without a class.
const SIZES: [(&str, u64); 8] = [("", 130), ("s1", 120), ("s2", 110), ("s3", 100), ("s4", 90), ("s5", 80), ("s6", 70), ("s7", 60)];

/// A tenth of a point in micrometres, times ten.
const TENTH: u64 = 353;

/// What a page has for words, in micrometres: A4 without its edges and the rule between the languages.
const ROOM: u64 = 273_000;

/// Below each paragraph, in micrometres.
const GAP: u64 = 2_000;

/// Around the code, in micrometres.
const AROUND_CODE: u64 = 8_000;

/// What a paragraph has, in micrometres: all of the width, beside the emblem, behind the mark of a line of a list, or beside the code.
#[derive(Debug, Clone, Copy)]
pub(super) enum Room {
    Whole,
    Emblem,
    List,
    Code,
}

/// A paragraph as it is reckoned.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paragraph {
    /// How long its words are on one line, in hundredths of their size.
    long: u64,
    /// Their size in hundredths of that of the page.
    size: u64,
    room: Room,
}

/// What stands on a poster: in both languages, and beside the code.
#[derive(Debug)]
pub(super) struct Reckoned {
    pub(super) halves: Vec<Paragraph>,
    pub(super) beside: Vec<Paragraph>,
}

impl Reckoned {
    /// The class of the largest size at which everything fits; of the smallest one where nothing does.
    pub(super) fn class(&self) -> Option<&'static str> {
        let fits = SIZES.iter().find(|(_, size)| self.height(*size) <= ROOM);
        fits.or(SIZES.last()).map(|(class, _)| *class).filter(|class| !class.is_empty())
    }

    /// The height at a size in tenths of a point, in micrometres.
    fn height(&self, size: u64) -> u64 {
        let all = |paragraphs: &[Paragraph]| -> u64 { paragraphs.iter().map(|paragraph| paragraph.height(size)).sum() };
        all(&self.halves) + AROUND_CODE + code(size).max(all(&self.beside))
    }
}

impl Paragraph {
    pub(super) fn new(words: &str, size: u64, room: Room) -> Self {
        Self { long: words.chars().map(wide).sum(), size, room }
    }

    /// Its height at a size of the page in tenths of a point, in micrometres.
    fn height(self, size: u64) -> u64 {
        let letter = size * TENTH * self.size / 1_000;
        let room = match self.room {
            Room::Whole => 174_000,
            Room::Emblem => 154_000,
            Room::List => 166_000,
            Room::Code => 168_000 - code(size),
        };
        (self.long * letter / 100).div_ceil(room).max(1) * letter * 7 / 5 + GAP
    }
}

/// How wide the code is at a size of the words, in micrometres: as `poster.css` says it.
fn code(size: u64) -> u64 {
    if size > 80 { 62_000 } else { 50_000 }
}

/// How wide a letter is, in hundredths of the size, with what the end of a line leaves free.
fn wide(letter: char) -> u64 {
    match letter {
        'W' | 'M' | '@' | '%' => 116,
        'm' | 'w' => 108,
        ' ' => 36,
        'i' | 'l' | 'j' | 't' | '.' | ',' | ':' | ';' | '\'' | '|' | '(' | ')' | '-' => 44,
        _ if letter.is_uppercase() => 87,
        _ => 71,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(name: &str) -> Option<&'static str> {
        let paragraph = Paragraph::new(name, 215, Room::Whole);
        Reckoned { halves: vec![paragraph; 12], beside: vec![Paragraph::new("a.vn", 115, Room::Code)] }.class()
    }

    #[test]
    fn words_are_as_large_as_fits_and_never_smaller_than_the_smallest_size() {
        assert_eq!((class("Sở Y tế"), class(&"Sở Y tế ".repeat(5)), class(&"W".repeat(2_000))), (None, Some("s4"), Some("s7")));
    }
}
