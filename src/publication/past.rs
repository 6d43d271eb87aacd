//! A ranking of an earlier year that was not made here: frozen as it was published elsewhere, so that later years can be compared with it.

use std::collections::BTreeSet;

use super::format::{self, FORMAT};
use super::{Correction, Publication, PublishedUnit, read};
use crate::refusal::Refusal;
use crate::scheme::TieRule;
use crate::scoring::decimal::Held;
use crate::scoring::ranking::{BlockRanking, FieldHead, FieldScore, Past, RankList, RankedUnit, Ranking, Standing, UnitStatus};
use crate::store::audit::By;
use crate::store::rounds::NewRound;
use crate::store::snapshots::Snapshot;
use crate::store::{Result, Store};
use crate::unit::Registered;
use crate::unit::UnitCode;

/// Publishes an earlier ranking as a round of its own, or corrects one that was published so.
///
/// # Errors
/// When the id of the round is taken; for a correction, when there is no such round or it was not imported.
pub async fn publish(store: &Store, new: NewRound, units: &[(UnitCode, Past)], correction: Option<&str>, by: &By) -> Result<Snapshot> {
    let Some(why) = correction else {
        let publication = publication(&new, units, &store.units().await?);
        return store.create_published_round(new, format::written(&publication)?, by).await;
    };
    let before = store.seen(&new.code).await?;
    let round = store.round(&new.code).await?;
    let imported = store
        .snapshot(round.id)
        .await?
        .filter(|snapshot| read(snapshot).is_ok_and(|old| old.schemes.is_empty() && old.questionnaires.is_empty()));
    let old = imported.ok_or_else(|| Refusal::NotImported { round: new.code.clone() })?;
    let mut publication = publication(&new, units, &store.units().await?);
    publication.corrects = Some(Correction { sha256: old.sha256, why: why.to_owned() });
    store.correct(&round, format::written(&publication)?, &before, None, by).await
}

fn publication(new: &NewRound, units: &[(UnitCode, Past)], register: &[Registered]) -> Publication {
    Publication {
        format: FORMAT,
        round: new.code.clone(),
        name_vi: new.name_vi.clone(),
        name_en: new.name_en.clone(),
        year: new.year,
        synthetic: new.synthetic,
        organiser: None,
        excused: Vec::new(),
        units: units.iter().filter_map(|(code, past)| published_unit(code, past, register)).collect(),
        questionnaires: Vec::new(),
        schemes: Vec::new(),
        ranking: Some(Ranking { previous: None, blocks: blocks(units), targets: Vec::new() }),
        corrects: None,
    }
}

fn published_unit(code: &UnitCode, past: &Past, register: &[Registered]) -> Option<PublishedUnit> {
    let unit = &register.iter().find(|row| row.unit.code == *code)?.unit;
    let (code, name_vi, name_en) = (unit.code.clone(), unit.name_vi.clone(), unit.name_en.clone());
    Some(PublishedUnit { code, name_vi, name_en, block: past.block.clone() })
}

fn blocks(units: &[(UnitCode, Past)]) -> Vec<BlockRanking> {
    let mut codes: Vec<&str> = Vec::new();
    for (_, past) in units {
        if !codes.contains(&past.block.as_str()) {
            codes.push(&past.block);
        }
    }
    let of = |code: &&str| units.iter().filter(|(_, past)| past.block == **code).collect::<Vec<_>>();
    codes.iter().map(|code| block(code, &of(code))).collect()
}

fn block(code: &str, units: &[&(UnitCode, Past)]) -> BlockRanking {
    let fields: BTreeSet<&String> = units.iter().flat_map(|(_, past)| past.fields.keys()).collect();
    let indices: Option<Vec<Held>> = units.iter().map(|(_, past)| past.index).collect();
    let mean_of = |field: &str| Held::mean_of(&units.iter().filter_map(|(_, past)| past.fields.get(field).copied()).collect::<Vec<_>>());
    let score = |past: &Past, field: &str| FieldScore { points: None, maximum: None, index: past.fields.get(field).copied(), rank: None };
    let standing = |past: &Past| Standing {
        rank: past.rank,
        list: RankList::Block,
        index: past.index,
        score: None,
        band: None,
        fields: fields.iter().map(|field| score(past, field)).collect(),
        before: None,
    };
    let unit = |(code, past): &&(UnitCode, Past)| RankedUnit {
        unit: code.clone(),
        status: UnitStatus::Normal,
        standing: Some(standing(past)),
        unranked: None,
        cells: Vec::new(),
        criteria: Vec::new(),
    };
    BlockRanking {
        block: code.to_owned(),
        scheme: None,
        tie_rule: TieRule::default(),
        bands: Vec::new(),
        fields: fields.iter().map(|code| FieldHead { code: (*code).clone(), maximum: None, mean: mean_of(code) }).collect(),
        criteria: Vec::new(),
        leaves: Vec::new(),
        mean: indices.and_then(|indices| Held::mean_of(&indices)),
        units: units.iter().map(unit).collect(),
    }
}
