use super::*;
use crate::seal::PrivateKey;
use crate::store::sheet::Cell;
use crate::survey::mode::Mode;

/// What somebody sends to a questionnaire.
fn sent(questionnaire: i32) -> Deposit {
    let cell = Cell { questionnaire, unit: 1, group: String::new() };
    let sheet = Sheet { key: SheetKey::random(), cell, mode: Mode::Link, answers: vec![3; 40], remarks: Vec::new() };
    let (reply, _) = oneshot::channel();
    Deposit { participation: None, sheets: vec![sheet], turn: Arc::default(), reply }
}

#[tokio::test]
async fn a_sheet_of_a_round_without_a_generation_is_refused_and_the_others_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&format!("sqlite://{}", folder.path().join("main.db").display())).await.unwrap();
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
    };
    let mut deposits = [10, 20, 30].map(sent);
    let outcomes = writer.keep(&mut deposits, &HashSet::new()).unwrap();
    assert_eq!(outcomes, [Err(NotKept::Surely), Ok(Deposited::Received), Ok(Deposited::Closed)]);
    assert_eq!(writer.letterbox.count_all().unwrap(), 1);
}
