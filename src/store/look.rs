//! What every commit of a letterbox looks at in the main database: which questionnaires are open, which keys were counted already, and
//! whether the letterbox is still the one that is registered.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use sea_orm::ConnectionTrait;
use sea_orm::sea_query::Value;

use super::letterbox::Identity;
use super::open_tables::OpenTables;
use super::{Result, Store};
use crate::deposit::SheetKey;

/// What a look has found.
#[derive(Debug)]
pub(super) enum Looked {
    /// The letterbox is the one that is registered; these keys were counted already, and this is whether it has the lease for codes.
    Mine { counted: HashSet<SheetKey>, lease: bool },
    /// Another start is registered under its name, or none.
    NotMine,
}

/// In place of a questionnaire: the row that says the letterbox is registered.
const REGISTERED: i32 = -1;

/// In place of a questionnaire: the row that says the letterbox's instance has the lease for codes.
const LEASE: i32 = -2;

/// What may be kept: the key that decides about it, and its questionnaire.
pub(super) type ToLookUp = (SheetKey, i32);

/// One look at one moment.
#[derive(Debug, Default)]
struct LookMoment {
    open: HashMap<i32, i32>,
    counted: HashSet<SheetKey>,
    registered: bool,
    lease: bool,
}

impl Store {
    /// Brings `open`, what the last commit saw, up to date, and says which keys were counted already.
    ///
    /// Nearly always nothing was opened or closed meanwhile, and then one query has told all of it: each query is a way to another thread
    /// or machine and back.
    pub(super) async fn look(
        &self,
        open: &mut HashMap<i32, i32>,
        identity: &Identity,
        asked: impl Iterator<Item = ToLookUp> + Clone,
    ) -> Result<Looked> {
        let moment = match self.moment(identity, &keys_by_round(open, asked.clone())).await {
            Ok(moment) if moment.open == *open => moment,
            // Also where it failed: a round that was closed has taken its tables along.
            _ => {
                *open = self.moment(identity, &HashMap::new()).await?.open;
                self.moment(identity, &keys_by_round(open, asked)).await?
            }
        };
        *open = moment.open;
        let LookMoment { counted, registered, lease, .. } = moment;
        Ok(if registered { Looked::Mine { counted, lease } } else { Looked::NotMine })
    }

    async fn moment(&self, identity: &Identity, keys: &HashMap<i32, Vec<SheetKey>>) -> Result<LookMoment> {
        let mut sql =
            "SELECT q.id, q.round_id, NULL FROM round_questionnaire q JOIN round r ON r.id = q.round_id WHERE r.state = 'open'".to_owned();
        let mut values: Vec<Value> = vec![identity.id.as_str().into(), identity.nonce.as_str().into(), identity.previous.as_str().into()];
        let mut by_hash = HashMap::new();
        for (round, keys) in keys {
            let hashes: Vec<_> = keys.iter().map(|key| (key.hash(), *key)).collect();
            // Filled up by repetition: few different texts, so that the driver finds each prepared already.
            let places: Vec<_> = (0..hashes.len().next_power_of_two()).map(|place| format!("${}", values.len() + place + 1)).collect();
            values.extend(hashes.iter().cycle().take(places.len()).map(|(hash, _)| hash.to_vec().into()));
            write!(sql, " UNION ALL SELECT 0, 0, hash FROM {} WHERE hash IN ({})", OpenTables::of(*round).mixed, places.join(", ")).ok();
            by_hash.extend(hashes);
        }
        // Last: PostgreSQL takes the type of a column from its first two rows, and two without a hash would make it a text.
        write!(sql, " UNION ALL SELECT {REGISTERED}, 0, NULL FROM instance WHERE id = $1 AND nonce IN ($2, $3)").ok();
        write!(sql, " UNION ALL SELECT {LEASE}, 0, NULL FROM code_lease WHERE instance_id = $1").ok();
        let mut moment = LookMoment::default();
        for row in self.db.query_all_raw(self.statement(sql, values)).await? {
            let (questionnaire, round): (i32, i32) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            match row.try_get_by_index::<Option<Vec<u8>>>(2)? {
                Some(hash) => moment.counted.extend(by_hash.get(&*hash).copied()),
                None if questionnaire == REGISTERED => moment.registered = true,
                None if questionnaire == LEASE => moment.lease = true,
                None => drop(moment.open.insert(questionnaire, round)),
            }
        }
        Ok(moment)
    }
}

fn keys_by_round(open: &HashMap<i32, i32>, asked: impl Iterator<Item = ToLookUp>) -> HashMap<i32, Vec<SheetKey>> {
    let mut keys: HashMap<i32, Vec<SheetKey>> = HashMap::new();
    for (key, questionnaire) in asked {
        if let Some(round) = open.get(&questionnaire) {
            keys.entry(*round).or_default().push(key);
        }
    }
    keys
}
