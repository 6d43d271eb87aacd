//! The sheet of targets: what plans aimed at, what came out, and by how much it was met or missed.

use super::words::{self, Words, both};
use super::{Book, Columns, fixed, heads, text, whole};
use crate::export::workbook::{Cell, Sheet};
use crate::scoring::decimal::Held;
use crate::scoring::targets::{Aim, Attained, Target, TargetResult};
use crate::unit::UnitCode;

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

/// Indices whose values are percents; others have scales of their own.
const PERCENTS: [&str; 2] = ["PAR", "SIPAS"];
/// The word of a target on a whole index.
const WHOLE: &str = "whole";

const PROVINCE: Words<'static> = ["Toàn tỉnh", "Whole province"];

/// Makes the sheet; none where there are no targets.
pub(super) fn sheet(book: &Book<'_>) -> Option<Sheet> {
    let targets = &book.ranking.targets;
    let rows = || targets.iter().map(|result| row(book, result)).collect();
    (!targets.is_empty()).then(|| book.scored(book.sheet("Mục tiêu", heads(&COLUMNS), rows()), &book.ranking.blocks))
}

fn row<'a>(book: &Book<'a>, result: &'a TargetResult) -> Vec<Cell> {
    let TargetResult { target, attained, outcome, by } = result;
    let unit = target.unit.as_ref().map(UnitCode::as_str);
    let [vi, en] = unit.map_or(PROVINCE, |code| [book.name(code, "vi"), book.name(code, "en")]);
    let Attained { value, rank, previous_rank, group, source } = attained.clone().unwrap_or_default();
    vec![
        text(vi),
        text(en),
        text(&target.plan),
        text(target.year.to_string()),
        text(&target.index),
        text(scope(book, target)),
        text(aim(target)),
        fixed(value),
        whole(rank),
        whole(previous_rank),
        text(group.unwrap_or_default()),
        text(words::outcome(*outcome)),
        by.as_deref().map_or(Cell::Empty, difference),
        text(&target.source),
        text(source.unwrap_or_default()),
        text(unit.unwrap_or_default()),
    ]
}

/// The part of an index: the words of a field of the unit's block where it is one.
fn scope(book: &Book<'_>, target: &Target) -> String {
    let scope = target.scope.as_str();
    if scope.eq_ignore_ascii_case(WHOLE) {
        return "toàn bộ / whole".to_owned();
    }
    let own = target.unit.as_ref().and_then(|code| book.names.get(code.as_str())).map(|unit| unit.block.as_str());
    let mut blocks = book.ranking.blocks.iter().filter(|block| own.is_none_or(|own| block.block == own));
    let Some(block) = blocks.find(|block| block.field(scope).is_some()) else { return scope.to_owned() };
    both(["vi", "en"].map(|language| book.document.field_text(block, scope, language)))
}

fn aim(target: &Target) -> String {
    let value = |held: &Held| value(&target.index, *held);
    match &target.aim {
        Aim::ValueAtLeast(least) => {
            let [vi, en] = value(least);
            format!("từ {vi} trở lên / {en} or more")
        }
        Aim::ValueAbove(bound) => {
            let [vi, en] = value(bound);
            format!("trên {vi} / more than {en}")
        }
        Aim::ValueEqual(aimed) => {
            let [vi, en] = value(aimed);
            format!("bằng {vi} / equal to {en}")
        }
        Aim::RankAtMost(rank) => format!("từ hạng {rank} trở lên / rank {rank} or better"),
        Aim::GroupEqual(group) => format!("nhóm “{group}” / group “{group}”"),
        Aim::RankChangeAtLeast(least) => format!("tăng ít nhất {least} bậc / at least {least} up in rank"),
        Aim::NotStated(said) => format!("kế hoạch không nêu: “{said}” / not stated by the plan: “{said}”"),
    }
}

/// A value of an index as Vietnamese and English write it.
fn value(index: &str, value: Held) -> [String; 2] {
    let en = value.to_fixed(2);
    let vi = en.replace('.', ",");
    if PERCENTS.contains(&index) { [format!("{vi}\u{a0}%"), format!("{en}%")] } else { [vi, en] }
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
        assert!(rows[0][0].ends_with(words::EXACT), "{}", rows[0][0]);
        let scope = "Công tác chỉ đạo, điều hành cải cách hành chính / Direction of administrative reform";
        assert_eq!(rows[2][..6], ["Xã A", "A Commune", "87/KH-UBND", "2026", "PAR", scope]);
        let came = ["từ 80,00\u{a0}% trở lên / 80.00% or more", "79.17", "1", "", "", "không đạt / missed", "-0.83", "trang 3", "", "xa-a"];
        assert_eq!(rows[2][6..], came);
        assert_eq!(rows[3][..6], ["Toàn tỉnh", "Whole province", "87/KH-UBND", "2026", "PAPI", "toàn bộ / whole"]);
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
    #[case(Aim::RankChangeAtLeast(2), "tăng ít nhất 2 bậc / at least 2 up in rank")]
    #[case(Aim::NotStated("tăng hạng".into()), "kế hoạch không nêu: “tăng hạng” / not stated by the plan: “tăng hạng”")]
    fn an_aim_is_said_in_words(#[case] aimed: Aim, #[case] words: &str) {
        assert_eq!(aim(&target(None, ("PCI", "whole"), aimed)), words);
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
