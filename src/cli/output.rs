//! What commands print on standard output.

use std::io::{self, ErrorKind, Write};

use serde::Serialize;

/// Prints a text and a line end. Whoever stops reading, as `head` does, has enough.
pub(super) fn print(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// Prints a value as JSON.
pub(super) fn print_json(value: &impl Serialize) -> anyhow::Result<()> {
    print(&serde_json::to_string_pretty(value)?)
}

/// Prints rows in columns as wide as their widest cell.
pub(super) fn print_columns<const N: usize>(header: [&str; N], rows: &[[String; N]]) -> anyhow::Result<()> {
    let mut widths = header.map(width);
    for row in rows {
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
