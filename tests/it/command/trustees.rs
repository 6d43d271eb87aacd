//! A round whose key is with trustees: shares on a terminal and on pages.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::desk::{Desk, Said};
use super::seal::{done, given, reason, refused, seal_of, second_draft, state, stick, untold};
use super::terminal::{CLEAR, LEAVE, Terminal};

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
        (vec![first, first], "share 1 was given twice"),
        (vec![first, "abandon"], "paragraph 2: a share has 25 words, and here are 1"),
    ];
    // A share's check has 227 values: once in so many times one of another round passes it, and opens nothing.
    let foreign = reason(&given(&desk, &close, &[first, &*others[1]].join("\n\n")));
    let expected =
        ["standard input: paragraph 2: this share belongs to another round", "standard input: the key is not that of round `r1`"];
    assert!(expected.iter().any(|words| foreign.starts_with(words)), "{foreign}");
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
