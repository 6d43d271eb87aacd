//! The form: one document, plain HTML, one item under another.
//!
//! A condition becomes a class and one rule of style: items of the class are hidden until `:has(:checked)` shows them. A browser that
//! does not know `:has` shows them with a line "Only if you chose …"; the server decides in the end, whatever was shown.

mod conditions;
mod counting;
mod missed;

use std::collections::{BTreeSet, HashMap, HashSet};

use maud::{Markup, html};

use super::extract::FormField;
use super::page::{Page, WrittenPage};
use super::promise::promise;
use super::unsent;
use crate::address::{Address, CODE};
use crate::directory::{Form, OpenedRound};
use crate::keys::forms::{SIGNED, SignedKey};
use crate::seal::RoundSeal;
use crate::survey::code::Code;
use crate::survey::mode::Mode;
use crate::survey::reading::{NO_OPINION_CODE, WRITE_IN_SUFFIX};
use crate::survey::{Item, Kind, Part, Questionnaire, ShownWhen, duration};
use crate::unit::Unit;
use crate::words::Words;

pub(super) use conditions::Conditions;
pub(super) use counting::style_of_units;
pub use missed::Missed;
pub(super) use missed::{asked_value, read_asked};

/// Name of the field that carries a code.
pub const CODE_FIELD: &str = "code";
/// Name of the field that carries the sheet's key.
pub const KEY_FIELD: &str = "key";
/// Name of the field that says what a button asks for other than sending.
pub const TURN_FIELD: &str = "turn";
/// Value of [`TURN_FIELD`]: show the same sheet in the language of the address.
pub const TURN_LANGUAGE: &str = "language";
/// Value of [`TURN_FIELD`]: send although items were missed.
pub const TURN_CONFIRM: &str = "confirm";

/// What a form is about.
#[derive(Debug, Clone, Copy)]
pub struct FormView<'a> {
    /// Id of the round.
    pub round: &'a str,
    /// The round whole: who asks stands on the form.
    pub opened: &'a OpenedRound,
    /// The questionnaire.
    pub form: &'a Form,
    /// The unit that is asked about.
    pub unit: &'a Unit,
    /// How it is filled in.
    pub mode: Mode,
    /// Words of the language that it is written in.
    pub words: Words,
    /// The seal of the round's answers.
    pub seal: Option<&'a RoundSeal>,
    /// The name of its draft, where it was opened with a code; then its address says nothing of what it is about.
    pub coded: Option<&'a str>,
}

impl FormView<'_> {
    /// The form's own address, in a language.
    #[must_use]
    pub fn address(&self, words: Words) -> Address {
        self.address_in(self.mode, words)
    }

    fn address_in(&self, mode: Mode, words: Words) -> Address {
        if self.coded.is_some() {
            return Address::of(CODE).lang(words);
        }
        Address::form(self.round, &self.form.questionnaire.id, self.unit.code.as_str()).mode(mode).lang(words)
    }

    /// Whether the next person uses the same device.
    fn is_shared(&self) -> bool {
        matches!(self.mode, Mode::Desk | Mode::Interview)
    }

    /// What a tab calls its draft; none on a shared device, which keeps none.
    pub(super) fn draft(&self) -> Option<String> {
        let of_link = || format!("{}/{}/{}", self.round, self.form.questionnaire.id, self.unit.code);
        (!self.is_shared()).then(|| self.coded.map_or_else(of_link, str::to_owned))
    }
}

