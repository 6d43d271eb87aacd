//! The tidiness of the house: who may name whom, how large things get, and whether documents name what exists.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::circles::paths;

/// Files under 400 lines, most under 120; functions under 70, most about ten.
const FILE_MOST: usize = 400;
const FUNCTION_MOST: usize = 70;

/// Which modules of the crate a module may name. One that is missing here may name none.
const MAY_USE: &[(&str, &[&str])] = &[
    ("unit", &[]),
    ("definition", &["unit"]),
    ("survey", &["definition", "unit"]),
    ("round", &["unit"]),
    ("scheme", &["definition", "survey", "unit"]),
    ("scoring", &["round", "scheme", "survey", "unit"]),
    ("words", &[]),
    ("random", &[]),
    ("seal", &["random"]),
    ("clock", &[]),
    ("limits", &[]),
    ("telemetry", &[]),
    ("time", &["round", "words"]),
    ("catalogue", &["definition", "scheme", "survey", "unit"]),
    ("store", &["random", "round", "scoring", "seal", "survey", "unit"]),
    ("directory", &["keys", "round", "store", "survey", "time", "unit"]),
    ("publication", &["directory", "round", "scheme", "scoring", "store", "survey", "unit"]),
    ("import", &["round", "scheme", "scoring", "store", "survey", "unit"]),
    ("export", &["definition", "directory", "publication", "round", "scheme", "scoring", "store", "survey", "unit"]),
    ("office", &["catalogue", "import", "keys", "publication", "round", "store"]),
    ("keys", &["random", "store", "survey"]),
    ("issuing", &["directory", "keys", "random", "round", "store", "survey"]),
    ("chart", &["scoring", "words"]),
    ("poster", &["directory", "round", "seal", "store", "survey", "time", "unit", "words"]),
    (
        "web",
        &[
            "chart",
            "clock",
            "directory",
            "export",
            "keys",
            "publication",
            "round",
            "scheme",
            "scoring",
            "seal",
            "store",
            "survey",
            "time",
            "unit",
            "words",
        ],
    ),
    ("app", &["directory", "keys", "round", "store", "time", "web"]),
    (
        "demo",
        &[
            "app",
            "catalogue",
            "clock",
            "directory",
            "import",
            "issuing",
            "keys",
            "office",
            "publication",
            "round",
            "scheme",
            "scoring",
            "seal",
            "store",
            "survey",
            "time",
            "unit",
            "web",
        ],
    ),
    (
        "cli",
        &[
            "app",
            "catalogue",
            "clock",
            "demo",
            "directory",
            "export",
            "import",
            "issuing",
            "keys",
            "office",
            "poster",
            "publication",
            "round",
            "scheme",
            "scoring",
            "seal",
            "store",
            "survey",
            "telemetry",
            "time",
            "unit",
            "web",
            "words",
        ],
    ),
];

/// Crates that only some modules may name.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("sea_orm", &["store"]),
    ("rusqlite", &["store"]),
    ("migration", &["store"]),
    ("hmac", &["keys"]),
    ("rustix", &["limits", "cli"]),
    ("actix_web", &["web"]),
    ("maud", &["web", "chart", "poster"]),
    ("clap", &["cli", "telemetry", "import", "main"]),
    ("rand", &["random", "store", "demo", "issuing"]),
    ("hpke", &["seal"]),
    ("aes_gcm", &["seal"]),
    ("blahaj", &["seal"]),
    ("bip39", &["seal"]),
    ("tokio", &["store", "directory", "web", "cli", "demo", "main"]),
];

/// What the pure core never names: files, network, threads, time and chance.
const IMPURE: [&str; 9] = ["std::fs", "std::net", "std::thread", "std::env", "std::time", "tokio", "rand", "Timestamp::now", "async fn"];

#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) path: PathBuf,
    /// The module directly under the crate.
    module: String,
    /// The code without its tests.
    pub(crate) code: String,
    text: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

pub(crate) fn sources() -> Vec<Source> {
    let source = |path: PathBuf| {
        let inside = path.strip_prefix(root().join("src")).unwrap().to_owned();
        let first = inside.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap();
        let code = without_tests(&text);
        Source { module: first.trim_end_matches(".rs").to_owned(), path: inside, code, text }
    };
    rust_files(&root().join("src")).into_iter().map(source).collect()
}

/// The code that is built for use: without comments, and without what only tests have.
fn without_tests(text: &str) -> String {
    let (mut lines, mut kept) = (text.lines().filter(|line| !line.trim_start().starts_with("//")), Vec::new());
    while let Some(line) = lines.next() {
        if line.trim() != "#[cfg(test)]" {
            kept.push(line);
            continue;
        }
        let depth = line.len() - line.trim_start().len();
        let ends = |line: &&str| line.ends_with(';') || (line.trim() == "}" && line.len() == depth + 1);
        // Up to the end of the item that follows.
        lines.find(ends);
    }
    kept.join("\n")
}

