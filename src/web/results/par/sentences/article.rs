//! The round that the article of 28 February 2024 tells of, scored and ranked, and each sentence of it about figures beside what is
//! printed.
//!
//! `tests/data/article` holds what a province would bring: a register, a scheme, the ranks of the year before, and points.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rstest::rstest;

use super::super::view::BlockView;
use super::{biggest, empty, movers, summary};
use crate::publication::document::Document;
use crate::publication::{FORMAT, Publication, PublishedScheme, PublishedUnit};
use crate::round::steps::ScorePart;
use crate::scheme::Scheme;
use crate::scheme::check::check;
use crate::scoring::ranking::{BlockSheets, Direction, Past, PreviousRound, Ranking, UnitSheet, UnitStatus, ranking};
use crate::scoring::sheet::LeafEntries;
use crate::unit::UnitCode;
use crate::words::Words;

mod agencies;
mod departments;
mod districts;

use agencies::AGENCIES;
use departments::DEPARTMENTS;
use districts::DISTRICTS;

const UNITS: &str = include_str!("../../../../../tests/data/article/units.csv");
const SCHEME: &str = include_str!("../../../../../tests/data/article/article.scheme.toml");
const BEFORE: &str = include_str!("../../../../../tests/data/article/2022.csv");
const SCORES: &str = include_str!("../../../../../tests/data/article/scores.csv");

type Row = BTreeMap<String, String>;

/// The rows of a file, by column. No cell has a quotation mark or a line of its own.
fn rows(file: &str) -> Vec<Row> {
    let cells = |line: &str| {
        let parts = line.split('"').enumerate().map(|(place, part)| if place % 2 == 0 { part.replace(',', "\n") } else { part.to_owned() });
        parts.collect::<String>().split('\n').map(str::to_owned).collect::<Vec<_>>()
    };
    let mut lines = file.lines().map(cells);
    let head = lines.next().unwrap();
    lines.map(|cells| head.iter().cloned().zip(cells).collect()).collect()
}

fn code(row: &Row) -> UnitCode {
    UnitCode::new(row.get("unit").unwrap_or_else(|| &row["code"])).unwrap()
}

fn past() -> HashMap<UnitCode, Past> {
    let of = |row: &Row| {
        let fields = row.iter().filter_map(|(column, index)| Some((column.strip_prefix("field:")?.to_owned(), index.parse().ok()?)));
        let (block, rank, index) = (row["block"].clone(), row["rank"].parse().unwrap(), row["index"].parse().ok());
        (code(row), Past { block, rank, index, fields: fields.collect(), score: None })
    };
    rows(BEFORE).iter().map(of).collect()
}

fn sheets(block: &str) -> Vec<UnitSheet> {
    let mut cells: HashMap<UnitCode, HashMap<String, LeafEntries>> = HashMap::new();
    for row in rows(SCORES) {
        let entries = [(ScorePart::Appraised, row["appraised"].clone())];
        let entered = LeafEntries { entries: entries.into_iter().collect(), changes: Vec::new() };
        cells.entry(code(&row)).or_default().insert(row["criterion"].clone(), entered);
    }
    let units = rows(UNITS).into_iter().filter(|row| row["block"] == block);
    units.map(|row| UnitSheet { unit: code(&row), status: UnitStatus::Normal, cells: cells.remove(&code(&row)).unwrap() }).collect()
}

/// The published round, as if there had been surveys in no criterion.
fn document() -> Document {
    let scheme: Scheme = check("article.scheme.toml", SCHEME).unwrap();
    let of = |code: &str| {
        let units = sheets(code);
        ranking(&BlockSheets { scheme: &scheme, block: scheme.block(code, 2023).unwrap(), units: &units }, &[], &past())
    };
    let named = |row: &Row| PublishedUnit {
        code: code(row),
        name_vi: row["name_vi"].clone(),
        name_en: row["name_en"].clone(),
        block: row["block"].clone(),
    };
    let previous = PreviousRound { round: "2022".to_owned(), year: 2022, sha256: "0".repeat(64) };
    Document::draft(Publication {
        format: FORMAT,
        round: "2023".to_owned(),
        name_vi: "Chỉ số CCHC năm 2023".to_owned(),
        name_en: "PAR Index 2023".to_owned(),
        year: 2023,
        synthetic: true,
        organiser: None,
        excused: Vec::new(),
        units: rows(UNITS).iter().map(named).collect(),
        questionnaires: Vec::new(),
        schemes: vec![PublishedScheme { definition: SCHEME.to_owned(), definition_sha256: String::new() }],
        ranking: Some(Ranking {
            previous: Some(previous),
            blocks: ["departments", "districts", "agencies"].map(of).to_vec(),
            targets: Vec::new(),
        }),
        corrects: None,
    })
    .unwrap()
}

/// Everything that the report of a block says of its figures in sentences, a line each.
fn said(document: &Document, block: &str, language: &str) -> String {
    let ranking = document.ranking().unwrap();
    let view = BlockView::new(Words::of(language), document, ranking.block(block).unwrap());
    let listed = movers(&view).into_iter().flat_map(|(way, units)| [vec![format!("{way}:")], units].concat());
    let moved = [Direction::Up, Direction::Down].into_iter().flat_map(|direction| biggest(&view, direction));
    let moved = moved.map(|(head, said)| [vec![head], said].concat().join(" "));
    let empty = empty(&view).into_iter().map(|(_, sentence)| sentence);
    let lines: Vec<String> = summary(&view).into_iter().chain(listed).chain(moved).chain(empty).collect();
    lines.join("\n").replace('\u{a0}', " ")
}

/// A sentence of the article, or a part of one, and what is printed in its place.
struct ArticleSentence {
    article: &'static str,
    vi: &'static str,
    en: &'static str,
}

#[rstest]
#[case("departments", &DEPARTMENTS)]
#[case("districts", &DISTRICTS)]
#[case("agencies", &AGENCIES)]
fn each_sentence_of_the_article_about_figures_is_printed(#[case] block: &str, #[case] told: &[ArticleSentence]) {
    let document = document();
    let (vi, en) = (said(&document, block, "vi"), said(&document, block, "en"));
    for ArticleSentence { article, vi: wanted, en: english } in told {
        assert!(vi.contains(wanted), "the article says\n{article}\nand nothing prints\n{wanted}\nin\n{vi}");
        assert!(en.contains(english), "the article says\n{article}\nand nothing prints\n{english}\nin\n{en}");
    }
}

#[test]
fn a_report_of_the_article_says_nothing_twice_and_nothing_large_inside_a_sentence() {
    let document = document();
    for block in ["departments", "districts", "agencies"] {
        let said = said(&document, block, "vi");
        let lines: BTreeSet<&str> = said.lines().collect();
        assert_eq!(lines.len(), said.lines().count(), "{said}");
        for line in lines {
            let sentences: Vec<&str> = line.split(". ").collect();
            assert_eq!(sentences.iter().collect::<BTreeSet<_>>().len(), sentences.len(), "{line}");
        }
        // Criteria that stand at the beginning of a line of their own begin large.
        let inside = said.lines().filter(|line| line.contains(" lĩnh vực "));
        assert!(inside.clone().count() > 1 && inside.clone().all(|line| !line.contains("Cải cách") && !line.contains("100,00")), "{said}");
    }
}
