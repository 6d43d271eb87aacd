//! The worked calculation of a unit, in words and numbers: from answers to points.

use maud::{Markup, html};

use super::contents::PagePart;
use super::round::maximum;
use super::view::View;
use crate::scoring::calculation::{Calculation, ComponentLine, ItemLine, MeanLine, calculation};
use crate::scoring::disclosure::{Figure, Shown};
use crate::scoring::results::UnitFigures;
use crate::survey::{Aggregation, IndexRule, ItemValue};

/// Every step, folded away until somebody asks.
pub(super) fn steps(view: &View<'_>, figures: &UnitFigures) -> Option<PagePart> {
    let (words, work) = (view.words, calculation(view.section.results, figures)?);
    let body = html! {
        @if !work.is_whole {
            p { (words.get("working-points-only")) }
            @if let Some(line) = &work.component { p { (component(view, work.rule, line, work.overall.index.figure)) } }
        } @else {
        p.unprinted { (words.get("working-lead")) }
        (short(view, &work))
        details.unprinted {
            summary { (words.get("working-open")) }
            (items(view, &work))
            (means(view, &work, "working-factors", &work.factors))
            (means(view, &work, "working-contents", &work.contents))
            h4 { (words.get("working-overall")) }
            p { (mean(view, &work, &work.overall, whole_terms(work.rule.aggregation))) }
            @if let Some(line) = &work.component {
                h4 { (words.get("working-component")) }
                p { (component(view, work.rule, line, work.overall.index.figure)) }
            }
        }
        }
    };
    PagePart::of(view.id("working"), words.get("working-title"), body)
}

/// The last two steps, which say most.
fn short(view: &View<'_>, work: &Calculation<'_>) -> Markup {
    html! {
        ol.unprinted {
            li { (mean(view, work, &work.overall, whole_terms(work.rule.aggregation))) }
            @if let Some(line) = &work.component { li { (component(view, work.rule, line, work.overall.index.figure)) } }
        }
    }
}

fn items(view: &View<'_>, work: &Calculation<'_>) -> Markup {
    let words = view.words;
    let rule = match work.rule.item_value {
        ItemValue::SatisfiedShare => "working-satisfied-share",
        ItemValue::MeanOfMaximum => "working-mean-of-maximum",
        ItemValue::MeanRescaled => "working-mean-rescaled",
    };
    html! {
        h4 { (words.get("working-items")) }
        p { (words.get(rule)) }
        table {
            caption.heard { (words.get("working-items")) }
            thead { tr { th scope="col" { (words.get("working-item")) } (view.head("working-value")) } }
            tbody { @for line in &work.items {
                tr {
                    th scope="row" { (view.item_text(line.code)) br; span.sum { (division(view, line)) } }
                    td.num { (view.percent(line.figure.get().percent)) }
                }
            } }
        }
    }
}

/// `100 × 178 ÷ 213 = 83,568075117371`.
fn division(view: &View<'_>, line: &ItemLine<'_>) -> String {
    let (Some(fraction), Some(held)) = (line.fraction, line.figure.get().held) else { return view.words.get("working-few") };
    let (given, of) = (view.words.whole(fraction.get().given), view.words.whole(fraction.get().of));
    format!("100 × {given} ÷ {of} = {}", view.words.decimal(&held.to_string()))
}

fn means(view: &View<'_>, work: &Calculation<'_>, title: &str, lines: &[MeanLine<'_>]) -> Markup {
    let factors = title == "working-factors";
    let name = |code| if factors { view.factor_text(code) } else { view.content_text(code) };
    let terms = if factors { "working-mean-items" } else { content_terms(work.rule.aggregation) };
    html! {
        h4 { (view.words.get(title)) }
        ul { @for line in lines { li { strong { (name(line.code)) } ": " (mean(view, work, line, terms)) } } }
    }
}

/// "Mean of 9 items of step 1 = 83,942564102564, rounded to 83,94 %".
fn mean(view: &View<'_>, work: &Calculation<'_>, line: &MeanLine<'_>, terms: &str) -> Markup {
    let key = if work.rule.aggregation == Aggregation::PooledAnswers { "working-pooled" } else { terms };
    html! { (view.words.with(key, [("n", &line.terms.len().to_string())])) (result(view, line.index.figure)) }
}

fn result(view: &View<'_>, figure: Option<Shown<Figure>>) -> Markup {
    let Some(figure) = figure else { return html! { ": " (view.no_figure()) } };
    let printed = view.percent(figure.get().percent);
    html! {
        @match figure.get().held {
            Some(held) => {
                " = " span.sum { (view.words.decimal(&held.to_string())) } ", "
                (view.words.with("working-printed", [("value", &printed)])) "."
            }
            None => { " = " (printed) "." }
        }
    }
}

fn component(view: &View<'_>, rule: IndexRule, line: &ComponentLine<'_>, overall: Option<Shown<Figure>>) -> String {
    let (words, maximum, points) = (view.words, maximum(view.words, rule), view.words.decimal(&line.points.get().printed));
    if let (Some(index), Some(held)) = (line.index, line.points.get().held) {
        let (index, held) = (words.decimal(&index.to_string()), words.decimal(&held.to_string()));
        return words.with("working-points", [("maximum", &maximum), ("index", &index), ("held", &held), ("points", &points)]);
    }
    let index = overall.map_or_else(String::new, |figure| view.number(figure.get().percent));
    words.with("working-points-short", [("maximum", &maximum), ("index", &index), ("points", &points)])
}

/// What the mean of a content is made of.
fn content_terms(aggregation: Aggregation) -> &'static str {
    if aggregation == Aggregation::MeanOfFactors { "working-mean-factors" } else { "working-mean-items" }
}

/// What the overall index is made of.
fn whole_terms(aggregation: Aggregation) -> &'static str {
    match aggregation {
        Aggregation::MeanOfItems | Aggregation::PooledAnswers => "working-mean-items",
        Aggregation::MeanOfFactors => "working-mean-factors",
        Aggregation::MeanOfContents => "working-mean-contents",
    }
}
