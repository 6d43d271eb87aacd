//! The demonstration: an example province in a temporary database, one round published and one open, answered by people who do not exist.

use std::collections::BTreeSet;
use std::path::Path;

use futures_util::{StreamExt, TryStreamExt, stream};
use indicatif::ProgressBar;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

use crate::app::{self, Settings};
use crate::catalogue::{self, Catalogue, Definition};
use crate::clock;
use crate::deposit::{Deposited, SheetKey};
use crate::directory::Form;
use crate::import::round_file::{Asks, Described, Given, GivenTexts, Organises};
use crate::keys::Keys;
use crate::meter::UNHEARD;
use crate::office::actor::Actor;
use crate::office::answering::{Answering, Ticket};
use crate::office::closing::{How, close};
use crate::office::desk::Desk;
use crate::office::publishing::publish;
use crate::office::{Office, creating, opening, past, register, rounds};
use crate::publication::Publishing;
use crate::round::when::UtcOffset;
use crate::seal::{KeyPlace, NewSeal, PrivateKey};
use crate::survey::code::Code;
use crate::survey::mode::Mode;
use crate::survey::rating::RatedUnits;
use crate::survey::reading;
use crate::survey::sheet::AnswerSheet;
use crate::unit::Registered;
use crate::web::server::BoundSite;
use answers::{Invented, Inventor};

mod answers;
mod officials;
mod scores;

/// The example province's units.
const UNITS: &str = include_str!("demo/units.csv");
/// The example province's emblem.
const EMBLEM: &[u8] = include_bytes!("demo/emblem.svg");
/// The definitions that ship with the program.
const DEFINITIONS: [(&str, &str); 4] = [
    ("sipas-2026.toml", include_str!("../survey-definitions/sipas-2026.toml")),
    ("par-officials-departments.toml", include_str!("../survey-definitions/par-officials-departments.toml")),
    ("par-officials-communes.toml", include_str!("../survey-definitions/par-officials-communes.toml")),
    ("service-satisfaction.toml", include_str!("../survey-definitions/service-satisfaction.toml")),
];
/// The index schemes that ship with the program and apply to the province.
const SCHEMES: [(&str, &str); 3] = [
    ("provincial-departments.scheme.toml", include_str!("../survey-definitions/provincial-departments.scheme.toml")),
    ("provincial-communes.scheme.toml", include_str!("../survey-definitions/provincial-communes.scheme.toml")),
    ("vertical-agencies.scheme.toml", include_str!("../survey-definitions/vertical-agencies.scheme.toml")),
];
/// Id of the round that is published.
pub const PUBLISHED: &str = "2025";

/// The name of whoever does everything here.
const CLERK: &str = "Nguyễn Văn Mẫu";

/// How many of the questionnaires it asks.
const PUBLISHED_ASKS: usize = 3;
/// Id of the round that is open.
pub const OPEN: &str = "2026";

/// Sheets on their way at once: enough to fill every commit.
const AT_ONCE: usize = 1_024;

/// How often somebody sends what was not acknowledged.
const TRIES: u32 = 60;

/// How long its own letterbox may take to be emptied.
const EMPTIED_WITHIN: std::time::Duration = std::time::Duration::from_mins(10);

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

/// The example province, ready to be served.
#[expect(missing_debug_implementations, reason = "the server inside has none")]
pub struct Province {
    /// Its server.
    pub bound: BoundSite,
    /// Codes of the open round to try.
    pub codes: Vec<Code>,
}

