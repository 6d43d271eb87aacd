//! An open round of the version before, which had no seal: all that lies readable in its tables is sealed, in one transaction.
//!
//! Its tables are renamed, made anew, filled and dropped, so that nothing stays that was written when something came: ids are fresh, the
//! order is drawn now, and every row is of this transaction. What is in memory at once: the ids of all sheets and one chunk of them.

mod waiting;

use std::fmt;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryResult, QuerySelect};

use super::audit::{Action, By};
use super::codes::{CodeHash, IssuedCode, issued_of};
use super::entity::{round, round_questionnaire};
use super::mixing::{count_used, insert_hashes};
use super::open_rows::{OpenRemark, OpenSheet, SharedByRows, insert_heads, insert_remarks, insert_sheets};
use super::open_tables::OpenTables;
use super::rewriting::AT_ONCE;
use super::sealing::{about, seal_contents, seal_remarks};
use super::seals::seal_on;
use super::watched::Transaction;
use super::{Result, Store, StoreError};
use crate::deposit::{MixingCell, Participation, SheetKey};
use crate::refusal::Refusal;
use crate::round::{Round, RoundState};
use crate::seal::NewSeal;
use crate::seal::{Contents, Generation};

/// What the secret of a round's codes is needed for.
#[derive(Clone, Copy)]
pub struct CodeSecret<'a> {
    /// Fingerprint of the secret that the codes were made with.
    pub fingerprint: &'a str,
    /// Makes of a used code what says that it was used.
    pub participation: &'a (dyn Fn(CodeHash, &IssuedCode) -> Participation + Send + Sync),
}

impl fmt::Debug for CodeSecret<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("CodeSecret").field("fingerprint", &self.fingerprint).finish_non_exhaustive()
    }
}

/// How much of a round was brought under its seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BroughtUnderSeal {
    /// How many sheets were sealed.
    pub sheets: usize,
    /// How many remarks were sealed.
    pub remarks: usize,
    /// Codes that were used.
    pub codes: usize,
}

/// From the tables of the version before into those of this one.
struct Passage<'a> {
    store: &'a Store,
    on: &'a Transaction,
    round: i32,
    plain: OpenTables,
    tables: OpenTables,
    generation: Generation,
}

impl Store {
    /// Brings a round that the version before opened under a seal. No server may run meanwhile. `secret` is that of the round's codes.
    ///
    /// # Errors
    /// When the round is not open or closing, has a seal, has used codes but no secret or another one than they were made with, or the
    /// database refuses; then nothing has changed.
    pub async fn seal_open_round(
        &self,
        round: &Round,
        seal: &NewSeal,
        secret: Option<CodeSecret<'_>>,
        by: &By,
    ) -> Result<BroughtUnderSeal> {
        let on = self.write().await?;
        require_unsealed(&on, round).await?;
        let generation = Generation::draw(&seal.public, round.id).ok_or_else(|| StoreError::trouble("the public key is none"))?;
        let (plain, tables) = (OpenTables::before_the_seal(round.id), OpenTables::of(round.id));
        for (from, to) in tables.of_both().into_iter().zip(plain.of_both()) {
            on.execute_raw(self.statement(format!("ALTER TABLE {from} RENAME TO {to}"), [])).await?;
        }
        tables.create(&on).await?;
        insert_heads(&on, &tables, &[(generation.id(), generation.head().to_vec())]).await?;
        let passage = Passage { store: self, on: &on, round: round.id, plain, tables, generation };
        let (sheets, remarks) = (passage.sheets().await?, passage.remarks().await?);
        let codes = passage.codes(&round.code, secret).await?;
        passage.end().await?;
        self.keep_seal(&on, round.id, seal).await?;
        self.record(&on, by, Action::SealRound, Some(round.id), &seal.described()).await?;
        self.touch(&on).await?;
        self.commit(on).await?;
        self.compact().await;
        Ok(BroughtUnderSeal { sheets, remarks, codes })
    }
}

async fn require_unsealed(on: &Transaction, round: &Round) -> Result<()> {
    let code = &round.code;
    // Held until the transaction ends: nothing is closed or imported meanwhile.
    let state = round::Entity::find_by_id(round.id).lock_exclusive().one(on).await?.map(|round| round.state).unwrap_or_default();
    if ![RoundState::Open, RoundState::Closing].iter().any(|open| open.to_string() == state) {
        return Err(Refusal::NotToSeal { round: code.clone(), state }.into());
    }
    let asks = round_questionnaire::Entity::find().filter(round_questionnaire::Column::RoundId.eq(round.id)).count(on).await?;
    if asks == 0 {
        return Err(Refusal::NothingToSeal { round: code.clone() }.into());
    }
    match seal_on(on, round.id).await? {
        None => Ok(()),
        Some(seal) => Err(Refusal::SealedAlready { round: code.clone(), fingerprint: seal.public.fingerprint() }.into()),
    }
}

