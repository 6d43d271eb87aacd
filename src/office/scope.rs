//! Scope of a right: the rounds and units in which somebody may do what they may.

use std::collections::BTreeSet;

use crate::refusal::Refusal;

/// The rounds and units of a right, by their codes; none named means all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// Codes of the rounds; none for every round.
    pub rounds: Option<BTreeSet<String>>,
    /// Codes of the units; none for every unit.
    pub units: Option<BTreeSet<String>>,
}

impl Scope {
    /// Whatever there is.
    pub const ALL: Self = Self { rounds: None, units: None };

    /// Refuses what concerns all rounds.
    pub(super) fn require_all(&self) -> Result<(), Refusal> {
        if *self == Self::ALL { Ok(()) } else { Err(Refusal::RightNotForAll) }
    }

    /// Refuses what concerns a whole round, with all its units.
    pub(super) fn require_round(&self, round: &str) -> Result<(), Refusal> {
        let has_round = self.has_round(round) && self.units.is_none();
        if has_round { Ok(()) } else { Err(Refusal::RightNotForRound { round: round.to_owned() }) }
    }

    /// Refuses what concerns a round of which nothing is in the scope.
    pub(super) fn require_some_of(&self, round: &str) -> Result<(), Refusal> {
        if self.has_round(round) { Ok(()) } else { Err(Refusal::RightNotForRound { round: round.to_owned() }) }
    }

    /// Refuses what concerns a unit in a round.
    pub(super) fn require_unit(&self, round: &str, unit: &str) -> Result<(), Refusal> {
        let has_unit = self.has_round(round) && self.units.as_ref().is_none_or(|units| units.contains(unit));
        if has_unit { Ok(()) } else { Err(Refusal::RightNotForUnit { round: round.to_owned(), unit: unit.to_owned() }) }
    }

    fn has_round(&self, round: &str) -> bool {
        self.rounds.as_ref().is_none_or(|rounds| rounds.contains(round))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_right_reaches_as_far_as_its_scope() {
        let codes = |code: &str| Some(BTreeSet::from([code.to_owned()]));
        let (round, unit) = (|| "2026".to_owned(), || "so-noi-vu".to_owned());
        let not = [Refusal::RightNotForAll, Refusal::RightNotForRound { round: round() }];
        let not_unit = Refusal::RightNotForUnit { round: round(), unit: unit() };
        let of = |rounds, units| {
            let scope = Scope { rounds, units };
            (scope.require_all(), scope.require_round("2026"), scope.require_unit("2026", "so-noi-vu"))
        };
        let [not_all, not_round] = not.map(Err);
        assert_eq!(of(None, None), (Ok(()), Ok(()), Ok(())));
        assert_eq!(of(codes("2026"), None), (not_all.clone(), Ok(()), Ok(())));
        assert_eq!(of(None, codes("so-noi-vu")), (not_all.clone(), not_round.clone(), Ok(())));
        assert_eq!(of(codes("2025"), None), (not_all.clone(), not_round.clone(), Err(not_unit.clone())));
        let some = |rounds| Scope { rounds, units: codes("so-y-te") }.require_some_of("2026");
        assert_eq!([some(None), some(codes("2026")), some(codes("2025"))], [Ok(()), Ok(()), not_round.clone()]);
        assert_eq!(of(None, codes("so-y-te")), (not_all, not_round, Err(not_unit)));
    }
}
