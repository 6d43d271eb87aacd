//! Tables: one writer a format. A row is as long as the head, or nothing is written.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Write};

use crate::scoring::disclosure::{Sheets, Shown};

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

/// One cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Value<'a> {
    /// Nothing.
    #[default]
    Empty,
    /// Words, or a decimal as it is printed.
    Text(Cow<'a, str>),
    /// A whole number.
    Whole(u64),
    /// A whole number by which something rose or fell: `+8` and `-10` in CSV, numbers in JSON.
    Signed(i64),
    /// A decimal by which something rose or fell, as it is printed: `+1.25`. A text that is no such decimal is written as one.
    Decimal(String),
}

impl<'a> Value<'a> {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(Cow::Owned(text.into()))
    }

    /// A text that stands elsewhere.
    #[must_use]
    pub fn lent(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    /// A number, or nothing where it may not be printed.
    #[must_use]
    pub fn whole(number: Option<u32>) -> Self {
        number.map_or(Self::Empty, |number| Self::Whole(number.into()))
    }

    /// A number of sheets: a text where it is told as a class.
    #[must_use]
    pub fn sheets(sheets: Option<Shown<Sheets>>) -> Self {
        sheets.map_or(Self::Empty, |sheets| Self::told(*sheets.get()))
    }

    /// The same of a number that was shown before.
    #[must_use]
    pub fn told(sheets: Sheets) -> Self {
        match sheets {
            Sheets::Exactly(sheets) => Self::Whole(sheets.into()),
            class @ Sheets::Between(..) => Self::text(class.to_string()),
        }
    }

    /// A text, or nothing where it may not be printed.
    pub fn maybe(text: Option<impl ToString>) -> Self {
        text.map_or(Self::Empty, |text| Self::text(text.to_string()))
    }

    /// Adds the cell as CSV has it.
    fn csv(&self, line: &mut Vec<u8>) -> io::Result<()> {
        match self {
            Self::Empty => {}
            Self::Text(text) => quote(&defused(text), line),
            Self::Whole(number) => write!(line, "{number}")?,
            Self::Signed(0) => line.push(b'0'),
            Self::Signed(number) => write!(line, "{number:+}")?,
            Self::Decimal(number) if is_decimal(number) => line.extend_from_slice(number.as_bytes()),
            Self::Decimal(text) => quote(&defused(text), line),
        }
        Ok(())
    }

    /// Adds the cell as JSON has it.
    fn json(&self, line: &mut Vec<u8>) -> io::Result<()> {
        match self {
            Self::Empty => line.extend_from_slice(b"null"),
            Self::Text(text) => serde_json::to_writer(line, &**text)?,
            Self::Whole(number) => write!(line, "{number}")?,
            Self::Signed(number) => write!(line, "{number}")?,
            Self::Decimal(number) => serde_json::to_writer(line, number)?,
        }
        Ok(())
    }
}

/// Whether a text is digits and points behind at most one sign, which no spreadsheet runs as a formula.
fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// A text that a spreadsheet would read as a formula is given a `'` in front (OWASP, "CSV injection").
fn defused(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Adds a text to a line of CSV, between quotes where it has to be ([RFC 4180](https://www.rfc-editor.org/rfc/rfc4180), section 2).
fn quote(text: &str, line: &mut Vec<u8>) {
    if !text.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\r' | b'\n')) {
        line.extend_from_slice(text.as_bytes());
        return;
    }
    line.push(b'"');
    for (place, piece) in text.split('"').enumerate() {
        if place > 0 {
            line.extend_from_slice(b"\"\"");
        }
        line.extend_from_slice(piece.as_bytes());
    }
    line.push(b'"');
}

/// The byte order mark by which Excel knows UTF-8.
const MARK: &str = "\u{feff}";

/// Rows are handed on once they have so many bytes together.
const FULL: usize = 64 * 1024;

/// A table that is being written. Scores of a country have some hundred thousand rows, so what rows share is written out once and copied.
#[expect(missing_debug_implementations, reason = "what is written to has none")]
pub struct Table<'a> {
    format: Format,
    /// What stands before each cell: a comma, and in JSON the name of its column.
    heads: Vec<Vec<u8>>,
    /// The cells with which every row begins, as they are written.
    lead: Vec<u8>,
    /// How many cells these are.
    led: usize,
    rows: u64,
    /// What was not handed on yet.
    waiting: Vec<u8>,
    out: &'a mut (dyn Write + 'a),
}

