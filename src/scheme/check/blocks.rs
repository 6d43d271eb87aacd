//! Blocks: what does not apply, how ties are ranked, and bands that cover every index once.

use std::ops::RangeInclusive;

use super::{CheckedParts, number};
use crate::definition::diagnostic::{Flaw, FoundFaults, Thing, shown};
use crate::definition::names::Names;
use crate::definition::source::{At, Code};
use crate::definition::words::Languages;
use crate::scheme::source::{self, Source};
use crate::scheme::{Band, Block};
use crate::unit::is_code;

/// 100 %, in hundredths of a percent.
const WHOLE: u32 = 10_000;
/// Years that a round can have.
const YEARS: RangeInclusive<i64> = 2000..=2100;

/// Checks all blocks of a file.
pub(super) fn read(source: &Source, languages: &Languages, parts: &mut CheckedParts, faults: &mut FoundFaults) -> Vec<Block> {
    if source.block.is_empty() {
        faults.add(&source.total.span, Flaw::NoBlocks);
    }
    let mut blocks: Vec<Block> = Vec::new();
    for given in &source.block {
        let block = block(given, languages, parts, faults);
        if blocks.iter().any(|other| other.code == block.code && other.year == block.year) {
            faults.add(&given.code.0.span, Flaw::BlockTwice { block: shown(&block.code) });
        }
        blocks.push(block);
    }
    blocks
}

fn block(given: &source::Block, languages: &Languages, parts: &mut CheckedParts, faults: &mut FoundFaults) -> Block {
    let At { value: code, span } = &given.code.0;
    if !is_code(code) {
        faults.add(span, Flaw::BadCode { thing: Thing::Block, given: shown(code) });
    }
    let tie_break = given.tie_break.as_ref().and_then(|code| parts.resolve(code, faults));
    let counts = |part| parts.leaves_of(part).iter().any(|place| parts.leaves.get(*place).is_some_and(|leaf| !leaf.is_adjustment()));
    if let Some((_, code)) = tie_break.zip(given.tie_break.as_ref()).filter(|(part, _)| !counts(*part)) {
        faults.add(&code.0.span, Flaw::TieBreakAdjusts { given: shown(&code.0.value) });
    }
    let mut not_applicable: Vec<usize> = Vec::new();
    for code in &given.not_applicable {
        if let Some(part) = parts.resolve(code, faults) {
            not_applicable.extend(parts.leaves_of(part));
        }
    }
    not_applicable.sort_unstable();
    not_applicable.dedup();
    let mut rest = parts.leaves.iter().enumerate().filter(|(place, leaf)| !leaf.is_adjustment() && !not_applicable.contains(place));
    if !parts.leaves.is_empty() && rest.next().is_none() {
        faults.add(span, Flaw::NothingApplies { block: shown(code) });
    }
    let (year, bands) = (year(given.year.as_ref(), faults), bands(given, languages, faults));
    Block { code: code.clone(), year, tie_rule: given.tie_rule, tie_break, not_applicable, bands }
}

fn year(given: Option<&At<i64>>, faults: &mut FoundFaults) -> Option<i32> {
    let At { value, span } = given?;
    if !YEARS.contains(value) {
        faults.add(span, Flaw::BadYear { given: value.to_string(), least: *YEARS.start(), most: *YEARS.end() });
    }
    i32::try_from(*value).ok()
}

/// Bands from the highest to the lowest, the last one from 0: so every index is in exactly one.
fn bands(given: &source::Block, languages: &Languages, faults: &mut FoundFaults) -> Vec<Band> {
    let codes: Vec<&Code> = given.band.iter().map(|band| &band.code).collect();
    Names::of(Thing::Band, &[], codes, faults);
    let mut bands: Vec<Band> = Vec::new();
    for band in &given.band {
        let from_hundredths = number(&band.from, WHOLE, Some("from"), faults);
        if bands.last().is_some_and(|above| above.from_hundredths <= from_hundredths) {
            faults.add(&band.from.span, Flaw::BandOverlaps { band: shown(&band.code.0.value) });
        }
        bands.push(Band { code: band.code.0.value.clone(), text: languages.text(&band.text, faults), from_hundredths });
    }
    if let Some(last) = given.band.last().filter(|_| bands.last().is_some_and(|band| band.from_hundredths > 0)) {
        faults.add(&last.from.span, Flaw::BandsEnd);
    }
    bands
}
