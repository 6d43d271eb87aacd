//! The tidiness of the house: who may name whom, how large things get, and whether documents name what exists.

mod addresses;
mod front;
mod layers;
mod names;
mod sentences;
mod steps;
mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::sources::{Source, absolute, depth, paths, root, rust_files, sources};
use layers::{MAY_USE, ONLY_IN};

/// Files under 400 lines, most under 120; functions under 70, most about ten.
const FILE_MOST: usize = 400;
const FUNCTION_MOST: usize = 70;

/// What the pure core never names: files, network, threads, time and chance.
const IMPURE: [&str; 7] = ["std::fs", "std::net", "std::thread", "std::env", "std::time", "tokio", "rand"];
const CLOCKS: [&str; 2] = ["Timestamp::now", "Zoned::now"];
const ASYNC: [&str; 2] = ["async fn", ".await"];

/// Runs one rule over every source and fails with all that break it.
fn check(rule: impl Fn(&Source) -> Vec<String>) {
    let broken: Vec<String> =
        sources().iter().flat_map(|source| rule(source).into_iter().map(|what| format!("{}: {what}", source.path.display()))).collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// Modules of the crate that a file uses.
fn used(source: &Source) -> BTreeSet<String> {
    let own = source.own();
    let named = paths(&source.code).into_iter().filter_map(|path| absolute(&own, &path)?.into_iter().next());
    named.filter(|name| *name != source.module).collect()
}

#[test]
fn dependencies_point_down() {
    let may_use: BTreeMap<_, _> = MAY_USE.iter().copied().collect();
    check(|source| {
        if ["lib", "main"].contains(&source.module.as_str()) {
            return Vec::new();
        }
        let allowed = may_use.get(source.module.as_str()).copied().unwrap_or_default();
        let strays = used(source).into_iter().filter(|name| !allowed.contains(&name.as_str()));
        strays.map(|name| format!("`{}` may not use `{name}`", source.module)).collect()
    });
}

#[test]
fn every_module_is_in_the_table_every_row_is_a_module_and_what_it_may_use_it_uses() {
    let mut modules: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in sources().iter().filter(|source| source.module != "lib" && source.module != "main") {
        modules.entry(source.module.clone()).or_default().extend(used(source));
    }
    let rows: BTreeSet<&str> = MAY_USE.iter().map(|(name, _)| *name).collect();
    assert_eq!(modules.keys().map(String::as_str).collect::<BTreeSet<_>>(), rows);
    let unused = |(name, allowed): &(&str, &[&str])| {
        let unused: Vec<&str> = allowed.iter().copied().filter(|other| !modules[*name].contains(*other)).collect();
        (!unused.is_empty()).then(|| format!("`{name}` may use {unused:?} and does not"))
    };
    let unused: Vec<String> = MAY_USE.iter().filter_map(unused).collect();
    assert!(unused.is_empty(), "{}", unused.join("\n"));
}

/// Crates that a text names outside their homes.
fn away_from_home<'c>(code: &str, module: &str, crates: &[(&'c str, &'c [&'c str])]) -> Vec<&'c str> {
    let named: BTreeSet<String> = paths(code).into_iter().map(|path| path[0].clone()).collect();
    crates.iter().filter(|(name, homes)| named.contains(*name) && !homes.contains(&module)).map(|(name, _)| *name).collect()
}

#[test]
fn a_crate_with_a_home_is_named_nowhere_else() {
    check(|source| away_from_home(&source.code, &source.module, ONLY_IN).iter().map(|name| format!("names `{name}`")).collect());
}

#[test]
fn a_crate_is_seen_wherever_it_is_named() {
    for code in ["#[tokio::main]", "let x = ::tokio::spawn();", "use tokio;", "use {std::io, tokio::spawn as go};", "x!(tokio::a)"] {
        assert_eq!(away_from_home(code, "unit", ONLY_IN), ["tokio"], "{code}");
    }
    for code in ["atokio::x()", "x::tokio::y()", "tokio_::x()"] {
        assert_eq!(away_from_home(code, "unit", ONLY_IN), [""; 0], "{code}");
    }
    assert_eq!(away_from_home("tokio::x()", "web", ONLY_IN), [""; 0]);
}

/// What a text names that is not pure.
fn impure(code: &str) -> Vec<&'static str> {
    let paths: Vec<String> = paths(code).iter().map(|path| format!("::{}::", path.join("::"))).collect();
    let begins = IMPURE.iter().filter(|name| paths.iter().any(|path| path.starts_with(&format!("::{name}::"))));
    let ends = CLOCKS.iter().filter(|name| paths.iter().any(|path| path.ends_with(&format!("::{name}::"))));
    let words = ASYNC.iter().filter(|word| code.contains(**word));
    begins.chain(ends).chain(words).copied().collect()
}

