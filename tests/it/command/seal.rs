//! The key of a round: where it goes, what it opens, and how it ends.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use base64::prelude::{BASE64_STANDARD, Engine};
use par_survey::seal::KeyFile;
use tempfile::TempDir;

use super::desk::{Desk, ROUND, Said};
use super::terminal::{CLEAR, LEAVE, Terminal};
use crate::harness::process::{contains, files};

/// A disk that is none of the desk's.
fn stick() -> TempDir {
    tempfile::tempdir_in("/dev/shm").unwrap()
}

/// A command to which nobody has said where keys are.
fn untold(desk: &Desk, args: &[&str]) -> Command {
    let mut command = desk.command(args);
    command.env_remove("PAR_SURVEY_SEAL_KEY").env_remove("PAR_SURVEY_SEAL_KEY_HERE");
    command
}

/// Runs such a command that must be refused, and gives the reason.
fn refused(desk: &Desk, args: &[&str]) -> String {
    reason(&Said::by(&mut untold(desk, args)))
}

fn reason(said: &Said) -> String {
    assert_eq!((said.code, said.out.as_str()), (1, ""), "{}", said.err);
    said.err.strip_prefix("par-survey: ").unwrap().trim_end().to_owned()
}

/// Runs such a command that must succeed, and gives what it printed.
fn done(desk: &Desk, args: &[&str]) -> String {
    let said = Said::by(&mut untold(desk, args));
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{args:?}");
    said.out
}

/// Runs a command with something on standard input.
fn given(desk: &Desk, args: &[&str], input: &str) -> Said {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(input.as_bytes()).unwrap();
    std::io::Seek::rewind(&mut file).unwrap();
    Said::by(untold(desk, args).stdin(Stdio::from(file)))
}

fn state(desk: &Desk) -> String {
    let rounds: serde_json::Value = serde_json::from_str(&desk.done(&["round", "list", "--format", "json"])).unwrap();
    let round = rounds.as_array().unwrap().iter().find(|round| round["id"] == "r1").unwrap();
    round["state"].as_str().unwrap().to_owned()
}

