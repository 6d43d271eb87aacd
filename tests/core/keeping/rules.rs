//! The rules of the protocol, each with a switch, so that what each is good for can be seen.

/// Which rules are kept. [`Rules::ALL`] is the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub(super) struct Rules {
    /// A connection on which a commit failed is closed. Without it, all later commits on it say that they are good and are lost.
    pub(super) closes_failed_connections: bool,
    /// Nothing is taken out of a letterbox before another connection has read its hash.
    pub(super) reads_back: bool,
    /// After a failed sync of the main database, nothing is done until its log was copied and synced whole.
    pub(super) empties_the_main_log: bool,
    /// The same for a letterbox: nothing is acknowledged before.
    pub(super) empties_the_letterbox_log: bool,
    /// The same of both at each start: whoever starts does not know what failed before.
    pub(super) empties_the_logs_at_the_start: bool,
    /// Every commit of a letterbox looks whether the round is open.
    pub(super) looks_at_the_mark: bool,
    /// Every commit of a letterbox looks whether its nonce is still in the register.
    pub(super) looks_at_the_nonce: bool,
    /// Each renewal of the row draws a new nonce, in the file first. Without it, only a start does.
    pub(super) each_beat_draws_a_nonce: bool,
    /// A start changes the row only if it is the one that it has looked at.
    pub(super) takes_only_what_it_saw: bool,
    /// A report that a letterbox is empty counts only under the nonce that is in the register.
    pub(super) reports_under_its_nonce: bool,
    /// An instance that stops takes only its own row out.
    pub(super) stops_under_its_nonce: bool,
    /// A round that is closed without an instance leaves its row, for the other rounds. Without it, the row goes.
    pub(super) keeps_rows_of_the_excused: bool,
    /// Whoever a round is closed without is recorded. Without it, only where sheets waited when he was last heard.
    pub(super) records_whatever_was_last_heard: bool,
    /// To forget an instance is recorded for every round that is not closed.
    pub(super) records_the_forgotten: bool,
    /// `nonce before` is the one that the register has, also after a start that did not get so far.
    pub(super) remembers_what_the_register_has: bool,
}

impl Rules {
    /// The protocol as it is kept.
    pub(super) const ALL: Self = Self {
        closes_failed_connections: true,
        reads_back: true,
        empties_the_main_log: true,
        empties_the_letterbox_log: true,
        empties_the_logs_at_the_start: true,
        looks_at_the_mark: true,
        looks_at_the_nonce: true,
        each_beat_draws_a_nonce: true,
        takes_only_what_it_saw: true,
        reports_under_its_nonce: true,
        stops_under_its_nonce: true,
        keeps_rows_of_the_excused: true,
        records_whatever_was_last_heard: true,
        records_the_forgotten: true,
        remembers_what_the_register_has: true,
    };
}
