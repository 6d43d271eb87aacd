//! The pages around the form: what is open, which unit, thank you.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use super::asking::{Asking, SENT};
use super::encoding::Encoding;
use super::error::Unserved;
use super::finding::{FoundUnit, find as find_units};
use super::masthead::shared;
use super::page::{Keep, Page};
use super::place::segments;
use super::receipt::Receipt;
use super::site::Site;
use crate::address::{Address, CODE, HOME};
use crate::clock;
use crate::directory::{Directory, Form, OpenedRound};
use crate::office::answering::place::{FormPlace, find, unopened};
use crate::round::RoundState;
use crate::time::closing;
use crate::unit::{Registered, Unit};
use crate::words::Words;

/// `GET /`: questionnaires that are open, and results that are public.
pub async fn home(site: Data<Site>, asking: Asking, request: HttpRequest) -> HttpResponse {
    site.look_for_proxy(&request);
    let directory = site.answering.directory();
    let (words, now) = (asking.words(), clock::now());
    let is_open =
        |round: &OpenedRound| round.round.state == RoundState::Open && (round.round.opens_at..round.round.closes_at).contains(&now);
    let open: Vec<_> = directory.rounds.iter().filter(|round| is_open(round)).collect();
    let published: Vec<_> = directory.rounds.iter().filter(|round| round.round.state == RoundState::Published).collect();
    let body = html! {
        @if open.is_empty() { p { (words.get("home-nothing-open")) } } @else { p { (words.get("home-lead")) } }
        @for round in &open { (open_round(words, round)) }
        @if !published.is_empty() {
            h2 { (words.get("home-published")) }
            ul.list {
                @for round in &published {
                    li { a href=(Address::results(&round.round.code).lang(words)) { (round.round.name(words.code())) } }
                }
            }
        }
    };
    let mut page = Page::new(words, words.get("home-title"), body);
    page.masthead = shared(&directory);
    page.preview = Some(words.get("home-lead"));
    page.switch = Some(Address::of(HOME).lang(words.other()));
    page.respond(StatusCode::OK, Keep::Back, Encoding::accepted(&request))
}

fn open_round(words: Words, round: &OpenedRound) -> Markup {
    html! {
        h2 { (round.round.name(words.code())) }
        p.note { (words.with("home-closes", [("date", &closing(words, &round.round))])) }
        ul.list {
            @for form in &round.questionnaires {
                @let title = form.questionnaire.title.get(form.questionnaire.language(words.code()));
                @let with_code = form.questionnaire.requires_code;
                @let units = || Address::units(&round.round.code, &form.questionnaire.id);
                li {
                    a href=(if with_code { Address::of(CODE) } else { units() }.lang(words)) { (title) }
                    @if with_code { " · " (words.get("home-with-code")) }
                }
            }
        }
    }
}

/// What the unit search asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Search {
    q: Option<String>,
    lang: Option<String>,
    mode: Option<String>,
}

/// `GET /{round}/{questionnaire}`: find the unit.
pub(super) fn choose(site: &Site, request: &HttpRequest) -> HttpResponse {
    let directory = site.answering.directory();
    let encoding = Encoding::accepted(request);
    let Search { q, lang, mode } = Query::from_query(request.query_string()).map(Query::into_inner).unwrap_or_default();
    let asking = Asking { mode, lang, ..Asking::default() };
    let words = asking.words();
    let [code, questionnaire, ..] = segments(request);
    let now = clock::now();
    let Some(round) = directory.round(code) else { return unopened(&directory, code, now).respond(words, asking.mode(), encoding) };
    let Some(form) = round.form(questionnaire) else {
        return Unserved::NotFound.respond(words, encoding, round.round.masthead(), None);
    };
    if form.questionnaire.requires_code {
        return FormPlace::NeedsCode(round).respond(words, asking.mode(), encoding);
    }
    if round.round.state != RoundState::Open || now >= round.round.closes_at {
        return FormPlace::Over(round, round.round.state == RoundState::Published).respond(words, asking.mode(), encoding);
    }
    if now < round.round.opens_at {
        return FormPlace::NotYet(&round.round).respond(words, asking.mode(), encoding);
    }
    let text = q.unwrap_or_default().chars().take(80).collect::<String>();
    let today = round.round.day(now);
    let units: Vec<_> = form.units.iter().filter(|row| row.unit.exists_on(today)).collect();
    let units = find_units(&directory, &units, &merged(&directory, form, today), &text);
    let mut page = Page::new(words, words.get("choose-title"), choosing(words, round, form, &text, &units, &asking));
    page.masthead = round.round.masthead();
    page.preview = Some(round.round.name(words.code()).to_owned());
    let there = Address::units(code, questionnaire).lang(words.other()).mode(asking.mode());
    page.switch = Some(if text.is_empty() { there } else { there.asking("q", &text) });
    page.respond(StatusCode::OK, Keep::Back, encoding)
}

