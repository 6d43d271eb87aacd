//! Makes the database that is kept of a version, by the program of its time.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::kept::{DRAFT, OFFICIALS, OPEN, PAST, PUBLISHED, SURVEY, command, folder, of, shown};
use crate::command::desk::{Desk, Said};
use crate::harness::database::{Backend, TestDatabase};

/// What one command prints, which has to succeed.
fn output(command: &mut Command) -> Vec<u8> {
    let done = command.output().unwrap();
    assert!(done.status.success(), "{command:?} {}", String::from_utf8_lossy(&done.stderr));
    done.stdout
}

/// The database as statements.
fn dump(database: &TestDatabase) -> Vec<u8> {
    match database.backend {
        Backend::Sqlite => output(Command::new("sqlite3").arg(database.folder().join("main.db")).arg(".dump")),
        Backend::Postgres => {
            output(Command::new("pg_dump").args(["--inserts", "--no-owner", "--no-privileges", "--no-comments", &database.url]))
        }
    }
}

/// A year made elsewhere, one that is published and corrected, one that is open and one that is a draft.
fn made(desk: &Desk, database: &TestDatabase) {
    let source = folder().join("source");
    let file = |name: &str| source.join(name).display().to_string();
    let done = |words: &str, more: &[&str]| {
        let args: Vec<&str> = words.split(' ').chain(more.iter().copied()).collect();
        let said = Said::by(command(desk, database, &args).env("PAR_SURVEY_DEFINITIONS", source.join("definitions")));
        assert_eq!(said.code, 0, "{args:?} {}", said.err);
    };
    if database.backend == Backend::Postgres {
        done("migrate up", &[]);
    }
    done("units import", &[&file("units.csv")]);
    let named = ["--name-vi", "Chỉ số năm 2024", "--name-en", "Index 2024"];
    done(&format!("scores past --id {PAST} --year {PAST}"), &[&[&*file("past-2024.csv")], &named[..]].concat());
    for round in [PUBLISHED, OPEN, DRAFT] {
        done("round create", &[&file(&format!("{round}.toml"))]);
    }
    for round in [PUBLISHED, OPEN] {
        done("round open", &[round]);
        done(&format!("responses import {round} {SURVEY}"), &[&file(&format!("citizens-{round}.csv"))]);
        done(&format!("scores import {round}"), &[&file("scores.csv")]);
    }
    let slips = desk.path("slips.html").display().to_string();
    let issue = format!("codes issue {OPEN} {OFFICIALS} --group deputies --count 30 --seed 1 --public-url https://khaosat.example.vn");
    done(&issue, &["--slips", &slips]);
    done("scores unit 2025 thanh-tra --status exempt", &[]);
    done("round close", &[PUBLISHED]);
    done("round publish", &[PUBLISHED]);
    done("scores import 2025", &[&file("changed.csv"), "--correction"]);
    done("round publish 2025", &["--correct", "đơn vị đã khiếu nại"]);
}

async fn keep(backend: Backend, version: &Path) {
    let (desk, database, into) = (Desk::new(), TestDatabase::fresh(backend).await, version.join(of(backend)));
    made(&desk, &database);
    fs::create_dir_all(into.join("shown")).unwrap();
    fs::write(into.join("dump.sql"), dump(&database)).unwrap();
    for key in [format!("{OPEN}.key"), format!("keys/{OPEN}.pepper")] {
        let from = database.folder().join(&key);
        fs::copy(&from, into.join(from.file_name().unwrap())).unwrap();
    }
    for (name, text) in shown(&desk, &database).await {
        fs::write(into.join("shown").join(name), text).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "writes a database that is kept for good"]
async fn the_database_of_this_version_is_made() {
    let version = folder().join(std::env::var("VERSION").expect("VERSION: the day of the change before which it is made"));
    assert!(!version.exists(), "{} is there already, and what is kept stays", version.display());
    for backend in [Backend::Sqlite, Backend::Postgres] {
        keep(backend, &version).await;
    }
}
