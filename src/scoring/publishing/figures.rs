//! The figures of one unit that has a population.

use super::values::{ClassTable, Print, prints};
use super::{Counted, officials, small};
use crate::scoring::coarse::Class;
use crate::scoring::counts::ItemCounts;
use crate::scoring::disclosure::{Figure, Share, Shown};
use crate::scoring::index::{IndexScore, Indices, ItemScore};
use crate::scoring::results::{IndexResult, ItemResult, PartResult, UnitFigures, UnitGroup};
use crate::scoring::thresholds::Thresholds;
use crate::scoring::witness::exchangeable;
use crate::survey::{Item, Questionnaire, Role};

/// What the figures of a unit are printed from.
struct UnitCounts<'a> {
    questionnaire: &'a Questionnaire,
    thresholds: Thresholds,
    classes: &'a ClassTable,
    counted: &'a Counted<'a>,
    /// How the values of the items of the index are printed.
    print: Print,
}

/// The figures of a unit.
pub(super) fn of(questionnaire: &Questionnaire, thresholds: Thresholds, classes: &ClassTable, counted: &Counted<'_>) -> UnitFigures {
    let indices = counted.indices.as_ref();
    let print = indices
        .zip(questionnaire.index)
        .map_or(Print::Exact, |(indices, rule)| prints(questionnaire, rule, thresholds, classes, &indices.items));
    let unit = UnitCounts { questionnaire, thresholds, classes, counted, print };
    let (contents, factors) = indices.map_or((&[][..], &[][..]), |indices| (&indices.contents, &indices.factors));
    let content_of = |item: usize| Some(questionnaire.factors.get(questionnaire.items.get(item)?.factor?)?.content);
    let factor_of = |item: usize| questionnaire.items.get(item)?.factor;
    UnitFigures {
        sheets: counted.sheets,
        index: indices.map(|indices| result(thresholds.index(&indices.overall), &indices.overall)),
        component: indices
            .zip(questionnaire.index)
            .and_then(|(indices, rule)| thresholds.points(rule.maximum_hundredths, &indices.overall)),
        contents: unit.parts(questionnaire.contents.iter().map(|content| content.code.as_str()), contents, content_of),
        factors: unit.parts(questionnaire.factors.iter().map(|factor| factor.code.as_str()), factors, factor_of),
        items: unit.items(),
        criteria: officials::results(questionnaire, thresholds, counted),
        officials: officials::total(thresholds, &counted.ratings),
        modes: counted.modes.as_ref().map(|modes| modes.iter().map(|sheets| thresholds.of_row(*sheets)).collect()),
        groups: groups(questionnaire, thresholds, counted),
    }
}

fn groups(questionnaire: &Questionnaire, thresholds: Thresholds, counted: &Counted<'_>) -> Vec<UnitGroup> {
    questionnaire.rating.as_ref().map_or_else(Vec::new, |rating| officials::sheets(rating, thresholds, counted))
}

fn result(figure: Option<Shown<Figure>>, score: &IndexScore) -> IndexResult {
    IndexResult { figure, used: small(score.used), total: small(score.total) }
}

impl UnitCounts<'_> {
    /// Indices of contents or factors; `part_of` is the place of an item's.
    fn parts<'a>(
        &self,
        codes: impl Iterator<Item = &'a str>,
        scores: &[IndexScore],
        part_of: impl Fn(usize) -> Option<usize>,
    ) -> Vec<PartResult> {
        let part = |(place, (code, score)): (usize, (&str, &IndexScore))| {
            let figure = self.part(score, |item| part_of(item) == Some(place));
            PartResult { code: code.to_owned(), index: result(figure, score) }
        };
        codes.zip(scores).enumerate().map(part).collect()
    }

    /// The index of a part follows from what is printed of its items, so that it says no more. Items in classes all weigh the same.
    fn part(&self, score: &IndexScore, inside: impl Fn(usize) -> bool) -> Option<Shown<Figure>> {
        match &self.print {
            Print::Exact => self.thresholds.part(score),
            Print::Classes(classes) => {
                let classes: Vec<&Class> =
                    self.scored().zip(classes).filter(|(item, _)| inside(item.item)).map(|(_, class)| class).collect();
                let size = u32::try_from(classes.len()).ok().filter(|size| *size > 0)?;
                let sum = |of: fn(&Class) -> u32| classes.iter().map(|class| of(class)).sum::<u32>();
                Some(Thresholds::class(sum(|class| class.from) / size, sum(|class| class.below).div_ceil(size)))
            }
            Print::Nothing => None,
        }
    }

    /// The items of the index.
    fn scored(&self) -> impl Iterator<Item = &ItemScore> {
        self.counted.indices.iter().flat_map(|Indices { items, .. }| items)
    }

    fn items(&self) -> Vec<ItemResult> {
        let questions = self.questionnaire.items.iter().enumerate().filter(|(_, item)| item.role == Role::Question && !item.is_remark());
        questions.filter_map(|(place, item)| Some(self.item(place, item, self.counted.counts.items.get(place)?))).collect()
    }

    fn item(&self, place: usize, item: &Item, answers: &ItemCounts) -> ItemResult {
        let (thresholds, sheets) = (self.thresholds, self.counted.counts.sheets);
        let valid = thresholds.count(answers.valid).filter(|_| !self.counted.hidden.item(place));
        let scored = self.scored().enumerate().find(|(_, score)| score.item == place);
        let exact = scored.map(|(_, score)| score).filter(|_| self.print == Print::Exact);
        // Under the floor nothing is said of those who did not answer either: they and the sheets would tell how few did. Nor where a group
        // is outside with this item: of its sheets nothing is known here, and they are no base.
        let base = [answers.valid, answers.no_opinion, answers.skipped, answers.not_shown].into_iter().fold(0, u32::saturating_add);
        let of_sheets = |part: u32| valid.filter(|_| base == sheets).and_then(|_| thresholds.share(part, sheets));
        ItemResult {
            code: item.code.clone(),
            valid,
            figure: match (&self.print, scored) {
                (Print::Classes(classes), Some((at, _))) => classes.get(at).map(|class| Thresholds::class(class.from, class.below)),
                _ => exact.and_then(|score| thresholds.item(score)),
            },
            fraction: exact.and_then(|score| thresholds.fraction(score)),
            options: if valid.is_some() && (scored.is_none() || exact.is_some()) { self.options(place, item, answers) } else { Vec::new() },
            no_opinion: of_sheets(answers.no_opinion),
            skipped: of_sheets(answers.skipped),
            not_shown: of_sheets(answers.not_shown),
        }
    }

    /// How often each option was chosen: as it is, as classes, or nothing where exact points or a question after it would tell more.
    fn options(&self, place: usize, item: &Item, answers: &ItemCounts) -> Vec<Shown<Share>> {
        let thresholds = self.thresholds;
        let criterion = item.criterion.and_then(|place| self.counted.ratings.get(place));
        if criterion.is_some_and(|score| !officials::are_told(thresholds, score)) || self.counted.hidden.options(place) {
            return Vec::new();
        }
        if !thresholds.few(answers.valid) {
            return answers.options.iter().filter_map(|part| thresholds.share(*part, answers.valid)).collect();
        }
        let Some(classes) = self.classes.of(answers.valid).filter(|classes| exchangeable(&answers.options, classes)) else {
            return Vec::new();
        };
        answers.options.iter().filter_map(|part| Some(Thresholds::class_of_share(classes.class(*part)?))).collect()
    }
}
