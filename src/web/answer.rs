//! Answering: the form about a unit, the sheet that comes back, and what the respondent is told.

use actix_web::dev::Payload;
use actix_web::http::header::{self, ACCEPT_ENCODING, HeaderValue};
use actix_web::http::uri::PathAndQuery;
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse};
use jiff::Timestamp;
use maud::html;

use super::asking::{Asking, SENT};
use super::counters::count;
use super::encoding::{Effort, Encoding, Prefix, TwoPieces};
use super::error::{Unserved, faults};
use super::extract;
use super::form::{self, FilledForm, FormView, Missed, Notice, TURN_CONFIRM, TURN_LANGUAGE};
use super::incoming::{Incoming, Sent};
use super::kept_form::{FormKey, KeptForm};
use super::opened;
use super::page::{Keep, see_other, start};
use super::place::segments;
use super::site::Site;
use super::worker::{GivenForm, Moment, Worker};
use crate::address::Address;
use crate::clock;
use crate::deposit::{Deposited, NotKept, SheetKey};
use crate::office::answering::Ticket;
use crate::office::answering::place::{FormPlace, TakingForm, find};
use crate::survey::mode::Mode;
use crate::survey::reading::{self, Reading};
use crate::words::Words;

/// The blank form that the same address led to in this second already, with a key of its own.
pub(super) fn same(site: &Site, worker: &Worker, request: &HttpRequest) -> Option<HttpResponse> {
    let moment = moment(site.answering.directory().revision, clock::now(), request)?;
    worker.same(full_address(request), moment, |given| {
        worker.count();
        give(given)
    })
}

/// When a request came, and what it accepts; none where it says that on several lines, which no browser does.
fn moment(revision: i64, now: Timestamp, request: &HttpRequest) -> Option<Moment<'_>> {
    let mut lines = request.headers().get_all(ACCEPT_ENCODING).map(HeaderValue::as_bytes);
    let accepts = lines.next().unwrap_or_default();
    lines.next().is_none().then_some(Moment { revision, second: now.as_second(), accepts })
}

/// An address with what it asks for behind its `?`.
fn full_address(request: &HttpRequest) -> &str {
    request.uri().path_and_query().map_or("", PathAndQuery::as_str)
}

/// `GET /{round}/{questionnaire}/{unit}`: the blank form, with a key of its own and no effect.
pub(super) fn get(site: &Site, worker: &Worker, asking: &Asking, address: [&str; 4], request: &HttpRequest) -> HttpResponse {
    let directory = site.answering.directory();
    let (words, mode, now) = (asking.words(), asking.mode(), clock::now());
    let encoding = Encoding::accepted(request);
    let target = match find(&directory, address, now) {
        FormPlace::Ready(target) if target.in_window => target,
        place => return place.respond(words, mode, encoding),
    };
    let subject = target.subject(mode, words);
    let key = FormKey { revision: directory.revision, form: target.form.id, unit: target.unit.id, language: words.code(), mode, encoding };
    let make = || {
        // Here and not for every form: it is written for the first who asks, and again after every change.
        site.look_for_proxy(request);
        let written = form::write(&subject, &FilledForm::default(), None);
        let prefix = Prefix::new(written.html.as_bytes(), encoding, Effort::Kept)?;
        let mut response = start(StatusCode::OK, keep(mode), encoding);
        let response = response.insert_header((header::CONTENT_SECURITY_POLICY, written.policy)).finish();
        let headers = response.headers().iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        Ok::<_, std::io::Error>(KeptForm { prefix, headers })
    };
    let (Ok(form), Some(secret)) = (worker.form(key, || site.form(key, make)), target.round.secret.clone()) else {
        return Unserved::Internal.respond(words, encoding, subject.masthead(), None);
    };
    let given = GivenForm { form, secret, about: target.round.about(target.form, target.unit) };
    if let Some(moment) = moment(directory.revision, now, request) {
        worker.remember(full_address(request), moment, given.clone());
    }
    // Whoever only asks for the head is given no form.
    if request.method() == Method::GET {
        worker.count();
    }
    give(&given)
}

