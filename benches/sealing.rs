//! What the seal costs a sheet of the SIPAS form, beside AES-256-GCM alone over as many bytes in the same run: sealing when it comes, and opening and
//! sealing anew when it is mixed. In processor time, so that whoever else is busy on the machine does not count.
//!
//! `cargo bench --bench sealing`; ends with an error where sealing takes more than 6 us.
#![expect(clippy::unwrap_used, reason = "a measurement stops where it fails")]

use std::hint::black_box;
use std::path::Path;

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use par_survey::catalogue;
use par_survey::seal::{Binding, Contents, Generation, PrivateKey, encode_remarks};
use par_survey::survey::codebook::Codebook;
use rand::random;

const SHEETS: u64 = 200_000;
const RUNS: usize = 5;

/// Most microseconds of processor for sealing a sheet.
const MOST: u64 = 6;

fn main() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("survey-definitions/sipas-2026.toml");
    let definition = catalogue::definition(&file, std::fs::read_to_string(&file).unwrap()).unwrap();
    let answers = vec![3; Codebook::new(&definition.questionnaire).width()];
    let public = PrivateKey::draw().public().unwrap();
    let [generation, batch] = [0, 0].map(|_| Generation::draw(&public, 1).unwrap());
    let [sheet, remarks] = seal(&generation, answers.clone());
    println!("a sheet of {} bytes of answers and no remark is sealed in {} and {} bytes", answers.len(), sheet.len(), remarks.len());

    let cipher = Aes256Gcm::new_from_slice(&random::<[u8; 32]>()).unwrap();
    let raw = median(|| raw(&cipher, answers.len() + 5, 32));
    let sealing = median(|| drop(black_box(seal(&generation, black_box(answers.clone())))));
    let anew = median(|| drop(black_box(seal(&batch, open(&generation, [&sheet, &remarks])))));
    report("AES-256-GCM alone", raw, raw);
    report("sealing", sealing, raw);
    report("opening and sealing anew", anew, raw);
    assert!(sealing <= MOST * 1_000, "sealing takes more than {MOST} us a sheet");
}

fn about() -> Binding<'static> {
    Binding { round: 1, questionnaire: 1, unit: 7, group: "" }
}

/// As a server seals a sheet that comes.
fn seal(generation: &Generation, answers: Vec<u8>) -> [Vec<u8>; 2] {
    let contents = Contents { mode: 1, stratum: None, psu: None, answers };
    let about = about();
    [generation.seal(&about.sheet(), &contents.encode()), generation.seal(&about.remarks(), &encode_remarks(&[]))]
}

fn open(generation: &Generation, [sheet, remarks]: [&[u8]; 2]) -> Vec<u8> {
    black_box(generation.open(&about().remarks(), remarks).unwrap());
    Contents::decode(&generation.open(&about().sheet(), sheet).unwrap()).unwrap().answers
}

/// The yardstick: the same two texts through the cipher, and nothing else.
fn raw(cipher: &Aes256Gcm, sheet: usize, remarks: usize) {
    for length in [sheet, remarks] {
        let text = vec![3; length];
        let nonce = Nonce::from(random::<[u8; 12]>());
        black_box(cipher.encrypt(&nonce, Payload { msg: &text, aad: b"about" }).unwrap());
    }
}

/// Nanoseconds of processor of one turn: the median of some runs.
fn median(mut turn: impl FnMut()) -> u64 {
    let mut runs: Vec<u64> = (0..RUNS)
        .map(|_| {
            let before = processor();
            (0..SHEETS).for_each(|_| turn());
            (processor() - before) / SHEETS
        })
        .collect();
    runs.sort_unstable();
    runs[RUNS / 2]
}

/// Nanoseconds that this thread has had a processor.
fn processor() -> u64 {
    let said = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    said.split(' ').next().unwrap().parse().unwrap()
}

fn report(what: &str, nanoseconds: u64, raw: u64) {
    let hundredths = 100 * nanoseconds / raw.max(1);
    println!("{what:<26} {nanoseconds:>6} ns of processor a sheet, {}.{:02} times the cipher alone", hundredths / 100, hundredths % 100);
}
