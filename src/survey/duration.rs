//! How long answering takes, worked out of what there is to read and to choose. It is said before the first question.
//!
//! `seconds = 30 + words read ÷ reading rate + 5 × questions`, where
//!
//! * **reading rate** is 175 words of English a minute: most adults read 175 to 300 words of non-fiction a minute (Brysbaert 2019, *Journal
//!   of Memory and Language* 109, 104047), and those who read slowly shall not be told too little. Rates in other languages follow from
//!   how many words say the same (there): the questionnaires that ship take 1.24 words between spaces in Vietnamese for one in English.
//! * **5 seconds a question** are for thinking and pressing. An ordinary question takes about 10 seconds (Pew Research Center, "How we keep
//!   our online surveys from running too long", 2022), about half of which goes into reading its twenty words.
//! * **30 seconds** are for what stands around the questions, the promise above all. This is assumed.
//! * Words of a scale are read once in each part. About the second unit and each after it the questions are known: they are read in half
//!   the time, and nothing else is read again. Writing is not counted, as most leave remarks blank. These three are assumed.
//!
//! Every question counts, whoever is asked it: where some follow others, it is the longest way through.

use super::{Item, Kind, Questionnaire};

/// Words of English that are read in a minute.
const WORDS_A_MINUTE: usize = 175;
/// Words that say in Vietnamese what 100 say in English.
const VIETNAMESE: usize = 124;
/// Seconds for thinking about one question and pressing.
const THINKING: usize = 5;
/// Seconds for what stands around the questions.
const AROUND: usize = 30;
/// From so many minutes on they are said by fives: nobody can say it more exactly.
const EXACT: usize = 10;

/// Minutes that answering about so many units takes, rounded up.
#[must_use]
pub fn minutes(questionnaire: &Questionnaire, language: &str, units: usize) -> usize {
    let again = units.saturating_sub(1);
    let questions = questionnaire.items.iter().filter(|item| !item.is_remark()).count() * units;
    let words = words_once(questionnaire, language) + again * words_again(questionnaire, language) / 2;
    let reading = (words * 60 * 100).div_ceil(WORDS_A_MINUTE * if language == "vi" { VIETNAMESE } else { 100 });
    let minutes = (AROUND + reading + THINKING * questions).div_ceil(60);
    if minutes <= EXACT { minutes } else { minutes.next_multiple_of(5) }
}

/// Words of everything that a questionnaire says.
fn words_once(questionnaire: &Questionnaire, language: &str) -> usize {
    let introduction = questionnaire.introduction.as_ref().map_or(0, |text| count(text.get(language)));
    let parts = questionnaire.parts.iter().enumerate().map(|(place, part)| {
        let help = part.help.as_ref().map_or(0, |text| count(text.get(language)));
        let mut scales: Vec<&str> = Vec::new();
        let items = questionnaire.items_of(place).map(|(_, item)| {
            let known = matches!(&item.kind, Kind::Scale { scale, .. } if scales.contains(&scale.as_str()));
            if let Kind::Scale { scale, .. } = &item.kind {
                scales.push(scale);
            }
            asked(item, language) + if known { 0 } else { offered(item, language) }
        });
        count(part.title.get(language)) + help + items.sum::<usize>()
    });
    introduction + parts.sum::<usize>()
}

/// Words of the questions alone.
fn words_again(questionnaire: &Questionnaire, language: &str) -> usize {
    questionnaire.items.iter().map(|item| count(item.text.get(language))).sum()
}

fn asked(item: &Item, language: &str) -> usize {
    count(item.text.get(language)) + item.help.as_ref().map_or(0, |text| count(text.get(language)))
}

fn offered(item: &Item, language: &str) -> usize {
    item.choices().iter().map(|choice| count(choice.text.get(language))).sum()
}

fn count(text: &str) -> usize {
    text.split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::check::check;

    fn shipped(name: &str) -> Questionnaire {
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("survey-definitions").join(name);
        check(name, &std::fs::read_to_string(file).unwrap()).unwrap()
    }

    /// A questionnaire of two questions on one scale and a remark, with so many words in each question.
    fn of_words(words: usize) -> Questionnaire {
        let both = |words: &str| format!("{{ vi = \"{words}\", en = \"{words}\" }}");
        let asked = both("w ".repeat(words).trim());
        let item =
            |code: &str| format!("[[part.item]]\ncode = \"{code}\"\nkind = \"scale\"\nscale = \"s\"\nfactor = \"f\"\ntext = {asked}\n");
        let [title, no, yes, one, more] = ["not counted", "no", "yes", "t", "say more"].map(both);
        let text = format!(
            "id = \"q\"\nversion = \"1\"\nlanguages = [\"vi\", \"en\"]\naudience = \"citizens\"\ntitle = {title}\n\
             [index]\nitem_value = \"satisfied-share\"\naggregation = \"mean-of-items\"\nmaximum = 10\n\
             [[scale]]\nid = \"s\"\n[[scale.option]]\ncode = \"1\"\ntext = {no}\n\
             [[scale.option]]\ncode = \"2\"\ntext = {yes}\nsatisfied = true\n\
             [[content]]\ncode = \"c\"\ntext = {one}\n[[factor]]\ncode = \"f\"\ncontent = \"c\"\ntext = {one}\n\
             [[part]]\ncode = \"p\"\ntitle = {one}\n{}{}[[part.item]]\ncode = \"r\"\nkind = \"remark\"\ntext = {more}\n",
            item("a"),
            item("b"),
        );
        check("q.toml", &text).unwrap()
    }

    #[test]
    fn words_are_counted_once_and_scales_once_a_part() {
        // Title of the part, two questions, the scale once, the remark; of a second time the three questions.
        assert_eq!((words_once(&of_words(20), "vi"), words_again(&of_words(20), "vi")), (1 + 20 + 20 + 2 + 2, 20 + 20 + 2));
    }

    #[test]
    fn minutes_are_those_of_the_formula_rounded_up() {
        let of = |words: usize, units: usize| minutes(&of_words(words), "vi", units);
        // A minute is 175 × 1.24 = 217 words: 30 + 45 × 60 ÷ 217 + 2 × 5 = 52.4 seconds; with 60 words more, 69.
        assert_eq!([of(20, 1), of(50, 1)], [1, 2]);
        // About 10 units: 30 + (45 + 9 × 42 ÷ 2) × 60 ÷ 217 + 10 × 2 × 5 = 194.7 seconds.
        assert_eq!(of(20, 10), 4);
        // About 30 units, with 90 words a question: 30 + (185 + 29 × 182 ÷ 2) × 60 ÷ 217 + 30 × 2 × 5 = 1,110.8 seconds, said by fives.
        assert_eq!(of(90, 30), 20);
    }

    #[test]
    fn of_the_questionnaires_that_ship_both_languages_say_about_the_same() {
        for (name, units) in [("sipas-2026.toml", 1), ("service-satisfaction.toml", 1), ("par-officials-communes.toml", 10)] {
            let questionnaire = shipped(name);
            let [vi, en] = ["vi", "en"].map(|language| minutes(&questionnaire, language, units));
            assert!(vi.abs_diff(en) <= 1, "{name}: {vi} and {en}");
            let [vi, en] = ["vi", "en"].map(|language| words_once(&questionnaire, language));
            assert!((115..=130).contains(&(vi * 100 / en)), "{name}: {vi} words for {en}");
        }
        assert_eq!(minutes(&shipped("sipas-2026.toml"), "vi", 1), 15);
        assert!(minutes(&shipped("par-officials-communes.toml"), "vi", 15) > minutes(&shipped("par-officials-communes.toml"), "vi", 10));
    }
}
