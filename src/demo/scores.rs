//! Score sheets of the example province: a frozen year before, and what units and appraisers entered this year.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

use jiff::tz::Offset;
use rand::rngs::ChaCha20Rng;
use rand::{RngExt, SeedableRng};

use super::{CLERK, PUBLISHED, actor, clock};
use crate::import::scores::{self, Against};
use crate::import::targets;
use crate::publication::past;
use crate::publication::ranking::{FIGURES, Scored, TARGETS, written, written_status};
use crate::round::Round;
use crate::round::steps::ScorePart;
use crate::scheme::{Conversion, From, Leaf};
use crate::scoring::decimal::Held;
use crate::scoring::ranking::{Past, UnitStatus};
use crate::store::Store;
use crate::store::rounds::NewRound;
use crate::store::scores::{Entry, NewScoring, ScoreSheets, Signature};
use crate::unit::{Unit, UnitCode};

/// Id of the frozen year before.
const BEFORE: &str = "2024";
/// A unit that took over the work of another, and that other one.
const MERGED: (&str, &str) = ("phuong-cho-moi", "xa-cho-cu");
/// A unit that is not ranked.
const EXEMPT: &str = "dac-khu-dao-ngoc";
/// A unit to which a whole field does not apply.
const WITHOUT_FIELD: (&str, &str) = ("cong-an", "civil-service");
/// Who gets a bonus, and who a penalty.
const BONUS: &str = "so-khoa-hoc";
const PENALTY: &str = "so-xay-dung";

/// Fields of the year before, by block: what the schemes of this year have too.
const FIELDS: [(&str, &[&str]); 3] = [
    ("departments", &["direction", "institutions", "procedures", "apparatus", "civil-service", "finance", "digital"]),
    ("communes", &["direction", "institutions", "procedures", "apparatus", "civil-service", "finance", "digital", "impact"]),
    ("agencies", &["direction", "institutions", "procedures", "civil-service", "digital"]),
];

fn signature(why: &str) -> Signature {
    Signature { who: CLERK.to_owned(), on: Offset::constant(7).to_datetime(clock::now()).date(), why: why.to_owned() }
}

/// Publishes the year before as a ranking that was made elsewhere.
pub(super) async fn publish_before(store: &Store, seed: u64) -> anyhow::Result<()> {
    let mut random = ChaCha20Rng::seed_from_u64(seed ^ 0x2024);
    let mut all: Vec<(UnitCode, Past)> = Vec::new();
    for (block, fields) in FIELDS {
        let mut block_units: Vec<(UnitCode, Past)> = Vec::new();
        let units = store.units().await?.into_iter().map(|row| row.unit);
        for unit in units.filter(|unit| unit.block == block && unit.valid_to.is_none() && unit.code.as_str() != EXEMPT) {
            let fields: BTreeMap<String, Held> =
                fields.iter().map(|field| ((*field).to_owned(), Held::from_hundredths(random.random_range(7_000..9_700)))).collect();
            let index = Held::mean_of(&fields.values().copied().collect::<Vec<_>>());
            block_units.push((unit.code, Past { block: block.to_owned(), rank: 0, index, fields }));
        }
        block_units.sort_by_key(|(_, past)| std::cmp::Reverse(past.index));
        for ((_, past), rank) in block_units.iter_mut().zip(1..) {
            past.rank = rank;
        }
        all.extend(block_units);
    }
    let (name_vi, name_en) = ("Chỉ số CCHC năm 2024 (dữ liệu mẫu)".to_owned(), "PAR Index 2024 (sample data)".to_owned());
    let new = NewRound {
        code: BEFORE.to_owned(),
        name_vi,
        name_en,
        year: BEFORE.parse()?,
        opens_at: clock::now(),
        closes_at: clock::now(),
        offset: Offset::constant(7),
        synthetic: true,
        questionnaires: Vec::new(),
        scoring: NewScoring::default(),
    };
    past::publish(store, new, &all, None, &actor()?.by(clock::now())).await?;
    Ok(())
}

