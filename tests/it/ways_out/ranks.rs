//! Ranks: the ranking of a round, the report of a block and the score sheet of a unit say what `ranking` gives, and nothing else; so do their charts.

use par_survey::scoring::decimal::Held;
use par_survey::scoring::ranking::LARGE_HUNDREDTHS;
use par_survey::words::Words;
use serde_json::Value;

use super::figures::{Figures, dots, field_dots, near, of_page};
use super::{Given, assert_same, fixed};

fn each(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

fn held(value: &Value) -> Option<Held> {
    value.as_str().and_then(|text| text.parse().ok())
}

/// Two decimals of these.
fn printed<'v>(values: impl IntoIterator<Item = &'v Value>) -> Figures {
    values.into_iter().filter_map(Value::as_str).map(fixed).collect()
}

/// A calculation has all the decimals that there are.
fn exact<'v>(values: impl IntoIterator<Item = &'v Value>) -> Figures {
    let shortest = |text: &str| text.trim_end_matches('0').trim_end_matches('.').to_owned();
    values.into_iter().filter_map(Value::as_str).map(shortest).collect()
}

/// How far two values are apart.
fn apart(one: &Value, other: &Value) -> Option<String> {
    let (one, other) = (held(one)?, held(other)?);
    Some(one.max(other).less(one.min(other)).to_fixed(2))
}

/// The section about the PAR Index alone.
fn section(page: &str) -> String {
    let inside = page.split("<section id=\"PAR\">").nth(1).unwrap().split("</section>").next().unwrap();
    format!("<main>{inside}</main>")
}

/// Indices and their mean: what every page about a block says.
fn of_block(block: &Value) -> Figures {
    printed(each(&block["units"]).map(|unit| &unit["standing"]["index"]).chain([&block["mean"]]))
}

/// Fields of all units, with their maxima and means.
fn of_fields(block: &Value) -> Figures {
    let fields = each(&block["units"]).flat_map(|unit| each(&unit["standing"]["fields"]));
    let heads = each(&block["fields"]).flat_map(|head| [&head["maximum"], &head["mean"]]);
    printed(fields.flat_map(|field| [&field["points"], &field["index"]]).chain(heads))
}

/// From how many points on a criterion is called large.
fn large() -> Figures {
    Figures::from([Held::from_hundredths(LARGE_HUNDREDTHS).to_fixed(2)])
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_the_ranking_say_what_it_gives_and_no_other() {
    let given = Given::start().await;
    let block = &given.round["ranking"]["blocks"][0];
    for words in [Words::of("vi"), Words::of("en")] {
        let round = section(&given.page("", words).await);
        assert_same("round", &of_page(&round, words), &of_block(block), &of_block(block));
        let report = given.page("?block=departments", words).await;
        let of_report = &of_block(block) | &of_fields(block);
        assert_same("report", &of_page(&report, words), &of_report, &(&of_report | &large()));
        assert_eq!(dots(&report).len(), each(&block["units"]).filter(|unit| unit["standing"].is_object()).count());
        for unit in each(&block["units"]) {
            let code = unit["unit"].as_str().unwrap();
            let page = section(&given.page(&format!("/{code}"), words).await);
            let required = of_unit(block, unit);
            assert_same(code, &of_page(&page, words), &required, &(&required | &beside(unit)));
        }
    }
}

/// What has to stand on the page of a unit: its fields with those of the block, and its score sheet.
fn of_unit(block: &Value, unit: &Value) -> Figures {
    let (standing, cells) = (&unit["standing"], each(&unit["cells"]));
    let fields = each(&standing["fields"]).flat_map(|field| [&field["points"], &field["index"], &field["maximum"]]);
    let heads = each(&block["fields"]).map(|head| &head["mean"]);
    let maxima = each(&block["leaves"]).map(|leaf| &leaf["maximum"]);
    let cells = cells.flat_map(|cell| [&cell["points"], &cell["survey"]["percent"]]);
    let mut figures = printed(fields.chain(heads).chain(maxima).chain(cells).chain([&standing["index"], &block["mean"]]));
    // Points in percent of their maximum.
    let of_leaf = |(leaf, cell): (&Value, &Value)| Some(held(&cell["points"])?.percent_of(held(&leaf["maximum"])?)?.to_fixed(2));
    figures.extend(each(&block["leaves"]).zip(each(&unit["cells"])).filter_map(of_leaf));
    figures.extend(apart(&standing["index"], &block["mean"]));
    figures
}

/// What may stand there: calculations with all their decimals.
fn beside(unit: &Value) -> Figures {
    let cells = each(&unit["cells"]).flat_map(|cell| [&cell["points"], &cell["survey"]["percent"]]);
    let sums = each(&unit["standing"]["fields"]).map(|field| &field["points"]);
    &exact(cells.chain(sums)) | &lost(unit)
}

/// What criteria gave, what they could have given and did not, and all of that together.
fn lost(unit: &Value) -> Figures {
    let of = |sum: &Value| Some(held(&sum["maximum"])?.less(held(&sum["points"])?));
    let lost: Vec<Held> = each(&unit["criteria"]).filter_map(of).collect();
    let lost: Figures = lost.iter().copied().chain([Held::total(lost.iter().copied())]).map(|lost| lost.to_fixed(2)).collect();
    &lost | &printed(each(&unit["criteria"]).map(|sum| &sum["points"]))
}

/// Charts of the ranking: a dot is an index, beside its name and its number.
#[tokio::test(flavor = "multi_thread")]
async fn charts_of_the_ranking_draw_what_it_gives() {
    let given = Given::start().await;
    let block = &given.round["ranking"]["blocks"][0];
    let index = |of: &Value| fixed(of["index"].as_str().unwrap());
    let report = given.page("?block=departments", Words::of("vi")).await;
    let names = |unit: &Value| given.name(unit["unit"].as_str().unwrap());
    near(dots(&report), each(&block["units"]).map(|unit| (names(unit), index(&unit["standing"]))).collect());
    for unit in each(&block["units"]) {
        let page = section(&given.page(&format!("/{}", unit["unit"].as_str().unwrap()), Words::of("vi")).await);
        let fields = each(&unit["standing"]["fields"]).filter(|field| !field["index"].is_null());
        near(field_dots(&page), fields.map(|field| ("Phục vụ".to_owned(), index(field))).collect());
    }
}
