//! Why something is not done with score sheets, in words, with the command that helps.

use std::path::Path;

use anyhow::{Error, anyhow};

use crate::office::desk::{Correcting, Refusal, Stopped, Text};
use crate::office::evidence::NotKept;
use crate::office::past::NotRead;
use crate::round::steps::{ScorePart, Step};

/// Words for what stops a command on a round.
pub(super) fn of(round: &str) -> impl Fn(Stopped) -> Error {
    move |stopped| match stopped {
        Stopped::Refused(refusal) => anyhow!(said(&refusal, round)),
        Stopped::Faults(faults) => faults.into(),
        Stopped::NotKept(cause) => not_kept(cause),
        Stopped::Store(error) => error.into(),
        Stopped::NotWritten(cause) => cause.into(),
    }
}

/// The same for a command that reads a file: its faults come with its name.
pub(super) fn of_file(round: &str, file: &Path) -> impl Fn(Stopped) -> Error {
    let of = of(round);
    move |stopped| match stopped {
        Stopped::Faults(faults) => Error::from(faults).context(file.display().to_string()),
        stopped => of(stopped),
    }
}

/// Words for what is wrong with a file of ranks.
pub(super) fn not_read(not_read: NotRead, file: &Path) -> Error {
    match not_read {
        NotRead::Faults(faults) => Error::from(faults).context(file.display().to_string()),
        NotRead::Store(error) => error.into(),
    }
}

fn not_kept(cause: NotKept) -> Error {
    match cause {
        NotKept::Empty(file) => anyhow!("{}: this file is empty", file.display()),
        NotKept::TooLarge(file) => {
            anyhow!("{}: a file of evidence has at most 100 MB; name where it lies with --link", file.display())
        }
        NotKept::File(path, cause) => Error::from(cause).context(path.display().to_string()),
    }
}

fn said(refusal: &Refusal, round: &str) -> String {
    match refusal {
        Refusal::Draft => format!("round `{round}` is a draft; scores are entered after `par-survey round open {round}`"),
        Refusal::NoScheme => format!("round `{round}` names no scheme; a round file does it with schemes = [\"…\"]"),
        Refusal::Changed => {
            format!(
                "somebody else changed round `{round}` at the same time; nothing was changed by you. Look at it and run the command again"
            )
        }
        Refusal::Published(what) => format!(
            "round `{round}` is published; to correct {}, say --correction, and then `par-survey round publish {round} --correct WHY`",
            corrected(*what)
        ),
        Refusal::Early { step, opens } => format!("the step {step} of round `{round}` is planned from {opens}; wait until then"),
        Refusal::Late { step, closed } => format!(
            "the step {step} of round `{round}` ended on {closed}; `par-survey scores step {round} {step} --closes DATE` gives it more time"
        ),
        Refusal::NotOpen { step, part } => format!("the round is in the step {step}; `{part}` is entered in {}", steps(*part)),
        Refusal::Unit(unit) => {
            format!("unit `{unit}` is not scored in this round; `par-survey scores status` lists those that are")
        }
        Refusal::Criterion { unit, criterion } => {
            format!("there is no criterion `{criterion}` in the scheme of `{unit}`; `par-survey scores export` lists them")
        }
        Refusal::Surveyed(criterion) => {
            format!("the points of `{criterion}` come from the survey by themselves; they need no evidence")
        }
        Refusal::Origin(unit) => format!("--from: there is no unit `{unit}` in the register"),
        Refusal::OwnOrigin(unit) => format!("--from: `{unit}` cannot be merged from itself"),
        Refusal::Link => "--link: write the whole address, as https://…".to_owned(),
        Refusal::Text(text, unfit) => format!("{}: {unfit}", option(text)),
        Refusal::NoSteps => format!("round `{round}` plans no steps; scores can be entered until it is published"),
        Refusal::LastStep => format!("`par-survey round publish {round}` takes the round to its last step"),
        Refusal::Follows { from, to } => {
            let next = from.next().iter().map(|step| step.name()).collect::<Vec<_>>().join(" or ");
            format!("round `{round}` is in the step {from}; {next} can follow, not {to}")
        }
        Refusal::NoDays(step) => format!("round `{round}` plans no days for {step}"),
        Refusal::EndsBefore { step, opens, closes } => format!("{closes} is before {opens}, the first day of {step}"),
    }
}

fn steps(part: ScorePart) -> String {
    part.steps().into_iter().map(Step::name).collect::<Vec<_>>().join(", ")
}

