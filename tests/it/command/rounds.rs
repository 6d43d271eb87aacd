use par_survey::deposit::{AcceptedSheet, MixingCell, SheetKey};
use par_survey::store::Store;
use par_survey::store::instance::Instance;
use par_survey::store::letterbox::Letterbox;
use par_survey::survey::mode::Mode;
use rstest::rstest;

use super::desk::{Desk, ROUND, UNITS};

#[test]
fn a_round_goes_from_draft_to_closed_and_lists_say_so() {
    let desk = Desk::with_draft();
    assert_eq!(
        desk.done(&["round", "list"]),
        "round  state  year  opens             closes            name\nr1     draft  2026  2026-11-01 00:00  2099-11-30 24:00  Đợt 1\n"
    );
    let said = desk.done(&["round", "open", "r1"]);
    let (_, print) = said.split_once("\nopened round r1: 2026-11-01 00:00 to 2099-11-30 24:00; sealed to fingerprint ").unwrap();
    assert_eq!(desk.done(&["round", "extend", "r1", "--closes", "2099-12-15"]), "round r1 runs until 2099-12-15 24:00\n");
    assert_eq!(
        desk.done(&["round", "status", "r1"]),
        format!(
            "round r1 is open: 2026-11-01 00:00 to 2099-12-15 24:00\n\
             sealed to fingerprint {}; the key is on the machine of the server, so that whoever takes that can read the answers; \
             last tested: never\n\
             questionnaire  unit          sheets           name\n\
             small          so-noi-vu     under the floor  Sở Nội vụ\n\
             small          so-tai-chinh  under the floor  Sở Tài chính\n",
            print.trim_end()
        )
    );
    assert!(desk.done(&["round", "close", "r1"]).starts_with("closed round r1\n"));
    let rounds: serde_json::Value = serde_json::from_str(&desk.done(&["round", "list", "--format", "json"])).unwrap();
    assert_eq!((&rounds[0]["state"], &rounds[0]["closes_at"]), (&"closed".into(), &"2099-12-15T17:00:00Z".into()));
}

#[test]
fn a_step_out_of_order_is_refused_with_the_state() {
    let desk = Desk::with_draft();
    assert_eq!(desk.refused(&["round", "close", "r1"]), "round `r1` is draft; it becomes closing only from open");
    desk.done(&["round", "open", "r1"]);
    assert_eq!(desk.refused(&["round", "open", "r1"]), "round `r1` is open; only a draft can be opened");
    desk.done(&["round", "close", "r1"]);
    assert_eq!(
        desk.refused(&["round", "close", "r1"]),
        "round `r1` is closed already; where a copy of its key is left, destroy it, and then say so: `par-survey seal burnt r1 --as NAME`"
    );
    // A command that was cut off in the midst of destroying it.
    desk.file("r1.key", "0".repeat(806));
    assert!(desk.done(&["round", "close", "r1"]).contains("r1.key is removed\n"));
    assert!(!desk.path("r1.key").exists());
    for other in ["", "0", "another file"] {
        desk.file("r1.key", other);
        assert!(desk.refused(&["round", "close", "r1"]).starts_with("round `r1` is closed already"));
        assert!(desk.path("r1.key").exists());
    }
    let reason = desk.refused(&["round", "extend", "r1", "--closes", "2099-12-30"]);
    assert_eq!(reason, "round `r1` is closed; only a round that is draft or open can be extended");
    assert_eq!(desk.refused(&["round", "open", "x"]), "there is no round `x`; `par-survey round list` shows those there are");
}

#[test]
fn an_end_only_moves_to_later() {
    let desk = Desk::with_draft();
    let reason = desk.refused(&["round", "extend", "r1", "--closes", "2099-11-30"]);
    assert_eq!(reason, "round `r1` already runs until 2099-11-30 24:00; name a later end");
    assert!(desk.refused(&["round", "extend", "r1", "--closes", "soon"]).starts_with("--closes: `soon` is no date"));
}

