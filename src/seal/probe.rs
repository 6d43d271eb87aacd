//! A probe: something that nobody needs, sealed and opened, to see that a private key opens what is sealed to a public one.

use super::{PrivateKey, PublicKey};
use crate::random::random_bytes;

/// What a probe is sealed for.
const PURPOSE: &[u8] = b"par-survey probe 1";

/// Seals a probe to the public key and opens it with the private one.
#[must_use]
pub fn opens(private: &PrivateKey, public: &PublicKey) -> bool {
    let probe: [u8; 32] = random_bytes();
    let sealed = public.seal(PURPOSE, &probe);
    sealed.and_then(|sealed| private.open(PURPOSE, &sealed)).is_some_and(|opened| opened[..] == probe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_probe_is_opened_by_the_key_of_its_round_and_by_no_other() {
        let [key, other] = [0, 0].map(|_| PrivateKey::draw());
        let public = key.public().unwrap();
        assert_eq!((opens(&key, &public), opens(&other, &public)), (true, false));
    }
}
