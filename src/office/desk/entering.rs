//! When something may be entered, and entering it.

use jiff::civil::Date;

use super::{Author, Desk};
use crate::office::Stopped;
use crate::refusal::{Correcting, Refusal};
use crate::round::Round;
use crate::round::RoundState;
use crate::round::plan::Scoring;
use crate::round::steps::{ScorePart, Step, may_enter};
use crate::store::StoreError;
use crate::store::scores::Entry;

impl Desk {
    /// Whether something may be entered today.
    pub(super) fn open(&self, correction: bool) -> Result<(), Refusal> {
        open(&self.scoring, &self.round, self.today, correction)
    }

    /// Whether a part may be entered in the step that the round is in.
    pub(super) fn open_part(&self, part: ScorePart) -> Result<(), Refusal> {
        open_part(self.scoring.step, part)
    }

    /// Row of a unit that is scored.
    pub(super) fn row(&self, unit: &str) -> Result<i32, Refusal> {
        let found = self.scored.units.iter().find(|row| row.unit.code.as_str() == unit);
        found.map(|row| row.id).ok_or_else(|| Refusal::UnitNotScored { round: self.round.code.clone(), unit: unit.to_owned() })
    }

    /// Enters all of it, or nothing where somebody else has written since this desk was read.
    pub(super) async fn enter(self, entries: &[Entry], by: &Author) -> Result<(), Stopped> {
        let unit = |entry: &Entry| self.scored.units.iter().find(|row| row.id == entry.unit).map(|row| row.unit.code.as_str());
        let units: Option<Vec<&str>> = entries.iter().map(unit).collect();
        let units = units.ok_or_else(|| StoreError::trouble("a score is for a unit that the round does not score"))?;
        let who = by.may.for_units(&self.round.code, units)?;
        Ok(self.store.enter_scores(&self.round, entries, &self.signed(who, &by.why), &self.seen).await?)
    }
}

/// In a round without steps, until it is published; with steps, on the days of the step that it is in.
fn open(scoring: &Scoring, round: &Round, today: Date, correction: bool) -> Result<(), Refusal> {
    let code = || round.code.clone();
    let Some(step) = scoring.step else {
        let is_refused = round.state == RoundState::Published && !correction;
        return if is_refused { Err(Refusal::ScoresPublished { round: code(), correcting: Correcting::Sheets }) } else { Ok(()) };
    };
    match scoring.days() {
        Some((opens, _)) if today < opens => Err(Refusal::StepEarly { round: code(), step, first_day: opens.to_string() }),
        Some((_, closed)) if closed < today => Err(Refusal::StepLate { round: code(), step, last_day: closed.to_string() }),
        _ => Ok(()),
    }
}

fn open_part(step: Option<Step>, part: ScorePart) -> Result<(), Refusal> {
    match step {
        Some(step) if !may_enter(Some(step), part) => {
            Err(Refusal::PartNotOpen { step, part, open_steps: part.steps().into_iter().collect() })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::round::plan::PlannedStep;

    #[test]
    fn without_steps_everything_is_entered_until_the_round_is_published_and_then_as_a_correction() {
        let open = |state, correction| open(&Scoring::default(), &Round { state, ..Round::sample(7) }, date(2026, 11, 22), correction);
        for state in [RoundState::Open, RoundState::Closing, RoundState::Closed] {
            assert_eq!(open(state, false), Ok(()));
        }
        assert_eq!(
            open(RoundState::Published, false),
            Err(Refusal::ScoresPublished { round: Round::sample(7).code, correcting: Correcting::Sheets })
        );
        assert_eq!(open(RoundState::Published, true), Ok(()));
    }

    #[test]
    fn with_steps_it_is_entered_from_the_first_to_the_last_day_of_the_one_that_the_round_is_in() {
        let (opens, closes) = (date(2026, 11, 2), date(2026, 11, 4));
        let step = Step::Council;
        let planned = Scoring { step: Some(step), plan: vec![PlannedStep { step, opens, closes }] };
        let round = Round::sample(7);
        let code = || round.code.clone();
        let on = |day| open(&planned, &round, date(2026, 11, day), false);
        assert_eq!(
            [1, 2, 4, 5].map(on),
            [
                Err(Refusal::StepEarly { round: code(), step, first_day: opens.to_string() }),
                Ok(()),
                Ok(()),
                Err(Refusal::StepLate { round: code(), step, last_day: closes.to_string() })
            ]
        );
        // A step without days of its own takes entries on any day, and a correction needs no word because it has its step.
        let unplanned = Scoring { step: Some(Step::Explanation), ..planned };
        assert_eq!(open(&unplanned, &Round { state: RoundState::Published, ..Round::sample(7) }, date(2026, 1, 1), false), Ok(()));
    }

    #[test]
    fn a_part_is_entered_in_the_steps_that_open_it() {
        let (part, step) = (ScorePart::Status, Step::Survey);
        assert_eq!(open_part(Some(step), part), Err(Refusal::PartNotOpen { step, part, open_steps: part.steps().into_iter().collect() }));
        assert_eq!([None, Some(Step::Appraisal), Some(Step::Council)].map(|step| open_part(step, part)), [Ok(()), Ok(()), Ok(())]);
    }
}
