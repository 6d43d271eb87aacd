//! The points of a unit that come from surveys: both components in one table, each criterion with its sheets and its worked calculation.

use maud::{Markup, html};

use super::sheet::no_survey;
use super::view::BlockView;
use super::worked::worked;
use crate::scheme::numbers::CriterionNumbers;
use crate::scheme::{From, Leaf};
use crate::scoring::decimal::Held;
use crate::scoring::ranking::{CellResult, CellState, Origin, RankedUnit};
use crate::web::results::view::{View, sheets_of};

/// A criterion that a survey feeds.
#[derive(Debug, Clone, Copy)]
struct FedCriterion<'a> {
    /// Its place in the scheme.
    place: usize,
    leaf: &'a Leaf,
    cell: &'a CellResult,
    questionnaire: &'a str,
}

impl<'a> FedCriterion<'a> {
    /// The criterion, where it comes from this survey and applies to the unit.
    fn of(origin: Origin, (place, (leaf, cell)): (usize, (&'a Leaf, &'a CellResult))) -> Option<Self> {
        let (From::Satisfaction { questionnaire, .. } | From::Officials { questionnaire, .. }) = &leaf.from else { return None };
        let from = if matches!(leaf.from, From::Satisfaction { .. }) { Origin::Satisfaction } else { Origin::Officials };
        (from == origin && cell.state != CellState::NotApplicable).then_some(Self { place, leaf, cell, questionnaire })
    }

    fn maximum(&self) -> Held {
        Held::from_hundredths(self.leaf.maximum_hundredths)
    }
}

/// Both surveys; nothing where the scheme has none.
pub(super) fn section(view: &BlockView<'_>, unit: &RankedUnit) -> Markup {
    let (words, Some(scheme)) = (view.words, view.scheme()) else { return html! {} };
    let leaves = || scheme.leaves.iter().zip(&unit.cells).enumerate();
    let of = |origin| leaves().filter_map(|leaf| FedCriterion::of(origin, leaf)).collect::<Vec<_>>();
    let numbers = CriterionNumbers::of(scheme);
    let surveys = [("par-survey-satisfaction", of(Origin::Satisfaction)), ("par-survey-officials", of(Origin::Officials))];
    let all: Vec<FedCriterion<'_>> = surveys.iter().flat_map(|(_, lines)| lines).copied().collect();
    if all.is_empty() {
        return html! {};
    }
    html! {
        p { (words.get("par-surveys-lead")) }
        .scroll tabindex="0" role="region" aria-labelledby=(view.id("surveys")) {
            table {
                caption.heard { (words.get("par-surveys")) }
                thead { tr {
                    (view.text_head("par-criterion")) (view.head("par-points")) (view.head("par-maximum"))
                    (view.head("par-percent")) (view.head("results-sheets")) (view.text_head("par-worked"))
                } }
                @for (key, lines) in surveys.iter().filter(|(_, lines)| !lines.is_empty()) {
                    tbody {
                        (total(view, (key, lines), &links(view, unit, lines)))
                        @for line in lines { (row(view, unit, (numbers.leaf(line.place), line))) }
                    }
                }
                @if surveys.iter().all(|(_, lines)| !lines.is_empty()) {
                    tfoot { (total(view, ("par-surveys-total", &all), &html! {})) }
                }
            }
        }
    }
}

/// Points and maximum of several criteria together, and where their surveys are.
fn total(view: &BlockView<'_>, (key, lines): (&str, &[FedCriterion<'_>]), whither: &Markup) -> Markup {
    let some = lines.iter().any(|line| line.cell.points.is_some());
    let points = Held::total(lines.iter().filter_map(|line| line.cell.points));
    let maximum = Held::total(lines.iter().map(|line| line.cell.maximum));
    let points_of: Vec<String> = lines.iter().filter_map(|line| line.cell.points).map(|points| view.exact(points)).collect();
    let worth = view.words.with("par-worth", [("points", &view.number(points))]);
    html! {
        tr.whole {
            th scope="row" { (view.words.get(key)) (whither) }
            td.num { (view.number_or_dash(some.then_some(points))) }
            td.num { (view.number(maximum)) }
            td {}
            td {}
            td { @if points_of.len() > 1 { span.sum { (view.equals(&points_of.join(" + "), points, &worth)) } } }
        }
    }
}

fn row(view: &BlockView<'_>, unit: &RankedUnit, (number, line): (&str, &FedCriterion<'_>)) -> Markup {
    let words = view.words;
    let none = || match line.cell.state {
        CellState::FewSheets => words.get("par-state-few-sheets"),
        _ => no_survey(view, unit, Some(line.leaf)),
    };
    let points = line.cell.points.map_or_else(none, |points| view.number(points));
    let work = line.cell.worked.as_ref().zip(line.cell.points);
    html! {
        tr {
            th scope="row" { span.code { (number) } " " (line.leaf.text.get(words.code())) }
            td.num { (points) }
            td.num { (view.number(line.maximum())) }
            td.num { (line.cell.survey.as_ref().map_or_else(|| "–".to_owned(), |survey| view.number(survey.percent))) }
            td.num { (line.cell.survey.as_ref().map_or_else(|| "–".to_owned(), |survey| sheets_of(words, survey.sheets))) }
            td {
                @if let Some((work, points)) = work { span.sum { (worked(view, line.maximum(), work, points)) } }
            }
        }
    }
}

/// Links to the sections of the questionnaires on the page of the unit, each once.
fn links(view: &BlockView<'_>, unit: &RankedUnit, lines: &[FedCriterion<'_>]) -> Markup {
    let mut questionnaires: Vec<&str> = lines.iter().map(|line| line.questionnaire).collect();
    questionnaires.dedup();
    let places = questionnaires.into_iter().filter_map(|questionnaire| place(view, unit, questionnaire));
    html! { @for place in places { br; a href=(place) { (view.words.get("par-survey-link")) } } }
}

/// Where a questionnaire stands further down on the page of the unit: its ratings, where it has some.
fn place(view: &BlockView<'_>, unit: &RankedUnit, questionnaire: &str) -> Option<String> {
    let section = view.document.section(questionnaire)?;
    let (_, result) = section.results.unit(unit.unit.as_str())?;
    let rated = section.results.rating.is_some() && result.figures.is_some();
    Some(format!("#{}", if rated { View::new(view.words, section).id("ratings") } else { questionnaire.to_owned() }))
}
