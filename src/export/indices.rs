//! `indices`: one row a unit and level, whether it has a figure or not, so that the rows too depend on definition and register alone.

use std::io::{self, Write};

use super::origin;
use super::table::{Format, Table, Value};
use crate::publication::document::Section;
use crate::scoring::disclosure::{Figure, Sheets, Shown};
use crate::scoring::results::{IndexResult, UnitResult};

const COLUMNS: [&str; 14] = [
    "block",
    "unit",
    "unit_name_vi",
    "unit_name_en",
    "level",
    "code",
    "value",
    "held",
    "sheets",
    "valid",
    "items_used",
    "items_total",
    "hidden",
    "under",
];

/// Writes the table.
pub(super) fn write(sections: &[Section<'_>], format: Format, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::begin(format, super::columns(&COLUMNS), out)?;
    for section in sections.iter().filter(|section| section.results.rule.is_some()) {
        let (origin, names) = (origin::of_section(section), super::names(section.document));
        for (block, unit) in section.results.all_units() {
            table.lead(&super::place(&names, &origin, block, unit))?;
            Lines { section, unit }.rows(&mut table)?;
        }
    }
    table.end().map(drop)
}

struct Lines<'a> {
    section: &'a Section<'a>,
    unit: &'a UnitResult,
}

/// What one row says.
#[derive(Default)]
struct Line {
    figure: Option<Shown<Figure>>,
    valid: Option<Shown<Sheets>>,
    used: Option<u32>,
    total: Option<u32>,
}

impl Lines<'_> {
    fn rows(&self, table: &mut Table<'_>) -> io::Result<()> {
        let (results, figures) = (self.section.results, self.unit.figures.as_ref());
        self.row(table, "overall", "", &index(figures.and_then(|figures| figures.index.as_ref())))?;
        for code in &results.contents {
            let part = figures.and_then(|figures| figures.contents.iter().find(|part| part.code == *code));
            self.row(table, "content", code, &index(part.map(|part| &part.index)))?;
        }
        for factor in &results.factors {
            let part = figures.and_then(|figures| figures.factors.iter().find(|part| part.code == factor.code));
            self.row(table, "factor", &factor.code, &index(part.map(|part| &part.index)))?;
        }
        for item in results.items.iter().filter(|item| item.factor.is_some()) {
            let found = figures.and_then(|figures| figures.items.iter().find(|found| found.code == item.code));
            self.row(
                table,
                "item",
                &item.code,
                &Line { figure: found.and_then(|item| item.figure), valid: found.and_then(|item| item.valid), ..Line::default() },
            )?;
        }
        Ok(())
    }

    fn row(&self, table: &mut Table<'_>, level: &str, code: &str, line: &Line) -> io::Result<()> {
        let floor = self.section.results.floor;
        let hidden = line.figure.is_none();
        table.row(&[
            Value::text(level),
            Value::text(code),
            Value::maybe(line.figure.map(|figure| figure.get().percent)),
            Value::maybe(line.figure.and_then(|figure| figure.get().held)),
            Value::sheets(self.unit.figures.as_ref().map(|figures| figures.sheets)),
            Value::sheets(line.valid),
            Value::whole(line.used),
            Value::whole(line.total),
            Value::text(if hidden { "under-floor" } else { "" }),
            Value::whole(hidden.then_some(floor)),
        ])
    }
}

fn index(index: Option<&IndexResult>) -> Line {
    let Some(index) = index else { return Line::default() };
    Line { figure: index.figure, valid: None, used: Some(index.used), total: Some(index.total) }
}
