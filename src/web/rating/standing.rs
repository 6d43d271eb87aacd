//! How far one is with each unit, said in the list of units by style: nothing, begun, whole, or not rated.
//!
//! A group of choices of which none is chosen is `:indeterminate`. Where any number of options may be chosen there is no such thing, and
//! whether something is chosen is asked by name.

use std::fmt::Write;

use maud::{Markup, html};

use crate::survey::Questionnaire;
use crate::survey::reading::about::UNIT_MARK;
use crate::words::Words;

/// What is said beside the name of the unit at a place; style shows one of these.
pub(super) fn said(words: Words, place: usize) -> Markup {
    html! {
        @for (class, key) in [("o", "rating-none"), ("b", "rating-begun"), ("w", "rating-whole"), ("n", "rating-left-out")] {
            span class=(format!("{class}{place} done")) { " · " (words.get(key)) }
        }
    }
}

/// The style that shows it, for the units of these codes. Browsers that do not know `:has` show everything and say nothing here.
pub(super) fn style<'a>(questionnaire: &Questionnaire, units: impl Iterator<Item = &'a str>) -> String {
    let mut style = String::from("@supports selector(:has(*)){");
    let several: Vec<&str> = questionnaire.items.iter().filter(|item| item.is_multiple()).map(|item| item.code.as_str()).collect();
    for (place, unit) in units.enumerate() {
        // Writing to a string cannot fail.
        let _ = write!(
            style,
            "form:has(#u{place} :checked) .o{place},\
             form:not(:has(#u{place} .items :checked)) :is(.b{place},.w{place}),form:has(#u{place} .none:checked) :is(.b{place},.w{place}),\
             form:not(:has(#u{place} .none:checked)) .n{place},form:has(#u{place} :indeterminate) .w{place}"
        );
        for item in &several {
            let _ = write!(style, ",form:not(:has([name=\"{unit}{UNIT_MARK}{item}\"]:checked)) .w{place}");
        }
        style.push_str("{display:none}");
        // Where it is whole it is not only begun: what follows the first is shown instead of it.
        let whole = several.iter().fold(format!("form:not(:has(#u{place} :indeterminate))"), |whole, item| {
            format!("{whole}:has([name=\"{unit}{UNIT_MARK}{item}\"]:checked)")
        });
        let _ = write!(style, "{whole} .b{place}{{display:none}}");
    }
    style.push_str("}@supports not selector(:has(*)){.done{display:none}}");
    style
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_standing_is_said_in_both_languages() {
        for words in [Words::of("vi"), Words::of("en")] {
            let said = said(words, 3).into_string();
            assert!(
                ["o3 done", "b3 done", "w3 done", "n3 done"].iter().all(|class| said.contains(class)) && !said.contains("rating-"),
                "{said}"
            );
        }
    }
}
