//! A ranking of an earlier year that was made elsewhere, published here so that later years are compared with it.

use std::io::Read;

use jiff::tz::Offset;

use super::Office;
use super::Stopped;
use super::actor::{Allowed, Publish};
use crate::import::targets;
use crate::publication::past;
use crate::scoring::ranking::Past;
use crate::store::rounds::NewRound;
use crate::store::scores::NewScoring;
use crate::store::snapshots::Snapshot;
use crate::unit::{RESERVED_IDS, Unit, UnitCode, is_code};

/// The units that were ranked.
pub type Ranked = Vec<(UnitCode, Past)>;

/// What may be the id of a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundId(String);

/// The round that stands for an earlier year.
#[derive(Debug, Clone)]
pub struct EarlierRound {
    /// Its id.
    pub id: RoundId,
    /// Its name in Vietnamese.
    pub name_vi: String,
    /// Its name in English.
    pub name_en: String,
    /// The year that was rated.
    pub year: i32,
    /// How far local time, in which its dates are shown, is ahead of UTC.
    pub offset: Offset,
    /// Whether its ranks are made up.
    pub synthetic: bool,
}

impl RoundId {
    /// A text as an id; none where it is no code, or an address of the server's own.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        (is_code(text) && !RESERVED_IDS.contains(&text)).then(|| Self(text.to_owned()))
    }
}

/// Reads a file of ranks. Its units are those of the register.
///
/// # Errors
/// All faults of the file.
pub async fn read(Office { store }: &Office, file: impl Read) -> Result<Ranked, Stopped> {
    let register: Vec<Unit> = store.units().await?.into_iter().map(|row| row.unit).collect();
    Ok(targets::past(file, &register)?)
}

/// Publishes a ranking as a round of its own, which asked nobody anything here; with a reason, in place of one that was published so.
///
/// # Errors
/// When the id is taken; for a correction, when there is no such round or it was not made elsewhere, or somebody else corrects it too.
pub async fn publish(
    Office { store }: &Office,
    earlier: EarlierRound,
    ranked: &[(UnitCode, Past)],
    correction: Option<&str>,
    may: &Allowed<Publish>,
) -> Result<Snapshot, Stopped> {
    let by = may.everywhere()?;
    let EarlierRound { id: RoundId(code), name_vi, name_en, year, offset, synthetic } = earlier;
    let (opens_at, closes_at, questionnaires, scoring) = (by.at(), by.at(), Vec::new(), NewScoring::default());
    let organiser = None;
    let new = NewRound { code, name_vi, name_en, year, opens_at, closes_at, offset, synthetic, organiser, questionnaires, scoring };
    Ok(past::publish(store, new, ranked, correction, by).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_of_an_earlier_year_is_a_code_and_no_address_of_the_servers_own() {
        assert_eq!(RoundId::of("2024"), Some(RoundId("2024".into())));
        assert_eq!(["", "Năm 2024", "results", "api"].map(RoundId::of), [None, None, None, None]);
    }
}
