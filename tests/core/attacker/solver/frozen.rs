//! The solver on what was published before one law held for all: it finds what the law was written against.

use par_survey::survey::{Questionnaire, kept};
use serde_json::Value;

use super::{Document, Sizes, told};

/// What a published round of format 1 tells, by questionnaire.
fn found(round: &str) -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/frozen/format-1/");
    let published: Value = serde_json::from_str(&std::fs::read_to_string(format!("{folder}{round}.json")).unwrap()).unwrap();
    let asked = published["questionnaires"].as_array().unwrap();
    let of = |asked: &Value| {
        let questionnaire: Questionnaire = kept::read(asked["definition"].as_str().unwrap()).unwrap();
        let document = Document { questionnaire: &questionnaire, results: &asked["results"], format: 1 };
        let begun = std::time::Instant::now();
        let told = told(document, &Sizes::default());
        println!("{} {:?}", questionnaire.id, begun.elapsed());
        told.into_iter().map(|fact| format!("{} {fact}", questionnaire.id)).collect::<Vec<_>>()
    };
    asked.iter().flat_map(of).collect()
}

#[test]
fn the_solver_finds_in_format_1_what_the_law_was_written_against() {
    let found = found("2025");
    println!("{}", found.join("\n"));
    assert!(!found.is_empty());
}
