//! The sheet of survey figures: the share of every answer, as `distributions` has it, with its words.

use super::{Book, column, column_in};
use crate::export::bilingual::{Label, both};
use crate::export::column::ColumnKind::{Code, Count, Decimal, Text, Whole};
use crate::export::column::DecimalUnit::Percent;
use crate::export::column::{Column, KnownCodes, Meaning};
use crate::export::distributions::{BESIDE_OPTIONS, SHEETS, ShareRow, VALID, of_round, of_unit};
use crate::export::missing::HIDDEN;
use crate::export::value::Value;
use crate::export::workbook::WorkbookSheet;
use crate::publication::document::Section;
use crate::scoring::results::{ItemHead, Results};
use crate::survey::Item;
use crate::words::Words;

/// Why a unit has no figures: of officials, no group has enough answers; else no question has.
const NO_GROUP: &str = "no-group";
const FEW_ANSWERS: &str = "few-answers";

/// Makes the sheet.
pub(super) fn sheet<'a>(book: &Book<'a>) -> WorkbookSheet<'a> {
    let count: usize = book.document.sections().map(|section| count(&section)).sum();
    let rows = || book.document.sections().flat_map(|section| rows(book, &section)).collect();
    book.large((&Words::of("vi").get("workbook-surveys"), columns(book)), "distributions.csv", (count, rows))
}

/// Columns of a sheet of a survey, in their order.
pub(super) fn columns(book: &Book<'_>) -> Vec<Column> {
    let answer = |language: &'static str, name| {
        let words = BESIDE_OPTIONS.map(|(code, key)| Meaning::of(code, Words::of(language).get(key)));
        column_in(language, name, "workbook-answer", 22).with_missing(words)
    };
    let why = [(HIDDEN, "results-hidden"), (NO_GROUP, "results-under-rated"), (FEW_ANSWERS, "results-under")];
    let why = why.into_iter().map(|(code, key)| Meaning::of(code, Label::by(key)));
    let floors = book.document.sections().map(|section| section.results.floor.to_string());
    let floors = floors.map(|floor| (under(&floor), Label::said(|words| words.with("results-under-format-one", [("floor", &floor)]))));
    let which = [(VALID, "workbook-valid-answers"), (SHEETS, "workbook-all-sheets")].map(|(code, key)| Meaning::of(code, Label::by(key)));
    let labelled = |name, kind, label: &str, width| Column::new(name, kind).labelled(Label::by(label), width);
    vec![
        column("unit_name_vi", Label::by("results-unit"), 28),
        labelled("item", Text, "workbook-item-code", 12),
        column_in("vi", "item_text_vi", "workbook-item", 38),
        column_in("en", "item_text_en", "workbook-item", 38),
        answer("vi", "option_text_vi"),
        answer("en", "option_text_en"),
        labelled("percent", Decimal(Percent), "par-percent", 14)
            .with_missing(why.chain(floors.map(|(code, words)| Meaning::of(code, words)))),
        labelled("count", Whole, "results-sheets", 10),
        labelled("n", Count, "workbook-out-of", 10),
        labelled("of", Code(KnownCodes::OWN), "workbook-which", 18).with_labels(which),
        labelled("questionnaire", Text, "workbook-questionnaire", 16),
        column("unit", Label::by("workbook-unit-code"), 14),
        book.block_column(16),
    ]
}

/// How many rows a questionnaire has at most.
fn count(section: &Section<'_>) -> usize {
    let results = section.results;
    let of_items = |attribute| results.items.iter().filter(move |head| head.attribute == attribute).map(|head| head.options.len() + 3);
    let of_unit: usize = of_items(false).sum();
    let units = results.all_units().map(|(_, unit)| if unit.figures.is_some() { of_unit } else { 1 });
    of_items(true).sum::<usize>() + units.sum::<usize>()
}

