//! How cells look.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, XlsxError};

use super::{fitting, refused};
use crate::spreadsheet::is_formula;

/// Most decimals that Excel shows.
const MOST_DECIMALS: usize = 30;

/// How cells of a workbook look.
pub(super) struct Styles {
    title: Format,
    head: Format,
    /// For texts: on several lines, and on one that is cut where the cell ends.
    plain: [Format; 2],
    /// The same for texts that would become formulas when somebody edits their cells.
    quoted: [Format; 2],
    /// By how many decimals are shown.
    numbers: Vec<Format>,
}

impl Styles {
    pub(super) fn new() -> Self {
        let cell = || Format::new().set_align(FormatAlign::Top);
        let quoted = || cell().set_quote_prefix();
        let number = |decimals| cell().set_num_format(number_code(decimals));
        Self {
            title: cell().set_bold().set_text_wrap(),
            head: cell().set_bold().set_text_wrap().set_border_bottom(FormatBorder::Thin),
            plain: [cell().set_text_wrap(), cell()],
            quoted: [quoted().set_text_wrap(), quoted()],
            numbers: (0..=MOST_DECIMALS).map(number).collect(),
        }
    }

    pub(super) fn title(&self) -> &Format {
        &self.title
    }

    pub(super) fn head(&self) -> &Format {
        &self.head
    }

    /// The look of a text in a column of a width.
    pub(super) fn of_text(&self, text: &str, width: u16) -> &Format {
        let [lines, line] = if is_formula(text) { &self.quoted } else { &self.plain };
        if fitting::is_in_lines(text, width) { lines } else { line }
    }

    /// The look of a number with so many decimals.
    pub(super) fn of_number(&self, decimals: usize) -> Result<&Format, XlsxError> {
        self.numbers.get(decimals).ok_or_else(|| refused(format!("{decimals} decimals cannot be shown, only up to {MOST_DECIMALS}")))
    }
}

/// The code of a number, which is written like this in every language.
fn number_code(decimals: usize) -> String {
    if decimals == 0 { "#,##0".to_owned() } else { format!("#,##0.{}", "0".repeat(decimals)) }
}
