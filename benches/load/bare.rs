//! The yardstick of the form page: a bare actix handler that answers with as many bytes, already made.
//!
//! `bare BYTES` prints its address and serves until it is stopped.

use actix_web::web::{Bytes, to};
use actix_web::{App, HttpResponse, HttpServer};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    // Whoever starts all examples gives no size: then there is nothing to do.
    let Some(bytes) = std::env::args().nth(1).and_then(|bytes| bytes.parse().ok()) else { return Ok(()) };
    let body = Bytes::from(vec![b'x'; bytes]);
    let app = move || {
        let body = body.clone();
        App::new().default_service(to(move || std::future::ready(HttpResponse::Ok().content_type("text/html").body(body.clone()))))
    };
    let server = HttpServer::new(app).tcp_nodelay(true).bind("127.0.0.1:0")?;
    server.addrs().iter().for_each(|address| println!("{address}"));
    server.run().await
}
