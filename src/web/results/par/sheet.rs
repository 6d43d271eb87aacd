//! The score sheet of a unit: every criterion with what was entered at each step, what counts, and every change of it.

use maud::{Markup, html};

use super::super::view::View;
use super::entries::{COLUMNS, EntryKind, entered, more};
use super::view::BlockView;
use super::worked::worked;
use crate::scheme::numbers::CriterionNumbers;
use crate::scheme::{From, Leaf, Scheme};
use crate::scoring::decimal::Held;
use crate::scoring::ranking::{CellResult, CellState, CriterionSum, FieldScore, LeafHead, Origin, RankedUnit, ScoreLine};

/// A score sheet with the scheme that it follows.
#[derive(Debug, Clone, Copy)]
struct ScoreSheetView<'a> {
    view: &'a BlockView<'a>,
    scheme: &'a Scheme,
    unit: &'a RankedUnit,
    numbers: &'a CriterionNumbers,
}

/// The sheet; nothing where the ranking was imported.
pub(super) fn section(view: &BlockView<'_>, unit: &RankedUnit) -> Markup {
    let (words, Some(scheme)) = (view.words, view.scheme().filter(|_| !unit.cells.is_empty())) else { return html! {} };
    let sheet = ScoreSheetView { view, scheme, unit, numbers: &CriterionNumbers::of(scheme) };
    html! {
        p { (words.get("par-sheet-lead")) }
        @if scheme.criteria.iter().any(|criterion| criterion.example) { p.note { (words.get("par-example-note")) } }
        .scroll tabindex="0" role="region" aria-labelledby=(view.id("sheet")) {
            table.sheet {
                caption.heard { (words.get("par-sheet")) }
                thead { tr {
                    (view.text_head("par-criterion")) (view.head("par-points")) (view.head("par-maximum"))
                    (view.head("par-part-self")) (view.head("par-part-appraised"))
                    (view.head("par-part-second")) (view.head("par-part-council"))
                } }
                // A field of bonus and penalty alone has no rows of its own.
                @for line in view.block.lines(unit) {
                    @if let ScoreLine::Field { head, score, .. } = line { tbody { (sheet.field(&head.code, score)) } }
                }
                (sheet.adjustments())
            }
        }
    }
}

impl ScoreSheetView<'_> {
    /// A field with its criteria; of a unit that is not ranked nothing is summed up.
    fn field(&self, code: &str, score: Option<&FieldScore>) -> Markup {
        let (view, known) = (self.view, self.scheme.fields.iter().find(|field| field.code == code));
        html! {
            tr.whole id=(view.criterion_id(code)) {
                th scope="rowgroup" {
                    (known.map_or(code, |field| field.text.get(view.words.code())))
                    @if view.is_unverified(code) { (view.mark("par-unverified")) }
                }
                @match score {
                    Some(score) if score.index.is_some() => {
                        @let (points, maximum) = score.told();
                        td.num { (view.number_or_dash(points)) }
                        td.num { (view.number_or_dash(maximum)) }
                    }
                    Some(_) => { td.num colspan="2" { (view.no_field(self.unit, code)) } }
                    None => { td colspan="2" {} }
                }
                td colspan="4" {}
            }
            @for line in view.block.lines(self.unit) { (self.inside(code, line)) }
        }
    }

    /// What is inside a field: criteria with their sub-criteria, or those that are leaves themselves.
    fn inside(&self, of: &str, line: ScoreLine<'_>) -> Markup {
        match line {
            ScoreLine::Criterion { code, field, sum: Some(sum) } if field == of && self.has_part(code) => self.criterion(code, sum),
            ScoreLine::Leaf { head, cell: Some(cell) } if head.field == of && !head.is_adjustment() => self.leaf(head, cell),
            _ => html! {},
        }
    }

    /// Whether something in a criterion counts into its maximum: bonus and penalty stand under all fields.
    fn has_part(&self, criterion: &str) -> bool {
        self.view.block.leaves.iter().any(|leaf| leaf.criterion == criterion && !leaf.is_adjustment())
    }

    /// A criterion with sub-criteria.
    fn criterion(&self, code: &str, sum: &CriterionSum) -> Markup {
        let place = self.scheme.criteria.iter().position(|criterion| criterion.code == code);
        let known = place.and_then(|place| Some((self.numbers.criterion(place), self.scheme.criteria.get(place)?)));
        let text = known.map(|(number, known)| (number, known.text.get(self.view.words.code())));
        let (points, maximum) = sum.told();
        html! {
            tr.part id=(self.view.criterion_id(code)) {
                th scope="row" { (self.name(code, text, known.is_some_and(|(_, known)| known.example))) }
                td.num { (self.view.number_or_dash(points)) (self.index(sum.index)) }
                td.num { (self.view.number_or_dash(maximum)) }
                td colspan="4" {}
            }
        }
    }

    /// Bonus and penalty of all criteria, which are in no maximum.
    fn adjustments(&self) -> Markup {
        let is_one = |line: &ScoreLine<'_>| matches!(line, ScoreLine::Leaf { head, .. } if head.is_adjustment());
        let mut lines = self.view.block.lines(self.unit).filter(is_one).peekable();
        let words = self.view.words;
        html! {
            @if lines.peek().is_some() {
                tbody {
                    tr.whole { th scope="rowgroup" colspan=(COLUMNS) {
                        (words.get("par-adjustments")) ": " (words.get("par-adjustments-note"))
                    } }
                    @for line in lines { @if let ScoreLine::Leaf { head, cell: Some(cell) } = line { (self.leaf(head, cell)) } }
                }
            }
        }
    }

    /// Number and words of a criterion; its code where the scheme does not know it, as of a field.
    fn name(&self, code: &str, known: Option<(&str, &str)>, example: bool) -> Markup {
        let (number, text) = known.unwrap_or((code, ""));
        html! { span.code { (number) } " " (text) @if example { (self.view.mark("par-example")) } }
    }

    /// What was entered for a leaf, what counts, and under it the words and changes that belong to it.
    fn leaf(&self, head: &LeafHead, cell: &CellResult) -> Markup {
        let words = self.view.words;
        let place = self.scheme.leaf(&head.code);
        let known = place.and_then(|place| self.scheme.leaves.get(place));
        let text = place.zip(known).map(|(place, leaf)| (self.numbers.leaf(place), leaf.text.get(words.code())));
        let kind = EntryKind::of(head, known);
        // Of sub-criteria their criterion says it.
        let stands_alone = !head.is_sub_criterion() || head.is_adjustment();
        let criterion = known.filter(|_| stands_alone).and_then(|leaf| self.scheme.criteria.get(leaf.criterion));
        let example = criterion.is_some_and(|criterion| criterion.example);
        html! {
            tr id=(self.view.criterion_id(&head.code)) {
                th scope="row" {
                    (self.name(&head.code, text, example))
                    @if head.from != Origin::Appraisal { br; small { (words.get(&format!("par-from-{}", head.from.code()))) } }
                    @if let Some(work) = measured(self.view, head, cell) { br; small { (work) } }
                }
                td.num { (self.points(known, cell)) (self.index(cell.index(head))) }
                td.num { (self.view.number(head.maximum)) }
                @for entry in [&cell.self_score, &cell.appraised, &cell.second, &cell.council] {
                    td.num { (entered(words, kind, entry.as_deref())) }
                }
            }
            (more(words, kind, cell))
        }
    }

    /// Points in percent of the maximum: the index of a criterion.
    fn index(&self, index: Option<Held>) -> Markup {
        html! { @if let Some(index) = index { br; small { (self.view.percent(index)) } } }
    }

    fn points(&self, leaf: Option<&Leaf>, cell: &CellResult) -> String {
        match cell.state {
            CellState::Counted => self.view.number_or_dash(cell.points),
            CellState::NoSurvey => no_survey(self.view, self.unit, leaf),
            state => self.view.words.get(&format!("par-state-{}", state.code())),
        }
    }
}

