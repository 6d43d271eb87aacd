//! Methods: HEAD is answered like GET everywhere, and whatever else an address does not take is told which it does.

use actix_web::guard::fn_guard;
use actix_web::http::Method;
use actix_web::web::{Data, resource, route};
use actix_web::{FromRequest, Handler, HttpRequest, HttpResponse, Resource, Responder, Route};

use super::asking::Asking;
use super::encoding::Encoding;
use super::error::Unserved;
use super::site::Site;

/// What an address that is only read takes, as the header `Allow` says it.
pub(super) const READING: &str = "GET, HEAD";
/// What an address that takes forms does.
pub(super) const TAKING: &str = "GET, HEAD, POST";

/// A route for whoever reads. The server leaves the body out where HEAD asks for none (RFC 9110, 9.3.2).
pub(super) fn read() -> Route {
    route().guard(fn_guard(|context| [Method::GET, Method::HEAD].contains(&context.head().method)))
}

/// An address that is only read.
pub(super) fn read_at<H, A>(pattern: &'static str, handler: H) -> Resource
where
    H: Handler<A>,
    A: FromRequest + 'static,
    H::Output: Responder + 'static,
{
    resource(pattern).route(read().to(handler)).default_service(route().to(only_read))
}

async fn only_read(request: HttpRequest) -> HttpResponse {
    wrong(&request, READING)
}

/// The page for a method that an address does not take.
pub(super) fn wrong(request: &HttpRequest, allowed: &'static str) -> HttpResponse {
    let masthead = request.app_data::<Data<Site>>().map(|site| site.masthead()).unwrap_or_default();
    Unserved::WrongMethod(allowed).respond(Asking::of(request).words(), Encoding::accepted(request), masthead, None)
}
