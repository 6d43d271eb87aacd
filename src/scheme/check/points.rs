//! Where the points of a leaf come from: each source with the keys that belong to it, and no survey figure counted twice.

use std::collections::BTreeMap;
use std::ops::Range;

use super::conversion;
use crate::definition::diagnostic::{Flaw, FoundFaults, shown};
use crate::definition::source::{At, Code};
use crate::scheme::source::{self, Origin, Source};
use crate::scheme::{Conversion, From};

/// The word for the index of a whole questionnaire.
const OVERALL: &str = "overall";

/// What a criterion or sub-criterion says about its points.
pub(super) struct Giving<'s> {
    code: &'s Code,
    from: Option<&'s At<Origin>>,
    questionnaire: Option<&'s Code>,
    index: Option<&'s Code>,
    rated: Option<&'s Code>,
    conversion: Option<&'s At<source::Conversion>>,
}

impl<'s> Giving<'s> {
    pub(super) fn of_criterion(criterion: &'s source::Criterion) -> Self {
        Self {
            code: &criterion.code,
            from: criterion.from.as_ref(),
            questionnaire: criterion.questionnaire.as_ref(),
            index: criterion.index.as_ref(),
            rated: criterion.rated.as_ref(),
            conversion: criterion.conversion.as_ref(),
        }
    }

    pub(super) fn of_sub(sub: &'s source::Sub) -> Self {
        Self {
            code: &sub.code,
            from: sub.from.as_ref(),
            questionnaire: sub.questionnaire.as_ref(),
            index: sub.index.as_ref(),
            rated: sub.rated.as_ref(),
            conversion: sub.conversion.as_ref(),
        }
    }

    fn origin(&self) -> Origin {
        self.from.map_or(Origin::Appraisal, |from| from.value)
    }

    fn span(&self) -> &Range<usize> {
        self.from.map_or(&self.code.0.span, |from| &from.span)
    }

    fn fault(&self, what: impl FnOnce(String) -> Flaw, faults: &mut FoundFaults) {
        faults.add(self.span(), what(shown(&self.code.0.value)));
    }

    /// With sub-criteria, the points are theirs.
    pub(super) fn refuse_beside_subs(&self, faults: &mut FoundFaults) {
        let Self { from, questionnaire, index, rated, conversion, .. } = self;
        if from.is_some() || questionnaire.is_some() || index.is_some() || rated.is_some() || conversion.is_some() {
            self.fault(|criterion| Flaw::PointsOfSubs { criterion }, faults);
        }
    }

    /// The keys that go with a source, and those that do not.
    fn report_keys(&self, faults: &mut FoundFaults) {
        let origin = self.origin();
        let surveyed = matches!(origin, Origin::Satisfaction | Origin::Officials);
        let keys = [
            ("questionnaire", self.questionnaire.is_some(), surveyed, surveyed),
            ("index", self.index.is_some(), origin == Origin::Satisfaction, origin == Origin::Satisfaction),
            ("rated", self.rated.is_some(), origin == Origin::Officials, origin == Origin::Officials),
            ("conversion", self.conversion.is_some(), origin == Origin::Statistic, !matches!(origin, Origin::Bonus | Origin::Penalty)),
        ];
        for (key, given, needed, allowed) in keys {
            if needed && !given {
                self.fault(|criterion| Flaw::OriginKeyWanted { criterion, key }, faults);
            } else if given && !allowed {
                self.fault(|criterion| Flaw::OriginKeyUnfit { criterion, key }, faults);
            }
        }
    }
}

