//! Words and numbers of one questionnaire in one language.

use maud::{Markup, html};

use crate::publication::document::Section;
use crate::scoring::disclosure::{Bounds, Figure, Percent, Share, SheetsTold, Shown};
use crate::survey::{Item, Questionnaire};
use crate::words::Words;

/// One questionnaire of a publication, as it is read in one language.
#[derive(Debug, Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) words: Words,
    pub(super) section: Section<'a>,
    /// The language of the definition's texts.
    language: &'a str,
}

impl<'a> View<'a> {
    pub(super) fn new(words: Words, section: Section<'a>) -> Self {
        Self { words, section, language: section.questionnaire.language(words.code()) }
    }

    pub(super) fn questionnaire(&self) -> &'a Questionnaire {
        self.section.questionnaire
    }

    /// The name of a block.
    pub(super) fn block(&self, code: &str) -> String {
        self.words.block(code, self.section.document.publication.blocks())
    }

    pub(super) fn title(&self) -> &'a str {
        self.questionnaire().title.get(self.language)
    }

    /// The id of something on the page, unlike any of another questionnaire: no code has two strokes in it.
    pub(super) fn id(&self, name: &str) -> String {
        format!("{}--{name}", self.questionnaire().id)
    }

    pub(super) fn item(&self, code: &str) -> Option<&'a Item> {
        self.questionnaire().items.iter().find(|item| item.code == code)
    }

    pub(super) fn item_text(&self, code: &'a str) -> &'a str {
        self.item(code).map_or(code, |item| item.text.get(self.language))
    }

    pub(super) fn option_text(&self, item: &Item, place: usize) -> &'a str {
        let found = self.item(&item.code).and_then(|item| item.choices().get(place));
        found.map_or("", |choice| choice.text.get(self.language))
    }

    pub(super) fn factor_text(&self, code: &'a str) -> &'a str {
        let found = self.questionnaire().factors.iter().find(|factor| factor.code == code);
        found.map_or(code, |factor| factor.text.get(self.language))
    }

    pub(super) fn content_text(&self, code: &'a str) -> &'a str {
        let found = self.questionnaire().contents.iter().find(|content| content.code == code);
        found.map_or(code, |content| content.text.get(self.language))
    }

    pub(super) fn criterion_text(&self, code: &'a str) -> &'a str {
        let found = self.questionnaire().rating.iter().flat_map(|rating| &rating.criteria).find(|criterion| criterion.code == code);
        found.map_or(code, |criterion| criterion.text.get(self.language))
    }

    pub(super) fn group_text(&self, code: &'a str) -> &'a str {
        let found = self.questionnaire().rating.iter().flat_map(|rating| &rating.groups).find(|group| group.code == code);
        found.map_or(code, |group| group.text.get(self.language))
    }

    pub(super) fn part_text(&self, part: usize) -> &'a str {
        self.questionnaire().parts.get(part).map_or("", |part| part.title.get(self.language))
    }

    /// Whether the figures were published under the rules of the first format.
    pub(super) fn is_of_format_one(&self) -> bool {
        self.section.document.is_of_first_format()
    }

    /// The key of words that are others where figures follow the rules of the first format.
    pub(super) fn by_rule(&self, key: &str) -> String {
        if self.is_of_format_one() { format!("{key}-format-one") } else { key.to_owned() }
    }

    /// Whether respondent groups have floors of their own.
    pub(super) fn is_by_groups(&self) -> bool {
        self.section.results.rating.is_some() && !self.is_of_format_one()
    }

    /// The key of words about the floor: that of a question, or of respondent groups, each of which has its own. Documents of the first
    /// format spoke of all sheets together.
    pub(super) fn by_groups(&self, key: &str) -> String {
        if self.is_by_groups() { format!("{key}-rated") } else { self.by_rule(key) }
    }

    /// A number of sheets.
    pub(super) fn n(&self, number: u32) -> String {
        self.words.whole(number.into())
    }

    /// "Too few answers": of a unit without any figure.
    pub(super) fn under(&self) -> String {
        self.words.with(&self.by_groups("results-under"), [("floor", &self.floor())])
    }

    /// What stands in place of a figure of a unit that has others.
    pub(super) fn no_figure(&self) -> String {
        self.words.with(&self.by_rule("results-no-figure"), [("floor", &self.floor())])
    }

    pub(super) fn floor(&self) -> String {
        self.n(self.section.results.floor)
    }

    /// A number of sheets, or of valid answers: `213`, `10–49`.
    pub(super) fn sheets_of(&self, sheets: Shown<SheetsTold>) -> String {
        sheets_of(self.words, *sheets.get())
    }

    /// A percent without its sign: `83,94`, `≤ 5`, `từ 80 đến dưới 90`.
    pub(super) fn number(&self, percent: Percent) -> String {
        if percent.bound() == Bounds::Class {
            return class(self.words, percent.span());
        }
        let sign = match percent.bound() {
            Bounds::AtMost => "≤\u{a0}",
            Bounds::Value | Bounds::Class => "",
            Bounds::AtLeast => "≥\u{a0}",
        };
        format!("{sign}{}", self.words.decimal(&percent.number()))
    }

    /// A percent with its sign: `83,94 %` in Vietnamese, `83.94%` in English.
    pub(super) fn percent(&self, percent: Percent) -> String {
        self.words.percent(&self.number(percent))
    }

    /// The cell of a figure, or of none.
    pub(super) fn figure(&self, figure: Option<Shown<Figure>>) -> String {
        figure.map_or_else(|| self.no_figure(), |figure| self.percent(figure.get().percent))
    }

    /// The cell of a share that may be hidden.
    pub(super) fn share(&self, share: Option<Shown<Share>>) -> String {
        share.map_or_else(|| self.words.get("results-hidden"), |share| self.percent(share.get().percent))
    }

    /// The cell of a count; a dash where only the share may be printed.
    pub(super) fn count(&self, share: Option<Shown<Share>>) -> String {
        share.and_then(|share| share.get().count).map_or_else(|| "–".to_owned(), |count| self.n(count))
    }

    /// The cell of a number of sheets that may be hidden.
    pub(super) fn sheets(&self, sheets: Option<Shown<SheetsTold>>) -> String {
        sheets.map_or_else(|| self.words.get("results-hidden"), |sheets| self.sheets_of(sheets))
    }

    /// A head of a column of numbers.
    pub(super) fn head(&self, key: &str) -> Markup {
        head(self.words, key)
    }
}

/// "From 80 to under 90", of a class in hundredths of a percent.
fn class(words: Words, (from, below): (u16, u16)) -> String {
    let whole = |hundredths: u16| words.whole((hundredths / 100).into());
    let key = match (from, below) {
        (0, _) => "class-lowest",
        (_, 10_000) => "class-highest",
        _ => "class-between",
    };
    words.with(key, [("from", &whole(from)), ("below", &whole(below))])
}

/// A number of sheets in a language: `1.213`, `10–49`.
pub(super) fn sheets_of(words: Words, sheets: SheetsTold) -> String {
    match sheets {
        SheetsTold::Exactly(sheets) => words.whole(sheets.into()),
        SheetsTold::Between(from, to) => format!("{}–{}", words.whole(from.into()), words.whole(to.into())),
    }
}

/// A head of a column of numbers.
pub(super) fn head(words: Words, key: &str) -> Markup {
    html! { th.num scope="col" { (words.get(key)) } }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::lowest((0, 2_000), "dưới 20", "under 20")]
    #[case::between((2_000, 5_000), "từ 20 đến dưới 50", "from 20 to under 50")]
    #[case::highest((8_000, 10_000), "từ 80 đến 100", "from 80 to 100")]
    fn a_class_is_said_in_words(#[case] bounds: (u16, u16), #[case] vi: &str, #[case] en: &str) {
        assert_eq!(["vi", "en"].map(|language| class(Words::of(language), bounds)), [vi, en]);
    }
}
