//! Finding one's unit by what people write of its name: without accents, with whatever apostrophes and hyphens, "P." for a ward, "uỷ ban"
//! or "UBND", in part, or by the name of a unit that was merged into it. The best match stands first.

use unicode_normalization::UnicodeNormalization;

use crate::unit::{Registered, Unit};

/// How kinds of units are shortened, and what is meant, without accents.
const SHORT: [(&str, &[&str]); 7] = [
    ("p", &["phuong"]),
    ("x", &["xa"]),
    ("tt", &["thi", "tran"]),
    ("tx", &["thi", "xa"]),
    ("tp", &["thanh", "pho"]),
    ("q", &["quan"]),
    ("h", &["huyen"]),
];

/// What a people's committee is called here, and how it is written out.
const COMMITTEE: (&str, [&[&str]; 2]) = ("ubnd", [&["uy", "ban", "nhan", "dan"], &["uy", "ban"]]);

/// Between words of names, and in no shortened one.
const AND: &str = "va";

/// Least letters of what is found inside a name without its blanks, or by first letters.
const LEAST: usize = 3;

/// What is written for an apostrophe: typewriters', quotation marks, letters, primes.
const APOSTROPHES: &str = "'`\u{2018}\u{2019}\u{201A}\u{201B}\u{2032}\u{2B9}\u{2BB}\u{2BC}\u{2BD}\u{2BE}\u{2BF}\u{A78B}\u{A78C}";

/// What is not seen: soft hyphens, joiners, marks of direction.
const UNSEEN: &str = "\u{AD}\u{200B}\u{200C}\u{200D}\u{200E}\u{200F}\u{2060}\u{FEFF}";

/// A unit that is found.
#[derive(Debug, Clone, Copy)]
pub(super) struct FoundUnit<'a> {
    pub(super) unit: &'a Registered,
    /// The unit by whose name it was found, where that was merged into it.
    pub(super) old: Option<&'a Unit>,
}

/// How well a name fits, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
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
struct Wording {
    words: Vec<String>,
    /// The words with a blank before and behind each.
    text: String,
    /// As it was written, without blanks.
    unspaced: String,
}

impl Wording {
    fn of(written: &str) -> Self {
        let folded = fold(written);
        let mut words = Vec::new();
        for (place, word) in folded.split_whitespace().enumerate() {
            // A dot stays behind a word until here: it says that it is short for something.
            let is_short = place == 0 || word.ends_with('.');
            for part in word.split('.').filter(|part| !part.is_empty()) {
                words.extend(meant(part, is_short).into_iter().map(str::to_owned));
            }
        }
        let (short, long) = COMMITTEE;
        for committee in long {
            while let Some(at) = words.windows(committee.len()).position(|words| words.iter().eq(committee.iter())) {
                words.splice(at..at + committee.len(), [short.to_owned()]);
            }
        }
        Self::new(words, folded.replace(['.', ' '], ""))
    }

    fn new(words: Vec<String>, unspaced: String) -> Self {
        let text = format!(" {} ", words.join(" "));
        Self { words, text, unspaced }
    }

    fn has(&self, word: &str) -> bool {
        self.words.iter().any(|own| own == word)
    }

    /// The same without the people's committee: a commune and its committee are one unit, and the register has the commune.
    fn without_committee(&self) -> Option<Self> {
        let words: Vec<String> = self.words.iter().filter(|word| *word != COMMITTEE.0).cloned().collect();
        let unspaced = words.concat();
        (words.len() < self.words.len() && !words.is_empty()).then(|| Self::new(words, unspaced))
    }

    /// First letters of the words, but for those that nobody counts.
    fn initials(&self) -> String {
        self.words.iter().filter(|word| *word != AND).filter_map(|word| word.chars().next()).collect()
    }

    /// How well a name fits what is looked for; none where it does not.
    fn fit(&self, name: &Self) -> Option<Fit> {
        let every = |fits: &dyn Fn(&String) -> bool| self.words.iter().all(fits);
        let inside = self.text.trim_end();
        // A single letter is in nearly every name.
        let is_part = |word: &String| (word.len() > 1 && name.text.contains(word.as_str())) || name.text.contains(&format!(" {word}"));
        let initials = name.initials();
        let is_initials = |word: &String| name.has(word) || (word.len() >= LEAST && initials.contains(word.as_str()));
        let fits = [
            (Fit::Whole, name.text == self.text),
            (Fit::Begins, name.text.starts_with(&self.text)),
            (Fit::Together, name.text.contains(&self.text)),
            (Fit::Typing, name.text.contains(inside)),
            (Fit::Words, every(&|word| name.has(word))),
            (Fit::Beginnings, every(&|word| name.text.contains(&format!(" {word}")))),
            (Fit::Parts, every(&is_part)),
            (Fit::Unspaced, self.unspaced.len() >= LEAST && name.unspaced.contains(&self.unspaced)),
            (Fit::Initials, every(&is_initials)),
        ];
        fits.into_iter().find(|(_, is)| *is).map(|(fit, _)| fit)
    }
}

