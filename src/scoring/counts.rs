//! Counts: what the sheets of one unit, or of several together, answered.

/// Answers to one item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ItemCounts {
    /// Sheets on which the item was not asked.
    pub not_shown: u32,
    /// Sheets that passed it over.
    pub skipped: u32,
    /// Sheets that said "no opinion" or "not applicable".
    pub no_opinion: u32,
    /// Sheets that answered it: the valid answers, base of every share.
    pub valid: u32,
    /// How often each option was chosen, in their order. For one choice they add up to `valid`, for several they need not.
    pub options: Vec<u32>,
}

/// Answers of some sheets to all items.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// How many sheets.
    pub sheets: u32,
    /// One entry an item, in the order of the codebook. A remark's is all zero; remarks after the last packed item have none.
    pub items: Vec<ItemCounts>,
}

impl ItemCounts {
    fn add(&mut self, other: &Self) {
        let add = |sum: &mut u32, more: u32| *sum = sum.saturating_add(more);
        add(&mut self.not_shown, other.not_shown);
        add(&mut self.skipped, other.skipped);
        add(&mut self.no_opinion, other.no_opinion);
        add(&mut self.valid, other.valid);
        self.options.resize(self.options.len().max(other.options.len()), 0);
        self.options.iter_mut().zip(&other.options).for_each(|(sum, more)| add(sum, *more));
    }
}

impl Counts {
    /// Adds the counts of other sheets of the same questionnaire.
    pub fn add(&mut self, other: &Self) {
        self.sheets = self.sheets.saturating_add(other.sheets);
        self.items.resize(self.items.len().max(other.items.len()), ItemCounts::default());
        self.items.iter_mut().zip(&other.items).for_each(|(sum, more)| sum.add(more));
    }
}
