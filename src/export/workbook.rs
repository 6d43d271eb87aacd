//! Workbooks: tables as sheets of one Excel file, for those who read figures rather than process them.
//!
//! * Numbers are number cells. What they are shown with is a code like `#,##0.00`, in which `,` and `.` stand for whatever separates
//!   thousands and decimals where the file is opened: a `vi-VN` Excel shows `1.234,50` and an `en-US` one `1,234.50`. So this is the format
//!   for `vi-VN` too, and a workbook has no language of its own that could say otherwise.
//! * Texts are text cells, and no formula is ever written. A text that would become a formula when somebody edits its cell is marked as
//!   text, as with a `'` in front, but the `'` is no part of it.
//! * The same sheets give the same bytes: the file says that it was made on a fixed day.

mod fitting;
mod names;
mod printing;
mod styles;

use std::io::{self, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::bilingual::said;
use super::column::Column;
use super::value::Value;
use crate::spreadsheet::is_number;
use styles::Styles;

/// One sheet: a table, and a title over it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkbookSheet<'a> {
    /// What its tab says. What Excel does not allow there is replaced, cut or numbered.
    pub name: String,
    /// What stands over the table.
    pub title: Option<String>,
    /// The columns of the table: labels stand over it, and codes are written as what they mean.
    pub columns: Vec<Column>,
    /// The table, each row as long as the head.
    pub rows: Vec<Vec<Value<'a>>>,
}

/// Row and column, from 0.
type Position = (u32, u16);

/// Widest column, in characters.
const WIDEST: u16 = 255;

/// Digits up to which Excel keeps a number as it is.
const PRECISE_DIGITS: usize = 15;

/// Columns that stay when a wider table is scrolled.
const FROZEN_COLUMNS: u16 = 2;

/// Most rows of a sheet: a workbook is made in memory, and Excel takes 1,048,576 rows.
pub(super) const ROWS_MOST: usize = 400_000;

