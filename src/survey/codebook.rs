//! The codebook: where each answer stands in the packed bytes of a sheet, and what each byte means.
//!
//! | item | bytes | meaning |
//! |---|---|---|
//! | one of several options, a scale, yes-no | 1 | 0 not shown, 1 skipped, 2 no opinion or not applicable, 3 the first option, and so on |
//! | several options | 1 + ⌈options / 8⌉ | 0, 1, 2 as above or 3 answered; then a bit mask, option 1 in the lowest bit of its first byte |
//! | remark | 0 | kept in a table of its own, linked to no sheet |

use super::sheet::{Answer, AnswerSheet};
use super::{Item, Questionnaire, Role};

/// Stored byte of an item that was not shown.
pub const NOT_SHOWN: u8 = 0;
/// Stored byte of an item that was passed over.
pub const SKIPPED: u8 = 1;
/// Stored byte of "no opinion" or "not applicable".
pub const NO_OPINION: u8 = 2;
/// Stored byte of the first option; also says "answered" before a bit mask.
pub const FIRST_OPTION: u8 = 3;
/// Most options of one item: they have to fit a bit mask of 64.
pub const OPTIONS_MAX: usize = 64;

/// Where the answer to one item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredItem {
    /// The item, as a place in [`Questionnaire::items`].
    pub item: usize,
    /// First byte.
    pub offset: usize,
    /// How many bytes.
    pub width: usize,
    /// How many options the item has.
    pub options: usize,
    /// Whether several may be chosen.
    pub multiple: bool,
    /// Whether it asks for an answer, and not for something about the respondent.
    pub question: bool,
}

impl StoredItem {
    /// Whether an option stands here on a packed sheet.
    fn is_chosen(&self, bytes: &[u8]) -> bool {
        bytes.get(self.offset).is_some_and(|first| *first >= FIRST_OPTION)
    }
}

/// The layout of a questionnaire's packed sheets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codebook {
    columns: Vec<StoredItem>,
    items: usize,
    width: usize,
}

/// Packed bytes that this codebook cannot have made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a stored sheet does not fit its codebook (byte {offset} of {width}); was the definition or the database changed by hand?")]
pub struct Damaged {
    /// First byte that is impossible; the length of the bytes where that is wrong.
    pub offset: usize,
    /// How many bytes a sheet has.
    pub width: usize,
}

impl Codebook {
    /// The layout of a questionnaire.
    #[must_use]
    pub fn new(questionnaire: &Questionnaire) -> Self {
        let mut width = 0;
        let mut columns = Vec::new();
        for (place, item) in questionnaire.items.iter().enumerate() {
            let bytes = bytes_of(item);
            if bytes > 0 {
                let (options, multiple, question) = (item.choices().len(), item.is_multiple(), item.role == Role::Question);
                columns.push(StoredItem { item: place, offset: width, width: bytes, options, multiple, question });
            }
            width += bytes;
        }
        Self { columns, items: questionnaire.items.len(), width }
    }

    /// Items that are packed, in order.
    #[must_use]
    pub fn columns(&self) -> &[StoredItem] {
        &self.columns
    }

    /// Length of a packed sheet in bytes.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Whether an option of a question was chosen on a packed sheet, as [`AnswerSheet::has_answer`] says it of one that is not packed.
    /// Bytes that are no sheet of this layout are left to [`Codebook::unpack`], which names the damage.
    #[must_use]
    pub fn has_answer(&self, bytes: &[u8]) -> bool {
        bytes.len() != self.width || self.columns.iter().any(|column| column.question && column.is_chosen(bytes))
    }

    /// Packs the answers of a sheet; what was written is kept elsewhere.
    #[must_use]
    pub fn pack(&self, sheet: &AnswerSheet) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.width);
        for column in &self.columns {
            let answer = sheet.answers.get(column.item).copied().unwrap_or(Answer::Skipped);
            bytes.push(first_byte(answer));
            if column.multiple {
                let mask = if let Answer::Options(mask) = answer { mask } else { 0 };
                bytes.extend(mask.to_le_bytes().iter().take(column.width - 1));
            }
        }
        bytes
    }

    /// Reads packed answers back; the sheet has no remarks, because none are kept with it.
    ///
    /// # Errors
    /// When the bytes cannot come from [`Codebook::pack`].
    pub fn unpack(&self, bytes: &[u8]) -> Result<AnswerSheet, Damaged> {
        if bytes.len() != self.width {
            return Err(Damaged { offset: bytes.len(), width: self.width });
        }
        let mut answers = vec![Answer::Skipped; self.items];
        for column in &self.columns {
            let stored = bytes.get(column.offset..column.offset + column.width).unwrap_or_default();
            let answer = answer_of(column, stored).ok_or(Damaged { offset: column.offset, width: self.width })?;
            if let Some(place) = answers.get_mut(column.item) {
                *place = answer;
            }
        }
        Ok(AnswerSheet { answers, remarks: Vec::new() })
    }
}

fn bytes_of(item: &Item) -> usize {
    if item.is_remark() {
        0
    } else if item.is_multiple() {
        1 + item.choices().len().div_ceil(8)
    } else {
        1
    }
}

fn first_byte(answer: Answer) -> u8 {
    match answer {
        Answer::NotShown => NOT_SHOWN,
        Answer::Skipped => SKIPPED,
        Answer::NoOpinion => NO_OPINION,
        Answer::Option(place) => place.saturating_add(FIRST_OPTION),
        Answer::Options(_) => FIRST_OPTION,
    }
}

fn answer_of(column: &StoredItem, stored: &[u8]) -> Option<Answer> {
    let (&first, rest) = stored.split_first()?;
    let mut wide = [0; 8];
    wide.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    let mask = u64::from_le_bytes(wide);
    match first {
        NOT_SHOWN | SKIPPED | NO_OPINION if mask != 0 => None,
        NOT_SHOWN => Some(Answer::NotShown),
        SKIPPED => Some(Answer::Skipped),
        NO_OPINION => Some(Answer::NoOpinion),
        FIRST_OPTION if column.multiple => {
            let beyond = mask.checked_shr(u32::try_from(column.options).ok()?).unwrap_or(0);
            (mask != 0 && beyond == 0).then_some(Answer::Options(mask))
        }
        option if !column.multiple && usize::from(option - FIRST_OPTION) < column.options => Some(Answer::Option(option - FIRST_OPTION)),
        _ => None,
    }
}
