//! Compares a parsed definition file with the JSON Schema of the format, reports every difference, and mends the parsed file.
//!
//! Serde stops at its first error. So every unknown key, missing key, wrong type and unknown word is found here first; what is
//! faulty is replaced by a placeholder that serde accepts and that carries the place of the fault, so that the checks of
//! meaning still run over all the rest. The schema is generated from the types serde reads, so the two cannot differ.

use std::borrow::Cow;
use std::ops::Range;

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeArray, DeInteger, DeTable, DeValue};

use super::diagnostic::{Flaw, FoundFaults, FoundValue, WantedValue, did_you_mean, shown};

/// Reports how a parsed file differs from the format and replaces what differs.
pub(crate) fn mend(dom: &mut Spanned<DeTable<'_>>, schema: &Value, faults: &mut FoundFaults) {
    // Where a key of the whole file is missing, its first byte is pointed at: the file has no header to show.
    Shape { root: schema, faults }.table(schema, dom.get_mut(), &(0..0), None);
}

/// Takes out every key that the format does not know.
pub(crate) fn prune(dom: &mut Spanned<DeTable<'_>>, schema: &Value) {
    prune_table(schema, schema, dom.get_mut());
}

fn prune_table(root: &Value, schema: &Value, table: &mut DeTable<'_>) {
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else { return };
    let unknown = table.keys().map(|key| key.get_ref().to_string()).filter(|key| !properties.contains_key(key));
    for key in unknown.collect::<Vec<_>>() {
        table.remove(key.as_str());
    }
    for (key, value) in table.iter_mut() {
        if let Some(property) = properties.get(key.get_ref().as_ref()) {
            prune_value(root, property, value.get_mut());
        }
    }
}

fn prune_value(root: &Value, schema: &Value, value: &mut DeValue<'_>) {
    let schema = resolved(root, schema);
    match value {
        DeValue::Table(table) => prune_table(root, schema, table),
        DeValue::Array(list) => list.iter_mut().for_each(|element| prune_value(root, member(schema, "items"), element.get_mut())),
        _ => {}
    }
}

struct Shape<'s, 'f> {
    root: &'s Value,
    faults: &'f mut FoundFaults,
}

impl<'s> Shape<'s, '_> {
    fn value(&mut self, schema: &'s Value, value: &mut Spanned<DeValue<'_>>, name: &str) {
        let schema = resolved(self.root, schema);
        let span = value.span();
        match (type_of(schema), value.get_mut()) {
            ("object", DeValue::Table(table)) => self.table(schema, table, &span, Some(name)),
            ("array", DeValue::Array(list)) => {
                list.iter_mut().for_each(|element| self.value(member(schema, "items"), element, name));
            }
            ("string", DeValue::String(text)) => {
                if let Some(instead) = self.word(schema, text, &span, name) {
                    *text = Cow::Owned(instead);
                }
            }
            ("boolean", DeValue::Boolean(_)) | ("number", DeValue::Float(_)) => {}
            ("integer" | "number", DeValue::Integer(number)) if fits(number) => {}
            (expected, found) => {
                let what = Flaw::WrongType { key: shown(name), wanted: wanted(schema, expected), found: kind_of(found) };
                self.faults.settle(&span, what);
                *value = placeholder(self.root, schema, &span);
            }
        }
    }

    fn table(&mut self, schema: &'s Value, table: &mut DeTable<'_>, span: &Range<usize>, name: Option<&str>) {
        let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
            let any = member(schema, "additionalProperties");
            table.iter_mut().for_each(|(language, value)| self.value(any, value, language.get_ref()));
            return;
        };
        let known: Vec<&'s str> = properties.keys().map(String::as_str).collect();
        self.unknown_keys(&known, table, name);
        let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
        for key in required.filter_map(Value::as_str) {
            if !table.contains_key(key) {
                self.faults.settle(span, Flaw::MissingKey { table: name.map(shown), key: key.to_owned() });
                let filler = placeholder(self.root, member(member(schema, "properties"), key), span);
                table.insert(Spanned::new(span.clone(), Cow::Owned(key.to_owned())), filler);
            }
        }
        for (key, value) in table.iter_mut() {
            if let Some(property) = properties.get(key.get_ref().as_ref()) {
                self.value(property, value, key.get_ref());
            }
        }
    }

    /// Reports keys that the format does not know, and reads a misspelt one as what it was meant to be.
    fn unknown_keys(&mut self, known: &[&str], table: &mut DeTable<'_>, name: Option<&str>) {
        let unknown = table.keys().filter(|key| !known.contains(&key.get_ref().as_ref()));
        let unknown: Vec<(String, Range<usize>)> = unknown.map(|key| (key.get_ref().to_string(), key.span())).collect();
        for (key, span) in unknown {
            let free = known.iter().copied().filter(|candidate| !table.contains_key(*candidate));
            let meant = did_you_mean(&key, free);
            let what = Flaw::UnknownKey { table: name.map(shown), key: shown(&key), meant: meant.map(str::to_owned), known: owned(known) };
            self.faults.settle(&span, what);
            if let (Some(value), Some(meant)) = (table.remove(key.as_str()), meant) {
                table.insert(Spanned::new(span, Cow::Owned(meant.to_owned())), value);
            }
        }
    }

    /// Reports a word that is none of the possible ones, and gives the one to read instead.
    fn word(&mut self, schema: &Value, word: &str, span: &Range<usize>, name: &str) -> Option<String> {
        let words = words_of(schema);
        if words.is_empty() || words.contains(&word) {
            return None;
        }
        let meant = did_you_mean(word, words.iter().copied());
        let (key, given, possible) = (shown(name), shown(word), owned(&words));
        self.faults.settle(span, Flaw::UnknownWord { key, given, meant: meant.map(str::to_owned), possible });
        meant.or(words.first().copied()).map(str::to_owned)
    }
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

