//! The key of a round: where it goes, what it opens, and how it ends.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

use base64::prelude::{BASE64_STANDARD, Engine};
use par_survey::seal::KeyFile;
use tempfile::TempDir;

use super::desk::{Desk, ROUND, Said};
use crate::harness::process::{contains, files};

/// A disk that is none of the desk's, which is in memory.
pub(super) fn stick() -> TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap()
}

/// A command to which nobody has said where keys are.
pub(super) fn untold(desk: &Desk, args: &[&str]) -> Command {
    let mut command = desk.command(args);
    command.env_remove("PAR_SURVEY_SEAL_KEY").env_remove("PAR_SURVEY_SEAL_KEY_HERE");
    command
}

/// Runs such a command that must be refused, and gives the reason.
pub(super) fn refused(desk: &Desk, args: &[&str]) -> String {
    reason(&Said::by(&mut untold(desk, args)))
}

pub(super) fn reason(said: &Said) -> String {
    assert_eq!((said.code, said.out.as_str()), (1, ""), "{}", said.err);
    said.err.strip_prefix("par-survey: ").unwrap().trim_end().to_owned()
}

/// Runs such a command that must succeed, and gives what it printed.
pub(super) fn done(desk: &Desk, args: &[&str]) -> String {
    let said = Said::by(&mut untold(desk, args));
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{args:?}");
    said.out
}

/// Runs a command with something on standard input.
pub(super) fn given(desk: &Desk, args: &[&str], input: &str) -> Said {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(input.as_bytes()).unwrap();
    std::io::Seek::rewind(&mut file).unwrap();
    Said::by(untold(desk, args).stdin(Stdio::from(file)))
}

pub(super) fn state(desk: &Desk) -> String {
    let rounds: serde_json::Value = serde_json::from_str(&desk.done(&["round", "list", "--format", "json"])).unwrap();
    let round = rounds.as_array().unwrap().iter().find(|round| round["id"] == "r1").unwrap();
    round["state"].as_str().unwrap().to_owned()
}

pub(super) fn seal_of(desk: &Desk) -> serde_json::Value {
    let status: serde_json::Value = serde_json::from_str(&desk.done(&["round", "status", "r1", "--format", "json"])).unwrap();
    status["seal"].clone()
}

/// However a key is spelt, it is in none of some files.
fn is_nowhere(key: &[u8], files: &[(String, Vec<u8>)]) {
    assert!(files.iter().any(|(name, _)| name == "par-survey.db"));
    for spelt in [key.to_vec(), hex::encode(key).into_bytes(), BASE64_STANDARD.encode(key).into_bytes()] {
        for (name, bytes) in files {
            assert!(!contains(bytes, &spelt), "{name}");
        }
    }
}

/// Draft `r2` beside `r1`.
pub(super) fn second_draft(desk: &Desk) {
    desk.file("r2.toml", ROUND.replace("\"r1\"", "\"r2\""));
    desk.done(&["round", "create", "r2.toml"]);
}

#[test]
fn a_round_is_not_opened_until_somebody_says_where_its_key_goes() {
    let desk = Desk::with_draft();
    let reason = refused(&desk, &["round", "open", "r1"]);
    assert!(reason.contains("--seal-key FILE") && reason.contains("--trustees 2-of-3") && reason.contains("loses them"), "{reason}");
    assert!(refused(&desk, &["round", "open", "r1", "--seal-key", "-"]).contains("name one"));
    assert_eq!(Said::by(&mut untold(&desk, &["round", "open", "r1", "--pages", "x"])).code, 2);
    assert_eq!((state(&desk), seal_of(&desk)), ("draft".to_owned(), serde_json::Value::Null));
}

#[test]
fn a_key_on_the_machine_that_it_protects_is_refused_unless_somebody_says_so() {
    let desk = Desk::with_draft();
    let reason = refused(&desk, &["round", "open", "r1", "--seal-key", "r1.key"]);
    assert!(reason.starts_with("r1.key lies on the same disk as the database, par-survey.db: "), "{reason}");
    let reason = refused(&desk, &["round", "open", "r1", "--trustees", "2-of-3", "--pages", "pages"]);
    assert!(reason.starts_with("pages lies on the same disk as the database, ") && reason.contains("--seal-key-here"), "{reason}");
    let stick = stick();
    let [keys, key] = ["keys", "keys/r1.key"].map(|name| stick.path().join(name).to_str().unwrap().to_owned());
    fs::create_dir(&keys).unwrap();
    let reason = refused(&desk, &["round", "open", "r1", "--keys", &keys, "--seal-key", &key]);
    assert!(reason.contains("lies in the folder of keys"), "{reason}");
    let letterbox = stick.path().join("letterbox.db").to_str().unwrap().to_owned();
    let key = stick.path().join("r1.key").to_str().unwrap().to_owned();
    let reason = refused(&desk, &["round", "open", "r1", "--letterbox", &letterbox, "--seal-key", &key]);
    assert!(reason.contains("lies on the same disk as the letterbox"), "{reason}");
    assert_eq!((state(&desk), desk.path("r1.key").exists(), desk.path("pages").exists()), ("draft".to_owned(), false, false));
    let said = done(&desk, &["round", "open", "r1", "--seal-key", "r1.key", "--seal-key-here"]);
    assert!(said.contains("whoever takes the machine can read the answers") && desk.path("r1.key").exists(), "{said}");
    assert_eq!(seal_of(&desk)["kept"], "here");
}

