//! Scoring, ranking and exporting every commune of the country, with a yardstick in the same run: the same cells written by the bare CSV
//! writer, and summed in one loop.
//!
//! `cargo bench --bench ranking -- [UNITS] [CRITERIA]`: 3,321 units × 100 criteria unless told otherwise; also a third and a tenth of the
//! units, to see whether the cost is linear.
#![expect(clippy::unwrap_used, reason = "a measurement stops where it fails")]

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::time::{Duration, Instant};

use par_survey::export::{Format, TablePart, write_scores};
use par_survey::publication::document::Document;
use par_survey::publication::{FORMAT, Publication, PublishedScheme, PublishedUnit};
use par_survey::round::steps::ScorePart;
use par_survey::scheme::Scheme;
use par_survey::scheme::check::check;
use par_survey::scoring::decimal::Held;
use par_survey::scoring::ranking::{BlockSheets, Past, Ranking, UnitSheet, UnitStatus, ranking};
use par_survey::scoring::sheet::LeafEntries;
use par_survey::unit::UnitCode;

const RUNS: usize = 7;
const YEAR: i32 = 2026;

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench").map(|text| text.parse().unwrap());
    let (most, criteria) = (arguments.next().unwrap_or(3_321), arguments.next().unwrap_or(100));
    let text = scheme_text(criteria);
    let scheme = check("bench", &text).unwrap();
    println!("{criteria} criteria; medians of {RUNS} runs");
    for units in [most / 10, most / 3, most] {
        measure(&text, &scheme, units);
    }
}

/// Ten fields of as many criteria each, every criterion of one point.
fn scheme_text(criteria: usize) -> String {
    let each = criteria / 10;
    let words = "text = { vi = \"Tên\", en = \"Name\" }";
    let mut text = format!(
        "id = \"bench\"\nversion = \"1\"\nlanguages = [\"vi\", \"en\"]\ntitle = {{ vi = \"Bộ\", en = \"Set\" }}\ntotal = {}\n[[block]]\ncode = \"communes\"\n",
        each * 10
    );
    for field in 1..=10 {
        write!(text, "[[field]]\ncode = \"f{field}\"\n{words}\nmaximum = {each}\nunverified = true\n").unwrap();
        for criterion in 1..=each {
            write!(text, "[[field.criterion]]\ncode = \"{field}-{criterion}\"\n{words}\nmaximum = 1\n").unwrap();
        }
    }
    text
}

fn sheets(scheme: &Scheme, units: usize) -> Vec<UnitSheet> {
    let cell = |place: usize| {
        let points = |by: usize| format!("0.{:02}", (place * by) % 100);
        LeafEntries {
            entries: BTreeMap::from([(ScorePart::SelfScore, points(31)), (ScorePart::Appraised, points(17))]),
            changes: Vec::new(),
        }
    };
    let sheet = |unit: usize| UnitSheet {
        unit: UnitCode::new(&format!("xa-{unit}")).unwrap(),
        status: UnitStatus::Normal,
        cells: scheme.leaves.iter().enumerate().map(|(place, leaf)| (leaf.code.clone(), cell(unit * 7 + place))).collect(),
    };
    (0..units).map(sheet).collect()
}

fn past(units: &[UnitSheet]) -> HashMap<UnitCode, Past> {
    let of = |(sheet, rank): (&UnitSheet, u32)| {
        (
            sheet.unit.clone(),
            Past { block: "communes".into(), rank, index: Some(Held::from_hundredths(5_000)), fields: BTreeMap::new(), score: None },
        )
    };
    units.iter().zip(1..).map(of).collect()
}

fn document(text: &str, units: &[UnitSheet], ranking: Ranking) -> Document {
    let unit = |sheet: &UnitSheet| PublishedUnit {
        code: sheet.unit.clone(),
        name_vi: format!("Xã {}", sheet.unit),
        name_en: format!("Commune {}", sheet.unit),
        block: "communes".into(),
    };
    let publication = Publication {
        format: FORMAT,
        round: "2026".into(),
        name_vi: "Năm 2026".into(),
        name_en: "2026".into(),
        year: YEAR,
        synthetic: true,
        organiser: None,
        excused: Vec::new(),
        units: units.iter().map(unit).collect(),
        questionnaires: Vec::new(),
        schemes: vec![PublishedScheme { definition: text.to_owned(), definition_sha256: String::new() }],
        ranking: Some(ranking),
        corrects: None,
    };
    Document::draft(publication).unwrap()
}

fn measure(text: &str, scheme: &Scheme, count: usize) {
    let units = sheets(scheme, count);
    let (past, block) = (past(&units), scheme.block("communes", YEAR).unwrap());
    let rank = || Ranking {
        previous: None,
        blocks: vec![ranking(&BlockSheets { scheme, block, units: &units }, &[], &past)],
        targets: Vec::new(),
    };
    let (scored, ranked) = timed(rank);
    let document = document(text, &units, ranked);
    let export = |format| {
        let mut out = Vec::new();
        write_scores(&document, TablePart::Rows, format, &mut out).unwrap();
        out
    };
    let (csv, table) = timed(|| export(Format::Csv));
    let rows: Vec<csv::StringRecord> = csv::Reader::from_reader(table.as_slice()).records().map(Result::unwrap).collect();
    let (bare, _) = timed(|| rewritten(&rows));
    let (summed, _) = timed(|| sums(&units));
    let one_run = |format| {
        let start = Instant::now();
        drop(export(format));
        start.elapsed()
    };
    println!(
        "{count} units: scored and ranked {scored:.1?} (bare sums {summed:.1?}), csv {csv:.1?} of {} rows (bare writer {bare:.1?})",
        rows.len()
    );
    println!(
        "  scored, ranked and exported to csv: {:.1?}; to json {:.1?}, to xlsx {:.1?} more",
        scored + csv,
        one_run(Format::Json),
        one_run(Format::Xlsx)
    );
}

/// The median time of some runs, and what the last one made.
fn timed<T>(mut run: impl FnMut() -> T) -> (Duration, T) {
    let mut times: Vec<Duration> = Vec::new();
    loop {
        let start = Instant::now();
        let made = run();
        times.push(start.elapsed());
        if times.len() == RUNS {
            times.sort_unstable();
            return (times[RUNS / 2], made);
        }
    }
}

/// The same cells by the bare writer.
fn rewritten(rows: &[csv::StringRecord]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).unwrap();
    }
    writer.into_inner().unwrap()
}

/// Points summed as whole hundredths, without fields, ranks or anything to look up again.
fn sums(units: &[UnitSheet]) -> Vec<u64> {
    let hundredths = |cell: &LeafEntries| cell.entry(ScorePart::Appraised).map_or(0, |text| text.replace('.', "").parse::<u64>().unwrap());
    units.iter().map(|unit| unit.cells.values().map(hundredths).sum()).collect()
}
