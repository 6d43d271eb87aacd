//! Which points of surveys are exact although few answers are behind them: they alone may tell that all answered alike.

use std::collections::HashSet;

use crate::publication::document::Document;
use crate::scheme::From;
use crate::scoring::disclosure::Shown;
use crate::scoring::ranking::BlockRanking;
use crate::scoring::results::UnitFigures;

/// Leaves of a block by their codes, each with a unit.
#[derive(Debug, Default)]
pub(super) struct Alone<'a>(HashSet<(&'a str, &'a str)>);

impl<'a> Alone<'a> {
    /// Those of a block. The first format did not tell.
    pub(super) fn of(document: &'a Document, block: &BlockRanking) -> Self {
        let leaves = document.scheme(block).filter(|_| !document.is_of_first_format()).map_or(&[][..], |scheme| scheme.leaves.as_slice());
        let of_leaf = leaves.iter().flat_map(|leaf| {
            let (From::Satisfaction { questionnaire, .. } | From::Officials { questionnaire, .. }) = &leaf.from else { return Vec::new() };
            let units = document.section(questionnaire).into_iter().flat_map(|section| section.results.all_units());
            let few = units.filter(|(_, unit)| unit.figures.as_ref().is_some_and(|figures| is_of_few(figures, &leaf.from)));
            few.map(|(_, unit)| (leaf.code.as_str(), unit.unit.as_str())).collect()
        });
        Self(of_leaf.collect())
    }

    pub(super) fn has(&self, leaf: &str, unit: &str) -> bool {
        self.0.contains(&(leaf, unit))
    }
}

/// Whether the figure that a leaf takes has no more decimals than are printed: then few answers are behind it.
fn is_of_few(figures: &UnitFigures, from: &From) -> bool {
    match from {
        From::Satisfaction { index: None, .. } => figures.component.as_ref().map(Shown::get).is_some_and(|points| points.held.is_none()),
        From::Satisfaction { index: Some(code), .. } => {
            let part = figures.contents.iter().chain(&figures.factors).find(|part| part.code == *code);
            part.and_then(|part| part.index.figure).is_some_and(|figure| figure.get().held.is_none())
        }
        From::Officials { rated, .. } => {
            let criterion = figures.criteria.iter().find(|criterion| criterion.criterion == *rated);
            criterion.and_then(|criterion| criterion.points.as_ref()).is_some_and(|points| points.get().held.is_none())
        }
        _ => false,
    }
}