fn give(given: &GivenForm) -> HttpResponse {
    let KeptForm { prefix, headers } = &*given.form;
    let end = prefix.tail(&form::tail(given.key()));
    let mut response = HttpResponse::with_body(StatusCode::OK, TwoPieces::new(prefix.bytes(), end)).map_into_boxed_body();
    // One by one into the map that the server uses again and again, which a clone would replace.
    for (name, value) in headers {
        response.headers_mut().insert(name.clone(), value.clone());
    }
    response
}

/// On a phone of one's own, "back" shows the form as it was left. A device at a desk or an interviewer's goes to the next person, who must
/// not see it.
fn keep(mode: Mode) -> Keep {
    if mode == Mode::Link { Keep::Back } else { Keep::Never }
}

/// `POST /{round}/{questionnaire}/{unit}`: a sheet, or the same sheet in another language.
pub(super) async fn post(site: &Site, asking: &Asking, request: &HttpRequest, payload: Payload) -> HttpResponse {
    let (incoming, mode) = (Incoming::new(site, asking, request), asking.mode());
    let Incoming { words, encoding, now, .. } = incoming;
    let take = async |sent: &Sent<'_>| {
        let directory = site.answering.directory();
        let target = match find(&directory, segments(request), now).for_sheet() {
            FormPlace::Ready(target) => target,
            place => return place.respond_to_sheet(words, mode, encoding),
        };
        let ticket = sent.key.as_deref().and_then(|signed| target.key(signed)).map(|key| Ticket::Key(target.form, key));
        PostedTurn { site, request, subject: target.subject(mode, words), target: &target, encoding, sent, ticket }.take().await
    };
    incoming.read(payload, extract::BODY_MAX, take).await
}

/// One posted sheet on its way through.
pub(super) struct PostedTurn<'a> {
    pub(super) site: &'a Site,
    pub(super) request: &'a HttpRequest,
    pub(super) subject: FormView<'a>,
    pub(super) target: &'a TakingForm<'a>,
    pub(super) encoding: Encoding,
    pub(super) sent: &'a Sent<'a>,
    /// None where its form brought back no key that was given out for it.
    pub(super) ticket: Option<Ticket<'a>>,
}

