//! `par-survey completions` and `par-survey man`: what shells and `man` want to know of the commands, made of the commands themselves.

use std::io::{self, ErrorKind, Write};
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Cli, output};
use crate::printed::shown;

/// The name under which the program is called.
const PROGRAM: &str = "par-survey";

/// Print what a shell needs to complete commands and options
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  par-survey completions bash > /etc/bash_completion.d/par-survey
  par-survey completions fish > ~/.config/fish/completions/par-survey.fish")]
pub(crate) struct CompletionsOptions {
    /// Which one
    shell: Shell,
}

/// Write the manual as pages for `man`, one a command
#[derive(Debug, Args)]
#[command(after_long_help = "\
Example:
  par-survey man /usr/local/share/man/man1")]
pub(crate) struct ManOptions {
    /// Folder to write into; it has to be there
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

pub(crate) fn completions(options: &CompletionsOptions) -> anyhow::Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut Cli::command(), PROGRAM, &mut script);
    // For bash the library (4.6.11) calls what is below a program with a hyphen by two names, so that nothing was completed there.
    let script = String::from_utf8(script)?.replace("par__subcmd__survey", "par__survey");
    // Not as lines for people are printed: what is no letter is the shell's here. Whoever stops reading has enough.
    match io::stdout().lock().write_all(script.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

pub(crate) fn man(options: &ManOptions) -> anyhow::Result<()> {
    let folder = &options.folder;
    clap_mangen::generate_to(Cli::command(), folder).with_context(|| shown(folder))?;
    output::print(&format!("{}: the manual is written; `man par-survey` finds it where MANPATH names the folder above", shown(folder)))
}
