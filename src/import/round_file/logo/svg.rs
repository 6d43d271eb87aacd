//! A drawing in SVG, looked over sign by sign: it holds what draws, and nothing that runs, fetches, or becomes something else when it is
//! read.
//!
//! Pages show it as a picture, in which browsers run and fetch nothing anyway; what is refused here would be shown to somebody some day.

mod prefixes;

use std::mem::take;

use crate::fault::{Wrong, short};
use prefixes::{Pair, bound};

/// What may be in it. Not `use`, `pattern`, `mask` and `clipPath`: a few that stand in each other are drawn for hours.
const ELEMENTS: [&str; 18] = [
    "svg",
    "g",
    "defs",
    "title",
    "desc",
    "style",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "linearGradient",
    "radialGradient",
    "stop",
];

/// What a text in it may be written with in place of a sign. Others could spell a word that is looked for.
const REFERENCES: [&str; 5] = ["amp;", "lt;", "gt;", "quot;", "apos;"];

/// What fetches in a rule of style; `url(…)` of a part of the drawing itself does not.
const FETCHING: [&str; 6] = ["@", "\\", "image(", "image-set(", "cross-fade(", "src("];

/// What may stand before the name of a part of the drawing itself.
const QUOTES: [&str; 5] = ["", "\"", "'", "&quot;", "&apos;"];

const NAMESPACE: &str = "http://www.w3.org/2000/svg";
const DEEPEST: usize = 32;

/// Whether it is a drawing that does nothing but show.
pub(super) fn check(text: &str) -> Result<(), Wrong> {
    let drawn = without_declaration(text.strip_prefix('\u{feff}').unwrap_or(text))?;
    let mut drawing = Drawing { rest: drawn, open: Vec::new(), style: String::new(), is_begun: false };
    while !drawing.rest.is_empty() {
        drawing.step()?;
    }
    if !drawing.is_begun {
        return Err(Wrong::LogoKind);
    }
    if drawing.open.is_empty() && !text.contains(is_hidden) { Ok(()) } else { Err(Wrong::LogoBroken) }
}

/// What no drawing may have, and what would have it read by other signs.
fn is_hidden(letter: char) -> bool {
    letter.is_control() && !matches!(letter, '\t' | '\n' | '\r')
}

/// What stands behind `<?xml … ?>`, where there is one. Whoever is told of other signs than UTF-8 reads another drawing.
fn without_declaration(text: &str) -> Result<&str, Wrong> {
    let Some(behind) = text.strip_prefix("<?xml").filter(|behind| behind.starts_with(char::is_whitespace)) else { return Ok(text) };
    let (declared, behind) = attributes(behind)?;
    if declared.iter().any(|(name, value)| *name == "encoding" && !value.eq_ignore_ascii_case("utf-8")) {
        return Err(Wrong::NoUtf8);
    }
    let Some((("version", "1.0"), others)) = declared.split_first() else { return Err(Wrong::LogoBroken) };
    let others: Vec<&str> = others.iter().map(|(name, _)| *name).collect();
    let is_known = matches!(others.as_slice(), [] | ["encoding" | "standalone"] | ["encoding", "standalone"]);
    behind.strip_prefix("?>").filter(|_| is_known).ok_or(Wrong::LogoBroken)
}

/// Attributes up to the end of their mark, and what stands there.
fn attributes(mut rest: &str) -> Result<(Vec<Pair<'_>>, &str), Wrong> {
    let mut found = Vec::new();
    loop {
        let trimmed = rest.trim_start();
        if trimmed.starts_with(['>', '/', '?']) {
            return Ok((found, trimmed));
        }
        let (name, behind) = trimmed.split_once('=').ok_or(Wrong::LogoBroken)?;
        let (name, behind) = (name.trim_end(), behind.trim_start());
        let quote = behind.chars().next().filter(|quote| matches!(quote, '"' | '\'')).ok_or(Wrong::LogoBroken)?;
        let (value, behind) = behind[1..].split_once(quote).ok_or(Wrong::LogoBroken)?;
        let is_apart = trimmed.len() < rest.len() && name.chars().all(is_of_a_name);
        if !is_apart || value.contains('<') {
            return Err(Wrong::LogoBroken);
        }
        found.push((name, value));
        rest = behind;
    }
}

/// A drawing on its way through.
struct Drawing<'t> {
    rest: &'t str,
    /// Elements that were begun and not ended, with the prefixes that are bound in each.
    open: Vec<(&'t str, Vec<Pair<'t>>)>,
    /// What the style that is open has said so far: comments part it for whoever reads signs, and not for whoever draws.
    style: String,
    is_begun: bool,
}

impl<'t> Drawing<'t> {
    /// The next mark, or the text before it.
    fn step(&mut self) -> Result<(), Wrong> {
        if let Some(rest) = self.rest.strip_prefix("<!--") {
            // Two hyphens end a comment, or it is none.
            let (_, rest) = rest.split_once("--").ok_or(Wrong::LogoBroken)?;
            self.rest = rest.strip_prefix('>').ok_or(Wrong::LogoBroken)?;
            return Ok(());
        }
        if let Some(rest) = self.rest.strip_prefix("</") {
            return self.end(rest);
        }
        if self.rest.starts_with(['<']) { self.element() } else { self.text() }
    }

