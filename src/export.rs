//! Exports: the figures of a round as tables, one writer a format.
//!
//! * What columns a table has depends on the definitions, never on the data.
//! * Every row says where it is from: round, questionnaire or scheme, version, rule, and the hash of the frozen publication, or `draft`.
//! * Decimals are texts with a point, as they are printed; `<=5` and `>=95` are limits. In JSON they are texts too, because a JSON number
//!   is often read into a float; whole numbers are numbers.
//! * `hidden` says why a figure is missing: `under-floor` where fewer than the floor answered, `few-answers` where some did, but so few
//!   that the figure could tell what they said, or where it is not told how many did, `too-few-sheets` where respondent groups have too
//!   few.
//! * `points_alone` is filled in where points, or the index that they are made of, are exact although few answers are behind them, because
//!   ranks are made of them: they alone may tell how many answered in which way, such as that all answered alike.
//! * Every table is made of columns and values (`column`, `value`) that do not depend on what it is written as: CSV, JSON or a workbook.
//! * What its columns are is a table as well (`dictionary`), made of the same columns; in a workbook it is a sheet. Scores have a workbook
//!   of their own.
//! * A file is called the same wherever it is got (`naming`).

use std::collections::HashMap;
use std::fmt;
use std::io::Write;

use crate::publication::PublishedUnit;
use crate::publication::document::{Document, Section};
use crate::refusal::Refusal;
use crate::round::Round;
use crate::scoring::results::{BlockResult, UnitResult};
use crate::store::StoreError;
use crate::survey::Questionnaire;

mod attributes;
mod bilingual;
mod codebook;
pub mod column;
mod components;
mod dictionary;
mod distributions;
mod indices;
mod missing;
mod naming;
mod provenance;
pub mod remarks;
pub mod responses;
mod scores;
pub mod sheets;
mod suppression;
pub mod table;
mod title;
pub mod value;
pub mod workbook;

pub use bilingual::Label;
use column::{Column, ColumnKind, KnownCodes};
pub use naming::file_name;
pub use provenance::Provenance;
pub use table::Format;
use table::{TableShape, TableWriter};
pub use title::title_of;
use value::Value;

/// What `points_alone` says.
const ALONE: &str = "may-tell-that-all-answered-alike";

/// The last column of tables with exact points. Those of documents of the first format have none, so that they stay the same bytes for
/// good.
fn alone_column(document: &Document) -> Option<Column> {
    (!document.is_of_first_format()).then(|| Column::known(("points_alone", ColumnKind::Code(KnownCodes::of("columns-code-", &[ALONE])))))
}

/// The cell in that column; none where there is no such column.
fn alone(document: &Document, few: bool) -> Option<Value<'static>> {
    (!document.is_of_first_format()).then(|| if few { Value::lent(ALONE) } else { Value::Empty })
}

/// What can be exported of published figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PublishedTable {
    /// Indices by unit: overall, contents, factors and items.
    Indices,
    /// Shares of every option.
    Distributions,
    /// Satisfaction components.
    Components,
    /// What each stored byte means.
    Codebook,
}

/// What went wrong with an export.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The store refused, or the round is in the wrong state.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What was written to broke.
    #[error("the export could not be written: {0}")]
    Write(std::io::Error),
}

impl From<std::io::Error> for ExportError {
    // By hand, so that the cause is part of the sentence and not said once more after it.
    fn from(cause: std::io::Error) -> Self {
        Self::Write(cause)
    }
}

/// What a file of single sheets leaves out, to be said in it and to whoever asked for it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SheetsLeftOut {
    /// Rows that it has.
    pub rows: usize,
    /// Units, by groups that can be counted as one, without rows, because they have fewer sheets than the floor. How many they have is said
    /// nowhere.
    pub few: usize,
    /// Values of attributes that its rows would have.
    pub values: usize,
    /// Those of them that are suppressed.
    pub values_suppressed: usize,
    /// Rows with one that is.
    pub rows_suppressed: usize,
    /// Units, by group, of which all are.
    pub cells_suppressed: usize,
}

