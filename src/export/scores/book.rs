//! The workbook of scores: a sheet about the round, one for each block, one of targets where there are some, one of criteria and one of the
//! surveys.
//!
//! A workbook is passed on without the page that it was got from, so it says everything in Vietnamese and in English. What it holds are the
//! figures of the publication, two decimals each, and no formulas.

use std::io::{self, Write};

use crate::export::workbook::{self, Cell, Sheet};
use crate::export::{Names, names};
use crate::publication::document::Document;
use crate::scoring::decimal::Held;
use crate::scoring::disclosure::Sheets;
use crate::scoring::ranking::{BlockRanking, Ranking};

mod block;
mod criteria;
mod survey;
mod targets;
mod words;

use words::{EXACT, both};

/// Most rows of criteria, and of survey figures: a workbook is made in memory, and Excel takes 1,048,576 rows.
const ROWS_MOST: usize = 400_000;

/// What columns are called, and how wide they are.
type Columns<const N: usize> = [(&'static str, u16); N];

const ABOUT: Columns<2> = [("Mục / Entry", 46), ("Nội dung / What it is", 100)];

/// Writes the workbook.
pub(in crate::export) fn write(document: &Document, ranking: &Ranking, out: &mut dyn Write) -> io::Result<()> {
    let book = Book { document, ranking, names: names(document), title: title(document) };
    let mut sheets = vec![book.round()];
    sheets.extend(ranking.blocks.iter().map(|block| block::sheet(&book, block)));
    sheets.extend(targets::sheet(&book));
    sheets.push(criteria::sheet(&book));
    sheets.push(survey::sheet(&book));
    workbook::write(&sheets, out)
}

/// What stands over every table: the round, and whether it is to be taken in earnest.
fn title(document: &Document) -> String {
    let publication = &document.publication;
    let draft = if document.sha256.is_none() { ". BẢN NHÁP / DRAFT" } else { "" };
    let synthetic = if publication.synthetic { ". DỮ LIỆU MẪU / SAMPLE DATA" } else { "" };
    format!("{}{draft}{synthetic}", both([&publication.name_vi, &publication.name_en]))
}

struct Book<'a> {
    document: &'a Document,
    ranking: &'a Ranking,
    names: Names<'a>,
    title: String,
}

impl<'a> Book<'a> {
    fn sheet(&self, name: &str, columns: Vec<(String, u16)>, rows: Vec<Vec<Cell>>) -> Sheet {
        Sheet { name: name.to_owned(), title: Some(self.title.clone()), columns, rows }
    }

    /// A sheet of many rows, or of one that says where they are.
    fn large(&self, name: &str, columns: &[(&str, u16)], table: &str, (count, rows): (usize, impl FnOnce() -> Vec<Vec<Cell>>)) -> Sheet {
        let rows = if count > ROWS_MOST { vec![too_many(columns.len(), table)] } else { rows() };
        self.sheet(name, heads(columns), rows)
    }

    /// A sheet with points of some blocks; over points that come from surveys it stands what these may tell by themselves.
    fn scored(&self, sheet: Sheet, blocks: &[BlockRanking]) -> Sheet {
        let exact = blocks.iter().any(|block| self.document.has_exact_points(block));
        let title = if exact { format!("{}. {EXACT}", self.title) } else { self.title.clone() };
        Sheet { title: Some(title), ..sheet }
    }

    fn name(&self, code: &'a str, language: &str) -> &'a str {
        self.names.get(code).map_or(code, |unit| unit.name(language))
    }

    fn round(&self) -> Sheet {
        let publication = &self.document.publication;
        let seal = self.document.sha256.as_deref().unwrap_or("bản nháp, chưa công bố / draft, not published");
        let previous = self.ranking.previous.as_ref().map_or_else(
            || "không có / none".to_owned(),
            |previous| format!("{} ({}), SHA-256 {}", previous.round, previous.year, previous.sha256),
        );
        let made_up = "dữ liệu mẫu: mọi câu trả lời do máy tạo ra / sample data: every answer was made up by a program";
        let answers = if publication.synthetic { made_up } else { "của người trả lời / given by respondents" };
        let mut rows = vec![
            said("Đợt / Round", both([&publication.name_vi, &publication.name_en])),
            said("Mã đợt / Id of the round", publication.round.as_str()),
            said("Năm được đánh giá / Year that is rated", publication.year.to_string()),
            said("Số liệu / Answers", answers),
            said("Mã SHA-256 của số liệu đã công bố / SHA-256 of what is published", seal),
            said("Đợt để so sánh / Round that changes are measured against", previous),
        ];
        let corrected = publication.corrects.iter();
        rows.extend(corrected.map(|old| said("Đính chính cho / Corrects", format!("SHA-256 {}. {}", old.sha256, old.why))));
        rows.extend(self.ranking.blocks.iter().flat_map(|block| self.about(block)));
        self.sheet("Đợt", heads(&ABOUT), rows)
    }

    /// Scheme and mean of a block.
    fn about(&self, block: &BlockRanking) -> [Vec<Cell>; 2] {
        let [vi, en] = words::block(&block.block);
        let scheme = self.document.scheme(block).map_or_else(
            || "nhập từ tệp / imported".to_owned(),
            |scheme| format!("{} {}: {}", scheme.id, scheme.version, both([scheme.title.get("vi"), scheme.title.get("en")])),
        );
        let mean = vec![text(format!("Chỉ số trung bình của khối {vi} (%) / Mean index of the block {en} (%)")), fixed(block.mean)];
        [said(&format!("Bộ tiêu chí của khối {vi} / Scheme of the block {en}"), scheme), mean]
    }
}

fn heads(columns: &[(&str, u16)]) -> Vec<(String, u16)> {
    columns.iter().map(|&(name, width)| (name.to_owned(), width)).collect()
}

/// The row that stands in place of too many.
fn too_many(columns: usize, table: &str) -> Vec<Cell> {
    let said = format!("Quá nhiều dòng cho một bảng tính; xem {table} / Too many rows for a workbook; see {table}");
    let mut row = vec![Cell::Empty; columns];
    if let Some(first) = row.first_mut() {
        *first = Cell::Text(said);
    }
    row
}

fn said(what: &str, is: impl Into<String>) -> Vec<Cell> {
    vec![text(what), text(is)]
}

fn text(words: impl Into<String>) -> Cell {
    let words = words.into();
    if words.is_empty() { Cell::Empty } else { Cell::Text(words) }
}

/// A number of sheets: a number, or a class such as `10-49`.
fn sheets(sheets: Sheets) -> Cell {
    match sheets {
        Sheets::Exactly(sheets) => Cell::Whole(sheets.into()),
        class @ Sheets::Between(..) => text(class.to_string()),
    }
}

/// A number, or nothing.
fn whole(number: Option<u32>) -> Cell {
    number.map_or(Cell::Empty, |number| Cell::Whole(number.into()))
}

fn fixed(value: impl Into<Option<Held>>) -> Cell {
    let value: Option<Held> = value.into();
    value.map_or(Cell::Empty, |value| Cell::Decimal(value.to_fixed(2), 2))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};

    use super::*;
    use crate::export::scores::tests::document;

    pub(super) fn written(document: &Document) -> Xlsx<Cursor<Vec<u8>>> {
        let mut out = Vec::new();
        write(document, document.ranking().unwrap(), &mut out).unwrap();
        Xlsx::new(Cursor::new(out)).unwrap()
    }

    pub(super) fn rows(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str) -> Vec<Vec<String>> {
        book.worksheet_range(sheet).unwrap().rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
    }

    #[test]
    fn the_first_sheet_says_what_this_is() {
        let mut document = document();
        document.sha256 = Some("ab".repeat(32));
        let rows = rows(&mut written(&document), "Đợt");
        assert_eq!(rows[0][0], "Đánh giá năm 2026 / Assessment of 2026. DỮ LIỆU MẪU / SAMPLE DATA");
        let said: Vec<&str> = rows.iter().skip(2).map(|row| row[1].as_str()).collect();
        assert_eq!(said[1..3], ["2026", "2026"]);
        assert!(said[3].ends_with("every answer was made up by a program"));
        assert_eq!(said[4..6], ["ab".repeat(32), format!("2025 (2025), SHA-256 {}", "cd".repeat(32))]);
        assert!(said[6].starts_with("provincial-communes 2026.1: ") && said[7] == "89.92");
        let block = "Bộ tiêu chí của khối Xã, phường, đặc khu / Scheme of the block Communes, wards and special zones";
        assert_eq!(rows[8][0], block);
    }
}