    fn end(&mut self, behind: &'t str) -> Result<(), Wrong> {
        let (name, rest) = behind.split_once('>').ok_or(Wrong::LogoBroken)?;
        self.rest = rest;
        match self.open.pop() {
            Some((begun, _)) if begun == name.trim_end() => rules(&take(&mut self.style)),
            _ => Err(Wrong::LogoBroken),
        }
    }

    fn text(&mut self) -> Result<(), Wrong> {
        let (text, rest) = self.rest.split_at(self.rest.find('<').unwrap_or(self.rest.len()));
        self.rest = rest;
        match self.inside() {
            // Something that is no mark at all, before the first or behind the last.
            None if !text.trim().is_empty() => return Err(if self.is_begun { Wrong::LogoBroken } else { Wrong::LogoKind }),
            Some("style") => self.style.push_str(text),
            _ => (),
        }
        references(text)
    }

    /// The innermost element that is open.
    fn inside(&self) -> Option<&'t str> {
        self.open.last().map(|(name, _)| *name)
    }

    fn element(&mut self) -> Result<(), Wrong> {
        let behind = &self.rest[1..];
        let (name, rest) = behind.split_at(behind.find(|letter| !is_of_a_name(letter)).unwrap_or(behind.len()));
        if name.is_empty() {
            // A kind of document, a part that is not read, or a word to whatever reads it.
            return Err(part(self.rest.split(|letter: char| letter.is_whitespace() || letter == '[').next().unwrap_or_default()));
        }
        if self.open.is_empty() && (self.is_begun || name != "svg") {
            return Err(if self.is_begun { Wrong::LogoBroken } else { Wrong::LogoKind });
        }
        if !ELEMENTS.contains(&name) {
            return Err(part(&format!("<{name}>")));
        }
        if self.inside() == Some("style") {
            return Err(part(&format!("<style><{name}>")));
        }
        let (attributes, rest) = attributes(rest)?;
        self.rest = rest;
        for (name, value) in &attributes {
            attribute(name, value)?;
        }
        if !self.is_begun {
            whole(&attributes)?;
        } else if attributes.iter().any(|(name, space)| *name == "xmlns" && *space != NAMESPACE) {
            return Err(part("xmlns"));
        }
        self.is_begun = true;
        let outer = self.open.last().map_or(&[][..], |(_, prefixes)| prefixes);
        self.begin(name, bound(&attributes, outer)?)
    }

    /// An element that was read up to the end of its mark.
    fn begin(&mut self, name: &'t str, prefixes: Vec<Pair<'t>>) -> Result<(), Wrong> {
        if let Some(rest) = self.rest.strip_prefix("/>") {
            self.rest = rest;
            return Ok(());
        }
        self.rest = self.rest.strip_prefix('>').ok_or(Wrong::LogoBroken)?;
        self.open.push((name, prefixes));
        if self.open.len() > DEEPEST { Err(Wrong::LogoBroken) } else { Ok(()) }
    }
}

fn is_of_a_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, ':' | '-' | '_' | '.')
}

/// What is said of something that may not be in a drawing.
fn part(what: &str) -> Wrong {
    Wrong::LogoPart { part: short(what) }
}

fn attribute(name: &str, value: &str) -> Result<(), Wrong> {
    let lower = name.to_ascii_lowercase();
    if lower.starts_with("on") || lower == "src" || lower == "xml:base" {
        return Err(part(name));
    }
    references(value)?;
    if matches!(lower.rsplit(':').next(), Some("href")) && !value.trim_start().starts_with('#') {
        return Err(Wrong::LogoReference { given: short(value) });
    }
    rules(value)
}

/// Words that stand for a sign: only those that everybody knows.
fn references(text: &str) -> Result<(), Wrong> {
    match text.split('&').skip(1).find(|behind| !REFERENCES.iter().any(|known| behind.starts_with(known))) {
        Some(behind) => Err(part(&format!("&{}", behind.split_inclusive(';').next().unwrap_or_default()))),
        None => Ok(()),
    }
}

/// Rules of style that fetch nothing.
fn rules(text: &str) -> Result<(), Wrong> {
    let lower = text.to_ascii_lowercase();
    let is_quoted = |behind: &str, quote: &str| behind.strip_prefix(quote).is_some_and(|named| named.starts_with('#'));
    let is_own = |behind: &str| QUOTES.iter().any(|quote| is_quoted(behind.trim_start_matches(' '), quote));
    if lower.split("url(").skip(1).all(is_own) && !FETCHING.iter().any(|word| lower.contains(word)) {
        return Ok(());
    }
    Err(Wrong::LogoReference { given: short(text.trim()) })
}

/// The outermost element says that it is SVG, and how wide and high what it draws is.
fn whole(attributes: &[(&str, &str)]) -> Result<(), Wrong> {
    let value = |name: &str| attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
    if value("xmlns") != Some(NAMESPACE) {
        return Err(Wrong::LogoKind);
    }
    let sides = value("viewBox").map(|sides| sides.split([' ', ',']).filter(|side| !side.is_empty()).map(str::parse::<f64>));
    let sides: Option<Vec<f64>> = sides.and_then(|sides| sides.collect::<Result<_, _>>().ok());
    let is_drawn = |side: f64| side.is_finite() && side > 0.0;
    match sides.as_deref() {
        Some([_, _, width, height]) if is_drawn(*width) && is_drawn(*height) => Ok(()),
        _ => Err(Wrong::LogoViewBox),
    }
}

#[cfg(test)]
mod tests;
