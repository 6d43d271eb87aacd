//! `par-survey export`.

mod asked;
mod places;
mod sheets;

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use clap::Args;

use asked::{ExportContent, ExportFormat, SignAsked};
use sheets::SheetsOptions;

use super::options::DatabaseOptions;
use super::overwriting::Replacement;
use crate::export::{Format, TablePart};
use crate::office::Office;
use crate::office::exporting::{self, FigureTables};

/// Write results of a round to a file or to standard output
///
/// Figures of a published round are those that were frozen. Before that, a closed round exports with --draft, and every export says that it
/// is one. A round that is open exports its codebook only. Figures with fewer than 10 valid sheets behind them, or more where the
/// questionnaire asks for more, are left empty; under 50, shares are classes such as 80-90, and are left empty where they would tell more
/// beside exact points.
///
/// A cell is empty where there is no figure or no answer, and NOT_APPLICABLE where "không áp dụng" was answered; R and pandas tell the two
/// apart. What each column is, and each code in it, --columns says; a workbook has it as a sheet.
///
/// Single sheets and remarks are no publication. They are given to named people, who are kept on record with what they were given, and of a
/// unit that is rated to nobody alone.
///
/// responses: units and groups with fewer sheets than their floor have no rows, and groups that are counted as one are one here too, named
/// together (deputies+leaders). Which attributes (mode, stratum, psu and those of the form) such files keep is chosen once for a
/// questionnaire of a round; without --attributes the first time says what each choice costs. Values are SUPPRESSED until each combination
/// has 5 sheets in its unit: on the sheets with a rarer one, the attribute whose suppression helps most, and so on. The column "suppressed"
/// says how much.
///
/// remarks: only of a questionnaire with 50 sheets from 3 units or more; where officials rate units, with 50 about one and the same unit,
/// since each of them fills in a sheet for each unit. --for-review writes a CSV file in which names and numbers that a machine can see are
/// proposed as […]. Under "decision" write keep or drop for each; under "text" replace names and what gives somebody away by […] and change
/// nothing else. --reviewed reads it back, and what is kept is exported.
///
/// (Tiếng Việt: cột "decision" ghi giữ hoặc bỏ cho từng ý kiến; ở cột "text" thay tên người và những gì khiến nhận ra người viết bằng […],
/// không sửa gì khác.)
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  par-survey export 2026 indices --format csv --output indices.csv
  par-survey export 2026 indices --folder figures
  par-survey export 2026 indices --columns --output indices-columns.csv
  par-survey export 2026 components --decimal comma --output points.csv
  par-survey export 2026 scores --format xlsx --output scores.xlsx
  par-survey export 2026 codebook --questionnaire sipas-2026 --format json
  par-survey export 2026 responses --as \"Nguyễn Văn A\" --as-unit so-noi-vu --with \"Trần Thị B\" --with-unit thanh-tra \\
    --attributes gender,age --output sheets.csv
  par-survey export 2026 remarks --for-review review.csv --as \"Lê Văn C\" --as-unit outside
  par-survey export 2026 remarks --reviewed review.csv --as \"Lê Văn C\" --as-unit outside --output remarks.csv")]
