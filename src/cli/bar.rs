//! Bars that show how far long work is, on standard error, and only where it is a terminal.

use std::io::IsTerminal;
use std::path::Path;

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};

use crate::meter::WHOLE;
use crate::printed::shown;

/// A bar by bytes over two readings of a file.
pub(super) fn of_two_readings(file: &Path) -> anyhow::Result<ProgressBar> {
    let size = std::fs::metadata(file).with_context(|| shown(file))?.len();
    of(size.saturating_mul(2))
}

/// A bar by thousandths.
pub(super) fn of_the_whole() -> anyhow::Result<ProgressBar> {
    of(WHOLE)
}

fn of(most: u64) -> anyhow::Result<ProgressBar> {
    if !std::io::stderr().is_terminal() {
        return Ok(ProgressBar::hidden());
    }
    let style = ProgressStyle::with_template("{bar:30} {percent:>3} %  {elapsed} / {duration}")?;
    Ok(ProgressBar::new(most).with_style(style))
}
