//! Classes of few answers, with the thresholds of production: every table that there is, so that no class and no hidden value tells a protected count.

use std::collections::HashMap;

use par_survey::scoring::coarse::Classes;
use par_survey::scoring::witness::exchangeable;

/// Within this of nobody or of everybody, a count is protected.
const NEAR: u32 = 5;

/// A table is printed beside its sum, or not; then the classes of its counts, or that there are none.
type Print = (u32, Option<Vec<usize>>);

/// Every row of so many counts up to `most`; with a sum, only those that add up to it.
fn rows(counts: usize, most: u32, sum: Option<u32>) -> Vec<Vec<u32>> {
    (0..counts).fold(vec![Vec::new()], |rows, place| {
        let next = |row: Vec<u32>| {
            let rest = sum.map_or(most, |sum| sum - row.iter().sum::<u32>());
            let from = if sum.is_some() && place + 1 == counts { rest } else { 0 };
            (from..=rest).map(move |count| [&row[..], &[count]].concat())
        };
        rows.into_iter().flat_map(next).collect()
    })
}

/// Counts that a print tells, and the sum alone does not.
fn told(tables: &[Vec<u32>], answers: u32, is_sum_printed: bool) -> Vec<(Print, usize, u32)> {
    let classes = Classes::of(answers, NEAR).unwrap();
    let (mut prints, mut sums) = (HashMap::<Print, Vec<u64>>::new(), HashMap::<u32, Vec<u64>>::new());
    for table in tables {
        let sum = if is_sum_printed { table.iter().sum() } else { 0 };
        let printed = exchangeable(table, &classes).then(|| table.iter().map(|count| classes.class(*count).unwrap().place).collect());
        for seen in [prints.entry((sum, printed)).or_default(), sums.entry(sum).or_default()] {
            seen.resize(table.len(), 0);
            for (seen, count) in seen.iter_mut().zip(table) {
                *seen |= 1 << count;
            }
        }
    }
    let mut told = Vec::new();
    for (print, seen) in prints {
        for (place, seen) in seen.into_iter().enumerate().filter(|(_, seen)| seen.is_power_of_two()) {
            let count = seen.trailing_zeros();
            let points_tell = is_sum_printed && sums[&print.0][place].is_power_of_two();
            if !points_tell && (count < NEAR || count + NEAR > answers) {
                told.push((print.clone(), place, count));
            }
        }
    }
    told
}

/// Options of one choice: they add up to the answers.
#[test]
fn options_of_one_choice_are_open() {
    for (options, most) in [(2, 49), (3, 49), (4, 20), (5, 14)] {
        for answers in 10..=most {
            assert_eq!(told(&rows(options, answers, Some(answers)), answers, false), [], "{options} options, {answers} answers");
        }
    }
}

/// Options of several choices: everybody who answered chose one at least.
#[test]
fn options_of_several_choices_are_open() {
    for (options, most) in [(2, 49), (3, 20)] {
        for answers in 10..=most {
            let mut tables = rows(options, answers, None);
            tables.retain(|table| table.iter().sum::<u32>() >= answers);
            assert_eq!(told(&tables, answers, false), [], "{options} options, {answers} answers");
        }
    }
}

/// Items of one weight and number of answers beside an index that tells their sum.
#[test]
fn items_beside_the_index_are_open() {
    for (items, most) in [(2, 49), (3, 20), (4, 11)] {
        for answers in 10..=most {
            assert_eq!(told(&rows(items, answers, None), answers, true), [], "{items} items, {answers} answers");
        }
    }
}
