//! What pages, tables and workbook say beside figures: why one is not there, and what one may tell by itself.

use par_survey::words::Words;

use super::Given;
use super::figures::texts;
use crate::harness::fixture::{OFFICIALS, SERVICE, SIPAS};

/// The texts of a page, a text a line.
async fn page(given: &Given, path: &str, words: Words) -> String {
    texts(&given.page(path, words).await).join("\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_points_alone_may_tell_is_said_wherever_they_stand() {
    let given = Given::start().await;
    for words in [Words::of("vi"), Words::of("en")] {
        let of_ranks = words.get("par-points-exact");
        for path in ["", "?block=departments", "/so-25"] {
            assert!(page(&given, path, words).await.contains(&of_ranks), "{path}");
        }
        for (questionnaire, key) in [(SIPAS, "results-points-exact"), (OFFICIALS, "results-points-exact-rated")] {
            let of_points = words.with(key, [("floor", "10")]);
            for path in ["", "/so-25"].map(|path| format!("{path}?questionnaire={questionnaire}")) {
                assert!(page(&given, &path, words).await.contains(&of_points), "{path}");
            }
        }
    }
    let alone = "may-tell-that-all-answered-alike";
    let tables = [
        (format!("{SIPAS}/indices"), "overall", "value"),
        (format!("{SIPAS}/components"), "", "points"),
        (format!("{OFFICIALS}/components"), "", "points"),
        ("scores".to_owned(), "criterion", "survey_percent"),
        ("scores".to_owned(), "unit", "points"),
        ("scores".to_owned(), "field", "points"),
    ];
    for (table, level, points) in tables {
        let mut rows = given.table(&table).await;
        rows.retain(|row| level.is_empty() || row["level"] == level);
        let of = |unit: &str| {
            rows.iter().filter(|row| row["unit"] == unit && !row[points].is_empty()).map(|row| &*row["points_alone"]).collect::<Vec<_>>()
        };
        assert!(!of("so-25").is_empty() && of("so-25").iter().all(|said| *said == alone), "{table}: {:?}", of("so-25"));
        assert!(!of("so-120").is_empty() && of("so-120").iter().all(|said| said.is_empty()), "{table}: {:?}", of("so-120"));
        assert!(rows.iter().filter(|row| row[points].is_empty()).all(|row| row["points_alone"].is_empty()), "{table}");
    }
    for sheet in ["Tiêu chí", "Sở, ban, ngành"] {
        let title = given.sheet(sheet).await[0][0].to_string();
        let said = ["vi", "en"].map(|language| Words::of(language).get("par-points-exact")).join(" / ");
        assert!(title.ends_with(&said) && title.starts_with("Khảo sát năm 2026"), "{title}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_say_why_a_figure_is_not_there() {
    let given = Given::start().await;
    for (words, hidden, under) in
        [(Words::of("vi"), "không công bố", "quá ít câu trả lời"), (Words::of("en"), "not published", "too few answers")]
    {
        // Enough sheets, but some answers are missing: parts of the index stay closed, which is not for want of sheets.
        let some = page(&given, &format!("/so-30?questionnaire={SIPAS}"), words).await;
        assert!(some.lines().any(|text| text == hidden) && !some.lines().any(|text| text == under), "{some}");
        assert!(some.contains(&words.get("unit-parts-hidden")) && some.contains(&words.get("unit-item-few")), "{some}");
        let few = page(&given, &format!("/so-9?questionnaire={SIPAS}"), words).await;
        assert!(few.contains(&words.with("unit-under", [("floor", "10")])) && few.contains(under), "{few}");
        // An item that follows another is not said to have fewer answers than a figure needs: it may have more.
        let led = page(&given, &format!("/so-25?questionnaire={SERVICE}"), words).await;
        assert!(led.contains(&words.get("unit-item-too-few")) && !led.contains(&words.with("unit-item-under", [("floor", "10")])), "{led}");
        // What no group has enough of, the unit may have: seven sheets of one and six of another.
        let rated = page(&given, &format!("/so-1?questionnaire={OFFICIALS}"), words).await;
        assert!(rated.contains(&words.get("unit-under-rated")) && !rated.lines().any(|text| text == under), "{rated}");
        // Of one group there are nine about any unit, so that it never stands alone.
        let round = page(&given, &format!("?questionnaire={OFFICIALS}"), words).await;
        assert!(
            round.contains(&words.with("results-hidden-groups", [("floor", "10")])) && !round.lines().any(|text| text == under),
            "{round}"
        );
        let round = page(&given, &format!("?questionnaire={SIPAS}"), words).await;
        assert!(round.contains(&words.with("results-hidden-why", [("floor", "10")])), "{round}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn groups_that_are_counted_as_one_are_named_in_the_table_and_in_the_calculation() {
    let given = Given::start().await;
    let vi = "Gộp chung: Đại biểu Hội đồng nhân dân tỉnh; Lãnh đạo Ủy ban nhân dân cấp xã";
    let en = "Counted as one: Deputies of the provincial People's Council; Leaders of commune People's Committees";
    for (words, pool) in [(Words::of("vi"), vi), (Words::of("en"), en)] {
        let page = page(&given, &format!("/so-120?questionnaire={OFFICIALS}"), words).await;
        let (table, calculation) = page.split_once(&words.get("working-open")).unwrap();
        assert!(table.contains(pool) && calculation.matches(pool).count() == 6, "once a criterion: {page}");
        let alone = given.page(&format!("/so-50?questionnaire={OFFICIALS}"), words).await;
        assert!(!alone.contains(pool), "{alone}");
    }
}

/// Fifty sheets, one of which leaves a question blank: it has 49 answers, is printed, and is not in the index.
#[tokio::test(flavor = "multi_thread")]
async fn pages_say_which_questions_of_few_answers_leave_the_index() {
    let given = Given::start().await;
    let (_, figures) = given.units(SIPAS).into_iter().find(|(unit, _)| *unit == "so-50").unwrap();
    let (used, total) = (figures["index"]["used"].as_u64().unwrap(), figures["index"]["total"].as_u64().unwrap());
    let few = figures["items"].as_array().unwrap().iter().filter(|item| item["valid"] == "10-49" && item["figure"].is_null());
    assert_eq!((used, few.count()), (total - 1, 1));
    let is_whole = |figures: &serde_json::Value| figures["index"]["total"] == figures["index"]["used"] && !figures["index"].is_null();
    let (whole, _) = given.units(SIPAS).into_iter().find(|(_, figures)| is_whole(figures)).unwrap();
    for (words, said) in [
        (Words::of("vi"), "nếu những câu hỏi có dưới năm mươi câu trả lời không quá một phần tư thì chúng cũng không được tính"),
        (Words::of("en"), "those with fewer than fifty answers are left out as well where they are at most a quarter"),
    ] {
        let few = page(&given, &format!("/so-50?questionnaire={SIPAS}"), words).await;
        assert!(few.contains(said), "{few}");
        let all = page(&given, &format!("/{whole}?questionnaire={SIPAS}"), words).await;
        assert!(!all.contains(said), "where every question counts: {all}");
    }
}
