//! `par-survey codes issue|status`.

use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, Subcommand};
use serde::Serialize;

use super::actor::ActorOptions;
use super::options::{DatabaseOptions, KeysOptions, ListFormat, ListOptions};
use super::{output, standing};
use crate::clock;
use crate::office::codes::{CodesUsed, Made, Order, make, used};
use crate::poster::slips::Slips;
use crate::survey::FLOOR;
use crate::unit::UnitCode;

/// One-time codes, with which officials and deputies rate units, and citizens answer by invitation
#[derive(Debug, Subcommand)]
pub(crate) enum CodesCommand {
    Issue(Box<IssueOptions>),
    Status(StatusOptions),
}

/// Issue codes and write them as slips to print, or as a list to send
///
/// A code is kept only as a keyed hash; what was issued cannot be shown again, so keep the files safe until they are handed out, and delete
/// them then. The secret of the hash is made with the round's first codes, in the folder of keys, which every server of the round needs.
///
/// Slips are the safer way: print them, cut them, and let everybody draw one. A list for sending tells whoever sends it which code went to
/// whom, and says so in every row.
///
/// Which units a code may rate is what the definition says of its group. Where units are drawn, the seed is printed: with the same seed
/// anybody can draw them again.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  par-survey codes issue 2026 par-officials-departments --group deputies --count 60 --public-url https://khaosat.example.vn --slips deputies.html
  par-survey codes issue 2026 sipas-2026 --unit so-noi-vu --count 200 --public-url https://khaosat.example.vn --slips so-noi-vu.html")]
pub(crate) struct IssueOptions {
    /// Id of the round
    round: String,
    /// Id of the questionnaire
    questionnaire: String,
    /// Group of those who get the codes; for questionnaires about units
    #[arg(long, env = "PAR_SURVEY_GROUP", value_name = "CODE", default_value = "", hide_default_value = true)]
    group: String,
    /// The respondents' own unit, where they rate the unit above it; for citizens the unit that they are asked about
    #[arg(long, env = "PAR_SURVEY_UNIT", value_name = "CODE")]
    unit: Option<String>,
    /// How many
    #[arg(long, env = "PAR_SURVEY_COUNT", value_name = "N", value_parser = clap::value_parser!(u32).range(1..=200_000))]
    count: u32,
    /// What decides which units are drawn; a random number if left out
    #[arg(long, env = "PAR_SURVEY_SEED", value_name = "N")]
    seed: Option<u64>,
    /// The address under which the service is reached
    #[arg(long, env = "PAR_SURVEY_PUBLIC_URL", value_name = "URL")]
    public_url: String,
    /// Write slips to print, ten to a page, to this HTML file
    #[arg(long, env = "PAR_SURVEY_SLIPS", value_name = "FILE", required_unless_present = "list")]
    slips: Option<PathBuf>,
    /// Write a list for sending by e-mail or Zalo to this CSV file
    #[arg(long, env = "PAR_SURVEY_LIST", value_name = "FILE")]
    list: Option<PathBuf>,
    #[command(flatten)]
    actor: ActorOptions,
    #[command(flatten)]
    keys: KeysOptions,
    #[command(flatten)]
    database: DatabaseOptions,
}

/// How many codes there are, and what part of them was used
///
/// While the round is open only classes are told (below 50 %, 50-80 %, above 80 %), because a number that grows by one shows who has just
/// answered; of fewer than 20 issued codes not even that. It is the part of the ratings that the codes can give: of those that came, counted are
/// the ones that were mixed, 20 of a group about a unit at a time, and that will be in figures. Groups that can be counted as one are told
/// together. Once the round is closed it is said whether figures have anything of a group ("from the floor on") or not ("under the floor").
#[derive(Debug, Args)]
pub(crate) struct StatusOptions {
    /// Id of the round
    round: String,
    #[command(flatten)]
    list: ListOptions,
    #[command(flatten)]
    database: DatabaseOptions,
}

