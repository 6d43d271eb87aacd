//! Conditions under which questions are shown, as classes and as the rules of style that hide them.

use std::fmt::Write;

use crate::survey::{Questionnaire, ShownWhen};

/// The distinct conditions of a questionnaire; the place of each is its class, `r0`, `r1` …
pub(in crate::web) struct Conditions(Vec<ShownWhen>);

impl Conditions {
    pub(in crate::web) fn of(questionnaire: &Questionnaire) -> Self {
        let mut found = Vec::new();
        let parts = questionnaire.parts.iter().filter_map(|part| part.show_if.as_ref());
        for condition in parts.chain(questionnaire.items.iter().filter_map(|item| item.show_if.as_ref())) {
            if !found.contains(condition) {
                found.push(condition.clone());
            }
        }
        Self(found)
    }

    pub(super) fn class(&self, condition: Option<&ShownWhen>) -> Option<String> {
        let place = self.0.iter().position(|known| Some(known) == condition)?;
        Some(format!("r{place}"))
    }

    /// The rules of screens. On paper all stands there, with the line that says when it is to be answered.
    pub(super) fn style(&self, questionnaire: &Questionnaire) -> String {
        let mut style = String::new();
        for (place, condition) in self.0.iter().enumerate() {
            let Some(item) = questionnaire.items.get(condition.item) else { continue };
            let chosen = condition.any_of.iter().filter_map(|option| item.choices().get(*option));
            let chosen: Vec<_> = chosen.map(|choice| format!("[name=\"{}\"][value=\"{}\"]:checked", item.code, choice.code)).collect();
            // Writing to a string cannot fail.
            let _ = write!(style, "form:not(:has({})) .r{place}{{display:none}}", chosen.join(","));
        }
        if style.is_empty() { style } else { format!("@media screen{{@supports selector(:has(*)){{{style}.if{{display:none}}}}}}") }
    }
}
