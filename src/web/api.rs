//! Figures of published rounds for programs: read-only, described by `/api/v1/openapi.json`.
//!
//! What is sent is what pages print: the frozen bytes of a publication, or tables made of them.

use std::sync::Arc;

use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{Bytes, Data, Path, ServiceConfig, resource, route, scope};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use super::encoding::{Effort, Encoding, compress};
use super::method::read;
use super::page::{REVALIDATED, is_known, tagged};
use super::site::Site;
use crate::address::{API, API_DESCRIPTION, API_ROUND, API_ROUNDS, API_SCORES, API_SCORES_COLUMNS, API_SNAPSHOT, API_TABLE, Address};
use crate::publication::document::Document;
use crate::publication::shelf::NotRead;
use crate::round::RoundState;
use crate::seal::{KeyPlace, RoundSeal};
use problem::{Problem, ProblemKind};

mod problem;
mod tables;

/// The description of all addresses below.
#[derive(Debug, OpenApi)]
#[openapi(
    info(
        title = "par-survey",
        description = "Published figures of satisfaction surveys. Read-only; nothing of rounds that are not published."
    ),
    paths(rounds, round, snapshot, tables::scores, tables::scores_columns, tables::table, openapi)
)]
struct Description;

/// The addresses of the API.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(resource(API_ROUNDS).route(read().to(rounds)).default_service(route().to(read_only)))
        .service(resource(API_ROUND).route(read().to(round)).default_service(route().to(read_only)))
        .service(resource(API_SCORES).route(read().to(tables::scores)).default_service(route().to(read_only)))
        .service(resource(API_SCORES_COLUMNS).route(read().to(tables::scores_columns)).default_service(route().to(read_only)))
        .service(resource(API_TABLE).route(read().to(tables::table)).default_service(route().to(read_only)))
        .service(resource(API_SNAPSHOT).route(read().to(snapshot)).default_service(route().to(read_only)))
        .service(resource(API_DESCRIPTION).route(read().to(openapi)).default_service(route().to(read_only)))
        .service(scope(API).default_service(route().to(nothing)));
}

/// What the API says of a round that is published.
#[derive(Debug, Serialize, ToSchema)]
struct PublishedRound {
    /// Its id.
    round: String,
    /// Its name in Vietnamese.
    name_vi: String,
    /// Its name in English.
    name_en: String,
    /// The year it rates.
    year: i32,
    /// Whether its answers are made up.
    synthetic: bool,
    /// SHA-256 of its frozen figures, in hexadecimal digits.
    sha256: String,
    /// Ids of its questionnaires.
    questionnaires: Vec<String>,
    /// Address of its figures.
    href: String,
    /// The seal that its answers were under while it was open; none for figures that were imported.
    seal: Option<PublishedSeal>,
}

/// What is known today of the seal of a published round.
#[derive(Debug, Serialize, ToSchema)]
struct PublishedSeal {
    /// Fingerprint of the public key.
    fingerprint: String,
    /// Where the private key was: in a `file` elsewhere, `here` on the server, or in shares of `trustees`.
    kept: &'static str,
    /// Who confirmed that every copy of the private key is destroyed; empty until somebody does.
    burnt_by: String,
    /// Sheets and remarks that were given up at closing.
    given_up: u32,
}

impl PublishedSeal {
    fn of(seal: &RoundSeal) -> Self {
        let kept = match seal.kept {
            KeyPlace::File => "file",
            KeyPlace::Here => "here",
            KeyPlace::Trustees { .. } => "trustees",
        };
        Self { fingerprint: seal.public.fingerprint(), kept, burnt_by: seal.burnt_by.clone(), given_up: seal.given_up }
    }
}

/// All published rounds, newest first.
#[utoipa::path(
    get,
    path = API_ROUNDS,
    responses((status = 200, description = "All published rounds, newest first", body = [PublishedRound]))
)]
async fn rounds(site: Data<Site>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut rounds = Vec::new();
    for opened in site.answering.directory().rounds.iter().filter(|opened| opened.round.state == RoundState::Published) {
        let document = match site.document(opened.round.id).await {
            Ok(Some(document)) => document,
            Ok(None) => continue,
            // One that is damaged takes none of the others along.
            Err(NotRead::Unreadable(reason)) => {
                tracing::error!(round = opened.round.code, "a published round is left out of the list: {reason}");
                continue;
            }
            Err(error) => return Err(Problem::internal(error)),
        };
        let published = &document.publication;
        rounds.push(PublishedRound {
            round: published.round.clone(),
            name_vi: published.name_vi.clone(),
            name_en: published.name_en.clone(),
            year: published.year,
            synthetic: published.synthetic,
            sha256: document.seal().to_owned(),
            questionnaires: document.sections().map(|section| section.questionnaire.id.clone()).collect(),
            href: Address::api_round(&published.round).to_string(),
            seal: opened.seal.as_ref().map(PublishedSeal::of),
        });
    }
    let body = serde_json::to_vec(&rounds).map_err(Problem::internal)?;
    send(None, "application/json", &request, |encoding| compressed(&body, encoding))
}

/// What the description says of a publication.
const PUBLICATION: &str = "The publication. Ranks are made of the overall index and the points of a survey, so that these are exact from \
                           the floor on, also where few answers are behind them (then `held` is null): they alone may tell how many \
                           answered in which way, such as that all answered alike.";

