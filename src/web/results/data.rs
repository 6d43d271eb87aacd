//! Where to get the figures as files.

use maud::{Markup, html};

use super::view::View;
use crate::export::{Format, Kind, ScoresFormat};

/// Links to every table, and the fingerprint of what was published.
pub(super) fn links(view: &View<'_>) -> Markup {
    let (words, document) = (view.words, view.section.document);
    let (round, id, version) = (&document.publication.round, &view.questionnaire().id, &view.questionnaire().version);
    html! {
        h3 { (words.get("results-data")) }
        p { (words.with("results-version", [("id", id), ("version", version)])) }
        ul {
            @for kind in Kind::ALL {
                @let label = words.get(&format!("results-{kind}"));
                li { (table(&label, &format!("/api/v1/rounds/{round}/{id}/{kind}"), &Format::ALL.map(Format::name))) }
            }
            @if document.ranking().is_some() {
                @let label = words.get("results-scores");
                li { (table(&label, &format!("/api/v1/rounds/{round}/scores"), &ScoresFormat::ALL.map(ScoresFormat::name))) }
            }
            li { a href=(format!("/api/v1/rounds/{round}")) { (words.get("results-data-all")) } }
            li { a href="/api/v1/openapi.json" { (words.get("api-link")) " (OpenAPI)" } }
        }
        p { (words.get("results-data-lead")) }
        p.hash { code { (document.seal()) } }
    }
}

/// Links to one table in each of its formats.
fn table(label: &str, address: &str, formats: &[&str]) -> Markup {
    html! {
        (label) ": "
        @for (place, format) in formats.iter().enumerate() {
            @if place > 0 { " · " }
            @let name = format.to_uppercase();
            a href=(format!("{address}.{format}")) aria-label=(format!("{label} {name}")) { (name) }
        }
    }
}
