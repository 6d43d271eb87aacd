//! The header that says for which site a request is, as a reverse proxy passes it on. Where one changes it or leaves it out, forms of older
//! browsers cannot be told from those that stood on another site; whoever runs the server is told once, with what to set.
//!
//! It is looked at where pages are asked for. A form that is taken is not looked at, or the log and the state of the server would tell when
//! it came. Whoever asks chooses their headers: what is said of them may be wrong, and is taken back once a page is asked for with a right
//! one.

use std::sync::atomic::{AtomicBool, Ordering};

use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};

/// In this newer browsers say from where they come.
const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

const REWRITTEN: &str = "a proxy seems to change the Host header, for which forms of older browsers are refused; let it pass on what the \
    browser asked for, as with `proxy_set_header Host $host` (nginx; `$host:$server_port` where the port is not 443) or \
    `ProxyPreserveHost On` (Apache)";
const MISSING: &str = "browsers seem to come without a Host header, as from nginx under HTTP/3 with `$http_host`, for which forms of older \
    ones are refused; write `proxy_set_header Host $host` (`$host:$server_port` where the port is not 443)";
/// Told only in the log: whoever puts a form on another site causes it too.
const REFUSED: &str = "a form was refused because its page has another address than the Host header: it stood on another site, or a proxy \
    changes that header or leaves it out, which `proxy_set_header Host $host` (nginx) or `ProxyPreserveHost On` (Apache) mends";

/// How a request for a page names its site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum HostSeen {
    /// As the page before does, which is on the same site.
    Right,
    /// In another way than that page.
    Rewritten,
    /// Not at all.
    Missing,
    /// Nobody knows: there was no page before, or the browser says nothing of it.
    Unknown,
}

/// Something that may be wrong, told once in the log.
#[derive(Debug, Default)]
struct Suspicion {
    stands: AtomicBool,
    told: AtomicBool,
}

impl Suspicion {
    fn raise(&self, said: &str) {
        self.stands.store(true, Ordering::Relaxed);
        if !self.told.swap(true, Ordering::Relaxed) {
            tracing::warn!("{said}");
        }
    }

    fn take_back(&self) {
        self.stands.store(false, Ordering::Relaxed);
    }
}

/// What was seen of the header since the server started.
#[derive(Debug, Default)]
pub(super) struct HostWatch {
    rewritten: Suspicion,
    missing: Suspicion,
    refused: Suspicion,
}

impl HostWatch {
    /// Looks at the headers with which a page is asked for.
    pub(super) fn look(&self, headers: &HeaderMap) {
        match seen(headers) {
            HostSeen::Right => [&self.rewritten, &self.missing].into_iter().for_each(Suspicion::take_back),
            HostSeen::Rewritten => self.rewritten.raise(REWRITTEN),
            HostSeen::Missing => self.missing.raise(MISSING),
            HostSeen::Unknown => {}
        }
    }

    /// Says that a form was refused for where it stood.
    pub(super) fn refused(&self, headers: &HeaderMap) {
        // What browsers call another site is one, whatever a proxy does, and what has none stood on no site.
        let is_elsewhere = headers.contains_key(SITE) || headers.get(header::ORIGIN).is_some_and(|origin| origin == "null");
        if !is_elsewhere {
            self.refused.raise(REFUSED);
        }
    }

    /// What may be wrong with how browsers come.
    pub(super) fn complaints(&self) -> impl Iterator<Item = &'static str> {
        let kinds = [(&self.rewritten, REWRITTEN), (&self.missing, MISSING)];
        kinds.into_iter().filter(|(suspicion, _)| suspicion.stands.load(Ordering::Relaxed)).map(|(_, said)| said)
    }
}

fn seen(headers: &HeaderMap) -> HostSeen {
    let text = |name: HeaderName| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let Some(site) = text(SITE) else { return HostSeen::Unknown };
    let Some(host) = text(header::HOST).filter(|host| !host.is_empty()) else { return HostSeen::Missing };
    match text(header::REFERER).filter(|_| site == "same-origin") {
        Some(page) if is_of(page, host) => HostSeen::Right,
        Some(_) => HostSeen::Rewritten,
        None => HostSeen::Unknown,
    }
}

