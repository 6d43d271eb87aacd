//! The form about units: one document, an overview with links, every unit a section of its own, a review before sending.
//!
//! Style alone shows one section at a time (`:target`), so that it works without script; a browser that does not know `:has` shows
//! everything one after another. The server keeps nothing: what was answered travels along with every turn.

mod standing;

use std::borrow::Cow;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::answer::{EMPTY, SLOWER, said_of};
use super::counters::count;
use super::encoding::Encoding;
use super::error::{Unserved, faults};
use super::extract::FormField;
use super::form::{
    Conditions, FilledForm, FormPage, FormView, TURN_CONFIRM, TURN_FIELD, TURN_LANGUAGE, coded_tail, heading, language_button, said,
    send_again, style_of_units, time_needed, turn_language,
};
use super::incoming::Sent;
use super::opened;
use super::page::{Keep, Page};
use super::promise::promise;
use super::site::Site;
use crate::address::{Address, CODE};
use crate::clock;
use crate::deposit::Deposited;
use crate::office::answering::place::FormPlace;
use crate::office::answering::{Opened, Ticket};
use crate::survey::mode::Mode;
use crate::survey::reading::about::{NOT_WORKED_WITH, UNIT_MARK, UnitReading, read_about};
use crate::survey::{Questionnaire, Rating};
use crate::unit::Registered;
use crate::words::Words;

/// Keeps a draft on the device for whoever ticks so, and erases it: on sending, on a button, after 24 hours.
pub(super) const DRAFT_SCRIPT: &str = include_str!("draft.js");

/// Value of the field of turns: back to the form, as it is.
const TURN_EDIT: &str = "edit";
/// Begins the value of the field of turns that answers a unit like the one before it; its place follows.
const TURN_COPY: &str = "copy:";

/// What was sent about units, on its way through.
pub(super) struct Rated<'a> {
    pub(super) site: &'a Site,
    pub(super) request: &'a HttpRequest,
    pub(super) opened: &'a Opened<'a>,
    pub(super) subject: FormView<'a>,
    /// The units of the code's scope, in its order.
    pub(super) units: &'a [&'a Registered],
    pub(super) sent: &'a Sent<'a>,
    pub(super) encoding: Encoding,
}