/// How the measured value that counts became points; of surveys that is said with their figures.
fn measured(view: &BlockView<'_>, head: &LeafHead, cell: &CellResult) -> Option<String> {
    let work = cell.worked.as_ref().filter(|_| head.from == Origin::Statistic)?;
    Some(worked(view, head.maximum, work, cell.points?))
}

/// Why a survey gave no points: too few sheets of the unit, or nothing at all.
pub(super) fn no_survey(view: &BlockView<'_>, unit: &RankedUnit, leaf: Option<&Leaf>) -> String {
    let none = || view.words.get("par-state-no-survey");
    let from = leaf.map(|leaf| &leaf.from);
    let Some(From::Satisfaction { questionnaire, .. } | From::Officials { questionnaire, .. }) = from else { return none() };
    let asked = view.document.section(questionnaire);
    let few = asked.filter(|section| section.results.unit(unit.unit.as_str()).is_some_and(|(_, result)| result.figures.is_none()));
    few.map_or_else(none, |section| View::new(view.words, section).under())
}

#[cfg(test)]
mod tests {
    use super::super::sample::{document, held, nothing, units};
    use super::*;
    use crate::scoring::ranking::CriterionOfField;
    use crate::words::Words;

    /// A document may say what its scheme does not, such as one that somebody made elsewhere.
    #[test]
    fn what_the_scheme_does_not_know_stands_there_by_its_code() {
        let mut units = units();
        units[0].cells = vec![CellResult { points: Some(held("1.25")), ..nothing() }; 4];
        units[0].criteria = vec![CriterionSum { maximum: held("8"), points: held("7.75"), index: Some(held("96.875")) }];
        let mut document = document(units, None);
        let ranking = document.publication.ranking.as_mut().unwrap();
        let known = ranking.blocks[0].leaves[0].clone();
        let of_another = |code: &str, criterion: &str| LeafHead { code: code.to_owned(), criterion: criterion.to_owned(), ..known.clone() };
        ranking.blocks[0].leaves.extend([of_another("9-1-1", "9-1"), of_another("9-2", "9-2")]);
        ranking.blocks[0].criteria = vec![CriterionOfField { code: "9-1".to_owned(), field: known.field.clone() }];
        let block = &document.ranking().unwrap().blocks[0];
        let page = section(&BlockView::new(Words::of("en"), &document, block), &block.units[0]).into_string();
        for code in ["9-1", "9-1-1", "9-2"] {
            assert_eq!(page.matches(&format!("<span class=\"code\">{code}</span>")).count(), 1, "{code} {page}");
        }
        assert!(page.contains("7.75") && page.matches("1.25").count() == 4, "{page}");
    }
}
