//! What every handler shares.

use std::sync::atomic::AtomicU64;
use std::sync::{Arc, PoisonError};

use actix_web::HttpRequest;
use actix_web::web::Bytes;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::counters::Counters;
use super::encoding::Encoding;
use super::guard::Patience;
use super::host::HostWatch;
use super::kept_form::{FormKey, KeptForm};
use super::limiter::Limiter;
use super::masthead::{Masthead, shared};
use super::worker::Worker;
use crate::export::{Format, PublishedTable, TablePart};
use crate::office::answering::Answering;
use crate::publication::document::Document;
use crate::publication::shelf::{NotRead, Shelf};

/// Memory for compressed pages: some 5,000 forms of 4 kB.
const CACHE_BYTES: u64 = 20 * 1024 * 1024;

/// Memory for compressed tables of the API. One that is larger is made anew for everybody who asks.
const TABLE_BYTES: u64 = 16 * 1024 * 1024;

/// Tables expected at once. So few stay in one shard, which a single table may fill.
const TABLES: usize = 32;

/// What makes one table of the API differ from another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TableKey {
    /// SHA-256 of the publication, so that it is the same table wherever it is the same key.
    pub(super) snapshot: String,
    pub(super) which: Which,
    pub(super) encoding: Encoding,
}

/// Which table of a publication.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Which {
    /// One of a questionnaire.
    Figures {
        /// Id of the questionnaire.
        questionnaire: String,
        /// What the table is about, and which part of it.
        kind: (PublishedTable, TablePart),
        /// How it is written.
        format: Format,
    },
    /// Scores and ranks of the round.
    Scores(TablePart, Format),
}

/// A table that was written and compressed.
#[derive(Debug)]
pub struct KeptTable {
    pub(super) bytes: Bytes,
    /// SHA-256 of what was compressed.
    pub(super) tag: String,
}

#[derive(Debug, Clone)]
struct ByLength;

impl Weighter<FormKey, Arc<KeptForm>> for ByLength {
    fn weight(&self, _: &FormKey, kept: &Arc<KeptForm>) -> u64 {
        u64::try_from(kept.prefix.len()).unwrap_or(u64::MAX)
    }
}

impl Weighter<TableKey, Arc<KeptTable>> for ByLength {
    fn weight(&self, _: &TableKey, kept: &Arc<KeptTable>) -> u64 {
        u64::try_from(kept.bytes.len()).unwrap_or(u64::MAX)
    }
}

/// The site: where answers are handed in, what was published, pages already made, limits.
#[derive(Debug)]
pub struct Site {
    pub(super) answering: Answering,
    pub(super) shelf: Shelf,
    pub(super) limiter: Limiter,
    pub(super) hosts: HostWatch,
    pub(super) patience: Patience,
    pub(super) counters: Counters,
    forms: Cache<FormKey, Arc<KeptForm>, ByLength>,
    tables: Cache<TableKey, Arc<KeptTable>, ByLength>,
}

impl Site {
    /// A site that takes answers and shows what was published.
    #[must_use]
    pub fn new(answering: Answering, shelf: Shelf, limiter: Limiter, patience: Patience) -> Self {
        let items = usize::try_from(CACHE_BYTES / 4096).unwrap_or(usize::MAX);
        Self {
            answering,
            shelf,
            limiter,
            hosts: HostWatch::default(),
            patience,
            counters: Counters::default(),
            forms: Cache::with_weighter(items, CACHE_BYTES, ByLength),
            tables: Cache::with_weighter(TABLES, TABLE_BYTES, ByLength),
        }
    }

    /// What one more worker keeps for itself.
    pub(super) fn worker(&self) -> Worker {
        let given = Arc::new(AtomicU64::new(0));
        self.counters.forms.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&given));
        Worker::new(given)
    }

    /// Whose pages are that belong to no round.
    pub(super) fn masthead(&self) -> Masthead {
        shared(&self.answering.directory())
    }

    /// Looks at what proxies did to a request for a page. Never at one that brings a sheet: what is said of it would tell when that came.
    pub(super) fn look_for_proxy(&self, request: &HttpRequest) {
        self.limiter.look_for_proxy(request);
        self.hosts.look(request.headers());
    }

    /// What was published of a round; none before it is.
    pub(super) async fn document(&self, round: i32) -> Result<Option<Arc<Document>>, NotRead> {
        self.shelf.document(round, self.answering.directory().revision).await
    }

    /// The frozen ranking that a publication compares its units with; none where it compares with none, or that one cannot be read.
    pub(super) async fn before(&self, document: &Document) -> Option<Arc<Document>> {
        let previous = document.ranking()?.previous.as_ref()?;
        let found = self.shelf.frozen(&previous.sha256).await;
        found
            .inspect_err(|error| tracing::error!(%error, sha256 = previous.sha256, "what a publication is compared with could not be read"))
            .ok()
            .flatten()
    }

    /// The form of a key, made where it is not there yet.
    pub(super) fn form<E>(&self, key: FormKey, make: impl FnOnce() -> Result<KeptForm, E>) -> Result<Arc<KeptForm>, E> {
        self.forms.get_or_insert_with(&key, || make().map(Arc::new))
    }

    /// The table of a key, made where it is not there yet. Whoever asks for the same one meanwhile waits for it.
    pub(super) async fn table<E>(&self, key: &TableKey, make: impl Future<Output = Result<KeptTable, E>>) -> Result<Arc<KeptTable>, E> {
        self.tables.get_or_insert_async(key, async { make.await.map(Arc::new) }).await
    }
}