fn rows<'a>(book: &Book<'a>, section: &Section<'a>) -> Vec<Vec<Value<'a>>> {
    let (results, questionnaire) = (section.results, section.questionnaire.id.as_str());
    let items: Vec<ItemWords<'a>> = results.items.iter().map(|head| ItemWords::of(section, head)).collect();
    let mut rows = Vec::new();
    let round =
        SurveySubject { name: Value::text(both("workbook-whole-round")), last: [Value::lent(questionnaire), Value::Empty, Value::Empty] };
    for item in items.iter().filter(|item| item.head.attribute) {
        rows.extend(of_round(results, item.head).iter().enumerate().map(|(place, share)| round.share(item, place, share)));
    }
    for (block, unit) in results.all_units() {
        let code = unit.unit.as_str();
        let last = [Value::lent(questionnaire), Value::lent(code), Value::lent(&block.block)];
        let subject = SurveySubject { name: Value::lent(book.name(code, "vi")), last };
        let Some(figures) = &unit.figures else {
            rows.push(subject.without(None, no_figures(book, results)));
            continue;
        };
        for item in items.iter().filter(|item| !item.head.attribute) {
            // An item whose answers may not be counted has one row.
            if figures.items.iter().any(|found| found.code == item.head.code && found.valid.is_some()) {
                let shares = of_unit(item.head, Some(figures));
                rows.extend(shares.iter().enumerate().map(|(place, share)| subject.share(item, place, share)));
            } else {
                rows.push(subject.without(Some(item), HIDDEN.to_owned()));
            }
        }
    }
    rows
}

/// Why a unit has no figures: groups have floors of their own, and else each question has to reach the floor. The first format spoke of all
/// sheets together.
fn no_figures(book: &Book<'_>, results: &Results) -> String {
    if book.document.is_of_first_format() {
        return under(&results.floor.to_string());
    }
    (if results.rating.is_some() { NO_GROUP } else { FEW_ANSWERS }).to_owned()
}

/// The code of fewer sheets than a floor.
fn under(floor: &str) -> String {
    format!("under-{floor}")
}

