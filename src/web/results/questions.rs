//! All questions of a unit, part by part.

use maud::{Markup, html};

use super::contents::PagePart;
use super::items;
use super::view::View;
use crate::scoring::results::{ItemResult, UnitFigures};
use crate::survey::{Item, Kind};

/// A question with its result.
struct Question<'a> {
    item: &'a Item,
    result: &'a ItemResult,
    /// Whether its scale is another than that of the scale question before: then its steps are named.
    new_scale: bool,
}

/// The questions with their distributions.
pub(super) fn all(view: &View<'_>, figures: &UnitFigures) -> Option<PagePart> {
    let (words, sheets) = (view.words, figures.sheets);
    let (parts, id) = (parts(view, figures), |part: usize| view.id(&format!("part-{part}")));
    let body = html! {
        p { (words.get(&view.by_rule("unit-questions-lead"))) }
        @if parts.len() > 1 { ul.jumps { @for (part, _) in &parts { li { a href={ "#" (id(*part)) } { (view.part_text(*part)) } } } } }
        @for (part, questions) in parts {
            h4 id=(id(part)) { (view.part_text(part)) }
            @for question in questions {
                @if question.new_scale { (key(view, question.item)) }
                (items::item(view, question.item, question.result, sheets))
            }
        }
    };
    PagePart::of(view.id("questions"), words.get("unit-questions"), body)
}

/// Questions by the part they stand in.
fn parts<'a>(view: &View<'a>, figures: &'a UnitFigures) -> Vec<(usize, Vec<Question<'a>>)> {
    let mut parts: Vec<(usize, Vec<Question<'_>>)> = Vec::new();
    let mut known = None;
    for result in &figures.items {
        let Some(item) = view.item(&result.code) else { continue };
        let mut question = Question { item, result, new_scale: false };
        if let Kind::Scale { scale, .. } = &item.kind {
            question.new_scale = known.replace(scale) != Some(scale);
        }
        match parts.last_mut() {
            Some((part, questions)) if *part == item.part => questions.push(question),
            _ => parts.push((item.part, vec![question])),
        }
    }
    parts
}

/// The steps of a scale with their tones.
fn key(view: &View<'_>, item: &Item) -> Markup {
    let steps = item.choices().len();
    html! {
        p.note { (view.words.get("unit-scale")) }
        ul.key { @for place in 0..steps { li { (items::swatch(place, steps)) (view.option_text(item, place)) } } }
    }
}
