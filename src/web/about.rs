//! The page behind the promise: what each step does with a sheet, what is kept and what not, the seal and its key, codes, what nobody can
//! promise, and how all of it is checked.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::asking::Asking;
use super::encoding::Encoding;
use super::masthead::shared;
use super::page::{Keep, Page};
use super::promise::key;
use super::site::Site;
use crate::address::{ABOUT, Address, HOME};
use crate::directory::OpenedRound;
use crate::round::RoundState;
use crate::seal::RoundSeal;
use crate::words::Words;

/// Whole sentences want more room than the lines of a list.
const STYLE: &str = "li{margin-bottom:8px}main ul{padding-left:1.2em}";

/// `GET /about`: how answers are kept.
pub(super) async fn about(site: Data<Site>, asking: Asking, request: HttpRequest) -> HttpResponse {
    let (directory, words) = (site.answering.directory(), asking.words());
    let is_sealed = |opened: &OpenedRound| matches!(opened.round.state, RoundState::Open | RoundState::Closing);
    let rounds = directory.rounds.iter().filter(|opened| is_sealed(opened));
    let sealed: Vec<_> = rounds.filter_map(|opened| Some((opened.as_ref(), opened.seal.as_ref()?))).collect();
    let body = html! {
        p { (words.get("about-lead")) }
        (part(words, "steps", 6))
        (part(words, "kept", 6))
        (part(words, "seal", 5))
        @if !sealed.is_empty() {
            section #key {
                h2 { (words.get("about-key-title")) }
                ul { @for (opened, seal) in &sealed { (of_round(words, opened, seal)) } }
            }
        }
        (part(words, "code", 4))
        (part(words, "not", 9))
        (part(words, "check", 3))
        p { a href=(Address::of(HOME).lang(words)) { (words.get("to-home")) } }
    };
    let mut page = Page::new(words, words.get("about-title"), body);
    STYLE.clone_into(&mut page.style);
    page.masthead = shared(&directory);
    page.switch = Some(Address::of(ABOUT).lang(words.other()));
    page.respond(StatusCode::OK, Keep::Back, Encoding::accepted(&request))
}

/// A heading and the sentences under it.
fn part(words: Words, name: &str, sentences: usize) -> Markup {
    html! {
        section id=(name) {
            h2 { (words.get(&format!("about-{name}-title"))) }
            ul { @for sentence in 1..=sentences { li { (words.get(&format!("about-{name}-{sentence}"))) } } }
        }
    }
}

/// Where the key of a round is, and by what it is known: those who have a share of it can compare.
fn of_round(words: Words, opened: &OpenedRound, seal: &RoundSeal) -> Markup {
    html! {
        li {
            (opened.round.name(words.code())) ": " (key(words, seal.kept)) " "
            small { (words.with("about-key-print", [("print", &seal.public.fingerprint())])) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sentence that is missing would stand on the page as its key, and one too many would stand nowhere.
    #[test]
    fn every_sentence_of_the_page_is_there_in_both_languages_and_none_is_left_out() {
        let text = include_str!("../words/vi/about.ftl");
        let parts = [("steps", 6), ("kept", 6), ("seal", 5), ("code", 4), ("not", 9), ("check", 3)];
        let shown: usize = parts.iter().map(|(_, sentences)| sentences + 1).sum();
        assert_eq!(text.lines().filter(|line| line.starts_with("about-")).count(), shown + 4, "and title, lead, heading and fingerprint");
        for words in [Words::of("vi"), Words::of("en")] {
            for (name, sentences) in parts {
                let page = part(words, name, sentences).into_string();
                assert!(!page.contains("about-"), "{page}");
            }
        }
    }
}
