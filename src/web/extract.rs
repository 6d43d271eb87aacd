//! Reading what was sent: the fields of a form, within a limit of size and time.

use std::borrow::Cow;

use actix_web::HttpRequest;
use actix_web::error::PayloadError;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::Bytes;
use futures_util::{Stream, StreamExt};

use super::error::Unserved;
use super::site::Site;
use crate::clock;

/// Largest body of a form about one unit: 300 items with a name and a value of 40 bytes each are 24 kB; the rest is room for remarks, three
/// bytes a byte encoded.
pub const BODY_MAX: usize = 96 * 1024;

/// Largest body of a form about 15 units: 300 items each with a name of 80 bytes are 360 kB, and a remark on each as long as may be 270 kB.
pub const RATING_MAX: usize = 640 * 1024;

/// Most fields: 300 items of each of 15 units are 4,500.
const FIELDS_MAX: usize = 5_000;

/// The body of a posted form.
#[derive(Debug)]
pub struct Body(Vec<u8>);

/// A field as it was sent: name and value, borrowed from the body where nothing in them was escaped.
pub type FormField<'a> = (Cow<'a, str>, Cow<'a, str>);

impl Body {
    /// The fields in the order in which they were sent; a name may come several times.
    ///
    /// # Errors
    /// When there are more than a sheet can have.
    pub fn fields(&self) -> Result<Vec<FormField<'_>>, Unserved> {
        let fields: Vec<_> = form_urlencoded::parse(&self.0).take(FIELDS_MAX + 1).collect();
        if fields.len() > FIELDS_MAX { Err(Unserved::TooLarge) } else { Ok(fields) }
    }
}

/// A body as it comes.
pub(super) trait Chunks: Stream<Item = Result<Bytes, PayloadError>> + Unpin {}

impl<S: Stream<Item = Result<Bytes, PayloadError>> + Unpin> Chunks for S {}

/// Reads the body of a form, of so many bytes. Until it has come, it counts among those that its address has on their way.
///
/// # Errors
/// When it is too large, too slow, not a form, or one of too many.
pub(super) async fn body(site: &Site, request: &HttpRequest, payload: impl Chunks, most: usize) -> Result<Body, Unserved> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if kind.split(';').next().is_none_or(|kind| !kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded")) {
        return Err(Unserved::WrongType);
    }
    let _open = site.limiter.open_body(request, clock::now()).ok_or(Unserved::Crowded)?;
    tokio::time::timeout(site.patience.body, collect(payload, most)).await.map_err(|_| Unserved::TooSlow)?.map(Body)
}

async fn collect(mut payload: impl Chunks, most: usize) -> Result<Vec<u8>, Unserved> {
    let mut body = Vec::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Unserved::WrongType)?;
        if body.len() + chunk.len() > most {
            return Err(Unserved::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
