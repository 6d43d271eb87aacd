//! What may be meant by the name of a unit, or by what people write of one: without accents, with whatever apostrophes and hyphens, "P."
//! for a ward or a division, "uỷ ban" or "UBND", in part; and how well the one fits the other.

use unicode_normalization::UnicodeNormalization;

/// How kinds of units are shortened, and what may be meant, without accents.
const SHORT: [(&str, &[&[&str]]); 7] = [
    ("p", &[&["phuong"], &["phong"]]),
    ("x", &[&["xa"]]),
    ("tt", &[&["thi", "tran"], &["trung", "tam"]]),
    ("tx", &[&["thi", "xa"]]),
    ("tp", &[&["thanh", "pho"]]),
    ("q", &[&["quan"]]),
    ("h", &[&["huyen"]]),
];
/// Most that one of them may mean.
const MEANINGS: usize = 2;

/// What a people's committee is called here, and how it is written out.
const COMMITTEE: (&str, [&[&str]; 2]) = ("ubnd", [&["uy", "ban", "nhan", "dan"], &["uy", "ban"]]);

/// Between words of names, and in no shortened one.
const AND: &str = "va";

/// Least letters of what is found inside a name without its blanks, or by first letters. Two without a vowel are first letters too: no word
/// is written so.
const LEAST: usize = 3;
const VOWELS: [char; 6] = ['a', 'e', 'i', 'o', 'u', 'y'];

/// What is written for an apostrophe: typewriters', quotation marks, letters, primes.
const APOSTROPHES: &str = "'`\u{2018}\u{2019}\u{201A}\u{201B}\u{2032}\u{2B9}\u{2BB}\u{2BC}\u{2BD}\u{2BE}\u{2BF}\u{A78B}\u{A78C}";

/// What is not seen: soft hyphens, joiners, marks of direction.
const UNSEEN: &str = "\u{AD}\u{200B}\u{200C}\u{200D}\u{200E}\u{200F}\u{2060}\u{FEFF}";

/// How well a name fits, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It is the name.
    Whole,
    /// The name begins with it.
    Begins,
    /// It is words of the name one after another.
    Together,
    /// The same, but for the end of the last word.
    Typing,
    /// It is words of the name.
    Words,
    /// Each word of it begins one of the name.
    Beginnings,
    /// Each word of it is somewhere in the name.
    Parts,
    /// It is in the name where blanks do not count.
    Unspaced,
    /// Its words are first letters of the name's, such as `gddt`.
    Initials,
}

/// A name, or what is looked for, as it is compared.
#[derive(Debug)]
pub struct Wording {
    words: Vec<String>,
    /// The words with a blank before and behind each.
    text: String,
    /// As it was written, without blanks.
    unspaced: String,
    /// First letters of the words, but for those that nobody counts.
    initials: String,
}

impl Wording {
    /// Whatever may be meant by a text: its letters as they stand, and each thing that its short forms are short for.
    #[must_use]
    pub fn all(written: &str) -> Vec<Self> {
        let folded = fold(written);
        let mut all: Vec<Vec<String>> = Vec::new();
        for meaning in std::iter::once(None).chain((0..MEANINGS).map(Some)) {
            let words = words(&folded, meaning);
            if !all.contains(&words) {
                all.push(words);
            }
        }
        let unspaced = folded.replace(['.', ' '], "");
        all.into_iter().map(|words| Self::new(words, unspaced.clone())).collect()
    }

    fn new(words: Vec<String>, unspaced: String) -> Self {
        let text = format!(" {} ", words.join(" "));
        let initials = words.iter().filter(|word| *word != AND).filter_map(|word| word.chars().next()).collect();
        Self { words, text, unspaced, initials }
    }

    fn has(&self, word: &str) -> bool {
        self.words.iter().any(|own| own == word)
    }

    /// Whether there is nothing to be compared.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The same without the people's committee: a commune and its committee are one unit, and the register has the commune.
    #[must_use]
    pub fn without_committee(&self) -> Option<Self> {
        let words: Vec<String> = self.words.iter().filter(|word| *word != COMMITTEE.0).cloned().collect();
        let unspaced = words.concat();
        (words.len() < self.words.len() && !words.is_empty()).then(|| Self::new(words, unspaced))
    }

