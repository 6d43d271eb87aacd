//! From surveys and score sheets to a published ranking, by the commands alone, on both databases.

mod at_once;
mod clerk;
mod refused;

use calamine::{Data, Reader, Xlsx, open_workbook};
use rstest::rstest;
use serde_json::Value;

use super::private::mode;
use crate::harness::app::TestApp;
use crate::harness::database::Backend;
use clerk::{AS, Clerk, SCHEME};

#[rstest]
#[case(Backend::Sqlite)]
#[case(Backend::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn scores_and_surveys_become_a_published_ranking(#[case] backend: Backend) {
    let clerk = Clerk::with_round(backend, "").await;
    clerk.survey();
    assert_eq!(clerk.signed(&["scores", "import", "2026", "scores.csv"]), "entered 22 cells in round 2026\n");
    clerk.signed(&["scores", "unit", "2026", "thanh-tra", "--status", "exempt"]);
    clerk.done(&["round", "close", "2026"]);
    assert_eq!(clerk.column("rank", &["--draft"]), [1.into(), 3.into(), 2.into(), Value::Null]);
    let published = clerk.signed(&["round", "publish", "2026"]);
    assert_eq!(clerk.column("index", &[]), ["95.50".into(), "60.00".into(), "80.00".into(), Value::Null]);
    assert_eq!(clerk.column("base_index", &[])[..3], ["94.00", "61.00", "80.00"]);
    assert_eq!(clerk.column("band", &[])[..3], ["good", "weak", "good"]);
    assert_eq!(clerk.column("status", &[]), ["normal", "normal", "normal", "exempt"]);
    assert_eq!(clerk.column("previous_rank", &[])[..3], [2, 1, 3]);
    assert_eq!(clerk.column("rank_change", &[])[..3], [1, -2, 1]);
    assert_eq!(clerk.column("rescaled", &[])[..3], ["no", "no", "yes"]);
    assert_eq!(clerk.column("survey_gap", &[]), [Value::Null, Value::Null, "rescaled-without".into(), Value::Null]);
    let satisfaction = clerk.rows("criterion", "2-1", &[]);
    assert_eq!((&satisfaction[0]["points"], &satisfaction[0]["survey_sheets"]), (&"10.00".into(), &"10-49".into()));
    assert_eq!((&satisfaction[1]["points"], &satisfaction[2]["state"]), (&"0.00".into(), &"no-survey".into()));
    let reports = clerk.rows("field", "reports", &[]);
    assert_eq!((&reports[0]["index"], &reports[0]["rank"]), (&"90.00".into(), &1.into()));
    assert!(clerk.column("snapshot", &[]).iter().all(|hash| published.contains(hash.as_str().unwrap())));
    assert!(clerk.refused(&["round", "publish", "2026", AS[0], AS[1]]).contains("is published"));
}

