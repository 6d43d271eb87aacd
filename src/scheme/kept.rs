//! Reading of schemes that were accepted once: a round's own copy, a published text. As [`crate::survey::kept`] reads questionnaires: by
//! structure only, without any rule, and of what [`super::check::check`] accepts both make the same.

use super::check::{SCHEMA, points_of};
use super::source::{self, Origin, Rule, Source};
use super::{Band, Block, Conversion, Criterion, Field, From, Leaf, Scheme, SchemePart};
use crate::definition::kept::{Built, Unreadable, points, source as read_source, words};
use crate::definition::source::{At, Code, Number};
use crate::printed::composed;

/// The word for the index of a whole questionnaire.
const OVERALL: &str = "overall";
/// All of something, in hundredths of a percent.
const WHOLE: u32 = 10_000;
/// What surveys have unless a text says otherwise.
const DEFAULT: Conversion = Conversion::Linear { lowest: 0, highest: WHOLE };

/// Reads a scheme that was accepted once.
///
/// # Errors
/// When no scheme can be built of it.
pub fn read(text: &str) -> Result<Scheme, Unreadable> {
    let source: Source = read_source(text, &SCHEMA)?;
    let mut parts = KeptParts::default();
    source.field.iter().try_for_each(|field| parts.add_field(field))?;
    let blocks = source.block.iter().map(|given| parts.block(given)).collect::<Built<_>>()?;
    Ok(Scheme {
        id: text_of(&source.id),
        version: composed(&source.version.value),
        languages: source.languages.value.iter().map(|language| language.value.clone()).collect(),
        title: words(&source.title),
        source: source.source.as_ref().map(words),
        total_hundredths: number(&source.total)?,
        fields: parts.fields,
        criteria: parts.criteria,
        leaves: parts.leaves,
        blocks,
        no_survey: source.no_survey,
        small_units: source.small_units,
        survey_gap: source.survey_gap,
    })
}

fn text_of(code: &Code) -> String {
    code.0.value.clone()
}

fn number(At { value: Number(number), .. }: &At<Number>) -> Built<u32> {
    points(number)
}

/// Fields, criteria and leaves as they are found, with what each code stands for.
#[derive(Default)]
struct KeptParts {
    named: Vec<(String, SchemePart)>,
    fields: Vec<Field>,
    criteria: Vec<Criterion>,
    leaves: Vec<Leaf>,
}

impl KeptParts {
    fn add_field(&mut self, given: &source::Field) -> Built<()> {
        let place = self.fields.len();
        self.named.push((text_of(&given.code), SchemePart::Field(place)));
        let (maximum_hundredths, source) = (number(&given.maximum)?, given.source.as_ref().map(|source| composed(&source.value)));
        self.fields.push(Field { code: text_of(&given.code), text: words(&given.text), maximum_hundredths, source });
        given.criterion.iter().try_for_each(|criterion| self.add_criterion(place, criterion))
    }

    fn add_criterion(&mut self, field: usize, given: &source::Criterion) -> Built<()> {
        let place = self.criteria.len();
        let (code, text, maximum_hundredths) = (text_of(&given.code), words(&given.text), number(&given.maximum)?);
        self.named.push((code.clone(), SchemePart::Criterion(place)));
        let criterion = Criterion { code: code.clone(), text: text.clone(), field, maximum_hundredths, example: given.example };
        self.criteria.push(criterion);
        if given.sub.is_empty() {
            let surveyed = (given.questionnaire.as_ref(), given.index.as_ref(), given.rated.as_ref());
            let from = from(given.from.as_ref(), surveyed, given.conversion.as_ref(), maximum_hundredths)?;
            self.leaves.push(Leaf { code, text, criterion: place, maximum_hundredths, from });
        }
        given.sub.iter().try_for_each(|sub| self.add_sub(place, sub))
    }

    fn add_sub(&mut self, criterion: usize, given: &source::Sub) -> Built<()> {
        self.named.push((text_of(&given.code), SchemePart::Leaf(self.leaves.len())));
        let maximum_hundredths = number(&given.maximum)?;
        let surveyed = (given.questionnaire.as_ref(), given.index.as_ref(), given.rated.as_ref());
        let from = from(given.from.as_ref(), surveyed, given.conversion.as_ref(), maximum_hundredths)?;
        self.leaves.push(Leaf { code: text_of(&given.code), text: words(&given.text), criterion, maximum_hundredths, from });
        Ok(())
    }