    /// How well a name fits what is looked for; none where it does not.
    #[must_use]
    pub fn fit(&self, name: &Self) -> Option<Fit> {
        let every = |fits: &dyn Fn(&String) -> bool| self.words.iter().all(fits);
        let begins = |word: &String| name.words.iter().any(|own| own.starts_with(word.as_str()));
        // A single letter is in nearly every name.
        let is_part = |word: &String| (word.len() > 1 && name.text.contains(word.as_str())) || begins(word);
        // One after another, since the first that fits is the best.
        let fits: [(Fit, &dyn Fn() -> bool); 9] = [
            (Fit::Whole, &|| name.text == self.text),
            (Fit::Begins, &|| name.text.starts_with(&self.text)),
            (Fit::Together, &|| name.text.contains(&self.text)),
            (Fit::Typing, &|| name.text.contains(self.text.trim_end())),
            (Fit::Words, &|| every(&|word| name.has(word))),
            (Fit::Beginnings, &|| every(&begins)),
            (Fit::Parts, &|| every(&is_part)),
            (Fit::Unspaced, &|| self.unspaced.len() >= LEAST && name.unspaced.contains(&self.unspaced)),
            (Fit::Initials, &|| every(&|word| name.has(word) || (are_initials(word) && name.initials.contains(word.as_str())))),
        ];
        fits.into_iter().find(|(_, is)| is()).map(|(fit, _)| fit)
    }
}

/// The words of a folded text with one of the meanings of its short forms.
fn words(folded: &str, meaning: Option<usize>) -> Vec<String> {
    let mut words = Vec::new();
    for (place, word) in folded.split_whitespace().enumerate() {
        // A dot stays behind a word until here: it says that it is short for something.
        let meaning = meaning.filter(|_| place == 0 || word.ends_with('.'));
        for part in word.split('.').filter(|part| !part.is_empty()) {
            words.extend(meant(part, meaning).into_iter().map(str::to_owned));
        }
    }
    let (short, long) = COMMITTEE;
    for committee in long {
        while let Some(at) = words.windows(committee.len()).position(|words| words.iter().eq(committee.iter())) {
            words.splice(at..at + committee.len(), [short.to_owned()]);
        }
    }
    words
}

/// Whether letters may be the first ones of words.
fn are_initials(word: &str) -> bool {
    word.len() >= LEAST || (word.len() + 1 == LEAST && !word.contains(VOWELS))
}

/// The words that a short one stands for in one of its meanings, with a number behind it, such as `p12`; the last where it has fewer.
fn meant(word: &str, meaning: Option<usize>) -> Vec<&str> {
    let number = word.find(|letter: char| letter.is_ascii_digit()).unwrap_or(word.len());
    let (kind, number) = word.split_at(number);
    let meanings = SHORT.iter().find(|(short, _)| *short == kind).map_or(&[][..], |(_, meanings)| *meanings);
    match meaning.and_then(|meaning| meanings.get(meaning).or(meanings.last())) {
        Some(long) => long.iter().copied().chain((!number.is_empty()).then_some(number)).collect(),
        None => vec![word],
    }
}

/// A text for comparing: small letters and digits without accents, `đ` as `d`, nothing for an apostrophe, a blank for whatever else is no
/// letter, and dots.
fn fold(text: &str) -> String {
    let plain = text.nfkd().filter(|letter| !unicode_normalization::char::is_combining_mark(*letter)).flat_map(char::to_lowercase);
    let folded = plain.filter_map(|letter| match letter {
        'đ' => Some('d'),
        letter if APOSTROPHES.contains(letter) || UNSEEN.contains(letter) => None,
        '.' => Some('.'),
        letter if letter.is_alphanumeric() => Some(letter),
        _ => Some(' '),
    });
    // A blank behind each dot: "P.Chợ Mới" is two words.
    folded.collect::<String>().replace('.', ". ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn search_does_not_mind_accents_or_capitals() {
        assert_eq!(fold("Sở Nội vụ Đặc khu Phú Quý"), "so noi vu dac khu phu quy");
        assert_eq!(fold("ƯỚC"), "uoc");
    }
}