#[test]
fn the_core_is_pure() {
    check(|source| {
        let pure = ["printed", "unit", "organiser", "definition", "refusal", "fault", "round", "survey", "scheme", "scoring"]
            .contains(&source.module.as_str());
        impure(&source.code).iter().filter(|_| pure).map(|word| format!("the core names `{word}`")).collect()
    });
}

#[test]
fn what_is_not_pure_is_seen_whatever_way_it_is_named() {
    let said = [
        ("use std::{fs, io};", "std::fs"),
        ("use std::time::{Duration};", "std::time"),
        ("let x = std::env::var(y);", "std::env"),
        ("let x: u8 = rand::random();", "rand"),
        ("use jiff::Timestamp as T;\nlet x = T::now();", "Timestamp::now"),
        ("let x = jiff::Zoned::now();", "Zoned::now"),
        ("pub async fn x() {}", "async fn"),
    ];
    for (code, word) in said {
        assert_eq!(impure(code), [word], "{code}");
    }
    assert_eq!(impure("use std::{fmt, str};\nlet x = operand::strand(tokio, round::rand::x());"), [""; 0]);
}

#[test]
fn files_and_functions_stay_short() {
    let files = ["src", "migration", "tests", "benches"].into_iter().flat_map(|folder| rust_files(&root().join(folder)));
    let lines = |path: &Path| fs::read_to_string(path).unwrap().lines().count();
    let long: Vec<_> = files.map(|path| (lines(&path), path)).filter(|(lines, _)| *lines > FILE_MOST).collect();
    assert!(long.is_empty(), "{long:?}");
    check(|source| long_functions(&source.text));
}

/// Functions by indentation: from a line with `fn ` to the line that closes at the same depth.
fn long_functions(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate().filter(|(_, line)| line.contains("fn ") && !line.trim_start().starts_with("//")) {
        let end = lines[start..].iter().position(|later| depth(later) == depth(line) && later.trim_start().starts_with('}'));
        if end.is_some_and(|length| length > FUNCTION_MOST) && !line.trim_end().ends_with(';') {
            found.push(format!("a function of {} lines: {}", end.unwrap_or_default(), line.trim()));
        }
    }
    found
}

#[test]
fn nothing_is_left_for_later_and_no_module_file_is_called_mod() {
    check(|source| {
        let words = ["TODO", "FIXME", "XXX", "todo!", "unimplemented!", "dbg!"];
        let mut broken: Vec<String> =
            words.iter().filter(|word| source.text.contains(**word)).map(|word| format!("has `{word}`")).collect();
        broken.extend(source.path.ends_with("mod.rs").then(|| "is called mod.rs".to_owned()));
        broken
    });
}

/// Every path that a document names between back quotes has to be there.
#[test]
fn documents_name_only_what_exists() {
    for document in ["src/ARCHITECTURE.md", "src/MANUAL.md", "README.md"] {
        let text = fs::read_to_string(root().join(document)).unwrap();
        let named = text.split('`').skip(1).step_by(2).filter(|name| {
            let first = name.split('/').next().unwrap_or_default();
            name.contains('/')
                && ["src", "tests", "migration", "survey-definitions", "benches"].contains(&first)
                && !name.contains(['*', '{', ' '])
        });
        let linked = text.split("](").skip(1).filter_map(|rest| rest.split(')').next()).filter(|link| !link.contains("://"));
        let headings: Vec<String> = text.lines().filter_map(|line| line.strip_prefix("## ")).map(anchor).collect();
        let is_there = |name: &&str| match name.strip_prefix('#') {
            Some(heading) => headings.iter().any(|anchor| anchor == heading),
            None => root().join(name).exists(),
        };
        let missing: Vec<_> = named.chain(linked).filter(|name| !is_there(name)).collect();
        assert!(missing.is_empty(), "{document} names {missing:?}");
    }
}

/// What a link to a heading says after its `#`.
fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase().replace(|letter: char| !letter.is_alphanumeric() && letter != ' ', "");
    kept.replace(' ', "-")
}

