//! Laws of scoring: what holds for any sheets.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use crate::sample::{self, all_of, cell, default, input, questionnaire, register};
use par_survey::scoring::decimal::{Held, Ratio};
use par_survey::scoring::disclosure::{Bounds, SheetsTold};
use par_survey::scoring::index::indices;
use par_survey::scoring::publishing::results;
use par_survey::scoring::results::Results;
use par_survey::scoring::tally::{Tally, TallyCell};
use par_survey::scoring::thresholds::Thresholds;
use par_survey::survey::codebook::{Codebook, StoredItem};
use par_survey::survey::mode::Mode;
use par_survey::survey::{Aggregation, ItemValue, Questionnaire};
use proptest::prelude::*;

const RULES: [ItemValue; 3] = [ItemValue::SatisfiedShare, ItemValue::MeanOfMaximum, ItemValue::MeanRescaled];
const AGGREGATIONS: [Aggregation; 4] =
    [Aggregation::MeanOfItems, Aggregation::MeanOfFactors, Aggregation::MeanOfContents, Aggregation::PooledAnswers];

fn any_questionnaire() -> impl Strategy<Value = Questionnaire> {
    (prop::sample::select(&RULES[..]), prop::sample::select(&AGGREGATIONS[..]))
        .prop_map(|(value, aggregation)| questionnaire(value, aggregation))
}

/// Possible bytes of one column.
fn column_bytes(column: &StoredItem) -> BoxedStrategy<Vec<u8>> {
    let (rest, options) = (column.width - 1, u32::try_from(column.options).unwrap());
    if !column.multiple {
        return (0..u8::try_from(options + 3).unwrap()).prop_map(|byte| vec![byte]).boxed();
    }
    let answered = (1..1_u64 << options).prop_map(move |mask| [&[3], &mask.to_le_bytes()[..rest]].concat());
    prop_oneof![(0..3_u8).prop_map(move |byte| [vec![byte], vec![0; rest]].concat()), answered].boxed()
}

fn sheet(questionnaire: &Questionnaire) -> impl Strategy<Value = Vec<u8>> + use<> {
    Codebook::new(questionnaire).columns().iter().map(column_bytes).collect::<Vec<_>>().prop_map(|columns| columns.concat())
}

fn any_cell() -> impl Strategy<Value = TallyCell> {
    (0..4_u32, 0..2_u16, prop::sample::select(&Mode::ALL[..])).prop_map(|(unit, group, mode)| TallyCell { unit, group, mode })
}

fn any_sheets(most: usize) -> impl Strategy<Value = Vec<(TallyCell, Vec<u8>)>> {
    prop::collection::vec((any_cell(), sheet(&default())), 0..most)
}

fn tally_of<'a>(questionnaire: &Questionnaire, sheets: impl IntoIterator<Item = &'a (TallyCell, Vec<u8>)>) -> Tally {
    let mut tally = Tally::new(&Codebook::new(questionnaire));
    for (cell, packed) in sheets {
        tally.add(*cell, packed).unwrap();
    }
    tally
}

fn population_of(questionnaire: &Questionnaire, sheets: &[(TallyCell, Vec<u8>)]) -> Tally {
    let fill = |tally: &mut Tally| sheets.iter().try_for_each(|(cell, packed)| tally.add(*cell, packed));
    Tally::of_population(questionnaire, Thresholds::of(questionnaire.least_sheets), fill).unwrap()
}

/// Whether a sheet answers a question: what somebody said about himself is none.
fn is_answered(questionnaire: &Questionnaire, packed: &[u8]) -> bool {
    let codebook = Codebook::new(questionnaire);
    codebook.columns().iter().any(|column| questionnaire.items[column.item].code != "gender" && packed[column.offset] >= 3)
}

