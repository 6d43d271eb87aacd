//! The sheet of a block: the first unit first, those that are not ranked last.

use super::words::{self, RESCALED, UNVERIFIED, both};
use super::{Book, Columns, fixed, heads, text, whole};
use crate::export::scores::rows::change;
use crate::export::workbook::{Cell, Sheet};
use crate::publication::document::Document;
use crate::scoring::decimal::Held;
use crate::scoring::ranking::{BlockRanking, FieldHead, RankedUnit, Standing, UnitStatus};

/// Columns before the fields.
const RANK: Columns<12> = [
    ("Hạng / Rank", 8),
    ("Đơn vị", 36),
    ("Unit", 36),
    ("Mã / Code", 20),
    ("Tình trạng / Status", 22),
    ("Chỉ số (%) / Index (%)", 10),
    ("Chỉ số khi chưa có điểm cộng, điểm trừ (%) / Index without bonus and penalty (%)", 20),
    ("Điểm / Points", 10),
    ("Điểm tối đa / Maximum", 10),
    ("Điểm cộng / Bonus", 10),
    ("Điểm trừ / Penalty", 10),
    ("Xếp loại / Band", 22),
];

/// Columns behind the fields.
const PAST: Columns<4> = [
    ("Hạng đợt trước / Previous rank", 12),
    ("Tăng, giảm hạng (số dương là tăng) / Change of rank (positive is up)", 16),
    ("Chỉ số đợt trước (%) / Previous index (%)", 14),
    ("Tăng, giảm chỉ số (điểm phần trăm) / Change of index (percentage points)", 16),
];

/// How wide the column of a field is.
const FIELD_WIDTH: u16 = 22;

/// Makes the sheet.
pub(super) fn sheet<'a>(book: &Book<'a>, block: &'a BlockRanking) -> Sheet {
    let mut columns = heads(&RANK);
    columns.extend(block.fields.iter().map(|head| (field(book.document, block, head), FIELD_WIDTH)));
    columns.extend(heads(&PAST));
    let ranked = block.ranked().into_iter().map(|(unit, _)| unit);
    let unranked = block.units.iter().filter(|unit| unit.standing.is_none());
    let rows = ranked.chain(unranked).map(|unit| row(book, block, unit)).collect();
    let [name, _] = words::block(&block.block);
    book.scored(book.sheet(name, columns, rows), std::slice::from_ref(block))
}

/// The head of a field: its words, its most points, and whether no source prints these.
fn field(document: &Document, block: &BlockRanking, head: &FieldHead) -> String {
    let words = |language| document.field_text(block, &head.code, language);
    let name = both([words("vi"), words("en")]);
    let Some(maximum) = head.maximum.map(Held::shortest) else { return format!("{name} (%)") };
    let known = document.scheme(block).and_then(|scheme| scheme.fields.iter().find(|field| field.code == head.code));
    let mark = if known.is_some_and(|field| field.source.is_none()) { format!(", {UNVERIFIED}") } else { String::new() };
    format!("{name} (%). Tối đa {} điểm / Maximum {maximum}{mark}", maximum.replace('.', ","))
}

fn row<'a>(book: &Book<'a>, block: &'a BlockRanking, unit: &'a RankedUnit) -> Vec<Cell> {
    let (code, standing) = (unit.unit.as_str(), unit.standing.as_ref());
    let score = standing.and_then(|standing| standing.score.as_ref());
    let band = standing.and_then(|standing| standing.band.as_ref());
    let band = band.map(|band| both(["vi", "en"].map(|language| book.document.band_text(block, band, language))));
    let mut row = vec![
        whole(standing.map(|standing| standing.rank)),
        text(book.name(code, "vi")),
        text(book.name(code, "en")),
        text(code),
        text(status(book, unit)),
        fixed(standing.and_then(|standing| standing.index)),
        fixed(score.map(|score| score.base_index)),
        fixed(score.map(|score| score.points)),
        fixed(score.map(|score| score.maximum)),
        fixed(score.map(|score| score.bonus)),
        fixed(score.map(|score| score.penalty)),
        text(band.unwrap_or_default()),
    ];
    row.extend((0..block.fields.len()).map(|place| fixed(standing.and_then(|standing| standing.fields.get(place)?.index))));
    row.extend(past(standing));
    row
}

/// Where a unit stood in the frozen round before, and how far it came.
fn past(standing: Option<&Standing>) -> [Cell; 4] {
    let before = standing.and_then(|standing| standing.before.as_ref());
    let (index, past) = (standing.and_then(|standing| standing.index), before.and_then(|before| before.index));
    let up = standing.zip(before).map(|(now, before)| i64::from(before.rank) - i64::from(now.rank));
    [
        whole(before.map(|before| before.rank)),
        up.map_or(Cell::Empty, |up| Cell::Decimal(up.to_string(), 0)),
        fixed(past),
        change(index, past).map_or(Cell::Empty, |by| Cell::Decimal(by.trim_start_matches('+').to_owned(), 2)),
    ]
}

/// What a unit is this year, and whether its points were brought to the full maximum, so that its criteria do not add up to them.
fn status<'a>(book: &Book<'a>, unit: &'a RankedUnit) -> String {
    let own = match &unit.status {
        UnitStatus::Normal => None,
        UnitStatus::New => Some("mới / new".to_owned()),
        UnitStatus::Merged { from } => {
            let names = |language| from.iter().map(|code| book.name(code.as_str(), language)).collect::<Vec<_>>().join(", ");
            Some(format!("hợp nhất từ {} / merged from {}", names("vi"), names("en")))
        }
        UnitStatus::Exempt => Some("không xếp hạng / not ranked".to_owned()),
    };
    let score = unit.standing.as_ref().and_then(|standing| standing.score.as_ref());
    let rescaled = score.filter(|score| score.rescaled).map(|_| RESCALED.to_owned());
    own.into_iter().chain(rescaled).collect::<Vec<_>>().join("; ")
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
        assert_eq!(book.sheet_names(), ["Đợt", "Xã, phường, đặc khu", "Tiêu chí", "Khảo sát"]);
        let rows = rows(&mut book, "Xã, phường, đặc khu");
        assert_eq!(rows[0][0], "Đánh giá năm 2026 / Assessment of 2026. BẢN NHÁP / DRAFT. DỮ LIỆU MẪU / SAMPLE DATA");
        let field = "Công tác chỉ đạo, điều hành cải cách hành chính / Direction of administrative reform (%). \
                     Tối đa 12 điểm / Maximum 12, chưa kiểm chứng / unverified";
        assert_eq!([&rows[1][0], &rows[1][12]], ["Hạng / Rank", field]);
        let first = ["1", "Xã A", "A Commune", "xa-a", RESCALED, "91.25", "91.75", "91.25", "100", "0", "0.5", "Xuất sắc / Excellent"];
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
            field(&document, block, &head)
        };
        let known = "Cải cách thể chế / Institutional reform (%). Tối đa 9,5 điểm / Maximum 9.5, chưa kiểm chứng / unverified";
        assert_eq!(head("institutions", Some("9.5")), known);
        assert_eq!(head("of-others", Some("10")), "of-others (%). Tối đa 10 điểm / Maximum 10");
        assert_eq!(head("of-others", None), "of-others (%)");
    }
}
