//! Tables leave by one door: CSV is written in one file, and what a spreadsheet would run is known there alone.

use crate::sources::{paths, sources};

/// The file that writes CSV.
const HOME: &str = "spreadsheet.rs";

/// What looks like a row of CSV and is none.
const NO_ROWS: [(&str, &str); 1] = [("web/results/dotted.rs", "a number with a decimal comma")];

/// What some code does that only the file of CSV may do.
fn strays(code: &str) -> Vec<&'static str> {
    let names_writer = paths(code).iter().any(|path| path[0] == "csv" && path.get(1).is_some_and(|name| name.starts_with("Writer")));
    let mark = "\"\\u{feff}";
    let is_read = |before: &str| before.trim_end().ends_with("strip_prefix(");
    let writes_mark = code.match_indices(mark).any(|(at, _)| !is_read(&code[..at]));
    let knows_formulas = code.contains("'=', '+', '-'");
    let found = [
        (names_writer, "names the writer of CSV"),
        (writes_mark, "writes the mark of a CSV file"),
        (has_row(code), "writes a row of CSV"),
        (knows_formulas, "knows what a spreadsheet runs"),
    ];
    found.into_iter().filter(|(is_so, _)| *is_so).map(|(_, what)| what).collect()
}

/// Whether a text has two values with nothing but a comma between them, quoted or not: `{a},{b}`.
fn has_row(code: &str) -> bool {
    code.match_indices(',').any(|(at, _)| {
        let (before, after) = (code[..at].trim_end_matches("\\\""), code[at + 1..].trim_start_matches("\\\""));
        before.ends_with('}') && !before.ends_with("}}") && after.starts_with('{') && !after.starts_with("{{")
    })
}

#[test]
fn csv_is_written_and_what_a_spreadsheet_runs_is_known_in_one_place() {
    let mut broken = Vec::new();
    for source in sources() {
        let path = source.path.to_string_lossy().into_owned();
        if path == HOME {
            assert_eq!(strays(&source.code), ["names the writer of CSV", "writes the mark of a CSV file", "knows what a spreadsheet runs"]);
            continue;
        }
        let is_let = |what: &&str| *what == "writes a row of CSV" && NO_ROWS.iter().any(|(file, _)| *file == path);
        broken.extend(strays(&source.code).into_iter().filter(|what| !is_let(what)).map(|what| format!("{path} {what}")));
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// Whether some code has words of Vietnamese.
fn has_vietnamese(code: &str) -> bool {
    code.chars().any(|letter| letter.is_alphabetic() && !letter.is_ascii())
}

#[test]
fn exports_have_the_words_of_pages_and_none_of_their_own() {
    let own = sources().into_iter().filter(|source| source.module == "export" && has_vietnamese(&source.code));
    assert_eq!(own.map(|source| source.path.to_string_lossy().into_owned()).collect::<Vec<_>>(), [""; 0]);
    assert!(has_vietnamese("const RESCALED: &str = \"quy đổi / rescaled\";") && !has_vietnamese("fitted(name, '…')"));
}

#[test]
fn whoever_writes_csv_is_seen() {
    for (code, what) in [
        ("let x = csv::WriterBuilder::new();", "names the writer of CSV"),
        ("use csv::Writer;", "names the writer of CSV"),
        ("let rows = format!(\"\\u{feff}{COLUMNS}\\r\\n\");", "writes the mark of a CSV file"),
        ("const MARK: &str = \"\\u{feff}\";", "writes the mark of a CSV file"),
        ("writeln!(file, \"{code},{},{own}\")", "writes a row of CSV"),
        ("write!(rows, \"{link},\\\"{until}\\\",\\\"{warning}\\\"\")", "writes a row of CSV"),
        ("text.starts_with(['=', '+', '-', '@'])", "knows what a spreadsheet runs"),
    ] {
        assert_eq!(strays(code), [what], "{code}");
    }
    for code in [
        "use csv::StringRecord;",
        "begins.strip_prefix(\"\\u{feff}\".as_bytes())",
        "text.trim_start_matches('\\u{feff}')",
        "format!(\"{a}, {b}\")",
        "write!(style, \"{{x}},{{y}}\")",
    ] {
        assert_eq!(strays(code), [""; 0], "{code}");
    }
}
