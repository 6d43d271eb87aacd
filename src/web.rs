//! The site: every address in one table.
//!
//! No middleware logs requests: an access log with addresses and times would undo the mixing of sheets.

use actix_web::dev::{Payload, ServiceRequest, ServiceResponse, fn_service};
use actix_web::error::InternalError;
use actix_web::guard::{GuardContext, fn_guard};
use actix_web::http::Method;
use actix_web::web::{Data, QueryConfig, ServiceConfig, post, resource, route, scope};
use actix_web::{HttpRequest, HttpResponse};

use asking::Asking;
use encoding::Encoding;
use error::Unserved;
use masthead::Masthead;
use method::{READING, TAKING, read, read_at};
use place::segments;
use site::Site;
use worker::Worker;

use crate::address::{ABOUT, CODE, CODE_SLASH, CODE_THANKS, FORGET, HOME, LIVE, LOGO, METRICS, READY, RESULTS, UNIT_RESULTS};
use crate::unit::RESERVED_IDS;
use crate::words::Words;

mod about;
pub mod answer;
pub mod api;
pub mod asking;
mod coded;
pub mod counters;
pub mod encoding;
pub mod entry;
pub mod error;
pub mod extract;
mod finding;
pub mod form;
pub mod guard;
pub mod health;
mod host;
mod incoming;
pub mod kept_form;
pub mod limiter;
mod logo;
pub mod masthead;
mod method;
pub mod metrics;
mod opened;
pub mod page;
pub mod place;
mod promise;
pub mod proxy;
mod rating;
mod receipt;
pub mod results;
pub mod server;
pub mod site;
mod unsent;
pub mod worker;

/// The whole route table. Whatever is none of the service's own addresses is looked for among the forms.
pub fn routes(config: &mut ServiceConfig) {
    config
        .app_data(QueryConfig::default().error_handler(|error, request| {
            let masthead = request.app_data::<Data<Site>>().map(|site| site.masthead()).unwrap_or_default();
            let page = Unserved::NotFound.respond(Words::of("vi"), Encoding::accepted(request), masthead, None);
            InternalError::from_response(error, page).into()
        }))
        .service(scope("").guard(fn_guard(is_own)).configure(own))
        .default_service(fn_service(rounds));
}

/// Whether an address is one of the service's own: asked once, so that a form is not held against each of them.
fn is_own(context: &GuardContext<'_>) -> bool {
    let path = context.head().uri.path().as_bytes();
    let first = path.get(1..).and_then(|rest| rest.split(|byte| *byte == b'/').next()).unwrap_or_default();
    // No address of a round has one word only, so that this one needs no word of its own.
    first.is_empty() || path == ABOUT.as_bytes() || RESERVED_IDS.iter().any(|word| word.as_bytes() == first)
}

/// The service's own addresses.
fn own(config: &mut ServiceConfig) {
    config
        .service(read_at(HOME, entry::home))
        .service(read_at(ABOUT, about::about))
        .service(
            resource([CODE, CODE_SLASH])
                .route(read().to(coded::entry))
                .route(post().to(coded::post))
                .default_service(route().to(async |request: HttpRequest| method::wrong(&request, TAKING))),
        )
        .service(read_at(CODE_THANKS, coded::thanks))
        .service(read_at(FORGET, receipt::forget))
        .service(read_at(LOGO, logo::logo))
        .service(read_at(LIVE, health::live))
        .service(read_at(READY, health::ready))
        .service(read_at(RESULTS, results::round))
        .service(read_at(UNIT_RESULTS, results::unit))
        .configure(api::routes);
}

/// Addresses of rounds. A service and no handler: taking the request apart for one costs a fiftieth of a form.
async fn rounds(request: ServiceRequest) -> Result<ServiceResponse, actix_web::Error> {
    let (request, payload) = request.into_parts();
    let response = round(&request, payload).await;
    Ok(ServiceResponse::new(request, response))
}

/// They are told apart by hand: a pattern in the table is a regular expression, and four of them cost a tenth of a form. The site is
/// borrowed for the same reason: a counter of references that both processors write is slower than the rest of the look-up.
async fn round(request: &HttpRequest, payload: Payload) -> HttpResponse {
    let (site, worker) = (request.app_data::<Data<Site>>(), request.app_data::<Worker>());
    if request.method() == Method::GET
        && let (Some(site), Some(worker)) = (site, worker)
        && let Some(form) = answer::same(site, worker, request)
    {
        return form;
    }
    let asking = Asking::of(request);
    let refuse = |refusal: Unserved, masthead| refusal.respond(asking.words(), Encoding::accepted(request), masthead, None);
    let (Some(site), Some(worker)) = (site, worker) else { return refuse(Unserved::Internal, Masthead::default()) };
    match (request.method().as_str(), segments(request)) {
        ("GET" | "HEAD", [_, questionnaire, "", ""]) if !questionnaire.is_empty() => entry::choose(site, request),
        ("GET" | "HEAD", address @ [_, _, unit, ""]) if !unit.is_empty() => answer::get(site, worker, &asking, address, request),
        // Boxed, so that the many who only look do not carry the room that sending needs.
        ("POST", [_, _, unit, ""]) if !unit.is_empty() => Box::pin(answer::post(site, &asking, request, payload)).await,
        ("GET" | "HEAD", [_, _, _, "thanks"]) => entry::thanks(site, &asking, request),
        ("GET" | "HEAD", _) => refuse(Unserved::NotFound, site.masthead()),
        (_, [_, _, unit, ""]) if !unit.is_empty() => method::wrong(request, TAKING),
        _ => method::wrong(request, READING),
    }
}

/// The route table of the address for monitoring.
pub fn monitoring(config: &mut ServiceConfig) {
    config.service(read_at(METRICS, metrics::metrics));
}
