//! A publication with its definitions read: what pages, exports and the API print from.

use super::format::{EXPLAINED, FIRST, RULE};
use super::{Publication, PublishedUnit, read};
use crate::organiser::BlockNames;
use crate::scheme::{self, Scheme};
use crate::scoring::ranking::{BlockRanking, LeafHead, Ranking, explain, fields_meant};
use crate::scoring::results::Results;
use crate::scoring::targets::TargetSubject;
use crate::store::snapshots::Snapshot;
use crate::store::{Result, StoreError};
use crate::survey::routing::Routing;
use crate::survey::{self, Questionnaire};
use crate::unit::UnitCode;

/// A publication that was read whole.
#[derive(Debug, Clone)]
pub struct Document {
    /// What is public.
    pub publication: Publication,
    /// SHA-256 of the frozen bytes; none for a draft.
    pub sha256: Option<String>,
    /// The frozen bytes; empty for a draft.
    pub body: String,
    /// The definitions, in the order of the publication's questionnaires, each with what leads to what in it.
    questionnaires: Vec<(Questionnaire, Routing)>,
    /// The index schemes, in the order of the publication's.
    schemes: Vec<Scheme>,
}

/// One questionnaire of a publication.
#[derive(Debug, Clone, Copy)]
pub struct Section<'a> {
    /// Where it stands.
    pub document: &'a Document,
    /// Its definition.
    pub questionnaire: &'a Questionnaire,
    /// What leads to what in it.
    pub routing: &'a Routing,
    /// Its figures.
    pub results: &'a Results,
}

impl Document {
    /// Reads the definitions of figures that are not public yet.
    ///
    /// # Errors
    /// When this version cannot read a definition.
    pub fn draft(publication: Publication) -> Result<Self> {
        Self::of(publication, None, String::new())
    }

    /// Reads a frozen publication.
    ///
    /// # Errors
    /// When this version cannot read it.
    pub fn frozen(snapshot: Snapshot) -> Result<Self> {
        Self::of(read(&snapshot)?, Some(snapshot.sha256), snapshot.body)
    }

    fn of(mut publication: Publication, sha256: Option<String>, body: String) -> Result<Self> {
        let mut questionnaires = Vec::new();
        for published in &publication.questionnaires {
            let id = &published.results.questionnaire;
            let unreadable = |why| StoreError::trouble(format!("the published definition of `{id}` cannot be read by this version: {why}"));
            let questionnaire = survey::kept::read(&published.definition).map_err(unreadable)?;
            let routing = Routing::of(&questionnaire);
            questionnaires.push((questionnaire, routing));
        }
        let mut schemes = Vec::new();
        for published in &publication.schemes {
            let unreadable = |why| StoreError::trouble(format!("a published index scheme cannot be read by this version: {why}"));
            schemes.push(scheme::kept::read(&published.definition).map_err(unreadable)?);
        }
        if publication.format < EXPLAINED {
            publication.ranking.iter_mut().for_each(|ranking| explain_early(ranking, &schemes));
        }
        Ok(Self { publication, sha256, body, questionnaires, schemes })
    }

    /// Scores and ranks; none for a round without schemes.
    #[must_use]
    pub fn ranking(&self) -> Option<&Ranking> {
        self.publication.ranking.as_ref()
    }

    /// The scheme of a block; none where its ranking was imported.
    #[must_use]
    pub fn scheme(&self, block: &BlockRanking) -> Option<&Scheme> {
        let id = block.scheme.as_ref()?;
        self.schemes.iter().find(|scheme| scheme.id == *id)
    }

    /// The rule by which its figures were published, where results of today follow another.
    #[must_use]
    pub fn rule_of_then(&self) -> Option<u32> {
        Some(self.publication.format).filter(|format| *format < RULE)
    }

    /// Whether its figures follow the rules of the first format.
    #[must_use]
    pub fn is_of_first_format(&self) -> bool {
        self.publication.format == FIRST
    }

