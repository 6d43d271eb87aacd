//! Waiting until servers have emptied their letterboxes.

use std::io::IsTerminal;
use std::time::Duration;

use anyhow::bail;
use indicatif::ProgressBar;
use tokio::time::{Instant, sleep};

use crate::round::Round;
use crate::store::Store;
use crate::store::instance::Unreported;

/// How often the register of servers is looked at while they empty their letterboxes.
const PAUSE: Duration = Duration::from_millis(250);

/// Ten times what a living server needs to notice that a round is closing.
const GRACE: Duration = Duration::from_secs(3);

/// Waits until only excused servers may still hold sheets, and names those.
pub(super) async fn wait_for_empty(store: &Store, round: &Round, without: &[String], wait: Duration) -> anyhow::Result<Vec<Unreported>> {
    let deadline = Instant::now() + wait;
    let graced = Instant::now() + GRACE.min(wait);
    let mut progress = Progress::new();
    loop {
        let unreported = store.instances_unreported(round.id).await?;
        let (excused, awaited): (Vec<_>, Vec<_>) = unreported.into_iter().partition(|instance| without.contains(&instance.name));
        // Also a server that may be gone on without gets the time in which a living one would have reported.
        if awaited.is_empty() && (excused.is_empty() || Instant::now() >= graced) {
            progress.end();
            return Ok(excused);
        }
        if Instant::now() >= deadline && !awaited.is_empty() {
            progress.end();
            bail!(timed_out(round, &awaited));
        }
        progress.show(&awaited);
        sleep(PAUSE).await;
    }
}

fn timed_out(round: &Round, awaited: &[Unreported]) -> String {
    let code = &round.code;
    let names: Vec<&str> = awaited.iter().map(|instance| &*instance.name).collect();
    format!(
        "round `{code}` is closing, but these servers have not reported their letterboxes empty: {}.\n\
         Start them (their logs say what is wrong) and run `par-survey round close {code}` again.\n\
         If their letterboxes are lost, go on without them: `par-survey round close {code} --without {}`",
        awaited.iter().map(Unreported::to_string).collect::<Vec<_>>().join(", "),
        names.join(" --without ")
    )
}

/// Who is waited for: a line that moves on a terminal, elsewhere a line whenever it changes.
struct Progress {
    spinner: Option<ProgressBar>,
    told: String,
}

impl Progress {
    fn new() -> Self {
        let spinner = std::io::stderr().is_terminal().then(|| {
            let spinner = ProgressBar::new_spinner();
            spinner.enable_steady_tick(PAUSE);
            spinner
        });
        Self { spinner, told: String::new() }
    }

    fn show(&mut self, awaited: &[Unreported]) {
        let names: Vec<&str> = awaited.iter().map(|instance| &*instance.name).collect();
        let text = format!("waiting for these letterboxes to be emptied: {}", names.join(", "));
        match &self.spinner {
            Some(spinner) => spinner.set_message(text),
            None if text == self.told => {}
            None => {
                eprintln!("{text}");
                self.told = text;
            }
        }
    }

    fn end(&self) {
        if let Some(spinner) = &self.spinner {
            spinner.finish_and_clear();
        }
    }
}