/// Writes a workbook, or nothing.
///
/// # Errors
/// When there is no sheet, a sheet has no columns or more columns or rows than Excel has, a row is not as long as the head, a text is
/// longer than a cell can hold (32 767 UTF-16 units), a number has more decimals than Excel shows, or `out` cannot be written to.
pub fn write(sheets: &[WorkbookSheet<'_>], out: &mut dyn Write) -> io::Result<()> {
    let bytes = assemble(sheets).map_err(io::Error::other)?;
    out.write_all(&bytes)?;
    out.flush()
}

fn assemble(sheets: &[WorkbookSheet<'_>]) -> Result<Vec<u8>, XlsxError> {
    if sheets.is_empty() {
        return Err(refused("a workbook needs a sheet"));
    }
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let styles = Styles::new();
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let names = names::legal(sheets.iter().map(|sheet| sheet.name.as_str()));
    for (sheet, name) in sheets.iter().zip(names) {
        let page = workbook.add_worksheet().set_name(name)?;
        fill(page, sheet, &styles)?;
        arrange(page, sheet)?;
    }
    workbook.save_to_buffer()
}

fn refused(reason: impl Into<String>) -> XlsxError {
    io::Error::other(reason.into()).into()
}

impl WorkbookSheet<'_> {
    /// The row of the head.
    fn head(&self) -> u32 {
        u32::from(self.title.is_some())
    }
}

/// Writes what a sheet says.
fn fill(page: &mut Worksheet, sheet: &WorkbookSheet<'_>, styles: &Styles) -> Result<(), XlsxError> {
    let head = sheet.head();
    if let Some(title) = &sheet.title {
        put_title(page, sheet, title, styles)?;
    }
    for (place, column) in (0..).zip(&sheet.columns) {
        page.set_column_width(place, column.width.clamp(1, WIDEST))?;
        put_text(page, (head, place), &column.label.joined(), styles.head())?;
    }
    set_height(page, head, sheet.columns.iter().map(|column| fitting::lines(&column.label.joined(), column.width)))?;
    for (row, cells) in (head + 1..).zip(&sheet.rows) {
        if cells.len() != sheet.columns.len() {
            return Err(refused(format!("a row has {} cells for {} columns", cells.len(), sheet.columns.len())));
        }
        for ((place, column), value) in (0..).zip(&sheet.columns).zip(cells) {
            debug_assert!(column.holds(value), "a column holds no such value: {column:?} {value:?}");
            put(page, (row, place), (column, value), styles)?;
        }
        set_height(page, row, sheet.columns.iter().zip(cells).map(|(column, value)| fitting::lines_of(column, value)))?;
    }
    Ok(())
}

/// Writes the title over the whole table, on as many lines as it needs: otherwise it would be printed beyond the last column.
fn put_title(page: &mut Worksheet, sheet: &WorkbookSheet<'_>, title: &str, styles: &Styles) -> Result<(), XlsxError> {
    if let Some(last) = sheet.columns.len().checked_sub(1).filter(|last| *last > 0) {
        page.merge_range(0, 0, 0, u16::try_from(last).map_err(io::Error::other)?, "", styles.title())?;
    }
    put_text(page, (0, 0), title, styles.title())?;
    let width = sheet.columns.iter().fold(0, |width: u16, column| width.saturating_add(column.width));
    set_height(page, 0, [fitting::lines(title, width)].into_iter())
}

/// Makes a row as high as the most lines of its cells: not every spreadsheet does when it opens a file.
fn set_height(page: &mut Worksheet, row: u32, lines: impl Iterator<Item = u32>) -> Result<(), XlsxError> {
    if let Some(points) = lines.max().and_then(fitting::height) {
        page.set_row_height(row, points)?;
    }
    Ok(())
}

/// Says how a sheet is scrolled, filtered and printed.
fn arrange(page: &mut Worksheet, sheet: &WorkbookSheet<'_>) -> Result<(), XlsxError> {
    let head = sheet.head();
    let columns = u16::try_from(sheet.columns.len()).map_err(io::Error::other)?;
    let last_column = columns.checked_sub(1).ok_or_else(|| refused("a sheet needs a column"))?;
    let last_row = u32::try_from(sheet.rows.len()).map_err(io::Error::other)? + head;
    page.set_freeze_panes(head + 1, if columns > FROZEN_COLUMNS { FROZEN_COLUMNS } else { 0 })?;
    page.autofilter(head, 0, last_row, last_column)?;
    printing::arrange(page, sheet)
}

/// The row that stands in place of too many.
pub(super) fn too_many(columns: usize, table: &str) -> Vec<Value<'static>> {
    let mut row = vec![Value::Empty; columns];
    if let Some(first) = row.first_mut() {
        *first = Value::text(said(|words| words.with("workbook-too-many", [("table", table)])));
    }
    row
}

