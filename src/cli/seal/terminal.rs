//! A terminal on which a secret is shown or typed, and nothing of it stays.
//!
//! Everything happens on the alternate screen, which keeps no scrollback, and it is cleared before it is left, also by Ctrl-C.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::ensure;
use tokio::signal::unix::{SignalKind, signal};
use zeroize::Zeroizing;

/// The alternate screen, without what was on it.
const ENTER: &str = "\x1b[?1049h\x1b[2J\x1b[H";

/// Nothing on the screen, and nothing above it.
const CLEAR: &str = "\x1b[2J\x1b[3J\x1b[H";

const LEAVE: &str = "\x1b[2J\x1b[3J\x1b[H\x1b[?1049l";

/// Whether a screen has to be left before the process ends.
static ENTERED: AtomicBool = AtomicBool::new(false);

/// Whether Ctrl-C is watched, which is for good.
static WATCHED: AtomicBool = AtomicBool::new(false);

/// As shells say it of whoever was ended by Ctrl-C: 128 and the number of the signal.
const INTERRUPTED: i32 = 130;

/// The alternate screen of the terminal, until it is dropped.
#[derive(Debug)]
pub(super) struct Screen(());

impl Screen {
    /// Whether there is somebody who reads and types.
    pub(super) fn is_there() -> bool {
        io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    /// Goes to the alternate screen.
    pub(super) fn enter() -> anyhow::Result<Self> {
        ensure!(Self::is_there(), "there is no terminal to show words on");
        leave_when_interrupted()?;
        ENTERED.store(true, Ordering::SeqCst);
        say(ENTER)?;
        Ok(Self(()))
    }

    /// Clears it.
    #[expect(clippy::unused_self, reason = "only whoever is there may clear it")]
    pub(super) fn clear(&self) -> io::Result<()> {
        say(CLEAR)
    }

    /// Shows a line.
    #[expect(clippy::unused_self, reason = "only what is cleared afterwards may be shown")]
    pub(super) fn show(&self, line: &str) -> io::Result<()> {
        say(line)?;
        say("\n")
    }

    /// Asks for a line.
    #[expect(clippy::unused_self, reason = "what is typed stands on the screen")]
    pub(super) fn ask(&self, question: &str) -> anyhow::Result<Zeroizing<String>> {
        say(question)?;
        say(" ")?;
        // As long as a terminal gives a line at once, so that no piece of it is left behind when the text grows.
        let mut line = Zeroizing::new(String::with_capacity(4_096));
        ensure!(io::stdin().read_line(&mut line)? > 0, "the terminal was closed");
        Ok(line)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        leave();
    }
}

fn say(text: &str) -> io::Result<()> {
    let mut out = io::stderr().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

fn leave() {
    if ENTERED.swap(false, Ordering::SeqCst) {
        // A terminal that is gone shows nothing.
        say(LEAVE).ok();
    }
}

/// Whoever presses Ctrl-C must not leave a secret on the screen. Nothing else is asked of the signal: it ends the command as ever.
fn leave_when_interrupted() -> io::Result<()> {
    if WATCHED.swap(true, Ordering::SeqCst) {
        return Ok(());
    }
    // From here on, and not only when the task has its first turn.
    let mut interrupts = signal(SignalKind::interrupt())?;
    tokio::spawn(async move {
        interrupts.recv().await;
        leave();
        std::process::exit(INTERRUPTED);
    });
    Ok(())
}
