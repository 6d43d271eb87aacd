//! Collects the faults of one file while it is checked.

use std::collections::HashSet;
use std::ops::Range;

use super::{Diagnostic, FaultCode, Flaw};

/// Most faults that are reported of one file: nobody reads more, and a hostile file must not make a long report.
const REPORTED_MAX: usize = 100;
/// Most faults that are kept until the end; the rest is only counted. Ten times what is reported, because the order is not yet known.
const KEPT_MAX: usize = 10 * REPORTED_MAX;

/// The faults found so far.
pub(crate) struct FoundFaults {
    file: String,
    /// First bytes of the lines after the first.
    lines: Vec<usize>,
    found: Vec<Diagnostic>,
    beyond: usize,
    settled: HashSet<Range<usize>>,
}

impl FoundFaults {
    /// No faults of a file yet.
    pub(crate) fn new(file: &str, text: &str) -> Self {
        let lines = text.match_indices('\n').map(|(newline, _)| newline + 1).collect();
        Self { file: file.to_owned(), lines, found: Vec::new(), beyond: 0, settled: HashSet::new() }
    }

    /// Adds a fault, unless what stands there was found faulty before and is only a placeholder.
    pub(crate) fn add(&mut self, span: &Range<usize>, what: Flaw) {
        if !self.is_settled(span) {
            self.push(span, what);
        }
    }

    /// Adds a fault of the shape and marks its place: what the checks would say about a placeholder is no news.
    pub(crate) fn settle(&mut self, span: &Range<usize>, what: Flaw) {
        self.push(span, what);
        self.settled.insert(span.clone());
    }

    /// Whether no more faults are kept, so that work on them is lost.
    pub(crate) fn is_full(&self) -> bool {
        self.found.len() >= KEPT_MAX
    }

    /// Whether a placeholder stands at a place.
    pub(crate) fn is_settled(&self, span: &Range<usize>) -> bool {
        self.settled.contains(span)
    }

    /// The line in which a span begins, from 1.
    pub(crate) fn line(&self, span: &Range<usize>) -> usize {
        1 + self.lines.partition_point(|&start| start <= span.start)
    }

    /// All faults in the order of their places.
    ///
    /// Where the file is not even TOML, faults that may only follow from a line that could not be read are left out.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        let unread = self.found.iter().filter(|fault| fault.what.code() == FaultCode::Syntax);
        let unread: HashSet<usize> = unread.map(|fault| self.line(&fault.span)).collect();
        if !unread.is_empty() {
            let found = std::mem::take(&mut self.found).into_iter();
            let certain = |fault: &Diagnostic| !fault.what.code().may_be_an_echo() && !unread.contains(&self.line(&fault.span));
            self.found = found.filter(|fault| fault.what.code() == FaultCode::Syntax || certain(fault)).collect();
        }
        self.found
            .sort_by(|one, other| (one.span.start, one.what.code(), &one.what).cmp(&(other.span.start, other.what.code(), &other.what)));
        self.found.dedup();
        let left = self.found.len().saturating_sub(REPORTED_MAX) + self.beyond;
        self.found.truncate(REPORTED_MAX);
        if let (Some(last), 1..) = (self.found.last_mut(), left) {
            last.more = left;
        }
        self.found
    }

    fn push(&mut self, span: &Range<usize>, what: Flaw) {
        if self.is_full() {
            self.beyond += 1;
            return;
        }
        self.found.push(Diagnostic { file: self.file.clone(), what, span: span.clone(), more: 0 });
    }
}