fn seal_of(desk: &Desk) -> serde_json::Value {
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
fn second_draft(desk: &Desk) {
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

/// The words of a printed share.
fn words_of(page: &Path) -> String {
    let page = fs::read_to_string(page).unwrap();
    let words: Vec<&str> = page.split("<li>").skip(1).map(|rest| rest.split('<').next().unwrap()).collect();
    assert_eq!(words.len(), 25);
    words.join(" ")
}

/// Opens a round with its key in three pages on a stick, and gives their words.
fn open_with_pages(desk: &Desk, round: &str, stick: &Path) -> Vec<String> {
    done(desk, &["round", "open", round, "--trustees", "2-of-3", "--pages", stick.to_str().unwrap()]);
    (1..=3).map(|number| words_of(&stick.join(format!("{round}-share-{number}.html")))).collect()
}

#[test]
fn shares_on_pages_open_the_answers_together_and_not_alone() {
    let (desk, stick) = (Desk::with_draft(), stick());
    let shares = open_with_pages(&desk, "r1", stick.path());
    let seal = seal_of(&desk);
    assert_eq!((&seal["kept"], &seal["threshold"], &seal["shares"]), (&"trustees".into(), &2.into(), &3.into()));
    let page = fs::read_to_string(stick.path().join("r1-share-2.html")).unwrap();
    assert_eq!(fs::metadata(stick.path().join("r1-share-2.html")).unwrap().permissions().mode() & 0o777, 0o600);
    let said = ["Phần 2 trong 3", "Share 2 of 3", seal["fingerprint"].as_str().unwrap(), "<svg", "Đợt 1", "Round 1"];
    assert!(said.iter().all(|text| page.contains(text)) && page.find("Phần 2") < page.find("Share 2"), "{page}");

    let close = ["round", "close", "r1", "--seal-key", "-"];
    let test = |shares: &[&str]| given(&desk, &["seal", "test", "r1", "--seal-key", "-"], &shares.join("\n\n"));
    for pair in [[0, 1], [2, 0], [1, 2]] {
        assert_eq!(test(&pair.map(|place| &*shares[place])).code, 0);
    }
    second_draft(&desk);
    let others = open_with_pages(&desk, "r2", stick.path());
    let (first, mut swapped) = (&*shares[0], shares[1].split(' ').collect::<Vec<_>>());
    // Two words that are the same change nothing.
    let place = (1..24).find(|place| swapped[*place] != swapped[0]).unwrap();
    swapped.swap(0, place);
    let cases = [
        (vec![first], "round `r1` opens with 2 shares, and here are 1"),
        (vec![first, &others[1]], "paragraph 2: this share belongs to another round"),
        (vec![first, first], "share 1 was given twice"),
        (vec![first, "abandon"], "paragraph 2: a share has 25 words, and here are 1"),
    ];
    for (shares, expected) in cases {
        let reason = reason(&given(&desk, &close, &shares.join("\n\n")));
        assert!(reason.starts_with(&format!("standard input: {expected}")), "{reason}");
    }
    assert_eq!(test(&[first, &swapped.join(" ")]).code, 1);
    assert_eq!(state(&desk), "open");
    let said = given(&desk, &close, &format!("{}\r\n\r\n\r\n{}", first.to_uppercase(), shares[2].replace(' ', "\n")));
    assert!(said.code == 0 && said.out.contains("every share and every page"), "{said:?}");
}

#[test]
fn trustees_without_a_terminal_or_pages_are_refused() {
    let desk = Desk::with_draft();
    let reason = refused(&desk, &["round", "open", "r1", "--trustees", "2-of-3"]);
    assert!(reason.contains("this is none; with --pages DIR"), "{reason}");
    assert_eq!(Said::by(&mut untold(&desk, &["round", "open", "r1", "--trustees", "1-of-3"])).code, 2);
    assert_eq!(state(&desk), "draft");
}

/// The words that stand on a screen, by number.
fn numbered(screen: &str) -> Vec<String> {
    let shown = screen.rsplit(CLEAR).next().unwrap();
    let word = |number: usize| {
        let after = shown.split(&format!("{number:>2}. ")).nth(1).unwrap_or_else(|| panic!("no word {number} in {shown}"));
        after.split_whitespace().next().unwrap().to_owned()
    };
    (1..=25).map(word).collect()
}

/// Reads the number of the word that is asked for.
fn asked(terminal: &mut Terminal, before: &str, after: &str) -> (usize, String) {
    let mut shown = terminal.until(before);
    let number = terminal.until(after);
    shown.push_str(&number);
    (number.strip_suffix(after).unwrap().trim().parse().unwrap(), shown)
}

/// Writes down the share on the screen and types back what is asked.
fn write_down(terminal: &mut Terminal) -> Vec<String> {
    let words = numbered(&terminal.until("then press Enter. The screen will be cleared."));
    terminal.types("");
    for _ in 0..3 {
        let (number, shown) = asked(terminal, "\nWord ", ":");
        let on_screen = shown.rsplit(CLEAR).next().unwrap();
        assert!(!on_screen.contains(&format!(" 1. {}", words[0])), "the share is still there: {on_screen}");
        terminal.types(&words[number - 1][..words[number - 1].len().min(4)]);
    }
    words
}

#[test]
fn shares_are_shown_one_after_another_asked_back_and_typed_in_to_close() {
    let desk = Desk::with_draft();
    let mut terminal = Terminal::of(&untold(&desk, &["round", "open", "r1", "--trustees", "2-of-3"]));
    assert!(terminal.until("\x1b[?1049h").contains("loses its answers"), "said before anything is drawn");
    let shown = terminal.until("then press Enter. The screen will be cleared.");
    assert!(shown.contains("Phần 1 trong 3 của khóa") && shown.contains("Share 1 of 3"), "{shown}");
    let first = numbered(&shown);
    terminal.types("");
    let (number, shown) = asked(&mut terminal, "\nWord ", ":");
    assert!(shown.contains(CLEAR), "{shown:?}");
    terminal.types(if first[number - 1] == "zoo" { "abandon" } else { "zoo" });
    assert_eq!(asked(&mut terminal, "That is not word ", ".").0.to_string(), number.to_string());
    // Enter alone shows the share again.
    terminal.types("");
    assert_eq!(write_down(&mut terminal), first);
    let mut shares = vec![first];
    for number in 2..=3 {
        terminal.until(&format!("keeper of share {number} come before the screen, then press Enter."));
        terminal.types("");
        shares.push(write_down(&mut terminal));
    }
    let (code, shown) = terminal.ends();
    let (_, after) = shown.split_once(LEAVE).unwrap();
    assert!(code == 0 && after.contains("opened round r1") && after.contains("3 shares, 2 of which open the answers, and nowhere else"));

    let mut terminal = Terminal::of(&untold(&desk, &["round", "close", "r1"]));
    terminal.until("2 of them open it.");
    terminal.until("> ");
    terminal.types("abandon");
    terminal.types("");
    terminal.until("Not taken: a share has 25 words, and here are 1.");
    terminal.until("> ");
    // Over some lines, as it was shown.
    for line in shares[2].chunks(5) {
        terminal.types(&line.join(" "));
    }
    assert!(terminal.until("Share 3 is taken. Now the next one.").contains(CLEAR));
    terminal.types(&shares[0].join(" "));
    let (code, shown) = terminal.ends();
    let (_, after) = shown.split_once(LEAVE).unwrap();
    assert!(code == 0 && after.contains("closed round r1") && after.contains("typed are kept nowhere here"), "{after}");
}

#[test]
fn a_ceremony_that_is_broken_off_clears_the_screen_and_opens_nothing() {
    let desk = Desk::with_draft();
    let mut terminal = Terminal::of(&untold(&desk, &["round", "open", "r1", "--trustees", "2-of-3"]));
    terminal.until("The screen will be cleared.");
    terminal.interrupts();
    let (code, shown) = terminal.ends();
    assert!(code == 130 && shown.contains(&format!("{CLEAR}{LEAVE}")), "{code} {shown:?}");
    assert_eq!(state(&desk), "draft");
}

#[test]
fn the_name_of_a_key_file_can_be_typed_where_shares_are() {
    let desk = Desk::with_open_round();
    let mut terminal = Terminal::of(&untold(&desk, &["round", "close", "r1"]));
    terminal.until("> ");
    terminal.types("r1.key");
    let (code, shown) = terminal.ends();
    assert!(code == 0 && shown.contains("the private key in r1.key is destroyed"), "{shown}");
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
    assert_eq!(reason, "round `r1` is open without a seal; `par-survey round seal r1` brings it under one, then serve again");
}
