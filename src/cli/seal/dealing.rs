//! Shares shown to their keepers on a terminal, one after another, and asked back in part.

use std::fmt::Write;

use anyhow::Context;
use zeroize::Zeroizing;

use super::terminal::Screen;
use crate::round::Round;
use crate::seal::{KeyShare, PublicKey, Quorum, WORDS, is_word, places_to_ask};
use crate::words::Words;

/// Words in a line on the screen.
const A_LINE: usize = 5;

/// Shows all shares. The screen is cleared after each, and before its words are asked back.
pub(super) fn deal(round: &Round, quorum: Quorum, shares: &[KeyShare], public: &PublicKey) -> anyhow::Result<()> {
    let screen = Screen::enter()?;
    for share in shares {
        let dealt = Dealt { screen: &screen, round, quorum, share, public };
        dealt.show()?;
        while !dealt.ask_back()? {
            dealt.show()?;
        }
        if share.number() < quorum.shares() {
            screen.ask(&dealt.both(|words| words.with("share-next", [("n", &(share.number() + 1).to_string())])))?;
        }
    }
    Ok(())
}

struct Dealt<'a> {
    screen: &'a Screen,
    round: &'a Round,
    quorum: Quorum,
    share: &'a KeyShare,
    public: &'a PublicKey,
}

impl Dealt<'_> {
    /// Shows the share until somebody says that it is written down.
    fn show(&self) -> anyhow::Result<()> {
        let Self { screen, round, quorum, share, public } = self;
        screen.clear()?;
        let [number, threshold, shares] = [share.number(), quorum.threshold(), quorum.shares()].map(|number| number.to_string());
        screen.show(&self.both(|words| {
            let title = words.with("share-title", [("n", &number), ("of", &shares)]);
            format!("{title}\n{}\n{}", round.name(words.code()), words.with("share-about", [("k", &threshold)]))
        }))?;
        screen.show(&format!(
            "\n{}: {}\n",
            self.both(|words| words.get("share-fingerprint")).replace('\n', " / "),
            public.fingerprint()
        ))?;
        let words = share.words(public);
        let words: Vec<&str> = words.split(' ').collect();
        // Grown in place, a text would leave pieces of the share behind.
        let mut table = Zeroizing::new(String::with_capacity(WORDS * 16));
        for (before, word) in words.iter().enumerate() {
            let end = if (before + 1).is_multiple_of(A_LINE) { "\n" } else { " " };
            // Writing to a text cannot fail.
            let _ = write!(table, "{:>2}. {word:<9}{end}", before + 1);
        }
        screen.show(&table)?;
        screen.show(&self.both(|words| words.get("share-keep")))?;
        screen.ask(&self.both(|words| words.get("share-write")))?;
        Ok(screen.clear()?)
    }

    /// Asks for three words. False when somebody wants to see the share again.
    fn ask_back(&self) -> anyhow::Result<bool> {
        let words = self.share.words(self.public);
        let words: Vec<&str> = words.split(' ').collect();
        for place in places_to_ask() {
            let expected = words.get(place - 1).with_context(|| format!("a share has {WORDS} words"))?;
            let number = place.to_string();
            let mut asked = "share-ask";
            loop {
                let typed = self.screen.ask(&self.both(|words| words.with(asked, [("n", &number)])))?;
                if is_word(&typed, expected) {
                    break;
                }
                if asked == "share-wrong" && typed.trim().is_empty() {
                    return Ok(false);
                }
                asked = "share-wrong";
            }
        }
        Ok(true)
    }

    /// A text in both languages, Vietnamese first.
    #[expect(clippy::unused_self, reason = "it belongs to what is shown")]
    fn both(&self, text: impl Fn(Words) -> String) -> String {
        ["vi", "en"].map(|language| text(Words::of(language))).join("\n")
    }
}
