//! Reading what was sent: the fields of a form, within a limit of size and time.

use std::borrow::Cow;
use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::Payload;
use futures_util::StreamExt;

use super::error::Refusal;

/// Largest body: 300 items with a name and a value of 40 bytes each are 24 kB; the rest is room for remarks, three bytes a byte encoded.
pub const BODY_MAX: usize = 96 * 1024;

/// Most fields: several choices of every item of the largest questionnaire stay below.
const FIELDS_MAX: usize = 2_000;

/// The body of a posted form.
#[derive(Debug)]
pub struct Body(Vec<u8>);

/// A field as it was sent: name and value, borrowed from the body where nothing in them was escaped.
pub type Field<'a> = (Cow<'a, str>, Cow<'a, str>);

impl Body {
    /// The fields in the order in which they were sent; a name may come several times.
    ///
    /// # Errors
    /// When there are more than a sheet can have.
    pub fn fields(&self) -> Result<Vec<Field<'_>>, Refusal> {
        let fields: Vec<_> = form_urlencoded::parse(&self.0).take(FIELDS_MAX + 1).collect();
        if fields.len() > FIELDS_MAX { Err(Refusal::TooLarge) } else { Ok(fields) }
    }
}

/// Reads the body of a form, for so long.
///
/// # Errors
/// When it is too large, too slow or not a form.
pub async fn body(request: &HttpRequest, payload: Payload, patience: Duration) -> Result<Body, Refusal> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if kind.split(';').next().is_none_or(|kind| !kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded")) {
        return Err(Refusal::WrongType);
    }
    tokio::time::timeout(patience, collect(payload)).await.map_err(|_| Refusal::TooSlow)?.map(Body)
}

async fn collect(mut payload: Payload) -> Result<Vec<u8>, Refusal> {
    let mut body = Vec::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Refusal::WrongType)?;
        if body.len() + chunk.len() > BODY_MAX {
            return Err(Refusal::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
