//! The layout of a tally: which count a stored byte belongs to, and which bytes are possible at all.
//!
//! Every stored byte owns as many counts as it has possible values, and its value is its place among them. So one loop counts single
//! choices, first bytes and bit masks alike; how often an option of several was chosen is the sum over the masks that have its bit.

use super::counts::{Counts, ItemCounts};
use crate::survey::codebook::{Codebook, Damaged, FIRST_OPTION, NO_OPINION, NOT_SHOWN, SKIPPED, StoredItem};

/// Places of counts, made once from a codebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    columns: Vec<StoredItem>,
    /// Highest possible value of each byte. A bit beyond the last option makes a mask byte too high, so one comparison serves all.
    highest: Vec<u8>,
    /// Where the counts of each byte begin.
    bases: Vec<usize>,
    slots: usize,
}

impl Layout {
    pub(super) fn new(codebook: &Codebook) -> Self {
        let highest: Vec<u8> = codebook.columns().iter().flat_map(highest_bytes).collect();
        let mut slots = 0;
        let mut bases = Vec::with_capacity(highest.len());
        for highest in &highest {
            bases.push(slots);
            slots += usize::from(*highest) + 1;
        }
        Self { columns: codebook.columns().to_vec(), highest, bases, slots }
    }

    /// How many counts a cell has.
    pub(super) fn slots(&self) -> usize {
        self.slots
    }

    /// Whether a question whose item is wanted has a valid answer.
    pub(super) fn is_answered(&self, packed: &[u8], wanted: impl Fn(usize) -> bool) -> bool {
        let questions = self.columns.iter().filter(|column| column.question && wanted(column.item));
        questions.filter_map(|column| packed.get(column.offset)).any(|byte| *byte >= FIRST_OPTION)
    }

    /// Whether the bytes can come from the codebook.
    pub(super) fn check(&self, packed: &[u8]) -> Result<(), Damaged> {
        let width = self.highest.len();
        if packed.len() != width {
            return Err(Damaged { offset: packed.len(), width });
        }
        // Without an early end, and in bytes, the comparison runs on many bytes at once.
        let beyond = packed.iter().zip(&self.highest).fold(0, |beyond, (byte, highest)| beyond | u8::from(byte > highest));
        let in_range = beyond == 0;
        let bad = self.columns.iter().filter(|column| !in_range || column.multiple).find(|column| !self.fits(column, packed));
        bad.map_or(Ok(()), |column| Err(Damaged { offset: column.offset, width }))
    }

    /// Whether each byte of a column is possible, and a mask has a bit exactly when its first byte says "answered".
    fn fits(&self, column: &StoredItem, packed: &[u8]) -> bool {
        let mut bytes = packed.iter().zip(&self.highest).skip(column.offset).take(column.width);
        let in_range = bytes.clone().all(|(byte, highest)| byte <= highest);
        let answered = bytes.next().is_some_and(|(first, _)| *first == FIRST_OPTION);
        in_range && (!column.multiple || answered == bytes.any(|(mask, _)| *mask != 0))
    }

    /// Counts checked bytes. No count may stand at its highest number.
    pub(super) fn count(&self, packed: &[u8], counts: &mut [u32]) {
        for (byte, base) in packed.iter().zip(&self.bases) {
            if let Some(count) = counts.get_mut(base + usize::from(*byte)) {
                *count = count.wrapping_add(1);
            }
        }
    }

    /// Turns flat counts into counts by item.
    pub(super) fn read(&self, sheets: u32, counts: &[u32]) -> Counts {
        let mut items = vec![ItemCounts::default(); self.columns.last().map_or(0, |column| column.item + 1)];
        for column in &self.columns {
            if let Some(item) = items.get_mut(column.item) {
                *item = self.read_column(column, counts);
            }
        }
        Counts { sheets, items }
    }

    fn read_column(&self, column: &StoredItem, counts: &[u32]) -> ItemCounts {
        let first = self.counts_of(column.offset, counts);
        let at = |byte: u8| first.get(usize::from(byte)).copied().unwrap_or(0);
        let answered = first.iter().skip(usize::from(FIRST_OPTION));
        let options = if column.multiple {
            (0..column.options).map(|option| sum(with_bit(self.counts_of(column.offset + 1 + option / 8, counts), option % 8))).collect()
        } else {
            answered.clone().copied().collect()
        };
        ItemCounts { not_shown: at(NOT_SHOWN), skipped: at(SKIPPED), no_opinion: at(NO_OPINION), valid: sum(answered), options }
    }

    /// The counts of one stored byte, by its value.
    fn counts_of<'a>(&self, byte: usize, counts: &'a [u32]) -> &'a [u32] {
        let base = self.bases.get(byte).copied().unwrap_or(self.slots);
        let end = self.bases.get(byte + 1).copied().unwrap_or(self.slots);
        counts.get(base..end).unwrap_or_default()
    }
}

/// Highest possible values of a column's bytes.
fn highest_bytes(column: &StoredItem) -> Vec<u8> {
    let byte = |value: usize| u8::try_from(value).unwrap_or(u8::MAX);
    if !column.multiple {
        return vec![byte(usize::from(NO_OPINION) + column.options)];
    }
    let bits = (1..column.width).map(|place| column.options.saturating_sub((place - 1) * 8).min(8));
    std::iter::once(FIRST_OPTION).chain(bits.map(|bits| byte((1 << bits) - 1))).collect()
}

/// Counts of the masks in which a bit is set.
fn with_bit(counts: &[u32], bit: usize) -> impl Iterator<Item = &u32> {
    counts.iter().enumerate().filter(move |(mask, _)| mask >> bit & 1 == 1).map(|(_, count)| count)
}

fn sum<'a>(counts: impl Iterator<Item = &'a u32>) -> u32 {
    counts.fold(0, |sum, count| sum.saturating_add(*count))
}
