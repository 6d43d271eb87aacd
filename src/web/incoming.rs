//! A form that comes in: what both addresses that take sheets ask of it before they differ.

use std::borrow::Cow;
use std::collections::BTreeSet;

use actix_web::{HttpRequest, HttpResponse};
use jiff::Timestamp;

use super::asking::Asking;
use super::counters::count;
use super::encoding::Encoding;
use super::error::Unserved;
use super::extract::{Body, Chunks, FormField, body};
use super::form::{CODE_FIELD, KEY_FIELD, TURN_FIELD, TURN_LANGUAGE, read_asked};
use super::guard;
use super::site::Site;
use crate::clock;
use crate::words::Words;

/// A request that brings a form.
pub(super) struct Incoming<'a> {
    pub(super) site: &'a Site,
    pub(super) request: &'a HttpRequest,
    pub(super) words: Words,
    pub(super) encoding: Encoding,
    /// When it came.
    pub(super) now: Timestamp,
}

impl<'a> Incoming<'a> {
    pub(super) fn new(site: &'a Site, asking: &Asking, request: &'a HttpRequest) -> Self {
        Self { site, request, words: asking.words(), encoding: Encoding::accepted(request), now: clock::now() }
    }

    /// Answers with what `take` makes of the form, of at most so many bytes. What is none, or stood on another site, is refused before.
    pub(super) async fn read(&self, payload: impl Chunks, most: usize, take: impl AsyncFnOnce(&Sent<'_>) -> HttpResponse) -> HttpResponse {
        let body = match self.body(payload, most).await {
            Ok(body) => body,
            Err(why) => return self.refuse(why),
        };
        match body.fields() {
            Ok(fields) => take(&Sent::new(fields)).await,
            Err(why) => self.refuse(why),
        }
    }

    async fn body(&self, payload: impl Chunks, most: usize) -> Result<Body, Unserved> {
        if !guard::is_same_site(self.request.headers()) {
            self.site.hosts.refused(self.request.headers());
            return Err(Unserved::CrossSite);
        }
        body(self.site, self.request, payload, most).await
    }

    fn refuse(&self, why: Unserved) -> HttpResponse {
        count(&self.site.counters.refused);
        why.respond(self.words, self.encoding, self.site.masthead(), None)
    }
}

/// The fields of a posted form: what the form itself put in, and the answers.
pub(super) struct Sent<'a> {
    /// The key of the form, as it was signed.
    pub(super) key: Option<Cow<'a, str>>,
    pub(super) code: Option<Cow<'a, str>>,
    pub(super) turn: Option<Cow<'a, str>>,
    /// Places of items without an answer that were asked about before.
    pub(super) asked: BTreeSet<usize>,
    pub(super) answers: Vec<FormField<'a>>,
}

impl<'a> Sent<'a> {
    fn new(mut fields: Vec<FormField<'a>>) -> Self {
        let own = |wanted: &str| fields.iter().rfind(|(name, _)| name == wanted).map(|(_, value)| value.clone());
        let (key, code) = (own(KEY_FIELD), own(CODE_FIELD));
        let turns = || fields.iter().filter(|(name, _)| name == TURN_FIELD).map(|(_, value)| value);
        let asked = turns().filter_map(|value| read_asked(value)).flatten().collect();
        // The button that was pressed may stand before what the form carries along: to switch the language is never less than that.
        let turn = turns().find(|value| **value == TURN_LANGUAGE).or_else(|| turns().rfind(|value| read_asked(value).is_none())).cloned();
        fields.retain(|(name, _)| ![KEY_FIELD, CODE_FIELD, TURN_FIELD].contains(&&**name));
        Self { key, code, turn, asked, answers: fields }
    }
}