pub(crate) async fn run(command: CodesCommand) -> anyhow::Result<()> {
    match command {
        CodesCommand::Issue(options) => issue(&options).await,
        CodesCommand::Status(options) => status(&options).await,
    }
}

async fn issue(options: &IssueOptions) -> anyhow::Result<()> {
    let actor = options.actor.actor()?;
    let store = options.database.open().await?;
    let (group, unit, count) = (&*options.group, options.unit.as_deref(), usize::try_from(options.count)?);
    let order = Order { questionnaire: &options.questionnaire, group, unit, count, seed: options.seed };
    let made = make(&store, &options.keys.keys(&options.database), &options.round, &order, &actor.may(clock::now())).await?;
    let files = files(options, &made)?;
    write(&files)?;
    let small = match made.keep(&store).await {
        Ok(small) => small,
        Err(error) => {
            remove(&files);
            return Err(error.into());
        }
    };
    if !small.is_empty() {
        let small: Vec<&str> = small.iter().map(UnitCode::as_str).collect();
        eprintln!("warning: fewer than {FLOOR} codes can rate {}; so few sheets are never shown, so issue more", small.join(", "));
    }
    let names: Vec<_> = files.iter().map(|(path, _)| path.display().to_string()).collect();
    output::print(&format!(
        "issued {} for {} (seed {}): {}",
        output::counted(u64::from(options.count), "code"),
        made.form.questionnaire.id,
        made.seed,
        names.join(", ")
    ))?;
    if options.list.is_some() {
        eprintln!("warning: whoever sends the list could know who got which code; slips that everybody draws are safer");
    }
    Ok(())
}

/// What is written of the codes, and where.
fn files<'o>(options: &'o IssueOptions, made: &Made) -> anyhow::Result<Vec<(&'o PathBuf, String)>> {
    let slips = Slips { opened: &made.opened, form: &made.form, public_url: &options.public_url };
    let mut files = Vec::new();
    if let Some(path) = &options.slips {
        files.push((path, slips.html(&made.codes)?));
    }
    if let Some(path) = &options.list {
        files.push((path, slips.csv(&made.codes)?));
    }
    Ok(files)
}

/// Creates the files, never over others, for the own account alone; all or none.
fn write(files: &[(&PathBuf, String)]) -> anyhow::Result<()> {
    for (place, (path, text)) in files.iter().enumerate() {
        let written = write_one(path, text);
        if let Err(error) = written {
            remove(files.get(..place).unwrap_or_default());
            return Err(error);
        }
    }
    Ok(())
}

fn remove(files: &[(&PathBuf, String)]) {
    for (path, _) in files {
        fs::remove_file(path).ok();
    }
}

fn write_one(path: &Path, text: &str) -> anyhow::Result<()> {
    let file = File::options().create_new(true).write(true).mode(0o600).open(path);
    let mut file = file.with_context(|| format!("{} cannot be written (a file that is there is never overwritten)", path.display()))?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    written.map_err(|error| {
        // Half a list would look like one that works.
        fs::remove_file(path).ok();
        anyhow::anyhow!("{}: {error}; no codes were issued", path.display())
    })
}

#[derive(Debug, Serialize)]
struct CodeStatus {
    questionnaire: String,
    group: String,
    issued: i64,
    used: &'static str,
}

async fn status(options: &StatusOptions) -> anyhow::Result<()> {
    let store = options.database.open().await?;
    let told = used(&store, &options.round).await?.into_iter();
    let rows: Vec<_> = told.map(CodeStatus::of).collect();
    if options.list.format == ListFormat::Json {
        return output::print_json(&rows);
    }
    let rows: Vec<_> = rows.into_iter().map(|row| [row.questionnaire, row.group, row.issued.to_string(), row.used.to_owned()]).collect();
    output::print_columns(["questionnaire", "group", "issued", "used"], &rows)
}

impl CodeStatus {
    fn of(CodesUsed { questionnaire, group, issued, used }: CodesUsed) -> Self {
        Self { questionnaire, group, issued, used: standing::used(used) }
    }
}
