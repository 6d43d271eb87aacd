//! A PostgreSQL cluster of a test's own, which syncs and can be stopped in every way.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::harness::patience::PATIENCE;

/// A cluster that ends with the test, however that ends.
#[derive(Debug)]
pub(super) struct Cluster {
    folder: TempDir,
    port: u16,
    child: Child,
}

impl Cluster {
    pub(super) fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        // PostgreSQL refuses to run as root.
        if is_root() {
            assert!(Command::new("chown").arg("postgres").arg(folder.path()).status().unwrap().success());
        }
        let data = folder.path().join("data");
        let mut initdb = as_postgres("initdb");
        initdb.args(["-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "-D"]);
        let made = initdb.arg(&data).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let child = postmaster(&folder, port);
        let mut cluster = Self { folder, port, child };
        cluster.wait();
        cluster
    }

    pub(super) fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// Ends all of it as a power cut would, but for the kernel's cache, and starts it again.
    pub(super) fn kill_and_start(&mut self) {
        self.signal("KILL");
        self.child.wait().unwrap();
        self.child = postmaster(&self.folder, self.port);
        self.wait();
    }

    /// Holds all its processes.
    pub(super) fn freeze(&self) {
        self.signal("STOP");
    }

    pub(super) fn thaw(&self) {
        self.signal("CONT");
    }

    /// Sends a signal to the first process, so that it starts no more, and then to all others.
    fn signal(&self, signal: &str) {
        let first = self.child.id().to_string();
        let others = Command::new("ps").args(["-o", "pid=", "--ppid", &first]).output().unwrap();
        let others = String::from_utf8(others.stdout).unwrap();
        for pid in std::iter::once(&*first).chain(others.split_whitespace()) {
            Command::new("kill").args([&format!("-{signal}"), pid]).stderr(Stdio::null()).status().unwrap();
        }
    }

    fn wait(&mut self) {
        let began = Instant::now();
        while !Command::new("psql").args([&self.url(), "-qc", "SELECT 1"]).output().unwrap().status.success() {
            assert!(began.elapsed() < PATIENCE, "PostgreSQL does not answer");
            sleep(Duration::from_millis(50));
            // After a kill one does not start while anybody still uses the memory of the one before.
            if self.child.try_wait().unwrap().is_some() {
                self.child = postmaster(&self.folder, self.port);
            }
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.signal("KILL");
        self.child.wait().ok();
    }
}

fn postmaster(folder: &TempDir, port: u16) -> Child {
    let sockets = folder.path().to_str().unwrap();
    let mut command = as_postgres("postgres");
    command.arg("-D").arg(folder.path().join("data")).args(["-h", "127.0.0.1", "-p", &port.to_string(), "-k", sockets]);
    // After a kill it would otherwise sync each of its thousand files.
    command.args(["-c", "recovery_init_sync_method=syncfs"]);
    command.args(["-c", "fsync=on", "-c", "synchronous_commit=on", "-c", "shared_buffers=16MB"]);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// A program of PostgreSQL as its user, which ends when the test does.
fn as_postgres(program: &str) -> Command {
    let found = std::fs::read_dir("/usr/lib/postgresql").unwrap().map(|entry| entry.unwrap().path().join("bin").join(program));
    let program: PathBuf = found.filter(|path| path.exists()).max().unwrap();
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL"]).current_dir("/");
    if is_root() {
        command.args(["--reuid", "postgres", "--regid", "postgres", "--clear-groups"]);
    }
    command.arg(program);
    command
}

fn is_root() -> bool {
    let user = Command::new("id").arg("-u").output().unwrap();
    user.stdout == b"0\n"
}
