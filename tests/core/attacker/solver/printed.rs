//! Printed: what a number in a document says of the number behind it, in every form that was ever printed.

use std::cell::RefCell;
use std::collections::HashMap;

use par_survey::scoring::coarse::Classes;
use serde_json::Value;

use super::sums::{Bounds, Sums, Unknown, divisor};

/// Percents are read in parts of so many of the whole: half a hundredth of a percent.
const PARTS: i128 = 20_000;
/// Within this of nobody or of everybody a count of few answers is protected; classes are made with it.
pub(super) const NEAR: u32 = 5;
/// Answers from which there are no classes.
pub(super) const COUNTS_FROM: u32 = 50;

/// The widest denominator: with it, a hundred numbers of answers in parts of 10⁻¹² are far from the end of 128 bits.
const WIDEST: i128 = 1_000_000_000_000_000;

/// From when to when, in twentythousandths; the last is in it or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Percent {
    from: i128,
    to: i128,
    is_to_in: bool,
    /// The percents of a class.
    class: Option<(u32, u32)>,
}

impl Percent {
    /// `84`, `83.94`, `80-90`, `<=5` or `>=95`; values are rounded half up.
    pub(super) fn of(text: &str) -> Self {
        let whole = |text: &str| text.parse::<u32>().unwrap();
        let told = |from: u32, to: u32, is_to_in, class| Self { from: 200 * i128::from(from), to: 200 * i128::from(to), is_to_in, class };
        if let Some((from, below)) = text.split_once('-') {
            let (from, below) = (whole(from), whole(below));
            return told(from, below, below == 100, Some((from, below)));
        }
        match (text.strip_prefix("<="), text.strip_prefix(">="), text.split_once('.')) {
            (Some(most), ..) => told(0, whole(most), true, None),
            (_, Some(least), _) => told(whole(least), 100, true, None),
            (.., Some((percents, hundredths))) => {
                let twice = 2 * i128::from(whole(percents) * 100 + whole(hundredths));
                Self { from: twice - 1, to: twice + 1, is_to_in: false, class: None }
            }
            _ => {
                let all = 200 * i128::from(whole(text));
                Self { from: all - 100, to: all + 100, is_to_in: false, class: None }
            }
        }
    }

    /// `part` is so much of `each` times `base`.
    pub(super) fn hold(self, sums: &mut Sums, part: Unknown, (base, each): (Unknown, i128)) {
        sums.at_least(&[(part, PARTS), (base, -self.from * each)], 0);
        sums.at_most(&[(part, PARTS), (base, -self.to * each)], if self.is_to_in { 0 } else { -1 });
        if let Some(class) = self.class {
            let few = (1..COUNTS_FROM).filter(|base| has_class(*base * u32::try_from(each).unwrap(), class));
            sums.only(base, &few.map(i128::from).collect());
        }
    }

    /// The sum of these fractions of unknown numbers is so much.
    pub(super) fn hold_mean(self, sums: &mut Sums, terms: &[Fraction]) {
        hold_fractions(sums, terms, (self.from, self.to, PARTS), self.is_to_in);
    }
}

/// `number × up / down`.
pub(super) type Fraction = (Unknown, i128, i128);

/// The sum of these fractions is this decimal, rounded half up.
pub(super) fn hold_decimal(sums: &mut Sums, terms: &[Fraction], text: &str) {
    hold_fractions(sums, terms, rounded(text), false);
}

/// A decimal as it was rounded: what it is from, what it is under, and of how many parts these are.
fn rounded(text: &str) -> (i128, i128, i128) {
    let (whole, places) = text.split_once('.').unwrap_or((text, ""));
    let twice = 2 * format!("{whole}{places}").parse::<i128>().unwrap();
    (twice - 1, twice + 1, 2 * 10_i128.pow(u32::try_from(places.len()).unwrap()))
}

/// The sum of fractions is from the first to the second, in parts of a whole. What is beyond 128 bits is passed over.
fn hold_fractions(sums: &mut Sums, terms: &[Fraction], (from, to, parts): (i128, i128, i128), is_to_in: bool) {
    if terms.iter().all(|(unknown, ..)| sums.value(*unknown).is_some()) {
        return;
    }
    let shared = |common: i128, (_, _, down): &Fraction| (common / divisor(common, *down)).checked_mul(*down);
    let common = terms.iter().try_fold(1_i128, shared).filter(|common| *common < WIDEST);
    let Some(common) = common else { return };
    let scaled: Vec<(Unknown, i128)> = terms.iter().map(|(unknown, up, down)| (*unknown, up * (common / down) * parts)).collect();
    sums.between(&scaled, (from * common, to * common - i128::from(!is_to_in)));
}

thread_local! {
    /// The classes of counts of up to so many, from what percent to what.
    static CLASSES: RefCell<HashMap<u32, Vec<(u32, u32)>>> = RefCell::default();
}

/// Whether counts of up to `most` are printed in classes of which this is one.
fn has_class(most: u32, class: (u32, u32)) -> bool {
    let of = |most: u32| {
        let classes = Classes::of(most, NEAR);
        let each = (0..=most).filter_map(|count| classes.as_ref()?.class(count));
        each.map(|class| (class.from, class.below)).collect::<Vec<_>>()
    };
    CLASSES.with_borrow_mut(|known| known.entry(most).or_insert_with(|| of(most)).contains(&class))
}

/// A number of sheets or answers: `61`, `"10-49"`, or nothing.
pub(super) fn number(value: &Value) -> Option<Bounds> {
    if let Some(number) = value.as_i64() {
        return Some((number.into(), number.into()));
    }
    let (from, to) = value.as_str()?.split_once('-')?;
    Some((from.parse().unwrap(), to.parse().unwrap()))
}

/// How many of `base` chose something, as a share is printed; nothing where it is not.
pub(super) fn hold_share(sums: &mut Sums, share: &Value, part: Unknown, base: Unknown) {
    if let Some(bounds) = number(&share["count"]) {
        sums.within(part, bounds);
    } else if let Some(text) = share["percent"].as_str() {
        Percent::of(text).hold(sums, part, (base, 1));
    }
}

#[test]
fn every_form_of_a_percent_is_read() {
    let told = |text: &str| {
        let percent = Percent::of(text);
        (percent.from, percent.to, percent.is_to_in)
    };
    assert_eq!(told("84"), (16_700, 16_900, false));
    assert_eq!(told("83.94"), (16_787, 16_789, false));
    assert_eq!(told("80-90"), (16_000, 18_000, false));
    assert_eq!(told("80-100"), (16_000, 20_000, true));
    assert_eq!(told("<=5"), (0, 1_000, true));
    assert_eq!(told(">=95"), (19_000, 20_000, true));
    assert_eq!(rounded("2.65"), (529, 531, 200));
}