/// What is said above a form that comes back.
#[derive(Debug, Clone)]
pub enum Notice {
    /// Items were missed.
    Missed(Missed),
    /// Key of a heading and a text.
    Said(&'static str),
    /// The same, with a button that sends again; whether items were missed with consent.
    Again(&'static str, bool),
}

impl Notice {
    /// Its heading, with which the title of the window begins too.
    fn heading(&self, words: Words) -> String {
        match self {
            Self::Missed(missed) => words.count("missed-title", missed.len()),
            Self::Said(key) | Self::Again(key, _) => heading(words, key),
        }
    }
}

/// The heading of what is said above a form.
pub(super) fn heading(words: Words, key: &str) -> String {
    words.get(&format!("{key}-title"))
}

/// Answers that come back with a form, as they were sent.
#[derive(Debug, Default)]
pub struct FilledForm {
    chosen: HashSet<(String, String)>,
    written: HashMap<String, String>,
    /// Places of items without an answer that were asked about.
    asked: BTreeSet<usize>,
}

impl FilledForm {
    /// Takes the fields of a form.
    #[must_use]
    pub fn new(fields: &[FormField<'_>]) -> Self {
        let owned = || fields.iter().map(|(name, value)| (name.to_string(), value.to_string()));
        Self { chosen: owned().collect(), written: owned().collect(), asked: BTreeSet::new() }
    }

    /// The same where it was asked about some items already.
    #[must_use]
    pub fn asked(self, asked: &BTreeSet<usize>) -> Self {
        Self { asked: asked.clone(), ..self }
    }

    pub(super) fn has(&self, name: &str, value: &str) -> bool {
        !self.chosen.is_empty() && self.chosen.contains(&(name.to_owned(), value.to_owned()))
    }

    fn words(&self, name: &str) -> &str {
        self.written.get(name).map_or("", String::as_str)
    }
}

/// What ends a form that was opened with a code: the code.
#[must_use]
pub fn coded_tail(code: &Code) -> Vec<u8> {
    let code = code.compact();
    [b"<input type=hidden form=f name=", CODE_FIELD.as_bytes(), b" value=", code.as_bytes(), b">", super::page::END.as_bytes()].concat()
}

/// What stands before and behind the key at the end of a form: the field of [`KEY_FIELD`] and [`END`](super::page::END).
const AROUND_KEY: (&[u8; 41], &[u8; 15]) = (b"<input type=hidden form=f name=key value=", b"></body></html>");
/// The length of what ends a form.
const TAIL: usize = AROUND_KEY.0.len() + SIGNED + AROUND_KEY.1.len();

/// What ends a form: its key, in the last element so that all before it is the same for everybody.
#[must_use]
pub fn tail(key: SignedKey) -> [u8; TAIL] {
    let mut tail = [0; TAIL];
    let (before, rest) = tail.split_at_mut(AROUND_KEY.0.len());
    let (middle, behind) = rest.split_at_mut(SIGNED);
    before.copy_from_slice(AROUND_KEY.0);
    middle.copy_from_slice(&key);
    behind.copy_from_slice(AROUND_KEY.1);
    tail
}

/// Writes a form, all but its [`tail`].
#[must_use]
pub fn write(subject: &FormView<'_>, filled: &FilledForm, notice: Option<&Notice>) -> WrittenPage {
    let questionnaire = &subject.form.questionnaire;
    let language = questionnaire.language(subject.words.code());
    let conditions = Conditions::of(questionnaire);
    let words = subject.words;
    let missed = notice.and_then(|notice| if let Notice::Missed(missed) = notice { Some(missed) } else { None });
    let view = FormPage { subject, questionnaire, language, words, filled, conditions: &conditions, prefix: "", missed };
    let title = questionnaire.title.get(language).to_owned();
    let mut page = Page::new(words, title, view.body(notice));
    page.masthead = subject.masthead();
    page.preview = subject.preview();
    // With the style of missed questions, which may come in its place.
    let style = |words: Words| [&counting::style(questionnaire, words), &conditions.style(questionnaire), missed::STYLE].concat();
    (page.style, page.other_style) = (style(words), style(words.other()));
    page.script = &unsent::SCRIPT;
    page.turn = turn_language(words, &subject.address(words.other()));
    page.said = notice.map_or_else(String::new, |notice| notice.heading(words));
    page.write()
}

/// The button above the form `f` that returns it as it is in the other language. The one that Enter presses is the first of a form, and
/// that must never be this one.
pub(super) fn turn_language(words: Words, there: &Address) -> Markup {
    html! { button hidden form="f" {} (language_button(words, there)) }
}

/// A button of the form `f` that returns it as it is in the other language.
pub(super) fn language_button(words: Words, there: &Address) -> Markup {
    html! {
        button.plain form="f" lang=(words.other().code()) name=(TURN_FIELD) value=(TURN_LANGUAGE) formaction=(there) formnovalidate {
            (words.get("other-language"))
        }
    }
}

/// How many questions there are, and how long they take.
pub(super) fn time_needed(words: Words, questionnaire: &Questionnaire, units: usize) -> String {
    let questions = questionnaire.items.iter().filter(|item| !item.is_remark()).count();
    let minutes = duration::minutes(questionnaire, questionnaire.language(words.code()), units);
    let routed =
        questionnaire.parts.iter().any(|part| part.show_if.is_some()) || questionnaire.items.iter().any(|item| item.show_if.is_some());
    let key = match (units, routed) {
        (2.., _) => "form-time-units",
        (_, true) => "form-time-most",
        _ => "form-time",
    };
    words.with(key, [("n", &questions.to_string()), ("units", &units.to_string()), ("minutes", &minutes.to_string())])
}

pub(super) struct FormPage<'a> {
    pub(super) subject: &'a FormView<'a>,
    pub(super) questionnaire: &'a Questionnaire,
    pub(super) language: &'a str,
    pub(super) words: Words,
    pub(super) filled: &'a FilledForm,
    pub(super) conditions: &'a Conditions,
    /// What stands before the code of an item in the name of its field; nothing where items are asked once.
    pub(super) prefix: &'a str,
    /// Items that were missed.
    pub(super) missed: Option<&'a Missed>,
}

impl FormPage<'_> {
    fn body(&self, notice: Option<&Notice>) -> Markup {
        let words = self.words;
        html! {
            p { (words.get("form-about")) " " strong { (self.subject.unit.name(words.code())) } }
            @if let Some(notice) = notice { (self.notice(notice)) }
            @if self.subject.is_shared() { (self.need()) }
            @if let Some(introduction) = &self.questionnaire.introduction { p { (introduction.get(self.language)) } }
            p { (time_needed(words, self.questionnaire, 1)) }
            (promise(words, self.subject.seal, self.subject.coded.is_some()))
            @if !self.subject.is_shared() { (unsent::kept(words)) }
            form #f method="post" action=(self.subject.address(words)) autocomplete="off" data-draft=[self.subject.draft()]
                hidden[self.subject.is_shared()] {
                @let asked = self.asked();
                @if !asked.is_empty() { input type="hidden" name=(TURN_FIELD) value=(asked_value(&asked)); }
                (counting::sometimes(self.questionnaire, self.conditions))
                @for (place, part) in self.questionnaire.parts.iter().enumerate() { (self.part(place, part)) }
                p.note { (words.get("form-before-send")) }
                button.primary #send { (words.get("form-send")) }
                (unsent::sending(words))
            }
        }
    }

    /// An interviewer's answers are not those of a link, so that only a desk leads there.
    fn need(&self) -> Markup {
        let own = (self.subject.mode == Mode::Desk).then(|| self.subject.address_in(Mode::Link, self.words));
        unsent::need(self.words, own.as_ref())
    }

    /// Items without an answer that were asked about, now or before.
    fn asked(&self) -> BTreeSet<usize> {
        self.filled.asked.iter().copied().chain(self.missed.into_iter().flat_map(Missed::places)).collect()
    }

    fn notice(&self, notice: &Notice) -> Markup {
        let words = self.words;
        match notice {
            Notice::Said(key) => said(words, key, &html! {}),
            Notice::Again(key, confirmed) => said(words, key, &send_again(words, *confirmed)),
            Notice::Missed(missed) => self.missed_notice(missed),
        }
    }

    fn part(&self, place: usize, part: &Part) -> Markup {
        html! {
            section id=(format!("p{place}")) class=[self.conditions.class(part.show_if.as_ref())] {
                .row {
                    // Which part it is, style says.
                    small {}
                    (language_button(self.words, &self.subject.address(self.words.other()).at(format_args!("p{place}"))))
                }
                h2 { (part.title.get(self.language)) }
                @if let Some(help) = &part.help { p { (help.get(self.language)) } }
                (self.only_if("form-if-part", part.show_if.as_ref()))
                @for (place, item) in self.questionnaire.items_of(place) { (self.item(place, item)) }
            }
        }
    }

    /// The line that only browsers without `:has` show.
    fn only_if(&self, key: &str, condition: Option<&ShownWhen>) -> Markup {
        let Some((condition, item)) = condition.and_then(|known| Some((known, self.questionnaire.items.get(known.item)?))) else {
            return html! {};
        };
        let options = condition.any_of.iter().filter_map(|place| item.choices().get(*place));
        let options: Vec<_> = options.map(|choice| choice.text.get(self.language)).collect();
        let values = [("options", options.join(" / ")), ("number", self.number(condition.item))];
        html! { p."if" { (self.words.with(key, [(values[0].0, &values[0].1), (values[1].0, &values[1].1)])) } }
    }

    /// The number of an item where everything is shown, as it is to those who are told conditions: all but remarks, from 1.
    fn number(&self, place: usize) -> String {
        let before = self.questionnaire.items.iter().take(place + 1);
        before.filter(|item| !item.is_remark()).count().to_string()
    }

    fn name(&self, item: &Item) -> String {
        format!("{}{}", self.prefix, item.code)
    }

    pub(super) fn item(&self, place: usize, item: &Item) -> Markup {
        let class = self.conditions.class(item.show_if.as_ref());
        if item.is_remark() {
            let class = class.map_or_else(|| "rm".to_owned(), |class| format!("rm {class}"));
            return html! { div class=(class) { (self.only_if("form-if", item.show_if.as_ref())) (self.remark(item)) } };
        }
        html! {
            fieldset id=(self.name(item)) class=[class] {
                legend { (item.text.get(self.language)) (self.missed_mark(place)) }
                (self.only_if("form-if", item.show_if.as_ref()))
                @if let Some(help) = &item.help { p.note { (help.get(self.language)) } }
                @if item.is_multiple() { p.note { (self.words.get("form-several")) } }
                @for choice in item.choices() {
                    (self.option(item, &choice.code, choice.text.get(self.language), false))
                    @if choice.write_in { (self.write_in(item, choice.text.get(self.language))) }
                }
                @if item.no_opinion { (self.option(item, NO_OPINION_CODE, self.questionnaire.no_opinion_label.get(self.language), true)) }
                (self.missed_next(place))
            }
        }
    }

    fn option(&self, item: &Item, code: &str, text: &str, apart: bool) -> Markup {
        let kind = if matches!(item.kind, Kind::Multiple(_)) { "checkbox" } else { "radio" };
        let name = self.name(item);
        html! { label.o.na[apart] { input type=(kind) name=(name) value=(code) checked[self.filled.has(&name, code)]; span { (text) } } }
    }

    /// An area and not a line, because Enter in a line sends the form.
    fn write_in(&self, item: &Item, option: &str) -> Markup {
        let name = format!("{}{WRITE_IN_SUFFIX}", self.name(item));
        html! {
            textarea name=(name) rows="1" aria-label=(format!("{option}: {}", self.words.get("form-write-in"))) maxlength="500"
                placeholder=(self.words.get("form-write-in")) autocomplete="off" { (self.filled.words(&name)) }
        }
    }

    fn remark(&self, item: &Item) -> Markup {
        let name = self.name(item);
        let help = format!("{name}-help");
        html! {
            p { label for=(name) { strong { (item.text.get(self.language)) } } }
            p.note id=(help) {
                @if let Some(own) = &item.help { (own.get(self.language)) " " }
                (self.words.get("form-optional"))
            }
            p {
                textarea #(name) name=(name) rows="4" maxlength="2000" aria-describedby=(help) autocomplete="off" {
                    (self.filled.words(&name))
                }
            }
        }
    }
}

/// A heading and a text above a form, and what can be done.
pub(super) fn said(words: Words, key: &str, action: &Markup) -> Markup {
    html! { .notice role="alert" tabindex="-1" autofocus { h2 { (heading(words, key)) } p { (words.get(key)) } (action) } }
}

/// The button that sends a form as it was sent before.
pub(super) fn send_again(words: Words, confirmed: bool) -> Markup {
    let turn = confirmed.then_some((TURN_FIELD, TURN_CONFIRM));
    html! { p { button form="f" name=[turn.map(|turn| turn.0)] value=[turn.map(|turn| turn.1)] { (words.get("send-again")) } } }
}
