//! `par-survey demo`.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;
use std::{fs, io};

use clap::Args;
use tempfile::TempDir;
use tokio::signal::unix::{SignalKind, signal};

use crate::address::{API_DESCRIPTION, Address, CODE, HOME};
use crate::demo::{self, Demo, Province};

/// Tries to remove the folder.
const TRIES: u32 = 50;
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(20);

/// Show an example province in a temporary database
///
/// Registers units of three blocks, fills a round with made-up answers by the same path as real ones, closes and publishes it, opens a
/// second round to answer by hand, then serves both and prints the addresses to open. Every page says that the answers are made up. The
/// database is gone when the command ends.
#[derive(Debug, Args)]
pub(crate) struct DemoOptions {
    /// Address and port to listen on
    #[arg(long, env = "PAR_SURVEY_LISTEN", value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,
    /// How many made-up respondents answered the first round
    #[arg(long, env = "PAR_SURVEY_RESPONDENTS", value_name = "COUNT", default_value_t = 20_000)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) respondents: u32,
    /// Start of the random answers: the same number makes the same answers
    #[arg(long, env = "PAR_SURVEY_SEED", value_name = "NUMBER", default_value_t = 1)]
    pub(crate) seed: u64,
}

/// Makes the province and serves it until the process is told to end, and then removes it, also where it is not whole yet.
pub(crate) async fn run(options: DemoOptions) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let [mut interrupted, mut terminated, mut hung_up] =
        [signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?, signal(SignalKind::hangup())?];
    let outcome = tokio::select! {
        outcome = serve(options, folder.path()) => outcome,
        _ = interrupted.recv() => Ok(()),
        _ = terminated.recv() => Ok(()),
        _ = hung_up.recv() => Ok(()),
    };
    remove(folder).await?;
    outcome
}

/// What is still at work in the folder may put a file there meanwhile.
async fn remove(folder: TempDir) -> io::Result<()> {
    for _ in 0..TRIES {
        if fs::remove_dir_all(folder.path()).is_ok() {
            break;
        }
        tokio::time::sleep(PAUSE).await;
    }
    if folder.path().exists() { folder.close() } else { Ok(()) }
}

async fn serve(options: DemoOptions, folder: &Path) -> anyhow::Result<()> {
    let DemoOptions { listen, respondents, seed } = options;
    let Province { bound, codes } =
        demo::build(&Demo { listen: listen.to_string(), respondents: respondents.into(), seed }, folder).await?;
    let site = format!("http://{}", bound.address());
    println!("An example province with made-up answers. Open on a phone-sized window:");
    let (open, published, unit) = (demo::OPEN, demo::PUBLISHED, "so-noi-vu");
    let shown = [
        (Address::of(HOME), "what is open"),
        (Address::form(open, "sipas-2026", unit), "the citizens' form, to answer by hand"),
        (Address::units(open, "service-satisfaction"), "a shorter form; choose a unit first"),
        (Address::results(published), "a published round"),
        (Address::unit_results(published, unit), "one unit of it"),
        (Address::of(API_DESCRIPTION), "the same figures for programs"),
        (Address::of(CODE), "codes for officials to try, one in an address as a slip has it:"),
    ];
    for (address, what) in shown {
        println!("  {:<56}{what}", format!("{site}{address}"));
    }
    for (place, code) in codes.iter().enumerate() {
        let link = || format!("{site}{}", Address::of(CODE).at(code.compact()));
        println!("    {}", if place == 0 { link() } else { code.grouped() });
    }
    println!("Answers are sealed to a key that is in this program's memory only; forms and results say that it is on the server.");
    println!("The open round is for looking at: it cannot be closed, and what is sent to it is gone when this ends.");
    println!("Ctrl-C ends it and removes its database.");
    Ok(bound.run().await?)
}
