//! How much may come from one address: wrong codes, sheets handed in, bodies on their way.
//!
//! A whole district can share one address, so that nothing here stops a right sheet for good: whoever is slowed down gets the page back as
//! it was and sends it again. The address is hashed at once under a random key that changes daily, and is kept nowhere.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use actix_web::HttpRequest;
use jiff::Timestamp;

use super::proxy::{SAID_BY_PROXIES, TrustedProxy};

/// Wrong codes from one address within a minute, after which more of them are told to be too many: more than a household's slips, far fewer
/// than guessing needs. Right codes open all the same.
pub const WRONG_CODES_A_MINUTE: u32 = 30;

/// Sheets a minute from one address, unless the command line says otherwise: ten a second for as long as one likes, and as many again at
/// once.
pub const SHEETS_A_MINUTE: u32 = 600;

/// Bodies from one address that may be on their way at once. A body is there within some milliseconds, or within a few seconds on a bad
/// network: 256 are those of 50 senders a second who take five seconds each. Four such addresses are needed before the 1,024 descriptors
/// that a process is given at least are used up.
pub const BODIES_AT_ONCE: u32 = 256;

/// Addresses remembered at once: some 20 bytes each, so at most about 5 MB; past it those counts begin anew.
const ADDRESSES_MOST: usize = 100_000;

const MINUTE: i64 = 60_000_000_000;

/// What is known of addresses.
#[derive(Debug)]
pub struct Limiter {
    proxies: Vec<TrustedProxy>,
    sheets_a_minute: u32,
    counts: Mutex<AddressCounts>,
    bodies: Mutex<HashMap<u64, u32>>,
    unnamed_proxy: AtomicBool,
}

#[derive(Debug, Default)]
struct AddressCounts {
    day: i64,
    minute: i64,
    key: RandomState,
    wrong_codes: HashMap<u64, u32>,
    /// When the next sheet of an address would come, in nanoseconds, if its sheets came evenly.
    sheets: HashMap<u64, i64>,
}

impl AddressCounts {
    /// Forgets what counts no more. A request may come here a moment after one that looked at the clock later, so that one minute or day
    /// back is the same one.
    fn forget(&mut self, now: Timestamp) {
        let (minute, day) = (now.as_second() / 60, now.as_second() / 86_400);
        if !(day..=day + 1).contains(&self.day) {
            *self = Self { day, ..Self::default() };
        }
        if !(minute..=minute + 1).contains(&self.minute) || self.wrong_codes.len() >= ADDRESSES_MOST || self.sheets.len() >= ADDRESSES_MOST
        {
            self.minute = minute;
            self.wrong_codes = HashMap::new();
            let now = nanoseconds(now);
            self.sheets.retain(|_, next| *next > now);
        }
        if self.sheets.len() >= ADDRESSES_MOST {
            self.sheets = HashMap::new();
        }
    }

    /// Takes a sheet at a steady rate, with as many at once as come in a minute (the generic cell rate algorithm: one number an address).
    /// The well-kept crate for it (`governor`) cannot be told the time with the question.
    fn take_sheet(&mut self, address: u64, a_minute: u32, now: i64) -> bool {
        let apart = MINUTE / i64::from(a_minute.max(1));
        // Nothing lies further ahead than a minute of the latest clock, which a request that waited is a little behind; more than another
        // minute ahead the clock was set back.
        let known = self.sheets.get(&address).copied().filter(|next| *next <= now.saturating_add(2 * MINUTE));
        let next = known.unwrap_or(now).max(now);
        let taken = next - now <= MINUTE - apart;
        if taken {
            self.sheets.insert(address, next + apart);
        }
        taken
    }
}

impl Limiter {
    /// A limiter that believes these proxies and takes so many sheets a minute from one address; 0 for any number.
    #[must_use]
    pub fn new(proxies: Vec<TrustedProxy>, sheets_a_minute: u32) -> Self {
        Self { proxies, sheets_a_minute, counts: Mutex::default(), bodies: Mutex::default(), unnamed_proxy: AtomicBool::new(false) }
    }

