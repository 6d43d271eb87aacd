//! Counts: numbers of sheets and answers are those of the API as well, on pages and in every sheet of the workbook, exact or as a class.

use std::collections::BTreeSet;

use calamine::Data;
use par_survey::scoring::decimal::Held;
use par_survey::words::Words;
use serde_json::Value;

use super::figures::single_bars;
use super::{ASKED, Given, fixed};
use crate::harness::fixture::{OFFICIALS, ROUND, SIPAS};

/// What stands in place of a share.
const HIDDEN: &str = "không công bố / not published";

fn each(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

/// Whole numbers and classes in the cells of a page, as the API writes them.
fn of_page(page: &str) -> BTreeSet<String> {
    let cells = page.split("<td class=\"num\"").skip(1).filter_map(|rest| rest.split_once('>')?.1.split('<').next());
    let is_count =
        |cell: &String| !cell.is_empty() && cell.split('-').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    cells.map(|cell| cell.trim().replace('–', "-")).filter(is_count).collect()
}

/// A number as it is told; nothing where it is not.
fn told(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.clone()),
        _ => None,
    }
}

/// Everything under these keys that is a number or a class.
fn below(value: &Value, keys: &[&str], found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| {
            found.extend(told(value).filter(|_| keys.contains(&key.as_str())));
            below(value, keys, found);
        }),
        Value::Array(values) => values.iter().for_each(|value| below(value, keys, found)),
        _ => {}
    }
}

fn counts(values: &[&Value], keys: &[&str]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for value in values {
        below(value, keys, &mut found);
    }
    found
}

