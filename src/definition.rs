//! What definition files of every kind share: their shape, values with places, names, words, and the faults that are found in them. Pure:
//! text in, values and faults out.

pub mod diagnostic;
pub mod kept;
pub(crate) mod names;
pub(crate) mod reading;
pub(crate) mod schema;
pub(crate) mod shape;
pub mod source;
pub mod text;
pub(crate) mod words;

pub use text::Text;

/// Largest definition file in bytes: 300 items × 64 options × 2 languages would be more, but a form of 79 items is 30 KiB.
pub const FILE_MAX: usize = 512 * 1024;
/// Most languages: eight texts of each kind already fill a screen.
pub const LANGUAGES_MAX: usize = 8;
/// Longest text in characters: about two thirds of a printed page.
pub const TEXT_MAX: usize = 1_000;
/// Longest version in characters; it stands beside every figure.
pub const VERSION_MAX: usize = 40;
