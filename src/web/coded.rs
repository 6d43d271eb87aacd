//! Answering with a code: enter it, see the form it opens, send.
//!
//! The code comes in the body of a POST only. A slip's QR code has it behind the `#` of the address, which browsers keep to themselves; a
//! few lines of script post it, and without script the field is there to type it into. The server keeps nothing between two requests: every
//! form carries its code along.
//!
//! Phones show keys of digits for the field. Those who hold a code of before, which has letters, follow a link to the same page with all
//! keys.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::answer::PostedTurn;
use super::asking::{Asking, LETTERS};
use super::counters::count;
use super::encoding::Encoding;
use super::entry::sent_there;
use super::error::Unserved;
use super::extract;
use super::form::{CODE_FIELD, TURN_FIELD, TURN_LANGUAGE, asked_value, turn_language};
use super::incoming::{Incoming, Sent};
use super::page::{END, Keep, Page};
use super::promise::{promise, seals};
use super::rating::Rated;
use super::receipt::Receipt;
use super::site::Site;
use super::unsent;
use crate::address::{Address, CODE, CODE_THANKS};
use crate::clock;
use crate::office::answering::place::{FormPlace, TakingForm};
use crate::office::answering::{Opened, Ticket};
use crate::survey::code::Code;
use crate::survey::mode::Mode;
use crate::words::Words;

/// Value of the field of turns: show the form that the code opens.
const TURN_OPEN: &str = "open";

/// Posts the code that stands behind the `#`, also where it comes into a page that is there already, and takes it out of the address and of
/// the history. No page that "back" shows has a code in its field. The link that skips to the content has a name of its own behind the `#`.
const SCRIPT: &str = "(function(){var c=document.getElementById('code');\
function go(){var h=location.hash.slice(1);if(!h||h=='main')return;\
history.replaceState(null,'',location.pathname+location.search);\
try{h=decodeURIComponent(h)}catch(e){h=unescape(h)}\
c.value=h;c.form.submit()}\
addEventListener('hashchange',go);addEventListener('pagehide',function(){c.value=''});go()})()";

/// Marks the field in which something wrong stands, beside the words.
const WRONG: &str = "[aria-invalid]{border:2px solid var(--refuse)}";

/// Characters that the field takes: a whole message, as one is pasted.
const ENTRY_MOST: usize = 500;

/// `GET /c`: the field for a code.
pub(super) async fn entry(site: Data<Site>, asking: Asking, request: HttpRequest) -> HttpResponse {
    site.look_for_proxy(&request);
    let page = entry_page(&site, asking.words(), asking.letters, None);
    page.respond(StatusCode::OK, Keep::Never, Encoding::accepted(&request))
}

/// The page with the field, and what is wrong with what was entered. What was sent comes along, the code as it was typed.
fn entry_page(site: &Site, words: Words, letters: bool, wrong: Option<(&str, &Sent<'_>)>) -> Page {
    let entered = wrong.and_then(|(_, sent)| sent.code.as_deref()).filter(|entered| entered.chars().count() <= ENTRY_MOST);
    let answers = wrong.map(|(_, sent)| sent).filter(|sent| !sent.answers.is_empty());
    let letters = letters || entered.is_some_and(has_letters);
    // With answers there is no link to keys with letters, which would lose them.
    let all_keys = letters || answers.is_some() || entered.is_some_and(|entered| entered.contains(char::is_alphabetic));
    let address = |words: Words| if letters { Address::of(CODE).lang(words).asking(LETTERS, "1") } else { Address::of(CODE).lang(words) };
    let body = html! {
        @if let Some((wrong, _)) = wrong { #code-wrong .notice role="alert" tabindex="-1" autofocus { p { (wrong) } } }
        p { (words.get("code-lead")) }
        form #f method="post" action=(address(words)) {
            @match answers {
                Some(sent) => (carried(sent)),
                None => input type="hidden" name=(TURN_FIELD) value=(TURN_OPEN);,
            }
            p { label for="code" { strong { (words.get("code-label")) } } }
            p.note id="code-help" { (words.get(if letters { "code-help-letters" } else { "code-help" })) }
            p {
                input #code type="text" inputmode=[(!all_keys).then_some("numeric")] name=(CODE_FIELD) value=[entered] required
                    maxlength=(ENTRY_MOST) aria-invalid=[wrong.map(|_| "true")]
                    aria-describedby=(if wrong.is_some() { "code-wrong code-help" } else { "code-help" })
                    autocomplete="off" autocapitalize=[letters.then_some("characters")] spellcheck="false";
            }
            p { button.primary { (words.get("code-button")) } }
            @if answers.is_some() { (unsent::sending(words)) }
        }
        @if !letters && answers.is_none() {
            p { a href=(Address::of(CODE).lang(words).asking(LETTERS, "1")) { (words.get("code-letters")) } }
        }
        (promise(words, seals(&site.answering.directory()), true))
    };
    let mut page = Page::new(words, words.get("code-title"), body);
    page.masthead = site.masthead();
    // A code that comes by itself is not sent with answers that were given with another.
    page.script = if answers.is_none() { SCRIPT } else { "" };
    let there = address(words.other());
    if let Some((wrong, _)) = wrong {
        // What was typed and sent along goes with the button.
        page.turn = turn_language(words, &there);
        wrong.clone_into(&mut page.said);
        WRONG.clone_into(&mut page.style);
    } else {
        page.switch = Some(there);
    }
    page
}

/// Whether what was entered looks like a code of before: it has letters, and not all the digits of one of today.
fn has_letters(entered: &str) -> bool {
    entered.contains(char::is_alphabetic) && entered.chars().filter(|sign| sign.is_numeric()).count() < 12
}

/// What is wrong with what was entered and opens nothing. A slip that reads as a code of another round is looked up there in vain, and told
/// like any other.
fn misread(words: Words, entered: &str) -> String {
    match Code::miscounted(entered) {
        Some(digits) => words.count("code-miscounted", digits),
        None => words.get("code-wrong"),
    }
}

/// Everything that was sent but the code, as it was sent.
fn carried(sent: &Sent<'_>) -> Markup {
    html! {
        @for (name, value) in &sent.answers { input type="hidden" name=(name) value=(value); }
        @if let Some(turn) = &sent.turn { input type="hidden" name=(TURN_FIELD) value=(turn); }
        @if !sent.asked.is_empty() { input type="hidden" name=(TURN_FIELD) value=(asked_value(&sent.asked)); }
    }
}

/// The page that keeps everything that was sent while the database does not answer. Its button sends the same request once more.
fn later(site: &Site, words: Words, encoding: Encoding, sent: &Sent<'_>) -> HttpResponse {
    let body = html! {
        p role="alert" { strong { (words.get(if sent.answers.is_empty() { "later-code" } else { "later-answers" })) } }
        form #f method="post" action=(Address::of(CODE).lang(words)) {
            (carried(sent))
            p { button.primary { (words.get("send-again")) } }
            (unsent::sending(words))
        }
    };
    let mut page = Page::new(words, words.get("later-title"), body);
    page.masthead = site.masthead();
    page.turn = turn_language(words, &Address::of(CODE).lang(words.other()));
    // As it was typed, which may mean several.
    let code = html! { @if let Some(code) = &sent.code { input type="hidden" form="f" name=(CODE_FIELD) value=(code); } }.into_string();
    page.respond_ended_by(StatusCode::SERVICE_UNAVAILABLE, Keep::Never, encoding, (code + END).as_bytes())
}

