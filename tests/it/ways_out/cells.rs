//! Cells: every table, as CSV and as JSON, holds what the API gives, cell by cell, and no other row.

use std::collections::BTreeMap;

use par_survey::scoring::decimal::Held;
use serde_json::{Map, Value};

use super::{ASKED, Given, fixed};
use crate::harness::fixture::ROUND;

/// A row by the names of its columns.
type Row = BTreeMap<String, String>;

/// What a cell says of a value: nothing where there is none.
fn told(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn entry<'v>(list: &'v Value, key: &str, code: &Value) -> &'v Value {
    static NOTHING: Value = Value::Null;
    list.as_array().into_iter().flatten().find(|entry| entry[key] == *code).unwrap_or(&NOTHING)
}

fn each(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

/// A row with these cells; what is not named is not looked at.
fn row(cells: &[(&str, &Value)]) -> Row {
    cells.iter().map(|(column, value)| ((*column).to_owned(), told(value))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_cell_of_every_table_is_what_the_api_gives() {
    let given = Given::start().await;
    for questionnaire in ASKED {
        let results = given.results(questionnaire);
        same(&given, &format!("{questionnaire}/indices"), &indices(results)).await;
        same(&given, &format!("{questionnaire}/distributions"), &distributions(results)).await;
        same(&given, &format!("{questionnaire}/components"), &components(results)).await;
    }
    same(&given, "scores", &scores(&given.round["ranking"])).await;
}

/// Both files have these rows and no other, and the same cells.
async fn same(given: &Given, table: &str, expected: &[Row]) {
    let csv: Vec<Row> = given.table(table).await.into_iter().map(|row| row.into_iter().collect()).collect();
    assert_eq!(csv.len(), expected.len(), "{table}");
    for (found, expected) in csv.iter().zip(expected) {
        let found: Row =
            found.iter().filter(|(column, _)| expected.contains_key(*column)).map(|(c, cell)| (c.clone(), cell.clone())).collect();
        assert_eq!(found, *expected, "{table}");
    }
    let json = given.app.get(&format!("/api/v1/rounds/{ROUND}/{table}.json")).await.text().await.unwrap();
    let json: Vec<Map<String, Value>> = serde_json::from_str(&json).unwrap();
    let as_csv = |row: &Map<String, Value>| -> Row { row.iter().map(|(column, cell)| (column.clone(), told(cell))).collect() };
    let json: Vec<Row> = json.iter().map(as_csv).collect();
    assert!(json == csv, "{table}: JSON and CSV differ");
}

/// Units with their figures.
fn units(results: &Value) -> impl Iterator<Item = (&Value, &Value)> {
    each(&results["blocks"]).flat_map(|block| each(&block["units"])).map(|unit| (&unit["unit"], &unit["figures"]))
}

fn indices(results: &Value) -> Vec<Row> {
    let mut rows = Vec::new();
    for (unit, figures) in units(results).filter(|_| !results["rule"].is_null()) {
        let mut put = |level: &str, code: &str, index: &Value, valid: &Value| {
            let figure = &index["figure"];
            rows.push(row(&[
                ("unit", unit),
                ("level", &level.into()),
                ("code", &code.into()),
                ("value", &figure["percent"]),
                ("held", &figure["held"]),
                ("sheets", &figures["sheets"]),
                ("valid", valid),
                ("items_used", &index["used"]),
                ("items_total", &index["total"]),
            ]));
        };
        put("overall", "", &figures["index"], &Value::Null);
        for code in each(&results["contents"]) {
            put("content", code.as_str().unwrap(), &entry(&figures["contents"], "code", code)["index"], &Value::Null);
        }
        for factor in each(&results["factors"]) {
            put("factor", factor["code"].as_str().unwrap(), &entry(&figures["factors"], "code", &factor["code"])["index"], &Value::Null);
        }
        for item in each(&results["items"]).filter(|item| !item["factor"].is_null()) {
            let found = entry(&figures["items"], "code", &item["code"]);
            put("item", item["code"].as_str().unwrap(), found, &found["valid"]);
        }
    }
    rows
}

fn distributions(results: &Value) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut put = |of: (&Value, &str), item: &Value, option: &Value, share: &Value, n: &Value| {
        let cells = [("unit", of.0), ("level", &of.1.into()), ("item", item), ("option", option)];
        let shares = [("percent", &share["percent"]), ("count", &share["count"]), ("n", n)];
        rows.push(row(&[&cells[..], &shares[..]].concat()));
    };
    for head in each(&results["items"]).filter(|head| head["attribute"] == true) {
        let (item, found) = (&head["code"], entry(&results["attributes"], "code", &head["code"]));
        for (place, option) in each(&head["options"]).enumerate() {
            put((&Value::Null, "round"), item, option, &found["options"][place], &results["sheets"]);
        }
        put((&Value::Null, "round"), item, &"no-answer".into(), &found["no_answer"], &results["sheets"]);
    }
    for (unit, figures) in units(results) {
        for head in each(&results["items"]).filter(|head| head["attribute"] == false) {
            let (item, found) = (&head["code"], entry(&figures["items"], "code", &head["code"]));
            for (place, option) in each(&head["options"]).enumerate() {
                put((unit, "unit"), item, option, &found["options"][place], &found["valid"]);
            }
            let sheets = if found["valid"].is_null() { &Value::Null } else { &figures["sheets"] };
            for (option, key) in [("no-opinion", "no_opinion"), ("skipped", "skipped"), ("not-shown", "not_shown")] {
                put((unit, "unit"), item, &option.into(), &found[key], sheets);
            }
        }
    }
    rows
}

fn components(results: &Value) -> Vec<Row> {
    let mut rows = Vec::new();
    for (unit, figures) in units(results) {
        if !results["rule"].is_null() {
            let (index, points) = (&figures["index"]["figure"]["percent"], &figures["component"]);
            let points = [("points", &points["printed"]), ("points_held", &points["held"])];
            rows.push(row(&[&[("unit", unit), ("sheets", &figures["sheets"]), ("index", index)][..], &points[..]].concat()));
        }
        for head in each(&results["rating"]["criteria"]) {
            let found = entry(&figures["criteria"], "criterion", &head["code"]);
            rows.push(rated(unit, head, found, &Value::Null));
            rows.extend(each(&found["groups"]).map(|group| rated(unit, head, group, &group["group"])));
        }
    }
    rows
}

/// A criterion, or what a group gave.
fn rated(unit: &Value, head: &Value, found: &Value, group: &Value) -> Row {
    let with = each(&found["with"]).map(told);
    let group: Vec<String> = std::iter::once(told(group)).chain(with).collect();
    let weights = each(&head["weights"]).zip(each(&found["distribution"]));
    let distribution: Vec<String> = weights.map(|(weight, share)| format!("{weight}:{}", told(&share["percent"]))).collect();
    row(&[
        ("unit", unit),
        ("criterion", &head["code"]),
        ("group", &group.join("+").into()),
        ("group_weight", &found["weight"]),
        ("sheets", &found["sheets"]),
        ("maximum", &head["maximum"]),
        ("points", &found["points"]["printed"]),
        ("points_held", &found["points"]["held"]),
        ("share", &found["share"]["percent"]),
        ("distribution", &distribution.join(";").into()),
    ])
}

/// Two decimals of a held value; nothing of none.
fn rounded(held: &Value) -> Value {
    held.as_str().map_or(Value::Null, |held| fixed(held).into())
}

fn scores(ranking: &Value) -> Vec<Row> {
    let mut rows = Vec::new();
    for block in each(&ranking["blocks"]) {
        for unit in each(&block["units"]) {
            let (standing, score) = (&unit["standing"], &unit["standing"]["score"]);
            let mut put = |level: &str, code: &Value, cells: &[(&str, &Value)]| {
                let place: [(&str, &Value); 3] = [("unit", &unit["unit"]), ("level", &level.into()), ("code", code)];
                rows.push(row(&[&place[..], cells].concat()));
            };
            let sums = ["index", "base_index", "points", "maximum", "base_points", "bonus", "penalty"];
            let sums = sums.map(|name| (name, rounded(if name == "index" { &standing[name] } else { &score[name] })));
            let sums: Vec<(&str, &Value)> = sums.iter().map(|(name, value)| (*name, value)).collect();
            let held = [("rank", &standing["rank"]), ("index_held", &standing["index"]), ("points_held", &score["points"])];
            put("unit", &Value::Null, &[&sums[..], &held[..]].concat());
            for (head, field) in each(&block["fields"]).zip(each(&standing["fields"])) {
                let [index, points, maximum] = ["index", "points", "maximum"].map(|name| rounded(&field[name]));
                let printed = [("rank", &field["rank"]), ("index", &index), ("points", &points), ("maximum", &maximum)];
                let held = [("index_held", &field["index"]), ("points_held", &field["points"])];
                put("field", &head["code"], &[&printed[..], &held[..]].concat());
            }
            for (leaf, cell) in each(&block["leaves"]).zip(each(&unit["cells"])) {
                let (points, maximum) = (rounded(&cell["points"]), rounded(&leaf["maximum"]));
                let of = |text: &Value| text.as_str().unwrap().parse::<Held>().unwrap();
                let index = cell["points"].as_str().and_then(|_| of(&cell["points"]).percent_of(of(&leaf["maximum"])));
                let index = index.map_or(Value::Null, |index| index.to_fixed(2).into());
                let printed = [("points", &points), ("maximum", &maximum), ("index", &index), ("state", &cell["state"])];
                let (percent, survey) = (rounded(&cell["survey"]["percent"]), &cell["survey"]["sheets"]);
                let survey = [("points_held", &cell["points"]), ("survey_percent", &percent), ("survey_sheets", survey)];
                put("criterion", &leaf["code"], &[&printed[..], &survey[..]].concat());
            }
        }
    }
    rows
}
