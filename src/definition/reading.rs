//! From the text of a file that comes in to the types of its format: parsed, compared with the schema ([`super::shape`]), and mended where
//! it differs, so that the rest can still be checked.

use serde::de::DeserializeOwned;
use serde_json::Value;
use toml::de::{DeTable, Deserializer};

use super::diagnostic::{Flaw, FoundFaults};
use super::{FILE_MAX, shape};

/// Reads a text into the types of its format; none when nothing is left to check.
pub(crate) fn read<S: DeserializeOwned>(text: &str, schema: &Value, faults: &mut FoundFaults) -> Option<S> {
    if text.len() > FILE_MAX {
        faults.add(&(0..0), Flaw::LargeFile { bytes: text.len(), most: FILE_MAX });
        return None;
    }
    let (mut dom, errors) = DeTable::parse_recoverable(text);
    let mut line = 0;
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        // What one slip makes of the rest of its line is not worth a report of its own.
        if line != faults.line(&span) {
            line = faults.line(&span);
            faults.settle(&span, Flaw::NoToml { cause: error.message().to_owned() });
        }
    }
    shape::mend(&mut dom, schema, faults);
    match S::deserialize(Deserializer::from(dom)) {
        Ok(source) => Some(source),
        Err(error) => {
            faults.add(&error.span().unwrap_or(0..0), Flaw::Unread { cause: error.message().to_owned() });
            None
        }
    }
}
