use super::desk::{Desk, Said};

/// The page of a command, without what differs from machine to machine.
fn page(desk: &Desk, command: &[String]) -> String {
    let mut asked = desk.command(&[]);
    asked.args(command).arg("--help");
    let said = Said::by(asked.env_remove("PAR_SURVEY_SEAL_KEY").env_remove("PAR_SURVEY_SEAL_KEY_HERE"));
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{command:?}");
    // The definitions folder of the tests stands in the environment, which the manual shows.
    let page = said.out.replace(env!("CARGO_MANIFEST_DIR"), "");
    page.replace("PAR_SURVEY_DEFINITIONS=/tests/data/cli/definitions", "PAR_SURVEY_DEFINITIONS=")
}

/// The commands that a page lists, in their order.
fn listed(page: &str) -> Vec<String> {
    let section = page.split("\nCommands:\n").nth(1).unwrap_or_default();
    let lines = section.lines().take_while(|line| !line.is_empty());
    let names = lines.filter(|line| line.starts_with("  ") && !line.starts_with("   ")).filter_map(|line| line.split_whitespace().next());
    names.filter(|name| *name != "help").map(str::to_owned).collect()
}

/// The page of a command, and those of all commands below it.
fn pages(desk: &Desk, command: &[String]) -> Vec<String> {
    let own = page(desk, command);
    let below = listed(&own).into_iter().flat_map(|name| pages(desk, &[command, &[name]].concat()));
    let title = [&["$ par-survey".to_owned()], command, &["--help".to_owned()]].concat().join(" ");
    std::iter::once(format!("{title}\n{own}\n")).chain(below).collect()
}

/// Every command has its page here, whoever adds one.
#[test]
fn the_manual_is_what_it_was() {
    let manual = pages(&Desk::new(), &[]);
    assert!(manual.len() > 40, "{} pages", manual.len());
    insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "snapshots" }, {
        insta::assert_snapshot!("manual", manual.concat());
    });
}

#[test]
fn an_unknown_option_is_a_matter_of_usage() {
    assert_eq!(Desk::new().run(&["units", "list", "--sort", "name"]).code, 2);
    assert_eq!(Desk::new().run(&[]).code, 2);
}

#[test]
fn a_proxy_without_its_address_is_a_matter_of_usage_that_says_how_it_is_written() {
    for wrong in ["x-forwarded-for", "x-forwarded-for@proxy", "x-forwarded-for@127.0.0.1,x-real-ip"] {
        let said = Desk::new().run(&["serve", "--trusted-proxy", wrong]);
        assert_eq!(said.code, 2);
        assert!(said.err.contains("write HEADER@ADDRESS") && said.err.contains("such as x-forwarded-for@127.0.0.1"), "{}", said.err);
    }
}

#[test]
fn an_address_of_no_database_is_refused_with_what_one_looks_like() {
    let reason = Desk::new().refused(&["units", "list", "--database", "mysql://x"]);
    assert_eq!(reason, "the address of the database is not understood; write sqlite://FILE or postgres://USER@HOST/NAME");
}

#[test]
fn the_schema_goes_up_and_down_and_says_where_it_is() {
    let desk = Desk::new();
    assert_eq!(desk.done(&["migrate", "up"]), "took 10 steps\n");
    assert_eq!(desk.done(&["migrate", "up"]), "the schema was up to date\n");
    let steps: serde_json::Value = serde_json::from_str(&desk.done(&["migrate", "status", "--format", "json"])).unwrap();
    assert_eq!(steps[0]["taken"], true);
    assert!(desk.refused(&["migrate", "down"]).contains("say --yes"));
    let down = || desk.done(&["migrate", "down", "--yes", "--as", "Lan"]);
    // Three came after the one that brought the list.
    for _ in 0..3 {
        assert_eq!(down(), "took the newest step back\n");
    }
    assert_eq!(desk.done(&["migrate", "status"]).matches("pending").count(), 3);
    assert_eq!(down(), "took the newest step back; what people did is lost with it, and that it was taken back stands nowhere\n");
}

#[test]
fn check_says_whether_there_are_faults() {
    let desk = Desk::new();
    assert_eq!(desk.done(&["check"]), "1 file, no faults\n");
    desk.file("bad.toml", "id = \"x\"\n");
    let said = desk.run(&["check", "bad.toml"]);
    assert_eq!((said.code, said.err.as_str()), (1, ""));
    assert!(said.out.contains("bad.toml:1"), "{}", said.out);
}
