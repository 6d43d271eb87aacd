//! What commands print on standard output.

use std::io::{self, ErrorKind, Write};

use serde::Serialize;

use crate::printed::{is_hidden, visible, visible_lines};

/// Prints a text and a line end. What is not printed is written out: a terminal obeys nothing that somebody once gave as a name. Whoever
/// stops reading, as `head` does, has enough.
pub(super) fn print(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match writeln!(out, "{}", visible_lines(text)).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// Prints a value as JSON, in which what is not printed is escaped.
pub(super) fn print_json(value: &impl Serialize) -> anyhow::Result<()> {
    print(&escaped(&serde_json::to_string_pretty(value)?))
}

/// The same JSON without signs that are not printed. Outside its strings there are none but line ends, and inside no line ends.
fn escaped(json: &str) -> String {
    let mut shown = String::with_capacity(json.len());
    for letter in json.chars() {
        if letter != '\n' && is_hidden(letter) {
            shown.extend(letter.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            shown.push(letter);
        }
    }
    shown
}

/// Prints rows in columns as wide as their widest cell, each row on one line.
pub(super) fn print_columns<const N: usize>(header: [&str; N], rows: &[[String; N]]) -> anyhow::Result<()> {
    let rows: Vec<_> = rows.iter().map(|row| row.each_ref().map(|cell| visible(cell))).collect();
    let mut widths = header.map(width);
    for row in &rows {
        for (widest, cell) in widths.iter_mut().zip(row) {
            *widest = width(cell).max(*widest);
        }
    }
    let lines = std::iter::once(line(&header, &widths)).chain(rows.iter().map(|row| line(row, &widths)));
    print(&lines.collect::<Vec<_>>().join("\n"))
}

/// Everything that is printed is in NFC, where a Vietnamese letter is one character and as wide as any.
fn width(cell: &str) -> usize {
    cell.chars().count()
}

fn line(cells: &[impl AsRef<str>], widths: &[usize]) -> String {
    let padded = cells.iter().zip(widths).map(|(cell, width)| format!("{:width$}", cell.as_ref()));
    padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
}

/// `1 sheet`, `2 sheets`.
pub(super) fn counted(count: u64, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_says_the_same_without_signs_that_a_terminal_obeys() {
        let name = "a\nb\u{1b}[2J\u{9b}\u{202e}\u{e0061}ễ";
        let shown = escaped(&serde_json::to_string_pretty(&[name]).unwrap());
        assert!(!shown.contains(|letter| letter != '\n' && is_hidden(letter)) && shown.lines().count() == 3, "{shown}");
        assert_eq!(serde_json::from_str::<[String; 1]>(&shown).unwrap(), [name]);
    }
}
