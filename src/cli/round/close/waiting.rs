//! Who is waited for, as a line that moves on a terminal, elsewhere as a line whenever it changes.

use std::io::IsTerminal;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use indicatif::ProgressBar;

use crate::printed::visible;

/// How often the line moves.
const TICK: Duration = Duration::from_millis(250);

/// The line.
pub(super) struct WaitingLine {
    spinner: Option<ProgressBar>,
    told: Mutex<String>,
}

impl WaitingLine {
    pub(super) fn new() -> Self {
        let spinner = std::io::stderr().is_terminal().then(|| {
            let spinner = ProgressBar::new_spinner();
            spinner.enable_steady_tick(TICK);
            spinner
        });
        Self { spinner, told: Mutex::default() }
    }

    pub(super) fn show(&self, awaited: &[String]) {
        let names: Vec<_> = awaited.iter().map(|name| visible(name)).collect();
        let text = format!("waiting for these letterboxes to be emptied: {}", names.join(", "));
        let Some(spinner) = &self.spinner else {
            let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
            if text != *told {
                eprintln!("{text}");
                *told = text;
            }
            return;
        };
        spinner.set_message(text);
    }

    pub(super) fn end(&self) {
        if let Some(spinner) = &self.spinner {
            spinner.finish_and_clear();
        }
    }
}