#[test]
fn a_key_that_lies_elsewhere_opens_a_probe_any_day_and_is_gone_after_closing() {
    let (desk, stick) = (Desk::with_draft(), stick());
    let name = stick.path().join("{round}.key").to_str().unwrap().to_owned();
    let path = stick.path().join("r1.key");
    let said = done(&desk, &["round", "open", "r1", "--seal-key", &name]);
    let seal = seal_of(&desk);
    let print = seal["fingerprint"].as_str().unwrap();
    assert!(said.starts_with("whoever loses the private key of round r1 loses its answers") && said.contains(print), "{said}");
    assert_eq!((&seal["kept"], &seal["tested_at"], &seal["burnt_by"]), (&"file".into(), &serde_json::Value::Null, &"".into()));
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let status = desk.done(&["round", "status", "r1"]);
    assert!(status.contains(&format!("sealed to fingerprint {print}; the key is in a file elsewhere; last tested: never\n")), "{status}");
    assert!(done(&desk, &["seal", "test", "r1", "--seal-key", &name]).contains(&format!("(fingerprint {print}); tested on 2")));
    assert!(seal_of(&desk)["tested_at"].is_string());
    for name_of_another in ["An", "An"] {
        done(&desk, &["seal", "test", "r1", "--seal-key", &name, "--as", name_of_another]);
    }
    let events = desk.done(&["audit", "list", "r1"]);
    assert_eq!(events.lines().filter(|row| row.contains("seal.test")).count(), 3, "each use of the key is one: {events}");
    assert!(refused(&desk, &["seal", "burnt", "r1", "--as", "Lan"]).contains("is needed until it is closed"));

    let key = KeyFile::read(&fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!(key.round, "r1");
    is_nowhere(key.key.bytes(), &files(&desk.path("")));
    let said = done(&desk, &["round", "close", "r1", "--seal-key", &name]);
    assert!(
        said.starts_with("closed round r1\n") && said.contains(&format!("the private key in {} is destroyed", path.display())),
        "{said}"
    );
    assert!(
        said.contains("burn every copy of the key file, every share and every page")
            && said.contains("`par-survey seal burnt r1 --as NAME`")
    );
    is_nowhere(key.key.bytes(), &files(&desk.path("")));
    assert_eq!(files(stick.path()).len(), 0);
    assert!(desk.done(&["round", "status", "r1"]).contains("nobody has said yet that every copy is burnt"));
    assert_eq!(done(&desk, &["seal", "burnt", "r1", "--as", "Lan"]), "Lan says that no copy of the key of round r1 is left\n");
    assert!(desk.done(&["round", "status", "r1"]).contains("Lan says that every copy is burnt"));
    let reason = refused(&desk, &["seal", "burnt", "r1", "--as", "Minh"]);
    assert!(reason.contains("Lan has already said that no copy of the key of round `r1` is left"), "{reason}");
    done(&desk, &["seal", "burnt", "r1", "--as", "Lan"]);
    let events = desk.done(&["audit", "list", "r1"]);
    assert_eq!(events.lines().filter(|row| row.contains("seal.burnt")).count(), 1, "{events}");
    assert_eq!(seal_of(&desk)["burnt_by"], "Lan");
    assert!(refused(&desk, &["seal", "test", "r1", "--seal-key", &name]).contains("is closed"));
}

#[test]
fn a_wrong_missing_or_damaged_key_changes_nothing() {
    let desk = Desk::with_open_round();
    second_draft(&desk);
    desk.done(&["round", "open", "r2"]);
    let text = fs::read_to_string(desk.path("r1.key")).unwrap();
    let print = seal_of(&desk)["fingerprint"].as_str().unwrap().to_owned();
    desk.file("cut.key", &text[..text.len() - 20]);
    desk.file("damaged.key", text.replace("Fingerprint: ", "Fingerprint: 0"));
    desk.file("letter.txt", "this is a letter");
    fs::remove_file(desk.path("r1.key")).unwrap();
    for command in [&["round", "close", "r1"][..], &["seal", "test", "r1"]] {
        let with = |file: &str| refused(&desk, &[command, &["--seal-key", file]].concat());
        let other = with("r2.key");
        assert!(other.starts_with("r2.key: this is the key of round `r2` (fingerprint ") && other.contains(&print), "{other}");
        assert!(with("cut.key").contains("cut off") && with("damaged.key").contains("damaged"));
        assert!(with("letter.txt").starts_with("letter.txt: this is no key file"));
        assert!(with("none.key").starts_with("none.key: the key cannot be read; bring what it lies on"));
        let without = refused(&desk, command);
        assert!(without.contains("--seal-key FILE") && without.contains(&print), "{without}");
    }
    assert_eq!((state(&desk), &seal_of(&desk)["tested_at"]), ("open".to_owned(), &serde_json::Value::Null));
    assert_eq!(fs::read_to_string(desk.path("cut.key")).unwrap(), text[..text.len() - 20]);
    assert!(desk.path("r2.key").exists());
    desk.file("copy.key", text);
    assert!(done(&desk, &["round", "close", "r1", "--seal-key", "copy.key"]).starts_with("closed round r1\n"));
}

#[test]
fn a_file_that_is_there_is_not_overwritten_by_a_key() {
    let desk = Desk::with_draft();
    desk.file("r1.key", "the key of another round");
    let said = desk.run(&["round", "open", "r1"]);
    assert!(said.code == 1 && said.err.contains("r1.key: there is a file already"), "{}", said.err);
    assert_eq!(
        (state(&desk), fs::read_to_string(desk.path("r1.key")).unwrap()),
        ("draft".to_owned(), "the key of another round".to_owned())
    );
}

#[test]
fn a_key_on_standard_input_closes_the_round_and_is_named_as_still_there() {
    let desk = Desk::with_open_round();
    let text = fs::read_to_string(desk.path("r1.key")).unwrap();
    let said = given(&desk, &["seal", "test", "r1", "--seal-key", "-"], &text);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(reason(&given(&desk, &["round", "close", "r1", "--seal-key", "-"], "")).starts_with("standard input: this is no key file"));
    assert_eq!(state(&desk), "open");
    let said = given(&desk, &["round", "close", "r1", "--seal-key", "-"], &text);
    assert!(said.code == 0 && said.out.contains("came by standard input, so that what it came from is still there"), "{said:?}");
    assert!(desk.path("r1.key").exists());
}

/// What a closing leaves behind that is cut off after its last commit.
#[test]
fn a_key_that_a_closing_left_behind_is_destroyed_when_it_is_repeated() {
    let desk = Desk::with_open_round();
    let text = fs::read_to_string(desk.path("r1.key")).unwrap();
    desk.done(&["round", "close", "r1"]);
    assert!(!desk.path("r1.key").exists());
    desk.file("r1.key", text);
    assert!(desk.done(&["round", "close", "r1"]).contains("r1.key is destroyed"));
    assert!(!desk.path("r1.key").exists());
    assert!(desk.refused(&["round", "close", "r1"]).contains("is closed"));
}

/// The trigger stands for a fault after which nobody can say whether the commit came to the disk.
#[test]
fn when_it_is_not_certain_whether_the_round_was_opened_the_key_stays() {
    let desk = Desk::with_draft();
    desk.execute("CREATE TRIGGER x BEFORE INSERT ON round_seal BEGIN SELECT raise(ABORT, 'no'); END");
    let said = desk.run(&["round", "open", "r1"]);
    assert!(
        said.code == 1 && said.err.contains("is not certain, so that the key stays in ") && said.err.contains("r1.key"),
        "{}",
        said.err
    );
    assert!(desk.path("r1.key").exists());
}

#[test]
fn a_server_says_to_which_key_rounds_are_sealed_and_serves_no_open_round_without() {
    let desk = Desk::with_open_round();
    let print = seal_of(&desk)["fingerprint"].as_str().unwrap().to_owned();
    let mut serve = desk.command(&["serve", "--listen", "127.0.0.1:0"]);
    let mut child = serve.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(child.stdout.take().unwrap()));
    let said = [lines.next(), lines.next()].map(|line| line.unwrap().unwrap());
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(said[0].starts_with("listening on http://127.0.0.1:"), "{said:?}");
    assert_eq!(said[1], format!("round r1 is sealed to fingerprint {print}"));
    desk.execute("DELETE FROM round_seal");
    let reason = desk.refused(&["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(reason, "round `r1` has no seal; `par-survey round seal r1` brings it under one");
}
