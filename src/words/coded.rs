//! Sentences of values that have a code: of whatever becomes an object with `code`, the sentence `KIND-CODE` with its data filled in.

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_templates::Loader;
use fluent_templates::fluent_bundle::FluentValue;
use serde::Serialize;
use serde_json::Value;

use super::{LOADER, Words};
use crate::printed::visible;

/// Data whose values are names of ours, and have words: `name-state-open` for a `state` or a `to_state`.
const NAMED: [&str; 4] = ["state", "step", "thing", "things"];

impl Words {
    /// The sentence of a value of some kind, without a full stop.
    pub(super) fn coded(self, kind: &str, value: &impl Serialize) -> String {
        self.coded_or(kind, value, "")
    }

    /// The same, or else the sentence of a key, where the value has none of its own.
    pub(super) fn coded_or(self, kind: &str, value: &impl Serialize, key: &str) -> String {
        let Ok(Value::Object(mut data)) = serde_json::to_value(value) else { return String::new() };
        let Some(Value::String(code)) = data.remove("code") else { return String::new() };
        let filled = data.into_iter().map(|(name, value)| {
            let said = self.datum(&name, value);
            (Cow::Owned(name), said)
        });
        let filled: HashMap<Cow<'static, str>, FluentValue<'_>> = filled.collect();
        let own = format!("{kind}-{code}");
        let otherwise = || LOADER.lookup_with_args(self.language, if key.is_empty() { &own } else { key }, &filled);
        LOADER.try_lookup_with_args(self.language, &own, &filled).unwrap_or_else(otherwise)
    }

    /// A datum as sentences have it, on one line; the number 0, which no text is, for one that is missing and for an empty list.
    fn datum(self, name: &str, value: Value) -> FluentValue<'static> {
        match value {
            Value::String(text) => visible(&self.named(name, text)).into_owned().into(),
            Value::Number(number) => number.as_u64().map_or_else(|| number.to_string().into(), FluentValue::from),
            Value::Array(values) if !values.is_empty() => {
                let one = name.strip_suffix('s').unwrap_or(name);
                let texts = values.iter().filter_map(Value::as_str).map(|text| visible(&self.named(one, text.to_owned())).into_owned());
                texts.collect::<Vec<_>>().join(", ").into()
            }
            Value::Null | Value::Array(_) => FluentValue::from(0),
            other => other.to_string().into(),
        }
    }

    /// A text in this language, where it is a day or a name of ours.
    fn named(self, name: &str, text: String) -> String {
        match name.rsplit('_').next() {
            Some("day") => self.day(&text).unwrap_or(text),
            // A self-score is called so in results, and `self` in files and pages.
            Some("part") => self.find(&format!("par-part-{}", text.trim_end_matches("-score"))).map_or(text, |words| words.to_lowercase()),
            Some(kind) if NAMED.contains(&kind) => self.find(&format!("name-{kind}-{text}")).unwrap_or(text),
            _ => text,
        }
    }

    /// A day as this language writes it: `4/11/2026` in Vietnamese, `2026-11-04` in English.
    fn day(self, text: &str) -> Option<String> {
        let day: jiff::civil::Date = text.parse().ok()?;
        Some(if self.code() == "vi" { day.strftime("%-d/%-m/%Y").to_string() } else { text.to_owned() })
    }
}
