//! What was published stays readable for good: a published round of every format, made by the program of its time, and what comes out of it.

mod maker;
mod outlets;
mod province;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use par_survey::publication::document::Document;
use par_survey::publication::format::RULE;
use par_survey::publication::{self, FORMAT};
use par_survey::scheme;
use par_survey::scoring::decimal::Held;
use par_survey::scoring::ranking::Ranking;
use par_survey::store::snapshots::Snapshot;
use par_survey::survey;
use rstest::rstest;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::harness::app::TestApp;
use crate::harness::database::{Backend, TestDatabase};
use maker::DOCUMENTS;
use outlets::Texts;
use province::{FIRST, Province, SECOND};

/// The folders of all formats, by number.
fn samples() -> Vec<(u32, PathBuf)> {
    let folders = std::fs::read_dir(province::folder()).unwrap().map(|entry| entry.unwrap().path());
    let number = |path: &Path| path.file_name()?.to_str()?.strip_prefix("format-")?.parse().ok();
    let found: BTreeMap<u32, PathBuf> = folders.filter_map(|path| Some((number(&path)?, path))).collect();
    found.into_iter().collect()
}

/// The frozen documents of a format, with the hashes they have always had.
fn documents(sample: &Path) -> Vec<Snapshot> {
    let sums = std::fs::read_to_string(sample.join("SHA256SUMS")).unwrap();
    let named = sums.lines().map(|line| line.split_once("  ").unwrap());
    let read = |(sha256, name): (&str, &str)| Snapshot { sha256: sha256.into(), body: std::fs::read_to_string(sample.join(name)).unwrap() };
    assert!(named.clone().map(|(_, name)| name).eq(DOCUMENTS));
    named.map(read).collect()
}

/// What came out of them at their time, by the name of the file.
fn golden(sample: &Path) -> Texts {
    fn gather(folder: &Path, found: &mut Vec<PathBuf>) {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() { gather(&path, found) } else { found.push(path) }
        }
    }
    let mut files = Vec::new();
    gather(sample, &mut files);
    let named = files.into_iter().map(|file| {
        let name = file.strip_prefix(sample).unwrap().to_str().unwrap().to_owned();
        (name, std::fs::read_to_string(file).unwrap())
    });
    named.filter(|(name, _)| name.contains('/')).collect()
}

/// A server over the rounds of a sample, as they were published.
async fn restored(backend: Backend, frozen: &[Snapshot]) -> TestApp {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    let body = |place: usize| Some(frozen[place].body.clone());
    let province = Province(&store);
    province.settled().await;
    province.past(body(0)).await;
    province.closed(FIRST, false).await;
    province.published(FIRST, body(1)).await;
    province.corrected_before(frozen[2].body.clone()).await;
    province.closed(SECOND, false).await;
    province.published(SECOND, body(3)).await;
    TestApp::over(database, store).await
}

/// Every row of a CSV file: what stands in each column.
fn rows(csv: &str) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes()).deserialize().map(Result::unwrap).collect()
}

/// Whether everything of an old value is in the new one: objects may have more keys, and nothing else may differ.
fn holds(new: &Value, old: &Value) -> bool {
    match (new, old) {
        (Value::Object(new), Value::Object(old)) => old.iter().all(|(key, old)| new.get(key).is_some_and(|new| holds(new, old))),
        (Value::Array(new), Value::Array(old)) => new.len() == old.len() && new.iter().zip(old).all(|(new, old)| holds(new, old)),
        (new, old) => new == old,
    }
}

/// What pages say of rules: by which one something was published, and from how many sheets or answers on. The numbers in it are no figures.
const RULES: [&str; 19] = [
    "quy tắc công bố số 1,",
    "rule 1 for publishing",
    "từ 1 đến dưới 10 phiếu",
    "1 to under 10 sheets",
    "1 to under 10 responses",
    "dưới 10 phiếu",
    "under 10 sheets",
    "under 10 responses",
    "ít hơn 10 phiếu",
    "fewer than 10 sheets",
    "fewer than 10 responses",
    "từ 10 phiếu trở lên",
    "from 10 sheets on",
    "from 10 responses on",
    "at least 10 sheets",
    "at least 10 responses",
    "đủ 10 câu trả lời hợp lệ",
    "has 10 valid answers",
    "10 valid answers or more",
];

/// A page without what it says of rules.
fn without_rules(page: &str) -> String {
    RULES.iter().fold(page.to_owned(), |page, rule| page.replace(rule, ""))
}

