//! Slips: ten to a page (A4) with lines to cut along, each with a code to scan or type, the promise and the last day.
//!
//! A slip is as high as its text: where that is long, a page has fewer. Two stand side by side, and no row is broken over pages.
//!
//! The code stands behind the `#` of the address: browsers send nothing of that to a server, so that it is in no log, and a chat program
//! that looks at the address to preview it opens nothing.

use std::fmt::Write;
use std::io;

use maud::{Markup, PreEscaped, html};

use super::{PosterError, asking, document, key_is_here, printed_url, qr};
use crate::address::{Address, CODE};
use crate::directory::{Form, OpenedRound};
use crate::organiser::PublicUrl;
use crate::spreadsheet::CsvFile;
use crate::survey::code::Code;
use crate::time::closing;
use crate::words::Words;

const STYLE: &str = include_str!("slips.css");

/// The columns of a list.
const COLUMNS: &str = "link,code,until,warning";

/// Before the code on a slip.
const BEFORE_CODE: &str = "<p class=code>";

/// Whether a text is slips or a list of codes, by how it begins; also a list that a spreadsheet has written again.
#[must_use]
pub fn are_in(text: &str) -> bool {
    let first: String = text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default().replace('"', "").replace([';', '\t'], ",");
    let on_a_slip = || text.split_once(BEFORE_CODE).and_then(|(_, rest)| Code::read(rest.split('<').next()?)).is_some();
    first.starts_with(COLUMNS) || on_a_slip()
}

/// Writes a list of codes.
fn write_list(rows: impl Iterator<Item = [String; 4]>, out: &mut Vec<u8>) -> io::Result<()> {
    let mut file = CsvFile::begin(out)?;
    file.texts(COLUMNS.split(','))?;
    for row in rows {
        file.texts(row.iter().map(String::as_str))?;
    }
    file.end()
}

/// Rows of slips. Drawing the codes takes nearly all the time, so each processor draws a part.
fn in_parallel(codes: &[Code], draw: impl Fn(&[Code]) -> Result<String, PosterError> + Sync) -> Result<String, PosterError> {
    let parts = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let part = codes.len().div_ceil(parts).next_multiple_of(A_ROW).max(A_ROW);
    std::thread::scope(|scope| {
        let draw = &draw;
        let drawing: Vec<_> = codes.chunks(part).map(|codes| scope.spawn(move || draw(codes))).collect();
        drawing.into_iter().map(|part| part.join().unwrap_or(Err(PosterError::Broken))).collect()
    })
}

fn rows(site: &PublicUrl, common: &str, codes: &[Code]) -> Result<String, PosterError> {
    let mut rows = String::new();
    for row in codes.chunks(A_ROW) {
        rows.push_str("<section>");
        for code in row {
            let drawn = qr(&link(site, code))?.into_string();
            // Writing to a text cannot fail.
            let _ = write!(rows, "<article>{drawn}{BEFORE_CODE}{}</p>{common}</article>", code.grouped());
        }
        rows.push_str("</section>");
    }
    Ok(rows)
}

/// The address of a code on its slip.
fn link(site: &PublicUrl, code: &Code) -> String {
    format!("{site}{}", Address::of(CODE).at(code.compact()))
}

/// Slips side by side.
const A_ROW: usize = 2;

/// What all slips of an issue have in common.
#[derive(Debug, Clone, Copy)]
pub struct Slips<'a> {
    /// The round.
    pub opened: &'a OpenedRound,
    /// The questionnaire that the codes open.
    pub form: &'a Form,
    /// The public address of the service, where it is another than that of whoever asks.
    pub public_url: Option<&'a PublicUrl>,
}

impl Slips<'_> {
    /// A printable page, in the order in which the codes are given.
    ///
    /// # Errors
    /// When no public address is known, or it is too long to scan.
    pub fn html(&self, codes: &[Code]) -> Result<String, PosterError> {
        let site = printed_url(self.public_url, &self.opened.round)?;
        let common = self.common(site).into_string();
        let body = in_parallel(codes, |codes| rows(site, &common, codes))?;
        Ok(document(&self.opened.round, STYLE, &html! { (asking::emblem(&self.opened.round)) (PreEscaped(body)) }))
    }

    /// What a slip says in both languages: it has to be read before the form can be opened.
    fn common(&self, site: &PublicUrl) -> Markup {
        let round = &self.opened.round;
        let title = |words: Words| self.form.questionnaire.title.get(self.form.questionnaire.language(words.code()));
        html! {
            p.address { (asking::shown(round)) (site.host()) (CODE) }
            @for words in ["vi", "en"].map(Words::of) {
                div lang=(words.code()) {
                    p.title { @if let Some(agency) = asking::name(words, round) { (agency) " · " } (title(words)) }
                    p { (words.get("slip-how")) " " (words.get("slip-promise")) " "
                        @if key_is_here(self.opened) { strong { (words.get("slip-key-here")) } } @else { (words.get("slip-sealed")) } " "
                        (words.with("poster-until", [("date", &closing(words, round))]))
                        // Once on a slip, which has room for little.
                        @if let Some(contact) = asking::contact(words, round).filter(|_| words.code() == "vi") { " " (contact) } }
                }
            }
            @if round.synthetic { p { strong { (Words::of("vi").get("poster-sample")) } } }
        }
    }

    /// The same as rows for sending by e-mail or chat: link, code, last day, and a warning to whoever sends them.
    ///
    /// # Errors
    /// When no public address is known.
    pub fn csv(&self, codes: &[Code]) -> Result<String, PosterError> {
        let site = printed_url(self.public_url, &self.opened.round)?;
        let vi = Words::of("vi");
        let (until, warning) = (closing(vi, &self.opened.round), vi.get("slip-warning"));
        let row = |code: &Code| [link(site, code), code.grouped(), until.clone(), warning.clone()];
        let mut list = Vec::new();
        // Neither writing to memory nor reading it as text can fail.
        write_list(codes.iter().map(row), &mut list).map_err(|_| PosterError::Broken)?;
        String::from_utf8(list).map_err(|_| PosterError::Broken)
    }
}
