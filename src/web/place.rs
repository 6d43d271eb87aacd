//! From an address to what is there: a form, or why there is none and where to go instead.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use jiff::Timestamp;
use maud::{Markup, html};

use super::encoding::Encoding;
use super::error::Refusal;
use super::form::{CODE_PATH, Subject};
use super::page::{Keep, Page};
use crate::directory::{Directory, Form, OpenedRound};
use crate::keys::forms::SignedKey;
use crate::round::{Round, RoundState};
use crate::store::sheet::SheetKey;
use crate::store::units::Registered;
use crate::survey::mode::Mode;
use crate::time::opening;
use crate::unit::Unit;
use crate::words::Words;

/// A form that takes sheets.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    pub(super) round: &'a OpenedRound,
    pub(super) form: &'a Form,
    pub(super) unit: &'a Registered,
    /// Whether its window is open. Sheets of a form opened in time are taken until the round is closed.
    pub(super) in_window: bool,
}

impl<'a> Target<'a> {
    pub(super) fn subject(&self, mode: Mode, words: Words) -> Subject<'a> {
        Subject {
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

    /// A key as it stands in the form; none where the round has just lost its secret to closing.
    pub(super) fn sign(&self, key: SheetKey) -> Option<SignedKey> {
        Some(self.round.secret.as_ref()?.sign(self.round.about(self.form, self.unit), key))
    }

    /// The key that a form about this unit brings back; none where it was given out for another one, or by nobody.
    pub(super) fn key(&self, signed: &str) -> Option<SheetKey> {
        self.round.secret.as_ref()?.verify(self.round.about(self.form, self.unit), signed)
    }
}

/// What is at an address of a form.
#[derive(Debug, Clone, Copy)]
pub enum Place<'a> {
    /// A form that takes sheets; forms are shown only while its window is open.
    Ready(Target<'a>),
    /// The round has not begun.
    NotYet(&'a Round),
    /// The round is still being prepared, although it should have begun.
    Prepared(&'a Round),
    /// The round is over; whether its results are public.
    Over(&'a OpenedRound, bool),
    /// The unit's work went to another.
    Merged(&'a OpenedRound, &'a Form, &'a Unit, &'a Unit),
    /// The questionnaire does not ask about such a unit.
    NoUnit(&'a OpenedRound, &'a Form),
    /// It can only be answered with a code.
    NeedsCode(&'a OpenedRound),
    /// There is no such round or questionnaire; whether the answers of all rounds are made up.
    Nothing(bool),
}

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

/// Finds what is at `/{round}/{questionnaire}/{unit}` at a time.
#[must_use]
pub fn find<'a>(directory: &'a Directory, [round, questionnaire, unit, _]: [&str; 4], now: Timestamp) -> Place<'a> {
    let Some(round) = directory.round(round) else { return unopened(directory, round, now) };
    let Some(form) = round.form(questionnaire) else { return Place::Nothing(directory.all_synthetic()) };
    if round.round.state != RoundState::Open {
        return Place::Over(round, round.round.state == RoundState::Published);
    }
    if now < round.round.opens_at {
        return Place::NotYet(&round.round);
    }
    if form.questionnaire.requires_code {
        return Place::NeedsCode(round);
    }
    let is_merged = |unit: &Unit| unit.merged_into.is_some() && !unit.exists_on(round.round.day(now));
    if let Some(found) = form.unit(unit).filter(|found| !is_merged(&found.unit)) {
        return Place::Ready(Target { round, form, unit: found, in_window: now < round.round.closes_at });
    }
    match directory.register.get(unit) {
        Some(old) => match directory.successor(unit) {
            Some(successor) if form.unit(successor.code.as_str()).is_some() => Place::Merged(round, form, old, successor),
            _ => Place::NoUnit(round, form),
        },
        None => Place::NoUnit(round, form),
    }
}

/// What is at every address of a round that was never opened. What it will ask, and about whom, may still change.
#[must_use]
pub fn unopened<'a>(directory: &'a Directory, round: &str, now: Timestamp) -> Place<'a> {
    match directory.draft(round) {
        Some(draft) if now < draft.opens_at => Place::NotYet(draft),
        Some(draft) => Place::Prepared(draft),
        None => Place::Nothing(directory.all_synthetic()),
    }
}

impl<'a> Place<'a> {
    /// The page for somebody who asked for a form.
    #[must_use]
    pub fn respond(self, words: Words, mode: Mode, encoding: Encoding) -> HttpResponse {
        self.page(words, mode, encoding, false)
    }

