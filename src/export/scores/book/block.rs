//! The sheet of a block: the first unit first, those that are not ranked last.

use std::collections::BTreeSet;

use super::{Book, column, column_in};
use crate::export::bilingual::{Label, both, joined, said};
use crate::export::column::ColumnKind::{Code, Decimal, Text};
use crate::export::column::DecimalUnit::Percent;
use crate::export::column::{Column, KnownCodes, Meaning};
use crate::export::scores::rows::BlockRows;
use crate::export::value::Value;
use crate::export::workbook::WorkbookSheet;
use crate::publication::document::Document;
use crate::scoring::decimal::Held;
use crate::scoring::ranking::{BlockRanking, FieldHead, RankList, RankedUnit, UnitStatus};
use crate::words::Words;

/// Width of the column of a field.
const FIELD_WIDTH: u16 = 16;

/// Makes the sheet.
pub(super) fn sheet<'a>(book: &Book<'a>, rows: &'a BlockRows<'a>) -> WorkbookSheet<'a> {
    let block = rows.block();
    let mut columns = of_rank(book.document, block);
    columns.extend(
        block
            .fields
            .iter()
            .map(|head| Column::new(head.code.clone(), Decimal(Percent)).labelled(field(book.document, block, head), FIELD_WIDTH)),
    );
    columns.extend(of_past());
    let ranked = block.ranked().into_iter().chain(block.ranked_apart()).map(|(unit, _)| unit);
    let unranked = block.units.iter().filter(|unit| unit.standing.is_none());
    let cells = ranked.chain(unranked).map(|unit| row(book, rows, unit)).collect();
    book.scored(
        book.sheet(&Words::of("vi").block(&block.block, book.document.publication.blocks()), columns, cells),
        std::slice::from_ref(block),
    )
}

/// Columns before the fields.
fn of_rank(document: &Document, block: &BlockRanking) -> Vec<Column> {
    let in_percent = |key: &str| Label::said(|words| words.with("workbook-in-percent", [("what", &words.get(key))]));
    let named = block.units.iter().filter_map(|unit| unit.standing.as_ref()?.band.as_ref());
    let bands: BTreeSet<&String> = block.bands.iter().map(|band| &band.code).chain(named).collect();
    let words = |code: &String| joined(["vi", "en"].map(|language| document.band_text(block, code, language)));
    vec![
        column("rank", Label::by("par-rank"), 8),
        column_in("vi", "unit_name_vi", "results-unit", 26),
        column_in("en", "unit_name_en", "results-unit", 26),
        column("unit", Label::by("workbook-code"), 14),
        Column { kind: Text, ..column("status", Label::by("par-part-status"), 18) },
        column("index", Label::by("results-index"), 10),
        column("base_index", in_percent("par-base-index"), 12),
        column("points", Label::by("par-points"), 10),
        column("maximum", Label::by("par-maximum"), 10),
        column("bonus", Label::by("workbook-bonus"), 10),
        column("penalty", Label::by("workbook-penalty"), 10),
        Column { kind: Code(KnownCodes::OWN), ..column("band", Label::by("par-band"), 14) }
            .with_labels(bands.into_iter().map(|code| Meaning::of(code.clone(), words(code)))),
    ]
}

/// Columns behind the fields.
fn of_past() -> [Column; 4] {
    [
        column("previous_rank", Label::by("workbook-previous-rank"), 12),
        column("rank_change", Label::by("workbook-rank-change"), 16),
        column("previous_index", Label::by("workbook-previous-index"), 14),
        column("index_change", Label::by("par-index-change"), 16),
    ]
}

/// The head of a field: its words, its most points, and whether no source prints these.
fn field(document: &Document, block: &BlockRanking, head: &FieldHead) -> Label {
    let known = document.scheme(block).and_then(|scheme| scheme.fields.iter().find(|field| field.code == head.code));
    let is_unverified = known.is_some_and(|field| field.source.is_none());
    Label::said(|words| {
        let text = document.field_text(block, &head.code, words.code());
        let name = words.with("workbook-in-percent", [("what", text)]);
        let Some(maximum) = head.maximum.map(Held::shortest) else { return name };
        let maximum = words.with("par-maximum-of", [("maximum", &words.decimal(&maximum))]);
        let mark = is_unverified.then(|| words.get("par-unverified"));
        [name, maximum].into_iter().chain(mark).collect::<Vec<_>>().join(", ")
    })
}

