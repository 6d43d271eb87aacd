//! How figures came about: the entry that counts for a leaf, the branch that a value took, what the index of a unit lacks of surveys,
//! and in which list it is ranked. Tables of the first format do not have it.

use crate::export::ColumnHead;
use strum::VariantNames;

use crate::export::column::ColumnKind::{Code, Decimal};
use crate::export::column::DecimalUnit::{OfRow, Points};
use crate::export::column::KnownCodes;
use crate::export::value::Value;
use crate::round::steps::ScorePart;
use crate::scoring::conversion::Branch;
use crate::scoring::ranking::{CellResult, RankList, SurveyGap};

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
    pub(super) ranked_in: Value<'a>,
}

impl<'a> WorkedCells<'a> {
    pub(super) const COLUMNS: [ColumnHead; 8] = [
        ("applicable_maximum", Decimal(Points)),
        ("counts", Code(KnownCodes::of("par-part-", &["appraised", "second", "council"]))),
        ("converted", Decimal(OfRow)),
        ("branch", Code(KnownCodes::of("workbook-branch-", Branch::VARIANTS))),
        ("bound", Decimal(OfRow)),
        ("highest", Decimal(OfRow)),
        ("survey_gap", Code(KnownCodes::of("par-gap-", SurveyGap::VARIANTS))),
        ("ranked_in", Code(KnownCodes::of("par-list-", RankList::VARIANTS))),
    ];

    pub(super) fn of_unit(gap: Option<SurveyGap>, list: Option<RankList>) -> Self {
        let survey_gap = gap.map_or(Value::Empty, |gap| Value::lent(gap.code()));
        Self { survey_gap, ranked_in: list.map_or(Value::Empty, |list| Value::lent(list.code())), ..Self::default() }
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
            ranked_in: Value::Empty,
        }
    }

    /// In the order of the columns.
    pub(super) fn cells(self) -> [Value<'a>; 8] {
        let Self { applicable_maximum, counts, converted, branch, bound, highest, survey_gap, ranked_in } = self;
        [applicable_maximum, counts, converted, branch, bound, highest, survey_gap, ranked_in]
    }
}