/// Makes the province in a folder and builds its server.
///
/// # Errors
/// When a database or the address cannot be had.
pub async fn build(demo: &Demo, folder: &Path) -> anyhow::Result<Province> {
    let database = app::database_address(&folder.join("demo.db"));
    let letterbox = folder.join("letterbox.db");
    let office = app::create(&database).await?;
    let actor = actor()?;
    let units = register::read(&office, UNITS.as_bytes()).await.map_err(|why| anyhow::anyhow!("example units: {why:?}"))?;
    units.import(&office, &actor.may(clock::now())).await?;
    let definitions = DEFINITIONS.iter().map(|(name, text)| catalogue::definition(Path::new(name), (*text).to_owned()));
    let definitions = definitions.collect::<Result<Vec<_>, _>>().map_err(|faulty| anyhow::anyhow!("example definitions: {faulty:?}"))?;
    let keys = Keys::new(folder.join("keys"));
    let schemes = SCHEMES.iter().map(|(name, text)| catalogue::scheme(Path::new(name), (*text).to_owned()));
    let schemes = schemes.collect::<Result<Vec<_>, _>>().map_err(|faulty| anyhow::anyhow!("example schemes: {faulty:?}"))?;
    let (earlier, ranked) = scores::before(&units.units, demo.seed)?;
    past::publish(&office, earlier, &ranked, None, &actor.may(clock::now())).await?;
    let key = PrivateKey::draw();
    let found = Catalogue { definitions, schemes, faulty: Vec::new() };
    open_round(&office, (PUBLISHED, PUBLISHED_ASKS), &found, &key).await?;
    answer(&office, &letterbox, (&keys, &key), demo).await?;
    scores::enter(async || Desk::at(&office, PUBLISHED, clock::now()).await, &actor, demo.seed).await?;
    publish(&office, &keys, PUBLISHED, Publishing::default(), &actor.may(clock::now()), UNHEARD).await?;
    open_round(&office, (OPEN, DEFINITIONS.len()), &found, &key).await?;
    let codes = officials::codes_to_try(&office, &keys, OPEN, demo.seed).await?;
    let settings = Settings::alone(database, letterbox, keys, demo.listen.clone());
    Ok(Province { bound: app::build(settings).await?, codes })
}

/// Whoever does everything here.
fn actor() -> anyhow::Result<Actor> {
    Actor::operator(CLERK).map_err(|reason| anyhow::anyhow!("the example name is none: {reason:?}"))
}

/// Opens a round of all units that asks so many of the questionnaires.
async fn open_round(office: &Office, round: (&str, usize), found: &Catalogue, key: &PrivateKey) -> anyhow::Result<()> {
    let (now, actor) = (clock::now(), actor()?);
    let described = described(round, found, &register::all(office).await?, now)?;
    let code = creating::create(office, &described, UtcOffset::from(Offset::constant(7)), &actor.may(now)).await?;
    let ready = opening::readiness(office, rounds::find(office, &code).await?, found, now).await?;
    let ready = ready.map_err(|missing| anyhow::anyhow!("the example round lacks {missing:?}"))?;
    let public = key.public().ok_or_else(|| anyhow::anyhow!("the example key is none"))?;
    Ok(ready.open(office, Some(&NewSeal { public, kept: KeyPlace::Here }), &actor.may(now)).await?)
}

/// The round as somebody would describe it in a file.
fn described((code, asks): (&str, usize), found: &Catalogue, register: &[Registered], now: Timestamp) -> anyhow::Result<Described> {
    let asked = found.definitions.iter().take(asks).map(|definition| Asks {
        id: given(definition.questionnaire.id.clone()),
        units: Vec::new(),
        blocks: blocks(definition, register).into_iter().map(given).collect(),
    });
    Ok(Described {
        id: given(code.to_owned()),
        name_vi: given(format!("Khảo sát hài lòng năm {code} (dữ liệu mẫu)")),
        name_en: given(format!("Satisfaction survey {code} (sample data)")),
        year: given(code.parse()?),
        opens: given((now - SignedDuration::from_hours(24)).to_string()),
        closes: given((now + SignedDuration::from_hours(24 * 30)).to_string()),
        synthetic: true,
        organiser: Some(organiser()),
        questionnaires: asked.collect(),
        schemes: found.schemes.iter().map(|found| given(found.scheme.id.clone())).collect(),
        previous: None,
        steps: Vec::new(),
    })
}

fn given<T>(value: T) -> Given<T> {
    Given::by_option(value, "the demonstration")
}

/// The agency that asks, which does not exist either.
fn organiser() -> Organises {
    let both = |vi: &str, en: &str| -> GivenTexts { [vi, en].map(|text| given(text.to_owned())) };
    Organises {
        name: both("Sở Nội vụ (ví dụ)", "Department of Home Affairs (example)"),
        province: Some(both("Ủy ban nhân dân tỉnh Mẫu", "People's Committee of Mau Province")),
        decision: Some(both("một quyết định làm ví dụ, không có thật", "a decision made up as an example")),
        contact: vec![given("khaosat@example.vn".to_owned())],
        blocks: Vec::new(),
        public_url: None,
        logo: Some(given(Ok(EMBLEM.to_vec()))),
    }
}

