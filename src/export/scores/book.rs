//! The workbook of scores: a sheet about the round, one for each block, one of targets where there are some, one of criteria, one of the
//! surveys, and one about the columns.
//!
//! A workbook is passed on without the page that it was got from, so it says everything in Vietnamese and in English, in the words of the
//! pages. What it holds are the figures of the publication, two decimals each, and no formulas.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::rows::BlockRows;
use super::worked::WorkedCells;
use crate::export::bilingual::{Label, both, joined, said};
use crate::export::column::ColumnKind::{Code, Entry, Text};
use crate::export::column::{Column, KnownCodes, Meaning};
use crate::export::value::Value;
use crate::export::workbook::{self, WorkbookSheet};
use crate::export::{UnitsByCode, dictionary, title, units_by_code};
use crate::publication::document::Document;
use crate::scoring::ranking::{BlockRanking, Ranking};
use crate::words::Words;

mod block;
mod criteria;
mod survey;
mod targets;

/// Writes the workbook.
pub(in crate::export) fn write(document: &Document, ranking: &Ranking, out: &mut dyn Write) -> io::Result<()> {
    let units = units_by_code(document);
    let blocks: Vec<_> = ranking.blocks.iter().map(|block| BlockRows::of(document, ranking, &units, block)).collect();
    let book = Book { document, ranking, units: &units, blocks: &blocks, title: title::of_document(document) };
    let mut sheets = vec![book.round()];
    sheets.extend(blocks.iter().map(|rows| block::sheet(&book, rows)));
    sheets.extend(targets::sheet(&book));
    sheets.push(criteria::sheet(&book));
    sheets.push(survey::sheet(&book));
    // The first sheet is no table: it says itself what stands in it.
    sheets.push(dictionary::sheet(&book.title, sheets.iter().skip(1).map(|sheet| (&*sheet.name, &*sheet.columns))));
    workbook::write(&sheets, out)
}

struct Book<'a> {
    document: &'a Document,
    ranking: &'a Ranking,
    units: &'a UnitsByCode<'a>,
    /// Rows of the blocks, in their order.
    blocks: &'a [BlockRows<'a>],
    title: String,
}

/// A column of the table of scores, as people read it.
fn column(name: &'static str, label: impl Into<Label>, width: u16) -> Column {
    let known = super::named().chain(WorkedCells::COLUMNS).find(|(known, _)| *known == name);
    Column::new(name, known.map_or(Text, |(_, kind)| kind)).labelled(label, width)
}

/// The same under a head of one language.
fn column_in(language: &str, name: &'static str, key: &str, width: u16) -> Column {
    column(name, Words::of(language).get(key), width)
}

