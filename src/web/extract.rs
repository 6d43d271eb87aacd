//! Reading what was sent: the fields of a form, within a limit of size and time.

use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::Payload;
use futures_util::StreamExt;

use super::error::Refusal;

/// Largest body: 300 items with a name and a value of 40 bytes each are 24 kB; the rest is room for remarks, three bytes a byte encoded.
pub const BODY_MAX: usize = 96 * 1024;

/// Longest time a body may take: 96 kB at 16 kbit/s.
const BODY_TIME: Duration = Duration::from_secs(50);

/// Most fields: several choices of every item of the largest questionnaire stay below.
const FIELDS_MAX: usize = 2_000;

/// Reads the fields of a form in the order in which they were sent; a name may come several times.
///
/// # Errors
/// When the body is too large, too slow or not a form.
pub async fn fields(request: &HttpRequest, payload: Payload) -> Result<Vec<(String, String)>, Refusal> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if kind.split(';').next().is_none_or(|kind| !kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded")) {
        return Err(Refusal::WrongType);
    }
    let body = tokio::time::timeout(BODY_TIME, collect(payload)).await.map_err(|_| Refusal::TooSlow)??;
    let fields: Vec<_> = form_urlencoded::parse(&body).into_owned().take(FIELDS_MAX + 1).collect();
    if fields.len() > FIELDS_MAX { Err(Refusal::TooLarge) } else { Ok(fields) }
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
