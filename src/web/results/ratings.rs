//! The officials' component of a unit: points of each criterion, what each group gave, and how one comes from the other.

use maud::{Markup, html};

use super::contents::PagePart;
use super::view::View;
use crate::scoring::disclosure::Shown;
use crate::scoring::results::{CriterionHead, CriterionResult, GroupRatings, UnitFigures};
use crate::survey::rating::{Combination, SmallGroups};

/// Criteria with their groups, and the sum; nothing where the questionnaire is not about units.
pub(super) fn section(view: &View<'_>, figures: &UnitFigures) -> Option<PagePart> {
    let (words, head) = (view.words, view.section.results.rating.as_ref()?);
    let body = html! {
        p { (words.get(combination(head.combination))) }
        .scroll tabindex="0" role="region" aria-labelledby=(format!("{} {}", view.id("title"), view.id("ratings"))) {
            table {
                caption.heard { (words.get("ratings-title")) ", n = " (view.sheets_of(figures.sheets)) }
                thead { tr {
                    th scope="col" { (words.get("ratings-criterion")) }
                    (view.head("results-component"))
                    (view.head("ratings-share"))
                    (view.head("results-sheets"))
                } }
                @for (head, criterion) in head.criteria.iter().zip(&figures.criteria) { (rows(view, head, criterion)) }
                @if let Some(total) = &figures.officials {
                    tfoot { tr {
                        th scope="row" { (words.get("ratings-total")) }
                        td.num { (words.decimal(&total.get().printed)) } td {} td {}
                    } }
                }
            }
        }
        @if !view.is_of_format_one() && figures.criteria.iter().any(has_hidden) { p.note { (words.get("ratings-hidden")) } }
        details.unprinted {
            summary { (words.get("working-open")) }
            ol { @for (head, criterion) in head.criteria.iter().zip(&figures.criteria) { li { (working(view, head, criterion)) } } }
        }
    };
    PagePart::of(view.id("ratings"), words.get("ratings-title"), body)
}

/// The key of the words for how groups become one.
pub(super) fn combination(combination: Combination) -> &'static str {
    match combination {
        Combination::GroupWeights => "rule-group-weights",
        Combination::Pooled => "rule-pooled",
    }
}

/// The key of the words for what becomes of groups with too few sheets; none where figures of the first format counted them all.
pub(super) fn small_groups(view: &View<'_>) -> Option<String> {
    let rating = view.questionnaire().rating.as_ref()?;
    match rating.small_groups {
        SmallGroups::Pool => Some("rule-pool".to_owned()),
        SmallGroups::LeaveOut if view.is_of_format_one() && rating.combination == Combination::Pooled => None,
        SmallGroups::LeaveOut => Some(view.by_rule("rule-leave-out")),
    }
}

fn rows(view: &View<'_>, head: &CriterionHead, criterion: &CriterionResult) -> Markup {
    let words = view.words;
    let points = criterion.points.as_ref().map_or_else(|| words.get("ratings-too-few"), |points| words.decimal(&points.get().printed));
    html! {
        tbody {
            tr.whole {
                th scope="row" { (view.criterion_text(&criterion.criterion)) }
                td.num { (points) " " small { (words.with("unit-of-maximum", [("maximum", &words.decimal(&head.maximum))])) } }
                td {}
                td.num { (view.sheets(criterion.sheets)) }
            }
            @for group in &criterion.groups {
                tr {
                    @let weight = words.with("ratings-weight", [("weight", &view.n(group.weight))]);
                    // A group has no points of its own.
                    th scope="row" colspan="2" { (names(view, group)) br; small { (weight) } }
                    td.num { (share(view, group)) }
                    td.num { (view.sheets(group.sheets)) }
                }
            }
        }
    }
}

/// Whether "not shown" stands in a row of a criterion.
fn has_hidden(criterion: &CriterionResult) -> bool {
    criterion.sheets.is_none() || criterion.groups.iter().any(|group| group.sheets.is_none() || group.share.is_none())
}

/// "Deputies and leaders together", or the name of a group that is counted alone.
fn names(view: &View<'_>, group: &GroupRatings) -> String {
    let names: Vec<&str> = std::iter::once(&group.group).chain(&group.with).map(|code| view.group_text(code)).collect();
    if group.with.is_empty() { names.concat() } else { view.words.with("ratings-pool", [("groups", &names.join("; "))]) }
}

fn share(view: &View<'_>, group: &GroupRatings) -> String {
    group.share.map_or_else(|| view.words.get("results-hidden"), |share| view.number(share.get().percent))
}

/// "Leaders' drive: 22,5 % of the answers at 100 …" and what follows from it.
fn working(view: &View<'_>, head: &CriterionHead, criterion: &CriterionResult) -> Markup {
    let words = view.words;
    let part = |(weight, share): (&u8, &Shown<_>)| {
        words.with("ratings-answers-at", [("share", &view.share(Some(*share))), ("weight", &weight.to_string())])
    };
    let answers: Vec<String> = head.weights.iter().zip(&criterion.distribution).map(part).collect();
    let used: Vec<&GroupRatings> = criterion.groups.iter().filter(|group| group.used && group.share.is_some()).collect();
    let groups: Vec<String> = used.iter().map(|group| format!("{} × {} %", view.n(group.weight), share(view, group))).collect();
    let weights: Vec<String> = used.iter().map(|group| view.n(group.weight)).collect();
    let pools = criterion.groups.iter().filter(|group| !group.with.is_empty()).map(|group| format!("{}. ", names(view, group)));
    let all_used_are_shown = !used.is_empty() && criterion.groups.iter().all(|group| !group.used || group.share.is_some());
    html! {
        strong { (view.criterion_text(&criterion.criterion)) } ": "
        @for pool in pools { (pool) }
        @if !answers.is_empty() { (words.with("ratings-answers", [("answers", &answers.join("; "))])) " " }
        @if let Some(points) = &criterion.points {
            @let maximum = words.decimal(&head.maximum);
            @let printed = words.decimal(&points.get().printed);
            @let is_weighted = view.section.results.rating.as_ref().is_some_and(|rating| rating.combination == Combination::GroupWeights);
            @if is_weighted && all_used_are_shown {
                span.sum { (maximum) " × (" (groups.join(" + ")) ") ÷ (" (weights.join(" + ")) ") ≈ " (printed) }
            } @else {
                span.sum { (words.with("ratings-points", [("points", &printed), ("maximum", &maximum)])) }
                @if answers.is_empty() { " " (words.get("ratings-few")) }
            }
            @if let Some(held) = points.get().held {
                " " small { (words.with("ratings-held", [("held", &words.decimal(&held.to_string()))])) }
            }
        } @else { (words.get("ratings-too-few")) }
    }
}
