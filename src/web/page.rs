//! The frame of every page: one column, the words of one language, its style inside, nothing fetched from anywhere.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, ETag, EntityTag, Header, HeaderValue, IfNoneMatch};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use base64::prelude::{BASE64_STANDARD, Engine};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use super::encoding::{Effort, Encoding, Prefix, compress};
use super::masthead::Masthead;
use crate::address::Address;
use crate::words::Words;

/// The one style sheet.
const STYLE: &str = include_str!("style.css");

/// How a page may be kept by the browser that asked for it. No answer page may be kept by anybody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// A page without answers: "back" may show it again as it was left.
    Back,
    /// A page with somebody's answers, or that depends on what was sent.
    Never,
    /// A page of a published round: the same for everybody. It is asked for anew each time, so that a correction stands everywhere at once.
    Published,
}

/// What is published may be kept by everybody, but nobody shows it without asking whether it still holds.
pub(super) const REVALIDATED: &str = "public, no-cache";

impl Keep {
    fn value(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Back => "private, no-cache",
            Self::Never => "no-store",
            Self::Published => REVALIDATED,
        })
    }
}

/// A page about to be written.
#[derive(Debug)]
pub struct Page {
    /// Its language.
    pub words: Words,
    /// Its title, which is also its first heading.
    pub title: String,
    /// Whether tables and charts may take more room.
    pub wide: bool,
    /// Whose it is.
    pub masthead: Masthead,
    /// What a chat program says of a link to it; nothing of a page that a code opens or that answers a form.
    pub preview: Option<String>,
    /// Style that only this page needs.
    pub style: String,
    /// Style that a script may put in the place of its own: that of the same form in the other language.
    pub other_style: String,
    /// Script that only this page needs. Without it every page works but a form on a shared device.
    pub script: &'static str,
    /// Whether it may ask this site for pictures.
    pub pictures: bool,
    /// Where the same page is in the other language; none where something else switches.
    pub switch: Option<Address>,
    /// The button of the form `f` that returns it in the other language with all that is filled in.
    pub turn: Markup,
    /// The same in the other language, title and text, where no address and no form leads there.
    pub other: Option<(String, Markup)>,
    /// What is said above the text of a page that came back; its window's title begins with it.
    pub said: String,
    /// What stands in it.
    pub body: Markup,
}

/// A page that was written: its text and the policy that allows its style.
#[derive(Debug, Clone)]
pub struct WrittenPage {
    /// HTML without the closing tags, so that something may still be put behind.
    pub html: String,
    /// `Content-Security-Policy` of exactly this page.
    pub policy: HeaderValue,
}

/// What ends every page.
pub const END: &str = "</body></html>";

impl Page {
    /// A page of text in a language.
    #[must_use]
    pub fn new(words: Words, title: impl Into<String>, body: Markup) -> Self {
        Self {
            words,
            title: title.into(),
            wide: false,
            masthead: Masthead::default(),
            preview: None,
            style: String::new(),
            other_style: String::new(),
            script: "",
            pictures: false,
            switch: None,
            turn: html! {},
            other: None,
            said: String::new(),
            body,
        }
    }

    /// A page that says the same in both languages, one after the other: whatever was sent, it need not be sent again to be read.
    #[must_use]
    pub fn in_both(words: Words, written: impl Fn(Words) -> (String, Markup)) -> Self {
        let (title, body) = written(words);
        Self { other: Some(written(words.other())), ..Self::new(words, title, body) }
    }

    /// Writes the page, all but its last tags.
    #[must_use]
    pub fn write(self) -> WrittenPage {
        let style = [STYLE, &self.style].concat();
        let other = if self.other_style.is_empty() { String::new() } else { [STYLE, &self.other_style].concat() };
        let policy = policy(&[&style, &other], self.script, self.pictures);
        let words = self.words;
        let html = html! {
            (DOCTYPE)
            html lang=(words.code()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width,initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    // Not `no-referrer`: under that, old browsers send `Origin: null` with a form. Not a header: each costs a hundredth of
                    // a form.
                    meta name="referrer" content="same-origin";
                    title { @if !self.said.is_empty() { (self.said) " · " } (self.title) " · " (words.get("service-name")) }
                    @if let Some(about) = &self.preview { (self.masthead.preview(words, &self.title, about)) }
                    // An empty picture, so that no browser asks for /favicon.ico.
                    link rel="icon" href="data:,";
                    style { (PreEscaped(&style)) }
                }
                body.wide[self.wide] {
                    a.skip href="#main" { (words.get("skip-to-content")) }
                    header {
                        .row {
                            (self.masthead.home(words))
                            @let other = words.other().code();
                            @if let Some(switch) = &self.switch {
                                a href=(switch) lang=(other) hreflang=(other) { (words.get("other-language")) }
                            }
                            @if self.other.is_some() { a href="#other" lang=(other) { (words.get("other-language")) } }
                            (self.turn)
                        }
                        (self.masthead.sample(words))
                    }
                    main #main {
                        h1 { (self.title) }
                        (self.body)
                        @if let Some((title, body)) = &self.other { section #other lang=(words.other().code()) { h2 { (title) } (body) } }
                    }
                    (self.masthead.footer(words))
                    @if !self.script.is_empty() { script { (PreEscaped(self.script)) } }
                }
            }
        };
        let mut html = html.into_string();
        // The template closes what it opened; what is put behind the page has to come before that.
        html.truncate(html.strip_suffix(END).map_or(html.len(), str::len));
        WrittenPage { html, policy }
    }

    /// Writes the page and answers with it.
    #[must_use]
    pub fn respond(self, status: StatusCode, keep: Keep, encoding: Encoding) -> HttpResponse {
        self.respond_ended_by(status, keep, encoding, END.as_bytes())
    }

    /// Writes the page and answers with it, ended by something of the respondent's own that is not compressed with the rest.
    #[must_use]
    pub fn respond_ended_by(self, status: StatusCode, keep: Keep, encoding: Encoding, tail: &[u8]) -> HttpResponse {
        let WrittenPage { html, policy } = self.write();
        let Ok(prefix) = Prefix::new(html.as_bytes(), encoding, Effort::Once) else {
            return HttpResponse::InternalServerError().finish();
        };
        let mut response = start(status, keep, encoding);
        response.insert_header((header::CONTENT_SECURITY_POLICY, policy));
        response.body(prefix.with_tail(tail))
    }

    /// Answers with a page of a published round, or says that it has not changed: its tag is the hash of what is written.
    #[must_use]
    pub fn respond_published(self, request: &HttpRequest) -> HttpResponse {
        let WrittenPage { mut html, policy } = self.write();
        html.push_str(END);
        let (encoding, tag) = (Encoding::accepted(request), hex::encode(Sha256::digest(html.as_bytes())));
        if is_known(request, &tag) {
            let mut response = start(StatusCode::NOT_MODIFIED, Keep::Published, Encoding::Identity);
            return response.insert_header(tagged(&tag, encoding)).finish();
        }
        let Ok(body) = compress(html.as_bytes(), encoding, Effort::Once) else {
            return HttpResponse::InternalServerError().finish();
        };
        let mut response = start(StatusCode::OK, Keep::Published, encoding);
        response.insert_header(tagged(&tag, encoding)).insert_header((header::CONTENT_SECURITY_POLICY, policy));
        response.body(body)
    }
}

