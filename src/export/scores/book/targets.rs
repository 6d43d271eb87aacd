//! The sheet of targets: what plans aimed at, what came out, and by how much it was met or missed.

use strum::IntoEnumIterator;

use super::{Book, column_in};
use crate::export::bilingual::{Label, said};
use crate::export::column::ColumnKind::{Code, Decimal, Entry, Text, Whole};
use crate::export::column::DecimalUnit::OfRow;
use crate::export::column::{Column, KnownCodes, Meaning};
use crate::export::value::Value;
use crate::export::workbook::WorkbookSheet;
use crate::scoring::targets::{Attained, Outcome, TargetResult};
use crate::unit::UnitCode;
use crate::words::Words;

/// Makes the sheet; none where there are no targets.
pub(super) fn sheet<'a>(book: &Book<'a>) -> Option<WorkbookSheet<'a>> {
    let targets = &book.ranking.targets;
    let rows = || targets.iter().map(|result| row(book, result)).collect();
    let name = Words::of("vi").get("par-targets");
    (!targets.is_empty()).then(|| book.scored(book.sheet(&name, columns(), rows()), &book.ranking.blocks))
}

/// Columns of the sheet of targets, in their order.
pub(super) fn columns() -> Vec<Column> {
    let labelled = |name, kind, label: &str, width| Column::new(name, kind).labelled(Label::by(label), width);
    let outcomes = Outcome::iter().map(|met| Meaning::of(met.code(), Label::by(&format!("par-outcome-{}", met.code()))));
    vec![
        column_in("vi", "unit_name_vi", "par-target-for", 26),
        column_in("en", "unit_name_en", "par-target-for", 26),
        labelled("plan", Text, "workbook-plan", 18),
        labelled("year", Text, "workbook-year", 8),
        labelled("index", Text, "par-target-index", 14),
        labelled("scope", Text, "workbook-scope", 24),
        labelled("aim", Text, "par-target-aim", 28),
        labelled("value", Decimal(OfRow), "workbook-value-reached", 12),
        labelled("rank", Whole, "workbook-rank-reached", 10),
        labelled("previous_rank", Whole, "workbook-rank-before", 12),
        labelled("group", Text, "workbook-group-reached", 12),
        labelled("outcome", Code(KnownCodes::OWN), "par-target-outcome", 14).with_labels(outcomes),
        labelled("by", Entry, "workbook-difference", 18),
        labelled("source", Text, "workbook-target-source", 34),
        labelled("figure_source", Text, "workbook-figure-source", 34),
        labelled("unit", Text, "workbook-unit-code", 14),
    ]
}

fn row<'a>(book: &Book<'a>, result: &'a TargetResult) -> Vec<Value<'a>> {
    let TargetResult { target, subject, attained, outcome: met, by } = result;
    let scope = |words: Words| words.target_scope(subject, |block, field| book.document.field_of(block, field, words.code()).to_owned());
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
        Value::text(said(|words| words.target_index(subject))),
        Value::text(said(scope)),
        Value::text(said(|words| words.target_aim(result))),
        Value::fixed(value),
        Value::whole(rank),
        Value::whole(previous_rank),
        Value::maybe(group),
        Value::lent(met.code()),
        by.as_deref().map_or(Value::Empty, Value::decimal),
        Value::named(&target.source),
        Value::maybe(source),
        Value::named(unit.unwrap_or_default()),
    ]
}

#[cfg(test)]
mod tests {
    use calamine::Reader;

    use super::*;
    use crate::export::bilingual::both;
    use crate::export::scores::book::tests::{rows, written};
    use crate::export::scores::tests::document;
    use crate::scoring::decimal::Held;
    use crate::scoring::ranking::Origin;
    use crate::scoring::targets::{Aim, Target, TargetSubject, hold};

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
        let scheme = crate::scheme::kept::read(&document.publication.schemes[0].definition).unwrap();
        let ranking = document.publication.ranking.as_mut().unwrap();
        let came = |target: Target, attained| {
            let subject = TargetSubject::of(&target.index, &target.scope, &[("communes", &scheme)]);
            hold(target, subject, Some(attained))
        };
        ranking.targets = vec![came(field, reached), came(province, imported)];
        ranking.blocks[0].leaves[0].from = Origin::Satisfaction;
        let mut book = written(&document);
        assert_eq!(book.sheet_names()[2], "Mục tiêu");
        let rows = rows(&mut book, "Mục tiêu");
        // What is reached is made of points like those of the other sheets.
        assert!(rows[0][0].ends_with(&both("par-points-exact")), "{}", rows[0][0]);
        let scope = "Công tác chỉ đạo, điều hành cải cách hành chính / Direction of administrative reform";
        assert_eq!(rows[2][..6], ["Xã A", "A Commune", "87/KH-UBND", "2026", "PAR Index", scope]);
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
}
