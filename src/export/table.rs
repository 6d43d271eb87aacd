//! Tables: one writer a format. A row is as long as the head, or nothing is written.

use std::fmt;
use std::io::{self, Write};

use super::column::{Column, ColumnKind};
use super::dictionary;
use super::value::Value;
use super::workbook::{self, WorkbookSheet};
use crate::spreadsheet::{CsvFile, DecimalSign};

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Comma-separated values ([RFC 4180](https://www.rfc-editor.org/rfc/rfc4180)) in UTF-8 with a byte order mark.
    Csv,
    /// The same for a spreadsheet that is set to Vietnamese: decimals have a comma, and values are parted by `;`.
    CsvComma,
    /// An array with one object a row.
    Json,
    /// A workbook to be read: the table in words, and what its columns are.
    Xlsx,
}

impl Format {
    /// Those that have an address, in the order in which pages name them.
    pub const ALL: [Self; 3] = [Self::Csv, Self::Json, Self::Xlsx];

    /// The format of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// Its name, which is also the ending of a file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv | Self::CsvComma => "csv",
            Self::Json => "json",
            Self::Xlsx => "xlsx",
        }
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv | Self::CsvComma => "text/csv; charset=utf-8",
            Self::Json => "application/json",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// JSON is handed on once there are so many bytes of it.
const FULL: usize = 64 * 1024;

/// What a table is written to.
type Out<'a> = &'a mut (dyn Write + 'a);

/// A table before its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableShape {
    /// What it is called: `indices`.
    pub name: &'static str,
    /// What stands over it in a workbook: the round, and whether it is to be taken in earnest.
    pub title: String,
    /// Its columns.
    pub columns: Vec<Column>,
}

/// A table that is being written. Scores of a country have some hundred thousand rows, so what rows share is said once.
#[expect(missing_debug_implementations, reason = "what is written to has none")]
pub struct TableWriter<'a> {
    shape: TableShape,
    /// The cells with which every row begins.
    lead: Vec<Value<'static>>,
    rows: u64,
    file: TableFile<'a>,
}

/// Writes what the columns of a table are, or of several that belong together.
///
/// # Errors
/// When `out` cannot be written to.
pub(super) fn write_columns(shapes: &[TableShape], format: Format, out: &mut dyn Write) -> io::Result<()> {
    let title = shapes.first().map_or_else(String::new, |shape| shape.title.clone());
    let own = TableShape { name: dictionary::NAME, title, columns: dictionary::columns() };
    let mut table = TableWriter::begin(format, own, out)?;
    let rows = shapes.iter().flat_map(|shape| dictionary::rows(shape.name, &shape.columns));
    rows.into_iter().try_for_each(|row| table.row(&row))?;
    table.end().map(drop)
}

/// The file of a table.
enum TableFile<'a> {
    Csv(Box<CsvFile<Out<'a>>>),
    Json(JsonFile<'a>),
    Workbook(WorkbookFile<'a>),
}

/// The rows of a workbook, which is made in memory.
struct WorkbookFile<'a> {
    /// Those that are written: of too many none is.
    rows: Vec<Vec<Value<'static>>>,
    out: Out<'a>,
}

impl<'a> TableWriter<'a> {
    /// Begins a table with its head.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn begin(format: Format, shape: TableShape, out: Out<'a>) -> io::Result<Self> {
        let csv = |sign, out| {
            let mut file = CsvFile::begin_with(sign, out)?;
            file.texts(shape.columns.iter().map(|column| &*column.name))?;
            Ok::<_, io::Error>(TableFile::Csv(Box::new(file)))
        };
        let file = match format {
            Format::Csv => csv(DecimalSign::Point, out)?,
            Format::CsvComma => csv(DecimalSign::Comma, out)?,
            Format::Json => TableFile::Json(JsonFile::begin(&shape.columns, out)?),
            Format::Xlsx => TableFile::Workbook(WorkbookFile { rows: Vec::new(), out }),
        };
        Ok(Self { shape, lead: Vec::new(), rows: 0, file })
    }

    /// Sets the cells with which every row begins from here on; [`TableWriter::row`] is given the others.
    pub fn lead<'v>(&mut self, values: impl IntoIterator<Item = Value<'v>>) {
        self.lead = values.into_iter().map(Value::into_owned).collect();
    }

    /// Writes a row.
    ///
    /// # Errors
    /// When it is not as long as the head, or cannot be written.
    pub fn row(&mut self, values: &[Value<'_>]) -> io::Result<()> {
        let cells = self.lead.len() + values.len();
        let columns = &self.shape.columns;
        if cells != columns.len() {
            return Err(io::Error::other(format!("a row has {cells} cells for {} columns", columns.len())));
        }
        let stray = || columns.iter().zip(self.lead.iter().chain(values)).find(|(column, value)| !column.holds(value));
        debug_assert!(stray().is_none(), "a column holds no such value: {:?}", stray());
        match &mut self.file {
            TableFile::Csv(file) => {
                columns.iter().zip(self.lead.iter().chain(values)).try_for_each(|(column, value)| write_cell(column.kind, value, file))?;
                file.end_row()?;
            }
            TableFile::Json(file) => file.row(self.rows == 0, self.lead.iter().chain(values))?,
            TableFile::Workbook(file) => file.row(self.lead.iter().chain(values)),
        }
        self.rows += 1;
        Ok(())
    }

    /// Ends the table and says how many rows it has.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn end(self) -> io::Result<u64> {
        match self.file {
            TableFile::Csv(file) => file.end()?,
            TableFile::Json(file) => file.end()?,
            TableFile::Workbook(file) => file.end(self.shape, self.rows)?,
        }
        Ok(self.rows)
    }
}

