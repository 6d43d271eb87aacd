//! Evidence for a score: links, files that are kept under their hash, explanations.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use super::super::options::DatabaseOptions;
use super::super::output;
use super::sheet::{find_unit, open_scoring, refuse_closed};
use super::{CorrectionOptions, SignatureOptions, scored};
use crate::import::scores;
use crate::round::steps::ScorePart;
use crate::store::private;
use crate::store::scores::Entry;

/// Largest file of evidence: a scanned decision of some hundred pages.
const FILE_MOST: u64 = 100 * 1024 * 1024;

/// Add evidence to one criterion of a unit: a link, a file, or a full explanation in place of one
///
/// A file is copied into the folder of evidence under its SHA-256, and the score sheet names it with that hash. What is there already stays.
#[derive(Debug, Args)]
pub(crate) struct EvidenceOptions {
    /// Id of the round
    round: String,
    /// Code of the unit
    unit: String,
    /// Code of the criterion
    criterion: String,
    /// A link, as https://…
    #[arg(long, env = "PAR_SURVEY_EVIDENCE_LINK", value_name = "URL", group = "what", required_unless_present_any = ["file", "explanation"])]
    link: Option<String>,
    /// A file
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
    let EvidenceOptions { round, unit, criterion, correction, signature, database, .. } = options;
    let store = database.open().await?;
    let (round, scored) = scored(&store, round).await?;
    let by = signature.signature(&round)?;
    let row = find_unit(&scored, unit)?;
    let schemes = scored.units_with_schemes(round.year);
    let leaf = schemes.iter().find(|(found, _)| found.id == row).and_then(|(_, scheme)| scheme.leaves.get(scheme.leaf(criterion)?));
    let leaf = leaf
        .with_context(|| format!("there is no criterion `{criterion}` in the scheme of `{unit}`; `par-survey scores export` lists them"))?;
    anyhow::ensure!(!leaf.is_surveyed(), "the points of `{criterion}` come from the survey by themselves; they need no evidence");
    let seen = store.seen(round.id).await?;
    let scoring = open_scoring(&store, &round, &by, correction).await?;
    refuse_closed(ScorePart::Evidence, scoring.step)?;
    let added = options.added()?;
    let entered = store.score_sheets(round.id).await?;
    let there = entered.get(&row).and_then(|cells| cells.get(criterion)).and_then(|cell| cell.entry(ScorePart::Evidence));
    let words = there.map_or_else(|| added.clone(), |there| format!("{there}\n{added}"));
    let words = scores::text(&words).map_err(|message| anyhow::anyhow!("{criterion}: {message}"))?;
    store.enter_scores(&round, &[Entry { unit: row, leaf: criterion.clone(), part: ScorePart::Evidence, words }], &by, &seen).await?;
    output::print(&format!("added evidence to {criterion} of {unit}: {added}"))
}

impl EvidenceOptions {
    /// The line that the score sheet gets; a file is kept first.
    fn added(&self) -> anyhow::Result<String> {
        let text = |given: &str, option: &str| scores::text(given).map_err(|message| anyhow::anyhow!("{option}: {message}"));
        if let Some(link) = &self.link {
            let whole = link.starts_with("https://") || link.starts_with("http://");
            anyhow::ensure!(whole && !link.contains(char::is_whitespace), "--link: write the whole address, as https://…");
            return text(link, "--link");
        }
        let Some(file) = &self.file else { return text(self.explanation.as_deref().unwrap_or_default(), "--explanation") };
        let folder = self.folder.clone().unwrap_or_else(|| self.database.beside().join("evidence"));
        let sha256 = keep(file, &folder)?;
        let name = file.file_name().map(|name| name.to_string_lossy().replace(char::is_control, " ")).unwrap_or_default();
        text(&format!("{name} (SHA-256 {sha256})"), "--file")
    }
}

/// Copies a file under its hash, whole or not at all, and gives the hash.
fn keep(file: &Path, folder: &Path) -> anyhow::Result<String> {
    let name = || file.display().to_string();
    private::folder(folder).with_context(|| folder.display().to_string())?;
    let mut source = File::open(file).with_context(name)?.take(FILE_MOST + 1);
    let mut copy = NamedTempFile::new_in(folder).with_context(|| folder.display().to_string())?;
    let (mut hash, mut size, mut buffer) = (Sha256::new(), 0_u64, vec![0; 64 * 1024]);
    loop {
        let count = source.read(&mut buffer).with_context(name)?;
        let piece = buffer.get(..count).unwrap_or_default();
        if piece.is_empty() {
            break;
        }
        hash.update(piece);
        copy.write_all(piece).with_context(name)?;
        size += u64::try_from(count)?;
    }
    anyhow::ensure!(size > 0, "{}: this file is empty", name());
    anyhow::ensure!(size <= FILE_MOST, "{}: a file of evidence has at most 100 MB; name where it lies with --link", name());
    let sha256 = hex::encode(hash.finalize());
    copy.as_file().sync_all().with_context(name)?;
    copy.persist(folder.join(&sha256)).map_err(|error| error.error).with_context(name)?;
    Ok(sha256)
}
