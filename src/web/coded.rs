//! Answering with a code: enter it, see the form it opens, send.
//!
//! The code comes in the body of a POST only. A slip's QR code has it behind the `#` of the address, which browsers keep to themselves; a few
//! lines of script post it, and without script the field is there to type it into. The server keeps nothing between two requests: every
//! form carries its code along.

use actix_web::http::StatusCode;
use actix_web::http::header::HeaderValue;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use maud::html;

use super::answer::{Asking, Sent, Ticket, Turn, see_other};
use super::encoding::Encoding;
use super::error::Refusal;
use super::extract;
use super::form::{CODE_FIELD, CODE_PATH, TURN_FIELD};
use super::guard;
use super::metrics::count;
use super::page::{Keep, Page};
use super::place::{Place, Target};
use super::rating::{DRAFT_SCRIPT, Rated};
use super::site::Site;
use crate::clock;
use crate::directory::{Directory, Form, OpenedRound};
use crate::keys::Pepper;
use crate::store::codes::{CodeHash, IssuedCode};
use crate::store::rounds::RoundState;
use crate::store::sheet::SheetKey;
use crate::survey::code::{Code, Tag};
use crate::survey::mode::Mode;
use crate::words::Words;

/// Value of the field of turns: show the form that the code opens.
const TURN_OPEN: &str = "open";

/// Posts the code that stands behind the `#`, and takes it out of the address and of the history.
const SCRIPT: &str = "var h=location.hash.slice(1);if(h){history.replaceState(null,'',location.pathname+location.search);\
var c=document.getElementById('code');c.value=decodeURIComponent(h);c.form.submit()}";

/// A code with what it opens.
#[derive(Debug)]
pub(super) struct Opened<'a> {
    pub(super) round: &'a OpenedRound,
    pub(super) form: &'a Form,
    pub(super) issued: IssuedCode,
    pub(super) code: Code,
    hash: CodeHash,
    pepper: &'a Pepper,
}

impl<'a> Opened<'a> {
    /// Finds what a code opens: one keyed hash and one read in the round that it says it is for.
    async fn find(site: &Site, directory: &'a Directory, code: Code) -> crate::store::Result<Option<Self>> {
        let open = directory.rounds.iter().filter(|round| round.round.state == RoundState::Open && is_for(round, &code));
        for (round, pepper) in open.filter_map(|round| Some((round, round.pepper.as_ref()?))) {
            let hash = pepper.code_hash(&code);
            let Some(issued) = site.store.code(round.round.id, hash).await? else { continue };
            let form = round.questionnaires.iter().find(|form| form.id == issued.questionnaire);
            return Ok(form.map(|form| Self { round, form, issued, code, hash, pepper }));
        }
        Ok(None)
    }

    /// The key of the code's sheet about a unit.
    pub(super) fn key(&self, unit: i32) -> SheetKey {
        self.pepper.sheet_key(&self.code, unit)
    }

    /// What a device may call the draft of the code's sheet.
    pub(super) fn draft_name(&self) -> String {
        self.pepper.draft_name(&self.code)
    }

    /// Sets the code's bit, now that its sheet is on the disk, and goes on to the page that says so.
    pub(super) async fn spent(&self, site: &Site, again: bool, words: Words, encoding: Encoding) -> HttpResponse {
        if let Err(error) = site.store.spend_code(self.round.round.id, self.hash).await {
            // The sheet counts; whoever tries again is recognised by its key.
            tracing::error!(%error, "a code could not be marked as used");
        }
        if again {
            return self.spent_page(words, encoding);
        }
        HeaderValue::from_str(&format!("{CODE_PATH}/thanks?lang={}", words.code())).map_or_else(|_| HttpResponse::Ok().finish(), see_other)
    }

    /// The one page for a code that was used, whoever asks.
    fn spent_page(&self, words: Words, encoding: Encoding) -> HttpResponse {
        let body = html! {
            p role="status" { strong { (words.get("code-spent")) } }
            p { (words.get("again-lead")) }
            p { a.button href=(format!("{CODE_PATH}?lang={}", words.code())) { (words.get("code-another")) } }
        };
        let mut page = Page::new(words, words.get("code-spent-title"), body);
        page.synthetic = self.round.round.synthetic;
        page.respond(StatusCode::GONE, Keep::Never, encoding)
    }
}

/// `GET /c`: the field for a code.
pub(super) async fn entry(site: Data<Site>, asking: Asking, request: HttpRequest) -> HttpResponse {
    let page = entry_page(&site, asking.words(), StatusCode::OK, None);
    page.respond(StatusCode::OK, Keep::Never, Encoding::accepted(request.headers()))
}

