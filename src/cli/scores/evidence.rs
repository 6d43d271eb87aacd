//! Evidence for a score: links, files that are kept under their hash, explanations.

use std::path::{Path, PathBuf};

use clap::Args;

use super::super::options::DatabaseOptions;
use super::super::output;
use super::{CorrectionOptions, SignatureOptions, desk};
use crate::office::desk::Proof;

/// Add evidence to one criterion of a unit: a link, a file, or a full explanation in place of one
///
/// A file is copied into the folder of evidence under its SHA-256, and the score sheet names it with that hash. What is there already
/// stays.
#[derive(Debug, Args)]
pub(crate) struct EvidenceOptions {
    /// Id of the round
    round: String,
    /// Code of the unit
    unit: String,
    /// Code of the criterion
    criterion: String,
    /// A link, as https://…
    #[arg(long, env = "PAR_SURVEY_EVIDENCE_LINK", value_name = "URL", group = "what")]
    #[arg(required_unless_present_any = ["file", "explanation"])]
    link: Option<String>,
    /// A file, which is copied into the folder of evidence
    #[arg(long, env = "PAR_SURVEY_EVIDENCE_FILE", value_name = "FILE", group = "what")]
    file: Option<PathBuf>,
    /// A full explanation
    #[arg(long, env = "PAR_SURVEY_EVIDENCE_EXPLANATION", value_name = "TEXT", group = "what")]
    explanation: Option<String>,
    /// The folder of evidence [default: evidence beside the SQLite file, or in the current folder for PostgreSQL]
    #[arg(long, env = "PAR_SURVEY_EVIDENCE", value_name = "DIR")]
    folder: Option<PathBuf>,
    #[command(flatten)]
    correction: CorrectionOptions,
    #[command(flatten)]
    signature: SignatureOptions,
    #[command(flatten)]
    database: DatabaseOptions,
}

pub(super) async fn evidence(options: &EvidenceOptions) -> anyhow::Result<()> {
    let EvidenceOptions { round, unit, criterion, folder, correction, signature, database, .. } = options;
    let desk = desk(database, round).await?;
    let by = signature.author()?;
    let folder = folder.clone().unwrap_or_else(|| database.beside().join("evidence"));
    let proof = options.proof(&folder);
    let added = desk.add_evidence((unit, criterion), proof, correction.correction, &by).await?;
    output::print(&format!("added evidence to {criterion} of {unit}: {added}"))
}

impl EvidenceOptions {
    fn proof<'a>(&'a self, folder: &'a Path) -> Proof<'a> {
        match (&self.link, &self.file) {
            (Some(link), _) => Proof::Link(link),
            (None, Some(file)) => Proof::File { file, folder },
            (None, None) => Proof::Explanation(self.explanation.as_deref().unwrap_or_default()),
        }
    }
}
