//! `indices`: one row a unit and level, whether it has a figure or not, so that the rows too depend on definition and register alone.

use std::io;

use super::column::ColumnKind::{Code, Count, Decimal, Text, Whole};
use super::column::DecimalUnit::Percent;
use super::column::{Column, KnownCodes};
use super::missing::{self, UNDER_FLOOR, why};
use super::table::TableWriter;
use super::value::Value;
use super::{ColumnHead, provenance};
use crate::publication::document::Section;
use crate::scoring::disclosure::{Figure, SheetsTold, Shown};
use crate::scoring::results::{IndexResult, UnitResult};
use crate::survey::Item;

const COLUMNS: [ColumnHead; 14] = [
    ("block", Text),
    ("unit", Text),
    ("unit_name_vi", Text),
    ("unit_name_en", Text),
    ("level", Code(LEVELS)),
    ("code", Text),
    ("value", Decimal(Percent)),
    ("held", Decimal(Percent)),
    ("sheets", Count),
    ("valid", Count),
    ("items_used", Whole),
    ("items_total", Whole),
    ("hidden", Code(missing::WHY)),
    ("under", Whole),
];

/// The level of a unit's one index.
const OVERALL: &str = "overall";

/// What a row is about.
const LEVELS: KnownCodes = KnownCodes::of("columns-code-", &[OVERALL, "content", "factor", "item"]);

/// The columns of the table.
pub(super) fn columns(sections: &[Section<'_>]) -> Vec<Column> {
    super::columns_of_points(sections, &COLUMNS)
}

/// Writes the rows of the table.
pub(super) fn write(sections: &[Section<'_>], table: &mut TableWriter<'_>) -> io::Result<()> {
    for section in sections.iter().filter(|section| section.results.rule.is_some()) {
        let (provenance, units) = (provenance::of_section(section), super::units_by_code(section.document));
        for (block, unit) in section.results.all_units() {
            table.lead(super::unit_cells(&units, &provenance, block, unit));
            IndexRows { section, unit }.write(table)?;
        }
    }
    Ok(())
}

struct IndexRows<'a> {
    section: &'a Section<'a>,
    unit: &'a UnitResult,
}

/// What one row says.
#[derive(Default)]
struct IndexRow {
    figure: Option<Shown<Figure>>,
    valid: Option<Shown<SheetsTold>>,
    used: Option<u32>,
    total: Option<u32>,
}

impl IndexRows<'_> {
    fn write(&self, table: &mut TableWriter<'_>) -> io::Result<()> {
        let (results, figures) = (self.section.results, self.unit.figures.as_ref());
        let scored = || self.section.questionnaire.items.iter().filter_map(|item| Some((item, item.factor?)));
        let all = scored().map(|(item, _)| item);
        self.row(table, OVERALL, "", &index(figures.and_then(|figures| figures.index.as_ref())), all)?;
        let parts = &self.section.questionnaire;
        for code in &results.contents {
            let part = figures.and_then(|figures| figures.contents.iter().find(|part| part.code == *code));
            let content = |factor: usize| parts.contents.get(parts.factors.get(factor)?.content);
            let inside = scored().filter(|(_, factor)| content(*factor).is_some_and(|content| content.code == *code));
            self.row(table, "content", code, &index(part.map(|part| &part.index)), inside.map(|(item, _)| item))?;
        }
        for factor in &results.factors {
            let part = figures.and_then(|figures| figures.factors.iter().find(|part| part.code == factor.code));
            let inside = scored().filter(|(_, of)| parts.factors.get(*of).is_some_and(|of| of.code == factor.code));
            self.row(table, "factor", &factor.code, &index(part.map(|part| &part.index)), inside.map(|(item, _)| item))?;
        }
        for head in results.items.iter().filter(|item| item.factor.is_some()) {
            let found = figures.and_then(|figures| figures.items.iter().find(|found| found.code == head.code));
            let (figure, valid) = (found.and_then(|item| item.figure), found.and_then(|item| item.valid));
            let row = IndexRow { figure, valid, ..IndexRow::default() };
            self.row(table, "item", &head.code, &row, scored().map(|(item, _)| item).filter(|item| item.code == head.code))?;
        }
        Ok(())
    }

    /// One row.
    fn row<'i>(
        &self,
        table: &mut TableWriter<'_>,
        level: &str,
        code: &str,
        row: &IndexRow,
        made_of: impl Iterator<Item = &'i Item>,
    ) -> io::Result<()> {
        let hidden = if row.figure.is_some() { "" } else { why(self.section, self.unit, made_of) };
        let floor = (hidden == UNDER_FLOOR).then_some(self.section.results.floor);
        // The overall index is exact, however few answers are behind it; no other level is.
        let few = level == OVERALL && row.figure.is_some_and(|figure| figure.get().held.is_none());
        let cells = [
            Value::text(level),
            Value::text(code),
            Value::percent(row.figure.map(|figure| figure.get().percent)),
            Value::held(row.figure.and_then(|figure| figure.get().held)),
            Value::sheets(self.unit.figures.as_ref().map(|figures| figures.sheets)),
            Value::sheets(row.valid),
            Value::whole(row.used),
            Value::whole(row.total),
            Value::text(hidden),
            Value::whole(floor),
        ];
        table.row(&cells.into_iter().chain(super::alone(self.section.document, few)).collect::<Vec<_>>())
    }
}

fn index(index: Option<&IndexResult>) -> IndexRow {
    let Some(index) = index else { return IndexRow::default() };
    IndexRow { figure: index.figure, valid: None, used: Some(index.used), total: Some(index.total) }
}
