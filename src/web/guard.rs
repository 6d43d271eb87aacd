//! What stands before a POST: from which page it comes, and how long it may take.

use std::time::Duration;

use actix_web::http::header::{self, HeaderMap};

use super::host;

/// Whether a POST comes from a page of this site, or from no page at all. There is no cookie to abuse, so a request that says neither
/// where it comes from nor that it is from elsewhere is taken.
#[must_use]
pub fn is_same_site(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).map(|value: &header::HeaderValue| value.to_str().unwrap_or("?"));
    match (text(header::HeaderName::from_static("sec-fetch-site")), text(header::ORIGIN), text(header::HOST)) {
        (Some(site), _, _) => site != "cross-site",
        (None, None, _) => true,
        (None, Some(origin), Some(host)) => host::is_of(origin, host),
        (None, Some(_), None) => false,
    }
}

/// Whether a page was come to from a page of this site, as far as the browser says so: not typed, not kept, not a link that somebody sent.
#[must_use]
pub fn is_come_to_from_here(headers: &HeaderMap) -> bool {
    headers.get(header::HeaderName::from_static("sec-fetch-site")).is_none_or(|site| site == "same-origin")
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

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};
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
    #[case(&[("origin", "https://here.vn:443")], true)]
    #[case(&[("origin", "https://here.vn:80")], false)]
    #[case(&[("origin", "null")], false)]
    fn a_post_is_taken_unless_it_says_it_is_from_elsewhere(#[case] headers: &[(&str, &str)], #[case] taken: bool) {
        let mut map = HeaderMap::new();
        map.insert(header::HOST, HeaderValue::from_static("here.vn"));
        for (name, value) in headers {
            map.insert(HeaderName::from_bytes(name.as_bytes()).unwrap(), HeaderValue::from_str(value).unwrap());
        }
        assert_eq!(is_same_site(&map), taken);
    }

    #[rstest]
    #[case(None, true)]
    #[case(Some("same-origin"), true)]
    #[case(Some("same-site"), false)]
    #[case(Some("cross-site"), false)]
    #[case(Some("none"), false)]
    fn a_page_is_come_to_from_here_unless_the_browser_says_otherwise(#[case] site: Option<&str>, #[case] from_here: bool) {
        let site = site.map(|site| (HeaderName::from_static("sec-fetch-site"), HeaderValue::from_str(site).unwrap()));
        assert_eq!(is_come_to_from_here(&site.into_iter().collect()), from_here);
    }
}
