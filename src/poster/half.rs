//! What a poster says in one language: who asks, what about, the promise in short, and until when.

use maud::{Markup, html};

use super::fitting::{LONG, Paragraph, Room};
use super::{asking, key_is_here};
use crate::directory::{Form, OpenedRound};
use crate::round::Round;
use crate::time::closing;
use crate::unit::Unit;
use crate::words::Words;

/// The half of a poster in a language.
#[derive(Debug)]
pub(super) struct Half<'a> {
    words: Words,
    round: &'a Round,
    ask: String,
    title: &'a str,
    about: String,
    unit: &'a str,
    promise: [String; 3],
    /// That the key is on the server, where it is.
    key: Option<String>,
    until: String,
    /// That the round is a trial, where it is one.
    sample: Option<String>,
    contact: Option<String>,
}

impl<'a> Half<'a> {
    pub(super) fn of(words: Words, opened: &'a OpenedRound, form: &'a Form, unit: &'a Unit) -> Self {
        let round = &opened.round;
        Self {
            words,
            round,
            ask: words.get("poster-ask"),
            title: form.questionnaire.title.get(form.questionnaire.language(words.code())),
            about: words.get("poster-about"),
            unit: unit.name(words.code()),
            promise: [1, 2, 3].map(|line| words.get(&format!("poster-promise-{line}"))),
            key: key_is_here(opened).then(|| words.get("poster-key-here")),
            until: words.with("poster-until", [("date", &closing(words, round))]),
            sample: round.synthetic.then(|| words.get("poster-sample")),
            contact: asking::contact(words, round),
        }
    }

    fn is_first(&self) -> bool {
        self.words.code() == "vi"
    }

    pub(super) fn markup(&self) -> Markup {
        let long = self.is_long();
        html! {
            div class=(self.words.code()) lang=(self.words.code()) {
                (asking::agency(self.words, self.round))
                p.ask { (self.ask) }
                p { (self.title) }
                p.about { (self.about) }
                @if self.is_first() { h1.long[long] { (self.unit) } } @else { h2.long[long] { (self.unit) } }
                ul { @for line in &self.promise { li { (line) } } }
                @if let Some(key) = &self.key { p { strong { (key) } } }
                p.until { (self.until) @if let Some(sample) = &self.sample { " " strong { (sample) } } }
                @if let Some(contact) = &self.contact { p.contact { (contact) } }
            }
        }
    }

    fn is_long(&self) -> bool {
        self.unit.chars().count() > LONG
    }

    /// The same as it is reckoned how high it is, in sizes of `poster.css`.
    pub(super) fn paragraphs(&self) -> Vec<Paragraph> {
        let first = self.is_first();
        let [body, ask, long, short] = if first { [100, 154, 140, 215] } else { [85, 108, 98, 123] };
        let whole = |words: &str, size| Paragraph::new(words, size, Room::Whole);
        let agency = asking::agency_line(self.words, self.round);
        let until = [&*self.until, self.sample.as_deref().unwrap_or_default()].join(" ");
        let mut paragraphs = vec![
            whole(&self.ask, ask),
            whole(self.title, body),
            whole(&self.about, body),
            whole(self.unit, if self.is_long() { long } else { short }),
            whole(&until, body),
        ];
        paragraphs.extend(agency.map(|agency| Paragraph::new(&agency, body, if first { Room::Emblem } else { Room::Whole })));
        paragraphs.extend(self.promise.iter().map(|line| Paragraph::new(line, body, Room::List)));
        paragraphs.extend(self.key.iter().map(|key| whole(key, body)));
        paragraphs.extend(self.contact.iter().map(|contact| whole(contact, 85)));
        paragraphs
    }
}
