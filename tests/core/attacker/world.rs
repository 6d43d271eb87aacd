//! Worlds to attack: a questionnaire, sheets of some units, and what is published of them. Whoever attacks sees the published JSON alone.

use par_survey::definition::diagnostic::render;
use par_survey::scoring::publishing::{ResultsInput, results};
use par_survey::scoring::tally::{Tally, TallyCell};
use par_survey::scoring::thresholds::Thresholds;
use par_survey::survey::Questionnaire;
use par_survey::survey::check::check;
use par_survey::survey::codebook::{Codebook, FIRST_OPTION, SKIPPED};
use par_survey::survey::mode::Mode;
use serde_json::Value;

use crate::sample::register;
use crate::small::WORDS;

pub(super) const YES: u8 = FIRST_OPTION;
pub(super) const NO: u8 = FIRST_OPTION + 1;

/// So many bytes of each of these.
pub(super) fn bytes(runs: &[(u8, usize)]) -> Vec<u8> {
    runs.iter().flat_map(|(byte, times)| std::iter::repeat_n(*byte, *times)).collect()
}

/// What is printed of an item of a unit.
pub(super) fn item<'v>(unit: &'v Value, code: &str) -> &'v Value {
    unit["figures"]["items"].as_array().unwrap().iter().find(|item| item["code"] == code).unwrap()
}

/// What happened; only its print is known.
pub(super) struct World {
    pub(super) questionnaire: Questionnaire,
    pub(super) thresholds: Thresholds,
    /// The block of each unit.
    pub(super) blocks: Vec<&'static str>,
    pub(super) sheets: Vec<(TallyCell, Vec<u8>)>,
}

impl World {
    /// One unit of the block `b`, without sheets.
    pub(super) fn new(questionnaire: Questionnaire) -> Self {
        let thresholds = Thresholds::of(questionnaire.least_sheets);
        Self { questionnaire, thresholds, blocks: vec!["b"], sheets: Vec::new() }
    }

    pub(super) fn with(self, thresholds: Thresholds) -> Self {
        Self { thresholds, ..self }
    }

    /// As many sheets more; of each item named so many answers on each option, everything else is passed over.
    pub(super) fn and(mut self, cell: TallyCell, total: usize, answers: &[(&str, &[usize])]) -> Self {
        let options =
            |counts: &[usize]| counts.iter().zip(FIRST_OPTION..).flat_map(|(count, byte)| std::iter::repeat_n(byte, *count)).collect();
        let bytes: Vec<(&str, Vec<u8>)> = answers.iter().map(|(code, counts)| (*code, options(counts))).collect();
        self.add(cell, total, &bytes);
        self
    }

    /// As many sheets more, with these bytes of the items named.
    pub(super) fn add(&mut self, cell: TallyCell, total: usize, answers: &[(&str, Vec<u8>)]) {
        let codebook = Codebook::new(&self.questionnaire);
        let blank: Vec<u8> = codebook.columns().iter().flat_map(|column| [vec![SKIPPED], vec![0; column.width - 1]].concat()).collect();
        let mut sheets = vec![blank; total];
        for (code, bytes) in answers {
            let place = self.questionnaire.position(code).unwrap();
            let column = codebook.columns().iter().find(|column| column.item == place).unwrap();
            assert!(bytes.len() <= total, "{code} has more answers than sheets");
            for (sheet, byte) in sheets.iter_mut().zip(bytes) {
                sheet[column.offset] = if column.multiple && *byte >= FIRST_OPTION { FIRST_OPTION } else { *byte };
                if column.multiple && *byte >= FIRST_OPTION {
                    sheet[column.offset + 1] = byte - FIRST_OPTION + 1;
                }
            }
        }
        self.sheets.extend(sheets.into_iter().map(|sheet| (cell, sheet)));
    }

    pub(super) fn tally(&self) -> Tally {
        let fill = |tally: &mut Tally| self.sheets.iter().try_for_each(|(cell, sheet)| tally.add(*cell, sheet));
        Tally::of_population(&self.questionnaire, self.thresholds, fill).unwrap()
    }

    /// What everybody can read.
    pub(super) fn text(&self) -> String {
        let tally = self.tally();
        let (questionnaire, thresholds) = (&self.questionnaire, self.thresholds);
        let units = register(&self.blocks);
        let results = results(&ResultsInput { questionnaire, definition_sha256: "00", units: &units, thresholds, tally: &tally });
        serde_json::to_string(&results).unwrap()
    }

    pub(super) fn published(&self) -> Value {
        serde_json::from_str(&self.text()).unwrap()
    }
}

pub(super) const fn cell(unit: u32, group: u16) -> TallyCell {
    TallyCell { unit, group, mode: Mode::Link }
}

pub(super) fn checked(text: &str) -> Questionnaire {
    check("q", text).unwrap_or_else(|faults| panic!("{}", render(text, &faults)))
}

pub(super) fn head(audience: &str) -> String {
    format!("id = \"q\"\nversion = \"1\"\nlanguages = [\"vi\", \"en\"]\naudience = \"{audience}\"\ntitle = {WORDS}\n")
}

fn options(list: &str, options: &[String]) -> String {
    let option = |(code, more): (u32, &String)| format!("[[{list}]]\ncode = \"{code}\"\ntext = {WORDS}\n{more}\n");
    (1..).zip(options).map(option).collect()
}

