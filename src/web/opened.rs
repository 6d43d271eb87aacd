//! A code, what it opens, and what becomes of the sheets that are sent with it.

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::HeaderValue;
use maud::html;
use tokio::time::Instant;

use super::encoding::Encoding;
use super::form::CODE_PATH;
use super::page::{Keep, Page, see_other};
use super::site::Site;
use crate::directory::{Directory, Form, OpenedRound};
use crate::keys::Pepper;
use crate::round::RoundState;
use crate::store::codes::{CodeHash, IssuedCode};
use crate::store::instance::{Deposited, NotKept};
use crate::store::sheet::{Sheet, SheetKey};
use crate::survey::code::{Code, Tag};
use crate::words::Words;

/// How long looking up a code may take, of the six seconds in which every request is answered: the database reads one row by its key.
const LOOKING_UP: Duration = Duration::from_millis(1_500);

/// A code with what it opens.
#[derive(Debug)]
pub(super) struct Opened<'a> {
    pub(super) round: &'a OpenedRound,
    pub(super) form: &'a Form,
    pub(super) issued: IssuedCode,
    pub(super) code: Code,
    hash: CodeHash,
    pepper: &'a Pepper,
}

impl<'a> Opened<'a> {
    /// Finds what a code opens, in time: one keyed hash and one read in the round that it says it is for. The store has logged why it could not.
    pub(super) async fn find(site: &Site, directory: &'a Directory, code: Code) -> crate::store::Result<Option<Self>> {
        let open = directory.rounds.iter().filter(|round| round.round.state == RoundState::Open && is_for(round, &code));
        let by = Instant::now() + LOOKING_UP;
        for (round, pepper) in open.filter_map(|round| Some((round, round.pepper.as_ref()?))) {
            let hash = pepper.code_hash(&code);
            let Some(issued) = site.instance.code(round.round.id, hash, by).await? else { continue };
            let form = round.questionnaires.iter().find(|form| form.id == issued.questionnaire);
            return Ok(form.map(|form| Self { round, form, issued, code, hash, pepper }));
        }
        Ok(None)
    }

    /// The key of the code's sheet about a unit.
    pub(super) fn key(&self, unit: i32) -> SheetKey {
        self.pepper.sheet_key(&self.code, unit)
    }

    /// What a device may call the draft of the code's sheet.
    pub(super) fn draft_name(&self) -> String {
        self.pepper.draft_name(&self.code)
    }

    /// Hands in what was sent with the code. It alone says whether it was used: nothing was looked up before, and opening a form tells nobody.
    pub(super) async fn deposit(&self, site: &Site, sheets: Vec<Sheet>) -> Result<Deposited, NotKept> {
        site.instance.deposit_coded(self.pepper.participation(self.hash, &self.issued), sheets).await
    }

    /// On to the page that says what was sent is received, now or before.
    pub(super) fn received(&self, again: bool, words: Words, encoding: Encoding) -> HttpResponse {
        if again {
            return self.spent_page(words, encoding);
        }
        HeaderValue::from_str(&format!("{CODE_PATH}/thanks?lang={}", words.code())).map_or_else(|_| HttpResponse::Ok().finish(), see_other)
    }

    /// The one page for a code that was used, whoever asks.
    fn spent_page(&self, words: Words, encoding: Encoding) -> HttpResponse {
        let body = html! {
            p role="status" { strong { (words.get("code-spent")) } }
            p { (words.get("again-lead")) }
            p { a.button href=(format!("{CODE_PATH}?lang={}", words.code())) { (words.get("code-another")) } }
        };
        let mut page = Page::new(words, words.get("code-spent-title"), body);
        page.synthetic = self.round.round.synthetic;
        page.respond(StatusCode::GONE, Keep::Never, encoding)
    }
}

/// Whether a code says that it is for a round.
pub(super) fn is_for(round: &OpenedRound, code: &Code) -> bool {
    code.tag() == Tag::of_round(round.round.id)
}
