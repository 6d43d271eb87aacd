//! What is written of a key that was drawn: a file, or pages with its shares. Whatever was written has opened a probe.

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};

use super::key_file;
use crate::files::private;
use crate::poster::shares::SharePage;
use crate::printed::shown;
use crate::round::Round;
use crate::seal::{KeyFile, KeyShare, PrivateKey, PublicKey, Quorum, combine, opens, split};

/// Writes the key, and opens a probe with what was read back.
pub(super) fn write_key(path: &Path, round: &str, key: &PrivateKey, public: &PublicKey) -> anyhow::Result<()> {
    let file = KeyFile { round: round.to_owned(), key: key.clone() };
    key_file::write_new(path, &file.write())?;
    let read = key_file::read(path).and_then(|text| Ok(KeyFile::read(&text)?));
    let sound = read.is_ok_and(|read| opens(&read.key, public));
    if !sound {
        key_file::destroy(path).ok();
    }
    ensure!(sound, "{}: what was written there does not come back; name another place", shown(path));
    Ok(())
}

/// The shares of a key. The first and the last of them, read from their words, have opened a probe.
pub(super) fn shares(key: &PrivateKey, quorum: Quorum, public: &PublicKey) -> anyhow::Result<Vec<KeyShare>> {
    let shares = split(key, quorum);
    let threshold = usize::from(quorum.threshold());
    for some in [shares.get(..threshold), shares.get(shares.len().saturating_sub(threshold)..)] {
        let read = some.unwrap_or_default().iter().map(|share| KeyShare::read(&share.words(public), public));
        combine(&read.collect::<Result<Vec<_>, _>>()?, public)?;
    }
    Ok(shares)
}

/// One page a share. Either all are there or none.
pub(super) fn write_pages(
    folder: &Path,
    round: &Round,
    quorum: Quorum,
    shares: &[KeyShare],
    public: &PublicKey,
) -> anyhow::Result<Vec<PathBuf>> {
    DirBuilder::new().recursive(true).mode(private::FOLDER).create(folder).with_context(|| shown(folder))?;
    let fingerprint = public.fingerprint();
    let mut files = Vec::<PathBuf>::new();
    for share in shares {
        let file = folder.join(format!("{}-share-{}.html", round.code, share.number()));
        let page = SharePage { round, quorum, fingerprint: &fingerprint, number: share.number(), words: &share.words(public) };
        let written = page.html().map_err(anyhow::Error::from).and_then(|page| key_file::write_new(&file, &page));
        if let Err(error) = written {
            for file in &files {
                key_file::destroy(file).ok();
            }
            return Err(error);
        }
        files.push(file);
    }
    Ok(files)
}
