//! Why requests are not served, as one table: status, heading and text. Texts say what happened and what to do; none says a cause
//! inside the server, which only the log has.

use actix_web::HttpResponse;
use actix_web::http::header::{ALLOW, HeaderValue};
use actix_web::http::{ConnectionType, StatusCode};
use maud::{Markup, html};

use super::encoding::Encoding;
use super::masthead::Masthead;
use super::page::{Keep, Page};
use crate::address::{Address, HOME};
use crate::survey::reading::{REMARK_MAX, SheetFault};
use crate::words::Words;

/// Why a request is not served, which a page of its own says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unserved {
    /// Nothing is at the address.
    NotFound,
    /// A sheet has something impossible in it.
    Impossible,
    /// The body is larger than a sheet can be.
    TooLarge,
    /// The body did not come in time.
    TooSlow,
    /// Too many bodies are on their way from the same address.
    Crowded,
    /// The body is not that of a form.
    WrongType,
    /// The form stood on another site.
    CrossSite,
    /// The address does not take the method; those that it takes.
    WrongMethod(&'static str),
    /// The server failed; the log has the cause.
    Internal,
}

impl Unserved {
    fn row(self) -> (StatusCode, &'static str) {
        match self {
            Self::NotFound => (StatusCode::NOT_FOUND, "error-not-found"),
            Self::Impossible => (StatusCode::BAD_REQUEST, "error-refused"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "error-too-large"),
            Self::TooSlow => (StatusCode::REQUEST_TIMEOUT, "error-slow"),
            Self::Crowded => (StatusCode::TOO_MANY_REQUESTS, "error-crowded"),
            Self::WrongType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "error-type"),
            Self::CrossSite => (StatusCode::FORBIDDEN, "error-cross-site"),
            Self::WrongMethod(_) => (StatusCode::METHOD_NOT_ALLOWED, "error-method"),
            Self::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "error-internal"),
        }
    }

    /// The page that says so, with a way onward. The masthead is that of its round; where it has none, that of all.
    #[must_use]
    pub fn respond(self, words: Words, encoding: Encoding, masthead: Masthead, onward: Option<&dyn Fn(Words) -> Markup>) -> HttpResponse {
        let (status, key) = self.row();
        let written = |words: Words| {
            let body = html! {
                p { (words.get(key)) }
                @if let Some(onward) = onward { (onward(words)) }
                p { a href=(Address::of(HOME).lang(words)) { (words.get("to-home")) } }
            };
            (words.get(&format!("{key}-title")), body)
        };
        let mut page = Page::in_both(words, written);
        page.masthead = masthead;
        let mut response = page.respond(status, Keep::Never, encoding);
        match self {
            // The rest of the body is not waited for.
            Self::Crowded => response.head_mut().set_connection_type(ConnectionType::Close),
            Self::WrongMethod(allowed) => drop(response.headers_mut().insert(ALLOW, HeaderValue::from_static(allowed))),
            _ => {}
        }
        response
    }
}

/// The faults of a sheet as a list, without what was sent.
#[must_use]
pub fn faults(words: Words, faults: &[SheetFault]) -> Markup {
    html! { ul { @for fault in faults.iter().take(20) { li { (describe(words, fault)) } } } }
}

fn describe(words: Words, fault: &SheetFault) -> String {
    let (key, item) = match fault {
        SheetFault::UnknownItem(item) => ("error-refused-unknown", item),
        SheetFault::UnknownOption(item) => ("error-refused-option", item),
        SheetFault::SeveralAnswers(item) => ("error-refused-several", item),
        SheetFault::NoOpinionNotOffered(item) => ("error-refused-no-opinion", item),
        SheetFault::TooLong(item) => ("error-refused-long", item),
    };
    words.with(key, [("item", item), ("n", &REMARK_MAX.to_string())])
}
