//! The workbook of scores: a sheet about the round, one for each block, one of criteria and one of the surveys.
//!
//! A workbook is passed on without the page that it was got from, so it says everything in Vietnamese and in English. What it holds are the
//! figures of the publication, two decimals each, and no formulas.

use std::collections::HashMap;
use std::io::{self, Write};

use super::names;
use super::rows::change;
use crate::export::workbook::{self, Cell, Sheet};
use crate::publication::PublishedUnit;
use crate::publication::document::Document;
use crate::scoring::decimal::{DECIMALS, Held};
use crate::scoring::ranking::{BlockRanking, CellResult, CellState, LeafHead, Origin, RankedUnit, Ranking, UnitStatus};
use crate::unit::UnitCode;

mod survey;

/// Most rows of criteria, and of survey figures: a workbook is made in memory, and Excel takes 1,048,576 rows.
const ROWS_MOST: usize = 400_000;

/// What columns are called, and how wide they are.
type Columns<const N: usize> = [(&'static str, u16); N];

const ABOUT: Columns<2> = [("Mục / Entry", 46), ("Nội dung / What it is", 100)];

/// Columns of a block before its fields.
const RANK: Columns<10> = [
    ("Hạng / Rank", 8),
    ("Đơn vị", 36),
    ("Unit", 36),
    ("Mã / Code", 20),
    ("Tình trạng / Status", 22),
    ("Chỉ số (%) / Index (%)", 10),
    ("Chỉ số khi chưa có điểm cộng, điểm trừ (%) / Index without bonus and penalty (%)", 20),
    ("Điểm / Points", 10),
    ("Điểm tối đa / Maximum", 10),
    ("Xếp loại / Band", 22),
];

/// Columns of a block behind its fields.
const PAST: Columns<4> = [
    ("Hạng đợt trước / Previous rank", 12),
    ("Tăng giảm hạng (số dương là tăng) / Change of rank (positive is up)", 16),
    ("Chỉ số đợt trước (%) / Previous index (%)", 14),
    ("Tăng giảm chỉ số / Change of index", 14),
];

const CRITERIA: Columns<15> = [
    ("Đơn vị / Unit", 36),
    ("Mã tiêu chí / Criterion code", 12),
    ("Tiêu chí", 60),
    ("Criterion", 60),
    ("Nguồn điểm / Where points come from", 24),
    ("Điểm tối đa / Maximum", 10),
    ("Điểm / Points", 10),
    ("Trạng thái / State", 24),
    ("Tự chấm / Self-score", 10),
    ("Thẩm định / Appraised", 10),
    ("Thẩm định lại / Second appraisal", 12),
    ("Hội đồng / Council", 10),
    ("Ghi chú / Note", 40),
    ("Mã đơn vị / Unit code", 20),
    ("Khối / Block", 16),
];

/// Writes the workbook.
pub(in crate::export) fn write(document: &Document, ranking: &Ranking, out: &mut dyn Write) -> io::Result<()> {
    let book = Book { document, ranking, names: names(document), title: title(document) };
    let mut sheets = vec![book.round()];
    sheets.extend(ranking.blocks.iter().map(|block| book.block(block)));
    sheets.push(book.criteria());
    sheets.push(survey::sheet(&book));
    workbook::write(&sheets, out)
}

/// What stands over every table: the round, and whether it is to be taken in earnest.
fn title(document: &Document) -> String {
    let publication = &document.publication;
    let draft = if document.sha256.is_none() { ". BẢN NHÁP / DRAFT" } else { "" };
    let synthetic = if publication.synthetic { ". DỮ LIỆU MẪU / SAMPLE DATA" } else { "" };
    format!("{}{draft}{synthetic}", both(&publication.name_vi, &publication.name_en))
}

struct Book<'a> {
    document: &'a Document,
    ranking: &'a Ranking,
    names: HashMap<&'a str, &'a PublishedUnit>,
    title: String,
}

impl<'a> Book<'a> {
    fn sheet(&self, name: &str, columns: Vec<(String, u16)>, rows: Vec<Vec<Cell>>) -> Sheet {
        Sheet { name: name.to_owned(), title: Some(self.title.clone()), columns, rows }
    }

    /// A sheet of many rows, or of one that says where they are.
    fn large(&self, name: &str, columns: &[(&str, u16)], table: &str, (count, rows): (usize, impl FnOnce() -> Vec<Vec<Cell>>)) -> Sheet {
        let rows = if count > ROWS_MOST { vec![too_many(columns.len(), table)] } else { rows() };
        self.sheet(name, heads(columns), rows)
    }

    fn name(&self, code: &'a str, language: &str) -> &'a str {
        self.names.get(code).map_or(code, |unit| unit.name(language))
    }

    fn round(&self) -> Sheet {
        let publication = &self.document.publication;
        let seal = self.document.sha256.as_deref().unwrap_or("bản nháp, chưa công bố / draft, not published");
        let previous = self.ranking.previous.as_ref().map_or_else(
            || "không có / none".to_owned(),
            |previous| format!("{} ({}), SHA-256 {}", previous.round, previous.year, previous.sha256),
        );
        let made_up = "dữ liệu mẫu: mọi câu trả lời do máy tạo ra / sample data: every answer was made up by a program";
        let answers = if publication.synthetic { made_up } else { "của người trả lời / given by respondents" };
        let mut rows = vec![
            said("Đợt / Round", both(&publication.name_vi, &publication.name_en)),
            said("Mã đợt / Id of the round", publication.round.as_str()),
            said("Năm được đánh giá / Year that is rated", publication.year.to_string()),
            said("Số liệu / Answers", answers),
            said("Mã SHA-256 của số liệu đã công bố / SHA-256 of what is published", seal),
            said("Đợt để so sánh / Round that changes are measured against", previous),
        ];
        let corrected = publication.corrects.iter();
        rows.extend(corrected.map(|old| said("Đính chính cho / Corrects", format!("SHA-256 {}. {}", old.sha256, old.why))));
        rows.extend(self.ranking.blocks.iter().flat_map(|block| self.about(block)));
        self.sheet("Đợt", heads(&ABOUT), rows)
    }

    /// Scheme and mean of a block.
    fn about(&self, block: &BlockRanking) -> [Vec<Cell>; 2] {
        let code = &block.block;
        let scheme = self.document.scheme(block).map_or_else(
            || "nhập từ tệp / imported".to_owned(),
            |scheme| format!("{} {}: {}", scheme.id, scheme.version, both(scheme.title.get("vi"), scheme.title.get("en"))),
        );
        let mean = vec![text(format!("Chỉ số trung bình của khối {code} (%) / Mean index of block {code} (%)")), fixed(block.mean)];
        [said(&format!("Bộ tiêu chí của khối {code} / Scheme of block {code}"), scheme), mean]
    }

    /// The ranking of a block: the first unit first, those that are not ranked last.
    fn block(&self, block: &'a BlockRanking) -> Sheet {
        let field = |code: &'a str| both(self.document.field_text(block, code, "vi"), self.document.field_text(block, code, "en"));
        let mut columns = heads(&RANK);
        columns.extend(block.fields.iter().map(|head| (format!("{} (%)", field(&head.code)), 18)));
        columns.extend(heads(&PAST));
        let ranked = block.ranked().into_iter().map(|(unit, _)| unit);
        let unranked = block.units.iter().filter(|unit| unit.standing.is_none());
        let rows = ranked.chain(unranked).map(|unit| self.ranked(block, unit)).collect();
        self.sheet(&block.block, columns, rows)
    }

    fn ranked(&self, block: &'a BlockRanking, unit: &'a RankedUnit) -> Vec<Cell> {
        let (code, standing) = (unit.unit.as_str(), unit.standing.as_ref());
        let score = standing.and_then(|standing| standing.score.as_ref());
        let before = standing.and_then(|standing| standing.before.as_ref());
        let (index, past) = (standing.and_then(|standing| standing.index), before.and_then(|before| before.index));
        let band = standing.and_then(|standing| standing.band.as_ref());
        let band = band.map(|band| both(self.document.band_text(block, band, "vi"), self.document.band_text(block, band, "en")));
        let up = standing.zip(before).map(|(now, before)| i64::from(before.rank) - i64::from(now.rank));
        let mut row = vec![
            whole(standing.map(|standing| standing.rank)),
            text(self.name(code, "vi")),
            text(self.name(code, "en")),
            text(code),
            text(status(&unit.status)),
            fixed(index),
            fixed(score.map(|score| score.base_index)),
            fixed(score.map(|score| score.points)),
            fixed(score.map(|score| score.maximum)),
            text(band.unwrap_or_default()),
        ];
        row.extend((0..block.fields.len()).map(|place| fixed(standing.and_then(|standing| standing.fields.get(place)?.index))));
        row.extend([
            whole(before.map(|before| before.rank)),
            up.map_or(Cell::Empty, |up| Cell::Decimal(up.to_string(), 0)),
            fixed(past),
            change(index, past).map_or(Cell::Empty, |by| Cell::Decimal(by.trim_start_matches('+').to_owned(), 2)),
        ]);
        row
    }

    fn criteria(&self) -> Sheet {
        let blocks = &self.ranking.blocks;
        let count: usize = blocks.iter().map(|block| block.units.len() * block.leaves.len()).sum();
        let rows = || blocks.iter().flat_map(|block| self.criteria_of(block)).collect();
        self.large("Tiêu chí", &CRITERIA, "scores.csv", (count, rows))
    }

    fn criteria_of(&self, block: &'a BlockRanking) -> Vec<Vec<Cell>> {
        let leaves: Vec<(&LeafHead, [&str; 2])> = block.leaves.iter().map(|leaf| (leaf, self.words(block, &leaf.code))).collect();
        let mut rows = Vec::with_capacity(block.units.len() * leaves.len());
        for unit in &block.units {
            let code = unit.unit.as_str();
            for (place, (leaf, [vi, en])) in leaves.iter().enumerate() {
                let mut row = vec![text(self.name(code, "vi")), text(&leaf.code), text(*vi), text(*en), text(from(leaf.from))];
                row.push(fixed(leaf.maximum));
                row.extend(entries(unit.cells.get(place)));
                row.extend([text(code), text(&block.block)]);
                rows.push(row);
            }
        }
        rows
    }

    /// The words of a leaf; none where the scheme has no such leaf.
    fn words(&self, block: &BlockRanking, code: &str) -> [&'a str; 2] {
        let leaf = self.document.scheme(block).and_then(|scheme| scheme.leaves.iter().find(|leaf| leaf.code == code));
        leaf.map_or(["", ""], |leaf| [leaf.text.get("vi"), leaf.text.get("en")])
    }
}

/// Points of a cell, and what was entered; evidence and explanations are in the table of scores.
fn entries(cell: Option<&CellResult>) -> [Cell; 7] {
    let Some(cell) = cell else { return std::array::from_fn(|_| Cell::Empty) };
    let CellResult { points, state, self_score, appraised, second, council, note, .. } = cell;
    [
        fixed(*points),
        text(state_words(*state)),
        entry(self_score.as_deref()),
        entry(appraised.as_deref()),
        entry(second.as_deref()),
        entry(council.as_deref()),
        text(note.as_deref().unwrap_or_default()),
    ]
}

fn heads(columns: &[(&str, u16)]) -> Vec<(String, u16)> {
    columns.iter().map(|&(name, width)| (name.to_owned(), width)).collect()
}

/// The row that stands in place of too many.
fn too_many(columns: usize, table: &str) -> Vec<Cell> {
    let said = format!("Quá nhiều dòng cho một bảng tính; xem {table} / Too many rows for a workbook; see {table}");
    let mut row = vec![Cell::Empty; columns];
    if let Some(first) = row.first_mut() {
        *first = Cell::Text(said);
    }
    row
}

fn said(what: &str, is: impl Into<String>) -> Vec<Cell> {
    vec![text(what), text(is)]
}

/// Words in both languages, once where they are the same.
fn both(vi: &str, en: &str) -> String {
    if vi == en { vi.to_owned() } else { format!("{vi} / {en}") }
}

fn text(words: impl Into<String>) -> Cell {
    let words = words.into();
    if words.is_empty() { Cell::Empty } else { Cell::Text(words) }
}

fn whole(number: Option<u32>) -> Cell {
    number.map_or(Cell::Empty, |number| Cell::Whole(number.into()))
}

fn fixed(value: impl Into<Option<Held>>) -> Cell {
    let value: Option<Held> = value.into();
    value.map_or(Cell::Empty, |value| Cell::Decimal(value.to_fixed(2), 2))
}

/// An entry: a number where it is written like one, with a point or a comma, else the text that it is.
fn entry(entered: Option<&str>) -> Cell {
    let Some(entered) = entered else { return Cell::Empty };
    let number = entered.replace(',', ".");
    let decimals = number.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let (shown, printed) = (u8::try_from(decimals), u32::try_from(decimals).unwrap_or(DECIMALS));
    match (number.parse::<Held>(), shown) {
        (Ok(value), Ok(shown)) if value.to_fixed(printed) == number => Cell::Decimal(number, shown),
        _ => text(entered),
    }
}

fn status(status: &UnitStatus) -> String {
    match status {
        UnitStatus::Normal => String::new(),
        UnitStatus::New => "mới / new".to_owned(),
        UnitStatus::Merged { from } => {
            let units = from.iter().map(UnitCode::as_str).collect::<Vec<_>>().join(", ");
            format!("hợp nhất từ {units} / merged from {units}")
        }
        UnitStatus::Exempt => "không xếp hạng / not ranked".to_owned(),
    }
}

fn state_words(state: CellState) -> &'static str {
    match state {
        CellState::Counted => "được tính / counted",
        CellState::Missing => "chưa có điểm / missing",
        CellState::NotApplicable => "không áp dụng / not applicable",
        CellState::NoSurvey => "không có số liệu khảo sát / no survey",
    }
}

fn from(origin: Origin) -> &'static str {
    match origin {
        Origin::Appraisal => "thẩm định / appraisal",
        Origin::Satisfaction => "khảo sát người dân / citizens' survey",
        Origin::Officials => "khảo sát cán bộ / officials' survey",
        Origin::Statistic => "số liệu thống kê / statistic",
        Origin::Bonus => "điểm cộng / bonus, added",
        Origin::Penalty => "điểm trừ / penalty, taken off",
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};
    use rstest::rstest;

    use super::*;
    use crate::export::scores::tests::document;

    fn written(document: &Document) -> Xlsx<Cursor<Vec<u8>>> {
        let mut out = Vec::new();
        write(document, document.ranking().unwrap(), &mut out).unwrap();
        Xlsx::new(Cursor::new(out)).unwrap()
    }

    fn rows(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str) -> Vec<Vec<String>> {
        book.worksheet_range(sheet).unwrap().rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
    }

    #[test]
    fn a_block_has_a_sheet_with_the_first_unit_first() {
        let mut book = written(&document());
        assert_eq!(book.sheet_names(), ["Đợt", "communes", "Tiêu chí", "Khảo sát"]);
        let rows = rows(&mut book, "communes");
        assert_eq!(rows[0][0], "Đánh giá năm 2026 / Assessment of 2026. BẢN NHÁP / DRAFT. DỮ LIỆU MẪU / SAMPLE DATA");
        let field = "Công tác chỉ đạo, điều hành cải cách hành chính / Direction of administrative reform (%)";
        assert_eq!([&rows[1][0], &rows[1][10]], ["Hạng / Rank", field]);
        let first = ["1", "Xã A", "A Commune", "xa-a", "", "91.25", "91.75", "91.25", "100", "Xuất sắc / Excellent"];
        assert_eq!(rows[2], [&first[..], &["79.17", "9", "8", "90.5", "0.75"]].concat());
        assert_eq!(rows[3][10..], ["", "1", "-1", "90.5", "-2.5"]);
        assert_eq!(rows[4][4], "hợp nhất từ xa-d, xa-e / merged from xa-d, xa-e");
        assert_eq!(rows[5][..5], ["", "xa-x", "xa-x", "xa-x", "không xếp hạng / not ranked"]);
        assert_eq!(rows.len(), 6);
    }

    #[test]
    fn every_criterion_of_every_unit_has_a_row() {
        let rows = rows(&mut written(&document()), "Tiêu chí");
        assert_eq!(rows.len(), 2 + 4 * 2);
        let words = "The year's plan is issued in time and names products, deadlines and people in charge";
        assert_eq!([&rows[6][0], &rows[6][1], &rows[6][3], &rows[6][4]], ["Xã A", "1-1-1", words, "thẩm định / appraisal"]);
        let entries = ["1", "0.75", "được tính / counted", "1", "0.75", "", "", "=1+1, thiếu văn bản", "xa-a", "communes"];
        assert_eq!(rows[6][5..], entries);
        assert_eq!(rows[7][4], "điểm trừ / penalty, taken off");
    }

    #[test]
    fn the_first_sheet_says_what_this_is() {
        let mut document = document();
        document.sha256 = Some("ab".repeat(32));
        let rows = rows(&mut written(&document), "Đợt");
        assert_eq!(rows[0][0], "Đánh giá năm 2026 / Assessment of 2026. DỮ LIỆU MẪU / SAMPLE DATA");
        let said: Vec<&str> = rows.iter().skip(2).map(|row| row[1].as_str()).collect();
        assert_eq!(said[1..3], ["2026", "2026"]);
        assert!(said[3].ends_with("every answer was made up by a program"));
        assert_eq!(said[4..6], ["ab".repeat(32), format!("2025 (2025), SHA-256 {}", "cd".repeat(32))]);
        assert!(said[6].starts_with("provincial-communes 2026.1: ") && said[7] == "89.92");
    }

    #[rstest]
    #[case("1.25", Cell::Decimal("1.25".to_owned(), 2))]
    #[case("1,5", Cell::Decimal("1.5".to_owned(), 1))]
    #[case("80", Cell::Decimal("80".to_owned(), 0))]
    #[case("007", Cell::Text("007".to_owned()))]
    #[case("1.", Cell::Text("1.".to_owned()))]
    #[case("NA", Cell::Text("NA".to_owned()))]
    #[case("1.234,5", Cell::Text("1.234,5".to_owned()))]
    fn an_entry_is_a_number_where_it_is_written_like_one(#[case] entered: &str, #[case] cell: Cell) {
        assert_eq!(entry(Some(entered)), cell);
    }
}
