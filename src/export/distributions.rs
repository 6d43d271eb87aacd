//! `distributions`: the share of every option, for the round where it is about respondents, for each unit where it is about the unit.

use std::io::{self, Write};

use super::origin::{self, Origin};
use super::table::{Format, Table, Value};
use crate::publication::document::Section;
use crate::scoring::disclosure::{Share, Sheets, Shown};
use crate::scoring::results::{AttributeResult, ItemHead, UnitFigures};

const COLUMNS: [&str; 13] =
    ["block", "unit", "unit_name_vi", "unit_name_en", "level", "item", "several", "option", "percent", "count", "n", "of", "hidden"];

/// What a share is a part of.
const VALID: &str = "valid-answers";
const SHEETS: &str = "sheets";

/// Writes the table.
pub(super) fn write(sections: &[Section<'_>], format: Format, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::begin(format, super::columns(&COLUMNS), out)?;
    for section in sections {
        let (origin, names, results) = (origin::of_section(section), super::names(section.document), section.results);
        for head in results.items.iter().filter(|item| item.attribute) {
            let attribute = results.attributes.iter().find(|attribute| attribute.code == head.code);
            of_round(&mut table, section, &origin, head, attribute)?;
        }
        for (block, unit) in results.all_units() {
            let place = super::place(&names, &origin, block, unit);
            for head in results.items.iter().filter(|item| !item.attribute) {
                of_unit(&mut table, &place, head, unit.figures.as_ref())?;
            }
        }
    }
    table.end().map(drop)
}

fn of_round(
    table: &mut Table<'_>,
    section: &Section<'_>,
    origin: &Origin,
    head: &ItemHead,
    attribute: Option<&AttributeResult>,
) -> io::Result<()> {
    let place: Vec<Value<'_>> = origin.iter().cloned().chain([Value::Empty, Value::Empty, Value::Empty, Value::Empty]).collect();
    let base = Base { level: "round", n: section.results.sheets, of: SHEETS };
    for (option, code) in head.options.iter().enumerate() {
        let share = attribute.and_then(|attribute| attribute.options.get(option).copied().flatten());
        base.row(table, &place, head, code, share)?;
    }
    base.row(table, &place, head, "no-answer", attribute.and_then(|attribute| attribute.no_answer))
}

fn of_unit(table: &mut Table<'_>, place: &[Value<'_>], head: &ItemHead, figures: Option<&UnitFigures>) -> io::Result<()> {
    let item = figures.and_then(|figures| figures.items.iter().find(|item| item.code == head.code));
    let valid = item.and_then(|item| item.valid);
    let base = Base { level: "unit", n: valid, of: VALID };
    for (option, code) in head.options.iter().enumerate() {
        base.row(table, place, head, code, item.and_then(|item| item.options.get(option).copied()))?;
    }
    // Under the floor of the item its other sheets are not spoken of either.
    let sheets = valid.and(figures).map(|figures| figures.sheets);
    let base = Base { level: "unit", n: sheets, of: SHEETS };
    base.row(table, place, head, "no-opinion", item.and_then(|item| item.no_opinion))?;
    base.row(table, place, head, "skipped", item.and_then(|item| item.skipped))?;
    base.row(table, place, head, "not-shown", item.and_then(|item| item.not_shown))
}

/// What shares are parts of.
struct Base {
    level: &'static str,
    n: Option<Shown<Sheets>>,
    of: &'static str,
}

impl Base {
    fn row(
        &self,
        table: &mut Table<'_>,
        place: &[Value<'_>],
        head: &ItemHead,
        option: &str,
        share: Option<Shown<Share>>,
    ) -> io::Result<()> {
        let mut row = place.to_vec();
        row.extend([
            Value::text(self.level),
            Value::text(&head.code),
            Value::text(if head.multiple { "yes" } else { "no" }),
            Value::text(option),
            Value::maybe(share.map(|share| share.get().percent)),
            Value::whole(share.and_then(|share| share.get().count)),
            Value::sheets(self.n),
            Value::text(self.of),
            Value::text(if share.is_none() { "hidden" } else { "" }),
        ]);
        table.row(&row)
    }
}
