//! Going from step to step of scoring.

use jiff::civil::Date;

use super::{Author, Desk};
use crate::office::Stopped;
use crate::office::actor::MoveStep;
use crate::refusal::Refusal;
use crate::round::plan::Scoring;
use crate::round::steps::{Step, may_follow};

impl Desk {
    /// Takes the round to another step, or gives the step that it is in more time: `closes` moves the last day of that step.
    ///
    /// # Errors
    /// When the round plans no steps, the step cannot follow the one that it is in, or it would end before its first day.
    pub async fn move_to(self, step: Step, closes: Option<Date>, by: &Author<MoveStep>) -> Result<(), Stopped> {
        may_move(&self.round.code, &self.scoring, step, closes)?;
        Ok(self.store.move_step(&self.round, step, closes, &self.signed(by.may.in_round(&self.round.code)?, &by.why), &self.seen).await?)
    }
}

fn may_move(round: &str, scoring: &Scoring, to: Step, closes: Option<Date>) -> Result<(), Refusal> {
    let code = || round.to_owned();
    if to == Step::Publication {
        return Err(Refusal::LastStep { round: code() });
    }
    let from = scoring.step.ok_or_else(|| Refusal::NoSteps { round: code() })?;
    if from != to && !may_follow(from, to) {
        let possible_steps = from.next().to_vec();
        return Err(Refusal::StepFollows { round: code(), step: from, next_step: to, possible_steps });
    }
    let Some(closes) = closes else { return Ok(()) };
    let planned = scoring.plan.iter().find(|planned| planned.step == to).ok_or_else(|| Refusal::NoDays { round: code(), step: to })?;
    if closes < planned.opens { Err(ends_before(to, planned.opens, closes)) } else { Ok(()) }
}

fn ends_before(step: Step, first: Date, last: Date) -> Refusal {
    Refusal::StepEndsBefore { step, first_day: first.to_string(), last_day: last.to_string() }
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
        let to = |step, closes| may_move("26", &scoring, step, closes);
        let (day, code) = (|day| Some(date(2026, 11, day)), || "26".to_owned());
        assert_eq!(to(Step::Approval, None), Ok(()));
        assert_eq!(to(Step::Approval, day(3)), Ok(()));
        assert_eq!(to(Step::Approval, day(2)), Err(ends_before(Step::Approval, opens, date(2026, 11, 2))));
        let possible_steps = vec![Step::Approval, Step::Explanation];
        let follows = Refusal::StepFollows { round: code(), step: Step::Council, next_step: Step::Survey, possible_steps };
        assert_eq!(to(Step::Survey, None), Err(follows));
        assert_eq!(to(Step::Council, None), Ok(()), "the step that it is in");
        assert_eq!(to(Step::Council, day(20)), Err(Refusal::NoDays { round: code(), step: Step::Council }));
        assert_eq!(to(Step::Publication, None), Err(Refusal::LastStep { round: code() }));
        assert_eq!(may_move("26", &Scoring::default(), Step::Survey, None), Err(Refusal::NoSteps { round: code() }));
    }
}
