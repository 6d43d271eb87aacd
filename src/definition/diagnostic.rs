//! Faults of definition files, for the clerk who edits them: where, and what is wrong. `words` says it, and what to do.

mod data;
mod fault;
mod faults;
mod flaw;
mod spelling;

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

pub use data::{FoundValue, Later, Many, Stray, Summed, Thing, WantedValue};
pub use fault::FaultCode;
pub(crate) use faults::FoundFaults;
pub use flaw::Flaw;
pub(crate) use spelling::{did_you_mean, shown};

/// One fault of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file, as it was named by the caller.
    pub file: String,
    /// What is wrong.
    pub what: Flaw,
    /// Where: bytes of the text from the first to one after the last.
    pub span: Range<usize>,
    /// How many more faults the file has, where this is the last one that is kept.
    pub more: usize,
}

/// What to do about a fault.
#[derive(Debug, Clone, Copy)]
pub struct Hint<'f>(pub &'f Diagnostic);

impl Diagnostic {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> Hint<'_> {
        Hint(self)
    }
}

/// Widest picture of a line; longer lines are cut around the mark.
const WIDTH: usize = 140;

/// Pictures of faults, in the order of their places: file, line, column in Unicode characters, caret, code and hint. In English.
#[must_use]
pub fn render(text: &str, diagnostics: &[Diagnostic]) -> String {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by_key(|fault| (&fault.file, fault.span.start, fault.what.code(), &fault.what));
    sorted.into_iter().map(|fault| render_one(text, fault)).collect()
}

fn render_one(text: &str, fault: &Diagnostic) -> String {
    let line = TextLine::around(text, fault.span.start);
    let mark = line.mark(&fault.span);
    let snippet = Snippet::source(line.text).line_start(line.number).path(&fault.file).annotation(AnnotationKind::Primary.span(mark));
    let title = Level::ERROR.primary_title(fault.what.to_string()).id(fault.what.code().id());
    let hint = Level::HELP.with_name("hint").message(fault.hint().to_string());
    let renderer = Renderer::plain().term_width(WIDTH);
    format!("{}\n\n", renderer.render(&[title.element(snippet).element(hint)]))
}

/// The one line of a text that a fault is shown in: a definition is a list of short lines, and a picture of many helps nobody.
struct TextLine<'t> {
    text: &'t str,
    number: usize,
    start: usize,
}

impl<'t> TextLine<'t> {
    fn around(text: &'t str, place: usize) -> Self {
        let place = (0..=place.min(text.len())).rev().find(|&place| text.is_char_boundary(place)).unwrap_or(0);
        let (before, after) = text.split_at(place);
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let end = after.find('\n').map_or(text.len(), |newline| place + newline);
        let line = text.get(start..end).unwrap_or_default().trim_end_matches('\r');
        Self { text: line, number: 1 + before.matches('\n').count(), start }
    }

    /// The part of a span that lies in this line, at least one character wide unless the line ends there.
    fn mark(&self, span: &Range<usize>) -> Range<usize> {
        let inside = |place: usize| {
            let place = place.saturating_sub(self.start).min(self.text.len());
            (0..=place).rev().find(|&place| self.text.is_char_boundary(place)).unwrap_or(0)
        };
        let (from, to) = (inside(span.start), inside(span.end));
        let next = self.text.get(from..).and_then(|rest| rest.chars().next()).map_or(from, |first| from + first.len_utf8());
        from..to.max(next)
    }
}
