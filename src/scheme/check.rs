//! From the text of a scheme file to a checked scheme: every fault at once, or none. The steps are those of [`crate::survey::check`].

mod blocks;
mod conversion;
mod points;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::Value;

use super::source::{self, Source};
use super::{Criterion, Field, Leaf, Scheme};
use crate::definition::diagnostic::{Diagnostic, Flaw, FoundFaults, Summed, Thing, shown};
use crate::definition::names::Names;
use crate::definition::reading::read;
use crate::definition::schema;
use crate::definition::source::hundredths;
use crate::definition::source::{At, Code, Decimal, Number};
use crate::definition::words::{Languages, plain};
use crate::definition::{TEXT_MAX, VERSION_MAX};
use points::Giving;
pub(super) use points::of_rule as points_of;

/// Most fields; the official sets have eight.
const FIELDS_MAX: usize = 30;
/// Most criteria and sub-criteria together; the largest official set has 144.
pub const PARTS_MAX: usize = 1_000;
/// Most points of a whole scheme, in hundredths.
const TOTAL_MAX: u32 = 100_000;

/// The schema of schemes as a value, made once.
pub(super) static SCHEMA: LazyLock<Value> = LazyLock::new(schema::of::<Source>);

/// The text of `survey-definitions/scheme.schema.json`, in the 2020-12 dialect.
#[must_use]
pub fn json_schema() -> String {
    schema::text(&SCHEMA)
}

/// Checks the text of a scheme file that comes in; what was accepted once is read by [`super::kept::read`]. What it says of questionnaires
/// is checked by [`super::against`].
///
/// # Errors
/// All faults of the file, in the order of their places (the first 100 of them).
pub fn check(file_name: &str, text: &str) -> Result<Scheme, Vec<Diagnostic>> {
    let mut faults = FoundFaults::new(file_name, text);
    let made = read(text, &SCHEMA, &mut faults).map(|source| scheme(&source, &mut faults));
    let found = faults.finish();
    made.filter(|_| found.is_empty()).ok_or(found)
}

/// Builds the scheme and reports every fault of meaning.
fn scheme(source: &Source, faults: &mut FoundFaults) -> Scheme {
    let languages = Languages::read(&source.languages, faults);
    Names::new(Thing::Scheme, &[]).claim(&source.id, faults);
    let version = plain(&source.version, VERSION_MAX, Some("version"), faults);
    let title = languages.text(&source.title, faults);
    let told = source.source.as_ref().map(|words| languages.text(words, faults));
    let mut parts = CheckedParts::new();
    for field in &source.field {
        parts.add_field(field, &languages, faults);
    }
    parts.report_counts(source, faults);
    let total_hundredths = number(&source.total, TOTAL_MAX, Some("total"), faults);
    let sum: u32 = parts.fields.iter().map(|field| field.maximum_hundredths).sum();
    if !source.field.is_empty() {
        compare(sum, total_hundredths, Summed::Fields, &source.total, faults);
    }
    points::report_doubles(source, faults);
    let blocks = blocks::read(source, &languages, &mut parts, faults);
    let CheckedParts { fields, criteria, leaves, .. } = parts;
    let (id, no_survey) = (source.id.0.value.clone(), source.no_survey);
    Scheme {
        id,
        version,
        languages: languages.into_list(),
        title,
        source: told,
        total_hundredths,
        fields,
        criteria,
        leaves,
        blocks,
        no_survey,
        small_units: source.small_units,
        survey_gap: source.survey_gap,
    }
}

/// Fields, criteria and leaves as they are found; one list of names for all three.
struct CheckedParts {
    names: Names,
    /// What each name stands for, in the order of the names.
    named: Vec<super::SchemePart>,
    fields: Vec<Field>,
    criteria: Vec<Criterion>,
    leaves: Vec<Leaf>,
}

impl CheckedParts {
    fn new() -> Self {
        Self { names: Names::new(Thing::SchemePart, &[]), named: Vec::new(), fields: Vec::new(), criteria: Vec::new(), leaves: Vec::new() }
    }

    fn claim(&mut self, code: &Code, part: super::SchemePart, faults: &mut FoundFaults) {
        self.names.claim(code, faults);
        self.named.push(part);
    }

    fn add_field(&mut self, field: &source::Field, languages: &Languages, faults: &mut FoundFaults) {
        let place = self.fields.len();
        self.claim(&field.code, super::SchemePart::Field(place), faults);
        let told = field.source.as_ref().map(|source| plain(source, TEXT_MAX, Some("source"), faults));
        if told.is_some() == field.unverified {
            faults.add(&field.maximum.span, Flaw::MaximumWithoutSource { field: shown(&field.code.0.value) });
        }
        let maximum_hundredths = number(&field.maximum, TOTAL_MAX, Some("maximum"), faults);
        self.fields.push(Field {
            code: field.code.0.value.clone(),
            text: languages.text(&field.text, faults),
            maximum_hundredths,
            source: told,
        });
        let mut sum = 0;
        for criterion in &field.criterion {
            sum += self.add_criterion(place, criterion, languages, faults);
        }
        if field.criterion.is_empty() {
            faults.add(&field.code.0.span, Flaw::FieldWithoutCriteria { field: shown(&field.code.0.value) });
        } else {
            compare(sum, maximum_hundredths, Summed::Criteria, &field.maximum, faults);
        }
    }

