//! Which fields a target may mean.

use super::BlockRanking;
use crate::scheme::Scheme;
use crate::unit::UnitCode;

/// Blocks whose fields a target may mean, by their codes: that of its unit, or all where it is for the province.
pub fn fields_meant<'a>(
    blocks: &'a [BlockRanking],
    scheme: impl Fn(&BlockRanking) -> Option<&'a Scheme>,
    unit: Option<&UnitCode>,
) -> Vec<(&'a str, &'a Scheme)> {
    let has = |block: &&BlockRanking| unit.is_none_or(|unit| block.units.iter().any(|ranked| ranked.unit == *unit));
    blocks.iter().filter(has).filter_map(|block| Some((block.block.as_str(), scheme(block)?))).collect()
}
