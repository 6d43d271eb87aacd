//! The yardstick of accepted sheets: the same sheets over HTTP, kept by one commit each, straight through the driver and unchecked.
//!
//! `one-commit FILE` prints the address it listens on.

use std::sync::{Mutex, PoisonError};

use actix_web::error::ErrorInternalServerError;
use actix_web::web::{Bytes, Data, to};
use actix_web::{App, HttpResponse, HttpServer};
use rusqlite::Connection;

/// What an answered SIPAS form takes when it is packed.
const SHEET_BYTES: usize = 100;

async fn keep(database: Data<Mutex<Connection>>, body: Bytes) -> actix_web::Result<HttpResponse> {
    // Read as far as any keeper of sheets has to: every field, once.
    let fields = u32::try_from(form_urlencoded::parse(&body).count()).unwrap_or(u32::MAX);
    let database = database.lock().unwrap_or_else(PoisonError::into_inner);
    let mut insert = database.prepare_cached("INSERT INTO sheet VALUES (?1, ?2, ?3)").map_err(ErrorInternalServerError)?;
    insert.execute((rand::random::<[u8; 16]>(), fields, vec![1_u8; SHEET_BYTES])).map_err(ErrorInternalServerError)?;
    Ok(HttpResponse::SeeOther().insert_header(("location", "/thanks")).finish())
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let Some(file) = std::env::args().nth(1) else { anyhow::bail!("name a file") };
    let database = Connection::open(file)?;
    database.pragma_update(None, "journal_mode", "wal")?;
    database.pragma_update(None, "synchronous", "full")?;
    database.execute_batch("CREATE TABLE sheet (key BLOB PRIMARY KEY, fields INTEGER NOT NULL, body BLOB NOT NULL) WITHOUT ROWID")?;
    let database = Data::new(Mutex::new(database));
    let server =
        HttpServer::new(move || App::new().app_data(database.clone()).default_service(to(keep))).tcp_nodelay(true).bind("127.0.0.1:0")?;
    for address in server.addrs() {
        println!("{address}");
    }
    Ok(server.run().await?)
}