impl Rated<'_> {
    pub(super) async fn take(&self, blank: bool) -> HttpResponse {
        if blank {
            return self.form(StatusCode::OK, &[], None);
        }
        let answers = &self.sent.answers;
        match self.sent.turn.as_deref() {
            Some(TURN_LANGUAGE | TURN_EDIT) => return self.form(StatusCode::OK, answers, None),
            Some(turn) if turn.starts_with(TURN_COPY) => return self.copied(turn.trim_start_matches(TURN_COPY)),
            _ => {}
        }
        let (questionnaire, places) = (&self.opened.form.questionnaire, &self.opened.form.places);
        let scope: Vec<&str> = self.units.iter().map(|unit| unit.unit.code.as_str()).collect();
        match read_about(questionnaire, places, &scope, answers.iter().map(|(name, value)| (&**name, &**value))) {
            Err(found) => {
                count(&self.site.counters.refused);
                self.refuse(Unserved::Impossible, Some(&|words| faults(words, &found)))
            }
            Ok(readings) if self.sent.turn.as_deref() == Some(TURN_CONFIRM) => self.hand_in(&readings).await,
            Ok(readings) => self.review(&readings),
        }
    }

    /// One sheet a unit of the scope, all in one commit, unlinked from there on: each has a key of its own. Those without an answer go
    /// along, so that no file says which units were rated; they end at closing.
    async fn hand_in(&self, readings: &[UnitReading]) -> HttpResponse {
        // Before anything is looked up: an empty form says nothing about the code, and uses nothing up.
        if readings.iter().all(|about| !about.closed && about.reading.sheet.is_blank(&self.opened.form.questionnaire)) {
            return self.form(StatusCode::UNPROCESSABLE_ENTITY, &self.sent.answers, Some(EMPTY));
        }
        let counters = &self.site.counters;
        if !self.site.limiter.takes_sheet(self.request, clock::now()) {
            count(&counters.refused);
            return self.form(StatusCode::TOO_MANY_REQUESTS, &self.sent.answers, Some(SLOWER));
        }
        let answered = self.units.iter().zip(readings).map(|(unit, about)| (unit.id, &about.reading.sheet));
        match self.site.answering.hand_in(Ticket::Code(self.opened), Mode::Code, answered).await {
            Ok(outcome @ (Deposited::Received | Deposited::AlreadyReceived)) => {
                let again = outcome == Deposited::AlreadyReceived;
                if again {
                    count(&counters.again);
                }
                opened::received(self.opened, again, self.subject.words, self.encoding)
            }
            Ok(Deposited::Closed) => {
                count(&counters.late);
                FormPlace::Over(self.opened.round, false).respond_to_sheet(self.subject.words, Mode::Code, self.encoding)
            }
            Err(why) => {
                count(&counters.not_kept);
                self.form(StatusCode::SERVICE_UNAVAILABLE, &self.sent.answers, Some(said_of(why)))
            }
        }
    }

    /// The form with one unit answered like the one before it. Only ever because a button was pressed.
    fn copied(&self, place: &str) -> HttpResponse {
        let place = place.parse::<usize>().ok().and_then(|place| Some((place.checked_sub(1)?, place)));
        let unit = |place: usize| self.units.get(place).map(|unit| unit.unit.code.as_str());
        let Some((from, to)) = place.and_then(|(before, place)| Some((unit(before)?, unit(place)?))) else {
            return self.form(StatusCode::OK, &self.sent.answers, None);
        };
        let is_of = |name: &str, unit: &str| name == unit || name.split_once(UNIT_MARK).is_some_and(|(of, _)| of == unit);
        let mut answers: Vec<FormField<'_>> = self.sent.answers.iter().filter(|(name, _)| !is_of(name, to)).cloned().collect();
        // What was written about one unit is not said of another.
        let is_choice = |name: &str| {
            let code = name.rsplit(UNIT_MARK).next().unwrap_or_default();
            self.opened.form.questionnaire.items.iter().any(|item| item.code == code && !item.is_remark())
        };
        let copied = self.sent.answers.iter().filter(|(name, _)| is_of(name, from) && is_choice(name));
        let copied: Vec<FormField<'_>> = copied.map(|(name, value)| (Cow::Owned(name.replacen(from, to, 1)), value.clone())).collect();
        answers.extend(copied);
        self.form(StatusCode::OK, &answers, None)
    }

    fn form(&self, status: StatusCode, answers: &[FormField<'_>], notice: Option<&str>) -> HttpResponse {
        let questionnaire = &self.opened.form.questionnaire;
        let Some(rating) = &questionnaire.rating else { return self.refuse(Unserved::NotFound, None) };
        let filled = FilledForm::new(answers);
        let sections = Sections { rated: self, questionnaire, rating, filled: &filled, conditions: &Conditions::of(questionnaire) };
        let style = [style_of_units(questionnaire, self.subject.words, self.units.len()), self.style()].concat();
        let said = notice.map_or_else(String::new, |notice| heading(self.subject.words, notice));
        self.respond(status, sections.body(notice), style, DRAFT_SCRIPT, said)
    }

    /// One section at a time; what is closed is hidden; the overview says how far each unit is.
    fn style(&self) -> String {
        let sections = "@supports selector(:has(*)){.u{display:none}.u:target,.u:has(:target){display:block}\
             form:has(.u:target,.u :target) #over{display:none}.u:has(.none:checked) .items{display:none}}";
        let units = self.units.iter().map(|unit| unit.unit.code.as_str());
        [sections, &standing::style(&self.opened.form.questionnaire, units)].concat()
    }

    fn review(&self, readings: &[UnitReading]) -> HttpResponse {
        let words = self.subject.words;
        let here = |place: usize| Address::of(CODE).lang(words).at(format_args!("u{place}"));
        let body = html! {
            p role="status" { (words.get("review-lead")) }
            form #f method="post" action=(Address::of(CODE).lang(words)) {
                ul.list {
                    @for (place, (unit, about)) in self.units.iter().zip(readings).enumerate() {
                        li {
                            strong { (unit.unit.name(words.code())) } br;
                            (self.reviewed(about)) " "
                            button.plain name=(TURN_FIELD) value=(TURN_EDIT) formaction=(here(place))
                                aria-label=(words.with("review-change-unit", [("unit", unit.unit.name(words.code()))])) {
                                (words.get("review-change"))
                            }
                        }
                    }
                }
                @for (name, value) in &self.sent.answers { input type="hidden" name=(name) value=(value); }
                p.note { (words.get("form-before-send")) }
                p { button.primary name=(TURN_FIELD) value=(TURN_CONFIRM) { (words.get("form-send")) } }
            }
        };
        self.respond(StatusCode::OK, body, String::new(), "", String::new())
    }

    fn reviewed(&self, about: &UnitReading) -> Markup {
        let words = self.subject.words;
        let questions = self.opened.form.questionnaire.items.iter().filter(|item| !item.is_remark()).count();
        let answered = questions.saturating_sub(about.reading.missed.len());
        html! {
            @if about.closed { (words.get("review-closed")) }
            @else if about.reading.sheet.is_blank(&self.opened.form.questionnaire) { (words.get("review-none")) }
            @else { (words.with("review-answered", [("n", &answered.to_string()), ("total", &questions.to_string())])) }
        }
    }

    fn refuse(&self, why: Unserved, onward: Option<&dyn Fn(Words) -> Markup>) -> HttpResponse {
        why.respond(self.subject.words, self.encoding, self.subject.masthead(), onward)
    }

    fn respond(&self, status: StatusCode, body: Markup, style: String, script: &'static str, said: String) -> HttpResponse {
        let (words, questionnaire) = (self.subject.words, &self.opened.form.questionnaire);
        let mut page = Page::new(words, questionnaire.title.get(questionnaire.language(words.code())), body);
        page.masthead = self.subject.masthead();
        page.style = style;
        page.script = script;
        page.turn = turn_language(words, &self.subject.address(words.other()));
        page.said = said;
        page.respond_ended_by(status, Keep::Never, self.encoding, &coded_tail(&self.opened.code))
    }
}