/// Writes a cell as CSV has it.
fn write_cell(kind: ColumnKind, value: &Value<'_>, file: &mut CsvFile<Out<'_>>) -> io::Result<()> {
    match value {
        Value::Empty => file.text(""),
        Value::Text(text) if matches!(kind, ColumnKind::Entry | ColumnKind::Count | ColumnKind::Decimal(_)) => file.among_numbers(text),
        Value::Text(text) | Value::Missing(text) => file.text(text),
        Value::Whole(number) => file.number(&number.to_string()),
        Value::Signed(0) => file.number("0"),
        Value::Signed(number) => file.number(&format!("{number:+}")),
        Value::Decimal(number) => file.number(number),
    }
}

impl WorkbookFile<'_> {
    fn row<'v>(&mut self, values: impl Iterator<Item = &'v Value<'v>>) {
        if self.rows.len() <= workbook::ROWS_MOST {
            self.rows.push(values.cloned().map(Value::into_owned).collect());
        }
    }

    /// Writes the table and what its columns are, or where a table of too many rows is.
    fn end(self, shape: TableShape, count: u64) -> io::Result<()> {
        let dictionary = dictionary::sheet(&shape.title, [(shape.name, &*shape.columns)].into_iter());
        let TableShape { name, title, columns } = shape;
        let is_whole = u64::try_from(self.rows.len()).is_ok_and(|rows| rows == count) && self.rows.len() <= workbook::ROWS_MOST;
        let rows = if is_whole { self.rows } else { vec![workbook::too_many(columns.len(), &format!("{name}.csv"))] };
        let table = WorkbookSheet { name: name.to_owned(), title: Some(title), columns, rows }.fitted();
        workbook::write(&[table, dictionary], self.out)
    }
}

/// A table as an array with one object a row.
struct JsonFile<'a> {
    /// What stands before each cell: a comma, and the name of its column.
    heads: Vec<Vec<u8>>,
    /// What was not handed on yet.
    waiting: Vec<u8>,
    out: Out<'a>,
}

impl<'a> JsonFile<'a> {
    fn begin(columns: &[Column], out: Out<'a>) -> io::Result<Self> {
        let head = |(place, column): (usize, &Column)| {
            let mut head = if place == 0 { Vec::new() } else { vec![b','] };
            serde_json::to_writer(&mut head, &column.name)?;
            head.push(b':');
            Ok(head)
        };
        let heads = columns.iter().enumerate().map(head).collect::<io::Result<_>>()?;
        Ok(Self { heads, waiting: vec![b'['], out })
    }

    fn row<'v>(&mut self, is_first: bool, values: impl Iterator<Item = &'v Value<'v>>) -> io::Result<()> {
        self.waiting.extend_from_slice(if is_first { b"\n{" } else { b",\n{" });
        for (head, value) in self.heads.iter().zip(values) {
            self.waiting.extend_from_slice(head);
            write_json(value, &mut self.waiting)?;
        }
        self.waiting.push(b'}');
        if self.waiting.len() >= FULL {
            self.out.write_all(&self.waiting)?;
            self.waiting.clear();
        }
        Ok(())
    }

    fn end(mut self) -> io::Result<()> {
        self.waiting.extend_from_slice(b"\n]\n");
        self.out.write_all(&self.waiting)?;
        self.out.flush()
    }
}

