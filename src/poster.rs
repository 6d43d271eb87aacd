//! Posters: a printable page (A4) for each unit, with a code to scan, the address to type, and the promise in short.
//!
//! One HTML file without anything fetched: it is opened in a browser and printed. The code carries the mode, so that answers from a desk
//! are told from answers by a link; the address to type is kept short and has none.

use fast_qr::QRBuilder;
use fast_qr::convert::svg::SvgBuilder;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::address::Address;
use crate::directory::{Form, OpenedRound};
use crate::organiser::PublicUrl;
use crate::refusal::Refusal;
use crate::round::Round;
use crate::seal::KeyPlace;
use crate::survey::mode::Mode;
use crate::unit::Unit;
use crate::words::Words;
use fitting::{Paragraph, Reckoned, Room};
use half::Half;

mod asking;
mod fitting;
mod half;
pub mod shares;
pub mod slips;

const STYLE: &str = include_str!("poster.css");

/// Why posters cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum PosterError {
    /// The address of the service is not known, or longer than a code can carry.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Drawing the codes broke off.
    #[error("drawing broke off")]
    Broken,
}

/// The public address of the service, as it is printed: the one that is given, or else that of whoever asks.
fn printed_url<'a>(given: Option<&'a PublicUrl>, round: &'a Round) -> Result<&'a PublicUrl, Refusal> {
    let own = || round.organiser.as_ref().and_then(|organiser| organiser.public_url.as_ref());
    given.or_else(own).ok_or_else(|| Refusal::NoSiteAddress { round: round.code.clone() })
}

/// All posters of some questionnaires of a round, as one HTML file.
///
/// # Errors
/// When no public address is known, or it is too long to scan.
pub fn posters<'a>(
    public_url: Option<&PublicUrl>,
    opened: &OpenedRound,
    forms: impl IntoIterator<Item = &'a Form>,
    mode: Mode,
) -> Result<String, PosterError> {
    let site = printed_url(public_url, &opened.round)?;
    let mut pages = Vec::new();
    for form in forms {
        for row in &form.units {
            let address = Address::form(&opened.round.code, &form.questionnaire.id, row.unit.code.as_str());
            let typed = format!("{}{address}", site.host());
            let code = qr(&format!("{site}{}", address.mode(mode)))?;
            pages.push(page(opened, form, &row.unit, &code, &typed));
        }
    }
    Ok(document(&opened.round, STYLE, &html! { (asking::emblem(&opened.round)) main { @for page in &pages { (page) } } }))
}

/// A file that is opened in a browser and printed.
fn document(round: &Round, style: &str, body: &Markup) -> String {
    let document = html! {
        (DOCTYPE)
        html lang="vi" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width,initial-scale=1";
                title { (round.name("vi")) " · " (round.name("en")) }
                style { (PreEscaped(style)) }
            }
            body { (body) }
        }
    };
    document.into_string()
}

fn page(opened: &OpenedRound, form: &Form, unit: &Unit, code: &Markup, address: &str) -> Markup {
    let halves = ["vi", "en"].map(|language| Half::of(Words::of(language), opened, form, unit));
    let scan = ["vi", "en"].map(|language| Words::of(language).get("poster-scan"));
    let [first, second] = &halves;
    let sizes = [(address, 115), (&*scan[0], 100), (&*scan[1], 85)];
    let reckoned = Reckoned {
        halves: halves.iter().flat_map(Half::paragraphs).collect(),
        beside: sizes.map(|(words, size)| Paragraph::new(words, size, Room::Code)).into(),
    };
    html! {
        section class=[reckoned.class()] {
            (first.markup())
            .code {
                (code)
                div { p.address { (address) } p.scan lang="vi" { (scan[0]) } p.scan lang="en" { (scan[1]) } }
            }
            (second.markup())
        }
    }
}

/// Whether the key that opens the answers is on the server's machine: then what is printed says so.
fn key_is_here(opened: &OpenedRound) -> bool {
    opened.seal.as_ref().is_some_and(|seal| seal.kept == KeyPlace::Here)
}

/// A code to scan. Error correction Q: a quarter of it may be torn or dirty; around it four light modules, as ISO/IEC 18004 asks for.
fn qr(address: &str) -> Result<Markup, PosterError> {
    let code = QRBuilder::new(address).build().map_err(|_| Refusal::AddressTooLong { address: address.to_owned() })?;
    let drawn = SvgBuilder::default().to_str(&code);
    Ok(html! { div role="img" aria-label=(address) { (PreEscaped(drawn)) } })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads the drawn squares back and compares them with the code of the same address.
    #[test]
    fn the_drawn_code_is_the_code_of_the_address() {
        let address = "https://survey.example.gov.vn/2026/sipas-2026/so-noi-vu?mode=desk&lang=vi";
        let svg = qr(address).unwrap().into_string();
        let code = QRBuilder::new(address).build().unwrap();
        let path = svg.split(" d=\"").nth(1).unwrap().split('"').next().unwrap();
        let square = |corner: &str| {
            let (column, row) = corner.split_once(',').unwrap();
            (row.parse::<usize>().unwrap() - 4, column.parse::<usize>().unwrap() - 4)
        };
        let drawn: Vec<_> = path.split('M').skip(1).map(|drawn| square(drawn.strip_suffix("h1v1h-1").unwrap())).collect();
        let mut dark = Vec::new();
        for row in 0..code.size {
            dark.extend((0..code.size).filter(|&column| code[row][column].value()).map(|column| (row, column)));
        }
        assert_eq!(drawn, dark);
        assert!(svg.contains(&format!("viewBox=\"0 0 {0} {0}\"", code.size + 8)), "four light modules on each side");
        assert!(svg.starts_with(
            "<div role=\"img\" aria-label=\"https://survey.example.gov.vn/2026/sipas-2026/so-noi-vu?mode=desk&amp;lang=vi\">"
        ));
    }

    #[test]
    fn an_address_that_cannot_be_scanned_is_refused() {
        assert!(matches!(qr(&"x".repeat(4000)), Err(PosterError::Refused(Refusal::AddressTooLong { .. }))));
    }
}