/// A share in percent with one decimal.
fn percent(part: usize, of: usize) -> String {
    let tenths = (1_000 * part + of / 2) / of.max(1);
    format!("{}.{}", tenths / 10, tenths % 10)
}

impl fmt::Display for SheetsLeftOut {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rows, few, values, values_suppressed, rows_suppressed, cells_suppressed } = self;
        write!(
            formatter,
            "suppressed: {values_suppressed} of {values} values on {rows_suppressed} of {rows} sheets, \
             all of them in {cells_suppressed} units; left out: {few} units or groups with fewer sheets than a figure needs"
        )
    }
}

impl PublishedTable {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Indices, Self::Distributions, Self::Components, Self::Codebook];

    /// The kind of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether the table of a questionnaire has rows: of one that makes no index there are no indices, and of one that makes neither an
    /// index nor points of ratings no points.
    #[must_use]
    pub fn has_rows(self, questionnaire: &Questionnaire) -> bool {
        match self {
            Self::Indices => questionnaire.index.is_some(),
            Self::Components => questionnaire.index.is_some() || questionnaire.rating.is_some(),
            Self::Distributions | Self::Codebook => true,
        }
    }

    /// The tables of a questionnaire that have rows.
    pub fn of(questionnaire: &Questionnaire) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|kind| kind.has_rows(questionnaire))
    }

    /// Its name in addresses and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Indices => "indices",
            Self::Distributions => "distributions",
            Self::Components => "components",
            Self::Codebook => "codebook",
        }
    }
}

impl fmt::Display for PublishedTable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// Name of the table of scores.
pub const SCORES: &str = "scores";

/// Name of the table of single sheets.
pub const RESPONSES: &str = "responses";

/// Name of the table of what was written.
pub const REMARKS: &str = "remarks";

/// Whether a table, or what its columns are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TablePart {
    /// Its rows.
    Rows,
    /// A row for each of its columns, and for each code that may stand in one.
    Columns,
}

impl TablePart {
    /// The name of this part of a table: that of the table, or `indices-columns`.
    #[must_use]
    pub fn of(self, table: &str) -> String {
        match self {
            Self::Rows => table.to_owned(),
            Self::Columns => format!("{table}{}", dictionary::SUFFIX),
        }
    }

    /// The table of a name, and which part of it.
    #[must_use]
    pub fn from_name(name: &str) -> (&str, Self) {
        name.strip_suffix(dictionary::SUFFIX).map_or((name, Self::Rows), |table| (table, Self::Columns))
    }
}

/// Where each of some questionnaires of a publication has its rows from.
fn with_provenance<'a>(sections: &[Section<'a>]) -> Vec<(Provenance, &'a Questionnaire)> {
    sections.iter().map(|section| (provenance::of_section(section), section.questionnaire)).collect()
}