impl Passage<'_> {
    async fn sheets(&self) -> Result<usize> {
        let columns = "questionnaire_id, unit_id, respondent_group, import_id, mode, stratum, psu, answers";
        let ids = self.store.ids(self.on, &self.plain.sheet).await?;
        for chunk in ids.chunks(AT_ONCE) {
            let rows = self.store.pick(self.on, &self.plain.sheet, columns, chunk.to_vec()).await?;
            let rows = rows.iter().map(|row| self.sheet(row)).collect::<Result<Vec<_>>>()?;
            let rows = rows.iter().map(|(MixingCell { questionnaire, unit, group }, import, sealed)| {
                let shared = SharedByRows { questionnaire: *questionnaire, group, generation: self.generation.id(), import: *import };
                OpenSheet { shared, unit: *unit, sealed }
            });
            insert_sheets(self.on, &self.tables, rows.collect()).await?;
        }
        Ok(ids.len())
    }

    /// Cell, import and what is sealed of a sheet.
    fn sheet(&self, row: &QueryResult) -> Result<(MixingCell, Option<i32>, Vec<u8>)> {
        let cell = MixingCell { questionnaire: row.try_get_by_index(0)?, unit: row.try_get_by_index(1)?, group: row.try_get_by_index(2)? };
        let mode: i32 = row.try_get_by_index(4)?;
        let mode = u8::try_from(mode).map_err(|_| StoreError::trouble(format!("an open sheet has the mode {mode}, which is none")))?;
        let contents =
            Contents { mode, stratum: row.try_get_by_index(5)?, psu: row.try_get_by_index(6)?, answers: row.try_get_by_index(7)? };
        let sealed = seal_contents(&self.generation, &about(self.round, &cell), &contents);
        Ok((cell, row.try_get_by_index(3)?, sealed))
    }

    async fn remarks(&self) -> Result<usize> {
        let ids = self.store.ids(self.on, &self.plain.remark).await?;
        for chunk in ids.chunks(AT_ONCE) {
            let rows = self.store.pick(self.on, &self.plain.remark, "questionnaire_id, import_id, item, words", chunk.to_vec()).await?;
            let rows = rows.iter().map(|row| self.remark(row)).collect::<Result<Vec<_>>>()?;
            insert_remarks(self.on, &self.tables, rows).await?;
        }
        Ok(ids.len())
    }

    fn remark(&self, row: &QueryResult) -> Result<OpenRemark> {
        let (questionnaire, generation) = (row.try_get_by_index(0)?, self.generation.id());
        let cell = MixingCell { questionnaire, unit: 0, group: String::new() };
        let remark = (row.try_get_by_index(2)?, row.try_get_by_index(3)?);
        let sealed = seal_remarks(&self.generation, &about(self.round, &cell), &[remark]);
        Ok(OpenRemark { questionnaire, generation, import: row.try_get_by_index(1)?, sealed })
    }

    /// Makes of every mark that a code was used what says it from now on. Says how many were used.
    async fn codes(&self, round: &str, secret: Option<CodeSecret<'_>>) -> Result<usize> {
        let (mut last, mut codes) = (Vec::new(), 0);
        loop {
            let used = self.used_after(&last).await?;
            let Some((hash, _)) = used.last() else { return Ok(codes) };
            last = hash.0.to_vec();
            let participation = match secret {
                Some(secret) => self.require_own(round, secret).await?.participation,
                None => return Err(Refusal::SecretWanted { round: round.to_owned() }.into()),
            };
            let rows = used.iter().map(|(hash, issued)| participation(*hash, issued));
            let rows: Vec<(SheetKey, MixingCell)> =
                rows.map(|Participation { key, questionnaire, group }| (key, MixingCell { questionnaire, unit: 0, group })).collect();
            // Among the keys of sheets, so that nothing tells one from the other.
            let keys: Vec<SheetKey> = rows.iter().map(|(key, _)| *key).collect();
            if !insert_hashes(self.on, &self.plain, &keys).await? {
                return Err(StoreError::trouble(format!("codes of round `{round}` are counted as used already; its tables were changed")));
            }
            count_used(self.on, &self.tables, &rows.iter().collect::<Vec<_>>()).await?;
            codes += rows.len();
        }
    }

    /// The next codes that were used, in the order of their hashes.
    async fn used_after(&self, last: &[u8]) -> Result<Vec<(CodeHash, IssuedCode)>> {
        let sql = format!(
            "SELECT questionnaire_id, respondent_group, scope, hash FROM {} WHERE used <> 0 AND hash > $1 ORDER BY hash LIMIT {AT_ONCE}",
            self.plain.code
        );
        let rows = self.on.query_all_raw(self.store.statement(sql, [last.to_vec().into()])).await?;
        let code = |row: &QueryResult| {
            let hash: Vec<u8> = row.try_get_by_index(3)?;
            let hash = hash.try_into().map_err(|_| StoreError::trouble("the database holds a code whose hash is none"))?;
            Ok((CodeHash(hash), issued_of(row)?))
        };
        rows.iter().map(code).collect()
    }

    /// Codes of another secret would be marked as used for nothing.
    async fn require_own<'s>(&self, round: &str, secret: CodeSecret<'s>) -> Result<CodeSecret<'s>> {
        let sql = "SELECT count(*) FROM round_key WHERE round_id = $1 AND fingerprint = $2";
        let row = self.on.query_one_raw(self.store.statement(sql, [self.round.into(), secret.fingerprint.into()])).await?;
        let same = row.map(|row| row.try_get_by_index::<i64>(0)).transpose()?.unwrap_or_default() == 1;
        same.then_some(secret).ok_or_else(|| Refusal::OtherSecret { round: round.to_owned() }.into())
    }

    /// Brings over what says nothing of a sheet, in the order of hashes, and drops the old tables.
    async fn end(self) -> Result<()> {
        let Self { store, on, plain, tables, .. } = self;
        for (from, to, columns) in
            [(&plain.mixed, &tables.mixed, "hash"), (&plain.code, &tables.code, "hash, questionnaire_id, respondent_group, scope")]
        {
            let sql = format!("INSERT INTO {to} ({columns}) SELECT {columns} FROM {from} ORDER BY hash");
            on.execute_raw(store.statement(sql, [])).await?;
        }
        for table in plain.of_both() {
            on.execute_raw(store.statement(format!("DROP TABLE {table}"), [])).await?;
        }
        Ok(())
    }
}
