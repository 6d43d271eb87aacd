//! Single sheets and remarks: to named people only.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

use super::super::actor::operator;
use super::super::stopped;
use super::ExportOptions;
use super::asked::ExportContent;
use crate::clock;
use crate::export::Format;
use crate::office::Office;
use crate::office::actor::{Allowed, Export};
use crate::office::exporting::{Hands, Person, SheetsGiven};

/// In place of names: files keep no attribute.
const NONE: &str = "none";

/// Options of responses and remarks.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options for responses and remarks")]
pub(crate) struct SheetsOptions {
    /// Name of the person who is given the file; it is kept on record, beside that of your account on this machine
    #[arg(long = "as", env = "PAR_SURVEY_AS", value_name = "NAME")]
    who: Option<String>,
    /// Code of the unit that this person works in; outside where it is none of the register
    #[arg(long, env = "PAR_SURVEY_AS_UNIT", value_name = "UNIT")]
    as_unit: Option<String>,
    /// Name of a second person, of another unit, who sees to it that the file stays with the first; needed where the first works in a rated
    /// unit
    #[arg(long, env = "PAR_SURVEY_WITH", value_name = "NAME", requires = "with_unit")]
    with: Option<String>,
    /// Code of the unit that the second person works in; outside where it is none of the register
    #[arg(long, env = "PAR_SURVEY_WITH_UNIT", value_name = "UNIT", requires = "with")]
    with_unit: Option<String>,
    /// Attributes that files of single sheets of the questionnaire keep, or none; chosen once, and only here
    // No environment variable: what is chosen for good is said on the line itself.
    #[arg(long, value_name = "NAME,NAME", value_delimiter = ',')]
    attributes: Option<Vec<String>>,
    /// Write remarks to this CSV file, to be reviewed
    #[arg(long, env = "PAR_SURVEY_FOR_REVIEW", value_name = "FILE", conflicts_with_all = ["reviewed", "output"])]
    pub(super) for_review: Option<PathBuf>,
    /// Export what this review keeps
    #[arg(long, env = "PAR_SURVEY_REVIEWED", value_name = "FILE")]
    reviewed: Option<PathBuf>,
}

impl SheetsOptions {
    /// Says what is wrong with the options before anything is opened.
    pub(super) fn refuse_what_cannot_be(&self, options: &ExportOptions) -> anyhow::Result<()> {
        let (responses, remarks) = (options.content == ExportContent::Responses, options.content == ExportContent::Remarks);
        anyhow::ensure!(responses || self.attributes.is_none(), "--attributes belongs to responses");
        anyhow::ensure!(remarks || (self.for_review.is_none() && self.reviewed.is_none()), "--for-review and --reviewed belong to remarks");
        anyhow::ensure!(
            !remarks || options.columns || self.for_review.is_some() || self.reviewed.is_some(),
            "remarks leave only after a review: --for-review FILE writes the file for it, --reviewed FILE reads it back"
        );
        if (responses || remarks) && !options.columns {
            self.hands()?;
            self.attributes()?;
        }
        Ok(())
    }

    /// Who is given the file, and who sees to it that it stays there.
    fn hands(&self) -> anyhow::Result<Hands> {
        let unnamed =
            "single sheets and remarks go to named people: say who is given the file with --as NAME --as-unit UNIT (or --as-unit outside)";
        let (Some(who), Some(unit)) = (&self.who, &self.as_unit) else { anyhow::bail!(unnamed) };
        let witness = self.with.iter().zip(&self.with_unit).next();
        let witness = witness.map(|(who, unit)| Person::of(who, unit).context("--with")).transpose()?;
        Ok(Hands { who: Person::of(who, unit)?, witness })
    }

    /// Which attributes are chosen: what `none` says is no attribute.
    fn attributes(&self) -> anyhow::Result<Option<Vec<String>>> {
        let Some(named) = &self.attributes else { return Ok(None) };
        let named: Vec<&str> = named.iter().map(|name| name.trim()).collect();
        anyhow::ensure!(!named.contains(&""), "--attributes: there is an empty name; write NAME,NAME or none");
        if named == [NONE] {
            return Ok(Some(Vec::new()));
        }
        anyhow::ensure!(!named.contains(&NONE), "--attributes: none stands alone");
        Ok(Some(named.into_iter().map(str::to_owned).collect()))
    }
}

/// One row a sheet.
pub(super) async fn responses(
    office: &Office,
    (options, questionnaire): (&ExportOptions, Option<&str>),
    format: Format,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let (may, attributes) = (operator()?.may(clock::now()), options.sheets.attributes()?);
    let left_out = given(office, (options, questionnaire), &may).await?.responses(office, attributes.as_deref(), format, out).await?;
    eprintln!("{} rows; {left_out}", left_out.rows);
    Ok(())
}

/// What was written: for a review, or what a review kept.
pub(super) async fn remarks(
    office: &Office,
    (options, questionnaire): (&ExportOptions, Option<&str>),
    format: Format,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let (may, to) = (operator()?.may(clock::now()), options.sheets.hands()?);
    let given = given(office, (options, questionnaire), &may).await?;
    let Some(path) = &options.sheets.reviewed else {
        let remarks = given.review(office, out).await?;
        eprintln!("{remarks} remarks to be reviewed: write keep or drop for each, and […] in place of names; then export with --reviewed");
        return Ok(());
    };
    let left = given.remarks(office, path, format, out).await.map_err(stopped::at(path))?;
    eprintln!("{} remarks kept, {} dropped; given to {}", left.kept, left.dropped, to.who.name());
    Ok(())
}

/// The questionnaire, for whom the options name.
async fn given<'a>(
    office: &Office,
    (options, questionnaire): (&ExportOptions, Option<&str>),
    may: &'a Allowed<Export>,
) -> anyhow::Result<SheetsGiven<'a>> {
    Ok(SheetsGiven::of(office, (&options.round, questionnaire), &options.sheets.hands()?, may).await?)
}
