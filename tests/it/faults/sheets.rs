//! Sheets that carry their number in their answers, and a book of those that the server said it had received.

use std::collections::HashSet;
use std::fs::File;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use par_survey::directory::Form;

use super::journal;
use crate::harness::database::TestDatabase;

/// Items whose answers carry the number of a sheet to the base of five: 5^8 = 390,625 sheets can be told apart.
const DIGITS: std::ops::RangeInclusive<usize> = 1..=8;

/// A sheet with the key of its form; it is sent again under the same one.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    pub(crate) number: usize,
    pub(crate) key: String,
}

/// The fields of a sheet with its number among the answers.
pub(crate) fn numbered(fields: &[(String, String)], number: usize) -> Vec<(String, String)> {
    let digit = |name: &str| {
        let place = name.strip_prefix("q9_")?.parse::<u32>().ok().filter(|place| DIGITS.contains(&usize::try_from(*place).unwrap()))?;
        Some((number / 5_usize.pow(place - 1) % 5 + 1).to_string())
    };
    fields.iter().map(|(name, value)| (name.clone(), digit(name).unwrap_or_else(|| value.clone()))).collect()
}

/// A sheet as a browser sends it.
pub(crate) fn body(fields: &[(String, String)], sheet: &Sheet) -> String {
    let fields = numbered(fields, sheet.number);
    let mut body = form_urlencoded::Serializer::new(String::new());
    body.extend_pairs(fields).append_pair("key", &sheet.key).finish()
}

/// The key in a form: a phone sends back whatever stands there.
pub(crate) fn key_in(page: &str) -> Option<String> {
    let after = page.split("name=key value=").nth(1)?;
    Some(after.split('>').next()?.trim_matches('"').to_owned())
}

/// The number that a stored sheet carries.
pub(crate) fn number_of(form: &Form, answers: &[u8]) -> usize {
    DIGITS.rev().fold(0, |number, place| {
        let item = form.questionnaire.position(&format!("q9_{place}")).unwrap();
        let column = form.codebook.columns().iter().find(|column| column.item == item).unwrap();
        number * 5 + usize::from(answers[column.offset] - 3)
    })
}

/// The numbers of all sheets that count.
pub(crate) async fn counted(database: &TestDatabase, form: &Form) -> Vec<usize> {
    let rows = database.rows("SELECT answers FROM response").await;
    rows.iter().map(|row| number_of(form, &hex::decode(&row[0]).unwrap())).collect()
}

/// Numbers that were sent, and which of them were acknowledged.
#[derive(Debug, Default)]
pub(crate) struct Book {
    next: AtomicUsize,
    acknowledged: Mutex<HashSet<usize>>,
    unanswered: Mutex<Vec<Sheet>>,
    /// Where an acknowledgement stands among the changes of the files.
    journal: Option<File>,
}

impl Book {
    /// A book that writes into a journal too.
    pub(crate) fn with_journal(journal: File) -> Self {
        Self { journal: Some(journal), ..Self::default() }
    }

    /// A sheet that was sent without an answer, if there is one.
    pub(crate) fn unanswered(&self) -> Option<Sheet> {
        self.unanswered.lock().unwrap().pop()
    }

    /// The number of a new sheet.
    pub(crate) fn number(&self) -> usize {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    pub(crate) fn acknowledge(&self, number: usize) {
        if let Some(file) = &self.journal {
            journal::acknowledge(file, number);
        }
        self.acknowledged.lock().unwrap().insert(number);
    }

    pub(crate) fn put_back(&self, sheet: Sheet) {
        self.unanswered.lock().unwrap().push(sheet);
    }

    pub(crate) fn acknowledged(&self) -> HashSet<usize> {
        self.acknowledged.lock().unwrap().clone()
    }

    /// Compares what was acknowledged with what counts.
    pub(crate) fn verdict(&self, counted: &[usize]) -> Verdict {
        Verdict::of(&self.acknowledged(), counted, |number| number < self.next.load(Ordering::Relaxed))
    }
}

/// Prints a line that `tests/faults` adds up.
pub(crate) fn figures(kind: &str, runs: usize, acknowledged: usize, lost: usize, doubled: usize) {
    println!("figures: {kind}: {runs} runs, {acknowledged} acknowledged, {lost} lost, {doubled} doubled");
}

/// What acknowledged sheets are worth.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) acknowledged: usize,
    pub(crate) counted: usize,
    /// Acknowledged, and do not count.
    pub(crate) lost: usize,
    /// Count more than once.
    pub(crate) doubled: usize,
    /// Nobody sent them.
    pub(crate) unknown: usize,
}

impl Verdict {
    pub(crate) fn of(acknowledged: &HashSet<usize>, counted: &[usize], sent: impl Fn(usize) -> bool) -> Self {
        let once: HashSet<usize> = counted.iter().copied().collect();
        Self {
            acknowledged: acknowledged.len(),
            counted: counted.len(),
            lost: acknowledged.difference(&once).count(),
            doubled: counted.len() - once.len(),
            unknown: once.iter().filter(|number| !sent(**number)).count(),
        }
    }

    /// Adds the figures of another.
    pub(crate) fn add(&mut self, other: &Self) {
        self.acknowledged += other.acknowledged;
        self.counted += other.counted;
        self.lost += other.lost;
        self.doubled += other.doubled;
        self.unknown += other.unknown;
    }

    pub(crate) fn is_good(&self) -> bool {
        (self.lost, self.doubled, self.unknown) == (0, 0, 0)
    }
}
