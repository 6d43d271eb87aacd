//! What a round asks, as the store reads it in one query.

use rstest::rstest;

use super::harness::database::{Backend, TestDatabase};
use super::harness::fixture::{self, OFFICIALS, SERVICE, SIPAS, definition};

/// More than nine, so that their rows in the order of numbers are not in that of texts.
const UNITS: usize = 12;

#[rstest]
#[tokio::test]
async fn questionnaires_come_in_their_order_each_with_its_text_and_its_units(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    let units = (0..UNITS).map(|unit| format!("unit-{unit},Đơn vị {unit},Unit {unit},departments,,,,"));
    let header = "code,name_vi,name_en,block,parent,valid_from,valid_to,merged_into".to_owned();
    let register = [header].into_iter().chain(units).collect::<Vec<_>>().join("\n");
    let definitions = [SIPAS, OFFICIALS, SERVICE].map(definition);
    let round = fixture::open(&store, &register, &definitions, (-1, 24)).await;
    let rows: Vec<i32> = store.units().await.unwrap().iter().map(|unit| unit.id).collect();
    // As if one had been made about a single unit, and one about none.
    let asked = store.asked(round.id).await.unwrap();
    database.rows(&format!("DELETE FROM round_unit WHERE questionnaire_id = {} AND unit_id <> {}", asked[1].id, rows[10])).await;
    database.rows(&format!("DELETE FROM round_unit WHERE questionnaire_id = {}", asked[2].id)).await;
    let asked = store.asked(round.id).await.unwrap();
    let read: Vec<_> = asked.iter().map(|asked| (asked.round, asked.code.as_str(), asked.definition.as_str(), &asked.sha256)).collect();
    let made: Vec<_> = definitions.iter().map(|made| (round.id, made.questionnaire.id.as_str(), &*made.text, &made.sha256)).collect();
    assert_eq!(read, made);
    assert!(rows.is_sorted(), "{rows:?}");
    assert_eq!(asked.into_iter().map(|asked| asked.units).collect::<Vec<_>>(), [rows.clone(), vec![rows[10]], vec![]]);
    assert_eq!(store.asked(round.id + 1).await.unwrap(), []);
}
