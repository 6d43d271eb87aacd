//! Small schemes as text, and score sheets for them.

use std::collections::HashMap;

use par_survey::definition::diagnostic::render;
use par_survey::round::steps::ScorePart;
use par_survey::scheme::check::check;
use par_survey::scheme::{Scheme, TieRule};
use par_survey::scoring::decimal::Held;
use par_survey::scoring::ranking::{
    Before, BlockRanking, BlockSheets, Past, RankList, RankedUnit, Standing, UnitSheet, UnitStatus, ranking,
};
use par_survey::scoring::results::Results;
use par_survey::scoring::sheet::{LeafEntries, NOT_APPLICABLE};
use par_survey::unit::UnitCode;

/// Words where none matter.
pub(crate) const WORDS: &str = "{ vi = \"Chữ\", en = \"Words\" }";

pub(crate) fn held(text: &str) -> Held {
    text.parse().unwrap()
}

/// The text of a scheme with the block `b`. `head` and `block` are further lines of the file, with its total, and of the block.
pub(crate) fn text(head: &str, block: &str, fields: &[String]) -> String {
    let languages = "languages = [\"vi\", \"en\"]";
    let file = format!("id = \"small\"\nversion = \"1\"\n{languages}\ntitle = {WORDS}\n{head}\n[[block]]\ncode = \"b\"\n{block}\n");
    file + &fields.concat()
}

/// The scheme of such a text.
pub(crate) fn scheme(head: &str, block: &str, fields: &[String]) -> Scheme {
    let text = text(head, block, fields);
    check("small.scheme.toml", &text).unwrap_or_else(|faults| panic!("{}", render(&text, &faults)))
}

pub(crate) fn field(code: &str, maximum: &str, criteria: &[String]) -> String {
    let head = format!("[[field]]\ncode = \"{code}\"\ntext = {WORDS}\nmaximum = {maximum}\nunverified = true\n");
    head + &criteria.concat()
}

/// A criterion; `more` are further lines, such as where its points come from, or its sub-criteria.
pub(crate) fn criterion(code: &str, maximum: &str, more: &str) -> String {
    format!("[[field.criterion]]\ncode = \"{code}\"\ntext = {WORDS}\nmaximum = {maximum}\n{more}\n")
}

pub(crate) fn sub(code: &str, maximum: &str) -> String {
    format!("[[field.criterion.sub]]\ncode = \"{code}\"\ntext = {WORDS}\nmaximum = {maximum}\n")
}

/// A band of the block.
pub(crate) fn band(code: &str, from: &str) -> String {
    format!("[[block.band]]\ncode = \"{code}\"\ntext = {WORDS}\nfrom = {from}\n")
}

pub(crate) fn cell(entries: &[(ScorePart, &str)]) -> LeafEntries {
    LeafEntries { entries: entries.iter().map(|(part, text)| (*part, (*text).to_owned())).collect(), changes: Vec::new() }
}

/// A unit for which this was appraised, by code of the leaf; "NA" takes the leaf out.
pub(crate) fn unit(code: &str, appraised: &[(&str, &str)]) -> UnitSheet {
    let part = |text: &str| if text == NOT_APPLICABLE { ScorePart::Applicability } else { ScorePart::Appraised };
    let cells = appraised.iter().map(|&(leaf, text)| (leaf.to_owned(), cell(&[(part(text), text)])));
    UnitSheet { unit: UnitCode::new(code).unwrap(), status: UnitStatus::Normal, cells: cells.collect() }
}

/// Units of the block `b`, without surveys and without a year before.
pub(crate) fn ranked(scheme: &Scheme, units: &[UnitSheet]) -> BlockRanking {
    ranked_with(scheme, units, &[], &HashMap::new())
}

/// The same with surveys and a frozen year before.
pub(crate) fn ranked_with(scheme: &Scheme, units: &[UnitSheet], results: &[&Results], past: &HashMap<UnitCode, Past>) -> BlockRanking {
    let block = scheme.block("b", 2026).unwrap();
    ranking(&BlockSheets { scheme, block, units }, results, past)
}

pub(crate) fn standing<'r>(ranking: &'r BlockRanking, unit: &str) -> &'r Standing {
    ranking.units.iter().find(|row| row.unit.as_str() == unit).and_then(|row| row.standing.as_ref()).unwrap()
}

/// Units with their ranks, in the order of the register.
pub(crate) fn ranks_of(ranking: &BlockRanking) -> Vec<(&str, u32)> {
    ranking.units.iter().filter_map(|row| Some((row.unit.as_str(), row.standing.as_ref()?.rank))).collect()
}

pub(crate) fn codes(units: &[&RankedUnit]) -> Vec<String> {
    units.iter().map(|unit| unit.unit.to_string()).collect()
}

/// The standing of a unit of which only ranks are known.
pub(crate) fn of_rank(rank: u32, before: Option<u32>) -> Standing {
    let before = before.map(|rank| Before { rank, index: None, fields: Vec::new(), score: None });
    Standing { rank, list: RankList::Block, index: None, score: None, band: None, fields: Vec::new(), before }
}

/// A block of the units `row-0`, `row-1` and so on, of which only ranks are known: this year's, and those of the year before.
pub(crate) fn of_ranks(rows: &[(u32, Option<u32>)]) -> BlockRanking {
    let row = |(place, (rank, before)): (usize, &(u32, Option<u32>))| RankedUnit {
        unit: UnitCode::new(&format!("row-{place}")).unwrap(),
        status: UnitStatus::Normal,
        standing: Some(of_rank(*rank, *before)),
        unranked: None,
        cells: Vec::new(),
        criteria: Vec::new(),
    };
    BlockRanking {
        block: "b".to_owned(),
        scheme: None,
        tie_rule: TieRule::Competition,
        bands: Vec::new(),
        fields: Vec::new(),
        criteria: Vec::new(),
        leaves: Vec::new(),
        mean: None,
        units: rows.iter().enumerate().map(row).collect(),
    }
}