    /// What is there for a sheet: a unit that has been merged since the round was opened still takes those of forms opened in time.
    #[must_use]
    pub fn for_sheet(self) -> Self {
        let kept = |round, form: &'a Form, old: &Unit| {
            let unit = form.unit(old.code.as_str())?;
            Some(Self::Ready(Target { round, form, unit, in_window: false }))
        };
        match self {
            Self::Merged(round, form, old, _) => kept(round, form, old).unwrap_or(self),
            place => place,
        }
    }

    /// The page for somebody who sent a sheet, which says that it was not kept.
    #[must_use]
    pub fn respond_to_sheet(self, words: Words, mode: Mode, encoding: Encoding) -> HttpResponse {
        self.page(words, mode, encoding, true)
    }

    fn page(self, words: Words, mode: Mode, encoding: Encoding, sheet: bool) -> HttpResponse {
        let not_kept = html! { @if sheet { p { strong { (words.get("state-not-kept")) } } } };
        let (status, key, round, body) = match self {
            Self::Nothing(synthetic) => return Refusal::NotFound.respond(words, encoding, synthetic, None),
            Self::NotYet(round) => (StatusCode::NOT_FOUND, "state-not-yet", round, html! {}),
            Self::Prepared(round) => (StatusCode::NOT_FOUND, "state-prepared", round, html! {}),
            Self::NeedsCode(round) => {
                let body = html! { (not_kept) p { (words.get("state-needs-code")) } p { a.button.primary href=(format!("{CODE_PATH}?lang={}", words.code())) { (words.get("code-title")) } } };
                return answer(words, encoding, StatusCode::FORBIDDEN, "state-needs-code-title", &round.round, body);
            }
            Self::Over(round, published) => (StatusCode::GONE, "state-over", &round.round, over(words, round, published)),
            // The window is over but the round is not closed yet: a blank form is not given out any more.
            Self::Ready(target) => (StatusCode::GONE, "state-over", &target.round.round, html! {}),
            Self::Merged(round, form, old, new) => {
                let (old, name) = (old.name(words.code()), new.name(words.code()));
                let address = format!("/{}/{}/{}?lang={}&mode={mode}", round.round.code, form.questionnaire.id, new.code, words.code());
                let body = html! {
                    (not_kept)
                    p { (words.with("state-merged", [("unit", old), ("successor", name)])) }
                    p { a.button.primary href=(address) { (words.with("state-merged-go", [("successor", name)])) } }
                };
                return answer(words, encoding, StatusCode::NOT_FOUND, "state-merged-title", &round.round, body);
            }
            Self::NoUnit(round, form) => {
                let address = format!("/{}/{}?lang={}&mode={mode}", round.round.code, form.questionnaire.id, words.code());
                let body = html! { (not_kept) p { (words.get("state-unknown-unit")) } p { a.button.primary href=(address) { (words.get("choose-title")) } } };
                return answer(words, encoding, StatusCode::NOT_FOUND, "state-unknown-unit-title", &round.round, body);
            }
        };
        let values = [("round", round.name(words.code())), ("date", &opening(words, round))];
        let body = html! { (not_kept) p { (words.with(key, values)) } (body) p { a href=(format!("/?lang={}", words.code())) { (words.get("to-home")) } } };
        answer(words, encoding, status, &format!("{key}-title"), round, body)
    }
}

fn over(words: Words, round: &OpenedRound, published: bool) -> Markup {
    html! {
        @if published { p { a href=(format!("/results/{}?lang={}", round.round.code, words.code())) { (words.get("state-results")) } } }
    }
}

fn answer(words: Words, encoding: Encoding, status: StatusCode, title: &str, round: &Round, body: Markup) -> HttpResponse {
    let mut page = Page::new(words, words.get(title), body);
    page.synthetic = round.synthetic;
    page.respond(status, Keep::Never, encoding)
}
