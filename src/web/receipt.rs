//! What the address of thanks says to whoever comes there.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::asking::Asking;
use super::guard::is_come_to_from_here;
use super::page::Page;
use crate::address::{Address, FORGET};
use crate::words::Words;

/// What is known of whoever opens the address of thanks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Receipt {
    /// The server led there, because a sheet was received.
    Sent,
    /// The address is one that it leads to, but it was opened otherwise: a tab that was restored, or a link that somebody passed on.
    Unknown,
    /// Nobody was ever led to this address.
    Nothing,
}

impl Receipt {
    pub(super) fn of(asking: &Asking, request: &HttpRequest) -> Self {
        match (asking.sent, is_come_to_from_here(request.headers())) {
            (true, true) => Self::Sent,
            (true, false) => Self::Unknown,
            (false, _) => Self::Nothing,
        }
    }

    /// The page that says so, with what stands below; whether the sheet was received before.
    pub(super) fn page(self, words: Words, again: bool, below: &Markup) -> Page {
        let mut page = Page::new(words, self.title(words, again), html! { (self.said(words, again)) (below) });
        page.pictures = self == Self::Sent;
        page
    }

    fn title(self, words: Words, again: bool) -> String {
        words.get(match (self, again) {
            (Self::Sent, true) => "again-title",
            (Self::Sent, false) => "thanks-title",
            (Self::Unknown, _) => "thanks-unknown-title",
            (Self::Nothing, _) => "thanks-nothing-title",
        })
    }

    /// What the page says. The script of forms looks for `received`.
    fn said(self, words: Words, again: bool) -> Markup {
        let lead = |key: &str| {
            html! {
                p data-is="received" role="status" { strong { (words.get(key)) } }
                (forgetting())
            }
        };
        match self {
            Self::Sent if again => lead("again-lead"),
            Self::Sent => html! { (lead("thanks-lead")) p { (words.get("thanks-mixed")) } p { (words.get("thanks-results")) } },
            Self::Unknown => html! { p { strong { (words.get("thanks-unknown")) } } p { (words.get("thanks-unknown-link")) } },
            Self::Nothing => html! { p { strong { (words.get("thanks-nothing")) } } p { (words.get("thanks-nothing-seen")) } },
        }
    }
}

/// What lets go of a form without script; with it the form gives itself up. Its page has to say that it has pictures.
pub(super) fn forgetting() -> Markup {
    html! { noscript { img src=(Address::of(FORGET)) width="1" height="1" alt=""; } }
}

/// The smallest picture there is.
const DOT: &[u8] = b"GIF89a\x01\0\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\0;";

/// `GET /c/forget`: a picture with which a browser without script gives up the pages that it kept whole for "back", among them the form.
/// It comes after the thanks, because until they are shown the form is not among them.
pub(super) async fn forget() -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response.insert_header((CONTENT_TYPE, "image/gif")).insert_header((CACHE_CONTROL, "no-store"));
    response.insert_header(("clear-site-data", "\"cache\"")).body(DOT)
}
