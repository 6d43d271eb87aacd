//! A small questionnaire with every kind of item, and sheets for it.

#![allow(dead_code, unreachable_pub, missing_docs, reason = "each test binary uses its part of the sample")]

use par_survey::definition::Text;
use par_survey::scoring::counts::Counts;
use par_survey::scoring::publishing::{RegisterUnit, ResultsInput};
use par_survey::scoring::tally::{Tally, TallyCell};
use par_survey::scoring::thresholds::Thresholds;
use par_survey::survey::codebook::{Codebook, SKIPPED};
use par_survey::survey::mode::Mode;
use par_survey::survey::{Aggregation, Audience, Choice, Content, Factor, IndexRule, Item, ItemValue, Kind, Part, Questionnaire, Role};
use par_survey::unit::UnitCode;

fn text() -> Text {
    Text::from([("vi", "chữ"), ("en", "words")])
}

fn choices(count: usize) -> Vec<Choice> {
    let choice = |code: usize| Choice { code: code.to_string(), text: text(), write_in: false, satisfied: code > 3, weight: None };
    (1..=count).map(choice).collect()
}

fn item(code: &str, role: Role, kind: Kind, factor: Option<usize>) -> Item {
    let (required, no_opinion) = (false, true);
    Item {
        code: code.to_owned(),
        role,
        text: text(),
        help: None,
        kind,
        required,
        no_opinion,
        factor,
        criterion: None,
        example: false,
        part: 0,
        show_if: None,
    }
}

fn satisfaction(code: &str, factor: usize) -> Item {
    item(code, Role::Question, Kind::Scale { scale: "satisfaction".to_owned(), steps: choices(5) }, Some(factor))
}

/// Content `policy` = factors A (a1, a2) and B (b1); content `service` = factor C (c1).
pub fn questionnaire(item_value: ItemValue, aggregation: Aggregation) -> Questionnaire {
    let factor = |code: &str, content| Factor { code: code.to_owned(), text: text(), content };
    let content = |code: &str| Content { code: code.to_owned(), text: text() };
    Questionnaire {
        id: "sample".to_owned(),
        version: "1".to_owned(),
        languages: vec!["vi".to_owned(), "en".to_owned()],
        audience: Audience::Citizens,
        requires_code: false,
        title: text(),
        introduction: None,
        no_opinion_label: text(),
        contents: vec![content("policy"), content("service")],
        factors: vec![factor("A", 0), factor("B", 0), factor("C", 1)],
        parts: vec![Part { code: "all".to_owned(), title: text(), help: None, show_if: None }],
        items: vec![
            item("gender", Role::Attribute, Kind::Single(choices(3)), None),
            satisfaction("a1", 0),
            satisfaction("a2", 0),
            item("words", Role::Question, Kind::Remark, None),
            satisfaction("b1", 1),
            item("channels", Role::Question, Kind::Multiple(choices(9)), None),
            satisfaction("c1", 2),
            item("used", Role::Question, Kind::YesNo(choices(2)), None),
            item("end", Role::Question, Kind::Remark, None),
        ],
        index: Some(IndexRule { item_value, aggregation, maximum_hundredths: 1000 }),
        rating: None,
        least_sheets: 10,
    }
}

pub fn default() -> Questionnaire {
    questionnaire(ItemValue::SatisfiedShare, Aggregation::MeanOfItems)
}

/// As many sheets, in which the items named have so many answers on each option; everything else is skipped.
pub fn sheets(questionnaire: &Questionnaire, total: usize, answers: &[(&str, &[usize])]) -> Vec<Vec<u8>> {
    let codebook = Codebook::new(questionnaire);
    let blank: Vec<u8> = codebook.columns().iter().flat_map(|column| [vec![SKIPPED], vec![0; column.width - 1]].concat()).collect();
    let mut sheets = vec![blank; total];
    for (code, counts) in answers {
        let place = questionnaire.position(code).unwrap();
        let column = codebook.columns().iter().find(|column| column.item == place).unwrap();
        let options = counts.iter().zip(3_u8..).flat_map(|(count, byte)| std::iter::repeat_n(byte, *count));
        sheets.iter_mut().zip(options).for_each(|(sheet, byte)| sheet[column.offset] = byte);
    }
    sheets
}

pub fn cell(unit: u32, mode: Mode) -> TallyCell {
    TallyCell { unit, group: 0, mode }
}

pub fn tally(questionnaire: &Questionnaire, sheets: &[(TallyCell, Vec<Vec<u8>>)]) -> Tally {
    let fill = |tally: &mut Tally| {
        sheets
            .iter()
            .flat_map(|(cell, sheets)| sheets.iter().map(|sheet| (*cell, sheet)))
            .try_for_each(|(cell, sheet)| tally.add(cell, sheet))
    };
    Tally::of_population(questionnaire, Thresholds::of(questionnaire.least_sheets), fill).unwrap()
}

/// Counts of a unit, over all groups and modes.
pub fn all_of(tally: &Tally, unit: u32) -> Counts {
    tally.unit_where(unit, |_| true)
}

/// Units `unit-0`, `unit-1` and so on, in the block named.
pub fn register(blocks: &[&str]) -> Vec<RegisterUnit> {
    let unit = |(number, block): (u32, &&str)| RegisterUnit {
        code: UnitCode::new(&format!("unit-{number}")).unwrap(),
        block: (*block).to_owned(),
        number,
    };
    (0..).zip(blocks).map(unit).collect()
}

pub fn input<'a>(questionnaire: &'a Questionnaire, units: &'a [RegisterUnit], tally: &'a Tally) -> ResultsInput<'a> {
    ResultsInput { questionnaire, definition_sha256: "00", units, thresholds: Thresholds::of(questionnaire.least_sheets), tally }
}
