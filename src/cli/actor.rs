//! Who gives a command: a name that is kept with what it changes.

use std::process::Command;

use clap::Args;
use rustix::process::getuid;

use crate::office::actor::Actor;

/// Who changes something.
#[derive(Debug, Args)]
pub(crate) struct ActorOptions {
    /// Your name, which is kept with what you change [default: that of your account on this machine]
    #[arg(long = "as", env = "PAR_SURVEY_AS", value_name = "NAME")]
    who: Option<String>,
}

impl ActorOptions {
    /// Who gives the command.
    pub(crate) fn actor(&self) -> anyhow::Result<Actor> {
        self.who.as_deref().map_or_else(operator, named)
    }
}

/// Whoever gives the command, under the name of their account on this machine.
pub(crate) fn operator() -> anyhow::Result<Actor> {
    named(&account())
}

/// Somebody under the name that `--as` gives.
pub(crate) fn named(who: &str) -> anyhow::Result<Actor> {
    Ok(Actor::operator(who)?)
}

/// The account of the operating system: its name, or its number where it has none. The system's own command looks in every directory of
/// accounts that the machine uses.
fn account() -> String {
    let name = Command::new("id").arg("-un").output().ok().filter(|said| said.status.success());
    let name = name.and_then(|said| String::from_utf8(said.stdout).ok()).map(|name| name.trim().to_owned());
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| getuid().as_raw().to_string())
}
