//! Every way out of a published round gives the figures that the API gives, and no other: pages in both languages, tables, workbook, charts.

mod cells;
mod counts;
mod figures;
mod province;
mod ranks;
mod sentences;

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use par_survey::survey::{Item, Kind};
use par_survey::words::Words;
use serde_json::Value;

use crate::harness::app::TestApp;
use crate::harness::fixture::{self, OFFICIALS, ROUND, SERVICE, SIPAS};
use figures::{Figures, bars, below, dots, hundredths, near, of_page, single_bars, span};

/// Keys of everything that is printed of a unit.
const PRINTED: [&str; 4] = ["percent", "printed", "held", "value"];

const ASKED: [&str; 3] = [SIPAS, SERVICE, OFFICIALS];

/// A published round, as the API gives it.
struct Given {
    app: TestApp,
    round: Value,
}

impl Given {
    async fn start() -> Self {
        let app = province::published().await;
        let round = serde_json::from_str(&app.get(&format!("/api/v1/rounds/{ROUND}")).await.text().await.unwrap()).unwrap();
        Self { app, round }
    }

    fn results(&self, questionnaire: &str) -> &Value {
        let all = self.round["questionnaires"].as_array().unwrap().iter().map(|asked| &asked["results"]);
        all.into_iter().find(|results| results["questionnaire"] == questionnaire).unwrap()
    }

    /// Units with their figures.
    fn units(&self, questionnaire: &str) -> Vec<(&str, &Value)> {
        let blocks = self.results(questionnaire)["blocks"].as_array().unwrap();
        let units = blocks.iter().flat_map(|block| block["units"].as_array().unwrap());
        units.map(|unit| (unit["unit"].as_str().unwrap(), &unit["figures"])).collect()
    }

    /// The name of a unit in Vietnamese.
    fn name(&self, unit: &str) -> String {
        let units = self.round["units"].as_array().unwrap();
        units.iter().find(|known| known["code"] == unit).unwrap()["name_vi"].as_str().unwrap().to_owned()
    }

    /// What a page about one unit may say of the others: index and points of each, and means of them.
    fn beside(&self, questionnaire: &str) -> Figures {
        let mut found = Figures::new();
        for (_, figures) in self.units(questionnaire) {
            found.extend([&figures["index"], &figures["component"], &figures["officials"]].iter().flat_map(|part| below(part, &PRINTED)));
        }
        for block in self.results(questionnaire)["blocks"].as_array().unwrap() {
            found.extend(["index", "component", "officials"].iter().flat_map(|mean| below(&block[mean], &PRINTED)));
        }
        found.extend(below(&self.results(questionnaire)["rating"], &["maximum"]));
        found.extend(self.results(questionnaire)["rule"].as_object().map(|_| "10.00".to_owned()));
        found
    }

    async fn page(&self, path: &str, words: Words) -> String {
        let sign = if path.contains('?') { '&' } else { '?' };
        self.app.get(&format!("/results/{ROUND}{path}{sign}lang={}", words.code())).await.text().await.unwrap()
    }

    async fn table(&self, path: &str) -> Vec<HashMap<String, String>> {
        let csv = self.app.get(&format!("/api/v1/rounds/{ROUND}/{path}.csv")).await.text().await.unwrap();
        csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes()).deserialize().map(Result::unwrap).collect()
    }

    async fn sheet(&self, name: &str) -> Vec<Vec<Data>> {
        let book = self.app.get(&format!("/api/v1/rounds/{ROUND}/scores.xlsx")).await.bytes().await.unwrap();
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(book)).unwrap();
        book.worksheet_range(name).unwrap().rows().map(<[Data]>::to_vec).collect()
    }
}

/// What pages have to say of a unit. How many were not asked is said where somebody may not be; what each group answered, by the share of the
/// points that follows from it.
fn required(figures: &Value) -> Figures {
    let Some(fields) = figures.as_object() else { return Figures::new() };
    let mut fields = fields.clone();
    for item in fields["items"].as_array_mut().unwrap() {
        let item = item.as_object_mut().unwrap();
        for key in ["not_shown", "no_opinion"] {
            item.remove(key);
        }
    }
    for group in fields["criteria"].as_array_mut().unwrap().iter_mut().flat_map(|criterion| criterion["groups"].as_array_mut().unwrap()) {
        group.as_object_mut().unwrap().remove("distribution");
    }
    below(&Value::Object(fields), &["percent", "printed"])
}

