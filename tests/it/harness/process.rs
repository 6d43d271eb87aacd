//! The program itself, as a process that can be killed and watched.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;

use super::database::TestDatabase;

/// A running `par-survey serve`.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: String,
    log: Arc<Mutex<Vec<u8>>>,
}

impl Server {
    /// Starts a server over a database and waits until it listens. `before` is put in front of the command, such as a tracer.
    pub(crate) fn start(database: &TestDatabase, before: &[&str], options: &[&str]) -> Self {
        let program = env!("CARGO_BIN_EXE_par-survey");
        let mut words: Vec<&str> = before.to_vec();
        words.extend([program, "serve", "--listen", "127.0.0.1:0", "--database", &database.url]);
        let mut command = Command::new(words[0]);
        command.args(&words[1..]);
        if !options.contains(&"--name") {
            command.args(["--name", "process"]);
        }
        if !options.contains(&"--letterbox") {
            command.arg("--letterbox").arg(database.letterbox(1));
        }
        // All sheets of a test come from one address.
        if !options.contains(&"--sheets-per-address") {
            command.args(["--sheets-per-address", "0"]);
        }
        command.args(options).current_dir(database.folder());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let log = Arc::new(Mutex::new(Vec::new()));
        let (mut stderr, kept) = (child.stderr.take().unwrap(), Arc::clone(&log));
        thread::spawn(move || {
            let mut chunk = [0; 4096];
            while let Ok(read @ 1..) = stderr.read(&mut chunk) {
                kept.lock().unwrap().extend_from_slice(&chunk[..read]);
            }
        });
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on ").unwrap_or_else(|| {
            panic!("it did not start: {line}{}", String::from_utf8_lossy(&log.lock().unwrap()));
        });
        Self { address: address.to_owned(), child, log }
    }

    /// Ends it as a power cut would.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Ends it as an operator would.
    pub(crate) fn terminate(&mut self) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        self.child.wait().unwrap();
    }

    /// What it logged so far.
    pub(crate) fn log(&self) -> String {
        String::from_utf8_lossy(&self.log.lock().unwrap()).into_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// The bytes of every file in a folder, by name.
pub(crate) fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file());
    entries.map(|entry| (entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path()).unwrap())).collect()
}

/// Whether some bytes stand in others.
pub(crate) fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}
