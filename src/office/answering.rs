//! Answering: what an address, a key or a code leads to, and handing in what was answered.
//!
//! ```text
//!  address ─► place ─► target ─► key of its form ─┐
//!                                                 ├─► ticket ─► hand_in ─► received · received before · closed · not kept
//!  code ─► open ─► opened ─► keys of its units ───┘
//! ```

mod opened;
pub mod place;

use std::sync::Arc;
use std::time::Duration;

use arc_swap::Guard;
use tokio::time::Instant;

use super::{Office, Stopped};
use crate::deposit::{DepositCounts, Deposited, Health, NotKept, SheetKey};
use crate::directory::{Directory, Form, LiveDirectory};
use crate::keys::Keys;
use crate::store::instance::Instance;
use crate::store::letterbox::Letterbox;
use crate::survey::code::Code;
use crate::survey::mode::Mode;
use crate::survey::sheet::AnswerSheet;
pub use opened::Opened;

/// How long looking up a code may take, of the six seconds in which every request is answered: the database reads one row by its key.
const LOOKING_UP: Duration = Duration::from_millis(1_500);

/// Where answers are handed in: what is asked now, and the running instance that keeps what is answered.
#[derive(Debug)]
pub struct Answering {
    directory: LiveDirectory,
    instance: Instance,
}

/// The key or code that sheets come with, which tells them from all others.
#[derive(Debug, Clone, Copy)]
pub enum Ticket<'a> {
    /// A form, with the key that it was given.
    Key(&'a Form, SheetKey),
    /// A code, with what it opens.
    Code(&'a Opened<'a>),
}

impl Answering {
    /// Takes what people answer into an open letterbox, under the name of a server.
    ///
    /// # Errors
    /// When a database cannot be used.
    pub async fn start(Office { store }: &Office, letterbox: Letterbox, keys: Keys, name: &str) -> Result<Self, Stopped> {
        let directory = LiveDirectory::start(store.clone(), keys).await?;
        Ok(Self { directory, instance: Instance::start(store.clone(), letterbox, name).await? })
    }

    /// What is asked now, of whom, and about which units.
    #[must_use]
    pub fn directory(&self) -> Guard<Arc<Directory>> {
        self.directory.now()
    }

    /// What an entry opens: of the few codes that it may mean and that say they are for an open round, the one that was issued. Those
    /// of symbols are looked for where none of digits opens anything. None where several were issued.
    ///
    /// # Errors
    /// When the database does not say so in time; the log has the cause.
    pub async fn open<'a>(&self, directory: &'a Directory, entry: &str) -> Result<Option<Opened<'a>>, Stopped> {
        let by = Instant::now() + LOOKING_UP;
        for codes in Code::readings(entry, |code| directory.rounds.iter().any(|round| opened::takes(round, code))) {
            let mut found = Vec::new();
            for code in codes {
                found.extend(self.look_up_by(directory, code, by).await?);
            }
            if let Some(opened) = found.pop() {
                return Ok(Some(opened).filter(|_| found.is_empty()));
            }
        }
        Ok(None)
    }

    /// What a code opens: one keyed hash and one read in the round that it says it is for. None where it was not issued there, or that
    /// round is not open.
    ///
    /// # Errors
    /// When the database does not say so in time; the log has the cause.
    pub async fn look_up<'a>(&self, directory: &'a Directory, code: Code) -> Result<Option<Opened<'a>>, Stopped> {
        self.look_up_by(directory, code, Instant::now() + LOOKING_UP).await
    }

    async fn look_up_by<'a>(&self, directory: &'a Directory, code: Code, by: Instant) -> Result<Option<Opened<'a>>, Stopped> {
        let open = directory.rounds.iter().filter(|round| opened::takes(round, &code));
        for (round, pepper) in open.filter_map(|round| Some((round, round.pepper.as_ref()?))) {
            let hash = pepper.code_hash(&code);
            let found = self.instance.code(round.round.id, hash, by).await?;
            if let Some(issued) = found {
                return Ok(Opened::new(round, pepper, (code, hash), issued));
            }
        }
        Ok(None)
    }

    /// Hands in what was answered about units, each with its row, all of it or nothing, and waits until it is on the disk. Of what comes
    /// with a code the code alone says whether it was received before: nothing was looked up, and opening a form tells nobody.
    ///
    /// # Errors
    /// When it was not kept, such as about a unit that its code is not for, or nobody knows. To hand in the same again is safe, and the log
    /// has the cause.
    pub async fn hand_in(
        &self,
        ticket: Ticket<'_>,
        mode: Mode,
        answered: impl Iterator<Item = (i32, &AnswerSheet)>,
    ) -> Result<Deposited, NotKept> {
        match ticket {
            Ticket::Key(form, key) => {
                let sheets = answered.map(|(unit, sheet)| form.sheet((unit, ""), mode, key, sheet)).collect();
                self.instance.deposit(sheets).await
            }
            Ticket::Code(opened) => {
                let sheet = |(unit, sheet)| opened.sheet(unit, mode, sheet);
                let Some(sheets) = answered.map(sheet).collect() else {
                    tracing::error!("a sheet about a unit came with a code that is for others; nothing was kept of it");
                    return Err(NotKept::Surely);
                };
                self.instance.deposit_coded(opened.participation(), sheets).await
            }
        }
    }

    /// Whether a sheet that came now could be kept, and what is wrong although it could.
    pub async fn health(&self) -> Health {
        self.instance.health().await
    }

    /// Counts for monitoring.
    #[must_use]
    pub fn figures(&self) -> DepositCounts {
        self.instance.figures()
    }

    /// Lets the letterbox go.
    ///
    /// # Errors
    /// When a database does not answer; nothing is lost by that, and the next `round close` asks for the instance.
    pub async fn stop(&self) -> Result<(), Stopped> {
        Ok(self.instance.stop().await?)
    }
}