struct Sections<'a> {
    rated: &'a Rated<'a>,
    questionnaire: &'a Questionnaire,
    rating: &'a Rating,
    filled: &'a FilledForm,
    conditions: &'a Conditions,
}

impl Sections<'_> {
    fn body(&self, notice: Option<&str>) -> Markup {
        let words = self.rated.subject.words;
        let language = self.questionnaire.language(words.code());
        let group = self.rating.group(self.rated.opened.group());
        html! {
            @match notice {
                Some(EMPTY) => (said(words, EMPTY, &html! {})),
                // Whoever is told so had looked it over and sent it.
                Some(notice) => (said(words, notice, &send_again(words, true))),
                None => {}
            }
            form #f method="post" action=(self.rated.subject.address(words)) {
                section #over {
                    @if let Some(group) = group { p.note { (group.text.get(language)) } }
                    @if let Some(introduction) = &self.questionnaire.introduction { p { (introduction.get(language)) } }
                    p { (time_needed(words, self.questionnaire, self.rated.units.len())) }
                    (promise(words, self.rated.subject.seal, true))
                    @if self.questionnaire.items.iter().any(|item| item.example) { p.note { (words.get("rating-example")) } }
                    h2 { (words.count("rating-units", self.rated.units.len())) }
                    p { (words.get("rating-any-order")) }
                    ul.list {
                        @for (place, unit) in self.rated.units.iter().enumerate() {
                            li { a href=(format!("#u{place}")) {
                                (unit.unit.name(words.code()))
                                (standing::said(words, place))
                            } }
                        }
                    }
                    // Only script can keep a draft, so only script shows this.
                    div #draft hidden data-draft=(self.rated.opened.draft_name()) {
                        label.o { input #keep type="checkbox"; span { (words.get("draft-keep")) } }
                        p.note { (words.get("draft-help")) }
                        p { button #wipe type="button" { (words.get("draft-wipe")) } }
                    }
                    button.primary { (words.get("rating-review")) }
                }
                @for (place, unit) in self.rated.units.iter().enumerate() { (self.unit(place, unit, language)) }
            }
        }
    }

    fn unit(&self, place: usize, unit: &Registered, language: &str) -> Markup {
        let (words, total) = (self.rated.subject.words, self.rated.units.len());
        let code = unit.unit.code.as_str();
        let prefix = format!("{code}{UNIT_MARK}");
        let view = FormPage {
            subject: &self.rated.subject,
            questionnaire: self.questionnaire,
            language,
            words,
            filled: self.filled,
            conditions: self.conditions,
            prefix: &prefix,
            missed: None,
        };
        html! {
            section.u id=(format!("u{place}")) {
                .row {
                    small { (words.with("rating-unit", [("number", &(place + 1).to_string()), ("total", &total.to_string())])) }
                    (language_button(words, &self.rated.subject.address(words.other()).at(format_args!("u{place}"))))
                }
                h2 { (unit.unit.name(words.code())) }
                label.o.na { input.none type="checkbox" name=(code) value=(NOT_WORKED_WITH) checked[self.filled.has(code, NOT_WORKED_WITH)];
                    span { (self.rating.not_worked_with.get(language)) } }
                .items {
                    @if place > 0 {
                        p { button.plain name=(TURN_FIELD) value=(format!("{TURN_COPY}{place}"))
                            formaction=(self.rated.subject.address(words).at(format_args!("u{place}"))) { (words.get("rating-copy")) } }
                    }
                    @for (part, heading) in self.questionnaire.parts.iter().enumerate() {
                        h3 { (heading.title.get(language)) }
                        @for (item_place, item) in self.questionnaire.items_of(part) { (view.item(item_place, item)) }
                    }
                }
                p.row {
                    @if place + 1 < total { a.button href=(format!("#u{}", place + 1)) { (words.get("rating-next")) } }
                    a.button href="#over" { (words.get("rating-list")) }
                }
            }
        }
    }
}
