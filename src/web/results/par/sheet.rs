//! The score sheet of a unit: every criterion with what was entered at each step, what counts, and every change of it.

use maud::{Markup, html};

use super::super::view::View;
use super::entries::{COLUMNS, entered, more};
use super::view::BlockView;
use super::worked::worked;
use crate::scheme::{Criterion, Field, From, Leaf, Scheme};
use crate::scoring::decimal::Held;
use crate::scoring::ranking::{CellResult, CellState, CriterionSum, FieldScore, LeafHead, Origin, RankedUnit};

/// A score sheet with the scheme that it follows.
#[derive(Debug, Clone, Copy)]
struct ScoreSheetView<'a> {
    view: &'a BlockView<'a>,
    scheme: &'a Scheme,
    unit: &'a RankedUnit,
}

/// A leaf with what was entered for it.
#[derive(Debug, Clone, Copy)]
struct SheetLine<'a> {
    leaf: &'a Leaf,
    head: &'a LeafHead,
    cell: &'a CellResult,
}

/// The sheet; nothing where the ranking was imported.
pub(super) fn section(view: &BlockView<'_>, unit: &RankedUnit) -> Markup {
    let (words, Some(scheme)) = (view.words, view.scheme().filter(|_| !unit.cells.is_empty())) else { return html! {} };
    let sheet = ScoreSheetView { view, scheme, unit };
    html! {
        h3 id=(view.id("sheet")) { (words.get("par-sheet")) }
        p { (words.get("par-sheet-lead")) }
        @if scheme.criteria.iter().any(|criterion| criterion.example) { p.note { (words.get("par-example-note")) } }
        .scroll tabindex="0" role="region" aria-labelledby=(view.id("sheet")) {
            table.sheet {
                caption.heard { (words.get("par-sheet")) }
                thead { tr {
                    (view.text_head("par-criterion")) (view.head("par-maximum")) (view.head("par-points"))
                    (view.head("par-part-self")) (view.head("par-part-appraised"))
                    (view.head("par-part-second")) (view.head("par-part-council"))
                } }
                // A field of bonus and penalty alone has no rows of its own.
                @for (place, field) in scheme.fields.iter().enumerate() {
                    @if let Some(score) = sheet.score(&field.code) { tbody { (sheet.field(place, field, score)) } }
                }
                (sheet.adjustments())
            }
        }
    }
}

impl<'a> ScoreSheetView<'a> {
    /// A field with its criteria.
    fn field(&self, place: usize, field: &Field, score: &FieldScore) -> Markup {
        let view = self.view;
        html! {
            tr.whole {
                th scope="rowgroup" { (field.text.get(view.words.code())) @if field.source.is_none() { (view.mark("par-unverified")) } }
                @if score.index.is_some() {
                    td.num { (view.number_or_dash(score.maximum)) }
                    td.num { (view.number_or_dash(score.points)) }
                } @else { td.num colspan="2" { (view.no_field(self.unit, &field.code)) } }
                td colspan="4" {}
            }
            @for (nth, criterion) in self.scheme.criteria.iter().enumerate().filter(|(_, criterion)| criterion.field == place) {
                (self.criterion(nth, criterion))
            }
        }
    }

