//! A small province: four units, the shipped questionnaires, a round that is open.

use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use par_survey::catalogue::{self, Catalogue, Definition, SchemeDefinition};
use par_survey::deposit::{AcceptedSheet, SheetKey};
use par_survey::directory::Form;
use par_survey::import::round_file::Described;
use par_survey::import::units;
use par_survey::office::actor::Close;
use par_survey::office::closing::How;
use par_survey::publication::{self, Publishing};
use par_survey::round::Round;
use par_survey::seal::PrivateKey;
use par_survey::seal::{KeyPlace, NewSeal};
use par_survey::store::Store;
use par_survey::store::audit::By;
use par_survey::store::closing::Closing;
use par_survey::survey::mode::Mode;
use par_survey::survey::reading;

use super::database::TestDatabase;
use super::steps;

pub(crate) use super::steps::{actor, may};

pub(crate) const UNITS: &str = "\
code,name_vi,name_en,block,parent,valid_from,valid_to,merged_into
so-noi-vu,Sở Nội vụ,Department of Home Affairs,departments,,,,
so-y-te,Sở Y tế,Department of Health,departments,,,,
so-tu-phap,Sở Tư pháp,Department of Justice,departments,,,,
thanh-tra,Thanh tra tỉnh,Provincial Inspectorate,departments,,,,
phuong-cho-moi,Phường Chợ Mới,Cho Moi Ward,communes,,,,
xa-cho-cu,Xã Chợ Cũ,Cho Cu Commune,communes,,,2025-06-30,phuong-cho-moi
";

/// That somebody may do something, at one moment.
pub(crate) static BY: LazyLock<By> = LazyLock::new(|| may::<Close>().everywhere().unwrap().clone());

/// Id of the round in every test.
pub(crate) const ROUND: &str = "2026";
pub(crate) const SIPAS: &str = "sipas-2026";
pub(crate) const SERVICE: &str = "service-satisfaction";
pub(crate) const OFFICIALS: &str = "par-officials-departments";

pub(crate) fn definition(name: &str) -> Definition {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("survey-definitions").join(format!("{name}.toml"));
    let text = std::fs::read_to_string(&file).unwrap();
    catalogue::definition(&file, text).unwrap()
}

/// The private key of every round that is opened here.
pub(crate) static KEY: LazyLock<PrivateKey> = LazyLock::new(|| PrivateKey::new(&[7; 32]).unwrap());

/// The seal of every round that is opened here.
pub(crate) fn seal() -> NewSeal {
    NewSeal { public: KEY.public().unwrap(), kept: KeyPlace::File }
}

/// How the round is closed: with its key and with every server.
pub(crate) fn how() -> How<'static> {
    steps::with(&KEY)
}

/// The same where so much is given up, without some servers, and without waiting.
pub(crate) fn giving_up(give_up: u32, without: &[String]) -> How<'_> {
    How { give_up, without, wait: Duration::ZERO, ..how() }
}

/// With what the store finishes closing, for tests of the store itself.
pub(crate) fn closing(excused: &[String]) -> Closing<'_> {
    Closing { excused, key: Some(&KEY), give_up: 0 }
}

/// Closes the round.
pub(crate) async fn close(store: &Store) {
    steps::close(store, ROUND, &how()).await.unwrap();
}

/// Publishes the round.
pub(crate) async fn publish(database: &TestDatabase) {
    steps::publish(&database.store().await, &database.keys(), ROUND, Publishing::default()).await.unwrap();
}

/// Makes and opens the round with the shipped questionnaires about all units that exist, with a window in hours from now.
pub(crate) async fn open_round(store: &Store, from: i64, until: i64) -> Round {
    open(store, UNITS, &[SIPAS, SERVICE, OFFICIALS].map(definition), (from, until)).await
}

/// The same with some questionnaires about the units of some register.
pub(crate) async fn open(store: &Store, register: &str, definitions: &[Definition], window: (i64, i64)) -> Round {
    open_scored(store, register, definitions, &[], window).await
}

/// The same with index schemes.
pub(crate) async fn open_scored(
    store: &Store,
    register: &str,
    definitions: &[Definition],
    schemes: &[SchemeDefinition],
    (from, until): (i64, i64),
) -> Round {
    store.save_units(&units::read(register.as_bytes(), &[]).unwrap(), "", &BY).await.unwrap();
    let rows: Vec<_> = store.units().await.unwrap().into_iter().filter(|row| row.unit.merged_into.is_none()).collect();
    let units: Vec<String> = rows.iter().map(|row| row.unit.code.to_string()).collect();
    let now = Timestamp::now();
    let window = [from, until].map(|hours| now + SignedDuration::from_hours(hours));
    let described = Described {
        organiser: steps::naming(rows.iter().map(|row| row.unit.block.as_str())),
        questionnaires: definitions.iter().map(|found| steps::asks(&found.questionnaire.id, &units)).collect(),
        schemes: steps::scored(schemes.iter().map(|found| found.scheme.id.as_str())),
        ..steps::described(ROUND, 2026, window)
    };
    steps::create(store, &described).await;
    let found = Catalogue { definitions: definitions.to_vec(), schemes: schemes.to_vec(), faulty: Vec::new() };
    steps::open(store, ROUND, &found, Some(&seal())).await
}

/// Makes a real round that is not opened, with a window of a day that begins in hours from now.
pub(crate) async fn draft(store: &Store, code: &str, from: i64) {
    let opens = Timestamp::now() + SignedDuration::from_hours(from);
    let described = steps::described(code, 2027, [opens, opens + SignedDuration::from_hours(24)]);
    let [name_vi, name_en] = [format!("Khảo sát {code}"), format!("Survey {code}")].map(steps::given);
    let questionnaires = vec![steps::asks(SIPAS, ["so-noi-vu"])];
    steps::create(store, &Described { name_vi, name_en, questionnaires, ..described }).await;
}

/// The SIPAS form of the round.
pub(crate) async fn form(store: &Store, code: &str) -> std::sync::Arc<Form> {
    publication::opened(store, ROUND).await.unwrap().form(code).unwrap().clone()
}

/// All fields of a complete sheet: other answers for every seed.
pub(crate) fn complete(form: &Form, seed: usize) -> Vec<(String, String)> {
    let items = form.questionnaire.items.iter().filter(|item| !item.is_remark());
    let chosen = |place: usize| (seed + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(u32::try_from(place % 61).unwrap()) % 4_093;
    items.enumerate().map(|(place, item)| (item.code.clone(), item.choices()[chosen(place) % item.choices().len()].code.clone())).collect()
}

/// A sealed complete sheet about the unit at a place of the form's list.
pub(crate) fn sealed(form: &Form, unit: usize, seed: usize) -> AcceptedSheet {
    let fields = complete(form, seed);
    let fields = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let reading = reading::read(&form.questionnaire, &form.places, fields).unwrap();
    form.sheet((form.units[unit].id, ""), Mode::Link, SheetKey::random(), &reading.sheet)
}
