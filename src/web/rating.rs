//! The form about units: one document, an overview with links, every unit a section of its own, a review before sending as the last one.
//!
//! Style alone shows one section at a time (`:target`), so that it works without script; a browser that does not know `:has` shows
//! everything one after another. The server keeps nothing: what was answered travels along with every turn.

mod standing;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::answer::{EMPTY, SLOWER, said_of};
use super::counters::count;
use super::encoding::Encoding;
use super::error::{Unserved, faults};
use super::extract::FormField;
use super::form::{
    Conditions, FilledForm, FormPage, FormView, TURN_CONFIRM, TURN_FIELD, coded_tail, heading, language_button, said, send_again,
    style_of_units, time_needed,
};
use super::incoming::Sent;
use super::opened;
use super::page::{Keep, Page};
use super::promise::promise;
use super::site::Site;
use super::unsent;
use crate::clock;
use crate::deposit::Deposited;
use crate::office::answering::place::FormPlace;
use crate::office::answering::{Opened, Ticket};
use crate::survey::mode::Mode;
use crate::survey::reading::about::{NOT_WORKED_WITH, UNIT_MARK, UnitReading, read_about};
use crate::survey::{Questionnaire, Rating};
use crate::unit::Registered;
use crate::words::Words;

/// Value of the field of turns: the same form at its review. Enter asks for it, so that it never sends.
const TURN_REVIEW: &str = "review";

/// How units stand on paper, one after another.
const ON_PAPER: &str = include_str!("rating/print.css");

/// Id of the section before sending.
const REVIEW: &str = "review";

