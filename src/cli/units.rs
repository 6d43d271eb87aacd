//! `par-survey units import|list`.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, Subcommand};
use serde::Serialize;

use super::actor::ActorOptions;
use super::options::{DatabaseOptions, ListFormat, ListOptions};
use super::{output, stopped};
use crate::clock;
use crate::office::register;
use crate::printed::shown;
use crate::unit::{Registered, Unit};

/// The register of units that rounds ask about
#[derive(Debug, Subcommand)]
pub(crate) enum UnitsCommand {
    Import(UnitsImportOptions),
    List(UnitListOptions),
}

/// Add units from a CSV file, and replace those whose code is there already
///
/// All of the file or nothing: every fault is named by row and column, as a spreadsheet shows them, and nothing is changed until there is
/// none. Units that the file does not name stay as they are.
///
/// The file is UTF-8 (in Excel: "CSV UTF-8") of at most 10 MB and 20,000 units. Its first row names these columns, in any order: code (1 to
/// 40 of a-z, 0-9, - and _; part of addresses), name_vi, name_en, block (the code of the block in which the unit is ranked), parent (code
/// of the unit above it), valid_from and valid_to (first and last day on which it exists, as 2026-11-01), merged_into (code of the unit
/// that took over its work; needs valid_to). The last four may be empty.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Example of a file:
  code,name_vi,name_en,block,parent,valid_from,valid_to,merged_into
  so-noi-vu,Sở Nội vụ,Department of Home Affairs,departments,,,,
  phuong-1,Phường 1,Ward 1,communes,,,2025-06-30,phuong-ben-thanh
  phuong-ben-thanh,Phường Bến Thành,Ben Thanh Ward,communes,,2025-07-01,,")]
pub(crate) struct UnitsImportOptions {
    /// The CSV file
    file: PathBuf,
    /// Only check the file; change nothing
    #[arg(long, env = "PAR_SURVEY_CHECK")]
    check: bool,
    #[command(flatten)]
    actor: ActorOptions,
    #[command(flatten)]
    database: DatabaseOptions,
}

/// List the register, in the order of import
#[derive(Debug, Args)]
pub(crate) struct UnitListOptions {
    #[command(flatten)]
    list: ListOptions,
    #[command(flatten)]
    database: DatabaseOptions,
}

/// A unit as the list shows it: the columns of the import file, so that what is listed can be imported.
#[derive(Debug, Serialize)]
struct ListedUnit {
    code: String,
    name_vi: String,
    name_en: String,
    block: String,
    parent: Option<String>,
    valid_from: Option<String>,
    valid_to: Option<String>,
    merged_into: Option<String>,
}

pub(crate) async fn run(command: UnitsCommand) -> anyhow::Result<()> {
    match command {
        UnitsCommand::Import(options) => import(&options).await,
        UnitsCommand::List(UnitListOptions { list, database }) => {
            let units = register::all(&database.open().await?).await?;
            print(units.into_iter().map(row).collect(), list.format)
        }
    }
}

async fn import(options: &UnitsImportOptions) -> anyhow::Result<()> {
    let UnitsImportOptions { file, check, actor, database } = options;
    let actor = actor.actor()?;
    // Before a database is made: a mistyped name of a file begins none.
    fs::metadata(file).with_context(|| shown(file))?;
    let office = if *check { database.open().await? } else { database.create().await? };
    let read = register::read_file(&office, file).await.map_err(stopped::at(file))?;
    let count = output::counted(u64::try_from(read.units.len())?, "unit");
    if *check {
        return output::print(&format!("{count}, no faults; nothing was changed"));
    }
    let changed = read.import(&office, &actor.may(clock::now())).await?;
    output::print(&format!("imported {count}; {changed} of them new or changed"))
}

fn row(registered: Registered) -> ListedUnit {
    let Unit { code, name_vi, name_en, block, parent, valid_from, valid_to, merged_into } = registered.unit;
    ListedUnit {
        code: code.to_string(),
        name_vi,
        name_en,
        block,
        parent: parent.map(|code| code.to_string()),
        valid_from: valid_from.map(|day| day.to_string()),
        valid_to: valid_to.map(|day| day.to_string()),
        merged_into: merged_into.map(|code| code.to_string()),
    }
}

fn print(rows: Vec<ListedUnit>, format: ListFormat) -> anyhow::Result<()> {
    if format == ListFormat::Json {
        return output::print_json(&rows);
    }
    let rows: Vec<_> = rows
        .into_iter()
        .map(|ListedUnit { code, name_vi, name_en, block, parent, valid_from, valid_to, merged_into }| {
            let [parent, valid_from, valid_to, merged_into] = [parent, valid_from, valid_to, merged_into].map(Option::unwrap_or_default);
            [code, block, name_vi, name_en, parent, valid_from, valid_to, merged_into]
        })
        .collect();
    output::print_columns(["code", "block", "name_vi", "name_en", "parent", "valid_from", "valid_to", "merged_into"], &rows)
}
