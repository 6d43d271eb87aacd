//! Tables of what is published, as `par-survey export` writes them, and what their columns are.

use std::sync::Arc;

use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use sha2::{Digest, Sha256};

use super::problem::{Problem, ProblemKind};
use super::{answer, published};
use crate::address::{API_SCORES, API_SCORES_COLUMNS, API_TABLE};
use crate::export::{self, ExportError, Format, PublishedTable, SCORES, TablePart, file_name};
use crate::publication::document::Document;
use crate::web::encoding::{Effort, Encoding, compress};
use crate::web::site::{KeptTable, Site, TableKey, Which};

/// One table of a questionnaire, as `par-survey export` writes it.
#[utoipa::path(
    get,
    path = API_TABLE,
    params(
        ("round" = String, Path, description = "Id of the round"),
        ("questionnaire" = String, Path, description = "Id of the questionnaire"),
        (
            "table" = String,
            Path,
            description = "`indices`, `distributions`, `components` or `codebook`; `indices-columns` and so on for what the columns of a \
                           table are: a row for each column and for each code that may stand in it"
        ),
        ("format" = String, Path, description = "`csv`, `json`, or `xlsx` for a workbook in words")
    ),
    responses(
        (
            status = 200,
            description = "The table. `hidden` says why a figure is missing: `under-floor` where fewer than the floor answered, \
                           `few-answers` where some did, but so few that the figure could tell what they said, or where it is not told how \
                           many did, `too-few-sheets` where respondent groups have too few. In `components` and `indices`, \
                           `points_alone` is filled in where points, or the index they are made of, are exact although few answers are \
                           behind them: they alone may tell how many answered in which way, such as that all answered alike. \
                           Publications of format 1 have no such column. Of a questionnaire that makes no index, such as one by which \
                           officials rate units, `indices` has no rows; its points are in `components`. Classes are texts such as \
                           `10-49`, from the first number to the second: a spreadsheet has to import them as text.",
            content(
                (String = "text/csv"),
                (Vec<Object> = "application/json"),
                (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
            )
        ),
        (status = 304, description = "Not changed; only a correction changes it"),
        (status = 404, description = "No such round, questionnaire, table or format, or the round is not published", body = Problem)
    )
)]
pub(super) async fn table(
    site: Data<Site>,
    path: Path<(String, String, String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (round, questionnaire, kind, format) = path.into_inner();
    let document = published(&site, &round).await?;
    let (kind, part) = TablePart::from_name(&kind);
    let (Some(kind), Some(format)) = (PublishedTable::from_name(kind), Format::from_name(&format)) else {
        return Err(ProblemKind::NoTable.into());
    };
    if document.section(&questionnaire).is_none() {
        return Err(ProblemKind::NoQuestionnaire.into());
    }
    let name = file_name(&round, Some(&questionnaire), &part.of(kind.name()), format);
    send_table(&site, document, (Which::Figures { questionnaire, kind: (kind, part), format }, format), (&request, &name)).await
}

/// Scores and ranks of a round, as `par-survey export` writes them.
#[utoipa::path(
    get,
    path = API_SCORES,
    params(
        ("round" = String, Path, description = "Id of the round"),
        ("format" = String, Path, description = "`csv`, `json`, or `xlsx` for a workbook")
    ),
    responses(
        (
            status = 200,
            description = "A row for each unit, each of its fields and each of its criteria. `points_alone` is filled in where points \
                           are made of surveys alone and exact although these have few sheets: they alone may tell how many answered in \
                           which way, such as that all answered alike. Rows of criteria say how their points came about: what they \
                           add to the maximum of the unit (`applicable_maximum`), the entry that counts (`counts`), and of a value \
                           that is converted to points the value (`converted`), the `branch` it took (`line`, `from` or `below`), its \
                           `bound`, and the `highest` value of a line. Rows of units say what an index lacks of surveys (`survey_gap`): \
                           `rescaled-without` where there are no survey points and the others were brought to the full maximum, \
                           `rescaled-in-part` where there are some, `without` and `in-part` where they left points and maximum alone. \
                           Such an index cannot be compared directly with a full one. \
                           The scheme says whether such a unit is ranked among all others (`ranked_in` is `block`), in a list of its \
                           own (`apart`; `rank` counts there), or not at all (both are empty, and so is `index`). \
                           Publications of format 1 have no such columns.",
            content(
                (String = "text/csv"),
                (Vec<Object> = "application/json"),
                (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
            )
        ),
        (status = 304, description = "Not changed; only a correction changes it"),
        (status = 404, description = "No such round or format, or the round has no scores or is not published", body = Problem)
    )
)]
pub(super) async fn scores(site: Data<Site>, path: Path<(String, String)>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    send_scores(&site, path.into_inner(), TablePart::Rows, &request).await
}

