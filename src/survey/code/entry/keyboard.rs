//! What a keyboard for Vietnamese makes of symbols that are typed, undone: `0SNW` stands there as `0SNƯ`, `DD` as `Đ`, `4EM6` as `4ÊM`.
//!
//! There are two ways of typing: Telex, where a letter that comes twice or one of `W S F R X J` marks a vowel before it, and VNI, where
//! digits do.
//! A mark may be typed any time before the word ends, so that one text comes from several: all are given, and whoever asks takes the one
//! that fits. What a keyboard swallowed for good (a mark that replaced another one) is not found.

use std::cell::Cell;
use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::super::symbols::value;

/// Between words: no mark is typed behind it for a letter before.
pub(super) const BREAK: &str = " ";

/// Most steps of looking for what was typed in one entry: all ways of eleven symbols with three marks, and as much again for the words
/// around them. They take a few milliseconds, whatever comes in.
const STEPS_MOST: usize = 40_000;

/// Steps that looking through an entry may still take.
#[derive(Debug)]
pub(super) struct Steps(Cell<usize>);

impl Steps {
    /// Those of one entry.
    pub(super) fn of_entry() -> Self {
        Self(Cell::new(STEPS_MOST))
    }

    /// Takes one; none is left where this is false.
    pub(super) fn take(&self) -> bool {
        let left = self.0.get().checked_sub(1);
        self.0.set(left.unwrap_or_default());
        left.is_some()
    }
}

/// A way of typing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keyboard {
    Telex,
    Vni,
}

/// A letter that stands there: what was typed for it at once, and what was typed then or later to mark it.
#[derive(Debug)]
struct TypedLetter {
    first: Option<u8>,
    marks: Vec<u8>,
    is_letter: bool,
}

/// The values of so many symbols that may have been typed, in every way that the steps suffice for.
pub(super) fn undone(text: &str, length: usize, steps: &Steps) -> Vec<Vec<u8>> {
    // A break is no symbol, and no letter stands for more than three.
    let signs = text.chars().filter(|letter| letter.is_alphanumeric()).count();
    if signs > length || signs * 3 < length {
        return Vec::new();
    }
    let mut found = BTreeSet::new();
    for keyboard in [Keyboard::Telex, Keyboard::Vni] {
        if let Some(typed) = text.chars().map(|letter| typed(letter, keyboard)).collect::<Option<Vec<_>>>() {
            let mut search = Undoing { typed: &typed, length, steps, found: &mut found };
            search.go(0, &[], &mut Vec::with_capacity(length));
        }
    }
    found.into_iter().collect()
}

/// What was typed for a capital letter; none where it can come from no symbol.
fn typed(letter: char, keyboard: Keyboard) -> Option<TypedLetter> {
    if BREAK.contains(letter) {
        return Some(TypedLetter { first: None, marks: Vec::new(), is_letter: false });
    }
    let by = |telex: char, vni: char| value(if keyboard == Keyboard::Telex { telex } else { vni });
    if letter == 'Đ' {
        return Some(TypedLetter { first: value('D'), marks: vec![by('D', '9')?], is_letter: true });
    }
    let mut parts = letter.nfd();
    let base = parts.next()?;
    let mut marks = Vec::new();
    // No symbol is a U, but Telex makes one with a horn of a W that stands alone.
    let is_lone = base == 'U' && keyboard == Keyboard::Telex;
    for mark in parts {
        marks.extend(match mark {
            '\u{31B}' if is_lone => None,
            '\u{302}' => Some(by(base, '6')?),
            '\u{306}' => Some(by('W', '8')?),
            '\u{31B}' => Some(by('W', '7')?),
            '\u{301}' => Some(by('S', '1')?),
            '\u{300}' => Some(by('F', '2')?),
            '\u{309}' => Some(by('R', '3')?),
            '\u{303}' => Some(by('X', '4')?),
            '\u{323}' => Some(by('J', '5')?),
            _ => return None,
        });
    }
    let has_horn = letter.nfd().any(|part| part == '\u{31B}');
    let first = value(if is_lone && has_horn { 'W' } else { base })?;
    Some(TypedLetter { first: Some(first), marks, is_letter: base.is_alphabetic() })
}

/// Looking for everything that may have been typed.
struct Undoing<'s> {
    typed: &'s [TypedLetter],
    length: usize,
    steps: &'s Steps,
    found: &'s mut BTreeSet<Vec<u8>>,
}

impl Undoing<'_> {
    /// Goes on from a letter with marks that are not typed yet.
    fn go(&mut self, at: usize, marks: &[u8], begun: &mut Vec<u8>) {
        if begun.len() + marks.len() > self.length || !self.steps.take() {
            return;
        }
        for (place, mark) in marks.iter().enumerate().filter(|(place, mark)| !marks[..*place].contains(mark)) {
            begun.push(*mark);
            self.go(at, &[&marks[..place], &marks[place + 1..]].concat(), begun);
            begun.pop();
        }
        match self.typed.get(at) {
            Some(next) if marks.is_empty() || next.is_letter => {
                let before = begun.len();
                begun.extend(next.first);
                self.go(at + 1, &[marks, &next.marks].concat(), begun);
                begun.truncate(before);
            }
            None if marks.is_empty() && begun.len() == self.length => {
                self.found.insert(begun.clone());
            }
            _ => {}
        }
    }
}