#[test]
fn a_round_by_options_is_the_same_as_by_file() {
    let desk = Desk::with_draft();
    let named = "--id r2 --name-vi Đợt --name-en Round --year 2026 --questionnaire small --unit so-noi-vu --block communes";
    let window = "--opens 2026-11-01T00:00:00+07:00 --closes 2099-11-30";
    let args: Vec<&str> = ["round", "create"].into_iter().chain(named.split(' ')).chain(window.split(' ')).collect();
    desk.done(&args);
    let status: serde_json::Value = serde_json::from_str(&desk.done(&["round", "status", "r2", "--format", "json"])).unwrap();
    assert_eq!(status["opens_at"], "2026-10-31T17:00:00Z");
    let units: Vec<&str> = status["units"].as_array().unwrap().iter().map(|unit| unit["unit"].as_str().unwrap()).collect();
    // The ward that was merged is no part of its block any more.
    assert_eq!(units, ["so-noi-vu", "phuong-2"]);
}

#[rstest]
#[case::reserved("id = \"r1\"", "id = \"api\"", "line 2, column 6: `api` is a word of the service's own addresses")]
#[case::bad_id("id = \"r1\"", "id = \"Đợt 1\"", "line 2, column 6: this is no id of a round")]
#[case::no_name("en = \"Round 1\"", "en = \"\"", "line 3, column 29: write a name of 1 to 200 characters")]
#[case::year("year = 2026", "year = 26", "line 4, column 8: write the year that the round rates, 2000 to 2100")]
#[case::date("opens = 2026-11-01", "opens = \"1/11\"", "line 5, column 9: `1/11` is no date")]
#[case::local_time("opens = 2026-11-01", "opens = 2026-11-01T08:00:00", "line 5, column 9: `2026-11-01T08:00:00` is no date")]
#[case::backwards("closes = 2099-11-30", "closes = 2026-10-01", "line 6, column 10: the round would close before it opens")]
#[case::unknown_key("year = 2026", "yeer = 2026", "line 4, column 1: unknown field `yeer`")]
#[case::no_toml("year = 2026", "year = ", "line 4, column 8: ")]
#[case::block(
    "\"departments\"",
    "\"departmens\"",
    "line 10, column 11: block `departmens` has no unit in the time of the round; the register has communes, departments"
)]
#[case::unit("blocks = [\"departments\"]", "units = [\"so-x\"]", "line 10, column 10: there is no unit `so-x`")]
#[case::merged(
    "blocks = [\"departments\"]",
    "units = [\"phuong-1\"]",
    "line 10, column 10: unit `phuong-1` ended on 2025-06-30, but the round runs 2026-11-01 to 2099-11-30; its work is now with `phuong-2`, ask about that"
)]
#[case::no_units("blocks = [\"departments\"]", "", "line 9, column 6: say which units `small` asks about: units, blocks or both")]
#[case::no_questionnaire(
    "[[questionnaire]]\nid = \"small\"\nblocks = [\"departments\"]",
    "",
    "a round asks at least one questionnaire or scores by a scheme"
)]
fn a_fault_of_a_round_file_is_named_by_line_and_column(#[case] from: &str, #[case] to: &str, #[case] fault: &str) {
    let desk = Desk::new();
    desk.file("units.csv", UNITS);
    desk.done(&["units", "import", "units.csv"]);
    assert!(ROUND.contains(from));
    desk.file("r.toml", ROUND.replace(from, to));
    let reason = desk.refused(&["round", "create", "r.toml"]);
    assert!(reason.starts_with("r.toml: 1 fault; nothing was changed\n  ") && reason.contains(fault), "{reason}");
    assert_eq!(desk.number("SELECT count(*) FROM round"), 0);
}

