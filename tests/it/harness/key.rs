//! The private key of the rounds of [`super::fixture`], as commands want it.

use std::io::{Seek, Write};
use std::process::Stdio;

use par_survey::seal::KeyFile;

use super::fixture::{KEY, ROUND};

/// The key file on standard input, for `--seal-key -`. It lies nowhere.
pub(crate) fn input() -> Stdio {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(KeyFile { round: ROUND.to_owned(), key: KEY.clone() }.write().as_bytes()).unwrap();
    file.rewind().unwrap();
    file.into()
}
