//! Who asks: the agency that runs a round, as its round file says it, and what that calls its blocks. Pure.

mod logo;
mod public_url;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use logo::{Logo, LogoKind};
pub use public_url::{NotASite, PublicUrl};

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bilingual {
    /// In Vietnamese.
    pub vi: String,
    /// In English.
    pub en: String,
}

impl Bilingual {
    /// The text in a language; any language but Vietnamese reads the English one.
    #[must_use]
    pub fn get(&self, language: &str) -> &str {
        if language == "vi" { &self.vi } else { &self.en }
    }
}

/// Names that a round gives to blocks, by their codes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BlockNames(BTreeMap<String, Bilingual>);

impl BlockNames {
    /// Those of a round that gives none.
    pub const NONE: &'static Self = &Self(BTreeMap::new());

    /// The name of a block; none where the round gives none.
    #[must_use]
    pub fn get(&self, code: &str, language: &str) -> Option<&str> {
        Some(self.0.get(code)?.get(language))
    }

    /// Whether a block has a name here.
    #[must_use]
    pub fn has(&self, code: &str) -> bool {
        self.0.contains_key(code)
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(String, Bilingual)> for BlockNames {
    fn from_iter<I: IntoIterator<Item = (String, Bilingual)>>(names: I) -> Self {
        Self(names.into_iter().collect())
    }
}

/// Who asks. It is kept as JSON with its round, and what of it is for good is frozen with the figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organiser {
    /// The agency that asks.
    pub name: Bilingual,
    /// The authority above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub province: Option<Bilingual>,
    /// The decision by which it asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Bilingual>,
    /// How it is reached, a line each: telephone, e-mail, address.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contact: Vec<String>,
    /// What it calls blocks.
    #[serde(default, skip_serializing_if = "BlockNames::is_empty")]
    pub blocks: BlockNames,
    /// Where people reach the service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_url: Option<PublicUrl>,
    /// Its emblem, which is kept beside the JSON.
    #[serde(skip)]
    pub logo: Option<Logo>,
}

impl Organiser {
    /// What is frozen with figures: names and decision. Whom to call changes, and may be a person's own number.
    #[must_use]
    pub fn published(&self) -> Self {
        Self { contact: Vec::new(), public_url: None, logo: None, ..self.clone() }
    }

    /// Whether two rounds are asked by the same agency.
    #[must_use]
    pub fn is_agency_of(&self, other: &Self) -> bool {
        (&self.name, &self.province) == (&other.name, &other.province)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn text(vi: &str, en: &str) -> Bilingual {
        Bilingual { vi: vi.to_owned(), en: en.to_owned() }
    }

    #[test]
    fn what_is_frozen_of_an_organiser_names_nobody_to_call() {
        let organiser = Organiser {
            name: text("Sở Nội vụ", "Department of Home Affairs"),
            province: None,
            decision: Some(text("Quyết định 1", "Decision 1")),
            contact: vec!["0123 456 789".to_owned()],
            blocks: BlockNames::from_iter([("wards".to_owned(), text("Phường", "Wards"))]),
            public_url: PublicUrl::parse("https://khaosat.example.vn").ok(),
            logo: None,
        };
        let kept: Organiser = serde_json::from_str(&serde_json::to_string(&organiser).unwrap()).unwrap();
        assert_eq!(kept, organiser);
        let frozen = serde_json::to_value(organiser.published()).unwrap();
        let keys: Vec<&String> = frozen.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["blocks", "decision", "name"]);
        assert_eq!((organiser.blocks.get("wards", "en"), organiser.blocks.get("x", "vi")), (Some("Wards"), None));
    }
}
