//! The seal of a round: what is sent while it is open can be read by whoever holds its private key, and by nobody else.
//!
//! ```text
//! private key of the round          kept elsewhere in a file, or in shares with trustees; wanted at closing
//!   └─ public key                   in the main database
//!        └─ head of a generation    HPKE (RFC 9180), DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM: the generation's key, sealed
//!             └─ sheets, remarks    AES-256-GCM under the generation's key, with a random nonce each
//! ```
//! A generation is one run of a server, one batch of mixing or one file. Its key is in the memory of whoever seals, and nowhere else but in
//! its head; a server that ends takes it along.
//!
//! This module knows neither database nor file. Keys, nonces and shares are drawn by the module `random`.

mod contents;
mod generation;
mod kept;
mod key;
mod key_file;
mod probe;
mod shares;
mod words;

pub use contents::{Binding, Contents, SealedRemark, decode_remarks, encode_remarks};
pub use generation::{Generation, GenerationId};
pub use kept::{KeyPlace, NewSeal, RoundSeal};
pub use key::{PrivateKey, PublicKey};
pub use key_file::{BEGIN, END, KeyFile, KeyFileError};
pub use probe::opens;
pub use shares::{KeyShare, NoQuorum, Quorum, ShareError, combine, split};
pub use words::{WORDS, count_words, is_share, is_word, places_to_ask};
