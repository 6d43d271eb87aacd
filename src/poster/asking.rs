//! Who asks, on what is printed.

use maud::{Markup, html};

use crate::round::Round;
use crate::words::Words;

/// Name of the emblem inside of a document.
const EMBLEM: &str = "emblem";

/// The emblem, once for all pages, which show it again by its name.
pub(super) fn emblem(round: &Round) -> Markup {
    let logo = round.organiser.as_ref().and_then(|organiser| organiser.logo.as_ref());
    html! {
        @if let Some(logo) = logo {
            svg.emblems aria-hidden="true" {
                symbol id=(EMBLEM) viewBox="0 0 1 1" {
                    image href=(logo.inline()) width="1" height="1" {}
                }
            }
        }
    }
}

/// The emblem at its place on a page.
pub(super) fn shown(round: &Round) -> Markup {
    let has_logo = round.organiser.as_ref().is_some_and(|organiser| organiser.logo.is_some());
    html! { @if has_logo { svg.emblem aria-hidden="true" { use href=(format!("#{EMBLEM}")) {} } } }
}

/// The agency, where that was said.
pub(super) fn name(words: Words, round: &Round) -> Option<&str> {
    Some(round.organiser.as_ref()?.name.get(words.code()))
}

/// Agency and what is above it, as one text.
pub(super) fn agency_line(words: Words, round: &Round) -> Option<String> {
    let organiser = round.organiser.as_ref()?;
    let names = organiser.province.iter().chain([&organiser.name]).map(|name| name.get(words.code()));
    Some(names.collect::<Vec<_>>().join(" · "))
}

/// Emblem, agency and what is above it, on a line of a page.
pub(super) fn agency(words: Words, round: &Round) -> Markup {
    html! {
        @if let Some(organiser) = &round.organiser {
            p.asks {
                @if words.code() == "vi" { (shown(round)) }
                span {
                    @if let Some(province) = &organiser.province { (province.get(words.code())) " · " }
                    strong { (organiser.name.get(words.code())) }
                }
            }
        }
    }
}

/// How whoever asks is reached, where that was said.
pub(super) fn contact(words: Words, round: &Round) -> Option<String> {
    let contact = round.organiser.as_ref()?.contact.join("; ");
    (!contact.is_empty()).then(|| words.with("asks-contact", [("contact", &contact)]))
}
