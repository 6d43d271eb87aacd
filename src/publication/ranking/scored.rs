//! How a round is scored: the schemes that it was opened with, and the units that each of them is for.

use crate::round::Round;
use crate::scheme::{self, Scheme};
use crate::scoring::ranking::BlockRanking;
use crate::store::scores::KeptScheme;
use crate::store::{Result, Store, StoreError};
use crate::unit::Registered;

/// How a round is scored: its schemes, and the units that each of them is for.
#[derive(Debug)]
pub struct Scored {
    /// The schemes, in the order of the round, with the texts they were made of.
    pub schemes: Vec<(Scheme, KeptScheme)>,
    /// The units of their blocks that exist when the round opens, in the order of the register.
    pub units: Vec<Registered>,
}

impl Scored {
    /// Reads the schemes of an opened round.
    ///
    /// # Errors
    /// When the database does not answer, or holds a scheme that this version cannot read.
    pub async fn read(store: &Store, round: &Round) -> Result<Self> {
        let mut schemes = Vec::new();
        for kept in store.schemes(round.id).await? {
            let damaged = |why| {
                StoreError::trouble(format!("the round's own copy of the scheme `{}` cannot be read by this version: {why}", kept.code))
            };
            schemes.push((scheme::kept::read(&kept.definition).map_err(damaged)?, kept));
        }
        let first_day = round.offset.to_datetime(round.opens_at).date();
        let of_block = |block: &str| schemes.iter().any(|(scheme, _)| scheme.block(block, round.year).is_some());
        let units = store.units().await?.into_iter().filter(|row| row.unit.exists_on(first_day) && of_block(&row.unit.block)).collect();
        Ok(Self { schemes, units })
    }

    /// Every unit with its scheme.
    #[must_use]
    pub fn units_with_schemes(&self, year: i32) -> Vec<(&Registered, &Scheme)> {
        let scheme = |block: &str| self.schemes.iter().map(|(scheme, _)| scheme).find(|scheme| scheme.block(block, year).is_some());
        self.units.iter().filter_map(|row| Some((row, scheme(&row.unit.block)?))).collect()
    }

    /// The scheme by which a block was ranked.
    pub(super) fn scheme_of(&self, block: &BlockRanking) -> Option<&Scheme> {
        self.schemes.iter().map(|(scheme, _)| scheme).find(|scheme| Some(&scheme.id) == block.scheme.as_ref())
    }
}