/// The invariants of the architecture, each with the test that keeps it: the document names tests, and they have to be there.
#[test]
fn every_test_that_the_architecture_names_exists() {
    let tests: String = rust_files(&root().join("tests")).iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let code: String = sources().into_iter().map(|source| source.text).collect();
    let document = fs::read_to_string(root().join("src/ARCHITECTURE.md")).unwrap();
    let missing: Vec<_> =
        named_tests(&document).filter(|name| ![&tests, &code].iter().any(|text| text.contains(&format!("fn {name}(")))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// What a document names that has the form of a test's name and is no table.
fn named_tests(document: &str) -> impl Iterator<Item = &str> {
    let tables: BTreeSet<&str> = document.lines().filter(|line| line.contains("` | `")).filter_map(|line| line.split('`').nth(1)).collect();
    let is_of_a_name = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    let named = document.split('`').skip(1).step_by(2).filter(move |name| name.chars().all(is_of_a_name) && name.matches('_').count() >= 2);
    // Tables of a round bear its number.
    named.filter(move |name| !tables.contains(name) && !name.starts_with("open_sheet_"))
}

#[test]
fn a_test_is_seen_by_its_name() {
    let document = "see `one_or_two` and `two_words`, `src/a_b_c.rs`\n| rule | `it_is_kept` |\n| `a_b_c` | `d, e_f_g` |\n`a_b_c`";
    assert_eq!(named_tests(document).collect::<Vec<_>>(), ["one_or_two", "it_is_kept"]);
}

/// Thresholds are one value: production makes it in one place, so that laws can be tried on tables small enough to list.
#[test]
fn thresholds_are_made_in_one_place() {
    let mut made = Vec::new();
    for source in sources().into_iter().filter(|source| !source.path.ends_with("tests.rs")) {
        let named = source.code.split("Thresholds {").collect::<Vec<_>>();
        let written = |before: &&&str| !["struct ", "impl ", "-> "].iter().any(|word| before.ends_with(word));
        let by_name = named.iter().take(named.len() - 1).filter(written).count();
        let inside = source.code.split("impl Thresholds {").skip(1).filter_map(|rest| rest.split("\n}").next());
        let by_self = inside.map(|code| code.matches("Self {").count() - code.matches("-> Self {").count()).sum::<usize>();
        made.extend(vec![source.path; by_name + by_self]);
    }
    assert_eq!(made, [Path::new("scoring/thresholds.rs")]);
}

/// Nobody writes their numbers again, neither what makes figures nor whoever says a class of sheets; bounds of coarse classes are percents.
#[test]
fn numbers_of_thresholds_are_written_in_one_place() {
    check(|source| {
        let is_home = ["scoring/thresholds.rs", "scoring/coarse.rs"].map(Path::new).contains(&&*source.path);
        let is_of_figures = source.module == "scoring" || ["SheetClass", "Thresholds"].iter().any(|name| source.code.contains(name));
        let is_watched = is_of_figures && !is_home && !source.path.ends_with("tests.rs");
        let lines = source.code.lines().filter(|line| is_watched && !line.contains("Duration::"));
        let words = lines.flat_map(|line| line.split(|letter: char| !letter.is_alphanumeric() && letter != '_'));
        let written = words.filter(|word| ["9", "10", "49", "50", "199", "200"].contains(word));
        written.map(|number| format!("writes {number}, which is a threshold")).collect()
    });
}

/// Whoever changes something is an actor: what is written down of them is made of one, in one place, and so is what they may do.
#[test]
fn who_acts_is_made_in_one_place() {
    let of = |made: &str| {
        let found = sources().into_iter().filter(|source| !source.path.ends_with("tests.rs") && source.code.contains(made));
        found.map(|source| source.path).collect::<Vec<_>>()
    };
    assert_eq!(of("By::new("), [Path::new("office/actor.rs")]);
    assert_eq!(of("Allowed {"), [Path::new("office/actor.rs")]);
}

/// One law instead of two: nothing hides a figure because of its neighbours any more, and no reader of old documents makes figures of surveys.
#[test]
fn what_the_law_of_disclosure_replaced_is_gone() {
    let makers = ["scoring::tally", "scoring::population", "scoring::publishing", "scoring::index", "Thresholds", "ResultsInput", "Tally"];
    check(|source| {
        let mut broken: Vec<String> =
            ["masking", "masked"].iter().filter(|word| source.text.contains(**word)).map(|word| format!("says `{word}`")).collect();
        let reads_only = source.path.starts_with("publication/format") || source.path == Path::new("publication/format.rs");
        let named = makers.iter().filter(|name| reads_only && source.code.contains(**name));
        broken.extend(named.map(|name| format!("names `{name}`, and only reads what was published")));
        broken
    });
}

/// Whoever changes what a ranking is made of has read before what was seen of it: at a desk, or when it is published.
#[test]
fn what_a_ranking_is_made_of_is_changed_at_a_desk_only() {
    let (desk, publishing) = ("office/desk", "publication/p");
    let homes = [(".enter_scores(", &[desk][..]), (".move_step(", &[desk]), (".keep_file(", &[desk]), (".seen(", &[desk, publishing])];
    check(|source| {
        let path = source.path.to_string_lossy();
        let strays = homes.iter().filter(|(call, homes)| {
            let at_home = source.module == "store" || homes.iter().any(|home| path.starts_with(home));
            !at_home && source.code.contains(call)
        });
        let mut broken: Vec<String> = strays.map(|(call, homes)| format!("calls `{call}`, which only {homes:?} may")).collect();
        let knows_no_store = path.starts_with("cli/scores") || path == "demo/scores.rs";
        broken.extend((knows_no_store && used(source).contains("store")).then(|| "names `store`".to_owned()));
        broken
    });
}