#[test]
fn an_id_that_is_taken_is_refused() {
    let desk = Desk::with_draft();
    assert_eq!(desk.refused(&["round", "create", "r1.toml"]), "there is a round `r1` already; choose another id");
}

#[test]
fn a_round_is_not_opened_after_its_end() {
    let desk = Desk::with_draft();
    desk.file("r2.toml", ROUND.replace("r1", "r2").replace("2026-11-01", "2020-01-01").replace("2099-11-30", "2020-01-31"));
    desk.done(&["round", "create", "r2.toml"]);
    let reason = desk.refused(&["round", "open", "r2"]);
    assert_eq!(reason, "the window of round `r2` is over since 2020-01-31 24:00; `par-survey round extend r2 --closes DATE` moves its end");
}

#[test]
fn a_round_is_not_opened_without_its_definition_or_with_a_fault_in_the_folder() {
    let desk = Desk::with_draft();
    desk.file("r2.toml", ROUND.replace("r1", "r2").replace("small", "other"));
    desk.done(&["round", "create", "r2.toml"]);
    let reason = desk.refused(&["round", "open", "r2"]);
    assert_eq!(reason, "there is no questionnaire `other` among the definitions; --definitions names their folder");
    std::fs::create_dir(desk.path("bad")).unwrap();
    desk.file("bad/other.toml", "id = \"other\"\n");
    assert!(desk.refused(&["round", "open", "r2", "--definitions", "bad"]).contains("bad/other.toml:1"));
}

#[test]
fn all_that_a_draft_lacks_is_said_at_once() {
    let desk = Desk::with_draft();
    desk.file(
        "r2.toml",
        ROUND.replace("r1", "r2").replace("small", "other").replace("2026-11-01", "2020-01-01").replace("2099-11-30", "2020-01-31"),
    );
    desk.done(&["round", "create", "r2.toml"]);
    let reason = desk.refused(&["round", "open", "r2"]);
    let lines: Vec<&str> = reason.lines().collect();
    assert_eq!(lines.len(), 2, "{reason}");
    assert!(
        lines[0].starts_with("the window of round `r2` is over") && lines[1].starts_with("there is no questionnaire `other`"),
        "{reason}"
    );
}

/// Days are those of the round, whatever the machine calls local time.
#[test]
fn a_round_is_extended_in_its_own_time() {
    let desk = Desk::with_draft();
    desk.file("r2.toml", ROUND.replace("r1", "r2"));
    desk.done(&["round", "create", "r2.toml", "--utc-offset", "+00:00"]);
    assert_eq!(desk.done(&["round", "extend", "r2", "--closes", "2099-12-31"]), "round r2 runs until 2099-12-31 24:00\n");
    let day = 24 * 60 * 60;
    assert_eq!(desk.number("SELECT closes_at FROM round WHERE code = 'r2'") % day, 0);
    let status = desk.done(&["round", "status", "r2"]);
    assert!(status.starts_with("round r2 is draft: 2026-11-01 00:00 to 2099-12-31 24:00\n"), "{status}");
}

#[test]
fn a_unit_that_was_merged_after_the_draft_keeps_the_round_from_opening() {
    let desk = Desk::with_draft();
    desk.file(
        "v.csv",
        "code,name_vi,name_en,block,parent,valid_from,valid_to,merged_into\nso-noi-vu,a,b,departments,,,2026-06-30,so-tai-chinh\n",
    );
    desk.done(&["units", "import", "v.csv"]);
    let reason = desk.refused(&["round", "open", "r1"]);
    assert!(reason.contains("without so-noi-vu (… – 2026-06-30) → so-tai-chinh"), "{reason}");
}

