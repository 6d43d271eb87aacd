//! What stands before a POST: where it comes from, and how many faulty ones came from there.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::http::header::{self, HeaderMap};
use jiff::Timestamp;

/// Faulty posts from one address within a minute, after which it has to wait: more than a household's mistakes, far fewer than guessing
/// needs. Accepted sheets never count, since a whole district can share one address.
pub const REFUSALS_A_MINUTE: u32 = 30;

/// Addresses remembered at once: 16 bytes each, so at most about 3 MB; past it the minute starts anew.
const ADDRESSES_MOST: usize = 100_000;

/// Whether a POST comes from a page of this site, or from no page at all. There is no cookie to abuse, so a request that says neither
/// where it comes from nor that it is from elsewhere is taken.
#[must_use]
pub fn is_same_site(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).map(|value: &header::HeaderValue| value.to_str().unwrap_or("?"));
    match (text(header::HeaderName::from_static("sec-fetch-site")), text(header::ORIGIN), text(header::HOST)) {
        (Some(site), _, _) => site != "cross-site",
        (None, None, _) => true,
        (None, Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, authority)| authority.eq_ignore_ascii_case(host)),
        (None, Some(_), None) => false,
    }
}

/// How long a request may take to arrive.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// From the first byte to the last header: a phone on a bad network sends them within seconds.
    pub headers: Duration,
    /// The body: the largest at 16 kbit/s.
    pub body: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { headers: Duration::from_secs(15), body: Duration::from_secs(50) }
    }
}

/// Counts faulty posts by address. The address is hashed at once under a random key that changes daily and is kept nowhere else.
///
/// The well-kept crate for rates (`governor`) cannot look without counting, and here accepted sheets must not count.
#[derive(Debug)]
pub struct Limiter {
    trusted_header: Option<String>,
    state: Mutex<Counts>,
}

#[derive(Debug, Default)]
struct Counts {
    day: i64,
    minute: i64,
    key: RandomState,
    refusals: HashMap<u64, u32>,
}

impl Limiter {
    /// A limiter; behind a proxy, `trusted_header` names the header in which that proxy puts the client's address.
    #[must_use]
    pub fn new(trusted_header: Option<String>) -> Self {
        Self { trusted_header, state: Mutex::default() }
    }

    /// Whether the sender of a request has to wait.
    #[must_use]
    pub fn is_limited(&self, request: &HttpRequest, now: Timestamp) -> bool {
        self.with_count(request, now, |count| *count >= REFUSALS_A_MINUTE)
    }

    /// Counts a faulty post.
    pub fn refuse(&self, request: &HttpRequest, now: Timestamp) {
        self.with_count(request, now, |count| *count = count.saturating_add(1));
    }

    fn with_count<T>(&self, request: &HttpRequest, now: Timestamp, act: impl FnOnce(&mut u32) -> T) -> T {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let (minute, day) = (now.as_second() / 60, now.as_second() / 86_400);
        if state.day != day {
            *state = Counts { day, ..Counts::default() };
        }
        if state.minute != minute || state.refusals.len() >= ADDRESSES_MOST {
            state.minute = minute;
            state.refusals = HashMap::new();
        }
        let Some(address) = self.address(request) else { return act(&mut 0) };
        let hashed = state.key.hash_one(address);
        // Only a refusal leaves a trace, so that looking costs no memory.
        let mut count = state.refusals.get(&hashed).copied().unwrap_or_default();
        let before = count;
        let answer = act(&mut count);
        if count != before {
            state.refusals.insert(hashed, count);
        }
        answer
    }

    #[expect(clippy::disallowed_methods, reason = "the limiter is the one place that may read a client's address, to hash it")]
    fn address(&self, request: &HttpRequest) -> Option<u128> {
        let from_proxy = self.trusted_header.as_ref().and_then(|name| request.headers().get_all(name).last()?.to_str().ok());
        // A proxy appends: the last address is the one it saw itself.
        let from_proxy = from_proxy.and_then(|list| list.rsplit(',').next()?.trim().parse::<IpAddr>().ok());
        let address = from_proxy.or_else(|| request.peer_addr().map(|socket| socket.ip()))?;
        Some(match address.to_canonical() {
            IpAddr::V4(address) => u128::from(address.to_bits()),
            // One household has a whole /64.
            IpAddr::V6(address) => address.to_bits() >> 64 << 64,
        })
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};
    use actix_web::test::TestRequest;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(&[], true)]
    #[case(&[("sec-fetch-site", "same-origin")], true)]
    #[case(&[("sec-fetch-site", "same-site")], true)]
    #[case(&[("sec-fetch-site", "none")], true)]
    #[case(&[("sec-fetch-site", "cross-site")], false)]
    #[case(&[("sec-fetch-site", "cross-site"), ("origin", "http://here.vn")], false)]
    #[case(&[("sec-fetch-site", "same-origin"), ("origin", "http://there.vn")], true)]
    #[case(&[("origin", "http://here.vn")], true)]
    #[case(&[("origin", "https://HERE.vn")], true)]
    #[case(&[("origin", "http://there.vn")], false)]
    #[case(&[("origin", "http://here.vn:8080")], false)]
    #[case(&[("origin", "null")], false)]
    fn a_post_is_taken_unless_it_says_it_is_from_elsewhere(#[case] headers: &[(&str, &str)], #[case] taken: bool) {
        let mut map = HeaderMap::new();
        map.insert(header::HOST, HeaderValue::from_static("here.vn"));
        for (name, value) in headers {
            map.insert(HeaderName::from_bytes(name.as_bytes()).unwrap(), HeaderValue::from_str(value).unwrap());
        }
        assert_eq!(is_same_site(&map), taken);
    }

    fn from(address: &str) -> HttpRequest {
        TestRequest::default().peer_addr(address.parse().unwrap()).to_http_request()
    }

    #[test]
    fn only_refusals_of_the_same_minute_and_address_count() {
        let (limiter, now) = (Limiter::new(None), Timestamp::from_second(1_000_000_020).unwrap());
        for _ in 0..REFUSALS_A_MINUTE {
            assert!(!limiter.is_limited(&from("10.0.0.1:5"), now));
            limiter.refuse(&from("10.0.0.1:6"), now);
        }
        assert!(limiter.is_limited(&from("10.0.0.1:7"), now));
        assert!(!limiter.is_limited(&from("10.0.0.2:7"), now));
        assert!(!limiter.is_limited(&from("10.0.0.1:7"), Timestamp::from_second(1_000_000_080).unwrap()));
    }

    #[test]
    fn a_header_counts_only_where_it_is_trusted_and_then_its_last_address() {
        let now = Timestamp::from_second(1_000_000_020).unwrap();
        let request = |forwarded: &str| {
            TestRequest::default().peer_addr("10.0.0.9:1".parse().unwrap()).insert_header(("x-forwarded-for", forwarded)).to_http_request()
        };
        let trusting = Limiter::new(Some("x-forwarded-for".into()));
        let plain = Limiter::new(None);
        for _ in 0..REFUSALS_A_MINUTE {
            trusting.refuse(&request("1.1.1.1, 2.2.2.2"), now);
            plain.refuse(&request("1.1.1.1, 2.2.2.2"), now);
        }
        assert!(trusting.is_limited(&request("9.9.9.9, 2.2.2.2"), now));
        assert!(!trusting.is_limited(&request("2.2.2.2, 3.3.3.3"), now));
        assert!(plain.is_limited(&request("3.3.3.3"), now));
    }
}
