//! The round of `tests/data/article`, brought in as a province brings in its own: register, ranks of the year before, scheme and points.

use std::path::Path;

use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};
use par_survey::catalogue::{self, Catalogue};
use par_survey::clock;
use par_survey::import::round_file::Described;
use par_survey::import::units;
use par_survey::office::closing::How;
use par_survey::office::desk::{Author, Desk};
use par_survey::office::past::{self, EarlierRound, RoundId};
use par_survey::publication::Publishing;

use super::app::TestApp;
use super::database::{Backend, TestDatabase};
use super::fixture::{self, BY};
use super::steps::{self, may, office};

/// Its id.
pub(crate) const ROUND: &str = "2023";
/// Its blocks.
pub(crate) const BLOCKS: [&str; 3] = ["departments", "districts", "agencies"];

fn file(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/article").join(name)).unwrap()
}

/// A server over the round, published.
pub(crate) async fn published() -> TestApp {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let store = database.store().await;
    store.save_units(&units::read(file("units.csv").as_bytes(), &[]).unwrap(), "", &BY).await.unwrap();
    let ranked = past::read(&office(&store), file("2022.csv").as_bytes()).await.unwrap();
    let [name_vi, name_en] = ["Chỉ số CCHC năm 2022", "PAR Index 2022"].map(str::to_owned);
    let (id, offset) = (RoundId::of("2022").unwrap(), Offset::constant(7));
    let earlier = EarlierRound { id, name_vi, name_en, year: 2022, offset, synthetic: true };
    past::publish(&office(&store), earlier, &ranked, None, &may()).await.unwrap();
    let scheme = catalogue::scheme(Path::new("article.scheme.toml"), file("article.scheme.toml")).unwrap();
    let window = [-1, 24].map(|hours| Timestamp::now() + SignedDuration::from_hours(hours));
    let described = Described { schemes: steps::scored(["article"]), ..steps::described(ROUND, 2023, window) };
    steps::create(&store, &described).await;
    steps::open(&store, ROUND, &Catalogue { definitions: Vec::new(), schemes: vec![scheme], faulty: Vec::new() }, None).await;
    let desk = Desk::at(&office(&store), ROUND, clock::now()).await.unwrap();
    desk.import(file("scores.csv").as_bytes(), false, &Author { may: may(), why: String::new() }).await.unwrap();
    // It asked nobody, so there is nothing to open.
    steps::close(&store, ROUND, &How { key: None, ..fixture::how() }).await.unwrap();
    steps::publish(&store, &database.keys(), ROUND, Publishing::default()).await.unwrap();
    TestApp::over(database, store).await
}
