//! The sheet of criteria: one row for each leaf of each unit.

use super::words::{self, EXAMPLE, Words, both};
use super::{Book, Columns, fixed, text};
use crate::export::workbook::{Cell, Sheet};
use crate::publication::document::Document;
use crate::scoring::decimal::{DECIMALS, Held};
use crate::scoring::ranking::{BlockRanking, CellResult, LeafHead};

const COLUMNS: Columns<18> = [
    ("Đơn vị / Unit", 36),
    ("Mã tiêu chí / Criterion code", 12),
    ("Tiêu chí", 60),
    ("Criterion", 60),
    ("Ví dụ / Example", 16),
    ("Nguồn điểm / Where points come from", 24),
    ("Điểm tối đa / Maximum", 10),
    ("Điểm / Points", 10),
    ("Trạng thái / State", 24),
    ("Tỷ lệ (%) / Share (%)", 10),
    ("Số phiếu / Sheets", 10),
    ("Tự chấm / Self-score", 10),
    ("Thẩm định / Appraised", 10),
    ("Thẩm định lần hai / Second appraisal", 12),
    ("Hội đồng / Council", 10),
    ("Ghi chú / Note", 40),
    ("Mã đơn vị / Unit code", 20),
    ("Khối / Block", 24),
];

/// Makes the sheet.
pub(super) fn sheet(book: &Book<'_>) -> Sheet {
    let blocks = &book.ranking.blocks;
    let count: usize = blocks.iter().map(|block| block.units.len() * block.leaves.len()).sum();
    let rows = || blocks.iter().flat_map(|block| rows(book, block)).collect();
    book.scored(book.large("Tiêu chí", &COLUMNS, "scores.csv", (count, rows)), blocks)
}

fn rows<'a>(book: &Book<'a>, block: &'a BlockRanking) -> Vec<Vec<Cell>> {
    let leaves: Vec<Criterion<'a>> = block.leaves.iter().map(|head| Criterion::of(book.document, block, head)).collect();
    let block_name = both(words::block(&block.block));
    let mut rows = Vec::with_capacity(block.units.len() * leaves.len());
    for unit in &block.units {
        let code = unit.unit.as_str();
        for (place, leaf) in leaves.iter().enumerate() {
            let mut row = vec![text(book.name(code, "vi"))];
            row.extend(leaf.cells());
            row.extend(entries(unit.cells.get(place)));
            row.extend([text(code), text(block_name.as_str())]);
            rows.push(row);
        }
    }
    rows
}

/// A leaf as the scheme has it.
struct Criterion<'a> {
    head: &'a LeafHead,
    /// Empty where the scheme has no such leaf.
    words: Words<'a>,
    /// Whether a province replaces it by its own.
    example: bool,
}

impl<'a> Criterion<'a> {
    fn of(document: &'a Document, block: &'a BlockRanking, head: &'a LeafHead) -> Self {
        let found = document.scheme(block).and_then(|scheme| Some((scheme, scheme.leaves.get(scheme.leaf(&head.code)?)?)));
        let words = found.map_or([""; 2], |(_, leaf)| [leaf.text.get("vi"), leaf.text.get("en")]);
        let criterion = found.and_then(|(scheme, leaf)| scheme.criteria.get(leaf.criterion));
        Self { head, words, example: criterion.is_some_and(|criterion| criterion.example) }
    }

    fn cells(&self) -> [Cell; 6] {
        let [vi, en] = self.words;
        let example = if self.example { EXAMPLE } else { "" };
        let origin = words::origin(self.head.from);
        [text(&self.head.code), text(vi), text(en), text(example), text(origin), fixed(self.head.maximum)]
    }
}

/// Points of a cell, the survey's figure behind them, and what was entered; evidence and explanations are in the table of scores.
fn entries(cell: Option<&CellResult>) -> [Cell; 9] {
    let Some(cell) = cell else { return std::array::from_fn(|_| Cell::Empty) };
    let CellResult { points, state, self_score, appraised, second, council, note, survey, .. } = cell;
    [
        fixed(*points),
        text(words::state(*state)),
        fixed(survey.as_ref().map(|survey| survey.percent)),
        survey.as_ref().map_or(Cell::Empty, |survey| super::sheets(survey.sheets)),
        entry(self_score.as_deref()),
        entry(appraised.as_deref()),
        entry(second.as_deref()),
        entry(council.as_deref()),
        text(note.as_deref().unwrap_or_default()),
    ]
}

/// An entry: a number where it is written like one, with a point or a comma, else the text that it is.
fn entry(entered: Option<&str>) -> Cell {
    let Some(entered) = entered else { return Cell::Empty };
    let number = entered.replace(',', ".");
    let decimals = number.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let (shown, printed) = (u8::try_from(decimals), u32::try_from(decimals).unwrap_or(DECIMALS));
    match (number.parse::<Held>(), shown) {
        (Ok(value), Ok(shown)) if value.to_fixed(printed) == number => Cell::Decimal(number, shown),
        _ => text(entered),
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
        let own = ["ví dụ / example", "thẩm định / appraisal", "1", "0.75", "được tính / counted", "", "", "1", "0.75", "", ""];
        assert_eq!(rows[6][4..15], own);
        let place = ["=1+1, thiếu văn bản", "xa-a", "Xã, phường, đặc khu / Communes, wards and special zones"];
        assert_eq!(rows[6][15..], place);
        assert_eq!(rows[7][5], "điểm trừ / penalty, taken off");
    }

    #[test]
    fn points_of_a_survey_have_its_share_and_its_sheets() {
        let mut document = document();
        let unit = &mut document.publication.ranking.as_mut().unwrap().blocks[0].units[2];
        unit.cells[0].survey =
            Some(Surveyed { percent: "81.333333333333".parse().unwrap(), sheets: crate::scoring::disclosure::Sheets::Exactly(40) });
        let rows = rows(&mut written(&document), "Tiêu chí");
        assert_eq!(rows[6][9..11], ["81.33", "40"]);
    }

    #[rstest]
    #[case("1.25", Cell::Decimal("1.25".to_owned(), 2))]
    #[case("1,5", Cell::Decimal("1.5".to_owned(), 1))]
    #[case("80", Cell::Decimal("80".to_owned(), 0))]
    #[case("007", Cell::Text("007".to_owned()))]
    #[case("1.", Cell::Text("1.".to_owned()))]
    #[case("NA", Cell::Text("NA".to_owned()))]
    #[case("1.234,5", Cell::Text("1.234,5".to_owned()))]
    fn an_entry_is_a_number_where_it_is_written_like_one(#[case] entered: &str, #[case] cell: Cell) {
        assert_eq!(entry(Some(entered)), cell);
    }
}