fn corrected(what: Correcting) -> &'static str {
    match what {
        Correcting::Sheets => "it",
        Correcting::Targets => "its targets",
        Correcting::Figures => "its figures",
    }
}

/// The option or the criterion that a text is of.
fn option(text: &Text) -> &str {
    match text {
        Text::Link => "--link",
        Text::File => "--file",
        Text::Explanation => "--explanation",
        Text::Evidence(criterion) => criterion,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::import::scores::Unfit;

    /// Every refusal, as the commands have always said it.
    fn sentences() -> Vec<(Refusal, &'static str)> {
        let (step, day) = (Step::Council, date(2026, 11, 4));
        let own = |text: &str| text.to_owned();
        vec![
            (Refusal::Draft, "round `26` is a draft; scores are entered after `par-survey round open 26`"),
            (Refusal::NoScheme, "round `26` names no scheme; a round file does it with schemes = [\"…\"]"),
            (
                Refusal::Changed,
                "somebody else changed round `26` at the same time; nothing was changed by you. Look at it and run the command again",
            ),
            (
                Refusal::Published(Correcting::Sheets),
                "round `26` is published; to correct it, say --correction, and then `par-survey round publish 26 --correct WHY`",
            ),
            (
                Refusal::Published(Correcting::Targets),
                "round `26` is published; to correct its targets, say --correction, and then `par-survey round publish 26 --correct WHY`",
            ),
            (
                Refusal::Published(Correcting::Figures),
                "round `26` is published; to correct its figures, say --correction, and then `par-survey round publish 26 --correct WHY`",
            ),
            (Refusal::Early { step, opens: day }, "the step council of round `26` is planned from 2026-11-04; wait until then"),
            (
                Refusal::Late { step, closed: day },
                "the step council of round `26` ended on 2026-11-04; `par-survey scores step 26 council --closes DATE` gives it more time",
            ),
            (
                Refusal::NotOpen { step, part: ScorePart::Evidence },
                "the round is in the step council; `evidence` is entered in self-scoring, explanation",
            ),
            (Refusal::Unit(own("a")), "unit `a` is not scored in this round; `par-survey scores status` lists those that are"),
            (
                Refusal::Criterion { unit: own("a"), criterion: own("1") },
                "there is no criterion `1` in the scheme of `a`; `par-survey scores export` lists them",
            ),
            (Refusal::Surveyed(own("1")), "the points of `1` come from the survey by themselves; they need no evidence"),
            (Refusal::Origin(own("a")), "--from: there is no unit `a` in the register"),
            (Refusal::OwnOrigin(own("a")), "--from: `a` cannot be merged from itself"),
            (Refusal::Link, "--link: write the whole address, as https://…"),
            (Refusal::Text(Text::Link, Unfit::Control), "--link: this has control characters; type it again"),
            (Refusal::Text(Text::File, Unfit::NoWords), "--file: write some words"),
            (Refusal::Text(Text::Explanation, Unfit::NoWords), "--explanation: write some words"),
            (
                Refusal::Text(Text::Evidence(own("1")), Unfit::TooLong(5_001)),
                "1: 5001 characters are more than 5000; name a document instead",
            ),
            (Refusal::NoSteps, "round `26` plans no steps; scores can be entered until it is published"),
            (Refusal::LastStep, "`par-survey round publish 26` takes the round to its last step"),
            (
                Refusal::Follows { from: step, to: Step::Survey },
                "round `26` is in the step council; approval or explanation can follow, not survey",
            ),
            (Refusal::NoDays(step), "round `26` plans no days for council"),
            (
                Refusal::EndsBefore { step, opens: day, closes: date(2026, 11, 3) },
                "2026-11-03 is before 2026-11-04, the first day of council",
            ),
        ]
    }

    #[test]
    fn every_refusal_names_what_stands_in_the_way_and_the_command_that_helps() {
        for (refusal, sentence) in sentences() {
            assert_eq!(said(&refusal, "26"), sentence);
        }
    }

    #[test]
    fn a_file_of_evidence_that_is_not_kept_is_named() {
        let file = || "kế hoạch.pdf".into();
        let gone = std::io::Error::other("gone");
        let said =
            [NotKept::Empty(file()), NotKept::TooLarge(file()), NotKept::File(file(), gone)].map(|cause| format!("{:#}", not_kept(cause)));
        assert_eq!(
            said,
            [
                "kế hoạch.pdf: this file is empty",
                "kế hoạch.pdf: a file of evidence has at most 100 MB; name where it lies with --link",
                "kế hoạch.pdf: gone",
            ]
        );
    }
}
