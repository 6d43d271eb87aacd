//! Evidence for a score: a link, a file, or a full explanation in place of them, added to what is there.

use std::path::Path;

use super::{Author, Desk};
use crate::import::scores::{TEXT_MOST, UnfitScoreText, text};
use crate::office::Stopped;
use crate::office::evidence::keep;
use crate::printed::is_hidden;
use crate::refusal::{PersonText, Refusal};
use crate::round::steps::ScorePart;
use crate::scheme::Scheme;
use crate::store::scores::Entry;

/// Evidence as somebody brings it.
#[derive(Debug, Clone, Copy)]
pub enum Proof<'a> {
    /// A whole address.
    Link(&'a str),
    /// A file, which is kept in a folder.
    File {
        /// The file to be kept, of at most 100 MB.
        file: &'a Path,
        /// The folder of evidence.
        folder: &'a Path,
    },
    /// A full explanation.
    Explanation(&'a str),
}

impl Desk {
    /// Adds evidence to a criterion of a unit. Gives the line that was added; what is there already stays.
    ///
    /// # Errors
    /// When nothing may be entered, unit or criterion are not scored by people, or the evidence is none.
    pub async fn add_evidence(
        self,
        (unit, criterion): (&str, &str),
        proof: Proof<'_>,
        correction: bool,
        by: &Author,
    ) -> Result<String, Stopped> {
        by.may.for_units(&self.round.code, [unit])?;
        let row = self.row(unit)?;
        let units = self.units();
        let scheme = units.iter().find(|(found, _)| found.id == row).map(|(_, scheme)| *scheme);
        appraised(scheme, (&self.round.code, unit), criterion)?;
        self.open(correction)?;
        self.open_part(ScorePart::Evidence)?;
        let added = line(proof)?;
        let there = self.sheets.get(&row).and_then(|cells| cells.get(criterion)).and_then(|cell| cell.entry(ScorePart::Evidence));
        let all = there.map_or_else(|| added.clone(), |there| format!("{there}\n{added}"));
        let words = text(&all).map_err(|why| unfit(PersonText::Evidence, why))?;
        self.enter(&[Entry { unit: row, leaf: criterion.to_owned(), part: ScorePart::Evidence, words }], by).await?;
        Ok(added)
    }
}

/// A criterion has to be one that people score.
fn appraised(scheme: Option<&Scheme>, (round, unit): (&str, &str), criterion: &str) -> Result<(), Refusal> {
    let leaf = scheme.and_then(|scheme| scheme.leaves.get(scheme.leaf(criterion)?));
    match leaf {
        None => Err(Refusal::NoCriterion { round: round.to_owned(), unit: unit.to_owned(), criterion: criterion.to_owned() }),
        Some(leaf) if leaf.is_surveyed() => Err(Refusal::Surveyed { criterion: criterion.to_owned() }),
        Some(_) => Ok(()),
    }
}

/// The line that the score sheet gets; a file is kept first.
fn line(proof: Proof<'_>) -> Result<String, Stopped> {
    let (which, words) = match proof {
        Proof::Link(link) if !is_whole(link) => return Err(Refusal::LinkNotWhole.into()),
        Proof::Link(link) => (PersonText::Link, link.to_owned()),
        Proof::Explanation(words) => (PersonText::Explanation, words.to_owned()),
        Proof::File { file, folder } => {
            let sha256 = keep(file, folder)?;
            let name = file.file_name().map(|name| name.to_string_lossy().replace(is_hidden, " ")).unwrap_or_default();
            (PersonText::File, format!("{name} (SHA-256 {sha256})"))
        }
    };
    text(&words).map_err(|why| unfit(which, why).into())
}

fn unfit(text: PersonText, why: UnfitScoreText) -> Refusal {
    match why {
        UnfitScoreText::NoWords => Refusal::NoWords { text },
        UnfitScoreText::TooLong(characters) => Refusal::TooLong { text, characters, most: TEXT_MOST },
        UnfitScoreText::Control => Refusal::ControlCharacters { text },
    }
}

fn is_whole(link: &str) -> bool {
    (link.starts_with("https://") || link.starts_with("http://")) && !link.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::scores::UnfitScoreText;

    fn refused(proof: Proof<'_>) -> Option<Refusal> {
        match line(proof) {
            Err(Stopped::Refused(refusal)) => Some(refusal),
            _ => None,
        }
    }

    #[test]
    fn a_link_is_a_whole_address() {
        for whole in ["https://example.vn/a", "http://example.vn"] {
            assert_eq!(line(Proof::Link(whole)).unwrap(), whole);
        }
        for part in ["example.vn", "ftp://example.vn", "https://example.vn/a b", ""] {
            assert_eq!(refused(Proof::Link(part)), Some(Refusal::LinkNotWhole), "{part}");
        }
    }

    #[test]
    fn an_explanation_has_words_but_not_too_many() {
        assert_eq!(line(Proof::Explanation(" hai dòng\nvà hết ")).unwrap(), "hai dòng\nvà hết");
        for (words, why) in [
            ("-", UnfitScoreText::NoWords),
            (" ", UnfitScoreText::NoWords),
            ("'=1", UnfitScoreText::NoWords),
            ("a\u{7}", UnfitScoreText::Control),
        ] {
            assert_eq!(refused(Proof::Explanation(words)), Some(unfit(PersonText::Explanation, why)), "{words}");
        }
        let long = "a".repeat(5_001);
        assert_eq!(
            refused(Proof::Explanation(&long)),
            Some(Refusal::TooLong { text: PersonText::Explanation, characters: 5_001, most: 5_000 })
        );
    }

    #[test]
    fn only_a_criterion_that_people_score_gets_evidence() {
        let text = include_str!("../../../survey-definitions/provincial-departments.scheme.toml");
        let scheme = crate::scheme::check::check("departments", text).unwrap();
        let of = |surveyed: bool| scheme.leaves.iter().find(|leaf| leaf.is_surveyed() == surveyed).unwrap().code.as_str();
        let appraised = |criterion: &str| appraised(Some(&scheme), ("26", "so-noi-vu"), criterion);
        assert_eq!(appraised(of(false)), Ok(()));
        assert_eq!(appraised(of(true)), Err(Refusal::Surveyed { criterion: of(true).to_owned() }));
        let unknown = Refusal::NoCriterion { round: "26".into(), unit: "so-noi-vu".into(), criterion: "direction".into() };
        assert_eq!(appraised("direction"), Err(unknown), "a field is no criterion");
    }
}