    /// Whether points of a block come from surveys, whose points are exact also where few sheets are behind them: what these may tell by
    /// themselves has to be said where they stand. The first format did not say it.
    #[must_use]
    pub fn has_exact_points(&self, block: &BlockRanking) -> bool {
        !self.is_of_first_format() && block.leaves.iter().any(LeafHead::is_surveyed)
    }

    /// The words of a field of a block; its code where the ranking was imported.
    #[must_use]
    pub fn field_text<'a>(&'a self, block: &'a BlockRanking, code: &'a str, language: &str) -> &'a str {
        let found = self.scheme(block).and_then(|scheme| scheme.fields.iter().find(|field| field.code == code));
        found.map_or(code, |field| field.text.get(language))
    }

    /// The same, of a block by its code.
    #[must_use]
    pub fn field_of<'a>(&'a self, block: &str, code: &'a str, language: &str) -> &'a str {
        let block = self.ranking().and_then(|ranking| ranking.block(block));
        block.map_or(code, |block| self.field_text(block, code, language))
    }

    /// The words of a band of a block; its code where the ranking was imported.
    #[must_use]
    pub fn band_text<'a>(&'a self, block: &'a BlockRanking, code: &'a str, language: &str) -> &'a str {
        let rules = self.scheme(block).and_then(|scheme| scheme.block(&block.block, self.publication.year));
        let found = rules.and_then(|rules| rules.bands.iter().find(|band| band.code == code));
        found.map_or(code, |band| band.text.get(language))
    }

    /// All questionnaires, in order.
    pub fn sections(&self) -> impl Iterator<Item = Section<'_>> {
        let pairs = self.questionnaires.iter().zip(&self.publication.questionnaires);
        pairs.map(|((questionnaire, routing), published)| Section { document: self, questionnaire, routing, results: &published.results })
    }

    /// A questionnaire by its id.
    #[must_use]
    pub fn section(&self, id: &str) -> Option<Section<'_>> {
        self.sections().find(|section| section.questionnaire.id == id)
    }

    /// A unit as it was called when the round was published.
    #[must_use]
    pub fn unit(&self, code: &str) -> Option<&PublishedUnit> {
        self.publication.units.iter().find(|unit| unit.code.as_str() == code)
    }

    /// A unit's name in a language; its code where it has none.
    #[must_use]
    pub fn unit_name<'a>(&'a self, code: &'a UnitCode, language: &str) -> &'a str {
        self.unit(code.as_str()).map_or(code.as_str(), |unit| unit.name(language))
    }

    /// What stands for the snapshot in every exported row: its hash, or `draft`.
    #[must_use]
    pub fn seal(&self) -> &str {
        self.sha256.as_deref().unwrap_or("draft")
    }
}

/// Works out how points came about, and what targets are on, of a document that does not say it.
fn explain_early(ranking: &mut Ranking, schemes: &[Scheme]) {
    let scheme = |block: &BlockRanking| schemes.iter().find(|scheme| Some(&scheme.id) == block.scheme.as_ref());
    for block in &mut ranking.blocks {
        if let Some(scheme) = scheme(block) {
            explain(block, scheme);
        }
    }
    for result in &mut ranking.targets {
        let target = &result.target;
        result.subject = TargetSubject::of(&target.index, &target.scope, &fields_meant(&ranking.blocks, scheme, target.unit.as_ref()));
    }
}

impl PublishedUnit {
    /// The name in a language; any language but Vietnamese reads the English one.
    #[must_use]
    pub fn name(&self, language: &str) -> &str {
        if language == "vi" { &self.name_vi } else { &self.name_en }
    }
}

impl Publication {
    /// What its organiser calls blocks.
    #[must_use]
    pub fn blocks(&self) -> &BlockNames {
        self.organiser.as_ref().map_or(BlockNames::NONE, |organiser| &organiser.blocks)
    }

    /// The round's name in a language; any language but Vietnamese reads the English one.
    #[must_use]
    pub fn name(&self, language: &str) -> &str {
        if language == "vi" { &self.name_vi } else { &self.name_en }
    }
}
