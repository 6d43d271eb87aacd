//! Parts of a page of results under their headings, and the contents that lead to them: who has a part has its link.

use maud::{Markup, html};

use crate::words::Words;

/// The id of the contents. Questionnaires have none in capitals.
const CONTENTS: &str = "CONTENTS";

/// From so many links on contents are worth their room.
const LEAST: usize = 4;

/// Up to so many links contents take one screen of a phone; beyond, they leave out what stands beside the figures.
const MOST: usize = 22;

/// A part of a chapter, under a heading of the third level.
#[derive(Debug)]
pub(super) struct PagePart {
    /// Unlike any other on the page.
    pub(super) id: String,
    pub(super) title: String,
    pub(super) body: Markup,
    /// Whether it stands beside the figures: who answered, rules, files.
    is_beside: bool,
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
        (!body.0.is_empty()).then(|| Self { id: id.into(), title: title.into(), body, is_beside: false })
    }

    /// The same of what stands beside the figures.
    pub(super) fn beside(id: impl Into<String>, title: impl Into<String>, body: Markup) -> Option<Self> {
        Some(Self { is_beside: true, ..Self::of(id, title, body)? })
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
    let links: usize = chapters.iter().map(|chapter| 1 + chapter.parts.len()).sum();
    html! {
        (first)
        @if links >= LEAST { (contents(words, chapters, links <= MOST)) }
        @for chapter in chapters {
            (chapter.write())
            @if links >= LEAST { p.up { a href={ "#" (CONTENTS) } { (words.get("contents-back")) } } }
        }
    }
}

fn contents(words: Words, chapters: &[Chapter], all: bool) -> Markup {
    let listed = |chapter: &Chapter| -> Vec<Markup> {
        let parts = chapter.parts.iter().filter(|part| all || !part.is_beside);
        parts.map(|part| html! { li { a href={ "#" (part.id) } { (part.title) } } }).collect()
    };
    html! {
        nav.contents aria-labelledby=(CONTENTS) {
            h2 id=(CONTENTS) { (words.get("contents")) }
            ul { @for chapter in chapters {
                li {
                    a href={ "#" (chapter.id) } { (chapter.title) }
                    @let parts = listed(chapter);
                    @if !parts.is_empty() { ul { @for part in parts { (part) } } }
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
            assert_eq!(
                (page.matches(&format!("href=\"#{id}\"")).count(), page.matches(&format!(" id=\"{id}\"")).count()),
                (1, 1),
                "{page}"
            );
        }
        assert_eq!(page.matches("href=\"#CONTENTS\"").count(), 2, "{page}");
        let short = laid_out(Words::of("en"), &html! {}, &[chapter("a", &["b", "c"])]).into_string();
        assert!(!short.contains("href"), "{short}");
    }

    #[test]
    fn of_very_many_parts_those_beside_the_figures_are_not_listed() {
        let mut one = chapter("a", &["b"]);
        one.parts.extend(PagePart::beside("c", "C", html! { p {} }));
        let listed = |chapters: &[Chapter]| laid_out(Words::of("en"), &html! {}, chapters).into_string().contains("href=\"#c\"");
        let mut many: Vec<Chapter> = (2..MOST).map(|place| chapter(&format!("d{place}"), &[])).collect();
        many.pop();
        many.push(one);
        assert_eq!(many.iter().map(|chapter| 1 + chapter.parts.len()).sum::<usize>(), MOST);
        assert!(listed(&many));
        many.push(chapter("e", &[]));
        assert!(!listed(&many));
    }

    #[test]
    fn what_is_empty_is_no_part() {
        assert!(PagePart::of("a", "A", html! {}).is_none() && Chapter::flat("a", "A", html! {}).is_none());
    }
}
