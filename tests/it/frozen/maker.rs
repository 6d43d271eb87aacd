//! Makes the sample of a format, by the program of its time.
//!
//! `cargo nextest run --run-ignored only -E 'test(the_sample_of_this_format_is_made)'` writes `tests/data/frozen/format-N/`. It is run once for a
//! format, before the format changes again, and never over a sample that is there.

use par_survey::publication::FORMAT;
use sha2::{Digest, Sha256};

use super::outlets::{all, bodies};
use super::province::{FIRST, Province, SECOND, folder};
use crate::harness::app::TestApp;
use crate::harness::database::{Backend, TestDatabase};

/// The documents of a sample, in the order in which they were published.
pub(super) const DOCUMENTS: [&str; 4] = ["2024.json", "2025.json", "2025-corrected.json", "2026.json"];

#[tokio::test(flavor = "multi_thread")]
#[ignore = "writes a sample that is kept for good"]
async fn the_sample_of_this_format_is_made() {
    let sample = folder().join(format!("format-{FORMAT}"));
    assert!(!sample.exists(), "{} is there already, and what is frozen stays", sample.display());
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let store = database.store().await;
    let province = Province(&store);
    province.settled().await;
    let mut frozen = vec![province.past(None).await];
    province.closed(FIRST, true).await;
    frozen.extend([province.published(FIRST, None).await, province.corrected().await]);
    province.closed(SECOND, true).await;
    frozen.push(province.published(SECOND, None).await);
    let app = TestApp::over(database, store).await;
    let hashes: Vec<String> = frozen.iter().map(|snapshot| snapshot.sha256.clone()).collect();
    assert!(bodies(&app.address, &hashes).await.iter().eq(frozen.iter().map(|snapshot| &snapshot.body)));
    assert!(hashes.iter().zip(&frozen).all(|(hash, snapshot)| *hash == hex::encode(Sha256::digest(&snapshot.body))));
    let sums: Vec<String> = hashes.iter().zip(DOCUMENTS).map(|(hash, name)| format!("{hash}  {name}\n")).collect();
    let documents = DOCUMENTS.iter().map(|name| (*name).to_owned()).zip(frozen.into_iter().map(|snapshot| snapshot.body));
    let written = all(&app.address, &app.store).await.into_iter().chain(documents).chain([("SHA256SUMS".to_owned(), sums.concat())]);
    for (name, text) in written {
        let file = sample.join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }
}