/// The blocks whose units a questionnaire asks about: those that its groups rate, or all.
fn blocks(definition: &Definition, register: &[Registered]) -> BTreeSet<String> {
    let groups = definition.questionnaire.rating.iter().flat_map(|rating| &rating.groups);
    let rated: BTreeSet<String> = groups
        .filter_map(|group| match &group.scope {
            RatedUnits::Block(block) | RatedUnits::Sample(block, _) => Some(block.clone()),
            _ => None,
        })
        .collect();
    if rated.is_empty() { register.iter().map(|row| row.unit.block.clone()).collect() } else { rated }
}

/// Has invented people answer through the letterbox: citizens the first questionnaire of the round, officials the others by codes. Then
/// closes the round.
async fn answer(office: &Office, letterbox: &Path, (keys, key): (&Keys, &PrivateKey), demo: &Demo) -> anyhow::Result<()> {
    let codes = officials::issue(office, keys, PUBLISHED, &officials::OFFICIALS, demo.seed).await?;
    let answering = app::answering(office, letterbox, keys, "demo").await?;
    citizens(&answering, demo).await?;
    officials::answer(&answering, codes, demo.seed).await?;
    let (round, actor) = (rounds::find(office, PUBLISHED).await?, actor()?);
    let how = How { key: Some(key), letterbox: None, without: &[], wait: EMPTIED_WITHIN, give_up: 0, now: clock::now };
    let closed = close(office, &round, &how, &actor.may(clock::now()), &|_| {}).await;
    closed.map_err(|why| anyhow::anyhow!("the example round is not closed: {why:?}"))?;
    Ok(answering.stop().await?)
}

/// Has invented citizens answer the first questionnaire.
async fn citizens(answering: &Answering, demo: &Demo) -> anyhow::Result<()> {
    let directory = answering.directory();
    let form = directory.round(PUBLISHED).and_then(|opened| opened.questionnaires.first());
    let form = form.ok_or_else(|| anyhow::anyhow!("the example round has no questionnaire"))?;
    let progress = ProgressBar::new(demo.respondents).with_message("answers");
    let mut inventor = Inventor::new(demo.seed);
    stream::iter((0..demo.respondents).map(|_| read(form, &inventor.respondent(form))))
        .map(|invented| async {
            let (unit, mode, sheet) = invented?;
            hand_in(answering, Ticket::Key(form, SheetKey::random()), mode, &[(unit, &sheet)]).await
        })
        .buffer_unordered(AT_ONCE)
        .try_for_each(|()| {
            progress.inc(1);
            std::future::ready(Ok(()))
        })
        .await?;
    progress.finish_and_clear();
    Ok(())
}

/// Hands in what was answered until it is acknowledged: a slow machine may take longer than anybody is let wait, and the same again counts
/// once.
async fn hand_in(answering: &Answering, ticket: Ticket<'_>, mode: Mode, answered: &[(i32, &AnswerSheet)]) -> anyhow::Result<()> {
    for _ in 0..TRIES {
        match answering.hand_in(ticket, mode, answered.iter().copied()).await {
            Ok(Deposited::Received | Deposited::AlreadyReceived) => return Ok(()),
            Ok(Deposited::Closed) => anyhow::bail!("the example round is closed already"),
            Err(_) => {}
        }
    }
    anyhow::bail!("what was answered in the example was not received; the log says why")
}

/// Reads an invented sheet as a posted one is read: its unit, how it came, and what was answered.
fn read(form: &Form, invented: &Invented) -> anyhow::Result<(i32, Mode, AnswerSheet)> {
    let fields = invented.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let reading = reading::read(&form.questionnaire, &form.places, fields);
    let reading = reading.map_err(|faults| anyhow::anyhow!("an example sheet is faulty: {faults:?}"))?;
    let unit = form.units.get(invented.unit).map(|row| row.id).ok_or_else(|| anyhow::anyhow!("no such unit"))?;
    Ok((unit, invented.mode, reading.sheet))
}
