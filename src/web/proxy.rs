//! Reverse proxies that are believed when they say whose request they bring: named by the header they set and the address they connect
//! from.

use std::net::IpAddr;
use std::str::FromStr;

use actix_web::http::header::{HeaderMap, HeaderName};

/// In these a proxy says for whom it asks. A request that has one came through a proxy, or from somebody who pretends so.
pub(super) const SAID_BY_PROXIES: [HeaderName; 3] =
    [HeaderName::from_static("x-forwarded-for"), HeaderName::from_static("forwarded"), HeaderName::from_static("x-real-ip")];

/// A proxy with the header in which it puts the client's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustedProxy {
    header: HeaderName,
    network: Network,
}

impl TrustedProxy {
    /// Whether a connection comes from it.
    pub(super) fn is(&self, peer: IpAddr) -> bool {
        self.network.has(peer)
    }

    /// The address of the client, as the proxy says. It appends: the last address is the one that it saw itself.
    pub(super) fn client(&self, headers: &HeaderMap) -> Option<IpAddr> {
        let last = headers.get_all(&self.header).last()?.to_str().ok()?.rsplit(',').next()?.trim();
        last.parse().ok().or_else(|| last.parse::<std::net::SocketAddr>().ok().map(|socket| socket.ip()))
    }
}

impl FromStr for TrustedProxy {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let how = "write HEADER@ADDRESS: the header that the proxy sets and the address it connects from, such as \
                   x-forwarded-for@127.0.0.1, x-real-ip@10.0.0.0/8 or x-forwarded-for@::1";
        let (header, network) = text.split_once('@').ok_or(how)?;
        let header: HeaderName = header.trim().parse().map_err(|_| how)?;
        if header == "forwarded" {
            return Err("the header `forwarded` is not understood; let the proxy set x-forwarded-for or x-real-ip".to_owned());
        }
        let network = Network::read(network.trim()).ok_or(how)?;
        Ok(Self { header, network })
    }
}

/// Addresses that begin alike, in the 128 bits of IPv6; those of IPv4 are mapped into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Network {
    bits: u128,
    /// Bits behind those that are the same.
    free: u32,
}

impl Network {
    /// An address, or the first address of a network with the length of its prefix.
    fn read(text: &str) -> Option<Self> {
        let (address, prefix) = text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
        let address: IpAddr = address.parse().ok()?;
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.map_or(Some(longest), |prefix| prefix.parse().ok().filter(|prefix| *prefix <= longest))?;
        Some(Self { bits: mapped(address), free: longest - prefix })
    }

    fn has(self, address: IpAddr) -> bool {
        let differ = self.bits ^ mapped(address);
        differ.checked_shr(self.free).unwrap_or_default() == 0
    }
}

fn mapped(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => address.to_ipv6_mapped().to_bits(),
        IpAddr::V6(address) => address.to_bits(),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("x-forwarded-for@127.0.0.1", &["127.0.0.1", "::ffff:127.0.0.1"], &["127.0.0.2", "::1"])]
    #[case("X-Real-IP@10.0.0.0/8", &["10.0.0.1", "10.255.255.255"], &["11.0.0.0", "9.255.255.255", "::"])]
    #[case("x-forwarded-for@::1", &["::1"], &["::2", "127.0.0.1"])]
    #[case("x-forwarded-for@2001:db8::/32", &["2001:db8:ffff::9"], &["2001:db9::"])]
    #[case("x-forwarded-for@0.0.0.0/0", &["203.0.113.5"], &["2001:db8::1"])]
    #[case("x-forwarded-for@::/0", &["203.0.113.5", "2001:db8::1"], &[])]
    fn a_proxy_is_known_by_its_address(#[case] text: &str, #[case] own: &[&str], #[case] others: &[&str]) {
        let proxy: TrustedProxy = text.parse().unwrap();
        assert!(own.iter().all(|peer| proxy.is(peer.parse().unwrap())));
        assert!(others.iter().all(|peer| !proxy.is(peer.parse().unwrap())));
    }

    #[rstest]
    #[case("x-forwarded-for")]
    #[case("x-forwarded-for@")]
    #[case("@127.0.0.1")]
    #[case("127.0.0.1@x-forwarded-for")]
    #[case("x-forwarded-for@proxy.example")]
    #[case("x-forwarded-for@10.0.0.0/33")]
    #[case("x-forwarded-for@10.0.0.0/")]
    #[case("x forwarded for@10.0.0.1")]
    fn what_is_no_proxy_is_refused_with_how_one_is_written(#[case] text: &str) {
        assert!(text.parse::<TrustedProxy>().unwrap_err().contains("such as x-forwarded-for@127.0.0.1"));
    }

    #[test]
    fn the_header_that_has_a_syntax_of_its_own_is_refused() {
        assert!("forwarded@127.0.0.1".parse::<TrustedProxy>().unwrap_err().contains("x-forwarded-for"));
    }
}
