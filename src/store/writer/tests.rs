use jiff::Timestamp;
use jiff::tz::Offset;
use sea_orm::ConnectionTrait;

use super::*;
use crate::deposit::MixingCell;
use crate::seal::PrivateKey;
use crate::seal::{KeyPlace, NewSeal};
use crate::store::audit::By;
use crate::store::rounds::NewRound;
use crate::store::scores::NewScoring;
use crate::survey::mode::Mode;

/// What somebody sends to a questionnaire, and where the answer comes.
fn sent(questionnaire: i32) -> (Deposit, oneshot::Receiver<DepositOutcome>) {
    let cell = MixingCell { questionnaire, unit: 1, group: String::new() };
    let sheet = AcceptedSheet { key: SheetKey::random(), cell, mode: Mode::Link, answers: vec![3; 40], remarks: Vec::new() };
    let (reply, answer) = oneshot::channel();
    (Deposit { participation: None, sheets: vec![sheet], turn: Arc::default(), reply }, answer)
}

/// Opens a round that asks one questionnaire.
async fn open(store: &Store, code: &str, seal: Option<&NewSeal>) {
    let new = NewRound {
        code: code.to_owned(),
        name_vi: String::new(),
        name_en: String::new(),
        year: 2026,
        opens_at: Timestamp::UNIX_EPOCH,
        closes_at: Timestamp::UNIX_EPOCH,
        offset: Offset::UTC,
        synthetic: false,
        organiser: None,
        questionnaires: vec![("asked".to_owned(), Vec::new())],
        scoring: NewScoring::default(),
    };
    let by = By::new("Lan", Timestamp::UNIX_EPOCH);
    store.create_round(new, &by).await.unwrap();
    store.open_round(&store.round(code).await.unwrap(), &[], &[], seal, &by).await.unwrap();
}

/// Both rounds are open when a commit looks, and one was never brought under a seal.
#[tokio::test(flavor = "multi_thread")]
async fn of_one_commit_the_sheets_of_a_round_without_a_seal_are_refused_and_those_of_others_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(&format!("sqlite://{}", folder.path().join("main.db").display())).await.unwrap();
    store.require_schema().await.unwrap();
    open(&store, "unsealed", None).await;
    open(&store, "sealed", Some(&NewSeal { public: PrivateKey::draw().public().unwrap(), kept: KeyPlace::File })).await;
    let letterbox = Letterbox::open(&folder.path().join("letterbox.db")).unwrap();
    let register = "INSERT INTO instance (id, name, nonce, place, beats, waiting) VALUES ($1, 'one', $2, '', 0, 0)";
    let values = [letterbox.identity().id.as_str().into(), letterbox.identity().nonce.as_str().into()];
    store.db.execute_raw(store.statement(register, values)).await.unwrap();
    let mut writer = Writer {
        store,
        letterbox,
        generations: Generations::default(),
        dirty: Arc::default(),
        condition: Arc::default(),
        runtime: Handle::current(),
        open: HashMap::new(),
        for_lease: ForLease::default(),
        commands: mpsc::channel(1).0.downgrade(),
    };
    let (deposits, answers): (Vec<_>, Vec<_>) = [1, 2, 1, 2].map(sent).into_iter().unzip();
    let writer = tokio::task::spawn_blocking(move || {
        writer.commit(deposits);
        writer
    });
    let mut writer = writer.await.unwrap();
    let outcomes: Vec<DepositOutcome> = answers.into_iter().map(|mut answer| answer.try_recv().unwrap()).collect();
    let (refused, kept) = (Err(NotKept::Surely), Ok(Deposited::Received));
    assert_eq!(outcomes, [refused, kept, refused, kept]);
    assert_eq!(writer.letterbox.count_all().unwrap(), 2);
}

#[tokio::test]
async fn a_sheet_of_a_round_without_a_generation_is_refused_and_the_others_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(&format!("sqlite://{}", folder.path().join("main.db").display())).await.unwrap();
    let generations = Generations::default();
    let public = PrivateKey::draw().public().unwrap();
    generations.insert(2, Live { public, generation: Arc::new(Generation::draw(&public, 2).unwrap()) });
    let mut writer = Writer {
        store,
        letterbox: Letterbox::open(&folder.path().join("letterbox.db")).unwrap(),
        generations,
        dirty: Arc::default(),
        condition: Arc::default(),
        runtime: Handle::current(),
        // Both rounds are open; the first has no generation.
        open: HashMap::from([(10, 1), (20, 2)]),
        for_lease: ForLease::default(),
        commands: mpsc::channel(1).0.downgrade(),
    };
    let mut deposits = [10, 20, 30].map(|questionnaire| sent(questionnaire).0);
    let outcomes = writer.keep(&mut deposits, &HashSet::new()).unwrap();
    assert_eq!(outcomes, [Err(NotKept::Surely), Ok(Deposited::Received), Ok(Deposited::Closed)]);
    assert_eq!(writer.letterbox.count_all().unwrap(), 1);
}
