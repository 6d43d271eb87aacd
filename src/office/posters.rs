//! Posters of a round: by whose codes citizens come to the forms.

use super::{Office, Stopped};
use crate::directory::Form;
use crate::organiser::PublicUrl;
use crate::poster::{self, PosterError};
use crate::publication;
use crate::refusal::Refusal;
use crate::store::StoreError;
use crate::survey::mode::Mode;

/// A page for each unit that a questionnaire of a round asks about, or all its questionnaires, as one HTML document. Sheets that come by
/// them are counted under a mode.
///
/// # Errors
/// When the round was never opened or has no such questionnaire, or the address of the service is not known or too long to scan.
pub async fn posters(
    Office { store }: &Office,
    (round, questionnaire): (&str, Option<&str>),
    mode: Mode,
    public_url: Option<&PublicUrl>,
) -> Result<String, Stopped> {
    let opened = publication::opened(store, round).await?;
    let wanted = |form: &&Form| questionnaire.is_none_or(|id| id == form.questionnaire.id);
    let forms: Vec<&Form> = opened.questionnaires.iter().map(AsRef::as_ref).filter(wanted).collect();
    if forms.is_empty() {
        let asked = opened.questionnaires.iter().map(|form| form.questionnaire.id.clone()).collect();
        let questionnaire = questionnaire.unwrap_or_default().to_owned();
        return Err(Refusal::NotAsked { round: round.to_owned(), questionnaire, asked }.into());
    }
    Ok(poster::posters(public_url, &opened, forms, mode)?)
}

impl From<PosterError> for Stopped {
    fn from(error: PosterError) -> Self {
        match error {
            PosterError::Refused(refusal) => refusal.into(),
            PosterError::Broken => StoreError::trouble(PosterError::Broken.to_string()).into(),
        }
    }
}
