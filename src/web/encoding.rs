//! Compression by hand: a page is compressed once, and what differs from request to request goes behind it uncompressed.
//!
//! The `Compress` middleware compresses every response anew, at about a twenty-fifth of the speed. Here the common part of a page is
//! compressed and flushed to a whole byte when it is first asked for; a short tail follows in a block of its own:
//! * brotli ([RFC 7932] section 9.2): an uncompressed meta-block, whose header is three bytes, and `0x03`, the empty last one;
//! * gzip ([RFC 1952], [RFC 1951] section 3.2.4): a last stored block, then the checksum carried on over both parts, and their length.
//!
//! [RFC 7932]: https://www.rfc-editor.org/rfc/rfc7932
//! [RFC 1952]: https://www.rfc-editor.org/rfc/rfc1952
//! [RFC 1951]: https://www.rfc-editor.org/rfc/rfc1951

use std::convert::Infallible;
use std::io::Write;
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::HttpMessage;
use actix_web::body::{BodySize, MessageBody};
use actix_web::http::header::{AcceptEncoding, ContentEncoding, Encoding as Coding, Header, HeaderValue};
use actix_web::web::Bytes;

/// What is sent.
static SENT: [Coding; 3] = [Coding::brotli(), Coding::gzip(), Coding::identity()];

/// How a response is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// `br`.
    Brotli,
    /// Deflate in the format of RFC 1952, which every browser reads.
    Gzip,
    /// As it is.
    Identity,
}

impl Encoding {
    /// The best of what a client accepts: by its own weights, and of those with the same weight the smallest.
    #[must_use]
    pub fn accepted(request: &impl HttpMessage) -> Self {
        let chosen = AcceptEncoding::parse(request).ok().and_then(|accepted| accepted.negotiate(SENT.iter()));
        match chosen {
            Some(Coding::Known(ContentEncoding::Brotli)) => Self::Brotli,
            Some(Coding::Known(ContentEncoding::Gzip)) => Self::Gzip,
            _ => Self::Identity,
        }
    }

    /// The value of `Content-Encoding`; none for identity.
    #[must_use]
    pub fn header(self) -> Option<HeaderValue> {
        match self {
            Self::Brotli => Some(HeaderValue::from_static("br")),
            Self::Gzip => Some(HeaderValue::from_static("gzip")),
            Self::Identity => None,
        }
    }
}

/// How hard a page is compressed: as well as can be when it is kept, quickly when it is made for one answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// For a page that will be sent many times.
    Kept,
    /// For a page that is sent once.
    Once,
}

/// Longest tail: what one stored block of either format can hold, with its length in 16 bits.
pub const TAIL_MAX: usize = 0xFFFF;

/// Size of the window in powers of two: 64 KiB holds any form whole and keeps a compressor small.
const BROTLI_WINDOW: u32 = 16;

/// A page that was compressed up to a byte boundary and can be ended by any tail.
#[derive(Debug, Clone)]
pub struct Prefix {
    encoding: Encoding,
    bytes: Bytes,
    checksum: crc32fast::Hasher,
    length: u32,
}

impl Prefix {
    /// Compresses the common part of a page.
    ///
    /// # Errors
    /// Never for writing to memory; the compressors' interfaces say they might.
    pub fn new(page: &[u8], encoding: Encoding, effort: Effort) -> std::io::Result<Self> {
        let mut checksum = crc32fast::Hasher::new();
        let bytes = match encoding {
            Encoding::Identity => page.to_vec(),
            Encoding::Brotli => {
                let quality = if effort == Effort::Kept { 9 } else { 4 };
                let mut writer = brotli::CompressorWriter::new(Vec::new(), 4096, quality, BROTLI_WINDOW);
                writer.write_all(page)?;
                writer.flush()?;
                // Taken out rather than ended: the end comes with the tail.
                writer.get_ref().clone()
            }
            Encoding::Gzip => {
                checksum.update(page);
                let level = if effort == Effort::Kept { 9 } else { 5 };
                let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(level));
                writer.write_all(page)?;
                writer.flush()?;
                writer.get_ref().clone()
            }
        };
        let length = u32::try_from(page.len()).unwrap_or(u32::MAX);
        Ok(Self { encoding, bytes: bytes.into(), checksum, length })
    }

    /// The same in memory of its own.
    #[must_use]
    pub fn copied(&self) -> Self {
        Self { bytes: Bytes::copy_from_slice(&self.bytes), ..self.clone() }
    }

    /// How it is encoded.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// How many bytes it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether it holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The common part as it is sent.
    #[must_use]
    pub fn bytes(&self) -> Bytes {
        self.bytes.clone()
    }

    /// What ends the body: a tail of 1 to [`TAIL_MAX`] bytes, in its frame; more is cut off.
    #[must_use]
    pub fn tail(&self, tail: &[u8]) -> Vec<u8> {
        let tail = tail.get(..TAIL_MAX).unwrap_or(tail);
        let length = u16::try_from(tail.len()).unwrap_or(u16::MAX);
        // Exactly as long as its frame makes it, so that it is handed on without being copied.
        let frame = match self.encoding {
            Encoding::Identity => 0,
            Encoding::Brotli => 3 + 1,
            Encoding::Gzip => 5 + 8,
        };
        let mut end = Vec::with_capacity(tail.len() + frame);
        match self.encoding {
            Encoding::Identity => end.extend_from_slice(tail),
            Encoding::Brotli => {
                // From the lowest bit: ISLAST 0; MNIBBLES 00 (four); MLEN - 1 in 16 bits; ISUNCOMPRESSED 1; zeros up to the byte.
                let header = (u32::from(length).saturating_sub(1) << 3) | (1 << 19);
                end.extend(header.to_le_bytes().iter().take(3));
                end.extend_from_slice(tail);
                end.push(0x03);
            }
            Encoding::Gzip => {
                let mut checksum = self.checksum.clone();
                checksum.update(tail);
                // BFINAL 1 and BTYPE 00 in one byte, the length and its complement.
                end.push(0x01);
                end.extend(length.to_le_bytes());
                end.extend((!length).to_le_bytes());
                end.extend_from_slice(tail);
                end.extend(checksum.finalize().to_le_bytes());
                end.extend(self.length.wrapping_add(u32::from(length)).to_le_bytes());
            }
        }
        end
    }

    /// The whole body in one piece.
    #[must_use]
    pub fn with_tail(&self, tail: &[u8]) -> Vec<u8> {
        [&*self.bytes, &self.tail(tail)].concat()
    }
}

