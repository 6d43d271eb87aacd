//! Whether the process lives, whether it can keep a sheet, and what somebody should look at although it can.

use std::fmt::Write;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpResponse, HttpResponseBuilder};

use super::site::Site;
use crate::deposit::Health;
use crate::directory::Directory;

/// `GET /health/live`: the process answers.
pub async fn live() -> HttpResponse {
    text(StatusCode::OK, "live\n".to_owned())
}

/// `GET /health/ready`: 503 with the cause where a sheet that came now could not be kept; else `ready`, and a line for each thing that is
/// wrong all the same.
pub async fn ready(site: Data<Site>) -> HttpResponse {
    let Health { cannot_keep, degraded } = site.answering.health().await;
    if let Some(why) = cannot_keep {
        return text(StatusCode::SERVICE_UNAVAILABLE, format!("{why}\n"));
    }
    let proxy = site.limiter.complaint().into_iter().chain(site.hosts.complaints()).map(str::to_owned);
    let mut said = "ready\n".to_owned();
    for reason in degraded.into_iter().chain(refused_codes(&site.answering.directory())).chain(proxy) {
        // Writing to a string cannot fail.
        let _ = writeln!(said, "degraded: {reason}");
    }
    text(StatusCode::OK, said)
}

/// Open rounds whose codes open nothing. Where the keys are, only the log says: this page is for everybody.
fn refused_codes(directory: &Directory) -> Vec<String> {
    let rounds = directory.rounds.iter().filter(|round| round.refuses_codes);
    rounds.map(|round| format!("codes of round `{}` are not taken: its key is missing or another's", round.round.code)).collect()
}

fn text(status: StatusCode, said: String) -> HttpResponse {
    HttpResponseBuilder::new(status).content_type("text/plain; charset=utf-8").body(said)
}
