//! What is sealed of a sheet, at a length that says nothing about the answers.

use zeroize::Zeroizing;

/// Lengths of what was written, beyond which it is a multiple of the last one. Nothing written is as long as a short remark.
const CLASSES: [usize; 4] = [64, 256, 1_024, 4_096];

/// To a multiple of this the rest is filled up.
const STEP: usize = 32;

/// To what something sealed belongs, and cannot be taken away from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About<'a> {
    /// Row of the round.
    pub round: i32,
    /// Row of the round's questionnaire.
    pub questionnaire: i32,
    /// Row of the unit.
    pub unit: i32,
    /// Respondent group.
    pub group: &'a str,
}

impl About<'_> {
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
pub type Remark = (String, String);

impl Contents {
    /// As bytes: sheets of a questionnaire that were filled in on the web are all of one length.
    #[must_use]
    pub fn encode(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(2 * STEP + self.answers.len()));
        bytes.push(self.mode);
        put(&mut bytes, Some(&self.answers));
        put(&mut bytes, self.stratum.as_deref().map(str::as_bytes));
        put(&mut bytes, self.psu.as_deref().map(str::as_bytes));
        let length = bytes.len().next_multiple_of(STEP);
        bytes.resize(length, 0);
        bytes
    }

    /// Reads what [`Self::encode`] wrote; none where it is something else.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let (mode, mut rest) = bytes.split_first()?;
        let answers = take(&mut rest)??.to_vec();
        let mut text = || take(&mut rest)?.map_or(Some(None), |bytes| String::from_utf8(bytes.to_vec()).ok().map(Some));
        Some(Self { mode: *mode, answers, stratum: text()?, psu: text()? })
    }

    /// Remarks of one sheet as bytes, in length classes.
    #[must_use]
    pub fn encode_remarks(remarks: &[Remark]) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(CLASSES[0]));
        for (item, words) in remarks {
            put(&mut bytes, Some(item.as_bytes()));
            put(&mut bytes, Some(words.as_bytes()));
        }
        let length = CLASSES.into_iter().find(|class| bytes.len() <= *class);
        let length = length.unwrap_or_else(|| bytes.len().next_multiple_of(CLASSES[3]));
        bytes.resize(length, 0);
        bytes
    }

    /// Reads what [`Self::encode_remarks`] wrote; none where it is something else.
    #[must_use]
    pub fn decode_remarks(mut bytes: &[u8]) -> Option<Vec<Remark>> {
        let mut remarks = Vec::new();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).ok();
        while bytes.iter().any(|byte| *byte != 0) {
            remarks.push((text(take(&mut bytes)??)?, text(take(&mut bytes)??)?));
        }
        Some(remarks)
    }
}

/// Length and bytes; 0 says that there is nothing, 1 that it is empty.
fn put(to: &mut Vec<u8>, bytes: Option<&[u8]>) {
    let length = bytes.map_or(0, |bytes| u32::try_from(bytes.len()).unwrap_or(u32::MAX).saturating_add(1));
    to.extend(length.to_be_bytes());
    to.extend(bytes.unwrap_or_default());
}

fn take<'a>(from: &mut &'a [u8]) -> Option<Option<&'a [u8]>> {
    let (length, rest) = from.split_first_chunk::<4>()?;
    let Some(length) = u32::from_be_bytes(*length).checked_sub(1) else {
        *from = rest;
        return Some(None);
    };
    let (bytes, rest) = rest.split_at_checked(usize::try_from(length).ok()?)?;
    *from = rest;
    Some(Some(bytes))
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
            prop_assert_eq!(Contents::decode_remarks(&Contents::encode_remarks(&remarks)), Some(remarks));
        }

        #[test]
        fn no_bytes_are_read_beyond_their_end(bytes in vec(any::<u8>(), 0..200)) {
            let _ = (Contents::decode(&bytes), Contents::decode_remarks(&bytes));
        }
    }

    #[test]
    fn no_length_says_what_was_answered_or_whether_anything_was_written() {
        let length = |sheet: Contents| sheet.encode().len();
        assert_eq!(length(contents(1, None, None, &[0; 40])), length(contents(5, None, None, &[255; 40])));
        let length = |words: &str| Contents::encode_remarks(&[("F1".to_owned(), words.to_owned())]).len();
        assert_eq!(Contents::encode_remarks(&[]).len(), length("Tốt"));
        assert_eq!((length(&"a".repeat(60)), length(&"a".repeat(2_000)), length(&"a".repeat(9_000))), (256, 4_096, 12_288));
    }

    #[test]
    fn what_something_belongs_to_is_told_from_every_other() {
        let about = About { round: 1, questionnaire: 2, unit: 3, group: "g" };
        let others = [About { round: 2, ..about }, About { questionnaire: 3, ..about }, About { unit: 4, ..about }, About { group: "", ..about }];
        assert!(others.iter().all(|other| other.sheet() != about.sheet()) && about.sheet() != about.remarks());
    }
}
