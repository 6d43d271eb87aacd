//! A drawing in SVG, looked over sign by sign: it holds what draws, and nothing that runs, fetches, or becomes something else when it is
//! read.
//!
//! Pages show it as a picture, in which browsers run and fetch nothing anyway; what is refused here would be shown to somebody some day.

use crate::fault::{Wrong, short};

/// What may be in it. Not `use` and `pattern`: a few that stand in each other are drawn for hours.
const ELEMENTS: [&str; 20] = [
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
    "clipPath",
    "mask",
];

/// What a text in it may be written with in place of a sign. Others could spell a word that is looked for.
const REFERENCES: [&str; 5] = ["amp;", "lt;", "gt;", "quot;", "apos;"];

/// What fetches in a rule of style; `url(…)` of a part of the drawing itself does not.
const FETCHING: [&str; 6] = ["@", "\\", "image(", "image-set(", "cross-fade(", "src("];

const NAMESPACE: &str = "http://www.w3.org/2000/svg";
const DEEPEST: usize = 32;

/// Whether it is a drawing that does nothing but show.
pub(super) fn check(text: &str) -> Result<(), Wrong> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let mut drawing = Drawing { rest: without_declaration(text)?, open: Vec::new(), is_begun: false };
    while !drawing.rest.is_empty() {
        drawing.step()?;
    }
    if !drawing.is_begun {
        return Err(Wrong::LogoKind);
    }
    if drawing.open.is_empty() { Ok(()) } else { Err(Wrong::LogoBroken) }
}

/// What stands behind `<?xml … ?>`, where there is one.
fn without_declaration(text: &str) -> Result<&str, Wrong> {
    match text.strip_prefix("<?xml ") {
        Some(rest) => rest.split_once("?>").map(|(_, rest)| rest).ok_or(Wrong::LogoBroken),
        None => Ok(text),
    }
}

/// A drawing on its way through.
struct Drawing<'t> {
    rest: &'t str,
    /// Elements that were begun and not ended.
    open: Vec<&'t str>,
    is_begun: bool,
}

impl<'t> Drawing<'t> {
    /// The next mark, or the text before it.
    fn step(&mut self) -> Result<(), Wrong> {
        if let Some(rest) = self.rest.strip_prefix("<!--") {
            self.rest = rest.split_once("-->").ok_or(Wrong::LogoBroken)?.1;
            return Ok(());
        }
        if let Some(rest) = self.rest.strip_prefix("</") {
            let (name, rest) = rest.split_once('>').ok_or(Wrong::LogoBroken)?;
            self.rest = rest;
            return if self.open.pop() == Some(name.trim_end()) { Ok(()) } else { Err(Wrong::LogoBroken) };
        }
        if self.rest.starts_with(['<']) { self.element() } else { self.text() }
    }

    fn text(&mut self) -> Result<(), Wrong> {
        let (text, rest) = self.rest.split_at(self.rest.find('<').unwrap_or(self.rest.len()));
        self.rest = rest;
        if text.trim().is_empty() {
            return Ok(());
        }
        // Something that is no mark at all, before the first or behind the last.
        let Some(inside) = self.open.last() else { return Err(if self.is_begun { Wrong::LogoBroken } else { Wrong::LogoKind }) };
        references(text)?;
        if *inside == "style" { rules(text) } else { Ok(()) }
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
        self.rest = rest;
        let attributes = self.attributes()?;
        for (name, value) in &attributes {
            attribute(name, value)?;
        }
        if !self.is_begun {
            whole(&attributes)?;
        }
        self.is_begun = true;
        self.begin(name)
    }

    /// Attributes up to the end of their mark.
    fn attributes(&mut self) -> Result<Vec<(&'t str, &'t str)>, Wrong> {
        let mut found = Vec::new();
        loop {
            let trimmed = self.rest.trim_start();
            if trimmed.starts_with(['>', '/']) {
                self.rest = trimmed;
                return Ok(found);
            }
            let (name, rest) = trimmed.split_once('=').ok_or(Wrong::LogoBroken)?;
            let (name, rest) = (name.trim_end(), rest.trim_start());
            let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\'')).ok_or(Wrong::LogoBroken)?;
            let (value, rest) = rest[1..].split_once(quote).ok_or(Wrong::LogoBroken)?;
            let is_apart = trimmed.len() < self.rest.len() && name.chars().all(is_of_a_name) && !name.is_empty();
            if !is_apart || value.contains('<') {
                return Err(Wrong::LogoBroken);
            }
            found.push((name, value));
            self.rest = rest;
        }
    }

    /// An element that was read up to the end of its mark.
    fn begin(&mut self, name: &'t str) -> Result<(), Wrong> {
        if let Some(rest) = self.rest.strip_prefix("/>") {
            self.rest = rest;
            return Ok(());
        }
        self.rest = self.rest.strip_prefix('>').ok_or(Wrong::LogoBroken)?;
        self.open.push(name);
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
    let is_own = |behind: &str| behind.trim_start_matches([' ', '"', '\'']).starts_with('#') || behind.starts_with("&quot;#");
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
