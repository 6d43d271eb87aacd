//! Options that stand in the environment: where what they say is at fault, the variable is named, because nobody has typed the option.

use std::env;

use clap::error::{ContextKind, ContextValue};
use clap::{Arg, Command, CommandFactory};

use super::Cli;

/// What clap says of a command line, and the variable that is at fault, where it is one.
#[must_use]
pub fn misunderstood(error: &clap::Error) -> String {
    let said = error.render().to_string();
    let mut all = Cli::command();
    // Before that an option does not know how it is written.
    all.build();
    let variable = at_fault(error, &all).filter(|(option, variable)| given_as(option, variable) == variable);
    variable.map_or(said.clone(), |(_, variable)| format!("{said}\nThe value stands in the variable {variable}.\n"))
}

/// How somebody has given an option: by the variable where one is set, unless the option is on the command line, which wins.
#[expect(clippy::disallowed_methods, reason = "it reads no setting, but asks how one was given")]
pub(super) fn given_as<'n>(option: &'n str, variable: &'n str) -> &'n str {
    let is_option = |word: &str| word.strip_prefix(option).is_some_and(|rest| rest.is_empty() || rest.starts_with('='));
    let is_typed = env::args_os().any(|word| word.to_str().is_some_and(is_option));
    if !is_typed && env::var_os(variable).is_some() { variable } else { option }
}

/// The option whose value is not understood, and its variable.
fn at_fault(error: &clap::Error, all: &Command) -> Option<(String, String)> {
    let Some(ContextValue::String(named)) = error.get(ContextKind::InvalidArg) else { return None };
    let is_meant = |arg: &&Arg| arg.to_string() == *named;
    called(all).get_arguments().find(is_meant).and_then(with_variable)
}

/// The command that was called: options of others can have the same name.
fn called(all: &Command) -> &Command {
    let words = env::args_os().skip(1);
    words.fold(all, |command, word| word.to_str().and_then(|word| command.find_subcommand(word)).unwrap_or(command))
}

fn with_variable(arg: &Arg) -> Option<(String, String)> {
    Some((format!("--{}", arg.get_long()?), arg.get_env()?.to_str()?.to_owned()))
}
