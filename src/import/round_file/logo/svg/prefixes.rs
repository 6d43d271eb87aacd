//! Attributes by their whole names: each prefix stands for something, and nothing is there twice. Whatever reads a drawing by the rules of
//! XML shows nothing of it otherwise.

use std::collections::BTreeSet;

use crate::fault::Wrong;

/// An attribute with its value, or a prefix with what it stands for.
pub(super) type Pair<'t> = (&'t str, &'t str);

/// What stands for the same in every drawing, and what nothing else stands for.
const FIXED: [Pair<'static>; 2] = [("xml", "http://www.w3.org/XML/1998/namespace"), ("xmlns", "http://www.w3.org/2000/xmlns/")];

/// The prefixes that are bound in an element, its own first.
pub(super) fn bound<'t>(attributes: &[Pair<'t>], outer: &[Pair<'t>]) -> Result<Vec<Pair<'t>>, Wrong> {
    let own = attributes.iter().filter_map(|(name, space)| Some((name.strip_prefix("xmlns:")?, *space)));
    let inner: Vec<Pair<'t>> = own.chain(outer.iter().copied()).collect();
    let mut seen = BTreeSet::new();
    let is_one = |(name, _): &Pair<'t>| whole_name(name, &inner).is_some_and(|name| seen.insert(name));
    if inner.iter().all(is_free) && attributes.iter().all(is_one) { Ok(inner) } else { Err(Wrong::LogoBroken) }
}

fn is_free((prefix, space): &Pair<'_>) -> bool {
    !space.is_empty() && FIXED.iter().all(|(fixed, stands_for)| fixed != prefix && stands_for != space)
}

/// What the prefix of an attribute stands for, and the rest of its name.
fn whole_name<'t>(name: &'t str, bound: &[Pair<'t>]) -> Option<Pair<'t>> {
    let (space, own) = match name.split_once(':') {
        Some((prefix, own)) => (FIXED.iter().chain(bound).find(|(known, _)| *known == prefix)?.1, own),
        None => ("", name),
    };
    let is_name = own.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') && !own.contains(':');
    is_name.then_some((space, own))
}
