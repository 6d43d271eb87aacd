//! No two files name each other, neither straight nor over others. What a part names of the whole that it belongs to is no circle: the whole comes first.

use std::collections::{BTreeMap, BTreeSet};

use crate::tidy::sources;

/// A module: its names from the crate down.
type Module = Vec<String>;

/// Which modules each one names.
type Graph = BTreeMap<Module, BTreeSet<Module>>;

#[test]
fn no_file_names_one_that_names_it() {
    let circles = circles(&graph());
    assert!(circles.is_empty(), "{}", circles.join("\n"));
}

fn graph() -> Graph {
    let sources = sources();
    let module = |path: &std::path::Path| -> Module {
        path.with_extension("").components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect()
    };
    let known: BTreeSet<Module> = sources.iter().map(|source| module(&source.path)).collect();
    let named = |source: &crate::tidy::Source| {
        let own = module(&source.path);
        let named = paths(&source.code).into_iter().filter_map(|path| resolved(&own, &path, &known));
        (own.clone(), named.filter(|other| !own.starts_with(other)).collect())
    };
    sources.iter().map(named).collect()
}

/// The paths that a text names: those of `use`, written out, and those that begin with `crate` or `super`.
pub(crate) fn paths(code: &str) -> Vec<Vec<String>> {
    let statements = code.split("use ").skip(1).filter_map(|rest| rest.split_once(';')).map(|(tree, _)| tree);
    let trees = statements
        .filter(|tree| !tree.contains(['(', '=', '#']))
        .flat_map(|tree| written_out(&tree.split_whitespace().collect::<String>()));
    let begins = code.match_indices("crate::").chain(code.match_indices("super::")).filter(|(at, _)| !code[..*at].ends_with("::"));
    let inline = begins.map(|(at, _)| {
        let rest = &code[at..];
        let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != ':').unwrap_or(rest.len());
        rest[..end].to_owned()
    });
    trees.chain(inline).map(|path| path.split("::").map(str::to_owned).collect()).collect()
}

/// `a::{b, c::d}` as `a::b` and `a::c::d`.
fn written_out(tree: &str) -> Vec<String> {
    let Some((before, inside)) = tree.split_once('{') else { return vec![tree.to_owned()] };
    let inside = inside.strip_suffix('}').unwrap_or(inside);
    let (mut depth, mut parts) = (0_usize, vec![String::new()]);
    for letter in inside.chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if letter == ',' && depth == 0 { parts.push(String::new()) } else { parts.last_mut().unwrap().push(letter) }
    }
    parts.iter().filter(|part| !part.is_empty()).flat_map(|part| written_out(part)).map(|path| format!("{before}{path}")).collect()
}

/// The file that a path leads to.
fn resolved(own: &Module, path: &[String], known: &BTreeSet<Module>) -> Option<Module> {
    let ups = path.iter().take_while(|part| *part == "super").count();
    let (mut at, rest) = match path.first()?.as_str() {
        "crate" => (Module::new(), &path[1..]),
        "super" => (own[..own.len().saturating_sub(ups)].to_vec(), &path[ups..]),
        "self" => (own.clone(), &path[1..]),
        first => {
            let child = [own.as_slice(), &[first.to_owned()]].concat();
            if !known.contains(&child) {
                return None;
            }
            (own.clone(), path)
        }
    };
    let mut found = known.contains(&at).then(|| at.clone());
    for part in rest {
        at.push(part.clone());
        if !known.contains(&at) {
            break;
        }
        found = Some(at.clone());
    }
    found.filter(|found| found != own)
}

/// Sets of files each of which leads to every other, as sentences.
fn circles(graph: &Graph) -> Vec<String> {
    let reached = |from: &Module| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
        while let Some(module) = next.pop() {
            for other in graph.get(module).into_iter().flatten() {
                if seen.insert(other) {
                    next.push(other);
                }
            }
        }
        seen
    };
    let all: BTreeMap<&Module, BTreeSet<&Module>> = graph.keys().map(|module| (module, reached(module))).collect();
    let circle = |(module, others): (&&Module, &BTreeSet<&Module>)| -> Option<BTreeSet<Module>> {
        let back = |other: &&&Module| all.get(**other).is_some_and(|others| others.contains(*module));
        others.contains(*module).then(|| others.iter().filter(back).map(|other| (*other).clone()).collect())
    };
    let circles: BTreeSet<BTreeSet<Module>> = all.iter().filter_map(circle).collect();
    let named = |circle: BTreeSet<Module>| circle.iter().map(|module| module.join("::")).collect::<Vec<_>>().join(" and ");
    circles.into_iter().map(named).collect()
}

#[test]
fn a_circle_is_seen_whatever_way_it_is_named() {
    assert_eq!(written_out("crate::{a,b::{c,d::e}}"), ["crate::a", "crate::b::c", "crate::b::d::e"]);
    let known: BTreeSet<Module> =
        [&["a"][..], &["a", "b"], &["c"]].iter().map(|path| path.iter().map(|part| (*part).to_owned()).collect()).collect();
    let from = |own: &[&str], code: &str| -> Vec<String> {
        let own: Module = own.iter().map(|part| (*part).to_owned()).collect();
        paths(code).iter().filter_map(|path| resolved(&own, path, &known)).map(|module| module.join("::")).collect()
    };
    assert_eq!(from(&["c"], "use crate::{a::b::Thing, c};"), ["a::b"]);
    assert_eq!(from(&["a", "b"], "use super::super::c::Thing;\nlet x = super::thing();"), ["c", "c", "a"]);
    assert_eq!(from(&["a"], "use b::Thing;\nuse std::fmt;"), ["a::b"]);
    let graph: Graph = [("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")]
        .map(|(from, to)| (vec![from.to_owned()], BTreeSet::from([vec![to.to_owned()]])))
        .into();
    assert_eq!(circles(&graph), ["a and b and c"]);
}