#[test]
fn code_behind_tests_is_seen() {
    let text = "use a;\n#[cfg(test)]\nmod sample;\n// why\nfn one() {}\n#[cfg(test)]\nmod tests {\n    fn two() {\n    }\n}\nfn three() {}";
    assert_eq!(without_tests(text), "use a;\nfn one() {}\nfn three() {}");
}

/// Runs one rule over every source and fails with all that break it.
fn check(rule: impl Fn(&Source) -> Vec<String>) {
    let broken: Vec<String> =
        sources().iter().flat_map(|source| rule(source).into_iter().map(|what| format!("{}: {what}", source.path.display()))).collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// Names of the crate's modules that a text uses: `crate::name`, and each of `crate::{one, two::three}`.
fn used(code: &str) -> Vec<String> {
    let named = paths(code).into_iter().filter(|path| path.first().is_some_and(|first| first == "crate"));
    named.filter_map(|path| path.into_iter().nth(1)).filter(|name| !name.is_empty()).collect()
}

#[test]
fn dependencies_point_down() {
    let may_use: BTreeMap<_, _> = MAY_USE.iter().copied().collect();
    check(|source| {
        if ["lib", "main"].contains(&source.module.as_str()) {
            return Vec::new();
        }
        let allowed = may_use.get(source.module.as_str()).copied().unwrap_or_default();
        let strays = used(&source.code).into_iter().filter(|name| *name != source.module && !allowed.contains(&name.as_str()));
        strays.map(|name| format!("`{}` may not use `{name}`", source.module)).collect()
    });
}

#[test]
fn every_module_is_in_the_table_and_every_row_is_a_module() {
    let mut modules: Vec<String> =
        sources().into_iter().map(|source| source.module).filter(|name| name != "lib" && name != "main").collect();
    modules.dedup();
    let mut rows: Vec<&str> = MAY_USE.iter().map(|(name, _)| *name).collect();
    rows.sort_unstable();
    modules.sort_unstable();
    modules.dedup();
    assert_eq!(modules, rows);
}

#[test]
fn a_crate_with_a_home_is_named_nowhere_else() {
    check(|source| {
        let stray = |(name, homes): &&(&str, &[&str])| {
            let named = ["use ", " ", "(", "<", "&", "\n"].iter().any(|before| source.code.contains(&format!("{before}{name}::")));
            named && !homes.contains(&source.module.as_str())
        };
        ONLY_IN.iter().filter(stray).map(|(name, homes)| format!("names `{name}`, which lives in {homes:?}")).collect()
    });
}

#[test]
fn the_core_is_pure() {
    check(|source| {
        let pure = ["unit", "definition", "round", "survey", "scheme", "scoring"].contains(&source.module.as_str());
        IMPURE.iter().filter(|word| pure && source.code.contains(**word)).map(|word| format!("the core names `{word}`")).collect()
    });
}

#[test]
fn files_and_functions_stay_short() {
    check(|source| {
        let lines = source.text.lines().count();
        let mut broken: Vec<String> = (lines > FILE_MOST).then(|| format!("{lines} lines")).into_iter().collect();
        broken.extend(long_functions(&source.text));
        broken
    });
}

/// Functions by indentation: from a line with `fn ` to the line that closes at the same depth.
fn long_functions(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let depth = |line: &str| line.len() - line.trim_start().len();
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
    for document in ["src/ARCHITECTURE.md", "README.md"] {
        let text = fs::read_to_string(root().join(document)).unwrap();
        let named = text.split('`').skip(1).step_by(2).filter(|name| {
            let first = name.split('/').next().unwrap_or_default();
            name.contains('/')
                && ["src", "tests", "migration", "survey-definitions", "benches"].contains(&first)
                && !name.contains(['*', '{', ' '])
        });
        let linked = text.split("](").skip(1).filter_map(|rest| rest.split(')').next()).filter(|link| !link.contains("://"));
        let missing: Vec<_> = named.chain(linked).filter(|name| !root().join(name).exists()).collect();
        assert!(missing.is_empty(), "{document} names {missing:?}");
    }
}

/// The invariants of the architecture, each with the test that keeps it: the document names tests, and they have to be there.
#[test]
fn every_test_that_the_architecture_names_exists() {
    let tests: String = rust_files(&root().join("tests")).iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let code: String = sources().into_iter().map(|source| source.text).collect();
    let document = fs::read_to_string(root().join("src/ARCHITECTURE.md")).unwrap();
    let named =
        document.split('`').skip(1).step_by(2).filter(|name| name.matches('_').count() >= 3 && !name.contains(['/', ' ', '(', '.']));
    let missing: Vec<_> = named.filter(|name| !tests.contains(&format!("fn {name}")) && !code.contains(&format!("fn {name}"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
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