impl PostedTurn<'_> {
    pub(super) async fn take(&self) -> HttpResponse {
        let (words, questionnaire) = (self.subject.words, &self.target.form.questionnaire);
        let answers = self.sent.answers.iter().map(|(name, value)| (&**name, &**value));
        let read = reading::read(questionnaire, &self.target.form.places, answers);
        if self.sent.turn.as_deref() == Some(TURN_LANGUAGE) {
            // Whoever was asked about missed questions is still told in the other language which they are.
            let missed = read.ok().filter(|_| !self.sent.asked.is_empty()).and_then(|reading| Missed::of(questionnaire, &reading));
            return self.form(StatusCode::OK, missed.map(Notice::Missed).as_ref());
        }
        let reading = match read {
            Ok(reading) => reading,
            Err(found) => {
                count(&self.site.counters.refused);
                let onward = |words: Words| {
                    html! {
                        (faults(words, &found))
                        p { a.button href=(self.subject.address(words)) { (words.get("error-refused-open")) } }
                    }
                };
                return Unserved::Impossible.respond(words, self.encoding, self.subject.masthead(), Some(&onward));
            }
        };
        // Before any key is looked up: an empty form says nothing about the code, and uses nothing up.
        if reading.sheet.is_blank(questionnaire) {
            return self.form_again(StatusCode::UNPROCESSABLE_ENTITY, &Notice::Said(EMPTY));
        }
        let Some(ticket) = self.ticket else {
            return self.form_again(StatusCode::UNPROCESSABLE_ENTITY, &Notice::Said("notice-key"));
        };
        // Once about each: whatever button is pressed afterwards sends.
        let told = self.sent.turn.as_deref() == Some(TURN_CONFIRM) || reading.missed.iter().all(|place| self.sent.asked.contains(place));
        if let Some(missed) = Missed::of(questionnaire, &reading).filter(|_| !told || reading.lacks_required(questionnaire)) {
            return self.form_again(StatusCode::UNPROCESSABLE_ENTITY, &Notice::Missed(missed));
        }
        self.hand_in(ticket, &reading).await
    }

    async fn hand_in(&self, ticket: Ticket<'_>, reading: &Reading) -> HttpResponse {
        if !self.site.limiter.takes_sheet(self.request, clock::now()) {
            count(&self.site.counters.refused);
            return self.again(StatusCode::TOO_MANY_REQUESTS, SLOWER);
        }
        let counters = &self.site.counters;
        let answered = [(self.target.unit.id, &reading.sheet)].into_iter();
        let deposited = self.site.answering.hand_in(ticket, self.subject.mode, answered).await;
        match deposited {
            Ok(outcome @ (Deposited::Received | Deposited::AlreadyReceived)) => {
                let again = outcome == Deposited::AlreadyReceived;
                if again {
                    count(&counters.again);
                }
                match ticket {
                    Ticket::Key(..) => self.thanks(again),
                    Ticket::Code(code) => opened::received(code, again, self.subject.words, self.encoding),
                }
            }
            Ok(Deposited::Closed) => {
                count(&counters.late);
                FormPlace::Over(self.target.round, false).respond_to_sheet(self.subject.words, self.subject.mode, self.encoding)
            }
            // The store has logged the cause.
            Err(why) => {
                count(&counters.not_kept);
                self.again(StatusCode::SERVICE_UNAVAILABLE, said_of(why))
            }
        }
    }

    /// The same form with a button that sends it once more, as it was sent.
    fn again(&self, status: StatusCode, key: &'static str) -> HttpResponse {
        self.form_again(status, &Notice::Again(key, self.sent.turn.as_deref() == Some(TURN_CONFIRM)))
    }

    fn thanks(&self, again: bool) -> HttpResponse {
        let (round, questionnaire, unit) = (self.subject.round, &self.target.form.questionnaire.id, &self.subject.unit.code);
        let address =
            Address::thanks(round, questionnaire, unit.as_str()).mode(self.subject.mode).lang(self.subject.words).asking(SENT, "1");
        let address = if again { address.asking("again", "1") } else { address };
        let Ok(address) = HeaderValue::from_str(&address.to_string()) else {
            return Unserved::Internal.respond(self.subject.words, self.encoding, self.subject.masthead(), None);
        };
        see_other(address)
    }

    fn form_again(&self, status: StatusCode, notice: &Notice) -> HttpResponse {
        self.form(status, Some(notice))
    }

    fn signed(&self, key: SheetKey) -> Option<Vec<u8>> {
        self.target.sign(key).map(|key| form::tail(key).to_vec())
    }

    /// The same sheet, with its answers and its key.
    pub(super) fn form(&self, status: StatusCode, notice: Option<&Notice>) -> HttpResponse {
        let (words, encoding) = (self.subject.words, self.encoding);
        let written = form::write(&self.subject, &FilledForm::new(&self.sent.answers).asked(&self.sent.asked), notice);
        let tail = match self.ticket {
            Some(Ticket::Code(opened)) => Some(form::coded_tail(&opened.code)),
            Some(Ticket::Key(_, key)) => self.signed(key),
            None => self.signed(SheetKey::random()),
        };
        let (Some(tail), Ok(prefix)) = (tail, Prefix::new(written.html.as_bytes(), encoding, Effort::Once)) else {
            return Unserved::Internal.respond(words, encoding, self.subject.masthead(), None);
        };
        let mut response = start(status, Keep::Never, encoding);
        response.insert_header((header::CONTENT_SECURITY_POLICY, written.policy));
        response.body(prefix.with_tail(&tail))
    }
}

/// Key of what is said of a form that came without an answer.
pub(super) const EMPTY: &str = "notice-empty";

/// Key of what is said of a sheet that came too soon after others from its address.
pub(super) const SLOWER: &str = "notice-slower";

/// Key of what is said of a sheet that was not acknowledged.
pub(super) fn said_of(why: NotKept) -> &'static str {
    match why {
        NotKept::Surely => "notice-not-kept",
        NotKept::Perhaps => "notice-perhaps",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_becomes_of_a_sheet_is_said_in_both_languages() {
        for key in [EMPTY, SLOWER, said_of(NotKept::Surely), said_of(NotKept::Perhaps)] {
            for words in [Words::of("vi"), Words::of("en")] {
                assert!(words.find(key).is_some() && words.find(&format!("{key}-title")).is_some(), "{key}");
            }
        }
        assert!(
            Words::of("en").get(said_of(NotKept::Perhaps)).contains("may have received") && said_of(NotKept::Surely) == "notice-not-kept"
        );
    }
}