/// What a table of some questionnaires is before its rows.
fn shape(kind: PublishedTable, sections: &[Section<'_>]) -> TableShape {
    let columns = match kind {
        PublishedTable::Indices => indices::columns(sections),
        PublishedTable::Distributions => distributions::columns(),
        PublishedTable::Components => components::columns(sections),
        PublishedTable::Codebook => codebook::columns(&with_provenance(sections)),
    };
    let title = sections.first().map_or_else(String::new, |section| title::of_document(section.document));
    TableShape { name: kind.name(), title, columns }
}

/// Writes one table of some questionnaires of a publication, or what its columns are: the same bytes for the same publication.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(
    (kind, part): (PublishedTable, TablePart),
    format: Format,
    sections: &[Section<'_>],
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    let shape = shape(kind, sections);
    if part == TablePart::Columns {
        return Ok(table::write_columns(&[shape], format, out)?);
    }
    let mut table = TableWriter::begin(format, shape, out)?;
    match kind {
        PublishedTable::Indices => indices::write(sections, &mut table)?,
        PublishedTable::Distributions => distributions::write(sections, &mut table)?,
        PublishedTable::Components => components::write(sections, &mut table)?,
        PublishedTable::Codebook => codebook::write(&with_provenance(sections), &mut table)?,
    }
    table.end()?;
    Ok(())
}

/// Writes scores and ranks of a publication, or what their columns are: the same bytes for the same publication.
///
/// # Errors
/// When the round has no scores, or `out` cannot be written to.
pub fn write_scores(document: &Document, part: TablePart, format: Format, out: &mut dyn Write) -> Result<(), ExportError> {
    let Some(ranking) = document.ranking() else {
        return Err(StoreError::from(Refusal::NoScores { round: document.publication.round.clone() }).into());
    };
    match (part, format) {
        (TablePart::Columns, _) => table::write_columns(&[scores::shape(document)], format, out)?,
        (TablePart::Rows, Format::Xlsx) => scores::workbook(document, ranking, out)?,
        (TablePart::Rows, _) => scores::write(document, ranking, format, out)?,
    }
    Ok(())
}

/// Writes what each stored byte of some questionnaires of a round means, or what the columns of that are.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write_codebook(
    round: &Round,
    seal: Option<&str>,
    questionnaires: &[&Questionnaire],
    (part, format): (TablePart, Format),
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    let each = |&questionnaire| (provenance_of(round, questionnaire, seal), questionnaire);
    let questionnaires: Vec<_> = questionnaires.iter().map(each).collect();
    let (name, title) = (PublishedTable::Codebook.name(), title_of(round, seal));
    let shape = TableShape { name, title, columns: codebook::columns(&questionnaires) };
    if part == TablePart::Columns {
        return Ok(table::write_columns(&[shape], format, out)?);
    }
    let mut table = TableWriter::begin(format, shape, out)?;
    codebook::write(&questionnaires, &mut table)?;
    table.end()?;
    Ok(())
}

/// Where rows of a questionnaire of a round are from; the seal is the hash of its frozen figures, none for a draft.
#[must_use]
pub fn provenance_of(round: &Round, questionnaire: &Questionnaire, seal: Option<&str>) -> Provenance {
    provenance::of((&round.code, round.synthetic), questionnaire, seal.unwrap_or("draft"))
}

/// A column of a table for programs: its name, and what its values are.
type ColumnHead = (&'static str, ColumnKind);

/// The columns of a table: those of every table, then its own.
fn columns(own: &[ColumnHead]) -> Vec<Column> {
    provenance::COLUMNS.iter().chain(own).copied().map(Column::known).collect()
}

/// The same of a table with exact points, whose rows come from one document.
fn columns_of_points(sections: &[Section<'_>], own: &[ColumnHead]) -> Vec<Column> {
    let last = sections.first().and_then(|section| alone_column(section.document));
    columns(own).into_iter().chain(last).collect()
}

/// The units of a document, by their codes.
type UnitsByCode<'a> = HashMap<&'a str, &'a PublishedUnit>;

/// The units of a publication: names of thousands are looked up.
fn units_by_code(document: &Document) -> UnitsByCode<'_> {
    document.publication.units.iter().map(|unit| (unit.code.as_str(), unit)).collect()
}

/// The first cells of a unit's rows: where they are from, block, unit and its names.
fn unit_cells(units: &UnitsByCode<'_>, provenance: &Provenance, block: &BlockResult, unit: &UnitResult) -> Vec<Value<'static>> {
    let code = unit.unit.as_str();
    let name = |language| Value::text(units.get(code).map_or(code, |unit| unit.name(language)));
    let own = [Value::text(&block.block), Value::text(code), name("vi"), name("en")];
    provenance.iter().cloned().chain(own).collect()
}
