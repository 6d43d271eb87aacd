//! The worked calculation of a unit: each line from the answers to the points, as values, so that a page in any language can print it.
//!
//! It reads published results only, so it can say nothing that they do not.

use serde::Serialize;

use super::decimal::Held;
use super::disclosure::{Bounds, Figure, Fraction, Points, Shown};
use super::results::{IndexResult, Results, UnitFigures};
use crate::survey::{Aggregation, IndexRule};

/// All lines, in the order of working.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Calculation<'a> {
    /// The rule that was worked.
    pub rule: IndexRule,
    /// `100 × given / of`, an item each. Items without a value have no line.
    pub items: Vec<ItemLine<'a>>,
    /// Factors, an entry each with a value.
    pub factors: Vec<MeanLine<'a>>,
    /// Contents, an entry each with a value.
    pub contents: Vec<MeanLine<'a>>,
    /// The overall index; its code is empty.
    pub overall: MeanLine<'a>,
    /// Whether every item of the index has a line, so that each step follows from the one before.
    pub is_whole: bool,
    /// `maximum × index / 100`; none where points are not printed.
    pub component: Option<ComponentLine<'a>>,
}

/// The value of an item.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ItemLine<'a> {
    /// Code of the item.
    pub code: &'a str,
    /// What is divided; none under 50 answers.
    pub fraction: Option<Shown<Fraction>>,
    /// What comes out.
    pub figure: Shown<Figure>,
}

/// The mean of items, factors or contents; under `pooled-answers` the items whose answers are in one pot.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MeanLine<'a> {
    /// Code of the factor or content.
    pub code: &'a str,
    /// Codes of what the mean is made of, each with a line of its own.
    pub terms: Vec<&'a str>,
    /// What comes out, and "5 of 9 items".
    pub index: &'a IndexResult,
}

/// The component.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ComponentLine<'a> {
    /// Points at an index of 100, with two decimals and a point.
    pub maximum: String,
    /// The index that is multiplied; none under 50.
    pub index: Option<Held>,
    /// What comes out.
    pub points: &'a Shown<Points>,
}

/// Works the calculation of a unit; none for a questionnaire without an index.
#[must_use]
pub fn calculation<'a>(results: &'a Results, figures: &'a UnitFigures) -> Option<Calculation<'a>> {
    let (rule, overall) = (results.rule?, figures.index.as_ref()?);
    let lines = figures.items.iter().filter_map(|item| Some(ItemLine { code: &item.code, fraction: item.fraction, figure: item.figure? }));
    let lines = lines.filter(|line| line.figure.get().percent.bound() != Bounds::Class);
    let work = Work { results, figures, aggregation: rule.aggregation, items: lines.collect() };
    let factors = figures.factors.iter().map(|part| (part, work.items_where(|factor| factor == part.code)));
    let contents = figures.contents.iter().map(|part| (part, work.terms_of_content(&part.code)));
    let line = |(part, terms): (&'a super::results::PartResult, _)| MeanLine { code: &part.code, terms, index: &part.index };
    Some(Calculation {
        rule,
        factors: factors.map(line).filter(has_value).collect(),
        contents: contents.map(line).filter(has_value).collect(),
        overall: MeanLine { code: "", terms: work.terms_of_overall(), index: overall },
        is_whole: u32::try_from(work.items.len()).is_ok_and(|lines| lines == overall.used),
        component: figures.component.as_ref().map(|points| component(rule, overall, points)),
        items: work.items,
    })
}

fn has_value(line: &MeanLine<'_>) -> bool {
    line.index.figure.is_some()
}

fn component<'a>(rule: IndexRule, overall: &IndexResult, points: &'a Shown<Points>) -> ComponentLine<'a> {
    let maximum = Held::from_hundredths(rule.maximum_hundredths).to_fixed(2);
    ComponentLine { maximum, index: overall.figure.and_then(|figure| figure.get().held), points }
}

struct Work<'a> {
    results: &'a Results,
    figures: &'a UnitFigures,
    aggregation: Aggregation,
    items: Vec<ItemLine<'a>>,
}

impl<'a> Work<'a> {
    /// Items with a value whose factor is wanted.
    fn items_where(&self, wanted: impl Fn(&str) -> bool) -> Vec<&'a str> {
        let factor = |line: &&ItemLine<'a>| self.results.item(line.code).and_then(|item| item.factor.as_deref());
        self.items.iter().filter(|line| factor(line).is_some_and(&wanted)).map(|line| line.code).collect()
    }

    /// Factors with a value that are wanted.
    fn factors_where(&self, wanted: impl Fn(&str) -> bool) -> Vec<&'a str> {
        let parts = self.figures.factors.iter().filter(|part| part.index.figure.is_some());
        parts.map(|part| part.code.as_str()).filter(|code| wanted(code)).collect()
    }

    fn terms_of_content(&self, content: &str) -> Vec<&'a str> {
        let inside = |factor: &str| self.results.factors.iter().any(|head| head.code == factor && head.content == content);
        if self.aggregation == Aggregation::MeanOfFactors { self.factors_where(inside) } else { self.items_where(inside) }
    }

    fn terms_of_overall(&self) -> Vec<&'a str> {
        match self.aggregation {
            Aggregation::MeanOfFactors => self.factors_where(|_| true),
            Aggregation::MeanOfContents => {
                let contents = self.figures.contents.iter().filter(|part| part.index.figure.is_some());
                contents.map(|part| part.code.as_str()).collect()
            }
            Aggregation::MeanOfItems | Aggregation::PooledAnswers => self.items_where(|_| true),
        }
    }
}
