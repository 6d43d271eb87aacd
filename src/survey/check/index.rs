//! The tree of contents and factors, and the rule of the index that is made over it.

use std::collections::{BTreeMap, BTreeSet};

use super::NAMED_MAX;
use super::choices::{CheckedScale, Scales};
use crate::definition::diagnostic::{Flaw, FoundFaults, Many, Thing, shown};
use crate::definition::names::{Names, limit};
use crate::definition::source::{At, Code, Decimal, hundredths};
use crate::definition::words::Languages;
use crate::survey::source::{self, Source};
use crate::survey::{Aggregation, Content, Factor, IndexRule, Item, ItemValue, Kind};

/// Points of the satisfaction component where the file gives none: 10, in hundredths.
const MAXIMUM: u32 = 10 * 100;
/// Most points that one component can have: all 100 of an index, in hundredths.
const MAXIMUM_MAX: u32 = 100 * 100;

/// The contents and factors of a file.
pub(super) struct IndexTree {
    /// Contents in order.
    pub(super) contents: Vec<Content>,
    /// Factors in order.
    pub(super) factors: Vec<Factor>,
    content_names: Names,
    factor_names: Names,
}

impl IndexTree {
    /// Checks contents and factors.
    pub(super) fn read(source: &Source, languages: &Languages, faults: &mut FoundFaults) -> Self {
        let codes: Vec<&Code> = source.content.iter().map(|content| &content.code).collect();
        limit(&codes, NAMED_MAX, Many::Contents, faults);
        let mut content_names = Names::of(Thing::Content, &[], codes, faults);
        let codes: Vec<&Code> = source.factor.iter().map(|factor| &factor.code).collect();
        limit(&codes, NAMED_MAX, Many::Factors, faults);
        let factor_names = Names::of(Thing::Factor, &[], codes, faults);
        let content =
            |content: &source::Content| Content { code: content.code.0.value.clone(), text: languages.text(&content.text, faults) };
        let contents = source.content.iter().map(content).collect();
        let mut factors = Vec::new();
        for source::Factor { code, content, text } in &source.factor {
            let content = content_names.resolve(content, faults).unwrap_or(usize::MAX);
            factors.push(Factor { code: code.0.value.clone(), text: languages.text(text, faults), content });
        }
        Self { contents, factors, content_names, factor_names }
    }

    /// The factor that an item feeds.
    pub(super) fn factor_of(&mut self, item: &source::Item, faults: &mut FoundFaults) -> Option<usize> {
        let code = item.factor.as_ref()?;
        if item.kind.value != source::Kind::Scale {
            faults.add(&code.0.span, Flaw::FactorNeedsScale { item: shown(&item.code.0.value) });
        }
        self.factor_names.resolve(code, faults)
    }

    /// Checks that tree, rule and scales go together.
    pub(super) fn rule(&self, source: &Source, items: &[Item], scales: &Scales, faults: &mut FoundFaults) -> Option<IndexRule> {
        self.report_barren(source, items, faults);
        let Some(At { value: index, span }) = &source.index else {
            if let Some(first) = source.factor.first() {
                faults.add(&first.code.0.span, Flaw::FactorsWithoutIndex);
            }
            return None;
        };
        if source.factor.is_empty() {
            faults.add(span, Flaw::IndexWithoutFactors);
        }
        fit(index, &feeding(items, scales), faults);
        let maximum_hundredths = maximum(index.maximum.as_ref(), faults);
        Some(IndexRule { item_value: index.item_value.value, aggregation: index.aggregation.value, maximum_hundredths })
    }

    /// Reports factors without items and contents without factors.
    fn report_barren(&self, source: &Source, items: &[Item], faults: &mut FoundFaults) {
        let fed: BTreeSet<usize> = items.iter().filter_map(|item| item.factor).collect();
        let barren = source.factor.iter().enumerate().filter(|(place, _)| !fed.contains(place));
        for (_, factor) in barren.filter(|(place, factor)| self.factor_names.knows(&factor.code, *place)) {
            let At { value: word, span } = &factor.code.0;
            faults.add(span, Flaw::FactorWithoutItems { factor: shown(word) });
        }
        let filled: BTreeSet<usize> = self.factors.iter().map(|factor| factor.content).collect();
        let empty = source.content.iter().enumerate().filter(|(place, _)| !filled.contains(place));
        for (_, content) in empty.filter(|(place, content)| self.content_names.knows(&content.code, *place)) {
            let At { value: word, span } = &content.code.0;
            faults.add(span, Flaw::ContentWithoutFactors { content: shown(word) });
        }
    }
}

/// The scales of items that feed the index, by id.
fn feeding<'s>(items: &[Item], scales: &'s Scales) -> BTreeMap<&'s str, &'s CheckedScale> {
    let ids = items.iter().filter(|item| item.factor.is_some()).filter_map(|item| match &item.kind {
        Kind::Scale { scale, .. } => Some(scale),
        _ => None,
    });
    ids.filter_map(|id| scales.get(id)).map(|scale| (scale.id.0.value.as_str(), scale)).collect()
}

/// Reports scales on which the rule cannot be worked out.
fn fit(index: &source::Index, scales: &BTreeMap<&str, &CheckedScale>, faults: &mut FoundFaults) {
    let rule = &index.item_value;
    if rule.value == ItemValue::SatisfiedShare {
        for scale in scales.values().filter(|scale| !scale.steps.is_empty()) {
            let satisfied = scale.steps.iter().filter(|step| step.satisfied).count();
            if satisfied == 0 || satisfied == scale.steps.len() {
                faults.add(&scale.id.0.span, Flaw::SatisfiedOneSort { scale: shown(&scale.id.0.value), every: satisfied > 0 });
            }
        }
        return;
    }
    // One pot of answers has one highest level; with two, a mean over it would depend on who was asked which scale.
    let lengths: BTreeSet<usize> = scales.values().map(|scale| scale.steps.len()).collect();
    if index.aggregation.value == Aggregation::PooledAnswers && lengths.len() > 1 {
        let each = scales.values().map(|scale| format!("`{}` {}", shown(&scale.id.0.value), scale.steps.len()));
        faults.add(&index.aggregation.span, Flaw::ScalesDiffer { scales: each.collect() });
    }
}

/// Reads a number of points as hundredths; 10 points where none is given.
pub(super) fn maximum(given: Option<&At<Decimal>>, faults: &mut FoundFaults) -> u32 {
    let Some(At { value: Decimal(number), span }) = given else { return MAXIMUM };
    hundredths(number).filter(|points| (1..=MAXIMUM_MAX).contains(points)).unwrap_or_else(|| {
        faults.add(span, Flaw::BadMaximum { given: number.clone() });
        MAXIMUM
    })
}