impl<'a> Table<'a> {
    /// Begins a table with its head.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn begin(format: Format, columns: Vec<String>, out: &'a mut (dyn Write + 'a)) -> io::Result<Self> {
        let mut waiting = Vec::with_capacity(2 * FULL);
        waiting.extend_from_slice(if format == Format::Csv { MARK.as_bytes() } else { b"[" });
        let mut heads = Vec::with_capacity(columns.len());
        for (place, name) in columns.into_iter().enumerate() {
            let mut head = if place == 0 { Vec::new() } else { vec![b','] };
            match format {
                Format::Csv => {
                    waiting.extend_from_slice(&head);
                    quote(&name, &mut waiting);
                }
                Format::Json => {
                    serde_json::to_writer(&mut head, &name)?;
                    head.push(b':');
                }
            }
            heads.push(head);
        }
        if format == Format::Csv {
            waiting.extend_from_slice(b"\r\n");
        }
        Ok(Self { format, heads, lead: Vec::new(), led: 0, rows: 0, waiting, out })
    }

    /// Sets the cells with which every row begins from here on; [`Table::row`] is given the others.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn lead(&mut self, values: &[Value<'_>]) -> io::Result<()> {
        self.lead.clear();
        self.led = values.len();
        add(self.format, &self.heads, values, &mut self.lead)
    }

    /// Writes a row.
    ///
    /// # Errors
    /// When it is not as long as the head, or cannot be written.
    pub fn row(&mut self, values: &[Value<'_>]) -> io::Result<()> {
        let cells = self.led + values.len();
        if cells != self.heads.len() {
            return Err(io::Error::other(format!("a row has {cells} cells for {} columns", self.heads.len())));
        }
        if self.format == Format::Json {
            let opening = if self.rows == 0 { "\n{" } else { ",\n{" };
            self.waiting.extend_from_slice(opening.as_bytes());
        }
        self.waiting.extend_from_slice(&self.lead);
        let heads = self.heads.get(self.led..).unwrap_or_default();
        add(self.format, heads, values, &mut self.waiting)?;
        let closing = if self.format == Format::Csv { "\r\n" } else { "}" };
        self.waiting.extend_from_slice(closing.as_bytes());
        self.rows += 1;
        if self.waiting.len() >= FULL {
            self.out.write_all(&self.waiting)?;
            self.waiting.clear();
        }
        Ok(())
    }

    /// Ends the table and says how many rows it has.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn end(mut self) -> io::Result<u64> {
        if self.format == Format::Json {
            self.waiting.extend_from_slice(b"\n]\n");
        }
        self.out.write_all(&self.waiting)?;
        self.out.flush()?;
        Ok(self.rows)
    }
}

