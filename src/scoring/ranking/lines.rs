//! The lines of a unit's score sheet, which page, table and workbook take from here: itself, its fields, and its criteria.

use super::{BlockRanking, CellResult, CriterionSum, FieldHead, FieldScore, LeafHead, RankedUnit, Standing};
use crate::scoring::decimal::Held;

/// A line of a score sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScoreLine<'a> {
    /// The unit itself; none where it is exempt.
    Unit(Option<&'a Standing>),
    /// A field with something in it that applies to the block.
    Field {
        /// The field.
        head: &'a FieldHead,
        /// What the unit has in it; none where it is exempt.
        score: Option<&'a FieldScore>,
        /// Its index in the round before.
        before: Option<Held>,
    },
    /// A criterion with sub-criteria, before the first of them.
    Criterion {
        /// Its code.
        code: &'a str,
        /// Code of its field.
        field: &'a str,
        /// What its sub-criteria are together; none where the ranking was imported.
        sum: Option<&'a CriterionSum>,
    },
    /// What has points of its own: a criterion without sub-criteria, or a sub-criterion.
    Leaf {
        /// The leaf.
        head: &'a LeafHead,
        /// What came of it; none where the ranking was imported.
        cell: Option<&'a CellResult>,
    },
}

impl BlockRanking {
    /// All lines of a unit: its own, one for each field, and one for each leaf, with one before those of a criterion with sub-criteria.
    /// How many there are depends on the scheme alone.
    pub fn lines<'a>(&'a self, unit: &'a RankedUnit) -> impl Iterator<Item = ScoreLine<'a>> {
        let fields = (0..self.fields.len()).filter_map(move |place| self.field_line(unit, place));
        let leaves = (0..self.leaves.len()).flat_map(move |place| [self.criterion_line(unit, place), self.leaf_line(unit, place)]);
        std::iter::once(ScoreLine::Unit(unit.standing.as_ref())).chain(fields).chain(leaves.flatten())
    }

    fn field_line<'a>(&'a self, unit: &'a RankedUnit, place: usize) -> Option<ScoreLine<'a>> {
        let (head, standing) = (self.fields.get(place)?, unit.standing.as_ref());
        let score = standing.and_then(|standing| standing.fields.get(place));
        let before = standing.and_then(|standing| standing.before.as_ref()?.fields.get(place).copied().flatten());
        Some(ScoreLine::Field { head, score, before })
    }

    /// The line of the criterion whose first sub-criterion a leaf is.
    fn criterion_line<'a>(&'a self, unit: &'a RankedUnit, place: usize) -> Option<ScoreLine<'a>> {
        let LeafHead { criterion: code, field, .. } = self.leaves.get(place).filter(|leaf| leaf.is_sub_criterion())?;
        let before = place.checked_sub(1).and_then(|before| self.leaves.get(before));
        let is_first = before.is_none_or(|before| before.criterion != *code);
        let sum = self.criterion(code).and_then(|place| unit.criteria.get(place));
        is_first.then_some(ScoreLine::Criterion { code, field, sum })
    }

    fn leaf_line<'a>(&'a self, unit: &'a RankedUnit, place: usize) -> Option<ScoreLine<'a>> {
        self.leaves.get(place).map(|head| ScoreLine::Leaf { head, cell: unit.cells.get(place) })
    }
}

impl FieldScore {
    /// Points and maximum as they are told: none where nothing of the field applies to the unit.
    #[must_use]
    pub fn told(&self) -> (Option<Held>, Option<Held>) {
        let nothing_applies = self.index.is_none() && self.maximum == Some(Held::default());
        if nothing_applies { (None, None) } else { (self.points, self.maximum) }
    }
}

impl CriterionSum {
    /// Points and maximum as they are told: none where nothing of the criterion applies to the unit.
    #[must_use]
    pub fn told(&self) -> (Option<Held>, Option<Held>) {
        let told = |value: Held| self.index.map(|_| value);
        (told(self.points), told(self.maximum))
    }
}
