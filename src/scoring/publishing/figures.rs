//! The figures of one unit that has a population.

use super::values::{ClassTable, Print};
use super::{Counted, officials, routing, small, values};
use crate::scoring::coarse::Class;
use crate::scoring::counts::ItemCounts;
use crate::scoring::disclosure::{Figure, Points, Share, Shown};
use crate::scoring::index::{ItemScore, Score};
use crate::scoring::results::{IndexResult, ItemResult, PartResult, UnitFigures, UnitGroup};
use crate::scoring::thresholds::Thresholds;
use crate::scoring::witness::exchangeable;
use crate::survey::{Aggregation, Item, Questionnaire, Role};

/// What the figures of a unit are printed from.
struct Unit<'a> {
    questionnaire: &'a Questionnaire,
    thresholds: Thresholds,
    classes: &'a ClassTable,
    counted: &'a Counted<'a>,
    /// The items of the index, with how each is printed.
    values: Vec<(ItemScore, Print)>,
}

/// The figures of a unit.
pub(super) fn of(
    questionnaire: &Questionnaire,
    thresholds: Thresholds,
    classes: &ClassTable,
    counted: &Counted<'_>,
) -> Option<UnitFigures> {
    let indices = counted.indices.as_ref();
    let values = indices.zip(questionnaire.index).map_or_else(Vec::new, |(indices, rule)| {
        let items = &indices.items;
        let prints = values::prints(questionnaire, rule, thresholds, classes, items);
        items.iter().copied().zip(prints).collect()
    });
    let unit = Unit { questionnaire, thresholds, classes, counted, values };
    let (contents, factors) = indices.map_or((&[][..], &[][..]), |indices| (&indices.contents, &indices.factors));
    let content_of = |item: usize| Some(questionnaire.factors.get(questionnaire.items.get(item)?.factor?)?.content);
    let factor_of = |item: usize| questionnaire.items.get(item)?.factor;
    Some(UnitFigures {
        sheets: thresholds.count(counted.counts.sheets)?,
        index: indices.map(|indices| result(thresholds.index(&indices.overall), &indices.overall)),
        component: indices
            .zip(questionnaire.index)
            .and_then(|(indices, rule)| thresholds.points(rule.maximum_hundredths, &indices.overall)),
        contents: unit.parts(questionnaire.contents.iter().map(|content| content.code.as_str()), contents, content_of),
        factors: unit.parts(questionnaire.factors.iter().map(|factor| factor.code.as_str()), factors, factor_of),
        items: unit.items(),
        criteria: officials::results(questionnaire, thresholds, counted),
        officials: officials(thresholds, counted),
        modes: counted.modes.as_ref().and_then(|modes| modes.iter().map(|sheets| Thresholds::whole(true, *sheets)).collect()),
        groups: groups(questionnaire, thresholds, counted),
    })
}

fn officials(thresholds: Thresholds, counted: &Counted<'_>) -> Option<Shown<Points>> {
    officials::total(thresholds, &counted.ratings).and_then(|(points, fewest)| thresholds.rated(points, fewest))
}

fn groups(questionnaire: &Questionnaire, thresholds: Thresholds, counted: &Counted<'_>) -> Vec<UnitGroup> {
    questionnaire.rating.as_ref().map_or_else(Vec::new, |rating| officials::sheets(rating, thresholds, counted))
}

fn result(figure: Option<Shown<Figure>>, score: &Score) -> IndexResult {
    IndexResult { figure, used: small(score.used), total: small(score.total) }
}

