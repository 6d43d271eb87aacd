//! Shapes of questionnaires whose small tables are all listed.

use par_survey::scoring::thresholds::Thresholds;
use par_survey::survey::mode::Mode;
use par_survey::survey::rating::{Combination, Group, RatedCriterion, RatedUnits, Rating, SmallGroups};
use par_survey::survey::{Aggregation, Choice, ItemValue, Kind, Questionnaire, Role};
use rstest::rstest;

use super::{SMALL, Shape, check};
use crate::sample;

/// A citizens' questionnaire of items with so many options, the upper half of which satisfies.
fn citizens(items: &[(&str, bool)], options: usize, value: ItemValue, aggregation: Aggregation) -> Questionnaire {
    let mut questionnaire = sample::questionnaire(value, aggregation);
    questionnaire.items.retain(|item| items.iter().any(|(code, _)| *code == item.code));
    for item in &mut questionnaire.items {
        let mut steps = item.choices().to_vec();
        steps.truncate(options);
        steps.iter_mut().enumerate().for_each(|(place, step): (usize, &mut Choice)| step.satisfied = place * 2 >= options);
        item.kind = match item.role {
            Role::Attribute => Kind::Single(steps),
            Role::Question => Kind::Scale { scale: "s".to_owned(), steps },
        };
        if items.iter().any(|(code, feeds)| *code == item.code && !feeds) {
            item.factor = None;
        }
    }
    questionnaire
}

#[rstest]
#[case::one_item(citizens(&[("a1", true)], 3, ItemValue::SatisfiedShare, Aggregation::MeanOfItems), 3, 9)]
#[case::one_item_only_counted(citizens(&[("a1", false)], 3, ItemValue::SatisfiedShare, Aggregation::MeanOfItems), 3, 9)]
#[case::four_options_only_counted(citizens(&[("a1", false)], 4, ItemValue::SatisfiedShare, Aggregation::MeanOfItems), 4, 9)]
#[case::two_items(citizens(&[("a1", true), ("a2", true)], 2, ItemValue::SatisfiedShare, Aggregation::MeanOfItems), 2, 6)]
#[case::two_factors(citizens(&[("a1", true), ("b1", true)], 2, ItemValue::SatisfiedShare, Aggregation::MeanOfFactors), 2, 6)]
#[case::pooled_answers(citizens(&[("a1", true), ("c1", true)], 2, ItemValue::SatisfiedShare, Aggregation::PooledAnswers), 2, 6)]
#[case::two_items_rescaled(citizens(&[("a1", true), ("a2", true)], 2, ItemValue::MeanRescaled, Aggregation::MeanOfItems), 2, 6)]
#[case::an_item_beside_the_index(citizens(&[("a1", true), ("a2", false)], 2, ItemValue::SatisfiedShare, Aggregation::MeanOfItems), 2, 6)]
fn citizens_are_protected(#[case] questionnaire: Questionnaire, #[case] options: usize, #[case] most: usize) {
    check(&Shape { questionnaire, units: 1, groups: 1, modes: &[Mode::Link], options, most, thresholds: SMALL });
}

/// The definition asks for more sheets than the floor: as many as counts are printed from, or fewer.
#[rstest]
#[case::one_item(citizens(&[("a1", true)], 3, ItemValue::SatisfiedShare, Aggregation::MeanOfItems), 3, 9, 5)]
#[case::one_item_only_counted(citizens(&[("a1", false)], 3, ItemValue::SatisfiedShare, Aggregation::MeanOfItems), 3, 9, 4)]
#[case::no_classes(citizens(&[("a1", false)], 2, ItemValue::SatisfiedShare, Aggregation::MeanOfItems), 2, 9, 6)]
#[case::two_items(citizens(&[("a1", true), ("a2", true)], 2, ItemValue::SatisfiedShare, Aggregation::MeanOfItems), 2, 6, 4)]
fn citizens_are_protected_by_a_raised_floor(
    #[case] questionnaire: Questionnaire,
    #[case] options: usize,
    #[case] most: usize,
    #[case] floor: u32,
) {
    let thresholds = Thresholds { floor, ..SMALL };
    check(&Shape { questionnaire, units: 1, groups: 1, modes: &[Mode::Link], options, most, thresholds });
}

/// Sheets come in two ways, and respondents say something of themselves.
#[rstest]
#[case::two_modes(&[("a1", true)], &[Mode::Link, Mode::Desk], 8)]
#[case::an_attribute(&[("gender", false), ("a1", false)], &[Mode::Link], 8)]
fn modes_and_attributes_are_protected(#[case] items: &[(&str, bool)], #[case] modes: &'static [Mode], #[case] most: usize) {
    let questionnaire = citizens(items, 2, ItemValue::SatisfiedShare, Aggregation::MeanOfItems);
    check(&Shape { questionnaire, units: 1, groups: 1, modes, options: 2, most, thresholds: SMALL });
}

fn officials(items: &[&str], options: usize, combination: Combination, small_groups: SmallGroups, groups: usize) -> Questionnaire {
    let feeds: Vec<(&str, bool)> = items.iter().map(|code| (*code, false)).collect();
    let mut questionnaire = citizens(&feeds, options, ItemValue::SatisfiedShare, Aggregation::MeanOfItems);
    questionnaire.index = None;
    for item in &mut questionnaire.items {
        item.criterion = Some(0);
        if let Kind::Scale { steps, .. } = &mut item.kind {
            steps.iter_mut().zip([100, 60, 20, 0]).for_each(|(step, weight)| step.weight = Some(weight));
        }
    }
    let text = questionnaire.title.clone();
    let group = |place: usize| Group {
        code: format!("g{place}"),
        text: text.clone(),
        weight: [30, 70, 10, 40][place],
        least_sheets: 0,
        scope: RatedUnits::OwnParent,
    };
    questionnaire.rating = Some(Rating {
        combination,
        small_groups,
        not_worked_with: text.clone(),
        groups: (0..groups).map(group).collect(),
        criteria: vec![RatedCriterion { code: "c".to_owned(), text: text.clone(), maximum_hundredths: 300 }],
    });
    questionnaire
}