/// What begins sentences about moves and their causes, or stands in them. They are made of figures that stand in tables of the page as well,
/// and say other things of them than they did, in other words.
const MOVES: [&str; 20] = [
    " nhiều nhất",
    " trong khối, với ",
    " in the block, with ",
    " hạng so với năm ",
    " lĩnh vực cao hơn",
    " lĩnh vực thấp hơn",
    " lĩnh vực không đổi",
    "Làm tăng chỉ số",
    "Làm giảm chỉ số",
    " làm tăng chỉ số ",
    " làm giảm chỉ số ",
    " lĩnh vực đạt điểm tối đa",
    " lĩnh vực gần ",
    " lĩnh vực xếp ",
    " lĩnh vực cao nhất ",
    " lĩnh vực thấp nhất ",
    "Lĩnh vực có thứ hạng ",
    "ĩnh vực còn lại đạt ",
    "Các lĩnh vực đạt ",
    " nhưng đạt 0 điểm: ",
];

/// A page without what it says of moves and their causes.
fn without_moves(page: &str) -> String {
    page.lines().filter(|line| !MOVES.iter().any(|words| line.contains(words))).collect::<Vec<_>>().join("\n")
}

/// The first format whose samples have no charts.
const CHARTLESS: u32 = 4;

/// The numbers under the line of a chart of indices, until format 3.
const MARKS: [&str; 5] = ["0", "25", "50", "75", "100"];

/// A page without its charts, as samples were kept until format 3: each from its title to where that stands again, under it, with a note.
fn without_charts(page: &str) -> String {
    let lines: Vec<&str> = page.lines().collect();
    let (mut kept, mut at) = (String::new(), 0);
    while let Some(line) = lines.get(at) {
        let rest = &lines[at + 1..];
        let again = rest.iter().position(|other| other == line).filter(|again| {
            let inside = &rest[..*again];
            let has_line = inside.get(1..6) == Some(&MARKS[..]) || inside.ends_with(&MARKS);
            has_line || line.contains(": hạng của ") || line.contains(": ranks of ")
        });
        if let Some(again) = again {
            at += again + 3;
        } else {
            kept = kept + line + "\n";
            at += 1;
        }
    }
    kept
}

/// How often each number stands in a text.
fn numbers(text: &str) -> BTreeMap<&str, usize> {
    let mut found = BTreeMap::new();
    for word in text.split(|letter: char| !letter.is_ascii_digit() && !".,".contains(letter)) {
        let number = word.trim_matches(['.', ',']);
        if !number.is_empty() {
            *found.entry(number).or_default() += 1;
        }
    }
    found
}

/// What an old text says and a new one does not; tables may have more columns, and pages other words. Tables of documents of the first format are
/// the same bytes for good, and so is all else that the API gives of them.
fn lost(format: u32, name: &str, new: &str, old: &str) -> Option<String> {
    let extension = Path::new(name).extension().unwrap().to_str().unwrap();
    if format == 1 && (name.starts_with("api/") || ["csv", "json"].contains(&extension)) {
        return (new != old).then(|| format!("{name} is not the same bytes"));
    }
    let kept = match extension {
        "csv" => {
            let (new, old) = (rows(new), rows(old));
            let same = |(new, old): (&BTreeMap<_, _>, &BTreeMap<_, _>)| old.iter().all(|(column, cell)| new.get(column) == Some(cell));
            new.len() == old.len() && new.iter().zip(&old).all(same)
        }
        "json" => holds(&serde_json::from_str(new).unwrap(), &serde_json::from_str(old).unwrap()),
        _ => {
            let all = numbers(old);
            let old = if format < CHARTLESS { without_charts(old) } else { old.to_owned() };
            let (new, old) = (without_moves(&without_rules(new)), without_moves(&without_rules(&old)));
            let (new, old) = (numbers(&new), numbers(&old));
            let beyond = |one: &BTreeMap<&str, usize>, other: &BTreeMap<&str, usize>| {
                let more = one.iter().filter(|(number, count)| other.get(*number).is_none_or(|other| other < *count));
                more.map(|(number, _)| (*number).to_owned()).collect::<Vec<_>>()
            };
            // What stands there more often is no figure more: sentences and bars repeat figures of tables.
            let extra: Vec<&str> = new.keys().filter(|number| !all.contains_key(*number)).copied().collect();
            let missing = beyond(&old, &new);
            return (!missing.is_empty() || !extra.is_empty()).then(|| format!("{name} lacks {missing:?} and has besides {extra:?}"));
        }
    };
    (!kept).then(|| format!("{name} says something else"))
}

