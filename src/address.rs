//! Every address of the site: as the route table has it, and as links, forms, redirections and printed codes lead to it.
//!
//! Below everything that makes one: pages and data files, but also posters and slips, which know nothing of the web.

use std::fmt::{self, Display, Write};

use crate::survey::mode::Mode;
use crate::words::Words;

/// What is open, and what is public.
pub const HOME: &str = "/";
/// What is kept of answers and what not.
pub const ABOUT: &str = "/about";
/// Everything that is done with a code.
pub const CODE: &str = "/c";
/// The same, as some write or copy it.
pub const CODE_SLASH: &str = "/c/";
/// What was sent with a code is received.
pub const CODE_THANKS: &str = "/c/thanks";
/// What a browser without script asks for after it sent something.
pub const FORGET: &str = "/c/forget";
/// Whether the server runs.
pub const LIVE: &str = "/health/live";
/// Whether the server can take sheets.
pub const READY: &str = "/health/ready";
/// Figures for monitoring, on an address of their own.
pub const METRICS: &str = "/metrics";
/// Published figures of a round.
pub const RESULTS: &str = "/results/{round}";
/// An emblem by its hash.
pub const LOGO: &str = "/assets/{sha256}";
/// Published figures of a unit.
pub const UNIT_RESULTS: &str = "/results/{round}/{unit}";

/// Before every address for programs.
pub const API: &str = "/api/v1";
/// All published rounds.
pub const API_ROUNDS: &str = "/api/v1/rounds";
/// Everything published of a round.
pub const API_ROUND: &str = "/api/v1/rounds/{round}";
/// Scores and ranks of a round.
pub const API_SCORES: &str = "/api/v1/rounds/{round}/scores.{format}";
/// What the columns of scores are.
pub const API_SCORES_COLUMNS: &str = "/api/v1/rounds/{round}/scores-columns.{format}";
/// A table of the figures of a questionnaire, or what its columns are.
pub const API_TABLE: &str = "/api/v1/rounds/{round}/{questionnaire}/{table}.{format}";
/// A publication by its hash, also one that was corrected since.
pub const API_SNAPSHOT: &str = "/api/v1/snapshots/{sha256}";
/// The description of all addresses for programs.
pub const API_DESCRIPTION: &str = "/api/v1/openapi.json";

// Those of rounds are in no route table: a pattern there is a regular expression, and four of them cost a tenth of a form.
const UNITS: &str = "/{round}/{questionnaire}";
const FORM: &str = "/{round}/{questionnaire}/{unit}";
const THANKS: &str = "/{round}/{questionnaire}/{unit}/thanks";

