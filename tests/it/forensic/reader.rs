//! The operator, or whoever else has the files of a running server: a loop reads the letterbox again and again while sheets come.

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use par_survey::deposit::SheetKey;
use par_survey::survey::mode::Mode;
use par_survey::survey::reading;

use super::*;
use crate::faults::clients::{client, form_at, send};
use crate::faults::sheets;
use crate::harness::patience::PATIENCE;
use crate::harness::process::Server;
use crate::harness::signer::Signer;
use crate::keeping::copy_letterbox;

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(50);

/// What the loop has seen.
#[derive(Debug, Default)]
struct Seen {
    looks: usize,
    /// Every sealed text with the row in which it stood.
    texts: HashMap<Vec<u8>, Vec<u8>>,
    keys: HashSet<Vec<u8>>,
    wrong: Vec<String>,
}

impl Seen {
    /// Reads the files as bytes, and what SQLite finds in a copy of them.
    fn look(&mut self, letterbox: &Path, canaries: &[Vec<u8>]) {
        let folder = tempfile::tempdir().unwrap();
        let copy = folder.path().join("copy.db");
        copy_letterbox(letterbox, &copy);
        for suffix in ["", "-wal", "-shm"] {
            let bytes = std::fs::read(format!("{}{suffix}", letterbox.display())).unwrap_or_default();
            for canary in canaries {
                if contains(&bytes, canary) {
                    self.wrong.push(format!("look {}: the letterbox{suffix} holds {}", self.looks, String::from_utf8_lossy(canary)));
                }
            }
        }
        // Two files that were copied one after the other need not fit together; most do.
        if self.texts_of(&copy).is_ok() {
            self.looks += 1;
        }
    }

    fn texts_of(&mut self, copy: &Path) -> rusqlite::Result<()> {
        let db = rusqlite::Connection::open(copy)?;
        let mut query = db.prepare("SELECT key, answers, remarks FROM sheet")?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, [row.get(1)?, row.get(2)?])))?;
        let rows: Vec<(Vec<u8>, [Vec<u8>; 2])> = rows.collect::<rusqlite::Result<_>>()?;
        for (key, texts) in rows {
            for (which, text) in texts.into_iter().enumerate() {
                let row = [&key[..], &[u8::try_from(which).unwrap()]].concat();
                // A text is the same as long as its row waits, and no other row has it.
                if self.texts.insert(text, row.clone()).is_some_and(|before| before != row) {
                    self.wrong.push(format!("look {}: two texts are the same", self.looks));
                }
            }
            self.keys.insert(key);
        }
        Ok(())
    }
}

/// Everybody answers and writes the same, so that whatever is not sealed apart looks the same.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_reads_the_letterbox_of_a_running_server_again_and_again_sees_noise() {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let store = database.store().await;
    let form = {
        fixture::open_round(&store, -1, 24).await;
        fixture::form(&store, SIPAS).await
    };
    let signer = Signer::new(&database, SIPAS, "so-noi-vu").await;
    let server = Server::start(&database, &[], &[]);
    let mut fields = sheets::numbered(&fixture::complete(&form, 3), 0);
    let pairs = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let reading = reading::read(&form.questionnaire, &form.places, pairs).unwrap();
    let answers = form.sheet((form.units[0].id, ""), Mode::Link, SheetKey::random(), &reading.sheet).answers;
    fields.push(("remark".into(), WORDS.into()));
    let canaries = vec![WORDS.as_bytes().to_vec(), answers[..24].to_vec(), hex::encode(&answers).into_bytes()];
    let (stopping, letterbox) = (Arc::new(AtomicBool::new(false)), database.letterbox(1));
    let until = Arc::clone(&stopping);
    let seen = Arc::new(Mutex::new(Seen::default()));
    let found = Arc::clone(&seen);
    let looking = std::thread::spawn(move || {
        while !until.load(Ordering::SeqCst) {
            found.lock().unwrap().look(&letterbox, &canaries);
            std::thread::sleep(PAUSE);
        }
    });
    // Enough to say that this looks in the right place, however seldom the loop has its turn.
    let has_seen_enough = || {
        let seen = seen.lock().unwrap();
        seen.looks >= 20 && seen.keys.len() >= 100
    };
    let (client, address) = (client(PATIENCE), form_at(&server.address));
    let (mut number, began) = (0_u128, Instant::now());
    while number < 300 || !has_seen_enough() {
        assert!(began.elapsed() < PATIENCE, "this looks in the wrong place");
        let sheet = sheets::Sheet { number: 0, key: signer.key((number << 64) | 7) };
        assert_eq!(send(&client, &address, &fields, &sheet).await, Some(303), "{}", server.log());
        tokio::time::sleep(Duration::from_millis(10)).await;
        number += 1;
    }
    stopping.store(true, Ordering::SeqCst);
    looking.join().unwrap();
    let seen = seen.lock().unwrap();
    assert!(seen.wrong.is_empty(), "{}", seen.wrong.join("\n"));
}
