//! The sheet of survey figures: the share of every answer, as `distributions` has it, with its words.

use super::words::{self, Words, both};
use super::{Book, Columns, text, whole};
use crate::export::workbook::{Cell, Sheet};
use crate::publication::document::Section;
use crate::scoring::disclosure::{Bound, Share, Sheets, Shown};
use crate::scoring::results::{ItemHead, Results, UnitFigures};
use crate::survey::Item;

const COLUMNS: Columns<13> = [
    ("Đơn vị / Unit", 36),
    ("Mã câu hỏi / Item", 12),
    ("Câu hỏi", 60),
    ("Question", 60),
    ("Trả lời", 30),
    ("Answer", 30),
    ("Tỷ lệ (%) / Share (%)", 14),
    ("Số phiếu / Sheets", 10),
    ("Tính trên / Out of", 10),
    ("Gồm / Which are", 34),
    ("Mẫu phiếu / Questionnaire", 24),
    ("Mã đơn vị / Unit code", 20),
    ("Khối / Block", 16),
];

const NO_ANSWER: Words<'static> = ["Không trả lời", "No answer"];
const NO_OPINION: Words<'static> = ["Không biết hoặc không áp dụng", "Don't know or not applicable"];
const SKIPPED: Words<'static> = ["Bỏ trống", "Left blank"];
const NOT_SHOWN: Words<'static> = ["Không được hỏi", "Not asked"];

/// What a share is a part of.
const VALID: &str = "câu trả lời hợp lệ / valid answers";
const SHEETS: &str = "phiếu / sheets";

/// What stands in place of a unit's figures, where officials rate it and none of their groups is counted.
const NO_GROUP: &str = "không nhóm nào đủ câu trả lời / no group has enough answers";

/// The same where no question has enough answers.
const FEW_ANSWERS: &str = "quá ít câu trả lời / too few answers";

/// What stands in place of a share.
const HIDDEN: &str = "không hiện / not shown";

/// No numbers of sheets.
const NOTHING: [Cell; 3] = [Cell::Empty, Cell::Empty, Cell::Empty];

/// Makes the sheet.
pub(super) fn sheet(book: &Book<'_>) -> Sheet {
    let count: usize = book.document.sections().map(|section| count(&section)).sum();
    let rows = || book.document.sections().flat_map(|section| rows(book, &section)).collect();
    book.large("Khảo sát", &COLUMNS, "distributions.csv", (count, rows))
}

/// How many rows a questionnaire has at most.
fn count(section: &Section<'_>) -> usize {
    let results = section.results;
    let of_items = |attribute| results.items.iter().filter(move |head| head.attribute == attribute).map(|head| head.options.len() + 3);
    let of_unit: usize = of_items(false).sum();
    let units = results.all_units().map(|(_, unit)| if unit.figures.is_some() { of_unit } else { 1 });
    of_items(true).sum::<usize>() + units.sum::<usize>()
}

fn rows<'a>(book: &Book<'a>, section: &Section<'a>) -> Vec<Vec<Cell>> {
    let (results, questionnaire) = (section.results, section.questionnaire.id.as_str());
    let items: Vec<Asked<'a>> = results.items.iter().map(|head| Asked::of(section, head)).collect();
    let mut rows = Vec::new();
    let round = Place { name: "cả đợt / whole round", questionnaire, unit: "", block: [""; 2] };
    for item in items.iter().filter(|item| item.head.attribute) {
        round.attribute(section, item, &mut rows);
    }
    for (block, unit) in results.all_units() {
        let code = unit.unit.as_str();
        let place = Place { name: book.name(code, "vi"), questionnaire, unit: code, block: words::block(&block.block) };
        let Some(figures) = &unit.figures else {
            rows.push(place.row(None, ["", ""], text(no_figures(book, results)), NOTHING));
            continue;
        };
        for item in items.iter().filter(|item| !item.head.attribute) {
            place.item(figures, item, &mut rows);
        }
    }
    rows
}

/// What stands in place of all figures of a unit: groups have floors of their own, and else each question has to reach the floor. The first
/// format spoke of all sheets together.
fn no_figures(book: &Book<'_>, results: &Results) -> String {
    if book.document.is_of_first_format() {
        return format!("dưới {floor} phiếu / under {floor} sheets", floor = results.floor);
    }
    (if results.rating.is_some() { NO_GROUP } else { FEW_ANSWERS }).to_owned()
}

