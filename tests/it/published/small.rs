//! Every small table is published: whatever was answered, a round is never refused for it.

use std::fmt::Write;
use std::path::Path;

use par_survey::catalogue;
use par_survey::publication;
use par_survey::store::imports::{Anyway, ImportedFile, ImportedSheet};
use par_survey::survey::mode::Mode;
use par_survey::survey::reading;

use crate::harness::database::{Backend, TestDatabase};
use crate::harness::fixture::{self, ROUND};

/// One question of two answers and one that only those are asked who said yes.
const DEFINITION: &str = r#"
id = "shape"
version = "1"
languages = ["vi", "en"]
audience = "citizens"
title = { vi = "Phiếu nhỏ", en = "A small form" }

[[part]]
code = "first"
title = { vi = "Phần một", en = "Part one" }

[[part.item]]
code = "ask"
kind = "yes-no"
text = { vi = "Có đến không?", en = "Did you come?" }

[[part]]
code = "then"
title = { vi = "Phần hai", en = "Part two" }
show_if = { item = "ask", any_of = ["1"] }

[[part.item]]
code = "why"
kind = "yes-no"
text = { vi = "Có xong không?", en = "Was it done?" }
"#;

/// Sheets of a unit: who said no, and of those who said yes, who said yes and who no to what follows.
type Table = [usize; 3];

/// Every table of up to the floor and two more.
fn tables() -> Vec<Table> {
    let most = 12;
    let rest = |no: usize| (0..=most - no).flat_map(move |yes| (0..=most - no - yes).map(move |other| [no, yes, other]));
    (0..=most).flat_map(rest).collect()
}

/// The fields of a sheet of each kind.
const KINDS: [&[(&str, &str)]; 3] = [&[("ask", "2")], &[("ask", "1"), ("why", "1")], &[("ask", "1"), ("why", "2")]];

/// Each table is a unit of its own, and all of them a round; each fifth is a block, so that totals of few units are published as well.
#[tokio::test(flavor = "multi_thread")]
async fn no_table_of_answers_is_refused_when_it_is_published() {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let store = database.store().await;
    let tables = tables();
    let mut register = String::from("code,name_vi,name_en,block,parent,valid_from,valid_to,merged_into\n");
    for place in 0..tables.len() {
        writeln!(register, "unit-{place},Đơn vị {place},Unit {place},block-{},,,,", place / 5).unwrap();
    }
    let definition = catalogue::definition(Path::new("shape.toml"), DEFINITION.to_owned()).unwrap();
    let round = fixture::open(&store, &register, &[definition], (-1, 24)).await;
    let opened = publication::opened(&store, ROUND).await.unwrap();
    let asked = store.asked(opened.round.id).await.unwrap().remove(0);
    let form = opened.form("shape").unwrap();
    let mut import =
        store.begin_import(&asked, ImportedFile { sha256: "00", content: "00" }, Anyway::default(), &fixture::BY).await.unwrap();
    for (place, table) in tables.iter().enumerate() {
        for (kind, sheets) in KINDS.iter().zip(table) {
            let sheet = reading::read(&form.questionnaire, &form.places, kind.iter().copied()).unwrap().sheet;
            for _ in 0..*sheets {
                let (unit, answers) = (form.unit(&format!("unit-{place}")).unwrap().id, form.codebook.pack(&sheet));
                let (group, mode) = (String::new(), Mode::Paper);
                let sheet = ImportedSheet { unit, group, mode, stratum: None, psu: None, answers, remarks: Vec::new() };
                import.add(asked.id, sheet).await.unwrap();
            }
        }
    }
    import.finish().await.unwrap();
    fixture::close(&store).await;
    fixture::publish(&database).await;
    let snapshot = store.snapshot(round.id).await.unwrap().unwrap();
    let published = publication::read(&snapshot).unwrap();
    let has_figures = |table: &Table| table.iter().sum::<usize>() >= 10;
    let figures: Vec<bool> = published.questionnaires[0].results.all_units().map(|(_, unit)| unit.figures.is_some()).collect();
    assert_eq!(figures, tables.iter().map(has_figures).collect::<Vec<_>>());
    assert!(figures.len() > 400 && figures.contains(&true) && figures.contains(&false), "{}", figures.len());
}
