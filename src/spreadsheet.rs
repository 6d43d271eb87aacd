//! What spreadsheets make of a file: one rule against formulas, and CSV as they open it.
//!
//! * A text that a spreadsheet would run as a formula has a `'` in front (OWASP, "CSV injection"). A number is never run and has none, so
//!   that it stays a number.
//! * CSV is that of [RFC 4180](https://www.rfc-editor.org/rfc/rfc4180) in UTF-8 with a byte order mark, by which Excel knows the encoding.
//!   Nothing else in the program writes CSV. Where decimals have a comma, values are parted by `;`, as a Vietnamese Excel reads and writes
//!   it.

use std::borrow::Cow;
use std::io::{self, Write};

/// The byte order mark.
const MARK: &str = "\u{feff}";

/// What stands in a file for "does not apply". R and pandas take `NA` for an empty cell, as whoever opens a file by their defaults sees it;
/// this they keep. In capitals, which no code of an option has.
pub const NOT_APPLICABLE_CELL: &str = "NOT_APPLICABLE";

/// The same as files of before have it, in any case.
const NOT_APPLICABLE_BEFORE: &str = "NA";

/// Bytes of rows that are handed on at once.
const FULL: usize = 64 * 1024;

/// Whether a spreadsheet would run a text.
#[must_use]
pub fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// A text as it stands in a cell, where no spreadsheet runs it.
#[must_use]
pub fn defused(text: &str) -> Cow<'_, str> {
    // Also a text that begins as a defused one does, or it would come back without its sign.
    if is_formula(text.trim_start_matches('\'')) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text of a cell, without the `'` that kept a spreadsheet from running it.
#[must_use]
pub fn restored(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| is_formula(text.trim_start_matches('\''))).unwrap_or(cell)
}

/// Whether a cell says "does not apply".
#[must_use]
pub fn is_not_applicable(cell: &str) -> bool {
    cell == NOT_APPLICABLE_CELL || cell.eq_ignore_ascii_case(NOT_APPLICABLE_BEFORE)
}

/// Whether a text is digits, with at most a sign in front and a point between them: `parse` would take `inf` and `1e5` too.
#[must_use]
pub fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, decimals].iter().all(|run| !run.is_empty() && run.bytes().all(|byte| byte.is_ascii_digit()))
}

/// What stands between the whole and the decimals of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalSign {
    /// `81.33`, for programs.
    Point,
    /// `81,33`, for a spreadsheet that is set to Vietnamese.
    Comma,
}

impl DecimalSign {
    /// A number with this sign.
    fn written(self, number: &str) -> Cow<'_, str> {
        match self {
            Self::Point => Cow::Borrowed(number),
            Self::Comma => Cow::Owned(number.replace('.', ",")),
        }
    }

    /// What parts values.
    fn separator(self) -> u8 {
        match self {
            Self::Point => b',',
            Self::Comma => b';',
        }
    }
}

/// A CSV file that is being written, cell by cell. Every row is as long as the first.
#[expect(missing_debug_implementations, reason = "what is written to has none")]
pub struct CsvFile<W: Write> {
    rows: csv::Writer<W>,
    sign: DecimalSign,
}