/// What the columns of scores are, and the codes that may stand in them.
#[utoipa::path(
    get,
    path = API_SCORES_COLUMNS,
    params(
        ("round" = String, Path, description = "Id of the round"),
        ("format" = String, Path, description = "`csv`, `json`, or `xlsx` for a workbook")
    ),
    responses(
        (
            status = 200,
            description = "A row for each column and for each code that may stand in it, with words in Vietnamese and in English.",
            content(
                (String = "text/csv"),
                (Vec<Object> = "application/json"),
                (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
            )
        ),
        (status = 304, description = "Not changed; only a correction changes it"),
        (status = 404, description = "No such round or format, or the round has no scores or is not published", body = Problem)
    )
)]
pub(super) async fn scores_columns(site: Data<Site>, path: Path<(String, String)>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    send_scores(&site, path.into_inner(), TablePart::Columns, &request).await
}

/// Sends scores, or what their columns are.
async fn send_scores(
    site: &Site,
    (round, format): (String, String),
    part: TablePart,
    request: &HttpRequest,
) -> Result<HttpResponse, Problem> {
    let document = published(site, &round).await?;
    let Some(format) = Format::from_name(&format) else { return Err(ProblemKind::NoTable.into()) };
    if document.ranking().is_none() {
        return Err(ProblemKind::NoScores.into());
    }
    let name = file_name(&round, None, &part.of(SCORES), format);
    send_table(site, document, (Which::Scores(part, format), format), (request, &name)).await
}

/// Sends a table, made once for everybody who asks, as a file of this name.
async fn send_table(
    site: &Site,
    document: Arc<Document>,
    (which, format): (Which, Format),
    (request, name): (&HttpRequest, &str),
) -> Result<HttpResponse, Problem> {
    // A workbook is compressed as it is.
    let encoding = if format == Format::Xlsx { Encoding::Identity } else { Encoding::accepted(request) };
    let key = TableKey { snapshot: document.seal().to_owned(), which, encoding };
    let table = site.table(&key, make(document, key.clone())).await?;
    let response = answer(Some(&table.tag), format.media_type(), (request, encoding), || Ok(table.bytes.clone()))?;
    Ok(called(response, name))
}

/// Says what a file is called where it is kept.
fn called(mut response: HttpResponse, name: &str) -> HttpResponse {
    if let Ok(name) = HeaderValue::from_str(&format!("inline; filename=\"{name}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    response
}

/// Writes and compresses a table. Of many units it is large, so this is done where it keeps nobody waiting.
async fn make(document: Arc<Document>, key: TableKey) -> Result<KeptTable, Problem> {
    let made = actix_web::web::block(move || {
        let mut body = Vec::new();
        match &key.which {
            Which::Figures { questionnaire, kind, format } => {
                let sections: Vec<_> = document.section(questionnaire).into_iter().collect();
                export::write(*kind, *format, &sections, &mut body)?;
            }
            Which::Scores(part, format) => export::write_scores(&document, *part, *format, &mut body)?,
        }
        let bytes = compress(&body, key.encoding, Effort::Once)?.into();
        Ok::<_, ExportError>(KeptTable { bytes, tag: hex::encode(Sha256::digest(&body)) })
    });
    made.await.map_err(Problem::internal)?.map_err(Problem::internal)
}
