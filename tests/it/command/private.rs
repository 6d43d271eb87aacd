//! What other accounts of the machine can see: no file of ours, and no memory of ours on a disk.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::desk::Desk;

pub(super) fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

fn open_to_all(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

/// A server that ends with its test, however that ends.
pub(super) struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// Starts a command through a shell that first does something, in a folder, and waits until it says its first line.
pub(super) fn serve_after(desk: &Desk, before: &str) -> Served {
    let serve = desk.command(&["serve", "--listen", "127.0.0.1:0"]);
    let mut shell = Command::new("bash");
    shell.arg("-c").arg(format!("{before}; exec \"$0\" \"$@\"")).arg(serve.get_program()).args(serve.get_args());
    shell.current_dir(serve.get_current_dir().unwrap()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = Served(shell.spawn().unwrap());
    let mut line = String::new();
    BufReader::new(child.0.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    assert!(line.starts_with("listening on "), "{line}");
    child
}

/// Ends a process by a signal. The first SEGV only takes the handler away that Rust has for it.
pub(super) fn signal(served: &mut Served, name: &str) {
    while served.0.try_wait().unwrap().is_none() {
        assert!(Command::new("kill").args([&format!("-{name}"), &served.0.id().to_string()]).status().unwrap().success());
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// The names of pictures of memory in a folder.
fn cores(desk: &Desk) -> Vec<String> {
    let names = std::fs::read_dir(desk.path("")).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    names.filter(|name| name.starts_with("core")).collect()
}

#[test]
fn files_of_a_server_that_others_could_read_are_put_right_and_named() {
    let desk = Desk::with_open_round();
    let mut first = serve_after(&desk, "true");
    signal(&mut first, "KILL");
    std::fs::create_dir(desk.path("keys")).unwrap();
    let files = ["par-survey.db", "par-survey.db-wal", "par-survey.db-shm", "letterbox.db", "letterbox.db-wal", "letterbox.db-shm"];
    let files: Vec<_> = files.into_iter().chain(["letterbox.db.lock"]).filter(|name| desk.path(name).exists()).collect();
    assert!(files.len() >= 5, "{files:?}");
    for name in &files {
        open_to_all(&desk.path(name), 0o644);
    }
    let mut server = serve_after(&desk, "umask 000");
    for name in &files {
        assert_eq!(mode(&desk.path(name)), 0o600, "{name}");
    }
    signal(&mut server, "TERM");
    let log = std::io::read_to_string(server.0.stderr.take().unwrap()).unwrap();
    for name in &files {
        let named = log.lines().filter(|line| line.contains("WARN") && line.contains(&format!("{name}: other accounts could open it")));
        assert_eq!(named.count(), 1, "{name}: {log}");
    }
}

#[test]
fn a_folder_of_keys_that_is_open_to_all_is_put_right() {
    let desk = Desk::with_open_round();
    std::fs::create_dir(desk.path("keys")).unwrap();
    open_to_all(&desk.path("keys"), 0o777);
    let issue = ["codes", "issue", "r1", "small", "--unit", "so-noi-vu", "--count", "23", "--public-url", "https://khaosat.example.vn"];
    let said = desk.run(&[&issue[..], &["--slips", "slips.html"]].concat());
    assert_eq!((said.code, mode(&desk.path("keys")), mode(&desk.path("keys/r1.pepper"))), (0, 0o700, 0o600), "{}", said.err);
    assert!(said.err.contains("keys: other accounts could open it"), "{}", said.err);
    open_to_all(&desk.path("keys/r1.pepper"), 0o644);
    let said = desk.run(&[&issue[..], &["--slips", "more.html"]].concat());
    assert_eq!((said.code, mode(&desk.path("keys/r1.pepper"))), (0, 0o600), "{}", said.err);
}

#[test]
fn a_server_that_crashes_leaves_no_picture_of_its_memory() {
    let desk = Desk::with_open_round();
    // Whether this machine writes any, and here: elsewhere there is nothing to see.
    let mut shell = Command::new("bash");
    let control = shell.args(["-c", "ulimit -c unlimited && kill -SEGV $$"]).current_dir(desk.path("")).status().unwrap();
    let written = cores(&desk);
    if control.success() || written.is_empty() {
        return;
    }
    for name in written {
        std::fs::remove_file(desk.path(&name)).unwrap();
    }
    for name in ["SEGV", "ABRT"] {
        let mut server = serve_after(&desk, "ulimit -c unlimited");
        let limits = std::fs::read_to_string(format!("/proc/{}/limits", server.0.id())).unwrap();
        signal(&mut server, name);
        assert_eq!(cores(&desk), [""; 0], "{name}");
        let limit = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
        assert_eq!(limit.split_whitespace().rev().take(3).collect::<Vec<_>>(), ["bytes", "0", "0"], "{limit}");
    }
}

#[test]
fn a_server_may_open_as_many_files_as_the_system_lets_it() {
    let desk = Desk::with_open_round();
    let mut server = serve_after(&desk, "ulimit -S -n 256");
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", server.0.id())).unwrap();
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.0.id())).unwrap();
    signal(&mut server, "TERM");
    let limit: Vec<&str> = limits.lines().find(|line| line.starts_with("Max open files")).unwrap().split_whitespace().collect();
    assert_eq!(limit[3], limit[4], "{limit:?}");
    assert!(status.contains("VmRSS:"), "the load test reads it");
}
