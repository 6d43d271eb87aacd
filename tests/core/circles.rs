//! No two files name each other, neither straight nor over others. What a part names of the whole that it belongs to is no circle: the whole comes first.

use std::collections::{BTreeMap, BTreeSet};

use crate::sources::{Names, Source, absolute, paths, sources};

/// A module: its names from the crate down.
type Module = Names;

/// Which modules each one names.
type Graph = BTreeMap<Module, BTreeSet<Module>>;

#[test]
fn no_file_names_one_that_names_it() {
    let circles = circles(&graph());
    assert!(circles.is_empty(), "{}", circles.join("\n"));
}

fn graph() -> Graph {
    let sources = sources();
    let known: BTreeSet<Module> = sources.iter().map(Source::own).collect();
    let named = |source: &Source| {
        let own = source.own();
        let named = paths(&source.code).into_iter().filter_map(|path| resolved(&own, &path, &known));
        (own.clone(), named.filter(|other| !own.starts_with(other)).collect())
    };
    sources.iter().map(named).collect()
}

/// The file that a path leads to: from the crate down, or from a child of the module.
fn resolved(own: &Module, path: &[String], known: &BTreeSet<Module>) -> Option<Module> {
    let child = || known.contains(&[own.as_slice(), &path[..1]].concat()).then(|| [own.as_slice(), path].concat());
    let whole = absolute(own, path).or_else(child)?;
    let found = (1..=whole.len()).map(|length| &whole[..length]).take_while(|module| known.contains(*module)).last();
    found.map(<[String]>::to_vec).filter(|found| found != own)
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
    let known: BTreeSet<Module> =
        [&["a"][..], &["a", "b"], &["c"]].iter().map(|path| path.iter().map(|part| (*part).to_owned()).collect()).collect();
    let from = |own: &[&str], code: &str| -> Vec<String> {
        let own: Module = own.iter().map(|part| (*part).to_owned()).collect();
        paths(code).iter().filter_map(|path| resolved(&own, path, &known)).map(|module| module.join("::")).collect()
    };
    assert_eq!(from(&["c"], "use crate::{a::b::Thing, c};"), ["a::b"]);
    assert_eq!(from(&["c"], "use crate::a::b::{one as two};"), ["a::b"]);
    assert_eq!(from(&["a", "b"], "use super::super::c::Thing;\nlet x = super::thing();"), ["c", "a"]);
    assert_eq!(from(&["a"], "use b::Thing;\nuse std::fmt;"), ["a::b"]);
    assert_eq!(from(&["a"], "let x = b::thing();\nlet y = std::fmt::b;"), ["a::b"]);
    assert_eq!(from(&["c"], "use crate::a as other;\nlet x = other::b::thing();"), ["a", "a::b"]);
    assert_eq!(from(&["c"], "let b = b::a();"), [""; 0]);
    let graph: Graph = [("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")]
        .map(|(from, to)| (vec![from.to_owned()], BTreeSet::from([vec![to.to_owned()]])))
        .into();
    assert_eq!(circles(&graph), ["a and b and c"]);
}
