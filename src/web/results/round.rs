//! A round: its questionnaires, each with its rule, its units by block, and who answered.

use maud::{Markup, html};

use super::contents::{Chapter, PagePart};
use super::view::View;
use super::{ResultsQuery, data, respondents, units};
use crate::publication::document::Document;
use crate::scoring::decimal::Held;
use crate::survey::{Aggregation, IndexRule, ItemValue};
use crate::words::Words;

/// Servers that a close went on without.
pub(super) fn excused(words: Words, document: &Document) -> Markup {
    let names = document.publication.excused.join(", ");
    html! { @if !names.is_empty() { p.notice { (words.with("results-excused", [("names", &names)])) } } }
}

/// The rule by which figures of surveys were published, where results of today follow another. What was imported holds none.
pub(super) fn rule_of_then(words: Words, document: &Document) -> Markup {
    let rule = document.rule_of_then().filter(|_| !document.publication.questionnaires.is_empty());
    html! { @if let Some(rule) = rule { p.notice { (words.with("results-format", [("format", &rule.to_string())])) } } }
}

/// One questionnaire: its figures, who answered, and at last by which rule.
pub(super) fn section(view: &View<'_>, asked: &ResultsQuery) -> Chapter {
    let (words, results) = (view.words, view.section.results);
    let lead = html! {
        @if let Some(sheets) = results.sheets {
            @let (shown, total) = (view.n(results.units.shown), view.n(results.units.total));
            @let (sheets, floor) = (view.sheets_of(sheets), view.floor());
            @let counted = [("sheets", sheets.as_str()), ("shown", &shown), ("total", &total), ("floor", &floor)];
            p { (words.with(&view.by_groups("results-coverage"), counted)) }
            p { (words.get("results-open-unit")) }
        } @else {
            p { (words.with(&view.by_groups("results-nothing"), [("floor", &view.floor())])) }
        }
    };
    let parts = || {
        let blocks = results.blocks.iter().enumerate().filter_map(|(place, block)| units::block(view, asked, place, block));
        let who = [respondents::modes(view), respondents::groups(view), respondents::attributes(view)];
        blocks.chain(who.into_iter().flatten()).chain(rule(view)).chain(data::part(view)).collect()
    };
    let parts = if results.sheets.is_some() { parts() } else { Vec::new() };
    Chapter { id: view.questionnaire().id.clone(), title: view.title().to_owned(), lead, parts }
}

/// The rule that made the figures, in words.
pub(super) fn rule(view: &View<'_>) -> Option<PagePart> {
    let words = view.words;
    let body = html! {
        ul.rule {
            @match view.section.results.rule {
                Some(rule) => {
                    li { (words.get(item_rule(rule))) }
                    li { (words.get(whole_rule(rule))) }
                    li { (words.with("rule-component", [("maximum", &maximum(words, rule))])) }
                }
                None => @match &view.section.results.rating {
                    Some(rating) => {
                        li { (words.get("rule-ratings")) }
                        li { (words.get(super::ratings::combination(rating.combination))) }
                        @if let Some(key) = super::ratings::small_groups(view) { li { (words.get(&key)) } }
                    }
                    None => li { (words.get("rule-none")) }
                }
            }
            li { (words.with("rule-floor", [("floor", &view.floor())])) }
            @if !view.is_of_format_one() && (view.section.results.rule.is_some() || view.section.results.rating.is_some()) {
                li.exact { (words.with(&view.by_groups("results-points-exact"), [("floor", &view.floor())])) }
            }
        }
    };
    PagePart::beside(view.id("rule"), words.get("results-rule"), body)
}

/// Points at an index of 100, as the language writes them.
pub(super) fn maximum(words: Words, rule: IndexRule) -> String {
    words.decimal(&Held::from_hundredths(rule.maximum_hundredths).to_fixed(2))
}

fn item_rule(rule: IndexRule) -> &'static str {
    match rule.item_value {
        ItemValue::SatisfiedShare => "rule-satisfied-share",
        ItemValue::MeanOfMaximum => "rule-mean-of-maximum",
        ItemValue::MeanRescaled => "rule-mean-rescaled",
    }
}

fn whole_rule(rule: IndexRule) -> &'static str {
    match rule.aggregation {
        Aggregation::MeanOfItems => "rule-mean-of-items",
        Aggregation::MeanOfFactors => "rule-mean-of-factors",
        Aggregation::MeanOfContents => "rule-mean-of-contents",
        Aggregation::PooledAnswers => "rule-pooled-answers",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::snapshots::Snapshot;

    #[test]
    fn what_was_published_under_an_older_rule_says_so() {
        let read = |body: &str| Document::frozen(Snapshot { sha256: String::new(), body: body.to_owned() }).unwrap();
        let asked = read(include_str!("../../../tests/data/frozen/format-1/2025.json"));
        let imported = read(include_str!("../../../tests/data/frozen/format-1/2024.json"));
        // The rule is that of today, only the form of the document is older.
        let second = read(include_str!("../../../tests/data/frozen/format-2/2025.json"));
        let said = |language, document| rule_of_then(Words::of(language), document).into_string();
        assert!(said("vi", &asked).contains("quy tắc công bố số 1,"));
        assert!(said("en", &asked).contains("under rule 1 for publishing"));
        assert_eq!(said("vi", &second), "");
        assert_eq!(said("vi", &imported), "");
    }
}
