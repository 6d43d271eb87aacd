//! Of all values of a few items, those that print the same leave every protected one open.

use std::collections::{BTreeMap, BTreeSet};

use rstest::rstest;

use super::*;
use crate::scoring::counts::ItemCounts;
use crate::scoring::decimal::{Held, Ratio};
use crate::survey::check::check;

const WORDS: &str = "{ vi = \"Chữ\", en = \"Words\" }";

/// A questionnaire with an index of so many items.
fn questionnaire(items: usize, aggregation: &str) -> Questionnaire {
    let item =
        |place: usize| format!("[[part.item]]\ncode = \"i{place}\"\nkind = \"scale\"\nscale = \"s\"\nfactor = \"f\"\ntext = {WORDS}\n");
    let step = |code: usize, satisfied: bool| format!("[[scale.option]]\ncode = \"{code}\"\ntext = {WORDS}\nsatisfied = {satisfied}\n");
    let text = [
        format!("id = \"q\"\nversion = \"1\"\nlanguages = [\"vi\", \"en\"]\naudience = \"citizens\"\ntitle = {WORDS}\n"),
        format!("[index]\nitem_value = \"satisfied-share\"\naggregation = \"{aggregation}\"\nmaximum = 10\n"),
        format!("[[content]]\ncode = \"c\"\ntext = {WORDS}\n[[factor]]\ncode = \"f\"\ncontent = \"c\"\ntext = {WORDS}\n"),
        format!("[[scale]]\nid = \"s\"\n{}{}", step(1, false), step(2, true)),
        format!("[[part]]\ncode = \"p\"\ntitle = {WORDS}\n{}", (0..items).map(item).collect::<String>()),
    ];
    check("q", &text.concat()).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// Every way to give each item some of its answers.
fn all(bases: &[u32]) -> Vec<Vec<u32>> {
    let more =
        |rows: Vec<Vec<u32>>, base: &u32| rows.iter().flat_map(|row| (0..=*base).map(move |given| [&row[..], &[given]].concat())).collect();
    bases.iter().fold(vec![Vec::new()], more)
}

/// Values that their print tells, and the points alone do not: the item, its base, its value and all values of the table.
fn told(thresholds: Thresholds, bases: &[u32], aggregation: &str) -> Vec<(usize, Vec<u32>)> {
    let questionnaire = questionnaire(bases.len(), aggregation);
    let (rule, classes) = (questionnaire.index.unwrap(), ClassTable::new(thresholds));
    let (mut by_print, mut by_index) = (BTreeMap::<_, Vec<Vec<u32>>>::new(), BTreeMap::<_, Vec<Vec<u32>>>::new());
    for table in all(bases) {
        let mut items: Vec<ItemScore> = (0..)
            .zip(table.iter().zip(bases))
            .map(|(item, (given, valid))| ItemScore { item, given: u64::from(*given), valid: *valid, most: 1 })
            .collect();
        let counts = |item: &ItemScore| ItemCounts { valid: item.valid, ..ItemCounts::default() };
        let counts = Counts { sheets: 0, items: items.iter().map(counts).collect() };
        let least = least_answers(&questionnaire, thresholds, &counts);
        items.retain(|item| item.valid >= least);
        let divisors = divisors(&questionnaire, rule, &items);
        let index =
            Held::sum_of(items.iter().zip(divisors).filter_map(|(item, divisor)| Ratio::new(100 * u128::from(item.given), divisor?)));
        let printed = prints(&questionnaire, rule, thresholds, &classes, &items);
        // What is printed of each item that is in the index; those that left it are printed apart, and say nothing of the others.
        let prints = match printed {
            Print::Exact => items.iter().map(|item| (item.item, item.given)).collect(),
            Print::Classes(classes) => items.iter().zip(classes).map(|(item, class)| (item.item, u64::from(class.from))).collect(),
            Print::Nothing => Vec::new(),
        };
        let index = index.to_fixed(2);
        by_index.entry(index.clone()).or_default().push(table.clone());
        by_print.entry((index, prints, items.len())).or_default().push(table);
    }
    let mut told = Vec::new();
    for ((index, ..), tables) in &by_print {
        for (place, base) in bases.iter().enumerate().filter(|(_, base)| thresholds.few(**base)) {
            let values = |tables: &[Vec<u32>]| tables.iter().map(|table| table[place]).collect::<BTreeSet<u32>>();
            let (seen, alone) = (values(tables), values(&by_index[index]));
            let near = |given: &u32| *given < thresholds.near || given + thresholds.near > *base;
            if seen.len() == 1 && seen.iter().all(near) && alone.len() > 1 {
                told.push((place, tables[0].clone()));
            }
        }
    }
    told
}

const SMALL: Thresholds = Thresholds { floor: 3, counts_from: 6, decimals_from: 8, near: 2 };

#[rstest]
#[case::one_item(SMALL, &[5])]
#[case::two_alike(SMALL, &[5, 5])]
#[case::three_alike(SMALL, &[4, 4, 4])]
#[case::four_alike(SMALL, &[3, 3, 3, 3])]
#[case::five_each(SMALL, &[5, 5, 5, 5])]
#[case::one_exact(SMALL, &[3, 6])]
#[case::two_pairs(SMALL, &[3, 3, 4, 4])]
#[case::exact_pairs(SMALL, &[3, 6, 6, 7, 7])]
#[case::one_of_four(SMALL, &[3, 6, 7, 8])]
#[case::three_pairs(SMALL, &[3, 3, 4, 4, 5])]
#[case::mostly_few(SMALL, &[4, 4, 4, 5, 6])]
#[case::ten(Thresholds::of(10), &[10, 10])]
#[case::twenty(Thresholds::of(10), &[20, 20, 20])]
#[case::four_of_eleven(Thresholds::of(10), &[11, 11, 11, 11])]
#[case::forty_nine(Thresholds::of(10), &[49, 49])]
#[case::beside_fifty(Thresholds::of(10), &[10, 50])]
fn no_print_tells_a_value_that_the_points_do_not(
    #[case] thresholds: Thresholds,
    #[case] bases: &[u32],
    #[values("mean-of-items", "pooled-answers")] aggregation: &str,
) {
    assert_eq!(told(thresholds, bases, aggregation), []);
}
