//! What came with codes while this instance does not have the lease for them: it waits apart until that is taken, so that it holds up
//! nobody who came without one. Whoever has it may have handed codes over meanwhile, so that what waited is looked at anew afterwards like
//! what has just come.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::mpsc::WeakSender;
use tokio::time::timeout;

use super::{Deposit, LOOK_WITHIN, Writer, WriterCommand, answer};
use crate::deposit::NotKept;
use crate::store::{Result, Store, StoreError};

/// Those who wait; none while nobody asks for the lease.
#[derive(Clone, Default)]
pub(super) struct ForLease(Arc<Mutex<Option<Vec<Deposit>>>>);

impl ForLease {
    /// Lets more wait. Says whether somebody has to ask for the lease, which one does for all.
    fn wait(&self, mut deposits: Vec<Deposit>) -> bool {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(waiting) = &mut *waiting {
            waiting.append(&mut deposits);
            return false;
        }
        *waiting = Some(deposits);
        true
    }

    fn take(&self) -> Vec<Deposit> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take().unwrap_or_default()
    }
}

impl Writer {
    /// Asks for the lease, and answers what came with codes by what is said.
    pub(super) fn ask_for_lease(&self, deposits: Vec<Deposit>) {
        if deposits.is_empty() || !self.for_lease.wait(deposits) {
            return;
        }
        let (store, instance, commands) = (self.store.clone(), self.letterbox.id().to_owned(), self.commands.clone());
        let (for_lease, condition) = (self.for_lease.clone(), Arc::clone(&self.condition));
        self.runtime.spawn(async move {
            let taken = take(&store, &instance).await;
            condition.asked_for_lease(taken.as_ref().err());
            match taken {
                Ok(true) => hand_in_again(&commands, for_lease.take()).await,
                // It is another server's.
                Ok(false) | Err(_) => answer(for_lease.take(), Err(NotKept::Surely)),
            }
        });
    }
}

async fn take(store: &Store, instance: &str) -> Result<bool> {
    let late = || StoreError::trouble("the main database did not say in time which server takes what is sent with codes");
    timeout(LOOK_WITHIN, store.take_lease(instance)).await.unwrap_or_else(|_| Err(late()))
}

async fn hand_in_again(commands: &WeakSender<WriterCommand>, deposits: Vec<Deposit>) {
    // Whoever has given up is not there any more.
    for deposit in deposits.into_iter().filter(|deposit| !deposit.reply.is_closed()) {
        // Where the writer has stopped, the reply is dropped, as for all that it had not come to.
        let Some(commands) = commands.upgrade() else { return };
        commands.send(WriterCommand::Deposit(deposit)).await.ok();
    }
}
