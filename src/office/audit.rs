//! What people did, as it is shown.

use serde::Serialize;
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

use super::Office;
use super::Stopped;
use crate::store::audit::Event;

/// Something that somebody did. As JSON it is an object of all but `said`.
#[derive(Debug, Clone, Serialize)]
pub struct AuditLine {
    /// Counts up.
    pub id: i32,
    /// When, in UTC: RFC 3339, to the second.
    pub done_at: String,
    /// Who did it.
    pub who: String,
    /// What was done, such as `round.open`.
    pub action: String,
    /// Id of the round that was changed, where it was one.
    pub round: Option<String>,
    /// What it was done to: an object.
    pub detail: Box<RawValue>,
    /// The same for people, without the signs of JSON: `count 30, group deputies`.
    #[serde(skip)]
    pub said: String,
}

/// What was done, newest last: all of it, or what changed one round.
///
/// # Errors
/// When there is no such round, or the database does not answer.
pub async fn lines(Office { store }: &Office, round: Option<&str>) -> Result<Vec<AuditLine>, Stopped> {
    let round = match round {
        Some(code) => Some(store.round(code).await?.id),
        None => None,
    };
    Ok(store.events(round).await?.into_iter().map(line).collect())
}

fn line(event: Event) -> AuditLine {
    let Event { id, round, action, who, detail, done_at } = event;
    let said = said(&detail);
    // A row that somebody damaged hides no other: its text is shown as it stands.
    let detail = RawValue::from_string(detail).or_else(|_| to_raw_value(&said)).unwrap_or_default();
    AuditLine { id, done_at, who, action, round, detail, said }
}

fn said(detail: &str) -> String {
    let Ok(Value::Object(all)) = serde_json::from_str(detail) else { return detail.to_owned() };
    let is_there = |value: &Value| !value.is_null() && value != "" && value.as_array().is_none_or(|all| !all.is_empty());
    let said = all.iter().filter(|(_, value)| is_there(value));
    said.map(|(name, value)| format!("{name} {}", text(value))).collect::<Vec<_>>().join(", ")
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(all) => all.iter().map(text).collect::<Vec<_>>().join(" "),
        Value::Object(all) => all.iter().map(|(name, value)| format!("{name} {}", text(value))).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(detail: &str) -> (String, String) {
        let event = Event { id: 1, round: None, action: "a".into(), who: "b".into(), detail: detail.into(), done_at: "c".into() };
        let line = line(event);
        let whole = serde_json::to_value(&line).unwrap();
        assert!(whole.get("said").is_none());
        (line.said, whole["detail"].to_string())
    }

    #[test]
    fn a_line_says_what_an_event_says_and_a_damaged_one_what_stands_there() {
        let detail = r#"{"a":1,"b":["c","d"],"e":"","f":null,"g":[],"h":{"i":"j"}}"#;
        assert_eq!(shown(detail), ("a 1, b c d, h i j".to_owned(), detail.to_owned()));
        assert_eq!(shown("{\"a\""), ("{\"a\"".to_owned(), r#""{\"a\"""#.to_owned()));
    }
}
