//! Reading of texts that were accepted once, whatever their format: by structure only, without any rule.

use serde::de::DeserializeOwned;
use serde_json::Value;
use toml::de::{DeTable, Deserializer};

use super::source::{At, Code, Decimal, Words, hundredths};
use super::{Text, shape};
use crate::printed::composed;

/// Why nothing can be built of a kept text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(String);

impl Unreadable {
    pub(crate) fn because(why: String) -> Self {
        Self(why)
    }

    pub(crate) fn nothing_called(name: &str) -> Self {
        Self(format!("nothing is called `{name}`"))
    }
}

/// What is built of a kept text, or why nothing is.
pub(crate) type Built<T> = Result<T, Unreadable>;

/// Reads a text into the types of its format, without the keys that the format does not know.
pub(crate) fn source<S: DeserializeOwned>(text: &str, schema: &Value) -> Built<S> {
    let mut dom = DeTable::parse(text).map_err(|error| Unreadable(format!("this is not TOML: {}", error.message())))?;
    shape::prune(&mut dom, schema);
    S::deserialize(Deserializer::from(dom)).map_err(|error| Unreadable(error.message().to_owned()))
}

/// A text in the languages that it has.
pub(crate) fn words(words: &Words) -> Text {
    Text(words.0.value.iter().map(|(language, word)| (language.value.clone(), composed(&word.value))).collect())
}

/// Where the thing that a reference names stands.
pub(crate) fn place<'s>(mut codes: impl Iterator<Item = &'s Code>, reference: &Code) -> Built<usize> {
    let At { value: wanted, .. } = &reference.0;
    codes.position(|code| code.0.value == *wanted).ok_or_else(|| Unreadable::nothing_called(wanted))
}

/// A decimal number in hundredths.
pub(crate) fn points(Decimal(written): &Decimal) -> Built<u32> {
    hundredths(written).ok_or_else(|| Unreadable(format!("{written} is no number with two decimals")))
}

/// A whole number, or what holds where there is none.
pub(crate) fn whole<N: TryFrom<i64>>(given: Option<&At<i64>>, otherwise: N) -> Built<N> {
    let Some(At { value, .. }) = given else { return Ok(otherwise) };
    N::try_from(*value).map_err(|_| Unreadable(format!("{value} is out of every range")))
}
