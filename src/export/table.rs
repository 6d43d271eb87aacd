//! Tables: one writer a format. A row is as long as the head, or nothing is written.

use std::fmt;
use std::io::{self, Write};

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
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Empty,
    /// Words, or a decimal as it is printed.
    Text(String),
    /// A whole number.
    Whole(u64),
}

impl Value {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A number, or nothing where it may not be printed.
    #[must_use]
    pub fn whole(number: Option<u32>) -> Self {
        number.map_or(Self::Empty, |number| Self::Whole(number.into()))
    }

    /// A text, or nothing where it may not be printed.
    pub fn maybe(text: Option<impl ToString>) -> Self {
        text.map_or(Self::Empty, |text| Self::Text(text.to_string()))
    }

    /// The cell as CSV has it.
    fn cell(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => defused(text),
            Self::Whole(number) => number.to_string(),
        }
    }

    fn json(&self) -> serde_json::Value {
        match self {
            Self::Empty => serde_json::Value::Null,
            Self::Text(text) => text.as_str().into(),
            Self::Whole(number) => (*number).into(),
        }
    }
}

/// A text that a spreadsheet would read as a formula is given a `'` in front (OWASP, "CSV injection").
fn defused(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

/// The byte order mark by which Excel knows UTF-8.
const MARK: &str = "\u{feff}";

/// A table that is being written.
#[expect(missing_debug_implementations, reason = "what is written to has none")]
pub struct Table<'a> {
    columns: Vec<String>,
    rows: u64,
    sink: Sink<'a>,
}

enum Sink<'a> {
    Csv(Box<csv::Writer<&'a mut (dyn Write + 'a)>>),
    Json(&'a mut (dyn Write + 'a)),
}

impl<'a> Table<'a> {
    /// Begins a table with its head.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn begin(format: Format, columns: Vec<String>, out: &'a mut (dyn Write + 'a)) -> io::Result<Self> {
        let sink = match format {
            Format::Csv => {
                out.write_all(MARK.as_bytes())?;
                let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
                writer.write_record(&columns)?;
                Sink::Csv(Box::new(writer))
            }
            Format::Json => {
                out.write_all(b"[")?;
                Sink::Json(out)
            }
        };
        Ok(Self { columns, rows: 0, sink })
    }

    /// Writes a row.
    ///
    /// # Errors
    /// When it is not as long as the head, or cannot be written.
    pub fn row(&mut self, values: &[Value]) -> io::Result<()> {
        if values.len() != self.columns.len() {
            return Err(io::Error::other(format!("a row has {} cells for {} columns", values.len(), self.columns.len())));
        }
        match &mut self.sink {
            Sink::Csv(writer) => writer.write_record(values.iter().map(Value::cell))?,
            Sink::Json(out) => {
                out.write_all(if self.rows == 0 { b"\n{" } else { b",\n{" })?;
                for (place, (name, value)) in self.columns.iter().zip(values).enumerate() {
                    let comma = if place == 0 { "" } else { "," };
                    write!(out, "{comma}{}:{}", serde_json::Value::from(name.as_str()), value.json())?;
                }
                out.write_all(b"}")?;
            }
        }
        self.rows += 1;
        Ok(())
    }

    /// Ends the table and says how many rows it has.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn end(self) -> io::Result<u64> {
        match self.sink {
            Sink::Csv(mut writer) => writer.flush()?,
            Sink::Json(out) => {
                out.write_all(b"\n]\n")?;
                out.flush()?;
            }
        }
        Ok(self.rows)
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use rstest::rstest;

    use super::*;

    fn written(format: Format, rows: &[[Value; 2]]) -> Vec<u8> {
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
        assert_eq!(Value::text(text).cell(), cell);
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
