//! What an address of a form shows: the form, or why there is none and where to go instead.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::encoding::Encoding;
use super::error::Unserved;
use super::form::FormView;
use super::page::{Keep, Page};
use crate::address::{Address, CODE, HOME};
use crate::directory::OpenedRound;
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
            synthetic: self.round.round.synthetic,
            form: self.form,
            unit: &self.unit.unit,
            mode,
            words,
            seal: self.round.seal.as_ref(),
            coded: false,
        }
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
        let not_kept = html! { @if sheet { p { strong { (words.get("state-not-kept")) } } } };
        let (status, key, round, body) = match self {
            Self::Nothing(synthetic) => return Unserved::NotFound.respond(words, encoding, synthetic, None),
            Self::NotYet(round) => (StatusCode::NOT_FOUND, "state-not-yet", round, html! {}),
            Self::Prepared(round) => (StatusCode::NOT_FOUND, "state-prepared", round, html! {}),
            Self::NeedsCode(round) => {
                let body = html! {
                    (not_kept)
                    p { (words.get("state-needs-code")) }
                    p { a.button.primary href=(Address::of(CODE).lang(words)) { (words.get("code-title")) } }
                };
                return answer(words, encoding, StatusCode::FORBIDDEN, "state-needs-code-title", &round.round, body);
            }
            Self::Over(round, published) => (StatusCode::GONE, "state-over", &round.round, over(words, round, published)),
            // The window is over but the round is not closed yet: a blank form is not given out any more.
            Self::Ready(target) => (StatusCode::GONE, "state-over", &target.round.round, html! {}),
            Self::Merged(round, form, old, new) => {
                let (old, name) = (old.name(words.code()), new.name(words.code()));
                let address = Address::form(&round.round.code, &form.questionnaire.id, new.code.as_str()).lang(words).mode(mode);
                let body = html! {
                    (not_kept)
                    p { (words.with("state-merged", [("unit", old), ("successor", name)])) }
                    p { a.button.primary href=(address) { (words.with("state-merged-go", [("successor", name)])) } }
                };
                return answer(words, encoding, StatusCode::NOT_FOUND, "state-merged-title", &round.round, body);
            }
            Self::NoUnit(round, form) => {
                let address = Address::units(&round.round.code, &form.questionnaire.id).lang(words).mode(mode);
                let body = html! {
                    (not_kept)
                    p { (words.get("state-unknown-unit")) }
                    p { a.button.primary href=(address) { (words.get("choose-title")) } }
                };
                return answer(words, encoding, StatusCode::NOT_FOUND, "state-unknown-unit-title", &round.round, body);
            }
        };
        let values = [("round", round.name(words.code())), ("date", &opening(words, round))];
        let body = html! {
            (not_kept)
            p { (words.with(key, values)) }
            (body)
            p { a href=(Address::of(HOME).lang(words)) { (words.get("to-home")) } }
        };
        answer(words, encoding, status, &format!("{key}-title"), round, body)
    }
}

fn over(words: Words, round: &OpenedRound, published: bool) -> Markup {
    html! {
        @if published { p { a href=(Address::results(&round.round.code).lang(words)) { (words.get("state-results")) } } }
    }
}

fn answer(words: Words, encoding: Encoding, status: StatusCode, title: &str, round: &Round, body: Markup) -> HttpResponse {
    let mut page = Page::new(words, words.get(title), body);
    page.synthetic = round.synthetic;
    page.respond(status, Keep::Never, encoding)
}
