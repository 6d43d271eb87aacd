//! A small block for tests: five departments, three fields, one of which does not apply to all, and two of whose criteria have cells.

use crate::publication::document::Document;
use crate::publication::{FORMAT, Publication, PublishedScheme, PublishedUnit};
use crate::scheme::TieRule;
use crate::scoring::decimal::Held;
use crate::scoring::ranking::{
    Before, BlockRanking, CellResult, CellState, FieldHead, FieldScore, LeafHead, Origin, PreviousRound, RankList, RankedUnit, Ranking,
    ScoreSums, Standing, UnitStatus,
};
use crate::unit::UnitCode;

const SCHEME: &str = r#"
id = "small"
version = "1"
languages = ["vi", "en"]
title = { vi = "Bộ nhỏ", en = "Small set" }
total = 100

[[block]]
code = "departments"

[[field]]
code = "procedures"
text = { vi = "Thủ tục hành chính", en = "Administrative procedures" }
maximum = 40
unverified = true
[[field.criterion]]
code = "1-1"
text = { vi = "Kế hoạch năm", en = "The year's plan" }
maximum = 1.5
example = true
[[field.criterion]]
code = "1-2"
text = { vi = "Hồ sơ đúng hạn", en = "Files in time" }
maximum = 38.5

[[field]]
code = "finance"
text = { vi = "Tài chính công", en = "Public finance" }
maximum = 30
source = "An article"
[[field.criterion]]
code = "2-1"
text = { vi = "Giải ngân", en = "Spending" }
maximum = 30

[[field]]
code = "digital"
text = { vi = "Chính quyền số", en = "Digital government" }
maximum = 30
unverified = true
[[field.criterion]]
code = "3-1"
text = { vi = "Hồ sơ trực tuyến", en = "Files online" }
maximum = 30
"#;

const UNITS: [(&str, &str, &str); 5] = [
    ("so-khoa-hoc", "Sở Khoa học và Công nghệ", "Department of Science and Technology"),
    ("so-ngoai-vu", "Sở Ngoại vụ", "Department of Foreign Affairs"),
    ("so-y-te", "Sở Y tế", "Department of Health"),
    ("so-dan-toc", "Sở Dân tộc và Tôn giáo", "Department of Ethnic and Religious Affairs"),
    ("so-noi-vu", "Sở Nội vụ", "Department of Home Affairs"),
];

/// An index of a field, its rank, and the index of the year before; a rank of 0 stands for a field that does not apply.
pub(super) type SampleField = (&'static str, u32, &'static str);

/// The fields of the first.
pub(super) const LEADING: [SampleField; 3] = [("94", 2, "94"), ("93", 2, "93"), ("95", 1, "94")];

pub(super) fn held(text: &str) -> Held {
    text.parse().unwrap()
}

pub(super) fn unit(place: usize, (rank, index): (u32, &str), before: Option<(u32, &str)>, fields: &[SampleField]) -> RankedUnit {
    let past = || fields.iter().map(|(_, rank, before)| (*rank > 0).then(|| held(before))).collect();
    let before = before.map(|(rank, index)| Before { rank, index: Some(held(index)), fields: past(), score: None });
    let fields = fields.iter().zip(["40", "30", "30"]).map(field).collect();
    let standing = Standing { rank, list: RankList::Block, index: Some(held(index)), score: None, band: None, fields, before };
    let status = UnitStatus::Normal;
    RankedUnit {
        unit: UnitCode::new(UNITS[place].0).unwrap(),
        status,
        standing: Some(standing),
        unranked: None,
        cells: Vec::new(),
        criteria: Vec::new(),
    }
}

fn field(((index, rank, _), maximum): (&SampleField, &str)) -> FieldScore {
    if *rank == 0 {
        return FieldScore { points: Some(Held::default()), maximum: Some(Held::default()), index: None, rank: None };
    }
    FieldScore { points: None, maximum: Some(held(maximum)), index: Some(held(index)), rank: Some(*rank) }
}

