//! Parts of a page of results under their headings, and the contents that lead to them: who has a part has its link.

use maud::{Markup, html};

use crate::words::Words;

/// The id of the contents. Questionnaires have none in capitals.
const CONTENTS: &str = "CONTENTS";

/// From so many links on contents are worth their room.
const LEAST: usize = 4;

/// A part of a chapter, under a heading of the third level.
#[derive(Debug)]
pub(super) struct PagePart {
    /// Unlike any other on the page.
    pub(super) id: String,
    pub(super) title: String,
    pub(super) body: Markup,
}

/// What stands under a heading of the second level: what is said first, and its parts.
#[derive(Debug)]
pub(super) struct Chapter {
    /// Unlike any other on the page.
    pub(super) id: String,
    pub(super) title: String,
    pub(super) lead: Markup,
    pub(super) parts: Vec<PagePart>,
}

impl PagePart {
    /// A part; none where nothing stands in it.
    pub(super) fn of(id: impl Into<String>, title: impl Into<String>, body: Markup) -> Option<Self> {
        (!body.0.is_empty()).then(|| Self { id: id.into(), title: title.into(), body })
    }

    fn write(&self) -> Markup {
        html! { h3 id=(self.id) { (self.title) } (self.body) }
    }
}

impl Chapter {
    /// A chapter without parts; none where nothing stands in it.
    pub(super) fn flat(id: impl Into<String>, title: impl Into<String>, lead: Markup) -> Option<Self> {
        (!lead.0.is_empty()).then(|| Self { id: id.into(), title: title.into(), lead, parts: Vec::new() })
    }

    fn write(&self) -> Markup {
        html! {
            section id=(self.id) {
                h2 id={ (self.id) "--title" } { (self.title) }
                (self.lead)
                @for part in &self.parts { (part.write()) }
            }
        }
    }
}

/// Contents and chapters, with a way back behind each; `first` stands before the contents.
pub(super) fn laid_out(words: Words, first: &Markup, chapters: &[Chapter]) -> Markup {
    let listed = chapters.iter().map(|chapter| 1 + chapter.parts.len()).sum::<usize>() >= LEAST;
    html! {
        (first)
        @if listed { (contents(words, chapters)) }
        @for chapter in chapters {
            (chapter.write())
            @if listed { p.up { a href={ "#" (CONTENTS) } { (words.get("contents-back")) } } }
        }
    }
}

fn contents(words: Words, chapters: &[Chapter]) -> Markup {
    html! {
        nav.contents aria-labelledby=(CONTENTS) {
            h2 id=(CONTENTS) { (words.get("contents")) }
            ul { @for chapter in chapters {
                li {
                    a href={ "#" (chapter.id) } { (chapter.title) }
                    @if !chapter.parts.is_empty() {
                        ul { @for part in &chapter.parts { li { a href={ "#" (part.id) } { (part.title) } } } }
                    }
                }
            } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chapter(id: &str, parts: &[&str]) -> Chapter {
        let parts = parts.iter().filter_map(|id| PagePart::of(*id, *id, html! { p {} })).collect();
        Chapter { id: id.to_owned(), title: id.to_uppercase(), lead: html! {}, parts }
    }

    #[test]
    fn every_part_has_its_link_and_a_short_page_has_none() {
        let page = laid_out(Words::of("en"), &html! {}, &[chapter("a", &["b", "c"]), chapter("d", &[])]).into_string();
        for id in ["a", "b", "c", "d"] {
            assert_eq!((page.matches(&format!("href=\"#{id}\"")).count(), page.matches(&format!(" id=\"{id}\"")).count()), (1, 1), "{page}");
        }
        assert_eq!(page.matches("href=\"#CONTENTS\"").count(), 2, "{page}");
        let short = laid_out(Words::of("en"), &html! {}, &[chapter("a", &["b", "c"])]).into_string();
        assert!(!short.contains("href"), "{short}");
    }

    #[test]
    fn what_is_empty_is_no_part() {
        assert!(PagePart::of("a", "A", html! {}).is_none() && Chapter::flat("a", "A", html! {}).is_none());
    }
}
