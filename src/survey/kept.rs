//! Reading of definitions that were accepted once: a round's own copy, a published text. By structure only, without any rule.
//!
//! [`super::check::check`] is for what comes in, and its rules become stricter from year to year; what was accepted stays readable for
//! good. So nothing here judges. A text is refused only where no questionnaire can be built of it: no TOML, a value of another type, a
//! reference that points at nothing. Keys that this version does not know are passed over. Of what [`super::check::check`] accepts both
//! make the same.

mod items;
mod rating;

use super::source::Source;
use super::{Content, FLOOR, Factor, IndexRule, Questionnaire, schema};
use crate::definition::Text;
use crate::definition::kept::{Built, Unreadable, place, points, source, whole, words};
use crate::definition::source::{At, Words};
use crate::printed::composed;

/// Points of the satisfaction component where a text gives none: 10, in hundredths.
const MAXIMUM: u32 = 10 * 100;
/// Words of "no opinion" where a text gives none.
const NO_OPINION: [(&str, &str); 2] = [("vi", "Không biết / không áp dụng"), ("en", "Don't know / not applicable")];

/// Reads a definition that was accepted once.
///
/// # Errors
/// When no questionnaire can be built of it.
pub fn read(text: &str) -> Result<Questionnaire, Unreadable> {
    questionnaire(&source(text, &schema::QUESTIONNAIRE)?)
}

fn questionnaire(source: &Source) -> Built<Questionnaire> {
    let (contents, factors) = (contents(source), factors(source)?);
    let (parts, items) = items::read(source)?;
    let rating = rating::read(source)?;
    Ok(Questionnaire {
        id: source.id.0.value.clone(),
        version: composed(&source.version.value),
        languages: source.languages.value.iter().map(|language| language.value.clone()).collect(),
        audience: source.audience,
        requires_code: source.requires_code || rating.is_some(),
        title: words(&source.title),
        introduction: source.introduction.as_ref().map(words),
        no_opinion_label: label(source.no_opinion_label.as_ref(), NO_OPINION),
        contents,
        factors,
        parts,
        items,
        index: index(source)?,
        rating,
        least_sheets: whole(source.least_sheets.as_ref(), FLOOR)?,
    })
}

fn contents(source: &Source) -> Vec<Content> {
    source.content.iter().map(|content| Content { code: content.code.0.value.clone(), text: words(&content.text) }).collect()
}

fn factors(source: &Source) -> Built<Vec<Factor>> {
    let factor = |factor: &super::source::Factor| {
        let content = place(source.content.iter().map(|content| &content.code), &factor.content)?;
        Ok(Factor { code: factor.code.0.value.clone(), text: words(&factor.text), content })
    };
    source.factor.iter().map(factor).collect()
}

fn index(source: &Source) -> Built<Option<IndexRule>> {
    let Some(At { value: index, .. }) = &source.index else { return Ok(None) };
    let maximum_hundredths = index.maximum.as_ref().map_or(Ok(MAXIMUM), |given| points(&given.value))?;
    Ok(Some(IndexRule { item_value: index.item_value.value, aggregation: index.aggregation.value, maximum_hundredths }))
}

/// The words of a key that may be left out, or else the format's own.
fn label(given: Option<&Words>, own: [(&str, &str); 2]) -> Text {
    given.map_or_else(|| Text::from(own), words)
}
