//! What commands print on standard output.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

use anyhow::{Context, ensure};
use serde::Serialize;

use crate::seal::KeyFile;

/// Prints a text and a line end. Whoever stops reading, as `head` does, has enough.
pub(super) fn print(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// Refuses to write over what nobody can get back: a database or its log, or a private key.
pub(super) fn refuse_to_lose(path: &Path) -> anyhow::Result<()> {
    if !path.is_file() {
        return Ok(());
    }
    let mut begins = Vec::new();
    File::open(path).and_then(|file| file.take(4_096).read_to_end(&mut begins)).with_context(|| path.display().to_string())?;
    let is_database = begins.starts_with(b"SQLite format 3") || LOG.iter().any(|log| begins.starts_with(log));
    let what = if is_database { "a database" } else { "a private key" };
    let is_lost = is_database || KeyFile::is_begun(&String::from_utf8_lossy(&begins));
    ensure!(!is_lost, "{} is {what}, which is never overwritten; name another file", path.display());
    Ok(())
}

/// How a log of SQLite begins, in either order of bytes of its sums.
const LOG: [[u8; 4]; 2] = [[0x37, 0x7f, 0x06, 0x82], [0x37, 0x7f, 0x06, 0x83]];

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
