//! What the columns of tables are, in whatever a table is written as, and what its files are called.

use std::collections::HashSet;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use par_survey::export::{Format, file_name};
use reqwest::header::CONTENT_DISPOSITION;

use super::*;

/// What R and pandas take for an empty cell where nobody says otherwise.
const TAKEN_FOR_EMPTY: [&str; 19] = [
    "", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A", "NA", "NULL", "NaN", "None",
    "n/a", "nan", "null",
];

const ROUND: &str = "/api/v1/rounds/2025";

/// Every table of the round: the questionnaire it is of, and what it is called.
async fn tables(province: &Province) -> Vec<(Option<String>, &'static str)> {
    let rounds = province.json("/api/v1/rounds").await;
    let asked = rounds[0]["questionnaires"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned());
    let figures = asked.flat_map(|id| PublishedTable::ALL.map(|kind| (Some(id.clone()), kind.name())));
    figures.chain([(None, "scores")]).collect()
}

/// The address of a table, without the point and what follows it.
fn address((questionnaire, table): &(Option<String>, &'static str)) -> String {
    questionnaire.as_ref().map_or_else(|| format!("{ROUND}/{table}"), |id| format!("{ROUND}/{id}/{table}"))
}

fn head(csv: &str) -> Vec<String> {
    csv.trim_start_matches('\u{feff}').lines().next().unwrap().split(',').map(str::to_owned).collect()
}

#[tokio::test]
async fn every_column_and_every_code_of_every_table_stands_in_its_dictionary() {
    let province = Province::start().await;
    for table in tables(&province).await {
        let path = address(&table);
        let csv = province.text(&format!("{path}.csv")).await;
        let dictionary = rows(&province.text(&format!("{path}-columns.csv")).await);
        let own: Vec<_> = dictionary.iter().filter(|row| row["entry"] == "column").collect();
        assert_eq!(own.iter().map(|row| row["column"].clone()).collect::<Vec<_>>(), head(&csv), "{path}");
        for row in &dictionary {
            let said = ["label_vi", "label_en", "meaning_vi", "meaning_en", "table"].map(|column| row[column].as_str());
            assert!(said.iter().all(|words| !words.is_empty() && !words.contains("Unknown localization")), "{path}: {row:?}");
            assert!(row["cell"].is_empty() || !TAKEN_FOR_EMPTY.contains(&&*row["cell"]), "{path}: {row:?}");
        }
        let explained: HashSet<(&str, &str)> = dictionary.iter().map(|row| (&*row["column"], &*row["cell"])).collect();
        let coded: Vec<&str> = own.iter().filter(|row| row["holds"] == "code").map(|row| &*row["column"]).collect();
        assert!(coded.contains(&"synthetic"), "{path}");
        for row in rows(&csv) {
            for column in coded.iter().filter(|column| !row[**column].is_empty()) {
                assert!(explained.contains(&(*column, &*row[*column])), "{path}: {column} has {}", row[*column]);
            }
        }
    }
}

#[tokio::test]
async fn every_table_is_a_workbook_too_with_its_columns_beside_it() {
    let province = Province::start().await;
    for table in tables(&province).await.into_iter().filter(|(questionnaire, _)| questionnaire.is_some()) {
        let path = address(&table);
        let csv = province.text(&format!("{path}.csv")).await;
        let bytes = province.get(&format!("{path}.xlsx")).await.bytes().await.unwrap();
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        assert_eq!(book.sheet_names(), [table.1, "Giải thích cột"], "{path}");
        let (sheet, columns) = (book.worksheet_range(table.1).unwrap(), book.worksheet_range("Giải thích cột").unwrap());
        let (given, written) = (rows(&csv), sheet.rows().skip(2).collect::<Vec<_>>());
        assert_eq!(written.len(), given.len(), "{path}");
        assert_eq!(columns.rows().count(), 2 + rows(&province.text(&format!("{path}-columns.csv")).await).len(), "{path}");
        assert!(sheet.rows().nth(1).unwrap().iter().all(|label| label.to_string().len() > 1), "{path}");
        for (place, column) in
            head(&csv).iter().enumerate().filter(|(_, column)| ["value", "points", "percent", "offset"].contains(&&***column))
        {
            for (cells, row) in written.iter().zip(&given).filter(|(_, row)| row[column].parse::<f64>().is_ok()) {
                assert_eq!(cells[place], Data::Float(row[column].parse().unwrap()), "{path}: {column}");
            }
        }
    }
}

#[tokio::test]
async fn no_two_tables_have_one_file_name() {
    let province = Province::start().await;
    let mut names = HashSet::new();
    for table in tables(&province).await {
        let (questionnaire, name) = (table.0.as_deref(), table.1);
        for (part, of) in [("", name.to_owned()), ("-columns", format!("{name}-columns"))] {
            // A workbook takes long to make; its name is made like the others.
            for format in Format::ALL.into_iter().filter(|format| *format != Format::Xlsx || name == "codebook") {
                let path = format!("{}{part}.{format}", address(&table));
                let response = province.get(&path).await;
                let called = response.headers()[CONTENT_DISPOSITION].to_str().unwrap().to_owned();
                assert_eq!(called, format!("inline; filename=\"{}\"", file_name("2025", questionnaire, &of, format)), "{path}");
                assert!(names.insert(called), "{path}");
            }
        }
    }
}

#[tokio::test]
async fn no_page_offers_a_table_without_rows() {
    let province = Province::start().await;
    let page = province.text("/results/2025").await;
    let offered = |table: &str| page.contains(&format!("{ROUND}/{table}."));
    assert!(offered("sipas-2026/indices") && offered("sipas-2026/indices-columns") && offered("scores-columns"));
    assert!(offered("par-officials-departments/components") && !offered("par-officials-departments/indices"));
    for table in tables(&province).await.iter().filter(|(questionnaire, _)| questionnaire.is_some()) {
        let path = address(table);
        let has_rows = !rows(&province.text(&format!("{path}.csv")).await).is_empty();
        assert_eq!(page.contains(&format!("{path}.csv")), has_rows, "{path}");
    }
}
