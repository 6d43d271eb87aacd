//! Collects the faults of one file while it is checked.

use std::collections::HashSet;
use std::ops::Range;

use super::{Diagnostic, FaultCode};

/// Most faults that are reported of one file: nobody reads more, and a hostile file must not make a long report.
const REPORTED_MAX: usize = 100;

/// The faults found so far.
pub(in crate::survey) struct Faults<'t> {
    file: String,
    text: &'t str,
    found: Vec<Diagnostic>,
    settled: HashSet<Range<usize>>,
}

impl<'t> Faults<'t> {
    /// No faults of a file yet.
    pub(in crate::survey) fn new(file: &str, text: &'t str) -> Self {
        Self { file: file.to_owned(), text, found: Vec::new(), settled: HashSet::new() }
    }

    /// Adds a fault, unless what stands there was found faulty before and is only a placeholder.
    pub(in crate::survey) fn add(&mut self, code: FaultCode, span: &Range<usize>, message: impl Into<String>) {
        self.add_with(code, span, message, None);
    }

    /// Adds a fault, with an exact hint where there is one.
    pub(in crate::survey) fn add_with(
        &mut self,
        code: FaultCode,
        span: &Range<usize>,
        message: impl Into<String>,
        hint: Option<String>,
    ) {
        if !self.is_settled(span) {
            self.push(code, span, message.into(), hint);
        }
    }

    /// Adds a fault of the shape and marks its place: what the checks would say about a placeholder is no news.
    pub(in crate::survey) fn settle(&mut self, code: FaultCode, span: &Range<usize>, message: String, hint: Option<String>) {
        self.push(code, span, message, hint);
        self.settled.insert(span.clone());
    }

    /// Whether a placeholder stands at a place.
    pub(in crate::survey) fn is_settled(&self, span: &Range<usize>) -> bool {
        self.settled.contains(span)
    }

    /// The line in which a span begins, from 1.
    pub(in crate::survey) fn line(&self, span: &Range<usize>) -> usize {
        1 + self.text.bytes().take(span.start).filter(|&byte| byte == b'\n').count()
    }

    /// All faults in the order of their places.
    ///
    /// Where the file is not even TOML, faults that may only follow from the line that could not be read are left out.
    pub(in crate::survey) fn finish(mut self) -> Vec<Diagnostic> {
        if self.found.iter().any(|fault| fault.code == FaultCode::Syntax) {
            self.found.retain(|fault| !fault.code.may_be_an_echo());
        }
        self.found.sort_by(|one, other| (one.span.start, one.code, &one.message).cmp(&(other.span.start, other.code, &other.message)));
        self.found.dedup();
        let left = self.found.len().saturating_sub(REPORTED_MAX);
        self.found.truncate(REPORTED_MAX);
        if let (Some(last), 1..) = (self.found.last_mut(), left) {
            last.hint = format!("{} (and {left} more faults after this one)", last.hint);
        }
        self.found
    }

    fn push(&mut self, code: FaultCode, span: &Range<usize>, message: String, hint: Option<String>) {
        let hint = hint.unwrap_or_else(|| code.hint().to_owned());
        self.found.push(Diagnostic { file: self.file.clone(), code, message, span: span.clone(), hint });
    }
}