/// Adds a cell as JSON has it.
fn write_json(value: &Value<'_>, line: &mut Vec<u8>) -> io::Result<()> {
    match value {
        Value::Empty => line.extend_from_slice(b"null"),
        Value::Text(text) | Value::Missing(text) | Value::Decimal(text) => serde_json::to_writer(line, &**text)?,
        Value::Whole(number) => write!(line, "{number}")?,
        Value::Signed(number) => write!(line, "{number}")?,
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::export::column::ColumnKind::{self, Change, Count, Decimal, Text};
    use crate::export::column::DecimalUnit::Points;

    fn shape(columns: Vec<Column>) -> TableShape {
        TableShape { name: "x", title: "Đợt X".to_owned(), columns }
    }

    fn written(format: Format, kinds: [ColumnKind; 2], rows: &[[Value<'_>; 2]]) -> Vec<u8> {
        let [name, n] = kinds;
        let mut out = Vec::new();
        let mut table = TableWriter::begin(format, shape(vec![Column::new("name", name), Column::new("n", n)]), &mut out).unwrap();
        for row in rows {
            table.row(row).unwrap();
        }
        assert_eq!(table.end().unwrap(), u64::try_from(rows.len()).unwrap());
        out
    }

    #[test]
    fn csv_has_a_mark_and_quotes_what_has_to_be_quoted() {
        let rows = [[Value::text("a,\"b\"\nc"), Value::Whole(5)], [Value::Empty, Value::text("10-49")]];
        let expected = "\u{feff}name,n\r\n\"a,\"\"b\"\"\nc\",5\r\n,10-49\r\n";
        assert_eq!(String::from_utf8(written(Format::Csv, [Text, Count], &rows)).unwrap(), expected);
    }

    #[test]
    fn json_keeps_texts_as_they_are_and_numbers_as_numbers() {
        let rows = [[Value::text("=x\"y"), Value::Whole(5)], [Value::Empty, Value::text("10-49")]];
        let read: serde_json::Value = serde_json::from_slice(&written(Format::Json, [Text, Count], &rows)).unwrap();
        assert_eq!(read, serde_json::json!([{"name": "=x\"y", "n": 5}, {"name": null, "n": "10-49"}]));
        let nothing = written(Format::Json, [Text, Count], &[]);
        assert_eq!(serde_json::from_slice::<serde_json::Value>(&nothing).unwrap(), serde_json::json!([]));
    }

    #[test]
    fn what_rose_or_fell_is_a_number_and_never_defused() {
        let rows = [
            [Value::Signed(8), Value::decimal("+1.25")],
            [Value::Signed(-10), Value::decimal("-0.40")],
            [Value::Signed(0), Value::decimal("+1+1")],
        ];
        let csv = String::from_utf8(written(Format::Csv, [Change, Decimal(Points)], &rows)).unwrap();
        assert_eq!(csv, "\u{feff}name,n\r\n+8,+1.25\r\n-10,-0.40\r\n0,'+1+1\r\n");
        let read: serde_json::Value = serde_json::from_slice(&written(Format::Json, [Change, Decimal(Points)], &rows)).unwrap();
        assert_eq!(read, serde_json::json!([{"name": 8, "n": "+1.25"}, {"name": -10, "n": "-0.40"}, {"name": 0, "n": "+1+1"}]));
    }

    #[test]
    fn decimals_with_a_comma_are_what_a_spreadsheet_in_vietnamese_reads() {
        let rows = [[Value::Signed(-10), Value::decimal("+1.25")], [Value::Signed(0), Value::text("<=5")]];
        let csv = String::from_utf8(written(Format::CsvComma, [Change, Decimal(Points)], &rows)).unwrap();
        assert_eq!(csv, "\u{feff}name;n\r\n-10;+1,25\r\n0;<=5\r\n");
        let rows = [[Value::lent("1.5; 2"), Value::Whole(1_000)]];
        let csv = String::from_utf8(written(Format::CsvComma, [Text, Count], &rows)).unwrap();
        assert_eq!(csv, "\u{feff}name;n\r\n\"1.5; 2\";1000\r\n");
    }

    #[rstest]
    #[case(Format::Csv)]
    #[case(Format::CsvComma)]
    #[case(Format::Json)]
    #[case(Format::Xlsx)]
    fn what_rows_begin_with_can_be_said_once(#[case] format: Format) {
        let rows = [["a", "1"], ["a", "2"], ["b", "3"]].map(|row| row.map(Value::lent));
        let mut out = Vec::new();
        let columns = vec![Column::new("name", Text), Column::new("n", Text)];
        let mut table = TableWriter::begin(format, shape(columns), &mut out).unwrap();
        for [first, second] in &rows {
            table.lead([first.clone()]);
            table.row(std::slice::from_ref(second)).unwrap();
        }
        assert!(table.row(&rows[0]).is_err());
        assert_eq!(table.end().unwrap(), 3);
        assert_eq!(out, written(format, [Text, Text], &rows));
    }

    #[test]
    fn a_row_of_another_length_is_refused() {
        let mut out = Vec::new();
        let mut table = TableWriter::begin(Format::Csv, shape(vec![Column::new("one", Text)]), &mut out).unwrap();
        assert!(table.row(&[Value::Empty, Value::Empty]).is_err());
    }

    #[test]
    #[should_panic(expected = "a column holds no such value")]
    fn a_value_that_its_column_does_not_speak_of_is_seen() {
        let mut out = Vec::new();
        let mut table = TableWriter::begin(Format::Csv, shape(vec![Column::new("n", Count)]), &mut out).unwrap();
        let _ = table.row(&[Value::lent("few")]);
    }
}
