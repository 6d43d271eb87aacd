//! The address under which people reach the service: scheme, host and port, and nothing behind.

use core::net::{IpAddr, Ipv6Addr};
use std::fmt;

use serde::{Deserialize, Serialize};

/// Longest address in characters: it is printed and scanned.
const MOST: usize = 100;

/// The address at which the site begins, without a slash at its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PublicUrl(String);

/// Why a text is no address of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotASite {
    /// It does not begin with `https://`, nor with `http://` and this machine.
    Scheme,
    /// Its host or port is none, or it names a user.
    Host,
    /// Something stands behind the host: every address of the site begins at its root.
    Beyond,
}

impl PublicUrl {
    /// Reads what somebody wrote.
    ///
    /// # Errors
    /// When it is no address of a site.
    pub fn parse(given: &str) -> Result<Self, NotASite> {
        let (scheme, rest) = given.trim().split_once("://").ok_or(NotASite::Scheme)?;
        let (authority, beyond) = rest.split_at(rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len()));
        let (scheme, authority) = (scheme.to_ascii_lowercase(), authority.to_ascii_lowercase());
        let host = host(&authority).ok_or(NotASite::Host)?;
        match &*scheme {
            "https" => {}
            "http" if is_this_machine(host) => {}
            _ => return Err(NotASite::Scheme),
        }
        if !matches!(beyond, "" | "/") {
            return Err(NotASite::Beyond);
        }
        Ok(Self(format!("{scheme}://{authority}")))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Host and port, as people type them.
    #[must_use]
    pub fn host(&self) -> &str {
        self.0.split_once("://").map_or(&self.0, |(_, host)| host)
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The host before a port, where both are some.
fn host(authority: &str) -> Option<&str> {
    let end = authority.find(']').map_or_else(|| authority.find(':'), |bracket| Some(bracket + 1));
    let (host, port) = authority.split_at(end.unwrap_or(authority.len()));
    let is_port = port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
    (authority.len() <= MOST && is_port && (is_name(host) || is_ipv6(host))).then_some(host)
}

/// Words of letters, digits and `-`, joined by dots: also an IPv4 address.
fn is_name(host: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(is_inner) && !word.starts_with('-') && !word.ends_with('-');
    host.split('.').all(is_word)
}

fn is_ipv6(host: &str) -> bool {
    let inside = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    inside.is_some_and(|inside| inside.parse::<Ipv6Addr>().is_ok())
}

fn is_this_machine(host: &str) -> bool {
    let is_loopback = |address: IpAddr| address.is_loopback();
    host == "localhost" || host.trim_matches(['[', ']']).parse().is_ok_and(is_loopback)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("https://khaosat.example.vn", "https://khaosat.example.vn", "khaosat.example.vn")]
    #[case::slash("https://khaosat.example.vn/", "https://khaosat.example.vn", "khaosat.example.vn")]
    #[case::port(" HTTPS://Khaosat.Example.VN:8443 ", "https://khaosat.example.vn:8443", "khaosat.example.vn:8443")]
    #[case::this_machine("http://127.0.0.1:8080", "http://127.0.0.1:8080", "127.0.0.1:8080")]
    #[case::by_name("http://localhost", "http://localhost", "localhost")]
    #[case::ipv6("http://[::1]:80/", "http://[::1]:80", "[::1]:80")]
    #[case::in_ascii("https://xn--khost-xqa.example.vn", "https://xn--khost-xqa.example.vn", "xn--khost-xqa.example.vn")]
    fn an_address_of_a_site_is_its_scheme_host_and_port(#[case] given: &str, #[case] address: &str, #[case] host: &str) {
        let read = PublicUrl::parse(given).unwrap();
        assert_eq!((read.as_str(), read.host()), (address, host));
        assert_eq!(PublicUrl::parse(address), Ok(read), "what is kept reads as itself");
    }

    #[rstest]
    #[case::none("", NotASite::Scheme)]
    #[case::bare("khaosat.example.vn", NotASite::Scheme)]
    #[case::other("ftp://khaosat.example.vn", NotASite::Scheme)]
    #[case::script("javascript://khaosat.example.vn", NotASite::Scheme)]
    #[case::open_to_all("http://khaosat.example.vn", NotASite::Scheme)]
    #[case::near("http://192.168.1.7", NotASite::Scheme)]
    #[case::like_this_machine("http://localhost.example.vn", NotASite::Scheme)]
    #[case::no_host("https://", NotASite::Host)]
    #[case::no_host_but_a_path("https:///khaosat", NotASite::Host)]
    #[case::user("https://lan@khaosat.example.vn", NotASite::Host)]
    #[case::password("https://lan:x@khaosat.example.vn", NotASite::Host)]
    #[case::no_port("https://khaosat.example.vn:", NotASite::Host)]
    #[case::port_zero("https://khaosat.example.vn:0", NotASite::Host)]
    #[case::large_port("https://khaosat.example.vn:65536", NotASite::Host)]
    #[case::two_ports("https://khaosat.example.vn:1:2", NotASite::Host)]
    #[case::blank("https://khao sat.vn", NotASite::Host)]
    #[case::quote("https://khaosat\".vn", NotASite::Host)]
    #[case::letters("https://khảosát.vn", NotASite::Host)]
    #[case::dots("https://khaosat..vn", NotASite::Host)]
    #[case::hidden("https://khaosat\u{202e}.vn", NotASite::Host)]
    #[case::path("https://khaosat.example.vn/khao-sat", NotASite::Beyond)]
    #[case::two_slashes("https://khaosat.example.vn//", NotASite::Beyond)]
    #[case::query("https://khaosat.example.vn?x=1", NotASite::Beyond)]
    #[case::query_behind_a_slash("https://khaosat.example.vn/?x=1", NotASite::Beyond)]
    #[case::fragment("https://khaosat.example.vn#x", NotASite::Beyond)]
    #[case::backslash("https://khaosat.example.vn\\x", NotASite::Beyond)]
    fn what_is_no_address_of_a_site_is_refused(#[case] given: &str, #[case] why: NotASite) {
        assert_eq!(PublicUrl::parse(given), Err(why));
    }

    #[test]
    fn an_address_that_is_too_long_to_scan_is_refused() {
        assert_eq!(PublicUrl::parse(&format!("https://{}.vn", "x".repeat(98))), Err(NotASite::Host));
    }
}