/// Whether whoever asks has already got what a tag names, in whatever encoding.
pub(super) fn is_known(request: &HttpRequest, tag: &str) -> bool {
    let wanted = EntityTag::new_weak(tag.to_owned());
    match IfNoneMatch::parse(request) {
        Ok(IfNoneMatch::Any) => true,
        Ok(IfNoneMatch::Items(known)) => known.iter().any(|known| known.weak_eq(&wanted)),
        Err(_) => false,
    }
}

/// A tag as its header has it. A strong one names exact bytes (RFC 9110, 8.8.3): compressed ones are others.
pub(super) fn tagged(tag: &str, encoding: Encoding) -> ETag {
    ETag(EntityTag::new(encoding != Encoding::Identity, tag.to_owned()))
}

/// Begins the answer with a page: every header but the policy.
#[must_use]
pub fn start(status: StatusCode, keep: Keep, encoding: Encoding) -> HttpResponseBuilder {
    let mut response = HttpResponse::build(status);
    response
        .insert_header((header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")))
        .insert_header((header::CACHE_CONTROL, keep.value()))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")));
    if let Some(value) = encoding.header() {
        response.insert_header((header::CONTENT_ENCODING, value));
    }
    if let Some(seconds) = wait(status) {
        response.insert_header((header::RETRY_AFTER, HeaderValue::from_static(seconds)));
    }
    // Of the others nobody keeps a copy for somebody else.
    if keep == Keep::Published {
        response.insert_header((header::VARY, HeaderValue::from_static("accept-encoding")));
    }
    response
}

/// After how many seconds to send again what was put off: the words of [`StatusCode::TOO_MANY_REQUESTS`] say the same number.
fn wait(status: StatusCode) -> Option<&'static str> {
    match status {
        StatusCode::TOO_MANY_REQUESTS => Some("20"),
        StatusCode::SERVICE_UNAVAILABLE => Some("5"),
        _ => None,
    }
}

/// Nothing but the page's own styles and script, named by their hashes, and forms to this site.
fn policy(styles: &[&str], script: &str, pictures: bool) -> HeaderValue {
    let hash = |text: &str| BASE64_STANDARD.encode(Sha256::digest(text.as_bytes()));
    // A script may ask this site, which forms do too, and no other.
    let script = if script.is_empty() { String::new() } else { format!("script-src 'sha256-{}'; connect-src 'self'; ", hash(script)) };
    let styles: Vec<_> = styles.iter().filter(|style| !style.is_empty()).map(|style| format!("'sha256-{}'", hash(style))).collect();
    let styles = styles.join(" ");
    let pictures = if pictures { " 'self'" } else { "" };
    let text = format!(
        "default-src 'none'; {script}style-src {styles}; img-src data:{pictures}; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

/// On to another address, which "back" then skips.
pub(super) fn see_other(address: HeaderValue) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, address))
        .insert_header((header::CACHE_CONTROL, HeaderValue::from_static("no-store")))
        .finish()
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(&[], false)]
    #[case(&["\"a1\""], true)]
    #[case(&["W/\"a1\""], true)]
    #[case(&["\"b2\", W/\"a1\""], true)]
    #[case(&["\"b2\"", "\"a1\""], true)]
    #[case(&["*"], true)]
    #[case::part_of_another(&["\"a12\""], false)]
    #[case::no_tag(&["a1"], false)]
    fn whoever_has_a_tag_has_it_in_any_encoding_and_whole(#[case] lines: &[&str], #[case] known: bool) {
        let request = lines.iter().fold(TestRequest::get(), |request, line| request.append_header((header::IF_NONE_MATCH, *line)));
        assert_eq!(is_known(&request.to_http_request(), "a1"), known);
    }
}
