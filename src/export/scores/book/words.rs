//! What the workbook says of blocks, points and outcomes, in Vietnamese and in English.

use crate::scoring::ranking::{CellState, Origin};

/// Words in both languages.
pub(super) type Words<'a> = [&'a str; 2];

/// What stands beside a criterion that a province replaces by its own.
pub(super) const EXAMPLE: &str = "ví dụ / example";
/// What stands beside a maximum that no source prints.
pub(super) const UNVERIFIED: &str = "chưa kiểm chứng / unverified";
/// What stands beside a unit whose points were brought to the full maximum.
pub(super) const RESCALED: &str = "quy đổi vì thiếu khảo sát / rescaled";

/// What stands over points that come from surveys: what is exact may tell something by itself.
pub(super) const EXACT: &str = "Điểm từ khảo sát là chính xác cả ở đơn vị có ít phiếu; chỉ riêng điểm cũng có thể cho biết có bao \
    nhiêu người trả lời thế nào, chẳng hạn mọi người đều trả lời giống nhau / Points from surveys are exact, also of units with few sheets; they \
    alone can tell how many answered in which way, such as that everybody answered the same";

/// Words in both languages, once where they are the same.
pub(super) fn both([vi, en]: Words<'_>) -> String {
    if vi == en { vi.to_owned() } else { format!("{vi} / {en}") }
}

/// What a block is called; its code where that is not known.
pub(super) fn block(code: &str) -> Words<'_> {
    match code {
        "departments" => ["Sở, ban, ngành", "Departments"],
        "communes" => ["Xã, phường, đặc khu", "Communes, wards and special zones"],
        "districts" => ["Huyện, thị xã, thành phố", "Districts, towns and cities"],
        "agencies" => ["Cơ quan trung ương", "Central agencies"],
        "provinces" => ["Tỉnh, thành phố", "Provinces and cities"],
        _ => [code; 2],
    }
}

pub(super) fn state(state: CellState) -> &'static str {
    match state {
        CellState::Counted => "được tính / counted",
        CellState::Missing => "chưa có điểm / missing",
        CellState::NotApplicable => "không áp dụng / not applicable",
        CellState::FewSheets => "ít phiếu, không tính / few sheets, left out",
        CellState::NoSurvey => "không có số liệu khảo sát / no survey",
    }
}

pub(super) fn origin(from: Origin) -> &'static str {
    match from {
        Origin::Appraisal => "thẩm định / appraisal",
        Origin::Satisfaction => "khảo sát người dân / citizens' survey",
        Origin::Officials => "khảo sát cán bộ / officials' survey",
        Origin::Statistic => "số liệu thống kê / statistic",
        Origin::Bonus => "điểm cộng / bonus, added",
        Origin::Penalty => "điểm trừ / penalty, taken off",
    }
}
