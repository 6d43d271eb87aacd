//! Whether the process lives and whether it can take sheets.

use actix_web::HttpResponse;
use actix_web::web::Data;

use super::site::Site;

/// `GET /health/live`: the process answers.
pub async fn live() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("live\n")
}

/// `GET /health/ready`: a sheet that came now could be kept.
pub async fn ready(site: Data<Site>) -> HttpResponse {
    match site.instance.health().await.cannot_keep {
        Some(why) => HttpResponse::ServiceUnavailable().content_type("text/plain; charset=utf-8").body(format!("{why}\n")),
        None => HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ready\n"),
    }
}
