//! What is not sent yet: kept in its tab, sent when the network is there, gone when it was received.
//!
//! A script does so, on every form that takes answers. It sends the form itself and puts what comes back in the place of the page, so that
//! no page of the history has answers: there is no page of a POST that "back" could ask to send again, and none that shows the next person
//! what was sent. Pages that a browser kept whole are hidden when they are left, and given up where a sheet was received since.
//!
//! On a device of one's own (an open link, a code) answers lie in `sessionStorage` with the key of the form until they are received: as
//! long as the tab, and nowhere else. What is sent twice, because the first answer was lost, counts once by that key.
//!
//! A form's own properties are not asked for by name: a question of that code would stand in their place.
//!
//! Without script a browser may keep the page of the form whole for "back", whatever its headers say. The page of thanks then asks for a
//! picture that makes it let go, where browsers listen; forms for a desk and for interviewers stay hidden until the script shows them.

use std::sync::LazyLock;

use maud::{Markup, html};

use crate::address::Address;
use crate::words::Words;

/// The script. What it looks for on a page: the form `f` with the name of its draft, and by `data-is`, which no question takes away,
/// `kept`, `need`, `off`, `wait`, the buttons `wipe` and `now`, and `received` on what says that nothing has to be sent any more.
/// Without the blanks that lines begin with, which each form would carry.
pub(super) static SCRIPT: LazyLock<String> = LazyLock::new(|| {
    let lines: Vec<&str> = include_str!("unsent.js").lines().map(str::trim_start).collect();
    lines.join("\n")
});

/// One line before the first question: where answers are until they are sent. Only script keeps them, so only script shows it.
pub(super) fn kept(words: Words) -> Markup {
    html! {
        p.note data-is="kept" hidden {
            (words.get("unsent-kept")) " "
            button.plain data-is="wipe" data-asks=(words.get("unsent-wipe-asks")) type="button" { (words.get("unsent-wipe")) }
        }
    }
}

/// What stands in the place of a form on a shared device until script shows it, and where it works without on one's own.
pub(super) fn need(words: Words, own: Option<&Address>) -> Markup {
    html! {
        .notice data-is="need" {
            h2 { (words.get("unsent-need-title")) }
            p { (words.get("unsent-need")) }
            @if let Some(own) = own { p { a.button href=(own) { (words.get("unsent-need-own")) } } }
        }
    }
}

/// What is said at the end of a form while it is sent, and where it could not be.
pub(super) fn sending(words: Words) -> Markup {
    html! {
        p data-is="wait" role="status" data-says=(words.get("unsent-sending")) {}
        .notice data-is="off" role="alert" tabindex="-1" hidden {
            h2 { (words.get("unsent-off-title")) }
            p { (words.get("unsent-off")) }
            p { button data-is="now" type="button" { (words.get("send-again")) } }
        }
    }
}