/// Adds cells with what stands before them.
fn add(format: Format, heads: &[Vec<u8>], values: &[Value<'_>], line: &mut Vec<u8>) -> io::Result<()> {
    for (head, value) in heads.iter().zip(values) {
        line.extend_from_slice(head);
        match format {
            Format::Csv => value.csv(line)?,
            Format::Json => value.json(line)?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use rstest::rstest;

    use super::*;

    fn written(format: Format, rows: &[[Value<'_>; 2]]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut table = Table::begin(format, vec!["name".into(), "n".into()], &mut out).unwrap();
        for row in rows {
            table.row(row).unwrap();
        }
        assert_eq!(table.end().unwrap(), u64::try_from(rows.len()).unwrap());
        out
    }

    #[rstest]
    #[case("=1+1", "'=1+1")]
    #[case("+84", "'+84")]
    #[case("-", "'-")]
    #[case("@SUM(A1)", "'@SUM(A1)")]
    #[case("\tx", "'\tx")]
    #[case("\rx", "'\rx")]
    #[case("83.50", "83.50")]
    #[case("<=5", "<=5")]
    #[case("a=b", "a=b")]
    #[case("'=1", "'=1")]
    #[case("", "")]
    fn what_a_spreadsheet_would_run_is_defused(#[case] text: &str, #[case] cell: &str) {
        assert_eq!(defused(text), cell);
    }

    #[test]
    fn csv_has_a_mark_and_quotes_what_has_to_be_quoted() {
        let rows = [[Value::text("a,\"b\"\nc"), Value::Whole(5)], [Value::Empty, Value::text("0.50")]];
        assert_eq!(written(Format::Csv, &rows), "\u{feff}name,n\r\n\"a,\"\"b\"\"\nc\",5\r\n,0.50\r\n".as_bytes());
    }

    #[test]
    fn json_keeps_texts_as_they_are_and_numbers_as_numbers() {
        let text = written(Format::Json, &[[Value::text("=x\"y"), Value::Whole(5)], [Value::Empty, Value::text("0.50")]]);
        let read: serde_json::Value = serde_json::from_slice(&text).unwrap();
        assert_eq!(read, serde_json::json!([{"name": "=x\"y", "n": 5}, {"name": null, "n": "0.50"}]));
        assert_eq!(serde_json::from_slice::<serde_json::Value>(&written(Format::Json, &[])).unwrap(), serde_json::json!([]));
    }

    #[test]
    fn what_rose_or_fell_is_a_number_and_never_defused() {
        let rows = [
            [Value::Signed(8), Value::Decimal("+1.25".into())],
            [Value::Signed(-10), Value::Decimal("-0.40".into())],
            [Value::Signed(0), Value::Decimal("+1+1".into())],
        ];
        assert_eq!(written(Format::Csv, &rows), "\u{feff}name,n\r\n+8,+1.25\r\n-10,-0.40\r\n0,'+1+1\r\n".as_bytes());
        let read: serde_json::Value = serde_json::from_slice(&written(Format::Json, &rows)).unwrap();
        assert_eq!(read, serde_json::json!([{"name": 8, "n": "+1.25"}, {"name": -10, "n": "-0.40"}, {"name": 0, "n": "+1+1"}]));
    }

    #[test]
    fn the_csv_is_what_a_common_writer_makes() {
        let texts = ["", "x", "a,b", "\"", "\"a\"\"b\"", "line\nline\r\nline\r", " x ", "Sở Y tế; 'a'"];
        let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(MARK.as_bytes().to_vec());
        table.write_record(["name", "n"]).unwrap();
        for pair in texts.windows(2) {
            table.write_record(pair).unwrap();
        }
        let rows: Vec<_> = texts.windows(2).map(|pair| [Value::lent(pair[0]), Value::lent(pair[1])]).collect();
        assert_eq!(written(Format::Csv, &rows), table.into_inner().unwrap());
    }

    #[rstest]
    #[case(Format::Csv)]
    #[case(Format::Json)]
    fn what_rows_begin_with_can_be_said_once(#[case] format: Format) {
        let rows = [["a", "1"], ["a", "2"], ["b", "3"]].map(|row| row.map(Value::lent));
        let mut out = Vec::new();
        let mut table = Table::begin(format, vec!["name".into(), "n".into()], &mut out).unwrap();
        for [first, second] in &rows {
            table.lead(std::slice::from_ref(first)).unwrap();
            table.row(std::slice::from_ref(second)).unwrap();
        }
        assert!(table.row(&rows[0]).is_err());
        assert_eq!(table.end().unwrap(), 3);
        assert_eq!(out, written(format, &rows));
    }

    #[test]
    fn a_row_of_another_length_is_refused() {
        let mut out = Vec::new();
        let mut table = Table::begin(Format::Csv, vec!["one".into()], &mut out).unwrap();
        assert!(table.row(&[Value::Empty, Value::Empty]).is_err());
    }

    #[test]
    fn python_reads_the_csv_as_excel_would() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), written(Format::Csv, &[[Value::text("Sở Y tế, \"A\""), Value::Whole(12)]])).unwrap();
        let script = "import csv,sys\nrows=list(csv.DictReader(open(sys.argv[1],encoding='utf-8-sig',newline='')))\n\
                      assert rows==[{'name':'Sở Y tế, \"A\"','n':'12'}],rows";
        let done = Command::new("python3").args(["-c", script]).arg(file.path()).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
}
