//! The sheet of criteria: one row for each leaf of each unit.

use super::{Book, column, column_in};
use crate::export::bilingual::Label;
use crate::export::column::ColumnKind::Code;
use crate::export::column::{Column, KnownCodes, Meaning};
use crate::export::scores::rows::BlockRows;
use crate::export::value::Value;
use crate::export::workbook::WorkbookSheet;
use crate::publication::document::Document;
use crate::scoring::decimal::{DECIMALS, Held};
use crate::scoring::ranking::{BlockRanking, LeafHead};
use crate::words::Words;

/// The code of a criterion that a province replaces by its own.
const EXAMPLE: &str = "example";

/// Makes the sheet.
pub(super) fn sheet<'a>(book: &Book<'a>) -> WorkbookSheet<'a> {
    let blocks = &book.ranking.blocks;
    let count: usize = blocks.iter().map(|block| block.units.len() * block.leaves.len()).sum();
    let rows = || book.blocks.iter().flat_map(|rows| of_block(book, rows)).collect();
    book.scored(book.large((&Words::of("vi").get("par-criterion"), columns(book)), "scores.csv", (count, rows)), blocks)
}

/// Columns of the sheet of criteria, in their order.
pub(super) fn columns(book: &Book<'_>) -> Vec<Column> {
    vec![
        column("unit_name_vi", Label::by("results-unit"), 26),
        column("code", Label::by("workbook-criterion-code"), 11),
        column_in("vi", "text_vi", "par-criterion", 38),
        column_in("en", "text_en", "par-criterion", 38),
        Column::new(EXAMPLE, Code(KnownCodes::OWN))
            .labelled(Label::by("par-example"), 10)
            .with_labels([Meaning::of(EXAMPLE, Label::by("workbook-yes"))]),
        column("from", Label::by("workbook-from"), 16),
        column("maximum", Label::by("par-maximum"), 10),
        column("points", Label::by("par-points"), 9),
        column("state", Label::by("workbook-state"), 14),
        column("survey_percent", Label::by("par-percent"), 9),
        column("survey_sheets", Label::by("results-sheets"), 11),
        column("self", Label::by("par-part-self"), 8),
        column("appraised", Label::by("par-part-appraised"), 11),
        column("second", Label::by("par-part-second"), 11),
        column("council", Label::by("par-part-council"), 8),
        column("counts", Label::by("workbook-counts"), 12),
        column("branch", Label::by("workbook-branch"), 16),
        column("note", Label::by("par-part-note"), 26),
        column("unit", Label::by("workbook-unit-code"), 14),
        book.block_column(16),
    ]
}

fn of_block<'a>(book: &Book<'a>, rows: &'a BlockRows<'a>) -> Vec<Vec<Value<'a>>> {
    let block = rows.block();
    let leaves: Vec<LeafWords<'a>> = block.leaves.iter().map(|head| LeafWords::of(book.document, block, head)).collect();
    let mut found = Vec::with_capacity(block.units.len() * leaves.len());
    for unit in &block.units {
        let code = unit.unit.as_str();
        for (row, leaf) in rows.of_leaves(unit).zip(&leaves) {
            let worked = row.worked();
            let (sums, entries, [_, leaf_code, _, from]) = (row.sums, row.entries, row.subject);
            let [vi, en] = leaf.words.map(Value::named);
            let example = Value::named(if leaf.example { EXAMPLE } else { "" });
            let own = [Value::lent(book.name(code, "vi")), leaf_code, vi, en, example, from, sums.maximum, sums.points];
            let surveyed = [entries.state, entries.survey_percent, entries.survey_sheets];
            let entered = [entries.self_score, entries.appraised, entries.second, entries.council].map(entry);
            let made = [worked.counts, worked.branch];
            let last = [entries.note, Value::lent(code), Value::lent(&block.block)];
            found.push(own.into_iter().chain(surveyed).chain(entered).chain(made).chain(last).collect());
        }
    }
    found
}

/// A leaf as the scheme has it.
struct LeafWords<'a> {
    /// Empty where the scheme has no such leaf.
    words: [&'a str; 2],
    /// Whether a province replaces it by its own.
    example: bool,
}

impl<'a> LeafWords<'a> {
    fn of(document: &'a Document, block: &'a BlockRanking, head: &'a LeafHead) -> Self {
        let found = document.scheme(block).and_then(|scheme| Some((scheme, scheme.leaves.get(scheme.leaf(&head.code)?)?)));
        let words = found.map_or([""; 2], |(_, leaf)| [leaf.text.get("vi"), leaf.text.get("en")]);
        let criterion = found.and_then(|(scheme, leaf)| scheme.criteria.get(leaf.criterion));
        Self { words, example: criterion.is_some_and(|criterion| criterion.example) }
    }
}

/// What somebody entered: a number where it is written like one, with a point or a comma, else the text that it is.
fn entry(entered: Value<'_>) -> Value<'_> {
    let Value::Text(text) = &entered else { return entered };
    let number = text.replace(',', ".");
    let decimals = number.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let printed = u32::try_from(decimals).unwrap_or(DECIMALS);
    match number.parse::<Held>() {
        Ok(value) if value.to_fixed(printed) == number => Value::decimal(number),
        _ => entered,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::export::scores::book::tests::{rows, written};
    use crate::export::scores::tests::document;
    use crate::scoring::sheet::Surveyed;

    #[test]
    fn every_criterion_of_every_unit_has_a_row() {
        let rows = rows(&mut written(&document()), "Tiêu chí");
        assert_eq!(rows.len(), 2 + 4 * 2);
        let words = "The year's plan is issued in time and names products, deadlines and people in charge";
        assert_eq!([&rows[6][0], &rows[6][1], &rows[6][3]], ["Xã A", "c1-1-1", words]);
        let own = ["có / yes", "thẩm định / appraisal", "1", "0.75", "được tính / counted", "", "", "1", "0.75", "", ""];
        assert_eq!(rows[6][4..15], own);
        assert_eq!(rows[6][15..17], ["Thẩm định / Appraisal", ""]);
        let place = ["=1+1, thiếu văn bản", "xa-a", "Xã, phường, đặc khu / Communes, wards and special zones"];
        assert_eq!(rows[6][17..], place);
        assert_eq!(rows[7][5], "điểm trừ / penalty");
    }

    #[test]
    fn points_of_a_survey_have_its_share_and_its_sheets() {
        let mut document = document();
        let unit = &mut document.publication.ranking.as_mut().unwrap().blocks[0].units[2];
        unit.cells[0].survey =
            Some(Surveyed { percent: "81.333333333333".parse().unwrap(), sheets: crate::scoring::disclosure::SheetsTold::Exactly(40) });
        let rows = rows(&mut written(&document), "Tiêu chí");
        assert_eq!(rows[6][9..11], ["81.33", "40"]);
    }

    #[rstest]
    #[case("1.25", Value::decimal("1.25"))]
    #[case("1,5", Value::decimal("1.5"))]
    #[case("80", Value::decimal("80"))]
    #[case("007", Value::lent("007"))]
    #[case("1.", Value::lent("1."))]
    #[case("NA", Value::lent("NA"))]
    #[case("1.234,5", Value::lent("1.234,5"))]
    fn an_entry_is_a_number_where_it_is_written_like_one(#[case] entered: &str, #[case] cell: Value<'_>) {
        assert_eq!(entry(Value::lent(entered)), cell);
    }
}