pub(crate) struct ExportOptions {
    /// Id of the round
    pub(crate) round: String,
    /// What to export
    pub(crate) content: ExportContent,
    /// How the file is written
    #[arg(long, env = "PAR_SURVEY_EXPORT_FORMAT", value_name = "FORMAT", default_value = "csv")]
    pub(crate) format: ExportFormat,
    /// What stands between the whole and the decimals of a number in CSV
    #[arg(long, env = "PAR_SURVEY_EXPORT_DECIMAL", value_name = "SIGN", default_value = "point")]
    pub(crate) decimal: SignAsked,
    /// Instead of the table write what its columns are: a row for each column and for each code that may stand in it
    #[arg(long, env = "PAR_SURVEY_COLUMNS")]
    pub(crate) columns: bool,
    /// Only this questionnaire; needed for responses and remarks where the round asks several
    #[arg(long, env = "PAR_SURVEY_QUESTIONNAIRE", value_name = "ID")]
    pub(crate) questionnaire: Option<String>,
    /// Write to this file instead of standard output
    #[arg(long, env = "PAR_SURVEY_OUTPUT", value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Write into this folder: a file for each questionnaire, called as on the pages, and beside it one on its columns
    #[arg(long, env = "PAR_SURVEY_FOLDER", value_name = "FOLDER", conflicts_with_all = ["output", "for_review"])]
    pub(crate) folder: Option<PathBuf>,
    /// Export a closed round that is not published yet, marked as a draft
    #[arg(long, env = "PAR_SURVEY_DRAFT")]
    pub(crate) draft: bool,
    #[command(flatten)]
    pub(crate) sheets: SheetsOptions,
    #[command(flatten)]
    pub(crate) database: DatabaseOptions,
}

/// One file of an export.
#[derive(Debug, Clone)]
struct Piece {
    questionnaire: Option<String>,
    part: TablePart,
    format: Format,
}

/// Exports to a file, into a folder, or to standard output; a file is put in place only when it is whole.
pub(crate) async fn run(options: ExportOptions) -> anyhow::Result<()> {
    let piece = Piece {
        questionnaire: options.questionnaire.clone(),
        part: if options.columns { TablePart::Columns } else { TablePart::Rows },
        format: asked::format(options.format, options.decimal)?,
    };
    refuse_what_cannot_be(&options)?;
    let review = options.sheets.for_review.as_ref().filter(|_| options.content == ExportContent::Remarks && !options.columns);
    let Some(path) = review.or(options.output.as_ref()).or(options.folder.as_ref()) else {
        return write(&options.database.open().await?, &options, &piece, &mut io::stdout().lock()).await;
    };
    for (path, piece) in places::of(&options, path, piece).await? {
        let leaves = options.content.is_of_sheets() && piece.part == TablePart::Rows;
        let mut file = if leaves { Replacement::of_nothing(&path)? } else { Replacement::of(&path)? };
        write(&options.database.open().await?, &options, &piece, &mut file).await?;
        file.put_in_place()?;
    }
    Ok(())
}

/// Says what is wrong with the options before anything is opened.
fn refuse_what_cannot_be(options: &ExportOptions) -> anyhow::Result<()> {
    let of_round = options.content == ExportContent::Scores;
    anyhow::ensure!(!of_round || options.questionnaire.is_none(), "scores are those of the whole round; leave out --questionnaire");
    options.sheets.refuse_what_cannot_be(options)?;
    let on_terminal = options.output.is_none() && options.folder.is_none() && io::stdout().is_terminal();
    anyhow::ensure!(options.format != ExportFormat::Xlsx || !on_terminal, "a workbook cannot be shown on a terminal; add --output FILE");
    Ok(())
}

async fn write(office: &Office, options: &ExportOptions, piece: &Piece, out: &mut dyn Write) -> anyhow::Result<()> {
    let Piece { questionnaire, part, format } = piece;
    let (of, how) = ((&*options.round, questionnaire.as_deref()), (*part, *format));
    match options.content {
        ExportContent::Scores => Ok(exporting::scores(office, (&options.round, options.draft), how, out).await?),
        ExportContent::Responses | ExportContent::Remarks if *part == TablePart::Columns => {
            Ok(exporting::columns(office, of, options.content.sheets(), *format, out).await?)
        }
        ExportContent::Responses => sheets::responses(office, (options, of.1), *format, out).await,
        ExportContent::Remarks => sheets::remarks(office, (options, of.1), *format, out).await,
        ExportContent::Indices | ExportContent::Distributions | ExportContent::Components | ExportContent::Codebook => {
            let Some(kind) = options.content.figures() else { return Ok(()) };
            let wanted = FigureTables { round: of.0, questionnaire: of.1, draft: options.draft };
            Ok(wanted.write(office, (kind, *part), *format, out).await?)
        }
    }
}