/// A body in two pieces, so that the common one is never copied for a respondent.
#[derive(Debug)]
pub struct TwoPieces {
    size: u64,
    pieces: [Option<Bytes>; 2],
}

impl TwoPieces {
    /// The common piece and the one that ends it.
    #[must_use]
    pub fn new(first: Bytes, second: Vec<u8>) -> Self {
        let size = u64::try_from(first.len() + second.len()).unwrap_or(u64::MAX);
        Self { size, pieces: [Some(first), Some(second.into())] }
    }
}

impl MessageBody for TwoPieces {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.size)
    }

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, Infallible>>> {
        Poll::Ready(self.pieces.iter_mut().find_map(Option::take).map(Ok))
    }
}

/// A whole page compressed for one answer.
///
/// # Errors
/// Never for writing to memory; the compressors' interfaces say they might.
pub fn compress(page: &[u8], encoding: Encoding, effort: Effort) -> std::io::Result<Vec<u8>> {
    let (last, rest) = page.split_last().map_or((&[][..], page), |(_, rest)| (page.get(rest.len()..).unwrap_or_default(), rest));
    if last.is_empty() {
        return Ok(Vec::new());
    }
    Ok(Prefix::new(rest, encoding, effort)?.with_tail(last))
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use actix_web::http::header::ACCEPT_ENCODING;
    use actix_web::test::TestRequest;
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn decoded(encoding: Encoding, body: &[u8]) -> Vec<u8> {
        let mut plain = Vec::new();
        match encoding {
            Encoding::Brotli => brotli::Decompressor::new(body, 4096).read_to_end(&mut plain).unwrap(),
            Encoding::Gzip => flate2::read::GzDecoder::new(body).read_to_end(&mut plain).unwrap(),
            Encoding::Identity => plain.write(body).unwrap(),
        };
        plain
    }

    proptest! {
        #[test]
        fn any_page_with_any_tail_decodes_to_both(
            page in proptest::collection::vec(any::<u8>(), 0..5000),
            tail in proptest::collection::vec(any::<u8>(), 1..300),
        ) {
            for encoding in [Encoding::Brotli, Encoding::Gzip, Encoding::Identity] {
                for effort in [Effort::Kept, Effort::Once] {
                    let body = Prefix::new(&page, encoding, effort).unwrap().with_tail(&tail);
                    prop_assert_eq!(decoded(encoding, &body), [page.as_slice(), &tail].concat());
                }
            }
        }
    }

    #[test]
    fn the_longest_tail_fits() {
        for encoding in [Encoding::Brotli, Encoding::Gzip] {
            let tail = vec![7; TAIL_MAX];
            assert_eq!(decoded(encoding, &Prefix::new(b"x", encoding, Effort::Once).unwrap().with_tail(&tail)).len(), TAIL_MAX + 1);
        }
    }

    #[rstest]
    #[case(&[], Encoding::Identity)]
    #[case(&[""], Encoding::Identity)]
    #[case(&["*"], Encoding::Identity)]
    #[case(&["gzip, deflate, br, zstd"], Encoding::Brotli)]
    #[case(&["GZIP"], Encoding::Gzip)]
    #[case(&["gzip", "br"], Encoding::Brotli)]
    #[case(&["br;q=0.5, gzip"], Encoding::Gzip)]
    #[case(&["identity, br;q=0.5"], Encoding::Identity)]
    #[case(&["br;q=0, gzip;q=0.5"], Encoding::Gzip)]
    #[case(&["br;q=0.000, gzip;q=0"], Encoding::Identity)]
    #[case(&["brotli"], Encoding::Identity)]
    #[case(&["zstd, br;q=nonsense, gzip"], Encoding::Gzip)]
    fn a_client_gets_what_it_likes_best_and_never_what_it_refuses(#[case] lines: &[&str], #[case] encoding: Encoding) {
        let request = lines.iter().fold(TestRequest::get(), |request, line| request.append_header((ACCEPT_ENCODING, *line)));
        assert_eq!(Encoding::accepted(&request.to_http_request()), encoding);
    }
}
