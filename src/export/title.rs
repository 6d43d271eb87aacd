//! What stands over every table of a workbook: the round, and whether it is to be taken in earnest.

use super::bilingual::{both, joined};
use crate::publication::document::Document;
use crate::round::Round;

/// The title of what is published, or of a draft of it.
pub(super) fn of_document(document: &Document) -> String {
    let publication = &document.publication;
    of([&publication.name_vi, &publication.name_en], document.sha256.is_none(), publication.synthetic)
}

/// The title of a round; the seal is the hash of its frozen figures, none for a draft.
#[must_use]
pub fn title_of(round: &Round, seal: Option<&str>) -> String {
    of([&round.name_vi, &round.name_en], seal.is_none(), round.synthetic)
}

fn of(names: [&String; 2], is_draft: bool, is_synthetic: bool) -> String {
    let (draft, sample) = (is_draft.then(|| both("workbook-draft")), is_synthetic.then(|| both("workbook-sample")));
    [Some(joined(names)), draft, sample].into_iter().flatten().collect::<Vec<_>>().join(". ")
}