/// Everything published of a round: the frozen bytes, whose SHA-256 is the entity tag.
#[utoipa::path(
    get,
    path = API_ROUND,
    params(("round" = String, Path, description = "Id of the round")),
    responses(
        (
            status = 200,
            description = PUBLICATION,
            content_type = "application/json",
            body = Object
        ),
        (status = 304, description = "Not changed; only a correction changes it"),
        (status = 404, description = "No such round, or it is not published", body = Problem)
    )
)]
async fn round(site: Data<Site>, path: Path<String>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let document = published(&site, &path).await?;
    let (bytes, tag) = (document.body.as_bytes(), document.seal());
    send(Some(tag), "application/json", &request, |encoding| compressed(bytes, encoding))
}

/// One publication by its hash, whether it was corrected since or not: the frozen bytes.
#[utoipa::path(
    get,
    path = API_SNAPSHOT,
    params(("sha256" = String, Path, description = "SHA-256 of the publication, in hexadecimal digits")),
    responses(
        (
            status = 200,
            description = PUBLICATION,
            content_type = "application/json",
            body = Object
        ),
        (status = 304, description = "Not changed; a publication never is"),
        (status = 404, description = "No publication has this hash", body = Problem)
    )
)]
async fn snapshot(site: Data<Site>, path: Path<String>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let found = site.shelf.snapshot(&path).await.map_err(Problem::internal)?.ok_or(ProblemKind::NoSnapshot)?;
    let bytes = found.body.as_bytes();
    let mut response = send(Some(&found.sha256), "application/json", &request, |encoding| compressed(bytes, encoding))?;
    // What a hash names never changes.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    Ok(response)
}

/// This description.
#[utoipa::path(
    get,
    path = API_DESCRIPTION,
    responses((status = 200, description = "This description", content_type = "application/json", body = Object))
)]
async fn openapi(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let body = Description::openapi().to_json().map_err(Problem::internal)?;
    send(None, "application/json", &request, |encoding| compressed(body.as_bytes(), encoding))
}

async fn read_only() -> Result<HttpResponse, Problem> {
    Err(ProblemKind::ReadOnly.into())
}

async fn nothing() -> Result<HttpResponse, Problem> {
    Err(ProblemKind::NoAddress.into())
}

/// What was published of a round. One that is not published looks like one that does not exist.
async fn published(site: &Site, code: &str) -> Result<Arc<Document>, Problem> {
    let directory = site.answering.directory();
    let found = directory.round(code).filter(|opened| opened.round.state == RoundState::Published);
    let Some(opened) = found else { return Err(ProblemKind::NoRound.into()) };
    site.document(opened.round.id).await.map_err(Problem::internal)?.ok_or_else(|| ProblemKind::NoRound.into())
}

fn compressed(body: &[u8], encoding: Encoding) -> Result<Bytes, Problem> {
    compress(body, encoding, Effort::Once).map(Bytes::from).map_err(Problem::internal)
}

/// Sends public bytes as `body` encodes them, or says that they have not changed.
fn send(
    tag: Option<&str>,
    media: &'static str,
    request: &HttpRequest,
    body: impl FnOnce(Encoding) -> Result<Bytes, Problem>,
) -> Result<HttpResponse, Problem> {
    let encoding = Encoding::accepted(request);
    answer(tag, media, (request, encoding), || body(encoding))
}

/// Sends public bytes that `body` has in an encoding, or says that they have not changed.
fn answer(
    tag: Option<&str>,
    media: &'static str,
    (request, encoding): (&HttpRequest, Encoding),
    body: impl FnOnce() -> Result<Bytes, Problem>,
) -> Result<HttpResponse, Problem> {
    let fresh = tag.is_some_and(|tag| is_known(request, tag));
    let mut response = if fresh { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header((header::CACHE_CONTROL, HeaderValue::from_static(REVALIDATED)))
        .insert_header((header::VARY, HeaderValue::from_static("accept-encoding")))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")))
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")));
    if let Some(tag) = tag {
        response.insert_header(tagged(tag, encoding));
    }
    if fresh {
        return Ok(response.finish());
    }
    if let Some(value) = encoding.header() {
        response.insert_header((header::CONTENT_ENCODING, value));
    }
    Ok(response.insert_header((header::CONTENT_TYPE, HeaderValue::from_static(media))).body(body()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_description_is_json_and_names_every_address() {
        let text = Description::openapi().to_json().unwrap();
        let description: serde_json::Value = serde_json::from_str(&text).unwrap();
        let mut described: Vec<String> = description["paths"].as_object().unwrap().keys().cloned().collect();
        described.sort();
        // The route table itself, so that an address that is added and not described is noticed.
        let (source, addresses) = (include_str!("api.rs"), include_str!("../address.rs"));
        let routed = source.lines().filter_map(|line| line.trim().strip_prefix(".service(resource(")?.split(')').next());
        let pattern = |name: &str| addresses.split(&format!(" {name}: &str = \"")).nth(1).unwrap().split('"').next().unwrap().to_owned();
        let mut routed: Vec<String> = routed.map(pattern).collect();
        routed.sort();
        assert_eq!((described, routed.len()), (routed, 7));
    }
}