/// An address of the site, from its first slash on: a path, what it asks for behind a `?`, and a place on the page behind a `#`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// One without places to fill in.
    #[must_use]
    pub fn of(pattern: &'static str) -> Self {
        Self(pattern.to_owned())
    }

    /// The choice of the unit that a questionnaire is answered about.
    #[must_use]
    pub fn units(round: &str, questionnaire: &str) -> Self {
        Self::filled(UNITS, &[round, questionnaire])
    }

    /// Address of the form that asks about a unit.
    #[must_use]
    pub fn form(round: &str, questionnaire: &str, unit: &str) -> Self {
        Self::filled(FORM, &[round, questionnaire, unit])
    }

    /// A sheet is received.
    #[must_use]
    pub fn thanks(round: &str, questionnaire: &str, unit: &str) -> Self {
        Self::filled(THANKS, &[round, questionnaire, unit])
    }

    /// Published figures of a round.
    #[must_use]
    pub fn results(round: &str) -> Self {
        Self::filled(RESULTS, &[round])
    }

    /// An emblem by its hash.
    #[must_use]
    pub fn logo(sha256: &str) -> Self {
        Self::filled(LOGO, &[sha256])
    }

    /// Published figures of a unit.
    #[must_use]
    pub fn unit_results(round: &str, unit: &str) -> Self {
        Self::filled(UNIT_RESULTS, &[round, unit])
    }

    /// Everything published of a round, for programs.
    #[must_use]
    pub fn api_round(round: &str) -> Self {
        Self::filled(API_ROUND, &[round])
    }

    /// Scores and ranks of a round as a file.
    #[must_use]
    pub fn api_scores(round: &str, format: &str) -> Self {
        Self::filled(API_SCORES, &[round, format])
    }

    /// What the columns of scores are, as a file.
    #[must_use]
    pub fn api_scores_columns(round: &str, format: &str) -> Self {
        Self::filled(API_SCORES_COLUMNS, &[round, format])
    }

    /// A table of a questionnaire as a file.
    #[must_use]
    pub fn api_table(round: &str, questionnaire: &str, table: &str, format: &str) -> Self {
        Self::filled(API_TABLE, &[round, questionnaire, table, format])
    }

    /// A publication by its hash.
    #[must_use]
    pub fn api_snapshot(sha256: &str) -> Self {
        Self::filled(API_SNAPSHOT, &[sha256])
    }

    /// A pattern with its places filled in, in their order. Ids need no encoding: they are letters, digits, `-` and `_`.
    fn filled(pattern: &str, values: &[&str]) -> Self {
        let mut values = values.iter();
        let mut address = String::with_capacity(pattern.len());
        for (place, part) in pattern.split(['{', '}']).enumerate() {
            // Every second part is the name of a place.
            address.push_str(if place % 2 == 0 { part } else { values.next().copied().unwrap_or_default() });
        }
        Self(address)
    }

    /// The same in a language.
    #[must_use]
    pub fn lang(self, words: Words) -> Self {
        self.asking("lang", words.code())
    }

    /// The same for a way of answering.
    #[must_use]
    pub fn mode(self, mode: Mode) -> Self {
        self.asking("mode", &mode.to_string())
    }

    /// The same with something more that it asks for.
    #[must_use]
    pub fn asking(mut self, name: &str, value: &str) -> Self {
        self.0.push(if self.0.contains('?') { '&' } else { '?' });
        self.0.push_str(name);
        self.0.push('=');
        self.0.extend(form_urlencoded::byte_serialize(value.as_bytes()));
        self
    }

    /// The same at a place on the page, or with something that browsers keep to themselves. Nothing more can be asked for behind it.
    #[must_use]
    pub fn at(mut self, place: impl Display) -> Self {
        // Writing to a text cannot fail.
        let _ = write!(self.0, "#{place}");
        self
    }
}

impl Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::RESERVED_IDS;

    #[test]
    fn an_address_has_its_places_filled_in_and_asks_behind_them() {
        let form = Address::form("2026", "sipas-2026", "so-noi-vu").mode(Mode::Desk).lang(Words::of("en"));
        assert_eq!(form.to_string(), "/2026/sipas-2026/so-noi-vu?mode=desk&lang=en");
        assert_eq!(Address::of(CODE).at("7041").to_string(), "/c#7041");
        assert_eq!(Address::api_table("r", "q", "indices", "csv").to_string(), "/api/v1/rounds/r/q/indices.csv");
        assert_eq!(Address::results("r").asking("block", "a&b=c#d e").at("x").to_string(), "/results/r?block=a%26b%3Dc%23d+e#x");
    }

    /// Otherwise a round could be called like it, and nobody would find its forms.
    #[test]
    fn no_round_can_take_the_first_word_of_an_address() {
        for pattern in [CODE, CODE_THANKS, LIVE, LOGO, READY, METRICS, RESULTS, UNIT_RESULTS, API] {
            let first = pattern.split('/').nth(1).unwrap();
            assert!(RESERVED_IDS.contains(&first), "{pattern}");
        }
        for pattern in [API_ROUNDS, API_ROUND, API_SCORES, API_TABLE, API_SNAPSHOT, API_DESCRIPTION] {
            assert!(pattern.strip_prefix(API).is_some_and(|rest| rest.starts_with('/')), "{pattern}");
        }
    }
}
