//! Whether the process lives and whether it can take sheets.

use actix_web::HttpResponse;
use actix_web::web::Data;

use super::site::Site;

/// `GET /health/live`: the process answers.
pub async fn live() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("live\n")
}

/// `GET /health/ready`: the database answers as well.
pub async fn ready(site: Data<Site>) -> HttpResponse {
    match site.store.ping().await {
        Ok(()) => HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ready\n"),
        Err(_) => HttpResponse::ServiceUnavailable().content_type("text/plain; charset=utf-8").body("the database does not answer\n"),
    }
}