/// An item with its words.
struct Asked<'a> {
    head: &'a ItemHead,
    words: Words<'a>,
    /// Words of its options.
    answers: Vec<Words<'a>>,
}

impl<'a> Asked<'a> {
    fn of(section: &Section<'a>, head: &'a ItemHead) -> Self {
        let item = section.questionnaire.items.iter().find(|item| item.code == head.code);
        let choices = item.map(Item::choices).unwrap_or_default();
        let answer = |(place, code): (usize, &'a String)| {
            let choice = choices.get(place);
            choice.map_or([code.as_str(); 2], |choice| [choice.text.get("vi"), choice.text.get("en")])
        };
        let words = item.map_or([head.code.as_str(); 2], |item| [item.text.get("vi"), item.text.get("en")]);
        Self { head, words, answers: head.options.iter().enumerate().map(answer).collect() }
    }
}

/// Where figures are from.
struct Place<'a> {
    name: &'a str,
    questionnaire: &'a str,
    unit: &'a str,
    block: Words<'a>,
}

impl Place<'_> {
    /// What respondents said about themselves.
    fn attribute(&self, section: &Section<'_>, item: &Asked<'_>, rows: &mut Vec<Vec<Cell>>) {
        let found = section.results.attributes.iter().find(|attribute| attribute.code == item.head.code);
        let sheets = section.results.sheets;
        for (option, words) in item.answers.iter().enumerate() {
            let share = found.and_then(|attribute| attribute.options.get(option).copied().flatten());
            rows.push(self.share(item, *words, share, (sheets, SHEETS)));
        }
        rows.push(self.share(item, NO_ANSWER, found.and_then(|attribute| attribute.no_answer), (sheets, SHEETS)));
    }

    /// What was answered about a unit; one row where that may not be said.
    fn item(&self, figures: &UnitFigures, item: &Asked<'_>, rows: &mut Vec<Vec<Cell>>) {
        let found = figures.items.iter().find(|found| found.code == item.head.code);
        let Some((found, valid)) = found.and_then(|found| Some((found, found.valid?))) else {
            rows.push(self.row(Some(item), ["", ""], text(HIDDEN), NOTHING));
            return;
        };
        for (option, words) in item.answers.iter().enumerate() {
            rows.push(self.share(item, *words, found.options.get(option).copied(), (Some(valid), VALID)));
        }
        let sheets = Some(figures.sheets);
        for (words, share) in [(NO_OPINION, found.no_opinion), (SKIPPED, found.skipped), (NOT_SHOWN, found.not_shown)] {
            rows.push(self.share(item, words, share, (sheets, SHEETS)));
        }
    }

    fn share(&self, item: &Asked<'_>, answer: Words<'_>, share: Option<Shown<Share>>, (n, of): (Option<Shown<Sheets>>, &str)) -> Vec<Cell> {
        let count = share.and_then(|share| share.get().count);
        self.row(
            Some(item),
            answer,
            share.map_or_else(|| text(HIDDEN), printed),
            [whole(count), n.map_or(Cell::Empty, |sheets| super::sheets(*sheets.get())), text(of)],
        )
    }

    fn row(&self, item: Option<&Asked<'_>>, answer: Words<'_>, share: Cell, sheets: [Cell; 3]) -> Vec<Cell> {
        let (code, [vi, en]) = item.map_or(("", ["", ""]), |item| (item.head.code.as_str(), item.words));
        let mut row = vec![text(self.name), text(code), text(vi), text(en)];
        row.extend(answer.map(text));
        row.push(share);
        row.extend(sheets);
        row.extend([text(self.questionnaire), text(self.unit), text(both(self.block))]);
        row
    }
}