/// A citizens' questionnaire whose index is made of the items `i0`, `i1` and so on, with so many steps, of which the upper half satisfies; `more`
/// stands before its only part.
pub(super) fn index(items: usize, steps: usize, value: &str, aggregation: &str, more: &str) -> Questionnaire {
    let item =
        |place: usize| format!("[[part.item]]\ncode = \"i{place}\"\nkind = \"scale\"\nscale = \"s\"\nfactor = \"f\"\ntext = {WORDS}\n");
    let satisfied: Vec<String> = (0..steps).map(|step| format!("satisfied = {}", step * 2 >= steps)).collect();
    let text = [
        head("citizens"),
        format!("[index]\nitem_value = \"{value}\"\naggregation = \"{aggregation}\"\nmaximum = 10\n"),
        format!("[[content]]\ncode = \"c\"\ntext = {WORDS}\n[[factor]]\ncode = \"f\"\ncontent = \"c\"\ntext = {WORDS}\n"),
        format!("[[scale]]\nid = \"s\"\n{}", options("scale.option", &satisfied)),
        more.to_owned(),
        format!("[[part]]\ncode = \"p\"\ntitle = {WORDS}\n{}", (0..items).map(item).collect::<String>()),
    ];
    checked(&text.concat())
}

/// The same, made of shares that are satisfied of two options.
pub(super) fn shares(items: usize) -> Questionnaire {
    index(items, 2, "satisfied-share", "mean-of-items", "")
}

/// A citizens' questionnaire that is only counted, with this after its head.
pub(super) fn counted(more: &str) -> Questionnaire {
    checked(&(head("citizens") + more))
}

/// An attribute with so many options.
pub(super) fn attribute(code: &str, count: usize) -> String {
    format!("[[attribute]]\ncode = \"{code}\"\ntext = {WORDS}\n{}", options("attribute.option", &vec![String::new(); count]))
}

/// A part with items of one choice among so many options; `more` follows its title.
pub(super) fn part(code: &str, more: &str, items: &[(&str, &str, usize)]) -> String {
    let item = |(code, kind, count): &(&str, &str, usize)| {
        let options = if *kind == "yes-no" { String::new() } else { options("part.item.option", &vec![String::new(); *count]) };
        format!("[[part.item]]\ncode = \"{code}\"\nkind = \"{kind}\"\ntext = {WORDS}\n{options}")
    };
    format!("[[part]]\ncode = \"{code}\"\ntitle = {WORDS}\n{more}\n{}", items.iter().map(item).collect::<String>())
}

/// An officials' questionnaire with groups of these weights, and criteria that so many items each feed.
pub(super) fn officials(weights: &[u32], items: &[usize], combination: &str, small_groups: &str) -> Questionnaire {
    let group = |(place, weight): (usize, &u32)| {
        format!("[[group]]\ncode = \"g{place}\"\ntext = {WORDS}\nweight = {weight}\nscope = {{ own_parent = true }}\n")
    };
    let criterion = |place: usize| format!("[[criterion]]\ncode = \"c{place}\"\ntext = {WORDS}\nmaximum = 3\n");
    let part = |(place, items): (usize, &usize)| {
        let item = |item| {
            format!(
                "[[part.item]]\ncode = \"c{place}-{item}\"\nkind = \"scale\"\nscale = \"s\"\ncriterion = \"c{place}\"\nno_opinion = true\ntext = {WORDS}\n"
            )
        };
        format!("[[part]]\ncode = \"p{place}\"\ntitle = {WORDS}\n{}", (0..*items).map(item).collect::<String>())
    };
    let steps = [0, 20, 60, 100].map(|weight| format!("weight = {weight}"));
    let text = [
        head("officials"),
        format!("[about_units]\ncombination = \"{combination}\"\nnot_worked_with = {WORDS}\nsmall_groups = \"{small_groups}\"\n"),
        weights.iter().enumerate().map(group).collect(),
        (0..items.len()).map(criterion).collect(),
        format!("[[scale]]\nid = \"s\"\n{}", options("scale.option", &steps)),
        items.iter().enumerate().map(part).collect(),
    ];
    checked(&text.concat())
}

/// A citizens' questionnaire of one content whose factors have so many items each: `f0-0`, `f0-1` and so on, of two options.
pub(super) fn factors(items: &[usize]) -> Questionnaire {
    let factor = |factor: usize| format!("[[factor]]\ncode = \"f{factor}\"\ncontent = \"c\"\ntext = {WORDS}\n");
    let part = |(factor, items): (usize, &usize)| {
        let item = |item| {
            format!("[[part.item]]\ncode = \"f{factor}-{item}\"\nkind = \"scale\"\nscale = \"s\"\nfactor = \"f{factor}\"\ntext = {WORDS}\n")
        };
        format!("[[part]]\ncode = \"p{factor}\"\ntitle = {WORDS}\n{}", (0..*items).map(item).collect::<String>())
    };
    let text = [
        head("citizens"),
        "[index]\nitem_value = \"satisfied-share\"\naggregation = \"mean-of-factors\"\nmaximum = 10\n".to_owned(),
        format!("[[content]]\ncode = \"c\"\ntext = {WORDS}\n"),
        (0..items.len()).map(factor).collect(),
        format!("[[scale]]\nid = \"s\"\n{}", options("scale.option", &["satisfied = false".to_owned(), "satisfied = true".to_owned()])),
        items.iter().enumerate().map(part).collect(),
    ];
    checked(&text.concat())
}