proptest! {
    #[test]
    fn any_order_and_any_parting_give_the_same_tally(sheets in any_sheets(60), parts in prop::collection::vec(0..3_usize, 60), turn in 0..60_usize) {
        let questionnaire = default();
        let whole = tally_of(&questionnaire, &sheets);
        let mut order: Vec<usize> = vec![0, 1, 2];
        order.rotate_left(turn % 3);
        let mut merged = Tally::new(&Codebook::new(&questionnaire));
        for part in order {
            let mine = sheets.iter().zip(&parts).filter(|(_, of)| **of == part).map(|(sheet, _)| sheet);
            merged.merge(&tally_of(&questionnaire, mine.rev())).unwrap();
        }
        prop_assert!(whole == merged);
        let answered = sheets.iter().filter(|(_, packed)| is_answered(&questionnaire, packed)).count();
        prop_assert_eq!(whole.cells().iter().map(|cell| whole.sheets_where(cell.unit, |other| other == *cell)).sum::<u32>(), u32::try_from(answered).unwrap());
    }

    #[test]
    fn every_sheet_is_in_one_place_of_every_item(sheets in any_sheets(60)) {
        let tally = tally_of(&default(), &sheets);
        for unit in 0..4 {
            let counts = all_of(&tally, unit);
            for column in Codebook::new(&default()).columns() {
                let item = &counts.items[column.item];
                prop_assert_eq!(item.not_shown + item.skipped + item.no_opinion + item.valid, counts.sheets);
                prop_assert_eq!(item.options.len(), column.options);
                prop_assert!(column.multiple || item.options.iter().sum::<u32>() == item.valid);
            }
            let by_mode = Mode::ALL.map(|mode| tally.sheets_where(unit, |cell| cell.mode == mode));
            prop_assert_eq!(by_mode.iter().sum::<u32>(), counts.sheets);
        }
    }

    #[test]
    fn what_is_packed_is_read_back(packed in sheet(&default())) {
        let codebook = Codebook::new(&default());
        prop_assert_eq!(codebook.pack(&codebook.unpack(&packed).unwrap()), packed);
    }

    #[test]
    fn a_tally_refuses_what_the_codebook_refuses(
        packed in sheet(&default()),
        changes in prop::collection::vec((0..9_usize, prop_oneof![0..9_u8, any::<u8>()]), 0..3),
        length in prop_oneof![9 => Just(9_usize), 1 => 0..14_usize],
    ) {
        let codebook = Codebook::new(&default());
        let mut packed = packed;
        for (place, byte) in changes {
            packed[place] = byte;
        }
        packed.resize(length, 0);
        let mut tally = Tally::new(&codebook);
        let added = tally.add(cell(0, Mode::Link), &packed);
        prop_assert_eq!(added.err(), codebook.unpack(&packed).err());
        prop_assert_eq!(all_of(&tally, 0).sheets, u32::from(added.is_ok() && is_answered(&default(), &packed)));
    }

    #[test]
    fn an_index_lies_between_0_and_100_and_between_its_items(questionnaire in any_questionnaire(), sheets in any_sheets(80)) {
        let counts = all_of(&tally_of(&questionnaire, &sheets), 0);
        let indices = indices(&questionnaire, questionnaire.index.unwrap(), &counts, 1);
        let items: Vec<Held> = indices.items.iter().map(par_survey::scoring::index::ItemScore::value).collect();
        let all = indices.factors.iter().chain(&indices.contents).chain([&indices.overall]);
        for value in all.filter_map(|score| score.value).chain(items.iter().copied()) {
            prop_assert!(value <= "100".parse().unwrap());
            prop_assert!(value >= *items.iter().min().unwrap() && value <= *items.iter().max().unwrap());
        }
    }

    #[test]
    fn one_more_satisfied_answer_never_lowers_an_item_and_seldom_an_index(
        sheets in any_sheets(80), aggregation in prop::sample::select(&AGGREGATIONS[..]), byte in 6..8_u8,
    ) {
        let questionnaire = questionnaire(ItemValue::SatisfiedShare, aggregation);
        let place = Codebook::new(&questionnaire).columns().iter().find(|column| column.item == 1).unwrap().offset;
        let value = |sheets: &[(TallyCell, Vec<u8>)]| {
            let indices = indices(&questionnaire, questionnaire.index.unwrap(), &all_of(&tally_of(&questionnaire, sheets), 0), 1);
            let a1 = indices.items.iter().find(|score| score.item == 1).map(par_survey::scoring::index::ItemScore::value);
            (a1, indices.overall)
        };
        // Somebody who answered a1 otherwise is satisfied after all.
        let mut better = sheets.clone();
        let mut of_unit = better.iter_mut().filter(|(cell, packed)| cell.unit == 0 && packed[place] >= 3);
        if let Some((_, packed)) = of_unit.next() {
            packed[place] = byte;
            let ((item, overall), (better_item, better_overall)) = (value(&sheets), value(&better));
            prop_assert!(better_item >= item && better_overall.value >= overall.value);
        }
        // One more satisfied answer to a1, nothing else on the sheet.
        let mut more = sheets.clone();
        let mut sheet = sample::sheets(&questionnaire, 1, &[]).remove(0);
        sheet[place] = byte;
        more.push((cell(0, Mode::Link), sheet));
        prop_assert!(value(&more).0 >= value(&sheets).0);
    }

    #[test]
    fn the_order_of_terms_does_not_matter(terms in prop::collection::vec((0..1000_u128, 1..1000_u128), 0..40), turn in 0..40_usize) {
        let mut ratios: Vec<Ratio> = terms.iter().filter_map(|(num, den)| Ratio::new(*num, *den)).collect();
        let forward = Held::sum_of(ratios.iter().copied());
        ratios.reverse();
        let middle = turn.min(ratios.len());
        ratios.rotate_left(middle);
        prop_assert_eq!(Held::sum_of(ratios), forward);
    }

    #[test]
    fn one_fraction_is_held_like_a_sum_of_one(num in any::<u128>(), den in 1..=u128::MAX, shift in 0..127_u32) {
        for (num, den) in [(num, den), (num >> shift, den), (num >> shift, (den >> shift).max(1)), (num >> 100, (den >> 100).max(1))] {
            let ratio = Ratio::new(num, den).unwrap();
            prop_assert_eq!(Held::from(ratio), Held::sum_of([ratio]));
        }
    }

    #[test]
    fn k_shares_of_one_kth_are_a_whole(k in 1..2000_u16) {
        let share = Ratio::new(1, u128::from(k)).unwrap();
        prop_assert_eq!(Held::sum_of((0..k).map(|_| share)), "1".parse().unwrap());
    }

    #[test]
    fn a_frozen_snapshot_gives_the_same_bytes(questionnaire in any_questionnaire(), sheets in any_sheets(250)) {
        let units = register(&["d", "d", "c", "c", "c"]);
        let made = results(&input(&questionnaire, &units, &population_of(&questionnaire, &sheets)));
        let bytes = serde_json::to_vec(&made).unwrap();
        let read: Results = serde_json::from_slice(&bytes).unwrap();
        prop_assert_eq!(serde_json::to_vec(&read).unwrap(), bytes);
        prop_assert!(read == made);
    }

    #[test]
    fn nothing_under_the_floor_is_printed(sheets in any_sheets(250), least in 0..40_u32) {
        let questionnaire = Questionnaire { least_sheets: least, ..default() };
        let units = register(&["d", "d", "c", "c", "c"]);
        let made = results(&input(&questionnaire, &units, &population_of(&questionnaire, &sheets)));
        prop_assert_eq!(made.floor, least.max(10));
        let codebook = Codebook::new(&questionnaire);
        let told = |sheets: u32| if sheets < 50 { SheetsTold::Between(made.floor, 49) } else { SheetsTold::Exactly(sheets) };
        let mut all = 0;
        for ((_, unit), row) in made.all_units().zip(&units) {
            // Counted here, on the sheets.
            let mine: Vec<&[u8]> = sheets.iter().filter(|(cell, _)| cell.unit == row.number).map(|(_, packed)| &packed[..]).collect();
            let answers = |place: usize, packed: &[u8]| codebook.columns().iter().any(|column| column.item == place && packed[column.offset] >= 3);
            let count = |is_counted: &dyn Fn(&[u8]) -> bool| u32::try_from(mine.iter().filter(|packed| is_counted(packed)).count()).unwrap();
            let valid_of = |place: usize| count(&|packed| answers(place, packed));
            let inside = |place: usize| valid_of(place) >= made.floor && questionnaire.items[place].code != "gender";
            let Some(figures) = &unit.figures else {
                prop_assert!((0..questionnaire.items.len()).all(|place| !inside(place)));
                continue;
            };
            // A sheet that answers nothing but items outside the population is in no number.
            let population: Vec<usize> = (0..questionnaire.items.len()).filter(|place| inside(*place)).collect();
            let in_it = count(&|packed| population.iter().any(|place| answers(*place, packed)));
            all += in_it;
            prop_assert_eq!(*figures.sheets.get(), told(in_it));
            for item in &figures.items {
                let place = questionnaire.position(&item.code).unwrap();
                let valid = valid_of(place);
                prop_assert_eq!(item.valid.map(|valid| *valid.get()), inside(place).then(|| told(valid)));
                prop_assert!(item.valid.is_some() || (item.figure.is_none() && item.options.is_empty() && item.skipped.is_none()));
                let exact = item.fraction.is_some() || item.options.iter().any(|share| share.get().count.is_some() || share.get().percent.bound() != Bounds::Class);
                prop_assert!(valid >= 50 || !exact);
                prop_assert!(in_it >= 50 || (item.skipped.is_none() && item.no_opinion.is_none() && item.not_shown.is_none()));
                prop_assert!(in_it < 50 || item.valid.is_none() || item.skipped.is_some());
            }
        }
        prop_assert_eq!(made.sheets.map(|sheets| *sheets.get()), (all > 0).then(|| told(all)));
    }
}
