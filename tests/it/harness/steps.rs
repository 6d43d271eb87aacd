//! The steps of a round, each by the one function with which people take it. Benches take them here as well.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::Offset;
use par_survey::catalogue::Catalogue;
use par_survey::clock;
use par_survey::import::round_file::{Asks, Described, Given, Organises};
use par_survey::keys::Keys;
use par_survey::meter::UNHEARD;
use par_survey::office::actor::{Actor, Allowed, Right};
use par_survey::office::closing::{self, Closed, How};
use par_survey::office::codes::{self, Order};
use par_survey::office::publishing::{self, Published};
use par_survey::office::{Office, Stopped, creating, opening, rounds};
use par_survey::publication::Publishing;
use par_survey::round::Round;
use par_survey::seal::{NewSeal, PrivateKey};
use par_survey::store::Store;
use par_survey::survey::code::Code;
use par_survey::unit::NAMED_BLOCKS;

/// So long a server is waited for, which is longer than any needs.
const WAIT: Duration = Duration::from_secs(90);

/// Whoever takes the steps.
pub(crate) fn actor() -> Actor {
    Actor::operator("Lan").unwrap()
}

/// That they may do something, now.
pub(crate) fn may<R: Right>() -> Allowed<R> {
    actor().may(clock::now())
}

/// What a test made up, in the place of a file or an option.
pub(crate) fn given<T>(value: T) -> Given<T> {
    Given::by_option(value, "a test")
}

/// A round that asks nothing yet, between two times.
pub(crate) fn described(code: &str, year: i32, [opens, closes]: [Timestamp; 2]) -> Described {
    Described {
        id: given(code.to_owned()),
        name_vi: given(format!("Khảo sát năm {year}")),
        name_en: given(format!("Survey of {year}")),
        year: given(i64::from(year)),
        opens: given(opens.to_string()),
        closes: given(closes.to_string()),
        synthetic: false,
        organiser: None,
        questionnaires: Vec::new(),
        schemes: Vec::new(),
        previous: None,
        steps: Vec::new(),
    }
}

/// Who asks in a round about units of blocks that the service has no names of: it has to say what they are called.
pub(crate) fn naming<'b>(blocks: impl IntoIterator<Item = &'b str>) -> Option<Organises> {
    let texts = |text: &str| [text, text].map(|text| given(text.to_owned()));
    let blocks: BTreeSet<&str> = blocks.into_iter().filter(|block| !NAMED_BLOCKS.contains(block)).collect();
    let blocks: Vec<_> = blocks.into_iter().map(|block| (given(block.to_owned()), texts(block))).collect();
    let (province, decision, contact, public_url, logo) = (None, None, Vec::new(), None, None);
    (!blocks.is_empty()).then(|| Organises { name: texts("Sở Nội vụ"), province, decision, contact, blocks, public_url, logo })
}

/// That it asks a questionnaire about units.
pub(crate) fn asks(id: &str, units: impl IntoIterator<Item = impl Into<String>>) -> Asks {
    Asks { id: given(id.to_owned()), units: units.into_iter().map(|unit| given(unit.into())).collect(), blocks: Vec::new() }
}

/// That it is scored by schemes.
pub(crate) fn scored<'i>(ids: impl IntoIterator<Item = &'i str>) -> Vec<Given<String>> {
    ids.into_iter().map(|id| given(id.to_owned())).collect()
}

/// What people work with in a database.
pub(crate) fn office(store: &Store) -> Office {
    Office::over(store.clone())
}

/// Makes a draft.
pub(crate) async fn create(store: &Store, described: &Described) {
    creating::create(&office(store), described, Offset::constant(7).into(), &may()).await.unwrap();
}

/// Opens a draft as it could be opened when its window begins, wherever that is by now.
pub(crate) async fn open(store: &Store, code: &str, found: &Catalogue, seal: Option<&NewSeal>) -> Round {
    let draft = rounds::find(&office(store), code).await.unwrap();
    let begins = draft.opens_at;
    let ready = opening::readiness(&office(store), draft, found, begins).await.unwrap().unwrap();
    ready.open(&office(store), seal, &may()).await.unwrap();
    rounds::find(&office(store), code).await.unwrap()
}

/// Issues codes of a round.
pub(crate) async fn issue(store: &Store, keys: &Keys, code: &str, order: &Order<'_>) -> Vec<Code> {
    let made = codes::make(&office(store), keys, code, order, &may()).await.unwrap();
    made.keep(&office(store)).await.unwrap();
    made.codes
}

/// How a round is closed with its key and with every server.
pub(crate) fn with(key: &PrivateKey) -> How<'_> {
    How { key: Some(key), letterbox: None, without: &[], wait: WAIT, give_up: 0, now: clock::now }
}

/// Closes a round as it stands now, or goes on where that was stopped.
pub(crate) async fn close(store: &Store, code: &str, how: &How<'_>) -> Result<Closed, Stopped> {
    let round = rounds::find(&office(store), code).await?;
    closing::close(&office(store), &round, how, &may(), &|_| {}).await
}

/// Publishes a round or corrects it.
pub(crate) async fn publish(store: &Store, keys: &Keys, code: &str, how: Publishing<'_>) -> Result<Published, Stopped> {
    publishing::publish(&office(store), keys, code, how, &may(), UNHEARD).await
}