/// `GET /c/thanks`: received.
pub(super) async fn thanks(site: Data<Site>, asking: Asking, request: HttpRequest) -> HttpResponse {
    let words = asking.words();
    let receipt = Receipt::of(&asking, &request);
    let next = if receipt == Receipt::Sent { "code-another" } else { "code-title" };
    let below = html! { p { a.button href=(Address::of(CODE).lang(words)) { (words.get(next)) } } };
    let mut page = receipt.page(words, asking.again, &below);
    page.masthead = site.masthead();
    page.switch = Some(sent_there(&asking, Address::of(CODE_THANKS)));
    page.respond(StatusCode::OK, Keep::Never, Encoding::accepted(&request))
}

/// `POST /c`: opens what a code opens, and takes what is sent with it.
pub(super) async fn post(site: Data<Site>, asking: Asking, request: HttpRequest, payload: Payload) -> HttpResponse {
    let incoming = Incoming::new(&site, &asking, &request);
    incoming.read(payload, extract::RATING_MAX, async |sent: &Sent<'_>| take(&incoming, asking.letters, sent).await).await
}

async fn take(incoming: &Incoming<'_>, letters: bool, sent: &Sent<'_>) -> HttpResponse {
    let Incoming { site, request, words, encoding, now } = *incoming;
    // Looked up first and counted afterwards: however many wrong ones came from an address, a right one opens.
    let entered = sent.code.as_deref().unwrap_or_default();
    let wrong = || {
        count(&site.counters.refused);
        let (status, wrong) = if site.limiter.is_one_too_many(request, now) {
            (StatusCode::TOO_MANY_REQUESTS, words.get("code-limited"))
        } else {
            (StatusCode::UNPROCESSABLE_ENTITY, misread(words, entered))
        };
        entry_page(site, words, letters, Some((&wrong, sent))).respond(status, Keep::Never, encoding)
    };
    let directory = site.answering.directory();
    let Ok(found) = site.answering.open(&directory, entered).await else {
        count(&site.counters.not_kept);
        return later(site, words, encoding, sent);
    };
    match found {
        Some(opened) if now < opened.round.round.opens_at => FormPlace::NotYet(&opened.round.round).respond(words, Mode::Code, encoding),
        Some(opened) => answer(incoming, &opened, sent).await,
        None => wrong(),
    }
}

/// The form that a code opens, or what becomes of the sheet that was sent with it.
async fn answer(incoming: &Incoming<'_>, opened: &Opened<'_>, sent: &Sent<'_>) -> HttpResponse {
    let Incoming { site, request, words, encoding, .. } = *incoming;
    let (Opened { round, form, .. }, units) = (opened, opened.units());
    let Some(first) = units.first() else { return Unserved::Internal.respond(words, encoding, round.round.masthead(), None) };
    let target = TakingForm { round, form, unit: first, in_window: clock::now() < round.round.closes_at };
    let (mut subject, draft) = (target.subject(Mode::Code, words), opened.draft_name());
    subject.coded = Some(&draft);
    // Who switches the language where a code is wrong has no form yet.
    let blank = match sent.turn.as_deref() {
        Some(TURN_OPEN) => true,
        Some(TURN_LANGUAGE) => sent.answers.is_empty(),
        _ => false,
    };
    if blank && !target.in_window {
        return FormPlace::Over(round, false).respond(words, Mode::Code, encoding);
    }
    if form.questionnaire.rating.is_some() {
        return Rated { site, request, opened, subject, units: &units, sent, encoding }.take(blank).await;
    }
    let turn = PostedTurn { site, request, subject, target: &target, encoding, sent, ticket: Some(Ticket::Code(opened)) };
    if blank { turn.form(StatusCode::OK, None) } else { turn.take().await }
}
