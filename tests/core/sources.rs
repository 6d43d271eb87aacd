//! The sources of the crate as tests of tidiness read them: code without its tests, and the paths that it names.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A path as it is written or led to: its words.
pub(crate) type Names = Vec<String>;

/// A file of the crate.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) path: PathBuf,
    /// The module directly under the crate.
    pub(crate) module: String,
    /// The code without its tests.
    pub(crate) code: String,
    pub(crate) text: String,
}

impl Source {
    /// The module that the file is, from the crate down.
    pub(crate) fn own(&self) -> Names {
        self.path.with_extension("").components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect()
    }
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn rust_files(folder: &Path) -> Vec<PathBuf> {
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
        let depth = depth(line);
        // Up to the end of the item that follows: what stands deeper is inside it.
        lines.find(|line| self::depth(line) == depth && line.ends_with([';', '}']));
    }
    kept.join("\n")
}

/// How far a line is moved in.
pub(crate) fn depth(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The paths that a text names: those of `use`, and all others of two words or more. What they name by a word of `use` is written out.
pub(crate) fn paths(code: &str) -> BTreeSet<Names> {
    let (trees, rest) = without_use(code);
    let tree = |tree: &str| written_out(&tree.split_whitespace().collect::<Vec<_>>().join(" "));
    let imports: Vec<(Names, String)> = trees.into_iter().flat_map(tree).map(|path| import(&path)).collect();
    // An import may stand on another one.
    let written = |path: Names| (0..4).fold(path, |path, _| imported(&imports, path));
    imports.iter().map(|(path, _)| path.clone()).chain(inline(&rest)).map(written).collect()
}

/// A path from the crate down, written in a module; none where it begins otherwise than with `crate`, `super` or `self`.
pub(crate) fn absolute(own: &[String], path: &[String]) -> Option<Names> {
    let ups = path.iter().take_while(|word| *word == "super").count();
    match path.first()?.as_str() {
        "crate" => Some(path[1..].to_vec()),
        "super" => Some([&own[..own.len().saturating_sub(ups)], &path[ups..]].concat()),
        "self" => Some([own, &path[1..]].concat()),
        _ => None,
    }
}

/// A path whose first word an import brought: what that stands for.
fn imported(imports: &[(Names, String)], path: Names) -> Names {
    let import = imports.iter().find(|(import, name)| *name == path[0] && import[0] != *name && path.len() > 1);
    import.map(|(import, _)| [import, &path[1..]].concat()).unwrap_or(path)
}

/// The trees of `use`, and the text without them.
fn without_use(code: &str) -> (Vec<&str>, String) {
    let is_first = |before: &str| ["", "pub"].contains(&before.trim_start().split(['(', ' ']).next().unwrap_or_default());
    let (mut trees, mut rest, mut from) = (Vec::new(), String::new(), 0);
    for (at, word) in code.match_indices("use ") {
        let line = code[..at].rsplit('\n').next().unwrap_or_default();
        if at >= from
            && is_first(line)
            && let Some((tree, _)) = code[at + word.len()..].split_once(';')
        {
            trees.push(tree);
            rest += &code[from..at];
            from = at + word.len() + tree.len();
        }
    }
    (trees, rest + &code[from..])
}

/// A path of `use` and its name: the last word, what stands behind `as`, or the whole of `self`.
fn import(path: &str) -> (Names, String) {
    let (path, name) = path.split_once(" as ").map_or((path, None), |(path, name)| (path, Some(name)));
    let mut words = words(path);
    if words.len() > 1 && words.last().is_some_and(|last| last == "self") {
        words.pop();
    }
    let name = name.map_or_else(|| words.last().cloned().unwrap_or_default(), str::to_owned);
    (words, name)
}

/// The words of a path; one may begin with `::`.
fn words(path: &str) -> Names {
    path.trim_start_matches("::").split("::").map(|word| word.trim().to_owned()).collect()
}

/// `a::{b, c::d}` as `a::b` and `a::c::d`.
fn written_out(tree: &str) -> Vec<String> {
    let Some((before, inside)) = tree.split_once('{') else { return vec![tree.trim().to_owned()] };
    let inside = inside.trim_end().strip_suffix('}').unwrap_or(inside);
    let (mut depth, mut parts) = (0_usize, vec![String::new()]);
    for letter in inside.chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if letter == ',' && depth == 0 { parts.push(String::new()) } else { parts.last_mut().unwrap().push(letter) }
    }
    let before = before.trim();
    parts.iter().flat_map(|part| written_out(part)).filter(|path| !path.is_empty()).map(|path| format!("{before}{path}")).collect()
}

fn is_of_a_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The paths of two words or more that stand anywhere in a text.
fn inline(code: &str) -> Vec<Names> {
    let end = |at: usize| code[at..].find(|letter: char| !is_of_a_name(letter) && letter != ':').map_or(code.len(), |length| at + length);
    let is_first = |at: usize| {
        let before = &code[..at];
        let beside = before.strip_suffix("::").unwrap_or(before);
        // Behind `::` a path begins only where nothing stands before that.
        !before.ends_with(is_of_a_name)
            && (beside.len() == before.len() || !beside.ends_with(|letter| is_of_a_name(letter) || letter == '>'))
    };
    let begins = code.char_indices().filter(|(_, letter)| is_of_a_name(*letter)).map(|(at, _)| at).filter(|at| is_first(*at));
    begins.map(|at| words(code[at..end(at)].trim_end_matches(':'))).filter(|path| path.len() > 1).collect()
}

#[test]
fn code_behind_tests_is_seen() {
    let text = "use a;\n#[cfg(test)]\nmod sample;\n// why\nfn one() {}\n#[cfg(test)]\nmod tests {\n    use super::*;\n    fn two() {\n    }\n}\n\
        #[cfg(test)]\nfn four() {}\nfn three() {}";
    assert_eq!(without_tests(text), "use a;\nfn one() {}\nfn three() {}");
}

#[test]
fn a_path_is_seen_whatever_way_it_is_named() {
    let named = |code: &str| paths(code).into_iter().map(|path| path.join("::")).collect::<Vec<_>>();
    assert_eq!(written_out("crate::{a, b::{c, d::e as f}}"), ["crate::a", "crate::b::c", "crate::b::d::e as f"]);
    assert_eq!(named("use a::{b::c};\nuse d as e;"), ["a::b::c", "d"]);
    assert_eq!(named("pub(super) use std::{\n    fs, io,\n};"), ["std::fs", "std::io"]);
    assert_eq!(
        named("use crate::survey;\nuse survey::kept as k;\nk::read(x)"),
        ["crate::survey", "crate::survey::kept", "crate::survey::kept::read"]
    );
    assert_eq!(named("use a::b::{self, C};\nlet x: Vec<C::D> = b::c();"), ["a::b", "a::b::C", "a::b::C::D", "a::b::c"]);
    assert_eq!(
        named("#[tokio::main]\nfn x() { ::rand::random::<u8>() + (<A as B>::c::d) + e::<f::G>::h }"),
        ["f::G", "rand::random", "tokio::main"]
    );
    assert_eq!(named("let reuse = because use of(x);"), [""; 0]);
}