/// The page with the field, and what is wrong with what was entered.
fn entry_page(site: &Site, words: Words, status: StatusCode, wrong: Option<&str>) -> Page {
    let action = format!("{CODE_PATH}?lang={}", words.code());
    let body = html! {
        @if let Some(wrong) = wrong { .notice role="alert" tabindex="-1" autofocus { p { (words.get(wrong)) } } }
        p { (words.get("code-lead")) }
        form method="post" action=(action) {
            input type="hidden" name=(TURN_FIELD) value=(TURN_OPEN);
            p { label for="code" { strong { (words.get("code-label")) } } }
            p.note id="code-help" { (words.get("code-help")) }
            p { input #code type="text" name=(CODE_FIELD) autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="40" aria-describedby="code-help" required; }
            p { button.primary { (words.get("code-button")) } }
        }
        (super::form::promise(words))
    };
    let mut page = Page::new(words, words.get("code-title"), body);
    page.synthetic = site.all_synthetic();
    if status == StatusCode::OK {
        page.script = SCRIPT;
    }
    page.switch = Some(format!("{CODE_PATH}?lang={}", words.other().code()));
    page
}

/// `GET /c/thanks`: received.
pub(super) async fn thanks(site: Data<Site>, asking: Asking, request: HttpRequest) -> HttpResponse {
    let words = asking.words();
    let body = html! {
        p role="status" { strong { (words.get("thanks-lead")) } }
        p { (words.get("thanks-mixed")) }
        p { (words.get("thanks-results")) }
        p { a.button href=(format!("{CODE_PATH}?lang={}", words.code())) { (words.get("code-another")) } }
    };
    let mut page = Page::new(words, words.get("thanks-title"), body);
    page.synthetic = site.all_synthetic();
    // On a page without a form it only erases: `Clear-Site-Data` does so over https alone.
    page.script = DRAFT_SCRIPT;
    let mut response = page.respond(StatusCode::OK, Keep::Never, Encoding::accepted(request.headers()));
    super::entry::forget(&mut response);
    response
}

/// `POST /c`: opens what a code opens, and takes what is sent with it.
pub(super) async fn post(site: Data<Site>, asking: Asking, request: HttpRequest, payload: Payload) -> HttpResponse {
    let (words, encoding, now) = (asking.words(), Encoding::accepted(request.headers()), clock::now());
    let refuse = |refusal: Refusal| {
        count(&site.counters.refused);
        site.limiter.refuse(&request, now);
        refusal.respond(words, encoding, site.all_synthetic(), None)
    };
    if !guard::is_same_site(request.headers()) {
        return refuse(Refusal::CrossSite);
    }
    let body = match extract::body(&request, payload, extract::RATING_MAX, site.patience.body).await {
        Ok(body) => body,
        Err(refusal) => return refuse(refusal),
    };
    let sent = match body.fields() {
        Ok(fields) => Sent::new(fields),
        Err(refusal) => return refuse(refusal),
    };
    let wrong = |status: StatusCode, key: &str| {
        count(&site.counters.refused);
        entry_page(&site, words, status, Some(key)).respond(status, Keep::Never, encoding)
    };
    if site.limiter.is_limited(&request, now) {
        return wrong(StatusCode::TOO_MANY_REQUESTS, "code-limited");
    }
    let directory = site.directory.now();
    let known = |code: &Code| directory.rounds.iter().any(|round| is_for(round, code));
    let Some(code) = sent.code.as_deref().and_then(Code::read).filter(known) else {
        site.limiter.refuse(&request, now);
        return wrong(StatusCode::UNPROCESSABLE_ENTITY, "code-misspelt");
    };
    let found = Opened::find(&site, &directory, code).await;
    let response = match found {
        Ok(Some(opened)) if opened.issued.used => opened.spent_page(words, encoding),
        Ok(Some(opened)) if now < opened.round.round.opens_at => Place::NotYet(&opened.round.round).respond(words, Mode::Code, encoding),
        Ok(Some(opened)) => answer(&site, &opened, &sent, words, encoding).await,
        Ok(None) => {
            site.limiter.refuse(&request, now);
            wrong(StatusCode::UNPROCESSABLE_ENTITY, "code-unknown")
        }
        Err(error) => {
            tracing::error!(%error, "a code could not be looked up");
            Refusal::Internal.respond(words, encoding, site.all_synthetic(), None)
        }
    };
    if response.status() == StatusCode::BAD_REQUEST {
        count(&site.counters.refused);
        site.limiter.refuse(&request, now);
    }
    response
}

/// Whether a code says that it is for a round.
fn is_for(round: &OpenedRound, code: &Code) -> bool {
    code.tag() == Tag::of_round(round.round.id)
}

/// The form that a code opens, or what becomes of the sheet that was sent with it.
async fn answer(site: &Site, opened: &Opened<'_>, sent: &Sent<'_>, words: Words, encoding: Encoding) -> HttpResponse {
    let Opened { round, form, issued, .. } = opened;
    let units: Vec<_> = issued.scope.iter().filter_map(|row| form.units.iter().find(|unit| unit.id == *row)).collect();
    let Some(first) = units.first() else { return Refusal::Internal.respond(words, encoding, round.round.synthetic, None) };
    let target = Target { round, form, unit: first, in_window: clock::now() < round.round.closes_at };
    let mut subject = target.subject(Mode::Code, words);
    subject.coded = true;
    let blank = sent.turn.as_deref() == Some(TURN_OPEN);
    if blank && !target.in_window {
        return Place::Over(round, false).respond(words, Mode::Code, encoding);
    }
    if form.questionnaire.rating.is_some() {
        return Rated { site, opened, subject, units: &units, sent, encoding }.take(blank).await;
    }
    let turn = Turn { site, subject, target: &target, encoding, sent, ticket: Ticket::Code(opened) };
    if blank { turn.form(StatusCode::OK, None) } else { turn.take().await }
}