#[test]
fn closing_waits_for_a_server_that_does_not_report_and_goes_on_without_it_when_told() {
    let desk = Desk::with_open_round();
    let db = rusqlite::Connection::open(desk.path("par-survey.db")).unwrap();
    db.execute_batch(
        "INSERT INTO instance (id, name, beats, waiting) VALUES ('2', 'server-2', 9, 10), ('3', 'server-3', 9, 0); \
         INSERT INTO instance (id, name) VALUES ('4', 'server-4')",
    )
    .unwrap();
    let said = desk.run(&["round", "close", "r1", "--wait", "0"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("`par-survey round close r1 --without server-2 --without server-3 --without server-4`"), "{}", said.err);
    assert!(said.err.contains("empty: server-2, server-3, server-4; sheets may wait with server-2, server-4"), "{}", said.err);
    assert!(desk.done(&["round", "list"]).contains("closing"));
    let reason = desk.refused(&["round", "close", "r1", "--without", "sever-2"]);
    assert_eq!(reason, "there is no server called `sever-2`; registered are server-2, server-3, server-4");
    let without = ["round", "close", "r1", "--wait", "0", "--without", "server-2,server-3,server-4"];
    let reason = desk.refused(&without);
    assert!(reason.contains("  the letterbox of server-2 (sheets may wait with it)\n"), "{reason}");
    assert!(
        reason.contains("the letterbox of server-4 (sheets may wait with it)") && !reason.contains("letterbox of server-3"),
        "{reason}"
    );
    let command = "`par-survey round close r1 --give-up 2` goes on, with the same --without";
    assert!(reason.ends_with(command) && desk.done(&["round", "list"]).contains("closing"), "{reason}");
    let said = desk.done(&[&without[..], &["--give-up", "2"]].concat());
    assert_eq!(
        said.lines().next().unwrap(),
        "closed round r1, without server-2 (sheets may wait with it), without server-3 (when it was last heard, no round was open), \
         without server-4 (sheets may wait with it)"
    );
    assert!(desk.done(&["round", "status", "r1"]).contains("closed without server-2, server-4, server-3"));
    let public: String = db.query_row("SELECT excused FROM round", [], |row| row.get(0)).unwrap();
    assert_eq!(public, "server-2\nserver-4\n", "with server-3 nothing was lost, as far as anybody knows");
}

/// A letterbox in which three sheets wait, too few to be mixed while the round is open.
async fn letterbox_with_sheets(desk: &Desk) -> Instance {
    let store = Store::create(&format!("sqlite://{}", desk.path("par-survey.db").display())).await.unwrap();
    let letterbox = Letterbox::open(&desk.path("letterbox.db")).unwrap();
    let instance = Instance::start(store, letterbox, "server-1").await.unwrap();
    for _ in 0..3 {
        let cell = MixingCell { questionnaire: 1, unit: 1, group: String::new() };
        let sheet = AcceptedSheet { key: SheetKey::random(), cell, mode: Mode::Link, answers: vec![3, 1, 0, 3], remarks: Vec::new() };
        instance.deposit(vec![sheet]).await.unwrap();
    }
    instance
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_empties_the_letterbox_of_a_server_that_was_stopped() {
    let desk = Desk::with_open_round();
    let instance = letterbox_with_sheets(&desk).await;
    instance.stop().await.unwrap();
    drop(instance);
    let said = desk.run(&["round", "close", "r1"]);
    assert!(said.code == 0 && said.out.starts_with("closed round r1\n"), "{}", said.err);
    assert_eq!(desk.number("SELECT count(*) FROM response"), 3);
    assert_eq!(desk.number("SELECT count(*) FROM instance"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_works_while_a_server_runs() {
    let desk = Desk::with_open_round();
    let instance = letterbox_with_sheets(&desk).await;
    let said = desk.run(&["round", "close", "r1"]);
    assert!(said.code == 0 && said.out.starts_with("closed round r1\n"), "{}", said.err);
    assert!(matches!(said.err.as_str(), "" | "waiting for these letterboxes to be emptied: server-1\n"), "{}", said.err);
    assert_eq!(desk.number("SELECT count(*) FROM response"), 3);
    instance.stop().await.unwrap();
}