/// A share as it is printed: a number, or a class such as `80-90`.
fn printed(share: Shown<Share>) -> Cell {
    let percent = share.get().percent;
    if percent.bound() == Bound::Value {
        Cell::Decimal(percent.number(), if percent.is_coarse() { 0 } else { 2 })
    } else {
        Cell::Text(percent.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::names;
    use crate::export::scores::tests::document;
    use crate::publication::PublishedQuestionnaire;
    use crate::publication::document::Document;
    use crate::scoring::publishing::{RegisterUnit, ResultsInput, results};
    use crate::scoring::tally::{self, Tally};
    use crate::scoring::thresholds::Thresholds;
    use crate::survey::check::check;
    use crate::survey::codebook::{Codebook, FIRST_OPTION, SKIPPED};
    use crate::survey::mode::Mode;
    use crate::unit::UnitCode;

    const DEFINITION: &str = include_str!("../../../../survey-definitions/service-satisfaction.toml");

    /// Figures about two units: 60 sheets that all choose the first option, and 3 of them.
    fn surveyed() -> PublishedQuestionnaire {
        let questionnaire = check("service-satisfaction", DEFINITION).unwrap();
        let codebook = Codebook::new(&questionnaire);
        let mut sheet = vec![0; codebook.width()];
        for column in codebook.columns() {
            sheet[column.offset] = if column.multiple { SKIPPED } else { FIRST_OPTION };
        }
        let thresholds = Thresholds::of(questionnaire.least_sheets);
        let fill = |tally: &mut Tally| {
            let mut units = std::iter::repeat_n(1, 60).chain([2; 3]);
            units.try_for_each(|unit| tally.add(tally::Cell { unit, group: 0, mode: Mode::Link }, &sheet))
        };
        let tally = Tally::of_population(&questionnaire, thresholds, fill).unwrap();
        let unit = |number, code| RegisterUnit { code: UnitCode::new(code).unwrap(), block: "communes".into(), number };
        let units = [unit(1, "xa-a"), unit(2, "xa-b")];
        let input = ResultsInput { questionnaire: &questionnaire, definition_sha256: "00", units: &units, thresholds, tally: &tally };
        PublishedQuestionnaire { definition: DEFINITION.to_owned(), results: results(&input) }
    }

    fn made() -> Sheet {
        let mut publication = document().publication;
        publication.questionnaires = vec![surveyed()];
        let document = Document::draft(publication).unwrap();
        let ranking = document.ranking().unwrap();
        sheet(&Book { document: &document, ranking, names: names(&document), title: "x".to_owned() })
    }

    #[test]
    fn shares_are_printed_as_they_are_published() {
        let rows = made().rows;
        assert!(rows.iter().all(|row| row.len() == COLUMNS.len()));
        let s1: Vec<_> = rows.iter().filter(|row| row[1] == text("s1") && row[11] == text("xa-a")).collect();
        assert_eq!(s1.len(), 5 + 3);
        assert_eq!((&s1[0][0], &s1[0][4], &s1[0][5]), (&text("Xã A"), &text("Rất không hài lòng"), &text("Very dissatisfied")));
        assert_eq!(s1[0][6..10], [Cell::Decimal("100".to_owned(), 0), Cell::Whole(60), Cell::Whole(60), text(VALID)]);
        assert_eq!(s1[1][6..10], [Cell::Decimal("0".to_owned(), 0), Cell::Whole(0), Cell::Whole(60), text(VALID)]);
        assert_eq!([&s1[5][4], &s1[5][9]], [&text(NO_OPINION[0]), &text(SHEETS)]);
        assert_eq!(s1[0][12], text("Xã, phường, đặc khu / Communes, wards and special zones"));
    }

    #[test]
    fn attributes_are_of_the_round_and_a_unit_of_few_sheets_has_one_row() {
        let rows = made().rows;
        let genders: Vec<_> = rows.iter().filter(|row| row[1] == text("gender")).collect();
        assert_eq!((genders.len(), &genders[0][0], &genders[0][11]), (3, &text("cả đợt / whole round"), &Cell::Empty));
        let few: Vec<_> = rows.iter().filter(|row| row[11] == text("xa-b")).collect();
        assert_eq!((few.len(), &few[0][0], &few[0][6]), (1, &text("Xã B"), &text(FEW_ANSWERS)));
    }

    #[test]
    fn more_rows_than_a_workbook_holds_are_pointed_to() {
        let document = document();
        let ranking = document.ranking().unwrap();
        let book = Book { document: &document, ranking, names: names(&document), title: "x".to_owned() };
        let large = book.large("x", &COLUMNS, "distributions.csv", (400_001, Vec::new));
        assert!(matches!(&large.rows[0][0], Cell::Text(words) if words.contains("see distributions.csv")));
        assert_eq!((large.rows.len(), large.rows[0].len()), (1, COLUMNS.len()));
    }
}
