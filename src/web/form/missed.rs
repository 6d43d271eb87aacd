//! Questions that were passed over: asked about once, grouped by part, marked where they stand, each leading to the next.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::{FormPage, TURN_CONFIRM, TURN_FIELD};
use crate::survey::Questionnaire;
use crate::survey::check::ITEMS_MAX;
use crate::survey::reading::Reading;
use crate::survey::sheet::Answer;

/// Begins the value of [`TURN_FIELD`] that says of which questions it was asked already why they have no answer; their places follow.
const ASKED: &str = "asked:";

/// How they look, on a form that has any.
pub(super) const STYLE: &str = include_str!("missed.css");

/// Questions without an answer, in order: place and number of each. They are numbered as the respondent sees them: all that are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed(Vec<(usize, usize)>);

impl Missed {
    /// Those of a sheet; none where nothing was passed over.
    #[must_use]
    pub fn of(questionnaire: &Questionnaire, reading: &Reading) -> Option<Self> {
        let shown = questionnaire.items.iter().zip(reading.sheet.answers()).enumerate();
        let shown = shown.filter(|(_, (item, answer))| !item.is_remark() && **answer != Answer::NotShown).map(|(place, _)| place);
        let missed: Vec<_> = shown.zip(1..).filter(|(place, _)| reading.missed.contains(place)).collect();
        (!missed.is_empty()).then_some(Self(missed))
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn places(&self) -> impl Iterator<Item = usize> {
        self.0.iter().map(|(place, _)| *place)
    }

    fn next(&self, place: usize) -> Option<(usize, usize)> {
        self.0.iter().copied().find(|(later, _)| *later > place)
    }
}

/// The value of [`TURN_FIELD`] that names questions that were asked about.
pub(in crate::web) fn asked_value(places: &BTreeSet<usize>) -> String {
    let places: Vec<String> = places.iter().map(usize::to_string).collect();
    format!("{ASKED}{}", places.join(","))
}

/// The questions that such a value names, but for places that no questionnaire has; none where it says something else.
pub(in crate::web) fn read_asked(value: &str) -> Option<BTreeSet<usize>> {
    let places = value.strip_prefix(ASKED)?.split(',').filter_map(|place| place.parse().ok());
    Some(places.filter(|place| *place < ITEMS_MAX).collect())
}

impl FormPage<'_> {
    /// What is said of missed questions above the form.
    pub(super) fn missed_notice(&self, missed: &Missed) -> Markup {
        let (words, items) = (self.words, &self.questionnaire.items);
        let required = missed.places().any(|place| items.get(place).is_some_and(|item| item.required));
        let first = missed.places().next().and_then(|place| items.get(place)).map_or("", |item| &item.code);
        html! {
            .notice role="alert" tabindex="-1" autofocus {
                h2 { (words.count("missed-title", missed.len())) }
                p { (words.get(if required { "missed-required" } else { "missed-lead" })) }
                p.row {
                    @if !required { button form="f" name=(TURN_FIELD) value=(TURN_CONFIRM) { (words.get("missed-send")) } }
                    a.button href=(format!("#{first}")) { (words.get("missed-back")) }
                }
                @for (place, part) in self.questionnaire.parts.iter().enumerate() {
                    @let is_of = |item: usize| items.get(item).is_some_and(|item| item.part == place);
                    @let of_part: Vec<_> = missed.0.iter().filter(|(item, _)| is_of(*item)).collect();
                    @if !of_part.is_empty() {
                        p.note id=(format!("m{place}")) { (part.title.get(self.language)) }
                        ul.numbers aria-labelledby=(format!("m{place}")) {
                            @for (item, number) in of_part { (self.missed_number(*item, *number)) }
                        }
                    }
                }
            }
        }
    }

    fn missed_number(&self, place: usize, number: usize) -> Markup {
        let Some(item) = self.questionnaire.items.get(place) else { return html! {} };
        let said = self.words.with("missed-number", [("number", &number.to_string())]);
        html! {
            li {
                a href=(format!("#{}", item.code)) aria-label=(said) { (number) }
                @if item.required { " " (self.words.get("form-required")) }
            }
        }
    }

    /// The mark of a question without an answer, in its legend; it goes with the first choice.
    pub(super) fn missed_mark(&self, place: usize) -> Markup {
        html! { @if self.is_missed(place) { span.m { (self.words.get("missed-mark")) } } }
    }

    /// The way from one such question to the next, and from the last one to the end.
    pub(super) fn missed_next(&self, place: usize) -> Markup {
        let words = self.words;
        let next = self.missed.and_then(|missed| missed.next(place));
        let next = next.and_then(|(place, number)| Some((self.questionnaire.items.get(place)?, number)));
        html! {
            @if self.is_missed(place) {
                p {
                    @match next {
                        Some((item, number)) => a.next href=(format!("#{}", item.code)) {
                            (words.with("missed-next", [("number", &number.to_string())]))
                        },
                        None => a.next href="#send" { (words.get("missed-end")) },
                    }
                }
            }
        }
    }

    pub(super) fn is_missed(&self, place: usize) -> bool {
        self.missed.is_some_and(|missed| missed.places().any(|missed| missed == place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_about_comes_back_as_it_went() {
        let places = BTreeSet::from([3, 17, 250]);
        assert_eq!(asked_value(&places), "asked:3,17,250");
        assert_eq!(read_asked(&asked_value(&places)), Some(places));
        assert_eq!(read_asked(&format!("asked:299,{}", asked_value(&(300..20_000).collect()))), Some([299].into()));
        assert_eq!((read_asked("confirm"), read_asked("asked:"), read_asked("asked:x,-1,7")), (None, Some([].into()), Some([7].into())));
    }
}
