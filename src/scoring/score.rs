//! The score of a unit: from the points of leaves to criteria, fields and the PAR Index.
//!
//! `index = points / applicable maximum × 100`, for a criterion, a field and the whole alike: 68.32 of 84.00 is 81.33 (`domain/par.md`,
//! "Formulas"). Points are summed as they are held; each index is one fraction, rounded once (see [`super::decimal`]).
//!
//! * A leaf that does not apply leaves points and maximum: `P / M` becomes `(P − p) / (M − m)`.
//! * Bonus `b` and penalty `n` are added to the points, never to the maximum: `base index = P / M × 100` and
//!   `index = (P + b − n) / M × 100`, kept between 0 and 100.
//! * Of a survey that a unit has none of, the scheme says: no points out of the full maximum; or it does not apply; or what is left is
//!   brought to the full maximum `F` first, `P' = P × F / M` and `M' = F` (Hà Nội's rule, `domain/par.md`), so that bonus and penalty weigh
//!   as for others: `index = 100 × (P × F + (b − n) × M) / (M × F)`, one fraction.

use super::decimal::Held;
use crate::scheme::{Block, Leaf, NoSurvey, Scheme};

/// What a leaf gave a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeafPoints {
    /// So many points.
    Points(Held),
    /// Nobody has entered any: counts as 0.
    Missing,
    /// It does not apply to the unit.
    NotApplicable,
    /// The survey has so few sheets of the unit that the scheme leaves its points out.
    FewSheets,
    /// The survey that it comes from has no figure for the unit.
    NoSurvey,
}

/// Points out of a maximum.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Portion {
    /// Points of the unit, bonus and penalty with them.
    pub points: Held,
    /// The applicable maximum.
    pub maximum: Held,
}

impl Portion {
    /// Percent of the maximum; none where nothing applies.
    #[must_use]
    pub fn index(self) -> Option<Held> {
        self.points.percent_of(self.maximum)
    }

    fn add(&mut self, points: Held, maximum: Held) {
        self.points = Held::total([self.points, points]);
        self.maximum = Held::total([self.maximum, maximum]);
    }
}

/// The score of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// Criteria, in the order of the scheme.
    pub criteria: Vec<Portion>,
    /// Fields, in the order of the scheme.
    pub fields: Vec<Portion>,
    /// All fields together, as they were reached.
    pub reached: Portion,
    /// The same, rescaled where the scheme says so.
    pub base: Portion,
    /// Points that were added.
    pub bonus: Held,
    /// Points that were taken off.
    pub penalty: Held,
    /// Whether points were brought to the full maximum because there was no survey.
    pub rescaled: bool,
    /// The base with bonus and penalty, not under 0.
    pub points: Held,
    /// Percent of the maximum with bonus and penalty, from 0 to 100.
    pub index: Held,
    /// Percent of the maximum without them.
    pub base_index: Held,
    /// Whether the index would lie under 0 or over 100 and was kept inside.
    pub clamped: bool,
}

/// Whether a leaf is left out for a block.
#[must_use]
pub fn applies(block: &Block, leaf: usize) -> bool {
    !block.not_applicable.contains(&leaf)
}

/// What a leaf adds to the maximum of its criterion, of its field and of the whole: nothing where it does not apply, or where there was no
/// survey and the scheme does not let its points be lost; nothing of a bonus or penalty.
#[must_use]
pub fn possible(scheme: &Scheme, leaf: &Leaf, given: LeafPoints) -> Held {
    let counts = match given {
        LeafPoints::Points(_) | LeafPoints::Missing => true,
        LeafPoints::NoSurvey => scheme.no_survey == NoSurvey::NoPoints,
        LeafPoints::NotApplicable | LeafPoints::FewSheets => false,
    };
    if counts && !leaf.is_adjustment() { Held::from_hundredths(leaf.maximum_hundredths) } else { Held::default() }
}

/// Scores a unit from the points of all leaves, in the order of the scheme. None where nothing applies to it.
#[must_use]
pub fn score(scheme: &Scheme, leaves: &[LeafPoints]) -> Option<Score> {
    let mut criteria = vec![Portion::default(); scheme.criteria.len()];
    let mut fields = vec![Portion::default(); scheme.fields.len()];
    let (mut base, mut bonus, mut penalty) = (Portion::default(), Held::default(), Held::default());
    let mut unsurveyed = Held::default();
    for (leaf, given) in scheme.leaves.iter().zip(leaves) {
        let cap = Held::from_hundredths(leaf.maximum_hundredths);
        let points = match given {
            LeafPoints::Points(points) => (*points).min(cap),
            LeafPoints::Missing | LeafPoints::NoSurvey | LeafPoints::NotApplicable | LeafPoints::FewSheets => Held::default(),
        };
        if leaf.is_adjustment() {
            let sum = if leaf.from == crate::scheme::From::Bonus { &mut bonus } else { &mut penalty };
            *sum = Held::total([*sum, points]);
            continue;
        }
        let maximum = possible(scheme, leaf, *given);
        if *given == LeafPoints::NoSurvey {
            unsurveyed = Held::total([unsurveyed, cap.less(maximum)]);
        }
        base.add(points, maximum);
        criteria.get_mut(leaf.criterion)?.add(points, maximum);
        fields.get_mut(scheme.field_of(leaf))?.add(points, maximum);
    }
    let rescaled = scheme.no_survey == NoSurvey::RescaleTo100 && unsurveyed > Held::default();
    let (base_index, full) = (base.index()?, Held::total([base.maximum, unsurveyed]));
    let full = if rescaled { full } else { base.maximum };
    // From the points as they are, so that bringing them to the full maximum rounds no index twice.
    let whole = Held::from_hundredths(10_000);
    let sum = Held::percent_of_products([(base.points, full), (bonus, base.maximum)], (penalty, base.maximum), (base.maximum, full))?;
    let (reached, base) = (base, Portion { points: base.points.part(full, base.maximum)?, maximum: full });
    let given = Held::total([base.points, bonus]);
    Some(Score {
        criteria,
        fields,
        reached,
        base,
        bonus,
        penalty,
        rescaled,
        points: given.less(penalty),
        index: sum.min(whole),
        base_index,
        clamped: penalty > given || sum > whole,
    })
}