/// Begins the id of the place in a unit from which on questions without an answer are marked.
const MARKED: &str = "m";

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
        // Whatever a button asks for otherwise, it is not to send.
        if !matches!(self.sent.turn.as_deref(), None | Some("" | TURN_CONFIRM)) {
            return self.form(StatusCode::OK, answers, None);
        }
        let (questionnaire, places) = (&self.opened.form.questionnaire, &self.opened.form.places);
        let scope: Vec<&str> = self.units.iter().map(|unit| unit.unit.code.as_str()).collect();
        match read_about(questionnaire, places, &scope, answers.iter().map(|(name, value)| (&**name, &**value))) {
            Err(found) => {
                count(&self.site.counters.refused);
                self.refuse(Unserved::Impossible, Some(&|words| faults(words, &found)))
            }
            Ok(readings) => self.hand_in(&readings).await,
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

    fn form(&self, status: StatusCode, answers: &[FormField<'_>], notice: Option<&str>) -> HttpResponse {
        let questionnaire = &self.opened.form.questionnaire;
        let Some(rating) = &questionnaire.rating else { return self.refuse(Unserved::NotFound, None) };
        let filled = FilledForm::new(answers);
        let sections = Sections { rated: self, questionnaire, rating, filled: &filled, conditions: &Conditions::of(questionnaire) };
        let said = notice.map_or_else(String::new, |notice| heading(self.subject.words, notice));
        self.respond(status, sections.body(notice), said)
    }

    /// One section at a time, but all of them on paper; what is closed is hidden; the overview says how far each unit is.
    fn style(&self, words: Words) -> String {
        let sections = "@media screen{@supports selector(:has(*)){.u{display:none}.u:target,.u:has(:target){display:block}\
             form:has(.u:target,.u :target) #over{display:none}.u:has(.none:checked) .items{display:none}}}";
        let mark = words.get("missed-mark");
        let marked = format!(
            ".u:has(.mk:target) fieldset:not(:has(:checked)) legend::after{{content:\"! {mark}\";display:block;color:var(--refuse)}}"
        );
        let units = self.units.iter().map(|unit| unit.unit.code.as_str());
        let questionnaire = &self.opened.form.questionnaire;
        let counted = style_of_units(questionnaire, words, self.units.len());
        [&counted, sections, &marked, &standing::style(questionnaire, units), ON_PAPER].concat()
    }

    /// The first button of the form, which Enter presses, leads to the review and never sends.
    fn turns(&self) -> Markup {
        let (words, subject) = (self.subject.words, &self.subject);
        html! {
            button hidden form="f" name=(TURN_FIELD) value=(TURN_REVIEW) formaction=(subject.address(words).at(format_args!("{REVIEW}"))) {}
            (language_button(words, &subject.address(words.other())))
        }
    }

    fn refuse(&self, why: Unserved, onward: Option<&dyn Fn(Words) -> Markup>) -> HttpResponse {
        why.respond(self.subject.words, self.encoding, self.subject.masthead(), onward)
    }

    fn respond(&self, status: StatusCode, body: Markup, said: String) -> HttpResponse {
        let (words, questionnaire) = (self.subject.words, &self.opened.form.questionnaire);
        let mut page = Page::new(words, questionnaire.title.get(questionnaire.language(words.code())), body);
        page.masthead = self.subject.masthead();
        (page.style, page.other_style) = (self.style(words), self.style(words.other()));
        page.script = &unsent::SCRIPT;
        page.turn = self.turns();
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
                Some(notice) => (said(words, notice, &send_again(words, false))),
                None => {}
            }
            form #f method="post" action=(self.rated.subject.address(words)) autocomplete="off" data-draft=[self.rated.subject.draft()] {
                section #over {
                    @if let Some(group) = group { p.note { (group.text.get(language)) } }
                    @if let Some(introduction) = &self.questionnaire.introduction { p { (introduction.get(language)) } }
                    p { (time_needed(words, self.questionnaire, self.rated.units.len())) }
                    (unsent::kept(words))
                    (promise(words, self.rated.subject.seal, true))
                    @if self.questionnaire.items.iter().any(|item| item.example) { p.note { (words.get("rating-example")) } }
                    h2 { (words.count("rating-units", self.rated.units.len())) }
                    p { (words.get("rating-any-order")) }
                    (self.list("u"))
                    a.button.primary href=(format!("#{REVIEW}")) { (words.get("rating-review")) }
                }
                @for (place, unit) in self.rated.units.iter().enumerate() { (self.unit(place, unit, language)) }
                (self.review())
                (unsent::sending(words))
            }
        }
    }

    /// The units with how far each is, leading to the places whose ids begin so.
    fn list(&self, begins: &str) -> Markup {
        let words = self.rated.subject.words;
        html! {
            ul.list {
                @for (place, unit) in self.rated.units.iter().enumerate() {
                    li { a href=(format!("#{begins}{place}")) {
                        (unit.unit.name(words.code()))
                        (standing::said(words, place))
                    } }
                }
            }
        }
    }

    /// Where everything is looked over and sent. From here units are come to with a mark on each question that has no answer.
    fn review(&self) -> Markup {
        let words = self.rated.subject.words;
        html! {
            section.u #(REVIEW) {
                h2 { (words.get("rating-review")) }
                p { (words.get("review-lead")) }
                (self.list(MARKED))
                p { a.button href="#over" { (words.get("rating-list")) } }
                p.note { (words.get("form-before-send")) }
                button.primary { (words.get("form-send")) }
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
                i.mk id=(format!("{MARKED}{place}")) {}
                .row {
                    small { (words.with("rating-unit", [("number", &(place + 1).to_string()), ("total", &total.to_string())])) }
                    (language_button(words, &self.rated.subject.address(words.other()).at(format_args!("u{place}"))))
                }
                h2 { (unit.unit.name(words.code())) }
                label.o.na { input.none type="checkbox" name=(code) value=(NOT_WORKED_WITH) checked[self.filled.has(code, NOT_WORKED_WITH)];
                    span { (self.rating.not_worked_with.get(language)) } }
                .items {
                    @for (part, heading) in self.questionnaire.parts.iter().enumerate() {
                        h3 { (heading.title.get(language)) }
                        @for (item_place, item) in self.questionnaire.items_of(part) { (view.item(item_place, item)) }
                    }
                }
                p.row {
                    @if place + 1 < total { a.button href=(format!("#u{}", place + 1)) { (words.get("rating-next")) } }
                    @else { a.button href=(format!("#{REVIEW}")) { (words.get("rating-review")) } }
                    a.button href="#over" { (words.get("rating-list")) }
                }
            }
        }
    }
}
