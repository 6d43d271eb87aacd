//! A private key as a text that is kept in a file: lines that say what it is, and an armoured part that is read back.

use base64::prelude::{BASE64_STANDARD, Engine};
use zeroize::Zeroizing;

use super::PrivateKey;

/// The line above a key.
pub const BEGIN: &str = "-----BEGIN PAR-SURVEY PRIVATE KEY-----";
/// The line below it.
pub const END: &str = "-----END PAR-SURVEY PRIVATE KEY-----";

/// Whoever finds the file has to know what it is.
const ABOUT: &str = "\
Đây là khóa riêng của một đợt khảo sát par-survey. Chỉ khóa này mở được các phiếu đã gửi.
Mất khóa là mất toàn bộ câu trả lời. Ai có khóa và dữ liệu đều đọc được phiếu khi đợt còn mở.
Giữ khóa ở nơi khác máy chủ. Đóng đợt xong, hủy mọi bản sao của tệp này.

This is the private key of a round of par-survey. It alone opens the sheets that were sent.
Losing it loses every answer. Whoever has it and the data can read sheets while the round is open.
Keep it away from the server. Burn every copy of this file once the round is closed.
";

/// What is wrong with the text of a key file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyFileError {
    /// No line begins a key.
    NoKey,
    /// The end is missing.
    CutOff,
    /// A line is missing or not understood.
    Line(&'static str),
    /// The key is another than the file says.
    Fingerprint,
}

/// What a key file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyFile {
    /// Id of the round.
    pub round: String,
    /// The private key in the file.
    pub key: PrivateKey,
}

impl KeyFile {
    /// Whether a text is one of these, whole or not.
    #[must_use]
    pub fn is_begun(text: &str) -> bool {
        text.contains(BEGIN)
    }

    /// The text.
    #[must_use]
    pub fn write(&self) -> Zeroizing<String> {
        let fingerprint = self.key.public().map(|public| public.fingerprint()).unwrap_or_default();
        let mut encoded = Zeroizing::new([0; 44]);
        // The text has exactly the room.
        let length = BASE64_STANDARD.encode_slice(self.key.bytes(), &mut encoded[..]).unwrap_or_default();
        // Grown in place, a text would leave pieces of the key behind.
        let mut text = Zeroizing::new(String::with_capacity(ABOUT.len() + self.round.len() + 256));
        for part in [ABOUT, "\n", BEGIN, "\nRound: ", &self.round, "\nFingerprint: ", &fingerprint, "\nKey: "] {
            text.push_str(part);
        }
        text.extend(encoded[..length].iter().copied().map(char::from));
        for part in ["\n", END, "\n"] {
            text.push_str(part);
        }
        text
    }

    /// Reads the text back.
    ///
    /// # Errors
    /// When it is something else, cut off or damaged; the text says which.
    pub fn read(text: &str) -> Result<Self, KeyFileError> {
        let (_, rest) = text.split_once(BEGIN).ok_or(KeyFileError::NoKey)?;
        let (inside, _) = rest.split_once(END).ok_or(KeyFileError::CutOff)?;
        let line = |name: &'static str| {
            let mut named = inside.lines().filter_map(|line| line.trim().strip_prefix(name)?.strip_prefix(':'));
            named.next().map(str::trim).filter(|value| !value.is_empty()).ok_or(KeyFileError::Line(name))
        };
        let (round, fingerprint) = (line("Round")?.to_owned(), line("Fingerprint")?);
        let bytes = Zeroizing::new(BASE64_STANDARD.decode(line("Key")?).map_err(|_| KeyFileError::Line("Key"))?);
        let key = PrivateKey::new(&bytes).ok_or(KeyFileError::Line("Key"))?;
        let same = key.public().is_some_and(|public| public.fingerprint() == fingerprint);
        if same { Ok(Self { round, key }) } else { Err(KeyFileError::Fingerprint) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn file() -> KeyFile {
        KeyFile { round: "2026".to_owned(), key: PrivateKey::new(&[7; 32]).unwrap() }
    }

    #[test]
    fn a_key_file_is_read_back_also_with_other_line_ends() {
        let text = file().write();
        assert_eq!(KeyFile::read(&text), Ok(file()));
        assert_eq!(KeyFile::read(&text.replace('\n', "\r\n")), Ok(file()));
        assert!(text.contains("Mất khóa là mất toàn bộ câu trả lời") && text.contains("Losing it loses every answer"));
        assert!(KeyFile::is_begun(&text) && !KeyFile::is_begun("abandon ability"));
    }

    #[rstest]
    #[case("BEGIN", "BEGUN", KeyFileError::NoKey)]
    #[case("END PAR", "EN", KeyFileError::CutOff)]
    #[case("Round", "Rund", KeyFileError::Line("Round"))]
    #[case("Fingerprint: ", "Fingerprint: 0", KeyFileError::Fingerprint)]
    #[case("Key: Bw", "Key: Cw", KeyFileError::Fingerprint)]
    #[case("Key: Bw", "Key: !!", KeyFileError::Line("Key"))]
    #[case("Key: Bw", "Key: ", KeyFileError::Line("Key"))]
    fn what_is_wrong_with_a_key_file_is_named(#[case] from: &str, #[case] to: &str, #[case] fault: KeyFileError) {
        let text = file().write();
        assert!(text.contains(from), "{from}");
        assert_eq!(KeyFile::read(&text.replace(from, to)), Err(fault));
    }

    proptest! {
        #[test]
        fn no_text_is_read_beyond_its_end(text: String) {
            let _ = KeyFile::read(&text);
        }
    }
}
