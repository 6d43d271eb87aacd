//! The sheet of targets: what plans aimed at, what came out, and by how much it was met or missed.

use super::{Book, column_in};
use crate::export::bilingual::{both, joined, said};
use crate::export::column::ColumnKind::{Code, Decimal, Entry, Text, Whole};
use crate::export::column::{Column, Meaning};
use crate::export::value::Value;
use crate::export::workbook::WorkbookSheet;
use crate::scoring::decimal::Held;
use crate::scoring::targets::{Aim, Attained, Outcome, Target, TargetResult};
use crate::unit::UnitCode;
use crate::words::Words;

/// Indices whose values are percents; others have scales of their own.
const PERCENTS: [&str; 2] = ["PAR", "SIPAS"];
/// The word of a target on a whole index.
const WHOLE: &str = "whole";

const OUTCOMES: [Outcome; 4] = [Outcome::Met, Outcome::Missed, Outcome::NotStated, Outcome::NoFigure];

/// Makes the sheet; none where there are no targets.
pub(super) fn sheet<'a>(book: &Book<'a>) -> Option<WorkbookSheet<'a>> {
    let targets = &book.ranking.targets;
    let rows = || targets.iter().map(|result| row(book, result)).collect();
    let name = Words::of("vi").get("par-targets");
    (!targets.is_empty()).then(|| book.scored(book.sheet(&name, columns(), rows()), &book.ranking.blocks))
}

/// The columns.
pub(super) fn columns() -> Vec<Column> {
    let labelled = |name, kind, label: &str, width| Column::new(name, kind).labelled(both(label), width);
    let outcomes = OUTCOMES.map(|met| Meaning::of(outcome(met), both(&format!("par-outcome-{}", outcome(met)))));
    vec![
        column_in("vi", "unit_name_vi", "par-target-for", 36),
        column_in("en", "unit_name_en", "par-target-for", 36),
        labelled("plan", Text, "workbook-plan", 24),
        labelled("year", Text, "workbook-year", 8),
        labelled("index", Text, "par-target-index", 14),
        labelled("scope", Text, "workbook-scope", 36),
        labelled("aim", Text, "par-target-aim", 40),
        labelled("value", Decimal, "workbook-value-reached", 12),
        labelled("rank", Whole, "workbook-rank-reached", 10),
        labelled("previous_rank", Whole, "workbook-rank-before", 12),
        labelled("group", Text, "workbook-group-reached", 16),
        labelled("outcome", Code, "par-target-outcome", 24).with_labels(outcomes),
        labelled("by", Entry, "workbook-difference", 18),
        labelled("source", Text, "workbook-target-source", 60),
        labelled("figure_source", Text, "workbook-figure-source", 60),
        labelled("unit", Text, "workbook-unit-code", 20),
    ]
}

/// The code of an outcome.
fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Met => "met",
        Outcome::Missed => "missed",
        Outcome::NotStated => "not-stated",
        Outcome::NoFigure => "no-figure",
    }
}

fn row<'a>(book: &Book<'a>, result: &'a TargetResult) -> Vec<Value<'a>> {
    let TargetResult { target, attained, outcome: met, by } = result;
    let unit = target.unit.as_ref().map(UnitCode::as_str);
    let name = |language| match unit {
        Some(code) => Value::lent(book.name(code, language)),
        None => Value::text(Words::of(language).get("par-target-province")),
    };
    let Attained { value, rank, previous_rank, group, source } = attained.clone().unwrap_or_default();
    vec![
        name("vi"),
        name("en"),
        Value::named(&target.plan),
        Value::text(target.year.to_string()),
        Value::named(&target.index),
        Value::text(scope(book, target)),
        Value::text(aim(target)),
        Value::fixed(value),
        Value::whole(rank),
        Value::whole(previous_rank),
        Value::maybe(group),
        Value::lent(outcome(*met)),
        by.as_deref().map_or(Value::Empty, Value::decimal),
        Value::named(&target.source),
        Value::maybe(source),
        Value::named(unit.unwrap_or_default()),
    ]
}

/// The part of an index: the words of a field of the unit's block where it is one.
fn scope(book: &Book<'_>, target: &Target) -> String {
    let scope = target.scope.as_str();
    if scope.eq_ignore_ascii_case(WHOLE) {
        return both("par-target-whole");
    }
    let own = target.unit.as_ref().and_then(|code| book.units.get(code.as_str())).map(|unit| unit.block.as_str());
    let mut blocks = book.ranking.blocks.iter().filter(|block| own.is_none_or(|own| block.block == own));
    let Some(block) = blocks.find(|block| block.field(scope).is_some()) else { return scope.to_owned() };
    joined(["vi", "en"].map(|language| book.document.field_text(block, scope, language)))
}

