//! What each worker keeps for itself. A count of references that two processors write to is slower than all the rest of giving out a form,
//! so that the forms asked for most are there once for each worker, and the addresses that led to them within the same second.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::kept_form::{FormKey, KeptForm};
use crate::deposit::SheetKey;
use crate::keys::forms::{FormSecret, FormSubject, SignedKey};

/// Forms kept by one worker: at some 5 kB each less than a megabyte.
const FORMS: usize = 128;

/// Addresses remembered by one worker, none longer than [`ADDRESS`]: at most as much again.
const ADDRESSES: usize = 512;

/// Longest address that is remembered: those that the service itself writes are shorter, and so is what browsers accept.
const ADDRESS: usize = 200;

/// The moment within which an address leads to the same: what is open changes with the revision, windows and units with the second, and the
/// encoding with what the client accepts, which is read only where it is not known yet what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment<'a> {
    pub(super) revision: i64,
    pub(super) second: i64,
    pub(super) accepts: &'a [u8],
}

/// What an address led to at a moment.
#[derive(Debug)]
struct Led {
    revision: i64,
    second: i64,
    accepts: Vec<u8>,
    given: GivenForm,
}

impl Led {
    fn moment(&self) -> Moment<'_> {
        Moment { revision: self.revision, second: self.second, accepts: &self.accepts }
    }
}

/// A form that is given out, with what its keys are signed for.
#[derive(Debug, Clone)]
pub(super) struct GivenForm {
    pub(super) form: Rc<KeptForm>,
    pub(super) secret: FormSecret,
    pub(super) about: FormSubject,
}

impl GivenForm {
    /// A key of its own for whoever asks.
    pub(super) fn key(&self) -> SignedKey {
        self.secret.sign(self.about, SheetKey::random())
    }
}

/// The forms that one worker gave out last.
#[derive(Debug)]
pub struct Worker {
    forms: RefCell<HashMap<FormKey, Rc<KeptForm>>>,
    addresses: RefCell<HashMap<String, Led>>,
    count: Arc<AtomicU64>,
}

impl Worker {
    /// A worker that counts here what it gives out.
    #[must_use]
    pub(super) fn new(count: Arc<AtomicU64>) -> Self {
        Self { forms: RefCell::default(), addresses: RefCell::default(), count }
    }

    /// The form of a key, taken from those of all workers where this one has not got it yet.
    pub(super) fn form<E>(&self, key: FormKey, find: impl FnOnce() -> Result<Arc<KeptForm>, E>) -> Result<Rc<KeptForm>, E> {
        if let Some(known) = self.forms.borrow().get(&key) {
            return Ok(Rc::clone(known));
        }
        let own = Rc::new(find()?.copied());
        let mut forms = self.forms.borrow_mut();
        // Those of the revision before are among them, and are never asked for again.
        if forms.len() >= FORMS {
            forms.clear();
        }
        forms.insert(key, Rc::clone(&own));
        Ok(own)
    }

    /// Does something with the form that an address led to at the same moment; none where it is not known.
    pub(super) fn same<T>(&self, address: &str, moment: Moment<'_>, give: impl FnOnce(&GivenForm) -> T) -> Option<T> {
        let addresses = self.addresses.borrow();
        addresses.get(address).filter(|led| led.moment() == moment).map(|led| give(&led.given))
    }

    /// Remembers where an address led to.
    pub(super) fn remember(&self, address: &str, moment: Moment<'_>, given: GivenForm) {
        if address.len().max(moment.accepts.len()) > ADDRESS {
            return;
        }
        let mut addresses = self.addresses.borrow_mut();
        if addresses.len() >= ADDRESSES {
            addresses.clear();
        }
        let Moment { revision, second, accepts } = moment;
        addresses.insert(address.to_owned(), Led { revision, second, accepts: accepts.to_owned(), given });
    }

    /// Counts a form that is given out.
    pub(super) fn count(&self) {
        self.count.fetch_add(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::secrets::RoundSecret;
    use crate::web::encoding::{Effort, Encoding, Prefix};

    #[test]
    fn an_address_leads_to_the_same_only_within_its_second_revision_and_what_is_accepted() {
        let worker = Worker::new(Arc::default());
        let form = KeptForm { prefix: Prefix::new(b"x", Encoding::Identity, Effort::Once).unwrap(), headers: Vec::new() };
        let about = FormSubject { round: 1, questionnaire: 2, unit: 3 };
        let given = GivenForm { form: Rc::new(form), secret: FormSecret::new(&RoundSecret::new([7; 32])), about };
        let then = Moment { revision: 1, second: 10, accepts: b"gzip, br" };
        worker.remember("/a", then, given.clone());
        worker.remember(&"/long".repeat(100), then, given);
        assert!(worker.same("/a", then, |given| given.key() != given.key()).unwrap(), "everybody gets a key of their own");
        for other in [Moment { revision: 2, ..then }, Moment { second: 11, ..then }, Moment { accepts: b"gzip", ..then }] {
            assert!(worker.same("/a", other, |_| ()).is_none(), "{other:?}");
        }
        assert!(worker.same("/b", then, |_| ()).is_none() && worker.same(&"/long".repeat(100), then, |_| ()).is_none());
    }
}
