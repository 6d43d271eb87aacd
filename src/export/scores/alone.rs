//! Which points of surveys are exact although few answers are behind them: they alone may tell how many answered in which way.

use std::collections::HashSet;

use crate::publication::document::Document;
use crate::scheme::From;
use crate::scoring::disclosure::Shown;
use crate::scoring::ranking::{BlockRanking, CellResult, LeafHead};
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

    /// Whether a unit's points of some leaves together are such points: one of them is, and the others with points come from surveys as
    /// well.
    pub(super) fn make<'l>(&self, unit: &str, leaves: impl Iterator<Item = (&'l LeafHead, &'l CellResult)> + Clone) -> bool {
        let mut given = leaves.filter(|(leaf, cell)| cell.points.is_some() && !leaf.is_adjustment());
        let few = given.clone().any(|(leaf, _)| self.0.contains(&(leaf.code.as_str(), unit)));
        few && given.all(|(leaf, _)| leaf.is_surveyed())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::scores::tests::cell;
    use crate::scoring::ranking::CellState;
    use crate::scoring::ranking::Origin;

    #[test]
    fn a_sum_is_said_to_tell_something_where_nothing_but_surveys_is_in_it() {
        let leaf = |code: &str, from| {
            let (code, field, criterion) = (code.to_owned(), "field".to_owned(), code.to_owned());
            LeafHead { code, field, criterion, maximum: "10".parse().unwrap(), from }
        };
        let [few, many] = [leaf("few", Origin::Satisfaction), leaf("many", Origin::Officials)];
        let [entered, taken] = [leaf("entered", Origin::Appraisal), leaf("taken", Origin::Penalty)];
        let (given, missing) = (cell(Some("5"), CellState::Counted), cell(None, CellState::Missing));
        let alone = Alone(HashSet::from([("few", "a")]));
        let make = |leaves: &[(&LeafHead, &CellResult)]| alone.make("a", leaves.iter().copied());
        assert!(make(&[(&few, &given)]) && make(&[(&few, &given), (&many, &given)]));
        assert!(!make(&[(&few, &given), (&entered, &given)]), "what was entered is in it, too");
        assert!(make(&[(&few, &given), (&entered, &missing), (&taken, &given)]), "adjustments are printed beside it");
        assert!(!make(&[(&many, &given)]) && !make(&[(&few, &missing), (&many, &given)]) && !make(&[]));
        assert!(!alone.make("b", [(&few, &given)].into_iter()));
    }
}