/// A value that serde accepts where something faulty stood.
fn placeholder(root: &Value, schema: &Value, span: &Range<usize>) -> Spanned<DeValue<'static>> {
    let schema = resolved(root, schema);
    let value = match type_of(schema) {
        "object" => {
            let mut table = DeTable::new();
            let properties = schema.get("properties").unwrap_or(&Value::Null);
            let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
            for key in required.filter_map(Value::as_str).filter(|_| properties.is_object()) {
                let filler = placeholder(root, member(properties, key), span);
                table.insert(Spanned::new(span.clone(), Cow::Owned(key.to_owned())), filler);
            }
            DeValue::Table(table)
        }
        "array" => DeValue::Array(DeArray::new()),
        "boolean" => DeValue::Boolean(false),
        "integer" | "number" => DeValue::Integer(DeInteger::default()),
        _ => DeValue::String(Cow::Owned(words_of(schema).first().copied().unwrap_or_default().to_owned())),
    };
    Spanned::new(span.clone(), value)
}

fn member<'s>(schema: &'s Value, key: &str) -> &'s Value {
    schema.get(key).unwrap_or(&Value::Null)
}

/// The schema that a reference stands for.
fn resolved<'s>(root: &'s Value, schema: &'s Value) -> &'s Value {
    let name = schema.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix('#'));
    name.and_then(|name| root.pointer(name)).unwrap_or(schema)
}

/// The JSON type of a schema; a choice of words is a text.
fn type_of(schema: &Value) -> &str {
    schema.get("type").and_then(Value::as_str).unwrap_or("string")
}

/// The words a text can be; none when it is free.
fn words_of(schema: &Value) -> Vec<&str> {
    let listed = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
    let explained = schema.get("oneOf").and_then(Value::as_array).into_iter().flatten().filter_map(|choice| choice.get("const"));
    listed.chain(explained).filter_map(Value::as_str).collect()
}

/// Whether serde can hold the number.
fn fits(number: &DeInteger<'_>) -> bool {
    i64::from_str_radix(number.as_str(), number.radix()).is_ok()
}

/// What a value should be.
fn wanted(schema: &Value, expected: &str) -> WantedValue {
    match expected {
        "object" if schema.get("properties").is_none() => WantedValue::Words,
        "object" => WantedValue::Table,
        "array" => WantedValue::List,
        "boolean" => WantedValue::Boolean,
        "integer" => WantedValue::Integer,
        "number" => WantedValue::Number,
        _ => WantedValue::Text,
    }
}

fn kind_of(found: &DeValue<'_>) -> FoundValue {
    match found {
        DeValue::String(_) => FoundValue::Text,
        DeValue::Integer(number) if !fits(number) => FoundValue::Large,
        DeValue::Integer(_) | DeValue::Float(_) => FoundValue::Number,
        DeValue::Boolean(_) => FoundValue::Boolean,
        DeValue::Datetime(_) => FoundValue::Date,
        DeValue::Array(_) => FoundValue::List,
        DeValue::Table(_) => FoundValue::Table,
    }
}
