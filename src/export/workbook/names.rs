//! Names of sheets: what Excel allows, and each once.

use std::collections::HashSet;

/// Most UTF-16 units of a sheet's name.
const LONGEST_NAME: usize = 31;

/// What no sheet may be called, because Excel keeps it for itself.
const RESERVED_NAME: &str = "history";

/// What is not allowed in the name of a sheet, or, as the last two, not in XML.
const BARRED: [char; 9] = ['[', ']', ':', '*', '?', '/', '\\', '\u{fffe}', '\u{ffff}'];

/// The names of sheets as Excel allows them, each once.
pub(super) fn legal<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut taken = HashSet::from([RESERVED_NAME.to_owned()]);
    names.map(|name| unique(&allowed(name), &mut taken)).collect()
}

/// A name without what is barred, and without `'` at its ends.
fn allowed(name: &str) -> String {
    let name = name.replace(|letter: char| letter.is_control() || BARRED.contains(&letter), "-");
    let name = name.trim_matches(|letter: char| letter == '\'' || letter.is_whitespace());
    if name.is_empty() { "Sheet".to_owned() } else { name.to_owned() }
}

/// A name that fits and is not taken, in whatever case; otherwise it gets a number.
fn unique(name: &str, taken: &mut HashSet<String>) -> String {
    let mut found = fitted(name, LONGEST_NAME);
    let mut number = 1_usize;
    while !taken.insert(found.to_lowercase()) {
        number += 1;
        let suffix = format!(" ({number})");
        found = fitted(name, LONGEST_NAME - suffix.len()) + &suffix;
    }
    found
}

/// A name in so many UTF-16 units, cut with `…` if it is longer.
fn fitted(name: &str, room: usize) -> String {
    if name.encode_utf16().count() <= room {
        return name.to_owned();
    }
    let mut used = '…'.len_utf16();
    let fits = |letter: &char| {
        used += letter.len_utf16();
        used <= room
    };
    let kept: String = name.chars().take_while(fits).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(&["A/B:C*[D]?\\"], &["A-B-C--D---"])]
    #[case(&["a\tb", "c\u{ffff}d"], &["a-b", "c-d"])]
    #[case(&["", " ' "], &["Sheet", "Sheet (2)"])]
    #[case(&["'x'", "it's"], &["x", "it's"])]
    #[case(&["History"], &["History (2)"])]
    #[case(&["Sở Y tế", "SỞ Y TẾ", "sở y tế"], &["Sở Y tế", "SỞ Y TẾ (2)", "sở y tế (3)"])]
    #[case(&["A (2)", "A", "a"], &["A (2)", "A", "a (3)"])]
    fn names_are_made_legal_and_unique(#[case] given: &[&str], #[case] expected: &[&str]) {
        assert_eq!(legal(given.iter().copied()), expected);
    }

    #[test]
    fn long_names_are_cut() {
        let cut = |names: &[&str]| legal(names.iter().copied());
        let long = "x".repeat(40);
        assert_eq!(cut(&[&long, &long]), [format!("{}…", "x".repeat(30)), format!("{}… (2)", "x".repeat(26))]);
        assert_eq!(cut(&[&"x".repeat(31)]), ["x".repeat(31)]);
        assert_eq!(cut(&[&"😀".repeat(20)]), [format!("{}…", "😀".repeat(15))]);
        assert_eq!(cut(&[&format!("{} {}", "x".repeat(29), "y".repeat(9))]), [format!("{}…", "x".repeat(29))]);
    }
}
