//! Forms that were written and compressed once, and what makes one differ from another.

use actix_web::http::header::{HeaderName, HeaderValue};

use super::encoding::{Encoding, Prefix};
use crate::survey::mode::Mode;

/// What makes one form differ from another. The revision is part of it, so that a page made before a change is never sent after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FormKey {
    pub(super) revision: i64,
    pub(super) form: i32,
    pub(super) unit: i32,
    pub(super) language: &'static str,
    pub(super) mode: Mode,
    pub(super) encoding: Encoding,
}

/// A form that was written and compressed, all but its tail.
#[derive(Debug)]
pub struct KeptForm {
    pub(super) prefix: Prefix,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
}

impl KeptForm {
    /// The same in memory of its own, references and all.
    pub(super) fn copied(&self) -> Self {
        let own = |value: &HeaderValue| HeaderValue::from_bytes(value.as_bytes()).unwrap_or_else(|_| value.clone());
        Self { prefix: self.prefix.copied(), headers: self.headers.iter().map(|(name, value)| (name.clone(), own(value))).collect() }
    }
}
