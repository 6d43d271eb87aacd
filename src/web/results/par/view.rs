//! Words and numbers of one block of the PAR Index in one language.

use std::cmp::Ordering;
use std::collections::HashMap;

use maud::{Markup, html};

use super::super::view;
use crate::address::Address;
use crate::publication::document::Document;
use crate::scheme::Scheme;
use crate::scoring::decimal::Held;
use crate::scoring::ranking::{BlockRanking, RankList, RankedUnit, Standing};
use crate::words::Words;

/// One block of a ranking, as it is read in one language.
#[derive(Debug)]
pub(super) struct BlockView<'a> {
    pub(super) words: Words,
    pub(super) document: &'a Document,
    pub(super) block: &'a BlockRanking,
    /// Units in the ranking of the block, the first first.
    pub(super) ranked: Vec<(&'a RankedUnit, &'a Standing)>,
    /// Units that are ranked apart, the first first.
    pub(super) apart: Vec<(&'a RankedUnit, &'a Standing)>,
    /// Names of units by their codes.
    names: HashMap<&'a str, &'a str>,
}

impl<'a> BlockView<'a> {
    pub(super) fn new(words: Words, document: &'a Document, block: &'a BlockRanking) -> Self {
        let units = document.publication.units.iter();
        let names = units.map(|unit| (unit.code.as_str(), unit.name(words.code()))).collect();
        Self { words, document, block, ranked: block.ranked(), apart: block.ranked_apart(), names }
    }

    /// The id of something on the page. Questionnaires have none in capitals.
    pub(super) fn id(&self, name: &str) -> String {
        format!("PAR-{}-{name}", self.block.block)
    }

    /// The id of a criterion or leaf in a score sheet: no code has two strokes in it.
    pub(super) fn criterion_id(&self, code: &str) -> String {
        format!("PAR-{}--{code}", self.block.block)
    }

    /// The name of the block.
    pub(super) fn name(&self) -> String {
        self.words.block(&self.block.block, self.document.publication.blocks())
    }

    /// The scheme; none where the ranking was imported, and then there are no words of fields and no score sheets.
    pub(super) fn scheme(&self) -> Option<&'a Scheme> {
        self.document.scheme(self.block)
    }

    pub(super) fn unit<'u>(&'u self, unit: &'u RankedUnit) -> &'u str {
        self.names.get(unit.unit.as_str()).copied().unwrap_or(unit.unit.as_str())
    }

    /// Names of units.
    pub(super) fn units<'u>(&self, units: impl IntoIterator<Item = &'u RankedUnit>) -> Vec<String> {
        units.into_iter().map(|unit| self.unit(unit).to_owned()).collect()
    }

    /// Where the page of a unit is.
    pub(super) fn address(&self, unit: &RankedUnit) -> Address {
        Address::unit_results(&self.document.publication.round, unit.unit.as_str()).lang(self.words)
    }

    /// Where the report of the block is.
    pub(super) fn report(&self) -> Address {
        Address::results(&self.document.publication.round).asking("block", &self.block.block).lang(self.words)
    }

    /// The words of a field by its place in the block.
    pub(super) fn field(&self, place: usize) -> &'a str {
        let head = self.block.fields.get(place);
        head.map_or("", |head| self.document.field_text(self.block, &head.code, self.words.code()))
    }

    /// Whether no source prints the maximum of a field.
    pub(super) fn is_unverified(&self, field: &str) -> bool {
        let known = self.scheme().and_then(|scheme| scheme.fields.iter().find(|known| known.code == field));
        known.is_some_and(|field| field.source.is_none())
    }

    /// The band of a unit; a dash where there is none.
    pub(super) fn band(&self, standing: &'a Standing) -> &'a str {
        standing.band.as_ref().map_or("–", |code| self.document.band_text(self.block, code, self.words.code()))
    }

    /// The year that is rated.
    pub(super) fn year(&self) -> String {
        self.document.publication.year.to_string()
    }

    /// The year that changes are measured against.
    pub(super) fn previous(&self) -> Option<String> {
        self.document.ranking()?.previous.as_ref().map(|previous| previous.year.to_string())
    }

    /// "19 units": how many are in the ranking of the block.
    pub(super) fn ranked_units(&self) -> String {
        self.words.count("par-units", self.ranked.len())
    }

    /// How many units are in the list of one of them.
    pub(super) fn beside(&self, standing: &Standing) -> usize {
        match standing.list {
            RankList::Block => self.ranked.len(),
            RankList::Apart => self.apart.len(),
        }
    }

    /// All units with a rank, those that are ranked apart behind the others.
    pub(super) fn listed(&self) -> impl Iterator<Item = (&'a RankedUnit, &'a Standing)> {
        self.ranked.iter().chain(&self.apart).copied()
    }

    /// Why a unit has no index in a field: nothing of it applies, or there is no figure of the survey, or only one of few sheets.
    pub(super) fn no_field(&self, unit: &RankedUnit, field: &str) -> String {
        self.words.get(&format!("par-state-{}", self.block.without_index(unit, field).code()))
    }

    /// A number of two decimals: `83,94`.
    pub(super) fn number(&self, held: Held) -> String {
        self.words.decimal(&held.to_fixed(2))
    }

    /// The same, or a dash.
    pub(super) fn number_or_dash(&self, held: Option<Held>) -> String {
        held.map_or_else(|| "–".to_owned(), |held| self.number(held))
    }

    /// A percentage of two decimals with its sign.
    pub(super) fn percent(&self, held: Held) -> String {
        self.words.percent(&held.to_fixed(2))
    }

    /// A number with all the decimals that it has, but at least two.
    pub(super) fn exact(&self, held: Held) -> String {
        let text = held.to_string();
        let short = text.trim_end_matches('0');
        let decimals = short.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        if decimals > 2 { self.words.decimal(short) } else { self.number(held) }
    }

    /// What a calculation gives: "10,00 × 83,945 ÷ 100 = 8,3945, rounded to 8,39 points".
    pub(super) fn equals(&self, sum: &str, held: Held, result: &str) -> String {
        let exact = self.exact(held);
        if exact == self.number(held) {
            return self.words.with("par-equals", [("sum", sum), ("result", result)]);
        }
        self.words.with("par-equals-rounded", [("sum", sum), ("held", &exact), ("result", result)])
    }

    /// A difference with its sign.
    pub(super) fn difference(&self, now: Held, before: Held) -> String {
        match now.cmp(&before) {
            Ordering::Less => self.signed('−', before.less(now)),
            Ordering::Equal | Ordering::Greater => self.signed('+', now.less(before)),
        }
    }

    /// A number behind a sign; without one where what is printed is 0.
    pub(super) fn signed(&self, sign: char, by: Held) -> String {
        if is_nothing(by) { self.number(by) } else { format!("{sign}{}", self.number(by)) }
    }

    /// A head of a column of numbers.
    pub(super) fn head(&self, key: &str) -> Markup {
        view::head(self.words, key)
    }

    /// A head of a column of texts.
    pub(super) fn text_head(&self, key: &str) -> Markup {
        html! { th scope="col" { (self.words.get(key)) } }
    }

    /// A mark in words, beside what is only an example or unverified.
    pub(super) fn mark(&self, key: &str) -> Markup {
        html! { " " span.mark { (self.words.get(key)) } }
    }
}

