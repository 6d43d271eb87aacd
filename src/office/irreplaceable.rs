//! Files that nobody can get back, by their first bytes: nothing is written over one.

use crate::keys::Pepper;
use crate::poster::shares::SharePage;
use crate::poster::slips;
use crate::seal::{KeyFile, is_share};

/// How files of SQLite begin: a database, its log (in either order of bytes of its sums), the list of the log's pages (in either order of
/// bytes) and the log of an older kind.
const DATABASE: [&[u8]; 6] = [
    b"SQLite format 3",
    &[0x37, 0x7f, 0x06, 0x82],
    &[0x37, 0x7f, 0x06, 0x83],
    &[0x18, 0xe2, 0x2d, 0x00],
    &[0x00, 0x2d, 0xe2, 0x18],
    &[0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7],
];

/// What a file of a database is called.
pub const PART: &str = "a database or a part of one";

/// What a file is by its first bytes, where it is something that nobody can get back.
#[must_use]
pub fn what_nobody_can_get_back(begins: &[u8]) -> Option<&'static str> {
    if DATABASE.iter().any(|file| begins.starts_with(file)) {
        return Some(PART);
    }
    let text = String::from_utf8_lossy(begins).replace('\r', "");
    let on_a_page = || SharePage::words_on(&text).is_some_and(|words| is_share(&words));
    let in_words = || text.split("\n\n").any(is_share);
    match () {
        () if KeyFile::is_begun(&text) => Some("a private key"),
        () if Pepper::is_written(&text) => Some("a secret from the folder of keys"),
        () if on_a_page() || in_words() => Some("a share of a private key"),
        () if slips::are_in(&text) => Some("slips or a list of codes"),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::{PrivateKey, Quorum, split};

    #[test]
    fn what_nobody_can_get_back_is_known_by_its_first_bytes() {
        let key = PrivateKey::draw();
        let public = key.public().unwrap();
        let shares: Vec<String> =
            split(&key, Quorum::new(2, 2).unwrap()).iter().map(|share| share.words(&public).replace(' ', "\n")).collect();
        let secret = "0a".repeat(32);
        let found = |text: &str| what_nobody_can_get_back(text.as_bytes());
        assert_eq!(found(&format!("{secret}\n")), Some("a secret from the folder of keys"));
        for between in ["\n\n", "\r\n\r\n"] {
            assert_eq!(found(&shares.join(between)), Some("a share of a private key"));
        }
        for list in ["\u{feff}link,code,until,warning\r\n", "link;code;until;warning\n", "\"link\",\"code\",\"until\",\"warning\"\n"] {
            assert_eq!(found(list), Some("slips or a list of codes"), "{list}");
        }
        assert_eq!(found("SQLite format 3\0"), Some("a database or a part of one"));
        for other in [
            "",
            "code,name_vi\n",
            &secret,
            &format!("{secret}  table.csv\n"),
            &shares[0][..40],
            "<ol><li>abandon</li></ol>",
            "link,code,name\n",
            "<p class=code>1234</p>",
        ] {
            assert_eq!(found(other), None, "{other}");
        }
    }
}