/// An item with its words.
struct ItemWords<'a> {
    head: &'a ItemHead,
    words: [&'a str; 2],
    /// Words of its options.
    answers: Vec<[&'a str; 2]>,
}

impl<'a> ItemWords<'a> {
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

/// What figures are about.
struct SurveySubject<'a> {
    name: Value<'a>,
    /// Questionnaire, unit and block.
    last: [Value<'a>; 3],
}

impl<'a> SurveySubject<'a> {
    /// The row of a share, by its place among those of the item.
    fn share(&self, item: &ItemWords<'a>, place: usize, row: &ShareRow<'a>) -> Vec<Value<'a>> {
        let unanswered = || [Value::Missing(row.option.into()), Value::Missing(row.option.into())];
        let answer = item.answers.get(place).map_or_else(unanswered, |words| words.map(Value::named));
        let [percent, count, n, of] = row.cells();
        let percent = if row.share.is_some() { percent } else { Value::Missing(HIDDEN.into()) };
        self.row(Some(item), answer, [percent, count, n, of])
    }

    /// The one row that stands in place of shares.
    fn without(&self, item: Option<&ItemWords<'a>>, why: String) -> Vec<Value<'a>> {
        let nothing = || Value::Empty;
        self.row(item, [nothing(), nothing()], [Value::Missing(why.into()), nothing(), nothing(), nothing()])
    }

    fn row(&self, item: Option<&ItemWords<'a>>, answer: [Value<'a>; 2], share: [Value<'a>; 4]) -> Vec<Value<'a>> {
        let (code, [vi, en]) = item.map_or(("", ["", ""]), |item| (item.head.code.as_str(), item.words));
        let mut row = vec![self.name.clone(), Value::named(code), Value::named(vi), Value::named(en)];
        row.extend(answer);
        row.extend(share);
        row.extend(self.last.iter().cloned());
        row
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::scores::book::tests::{rows, with_book, written};
    use crate::export::scores::tests::document;
    use crate::publication::PublishedQuestionnaire;
    use crate::publication::document::Document;
    use crate::scoring::publishing::{RegisterUnit, ResultsInput, results};
    use crate::scoring::tally::{self, Tally};
    use crate::scoring::thresholds::Thresholds;
    use crate::survey::check::check;
    use crate::survey::codebook::{self, Codebook, FIRST_OPTION};
    use crate::survey::mode::Mode;
    use crate::unit::UnitCode;

    const DEFINITION: &str = include_str!("../../../../survey-definitions/service-satisfaction.toml");

    /// Figures about two units: 60 sheets that all choose the first option, and 3 of them.
    fn surveyed() -> PublishedQuestionnaire {
        let questionnaire = check("service-satisfaction", DEFINITION).unwrap();
        let codebook = Codebook::new(&questionnaire);
        let mut sheet = vec![0; codebook.width()];
        for column in codebook.columns() {
            sheet[column.offset] = if column.multiple { codebook::SKIPPED } else { FIRST_OPTION };
        }
        let thresholds = Thresholds::of(questionnaire.least_sheets);
        let fill = |tally: &mut Tally| {
            let mut units = std::iter::repeat_n(1, 60).chain([2; 3]);
            units.try_for_each(|unit| tally.add(tally::TallyCell { unit, group: 0, mode: Mode::Link }, &sheet))
        };
        let tally = Tally::of_population(&questionnaire, thresholds, fill).unwrap();
        let unit = |number, code| RegisterUnit { code: UnitCode::new(code).unwrap(), block: "communes".into(), number };
        let units = [unit(1, "xa-a"), unit(2, "xa-b")];
        let input = ResultsInput { questionnaire: &questionnaire, definition_sha256: "00", units: &units, thresholds, tally: &tally };
        PublishedQuestionnaire { definition: DEFINITION.to_owned(), results: results(&input) }
    }

    /// Every row, as people read it.
    fn read() -> Vec<Vec<String>> {
        let mut publication = document().publication;
        publication.questionnaires = vec![surveyed()];
        rows(&mut written(&Document::draft(publication).unwrap()), "Khảo sát").split_off(2)
    }

    #[test]
    fn shares_are_printed_as_they_are_published() {
        let rows = read();
        let s1: Vec<_> = rows.iter().filter(|row| row[1] == "s1" && row[11] == "xa-a").collect();
        assert_eq!(s1.len(), 5 + 3);
        assert_eq!([&s1[0][0], &s1[0][4], &s1[0][5]], ["Xã A", "Rất không hài lòng", "Very dissatisfied"]);
        assert_eq!(s1[0][6..10], ["100", "60", "60", "câu trả lời hợp lệ / valid answers"]);
        assert_eq!(s1[1][6..10], ["0", "0", "60", "câu trả lời hợp lệ / valid answers"]);
        assert_eq!(
            [&s1[5][4], &s1[5][5], &s1[5][9]],
            ["Không biết hoặc không áp dụng", "Don't know or not applicable", "phiếu / responses"]
        );
        assert_eq!(s1[0][12], "Xã, phường, đặc khu / Communes, wards and special zones");
    }

    #[test]
    fn attributes_are_of_the_round_and_a_unit_of_few_sheets_has_one_row() {
        let rows = read();
        let genders: Vec<_> = rows.iter().filter(|row| row[1] == "gender").collect();
        assert_eq!((genders.len(), &*genders[0][0], &*genders[0][11]), (3, "cả đợt / whole round", ""));
        let few: Vec<_> = rows.iter().filter(|row| row[11] == "xa-b").collect();
        assert_eq!((few.len(), &*few[0][0], &*few[0][6]), (1, "Xã B", "quá ít câu trả lời / too few answers"));
    }

    #[test]
    fn more_rows_than_a_workbook_holds_are_pointed_to() {
        with_book(&document(), |book| {
            let columns = columns(book).len();
            let large = book.large(("x", super::columns(book)), "distributions.csv", (400_001, Vec::new));
            assert!(matches!(&large.rows[0][0], Value::Text(words) if words.contains("see distributions.csv")));
            assert_eq!((large.rows.len(), large.rows[0].len()), (1, columns));
        });
    }
}
