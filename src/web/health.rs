//! Whether the process lives and whether it can take sheets.

use actix_web::HttpResponse;
use actix_web::web::Data;

use super::site::Site;

/// `GET /health/live`: the process answers.
pub async fn live() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("live\n")
}

/// `GET /health/ready`: the database and the letterbox answer as well.
pub async fn ready(site: Data<Site>) -> HttpResponse {
    if site.store.ping().await.is_err() {
        return not_ready("the database does not answer\n");
    }
    if site.instance.ping().await.is_err() {
        return not_ready("the letterbox does not answer\n");
    }
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ready\n")
}

fn not_ready(why: &'static str) -> HttpResponse {
    HttpResponse::ServiceUnavailable().content_type("text/plain; charset=utf-8").body(why)
}