fn put(page: &mut Worksheet, at: Position, (column, value): (&Column, &Value<'_>), styles: &Styles) -> Result<(), XlsxError> {
    match value {
        Value::Empty => Ok(()),
        Value::Text(_) | Value::Missing(_) => {
            let words = column.words_of(value).filter(|words| !words.is_empty());
            words.map_or(Ok(()), |words| put_text(page, at, words, styles.of_text(words, column.width)))
        }
        Value::Whole(number) => put_number(page, at, (column, &number.to_string()), styles),
        Value::Signed(number) => put_number(page, at, (column, &number.to_string()), styles),
        Value::Decimal(number) => put_number(page, at, (column, number), styles),
    }
}

/// Writes a text. One between `<r>` and `</r>` would be taken for ready XML by the writer, unless it is handed over as a run of letters.
fn put_text(page: &mut Worksheet, (row, column): Position, text: &str, style: &Format) -> Result<(), XlsxError> {
    if text.starts_with("<r>") && text.ends_with("</r>") {
        page.write_rich_string_with_format(row, column, &[(style, text)], style)?;
    } else {
        page.write_string_with_format(row, column, text, style)?;
    }
    Ok(())
}

/// Writes a number with as many decimals as it is given with, or as a text if it is none or has more digits than Excel would keep.
fn put_number(page: &mut Worksheet, at: Position, (column, number): (&Column, &str), styles: &Styles) -> Result<(), XlsxError> {
    if !is_number(number) || digits(number) > PRECISE_DIGITS {
        return put_text(page, at, number, styles.of_text(number, column.width));
    }
    let decimals = number.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let value = number.parse::<f64>().map_err(io::Error::other)?;
    page.write_number_with_format(at.0, at.1, value, styles.of_number(decimals)?)?;
    Ok(())
}

/// How many digits a number has from the first that is not 0.
fn digits(number: &str) -> usize {
    number.bytes().filter(u8::is_ascii_digit).skip_while(|&digit| digit == b'0').count()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;
    use std::process::Command;

    use calamine::{Data, Reader, Xlsx};
    use rstest::rstest;

    use super::*;
    use crate::export::column::ColumnKind::{Count, Decimal, Entry};
    use crate::export::column::DecimalUnit::Percent;
    use crate::export::column::Meaning;

    fn sheet<'a>(name: &str, rows: Vec<Vec<Value<'a>>>) -> WorkbookSheet<'a> {
        let columns = [("Đơn vị", Entry, 40), ("Số phiếu", Count, 10), ("Chỉ số", Decimal(Percent), 10)];
        let columns = columns.map(|(label, kind, width)| Column::new("x", kind).labelled(label, width)).to_vec();
        WorkbookSheet { name: name.to_owned(), title: None, columns, rows }
    }

    fn results(name: &str) -> WorkbookSheet<'static> {
        let first = vec![Value::lent("Sở Y tế"), Value::Whole(1200), Value::decimal("81.33")];
        let second = vec![Value::lent("=1+1"), Value::Empty, Value::decimal("-1.20")];
        WorkbookSheet { title: Some("Kết quả năm 2026".to_owned()), ..sheet(name, vec![first, second]) }
    }

    fn written(sheets: &[WorkbookSheet<'_>]) -> Vec<u8> {
        let mut out = Vec::new();
        write(sheets, &mut out).unwrap();
        out
    }

    /// Why sheets are refused, of which nothing may be written.
    fn refusal(sheets: &[WorkbookSheet<'_>]) -> String {
        let mut out = Vec::new();
        let error = write(sheets, &mut out).unwrap_err();
        assert!(out.is_empty());
        error.to_string()
    }

    fn read(sheets: &[WorkbookSheet<'_>]) -> Xlsx<Cursor<Vec<u8>>> {
        Xlsx::new(Cursor::new(written(sheets))).unwrap()
    }

    /// What is read of a cell that is the first under the head.
    fn read_cell(cell: Value<'_>) -> Data {
        let mut book = read(&[sheet("A", vec![vec![cell, Value::Empty, Value::Empty]])]);
        book.worksheet_range("A").unwrap().get_value((1, 0)).cloned().unwrap_or_default()
    }

    #[test]
    fn what_is_written_can_be_read() {
        let mut book = read(&[results("Chỉ số"), sheet("Trống", Vec::new())]);
        assert_eq!(book.sheet_names(), ["Chỉ số", "Trống"]);
        let words = |text: &str| Data::String(text.to_owned());
        let head = || vec![words("Đơn vị"), words("Số phiếu"), words("Chỉ số")];
        let rows: Vec<_> = book.worksheet_range("Chỉ số").unwrap().rows().map(<[Data]>::to_vec).collect();
        let expected = [
            vec![words("Kết quả năm 2026"), Data::Empty, Data::Empty],
            head(),
            vec![words("Sở Y tế"), Data::Float(1200.0), Data::Float(81.33)],
            vec![words("=1+1"), Data::Empty, Data::Float(-1.2)],
        ];
        assert_eq!(rows, expected);
        let rows: Vec<_> = book.worksheet_range("Trống").unwrap().rows().map(<[Data]>::to_vec).collect();
        assert_eq!(rows, [head()]);
    }

    #[rstest]
    #[case("=1+1")]
    #[case("+84")]
    #[case("-")]
    #[case("@SUM(A1)")]
    #[case("\tx")]
    #[case("83.50")]
    #[case("007")]
    #[case("<=5")]
    #[case(" x ")]
    #[case("a\nb & \"c\"")]
    #[case("<r><t>x</t></r>")]
    #[case("<r>&</r>")]
    fn a_text_stays_the_text_that_it_is(#[case] words: &str) {
        assert_eq!(read_cell(Value::lent(words)), Data::String(words.to_owned()));
    }

    #[rstest]
    #[case("0", "Float(0.0)")]
    #[case("999999999999999", "Float(999999999999999.0)")]
    #[case("18446744073709551615", "String(\"18446744073709551615\")")]
    #[case("0.05", "Float(0.05)")]
    #[case("-12.5", "Float(-12.5)")]
    #[case("+0.75", "Float(0.75)")]
    #[case("100", "Float(100.0)")]
    #[case("-0.3333333333333333", "String(\"-0.3333333333333333\")")]
    fn a_number_is_a_number_unless_it_would_be_rounded(#[case] number: &str, #[case] expected: &str) {
        assert_eq!(format!("{:?}", read_cell(Value::decimal(number))), expected);
    }

    #[rstest]
    #[case("-")]
    #[case("--1")]
    #[case(".5")]
    #[case("5.")]
    #[case("1.2.3")]
    #[case("81,33")]
    #[case("1e5")]
    #[case("NaN")]
    #[case("inf")]
    fn what_is_no_number_is_a_text(#[case] number: &str) {
        assert_eq!(read_cell(Value::decimal(number)), Data::String(number.to_owned()));
    }

    #[test]
    fn a_code_is_written_as_what_it_means() {
        let meanings = [Meaning::of("few", "quá ít câu trả lời / too few answers")];
        let columns = vec![Column::new("x", Count).labelled("Số phiếu", 10).with_missing(meanings)];
        let rows = vec![vec![Value::Missing("few".into())]];
        let mut book = read(&[WorkbookSheet { name: "A".to_owned(), title: None, columns, rows }]);
        let cell = book.worksheet_range("A").unwrap().get_value((1, 0)).cloned();
        assert_eq!(cell, Some(Data::String("quá ít câu trả lời / too few answers".to_owned())));
    }

    #[test]
    fn what_excel_cannot_hold_is_refused() {
        let row = |cell| sheet("A", vec![vec![cell, Value::Empty, Value::Empty]]);
        assert!(refusal(&[row(Value::decimal(format!("0.{}", "0".repeat(31))))]).contains("31 decimals"));
        assert!(refusal(&[row(Value::text("x".repeat(32_768)))]).contains("32,767"));
        assert_eq!(refusal(&[]), "a workbook needs a sheet");
        assert_eq!(refusal(&[WorkbookSheet { columns: Vec::new(), ..sheet("A", Vec::new()) }]), "a sheet needs a column");
    }

    #[rstest]
    #[case(2)]
    #[case(4)]
    fn a_row_of_another_length_is_refused(#[case] cells: usize) {
        let reason = refusal(&[sheet("A", vec![vec![Value::Empty; 3], vec![Value::Empty; cells]])]);
        assert_eq!(reason, format!("a row has {cells} cells for 3 columns"));
    }

    #[test]
    fn the_same_sheets_give_the_same_bytes() {
        let sheets = [results("A"), results("B"), sheet("C", Vec::new())];
        let first = written(&sheets);
        assert!((0..8).all(|_| written(&sheets) == first));
    }

    #[test]
    fn python_finds_no_formula_but_a_frozen_head() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), written(&[results("A"), results("B")])).unwrap();
        let script = "import re,sys,zipfile\nbook=zipfile.ZipFile(sys.argv[1])\nread=lambda name: book.read(name).decode()\n\
                      pages=[read(name) for name in book.namelist() if re.match(r'xl/worksheets/[^/]+\\.xml$',name)]\n\
                      assert len(pages)==2,book.namelist()\n\
                      wanted=['<pane xSplit=\"2\" ySplit=\"2\" ','state=\"frozen\"','<autoFilter ref=\"A2:C4\"/>','paperSize=\"9\"',\
                      'fitToHeight=\"0\"','&amp;L&amp;8 Kết quả năm 2026&amp;R&amp;8 &amp;P/&amp;N']\n\
                      assert all(piece in page for piece in wanted for page in pages),pages\n\
                      assert not any(re.search('<f[ />]',page) for page in pages),pages\n\
                      styles=read('xl/styles.xml')\n\
                      assert all(piece in styles for piece in ['\"#,##0\"','\"#,##0.00\"','quotePrefix=\"1\"','wrapText=\"1\"']),styles\n\
                      assert 'A!$2:$2' in read('xl/workbook.xml'),read('xl/workbook.xml')\n\
                      assert read('docProps/core.xml').count('>2000-01-01T00:00:00Z<')==2,read('docProps/core.xml')";
        let done = Command::new("python3").args(["-c", script]).arg(file.path()).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
}
