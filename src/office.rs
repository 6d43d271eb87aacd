//! What people do, one function each, for any front end: the command line today, the browser later. What stands in the way is a
//! [`Refusal`](crate::refusal::Refusal), for which `words` has the sentence; the command or the button that helps is the front end's.

pub mod actor;
pub mod answering;
pub mod audit;
pub mod closing;
pub mod codes;
pub mod creating;
pub mod desk;
pub mod evidence;
pub mod exporting;
pub mod extending;
pub mod irreplaceable;
pub mod naming;
pub mod opening;
pub mod past;
pub mod posters;
pub mod progress;
pub mod publishing;
pub mod register;
pub mod rounds;
pub mod salvaging;
pub mod scope;
pub mod sealing;
pub mod servers;
pub mod sheets;
mod stopped;

use crate::store::Store;

pub use stopped::{Stopped, database_fault, refusal};

/// What people work with: one database. Functions of this floor alone get at what is in it.
#[derive(Debug, Clone)]
pub struct Office {
    store: Store,
}

impl Office {
    /// The office of a database whose schema is that of this program.
    #[must_use]
    pub fn over(store: Store) -> Self {
        Self { store }
    }
}
