//! Disclosure: what may be printed. The rule text is `design/anonymity.md`, "Output".
//!
//! A value is printed only as a [`Shown`], and only this module makes one; nothing else can be printed. Classes come from
//! [`super::coarse`], which says where there is one. The one exception is reading a frozen snapshot back: its values were shown when it was
//! made.
//!
//! | printed | from | how |
//! |---|---|---|
//! | a number of sheets or of valid answers | the floor, at least 10 | `10-49`; as it is from 50 |
//! | points, and the one index that they are made of | the floor | two decimals; under 50 the index *is* that number, in points too |
//! | value of an item, share of an option | the floor | classes of [`super::coarse`]; whole percents from 50; two decimals from 200 |
//! | index of a factor or content | the floor | what follows from its printed items; two decimals where all of these are exact |
//! | how many chose an option, fractions, values held at 12 decimals, what officials answered | 50 | |
//!
//! A part of one item is printed like that item.
//!
//! The numbers are valid answers to the item, for an index of several items the fewest to any of them. Who is counted at all is said by
//! [`super::population`], and which classes may stand beside exact points by [`super::witness`].

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::coarse::Class;
use super::component;
use super::decimal::Held;
use super::index::{IndexScore, ItemScore};
use super::officials::{self, Ratings};
pub use super::percent::{Bounds, Percent};
use super::thresholds::Thresholds;

/// A value that may be printed.
///
/// It can be read from a snapshot; nothing but this module can make one otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Shown<T>(T);

impl<T> Shown<T> {
    /// The value.
    pub fn get(&self) -> &T {
        &self.0
    }

    /// The same value in another type: one that was read from a frozen snapshot becomes what is printed from today.
    #[must_use]
    pub fn turned<U: From<T>>(self) -> Shown<U> {
        Shown(U::from(self.0))
    }
}

/// A number of sheets or of valid answers. In JSON it is a number, or under 50 the text `10-49`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetsTold {
    /// As many as this.
    Exactly(u32),
    /// From the first to the second: too few to be told.
    Between(u32, u32),
}

impl SheetsTold {
    /// How many there are; none where that is not told.
    #[must_use]
    pub fn exactly(self) -> Option<u32> {
        match self {
            Self::Exactly(sheets) => Some(sheets),
            Self::Between(..) => None,
        }
    }

    /// The number itself, or the least it may be.
    #[must_use]
    pub fn least(self) -> u32 {
        match self {
            Self::Exactly(sheets) | Self::Between(sheets, _) => sheets,
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let (from, to) = text.split_once('-')?;
        let (from, to) = (from.parse().ok()?, to.parse().ok()?);
        let sheets = Self::Between(from, to);
        (from <= to && sheets.to_string() == text).then_some(sheets)
    }
}

impl From<u32> for SheetsTold {
    fn from(sheets: u32) -> Self {
        Self::Exactly(sheets)
    }
}

impl std::fmt::Display for SheetsTold {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Exactly(sheets) => write!(formatter, "{sheets}"),
            Self::Between(from, to) => write!(formatter, "{from}-{to}"),
        }
    }
}

impl Serialize for SheetsTold {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Exactly(sheets) => serializer.serialize_u32(*sheets),
            Self::Between(..) => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for SheetsTold {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum WrittenCount {
            Number(u32),
            Text(String),
        }
        match WrittenCount::deserialize(deserializer)? {
            WrittenCount::Number(sheets) => Ok(Self::Exactly(sheets)),
            WrittenCount::Text(text) => {
                Self::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("`{text}` is no printed number of sheets")))
            }
        }
    }
}

/// How large a part is, and how many chose it where that may be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// The part in percent.
    pub percent: Percent,
    /// How many sheets; none under 50.
    pub count: Option<u32>,
}

/// A value in percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// As it is printed.
    pub percent: Percent,
    /// As it is held; none under 50.
    pub held: Option<Held>,
}

/// Points out of a maximum, as they may be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Points {
    /// Two decimals with a point: `9.12`.
    pub printed: String,
    /// As they are held; none under 50.
    pub held: Option<Held>,
}

/// The fraction an item's value is made of: `100 × given / of`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fraction {
    /// Satisfied answers, or the sum of levels.
    pub given: u64,
    /// The most it could be: valid answers times what one answer can give.
    pub of: u64,
}

impl Thresholds {
    /// The place where a value becomes one that may be printed, if it may.
    fn pass<T>(may: bool, value: T) -> Option<Shown<T>> {
        may.then_some(Shown(value))
    }

    /// A number of sheets of a row that is printed whole: each is none, or reaches the floor.
    pub(super) fn of_row(self, sheets: u32) -> Shown<SheetsTold> {
        self.count(sheets).unwrap_or(Shown(SheetsTold::Exactly(0)))
    }