#[rstest]
#[case::one_group(officials(&["a1"], 3, Combination::GroupWeights, SmallGroups::LeaveOut, 1), 1, 3, 9)]
#[case::weights(officials(&["a1"], 2, Combination::GroupWeights, SmallGroups::LeaveOut, 2), 2, 2, 12)]
#[case::pooled(officials(&["a1"], 2, Combination::Pooled, SmallGroups::LeaveOut, 2), 2, 2, 12)]
#[case::weights_pool(officials(&["a1"], 2, Combination::GroupWeights, SmallGroups::Pool, 2), 2, 2, 12)]
#[case::three_groups(officials(&["a1"], 2, Combination::GroupWeights, SmallGroups::LeaveOut, 3), 3, 2, 11)]
#[case::three_groups_pool(officials(&["a1"], 2, Combination::Pooled, SmallGroups::Pool, 3), 3, 2, 10)]
#[case::two_items(officials(&["a1", "a2"], 2, Combination::GroupWeights, SmallGroups::LeaveOut, 1), 1, 2, 7)]
#[case::two_items_two_groups(officials(&["a1", "a2"], 2, Combination::Pooled, SmallGroups::LeaveOut, 2), 2, 2, 5)]
fn officials_are_protected(#[case] questionnaire: Questionnaire, #[case] groups: u16, #[case] options: usize, #[case] most: usize) {
    // A pool of as many groups as its floor could hold one sheet of each, and would tell so.
    let floor = SMALL.floor.max(u32::from(groups) + 1);
    let thresholds = Thresholds { floor, counts_from: floor + 3, ..SMALL };
    check(&Shape { questionnaire, units: 1, groups, modes: &[Mode::Code], options, most, thresholds });
}

/// Two units of one block: totals of the block, of the round, of groups and modes are of both.
#[rstest]
#[case::one_item(citizens(&[("a1", true)], 2, ItemValue::SatisfiedShare, Aggregation::MeanOfItems), 1, &[Mode::Link], 2, 13)]
#[case::modes(citizens(&[("a1", false)], 1, ItemValue::SatisfiedShare, Aggregation::MeanOfItems), 1, &[Mode::Link, Mode::Desk], 1, 14)]
#[case::groups(officials(&["a1"], 1, Combination::GroupWeights, SmallGroups::LeaveOut, 2), 2, &[Mode::Code], 1, 14)]
#[case::groups_that_are_pooled(officials(&["a1"], 1, Combination::GroupWeights, SmallGroups::Pool, 2), 2, &[Mode::Code], 1, 13)]
#[case::answers_of_a_group(officials(&["a1"], 2, Combination::Pooled, SmallGroups::LeaveOut, 1), 1, &[Mode::Code], 2, 11)]
fn units_of_one_block_are_protected(
    #[case] questionnaire: Questionnaire,
    #[case] groups: u16,
    #[case] modes: &'static [Mode],
    #[case] options: usize,
    #[case] most: usize,
) {
    check(&Shape { questionnaire, units: 2, groups, modes, options, most, thresholds: SMALL });
}

/// Four groups are two pools, if any: of the first two, and of the others.
#[rstest]
#[case::weights(Combination::GroupWeights)]
#[case::pooled(Combination::Pooled)]
fn two_pools_are_protected(#[case] combination: Combination) {
    let questionnaire = officials(&["a1"], 1, combination, SmallGroups::Pool, 4);
    check(&Shape { questionnaire, units: 1, groups: 4, modes: &[Mode::Code], options: 1, most: 13, thresholds: SMALL });
}

/// The definition asks for more sheets than the floor, of all groups.
#[rstest]
#[case::weights(Combination::GroupWeights, SmallGroups::LeaveOut, 4, 12)]
#[case::weights_pool(Combination::GroupWeights, SmallGroups::Pool, 4, 12)]
#[case::weights_pool_no_classes(Combination::GroupWeights, SmallGroups::Pool, 6, 14)]
fn officials_are_protected_by_a_raised_floor(
    #[case] combination: Combination,
    #[case] small_groups: SmallGroups,
    #[case] floor: u32,
    #[case] most: usize,
) {
    let questionnaire = officials(&["a1"], 2, combination, small_groups, 2);
    let thresholds = Thresholds { floor, ..SMALL };
    check(&Shape { questionnaire, units: 1, groups: 2, modes: &[Mode::Code], options: 2, most, thresholds });
}

/// A group of its own floor: under it, it is as hidden as any.
#[rstest]
#[case::weights(Combination::GroupWeights, SmallGroups::LeaveOut)]
#[case::weights_pool(Combination::GroupWeights, SmallGroups::Pool)]
#[case::pooled(Combination::Pooled, SmallGroups::LeaveOut)]
#[case::pool(Combination::Pooled, SmallGroups::Pool)]
fn officials_are_protected_by_a_raised_floor_of_a_group(#[case] combination: Combination, #[case] small_groups: SmallGroups) {
    let mut questionnaire = officials(&["a1"], 2, combination, small_groups, 2);
    questionnaire.rating.as_mut().unwrap().groups[0].least_sheets = 5;
    check(&Shape { questionnaire, units: 1, groups: 2, modes: &[Mode::Code], options: 2, most: 11, thresholds: SMALL });
}
