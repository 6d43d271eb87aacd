//! The directory of a running server, which many read while one task keeps it fresh.

use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;

use super::Directory;
use super::secrets::brought_key;
use crate::keys::Keys;
use crate::store::{Result, Store};

/// How often a server asks whether something has changed: a closed round is noticed within this time.
const PAUSE: Duration = Duration::from_millis(500);

/// The directory of a running server, kept fresh.
#[derive(Debug, Clone)]
pub struct LiveDirectory {
    current: Arc<ArcSwap<Directory>>,
}

impl LiveDirectory {
    /// Reads the directory and keeps it fresh until the process ends.
    ///
    /// # Errors
    /// When it cannot be read the first time.
    pub async fn start(store: Store, keys: Keys) -> Result<Self> {
        let current = Arc::new(ArcSwap::from_pointee(Directory::read(&store, &keys).await?));
        let weak = Arc::downgrade(&current);
        tokio::spawn(async move {
            let mut complained = false;
            while let Some(current) = weak.upgrade() {
                match refresh(&store, &keys, &current).await {
                    Ok(()) => complained = false,
                    Err(error) if !complained => {
                        tracing::error!(%error, "rounds and units could not be read again; the last known ones stay");
                        complained = true;
                    }
                    Err(_) => {}
                }
                drop(current);
                tokio::time::sleep(PAUSE).await;
            }
        });
        Ok(Self { current })
    }

    /// The directory as it is now.
    #[must_use]
    pub fn now(&self) -> arc_swap::Guard<Arc<Directory>> {
        self.current.load()
    }
}

async fn refresh(store: &Store, keys: &Keys, current: &ArcSwap<Directory>) -> Result<()> {
    let known = current.load_full();
    if store.revision().await? != known.revision || brought_key(store, keys, &known).await? {
        current.store(Arc::new(Directory::read(store, keys).await?));
    }
    Ok(())
}