impl Unit<'_> {
    /// Indices of contents or factors; `part_of` is the place of an item's.
    fn parts<'a>(
        &self,
        codes: impl Iterator<Item = &'a str>,
        scores: &[Score],
        part_of: impl Fn(usize) -> Option<usize>,
    ) -> Vec<PartResult> {
        let part = |(place, (code, score)): (usize, (&str, &Score))| {
            let inside: Vec<&(ItemScore, Print)> = self.values.iter().filter(|(item, _)| part_of(item.item) == Some(place)).collect();
            PartResult { code: code.to_owned(), index: result(self.part(score, &inside), score) }
        };
        codes.zip(scores).enumerate().map(part).collect()
    }

    /// The index of a part follows from what is printed of its items, so that it says no more.
    fn part(&self, score: &Score, items: &[&(ItemScore, Print)]) -> Option<Shown<Figure>> {
        if items.iter().all(|(_, print)| *print == Print::Exact) {
            return self.thresholds.part(score);
        }
        let spans: Vec<(u64, u64)> = items.iter().map(|(item, print)| span(item, *print)).collect::<Option<_>>()?;
        let size = u64::try_from(spans.len()).ok().filter(|size| *size > 0)?;
        let sums = spans.iter().fold((0, 0), |(from, below), (one, other)| (from + one, below + other));
        let (from, below) = if self.questionnaire.index.is_some_and(|rule| rule.aggregation == Aggregation::PooledAnswers) {
            // Whoever is weighed by answers lies somewhere between all of them.
            (spans.iter().map(|(from, _)| *from).min()?, spans.iter().map(|(_, below)| *below).max()?)
        } else {
            (sums.0 / size, sums.1.div_ceil(size))
        };
        let whole = |percent: u64| u32::try_from(percent).unwrap_or(100);
        Thresholds::class(whole(from / HUNDRED), whole(below.div_ceil(HUNDRED)))
    }

    fn items(&self) -> Vec<ItemResult> {
        let answers = self.questionnaire.items.iter().zip(&self.counted.counts.items).enumerate();
        let questions = answers.filter(|(_, (item, _))| item.role == Role::Question && !item.is_remark());
        questions.map(|(place, (item, answers))| self.item(place, item, answers)).collect()
    }

    fn item(&self, place: usize, item: &Item, answers: &ItemCounts) -> ItemResult {
        let (thresholds, sheets) = (self.thresholds, self.counted.counts.sheets);
        let told = !routing::tells_the_question_before(self.questionnaire, thresholds, &self.counted.counts, place);
        let valid = thresholds.count(answers.valid).filter(|_| told);
        let value = self.values.iter().find(|(score, _)| score.item == place);
        let exact = value.map(|(score, _)| score).filter(|_| value.is_some_and(|(_, print)| *print == Print::Exact));
        // Under the floor nothing is said of those who did not answer either: they and the sheets would tell how few did.
        let of_sheets = |part: u32| valid.and_then(|_| thresholds.share(part, sheets));
        ItemResult {
            code: item.code.clone(),
            valid,
            figure: match value {
                Some((_, Print::Class(class))) if told => Thresholds::class(class.from, class.below),
                _ => exact.and_then(|score| thresholds.item(score)),
            },
            fraction: exact.and_then(|score| thresholds.fraction(score)),
            options: if valid.is_some() { self.options(place, item, answers, value.is_none() || exact.is_some()) } else { Vec::new() },
            no_opinion: of_sheets(answers.no_opinion),
            skipped: of_sheets(answers.skipped),
            not_shown: of_sheets(answers.not_shown),
        }
    }

    /// How often each option was chosen: as it is, as classes, or nothing where exact points stand beside it.
    fn options(&self, place: usize, item: &Item, answers: &ItemCounts, told: bool) -> Vec<Shown<Share>> {
        let thresholds = self.thresholds;
        let told = told
            && item.criterion.and_then(|place| self.counted.ratings.get(place)).is_none_or(|score| officials::are_told(thresholds, score));
        if !told || routing::bounds_a_question_after(self.questionnaire, thresholds, &self.counted.counts, place) {
            return Vec::new();
        }
        if !thresholds.few(answers.valid) {
            return answers.options.iter().filter_map(|part| thresholds.share(*part, answers.valid)).collect();
        }
        let classes = self.classes.of(answers.valid).filter(|classes| exchangeable(&answers.options, classes));
        let of = |classes: &crate::scoring::coarse::Classes| answers.options.iter().filter_map(|part| classes.class(*part)).collect();
        let of: Vec<Class> = classes.as_ref().map_or_else(Vec::new, of);
        of.into_iter().filter_map(Thresholds::class_of_share).collect()
    }
}

/// Hundredths of a percent in a percent.
const HUNDRED: u64 = 100;

/// Hundredths of a percent from which and under which a value is, as it is printed; none where it is not.
fn span(item: &ItemScore, print: Print) -> Option<(u64, u64)> {
    match print {
        Print::Exact => {
            let hundredths = u64::try_from(item.value().steps(2)).ok()?;
            Some((hundredths, hundredths))
        }
        Print::Class(class) => Some((u64::from(class.from) * HUNDRED, u64::from(class.below) * HUNDRED)),
        Print::Nothing => None,
    }
}