/// Checks where points come from.
pub(super) fn from(giving: &Giving<'_>, maximum: u32, faults: &mut FoundFaults) -> From {
    giving.report_keys(faults);
    let converted = giving.conversion.map(|given| conversion::read(given, maximum, faults));
    let text = |code: Option<&Code>| code.map(|code| code.0.value.clone()).unwrap_or_default();
    match giving.origin() {
        Origin::Appraisal => From::Appraisal(converted.and_then(|rule| allowed(giving, &rule, maximum, faults))),
        Origin::Satisfaction => From::Satisfaction {
            questionnaire: text(giving.questionnaire),
            index: giving.index.map(|code| code.0.value.clone()).filter(|code| code != OVERALL),
            conversion: of_percents(giving, converted, faults),
        },
        Origin::Officials => From::Officials {
            questionnaire: text(giving.questionnaire),
            rated: text(giving.rated),
            conversion: of_percents(giving, converted, faults),
        },
        Origin::Statistic => {
            require_threshold(giving, converted.as_ref(), faults);
            From::Statistic(converted.unwrap_or(conversion::DEFAULT))
        }
        Origin::Bonus => From::Bonus,
        Origin::Penalty => From::Penalty,
    }
}

fn require_threshold(giving: &Giving<'_>, converted: Option<&Conversion>, faults: &mut FoundFaults) {
    let given = giving.conversion.is_some_and(|given| given.value.threshold.is_some());
    if matches!(converted, Some(Conversion::AllOrNothing(_))) && !given {
        giving.fault(|criterion| Flaw::ThresholdWanted { criterion }, faults);
    }
}

/// A survey gives percents; options can only be entered by hand.
fn of_percents(giving: &Giving<'_>, converted: Option<Conversion>, faults: &mut FoundFaults) -> Conversion {
    require_threshold(giving, converted.as_ref(), faults);
    if matches!(converted, Some(Conversion::OptionWeights(_))) {
        giving.fault(|criterion| Flaw::PercentsNoOptions { criterion }, faults);
    }
    converted.unwrap_or(conversion::DEFAULT)
}

/// The points that appraisers may enter; a rule about values is refused.
fn allowed(giving: &Giving<'_>, rule: &Conversion, maximum: u32, faults: &mut FoundFaults) -> Option<Vec<u32>> {
    let points = of_rule(rule, maximum);
    if points.is_none() {
        giving.fault(|criterion| Flaw::RuleOfValues { criterion }, faults);
    }
    points
}

/// The points that a rule allows, ascending; none where it is about values, which appraisers do not enter.
pub(in crate::scheme) fn of_rule(rule: &Conversion, maximum: u32) -> Option<Vec<u32>> {
    let mut points: Vec<u32> = match rule {
        Conversion::Steps(steps) => steps.iter().map(|(_, points)| *points).collect(),
        Conversion::AllOrNothing(_) => vec![maximum],
        // Rounded half up, as points are entered with two decimals.
        Conversion::OptionWeights(options) => options.iter().map(|(_, weight)| (maximum * weight + 5_000) / 10_000).collect(),
        Conversion::Linear { .. } | Conversion::Bands { .. } => return None,
    };
    points.push(0);
    points.sort_unstable();
    points.dedup();
    Some(points)
}

/// Reports survey figures that would count twice.
pub(super) fn report_doubles(source: &Source, faults: &mut FoundFaults) {
    let mut seen: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for giving in source.field.iter().flat_map(|field| &field.criterion).flat_map(givings) {
        let (Some(questionnaire), Some(what)) = (giving.questionnaire, giving.rated.or(giving.index)) else { continue };
        let key = (questionnaire.0.value.as_str(), what.0.value.as_str());
        // The overall index holds every item that a content or a factor holds.
        let overall = |(id, word): &(&str, &str)| *id == key.0 && giving.index.is_some() && (*word == OVERALL || key.1 == OVERALL);
        let other = seen.iter().find(|(known, _)| **known == key || overall(known)).map(|(_, other)| *other);
        if let Some(other) = other {
            let (questionnaire, given, criterion) = (shown(key.0), shown(key.1), shown(other));
            faults.add(&what.0.span, Flaw::CountedTwice { questionnaire, given, criterion });
        }
        seen.insert(key, &giving.code.0.value);
    }
}

fn givings(criterion: &source::Criterion) -> Vec<Giving<'_>> {
    if criterion.sub.is_empty() { vec![Giving::of_criterion(criterion)] } else { criterion.sub.iter().map(Giving::of_sub).collect() }
}
