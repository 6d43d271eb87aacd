//! The frozen round that changes are measured against.

use std::collections::HashMap;

use crate::publication::format;
use crate::refusal::Refusal;
use crate::round::{Round, RoundState};
use crate::scoring::ranking::{BlockRanking, Past, PreviousRound, RankedUnit, ScoreSums, Standing};
use crate::store::{Result, Store};
use crate::unit::UnitCode;

/// The round, and what its frozen ranking says of each unit.
type Previous = (PreviousRound, HashMap<UnitCode, Past>);

/// The frozen round before: the one that was named, else the last one published of an earlier year that has a ranking.
pub(super) async fn previous(store: &Store, round: &Round) -> Result<Option<Previous>> {
    let named = store.previous_round(round.id).await?;
    if let Some(code) = &named {
        let named = store.round(code).await?;
        let none = || Refusal::NoRanking { round: code.clone(), of: round.code.clone() }.into();
        return earlier(store, &named).await?.map(Some).ok_or_else(none);
    }
    for other in store.rounds().await?.iter().filter(|other| other.year < round.year) {
        if let Some(found) = earlier(store, other).await? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// What the frozen ranking of a round says; none where it has none.
async fn earlier(store: &Store, round: &Round) -> Result<Option<Previous>> {
    if round.state != RoundState::Published {
        return Ok(None);
    }
    let Some(snapshot) = store.snapshot(round.id).await? else { return Ok(None) };
    let Some(ranking) = format::ranking(&snapshot)? else { return Ok(None) };
    let previous = PreviousRound { round: round.code.clone(), year: round.year, sha256: snapshot.sha256 };
    Ok(Some((previous, ranking.blocks.iter().flat_map(past_units).collect())))
}

fn past_units(block: &BlockRanking) -> Vec<(UnitCode, Past)> {
    let of = |(unit, standing): (&RankedUnit, &Standing)| {
        let fields = block.fields.iter().zip(&standing.fields);
        let fields = fields.filter_map(|(head, field)| Some((head.code.clone(), field.index?))).collect();
        let score = standing.score.as_ref().map(ScoreSums::as_before);
        (unit.unit.clone(), Past { block: block.block.clone(), rank: standing.rank, index: standing.index, fields, score })
    };
    block.ranked().into_iter().map(of).collect()
}
