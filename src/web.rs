//! The site: every address in one table.
//!
//! No middleware logs requests: an access log with addresses and times would undo the mixing of sheets.

use actix_web::error::InternalError;
use actix_web::guard::fn_guard;
use actix_web::web::{QueryConfig, ServiceConfig, get, resource, route};
use actix_web::{HttpRequest, HttpResponse};

use crate::unit::RESERVED_IDS;
use crate::words::Words;

pub mod answer;
pub mod api;
pub mod encoding;
pub mod entry;
pub mod error;
pub mod extract;
pub mod form;
pub mod guard;
pub mod health;
pub mod metrics;
pub mod page;
pub mod place;
pub mod results;
pub mod server;
pub mod site;

/// The whole route table. The form comes first, since nearly every request is for it; a guard keeps it off addresses whose first word is
/// the service's own, which no round can be called.
pub fn routes(config: &mut ServiceConfig) {
    let form = "/{round}/{questionnaire}/{unit}";
    config
        .app_data(QueryConfig::default().error_handler(|error, request| {
            let page = error::Refusal::NotFound.respond(Words::of("vi"), encoding::Encoding::accepted(request.headers()), None);
            InternalError::from_response(error, page).into()
        }))
        .service(
            resource(form)
                .guard(fn_guard(|request| is_of_a_round(request.head().uri.path())))
                .route(get().to(answer::get))
                .route(actix_web::web::post().to(answer::post))
                .default_service(route().to(wrong_method)),
        )
        .service(resource("/").route(get().to(entry::home)))
        .service(resource("/health/live").route(get().to(health::live)))
        .service(resource("/health/ready").route(get().to(health::ready)))
        .service(resource("/results/{round}").route(get().to(results::round)))
        .service(resource("/results/{round}/{unit}").route(get().to(results::unit)))
        .service(actix_web::web::scope("/api/v1").configure(api::routes))
        .service(resource(format!("{form}/thanks")).route(get().to(entry::thanks)))
        .service(resource("/{round}/{questionnaire}").route(get().to(entry::choose)))
        .default_service(route().to(nothing));
}

fn is_of_a_round(path: &str) -> bool {
    path.split('/').nth(1).is_some_and(|first| !RESERVED_IDS.contains(&first))
}

/// The route table of the address for monitoring.
pub fn monitoring(config: &mut ServiceConfig) {
    config.service(resource("/metrics").route(get().to(metrics::metrics)));
}

async fn nothing(asking: answer::Asking, request: HttpRequest) -> HttpResponse {
    error::Refusal::NotFound.respond(asking.words(), encoding::Encoding::accepted(request.headers()), None)
}

async fn wrong_method(asking: answer::Asking, request: HttpRequest) -> HttpResponse {
    error::Refusal::WrongMethod.respond(asking.words(), encoding::Encoding::accepted(request.headers()), None)
}
