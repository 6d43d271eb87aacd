//! The yardstick of the form page: a bare actix handler that answers with as many bytes, already made.
//!
//! `bare HEAD BODY` answers with so many bytes in headers and body, so that the load generator reads the same from both; it prints its
//! address and serves until it is stopped.

use actix_web::http::header::HeaderValue;
use actix_web::web::{Bytes, to};
use actix_web::{App, HttpResponse, HttpServer};

/// Bytes of status line, length, date and the filling's name.
const OWN_HEADERS: usize = 94;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|bytes| bytes.parse().ok()).collect();
    // Whoever starts all examples gives no size: then there is nothing to do.
    let [head, body] = sizes[..] else { return Ok(()) };
    let header =
        HeaderValue::from_maybe_shared(Bytes::from(vec![b'x'; head.saturating_sub(OWN_HEADERS)])).map_err(std::io::Error::other)?;
    let body = Bytes::from(vec![b'x'; body]);
    let app = move || {
        let (header, body) = (header.clone(), body.clone());
        let answer = move || HttpResponse::Ok().insert_header(("x-filling", header.clone())).body(body.clone());
        App::new().default_service(to(move || std::future::ready(answer())))
    };
    let server = HttpServer::new(app).tcp_nodelay(true).bind("127.0.0.1:0")?;
    server.addrs().iter().for_each(|address| println!("{address}"));
    server.run().await
}
