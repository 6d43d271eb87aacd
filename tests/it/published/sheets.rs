//! Single sheets, tables by the command line, and posters: what leaves without a page.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use jiff::civil::date;
use par_survey::export::{self, Format, Kind, Request, Wanted};
use par_survey::poster::posters;
use par_survey::publication;
use par_survey::store::sheet_files::{Hands, OUTSIDE};
use par_survey::survey::mode::Mode;

use crate::harness::fixture;

use super::{Province, RESPONDENTS, rows};

/// For somebody who works in none of the units.
fn outside() -> Hands {
    Hands { who: "Lê Văn C".into(), unit: OUTSIDE.into(), witness: None, on: date(2026, 12, 1) }
}

fn wanted<'a>(round: &'a str, questionnaire: &'a str, to: &'a Hands) -> Wanted<'a> {
    Wanted { round, questionnaire, format: Format::Csv, to, by: &fixture::BY }
}

/// No combination of all that a sheet says of its respondent has fewer than 5 sheets in its unit.
#[tokio::test]
async fn responses_are_written_without_what_narrows_down_who_answered() {
    let province = Province::start().await;
    let store = province.store().await;
    let events = store.events(None).await.unwrap();
    let actions: HashSet<&str> = events.iter().map(|event| &*event.action).collect();
    let scored = ["scores.past", "scores.targets", "scores.figures"];
    let all = ["units.import", "round.create", "round.open", "codes.issue", "round.close.begin", "round.close", "round.publish"];
    assert!(actions == all.into_iter().chain(scored).collect() && events.iter().all(|event| event.who == "Nguyễn Văn Mẫu"), "{events:?}");
    let (mut out, to) = (Vec::new(), outside());
    let kept = ["mode", "gender", "age", "ethnicity", "education", "occupation"];
    let attributes = kept.map(str::to_owned);
    let left_out = export::write_responses(&store, wanted("2025", "sipas-2026", &to), Some(&attributes), &mut out).await.unwrap();
    let table = rows(std::str::from_utf8(&out).unwrap());
    assert!(table.len() == left_out.rows && left_out.few > 0, "{left_out:?}");
    assert!(left_out.rows < usize::try_from(RESPONDENTS).unwrap(), "{left_out:?}");
    let mut combinations: HashMap<(&str, Vec<&str>), u32> = HashMap::new();
    for row in &table {
        *combinations.entry((&row["unit"], kept.iter().map(|column| &*row[*column]).collect())).or_default() += 1;
    }
    let few: Vec<_> = combinations.iter().filter(|(_, rows)| **rows < 5).collect();
    assert!(few.is_empty(), "{few:?}");
    assert!(left_out.values_suppressed < left_out.values, "{left_out}");
    assert!(table[0].keys().any(|key| key.starts_with('q')));
}

/// Nine deputies are left who rated a department: they are counted as one with another group, and so have rows with it and none of their own.
#[tokio::test]
async fn groups_that_are_counted_as_one_have_rows_as_one() {
    let province = Province::start().await;
    let of_group = "unit_id = (SELECT id FROM unit WHERE code = 'so-noi-vu') AND respondent_group = 'deputies'";
    province.change(&format!(
        "DELETE FROM response WHERE {of_group} AND id NOT IN (SELECT id FROM response WHERE {of_group} ORDER BY id LIMIT 9)"
    ));
    let (store, to, mut out) = (province.store().await, outside(), Vec::new());
    let left_out = export::write_responses(&store, wanted("2025", "par-officials-departments", &to), Some(&[]), &mut out).await.unwrap();
    let table = rows(std::str::from_utf8(&out).unwrap());
    let groups: HashSet<&str> = table.iter().filter(|row| row["unit"] == "so-noi-vu").map(|row| &*row["group"]).collect();
    assert_eq!(groups, HashSet::from(["deputies+commune-leaders", "commune-division-heads+lower-agencies"]));
    assert_eq!((left_out.few, left_out.rows), (0, table.len()), "{left_out}");
}

#[tokio::test]
async fn sheets_of_an_open_round_and_drafts_without_the_word_are_refused() {
    let province = Province::start().await;
    let store = province.store().await;
    let (mut out, to) = (Vec::new(), outside());
    let refused = export::write_responses(&store, wanted("2026", "sipas-2026", &to), Some(&[]), &mut out).await.unwrap_err();
    assert!(refused.to_string().contains("only once it is closed"), "{refused}");
    let refused = export::write_review(&store, wanted("2025", "nope", &to), &mut out).await.unwrap_err();
    assert!(refused.to_string().contains("it asks sipas-2026"), "{refused}");
    assert!(export::document(&store, "2026", true).await.is_err());
    assert!(out.is_empty());
}

#[tokio::test]
async fn a_command_line_export_is_the_same_bytes_as_the_api() {
    let province = Province::start().await;
    let store = province.store().await;
    for kind in Kind::ALL {
        let request = Request { round: "2025", questionnaire: Some("sipas-2026"), format: Format::Csv, draft: false };
        let mut out = Vec::new();
        export::write_asked(&store, kind, request, &mut out).await.unwrap();
        assert_eq!(out, province.get(&format!("/api/v1/rounds/2025/sipas-2026/{kind}.csv")).await.bytes().await.unwrap());
    }
    let open = Request { round: "2026", questionnaire: Some("sipas-2026"), format: Format::Json, draft: true };
    assert!(export::write_asked(&store, Kind::Codebook, open, &mut Vec::new()).await.is_ok());
    assert!(export::write_asked(&store, Kind::Indices, open, &mut Vec::new()).await.is_err());
}

#[tokio::test]
async fn posters_have_a_page_and_a_code_for_every_unit() {
    let province = Province::start().await;
    let opened = publication::opened(&province.store().await, "2026").await.unwrap();
    let forms = || opened.questionnaires.iter().map(std::convert::AsRef::as_ref);
    let file = posters("https://khaosat.example.gov.vn/", &opened, forms(), Mode::Desk).unwrap();
    let units: usize = forms().map(|form| form.units.len()).sum();
    assert_eq!((file.matches("<section>").count(), file.matches("<svg").count()), (units, units));
    let first = opened.questionnaires[0].units[0].unit.code.as_str();
    let id = &opened.questionnaires[0].questionnaire.id;
    assert!(file.contains(&format!("aria-label=\"https://khaosat.example.gov.vn/2026/{id}/{first}?mode=desk\"")));
    assert!(posters("khaosat.example.gov.vn", &opened, forms(), Mode::Desk).is_err());
    if let Ok(folder) = std::env::var("PAR_SURVEY_KEEP") {
        std::fs::write(PathBuf::from(folder).join("posters.html"), &file).unwrap();
    }
}
