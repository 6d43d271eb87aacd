//! What stands on paper and on no screen: whose page it is, at the foot of each sheet, and the address at which the rest is.

use std::fmt::Write;

use maud::{Markup, html};

use crate::words::Words;

/// How pages of results look on paper.
pub(super) const STYLE: &str = include_str!("print.css");

/// The style of the foot of each sheet: the title of the page, the round where that is another text, and the number of the sheet.
pub(super) fn foot(title: &str, round: &str) -> String {
    let whose = if title == round { quoted(title) } else { quoted(&format!("{title} · {round}")) };
    format!("@page{{@bottom-left{{content:{whose}}}@bottom-right{{content:counter(page)\"/\"counter(pages)}}}}")
}

/// Where what was printed is on the web, if that is known, and what paper leaves out.
pub(super) fn whence(words: Words, address: Option<&str>) -> Markup {
    html! { p.paper { (words.with("results-printed", [("address", address.unwrap_or("none"))])) } }
}

/// A text as style has it. What could end the text, the style or the page is written by its number.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        if matches!(letter, '"' | '\\' | '<' | '>' | '&') || letter.is_control() {
            // Writing to a string cannot fail.
            let _ = write!(quoted, "\\{:x} ", u32::from(letter));
        } else {
            quoted.push(letter);
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_ends_the_text_or_the_style_at_the_foot_of_a_sheet() {
        let style = foot("Sở \"A\"\\</style>\n", "2025 & 2026");
        let said = "content:\"Sở \\22 A\\22 \\5c \\3c /style\\3e \\a  · 2025 \\26  2026\"";
        assert!(style.contains(said), "{style}");
    }

    #[test]
    fn an_address_is_printed_where_people_can_type_it() {
        let said = |address| whence(Words::of("vi"), address).into_string();
        assert!(said(Some("https://khaosat.example.vn/results/2025")).contains("In từ https://khaosat.example.vn/results/2025."));
        assert!(said(None).contains("Trên trang mạng còn những gì bản in lược đi"));
    }

    #[test]
    fn a_page_that_is_called_like_its_round_says_so_once() {
        assert!(foot("Khảo sát", "Khảo sát").contains("content:\"Khảo sát\"}"));
    }
}
