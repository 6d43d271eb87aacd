//! What is said of what was sent with a code.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::HeaderValue;
use maud::html;

use super::asking::SENT;
use super::encoding::Encoding;
use super::page::{Keep, Page, see_other};
use super::receipt::forgetting;
use crate::address::{Address, CODE, CODE_THANKS};
use crate::office::answering::Opened;
use crate::words::Words;

/// On to the page that says what was sent is received, now or before.
pub(super) fn received(opened: &Opened<'_>, again: bool, words: Words, encoding: Encoding) -> HttpResponse {
    if again {
        return spent(opened, words, encoding);
    }
    HeaderValue::from_str(&Address::of(CODE_THANKS).lang(words).asking(SENT, "1").to_string())
        .map_or_else(|_| HttpResponse::Ok().finish(), see_other)
}

/// The one page for a code that was used, whoever asks.
fn spent(opened: &Opened<'_>, words: Words, encoding: Encoding) -> HttpResponse {
    let written = |words: Words| {
        let body = html! {
            (forgetting())
            p { strong { (words.get("code-spent")) } }
            p data-is="received" { (words.get("again-lead")) }
            p { a.button href=(Address::of(CODE).lang(words)) { (words.get("code-another")) } }
        };
        (words.get("code-spent-title"), body)
    };
    let mut page = Page::in_both(words, written);
    page.masthead = opened.round.round.masthead();
    page.pictures = true;
    page.respond(StatusCode::GONE, Keep::Never, encoding)
}
