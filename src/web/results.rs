//! Results of published rounds: what the figures are, and where each comes from. Nothing here can print what disclosure did not pass.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};
use serde::Deserialize;

use super::encoding::Encoding;
use super::error::Unserved;
use super::masthead::{Masthead, shared};
use super::page::{Keep, Page};
use super::site::Site;
use crate::address::{Address, HOME};
use crate::chart;
use crate::publication::PublishedUnit;
use crate::publication::document::{Document, Section};
use crate::round::{Round, RoundState};
use crate::seal::RoundSeal;
use crate::words::Words;
use contents::{Chapter, laid_out};
use order::UnitOrder;
use view::View;

mod contents;
mod data;
mod dotted;
mod framed;
mod items;
mod order;
mod par;
mod print;
mod questions;
mod ratings;
mod respondents;
mod round;
mod sealed;
mod unit;
mod units;
mod view;
mod working;

/// Style that only these pages need.
const STYLE: &str = include_str!("results/results.css");

/// What an address of results may ask for.
#[derive(Debug, Default, Deserialize)]
pub struct ResultsQuery {
    lang: Option<String>,
    sort: Option<String>,
    order: Option<String>,
    questionnaire: Option<String>,
    block: Option<String>,
}

impl ResultsQuery {
    fn words(&self) -> Words {
        Words::of(self.lang.as_deref().unwrap_or("vi"))
    }

    fn order(&self) -> UnitOrder {
        UnitOrder::of(self.sort.as_deref(), self.order.as_deref())
    }

    /// The questionnaires that are asked for: one, or all.
    fn sections<'a>(&self, document: &'a Document) -> Vec<Section<'a>> {
        let wanted = |section: &Section<'_>| self.questionnaire.as_ref().is_none_or(|id| section.questionnaire.id == *id);
        document.sections().filter(wanted).collect()
    }

    /// An address that asks for the same in a language.
    fn on(&self, address: Address, words: Words) -> Address {
        self.ordered(address, words, self.order())
    }

    /// The same in another order.
    fn ordered(&self, address: Address, words: Words, order: UnitOrder) -> Address {
        let asked = [("questionnaire", &self.questionnaire), ("block", &self.block)];
        let asked = asked.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
        asked.fold(order.on(address.lang(words)), |address, (name, value)| address.asking(name, value))
    }
}

/// `GET /results/{round}`: all units of a round.
pub async fn round(site: Data<Site>, path: Path<String>, asked: Query<ResultsQuery>, request: HttpRequest) -> HttpResponse {
    let (words, encoding) = (asked.words(), Encoding::accepted(&request));
    let found = match published(&site, &path, words, encoding).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let document = &*found.document;
    let written = match &asked.block {
        Some(block) => reported(words, &found, (&asked, block)),
        None => whole(words, &found, &asked).map(|body| (document.publication.name(words.code()).to_owned(), body)),
    };
    let Some((title, body)) = written else {
        return Unserved::NotFound.respond(words, encoding, found.masthead.clone(), None);
    };
    let at = |words| asked.on(Address::results(&document.publication.round), words);
    respond(words, &found, (title, body), at, &request)
}

/// A whole round, or one questionnaire of it; none where there is nothing of what is asked for.
fn whole(words: Words, found: &FoundRound, asked: &ResultsQuery) -> Option<Markup> {
    let document = &*found.document;
    let sections = asked.sections(document);
    let ranking = document.ranking().filter(|_| asked.questionnaire.is_none());
    if sections.is_empty() && ranking.is_none() {
        return None;
    }
    // What was imported has no survey.
    let lead = if sections.is_empty() { "par-round-lead" } else { "results-lead" };
    let (name, year) = (document.publication.name(words.code()), document.publication.year.to_string());
    let first = html! {
        p { (words.with(lead, [("round", name), ("year", &year)])) }
        (found.notices(words))
        @if ranking.is_some() { (par::reports(words, document)) }
    };
    let ranked = ranking.and_then(|_| par::round(words, document, asked));
    let surveyed = sections.iter().map(|section| round::section(&View::new(words, *section), asked));
    let notes = found.notes(words, &html! { @if ranking.is_some() { (par::notes(words, document)) } });
    let chapters: Vec<Chapter> = ranked.into_iter().chain(surveyed).chain(notes).collect();
    Some(laid_out(words, &first, &chapters))
}

/// The title of the report of a block, and the report with the ways back to its round; none where the round ranks no such block.
fn reported(words: Words, found: &FoundRound, (asked, block): (&ResultsQuery, &str)) -> Option<(String, Markup)> {
    let document = &*found.document;
    let (title, mut chapters) = par::report(words, document, (asked, block))?;
    chapters.extend(found.notes(words, &par::notes(words, document)));
    let back = || back(words, &document.publication.round);
    let first = html! {
        p { (words.with("par-report-lead", [("round", document.publication.name(words.code()))])) }
        (back())
        (found.notices(words))
    };
    Some((title, html! { (laid_out(words, &first, &chapters)) (back()) }))
}