impl<'a> Book<'a> {
    fn sheet(&self, name: &str, columns: Vec<Column>, rows: Vec<Vec<Value<'a>>>) -> WorkbookSheet<'a> {
        WorkbookSheet { name: name.to_owned(), title: Some(self.title.clone()), columns, rows }
    }

    /// A sheet of many rows, or of one that says where they are.
    fn large(
        &self,
        (name, columns): (&str, Vec<Column>),
        table: &str,
        (count, rows): (usize, impl FnOnce() -> Vec<Vec<Value<'a>>>),
    ) -> WorkbookSheet<'a> {
        let rows = if count > workbook::ROWS_MOST { vec![workbook::too_many(columns.len(), table)] } else { rows() };
        self.sheet(name, columns, rows)
    }

    /// A sheet with points of some blocks; over points that come from surveys it stands what these may tell by themselves.
    fn scored(&self, sheet: WorkbookSheet<'a>, blocks: &[BlockRanking]) -> WorkbookSheet<'a> {
        let exact = blocks.iter().any(|block| self.document.has_exact_points(block));
        let title = if exact { format!("{}. {}", self.title, both("par-points-exact")) } else { self.title.clone() };
        WorkbookSheet { title: Some(title), ..sheet }
    }

    fn name(&self, code: &'a str, language: &str) -> &'a str {
        self.units.get(code).map_or(code, |unit| unit.name(language))
    }

    /// The column of blocks.
    fn block_column(&self, width: u16) -> Column {
        let units = self.document.publication.units.iter().map(|unit| unit.block.as_str());
        let surveyed = self.document.sections().flat_map(|section| section.results.all_units().map(|(block, _)| block.block.as_str()));
        let blocks: BTreeSet<&str> = self.ranking.blocks.iter().map(|block| block.block.as_str()).chain(units).chain(surveyed).collect();
        let named = self.document.publication.blocks();
        let words = blocks.into_iter().map(|code| Meaning::of(code.to_owned(), said(|words| words.block(code, named))));
        Column { kind: Code(KnownCodes::OWN), ..column("block", both("workbook-block"), width) }.with_labels(words)
    }

    fn round(&self) -> WorkbookSheet<'a> {
        let publication = &self.document.publication;
        let seal = self.document.sha256.clone().unwrap_or_else(|| both("workbook-not-published"));
        let previous = self.ranking.previous.as_ref().map_or_else(
            || both("workbook-no-round"),
            |previous| format!("{} ({}), SHA-256 {}", previous.round, previous.year, previous.sha256),
        );
        let answers = both(if publication.synthetic { "synthetic-banner" } else { "workbook-answers-given" });
        let entry = |key: &str, is: String| vec![Value::text(both(key)), Value::text(is)];
        let mut rows = vec![
            entry("workbook-round", joined([&publication.name_vi, &publication.name_en])),
            entry("workbook-round-id", publication.round.clone()),
            entry("workbook-year-rated", publication.year.to_string()),
            entry("workbook-answers", answers),
            entry("workbook-sha256", seal),
            entry("workbook-against", previous),
        ];
        let corrected = publication.corrects.iter();
        rows.extend(corrected.map(|old| entry("workbook-corrects", format!("SHA-256 {}. {}", old.sha256, old.why))));
        rows.extend(self.ranking.blocks.iter().flat_map(|block| self.about(block)));
        let columns = vec![
            Column::new("entry", Text).labelled(both("workbook-entry"), 46),
            Column::new("content", Entry).labelled(both("workbook-content"), 100),
        ];
        self.sheet(&Words::of("vi").get("workbook-round"), columns, rows)
    }

    /// Scheme and mean of a block.
    fn about(&self, block: &BlockRanking) -> [Vec<Value<'a>>; 2] {
        let named = self.document.publication.blocks();
        let head = |key: &str| Value::text(said(|words| words.with(key, [("block", &words.block(&block.block, named))])));
        let scheme = self.document.scheme(block).map_or_else(
            || both("workbook-scheme-imported"),
            |scheme| format!("{} {}: {}", scheme.id, scheme.version, joined([scheme.title.get("vi"), scheme.title.get("en")])),
        );
        [vec![head("workbook-scheme"), Value::text(scheme)], vec![head("workbook-mean"), Value::fixed(block.mean)]]
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};

    use super::*;
    use crate::export::scores::tests::document;

    /// What a sheet is made of, for a test of it alone.
    pub(super) fn with_book<T>(document: &Document, make: impl FnOnce(&Book<'_>) -> T) -> T {
        let (ranking, units) = (document.ranking().unwrap(), units_by_code(document));
        make(&Book { document, ranking, units: &units, blocks: &[], title: "x".to_owned() })
    }

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
        assert!(said[3].ends_with("every answer here was made by a machine and is nobody's opinion."));
        assert_eq!(said[4..6], ["ab".repeat(32), format!("2025 (2025), SHA-256 {}", "cd".repeat(32))]);
        assert!(said[6].starts_with("provincial-communes 2026.1: ") && said[7] == "89.92");
        let block = "Bộ tiêu chí của khối Xã, phường, đặc khu / Scheme of the block Communes, wards and special zones";
        assert_eq!(rows[8][0], block);
    }

    #[test]
    fn every_word_of_the_columns_is_known() {
        with_book(&document(), |book| {
            let all = [criteria::columns(book), survey::columns(book), targets::columns()].concat();
            let meanings = |column: &Column| column.labels.iter().chain(&column.missing).map(|meaning| meaning.words.clone()).collect();
            let said = all.iter().flat_map(|column| [vec![column.label.joined()], meanings(column)].concat());
            let unknown: Vec<String> = said.filter(|words| words.is_empty() || words.contains("Unknown localization")).collect();
            assert!(unknown.is_empty() && both("workbook-no-such-word").contains("Unknown localization"), "{unknown:?}");
        });
    }
}