fn row<'a>(book: &Book<'a>, rows: &'a BlockRows<'a>, unit: &'a RankedUnit) -> Vec<Value<'a>> {
    let (code, own) = (unit.unit.as_str(), rows.of_unit(unit));
    let (sums, past) = (own.sums, own.past);
    let mut row = vec![
        sums.rank,
        Value::lent(book.name(code, "vi")),
        Value::lent(book.name(code, "en")),
        Value::lent(code),
        Value::text(status(book, rows.block(), unit)),
        sums.index,
        sums.base_index,
        sums.points,
        sums.maximum,
        sums.bonus,
        sums.penalty,
        sums.band,
    ];
    row.extend(rows.of_fields(unit).map(|field| field.sums.index));
    row.extend([past.previous_rank, past.rank_change, past.previous_index, past.index_change]);
    row
}

/// What a unit is this year, and what its index lacks of surveys, so that its criteria do not add up to it.
fn status<'a>(book: &Book<'a>, block: &BlockRanking, unit: &'a RankedUnit) -> String {
    let own = match &unit.status {
        UnitStatus::Normal => None,
        UnitStatus::New => Some(both("par-new")),
        UnitStatus::Merged { from } => Some(said(|words| {
            let names: Vec<&str> = from.iter().map(|code| book.name(code.as_str(), words.code())).collect();
            words.with("workbook-status-merged", [("units", &names.join(", "))])
        })),
        UnitStatus::Exempt => Some(both("workbook-status-exempt")),
    };
    let gap = block.gap(unit).map(|gap| both(&format!("par-gap-{}", gap.code())));
    let is_apart = unit.standing.as_ref().is_some_and(|standing| standing.list == RankList::Apart);
    let outside = if is_apart { Some("par-apart-mark") } else { unit.unranked.map(|_| "workbook-status-exempt") };
    own.into_iter().chain(outside.map(both)).chain(gap).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use calamine::Reader;

    use super::*;
    use crate::export::scores::book::tests::{rows, written};
    use crate::export::scores::tests::document;

    #[test]
    fn a_block_has_a_sheet_with_the_first_unit_first() {
        let mut book = written(&document());
        assert_eq!(book.sheet_names(), ["Đợt", "Xã, phường, đặc khu", "Tiêu chí", "Khảo sát", "Giải thích cột"]);
        let rows = rows(&mut book, "Xã, phường, đặc khu");
        assert_eq!(rows[0][0], "Đánh giá năm 2026 / Assessment of 2026. BẢN NHÁP / DRAFT. DỮ LIỆU MẪU / SAMPLE DATA");
        let field = "Công tác chỉ đạo, điều hành cải cách hành chính (%), tối đa 12, chưa kiểm chứng / \
                     Direction of administrative reform (%), maximum 12, unverified";
        assert_eq!([&rows[1][0], &rows[1][12]], ["Hạng / Rank", field]);
        let first = [
            "1",
            "Xã A",
            "A Commune",
            "xa-a",
            &both("par-gap-rescaled-without"),
            "91.25",
            "91.75",
            "91.25",
            "100",
            "0",
            "0.5",
            "Xuất sắc / Excellent",
        ];
        assert_eq!(rows[2], [&first[..], &["79.17", "9", "8", "90.5", "0.75"]].concat());
        assert_eq!(rows[3][12..], ["", "1", "-1", "90.5", "-2.5"]);
        assert_eq!(rows[4][4], "hợp nhất từ Xã D, Xã E / merged from D Commune, E Commune");
        assert_eq!(rows[5][..5], ["", "xa-x", "xa-x", "xa-x", "không xếp hạng / not ranked"]);
        assert_eq!(rows.len(), 6);
    }

    #[test]
    fn the_head_of_a_field_says_its_maximum_and_whether_a_source_prints_it() {
        let document = document();
        let block = &document.ranking().unwrap().blocks[0];
        let head = |code: &str, maximum: Option<&str>| {
            let head = FieldHead { code: code.to_owned(), maximum: maximum.map(|maximum| maximum.parse().unwrap()), mean: None };
            field(&document, block, &head).joined()
        };
        let known = "Cải cách thể chế (%), tối đa 9,5, chưa kiểm chứng / Institutional reform (%), maximum 9.5, unverified";
        assert_eq!(head("institutions", Some("9.5")), known);
        assert_eq!(head("of-others", Some("10")), "of-others (%), tối đa 10 / of-others (%), maximum 10");
        assert_eq!(head("of-others", None), "of-others (%)");
    }
}