    /// A number of sheets; none under the floor, and none for no sheets either.
    #[must_use]
    pub fn count(self, sheets: u32) -> Option<Shown<SheetsTold>> {
        let told = if self.few(sheets) { SheetsTold::Between(self.floor, self.counts_from - 1) } else { SheetsTold::Exactly(sheets) };
        Self::pass(sheets >= self.floor, told)
    }

    /// The part of `base` sheets that chose something; none where they are too few for a count.
    #[must_use]
    pub fn share(self, part: u32, base: u32) -> Option<Shown<Share>> {
        let percent = Percent::of_answers(Percent::exact(part, base)?, base, self);
        Self::pass(!self.few(base), Share { percent, count: Some(part) })
    }

    /// The class of a share.
    pub(super) fn class_of_share(class: Class) -> Shown<Share> {
        Shown(Share { percent: Percent::class(class.from, class.below), count: None })
    }

    /// The value of an item; none under the threshold of counts.
    #[must_use]
    pub fn item(self, score: &ItemScore) -> Option<Shown<Figure>> {
        let percent = Percent::of_answers(score.value(), score.valid, self);
        Self::pass(!self.few(score.valid), Figure { percent, held: Some(score.value()) })
    }

    /// The class that a value is in.
    pub(super) fn class(from: u32, below: u32) -> Shown<Figure> {
        Shown(Figure { percent: Percent::class(from, below), held: None })
    }

    /// The fraction behind the value of an item, from the threshold of counts on.
    #[must_use]
    pub fn fraction(self, score: &ItemScore) -> Option<Shown<Fraction>> {
        let of = u64::from(score.valid) * u64::from(score.most);
        Self::pass(!self.few(score.valid), Fraction { given: score.given, of })
    }

    /// The index of the whole, which points are made of. Under the threshold of counts its value is the printed one.
    #[must_use]
    pub fn index(self, score: &IndexScore) -> Option<Shown<Figure>> {
        let value = score.value?;
        let held = (!self.few(score.fewest)).then_some(value);
        Self::pass(score.fewest >= self.floor, Figure { percent: Percent::two_decimals(value), held })
    }

    /// The index of a factor or content all of whose items are printed as they are.
    pub(super) fn part(self, score: &IndexScore) -> Option<Shown<Figure>> {
        let value = score.value?;
        let percent = if score.used < 2 { Percent::of_answers(value, score.fewest, self) } else { Percent::two_decimals(value) };
        Self::pass(!self.few(score.fewest), Figure { percent, held: Some(value) })
    }

    /// The value of the index: held, or under the threshold of counts as it is printed. One value, whatever is made of it.
    #[must_use]
    pub fn index_value(self, score: &IndexScore) -> Option<Held> {
        let figure = self.index(score)?;
        figure.get().held.or_else(|| figure.get().percent.number().parse().ok())
    }

    /// The satisfaction component.
    #[must_use]
    pub fn points(self, maximum_hundredths: u32, index: &IndexScore) -> Option<Shown<Points>> {
        let points = component::points(maximum_hundredths, self.index_value(index)?);
        let held = (!self.few(index.fewest)).then_some(points);
        Self::pass(true, Points { printed: points.to_fixed(2), held })
    }

    /// Points of ratings, the fewest of which are so many. Under the threshold of counts their value is the printed one.
    pub(super) fn rated(self, points: Held, fewest: u32) -> Option<Shown<Points>> {
        let held = (!self.few(fewest)).then_some(points);
        Self::pass(fewest >= self.floor, Points { printed: points.to_fixed(2), held })
    }

    /// The part of the maximum that the ratings of a group give.
    pub(super) fn rating(self, ratings: &Ratings) -> Option<Shown<Figure>> {
        let value = officials::share(ratings)?;
        let percent = Percent::of_answers(value, ratings.sheets, self);
        Self::pass(!self.few(ratings.sheets), Figure { percent, held: Some(value) })
    }

    /// The part of `base` answers, given on so many sheets: the sheets decide how exactly it is printed.
    pub(super) fn share_of_answers(self, part: u32, base: u32, sheets: u32) -> Option<Shown<Share>> {
        let percent = Percent::of_answers(Percent::exact(part, base)?, sheets, self);
        Self::pass(!self.few(sheets), Share { percent, count: Some(part) })
    }

    /// The mean of values each of which is printed; none of none.
    pub(super) fn mean(values: &[Held]) -> Option<Shown<String>> {
        Self::pass(true, Held::mean_of(values)?.to_fixed(2))
    }
}

impl Points {
    /// The value: held, or as it is printed where that is all there is.
    #[must_use]
    pub fn value(&self) -> Option<Held> {
        self.held.or_else(|| self.printed.parse().ok())
    }
}
