//! Where to get the figures as files.

use maud::{Markup, html};

use super::view::View;
use crate::export::{Format, Kind};

/// Links to every table, and the fingerprint of what was published.
pub(super) fn links(view: &View<'_>) -> Markup {
    let (words, document) = (view.words, view.section.document);
    let (round, id, version) = (&document.publication.round, &view.questionnaire().id, &view.questionnaire().version);
    html! {
        h3 { (words.get("results-data")) }
        p { (words.with("results-version", [("id", id), ("version", version)])) }
        ul {
            @for kind in Kind::ALL {
                li {
                    (words.get(&format!("results-{kind}"))) ": "
                    @for (place, format) in Format::ALL.into_iter().enumerate() {
                        @if place > 0 { " · " }
                        @let name = format.name().to_uppercase();
                        a href=(format!("/api/v1/rounds/{round}/{id}/{kind}.{format}")) aria-label=(format!("{} {name}", words.get(&format!("results-{kind}")))) { (name) }
                    }
                }
            }
            li { a href=(format!("/api/v1/rounds/{round}")) { (words.get("results-data-all")) } }
            li { a href="/api/v1/openapi.json" { (words.get("api-link")) " (OpenAPI)" } }
        }
        p { (words.get("results-data-lead")) }
        p.hash { code { (document.seal()) } }
    }
}