/// Names one behind the other: "A, B and C"; parted by semicolons where one has a comma or an "and" of its own.
pub(super) fn list(words: Words, names: &[String]) -> String {
    if names.iter().any(|name| [", ", " và ", " and "].iter().any(|part| name.contains(part))) {
        return names.join("; ");
    }
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [before @ .., last] => words.with("par-and", [("before", &before.join(", ")), ("last", last)]),
    }
}

/// Whether a difference is printed as 0.
pub(super) fn is_nothing(by: Held) -> bool {
    by.steps(2) == 0
}

/// A percentage as charts measure it, in hundredths.
pub(super) fn hundredths(held: Held) -> u16 {
    u16::try_from(held.steps(2)).unwrap_or(u16::MAX).min(10_000)
}

#[cfg(test)]
mod tests {
    use super::super::sample::{document, held, nothing, units};
    use super::*;
    use crate::scoring::ranking::{CellResult, CellState};

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn names_are_parted_by_commas_unless_they_have_some() {
        let (vi, en) = (Words::of("vi"), Words::of("en"));
        assert_eq!(list(vi, &names(&["A", "B", "C"])), "A, B và C");
        assert_eq!(list(en, &names(&["A", "B"])), "A and B");
        assert_eq!((list(en, &names(&["A"])), list(en, &[])), ("A".to_owned(), String::new()));
        assert_eq!(list(vi, &names(&["Sở Văn hóa, Thể thao", "Sở Y tế"])), "Sở Văn hóa, Thể thao; Sở Y tế");
        assert_eq!(list(vi, &names(&["Sở Khoa học và Công nghệ", "Sở Y tế"])), "Sở Khoa học và Công nghệ; Sở Y tế");
    }

    #[test]
    fn a_difference_has_a_sign_only_where_it_can_be_seen() {
        let document = document(units(), Some(2025));
        let view = BlockView::new(Words::of("vi"), &document, &document.ranking().unwrap().blocks[0]);
        let said = |now: &str, before: &str| view.difference(held(now), held(before));
        assert_eq!([said("80.004", "80"), said("80", "80.004"), said("80", "80")], ["0,00"; 3]);
        assert_eq!([said("80.005", "80"), said("80", "81.5")], ["+0,01", "−1,50"]);
    }

    #[test]
    fn a_field_that_is_left_out_for_few_sheets_is_not_said_not_to_apply() {
        let mut units = units();
        units[0].cells =
            [CellState::NotApplicable, CellState::FewSheets].map(|state| CellResult { state, points: None, ..nothing() }).to_vec();
        let document = document(units, None);
        let block = &document.ranking().unwrap().blocks[0];
        let view = BlockView::new(Words::of("en"), &document, block);
        assert_eq!(view.no_field(&block.units[0], "procedures"), "under 50 responses, so it does not count");
        assert_eq!(view.no_field(&block.units[0], "finance"), "does not apply");
    }

    #[test]
    fn charts_measure_in_hundredths_up_to_the_whole() {
        assert_eq!((hundredths(held("83.945")), hundredths(held("100")), hundredths(held("1000"))), (8395, 10_000, 10_000));
    }
}