// so-tu-phap has no survey: 80.00, between the two others.
#[rstest]
#[case("rank", [1, 3, 2].map(Value::from), ["block", "block", "block"].map(Value::from), "80.00".into())]
#[case("rank-apart", [1, 2, 1].map(Value::from), ["block", "block", "apart"].map(Value::from), "80.00".into())]
#[case("no-rank", [1.into(), 2.into(), Value::Null], ["block".into(), "block".into(), Value::Null], Value::Null)]
#[tokio::test(flavor = "multi_thread")]
async fn a_unit_without_a_survey_is_published_where_its_scheme_ranks_it(
    #[case] rule: &str,
    #[case] ranks: [Value; 3],
    #[case] lists: [Value; 3],
    #[case] index: Value,
) {
    let scheme = SCHEME.replace("no_survey =", &format!("survey_gap = \"{rule}\"\nno_survey ="));
    let mut clerk = Clerk::with_scheme(Backend::Sqlite, "", &scheme).await;
    clerk.survey();
    // Nobody has scored the plan of the unit without a survey.
    clerk.desk.file("scores.csv", clerk::SCORES.replace("so-tu-phap,1-1,32,32,\n", ""));
    clerk.signed(&["scores", "import", "2026", "scores.csv"]);
    clerk.signed(&["scores", "unit", "2026", "thanh-tra", "--status", "exempt"]);
    clerk.done(&["round", "close", "2026"]);
    let refused = clerk.refused(&["round", "publish", "2026", AS[0], AS[1]]);
    assert!(refused.contains("so-tu-phap 1-1"), "whatever list it is in: {refused}");
    clerk.desk.file("rest.csv", "unit,criterion,appraised\nso-tu-phap,1-1,32\n");
    clerk.signed(&["scores", "import", "2026", "rest.csv"]);
    clerk.signed(&["round", "publish", "2026"]);
    assert_eq!(clerk.column("rank", &[])[..3], ranks);
    assert_eq!(clerk.column("ranked_in", &[])[..3], lists);
    assert_eq!(clerk.column("index", &[])[2], index);
    assert_eq!(clerk.column("survey_gap", &[])[..3], [Value::Null, Value::Null, "rescaled-without".into()]);
    assert_eq!(clerk.rows("criterion", "1-1", &[])[2]["points"], "32.00", "what was scored is told all the same");
    let store = clerk.store().await;
    let app = TestApp::over(clerk.database.take().unwrap(), store).await;
    let report = app.get("/results/2026?block=departments&lang=en").await.text().await.unwrap();
    assert_eq!(report.contains("Ranked apart: 1 unit whose"), rule == "rank-apart");
    assert_eq!(report.contains("Not ranked: rescaled, no survey points"), rule == "no-rank");
    let page = app.get("/results/2026/so-tu-phap?lang=en").await.text().await.unwrap();
    let sheet = page.split("<table class=\"sheet\">").nth(1).unwrap().split("</table>").next().unwrap();
    assert!(sheet.contains("Plan") && sheet.contains("32.00"), "its score sheet has rows: {sheet}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workbook_holds_the_figures_of_the_snapshot_and_no_formula() {
    let clerk = Clerk::with_round(Backend::Sqlite, "").await;
    clerk.survey();
    clerk.signed(&["scores", "import", "2026", "scores.csv"]);
    clerk.done(&["round", "close", "2026"]);
    clerk.signed(&["round", "publish", "2026", "--missing-as-zero"]);
    clerk.done(&["export", "2026", "scores", "--format", "xlsx", "--output", "scores.xlsx"]);
    let mut book: Xlsx<_> = open_workbook(clerk.desk.path("scores.xlsx")).unwrap();
    let names = book.sheet_names();
    let mut numbers = Vec::new();
    for name in &names {
        let (cells, formulas) = (book.worksheet_range(name).unwrap(), book.worksheet_formula(name).unwrap());
        assert!(formulas.cells().all(|(_, _, formula)| formula.is_empty()), "{name}");
        numbers.extend(cells.cells().filter_map(|(_, _, cell)| if let Data::Float(number) = cell { Some(*number) } else { None }));
    }
    assert!(numbers.contains(&95.5) && numbers.contains(&80.0), "{names:?}");
    // The department that nobody scored counts 0 and is last.
    assert_eq!(clerk.column("rank", &[]), [1, 3, 2, 4]);
    assert_eq!(clerk.column("missing", &[]), [0, 0, 0, 3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_exported_and_imported_and_exported_again_is_the_same_bytes() {
    let clerk = Clerk::with_round(Backend::Sqlite, "").await;
    clerk.signed(&["scores", "import", "2026", "scores.csv"]);
    clerk.desk.file("na.csv", "unit,criterion,appraised,evidence,explanation,council\nthanh-tra,1-1,NA,https://example.vn/a,,\nthanh-tra,1-2,,,\"hai dòng\nvà \"\"ngoặc\"\"\",0\nso-noi-vu,2-2,,,,15\n");
    clerk.signed(&["scores", "import", "2026", "na.csv"]);
    clerk.done(&["scores", "export", "2026", "one.csv"]);
    let one = std::fs::read_to_string(clerk.desk.path("one.csv")).unwrap();
    assert!(one.contains("\r\nthanh-tra,1-1,,https://example.vn/a,NOT_APPLICABLE,,,,\r\n"), "{one}");
    let other = Clerk::with_round(Backend::Sqlite, "").await;
    other.desk.file("one.csv", std::fs::read(clerk.desk.path("one.csv")).unwrap());
    other.signed(&["scores", "import", "2026", "one.csv"]);
    other.done(&["scores", "export", "2026", "two.csv"]);
    assert_eq!(std::fs::read(clerk.desk.path("one.csv")).unwrap(), std::fs::read(other.desk.path("two.csv")).unwrap());
    assert_eq!(other.signed(&["scores", "import", "2026", "two.csv"]), "entered 0 cells in round 2026\n");
}

#[rstest]
#[case("so-noi-vu,1-1,,40.01,", "row 2, column appraised: 40.01 points are more than the maximum of 40.00")]
#[case("so-noi-vu,1-1,-1,,", "row 2, column self: `-1` is no number")]
#[case("so-noi-vu,2-2,,20,", "row 2, column appraised: 20 points cannot be given here; possible: 0.00, 15.00, 30.00")]
#[case("so-noi-vu,2-1,,9,", "row 2, column appraised: the points of `2-1` come from the survey by themselves")]
#[case("so-noi-vu,2-1,NA,,", "row 2, column self: the points of `2-1` come from the survey by themselves")]
#[case("so-noi-vu,1,,9,", "row 2, column criterion: there is no criterion `1`")]
#[case("so-noi-vu,reports,,9,", "row 2, column criterion: `reports` is a field; points are entered for what is below it")]
#[case("phuong-cho-moi,1-1,,9,", "row 2, column unit: unit `phuong-cho-moi` is not scored in this round")]
#[case("so-noi-vu,1-1,,1,\nso-noi-vu,1-1,,2,", "row 3, column criterion: `so-noi-vu` has a row for `1-1` already")]
#[case("so-noi-vu,1-1,,1", "row 2: 4 cells under 5 columns")]
#[case("so-noi-vu,1-1,NOT_APPLICABLE,1,", "row 2: NOT_APPLICABLE says that the criterion does not apply")]
#[case("so-noi-vu,2-1,,,lời", "row 2, column note: the points of `2-1` come from the survey by themselves")]
#[case("so-noi-vu,1-2,,\"1,250\",", "row 2, column appraised: `1,250` may have a thousands mark; write 1250 or 1.2500")]
#[tokio::test(flavor = "multi_thread")]
async fn a_fault_of_a_score_file_is_named_by_row_and_column(#[case] row: &str, #[case] fault: &str) {
    let clerk = Clerk::with_round(Backend::Sqlite, "").await;
    clerk.desk.file("bad.csv", format!("unit,criterion,self,appraised,note\n{row}\nso-y-te,1-1,1,1,\n"));
    let refused = clerk.refused(&["scores", "import", "2026", "bad.csv", AS[0], AS[1]]);
    assert!(refused.contains(fault), "{refused}");
    assert!(clerk.done(&["scores", "status", "2026"]).contains("so-y-te     small   3         0            0"), "nothing was entered");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_criterion_that_does_not_apply_takes_no_points_until_it_applies_again() {
    let clerk = Clerk::with_round(Backend::Sqlite, "").await;
    let import = |rows: &str| {
        clerk.desk.file("s.csv", format!("unit,criterion,appraised\n{rows}\n"));
        clerk.desk.run(&clerk.on(&["scores", "import", "2026", "s.csv", AS[0], AS[1]]))
    };
    assert_eq!(import("so-y-te,1-1,na").code, 0);
    assert!(import("so-y-te,1-1,5").err.contains("does not apply to this unit; write - first"));
    assert_eq!(import("so-y-te,1-1,-").code, 0);
    assert_eq!(import("so-y-te,1-1,5").code, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_a_spreadsheet_writes_otherwise_is_no_change_and_a_formula_stays_a_text() {
    let clerk = Clerk::with_round(Backend::Sqlite, "").await;
    let import = |rows: &str| {
        clerk.desk.file("s.csv", format!("unit,criterion,appraised,note\n{rows}\n"));
        clerk.signed(&["scores", "import", "2026", "s.csv"])
    };
    assert_eq!(import("so-y-te,1-1,1.50,\"'=HYPERLINK(\"\"x\"\")\""), "entered 2 cells in round 2026\n");
    assert_eq!(import("so-y-te,1-1,\"1,5\",\"=HYPERLINK(\"\"x\"\")\""), "entered 0 cells in round 2026\n");
    let sheets = clerk.done(&["scores", "export", "2026", "-"]);
    assert!(sheets.contains("so-y-te,1-1,,,1.5,\"'=HYPERLINK(\"\"x\"\")\",,,"), "{sheets}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_imported_ranking_is_corrected_by_importing_it_anew() {
    let clerk = Clerk::with_round(Backend::Sqlite, "").await;
    let refused = clerk.refused(&["round", "publish", "2025", "--correct", "sai", AS[0], AS[1]]);
    assert!(refused.contains("imports a ranking anew"), "{refused}");
    clerk.desk.file("past.csv", "block,unit,rank\ndepartments,so-noi-vu,1\ndepartments,so-y-te,2\n");
    let past = ["scores", "past", "past.csv", "--id", "2025", "--year", "2025", "--name-vi", "Năm 2025", "--name-en", "Year 2025"];
    assert!(clerk.refused(&[&past[..], &AS].concat()).contains("there is a round `2025` already"));
    clerk.signed(&[&past[..], &["--correct", "hai đơn vị đổi hạng"]].concat());
    clerk.signed(&["scores", "import", "2026", "scores.csv"]);
    clerk.done(&["round", "close", "2026"]);
    clerk.signed(&["round", "publish", "2026", "--missing-as-zero"]);
    assert_eq!(clerk.column("previous_rank", &[])[..3], [1.into(), 2.into(), Value::Null]);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_schemes_cannot_score_one_block() {
    let clerk = Clerk::with_round(Backend::Sqlite, "").await;
    clerk.desk.file("definitions/other.scheme.toml", SCHEME.replace("id = \"small\"", "id = \"other\""));
    clerk.done(&[
        "round",
        "create",
        "--id",
        "2027",
        "--name-vi",
        "A",
        "--name-en",
        "B",
        "--year",
        "2027",
        "--opens",
        "2026-11-01",
        "--closes",
        "2099-01-01",
        "--scheme",
        "small,other",
    ]);
    let refused = clerk.refused(&["round", "open", "2027", "--definitions", "definitions"]);
    assert!(refused.contains("the schemes `small` and `other` both score the block `departments` in 2027"), "{refused}");
}

const STEPS: &str = r#"
[[step]]
step = "self-scoring"
opens = 2026-11-01
closes = 2099-01-01
[[step]]
step = "appraisal"
opens = 2026-11-02
closes = 2099-01-01
[[step]]
step = "council"
opens = 2026-11-03
closes = 2026-11-04
[[step]]
step = "approval"
opens = 2098-11-03
closes = 2099-11-04
"#;

#[rstest]
#[case(Backend::Sqlite)]
#[case(Backend::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn each_step_opens_its_entries_and_closes_the_others(#[case] backend: Backend) {
    let clerk = Clerk::with_round(backend, STEPS).await;
    let import = |file: &str| [&["scores", "import", "2026", file], &AS[..]].concat().join("\n");
    let refused = |file: &str| clerk.refused(&import(file).split('\n').collect::<Vec<_>>());
    let step = |step: &str| clerk.signed(&["scores", "step", "2026", step]);
    assert!(refused("scores.csv").contains("the round is in the step self-scoring; `appraised` is entered in appraisal"));
    clerk.desk.file("self.csv", "unit,criterion,self\nso-noi-vu,1-1,40\n");
    clerk.signed(&["scores", "import", "2026", "self.csv"]);
    assert!(clerk.refused(&["scores", "step", "2026", "council", AS[0], AS[1]]).contains("it can go on to survey, not to council"));
    step("survey");
    clerk.desk.file("self.csv", "unit,criterion,self\nso-noi-vu,1-1,39\n");
    assert!(refused("self.csv").contains("the round is in the step survey; `self` is entered in self-scoring"));
    step("appraisal");
    clerk.desk.file("appraised.csv", "unit,criterion,appraised\nso-noi-vu,1-1,30\n");
    clerk.signed(&["scores", "import", "2026", "appraised.csv"]);
    clerk.desk.file("appraised.csv", "unit,criterion,appraised\nso-noi-vu,1-1,31\n");
    clerk.signed(&["scores", "import", "2026", "appraised.csv", "--why", "tính sai"]);
    step("explanation");
    step("council");
    clerk.desk.file("council.csv", "unit,criterion,council\nso-noi-vu,1-1,32\n");
    assert!(refused("council.csv").contains("the step council of round `2026` ended on 2026-11-04"));
    clerk.signed(&["scores", "step", "2026", "council", "--closes", "2099-01-01"]);
    clerk.signed(&["scores", "import", "2026", "council.csv"]);
    clerk.survey();
    clerk.done(&["round", "close", "2026"]);
    assert!(
        clerk
            .refused(&["round", "publish", "2026", "--missing-as-zero", AS[0], AS[1]])
            .contains("is in the step council; it is published from approval")
    );
    step("approval");
    let nameless = clerk.desk.run(&clerk.on(&["round", "publish", "2026"]));
    assert!(nameless.code == 2 && nameless.err.contains("--as <NAME>"), "{}", nameless.err);
    let lacking = clerk.refused(&["round", "publish", "2026", AS[0], AS[1]]);
    assert!(lacking.contains("cells of score sheets have no appraised score, such as so-noi-vu 1-2"), "{lacking}");
    clerk.signed(&["round", "publish", "2026", "--missing-as-zero"]);
    let plan = clerk.rows("criterion", "1-1", &[]);
    assert_eq!(
        (&plan[0]["self"], &plan[0]["appraised"], &plan[0]["council"], &plan[0]["points"]),
        (&"40".into(), &"31".into(), &"32".into(), &"32.00".into())
    );
    let history: Vec<Value> = serde_json::from_str(&clerk.done(&["scores", "history", "2026", "--format", "json"])).unwrap();
    let told: Vec<[&str; 4]> = history.iter().map(|entry| ["part", "from", "to", "why"].map(|key| entry[key].as_str().unwrap())).collect();
    assert_eq!(
        told,
        [["self", "", "40", ""], ["appraised", "", "30", ""], ["appraised", "30", "31", "tính sai"], ["council", "", "32", ""]]
    );
    assert!(history.iter().all(|entry| entry["who"] == AS[1]));
}

#[rstest]
#[case(Backend::Sqlite)]
#[case(Backend::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_correction_is_a_new_snapshot_that_names_the_old_one(#[case] backend: Backend) {
    let mut clerk = Clerk::with_round(backend, "").await;
    clerk.signed(&["scores", "import", "2026", "scores.csv"]);
    clerk.done(&["round", "close", "2026"]);
    clerk.signed(&["round", "publish", "2026", "--missing-as-zero"]);
    let store = clerk.store().await;
    let app = TestApp::over(clerk.database.take().unwrap(), store.clone()).await;
    assert!(!app.get("/results/2026").await.text().await.unwrap().contains("Bỏ sót báo cáo"));
    let round = store.round("2026").await.unwrap();
    let before = store.snapshot(round.id).await.unwrap().unwrap();
    clerk.desk.file("late.csv", "unit,criterion,council\nso-y-te,1-1,40\n");
    assert!(
        clerk.refused(&["scores", "import", "2026", "late.csv", AS[0], AS[1]]).contains("changed only as a correction; say --correction")
    );
    clerk.signed(&["scores", "import", "2026", "late.csv", "--correction"]);
    assert_eq!(store.snapshot(round.id).await.unwrap().unwrap(), before, "nothing is public before it is published");
    clerk.signed(&["round", "publish", "2026", "--missing-as-zero", "--correct", "Bỏ sót báo cáo"]);
    let after = store.snapshot(round.id).await.unwrap().unwrap();
    let read: Value = serde_json::from_str(&after.body).unwrap();
    assert_eq!((&read["corrects"]["sha256"], &read["corrects"]["why"]), (&before.sha256.clone().into(), &"Bỏ sót báo cáo".into()));
    assert_eq!(store.snapshot_of(&before.sha256).await.unwrap().unwrap(), before, "the old one stays as it was");
    app.wait_for("/results/2026", "Bỏ sót báo cáo").await;
    assert_eq!(app.get("/api/v1/rounds/2026").await.text().await.unwrap(), after.body);
    assert_eq!(app.get(&format!("/api/v1/snapshots/{}", before.sha256)).await.text().await.unwrap(), before.body);
    assert_eq!(app.get("/api/v1/snapshots/0").await.status(), reqwest::StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn evidence_is_kept_as_link_file_or_explanation() {
    let clerk = Clerk::with_round(Backend::Sqlite, "").await;
    clerk.desk.file("kế hoạch.pdf", "một văn bản");
    let add = |what: &[&str]| clerk.signed(&[&["scores", "evidence", "2026", "so-y-te", "1-1", "--folder", "kept"], what].concat());
    let said = add(&["--file", "kế hoạch.pdf"]);
    add(&["--link", "https://example.vn/kh-12"]);
    let hash = said.split("SHA-256 ").nth(1).unwrap()[..64].to_owned();
    assert_eq!(std::fs::read_to_string(clerk.desk.path(&format!("kept/{hash}"))).unwrap(), "một văn bản");
    assert_eq!(
        ["kept".to_owned(), format!("kept/{hash}")].map(|name| mode(&clerk.desk.path(&name))),
        [0o700, 0o600],
        "no other account reads it"
    );
    let sheets = clerk.done(&["scores", "export", "2026", "-"]);
    assert!(sheets.contains(&format!("so-y-te,1-1,,\"kế hoạch.pdf (SHA-256 {hash})\nhttps://example.vn/kh-12\",")), "{sheets}");
    let bad = ["scores", "evidence", "2026", "so-y-te", "1-1", "--link", "example.vn", AS[0], AS[1]];
    assert!(clerk.refused(&bad).contains("write all of it"));
}

#[tokio::test(flavor = "multi_thread")]
async fn targets_are_held_against_the_ranking_and_imported_figures() {
    let clerk = Clerk::with_round(Backend::Sqlite, "").await;
    clerk.desk.file(
        "targets.csv",
        "province,unit,plan,year,index,scope,target_type,target_value,source\n\
         X,,87/KH,2026,PAPI,whole,group_equal,Highest,a\nX,,87/KH,2026,PAR,whole,rank_at_most,10,a\nX,,87/KH,2026,PCI,whole,rank_at_most,3,a\n\
         X,,87/KH,2026,PAR,legal documents,rank target missing in the seed text,,a\n\
         X,so-noi-vu,87/KH,2026,PAR,whole,value_at_least,85%,a\nX,so-y-te,87/KH,2026,PAR,Báo cáo,rank_at_most,1,a\nX,so-noi-vu,87/KH,2026,SIPAS,whole,value_above,90%,a\n",
    );
    clerk.desk.file(
        "figures.csv",
        "index,scope,year,value,rank,previous_rank,group,source\nPAPI,whole,2026,43.1,12,19,highest,b\nPAR,whole,2026,86.4,12,15,,b\n",
    );
    clerk.survey();
    clerk.signed(&["scores", "import", "2026", "scores.csv"]);
    assert_eq!(clerk.signed(&["scores", "targets", "2026", "targets.csv"]), "imported 7 targets into round 2026\n");
    assert_eq!(clerk.signed(&["scores", "figures", "2026", "figures.csv"]), "imported 2 figures into round 2026\n");
    clerk.done(&["round", "close", "2026"]);
    clerk.signed(&["round", "publish", "2026", "--missing-as-zero"]);
    let store = clerk.store().await;
    let snapshot = store.snapshot(store.round("2026").await.unwrap().id).await.unwrap().unwrap();
    let read: Value = serde_json::from_str(&snapshot.body).unwrap();
    let outcomes: Vec<(&str, &Value)> =
        read["ranking"]["targets"].as_array().unwrap().iter().map(|target| (target["outcome"].as_str().unwrap(), &target["by"])).collect();
    let by = |text: &str| Value::from(text);
    assert_eq!(
        outcomes,
        [
            ("met", &Value::Null),
            ("missed", &by("-2")),
            ("no-figure", &Value::Null),
            ("not-stated", &Value::Null),
            ("met", &by("+10.50")),
            ("missed", &by("-1")),
            ("met", &by("+10.00")),
        ]
    );
    let bad = "plan,year,index,scope,target_type,target_value,source\nx,2026,PAR,whole,rank_below,3,a\nx,26,PAR,whole,rank_at_most,3,a\n";
    clerk.desk.file("bad.csv", bad);
    let refused = clerk.refused(&["scores", "targets", "2026", "bad.csv", AS[0], AS[1]]);
    assert!(refused.contains("row 2, column target_type: there is no type `rank_below`"), "{refused}");
    assert!(refused.contains("row 3, column year"), "{refused}");
}
