//! A table in a frame: where it is wider than the window it moves inside the frame, by keyboard too, and its caption stands still above.

use maud::{Markup, html};

/// Heads and rows below their caption, which has an id; `of` is the id of what they belong to, where the caption alone does not say it.
pub(super) fn framed((of, id): (&str, &str), class: &str, caption: &str, rows: &Markup) -> Markup {
    let names = format!("{of} {id}");
    let names = names.trim_start();
    html! {
        p.caption id=(id) { (caption) }
        div class=(class) tabindex="0" role="region" aria-labelledby=(names) {
            table aria-labelledby=(names) { (rows) }
        }
    }
}
