//! The yardstick of accepted sheets: one commit a sheet, straight through the driver.
//!
//! `one-commit FILE SHEETS` prints how many sheets a second it wrote.

use std::time::Instant;

use rusqlite::Connection;

/// What an answered SIPAS form takes when it is packed, with its key.
const SHEET_BYTES: usize = 120;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(file), Some(sheets)) = (arguments.next(), arguments.next().and_then(|sheets| sheets.parse::<u32>().ok())) else {
        return Ok(());
    };
    let database = Connection::open(file)?;
    database.pragma_update(None, "journal_mode", "wal")?;
    database.pragma_update(None, "synchronous", "full")?;
    database.execute_batch("CREATE TABLE sheet (key BLOB PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID")?;
    let mut insert = database.prepare("INSERT INTO sheet VALUES (?1, ?2)")?;
    let (body, started) = (vec![1_u8; SHEET_BYTES], Instant::now());
    for _ in 0..sheets {
        insert.execute((rand::random::<[u8; 16]>(), &body))?;
    }
    println!("{}", u128::from(sheets) * 1_000_000 / started.elapsed().as_micros().max(1));
    Ok(())
}
