//! Targets of plans: what was aimed at, what came out, and by how much it was met or missed.

use maud::{Markup, html};

use super::super::framed::framed;
use crate::publication::document::Document;
use crate::scoring::targets::TargetResult;
use crate::unit::UnitCode;
use crate::words::Words;

/// Targets that are wanted, as a table; nothing where there are none.
pub(super) fn table(words: Words, document: &Document, wanted: impl Fn(Option<&UnitCode>) -> bool) -> Markup {
    let all = document.ranking().map(|ranking| ranking.targets.as_slice()).unwrap_or_default();
    let targets: Vec<&TargetResult> = all.iter().filter(|result| wanted(result.target.unit.as_ref())).collect();
    let heads = ["for", "outcome", "attained", "aim", "by", "source"];
    if targets.is_empty() {
        return html! {};
    }
    let rows = html! {
        thead { tr { @for head in heads { th scope="col" { (words.get(&format!("par-target-{head}"))) } } } }
        tbody { @for result in targets { (row(words, document, result)) } }
    };
    framed(("", "PAR-targets"), "scroll", &words.get("par-targets-caption"), &rows)
}

fn row(words: Words, document: &Document, result: &TargetResult) -> Markup {
    let (target, subject) = (&result.target, &result.subject);
    let field = |block: &str, code: &str| document.field_of(block, code, words.code()).to_owned();
    let unit = target.unit.as_ref().map(|unit| document.unit_name(unit, words.code()).to_owned());
    let imported = result.attained.as_ref().and_then(|attained| attained.source.as_ref());
    html! {
        tr {
            th scope="row" {
                (unit.unwrap_or_else(|| words.get("par-target-province"))) br;
                small { (words.target_index(subject)) ", " (words.target_scope(subject, field)) }
            }
            td { (words.target_outcome(result.outcome)) }
            td { (words.target_attained(result)) }
            td { (words.target_aim(result)) }
            td { (words.target_by(result).unwrap_or_else(|| "–".to_owned())) }
            // Plans are Vietnamese texts.
            td.source lang=[(words.code() != "vi").then_some("vi")] {
                (target.plan) ", " (target.year) ". " (target.source)
                @if let Some(imported) = imported { br; (imported) }
            }
        }
    }
}
