//! How figures came about: the entry that counts for a leaf, the branch that a value took, and what the index of a unit lacks of surveys.
//! Tables of the first format do not have it.

use crate::export::ColumnHead;
use strum::VariantNames;

use crate::export::column::ColumnKind::{Code, Decimal};
use crate::export::column::DecimalUnit::{OfRow, Points};
use crate::export::column::KnownCodes;
use crate::export::value::Value;
use crate::round::steps::ScorePart;
use crate::scoring::conversion::Branch;
use crate::scoring::ranking::{CellResult, SurveyGap};

/// How points came about.
#[derive(Default)]
pub(super) struct WorkedCells<'a> {
    pub(super) applicable_maximum: Value<'a>,
    pub(super) counts: Value<'a>,
    pub(super) converted: Value<'a>,
    pub(super) branch: Value<'a>,
    pub(super) bound: Value<'a>,
    pub(super) highest: Value<'a>,
    pub(super) survey_gap: Value<'a>,
}

impl<'a> WorkedCells<'a> {
    pub(super) const COLUMNS: [ColumnHead; 7] = [
        ("applicable_maximum", Decimal(Points)),
        ("counts", Code(KnownCodes::of("par-part-", &["appraised", "second", "council"]))),
        ("converted", Decimal(OfRow)),
        ("branch", Code(KnownCodes::of("workbook-branch-", Branch::VARIANTS))),
        ("bound", Decimal(OfRow)),
        ("highest", Decimal(OfRow)),
        ("survey_gap", Code(KnownCodes::of("par-gap-", SurveyGap::VARIANTS))),
    ];

    pub(super) fn of_unit(gap: Option<SurveyGap>) -> Self {
        Self { survey_gap: gap.map_or(Value::Empty, |gap| Value::lent(gap.code())), ..Self::default() }
    }

    pub(super) fn of_leaf(cell: &'a CellResult) -> Self {
        let worked = cell.worked.as_ref();
        Self {
            applicable_maximum: Value::fixed(cell.maximum),
            counts: cell.counts.map_or(Value::Empty, |part| Value::lent(ScorePart::name(part))),
            converted: Value::held(worked.map(|worked| worked.value)),
            branch: worked.map_or(Value::Empty, |worked| Value::lent(worked.branch.code())),
            bound: Value::fixed(worked.map(|worked| worked.branch.bound())),
            highest: Value::fixed(worked.and_then(|worked| worked.branch.highest())),
            survey_gap: Value::Empty,
        }
    }

    /// In the order of the columns.
    pub(super) fn cells(self) -> [Value<'a>; 7] {
        let Self { applicable_maximum, counts, converted, branch, bound, highest, survey_gap } = self;
        [applicable_maximum, counts, converted, branch, bound, highest, survey_gap]
    }
}
