//! What a target is on: which index, which part of it, and what its values are measured in.
//!
//! Files of targets say it in words of their own, with capitals or without, a field by its code or by what it is called in any language. It
//! is made out once, before the target is held against a figure, and is published with what came of it.

use serde::{Deserialize, Serialize};

use crate::scheme::Scheme;
use crate::scoring::measure::Measure;

/// The PAR Index, as files name it.
const PAR: &str = "par";
/// The citizens' satisfaction index, as files name it.
const SIPAS: &str = "sipas";
/// The index as a whole, as files name it.
const WHOLE: &str = "whole";

/// What a target or a figure is on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetSubject {
    /// Which index is aimed at.
    pub index: TargetIndex,
    /// The part of it.
    pub scope: TargetScope,
    /// What its values are measured in.
    pub measure: Measure,
}

/// An index that may be aimed at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TargetIndex {
    /// The PAR Index.
    Par,
    /// The citizens' satisfaction index.
    Sipas,
    /// One that others compute, by its name.
    Other(String),
}

/// A part of an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TargetScope {
    /// All of it.
    Whole,
    /// A field of the PAR Index.
    Field {
        /// Code of the block whose scheme has it.
        block: String,
        /// Its code.
        field: String,
    },
    /// Something else, by its name.
    Part(String),
}

impl TargetSubject {
    /// Makes out what a file says. `blocks` are those whose fields may be meant, by their codes: that of the unit, or all of the province.
    #[must_use]
    pub fn of(index: &str, scope: &str, blocks: &[(&str, &Scheme)]) -> Self {
        let index = match index.to_lowercase().as_str() {
            PAR => TargetIndex::Par,
            SIPAS => TargetIndex::Sipas,
            _ => TargetIndex::Other(index.to_owned()),
        };
        let measure = if matches!(index, TargetIndex::Other(_)) { Measure::Number } else { Measure::Percent };
        let blocks = if index == TargetIndex::Par { blocks } else { &[] };
        Self { scope: scope_of(scope, blocks), index, measure }
    }

    /// Whether both are on the same, however their names are written.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let index = match (&self.index, &other.index) {
            (TargetIndex::Other(one), TargetIndex::Other(other)) => one.to_lowercase() == other.to_lowercase(),
            (one, other) => one == other,
        };
        let scope = match (&self.scope, &other.scope) {
            (TargetScope::Part(one), TargetScope::Part(other)) => one.to_lowercase() == other.to_lowercase(),
            (one, other) => one == other,
        };
        index && scope
    }
}

fn scope_of(scope: &str, blocks: &[(&str, &Scheme)]) -> TargetScope {
    let wanted = scope.to_lowercase();
    if wanted == WHOLE {
        return TargetScope::Whole;
    }
    let field = |scheme: &Scheme| {
        let mut fields = scheme.fields.iter();
        let found = fields.find(|field| field.code == wanted || field.text.0.values().any(|words| words.to_lowercase() == wanted));
        found.map(|field| field.code.clone())
    };
    let found = blocks.iter().find_map(|(block, scheme)| Some(TargetScope::Field { block: (*block).to_owned(), field: field(scheme)? }));
    found.unwrap_or_else(|| TargetScope::Part(scope.to_owned()))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::scheme;

    const SCHEME: &str = include_str!("../../../survey-definitions/provincial-communes.scheme.toml");

    fn field(block: &str) -> TargetScope {
        TargetScope::Field { block: block.to_owned(), field: "institutions".to_owned() }
    }

    fn part(name: &str) -> TargetScope {
        TargetScope::Part(name.to_owned())
    }

    #[rstest]
    #[case("PAR", "whole", TargetIndex::Par, TargetScope::Whole, Measure::Percent)]
    #[case("par", "WHOLE", TargetIndex::Par, TargetScope::Whole, Measure::Percent)]
    #[case("Par", "Institutions", TargetIndex::Par, field("communes"), Measure::Percent)]
    #[case("PAR", "cải cách THỂ CHẾ", TargetIndex::Par, field("communes"), Measure::Percent)]
    #[case("PAR", "Institutional reform", TargetIndex::Par, field("communes"), Measure::Percent)]
    #[case("PAR", "something else", TargetIndex::Par, part("something else"), Measure::Percent)]
    #[case("sipas", "Whole", TargetIndex::Sipas, TargetScope::Whole, Measure::Percent)]
    // A field is one of the PAR Index: what others compute has parts of its own.
    #[case("PAPI", "institutions", TargetIndex::Other("PAPI".into()), part("institutions"), Measure::Number)]
    #[case("SIPAS", "institutions", TargetIndex::Sipas, part("institutions"), Measure::Percent)]
    fn what_a_file_says_is_made_out(
        #[case] index: &str,
        #[case] scope: &str,
        #[case] is: TargetIndex,
        #[case] part: TargetScope,
        #[case] measure: Measure,
    ) {
        let scheme = scheme::kept::read(SCHEME).unwrap();
        let subject = TargetSubject::of(index, scope, &[("communes", &scheme)]);
        assert_eq!(subject, TargetSubject { index: is, scope: part, measure });
        assert_eq!(serde_json::from_str::<TargetSubject>(&serde_json::to_string(&subject).unwrap()).unwrap(), subject);
    }

    #[test]
    fn a_figure_is_on_the_same_however_it_is_written() {
        let scheme = scheme::kept::read(SCHEME).unwrap();
        let of = |index, scope| TargetSubject::of(index, scope, &[("communes", &scheme)]);
        assert!(of("PAR", "institutions").is_same(&of("par", "Institutional reform")));
        assert!(of("PAPI", "4. Control of corruption").is_same(&of("papi", "4. control of corruption")));
        assert!(!of("PAPI", "whole").is_same(&of("PCI", "whole")) && !of("PAPI", "whole").is_same(&of("PAPI", "1")));
    }
}
