//! What an address asks for: a language, how a form is filled in, whether it is a second thanks, and keys with letters for a code.

use std::convert::Infallible;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use crate::survey::mode::Mode;
use crate::words::Words;

/// What the address of thanks asks for where the server leads there after it received something.
pub(super) const SENT: &str = "sent";

/// What the address of the field for a code asks for where the code has letters.
pub(super) const LETTERS: &str = "letters";

/// What an address may ask for behind its `?`. Anything else there is passed over; of a word that comes twice, the last one counts.
#[derive(Debug, Default)]
pub struct Asking {
    pub(super) mode: Option<String>,
    pub(super) lang: Option<String>,
    /// Whether it is where the server leads after it received something.
    pub(super) sent: bool,
    pub(super) again: bool,
    pub(super) letters: bool,
}

impl FromRequest for Asking {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(request)))
    }
}

impl Asking {
    pub(super) fn of(request: &HttpRequest) -> Self {
        let mut asking = Self::default();
        for (name, value) in form_urlencoded::parse(request.query_string().as_bytes()) {
            match &*name {
                "mode" => asking.mode = Some(value.into_owned()),
                "lang" => asking.lang = Some(value.into_owned()),
                SENT => asking.sent = value == "1",
                "again" => asking.again = value == "1",
                LETTERS => asking.letters = value == "1",
                _ => {}
            }
        }
        asking
    }

    /// The language asked for, or Vietnamese.
    #[must_use]
    pub fn words(&self) -> Words {
        Words::of(self.lang.as_deref().unwrap_or("vi"))
    }

    /// The mode asked for; an open link where it is none that an address may name.
    #[must_use]
    pub fn mode(&self) -> Mode {
        let named = self.mode.as_deref().and_then(Mode::from_name);
        named.filter(|mode| Mode::OPEN.contains(mode)).unwrap_or(Mode::Link)
    }
}
