//! The ranking of the example province as pages, tables and workbooks show it.

use std::io::Cursor;

use calamine::{Reader, Xlsx};
use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use serde_json::Value;

mod agreeing;

use super::harness::province::Province;

/// So many respondents that most units have figures.
const RESPONDENTS: u64 = 2_500;

async fn ranking(province: &Province) -> Value {
    ranking_of(province, "2025").await
}

async fn ranking_of(province: &Province, round: &str) -> Value {
    province.json(&format!("/api/v1/rounds/{round}")).await["ranking"].take()
}

fn units(block: &Value) -> &Vec<Value> {
    block["units"].as_array().unwrap()
}

fn unit<'a>(ranking: &'a Value, code: &str) -> &'a Value {
    ranking["blocks"].as_array().unwrap().iter().flat_map(units).find(|unit| unit["unit"] == code).unwrap()
}

/// A held value as a page prints it, with a comma.
fn printed(held: &Value) -> String {
    let held: par_survey::scoring::decimal::Held = held.as_str().unwrap().parse().unwrap();
    held.to_fixed(2).replace('.', ",")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_example_province_shows_everything_that_a_ranking_can_have() {
    let province = Province::with(RESPONDENTS).await;
    let ranking = ranking(&province).await;
    assert_eq!(ranking["previous"]["round"], "2024");
    let blocks: Vec<&Value> = ranking["blocks"].as_array().unwrap().iter().collect();
    assert_eq!(blocks.iter().map(|block| block["block"].as_str().unwrap()).collect::<Vec<_>>(), ["departments", "communes", "agencies"]);
    for block in &blocks {
        let ranks: Vec<u64> = units(block).iter().filter_map(|unit| unit["standing"]["rank"].as_u64()).collect();
        assert_eq!(ranks.iter().max().copied(), u64::try_from(ranks.len()).ok(), "{}", block["block"]);
    }
    assert_eq!(unit(&ranking, "phuong-cho-moi")["status"]["merged"]["from"][0], "xa-cho-cu");
    assert_eq!(unit(&ranking, "dac-khu-dao-ngoc")["standing"], Value::Null);
    let police = unit(&ranking, "cong-an");
    let place = blocks[2]["fields"].as_array().unwrap().iter().position(|field| field["code"] == "civil-service").unwrap();
    assert_eq!(police["standing"]["fields"][place]["index"], Value::Null, "a field that does not apply");
    assert_eq!(unit(&ranking, "so-khoa-hoc")["standing"]["score"]["bonus"], "1.500000000000");
    assert_eq!(unit(&ranking, "so-xay-dung")["standing"]["score"]["penalty"], "1.000000000000");
    let outcomes: Vec<&str> = ranking["targets"].as_array().unwrap().iter().map(|target| target["outcome"].as_str().unwrap()).collect();
    assert!(["met", "missed", "not-stated"].iter().all(|outcome| outcomes.contains(outcome)), "{outcomes:?}");
    assert!(
        blocks
            .iter()
            .flat_map(|block| units(block))
            .flat_map(|unit| unit["cells"].as_array().unwrap())
            .any(|cell| !cell["changes"].is_null())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_print_the_ranking_in_both_languages() {
    let province = Province::with(RESPONDENTS).await;
    let ranking = ranking(&province).await;
    let blocks = ranking["blocks"].as_array().unwrap();
    for block in blocks {
        let code = block["block"].as_str().unwrap();
        let page = province.text(&format!("/results/2025?block={code}")).await;
        for standing in units(block).iter().map(|unit| &unit["standing"]).filter(|standing| !standing.is_null()) {
            assert!(page.contains(&printed(&standing["index"])), "{code} {}", standing["rank"]);
        }
        assert!(page.contains(&printed(&block["mean"])), "{code}");
        let english = province.text(&format!("/results/2025?block={code}&lang=en")).await;
        assert!(english.contains(&printed(&block["mean"]).replace(',', ".")) && english.contains("PAR Index"), "{code}");
    }
    assert_eq!(province.get("/results/2025?block=nothing").await.status(), StatusCode::NOT_FOUND);
    // Both surveys stand in one table with what each gives, and every change of a score with who made it and why.
    let page = province.text("/results/2025/so-noi-vu").await;
    for cell in unit(&ranking, "so-noi-vu")["cells"].as_array().unwrap().iter().filter(|cell| !cell["survey"].is_null()) {
        assert!(page.contains(&printed(&cell["points"])) && page.contains(&printed(&cell["survey"]["percent"])), "{cell}");
    }
    let changed =
        blocks.iter().flat_map(units).find(|unit| unit["cells"].as_array().unwrap().iter().any(|cell| !cell["changes"].is_null()));
    let page = province.text(&format!("/results/2025/{}", changed.unwrap()["unit"].as_str().unwrap())).await;
    assert!(page.contains("Nguyễn Văn Mẫu"), "who changed a score");
    let (before, page) = (ranking_of(&province, "2024").await, province.text("/results/2024").await);
    for block in before["blocks"].as_array().unwrap() {
        assert!(page.contains(&printed(&block["mean"])), "the year before, which came by file: {}", block["block"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_get_the_scores_as_table_and_workbook() {
    let province = Province::with(RESPONDENTS).await;
    let rows: Vec<Value> = serde_json::from_str(&province.text("/api/v1/rounds/2025/scores.json").await).unwrap();
    let ranking = ranking(&province).await;
    let of_units: Vec<&Value> = rows.iter().filter(|row| row["level"] == "unit").collect();
    assert_eq!(of_units.len(), 39);
    for row in of_units {
        let standing = &unit(&ranking, row["unit"].as_str().unwrap())["standing"];
        assert_eq!((&row["rank"], &row["index_held"]), (&standing["rank"], &standing["index"]), "{}", row["unit"]);
    }
    let csv = province.get("/api/v1/rounds/2025/scores.csv").await;
    assert_eq!(csv.headers()[CONTENT_TYPE], "text/csv; charset=utf-8");
    let tag = csv.headers()[ETAG].clone();
    let lines = csv.text().await.unwrap().lines().count();
    assert_eq!(lines, rows.len() + 1);
    let again = reqwest::Client::new().get(format!("{}/api/v1/rounds/2025/scores.csv", province.address)).header(IF_NONE_MATCH, tag);
    assert_eq!(again.send().await.unwrap().status(), StatusCode::NOT_MODIFIED);
    let book = province.get("/api/v1/rounds/2025/scores.xlsx").await.bytes().await.unwrap();
    let book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(book)).unwrap();
    assert!(book.sheet_names().len() >= 5, "{:?}", book.sheet_names());
    // What has no ranking has no scores, and says so.
    assert_eq!(province.get("/api/v1/rounds/2026/scores.csv").await.status(), StatusCode::NOT_FOUND);
    assert_eq!(province.get("/api/v1/rounds/2025/scores.pdf").await.status(), StatusCode::NOT_FOUND);
}

/// Names in the rows of the first ranking of a page that are ranked.
fn ranked_names(page: &str) -> Vec<String> {
    let rows = page.split("scroll ranks").nth(1).unwrap().split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap();
    let name = |row: &str| row.split("<a href=").nth(1).unwrap().split('>').nth(1).unwrap().split('<').next().unwrap().to_owned();
    rows.split("<tr>").skip(1).map(name).collect()
}

/// Units of a block by a number of each; those without it behind the others.
#[expect(clippy::float_arithmetic, reason = "an order of a test")]
fn by_number(block: &Value, up: bool, number: impl Fn(&Value) -> Option<f64>) -> Vec<String> {
    let mut ranked: Vec<&Value> = units(block).iter().filter(|unit| unit["standing"].is_object()).collect();
    ranked.sort_by_key(|unit| unit["standing"]["rank"].as_u64());
    let of = |unit: &Value| number(&unit["standing"]).map(|number| if up { number } else { -number });
    ranked.sort_by(|one, other| of(one).unwrap_or(f64::MAX).total_cmp(&of(other).unwrap_or(f64::MAX)));
    ranked.iter().map(|unit| unit["unit"].as_str().unwrap().to_owned()).collect()
}

fn decimal(held: &Value) -> Option<f64> {
    held.as_str().and_then(|held| held.parse().ok())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ranking_is_sorted_by_links_that_say_so() {
    let province = Province::with(RESPONDENTS).await;
    let (ranking, round) = (ranking(&province).await, province.json("/api/v1/rounds/2025").await);
    let block = &ranking["blocks"][1];
    assert_eq!(block["block"], "communes");
    let names = |codes: Vec<String>| -> Vec<String> {
        let named = |code: &String| round["units"].as_array().unwrap().iter().find(|unit| unit["code"] == code.as_str()).unwrap();
        codes.iter().map(|code| named(code)["name_vi"].as_str().unwrap().to_owned()).collect()
    };
    let rank = |standing: &Value| standing["rank"].as_f64();
    let change = |standing: &Value| Some(standing["before"]["rank"].as_f64()? - standing["rank"].as_f64()?);
    let index_change = |standing: &Value| Some(decimal(&standing["index"])? - decimal(&standing["before"]["index"])?);
    let address = async |asked: &str| province.text(&format!("/results/2025?block=communes{asked}")).await;
    let cases = [
        ("", by_number(block, true, rank), "ascending"),
        ("&sort=nonsense&order=nonsense", by_number(block, true, rank), "ascending"),
        ("&sort=sheets&order=down", by_number(block, true, rank), "ascending"),
        ("&sort=rank&order=down", by_number(block, false, rank), "descending"),
        ("&sort=index", by_number(block, false, |standing| decimal(&standing["index"])), "descending"),
        ("&sort=change", by_number(block, false, change), "descending"),
        ("&sort=change&order=up", by_number(block, true, change), "ascending"),
        ("&sort=index-change", by_number(block, false, index_change), "descending"),
        ("&sort=index-change&order=up", by_number(block, true, index_change), "ascending"),
    ];
    for (asked, expected, said) in cases {
        let page = address(asked).await;
        assert_eq!(ranked_names(&page), names(expected), "{asked}");
        assert_eq!(page.matches(&format!("aria-sort=\"{said}\"")).count(), 1, "{asked}");
    }
    let page = address("&sort=name").await;
    assert_eq!(page.matches("aria-sort").count(), 1);
    assert!(page.contains("?lang=vi&amp;sort=name&amp;order=down&amp;block=communes#PAR-communes-ranking"), "{page}");
    assert!(page.contains("?lang=en&amp;sort=name&amp;order=up&amp;block=communes"), "the other language in the same order: {page}");
    // What the year before has no changes of cannot be sorted by them.
    assert!(!province.text("/results/2024").await.contains("sort=change"));
    let of_round = province.text("/results/2025?sort=index&order=up").await;
    assert!(
        of_round.contains("sort=change&amp;order=down#PAR-agencies-ranking")
            && of_round.contains("sort=index&amp;order=down#sipas-2026--block-0")
    );
}

/// The value of an attribute of the first element of a text.
fn attribute<'a>(text: &'a str, name: &str) -> &'a str {
    text.split_once(&format!("{name}=\"")).unwrap().1.split('"').next().unwrap()
}

/// A unit in the chart of ranks: its name, its rank before and now, the class of its line, and by how many rows that rises.
type Slope = (String, Option<u64>, u64, String, i32);

/// Every unit of a chart: who stands beside the right end of its line, which rank at its left end, and both are those that its line joins.
#[expect(clippy::float_arithmetic, reason = "a place in a picture, as a test finds it")]
fn slopes(chart: &str) -> Vec<Slope> {
    let (lines, list) = chart.split_once("<ol>").unwrap();
    let spans = |row: &str| row.match_indices("</span>").map(|(end, _)| row[..end].rsplit('>').next().unwrap().to_owned()).collect();
    let rows: Vec<Vec<String>> = list.split("<li").skip(1).map(spans).collect();
    // The middle of a row lies at its half.
    let row = |height: &str| {
        let percent: f64 = height.trim_end_matches('%').parse().unwrap();
        (0..rows.len())
            .find(|row| {
                (f64::from(u32::try_from(*row).unwrap()) + 0.5 - percent * f64::from(u32::try_from(rows.len()).unwrap()) / 100.0).abs()
                    < 0.02
            })
            .unwrap()
    };
    let slope = |group: &str| {
        let right = row(attribute(group.rsplit("<circle").next().unwrap(), "cy"));
        let (now, name) = (rows[right][1].parse().unwrap(), rows[right][2].clone());
        let Some((_, line)) = group.split_once("<line") else { return (name, None, now, String::new(), 0) };
        let left = row(attribute(line, "y1"));
        assert_eq!(row(attribute(line, "y2")), right, "{group}");
        let rise = i32::try_from(left).unwrap() - i32::try_from(right).unwrap();
        (name, Some(rows[left][0].parse().unwrap()), now, attribute(line, "class").to_owned(), rise)
    };
    lines.split("<g>").skip(1).map(slope).collect()
}

/// A line goes from the rank of the year before to that of now, for every unit that is ranked and for no other.
#[tokio::test(flavor = "multi_thread")]
async fn slopes_are_drawn_from_the_ranks_that_the_api_gives() {
    let province = Province::with(RESPONDENTS).await;
    let ranking = ranking(&province).await;
    let named = province.json("/api/v1/rounds/2025").await["units"].take();
    let name =
        |code: &Value| named.as_array().unwrap().iter().find(|unit| unit["code"] == *code).unwrap()["name_vi"].as_str().unwrap().to_owned();
    let (mut up, mut down) = (0, 0);
    for block in ranking["blocks"].as_array().unwrap() {
        let page = province.text(&format!("/results/2025?block={}", block["block"].as_str().unwrap())).await;
        let mut drawn = slopes(page.split("<div class=\"lines\">").nth(1).unwrap().split("</ol>").next().unwrap());
        let ranks = units(block).iter().filter(|unit| unit["standing"].is_object());
        let ranks = ranks
            .map(|unit| (name(&unit["unit"]), unit["standing"]["before"]["rank"].as_u64(), unit["standing"]["rank"].as_u64().unwrap()));
        let row = |rank: u64| i32::try_from(rank).unwrap();
        let mut expected: Vec<Slope> = ranks
            .map(|(name, before, now)| {
                let rise = before.map_or(0, |before| row(before) - row(now));
                let class = before.map_or("", |_| ["down", "level", "up"][usize::try_from(rise.signum() + 1).unwrap()]);
                (name, before, now, class.to_owned(), rise)
            })
            .collect();
        up += expected.iter().filter(|(.., rise)| *rise > 0).count();
        down += expected.iter().filter(|(.., rise)| *rise < 0).count();
        drawn.sort();
        expected.sort();
        assert_eq!(drawn, expected, "{}", block["block"]);
    }
    assert!(up > 3 && down > 3, "{up} {down}");
}
