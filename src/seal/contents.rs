//! What is sealed of a sheet, at a length that says nothing about the answers.

use zeroize::Zeroizing;

/// Lengths of what was written, beyond which it is a multiple of the last one. Nothing written is as long as a short remark.
const CLASSES: [usize; 4] = [32, 256, 1_024, 4_096];

/// Bytes before the answers.
const HEAD: usize = 5;

/// To a multiple of this the place in a sample is filled up, which only sheets from files have.
const STEP: usize = 32;

/// What is filled up with: JSON ends before it.
const FILLING: u8 = b' ';

/// The round, questionnaire, unit and group that something sealed belongs to: under any other it does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Binding<'a> {
    /// Row of the round.
    pub round: i32,
    /// Row of the round's questionnaire.
    pub questionnaire: i32,
    /// Row of the unit.
    pub unit: i32,
    /// Respondent group.
    pub group: &'a str,
}

impl Binding<'_> {
    /// What the answers of a sheet are bound to.
    #[must_use]
    pub fn sheet(&self) -> Vec<u8> {
        let Self { round, questionnaire, unit, group } = self;
        [b"sheet".as_slice(), &round.to_be_bytes(), &questionnaire.to_be_bytes(), &unit.to_be_bytes(), group.as_bytes()].concat()
    }

    /// What remarks are bound to: they are kept apart from unit and group.
    #[must_use]
    pub fn remarks(&self) -> Vec<u8> {
        [b"remarks".as_slice(), &self.round.to_be_bytes(), &self.questionnaire.to_be_bytes()].concat()
    }
}

/// What is sealed of a sheet beside its remarks.
#[derive(Clone, PartialEq, Eq)]
pub struct Contents {
    /// Number of the mode.
    pub mode: u8,
    /// Stratum of the sample.
    pub stratum: Option<String>,
    /// Primary sampling unit.
    pub psu: Option<String>,
    /// Packed answers.
    pub answers: Vec<u8>,
}

/// An item's code and what was written.
pub type SealedRemark = (String, String);

impl Contents {
    /// As bytes: sheets of a questionnaire that were filled in on the web are all of one length.
    #[must_use]
    pub fn encode(&self) -> Zeroizing<Vec<u8>> {
        let Self { mode, stratum, psu, answers } = self;
        let mut bytes = Zeroizing::new(Vec::with_capacity(HEAD + answers.len()));
        bytes.push(*mode);
        bytes.extend(u32::try_from(answers.len()).unwrap_or(u32::MAX).to_be_bytes());
        bytes.extend(answers);
        if stratum.is_some() || psu.is_some() {
            bytes.extend(serde_json::to_vec(&(stratum, psu)).unwrap_or_default());
            let length = bytes.len().next_multiple_of(STEP);
            bytes.resize(length, FILLING);
        }
        bytes
    }

    /// Reads what [`Self::encode`] wrote; none where it is something else.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let (mode, rest) = bytes.split_first()?;
        let (length, rest) = rest.split_first_chunk::<4>()?;
        let (answers, rest) = rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
        let (stratum, psu) = if rest.is_empty() { (None, None) } else { serde_json::from_slice(rest).ok()? };
        Some(Self { mode: *mode, answers: answers.to_vec(), stratum, psu })
    }
}

/// What was written on one sheet, as bytes, in length classes.
#[must_use]
pub fn encode_remarks(remarks: &[SealedRemark]) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(serde_json::to_vec(remarks).unwrap_or_default());
    let [.., last] = CLASSES;
    let length = CLASSES.into_iter().find(|class| bytes.len() <= *class).unwrap_or_else(|| bytes.len().next_multiple_of(last));
    bytes.resize(length, FILLING);
    bytes
}

/// Reads what [`encode_remarks`] wrote; none where it is something else.
#[must_use]
pub fn decode_remarks(bytes: &[u8]) -> Option<Vec<SealedRemark>> {
    serde_json::from_slice(bytes).ok()
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn contents(mode: u8, stratum: Option<&str>, psu: Option<&str>, answers: &[u8]) -> Contents {
        Contents { mode, stratum: stratum.map(str::to_owned), psu: psu.map(str::to_owned), answers: answers.to_vec() }
    }

    proptest! {
        #[test]
        fn contents_come_back_as_they_were(mode: u8, stratum: Option<String>, psu: Option<String>, answers in vec(any::<u8>(), 0..300)) {
            let sheet = Contents { mode, stratum, psu, answers };
            prop_assert!(Contents::decode(&sheet.encode()) == Some(sheet));
        }

        #[test]
        fn remarks_come_back_as_they_were(remarks in vec((any::<String>(), any::<String>()), 0..5)) {
            prop_assert_eq!(decode_remarks(&encode_remarks(&remarks)), Some(remarks));
        }

        #[test]
        fn no_bytes_are_read_beyond_their_end(bytes in vec(any::<u8>(), 0..200)) {
            let _ = (Contents::decode(&bytes), decode_remarks(&bytes));
        }
    }

    #[test]
    fn no_length_says_what_was_answered_or_whether_anything_was_written() {
        let length = |sheet: Contents| sheet.encode().len();
        assert_eq!(length(contents(1, None, None, &[0; 40])), length(contents(5, None, None, &[255; 40])));
        let length = |words: &str| encode_remarks(&[("F1".to_owned(), words.to_owned())]).len();
        assert_eq!(encode_remarks(&[]).len(), length("Tốt"));
        assert_eq!((length(&"a".repeat(60)), length(&"a".repeat(2_000)), length(&"a".repeat(9_000))), (256, 4_096, 12_288));
    }

    #[test]
    fn what_something_belongs_to_is_told_from_every_other() {
        let about = Binding { round: 1, questionnaire: 2, unit: 3, group: "g" };
        let others = [
            Binding { round: 2, ..about },
            Binding { questionnaire: 3, ..about },
            Binding { unit: 4, ..about },
            Binding { group: "", ..about },
        ];
        assert!(others.iter().all(|other| other.sheet() != about.sheet()) && about.sheet() != about.remarks());
    }
}
