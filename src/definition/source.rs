//! What every format of a definition file is made of: values with their places, codes, words and decimal numbers.

mod place;
mod value;

pub use place::At;
pub(crate) use value::hundredths;
pub use value::{Code, Decimal, Number, Words};