    /// Counts a wrong code; says whether there were too many.
    #[must_use]
    pub fn is_one_too_many(&self, request: &HttpRequest, now: Timestamp) -> bool {
        let count = |counts: &mut AddressCounts, address: u64| {
            let count = counts.wrong_codes.entry(address).or_default();
            *count = count.saturating_add(1);
            *count > WRONG_CODES_A_MINUTE
        };
        self.with_address(request, now, count).unwrap_or(false)
    }

    /// Counts a sheet that is about to be handed in; says whether it may be.
    #[must_use]
    pub fn takes_sheet(&self, request: &HttpRequest, now: Timestamp) -> bool {
        if self.sheets_a_minute == 0 {
            return true;
        }
        let take = |counts: &mut AddressCounts, address: u64| counts.take_sheet(address, self.sheets_a_minute, nanoseconds(now));
        self.with_address(request, now, take).unwrap_or(true)
    }

    /// Counts a body that is about to be read, until what is given is dropped; none where too many are on their way already.
    #[must_use]
    pub fn open_body(&self, request: &HttpRequest, now: Timestamp) -> Option<OpenBody<'_>> {
        let address = self.with_address(request, now, |_, address| address);
        if let Some(address) = address {
            let mut bodies = lock(&self.bodies);
            let open = bodies.entry(address).or_default();
            if *open >= BODIES_AT_ONCE {
                return None;
            }
            *open += 1;
        }
        Some(OpenBody { limiter: self, address })
    }

    /// Looks whether a request came through a proxy that nobody named, and says so once in the log.
    pub fn look_for_proxy(&self, request: &HttpRequest) {
        if !SAID_BY_PROXIES.iter().any(|name| request.headers().contains_key(name)) || self.proxy(request).is_some() {
            return;
        }
        if !self.unnamed_proxy.swap(true, Ordering::Relaxed) {
            tracing::warn!("{UNNAMED_PROXY}; name it as in --trusted-proxy x-forwarded-for@127.0.0.1");
        }
    }

    /// What is wrong with how requests come; none where nothing was seen to be.
    #[must_use]
    pub fn complaint(&self) -> Option<&'static str> {
        self.unnamed_proxy.load(Ordering::Relaxed).then_some(UNNAMED_PROXY)
    }

    fn with_address<T>(&self, request: &HttpRequest, now: Timestamp, act: impl FnOnce(&mut AddressCounts, u64) -> T) -> Option<T> {
        let address = self.address(request)?;
        let mut counts = lock(&self.counts);
        counts.forget(now);
        let address = counts.key.hash_one(address);
        Some(act(&mut counts, address))
    }

    /// The proxy that a request came through, where it is one that was named.
    fn proxy(&self, request: &HttpRequest) -> Option<&TrustedProxy> {
        let peer = peer(request)?;
        self.proxies.iter().find(|proxy| proxy.is(peer))
    }

    fn address(&self, request: &HttpRequest) -> Option<u128> {
        let peer = peer(request)?;
        // Several headers may be named for one proxy; the first that says something counts.
        let said = self.proxies.iter().filter(|proxy| proxy.is(peer)).find_map(|proxy| proxy.client(request.headers()));
        Some(match said.unwrap_or(peer).to_canonical() {
            IpAddr::V4(address) => u128::from(address.to_bits()),
            // One household has a whole /64.
            IpAddr::V6(address) => address.to_bits() >> 64 << 64,
        })
    }
}

/// What is said of it where somebody looks at the server's health.
const UNNAMED_PROXY: &str =
    "requests come with the header of a proxy that --trusted-proxy does not name, so that everybody behind it counts as one address";

/// A body that is being read; dropping it says that it has come.
#[derive(Debug)]
pub struct OpenBody<'a> {
    limiter: &'a Limiter,
    address: Option<u64>,
}

