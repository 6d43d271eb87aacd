//! Emblems as pictures, for chat programs that show one beside a link. Pages carry theirs and ask for none.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::asking::Asking;
use super::encoding::Encoding;
use super::error::Unserved;
use super::site::Site;
use crate::organiser::LogoKind;

/// `GET /assets/{sha256}`: an emblem by the hash of its bytes, so that it may be kept for good. Only pictures: a drawing that is opened by
/// itself is a page.
pub(super) async fn logo(site: Data<Site>, sha256: Path<String>, asking: Asking, request: HttpRequest) -> HttpResponse {
    let directory = site.answering.directory();
    let organisers = directory.rounds.iter().filter_map(|opened| opened.round.organiser.as_ref());
    let mut pictures = organisers.filter_map(|organiser| organiser.logo.as_ref()).filter(|logo| logo.kind() == LogoKind::Png);
    let Some(found) = pictures.find(|logo| logo.sha256() == *sha256) else {
        return Unserved::NotFound.respond(asking.words(), Encoding::accepted(&request), site.masthead(), None);
    };
    HttpResponse::build(StatusCode::OK)
        .insert_header((header::CONTENT_TYPE, HeaderValue::from_static("image/png")))
        .insert_header((header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")))
        .body(found.bytes().to_vec())
}
