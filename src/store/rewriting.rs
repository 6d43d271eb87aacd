//! The rewrite at closing: every open sheet is opened by the round's key and written among the responses, in an order that is drawn now.
//! One without any answer is no sheet and ends here; what was written on it stays.
//!
//! What is in memory at once: the ids of all sheets, as many fresh ones, and one chunk of sheets. The ids are shuffled, the fresh ones
//! sorted, so that reading goes criss-cross and writing in order, which is the fast way round. The order of the responses is that of the
//! shuffling, and no backup of the open tables holds it.

use std::collections::{BTreeMap, HashMap};

use futures_util::TryStreamExt;
use rand::seq::SliceRandom;
use sea_orm::sea_query::Query;
use sea_orm::{ConnectionTrait, QueryResult, StreamTrait};

use super::open_rows::{CHUNK, PIECES, execute_pieces, number, shuffled};
use super::open_tables::OpenTables;
use super::sealing::{about, open_contents, open_remarks};
use super::{Result, Store, StoreError, Transaction};
use crate::deposit::MixingCell;
use crate::random::{generator, random_bytes};
use crate::seal::{Binding, Contents, Generation, GenerationId, PrivateKey};
use crate::survey::codebook::Codebook;
use crate::survey::kept;

/// Sheets that are in memory at once.
pub(super) const AT_ONCE: usize = 2_000;

pub(super) type RowId = [u8; 16];

/// The generations of a round, opened by its key.
type OpenedGenerations = HashMap<GenerationId, Generation>;

/// The layouts of a round's packed sheets, by questionnaire.
pub(super) type Codebooks = HashMap<i32, Codebook>;

/// What many responses have in common.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Alike {
    questionnaire: i32,
    group: String,
    stratum: Option<String>,
    psu: Option<String>,
}

impl Store {
    /// The layouts of a round's sheets. Of a definition that cannot be read every sheet stays; whoever counts says what is wrong.
    pub(super) async fn codebooks(&self, round: i32) -> Result<Codebooks> {
        let asked = self.asked(round).await?;
        Ok(asked.iter().filter_map(|asked| Some((asked.id, Codebook::new(&kept::read(&asked.definition).ok()?)))).collect())
    }

    /// Rewrites a round's open sheets and remarks. Says how many could not be opened.
    pub(super) async fn rewrite(&self, on: &Transaction, round: i32, key: &PrivateKey, codebooks: &Codebooks) -> Result<u64> {
        let tables = OpenTables::of(round);
        let opened = self.open_heads(on, round, &tables, key).await?;
        let sheets = self.rewrite_sheets(on, round, &tables, (&opened, codebooks)).await?;
        let remarks = self.rewrite_remarks(on, round, &tables, &opened).await?;
        Ok(sheets + remarks)
    }

    async fn open_heads(&self, on: &Transaction, round: i32, tables: &OpenTables, key: &PrivateKey) -> Result<OpenedGenerations> {
        let mut opened = OpenedGenerations::new();
        for row in on.query_all_raw(self.statement(format!("SELECT id, head FROM {}", tables.head), [])).await? {
            let head: Vec<u8> = row.try_get_by_index(1)?;
            if let Ok(id) = id_of(&row)
                && let Some(generation) = Generation::open_head(key, round, id, &head)
            {
                opened.insert(id, generation);
            }
        }
        Ok(opened)
    }

    async fn rewrite_sheets(
        &self,
        on: &Transaction,
        round: i32,
        tables: &OpenTables,
        (opened, codebooks): (&OpenedGenerations, &Codebooks),
    ) -> Result<u64> {
        let has_answer =
            |cell: &MixingCell, contents: &Contents| codebooks.get(&cell.questionnaire).is_none_or(|of| of.has_answer(&contents.answers));
        let columns = "generation, sealed, questionnaire_id, unit_id, respondent_group";
        let mut lost = 0;
        for (ids, fresh) in chunks(self.ids(on, &tables.sheet).await?) {
            let mut open = Vec::with_capacity(ids.len());
            for row in self.pick(on, &tables.sheet, columns, ids).await? {
                let cell =
                    MixingCell { questionnaire: row.try_get_by_index(2)?, unit: row.try_get_by_index(3)?, group: row.try_get_by_index(4)? };
                match open_by(opened, &row, |generation, sealed| open_contents(generation, &about(round, &cell), sealed))? {
                    Some(contents) if has_answer(&cell, &contents) => open.push((cell, contents)),
                    Some(_) => {}
                    None => lost += 1,
                }
            }
            let open = shuffled(open).into_iter().map(|(_, sheet)| sheet);
            insert_responses(on, fresh.into_iter().zip(open)).await?;
        }
        Ok(lost)
    }

    async fn rewrite_remarks(&self, on: &Transaction, round: i32, tables: &OpenTables, opened: &OpenedGenerations) -> Result<u64> {
        let mut lost = 0;
        for (ids, _) in chunks(self.ids(on, &tables.remark).await?) {
            let mut open = Vec::new();
            for row in self.pick(on, &tables.remark, "generation, sealed, questionnaire_id", ids).await? {
                let questionnaire: i32 = row.try_get_by_index(2)?;
                let about = Binding { round, questionnaire, unit: 0, group: "" };
                match open_by(opened, &row, |generation, sealed| open_remarks(generation, &about, sealed))? {
                    Some(remarks) => open.extend(remarks.into_iter().map(|remark| (questionnaire, remark))),
                    None => lost += 1,
                }
            }
            insert_remarks(on, open).await?;
        }
        Ok(lost)
    }

