//! A terminal at which a command runs and somebody reads and types.

use std::io::{Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use crate::harness::patience::PATIENCE;

/// What clears the screen and what is above it.
pub(crate) const CLEAR: &str = "\x1b[2J\x1b[3J\x1b[H";

/// What leaves the alternate screen.
pub(crate) const LEAVE: &str = "\x1b[?1049l";

/// A command under `script`, which gives it a terminal of its own.
pub(crate) struct Terminal {
    child: Child,
    keyboard: ChildStdin,
    shown: Receiver<Vec<u8>>,
    /// What was shown and not yet looked for.
    rest: Vec<u8>,
}

impl Terminal {
    pub(crate) fn of(command: &Command) -> Self {
        let words = std::iter::once(command.get_program()).chain(command.get_args());
        let line: Vec<String> = words.map(|word| format!("'{}'", word.to_str().unwrap())).collect();
        let mut script = Command::new("/usr/bin/script");
        script.args(["-qec", &line.join(" "), "/dev/null"]).current_dir(command.get_current_dir().unwrap()).env_clear();
        script.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?)))).env("TERM", "xterm").env("SHELL", "/bin/sh");
        let mut child = script.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (mut out, keyboard) = (child.stdout.take().unwrap(), child.stdin.take().unwrap());
        let (sender, shown) = channel();
        thread::spawn(move || {
            let mut chunk = [0; 4096];
            while let Ok(read @ 1..) = out.read(&mut chunk) {
                sender.send(chunk[..read].to_vec()).ok();
            }
        });
        Self { child, keyboard, shown, rest: Vec::new() }
    }

    /// Waits until a text is shown, and gives everything up to its end.
    pub(crate) fn until(&mut self, text: &str) -> String {
        loop {
            if let Some(at) = self.rest.windows(text.len()).position(|window| window == text.as_bytes()) {
                let rest = self.rest.split_off(at + text.len());
                return String::from_utf8(std::mem::replace(&mut self.rest, rest)).unwrap();
            }
            let more = self.shown.recv_timeout(PATIENCE);
            self.rest.extend(more.unwrap_or_else(|_| panic!("no `{text}` in {}", String::from_utf8_lossy(&self.rest))));
        }
    }

    /// Types a line.
    pub(crate) fn types(&mut self, line: &str) {
        self.keyboard.write_all(line.as_bytes()).unwrap();
        self.keyboard.write_all(b"\n").unwrap();
        self.keyboard.flush().unwrap();
    }

    /// Presses Ctrl-C.
    pub(crate) fn interrupts(&mut self) {
        self.keyboard.write_all(b"\x03").unwrap();
        self.keyboard.flush().unwrap();
    }

    /// Waits for the end, and gives the exit code and what was shown last.
    pub(crate) fn ends(mut self) -> (i32, String) {
        while let Ok(more) = self.shown.recv_timeout(PATIENCE) {
            self.rest.extend(more);
        }
        let code = self.child.wait().unwrap().code().unwrap();
        (code, String::from_utf8(std::mem::take(&mut self.rest)).unwrap())
    }
}
