//! Every address of the site is made by `src/address.rs`: whoever changes one changes it everywhere.

use std::path::Path;

use par_survey::unit::RESERVED_IDS;

use super::check;
use super::sentences::written;

/// Where addresses are made.
const HOME: &str = "address.rs";

/// What stands in no text but an address: what it asks for, and how those of results and of programs begin.
const MARKS: [&str; 10] = ["?lang=", "&lang=", "lang={", "?mode=", "&mode=", "mode={", "/results/", "/api/v", "}/c#", "}/c\""];

/// Whether a text is an address of the site, or what one is put together of.
fn is_address(text: &str) -> bool {
    let quoted = format!("{text}\"");
    let is_of_the_site = text.strip_prefix('/').is_some_and(|path| {
        let first = path.split(['/', '?', '#']).next().unwrap_or_default();
        path.starts_with(['?', '#']) || first.starts_with('{') || first == "about" || RESERVED_IDS.contains(&first)
    });
    is_of_the_site || MARKS.iter().any(|mark| quoted.contains(mark))
}

/// The addresses that some code makes, but for its tests, which see them from outside.
fn made(code: &str) -> Vec<String> {
    let code = code.split("#[cfg(test)]").next().unwrap_or_default();
    written(code).into_iter().map(|written| written.text).filter(|text| is_address(text)).collect()
}

#[test]
fn an_address_of_the_site_is_made_in_one_place() {
    check(|source| {
        let made = if source.path == Path::new(HOME) { Vec::new() } else { made(&source.code) };
        made.iter().map(|address| format!("makes the address `{address}`")).collect()
    });
}

#[test]
fn an_address_is_seen_however_it_is_made() {
    for code in [
        "format!(\"/{round}/{questionnaire}?lang={}\", words.code())",
        "format!(\"/results/{round}\")",
        "a href=\"/api/v1/openapi.json\" {}",
        "resource(\"/c/thanks\")",
        "const ABOUT_PATH: &str = \"/about\";",
        "format!(\"/?lang={}\", words.code())",
        "format!(\"{here}?lang={}\", 1)",
        "write!(rows, \"{}/c#{}\", site, code)",
        "println!(\"{site}/c\")",
        "format!(\"{path}&mode={mode}\")",
        "format!(\"See /api/v1/rounds.\")",
        "resource(\"/health/live\")",
    ] {
        assert_eq!(made(code).len(), 1, "{code}: {:?}", made(code));
    }
    for code in [
        "const OPEN_FILES: &str = \"/proc/self/fd\";",
        "format!(\"{n}/{total}\")",
        "html! { div lang=(words.code()) { \"/\" } }",
        "format!(\"#u{place}\")",
        "// \"/results/{round}\"\nx()",
        "x();\n#[cfg(test)]\nmod tests { const X: &str = \"/results/2025\"; }",
    ] {
        assert_eq!(made(code), [""; 0], "{code}");
    }
}