impl<W: Write> CsvFile<W> {
    /// Begins a file for programs.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn begin(out: W) -> io::Result<Self> {
        Self::begin_with(DecimalSign::Point, out)
    }

    /// Begins a file whose numbers have a decimal sign.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn begin_with(sign: DecimalSign, mut out: W) -> io::Result<Self> {
        out.write_all(MARK.as_bytes())?;
        let mut made = csv::WriterBuilder::new();
        let rows = made.delimiter(sign.separator()).terminator(csv::Terminator::CRLF).buffer_capacity(FULL).from_writer(out);
        Ok(Self { rows, sign })
    }

    /// Writes a text, defused.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn text(&mut self, text: &str) -> io::Result<()> {
        Ok(self.rows.write_field(defused(text).as_bytes())?)
    }

    /// Writes a number as it is given, with its sign; what is none is written as a text.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn number(&mut self, number: &str) -> io::Result<()> {
        if !is_number(number) {
            return self.text(number);
        }
        Ok(self.rows.write_field(self.sign.written(number).as_bytes())?)
    }

    /// Writes a text among numbers, such as a class of them or what somebody entered: with the file's decimal sign where it is made of
    /// digits, defused where a spreadsheet would run it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn among_numbers(&mut self, text: &str) -> io::Result<()> {
        let of_digits = text.bytes().all(|byte| byte.is_ascii_digit() || b"<>=.-".contains(&byte));
        if of_digits { self.text(&self.sign.written(text)) } else { self.text(text) }
    }

    /// Ends a row.
    ///
    /// # Errors
    /// When it is not as long as the first, or cannot be written.
    pub fn end_row(&mut self) -> io::Result<()> {
        Ok(self.rows.write_record(None::<&[u8]>)?)
    }

    /// Writes a row of texts.
    ///
    /// # Errors
    /// When it is not as long as the first, or cannot be written.
    pub fn texts<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>) -> io::Result<()> {
        texts.into_iter().try_for_each(|text| self.text(text))?;
        self.end_row()
    }

    /// Ends the file.
    ///
    /// # Errors
    /// When what is left cannot be written.
    pub fn end(mut self) -> io::Result<()> {
        self.rows.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use rstest::rstest;

    use super::*;

    fn written(rows: &[[&str; 2]]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut file = CsvFile::begin(&mut out).unwrap();
        for row in rows {
            file.texts(row.iter().copied()).unwrap();
        }
        file.end().unwrap();
        out
    }

    #[rstest]
    #[case("=1+1", "'=1+1")]
    #[case("+84", "'+84")]
    #[case("-", "'-")]
    #[case("@SUM(A1)", "'@SUM(A1)")]
    #[case("\tx", "'\tx")]
    #[case("\rx", "'\rx")]
    #[case("＝1+1", "'＝1+1")]
    #[case("83.50", "83.50")]
    #[case("<=5", "<=5")]
    #[case("a=b", "a=b")]
    #[case("'=1", "''=1")]
    #[case("'a", "'a")]
    #[case("", "")]
    fn what_a_spreadsheet_would_run_is_defused(#[case] text: &str, #[case] cell: &str) {
        assert_eq!(defused(text), cell);
        assert_eq!(restored(cell), text);
    }

    #[rstest]
    #[case("NOT_APPLICABLE", true)]
    #[case("NA", true)]
    #[case("na", true)]
    #[case("not_applicable", false)]
    #[case("N/A", false)]
    #[case("", false)]
    fn what_does_not_apply_is_read_as_it_is_written_today_and_as_it_was(#[case] cell: &str, #[case] is: bool) {
        assert_eq!(is_not_applicable(cell), is);
    }

    #[rstest]
    #[case("-12.50", "-12.50")]
    #[case("+8", "+8")]
    #[case("0", "0")]
    #[case("-", "'-")]
    #[case("+1+1", "'+1+1")]
    #[case("-1.2.3", "'-1.2.3")]
    #[case("-1e5", "'-1e5")]
    fn a_number_stays_a_number_and_what_is_none_is_a_text(#[case] number: &str, #[case] cell: &str) {
        let mut out = Vec::new();
        let mut file = CsvFile::begin(&mut out).unwrap();
        file.number(number).and_then(|()| file.text("x")).and_then(|()| file.end_row()).and_then(|()| file.end()).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), format!("{MARK}{cell},x\r\n"));
    }

    #[test]
    fn where_decimals_have_a_comma_values_are_parted_by_semicolons() {
        let mut out = Vec::new();
        let mut file = CsvFile::begin_with(DecimalSign::Comma, &mut out).unwrap();
        file.number("-81.33").and_then(|()| file.among_numbers("<=0.5")).and_then(|()| file.among_numbers("v1.5")).unwrap();
        file.text("a;b").and_then(|()| file.text("1.5")).and_then(|()| file.among_numbers("-1.5")).unwrap();
        file.end_row().and_then(|()| file.end()).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), format!("{MARK}-81,33;<=0,5;v1.5;\"a;b\";1.5;'-1,5\r\n"));
    }

    #[test]
    fn cells_are_quoted_where_they_have_to_be() {
        let rows = [["a,\"b\"\nc", " x "], ["", "Sở Y tế; 'a'"], ["line\r\nline\r", "\""]];
        let expected = "\u{feff}\"a,\"\"b\"\"\nc\", x \r\n,Sở Y tế; 'a'\r\n\"line\r\nline\r\",\"\"\"\"\r\n";
        assert_eq!(String::from_utf8(written(&rows)).unwrap(), expected);
    }

    #[test]
    fn a_row_of_another_length_is_refused() {
        let mut file = CsvFile::begin(Vec::new()).unwrap();
        file.texts(["a", "b"]).unwrap();
        assert!(file.texts(["a"]).is_err());
    }

    #[test]
    fn python_reads_the_csv_as_excel_would() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), written(&[["name", "n"], ["Sở Y tế, \"A\"", "12"]])).unwrap();
        let script = "import csv,sys\nrows=list(csv.DictReader(open(sys.argv[1],encoding='utf-8-sig',newline='')))\n\
                      assert rows==[{'name':'Sở Y tế, \"A\"','n':'12'}],rows";
        let done = Command::new("python3").args(["-c", script]).arg(file.path()).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
}
