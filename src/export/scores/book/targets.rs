//! The sheet of targets: what plans aimed at, what came out, and by how much it was met or missed.

use super::words::{Words, both};
use super::{Book, Columns, fixed, heads, text, whole};
use crate::export::workbook::{Cell, Sheet};
use crate::scoring::targets::{Attained, TargetResult};
use crate::unit::UnitCode;
use crate::words::{self as sayings, LANGUAGES};

const COLUMNS: Columns<16> = [
    ("Đơn vị", 36),
    ("Unit", 36),
    ("Kế hoạch / Plan", 24),
    ("Năm / Year", 8),
    ("Chỉ số / Index", 14),
    ("Phạm vi / Scope", 36),
    ("Mục tiêu / Aim", 40),
    ("Giá trị đạt được / Value reached", 12),
    ("Hạng đạt được / Rank reached", 10),
    ("Hạng năm trước / Rank of the year before", 12),
    ("Nhóm đạt được / Group reached", 16),
    ("Kết quả / Outcome", 24),
    ("Chênh lệch (số dương là cao hơn mục tiêu) / Difference (positive is above the aim)", 18),
    ("Nguồn của mục tiêu / Source of the target", 60),
    ("Nguồn của số liệu / Source of the figure", 60),
    ("Mã đơn vị / Unit code", 20),
];

const PROVINCE: Words<'static> = ["Toàn tỉnh", "Whole province"];

/// Makes the sheet; none where there are no targets.
pub(super) fn sheet(book: &Book<'_>) -> Option<Sheet> {
    let targets = &book.ranking.targets;
    let rows = || targets.iter().map(|result| row(book, result)).collect();
    (!targets.is_empty()).then(|| book.scored(book.sheet("Mục tiêu", heads(&COLUMNS), rows()), &book.ranking.blocks))
}

fn row<'a>(book: &Book<'a>, result: &'a TargetResult) -> Vec<Cell> {
    let TargetResult { target, subject, attained, outcome, by } = result;
    let scope =
        |words: sayings::Words| words.target_scope(subject, |block, field| book.document.field_of(block, field, words.code()).to_owned());
    let unit = target.unit.as_ref().map(UnitCode::as_str);
    let [vi, en] = unit.map_or(PROVINCE, |code| [book.name(code, "vi"), book.name(code, "en")]);
    let Attained { value, rank, previous_rank, group, source } = attained.clone().unwrap_or_default();
    vec![
        text(vi),
        text(en),
        text(&target.plan),
        text(target.year.to_string()),
        text(said(|words| words.target_index(subject))),
        text(said(scope)),
        text(said(|words| words.target_aim(result))),
        fixed(value),
        whole(rank),
        whole(previous_rank),
        text(group.unwrap_or_default()),
        text(said(|words| words.target_outcome(*outcome))),
        by.as_deref().map_or(Cell::Empty, difference),
        text(&target.source),
        text(source.unwrap_or_default()),
        text(unit.unwrap_or_default()),
    ]
}

/// What is said in each language.
fn said(say: impl Fn(sayings::Words) -> String) -> String {
    both(LANGUAGES.map(|language| say(sayings::Words::of(language))).each_ref().map(String::as_str))
}

/// By how much, as a number with as many decimals as are said.
fn difference(by: &str) -> Cell {
    let number = by.trim_start_matches('+');
    let decimals = number.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    Cell::Decimal(number.to_owned(), u8::try_from(decimals).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use calamine::Reader;
    use rstest::rstest;

    use super::*;
    use crate::export::scores::book::tests::{rows, written};
    use crate::export::scores::book::words::EXACT;
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
        assert!(rows[0][0].ends_with(EXACT), "{}", rows[0][0]);
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

    #[rstest]
    #[case("+5.00", Cell::Decimal("5.00".to_owned(), 2))]
    #[case("-0.001", Cell::Decimal("-0.001".to_owned(), 3))]
    #[case("+8", Cell::Decimal("8".to_owned(), 0))]
    #[case("0", Cell::Decimal("0".to_owned(), 0))]
    fn a_difference_is_a_number(#[case] by: &str, #[case] cell: Cell) {
        assert_eq!(difference(by), cell);
    }
}
