//! The index: from counts to the value of items, factors, contents and the whole, in percent from 0 to 100.
//!
//! Source: `domain/sipas.md`, "Formula". The official formula was not readable, so a definition names its rule.
//!
//! **Item**, with `c_j` answers on level `j` of `k` (lowest first) and `n = Σ c_j` valid answers:
//!
//! | rule | value |
//! |---|---|
//! | `satisfied-share` | `Σ c_j (j satisfied) / n` |
//! | `mean-of-maximum` | `Σ j·c_j / (k·n)` |
//! | `mean-rescaled` | `Σ (j-1)·c_j / ((k-1)·n)` |
//!
//! "Bình thường" is not satisfied and stays in `n`. Skipped, not shown and "không áp dụng" leave `n`. An item with fewer valid answers than
//! the floor has no value and leaves every mean it belongs to.
//!
//! **Overall**, from item values `v_i` (`F`, `C`: factors and contents with a value; `k_f`, `k_c`: items with a value in them):
//!
//! | aggregation | overall | content | factor |
//! |---|---|---|---|
//! | `mean-of-items` | `Σ v_i / k` | `Σ v_i / k_c` | `Σ v_i / k_f` |
//! | `mean-of-factors` | mean of factors, `Σ v_i / (k_f·F)` | mean of its factors | `Σ v_i / k_f` |
//! | `mean-of-contents` | mean of contents, `Σ v_i / (k_c·C)` | `Σ v_i / k_c` | `Σ v_i / k_f` |
//! | `pooled-answers` | `Σ n_i·v_i / Σ n_i` | the same over its items | the same over its items |
//!
//! Every value is one exact sum of fractions of whole numbers, rounded once (see [`super::decimal`]).

use std::collections::BTreeMap;

use super::counts::{Counts, ItemCounts};
use super::decimal::{Held, Ratio};
use crate::survey::{Aggregation, IndexRule, Item, ItemValue, Questionnaire};

/// Percent of a whole.
const PERCENT: u128 = 100;

/// The value of one item as a fraction of whole numbers, before any rounding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemScore {
    /// The item, as a place in the codebook.
    pub item: usize,
    /// What the answers give together: satisfied answers, or the sum of levels.
    pub given: u64,
    /// Valid answers.
    pub valid: u32,
    /// The most that one answer can give: 1, `k` or `k - 1`.
    pub most: u32,
}

/// The value of a factor, a content or the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IndexScore {
    /// Percent from 0 to 100; none where no item has a value.
    pub value: Option<Held>,
    /// Items with a value.
    pub used: usize,
    /// Items of the definition: "5 of 9 items".
    pub total: usize,
    /// Fewest valid answers to any item used; 0 where none is.
    pub fewest: u32,
}

/// All values of one unit, or of any other set of sheets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indices {
    /// Items with a value, in the order of the codebook.
    pub items: Vec<ItemScore>,
    /// One entry a factor of the definition.
    pub factors: Vec<IndexScore>,
    /// One entry a content of the definition.
    pub contents: Vec<IndexScore>,
    /// The overall index.
    pub overall: IndexScore,
}

impl ItemScore {
    /// The score of one item; none when it has fewer valid answers than the floor, takes several answers, or has too few levels.
    #[must_use]
    pub fn of(rule: ItemValue, place: usize, item: &Item, counts: &ItemCounts, floor: u32) -> Option<Self> {
        let levels = u32::try_from(item.choices().len()).ok()?;
        let most = match rule {
            ItemValue::SatisfiedShare => 1,
            ItemValue::MeanOfMaximum => levels,
            ItemValue::MeanRescaled => levels.checked_sub(1)?,
        };
        let answers = item.choices().iter().zip(1_u64..).zip(&counts.options);
        let given = answers.map(|((choice, level), count)| {
            u64::from(*count)
                * match rule {
                    ItemValue::SatisfiedShare => u64::from(choice.satisfied),
                    ItemValue::MeanOfMaximum => level,
                    ItemValue::MeanRescaled => level - 1,
                }
        });
        let score = Self { item: place, given: given.sum(), valid: counts.valid, most };
        (counts.valid >= floor.max(1) && most > 0 && !item.is_multiple()).then_some(score)
    }

    /// The value in percent.
    #[must_use]
    pub fn value(&self) -> Held {
        self.share_of(u128::from(self.valid)).map(Held::from).unwrap_or_default()
    }

    /// The percents that the item adds when its answers are `1 / answers` each.
    fn share_of(&self, answers: u128) -> Option<Ratio> {
        Ratio::new(PERCENT * u128::from(self.given), u128::from(self.most) * answers)
    }
}

/// Values of items, factors, contents and the whole, from the counts of some sheets.
#[must_use]
pub fn indices(questionnaire: &Questionnaire, rule: IndexRule, counts: &Counts, floor: u32) -> Indices {
    let scored = questionnaire.items.iter().zip(&counts.items).enumerate().filter(|(_, (item, _))| item.factor.is_some());
    let items: Vec<ItemScore> =
        scored.filter_map(|(place, (item, counts))| ItemScore::of(rule.item_value, place, item, counts, floor)).collect();
    let tree = ScoreTree { questionnaire, aggregation: rule.aggregation, items: &items };
    Indices {
        factors: (0..questionnaire.factors.len()).map(|factor| tree.factor(factor)).collect(),
        contents: (0..questionnaire.contents.len()).map(|content| tree.content(content)).collect(),
        overall: tree.overall(),
        items,
    }
}