/// Units that are no more, with the rows of those that took over their work.
fn merged<'d>(directory: &'d Directory, form: &Form, today: Date) -> Vec<(i32, &'d Unit)> {
    let ended = directory.register.values().filter(|unit| !unit.exists_on(today));
    ended.filter_map(|unit| Some((form.unit(directory.successor(unit.code.as_str())?.code.as_str())?.id, unit))).collect()
}

fn choosing(words: Words, round: &OpenedRound, form: &Form, text: &str, units: &[FoundUnit<'_>], asking: &Asking) -> Markup {
    let (code, questionnaire, mode) = (&round.round.code, &form.questionnaire.id, asking.mode());
    let here = Address::units(code, questionnaire);
    let link = |found: &FoundUnit<'_>| {
        let FoundUnit { unit: Registered { unit, .. }, old } = found;
        let address = Address::form(code, questionnaire, unit.code.as_str()).lang(words).mode(mode);
        html! {
            li { a href=(address) {
                (unit.name(words.code()))
                @if let Some(old) = old { " " small { (words.with("choose-merged", [("unit", old.name(words.code()))])) } }
            } }
        }
    };
    let mut blocks: Vec<&str> = Vec::new();
    for row in units {
        if !blocks.contains(&row.unit.unit.block.as_str()) {
            blocks.push(&row.unit.unit.block);
        }
    }
    html! {
        p { (form.questionnaire.title.get(form.questionnaire.language(words.code()))) " · " (round.round.name(words.code())) }
        p { (words.get("choose-lead")) }
        form action=(here) role="search" {
            input type="hidden" name="lang" value=(words.code());
            input type="hidden" name="mode" value=(mode);
            p { label for="q" { (words.get("choose-search")) } }
            p.note id="q-help" { (words.get("choose-search-help")) }
            p { input #q type="search" name="q" value=(text) aria-describedby="q-help" autocomplete="off"; }
            p { button.primary { (words.get("choose-button")) } }
        }
        @if !text.is_empty() {
            p role="status" {
                @if units.is_empty() { (words.with("choose-none", [("text", text)])) } @else { (words.count("choose-found", units.len())) }
                " " a href=(here.clone().lang(words).mode(mode)) { (words.get("choose-all")) }
            }
        }
        @if text.is_empty() {
            @for block in blocks {
                h2 { (words.block(block, round.round.blocks())) }
                ul.list { @for row in units.iter().filter(|row| row.unit.unit.block == block) { (link(row)) } }
            }
        } @else {
            // The best match stands first, whatever it is ranked with.
            ul.list { @for row in units { (link(row)) } }
        }
    }
}

/// `GET /{round}/{questionnaire}/{unit}/thanks`: received; or received before. Shows no answers, and stays true when the round has closed.
pub(super) fn thanks(site: &Site, asking: &Asking, request: &HttpRequest) -> HttpResponse {
    let directory = site.answering.directory();
    let (words, mode, encoding) = (asking.words(), asking.mode(), Encoding::accepted(request));
    let address @ [round, questionnaire, unit, _] = segments(request);
    let Some(opened) = directory.round(round).filter(|opened| opened.form(questionnaire).is_some_and(|form| form.unit(unit).is_some()))
    else {
        return Unserved::NotFound.respond(words, encoding, shared(&directory), None);
    };
    let takes_more = matches!(find(&directory, address, clock::now()), FormPlace::Ready(target) if target.in_window);
    let form = || Address::form(round, questionnaire, unit).lang(words).mode(mode);
    let receipt = Receipt::of(asking, request);
    let sent = receipt == Receipt::Sent;
    let below = html! {
        @if takes_more {
            p { a.button.primary href=(form()) { (words.get(if sent { "another-sheet" } else { "code-button" })) } }
            @if sent { p.note { (words.get("another-help")) } }
            p { a href=(Address::units(round, questionnaire).lang(words).mode(mode)) { (words.get("to-choose")) } }
        } @else {
            p { a href=(Address::of(HOME).lang(words)) { (words.get("to-home")) } }
        }
    };
    let mut page = receipt.page(words, asking.again, &below);
    page.masthead = opened.round.masthead();
    page.switch = Some(sent_there(asking, Address::thanks(round, questionnaire, unit).mode(mode)));
    page.respond(StatusCode::OK, Keep::Never, encoding)
}

/// The same page of thanks in the other language.
pub(super) fn sent_there(asking: &Asking, thanks: Address) -> Address {
    let marks = [(SENT, asking.sent), ("again", asking.again)].into_iter().filter(|(_, asked)| *asked);
    marks.fold(thanks.lang(asking.words().other()), |address, (name, _)| address.asking(name, "1"))
}
