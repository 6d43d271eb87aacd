//! The header that says for which site a request is, as a reverse proxy passes it on. Where one changes it or leaves it out, forms of older
//! browsers cannot be told from those that stood on another site; whoever runs the server is told once, with what to set.

use std::sync::atomic::{AtomicBool, Ordering};

use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};

/// In this newer browsers say where a form stood.
const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

const REWRITTEN: &str = "a proxy changes the Host header, so that forms of older browsers are refused; let it pass on what the browser \
    asked for, as with `proxy_set_header Host $host` (nginx; `$host:$server_port` where the port is not 443) or `ProxyPreserveHost On` \
    (Apache)";
const MISSING: &str = "forms come without a Host header, as from nginx under HTTP/3 with `$http_host`, so that those of older browsers are \
    refused; write `proxy_set_header Host $host` (`$host:$server_port` where the port is not 443)";
/// Told only in the log: whoever puts a form on another site causes it too.
const REFUSED: &str = "a form was refused because its page has another address than the Host header: it stood on another site, or a proxy \
    changes that header, which `proxy_set_header Host $host` (nginx) or `ProxyPreserveHost On` (Apache) mends";

/// How a form names the site that it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum HostSeen {
    /// As its page does, or its page is not named.
    Same,
    /// In another way than its page, which stood on this site all the same: the browser says so.
    Rewritten,
    /// In another way than its page, which the browser says no more of.
    Unclear,
    /// Not at all.
    Missing,
}

/// What was seen of the header since the server started.
#[derive(Debug, Default)]
pub(super) struct HostWatch {
    rewritten: AtomicBool,
    missing: AtomicBool,
    refused: AtomicBool,
}

impl HostWatch {
    /// Looks at the headers of a form; says in the log what is wrong, each thing once and nothing of who sent it.
    pub(super) fn look(&self, headers: &HeaderMap) {
        let (once, said) = match seen(headers) {
            HostSeen::Same => return,
            HostSeen::Rewritten => (&self.rewritten, REWRITTEN),
            HostSeen::Missing => (&self.missing, MISSING),
            HostSeen::Unclear => (&self.refused, REFUSED),
        };
        if !once.swap(true, Ordering::Relaxed) {
            tracing::warn!("{said}");
        }
    }

    /// What is surely wrong with how forms come.
    pub(super) fn complaints(&self) -> impl Iterator<Item = &'static str> {
        let kinds = [(&self.rewritten, REWRITTEN), (&self.missing, MISSING)];
        kinds.into_iter().filter(|(seen, _)| seen.load(Ordering::Relaxed)).map(|(_, said)| said)
    }
}

fn seen(headers: &HeaderMap) -> HostSeen {
    let text = |name: HeaderName| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let Some(origin) = text(header::ORIGIN).filter(|origin| *origin != "null") else { return HostSeen::Same };
    let Some(host) = text(header::HOST).filter(|host| !host.is_empty()) else { return HostSeen::Missing };
    match text(SITE) {
        _ if is_of(origin, host) => HostSeen::Same,
        Some("same-origin") => HostSeen::Rewritten,
        Some(_) => HostSeen::Same,
        None => HostSeen::Unclear,
    }
}

/// Whether an origin, such as `https://khaosat.example.vn`, is that of a host. The usual port of a scheme may be written or left out.
pub(super) fn is_of(origin: &str, host: &str) -> bool {
    let Some((scheme, authority)) = origin.split_once("://") else { return false };
    let usual = if scheme.eq_ignore_ascii_case("https") { ":443" } else { ":80" };
    let bare = |authority: &str| authority.strip_suffix(usual).unwrap_or(authority).to_ascii_lowercase();
    bare(authority) == bare(host)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn headers(of: &[(&str, &str)]) -> HeaderMap {
        let pair = |(name, value): &(&str, &str)| (HeaderName::from_bytes(name.as_bytes()).unwrap(), HeaderValue::from_str(value).unwrap());
        of.iter().map(pair).collect()
    }

    #[rstest]
    #[case::no_page(&[("host", "inside:8080")], HostSeen::Same)]
    #[case::same(&[("host", "here.vn"), ("origin", "https://here.vn"), ("sec-fetch-site", "same-origin")], HostSeen::Same)]
    #[case::usual_port(&[("host", "HERE.vn:443"), ("origin", "https://here.vn")], HostSeen::Same)]
    #[case::usual_port_of_http(&[("host", "here.vn"), ("origin", "http://here.vn:80")], HostSeen::Same)]
    #[case::rewritten(&[("host", "inside:8080"), ("origin", "https://here.vn"), ("sec-fetch-site", "same-origin")], HostSeen::Rewritten)]
    #[case::elsewhere(&[("host", "here.vn"), ("origin", "https://there.vn"), ("sec-fetch-site", "cross-site")], HostSeen::Same)]
    #[case::older(&[("host", "inside:8080"), ("origin", "https://here.vn")], HostSeen::Unclear)]
    #[case::missing(&[("origin", "https://here.vn"), ("sec-fetch-site", "same-origin")], HostSeen::Missing)]
    #[case::empty(&[("host", ""), ("origin", "https://here.vn")], HostSeen::Missing)]
    #[case::file(&[("host", "here.vn"), ("origin", "null")], HostSeen::Same)]
    #[case::other_port(&[("host", "here.vn:80"), ("origin", "https://here.vn")], HostSeen::Unclear)]
    fn what_a_proxy_did_to_the_header_is_seen(#[case] of: &[(&str, &str)], #[case] expected: HostSeen) {
        let watch = HostWatch::default();
        let map = headers(of);
        assert_eq!(seen(&map), expected);
        watch.look(&map);
        watch.look(&map);
        let surely = [HostSeen::Rewritten, HostSeen::Missing].contains(&expected);
        assert_eq!(watch.complaints().count(), usize::from(surely));
        assert!(watch.complaints().all(|said| said.contains("proxy_set_header Host $host")));
    }
}