fn assert_same(place: &str, found: &BTreeSet<String>, required: &BTreeSet<String>, allowed: &BTreeSet<String>) {
    let (more, less): (Vec<_>, Vec<_>) = (found.difference(allowed).collect(), required.difference(found).collect());
    assert!(more.is_empty() && less.is_empty(), "{place}: too much {more:?}, missing {less:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_number_of_sheets_on_a_page_is_what_the_api_gives() {
    let given = Given::start().await;
    let mut classes = 0;
    for (questionnaire, words) in ASKED.into_iter().flat_map(|asked| ["vi", "en"].map(|code| (asked, Words::of(code)))) {
        let results = given.results(questionnaire);
        let page = of_page(&given.page(&format!("?questionnaire={questionnaire}"), words).await);
        let units = given.units(questionnaire);
        let mut required: BTreeSet<String> = units.iter().filter_map(|(_, figures)| told(&figures["sheets"])).collect();
        required.extend(each(&results["blocks"]).filter_map(|block| told(&block["sheets"])));
        required.extend(counts(&[&results["modes"], &results["groups"], &results["attributes"]], &["sheets", "count"]));
        assert_same(questionnaire, &page, &required, &required);
        for (unit, figures) in units {
            let page = of_page(&given.page(&format!("/{unit}?questionnaire={questionnaire}"), words).await);
            classes += usize::from(page.contains("10-49"));
            let mut required = BTreeSet::new();
            required.extend(each(&figures["modes"]).filter_map(told));
            each(&figures["items"]).for_each(|item| required.extend(counts(&[&item["options"]], &["count"])));
            each(&figures["criteria"]).for_each(|criterion| required.extend(counts(&[criterion], &["sheets"])));
            // A share in whole percents looks like a number.
            let all = counts(&[figures], &["count", "sheets", "percent"]);
            assert_same(&format!("{questionnaire} {unit}"), &page, &required, &(&required | &all));
        }
    }
    assert!(classes > 5, "{classes} pages have a class");
}

/// What respondents said of themselves is drawn as long as it is.
#[tokio::test(flavor = "multi_thread")]
async fn bars_of_attributes_are_as_long_as_their_shares() {
    let given = Given::start().await;
    let page = given.page(&format!("?questionnaire={SIPAS}"), Words::of("vi")).await;
    let attributes = each(&given.results(SIPAS)["attributes"]);
    let shares = attributes.flat_map(|attribute| each(&attribute["options"]).chain([&attribute["no_answer"]]));
    let expected: Vec<Vec<(u32, u32)>> =
        shares.filter_map(|share| Some(vec![(0, super::hundredths(share["percent"].as_str()?)?)])).collect();
    assert!(expected.len() > 5, "{expected:?}");
    assert_eq!(single_bars(&page), expected);
}

/// A cell of the workbook: decimals with two places.
fn cell(cell: &Data) -> String {
    match cell {
        Data::Float(number) => format!("{number:.2}"),
        other => other.to_string(),
    }
}

/// A number in the workbook: two places, a class as it is, nothing of nothing.
fn number(value: &Value) -> String {
    let text = told(value).unwrap_or_default();
    if text.is_empty() || text.contains('-') { text } else { fixed(&text) }
}

async fn rows(given: &Given, sheet: &str) -> Vec<Vec<String>> {
    given.sheet(sheet).await.iter().skip(2).map(|row| row.iter().map(cell).collect()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_sheet_of_the_workbook_is_what_the_api_gives() {
    let given = Given::start().await;
    let book: calamine::Xlsx<_> = {
        let bytes = given.app.get(&format!("/api/v1/rounds/{ROUND}/scores.xlsx")).await.bytes().await.unwrap();
        calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap()
    };
    assert_eq!(calamine::Reader::sheet_names(&book), ["Đợt", "Sở, ban, ngành", "Tiêu chí", "Khảo sát", "Giải thích cột"], "no other sheet");
    let block = &given.round["ranking"]["blocks"][0];
    let about = rows(&given, "Đợt").await;
    assert_eq!(about.last().unwrap()[1], number(&block["mean"]));
    for row in rows(&given, "Sở, ban, ngành").await {
        let unit = each(&block["units"]).find(|unit| unit["unit"] == row[3].as_str()).unwrap();
        let (standing, score) = (&unit["standing"], &unit["standing"]["score"]);
        let sums = ["base_index", "points", "maximum", "bonus", "penalty"].map(|name| number(&score[name]));
        let expected = [&[number(&standing["index"])][..], &sums].concat();
        assert_eq!((row[0].clone(), &row[5..11]), (number(&standing["rank"]), &expected[..]), "{}", row[3]);
        let fields: Vec<String> = each(&standing["fields"]).map(|field| number(&field["index"])).collect();
        assert_eq!(row[12..12 + fields.len()], fields, "{}", row[3]);
    }
    let leaves = each(&block["units"]).flat_map(|unit| each(&block["leaves"]).zip(each(&unit["cells"])));
    let expected: Vec<[String; 4]> = leaves
        .map(|(leaf, cell)| [&leaf["maximum"], &cell["points"], &cell["survey"]["percent"], &cell["survey"]["sheets"]].map(number))
        .collect();
    let found: Vec<[String; 4]> =
        rows(&given, "Tiêu chí").await.iter().map(|row| [6, 7, 9, 10].map(|column: usize| row[column].clone())).collect();
    assert_eq!(found, expected);
    let found: Vec<[String; 4]> =
        rows(&given, "Khảo sát").await.iter().map(|row| [1, 6, 7, 8].map(|column: usize| row[column].clone())).collect();
    let expected: Vec<[String; 4]> = ASKED.into_iter().flat_map(|questionnaire| surveyed(given.results(questionnaire))).collect();
    assert_eq!(found, expected);
}

/// Points of a criterion, the cell of the score that is made of them, and the workbook: one value, also of few sheets.
#[tokio::test(flavor = "multi_thread")]
async fn points_of_few_ratings_are_one_value_in_results_ranking_and_workbook() {
    let given = Given::start().await;
    let maximum: Held = given.results(OFFICIALS)["rating"]["criteria"][0]["maximum"].as_str().unwrap().parse().unwrap();
    let (book, ranked) = (rows(&given, "Tiêu chí").await, &given.round["ranking"]["blocks"][0]["units"]);
    let (mut few, mut many) = (0, 0);
    for (unit, figures) in given.units(OFFICIALS) {
        let points = &figures["criteria"][0]["points"];
        let Some(value) = points["held"].as_str().or(points["printed"].as_str()) else { continue };
        *(if points["held"].is_null() { &mut few } else { &mut many }) += 1;
        let percent = value.parse::<Held>().unwrap().percent_of(maximum).unwrap();
        let given = percent.times(40, 100).unwrap();
        let cell = &each(ranked).find(|ranked| ranked["unit"] == unit).unwrap()["cells"][1];
        assert_eq!((&cell["survey"]["percent"], &cell["points"]), (&percent.to_string().into(), &given.to_string().into()), "{unit}");
        let row = book.iter().find(|row| row[18] == unit && row[1] == "1-2").unwrap();
        assert_eq!((&row[9], &row[7]), (&percent.to_fixed(2), &given.to_fixed(2)), "{unit}");
    }
    assert!(few > 0 && many > 0, "{few} {many}");
}

/// Item, share, count and base of every row about a questionnaire.
fn surveyed(results: &Value) -> Vec<[String; 4]> {
    let entry = |list: &Value, code: &Value| each(list).find(|entry| entry["code"] == *code).cloned().unwrap_or_default();
    let row = |item: &Value, share: &Value, n: &Value| {
        let percent = if share.is_null() { HIDDEN.to_owned() } else { number(&share["percent"]) };
        [told(item).unwrap(), percent, number(&share["count"]), number(n)]
    };
    let mut rows = Vec::new();
    for head in each(&results["items"]).filter(|head| head["attribute"] == true) {
        let found = entry(&results["attributes"], &head["code"]);
        rows.extend(each(&found["options"]).chain([&found["no_answer"]]).map(|share| row(&head["code"], share, &results["sheets"])));
    }
    for figures in each(&results["blocks"]).flat_map(|block| each(&block["units"])).map(|unit| &unit["figures"]) {
        if figures.is_null() {
            let few = if results["rating"].is_null() {
                "quá ít câu trả lời / too few answers"
            } else {
                "không nhóm nào đủ câu trả lời / no group has enough answers"
            };
            rows.push([String::new(), few.to_owned(), String::new(), String::new()]);
            continue;
        }
        for head in each(&results["items"]).filter(|head| head["attribute"] == false) {
            let (code, found) = (&head["code"], entry(&figures["items"], &head["code"]));
            if found["valid"].is_null() {
                rows.push(row(code, &Value::Null, &Value::Null));
                continue;
            }
            rows.extend(each(&head["options"]).enumerate().map(|(place, _)| row(code, &found["options"][place], &found["valid"])));
            rows.extend(["no_opinion", "skipped", "not_shown"].map(|key| row(code, &found[key], &figures["sheets"])));
        }
    }
    rows
}