fn aim(target: &Target) -> String {
    let aimed = |key: &str, held: Held| said(|words| words.with(key, [("value", &value(words, &target.index, held))]));
    match &target.aim {
        Aim::ValueAtLeast(held) => aimed("par-aim-at-least", *held),
        Aim::ValueAbove(held) => aimed("par-aim-above", *held),
        Aim::ValueEqual(held) => aimed("par-aim-equal", *held),
        Aim::RankAtMost(rank) => said(|words| words.with("par-aim-rank", [("rank", &rank.to_string())])),
        Aim::GroupEqual(group) => said(|words| words.with("par-aim-group", [("group", group)])),
        Aim::RankChangeAtLeast(least) => said(|words| {
            let places = words.count("par-places", usize::try_from(*least).unwrap_or(usize::MAX));
            words.with("par-aim-rise", [("places", &places)])
        }),
        Aim::NotStated(about) => said(|words| not_stated(words, about)),
    }
}

/// What a target without a value is about: a type of the file of targets, else what the plan says.
fn not_stated(words: Words, about: &str) -> String {
    match about {
        "rank_at_most" => words.get("par-unstated-rank"),
        "value_at_least" | "value_above" | "value_equal" => words.get("par-unstated-value"),
        "group_equal" => words.get("par-unstated-group"),
        "rank_change_at_least" => words.get("par-unstated-rise"),
        own => words.with("par-aim-not-stated", [("words", own)]),
    }
}

/// A value of an index as a language writes it.
fn value(words: Words, index: &str, value: Held) -> String {
    let number = value.to_fixed(2);
    if PERCENTS.contains(&index) { words.percent(&number) } else { words.decimal(&number) }
}

#[cfg(test)]
mod tests {
    use calamine::Reader;
    use rstest::rstest;

    use super::*;
    use crate::export::scores::book::tests::{rows, written};
    use crate::export::scores::tests::document;
    use crate::scoring::ranking::Origin;
    use crate::scoring::targets::hold;

    fn held(text: &str) -> Held {
        text.parse().unwrap()
    }

    fn target(unit: Option<&str>, (index, scope): (&str, &str), aim: Aim) -> Target {
        let unit = unit.map(|code| UnitCode::new(code).unwrap());
        let (index, scope, source) = (index.to_owned(), scope.to_owned(), "trang 3".to_owned());
        Target { unit, plan: "87/KH-UBND".into(), year: 2026, index, scope, aim, source }
    }

    #[test]
    fn a_target_has_a_row_with_what_was_aimed_at_and_what_came_out() {
        let reached = Attained { value: Some(held("79.166666666667")), rank: Some(1), ..Attained::default() };
        let imported = Attained { group: Some("Cao".into()), source: Some("PAPI 2026".into()), ..Attained::default() };
        let field = target(Some("xa-a"), ("PAR", "direction"), Aim::ValueAtLeast(held("80")));
        let province = target(None, ("PAPI", "whole"), Aim::GroupEqual("Cao".into()));
        let mut document = document();
        let ranking = document.publication.ranking.as_mut().unwrap();
        ranking.targets = vec![hold(field, Some(reached)), hold(province, Some(imported))];
        ranking.blocks[0].leaves[0].from = Origin::Satisfaction;
        let mut book = written(&document);
        assert_eq!(book.sheet_names()[2], "Mục tiêu");
        let rows = rows(&mut book, "Mục tiêu");
        // What is reached is made of points like those of the other sheets.
        assert!(rows[0][0].ends_with(&both("par-points-exact")), "{}", rows[0][0]);
        let scope = "Công tác chỉ đạo, điều hành cải cách hành chính / Direction of administrative reform";
        assert_eq!(rows[2][..6], ["Xã A", "A Commune", "87/KH-UBND", "2026", "PAR", scope]);
        let came = ["từ 80,00\u{a0}% trở lên / 80.00% or more", "79.17", "1", "", "", "không đạt / missed", "-0.83", "trang 3", "", "xa-a"];
        assert_eq!(rows[2][6..], came);
        assert_eq!(rows[3][..6], ["Toàn tỉnh", "Whole province", "87/KH-UBND", "2026", "PAPI", "chung / overall"]);
        let came = ["nhóm “Cao” / group “Cao”", "", "", "", "Cao", "đạt / met", "", "trang 3", "PAPI 2026", ""];
        assert_eq!(rows[3][6..], came);
    }

    #[test]
    fn a_province_without_targets_has_no_sheet_of_them() {
        let document = document();
        assert!(!written(&document).sheet_names().iter().any(|name| name == "Mục tiêu"));
    }

    #[rstest]
    #[case(Aim::ValueAbove(held("90.5")), "trên 90,50 / more than 90.50")]
    #[case(Aim::ValueEqual(held("100")), "bằng 100,00 / equal to 100.00")]
    #[case(Aim::RankAtMost(10), "từ hạng 10 trở lên / rank 10 or better")]
    #[case(Aim::RankChangeAtLeast(2), "tăng ít nhất 2 bậc / at least 2 places up")]
    #[case(Aim::NotStated("rank_at_most".into()), "xếp hạng, không nêu mức / a rank, no value given")]
    #[case(Aim::NotStated("tăng hạng".into()), "kế hoạch không nêu: “tăng hạng” / not stated by the plan: “tăng hạng”")]
    fn an_aim_is_said_in_words(#[case] aimed: Aim, #[case] words: &str) {
        assert_eq!(aim(&target(None, ("PCI", "whole"), aimed)), words);
    }
}
