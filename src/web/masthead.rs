//! Whose page it is: who asks, above and below what it says, whether answers are made up, and what a chat program may say of a link to it.

use std::sync::Arc;

use maud::{Markup, html};

use crate::address::{Address, HOME};
use crate::directory::{Directory, OpenedRound};
use crate::organiser::{Logo, LogoKind, Organiser};
use crate::round::Round;
use crate::words::Words;

/// Largest emblem in bytes on pages that are no form.
const SHOWN_MOST: usize = 16 * 1024;

/// Whose a page is.
#[derive(Debug, Clone, Default)]
pub struct Masthead {
    /// Whether its round's answers are made up; where it has no round, whether those of all rounds are.
    synthetic: bool,
    organiser: Option<Arc<Organiser>>,
    /// Whether the decision of the organiser is that of all rounds which the page is about.
    is_by_decision: bool,
    /// Whether it may carry more than a form does.
    is_roomy: bool,
}

impl Masthead {
    /// One of a page that nobody waits for with a bad network.
    #[must_use]
    pub fn roomy(self) -> Self {
        Self { is_roomy: true, ..self }
    }

    fn name(&self, words: Words) -> Option<&str> {
        Some(self.organiser.as_ref()?.name.get(words.code()))
    }

    /// The way to the first page: the emblem and the name of the agency, or that of the service.
    pub(super) fn home(&self, words: Words) -> Markup {
        html! {
            a.asks href=(Address::of(HOME).lang(words)) {
                @match &self.organiser {
                    Some(organiser) => {
                        @if let Some(logo) = self.logo(organiser) { img src=(logo.inline()) alt=""; }
                        span {
                            @if let Some(province) = &organiser.province { small { (province.get(words.code())) } " " }
                            strong { (organiser.name.get(words.code())) }
                        }
                    }
                    None => (words.get("service-name")),
                }
            }
        }
    }

    /// An address as people type it, behind that of the service; none where that is not known.
    pub(super) fn typed(&self, address: &Address) -> Option<String> {
        let site = self.organiser.as_ref()?.public_url.as_ref()?;
        Some(format!("{}{address}", site.host()))
    }

    /// The emblem, where it is small enough for the page.
    fn logo<'o>(&self, organiser: &'o Organiser) -> Option<&'o Logo> {
        let fits = |logo: &&Logo| logo.is_small() || (self.is_roomy && logo.bytes().len() <= SHOWN_MOST);
        organiser.logo.as_ref().filter(fits)
    }

    pub(super) fn sample(&self, words: Words) -> Markup {
        html! { @if self.synthetic { p.sample { strong { (words.get("synthetic-banner")) } } } }
    }

    /// Who asks, by what decision, and how they are reached.
    pub(super) fn footer(&self, words: Words) -> Markup {
        let Some(organiser) = &self.organiser else { return html! {} };
        let language = words.code();
        let above = organiser.province.iter().map(|province| province.get(language));
        let agency: Vec<&str> = std::iter::once(organiser.name.get(language)).chain(above).collect();
        html! {
            footer {
                p { (words.with("asks-agency", [("agency", &agency.join(", "))])) }
                @if !organiser.contact.is_empty() { p { (words.with("asks-contact", [("contact", &organiser.contact.join("; "))])) } }
                @if let Some(decision) = organiser.decision.as_ref().filter(|_| self.is_by_decision) {
                    p { (words.with("asks-decision", [("decision", decision.get(language))])) }
                }
            }
        }
    }

    /// What a chat program shows in place of a link to the page.
    pub(super) fn preview(&self, words: Words, title: &str, about: &str) -> Markup {
        let service = || words.get("service-name");
        let site = self.name(words).map_or_else(service, str::to_owned);
        html! {
            meta property="og:title" content=(title);
            meta property="og:description" content=(about);
            meta property="og:site_name" content=(site);
            @if let Some(picture) = self.picture() { meta property="og:image" content=(picture); }
        }
    }

    /// Where others fetch the emblem: chat programs take no drawing, and only a whole address.
    fn picture(&self) -> Option<String> {
        let organiser = self.organiser.as_ref()?;
        let logo = organiser.logo.as_ref().filter(|logo| logo.kind() == LogoKind::Png)?;
        Some(format!("{}{}", organiser.public_url.as_ref()?, Address::logo(&logo.sha256())))
    }
}

