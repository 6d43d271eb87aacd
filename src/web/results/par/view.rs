//! Words and numbers of one block of the PAR Index in one language.

use std::cmp::Ordering;

use maud::{Markup, html};

use crate::publication::document::Document;
use crate::scheme::Scheme;
use crate::scoring::decimal::Held;
use crate::scoring::ranking::{BlockRanking, RankedUnit, ScoreSums, Standing};
use crate::words::Words;

/// One block of a ranking, as it is read in one language.
#[derive(Debug, Clone, Copy)]
pub(super) struct BlockView<'a> {
    pub(super) words: Words,
    pub(super) document: &'a Document,
    pub(super) block: &'a BlockRanking,
}

impl<'a> BlockView<'a> {
    pub(super) fn new(words: Words, document: &'a Document, block: &'a BlockRanking) -> Self {
        Self { words, document, block }
    }

    /// The id of something on the page. Questionnaires have none in capitals.
    pub(super) fn id(&self, name: &str) -> String {
        format!("PAR-{}-{name}", self.block.block)
    }

    /// The name of the block.
    pub(super) fn name(&self) -> String {
        self.words.block(&self.block.block)
    }

    /// The scheme; none where the ranking was imported, and then there are no words of fields and no score sheets.
    pub(super) fn scheme(&self) -> Option<&'a Scheme> {
        self.document.scheme(self.block)
    }

    pub(super) fn unit<'u>(&'u self, unit: &'u RankedUnit) -> &'u str {
        self.document.unit_name(&unit.unit, self.words.code())
    }

    /// Names of units.
    pub(super) fn units<'u>(&self, units: impl IntoIterator<Item = &'u RankedUnit>) -> Vec<String> {
        units.into_iter().map(|unit| self.unit(unit).to_owned()).collect()
    }

    /// Where the page of a unit is.
    pub(super) fn address(&self, unit: &RankedUnit) -> String {
        format!("/results/{}/{}?lang={}", self.document.publication.round, unit.unit, self.words.code())
    }

    /// Where the report of the block is.
    pub(super) fn report(&self) -> String {
        format!("/results/{}?block={}&lang={}", self.document.publication.round, self.block.block, self.words.code())
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

    /// "19 units": how many have a rank.
    pub(super) fn ranked_units(&self) -> String {
        self.words.count("par-units", self.block.ranked().len())
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
            Ordering::Less => format!("−{}", self.number(before.less(now))),
            Ordering::Equal => self.number(Held::default()),
            Ordering::Greater => format!("+{}", self.number(now.less(before))),
        }
    }

    /// A head of a column of numbers.
    pub(super) fn head(&self, key: &str) -> Markup {
        html! { th.num scope="col" { (self.words.get(key)) } }
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

/// Names one behind the other: "A, B and C"; parted by semicolons where one has a comma of its own.
pub(super) fn list(words: Words, names: &[String]) -> String {
    if names.iter().any(|name| name.contains(", ")) {
        return names.join("; ");
    }
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [before @ .., last] => words.with("par-and", [("before", &before.join(", ")), ("last", last)]),
    }
}

/// Whether bonus or penalty are in an index.
pub(super) fn is_adjusted(score: &ScoreSums) -> bool {
    score.clamped || score.bonus > Held::default() || score.penalty > Held::default()
}

/// A percentage as charts measure it, in hundredths.
pub(super) fn hundredths(held: Held) -> u16 {
    u16::try_from(held.steps(2)).unwrap_or(u16::MAX).min(10_000)
}

#[cfg(test)]
mod tests {
    use super::*;

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
    }

    #[test]
    fn charts_measure_in_hundredths_up_to_the_whole() {
        let held = |text: &str| text.parse::<Held>().unwrap();
        assert_eq!((hundredths(held("83.945")), hundredths(held("100")), hundredths(held("1000"))), (8395, 10_000, 10_000));
    }
}
