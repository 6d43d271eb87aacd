//! What is known today of the seal that a published round's answers were under: it stands beside the frozen figures and not among them.

use maud::{Markup, html};

use crate::seal::{KeyPlace, RoundSeal};
use crate::words::Words;

/// What closing gave up, which is in no figure.
pub(super) fn given_up(words: Words, seal: &RoundSeal) -> Markup {
    let given_up = u64::from(seal.given_up);
    html! { @if given_up > 0 { p.notice { (words.with("results-given-up", [("n", &words.whole(given_up))])) } } }
}

/// Where the key was, and whether somebody confirmed that no copy of it is left.
pub(super) fn note(words: Words, seal: &RoundSeal) -> Markup {
    let RoundSeal { kept, burnt_by, .. } = seal;
    html! {
        p.note {
            (words.get("results-sealed")) " "
            @if *kept == KeyPlace::Here { strong { (words.get("results-sealed-here")) } " " }
            @if burnt_by.is_empty() { (words.get("results-sealed-copies")) }
            // Whoever confirms it is told that the name is published.
            @else { (words.with("results-sealed-burnt", [("who", burnt_by)])) }
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::seal::PrivateKey;

    fn said(kept: KeyPlace, given_up: u32, burnt_by: &str) -> String {
        let public = PrivateKey::new(&[7; 32]).unwrap().public().unwrap();
        let seal = RoundSeal { public, kept, tested_at: None, given_up, burnt_by: burnt_by.to_owned() };
        [super::given_up, note].map(|said| said(Words::of("en"), &seal).into_string()).concat()
    }

    #[rstest]
    #[case(KeyPlace::File)]
    #[case(KeyPlace::Here)]
    #[case(KeyPlace::Trustees { threshold: 2, shares: 3 })]
    fn that_nothing_opens_it_is_said_only_where_somebody_confirmed_that_no_copy_is_left(#[case] kept: KeyPlace) {
        let (before, after) = (said(kept, 0, ""), said(kept, 0, "Lê <C>"));
        assert!(before.contains("Nobody has confirmed yet") && !before.contains("nothing opens"), "{before}");
        assert!(after.contains("Lê &lt;C&gt; confirms") && after.contains("If no copy was kept, nothing opens"), "{after}");
        assert_eq!(after.contains("the key was on the server"), kept == KeyPlace::Here);
    }

    #[test]
    fn what_was_given_up_is_said_with_its_number() {
        assert!(said(KeyPlace::File, 1_200, "").contains("given up: 1,200."));
        assert!(!said(KeyPlace::File, 0, "").contains("given up"));
    }
}