#[track_caller]
fn assert_same(place: &str, found: &Figures, required: &Figures, allowed: &Figures) {
    let (more, less): (Vec<_>, Vec<_>) = (found.difference(allowed).collect(), required.difference(found).collect());
    assert!(more.is_empty() && less.is_empty(), "{place}: too much {more:?}, missing {less:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_way_out_gives_the_same_figures_and_no_other() {
    let given = Given::start().await;
    for questionnaire in ASKED {
        of_pages(&given, questionnaire).await;
        of_tables(&given, questionnaire).await;
    }
    of_charts(&given, SIPAS).await;
    of_charts(&given, SERVICE).await;
    of_charts(&given, OFFICIALS).await;
    of_workbook(&given).await;
    // The province shows what it is for: exact figures, classes, and some that are hidden.
    let all: Figures = given.units(SIPAS).iter().flat_map(|(_, figures)| required(figures)).collect();
    assert!(all.iter().any(|figure| figure.contains('-')) && given.units(SIPAS).iter().any(|(_, figures)| figures.is_null()), "{all:?}");
    let hidden = |part: &Value| part["index"]["figure"].is_null();
    assert!(given.units(SIPAS).iter().any(|(_, figures)| figures["factors"].as_array().is_some_and(|parts| parts.iter().any(hidden))));
}

/// Pages of the units, and the page of the round.
async fn of_pages(given: &Given, questionnaire: &str) {
    let (results, beside) = (given.results(questionnaire), given.beside(questionnaire));
    let weights = results["rating"]["criteria"].as_array().into_iter().flatten().flat_map(|head| head["weights"].as_array().unwrap());
    let weights: Figures = weights.map(Value::to_string).collect();
    for words in [Words::of("vi"), Words::of("en")] {
        let of_round = below(&results["attributes"], &["percent"]);
        let page = given.page(&format!("?questionnaire={questionnaire}"), words).await;
        let found = of_page(&page, words);
        let of_units = given.units(questionnaire).into_iter().flat_map(|(_, figures)| {
            let printed = |part: &Value| below(part, &["percent", "printed"]);
            [printed(&figures["index"]), printed(&figures["component"]), printed(&figures["officials"])].into_iter().flatten()
        });
        assert_same(
            &format!("{questionnaire} {}", words.code()),
            &found,
            &of_units.chain(of_round.clone()).collect(),
            &(&beside | &of_round),
        );
        for (unit, figures) in given.units(questionnaire) {
            let page = given.page(&format!("/{unit}?questionnaire={questionnaire}"), words).await;
            let allowed = if figures.is_null() { Figures::new() } else { &(&beside | &weights) | &below(figures, &PRINTED) };
            assert_same(&format!("{questionnaire} {unit} {}", words.code()), &of_page(&page, words), &required(figures), &allowed);
        }
    }
}

/// Tables: what stands in them of each unit.
async fn of_tables(given: &Given, questionnaire: &str) {
    let mut found: HashMap<String, Figures> = HashMap::new();
    for table in ["indices", "components", "distributions"] {
        for row in given.table(&format!("{questionnaire}/{table}")).await {
            let columns = ["value", "held", "percent", "index", "points", "points_held", "share"];
            let cells = columns.iter().filter_map(|column| row.get(*column)).filter(|cell| !cell.is_empty()).cloned();
            // `100:12.50;60:40.00`: a share by weight.
            let shares = row
                .get("distribution")
                .into_iter()
                .flat_map(|cell| cell.split(';').filter_map(|share| Some(share.split_once(':')?.1.to_owned())));
            found.entry(row["unit"].clone()).or_default().extend(cells.chain(shares));
        }
    }
    for (unit, figures) in given.units(questionnaire) {
        let mut required = &required(figures) | &below(&figures["criteria"], &["percent"]);
        // The points of all criteria together are in the ranking's table and on pages.
        for total in below(&figures["officials"], &["printed"]) {
            required.remove(&total);
        }
        assert_same(&format!("{questionnaire} {unit} as tables"), &found[unit], &required, &below(figures, &PRINTED));
    }
}

/// The workbook: shares of every option, and points of the scheme.
async fn of_workbook(given: &Given) {
    let number = |cell: &Data| match cell {
        Data::Float(number) => format!("{number:.2}"),
        other => other.to_string(),
    };
    let of_answers = given.sheet("Khảo sát").await;
    for questionnaire in ASKED {
        for (unit, figures) in given.units(questionnaire) {
            let rows = of_answers.iter().filter(|row| number(&row[10]) == questionnaire && number(&row[11]) == unit);
            let found: Figures =
                rows.map(|row| number(&row[6])).filter(|cell| cell.bytes().all(|byte| b"0123456789.-".contains(&byte))).collect();
            let shares = |keys: &[&str]| -> Figures {
                let items = figures["items"].as_array().into_iter().flatten();
                let shares = items.flat_map(|item| keys.iter().flat_map(|key| below(&item[*key], &["percent"])));
                shares.map(|share| if share.contains('-') { share } else { fixed(&share) }).collect()
            };
            let all = shares(&["options", "no_opinion", "skipped", "not_shown"]);
            assert_same(&format!("{questionnaire} {unit} in the workbook"), &found, &all, &all);
        }
    }
    let of_points = given.sheet("Tiêu chí").await;
    for unit in given.round["ranking"]["blocks"][0]["units"].as_array().unwrap() {
        let found: Figures = of_points
            .iter()
            .filter(|row| number(&row[18]) == unit["unit"].as_str().unwrap())
            .flat_map(|row| [number(&row[7]), number(&row[9])])
            .filter(|cell| !cell.is_empty())
            .collect();
        let cells = unit["cells"].as_array().unwrap().iter();
        let all: Figures =
            cells.flat_map(|cell| [&cell["points"], &cell["survey"]["percent"]]).filter_map(Value::as_str).map(fixed).collect();
        assert_same(&format!("{} in the workbook's criteria", unit["unit"]), &found, &all, &all);
    }
}

/// A decimal rounded half up to two places.
fn fixed(number: &str) -> String {
    let held: par_survey::scoring::decimal::Held = number.parse().unwrap();
    held.to_fixed(2)
}

/// Charts: a bar's length is a figure, and where none is given no bar is drawn.
async fn of_charts(given: &Given, questionnaire: &str) {
    let form = fixture::form(&given.app.store, questionnaire).await;
    let kind =
        |item: &Value| form.questionnaire.items.iter().find(|known| item["code"] == known.code).map(|item: &Item| &item.kind).unwrap();
    let index = |figures: &Value| figures["index"]["figure"]["percent"].as_str().map(str::to_owned);
    let indices: Vec<(String, String)> =
        given.units(questionnaire).iter().filter_map(|(unit, figures)| Some((given.name(unit), index(figures)?))).collect();
    for (unit, figures) in given.units(questionnaire) {
        let page = given.page(&format!("/{unit}?questionnaire={questionnaire}"), Words::of("vi")).await;
        let (mut in_one, mut alone) = (Vec::new(), Vec::new());
        for item in figures["items"].as_array().into_iter().flatten() {
            let shares: Vec<(u32, u32)> =
                item["options"].as_array().unwrap().iter().map(|share| span(share["percent"].as_str().unwrap())).collect();
            let exact = !shares.is_empty() && shares.iter().all(|(from, below)| from == below);
            match kind(item) {
                Kind::Scale { .. } if exact => in_one.push(pieces(&shares)),
                Kind::Scale { .. } => {}
                // What it may be follows what it is at least.
                _ => alone.extend(shares.into_iter().map(
                    |(from, below)| {
                        if from == below { vec![(0, from)] } else { vec![(0, from), (from, below)] }
                    },
                )),
            }
        }
        assert_eq!((bars(&page), single_bars(&page)), (in_one, alone), "{unit}");
        near(dots(&page), if figures.is_null() { Vec::new() } else { indices.clone() });
    }
}

/// Shares one behind the other, brought to the whole bar.
fn pieces(shares: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let total: u32 = shares.iter().map(|(share, _)| share).sum();
    let ends = shares.iter().scan(0, |before, (share, _)| {
        let start = *before;
        *before += share;
        Some((start * 10_000 / total, *before * 10_000 / total))
    });
    ends.filter(|(start, end)| end > start).collect()
}
