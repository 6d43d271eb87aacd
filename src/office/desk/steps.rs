//! Going from step to step of scoring.

use jiff::civil::Date;

use super::{Author, Desk, Refusal, Stopped};
use crate::round::plan::Scoring;
use crate::round::steps::{Step, may_follow};

impl Desk {
    /// Takes the round to another step, or gives the step that it is in more time: `closes` moves the last day of that step.
    ///
    /// # Errors
    /// When the round plans no steps, the step cannot follow the one that it is in, or it would end before its first day.
    pub async fn move_to(self, step: Step, closes: Option<Date>, by: &Author) -> Result<(), Stopped> {
        may_move(&self.scoring, step, closes)?;
        Ok(self.store.move_step(&self.round, step, closes, &self.signed(by), &self.seen).await?)
    }
}

fn may_move(scoring: &Scoring, to: Step, closes: Option<Date>) -> Result<(), Refusal> {
    if to == Step::Publication {
        return Err(Refusal::LastStep);
    }
    let from = scoring.step.ok_or(Refusal::NoSteps)?;
    if from != to && !may_follow(from, to) {
        return Err(Refusal::Follows { from, to });
    }
    let Some(closes) = closes else { return Ok(()) };
    let planned = scoring.plan.iter().find(|planned| planned.step == to).ok_or(Refusal::NoDays(to))?;
    if closes < planned.opens { Err(Refusal::EndsBefore { step: to, opens: planned.opens, closes }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::round::plan::PlannedStep;

    #[test]
    fn a_step_follows_another_and_ends_on_or_after_its_first_day() {
        let opens = date(2026, 11, 3);
        let planned = PlannedStep { step: Step::Approval, opens, closes: date(2026, 11, 9) };
        let scoring = Scoring { step: Some(Step::Council), plan: vec![planned] };
        let to = |step, closes| may_move(&scoring, step, closes);
        let day = |day| Some(date(2026, 11, day));
        assert_eq!(to(Step::Approval, None), Ok(()));
        assert_eq!(to(Step::Approval, day(3)), Ok(()));
        assert_eq!(to(Step::Approval, day(2)), Err(Refusal::EndsBefore { step: Step::Approval, opens, closes: date(2026, 11, 2) }));
        assert_eq!(to(Step::Survey, None), Err(Refusal::Follows { from: Step::Council, to: Step::Survey }));
        assert_eq!(to(Step::Council, None), Ok(()), "the step that it is in");
        assert_eq!(to(Step::Council, day(20)), Err(Refusal::NoDays(Step::Council)));
        assert_eq!(to(Step::Publication, None), Err(Refusal::LastStep));
        assert_eq!(may_move(&Scoring::default(), Step::Survey, None), Err(Refusal::NoSteps));
    }
}
