//! Targets of plans: what was aimed at, what came out, and by how much it was met or missed.

use maud::{Markup, html};

use crate::publication::document::Document;
use crate::scoring::decimal::Held;
use crate::scoring::targets::{Aim, Attained, Outcome, Target, TargetResult};
use crate::unit::UnitCode;
use crate::words::Words;

/// The index that is computed here.
const PAR: &str = "PAR";
/// Indices whose values are percents; others have scales of their own.
const PERCENTS: [&str; 2] = [PAR, "SIPAS"];
/// The word of a target on a whole index.
const WHOLE: &str = "whole";

/// Targets that are wanted, as a table; nothing where there are none. `heading` stands above it.
pub(super) fn table(words: Words, document: &Document, heading: &Markup, wanted: impl Fn(Option<&UnitCode>) -> bool) -> Markup {
    let all = document.ranking().map(|ranking| ranking.targets.as_slice()).unwrap_or_default();
    let targets: Vec<&TargetResult> = all.iter().filter(|result| wanted(result.target.unit.as_ref())).collect();
    let heads = ["for", "index", "aim", "attained", "outcome", "by", "source"];
    html! {
        @if !targets.is_empty() {
            (heading)
            .scroll tabindex="0" role="region" aria-labelledby="PAR-targets" {
                table {
                    caption id="PAR-targets" { (words.get("par-targets-caption")) }
                    thead { tr { @for head in heads { th scope="col" { (words.get(&format!("par-target-{head}"))) } } } }
                    tbody { @for result in targets { (row(words, document, result)) } }
                }
            }
        }
    }
}

fn row(words: Words, document: &Document, result: &TargetResult) -> Markup {
    let target = &result.target;
    let unit = target.unit.as_ref().map(|unit| document.unit_name(unit, words.code()).to_owned());
    let imported = result.attained.as_ref().and_then(|attained| attained.source.as_ref());
    html! {
        tr {
            th scope="row" { (unit.unwrap_or_else(|| words.get("par-target-province"))) }
            td { (index(words, &target.index)) ", " (scope(words, document, target)) }
            td { (aim(words, target)) }
            td { (attained(words, target, result.attained.as_ref())) }
            td { (words.get(outcome(result.outcome))) }
            td { (result.by.as_ref().map_or_else(|| "–".to_owned(), |by| difference(words, target, by))) }
            // Plans are Vietnamese texts.
            td.source lang=[(words.code() != "vi").then_some("vi")] {
                (target.plan) ", " (target.year) ". " (target.source)
                @if let Some(imported) = imported { br; (imported) }
            }
        }
    }
}

fn index(words: Words, index: &str) -> String {
    if index.eq_ignore_ascii_case(PAR) { words.get("par-target-par") } else { index.to_owned() }
}

/// The part of an index: the words of a field of the unit's block where it is one.
fn scope(words: Words, document: &Document, target: &Target) -> String {
    let scope = target.scope.as_str();
    if scope.eq_ignore_ascii_case(WHOLE) {
        return words.get("par-target-whole");
    }
    let unit = target.unit.as_ref().filter(|_| target.index.eq_ignore_ascii_case(PAR));
    let block = unit.and_then(|unit| document.ranking()?.unit(unit.as_str())).map(|(block, _)| block);
    block.map_or(scope, |block| document.field_text(block, scope, words.code())).to_owned()
}

fn is_percent(target: &Target) -> bool {
    PERCENTS.iter().any(|index| index.eq_ignore_ascii_case(&target.index))
}

fn value(words: Words, target: &Target, value: Held) -> String {
    let number = value.to_fixed(2);
    if is_percent(target) { words.percent(&number) } else { words.decimal(&number) }
}

fn aim(words: Words, target: &Target) -> String {
    let aimed = |key: &str, held: &Held| words.with(key, [("value", &value(words, target, *held))]);
    match &target.aim {
        Aim::ValueAtLeast(held) => aimed("par-aim-at-least", held),
        Aim::ValueAbove(held) => aimed("par-aim-above", held),
        Aim::ValueEqual(held) => aimed("par-aim-equal", held),
        Aim::RankAtMost(rank) => words.with("par-aim-rank", [("rank", &rank.to_string())]),
        Aim::GroupEqual(group) => words.with("par-aim-group", [("group", group)]),
        Aim::RankChangeAtLeast(least) => {
            let places = words.count("par-places", usize::try_from(*least).unwrap_or(usize::MAX));
            words.with("par-aim-rise", [("places", &places)])
        }
        Aim::NotStated(said) => not_stated(words, said),
    }
}

/// What a target without a value is about: a type of the file of targets, else what the plan says.
fn not_stated(words: Words, said: &str) -> String {
    match said {
        "rank_at_most" => words.get("par-unstated-rank"),
        "value_at_least" | "value_above" | "value_equal" => words.get("par-unstated-value"),
        "group_equal" => words.get("par-unstated-group"),
        "rank_change_at_least" => words.get("par-unstated-rise"),
        own => words.with("par-aim-not-stated", [("words", own)]),
    }
}

/// The figure that the aim is about.
fn attained(words: Words, target: &Target, attained: Option<&Attained>) -> String {
    let ranks = |(before, now): (u32, u32)| words.with("par-attained-ranks", [("before", &before.to_string()), ("rank", &now.to_string())]);
    let said = attained.and_then(|attained| match &target.aim {
        Aim::ValueAtLeast(_) | Aim::ValueAbove(_) | Aim::ValueEqual(_) | Aim::NotStated(_) => {
            attained.value.map(|held| value(words, target, held))
        }
        Aim::RankAtMost(_) => attained.rank.map(|rank| words.with("par-attained-rank", [("rank", &rank.to_string())])),
        Aim::RankChangeAtLeast(_) => attained.previous_rank.zip(attained.rank).map(ranks),
        Aim::GroupEqual(_) => attained.group.clone(),
    });
    said.unwrap_or_else(|| words.get("par-attained-none"))
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Met => "par-outcome-met",
        Outcome::Missed => "par-outcome-missed",
        Outcome::NotStated => "par-outcome-not-stated",
        Outcome::NoFigure => "par-outcome-no-figure",
    }
}

/// By how much, in the unit of what was aimed at.
fn difference(words: Words, target: &Target, by: &str) -> String {
    let signed = words.decimal(&by.replace('-', "−"));
    match &target.aim {
        Aim::RankAtMost(_) | Aim::RankChangeAtLeast(_) => places(words, by),
        _ if is_percent(target) => words.with("par-by-points", [("by", &signed)]),
        _ => signed,
    }
}

/// By how many ranks, from a number with its sign.
fn places(words: Words, by: &str) -> String {
    let count = |digits: &str| digits.parse::<usize>().unwrap_or_default();
    match by.strip_prefix('-') {
        Some(worse) => words.count("par-by-worse", count(worse)),
        None if by == "0" => words.get("par-by-even"),
        None => words.count("par-by-better", count(by.trim_start_matches('+'))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_better_or_worse() {
        let said = |language: &str| ["+2", "-10", "+1", "0"].map(|by| places(Words::of(language), by));
        assert_eq!(said("en"), ["2 ranks better", "10 ranks worse", "1 rank better", "exactly on target"]);
        assert_eq!(said("vi"), ["+2 bậc", "−10 bậc", "+1 bậc", "đúng mục tiêu"]);
    }

    #[test]
    fn a_target_without_a_value_says_what_it_is_about() {
        let en = Words::of("en");
        assert_eq!(not_stated(en, "rank_at_most"), "a rank, no value given");
        assert_eq!(not_stated(en, "in the top group"), "not stated by the plan: “in the top group”");
    }
}
