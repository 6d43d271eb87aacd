//! How a sheet is printed: no column on a page of its own, the head on every page, and below which page of which round it is.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::WorkbookSheet;

/// What Excel calls A3 and A4.
const A3: u8 = 8;
const A4: u8 = 9;

/// Characters up to which a page of A4 is upright, and up to which it is wide enough; of more the print would be too small to read.
const UPRIGHT_MOST: u32 = 95;
const A4_MOST: u32 = 200;

/// Most characters of a title at the foot of a page: Excel takes 255 letters, with the number of the page.
const FOOT_MOST: usize = 110;

/// Margins in inches: left, right, top, bottom, and those of what stands above and below.
const MARGINS: [f64; 6] = [0.4, 0.4, 0.5, 0.6, 0.3, 0.3];

/// Says how a sheet is printed.
pub(super) fn arrange(page: &mut Worksheet, sheet: &WorkbookSheet<'_>) -> Result<(), XlsxError> {
    let wide: u32 = sheet.columns.iter().map(|column| u32::from(column.width)).sum();
    page.set_repeat_rows(sheet.head(), sheet.head())?;
    page.set_paper_size(if wide > A4_MOST { A3 } else { A4 }).set_print_fit_to_pages(1, 0);
    if wide > UPRIGHT_MOST {
        page.set_landscape();
    }
    let [left, right, top, bottom, header, footer] = MARGINS;
    page.set_margins(left, right, top, bottom, header, footer);
    page.set_footer(foot(sheet));
    Ok(())
}

/// What stands at the foot of each page: the round, and the number of the page. An `&` alone would begin a command of Excel.
fn foot(sheet: &WorkbookSheet<'_>) -> String {
    let title = sheet.title.as_deref().unwrap_or(&sheet.name);
    let short: String = title.chars().take(FOOT_MOST).collect();
    // Where it is cut, it ends with a whole sentence, if there is one.
    let (short, cut) = match short.rsplit_once(". ") {
        _ if short.len() == title.len() => (&*short, ""),
        Some((whole, _)) => (whole, ""),
        None => (&*short, "…"),
    };
    // The blank keeps a number that a title begins with apart from the size of the letters.
    format!("&L&8 {}{cut}&R&8 &P/&N", short.trim_end().replace('&', "&&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(title: &str) -> WorkbookSheet<'static> {
        WorkbookSheet { name: "A".to_owned(), title: Some(title.to_owned()), columns: Vec::new(), rows: Vec::new() }
    }

    #[test]
    fn the_foot_of_a_page_has_the_round_and_fits() {
        assert_eq!(foot(&sheet("Đợt A & B")), "&L&8 Đợt A && B&R&8 &P/&N");
        assert_eq!(foot(&sheet(&format!("Đợt A. MẪU. {}", "x".repeat(200)))), "&L&8 Đợt A. MẪU&R&8 &P/&N");
        let long = foot(&sheet(&"&".repeat(300)));
        assert!(long.contains('…') && long.chars().count() <= 255, "{long}");
    }
}
