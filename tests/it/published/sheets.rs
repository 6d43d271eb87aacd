//! Single sheets, tables by the command line, and posters: what leaves without a page.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Mutex;

use par_survey::export::{Format, PublishedTable, SheetsLeftOut, TablePart};
use par_survey::meter::WHOLE;
use par_survey::office::Stopped;
use par_survey::office::actor::Actor;
use par_survey::office::exporting::{self, FigureTables, Hands, OUTSIDE, Person, SheetsGiven};
use par_survey::organiser::PublicUrl;
use par_survey::poster::posters;
use par_survey::publication;
use par_survey::refusal::Refusal;
use par_survey::store::Store;
use par_survey::survey::mode::Mode;

use super::{Province, RESPONDENTS, rows};
use crate::harness::steps::office;

/// For somebody who works in none of the units.
fn outside() -> Hands {
    Hands { who: Person::of("Lê Văn C", OUTSIDE).unwrap(), witness: None }
}

/// Single sheets of a questionnaire, for somebody outside.
async fn responses(store: &Store, of: (&str, &str), attributes: &[String], out: &mut Vec<u8>) -> Result<SheetsLeftOut, Stopped> {
    let may = Actor::operator("Lê Văn C").unwrap().may(jiff::Timestamp::now());
    SheetsGiven::of(&office(store), (of.0, Some(of.1)), &outside(), &may)
        .await?
        .responses(&office(store), Some(attributes), Format::Csv, out)
        .await
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
    let mut out = Vec::new();
    let kept = ["mode", "gender", "age", "ethnicity", "education", "occupation"];
    let attributes = kept.map(str::to_owned);
    let left_out = responses(&store, ("2025", "sipas-2026"), &attributes, &mut out).await.unwrap();
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
    let (store, mut out) = (province.store().await, Vec::new());
    let left_out = responses(&store, ("2025", "par-officials-departments"), &[], &mut out).await.unwrap();
    let table = rows(std::str::from_utf8(&out).unwrap());
    let groups: HashSet<&str> = table.iter().filter(|row| row["unit"] == "so-noi-vu").map(|row| &*row["group"]).collect();
    assert_eq!(groups, HashSet::from(["deputies+commune-leaders", "commune-division-heads+lower-agencies"]));
    assert_eq!((left_out.few, left_out.rows), (0, table.len()), "{left_out}");
}

#[tokio::test]
async fn sheets_of_an_open_round_and_drafts_without_the_word_are_refused() {
    let province = Province::start().await;
    let store = province.store().await;
    let mut out = Vec::new();
    let refused = responses(&store, ("2026", "sipas-2026"), &[], &mut out).await.unwrap_err();
    assert!(refused.to_string().contains("only once it is closed"), "{refused}");
    let refused = responses(&store, ("2025", "nope"), &[], &mut out).await.unwrap_err();
    assert!(refused.to_string().contains("it asks sipas-2026"), "{refused}");
    let may = Actor::operator("Lê Văn C").unwrap().may(jiff::Timestamp::now());
    let refused = SheetsGiven::of(&office(&store), ("2025", None), &outside(), &may).await.unwrap_err();
    assert!(matches!(refused, Stopped::Refused(Refusal::QuestionnaireWanted { asked, .. }) if asked.len() == 3));
    assert!(exporting::document(&office(&store), "2026", true).await.is_err());
    assert!(out.is_empty());
}

#[tokio::test]
async fn a_command_line_export_is_the_same_bytes_as_the_api() {
    let province = Province::start().await;
    let store = province.store().await;
    let asked = Some("sipas-2026");
    let frozen = FigureTables { round: "2025", questionnaire: asked, draft: false };
    for kind in PublishedTable::ALL {
        let mut out = Vec::new();
        frozen.write(&office(&store), (kind, TablePart::Rows), Format::Csv, &mut out).await.unwrap();
        assert_eq!(out, province.get(&format!("/api/v1/rounds/2025/sipas-2026/{kind}.csv")).await.bytes().await.unwrap());
    }
    let open = FigureTables { round: "2026", questionnaire: asked, draft: true };
    assert!(open.write(&office(&store), (PublishedTable::Codebook, TablePart::Rows), Format::Json, &mut Vec::new()).await.is_ok());
    assert!(open.write(&office(&store), (PublishedTable::Indices, TablePart::Rows), Format::Json, &mut Vec::new()).await.is_err());
}

/// How many sheets there are that are in no figure is told nowhere.
#[tokio::test]
async fn how_far_figures_are_is_told_by_shares_of_the_whole_and_no_number_of_sheets() {
    let province = Province::start().await;
    let heard = Mutex::new(Vec::new());
    let draft = publication::draft(&province.store().await, "2025", &|share| heard.lock().unwrap().push(share)).await.unwrap();
    assert_eq!((draft.questionnaires.len(), heard.into_inner().unwrap()), (3, vec![166, 333, 500, 666, 833, WHOLE]));
}

#[tokio::test]
async fn posters_have_a_page_and_a_code_for_every_unit() {
    let province = Province::start().await;
    let opened = publication::opened(&province.store().await, "2026").await.unwrap();
    let forms = || opened.questionnaires.iter().map(std::convert::AsRef::as_ref);
    let site = PublicUrl::parse("https://khaosat.example.gov.vn/").ok();
    let file = posters(site.as_ref(), &opened, forms(), Mode::Desk).unwrap();
    let units: usize = forms().map(|form| form.units.len()).sum();
    assert_eq!((file.matches("<section").count(), file.matches("role=\"img\"").count()), (units, units));
    let first = opened.questionnaires[0].units[0].unit.code.as_str();
    let id = &opened.questionnaires[0].questionnaire.id;
    assert!(file.contains(&format!("aria-label=\"https://khaosat.example.gov.vn/2026/{id}/{first}?mode=desk\"")));
    assert!(posters(None, &opened, forms(), Mode::Desk).is_err());
    if let Ok(folder) = std::env::var("PAR_SURVEY_KEEP") {
        std::fs::write(PathBuf::from(folder).join("posters.html"), &file).unwrap();
    }
}
