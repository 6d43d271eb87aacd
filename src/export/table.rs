//! Tables: one writer a format. A row is as long as the head, or nothing is written.

use std::fmt;
use std::io::{self, Write};

use super::column::Column;
use super::value::Value;
use crate::spreadsheet::CsvFile;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Comma-separated values ([RFC 4180](https://www.rfc-editor.org/rfc/rfc4180)) in UTF-8 with a byte order mark.
    Csv,
    /// An array with one object a row.
    Json,
}

impl Format {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Csv, Self::Json];

    /// The format of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// Its name, which is also the ending of a file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Json => "application/json",
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

/// A table that is being written. Scores of a country have some hundred thousand rows, so what rows share is said once.
#[expect(missing_debug_implementations, reason = "what is written to has none")]
pub struct TableWriter<'a> {
    columns: Vec<Column>,
    /// The cells with which every row begins.
    lead: Vec<Value<'static>>,
    rows: u64,
    file: TableFile<'a>,
}

/// The file of a table.
enum TableFile<'a> {
    Csv(Box<CsvFile<Out<'a>>>),
    Json(JsonFile<'a>),
}

impl<'a> TableWriter<'a> {
    /// Begins a table with its head.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn begin(format: Format, columns: Vec<Column>, out: Out<'a>) -> io::Result<Self> {
        let file = match format {
            Format::Csv => {
                let mut file = CsvFile::begin(out)?;
                file.texts(columns.iter().map(|column| &*column.name))?;
                TableFile::Csv(Box::new(file))
            }
            Format::Json => TableFile::Json(JsonFile::begin(&columns, out)?),
        };
        Ok(Self { columns, lead: Vec::new(), rows: 0, file })
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
        if cells != self.columns.len() {
            return Err(io::Error::other(format!("a row has {cells} cells for {} columns", self.columns.len())));
        }
        let stray = || self.columns.iter().zip(self.lead.iter().chain(values)).find(|(column, value)| !column.holds(value));
        debug_assert!(stray().is_none(), "a column holds no such value: {:?}", stray());
        match &mut self.file {
            TableFile::Csv(file) => {
                self.lead.iter().chain(values).try_for_each(|value| write_cell(value, file))?;
                file.end_row()?;
            }
            TableFile::Json(file) => file.row(self.rows == 0, self.lead.iter().chain(values))?,
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
        }
        Ok(self.rows)
    }
}

/// Writes a cell as CSV has it.
fn write_cell(value: &Value<'_>, file: &mut CsvFile<Out<'_>>) -> io::Result<()> {
    match value {
        Value::Empty => file.text(""),
        Value::Text(text) | Value::Missing(text) => file.text(text),
        Value::Whole(number) => file.number(&number.to_string()),
        Value::Signed(0) => file.number("0"),
        Value::Signed(number) => file.number(&format!("{number:+}")),
        Value::Decimal(number) => file.number(number),
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

    fn written(format: Format, kinds: [ColumnKind; 2], rows: &[[Value<'_>; 2]]) -> Vec<u8> {
        let [name, n] = kinds;
        let mut out = Vec::new();
        let mut table = TableWriter::begin(format, vec![Column::new("name", name), Column::new("n", n)], &mut out).unwrap();
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
        let csv = String::from_utf8(written(Format::Csv, [Change, Decimal], &rows)).unwrap();
        assert_eq!(csv, "\u{feff}name,n\r\n+8,+1.25\r\n-10,-0.40\r\n0,'+1+1\r\n");
        let read: serde_json::Value = serde_json::from_slice(&written(Format::Json, [Change, Decimal], &rows)).unwrap();
        assert_eq!(read, serde_json::json!([{"name": 8, "n": "+1.25"}, {"name": -10, "n": "-0.40"}, {"name": 0, "n": "+1+1"}]));
    }

    #[rstest]
    #[case(Format::Csv)]
    #[case(Format::Json)]
    fn what_rows_begin_with_can_be_said_once(#[case] format: Format) {
        let rows = [["a", "1"], ["a", "2"], ["b", "3"]].map(|row| row.map(Value::lent));
        let mut out = Vec::new();
        let columns = vec![Column::new("name", Text), Column::new("n", Text)];
        let mut table = TableWriter::begin(format, columns, &mut out).unwrap();
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
        let mut table = TableWriter::begin(Format::Csv, vec![Column::new("one", Text)], &mut out).unwrap();
        assert!(table.row(&[Value::Empty, Value::Empty]).is_err());
    }

    #[test]
    #[should_panic(expected = "a column holds no such value")]
    fn a_value_that_its_column_does_not_speak_of_is_seen() {
        let mut out = Vec::new();
        let mut table = TableWriter::begin(Format::Csv, vec![Column::new("n", Count)], &mut out).unwrap();
        let _ = table.row(&[Value::lent("few")]);
    }
}
