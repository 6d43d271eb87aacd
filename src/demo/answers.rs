//! Answers of people who do not exist: different by unit, factor and mode, with those who tick one column, leave out items or write.

use rand::rngs::ChaCha20Rng;
use rand::{Rng, RngExt, SeedableRng};

use crate::directory::Form;
use crate::survey::mode::Mode;
use crate::survey::reading::{NO_OPINION_CODE, WRITE_IN_SUFFIX};
use crate::survey::{Item, Kind};

/// Of a hundred respondents, so many tick the same step everywhere.
const STRAIGHT_LINERS: u32 = 6;
/// Of a hundred items, so many are left out.
const LEFT_OUT: u32 = 3;
/// Of a hundred respondents, so many write something.
const WRITERS: u32 = 4;

/// Of a hundred units in an official's scope, so many the official has not worked with.
const NOT_WORKED_WITH: u32 = 12;

const REMARKS: [&str; 5] = [
    "Cán bộ hướng dẫn rõ ràng, dễ hiểu.",
    "Nên có thêm ghế ngồi chờ và nước uống.",
    "Hồ sơ trực tuyến đôi lúc bị lỗi, mong sớm khắc phục.",
    "Trả kết quả đúng hẹn, cảm ơn bộ phận một cửa.",
    "Mong công khai tiến độ xử lý kiến nghị.",
];

/// Invents respondents, the same ones for the same seed.
#[derive(Debug)]
pub(super) struct Inventor {
    random: ChaCha20Rng,
    seed: u64,
}

/// One invented sheet.
#[derive(Debug)]
pub(super) struct Invented {
    /// Place of the unit in the form's list.
    pub(super) unit: usize,
    /// How it came.
    pub(super) mode: Mode,
    /// Fields as a browser would send them.
    pub(super) fields: Vec<(String, String)>,
}

impl Inventor {
    /// An inventor.
    #[must_use]
    pub(super) fn new(seed: u64) -> Self {
        Self { random: ChaCha20Rng::seed_from_u64(seed), seed }
    }

    /// Invents one respondent of a form.
    pub(super) fn respondent(&mut self, form: &Form) -> Invented {
        // The last unit gets a handful of sheets, so that the demo shows what is not shown.
        let last = form.units.len().saturating_sub(1);
        let unit =
            if self.percent() == 0 && self.random.random_range(0..20) == 0 { last } else { self.random.random_range(0..last.max(1)) };
        let mode = match self.percent() {
            0..45 => Mode::Link,
            45..75 => Mode::Desk,
            75..88 => Mode::Interview,
            _ => Mode::Paper,
        };
        let lenience = self.random.random_range(-12..=12) + if mode == Mode::Desk { 4 } else { 0 };
        let same_step = (self.percent() < STRAIGHT_LINERS).then(|| self.random.random_range(2..5_usize));
        let mut fields = Vec::with_capacity(form.questionnaire.items.len());
        for (place, item) in form.questionnaire.items.iter().enumerate() {
            let mood = lenience + self.lean(unit, 8) + self.lean(unit * 97 + 1000 + item.factor.unwrap_or(place), 7);
            self.answer(item, mood, same_step, &mut fields);
        }
        Invented { unit, mode, fields }
    }

    /// Invents what one official says about a unit; none who has not worked with it.
    pub(super) fn official(&mut self, form: &Form, unit: i32) -> Option<Vec<(String, String)>> {
        if self.percent() < NOT_WORKED_WITH {
            return None;
        }
        let unit = usize::try_from(unit).unwrap_or_default();
        let lenience = self.random.random_range(-10..=10) + self.lean(unit * 31 + 7, 12) - 8;
        let mut fields = Vec::new();
        for item in &form.questionnaire.items {
            let mood = lenience + self.lean(unit * 131 + item.criterion.unwrap_or_default(), 9);
            self.answer(item, mood, None, &mut fields);
        }
        Some(fields)
    }

    fn percent(&mut self) -> u32 {
        self.random.random_range(0..100)
    }

    /// How much better or worse something is than the rest, fixed for a seed: two rounds of a multiplicative hash.
    fn lean(&self, of: usize, most: i32) -> i32 {
        let mut bits = self.seed ^ u64::try_from(of).unwrap_or_default();
        for _ in 0..2 {
            bits = (bits ^ (bits >> 29)).wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        }
        i32::try_from((bits >> 32) % u64::from(most.unsigned_abs() * 2 + 1)).unwrap_or_default() - most
    }

    fn answer(&mut self, item: &Item, mood: i32, same_step: Option<usize>, fields: &mut Vec<(String, String)>) {
        if item.is_remark() {
            if self.percent() < WRITERS {
                fields.push((item.code.clone(), self.remark().to_owned()));
            }
            return;
        }
        if self.percent() < LEFT_OUT {
            return;
        }
        if item.no_opinion && self.percent() < 5 {
            fields.push((item.code.clone(), NO_OPINION_CODE.to_owned()));
            return;
        }
        let choices = item.choices();
        let chosen = match &item.kind {
            Kind::Scale { steps, .. } => vec![same_step.unwrap_or_else(|| self.step(mood, steps.len())).min(steps.len().saturating_sub(1))],
            Kind::Multiple(choices) => (0..choices.len()).filter(|_| self.percent() < 35).collect(),
            _ => vec![self.random.random_range(0..choices.len().max(1))],
        };
        for choice in chosen.into_iter().filter_map(|place| choices.get(place)) {
            fields.push((item.code.clone(), choice.code.clone()));
            if choice.write_in && self.percent() < 30 {
                fields.push((format!("{}{WRITE_IN_SUFFIX}", item.code), "tờ rơi".to_owned()));
            }
        }
    }

    /// A step of a scale: a roll of 100 moved by the mood and cut where satisfaction surveys usually are.
    fn step(&mut self, mood: i32, steps: usize) -> usize {
        let roll = i32::try_from(self.percent()).unwrap_or_default() + mood;
        let five = match roll {
            ..2 => 0,
            2..6 => 1,
            6..17 => 2,
            17..72 => 3,
            _ => 4,
        };
        five * steps.saturating_sub(1) / 4
    }

    fn remark(&mut self) -> &'static str {
        let place = usize::try_from(self.random.next_u32()).unwrap_or_default() % REMARKS.len();
        REMARKS.get(place).copied().unwrap_or_default()
    }
}