#[rstest]
#[case(Backend::Sqlite)]
#[case(Backend::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn what_was_published_in_any_format_is_given_as_it_was(#[case] backend: Backend) {
    assert!(samples().iter().any(|(number, _)| *number == 1));
    for (number, sample) in samples() {
        let frozen = documents(&sample);
        let app = restored(backend, &frozen).await;
        let hashes: Vec<String> = frozen.iter().map(|snapshot| snapshot.sha256.clone()).collect();
        let given = outlets::bodies(&app.address, &hashes).await;
        for (snapshot, given) in frozen.iter().zip(given) {
            assert_eq!(snapshot.sha256, hex::encode(Sha256::digest(given)), "format {number}");
        }
        for (code, place) in [("2024", 0), (FIRST, 2), (SECOND, 3)] {
            let given = app.get(&format!("/api/v1/rounds/{code}")).await.text().await.unwrap();
            assert!(given == frozen[place].body, "format {number}: {code}");
        }
        for path in ["", "?block=departments", "/thanh-tra"] {
            let page = app.get(&format!("/results/{FIRST}{path}")).await.text().await.unwrap();
            assert_eq!(page.contains(&format!("quy tắc công bố số {number},")), number < RULE, "format {number}: {path}");
        }
        let page = app.get(&format!("/results/{FIRST}")).await.text().await.unwrap();
        assert_eq!(page.contains("Điểm từ khảo sát được công bố chính xác"), number >= RULE, "format {number}: what its rule did not say");
        assert_eq!(page.contains("có từ 10 phiếu trở lên nên có số liệu"), number == 1, "format {number}: who has figures");
        let (now, then) = (outlets::all(&app.address, &app.store).await, golden(&sample));
        let lost: Vec<String> = then
            .iter()
            .filter_map(|(name, old)| now.get(name).map_or(Some(format!("no {name}")), |new| lost(number, name, new, old)))
            .collect();
        assert!(lost.is_empty(), "format {number}:\n{}", lost.join("\n"));
    }
}

#[rstest]
#[case(Backend::Sqlite)]
#[case(Backend::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_correction_of_any_format_copies_its_survey_figures_byte_for_byte(#[case] backend: Backend) {
    for (number, sample) in samples() {
        let frozen = documents(&sample);
        let database = TestDatabase::fresh(backend).await;
        let store = database.store().await;
        let province = Province(&store);
        province.settled().await;
        province.past(Some(frozen[0].body.clone())).await;
        province.closed(FIRST, false).await;
        province.published(FIRST, Some(frozen[1].body.clone())).await;
        let corrected = province.corrected().await;
        let figures = |body: &str| {
            let from = body.find("\"questionnaires\":").unwrap();
            let until = body.rfind("\"schemes\":[{\"definition\"").unwrap();
            body[from..until].to_owned()
        };
        assert!(figures(&corrected.body) == figures(&frozen[1].body), "format {number}");
        assert!(corrected.body == frozen[2].body, "format {number}: a correction says something else than at its time");
    }
}

/// What the table of losses of a page says of the year before, by code of the criterion or penalty.
fn of_year_before(page: &str) -> BTreeMap<String, String> {
    let table = page.split("-losses-table\">").last().unwrap().split("</table>").next().unwrap();
    let row = |row: &str| {
        let code = row.split_once("--").unwrap().1.split('"').next().unwrap();
        let then = row.split_once("năm 2025: ").map_or("–", |(_, rest)| rest.split('<').next().unwrap());
        (code.to_owned(), then.replace(',', "."))
    };
    table.split("<tbody>").nth(1).unwrap().split("<tr>").skip(1).map(row).collect()
}

/// Also of a document that did not say what criteria are together, which is worked out of it.
#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_a_unit_has_the_points_of_the_year_before_from_the_frozen_document_of_any_format() {
    for (number, sample) in samples() {
        let frozen = documents(&sample);
        let app = restored(Backend::Sqlite, &frozen).await;
        let (before, now) = (Document::frozen(frozen[2].clone()).unwrap(), Document::frozen(frozen[3].clone()).unwrap());
        let (mut compared, mut without) = (0, 0);
        let blocks = now.ranking().unwrap().blocks.iter();
        for (block, unit) in blocks.flat_map(|block| block.units.iter().map(move |unit| (block, unit))) {
            let page = app.get(&format!("/results/{SECOND}/{}", unit.unit)).await.text().await.unwrap();
            let Some((_, then)) = before.ranking().unwrap().unit(unit.unit.as_str()) else { continue };
            if unit.standing.as_ref().is_none_or(|standing| standing.before.is_none()) || block.losses(unit).is_empty() {
                continue;
            }
            for (code, points) in of_year_before(&page) {
                let sums = block.criterion(&code).map(|place| (&unit.criteria[place], &then.criteria[place]));
                let leaf = || block.leaves.iter().position(|leaf| leaf.code == code).unwrap();
                let expected = match sums.filter(|(sum, _)| sum.maximum > Held::default()) {
                    Some((now, then)) => (now.maximum == then.maximum).then_some(then.points),
                    None => then.cells[leaf()].points,
                };
                assert_eq!(points, expected.map_or("–".to_owned(), |points| points.to_fixed(2)), "format {number}: {} {code}", unit.unit);
                *(if expected.is_some() { &mut compared } else { &mut without }) += 1;
            }
        }
        assert!(compared > 3, "format {number}: {compared} {without}");
    }
}

