//! `components`: one row a unit.

use std::io::{self, Write};

use super::origin;
use super::table::{Format, Table, Value};
use crate::publication::document::Section;
use crate::scoring::decimal::Held;
use crate::scoring::disclosure::Shown;
use crate::scoring::results::UnitResult;

const COLUMNS: [&str; 10] =
    ["block", "unit", "unit_name_vi", "unit_name_en", "sheets", "index", "maximum", "points", "points_held", "hidden"];

/// Writes the table.
pub(super) fn write(sections: &[Section<'_>], format: Format, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::begin(format, super::columns(&COLUMNS), out)?;
    for section in sections {
        let Some(rule) = section.results.rule else { continue };
        let origin = origin::of_section(section);
        let maximum = Held::from_hundredths(rule.maximum_hundredths).to_fixed(2);
        for (block, unit) in section.results.all_units() {
            let mut row = super::place(section, &origin, block, unit);
            row.extend(values(unit, &maximum));
            table.row(&row)?;
        }
    }
    table.end().map(drop)
}

fn values(unit: &UnitResult, maximum: &str) -> [Value; 6] {
    let figures = unit.figures.as_ref();
    let index = figures.and_then(|figures| figures.index.as_ref()?.figure);
    let points = figures.and_then(|figures| figures.component.as_ref()).map(Shown::get);
    let hidden = match (index, points) {
        (None, _) => "under-floor",
        // An index of one item of few answers has no decimals; points would print them.
        (Some(_), None) => "index-in-whole-percents",
        (Some(_), Some(_)) => "",
    };
    [
        Value::whole(figures.map(|figures| *figures.sheets.get())),
        Value::maybe(index.map(|index| index.get().percent)),
        Value::text(maximum),
        Value::maybe(points.map(|points| &points.printed)),
        Value::maybe(points.and_then(|points| points.held)),
        Value::text(hidden),
    ]
}