/// The word of a name that a short one stands for, with a number behind it, such as `p12`.
fn meant(word: &str, is_short: bool) -> Vec<&str> {
    let number = word.find(|letter: char| letter.is_ascii_digit()).unwrap_or(word.len());
    let (kind, number) = word.split_at(number);
    let long = SHORT.iter().find(|(short, _)| *short == kind).map(|(_, long)| *long);
    match long {
        Some(long) if is_short => long.iter().copied().chain((!number.is_empty()).then_some(number)).collect(),
        _ => vec![word],
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

/// Units whose names fit what is looked for, the best first and otherwise in their own order; all where nothing is. `merged` are those that
/// are no more, each with the unit that took over its work.
pub(super) fn find<'a>(units: &[&'a Registered], merged: &[(i32, &'a Unit)], wanted: &str) -> Vec<FoundUnit<'a>> {
    let wanted = Wording::of(wanted);
    if wanted.words.is_empty() {
        return units.iter().map(|unit| FoundUnit { unit, old: None }).collect();
    }
    let less = wanted.without_committee();
    let best = |unit: &Unit| {
        let names = [&unit.name_vi, &unit.name_en].map(|name| Wording::of(name));
        let fit = |name: &Wording| wanted.fit(name).or_else(|| less.as_ref()?.fit(name));
        names.iter().filter_map(fit).min()
    };
    let mut found: Vec<_> = units
        .iter()
        .filter_map(|row| {
            let own = best(&row.unit).map(|fit| (fit, None));
            let before = merged.iter().filter(|(into, _)| *into == row.id).filter_map(|(_, old)| Some((best(old)?, Some(*old))));
            // Of equals the first: a unit's own name before those of others.
            let (fit, old) = own.into_iter().chain(before).min_by_key(|(fit, _)| *fit)?;
            Some(((fit, old.is_some()), FoundUnit { unit: row, old }))
        })
        .collect();
    found.sort_by_key(|(order, _)| *order);
    found.into_iter().map(|(_, found)| found).collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::unit::UnitCode;

    const NAMES: [(&str, &str); 18] = [
        ("Văn phòng UBND tỉnh", "Office of the Provincial People's Committee"),
        ("Sở Khoa học và Công nghệ", "Department of Science and Technology"),
        ("Sở Giáo dục và Đào tạo", "Department of Education and Training"),
        ("Sở Nội vụ", "Department of Home Affairs"),
        ("Sở Ngoại vụ", "Department of Foreign Affairs"),
        ("Sở Y tế", "Department of Health"),
        ("Xã Ea H’leo", "Ea H’leo Commune"),
        ("Xã M'Đrắk", "M'Drak Commune"),
        ("Phường Lang Biang – Đà Lạt", "Lang Biang – Da Lat Ward"),
        ("Phường Xuân Hương - Đà Lạt", "Xuan Huong - Da Lat Ward"),
        ("Xã Hòa Bình", "Hoa Binh Commune"),
        ("Phường Hoà Bình", "Hoa Binh Ward"),
        ("Phường 1 Bảo Lộc", "Ward 1 of Bao Loc"),
        ("Phường Chợ Mới", "Cho Moi Ward"),
        ("Xã Chợ Mới", "Cho Moi Commune"),
        ("TP. Thủ Đức", "Thu Duc City"),
        ("Ủy ban Kiểm tra", "Inspection Committee"),
        ("Xã Ea Súp", "Ea Sup Commune"),
    ];

    fn unit(id: usize, (name_vi, name_en): (&str, &str)) -> Registered {
        let code = UnitCode::new(&format!("u{id}")).unwrap();
        let (name_vi, name_en, block) = (name_vi.to_owned(), name_en.to_owned(), "b".to_owned());
        let unit = Unit { code, name_vi, name_en, block, parent: None, valid_from: None, valid_to: None, merged_into: None };
        Registered { id: i32::try_from(id).unwrap(), unit }
    }

    /// The names that are found, and by which older ones.
    fn found(wanted: &str) -> Vec<String> {
        let units: Vec<Registered> = NAMES.into_iter().enumerate().map(|(id, names)| unit(id, names)).collect();
        let old = [("Xã Chợ Cũ", "Cho Cu Commune"), ("Thị trấn Chợ Mới", "Cho Moi Town")].map(|names| unit(99, names).unit);
        let merged: Vec<(i32, &Unit)> = old.iter().map(|old| (13, old)).collect();
        let shown = |found: &FoundUnit<'_>| match found.old {
            Some(old) => format!("{} ({})", found.unit.unit.name_vi, old.name_vi),
            None => found.unit.unit.name_vi.clone(),
        };
        find(&units.iter().collect::<Vec<_>>(), &merged, wanted).iter().map(shown).collect()
    }

    /// Whatever is written comes with what has to stand first, and for some with all that is found.
    #[rstest]
    #[case::straight("ea h'leo", "Xã Ea H’leo")]
    #[case::curly("Ea H’leo", "Xã Ea H’leo")]
    #[case::letter("Ea Hʼleo", "Xã Ea H’leo")]
    #[case::without("ea hleo", "Xã Ea H’leo")]
    #[case::parted("Ea H Leo", "Xã Ea H’leo")]
    #[case::unspaced("eahleo", "Xã Ea H’leo")]
    #[case::in_english("ea h’leo commune", "Xã Ea H’leo")]
    #[case::other_apostrophe("M’Đrắk", "Xã M'Đrắk")]
    #[case::dash("Lang Biang - Đà Lạt", "Phường Lang Biang – Đà Lạt")]
    #[case::no_dash("langbiang da lat", "Phường Lang Biang – Đà Lạt")]
    #[case::long_dash("xuân hương—đà lạt", "Phường Xuân Hương - Đà Lạt")]
    #[case::ward("P. Chợ Mới", "Phường Chợ Mới")]
    #[case::ward_at_once("P.Chợ Mới", "Phường Chợ Mới")]
    #[case::ward_without_dot("p chợ mới", "Phường Chợ Mới")]
    #[case::commune("X. Chợ Mới", "Xã Chợ Mới")]
    #[case::number("P.1 Bảo Lộc", "Phường 1 Bảo Lộc")]
    #[case::number_at_once("p1", "Phường 1 Bảo Lộc")]
    #[case::city("thành phố thủ đức", "TP. Thủ Đức")]
    #[case::committee("uỷ ban tỉnh", "Văn phòng UBND tỉnh")]
    #[case::committee_alone("uỷ ban", "Ủy ban Kiểm tra")]
    #[case::committee_in_full("Văn phòng Ủy ban nhân dân", "Văn phòng UBND tỉnh")]
    #[case::committee_of_a_ward("UBND phường Chợ Mới", "Phường Chợ Mới")]
    #[case::committee_of_a_commune("Uỷ ban nhân dân xã Chợ Mới", "Xã Chợ Mới")]
    #[case::other_committee("Uỷ ban kiểm tra", "Ủy ban Kiểm tra")]
    #[case::words("so y te", "Sở Y tế")]
    #[case::half_typed("so y t", "Sở Y tế")]
    #[case::other_order("vụ nội", "Sở Nội vụ")]
    #[case::and("giáo dục & đào tạo", "Sở Giáo dục và Đào tạo")]
    #[case::first_letters("sở gddt", "Sở Giáo dục và Đào tạo")]
    #[case::accents_elsewhere("hoà bình", "Xã Hòa Bình")]
    #[case::old("xa cho cu", "Phường Chợ Mới (Xã Chợ Cũ)")]
    #[case::old_and_short("TT. Chợ Mới", "Phường Chợ Mới (Thị trấn Chợ Mới)")]
    #[case::unseen("\u{200B}Sở\u{A0}Y tế\u{FEFF}", "Sở Y tế")]
    fn the_best_match_stands_first(#[case] wanted: &str, #[case] first: &str) {
        assert_eq!(found(wanted).first().map(String::as_str), Some(first), "{:?}", found(wanted));
    }

    #[test]
    fn only_what_fits_is_found_each_unit_once_and_equals_stay_in_their_order() {
        assert_eq!(found("so y te"), ["Sở Y tế"], "no word of it is taken from another language");
        assert_eq!(found("chợ mới"), ["Phường Chợ Mới", "Xã Chợ Mới"], "by its own name rather than by an older one");
        assert_eq!(found("Sở"), NAMES.map(|(name, _)| name).into_iter().filter(|name| name.starts_with("Sở ")).collect::<Vec<_>>());
        assert_eq!(found("vụ"), ["Sở Nội vụ", "Sở Ngoại vụ"]);
        assert_eq!(found("zzz"), [""; 0]);
        assert_eq!((found("").len(), found(" - ").len()), (18, 18), "nothing is looked for");
    }

    #[test]
    fn search_does_not_mind_accents_or_capitals() {
        assert_eq!(fold("Sở Nội vụ Đặc khu Phú Quý"), "so noi vu dac khu phu quy");
        assert_eq!(fold("ƯỚC"), "uoc");
    }
}
