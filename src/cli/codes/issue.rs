//! `par-survey codes issue`.

use std::path::{Path, PathBuf};

use clap::Args;

use super::super::actor::ActorOptions;
use super::super::options::{DatabaseOptions, KeysOptions, PublicUrlOptions};
use super::super::output;
use super::written::{WrittenFiles, require_free};
use crate::clock;
use crate::office::Stopped;
use crate::office::codes::{MadeCodes, Order, make};
use crate::poster::slips::Slips;
use crate::printed::shown;
use crate::survey::FLOOR;
use crate::unit::UnitCode;

/// Issue codes and write them as slips to print, or as a list to send
///
/// A code has sixteen digits in four groups, of which the last two tell a slip of the pen.
///
/// A code is kept only as a keyed hash; what was issued cannot be shown again, so keep the files safe until they are handed out, and delete
/// them then. A file whose name ends in .not-issued was left by a command that was cut off: its codes open nothing, unless `audit list`
/// says that they were issued. The secret of the hash is made with the round's first codes, in the folder of keys, which every server of
/// the round needs.
///
/// Slips are the safer way: print them, cut them, and let everybody draw one. A list for sending tells whoever sends it which code went to
/// whom, and says so in every row.
///
/// Which units a code may rate is what the definition says of its group. Where units are drawn, the seed is printed: with the same seed
/// anybody can draw them again.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  par-survey codes issue 2026 par-officials-departments --group deputies --count 60 --slips deputies.html
  par-survey codes issue 2026 sipas-2026 --unit so-noi-vu --count 200 \\
      --public-url https://khaosat.example.vn --slips so-noi-vu.html")]
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
    #[command(flatten)]
    site: PublicUrlOptions,
    /// Write slips to print, at most ten to a page, to this HTML file
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

pub(super) async fn run(options: &IssueOptions) -> anyhow::Result<()> {
    let actor = options.actor.actor()?;
    let office = options.database.open().await?;
    let (group, unit, count) = (&*options.group, options.unit.as_deref(), usize::try_from(options.count)?);
    let order = Order { questionnaire: &options.questionnaire, group, unit, count, seed: options.seed };
    require_free(&places(options))?;
    let made = make(&office, &options.keys.keys(&options.database), &options.round, &order, &actor.may(clock::now())).await?;
    let written = WrittenFiles::new(&files(options, &made)?)?;
    match made.keep(&office).await {
        Ok(()) => written.put_in_place()?,
        Err(error) if error.changed_nothing() => return Err(error.into()),
        Err(error) => anyhow::bail!("{error}\nnobody knows whether the codes were issued: {}", written.leave()),
    }
    say(options, &made)?;
    match made.small(&office).await {
        Ok(small) if small.is_empty() => {}
        Ok(small) => {
            let small: Vec<&str> = small.iter().map(UnitCode::as_str).collect();
            eprintln!("warning: fewer than {FLOOR} codes can rate {}; so few sheets are never shown, so issue more", small.join(", "));
        }
        Err(error) => eprintln!("warning: nobody knows now which units too few codes can rate: {error}"),
    }
    Ok(())
}

/// Where files are written.
fn places(options: &IssueOptions) -> Vec<&Path> {
    options.slips.iter().chain(&options.list).map(PathBuf::as_path).collect()
}

/// Says what was issued.
fn say(options: &IssueOptions, made: &MadeCodes) -> anyhow::Result<()> {
    let names: Vec<_> = places(options).iter().map(|path| shown(path)).collect();
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
fn files<'o>(options: &'o IssueOptions, made: &MadeCodes) -> anyhow::Result<Vec<(&'o Path, String)>> {
    let slips = Slips { opened: &made.opened, form: &made.form, public_url: options.site.public_url.as_ref() };
    let mut files = Vec::new();
    if let Some(path) = &options.slips {
        files.push((path.as_path(), slips.html(&made.codes).map_err(Stopped::from)?));
    }
    if let Some(path) = &options.list {
        files.push((path.as_path(), slips.csv(&made.codes).map_err(Stopped::from)?));
    }
    Ok(files)
}
