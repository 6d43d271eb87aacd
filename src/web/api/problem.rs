//! What a program is told when something is wrong: a stable code, what happened, and what to do.

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use utoipa::ToSchema;

use super::super::method::READING;
use crate::address::{API_DESCRIPTION, API_ROUNDS};

/// All that can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ProblemKind {
    NoAddress,
    NoRound,
    NoSnapshot,
    NoQuestionnaire,
    NoTable,
    NoScores,
    ReadOnly,
    Internal,
}

impl ProblemKind {
    /// Status, code, message and hint.
    fn row(self) -> (StatusCode, &'static str, &'static str, String) {
        let missing = StatusCode::NOT_FOUND;
        let (status, code, message, hint) = match self {
            Self::NoAddress => {
                return (missing, "not-found", "There is nothing at this address.", format!("See {API_DESCRIPTION} for all addresses."));
            }
            Self::NoRound => {
                return (missing, "no-such-round", "There is no published round of this id.", format!("See {API_ROUNDS} for all of them."));
            }
            Self::NoSnapshot => {
                return (missing, "no-such-snapshot", "No publication has this hash.", format!("See `sha256` in {API_ROUNDS}."));
            }
            Self::NoQuestionnaire => {
                let hint = format!("See `questionnaires` in {API_ROUNDS}.");
                return (missing, "no-such-questionnaire", "The round has no such questionnaire.", hint);
            }
            Self::NoTable => (
                missing,
                "no-such-table",
                "There is no such table or format.",
                "Tables are indices, distributions, components and codebook, or indices-columns and so on; formats are csv, json and xlsx.",
            ),
            Self::NoScores => {
                (missing, "no-scores", "The round has no scores.", "Only a round that names an index scheme has a `ranking`.")
            }
            Self::ReadOnly => (StatusCode::METHOD_NOT_ALLOWED, "read-only", "This address can only be read.", "Use GET."),
            Self::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "internal", "The server has a problem.", "Try again in a few minutes."),
        };
        (status, code, message, hint.to_owned())
    }
}

/// The body of an answer that is an error.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct Problem {
    /// What is wrong, for programs; it stays the same.
    code: &'static str,
    /// What is wrong, for people.
    message: &'static str,
    /// What to do.
    hint: String,
    #[serde(skip)]
    status: u16,
}

impl Problem {
    /// A fault of the server: the log has its cause, the answer has not.
    pub(super) fn internal(cause: impl fmt::Display) -> Self {
        tracing::error!(%cause, "the API could not answer");
        ProblemKind::Internal.into()
    }
}

impl From<ProblemKind> for Problem {
    fn from(wrong: ProblemKind) -> Self {
        let (status, code, message, hint) = wrong.row();
        Self { code, message, hint, status: status.as_u16() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.message)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        response.insert_header((header::CACHE_CONTROL, HeaderValue::from_static("no-store")));
        response.insert_header((header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")));
        if self.status_code() == StatusCode::METHOD_NOT_ALLOWED {
            response.insert_header((header::ALLOW, HeaderValue::from_static(READING)));
        }
        response.json(self)
    }
}
