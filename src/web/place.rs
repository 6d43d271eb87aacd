//! What an address of a form shows: the form, or why there is none and where to go instead.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::encoding::Encoding;
use super::error::Unserved;
use super::form::FormView;
use super::masthead::{Masthead, shared};
use super::page::{Keep, Page};
use crate::address::{Address, CODE, HOME};
use crate::office::answering::place::{FormPlace, TakingForm};
use crate::round::Round;
use crate::survey::mode::Mode;
use crate::time::opening;
use crate::words::Words;

/// The words of an address of a round: round, questionnaire, unit, page. Those that are missing are empty; all are where there are more.
#[must_use]
pub fn segments(request: &HttpRequest) -> [&str; 4] {
    let mut rest = request.path().strip_prefix('/').unwrap_or_default();
    let mut found = [""; 4];
    for word in &mut found {
        // By bytes: splitting at a character is made for longer texts, and this is done for every form.
        let end = rest.bytes().position(|byte| byte == b'/');
        let Some((own, further)) = end.and_then(|end| Some((rest.get(..end)?, rest.get(end + 1..)?))) else {
            *word = rest;
            return found;
        };
        (*word, rest) = (own, further);
    }
    Default::default()
}

impl<'a> TakingForm<'a> {
    /// What its form shows.
    pub(super) fn subject(&self, mode: Mode, words: Words) -> FormView<'a> {
        FormView {
            round: &self.round.round.code,
            opened: self.round,
            form: self.form,
            unit: &self.unit.unit,
            mode,
            words,
            seal: self.round.seal.as_ref(),
            coded: None,
        }
    }
}

impl FormView<'_> {
    /// Whose its pages are.
    pub(super) fn masthead(&self) -> Masthead {
        self.opened.round.masthead()
    }

    /// What is said of a link to it. Nothing tells what a code opens.
    pub(super) fn preview(&self) -> Option<String> {
        let (unit, round) = (self.unit.name(self.words.code()), self.opened.round.name(self.words.code()));
        self.coded.is_none().then(|| format!("{} {unit} · {round}", self.words.get("form-about")))
    }
}

impl FormPlace<'_> {
    /// The page for somebody who asked for a form.
    #[must_use]
    pub(super) fn respond(self, words: Words, mode: Mode, encoding: Encoding) -> HttpResponse {
        self.page(words, mode, encoding, false)
    }

    /// The page for somebody who sent a sheet, which says that it was not kept.
    #[must_use]
    pub(super) fn respond_to_sheet(self, words: Words, mode: Mode, encoding: Encoding) -> HttpResponse {
        self.page(words, mode, encoding, true)
    }

    fn page(self, words: Words, mode: Mode, encoding: Encoding, sheet: bool) -> HttpResponse {
        let (status, key, round) = match &self {
            Self::NoForm(opened) => return Unserved::NotFound.respond(words, encoding, opened.round.masthead(), None),
            Self::NoRound(directory) => return Unserved::NotFound.respond(words, encoding, shared(directory), None),
            Self::NotYet(round) => (StatusCode::NOT_FOUND, "state-not-yet", *round),
            Self::Prepared(round) => (StatusCode::NOT_FOUND, "state-prepared", *round),
            Self::NeedsCode(round) => (StatusCode::FORBIDDEN, "state-needs-code", &round.round),
            Self::Over(round, _) => (StatusCode::GONE, "state-over", &round.round),
            // The window is over but the round is not closed yet: a blank form is not given out any more.
            Self::Ready(target) => (StatusCode::GONE, "state-over", &target.round.round),
            Self::Merged(round, ..) => (StatusCode::NOT_FOUND, "state-merged", &round.round),
            Self::NoUnit(round, _) => (StatusCode::NOT_FOUND, "state-unknown-unit", &round.round),
        };
        let written = |words: Words| {
            let body = html! {
                @if sheet { p { strong { (words.get("state-not-kept")) } } }
                (self.body(words, mode, key, round))
            };
            (words.get(&format!("{key}-title")), body)
        };
        let mut page = Page::in_both(words, written);
        page.masthead = round.masthead();
        page.respond(status, Keep::Never, encoding)
    }

    /// What is so, and where to go instead.
    fn body(&self, words: Words, mode: Mode, key: &str, round: &Round) -> Markup {
        match self {
            Self::NeedsCode(_) => html! {
                p { (words.get(key)) }
                p { a.button.primary href=(Address::of(CODE).lang(words)) { (words.get("code-title")) } }
            },
            Self::Merged(opened, form, old, new) => {
                let (old, name) = (old.name(words.code()), new.name(words.code()));
                let address = Address::form(&opened.round.code, &form.questionnaire.id, new.code.as_str()).lang(words).mode(mode);
                html! {
                    p { (words.with(key, [("unit", old), ("successor", name)])) }
                    p { a.button.primary href=(address) { (words.with("state-merged-go", [("successor", name)])) } }
                }
            }
            Self::NoUnit(opened, form) => html! {
                p { (words.get(key)) }
                p {
                    a.button.primary href=(Address::units(&opened.round.code, &form.questionnaire.id).lang(words).mode(mode)) {
                        (words.get("choose-title"))
                    }
                }
            },
            _ => html! {
                p { (words.with(key, [("round", round.name(words.code())), ("date", &opening(words, round))])) }
                @if let Self::Over(opened, true) = self {
                    p { a href=(Address::results(&opened.round.code).lang(words)) { (words.get("state-results")) } }
                }
                p { a href=(Address::of(HOME).lang(words)) { (words.get("to-home")) } }
            },
        }
    }
}
