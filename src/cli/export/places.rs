//! Where an export goes: to the file that was named, or into a folder, called as on the pages.

use std::path::{Path, PathBuf};

use super::{ExportContent, ExportOptions, Piece};
use crate::export::{Format, TablePart, file_name};
use crate::office::exporting;
use crate::printed::shown;

/// The files of an export, each with what it holds. Names of questionnaires are asked for before any file is opened.
pub(super) async fn of(options: &ExportOptions, path: &Path, piece: Piece) -> anyhow::Result<Vec<(PathBuf, Piece)>> {
    if options.folder.is_none() {
        return Ok(vec![(path.to_owned(), piece)]);
    }
    anyhow::ensure!(path.is_dir(), "{} is no folder; make it first", shown(path));
    let mut pieces = Vec::new();
    for questionnaire in questionnaires(options).await? {
        let piece = Piece { questionnaire, ..piece.clone() };
        // A workbook has the columns as a sheet.
        let beside =
            (piece.part == TablePart::Rows && piece.format != Format::Xlsx).then(|| Piece { part: TablePart::Columns, ..piece.clone() });
        pieces.extend([piece].into_iter().chain(beside));
    }
    let named = |piece: Piece| {
        let name = file_name(&options.round, piece.questionnaire.as_deref(), &piece.part.of(options.content.table()), piece.format);
        (path.join(name), piece)
    };
    Ok(pieces.into_iter().map(named).collect())
}

/// The questionnaires that have a file of their own; one without a name for what is of the whole round.
async fn questionnaires(options: &ExportOptions) -> anyhow::Result<Vec<Option<String>>> {
    if options.content == ExportContent::Scores || options.questionnaire.is_some() {
        return Ok(vec![options.questionnaire.clone()]);
    }
    let office = options.database.open().await?;
    let asked = exporting::questionnaires(&office, &options.round, options.content.figures()).await?;
    Ok(asked.into_iter().map(Some).collect())
}