    /// The ids of all rows of an open table, in an order that is drawn here.
    pub(super) async fn ids(&self, on: &Transaction, table: &str) -> Result<Vec<RowId>> {
        let mut ids = Vec::new();
        let mut rows = on.stream_raw(self.statement(format!("SELECT id FROM {table}"), [])).await?;
        while let Some(row) = rows.try_next().await? {
            let id: Vec<u8> = row.try_get_by_index(0)?;
            ids.push(RowId::try_from(id).map_err(|_| StoreError::trouble("a row of the open sheets has an id that is none"))?);
        }
        ids.shuffle(&mut generator());
        Ok(ids)
    }

    /// Some columns of some rows of an open table.
    pub(super) async fn pick(&self, on: &Transaction, table: &str, columns: &str, ids: Vec<RowId>) -> Result<Vec<QueryResult>> {
        let sql = format!("{PIECES} SELECT {columns} FROM piece JOIN {table} ON id = substr($1, at, $2)");
        let number = ids.len();
        let length = i32::try_from(number * 16).unwrap_or(i32::MAX);
        let rows = on.query_all_raw(self.statement(sql, [ids.concat().into(), 16.into(), length.into()])).await?;
        if rows.len() == number { Ok(rows) } else { Err(StoreError::trouble("the open sheets changed while they were being rewritten")) }
    }
}

fn id_of(row: &QueryResult) -> Result<GenerationId> {
    let id: Vec<u8> = row.try_get_by_index(0)?;
    id.try_into().map_err(|_| StoreError::trouble("a generation has an id that is none"))
}

/// Opens the text of a row; none where nothing of the round opens it.
fn open_by<T>(opened: &OpenedGenerations, row: &QueryResult, open: impl FnOnce(&Generation, &[u8]) -> Option<T>) -> Result<Option<T>> {
    let sealed: Vec<u8> = row.try_get_by_index(1)?;
    Ok(id_of(row).ok().and_then(|id| opened.get(&id)).and_then(|generation| open(generation, &sealed)))
}

/// Ids in chunks, each with as many fresh ones: random, and over all chunks in ascending order.
fn chunks(ids: Vec<RowId>) -> impl Iterator<Item = (Vec<RowId>, Vec<RowId>)> {
    let mut fresh: Vec<RowId> = ids.iter().map(|_| random_bytes()).collect();
    fresh.sort_unstable();
    let number = ids.len().div_ceil(AT_ONCE);
    (0..number).map(move |chunk| {
        let of = |all: &[RowId]| all.chunks(AT_ONCE).nth(chunk).unwrap_or_default().to_vec();
        (of(&ids), of(&fresh))
    })
}

/// Inserts responses: those that share what they can share in one statement.
async fn insert_responses(on: &impl ConnectionTrait, rows: impl Iterator<Item = (RowId, (MixingCell, Contents))>) -> Result<()> {
    let mut alike: BTreeMap<(Alike, usize), Vec<u8>> = BTreeMap::new();
    for (id, (MixingCell { questionnaire, unit, group }, Contents { mode, stratum, psu, answers })) in rows {
        let rows = alike.entry((Alike { questionnaire, group, stratum, psu }, answers.len())).or_default();
        rows.extend(id);
        rows.extend(format!("{unit:010}{mode:03}").bytes());
        rows.extend(answers);
    }
    let sql = format!(
        "{PIECES} INSERT INTO response (id, unit_id, mode, answers, questionnaire_id, respondent_group, stratum, psu) \
         SELECT substr($1, at, 16), {}, {}, substr($1, at + 29, $2 - 29), \
         CAST($4 AS integer), CAST($5 AS text), CAST($6 AS text), CAST($7 AS text) FROM piece",
        number(on, "substr($1, at + 16, 10)"),
        number(on, "substr($1, at + 26, 3)"),
    );
    for ((Alike { questionnaire, group, stratum, psu }, width), rows) in alike {
        let shared = [questionnaire.into(), group.into(), stratum.into(), psu.into()];
        execute_pieces(on, sql.clone(), rows, 29 + width, shared).await?;
    }
    Ok(())
}

/// Inserts what was written, under fresh random keys and in the order of these.
async fn insert_remarks(on: &impl ConnectionTrait, rows: Vec<(i32, (String, String))>) -> Result<()> {
    let mut rows = shuffled(rows).into_iter().peekable();
    while rows.peek().is_some() {
        let mut insert = Query::insert().into_table("remark").columns(["questionnaire_id", "id", "item", "words"]).to_owned();
        for (id, (questionnaire, (item, words))) in rows.by_ref().take(CHUNK) {
            insert.values_panic([questionnaire.into(), id.to_vec().into(), item.into(), words.into()]);
        }
        on.execute(&insert).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_hold_every_id_once_and_fresh_ones_in_order() {
        let ids: Vec<RowId> = (0..4_321_u32).map(|number| u128::from(number).to_be_bytes()).collect();
        let chunks: Vec<_> = chunks(ids.clone()).collect();
        assert_eq!(chunks.iter().flat_map(|(ids, _)| ids).copied().collect::<Vec<_>>(), ids);
        let fresh: Vec<RowId> = chunks.iter().flat_map(|(_, fresh)| fresh).copied().collect();
        assert!(fresh.is_sorted() && fresh.len() == ids.len());
    }
}
