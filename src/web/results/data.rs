//! Where to get the figures as files.

use maud::{Markup, html};

use super::contents::PagePart;
use super::view::View;
use crate::address::{API_DESCRIPTION, Address};
use crate::export::{Format, PublishedTable, TablePart};
use crate::publication::document::Document;
use crate::words::Words;

/// Links to every table of a questionnaire, and the fingerprint of what was published.
pub(super) fn part(view: &View<'_>) -> Option<PagePart> {
    PagePart::beside(view.id("data"), view.words.get("results-data"), links(view))
}

fn links(view: &View<'_>) -> Markup {
    let (words, document) = (view.words, view.section.document);
    let (round, id, version) = (&document.publication.round, &view.questionnaire().id, &view.questionnaire().version);
    html! {
        p { (words.with("results-version", [("id", id), ("version", version)])) }
        ul {
            @for kind in PublishedTable::of(view.questionnaire()) {
                @let label = words.get(&format!("results-{kind}"));
                @let address = |part: TablePart, format: Format| Address::api_table(round, id, &part.of(kind.name()), format.name());
                li { (table(words, &label, address)) }
            }
            (whole(words, round))
        }
        (seal(words, document))
    }
}

/// Links to the scores of a round, and the fingerprint.
pub(super) fn scores(words: Words, document: &Document) -> Markup {
    let (round, label) = (&document.publication.round, words.get("results-scores"));
    html! {
        ul {
            li { (table(words, &label, |part, format| match part {
                TablePart::Rows => Address::api_scores(round, format.name()),
                TablePart::Columns => Address::api_scores_columns(round, format.name()),
            })) }
            (whole(words, round))
        }
        (seal(words, document))
    }
}

/// Everything of a round, and the description of all addresses.
fn whole(words: Words, round: &str) -> Markup {
    html! {
        li { a href=(Address::api_round(round)) { (words.get("results-data-all")) } }
        li { a href=(API_DESCRIPTION) { (words.get("api-link")) " (OpenAPI)" } }
    }
}

fn seal(words: Words, document: &Document) -> Markup {
    html! {
        p { (words.get("results-data-lead")) }
        p.hash { code { (document.seal()) } }
    }
}

/// Links to one table in each of its formats, and to what its columns are.
fn table(words: Words, label: &str, address: impl Fn(TablePart, Format) -> Address) -> Markup {
    let columns = words.get("results-data-columns");
    html! {
        (label) ": "
        @for format in Format::ALL {
            @let name = format.name().to_uppercase();
            a href=(address(TablePart::Rows, format)) aria-label=(format!("{label} {name}")) { (name) }
            " · "
        }
        a href=(address(TablePart::Columns, Format::Csv)) aria-label=(format!("{label}: {columns}")) { (columns) }
    }
}