impl Round {
    /// Whose its pages are.
    pub(super) fn masthead(&self) -> Masthead {
        Masthead { synthetic: self.synthetic, organiser: self.organiser.clone(), is_by_decision: true, is_roomy: false }
    }
}

/// What all rounds have in common: the agency, where all that name one name the same. Rounds that came as a ranking name none.
pub(super) fn shared(directory: &Directory) -> Masthead {
    let mut named = directory.rounds.iter().filter_map(|opened: &Arc<OpenedRound>| opened.round.organiser.as_ref());
    let synthetic = directory.all_synthetic();
    let Some(newest) = named.next() else { return Masthead { synthetic, ..Masthead::default() } };
    let others: Vec<&Arc<Organiser>> = named.collect();
    Masthead {
        synthetic,
        organiser: others.iter().all(|other| other.is_agency_of(newest)).then(|| Arc::clone(newest)),
        is_by_decision: others.iter().all(|other| other.decision == newest.decision),
        is_roomy: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organiser::{Bilingual, BlockNames, PublicUrl};

    fn organiser(name: &str, decision: &str, logo: Option<&[u8]>) -> Organiser {
        let text = |text: &str| Bilingual { vi: text.to_owned(), en: format!("{text} (en)") };
        Organiser {
            name: text(name),
            province: Some(text("Tỉnh Mẫu")),
            decision: Some(text(decision)),
            contact: vec!["0123".to_owned(), "<a@x.vn>".to_owned()],
            blocks: BlockNames::default(),
            public_url: PublicUrl::parse("https://x.vn").ok(),
            logo: logo.map(|bytes| Logo::kept(bytes.to_vec())),
        }
    }

    fn opened(organiser: Option<Organiser>) -> Arc<OpenedRound> {
        let round = Round { organiser: organiser.map(Arc::new), ..Round::sample(7) };
        Arc::new(OpenedRound { round, questionnaires: Vec::new(), seal: None, pepper: None, refuses_codes: false, secret: None })
    }

    fn shared_by(organisers: Vec<Option<Organiser>>) -> String {
        let mut directory = Directory::default();
        directory.rounds = organisers.into_iter().map(opened).collect();
        shared(&directory).footer(Words::of("vi")).into_string()
    }

    #[test]
    fn a_page_of_no_round_names_whoever_asks_in_all_of_them() {
        let one = || Some(organiser("Sở Nội vụ", "Quyết định 1", None));
        let said = shared_by(vec![one(), None, one()]);
        assert!(said.contains("Sở Nội vụ, Tỉnh Mẫu") && said.contains("0123; &lt;a@x.vn&gt;") && said.contains("Quyết định 1"), "{said}");
        let said = shared_by(vec![one(), Some(organiser("Sở Nội vụ", "Quyết định 2", None))]);
        assert!(said.contains("Sở Nội vụ") && !said.contains("Quyết định"), "{said}");
        assert_eq!(shared_by(vec![one(), Some(organiser("Sở Y tế", "Quyết định 1", None))]), "");
        assert_eq!((shared_by(Vec::new()), shared_by(vec![None])), (String::new(), String::new()));
    }

    #[test]
    fn an_emblem_is_shown_where_it_fits_and_linked_where_it_is_a_picture() {
        let large = [b"\x89PNG\r\n\x1a\n".as_slice(), &[7; 9_000]].concat();
        let round = |logo: &[u8]| Round { organiser: Some(Arc::new(organiser("Sở", "1", Some(logo)))), ..Round::sample(7) };
        let words = Words::of("en");
        let (drawn, pictured) = (round(b"<svg/>").masthead(), round(&large).masthead());
        assert!(drawn.home(words).into_string().contains("<img src=\"data:image/svg+xml,%3Csvg/%3E\" alt=\"\">"));
        assert!(!pictured.home(words).into_string().contains("<img"));
        assert!(pictured.clone().roomy().home(words).into_string().contains("<img src=\"data:image/png;base64,"));
        let preview = |masthead: &Masthead| masthead.preview(words, "Title", "About \"it\"").into_string();
        assert!(preview(&drawn).contains("content=\"About &quot;it&quot;\"") && !preview(&drawn).contains("og:image"));
        let address = format!("content=\"https://x.vn{}\"", Address::logo(&Logo::kept(large).sha256()));
        assert!(preview(&pictured).contains(&address), "{}", preview(&pictured));
    }
}
