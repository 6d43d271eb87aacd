//! Conversion rules: each with the keys that belong to it, bounds that ascend, points within the maximum.

use std::ops::Range;

use super::{number, plain_number};
use crate::definition::diagnostic::{Flaw, FoundFaults, Many, Thing};
use crate::definition::names::{Names, limit};
use crate::definition::source::{At, Number};
use crate::scheme::Conversion;
use crate::scheme::source::{self, Rule};

/// Highest value that can be entered, in hundredths: ten million of whatever is counted is more than any criterion asks.
const VALUE_MAX: u32 = 1_000_000_000;
/// All of something, in hundredths of a percent.
const WHOLE: u32 = 10_000;
/// Most steps, bands or options.
const PIECES_MAX: usize = 50;

/// What surveys have unless a file says otherwise.
pub(super) const DEFAULT: Conversion = Conversion::Linear { lowest: 0, highest: WHOLE };

/// Checks a conversion; `maximum` is that of the criterion.
pub(super) fn read(given: &At<source::Conversion>, maximum: u32, faults: &mut FoundFaults) -> Conversion {
    let At { value: conversion, span } = given;
    report_strays(conversion, span, faults);
    let lowest = conversion.lowest.as_ref().map_or(0, |given| bound(given, faults));
    let highest = conversion.highest.as_ref().map_or(WHOLE, |given| bound(given, faults));
    if highest <= lowest {
        faults.add(span, Flaw::HighestBelow);
    }
    match conversion.rule {
        Rule::Linear => Conversion::Linear { lowest, highest },
        Rule::Steps => {
            let steps: Vec<(u32, u32)> =
                conversion.step.iter().map(|step| (bound(&step.from, faults), points(&step.points, maximum, faults))).collect();
            ascending(&steps.iter().map(|step| step.0).collect::<Vec<_>>(), span, faults);
            Conversion::Steps(steps)
        }
        Rule::Bands => {
            let bands: Vec<(u32, Option<u32>)> =
                conversion.band.iter().map(|band| (bound(&band.from, faults), band_points(band, maximum, faults))).collect();
            ascending(&bands.iter().map(|band| band.0).collect::<Vec<_>>(), span, faults);
            Conversion::Bands { lowest, highest, bands }
        }
        Rule::AllOrNothing => Conversion::AllOrNothing(conversion.threshold.as_ref().map_or(0, |given| bound(given, faults))),
        Rule::OptionWeights => Conversion::OptionWeights(options(conversion, span, faults)),
    }
}

/// Keys of another rule.
fn report_strays(conversion: &source::Conversion, span: &Range<usize>, faults: &mut FoundFaults) {
    use Rule as R;
    let rule = conversion.rule;
    let line = matches!(rule, R::Linear | R::Bands);
    let strays = [
        ("lowest", conversion.lowest.is_some() && !line),
        ("highest", conversion.highest.is_some() && !line),
        ("threshold", conversion.threshold.is_some() && rule != R::AllOrNothing),
        ("step", !conversion.step.is_empty() && rule != R::Steps),
        ("band", !conversion.band.is_empty() && rule != R::Bands),
        ("option", !conversion.option.is_empty() && rule != R::OptionWeights),
    ];
    for (key, _) in strays.into_iter().filter(|(_, stray)| *stray) {
        faults.add(span, Flaw::KeyOfOtherRule { key });
    }
}

fn bound(given: &At<Number>, faults: &mut FoundFaults) -> u32 {
    number(given, VALUE_MAX, None, faults)
}

fn points(given: &At<Number>, maximum: u32, faults: &mut FoundFaults) -> u32 {
    let points = number(given, VALUE_MAX, Some("points"), faults);
    if points > maximum {
        faults.add(&given.span, Flaw::ManyPoints { given: plain_number(points), maximum: plain_number(maximum) });
    }
    points.min(maximum)
}

/// Fixed points, or none for those of the line.
fn band_points(band: &source::Span, maximum: u32, faults: &mut FoundFaults) -> Option<u32> {
    if band.points.is_some() == band.proportional {
        faults.add(&band.from.span, Flaw::BandPoints);
    }
    band.points.as_ref().map(|given| points(given, maximum, faults))
}

fn ascending(bounds: &[u32], span: &Range<usize>, faults: &mut FoundFaults) {
    if bounds.is_empty() || bounds.len() > PIECES_MAX {
        faults.add(span, Flaw::BoundCount { most: PIECES_MAX });
    }
    if bounds.windows(2).any(|pair| matches!(pair, [one, next] if one >= next)) {
        faults.add(span, Flaw::BoundsDescend);
    }
}

fn options(conversion: &source::Conversion, span: &Range<usize>, faults: &mut FoundFaults) -> Vec<(String, u32)> {
    let codes: Vec<_> = conversion.option.iter().map(|option| &option.code).collect();
    if codes.len() < 2 {
        faults.add(span, Flaw::FewWeights);
    }
    limit(&codes, PIECES_MAX, Many::Options, faults);
    Names::of(Thing::Option, &[], codes, faults);
    let mut weight = |given: &At<Number>| number(given, WHOLE, Some("weight"), faults);
    conversion.option.iter().map(|option| (option.code.0.value.clone(), weight(&option.weight))).collect()
}