    /// What the unit has in a field; none where nothing of it applies to the block.
    fn score(&self, field: &str) -> Option<&'a FieldScore> {
        self.unit.standing.as_ref()?.fields.get(self.view.block.field(field)?)
    }

    /// The leaves of a criterion with their cells: those that count into its maximum, or bonus and penalty.
    fn leaves(&self, criterion: usize, adjustments: bool) -> Vec<SheetLine<'a>> {
        let all = self.scheme.leaves.iter().zip(&self.view.block.leaves).zip(&self.unit.cells);
        let all = all.map(|((leaf, head), cell)| SheetLine { leaf, head, cell });
        all.filter(|line| line.leaf.criterion == criterion && line.leaf.is_adjustment() == adjustments).collect()
    }

    /// What a criterion is as a whole.
    fn sum(&self, criterion: &Criterion) -> Option<&'a CriterionSum> {
        self.unit.criteria.get(self.view.block.criterion(&criterion.code)?)
    }

    /// A criterion with its sub-criteria; one without any is a leaf itself.
    fn criterion(&self, place: usize, criterion: &Criterion) -> Markup {
        let leaves = self.leaves(place, false);
        let own = leaves.iter().any(|line| line.leaf.code == criterion.code);
        let sum = self.sum(criterion).filter(|_| !own && !leaves.is_empty());
        html! {
            @if let Some(sum) = sum {
                tr.part {
                    th scope="row" { (self.name(&criterion.code, criterion.text.get(self.view.words.code()), criterion.example)) }
                    td.num { (self.view.number(sum.maximum)) }
                    td.num { (self.view.number(sum.points)) (self.index(sum.index)) }
                    td colspan="4" {}
                }
            }
            @for line in leaves { (self.leaf(line, own && criterion.example)) }
        }
    }

    /// Bonus and penalty of all criteria, which are in no maximum.
    fn adjustments(&self) -> Markup {
        let of =
            |(place, criterion): (usize, &'a Criterion)| self.leaves(place, true).into_iter().map(move |line| (line, criterion.example));
        let all: Vec<_> = self.scheme.criteria.iter().enumerate().flat_map(of).collect();
        let words = self.view.words;
        html! {
            @if !all.is_empty() {
                tbody {
                    tr.whole { th scope="rowgroup" colspan=(COLUMNS) {
                        (words.get("par-adjustments")) ": " (words.get("par-adjustments-note"))
                    } }
                    @for (line, example) in all { (self.leaf(line, example)) }
                }
            }
        }
    }

    fn name(&self, code: &str, text: &str, example: bool) -> Markup {
        html! { span.code { (code) } " " (text) @if example { (self.view.mark("par-example")) } }
    }

    /// What was entered for a leaf, what counts, and under it the words and changes that belong to it.
    fn leaf(&self, SheetLine { leaf, head, cell }: SheetLine<'_>, example: bool) -> Markup {
        let words = self.view.words;
        html! {
            tr {
                th scope="row" {
                    (self.name(&leaf.code, leaf.text.get(words.code()), example))
                    @if let Some(from) = origin(leaf) { br; small { (words.get(from)) } }
                    @if let Some(work) = measured(self.view, head, cell) { br; small { (work) } }
                }
                td.num { (self.view.number(head.maximum)) }
                td.num { (self.points(leaf, cell)) (self.index(cell.index(head))) }
                @for entry in [&cell.self_score, &cell.appraised, &cell.second, &cell.council] {
                    td.num { (entered(words, entry.as_deref())) }
                }
            }
            (more(words, cell))
        }
    }

    /// Points in percent of the maximum: the index of a criterion.
    fn index(&self, index: Option<Held>) -> Markup {
        html! { @if let Some(index) = index { br; small { (self.view.percent(index)) } } }
    }

    fn points(&self, leaf: &Leaf, cell: &CellResult) -> String {
        match cell.state {
            CellState::Counted => self.view.number_or_dash(cell.points),
            CellState::Missing => self.view.words.get("par-state-missing"),
            CellState::NotApplicable => self.view.words.get("par-state-not-applicable"),
            CellState::FewSheets => self.view.words.get("par-state-few-sheets"),
            CellState::NoSurvey => no_survey(self.view, self.unit, leaf),
        }
    }
}

/// How the measured value that counts became points; of surveys that is said with their figures.
fn measured(view: &BlockView<'_>, head: &LeafHead, cell: &CellResult) -> Option<String> {
    let work = cell.worked.as_ref().filter(|_| head.from == Origin::Statistic)?;
    Some(worked(view, head.maximum, work, cell.points?))
}

/// Why a survey gave no points: too few sheets of the unit, or nothing at all.
pub(super) fn no_survey(view: &BlockView<'_>, unit: &RankedUnit, leaf: &Leaf) -> String {
    let none = || view.words.get("par-state-no-survey");
    let (From::Satisfaction { questionnaire, .. } | From::Officials { questionnaire, .. }) = &leaf.from else { return none() };
    let asked = view.document.section(questionnaire);
    let few = asked.filter(|section| section.results.unit(unit.unit.as_str()).is_some_and(|(_, result)| result.figures.is_none()));
    few.map_or_else(none, |section| View::new(view.words, section).under())
}

/// Where points come from, if not from what appraisers give.
fn origin(leaf: &Leaf) -> Option<&'static str> {
    match leaf.from {
        From::Appraisal(_) => None,
        From::Satisfaction { .. } => Some("par-from-satisfaction"),
        From::Officials { .. } => Some("par-from-officials"),
        From::Statistic(_) => Some("par-from-statistic"),
        From::Bonus => Some("par-from-bonus"),
        From::Penalty => Some("par-from-penalty"),
    }
}
