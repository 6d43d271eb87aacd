//! The demonstration: an example province in a temporary database, one round published and one open, answered by people who do not exist.

use std::path::Path;
use std::sync::Arc;

use futures_util::{StreamExt, TryStreamExt, stream};
use indicatif::ProgressBar;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

use crate::app::{self, Settings};
use crate::catalogue::{self, Definition};
use crate::clock;
use crate::directory::Form;
use crate::import::units;
use crate::keys::Keys;
use crate::publication;
use crate::store::Store;
use crate::store::instance::{Deposited, Instance};
use crate::store::letterbox::Letterbox;
use crate::store::rounds::{NewRound, Text};
use crate::store::sheet::{SealedSheet, SheetKey};
use crate::survey::reading;
use crate::web::guard::Patience;
use crate::web::server::Bound;
use answers::{Invented, Inventor};

mod answers;

/// The example province's units.
const UNITS: &str = include_str!("demo/units.csv");
/// The definitions that ship with the program.
const DEFINITIONS: [(&str, &str); 2] = [
    ("sipas-2026.toml", include_str!("../survey-definitions/sipas-2026.toml")),
    ("service-satisfaction.toml", include_str!("../survey-definitions/service-satisfaction.toml")),
];
/// Id of the round that is published.
pub const PUBLISHED: &str = "2025";
/// Id of the round that is open.
pub const OPEN: &str = "2026";

/// Sheets on their way at once: enough to fill every commit.
const AT_ONCE: usize = 1_024;

/// What a demonstration is made of.
#[derive(Debug, Clone)]
pub struct Demo {
    /// Where to listen.
    pub listen: String,
    /// How many people answer the published round.
    pub respondents: u64,
    /// What they answer: the same for the same seed.
    pub seed: u64,
}

/// Makes the province in a folder and builds its server.
///
/// # Errors
/// When a database or the address cannot be had.
pub async fn build(demo: &Demo, folder: &Path) -> anyhow::Result<Bound> {
    let database = format!("sqlite://{}", folder.join("demo.db").display());
    let letterbox = folder.join("letterbox.db");
    let store = Store::open(&database).await?;
    store.require_schema().await?;
    store.save_units(&units::read(UNITS.as_bytes(), &[]).map_err(|faults| anyhow::anyhow!("example units: {faults:?}"))?).await?;
    let definitions = DEFINITIONS.iter().map(|(name, text)| catalogue::definition(Path::new(name), (*text).to_owned()));
    let definitions = definitions.collect::<Result<Vec<_>, _>>().map_err(|faulty| anyhow::anyhow!("example definitions: {faulty:?}"))?;
    open_round(&store, PUBLISHED, &definitions[..1], clock::now()).await?;
    answer(&store, &letterbox, demo).await?;
    publication::publish(&store, PUBLISHED).await?;
    open_round(&store, OPEN, &definitions, clock::now()).await?;
    let (name, keys) = (demo.listen.clone(), Keys::new(folder.join("keys")));
    let (listen, patience) = (demo.listen.clone(), Patience::default());
    app::build(Settings { database, letterbox, keys, listen, name, trusted_header: None, metrics_listen: None, patience }).await
}

/// Opens a round of all units.
async fn open_round(store: &Store, code: &str, definitions: &[Definition], now: Timestamp) -> anyhow::Result<()> {
    let offset = Offset::constant(7);
    let today = offset.to_datetime(now).date();
    let units: Vec<i32> = store.units().await?.iter().filter(|row| row.unit.exists_on(today)).map(|row| row.id).collect();
    let new = NewRound {
        code: code.to_owned(),
        name_vi: format!("Khảo sát hài lòng năm {code} (dữ liệu mẫu)"),
        name_en: format!("Satisfaction survey {code} (sample data)"),
        year: code.parse()?,
        opens_at: now - SignedDuration::from_hours(24),
        closes_at: now + SignedDuration::from_hours(24 * 30),
        offset,
        synthetic: true,
        questionnaires: definitions.iter().map(|definition| (definition.questionnaire.id.clone(), units.clone())).collect(),
    };
    store.create_round(new).await?;
    let texts: Vec<_> =
        definitions.iter().map(|found| Text { code: &found.questionnaire.id, text: &found.text, sha256: &found.sha256 }).collect();
    Ok(store.open_round(&store.round(code).await?, &texts).await?)
}

/// Has invented people answer the first questionnaire of the round through the letterbox, and closes the round.
async fn answer(store: &Store, letterbox: &Path, demo: &Demo) -> anyhow::Result<()> {
    let instance = Instance::start(store.clone(), Letterbox::open(letterbox)?, "demo").await?;
    let opened = publication::opened(store, PUBLISHED).await?;
    let Some(form) = opened.questionnaires.first().map(Arc::clone) else { anyhow::bail!("the example round has no questionnaire") };
    let progress = ProgressBar::new(demo.respondents).with_message("answers");
    let mut inventor = Inventor::new(demo.seed);
    let sheets = (0..demo.respondents).map(|_| seal(&form, &inventor.respondent(&form)));
    stream::iter(sheets)
        .map(|sheet| async { Ok::<_, anyhow::Error>(instance.deposit(vec![sheet?]).await?) })
        .buffer_unordered(AT_ONCE)
        .try_for_each(|outcome| {
            progress.inc(1);
            std::future::ready(if outcome == Deposited::Received {
                Ok(())
            } else {
                Err(anyhow::anyhow!("an example sheet was not received"))
            })
        })
        .await?;
    progress.finish_and_clear();
    let round = store.round(PUBLISHED).await?;
    store.begin_closing(&round).await?;
    while !store.instances_not_empty(round.id).await?.is_empty() {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    store.finish_closing(&round, &[]).await?;
    Ok(instance.stop().await?)
}

/// Reads an invented sheet as a posted one is read, and seals it.
fn seal(form: &Form, invented: &Invented) -> anyhow::Result<SealedSheet> {
    let reading =
        reading::read(&form.questionnaire, &form.places, invented.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())))
            .map_err(|faults| anyhow::anyhow!("an example sheet is faulty: {faults:?}"))?;
    let unit = form.units.get(invented.unit).map(|row| row.id).ok_or_else(|| anyhow::anyhow!("no such unit"))?;
    Ok(form.seal((unit, ""), invented.mode, SheetKey::random(), &reading.sheet))
}
