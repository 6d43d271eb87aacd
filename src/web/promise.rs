//! What a respondent is told before the first question. It has to stay true: `src/ARCHITECTURE.md` names the test behind each sentence.

use maud::{Markup, html};

use crate::address::{ABOUT, Address};
use crate::directory::Directory;
use crate::round::RoundState;
use crate::seal::{KeyPlace, RoundSeal};
use crate::words::Words;

/// The promise about what is sealed: to one key on the form of a round, to those of all open rounds where it is not known yet which it is.
pub(super) fn promise<'a>(words: Words, seals: impl IntoIterator<Item = &'a RoundSeal>, coded: bool) -> Markup {
    let kept = weakest(seals.into_iter().map(|seal| seal.kept));
    html! {
        .promise {
            h2 { (words.get("promise-title")) }
            ul {
                li { (words.get("promise-1")) }
                li { (words.get("promise-2")) @if let Some(kept) = kept { " " (key(words, kept)) } }
                // What joins a code to answers, and what does not, is asked by whoever holds one.
                @if coded { li { (words.get("code-apart")) } }
                @for line in 3..=5 { li { (words.get(&format!("promise-{line}"))) } }
            }
            // Beside the form and not in its place: a form that came with answers cannot be gone back to.
            p { a href=(Address::of(ABOUT).lang(words)) target="_blank" rel="noopener" { (words.get("promise-more")) } }
        }
    }
}

/// Where the private key of a round is, in one sentence.
pub(super) fn key(words: Words, kept: KeyPlace) -> Markup {
    match kept {
        KeyPlace::File => html! { (words.get("promise-key-file")) },
        KeyPlace::Here => html! { strong { (words.get("promise-key-here")) } },
        KeyPlace::Trustees { threshold, shares } => {
            html! { (words.with("promise-key-trustees", [("threshold", &threshold.to_string()), ("shares", &shares.to_string())])) }
        }
    }
}

/// The seals of the rounds that take sheets.
pub(super) fn seals(directory: &Directory) -> impl Iterator<Item = &RoundSeal> {
    directory.rounds.iter().filter(|opened| opened.round.state == RoundState::Open).filter_map(|opened| opened.seal.as_ref())
}

/// What is true of all of some keys; none where there are none.
fn weakest(kept: impl Iterator<Item = KeyPlace>) -> Option<KeyPlace> {
    kept.reduce(|one, other| match (one, other) {
        (KeyPlace::Here, _) | (_, KeyPlace::Here) => KeyPlace::Here,
        _ if one == other => one,
        // That it is not on the server is all that these have in common.
        _ => KeyPlace::File,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_keys_only_that_is_said_which_is_true_of_all() {
        let of = |kept: &[KeyPlace]| weakest(kept.iter().copied());
        let [two, three] = [2, 3].map(|threshold| KeyPlace::Trustees { threshold, shares: 5 });
        assert_eq!((of(&[]), of(&[two, two]), of(&[two, three])), (None, Some(two), Some(KeyPlace::File)));
        assert_eq!((of(&[KeyPlace::File, two]), of(&[two, KeyPlace::Here, KeyPlace::File])), (Some(KeyPlace::File), Some(KeyPlace::Here)));
    }
}