/// The first keeps its place, the second comes from the fifth, the third and the last fall by one and two, the fourth is new, and the last
/// field does not apply to it.
pub(super) fn units() -> Vec<RankedUnit> {
    let rising = [("97.2", 1, "93"), ("100", 1, "98"), ("90", 3, "91")];
    let third = [("85", 4, "86"), ("80", 5, "81"), ("92", 2, "92")];
    let new = [("88", 3, "0"), ("90", 3, "0"), ("0", 0, "0")];
    let falling = [("80", 5, "85"), ("82.5", 4, "82.5"), ("75", 4, "74")];
    let mut units = vec![
        unit(0, (1, "95.12"), Some((1, "94")), &LEADING),
        unit(1, (2, "93.2"), Some((5, "90")), &rising),
        unit(2, (3, "88"), Some((2, "92")), &third),
        unit(3, (4, "84.18"), None, &new),
        unit(4, (5, "79.5"), Some((3, "91.5")), &falling),
    ];
    units[3].status = UnitStatus::New;
    units[4].cells = vec![nothing()];
    units
}

/// No points where there could have been some.
pub(super) fn nothing() -> CellResult {
    CellResult {
        points: Some(Held::default()),
        state: CellState::Counted,
        maximum: Held::default(),
        counts: None,
        worked: None,
        self_score: None,
        evidence: None,
        appraised: None,
        note: None,
        explanation: None,
        second: None,
        council: None,
        survey: None,
        changes: Vec::new(),
    }
}

/// The sums of a unit that has no points of a survey: 75 of 90, brought to 100.
pub(super) fn rescaled() -> ScoreSums {
    ScoreSums {
        reached_points: held("75"),
        reached_maximum: held("90"),
        points: held("75"),
        maximum: held("100"),
        base_points: held("83.333333333333"),
        base_index: held("83.333333333333"),
        bonus: Held::default(),
        penalty: Held::default(),
        clamped: false,
        rescaled: true,
        missing: 0,
    }
}

fn block(units: Vec<RankedUnit>) -> BlockRanking {
    let head = |code: &str| FieldHead { code: code.to_owned(), maximum: None, mean: None };
    let leaf = |code: &str, field: &str, maximum: &str| LeafHead {
        code: code.to_owned(),
        field: field.to_owned(),
        criterion: code.to_owned(),
        maximum: held(maximum),
        from: Origin::Appraisal,
    };
    BlockRanking {
        block: "departments".to_owned(),
        scheme: Some("small".to_owned()),
        tie_rule: TieRule::Competition,
        bands: Vec::new(),
        fields: ["procedures", "finance", "digital"].map(head).to_vec(),
        criteria: Vec::new(),
        leaves: vec![leaf("1-1", "procedures", "1.5"), leaf("1-2", "procedures", "38.5")],
        mean: Some(held("88")),
        units,
    }
}

pub(super) fn document(units: Vec<RankedUnit>, previous: Option<i32>) -> Document {
    let named = |(code, vi, en): (&str, &str, &str)| PublishedUnit {
        code: UnitCode::new(code).unwrap(),
        name_vi: vi.to_owned(),
        name_en: en.to_owned(),
        block: "departments".to_owned(),
    };
    let previous = previous.map(|year| PreviousRound { round: year.to_string(), year, sha256: "0".repeat(64) });
    let ranking = Ranking { previous, blocks: vec![block(units)], targets: Vec::new() };
    Document::draft(Publication {
        format: FORMAT,
        round: "2026".to_owned(),
        name_vi: "Đợt 2026".to_owned(),
        name_en: "Round of 2026".to_owned(),
        year: 2026,
        synthetic: true,
        organiser: None,
        excused: Vec::new(),
        units: UNITS.map(named).to_vec(),
        questionnaires: Vec::new(),
        schemes: vec![PublishedScheme { definition: SCHEME.to_owned(), definition_sha256: String::new() }],
        ranking: Some(ranking),
        corrects: None,
    })
    .unwrap()
}
