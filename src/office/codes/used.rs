//! What is told of how many codes were used: no more than figures will tell.

use super::super::Stopped;
use crate::directory::Form;
use crate::office::Office;
use crate::office::progress::certain_of;
use crate::publication;
use crate::publication::sets::Sets;
use crate::round::RoundState;
use crate::store::Store;
use crate::store::codes::CodeCount;
use crate::survey::rating::Rating;

/// Fewest issued codes of which a part is told: of fewer none is mixed.
const TOLD_FROM: i64 = 20;

/// The codes of a group.
#[derive(Debug)]
pub struct CodesUsed {
    /// Id of the questionnaire that they open.
    pub questionnaire: String,
    /// Their group; empty for citizens.
    pub group: String,
    /// How many were issued.
    pub issued: i64,
    /// How many were used, as far as that is told.
    pub used: Used,
}

/// What is told of the use of codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Used {
    /// Nothing.
    Untold,
    /// What part of the ratings that they can give came and will be in figures.
    Part(UsedPart),
    /// Whether anything of the group is in figures.
    InFigures(bool),
}

/// A part of all, coarsely.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UsedPart {
    /// Less than half.
    UnderHalf,
    /// From half to four fifths.
    HalfOrMore,
    /// More than four fifths.
    NearlyAll,
}

impl UsedPart {
    fn of(given: u64, possible: u64) -> Self {
        match (given * 2 < possible, given * 5 <= possible * 4) {
            (true, _) => Self::UnderHalf,
            (false, true) => Self::HalfOrMore,
            (false, false) => Self::NearlyAll,
        }
    }
}

/// What is told of the codes of a round.
///
/// # Errors
/// When there is no such round, it was never opened, or the database does not answer.
pub async fn used(Office { store }: &Office, round: &str) -> Result<Vec<CodesUsed>, Stopped> {
    let opened = publication::opened(store, round).await?;
    let counts = store.code_counts(&opened.round).await?;
    let mut all = Vec::new();
    for form in &opened.questionnaires {
        let counts: Vec<&CodeCount> = counts.iter().filter(|count| count.questionnaire == form.id).collect();
        if counts.is_empty() {
            continue;
        }
        let used = if opened.round.state >= RoundState::Closed {
            in_figures(&Sets::read(store, form).await?, form, &counts)
        } else {
            parts(store, opened.round.id, form, &counts).await?
        };
        let id = &form.questionnaire.id;
        let of = |(count, used): (&CodeCount, Used)| CodesUsed {
            questionnaire: id.clone(),
            group: count.group.clone(),
            issued: count.issued,
            used,
        };
        all.extend(counts.into_iter().zip(used).map(of));
    }
    Ok(all)
}

/// Once the round is closed: whether anything of each group is in figures, which is published.
fn in_figures(sets: &Sets, form: &Form, counts: &[&CodeCount]) -> Vec<Used> {
    let is_in = |group: &str| form.units.iter().any(|unit| sets.of(unit.id, group).is_some());
    counts.iter().map(|count| Used::InFigures(is_in(&count.group))).collect()
}

/// While it is open: what part of the ratings that codes can give came and will be in figures, the same for groups that can be counted as
/// one.
async fn parts(store: &Store, round: i32, form: &Form, counts: &[&CodeCount]) -> Result<Vec<Used>, Stopped> {
    let groups: Vec<&str> = form.questionnaire.rating.iter().flat_map(|rating| &rating.groups).map(|group| group.code.as_str()).collect();
    let together = form.questionnaire.rating.as_ref().map_or_else(|| std::iter::once(0..1).collect(), Rating::together);
    let set = |group: &str| {
        let place = groups.iter().position(|known| *known == group).unwrap_or_default();
        together.iter().position(|places| places.contains(&place)).unwrap_or_default()
    };
    let mut told: Vec<(i64, u64, u64)> = vec![(0, 0, 0); together.len()];
    for count in counts {
        let possible: u64 = store.codes_by_unit(round, form.id, &count.group).await?.values().sum();
        if let Some((issued, _, of)) = told.get_mut(set(&count.group)) {
            (*issued, *of) = (*issued + count.issued, *of + possible);
        }
    }
    for unit in certain_of(store, round, form).await?.values() {
        told.iter_mut().zip(unit).for_each(|((_, given, _), sheets)| *given += sheets);
    }
    let part = |(issued, given, possible): &(i64, u64, u64)| {
        if *issued < TOLD_FROM { Used::Untold } else { Used::Part(UsedPart::of(*given, *possible)) }
    };
    Ok(counts.iter().map(|count| told.get(set(&count.group)).map_or(Used::Untold, part)).collect())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(0, 20, UsedPart::UnderHalf)]
    #[case(9, 20, UsedPart::UnderHalf)]
    #[case(10, 20, UsedPart::HalfOrMore)]
    #[case(16, 20, UsedPart::HalfOrMore)]
    #[case(17, 20, UsedPart::NearlyAll)]
    fn a_part_is_told_coarsely(#[case] given: u64, #[case] possible: u64, #[case] expected: UsedPart) {
        assert_eq!(UsedPart::of(given, possible), expected);
    }
}
