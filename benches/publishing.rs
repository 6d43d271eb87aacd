//! From tallies to what is published of every commune of the country in two questionnaires, with a yardstick in the same run: reading the counts of
//! every unit once, which nothing that publishes them can do without.
//!
//! `cargo bench --bench publishing -- [UNITS]`: 3,321 units unless told otherwise, each with 5 to 120 sheets of the SIPAS form and as many of
//! the officials' form, with answers passed over, so that every size has its rule. Ends with an error where both together take more than 3 s.
#![expect(clippy::unwrap_used, reason = "a measurement stops where it fails")]

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use par_survey::catalogue;
use par_survey::scoring::population::Population;
use par_survey::scoring::publishing::{RegisterUnit, ResultsInput, results};
use par_survey::scoring::tally::{Tally, TallyCell};
use par_survey::scoring::thresholds::Thresholds;
use par_survey::survey::Questionnaire;
use par_survey::survey::codebook::{Codebook, FIRST_OPTION, SKIPPED};
use par_survey::survey::mode::Mode;
use par_survey::unit::UnitCode;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

const RUNS: usize = 5;
const MOST: Duration = Duration::from_secs(3);

fn main() {
    let units = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(3_321);
    let mut both = Duration::ZERO;
    for name in ["sipas-2026", "par-officials-communes"] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("survey-definitions/{name}.toml"));
        let questionnaire = catalogue::definition(&file, std::fs::read_to_string(&file).unwrap()).unwrap().questionnaire;
        let (register, thresholds, codebook) = (register(units), Thresholds::of(questionnaire.least_sheets), Codebook::new(&questionnaire));
        let mut tally = Tally::new(&codebook);
        fill(&mut tally, &questionnaire, units);
        let mut within = Tally::within(&codebook, Population::of(&questionnaire, thresholds, &tally).into());
        fill(&mut within, &questionnaire, units);
        let input = ResultsInput { questionnaire: &questionnaire, definition_sha256: "00", units: &register, thresholds, tally: &within };
        let made = median(|| {
            black_box(Population::of(&questionnaire, thresholds, &tally));
            black_box(results(&input));
        });
        let read = median(|| (0..units).for_each(|unit| drop(black_box(tally.unit_where(unit, |_| true)))));
        println!("{name}: {units} units published in {made:?}; reading their counts {read:?}");
        both += made;
    }
    println!("both: {both:?}");
    assert!(both <= MOST, "publishing takes more than {MOST:?}");
}

fn register(units: u32) -> Vec<RegisterUnit> {
    let unit = |number| RegisterUnit { code: UnitCode::new(&format!("xa-{number}")).unwrap(), block: "communes".to_owned(), number };
    (0..units).map(unit).collect()
}

fn fill(tally: &mut Tally, questionnaire: &Questionnaire, units: u32) {
    let (codebook, mut chance) = (Codebook::new(questionnaire), StdRng::seed_from_u64(1));
    let groups = u16::try_from(questionnaire.rating.as_ref().map_or(1, |rating| rating.groups.len())).unwrap();
    let mut packed = vec![0; codebook.width()];
    for unit in 0..units {
        for _ in 0..chance.random_range(5..120) {
            for column in codebook.columns() {
                let option = FIRST_OPTION + chance.random_range(0..u8::try_from(column.options).unwrap());
                // Where several may be chosen, nobody answers: what is measured is the rest.
                packed[column.offset] = if column.multiple || chance.random_ratio(1, 50) { SKIPPED } else { option };
            }
            let cell = TallyCell { unit, group: chance.random_range(0..groups), mode: Mode::Link };
            tally.add(cell, &packed).unwrap();
        }
    }
}

fn median(mut run: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[RUNS / 2]
}
