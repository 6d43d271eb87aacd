//! The emblem of an agency, as bytes that were looked over when the round was made.

use std::fmt::Write;

use base64::prelude::{BASE64_STANDARD, Engine};
use sha2::{Digest, Sha256};

/// What begins every PNG.
const PNG: &[u8; 8] = b"\x89PNG\r\n\x1a\n";

/// Largest drawing in bytes that forms carry: words of SVG become half of it on the wire.
const SMALL_SVG: usize = 4 * 1024;
/// The same of a picture, which nothing makes smaller.
const SMALL_PNG: usize = 3 * 512;

/// What an emblem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogoKind {
    /// A drawing in words.
    Svg,
    /// A picture of points.
    Png,
}

/// An emblem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    kind: LogoKind,
    bytes: Vec<u8>,
}

impl Logo {
    /// One that was looked over; which kind it is, its first bytes say.
    #[must_use]
    pub fn kept(bytes: Vec<u8>) -> Self {
        let kind = if bytes.starts_with(PNG) { LogoKind::Png } else { LogoKind::Svg };
        Self { kind, bytes }
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> LogoKind {
        self.kind
    }

    /// What it is made of.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether it is so small that forms carry it.
    #[must_use]
    pub fn is_small(&self) -> bool {
        self.bytes.len() <= if self.kind == LogoKind::Svg { SMALL_SVG } else { SMALL_PNG }
    }

    /// SHA-256 of it, in hexadecimal digits.
    #[must_use]
    pub fn sha256(&self) -> String {
        hex::encode(Sha256::digest(&self.bytes))
    }

    /// The whole of it as an address that fetches nothing. A browser runs no script of what a picture shows.
    #[must_use]
    pub fn inline(&self) -> String {
        match self.kind {
            LogoKind::Png => format!("data:image/png;base64,{}", BASE64_STANDARD.encode(&self.bytes)),
            // Not base64: words that stay words become half as long on the wire.
            LogoKind::Svg => format!("data:image/svg+xml,{}", in_words(&self.bytes)),
        }
    }
}

/// Bytes as an address has them, as readable as they can be.
fn in_words(bytes: &[u8]) -> String {
    let mut words = String::with_capacity(bytes.len() * 9 / 8);
    for byte in bytes {
        match byte {
            b'"' | b'#' | b'%' | b'&' | b'<' | b'>' | 0..b' ' | 0x7f.. => drop(write!(words, "%{byte:02X}")),
            _ => words.push(char::from(*byte)),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_emblem_is_known_by_its_first_bytes_and_stands_in_an_address() {
        let drawn = Logo::kept("<svg a='#é'>\n%</svg>".as_bytes().to_vec());
        assert_eq!(drawn.kind(), LogoKind::Svg);
        assert_eq!(drawn.inline(), "data:image/svg+xml,%3Csvg a='%23%C3%A9'%3E%0A%25%3C/svg%3E");
        let pictured = Logo::kept(PNG.to_vec());
        assert_eq!((pictured.kind(), pictured.inline()), (LogoKind::Png, "data:image/png;base64,iVBORw0KGgo=".to_owned()));
        assert!(Logo::kept(vec![b' '; SMALL_SVG]).is_small() && !Logo::kept([PNG.as_slice(), &[0; SMALL_PNG]].concat()).is_small());
    }
}