/// What the overall index is divided by for each item: one more that its answers give adds `100 / den` percent. None where nothing is in
/// it.
#[must_use]
pub fn divisors(questionnaire: &Questionnaire, rule: IndexRule, items: &[ItemScore]) -> Vec<Option<u128>> {
    let tree = ScoreTree { questionnaire, aggregation: rule.aggregation, items };
    let group = |item| match rule.aggregation {
        Aggregation::MeanOfFactors => tree.factor_of(item),
        Aggregation::MeanOfContents => tree.content_of(item),
        Aggregation::MeanOfItems | Aggregation::PooledAnswers => Some(0),
    };
    let inside: Vec<&ItemScore> = items.iter().filter(|score| tree.content_of(score.item).is_some()).collect();
    let sizes = sizes(&inside, group);
    let groups: u128 = sizes.values().map(|_| 1).sum();
    let answers: u128 = inside.iter().map(|score| u128::from(score.valid)).sum();
    let divisor = |score: &ItemScore| {
        tree.content_of(score.item)?;
        let answers = match rule.aggregation {
            Aggregation::PooledAnswers => answers,
            _ => u128::from(score.valid) * sizes.get(&group(score.item))? * groups,
        };
        Some(answers * u128::from(score.most))
    };
    items.iter().map(divisor).collect()
}

/// How many items each group has.
fn sizes(items: &[&ItemScore], group: impl Fn(usize) -> Option<usize>) -> BTreeMap<Option<usize>, u128> {
    let mut sizes = BTreeMap::new();
    for score in items {
        *sizes.entry(group(score.item)).or_insert(0_u128) += 1;
    }
    sizes
}

/// Item scores with the definition that says where they belong.
struct ScoreTree<'a> {
    questionnaire: &'a Questionnaire,
    aggregation: Aggregation,
    items: &'a [ItemScore],
}

impl ScoreTree<'_> {
    fn factor(&self, factor: usize) -> IndexScore {
        self.score(|item| self.factor_of(item) == Some(factor), |_| Some(0))
    }

    fn content(&self, content: usize) -> IndexScore {
        let inside = |item| self.content_of(item) == Some(content);
        match self.aggregation {
            Aggregation::MeanOfFactors => self.score(inside, |item| self.factor_of(item)),
            Aggregation::MeanOfItems | Aggregation::MeanOfContents | Aggregation::PooledAnswers => self.score(inside, |_| Some(0)),
        }
    }

    fn overall(&self) -> IndexScore {
        let inside = |item| self.content_of(item).is_some();
        match self.aggregation {
            Aggregation::MeanOfFactors => self.score(inside, |item| self.factor_of(item)),
            Aggregation::MeanOfContents => self.score(inside, |item| self.content_of(item)),
            Aggregation::MeanOfItems | Aggregation::PooledAnswers => self.score(inside, |_| Some(0)),
        }
    }

    /// The score of the items inside, as a mean of the means of their groups, or of all answers in one pot.
    fn score(&self, inside: impl Fn(usize) -> bool, group: impl Fn(usize) -> Option<usize>) -> IndexScore {
        let items: Vec<&ItemScore> = self.items.iter().filter(|score| inside(score.item)).collect();
        let total = (0..self.questionnaire.items.len()).filter(|item| inside(*item)).count();
        let fewest = items.iter().map(|score| score.valid).min().unwrap_or(0);
        let value = match self.aggregation {
            Aggregation::PooledAnswers => pooled(&items),
            Aggregation::MeanOfItems | Aggregation::MeanOfFactors | Aggregation::MeanOfContents => mean_of_means(&items, group),
        };
        IndexScore { value: (!items.is_empty()).then_some(value), used: items.len(), total, fewest }
    }

    fn factor_of(&self, item: usize) -> Option<usize> {
        self.questionnaire.items.get(item)?.factor
    }

    fn content_of(&self, item: usize) -> Option<usize> {
        Some(self.questionnaire.factors.get(self.factor_of(item)?)?.content)
    }
}

/// `Σ n_i·v_i / Σ n_i`: a fraction over the answers to all items.
fn pooled(items: &[&ItemScore]) -> Held {
    let answers = items.iter().map(|score| u128::from(score.valid)).sum();
    Held::sum_of(items.iter().filter_map(|score| score.share_of(answers)))
}

/// The mean of group means: each item's denominator times the items of its group, times the groups.
fn mean_of_means(items: &[&ItemScore], group: impl Fn(usize) -> Option<usize>) -> Held {
    let sizes = sizes(items, &group);
    let groups: u128 = sizes.values().map(|_| 1).sum();
    let term = |score: &&ItemScore| score.share_of(u128::from(score.valid) * sizes.get(&group(score.item))? * groups);
    Held::sum_of(items.iter().filter_map(term))
}