/// Whether an origin, such as `https://khaosat.example.vn`, or a page of it, is on a host. The usual port of a scheme may be written or
/// left out.
pub(super) fn is_of(page: &str, host: &str) -> bool {
    let Some((scheme, rest)) = page.split_once("://") else { return false };
    let authority = rest.split('/').next().unwrap_or_default();
    let usual = if scheme.eq_ignore_ascii_case("https") { ":443" } else { ":80" };
    let bare = |authority: &str| authority.strip_suffix(usual).unwrap_or(authority).to_ascii_lowercase();
    bare(authority) == bare(host)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const HERE: (&str, &str) = ("referer", "https://here.vn/2026/sipas-2026?lang=vi");
    const SAME: (&str, &str) = ("sec-fetch-site", "same-origin");

    fn headers(of: &[(&str, &str)]) -> HeaderMap {
        let pair = |(name, value): &(&str, &str)| (HeaderName::from_bytes(name.as_bytes()).unwrap(), HeaderValue::from_str(value).unwrap());
        of.iter().map(pair).collect()
    }

    #[rstest]
    #[case::typed(&[("host", "inside:8080"), ("sec-fetch-site", "none")], HostSeen::Unknown)]
    #[case::right(&[("host", "here.vn"), HERE, SAME], HostSeen::Right)]
    #[case::usual_port(&[("host", "HERE.vn:443"), HERE, SAME], HostSeen::Right)]
    #[case::usual_port_of_http(&[("host", "here.vn"), ("referer", "http://here.vn:80"), SAME], HostSeen::Right)]
    #[case::rewritten(&[("host", "inside:8080"), HERE, SAME], HostSeen::Rewritten)]
    #[case::other_port(&[("host", "here.vn:80"), HERE, SAME], HostSeen::Rewritten)]
    #[case::from_elsewhere(&[("host", "here.vn"), ("referer", "https://there.vn/"), ("sec-fetch-site", "cross-site")], HostSeen::Unknown)]
    #[case::older(&[("host", "inside:8080"), HERE], HostSeen::Unknown)]
    #[case::missing(&[HERE, SAME], HostSeen::Missing)]
    #[case::empty(&[("host", ""), ("sec-fetch-site", "none")], HostSeen::Missing)]
    #[case::no_browser(&[], HostSeen::Unknown)]
    fn what_a_proxy_did_to_the_header_is_seen_and_taken_back(#[case] of: &[(&str, &str)], #[case] expected: HostSeen) {
        let watch = HostWatch::default();
        let map = headers(of);
        assert_eq!(seen(&map), expected);
        watch.look(&map);
        let is_wrong = [HostSeen::Rewritten, HostSeen::Missing].contains(&expected);
        assert_eq!(watch.complaints().count(), usize::from(is_wrong));
        assert!(watch.complaints().all(|said| said.contains("proxy_set_header Host $host")));
        watch.look(&headers(&[("host", "here.vn"), HERE, SAME]));
        assert_eq!(watch.complaints().count(), 0);
    }

    #[rstest]
    #[case::older(&[("origin", "https://here.vn")], true)]
    #[case::from_elsewhere(&[("origin", "https://there.vn"), ("sec-fetch-site", "cross-site")], false)]
    #[case::file(&[("origin", "null")], false)]
    fn that_a_form_was_refused_is_said_where_a_proxy_may_be_why(#[case] of: &[(&str, &str)], #[case] is_said: bool) {
        let watch = HostWatch::default();
        watch.refused(&headers(of));
        assert_eq!(watch.refused.told.load(Ordering::Relaxed), is_said);
        assert_eq!(watch.complaints().count(), 0, "whoever puts a form on another site causes it too");
    }
}