impl Drop for OpenBody<'_> {
    fn drop(&mut self) {
        let Some(address) = self.address else { return };
        let mut bodies = lock(&self.limiter.bodies);
        if let Some(open) = bodies.get_mut(&address) {
            *open = open.saturating_sub(1);
            if *open == 0 {
                bodies.remove(&address);
            }
        }
    }
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

fn nanoseconds(now: Timestamp) -> i64 {
    i64::try_from(now.as_nanosecond()).unwrap_or(i64::MAX)
}

#[expect(clippy::disallowed_methods, reason = "the limiter is the one place that may read a client's address, to hash it")]
fn peer(request: &HttpRequest) -> Option<IpAddr> {
    request.peer_addr().map(|socket| socket.ip())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;
    use jiff::SignedDuration;

    use super::*;

    fn limiter(sheets: u32) -> Limiter {
        Limiter::new(Vec::new(), sheets)
    }

    fn from(address: &str) -> HttpRequest {
        TestRequest::default().peer_addr(address.parse().unwrap()).to_http_request()
    }

    fn forwarded(peer: &str, header: &'static str, client: &str) -> HttpRequest {
        TestRequest::default().peer_addr(peer.parse().unwrap()).insert_header((header, client)).to_http_request()
    }

    fn now() -> Timestamp {
        Timestamp::from_second(1_000_000_020).unwrap()
    }

    /// How many of so many sheets are taken at a time.
    fn taken(limiter: &Limiter, request: &HttpRequest, sheets: usize, now: Timestamp) -> usize {
        (0..sheets).filter(|_| limiter.takes_sheet(request, now)).count()
    }

    #[test]
    fn only_wrong_codes_of_the_same_minute_and_address_count() {
        let limiter = limiter(0);
        for _ in 0..WRONG_CODES_A_MINUTE {
            assert!(!limiter.is_one_too_many(&from("10.0.0.1:5"), now()));
        }
        assert!(limiter.is_one_too_many(&from("10.0.0.1:7"), now()));
        assert!(!limiter.is_one_too_many(&from("10.0.0.2:7"), now()));
        assert!(!limiter.is_one_too_many(&from("10.0.0.1:7"), now() + SignedDuration::from_secs(60)));
    }

    #[test]
    fn a_burst_of_a_minute_s_sheets_is_taken_and_then_a_steady_stream() {
        let (limiter, carrier) = (limiter(600), from("10.0.0.1:5"));
        assert_eq!(taken(&limiter, &carrier, 2_000, now()), 600);
        assert_eq!(taken(&limiter, &from("10.0.0.2:5"), 500, now()), 500, "another address is another matter");
        assert_eq!(taken(&limiter, &carrier, 2_000, now() + SignedDuration::from_millis(100)), 1);
        assert_eq!(taken(&limiter, &carrier, 2_000, now() + SignedDuration::from_secs(20)), 199, "those who were told to wait 20 seconds");
        assert_eq!(taken(&limiter, &carrier, 2_000, now() + SignedDuration::from_secs(200)), 600);
    }

    #[test]
    fn no_limit_is_no_limit() {
        assert_eq!(taken(&limiter(0), &from("10.0.0.1:5"), 5_000, now()), 5_000);
    }

    #[test]
    fn a_clock_that_is_set_back_holds_nobody_up() {
        let (limiter, sender) = (limiter(10), from("10.0.0.1:5"));
        assert_eq!(taken(&limiter, &sender, 20, now()), 10);
        assert_eq!(taken(&limiter, &sender, 20, now() - SignedDuration::from_hours(1)), 10);
    }

    #[test]
    fn whoever_comes_a_moment_late_gives_nobody_another_burst() {
        let (limiter, sender) = (limiter(600), from("10.0.0.1:5"));
        let late = now() - SignedDuration::from_millis(30);
        assert_eq!(taken(&limiter, &sender, 600, now()), 600);
        assert_eq!(taken(&limiter, &sender, 1, late), 0);
        assert_eq!(taken(&limiter, &sender, 1_000, now()), 0);
        // So at midnight too, where everything begins anew.
        let midnight = Timestamp::from_second(86_400 * 20_000).unwrap();
        assert_eq!(taken(&limiter, &sender, 600, midnight), 600);
        assert_eq!(taken(&limiter, &sender, 1, midnight - SignedDuration::from_millis(30)), 0);
        assert_eq!(taken(&limiter, &sender, 1_000, midnight), 0);
    }

    #[test]
    fn a_household_of_ipv6_is_one_address_and_its_neighbour_another() {
        let limiter = limiter(10);
        assert_eq!(taken(&limiter, &from("[2001:db8:1:2::1]:5"), 6, now()), 6);
        assert_eq!(taken(&limiter, &from("[2001:db8:1:2:ffff::9]:5"), 6, now()), 4);
        assert_eq!(taken(&limiter, &from("[2001:db8:1:3::1]:5"), 6, now()), 6);
        assert_eq!(taken(&limiter, &from("[::ffff:10.0.0.1]:5"), 6, now()), 6);
        assert_eq!(taken(&limiter, &from("10.0.0.1:5"), 6, now()), 4, "IPv4 in IPv6 is IPv4");
    }

    #[test]
    fn a_header_counts_only_from_its_proxy_and_then_its_last_address() {
        let named = ["x-forwarded-for@10.0.0.9", "x-real-ip@127.0.0.1"].map(|text| text.parse().unwrap());
        let limiter = Limiter::new(named.to_vec(), 10);
        let through = |client: &str| forwarded("10.0.0.9:1", "x-forwarded-for", client);
        assert_eq!(taken(&limiter, &through("1.1.1.1, 2.2.2.2"), 20, now()), 10);
        assert_eq!(taken(&limiter, &through("9.9.9.9, 2.2.2.2"), 20, now()), 0, "what a client writes before it does not count");
        assert_eq!(taken(&limiter, &through("2.2.2.2, 3.3.3.3:4711"), 20, now()), 10);
        assert_eq!(taken(&limiter, &from("3.3.3.3:1"), 20, now()), 0);
        assert_eq!(taken(&limiter, &forwarded("127.0.0.1:1", "x-real-ip", "4.4.4.4"), 20, now()), 10);
        // The right header from elsewhere, and another header from the right address.
        for client in ["5.5.5.5", "6.6.6.6"] {
            let (elsewhere, other) = (forwarded("10.0.0.8:1", "x-forwarded-for", client), forwarded("10.0.0.9:1", "x-real-ip", client));
            let expected = if client == "5.5.5.5" { 10 } else { 0 };
            assert_eq!((taken(&limiter, &elsewhere, 20, now()), taken(&limiter, &other, 20, now())), (expected, expected));
        }
    }

    #[test]
    fn a_proxy_that_nobody_named_is_complained_of() {
        let limiter = Limiter::new(vec!["x-forwarded-for@10.0.0.9".parse().unwrap()], 0);
        for harmless in
            [from("10.0.0.8:1"), forwarded("10.0.0.9:1", "x-forwarded-for", "1.1.1.1"), forwarded("10.0.0.9:1", "forwarded", "x")]
        {
            limiter.look_for_proxy(&harmless);
            assert_eq!(limiter.complaint(), None);
        }
        limiter.look_for_proxy(&forwarded("10.0.0.8:1", "forwarded", "for=1.1.1.1"));
        assert!(limiter.complaint().unwrap().contains("--trusted-proxy"));
    }

    #[test]
    fn bodies_count_while_they_come() {
        let (limiter, sender) = (limiter(0), from("10.0.0.1:5"));
        let open: Vec<_> = (0..BODIES_AT_ONCE).map(|_| limiter.open_body(&sender, now()).unwrap()).collect();
        assert!(limiter.open_body(&sender, now()).is_none());
        assert!(limiter.open_body(&from("10.0.0.2:5"), now()).is_some());
        drop(open);
        assert!(limiter.open_body(&sender, now()).is_some());
        assert!(lock(&limiter.bodies).is_empty(), "nothing is remembered of a body that has come");
    }
}