/// Enters scores, statuses, targets and figures for the round that will be published, by the way of the commands.
pub(super) async fn enter(store: &Store, seed: u64) -> anyhow::Result<()> {
    let round = store.round(PUBLISHED).await?;
    let scored = Scored::read(store, &round).await?;
    let first = sheets(&scored, &round, seed, false);
    import(store, &round, &scored, &first, "").await?;
    // Some scores are changed after explanation, so that the history has something to show.
    import(store, &round, &scored, &sheets(&scored, &round, seed, true), "đơn vị đã bổ sung tài liệu kiểm chứng").await?;
    enter_statuses(store, &round, &scored).await?;
    let register: Vec<Unit> = store.units().await?.into_iter().map(|row| row.unit).collect();
    let faulty = |faults| anyhow::anyhow!("example targets: {faults}");
    let found = targets::targets(include_bytes!("targets.csv").as_slice(), &register).map_err(faulty)?;
    store.keep_file(&round, TARGETS, written(&found)?, false).await?;
    let found = targets::figures(include_bytes!("figures.csv").as_slice()).map_err(faulty)?;
    Ok(store.keep_file(&round, FIGURES, written(&found)?, false).await?)
}

async fn import(store: &Store, round: &Round, scored: &Scored, file: &str, why: &str) -> anyhow::Result<()> {
    let entered: ScoreSheets = store.score_sheets(round.id).await?;
    let against = Against { units: scored.units_with_schemes(round.year), year: round.year, step: None, entered: &entered };
    let entries = scores::read(file.as_bytes(), &against, &|_| {}).map_err(|faults| anyhow::anyhow!("example scores: {faults}"))?;
    Ok(store.enter_scores(round, &entries, &signature(why), &store.seen(round.id).await?).await?)
}

async fn enter_statuses(store: &Store, round: &Round, scored: &Scored) -> anyhow::Result<()> {
    let merged = UnitStatus::Merged { from: vec![UnitCode::new(MERGED.1)?] };
    let statuses = HashMap::from([(MERGED.0, merged), (EXEMPT, UnitStatus::Exempt)]);
    let entry =
        |unit: i32, status: &UnitStatus| Entry { unit, leaf: String::new(), part: ScorePart::Status, words: written_status(status) };
    let entries: Vec<Entry> = scored.units.iter().filter_map(|row| Some(entry(row.id, statuses.get(row.unit.code.as_str())?))).collect();
    Ok(store.enter_scores(round, &entries, &signature(""), &store.seen(round.id).await?).await?)
}

/// A score file of all units; the second time with some appraised scores raised.
fn sheets(scored: &Scored, round: &Round, seed: u64, second: bool) -> String {
    let mut random = ChaCha20Rng::seed_from_u64(seed ^ 0x2025);
    let mut file = String::from("unit,criterion,self,appraised\n");
    for (row, scheme) in scored.units_with_schemes(round.year) {
        let (code, quality) = (row.unit.code.as_str(), random.random_range(80..99));
        for leaf in scheme.leaves.iter().filter(|leaf| !leaf.is_surveyed()) {
            let field = scheme.fields.get(scheme.field_of(leaf)).map_or("", |field| &field.code);
            // Drawn whether they are used or not, so that the second file differs only where it is meant to.
            let (luck, changed) = (random.random_range(0..100), random.random_range(0..40) == 0);
            let appraised = if (code, field) == WITHOUT_FIELD { "NA".to_owned() } else { given(leaf, code, quality, luck) };
            let own = if appraised == "NA" { String::new() } else { given(leaf, code, 100, 0) };
            let raised = second && changed && own != appraised && appraised != "NA" && !leaf.is_adjustment();
            let appraised = if raised { &own } else { &appraised };
            let _ = writeln!(file, "{code},{},{own},{appraised}", leaf.code);
        }
    }
    file
}

/// What a unit of some quality gets for a leaf, as a score file says it.
fn given(leaf: &Leaf, unit: &str, quality: u32, luck: u32) -> String {
    let hundredths = |points: u32| Held::from_hundredths(points).to_fixed(2);
    let maximum = leaf.maximum_hundredths;
    let good = luck < quality;
    match &leaf.from {
        From::Appraisal(Some(allowed)) => {
            let best = allowed.last().copied().unwrap_or(maximum);
            let lower = allowed.len().checked_sub(2).and_then(|place| allowed.get(place)).copied().unwrap_or_default();
            hundredths(if good { best } else { lower })
        }
        From::Appraisal(None) => hundredths(if good { maximum } else { maximum * quality / 100 }),
        From::Statistic(Conversion::OptionWeights(options)) => {
            let option = if good { options.first() } else { options.get(1) };
            option.map(|(code, _)| code.clone()).unwrap_or_default()
        }
        From::Statistic(_) => hundredths(100 * quality + if quality < 100 { luck } else { 0 }),
        From::Bonus => hundredths(if unit == BONUS { maximum * 3 / 4 } else { 0 }),
        From::Penalty => hundredths(if unit == PENALTY { maximum / 2 } else { 0 }),
        From::Satisfaction { .. } | From::Officials { .. } => String::new(),
    }
}