    fn part(&self, reference: &Code) -> Built<SchemePart> {
        let wanted = text_of(reference);
        let found = self.named.iter().find(|(code, _)| *code == wanted);
        found.map(|(_, part)| *part).ok_or_else(|| Unreadable::nothing_called(&wanted))
    }

    /// Places of all leaves of a part.
    fn leaves_of(&self, part: SchemePart) -> Vec<usize> {
        let inside = |place: usize, leaf: &Leaf| match part {
            SchemePart::Field(field) => self.criteria.get(leaf.criterion).is_some_and(|criterion| criterion.field == field),
            SchemePart::Criterion(criterion) => leaf.criterion == criterion,
            SchemePart::Leaf(own) => place == own,
        };
        self.leaves.iter().enumerate().filter(|(place, leaf)| inside(*place, leaf)).map(|(place, _)| place).collect()
    }

    fn block(&self, given: &source::Block) -> Built<Block> {
        let mut not_applicable = Vec::new();
        for code in &given.not_applicable {
            not_applicable.extend(self.leaves_of(self.part(code)?));
        }
        not_applicable.sort_unstable();
        not_applicable.dedup();
        let band =
            |band: &source::Band| Ok(Band { code: text_of(&band.code), text: words(&band.text), from_hundredths: number(&band.from)? });
        Ok(Block {
            code: text_of(&given.code),
            year: given.year.as_ref().and_then(|year| i32::try_from(year.value).ok()),
            tie_rule: given.tie_rule,
            tie_break: given.tie_break.as_ref().map(|code| self.part(code)).transpose()?,
            not_applicable,
            bands: given.band.iter().map(band).collect::<Built<_>>()?,
        })
    }
}

/// Questionnaire, index and rated criterion, as far as they are named.
type SurveyedSource<'s> = (Option<&'s Code>, Option<&'s Code>, Option<&'s Code>);

/// Where the points of a leaf come from.
fn from(
    origin: Option<&At<Origin>>,
    (questionnaire, index, rated): SurveyedSource<'_>,
    given: Option<&At<source::Conversion>>,
    maximum: u32,
) -> Built<From> {
    let converted = given.map(|given| conversion(&given.value)).transpose()?;
    let named = |code: Option<&Code>| code.map(text_of).unwrap_or_default();
    Ok(match origin.map_or(Origin::Appraisal, |origin| origin.value) {
        Origin::Appraisal => From::Appraisal(converted.and_then(|rule| points_of(&rule, maximum))),
        Origin::Satisfaction => From::Satisfaction {
            questionnaire: named(questionnaire),
            index: index.map(text_of).filter(|code| code != OVERALL),
            conversion: converted.unwrap_or(DEFAULT),
        },
        Origin::Officials => {
            From::Officials { questionnaire: named(questionnaire), rated: named(rated), conversion: converted.unwrap_or(DEFAULT) }
        }
        Origin::Statistic => From::Statistic(converted.unwrap_or(DEFAULT)),
        Origin::Bonus => From::Bonus,
        Origin::Penalty => From::Penalty,
    })
}

fn conversion(given: &source::Conversion) -> Built<Conversion> {
    let bound = |given: &Option<At<Number>>, otherwise| given.as_ref().map_or(Ok(otherwise), number);
    let (lowest, highest) = (bound(&given.lowest, 0)?, bound(&given.highest, WHOLE)?);
    Ok(match given.rule {
        Rule::Linear => Conversion::Linear { lowest, highest },
        Rule::Steps => {
            let step = |step: &source::Step| Ok((number(&step.from)?, number(&step.points)?));
            Conversion::Steps(given.step.iter().map(step).collect::<Built<_>>()?)
        }
        Rule::Bands => {
            let band = |band: &source::Span| Ok((number(&band.from)?, band.points.as_ref().map(number).transpose()?));
            Conversion::Bands { lowest, highest, bands: given.band.iter().map(band).collect::<Built<_>>()? }
        }
        Rule::AllOrNothing => Conversion::AllOrNothing(bound(&given.threshold, 0)?),
        Rule::OptionWeights => {
            let option = |option: &source::Weighted| Ok((text_of(&option.code), number(&option.weight)?));
            Conversion::OptionWeights(given.option.iter().map(option).collect::<Built<_>>()?)
        }
    })
}
