//! Score sheets of the example province: a frozen year before, and what units and appraisers entered this year.

use std::collections::BTreeMap;
use std::io;

use jiff::tz::Offset;
use rand::rngs::ChaCha20Rng;
use rand::{RngExt, SeedableRng};

use super::clock;
use crate::office::Stopped;
use crate::office::actor::Actor;
use crate::office::desk::{Author, DeclaredStatus, Desk};
use crate::office::past::{EarlierRound, Ranked, RoundId};
use crate::scheme::{Conversion, From, Leaf};
use crate::scoring::decimal::Held;
use crate::scoring::ranking::Past;
use crate::spreadsheet::{CsvFile, NOT_APPLICABLE_CELL};
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

/// The year before, as a ranking that was made elsewhere.
pub(super) fn before(units: &[Unit], seed: u64) -> anyhow::Result<(EarlierRound, Ranked)> {
    let mut random = ChaCha20Rng::seed_from_u64(seed ^ 0x2024);
    let mut all = Ranked::new();
    for (block, fields) in FIELDS {
        let mut block_units: Vec<(UnitCode, Past)> = Vec::new();
        for unit in units.iter().filter(|unit| unit.block == block && unit.valid_to.is_none() && unit.code.as_str() != EXEMPT) {
            let fields: BTreeMap<String, Held> =
                fields.iter().map(|field| ((*field).to_owned(), Held::from_hundredths(random.random_range(7_000..9_700)))).collect();
            let index = Held::mean_of(&fields.values().copied().collect::<Vec<_>>());
            block_units.push((unit.code.clone(), Past { block: block.to_owned(), rank: 0, index, fields, score: None }));
        }
        block_units.sort_by_key(|(_, past)| std::cmp::Reverse(past.index));
        for ((_, past), rank) in block_units.iter_mut().zip(1..) {
            past.rank = rank;
        }
        all.extend(block_units);
    }
    let id = RoundId::of(BEFORE).ok_or_else(|| anyhow::anyhow!("`{BEFORE}` is no id"))?;
    let (name_vi, name_en) = ("Chỉ số CCHC năm 2024 (dữ liệu mẫu)".to_owned(), "PAR Index 2024 (sample data)".to_owned());
    Ok((EarlierRound { id, name_vi, name_en, year: BEFORE.parse()?, offset: Offset::constant(7), synthetic: true }, all))
}

/// Enters scores, statuses, targets and figures for the round that will be published, each at a desk of its own.
pub(super) async fn enter(desk: impl AsyncFn() -> Result<Desk, Stopped>, actor: &Actor, seed: u64) -> anyhow::Result<()> {
    let wrong = |stopped: Stopped| anyhow::anyhow!("example scores: {stopped:?}");
    let by = |why: &str| Author { may: actor.may(clock::now()), why: why.to_owned() };
    let at = async || desk().await.map_err(wrong);
    // Some scores are changed after explanation, so that the history has something to show.
    for (second, why) in [(false, ""), (true, "đơn vị đã bổ sung tài liệu kiểm chứng")] {
        let desk = at().await?;
        let file = sheets(&desk, seed, second)?;
        desk.import(file.as_slice(), false, &by(why)).await.map_err(wrong)?;
    }
    for (unit, status) in [(MERGED.0, DeclaredStatus::Merged(vec![MERGED.1.to_owned()])), (EXEMPT, DeclaredStatus::Exempt)] {
        at().await?.set_status(unit, &status, false, &by("")).await.map_err(wrong)?;
    }
    let may = actor.may(clock::now());
    at().await?.keep_targets(include_bytes!("targets.csv").as_slice(), false, &may).await.map_err(wrong)?;
    at().await?.keep_figures(include_bytes!("figures.csv").as_slice(), false, &may).await.map_err(wrong)?;
    Ok(())
}

/// A score file of all units; the second time with some appraised scores raised.
fn sheets(desk: &Desk, seed: u64, second: bool) -> io::Result<Vec<u8>> {
    let mut random = ChaCha20Rng::seed_from_u64(seed ^ 0x2025);
    let mut made = Vec::new();
    let mut file = CsvFile::begin(&mut made)?;
    file.texts(["unit", "criterion", "self", "appraised"])?;
    for (row, scheme) in desk.units() {
        let (code, quality) = (row.unit.code.as_str(), random.random_range(80..99));
        for leaf in scheme.leaves.iter().filter(|leaf| !leaf.is_surveyed()) {
            let field = scheme.fields.get(scheme.field_of(leaf)).map_or("", |field| &field.code);
            // Drawn whether they are used or not, so that the second file differs only where it is meant to.
            let (luck, changed) = (random.random_range(0..100), random.random_range(0..40) == 0);
            let appraised = if (code, field) == WITHOUT_FIELD { NOT_APPLICABLE_CELL.to_owned() } else { given(leaf, code, quality, luck) };
            let own = if appraised == NOT_APPLICABLE_CELL { String::new() } else { given(leaf, code, 100, 0) };
            let raised = second && changed && own != appraised && appraised != NOT_APPLICABLE_CELL && !leaf.is_adjustment();
            let appraised = if raised { &own } else { &appraised };
            file.texts([code, &leaf.code, &own, appraised])?;
        }
    }
    file.end()?;
    Ok(made)
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
