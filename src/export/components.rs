//! `components`: one row a unit for the satisfaction component; for the officials' component one row a unit and criterion, with an empty
//! group, and one for each respondent group.

use std::io;

use super::column::ColumnKind::{Code, Count, Decimal, Text, Whole};
use super::column::DecimalUnit::{Percent, Points as InPoints};
use super::column::{Column, KnownCodes};
use super::missing::{self, HIDDEN, IN_WHOLE_PERCENTS, TOO_FEW_SHEETS, why, why_of_groups};
use super::table::TableWriter;
use super::value::Value;
use super::{ColumnHead, provenance};
use crate::publication::document::Section;
use crate::scoring::decimal::Held;
use crate::scoring::disclosure::{Points, Share, SheetsTold, Shown};
use crate::scoring::results::{CriterionHead, GroupRatings, RatingHead, UnitResult};

const COLUMNS: [ColumnHead; 16] = [
    ("block", Text),
    ("unit", Text),
    ("unit_name_vi", Text),
    ("unit_name_en", Text),
    ("sheets", Count),
    ("index", Decimal(Percent)),
    ("maximum", Decimal(InPoints)),
    ("points", Decimal(InPoints)),
    ("points_held", Decimal(InPoints)),
    ("hidden", Code(missing::WHY)),
    ("criterion", Text),
    ("group", Text),
    ("group_weight", Whole),
    ("group_used", Code(KnownCodes::YES_NO)),
    ("share", Decimal(Percent)),
    ("distribution", Text),
];

/// The columns of the table.
pub(super) fn columns(sections: &[Section<'_>]) -> Vec<Column> {
    super::columns_of_points(sections, &COLUMNS)
}

/// Writes the rows of the table.
pub(super) fn write(sections: &[Section<'_>], table: &mut TableWriter<'_>) -> io::Result<()> {
    for section in sections {
        let (provenance, units) = (provenance::of_section(section), super::units_by_code(section.document));
        if let Some(rating) = &section.results.rating {
            for (block, unit) in section.results.all_units() {
                table.lead(super::unit_cells(&units, &provenance, block, unit));
                for row in ratings(section, rating, unit) {
                    table.row(&row)?;
                }
            }
        }
        let Some(rule) = section.results.rule else { continue };
        let maximum = Held::from_hundredths(rule.maximum_hundredths).to_fixed(2);
        for (block, unit) in section.results.all_units() {
            table.lead(super::unit_cells(&units, &provenance, block, unit));
            let points = unit.figures.as_ref().and_then(|figures| figures.component.as_ref());
            let row = values(section, unit, &maximum).into_iter().chain([""; 6].map(Value::lent)).chain(alone(section, points));
            table.row(&row.collect::<Vec<_>>())?;
        }
    }
    Ok(())
}

/// The index and its points.
fn values(section: &Section<'_>, unit: &UnitResult, maximum: &str) -> [Value<'static>; 6] {
    let figures = unit.figures.as_ref();
    let index = figures.and_then(|figures| figures.index.as_ref()?.figure);
    let points = figures.and_then(|figures| figures.component.as_ref()).map(Shown::get);
    let hidden = match (index, points) {
        (None, _) => why(section, unit, section.questionnaire.items.iter().filter(|item| item.factor.is_some())),
        // Only in documents of format 1: an index of one item of few answers has no decimals there, and points would print them.
        (Some(_), None) => IN_WHOLE_PERCENTS,
        (Some(_), Some(_)) => "",
    };
    [
        Value::sheets(figures.map(|figures| figures.sheets)),
        Value::percent(index.map(|index| index.get().percent)),
        Value::decimal(maximum.to_owned()),
        points.map_or(Value::Empty, |points| Value::decimal(points.printed.clone())),
        Value::held(points.and_then(|points| points.held)),
        Value::text(hidden),
    ]
}

/// That points are exact although few answers are behind them.
fn alone(section: &Section<'_>, points: Option<&Shown<Points>>) -> Option<Value<'static>> {
    super::alone(section.document, points.is_some_and(|points| points.get().held.is_none()))
}

/// The rows of a unit that was rated: each criterion, and under it each group.
fn ratings(section: &Section<'_>, rating: &RatingHead, unit: &UnitResult) -> Vec<Vec<Value<'static>>> {
    let row = |rated: [Value<'static>; 6], group: [Value<'static>; 6], alone| rated.into_iter().chain(group).chain(alone).collect();
    let Some(figures) = &unit.figures else {
        let rated = |head| rated(head, [Value::Empty, Value::Empty], None, why_of_groups(section));
        let nothing = |head| row(rated(head), of_group(head, None, &[]), alone(section, None));
        return rating.criteria.iter().map(nothing).collect();
    };
    let mut rows = Vec::new();
    for (head, criterion) in rating.criteria.iter().zip(&figures.criteria) {
        let points = criterion.points.as_ref().map(Shown::get);
        let printed = points.map_or(Value::Empty, |points| Value::decimal(points.printed.clone()));
        let printed = [printed, Value::held(points.and_then(|points| points.held))];
        let hidden = if points.is_none() { TOO_FEW_SHEETS } else { "" };
        let whole = rated(head, printed, criterion.sheets, hidden);
        rows.push(row(whole, of_group(head, None, &criterion.distribution), alone(section, criterion.points.as_ref())));
        for group in &criterion.groups {
            let hidden = if group.share.is_none() { HIDDEN } else { "" };
            let part = rated(head, [Value::Empty, Value::Empty], group.sheets, hidden);
            rows.push(row(part, of_group(head, Some(group), &group.distribution), alone(section, None)));
        }
    }
    rows
}

fn rated(
    head: &CriterionHead,
    [points, points_held]: [Value<'static>; 2],
    sheets: Option<Shown<SheetsTold>>,
    hidden: &str,
) -> [Value<'static>; 6] {
    [Value::sheets(sheets), Value::lent(""), Value::decimal(head.maximum.clone()), points, points_held, Value::text(hidden)]
}

fn of_group(head: &CriterionHead, group: Option<&GroupRatings>, distribution: &[Shown<Share>]) -> [Value<'static>; 6] {
    let shares = head.weights.iter().zip(distribution).map(|(weight, share)| format!("{weight}:{}", share.get().percent));
    [
        Value::text(&head.code),
        Value::text(group.map_or_else(String::new, GroupRatings::codes)),
        Value::whole(group.map(|group| group.weight)),
        Value::text(group.map_or("", |group| if group.used { "yes" } else { "no" })),
        Value::percent(group.and_then(|group| group.share).map(|share| share.get().percent)),
        Value::text(shares.collect::<Vec<_>>().join(";")),
    ]
}
