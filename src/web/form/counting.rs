//! Where one is on a form: "question 51/84 · part 5/7", in sight beside each question, counted by style over what is shown.
//!
//! `q` and `p` count questions and parts as they come; what is hidden counts for nothing. How many there are in all is `qn` and `pn`: what
//! is always shown stands in the style, and everything else has an empty element at the head of the form, which is hidden with it.

use std::fmt::Write;

use maud::{Markup, html};

use super::Conditions;
use crate::survey::{Item, Questionnaire, ShownWhen};
use crate::words::Words;

/// How it looks, on every form, on screens and on paper.
const SIGHT: &str = concat!(include_str!("counting.css"), include_str!("print.css"));

fn questions(questionnaire: &Questionnaire, part: usize) -> impl Iterator<Item = &Item> {
    questionnaire.items_of(part).map(|(_, item)| item).filter(|item| !item.is_remark())
}

/// Questions and parts that are shown whatever is answered.
fn always(questionnaire: &Questionnaire) -> (usize, usize) {
    let parts = || (0..).zip(&questionnaire.parts).filter(|(_, part)| part.show_if.is_none());
    let shown = |place| questions(questionnaire, place).filter(|item| item.show_if.is_none()).count();
    (parts().map(|(place, _)| shown(place)).sum(), parts().count())
}

/// An element for each part and question that is shown only sometimes.
pub(super) fn sometimes(questionnaire: &Questionnaire, conditions: &Conditions) -> Markup {
    let classes = |own: &str, condition: Option<&ShownWhen>| {
        conditions.class(condition).map_or_else(|| own.to_owned(), |class| format!("{own} {class}"))
    };
    html! {
        @for (place, part) in questionnaire.parts.iter().enumerate() {
            @if part.show_if.is_some() {
                i class=(classes("p", part.show_if.as_ref())) {
                    @for item in questions(questionnaire, place) { i class=(classes("q", item.show_if.as_ref())) {} }
                }
            } @else {
                @for item in questions(questionnaire, place).filter(|item| item.show_if.is_some()) {
                    i class=(classes("q", item.show_if.as_ref())) {}
                }
            }
        }
    }
}

/// Words as style has them, with counters in the place of numbers.
fn counted(words: Words, key: &str, number: &str, total: &str) -> String {
    let counter = |name: &str| format!("\"counter({name})\"");
    format!("\"{}\"", words.with(key, [("number", &counter(number)), ("total", &counter(total))]))
}

/// The style of a form about one unit.
pub(super) fn style(questionnaire: &Questionnaire, words: Words) -> String {
    let (items, parts) = always(questionnaire);
    let (question, part) = (counted(words, "form-question", "q", "qn"), counted(words, "form-part", "p", "pn"));
    format!(
        "{SIGHT}#f{{counter-reset:q p qn {items} pn {parts}}}section{{counter-increment:p}}\
         section>.row small::before,.rm::before{{content:{part}}}fieldset::before{{content:{question}\" · \"{part}}}"
    )
}

/// The style of a form about so many units, each a section of its own: questions are counted anew in each, and none is ever hidden.
pub(in crate::web) fn style_of_units(questionnaire: &Questionnaire, words: Words, units: usize) -> String {
    let (items, _) = always(questionnaire);
    let (question, unit) = (counted(words, "form-question", "q", "qn"), counted(words, "rating-unit", "u", "un"));
    let mut style = format!("{SIGHT}.rm::before{{content:{unit}}}fieldset::before{{content:{question}\" · \"{unit}}}");
    for place in 0..units {
        // Writing to a string cannot fail.
        let _ = write!(style, "#u{place}{{counter-reset:q qn {items} u {} un {units}}}", place + 1);
    }
    style
}