    /// Adds a criterion and gives what it adds to the maximum of its field.
    fn add_criterion(&mut self, field: usize, criterion: &source::Criterion, languages: &Languages, faults: &mut FoundFaults) -> u32 {
        let place = self.criteria.len();
        self.claim(&criterion.code, super::SchemePart::Criterion(place), faults);
        let maximum_hundredths = number(&criterion.maximum, TOTAL_MAX, Some("maximum"), faults);
        let (code, text) = (criterion.code.0.value.clone(), languages.text(&criterion.text, faults));
        self.criteria.push(Criterion { code: code.clone(), text: text.clone(), field, maximum_hundredths, example: criterion.example });
        let own = Giving::of_criterion(criterion);
        if criterion.sub.is_empty() {
            let from = points::from(&own, maximum_hundredths, faults);
            let leaf = Leaf { code, text, criterion: place, maximum_hundredths, from };
            let counted = if leaf.is_adjustment() { 0 } else { maximum_hundredths };
            self.leaves.push(leaf);
            return counted;
        }
        own.refuse_beside_subs(faults);
        let (mut all, mut counted) = (0, 0);
        for sub in &criterion.sub {
            let part = super::SchemePart::Leaf(self.leaves.len());
            self.claim(&sub.code, part, faults);
            let maximum_hundredths = number(&sub.maximum, TOTAL_MAX, Some("maximum"), faults);
            let from = points::from(&Giving::of_sub(sub), maximum_hundredths, faults);
            let (code, text) = (sub.code.0.value.clone(), languages.text(&sub.text, faults));
            let leaf = Leaf { code, text, criterion: place, maximum_hundredths, from };
            all += maximum_hundredths;
            counted += if leaf.is_adjustment() { 0 } else { maximum_hundredths };
            self.leaves.push(leaf);
        }
        let sum = if counted == 0 { all } else { counted };
        compare(sum, maximum_hundredths, Summed::SubCriteria, &criterion.maximum, faults);
        counted
    }

    fn report_counts(&self, source: &Source, faults: &mut FoundFaults) {
        let span = &source.total.span;
        if source.field.is_empty() {
            faults.add(span, Flaw::NoFields);
        }
        let (fields, criteria) = (source.field.len(), self.criteria.len() + self.leaves.len());
        if fields > FIELDS_MAX || criteria > PARTS_MAX {
            faults.add(span, Flaw::ManyCriteria { fields, criteria, most_fields: FIELDS_MAX, most: PARTS_MAX });
        }
    }

    /// The part that a reference names.
    fn resolve(&mut self, reference: &Code, faults: &mut FoundFaults) -> Option<super::SchemePart> {
        let place = self.names.resolve(reference, faults)?;
        self.named.get(place).copied()
    }

    /// Places of all leaves of a part.
    fn leaves_of(&self, part: super::SchemePart) -> BTreeSet<usize> {
        let inside = |leaf: &Leaf, place: usize| match part {
            super::SchemePart::Field(field) => self.criteria.get(leaf.criterion).is_some_and(|criterion| criterion.field == field),
            super::SchemePart::Criterion(criterion) => leaf.criterion == criterion,
            super::SchemePart::Leaf(own) => place == own,
        };
        self.leaves.iter().enumerate().filter(|(place, leaf)| inside(leaf, *place)).map(|(place, _)| place).collect()
    }
}

/// Reads a number of at least 0 in hundredths; 0 where it is none.
fn number(given: &At<Number>, most: u32, key: Option<&'static str>, faults: &mut FoundFaults) -> u32 {
    let At { value: Number(Decimal(written)), span } = given;
    hundredths(written).filter(|number| *number <= most).unwrap_or_else(|| {
        faults.add(span, Flaw::BadNumber { key, given: written.clone(), most: plain_number(most) });
        0
    })
}

/// Reports a sum that is not what it is said to be.
fn compare(sum: u32, declared: u32, of: Summed, at: &At<Number>, faults: &mut FoundFaults) {
    if sum != declared {
        faults.add(&at.span, Flaw::SumDiffers { of, sum: plain_number(sum), declared: plain_number(declared) });
    }
}

/// Hundredths as a file writes them: `9.5`.
fn plain_number(hundredths: u32) -> String {
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
