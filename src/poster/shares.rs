//! A share of a round's private key on a page (A4): its words, the same as a code to scan, and what they are.

use maud::{Markup, html};
use zeroize::Zeroizing;

use super::{PosterError, document, qr};
use crate::round::Round;
use crate::seal::Quorum;
use crate::words::Words;

const STYLE: &str = include_str!("shares.css");

/// What stands on the page of a share.
#[derive(Clone, Copy)]
pub struct SharePage<'a> {
    /// The round that the key belongs to.
    pub round: &'a Round,
    /// How many shares of how many open its answers.
    pub quorum: Quorum,
    /// Fingerprint of its public key.
    pub fingerprint: &'a str,
    /// Number of the share.
    pub number: u8,
    /// Its words.
    pub words: &'a str,
}

impl std::fmt::Debug for SharePage<'_> {
    /// Never shows the words.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "SharePage({}, ..)", self.number)
    }
}

impl SharePage<'_> {
    /// The page.
    ///
    /// # Errors
    /// When the words are too many for a code.
    pub fn html(&self) -> Result<Zeroizing<String>, PosterError> {
        let code = qr(self.words)?;
        let body = html! {
            main {
                (self.half(Words::of("vi")))
                ol { @for word in self.words.split(' ') { li { (word) } } }
                (code)
                (self.half(Words::of("en")))
            }
        };
        Ok(Zeroizing::new(document(self.round, STYLE, &body)))
    }

    /// The words on a page; none where a text is another page, or none at all.
    #[must_use]
    pub fn words_on(html: &str) -> Option<Zeroizing<String>> {
        let (list, _) = html.split_once("<ol>")?.1.split_once("</ol>")?;
        let mut words = Zeroizing::new(String::with_capacity(list.len()));
        for word in list.split(['<', '>']).step_by(2) {
            words.push_str(word);
            words.push(' ');
        }
        Some(words)
    }

    /// What one language says; the words stand between the two.
    fn half(&self, words: Words) -> Markup {
        let [number, threshold, shares] = [self.number, self.quorum.threshold(), self.quorum.shares()].map(|number| number.to_string());
        let title = words.with("share-title", [("n", &number), ("of", &shares)]);
        html! {
            div lang=(words.code()) {
                @if words.code() == "vi" { h1 { (title) } } @else { h2 { (title) } }
                p { (self.round.name(words.code())) }
                p.fingerprint { (words.get("share-fingerprint")) ": " (self.fingerprint) }
                p { (words.with("share-about", [("k", &threshold)])) }
                p { (words.get("share-keep")) " " (words.get("share-use")) }
                p.burn { (words.get("share-burn")) }
            }
        }
    }
}