/// `GET /results/{round}/{unit}`: one unit.
pub async fn unit(site: Data<Site>, path: Path<(String, String)>, asked: Query<ResultsQuery>, request: HttpRequest) -> HttpResponse {
    let (words, encoding) = (asked.words(), Encoding::accepted(&request));
    let (code, unit) = path.into_inner();
    let found = match published(&site, &code, words, encoding).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    let document = &*found.document;
    let sections: Vec<Section<'_>> = asked.sections(document).into_iter().filter(|section| section.results.unit(&unit).is_some()).collect();
    let before = if asked.questionnaire.is_none() { site.before(document).await } else { None };
    let ranked = asked.questionnaire.is_none().then(|| par::unit(words, document, before.as_deref(), &unit)).flatten();
    let Some(named) = document.unit(&unit).filter(|_| ranked.is_some() || !sections.is_empty()) else {
        return Unserved::NotFound.respond(words, encoding, found.masthead.clone(), Some(&|words| back(words, &code)));
    };
    let (lead, block) =
        (if sections.is_empty() { "par-unit-lead" } else { "unit-lead" }, words.block(&named.block, document.publication.blocks()));
    let notes = found.notes(words, &html! { @if ranked.is_some() { (par::unit_notes(words, document, &unit)) } });
    let (sums, ranked) = ranked.map_or_else(|| (html! {}, None), |(sums, chapter)| (sums, Some(chapter)));
    let first = html! {
        p { (words.with(lead, [("round", document.publication.name(words.code())), ("block", &block)])) }
        (back(words, &code))
        (found.notices(words))
        (sums)
    };
    let surveyed = sections.iter().filter_map(|section| unit::section(&View::new(words, *section), &unit));
    let chapters: Vec<Chapter> = ranked.into_iter().chain(surveyed).chain(notes).collect();
    let body = html! { (laid_out(words, &first, &chapters)) (back(words, &code)) };
    let at = |words| asked.on(Address::unit_results(&code, &unit), words);
    respond(words, &found, (titled(words, document, named), body), at, &request)
}

/// The name of a unit, with the year where the round has a ranking: there is a page like it of every year.
fn titled(words: Words, document: &Document, unit: &PublishedUnit) -> String {
    let (name, year) = (unit.name(words.code()), document.publication.year.to_string());
    if document.ranking().is_some() { words.with("par-unit-title", [("unit", name), ("year", &year)]) } else { name.to_owned() }
}

fn back(words: Words, round: &str) -> Markup {
    html! { p { a href=(Address::results(round).lang(words)) { (words.get("unit-back")) } } }
}

fn respond(
    words: Words,
    found: &FoundRound,
    (title, body): (String, Markup),
    at: impl Fn(Words) -> Address,
    request: &HttpRequest,
) -> HttpResponse {
    let round = found.document.publication.name(words.code());
    let style = [STYLE, print::STYLE, &print::foot(&title, round)].concat();
    let mut page =
        Page::new(words, title, html! { (body) (print::whence(words, found.masthead.typed(&at(words)).as_deref())) (chart::hatches()) });
    page.wide = true;
    page.masthead = found.masthead.clone().roomy();
    page.preview = Some(round.to_owned());
    page.style = style;
    page.switch = Some(at(words.other()));
    page.respond_published(request)
}

/// A published round.
struct FoundRound {
    document: Arc<Document>,
    /// That of the round: whom to call is not frozen with the figures.
    masthead: Masthead,
    /// Not frozen with the figures: what is known of its key changes later.
    seal: Option<RoundSeal>,
}

impl FoundRound {
    /// What has to be said before the figures.
    fn notices(&self, words: Words) -> Markup {
        html! {
            (par::correction(words, &self.document))
            (round::excused(words, &self.document))
            (round::rule_of_then(words, &self.document))
            @if let Some(seal) = &self.seal { (sealed::given_up(words, seal)) }
        }
    }

    /// What is said behind the figures of how they were made and kept; none where there is nothing to say. `others` stand first.
    fn notes(&self, words: Words, others: &Markup) -> Option<Chapter> {
        let notes = html! {
            (others)
            @if let Some(seal) = &self.seal { (sealed::note(words, seal)) }
        };
        Chapter::flat("NOTES", words.get("results-notes"), notes)
    }
}

/// What was published of a round, or the page that says why there is nothing.
async fn published(site: &Site, code: &str, words: Words, encoding: Encoding) -> Result<FoundRound, HttpResponse> {
    let directory = site.answering.directory();
    let Some(opened) = directory.round(code) else {
        return Err(Unserved::NotFound.respond(words, encoding, shared(&directory), None));
    };
    if opened.round.state != RoundState::Published {
        return Err(not_published(words, &opened.round, encoding));
    }
    match site.document(opened.round.id).await {
        Ok(Some(document)) => Ok(FoundRound { document, masthead: opened.round.masthead(), seal: opened.seal.clone() }),
        Ok(None) => Err(not_published(words, &opened.round, encoding)),
        Err(error) => {
            tracing::error!(%error, round = code, "a published round could not be read");
            Err(Unserved::Internal.respond(words, encoding, opened.round.masthead(), None))
        }
    }
}

fn not_published(words: Words, round: &Round, encoding: Encoding) -> HttpResponse {
    let written = |words: Words| {
        let body = html! {
            p { (words.with("results-not-published", [("round", round.name(words.code()))])) }
            p { a href=(Address::of(HOME).lang(words)) { (words.get("to-home")) } }
        };
        (words.get("results-not-published-title"), body)
    };
    let mut page = Page::in_both(words, written);
    page.masthead = round.masthead();
    page.respond(StatusCode::NOT_FOUND, Keep::Never, encoding)
}