/// The ranking of a document, as pages and exports read it.
fn ranking(frozen: Snapshot) -> Ranking {
    let mut ranking = Document::frozen(frozen).unwrap().ranking().unwrap().clone();
    // The same round in another format has another hash.
    ranking.previous.iter_mut().for_each(|previous| previous.sha256.clear());
    // How an index of the year before came about is known since format 4, and is no point of this year.
    let units = ranking.blocks.iter_mut().flat_map(|block| &mut block.units);
    units.filter_map(|unit| unit.standing.as_mut()?.before.as_mut()).for_each(|before| before.score = None);
    ranking
}

/// The province is the same in every format: what an earlier document does not say of its points is worked out as it was when they were made.
#[test]
fn what_an_earlier_document_does_not_say_of_its_points_is_what_a_later_one_says() {
    let samples = samples();
    let newest = documents(&samples.last().unwrap().1).into_iter().map(ranking);
    let newest: Vec<Ranking> = newest.collect();
    let explained = newest.iter().flat_map(|ranking| &ranking.blocks).flat_map(|block| &block.units).flat_map(|unit| &unit.cells);
    assert!(explained.clone().any(|cell| cell.worked.is_some()) && explained.clone().any(|cell| cell.counts.is_some()));
    for (number, sample) in samples.iter().filter(|(number, _)| (RULE..FORMAT).contains(number)) {
        for ((earlier, newest), name) in documents(sample).into_iter().map(ranking).zip(&newest).zip(DOCUMENTS) {
            assert!(earlier == *newest, "format {number}: {name}");
        }
    }
}

#[test]
fn every_format_has_its_sample() {
    assert!(samples().into_iter().map(|(number, _)| number).eq(1..=par_survey::publication::FORMAT));
}

#[test]
fn a_document_of_a_format_to_come_is_refused_by_name() {
    let (_, sample) = samples().pop().unwrap();
    let mut frozen = documents(&sample).remove(0);
    let body: Value = serde_json::from_str(&frozen.body).unwrap();
    let to_come = |number: Value| {
        let mut body = body.clone();
        body["format"] = number;
        body.to_string()
    };
    frozen.body = to_come((FORMAT + 1).into());
    let refused = publication::read(&frozen).unwrap_err().to_string();
    let wanted = format!("is of format {}, and this program reads formats up to {FORMAT}: a newer program is needed", FORMAT + 1);
    assert!(refused.contains(&wanted), "{refused}");
    assert!(Document::frozen(frozen.clone()).unwrap_err().to_string().contains(&wanted));
    frozen.body = to_come(0.into());
    assert!(publication::read(&frozen).is_err());
}

#[test]
fn a_published_definition_that_todays_check_refuses_is_shown() {
    let (_, sample) = samples().remove(0);
    let frozen = documents(&sample).remove(1);
    let published = publication::read(&frozen).unwrap();
    let mut body: Value = serde_json::from_str(&frozen.body).unwrap();
    let asked = published.questionnaires[0].definition.replace("version = \"1\"", "version = \"1\"\nleast_sheets = 9\nabolished = true");
    let scored = published.schemes[0].definition.replace("maximum = 50\nunverified = true", "maximum = 51\nunverified = true");
    assert!(survey::check::check("asked", &asked).is_err() && scheme::check::check("scored", &scored).is_err());
    body["questionnaires"][0]["definition"] = asked.into();
    body["schemes"][0]["definition"] = scored.into();
    let document = Document::frozen(Snapshot { body: body.to_string(), ..frozen }).unwrap();
    let block = document.ranking().unwrap().block("departments").unwrap();
    assert_eq!(document.section("citizens").unwrap().questionnaire.least_sheets, 9);
    assert_eq!(document.scheme(block).unwrap().fields[0].maximum_hundredths, 5_100);
}
