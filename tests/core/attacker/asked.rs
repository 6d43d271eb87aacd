//! Leaks that a third attack found: that a figure is there says that everybody was asked further.

use par_survey::survey::Condition;
use par_survey::survey::codebook::{FIRST_OPTION, NOT_SHOWN};

use super::world::{World, cell, index};
use crate::small::WORDS;

/// All items of the index follow a question; ten sheets, which follows from the total of the block. The index is there, so all ten said yes.
#[test]
fn that_there_is_an_index_does_not_tell_that_everybody_was_asked_further() {
    let ask = format!("[[part]]\ncode = \"a\"\ntitle = {WORDS}\n[[part.item]]\ncode = \"ask\"\nkind = \"yes-no\"\ntext = {WORDS}\n");
    let mut questionnaire = index(1, 2, "satisfied-share", "mean-of-items", &ask);
    let item = questionnaire.position("i0").unwrap();
    let before = questionnaire.position("ask").unwrap();
    questionnaire.items[item].show_if = Some(Condition { item: before, any_of: vec![0] });
    let is_printed = |yes: usize| {
        let mut world = World::new(questionnaire.clone());
        let answers = [vec![FIRST_OPTION; yes], vec![FIRST_OPTION + 1; 10 - yes]].concat();
        let further = [vec![FIRST_OPTION; yes / 2], vec![FIRST_OPTION + 1; yes - yes / 2], vec![NOT_SHOWN; 10 - yes]].concat();
        world.add(cell(0, 0), 10, &[("ask", answers), ("i0", further)]);
        !world.published()["blocks"][0]["units"][0]["figures"]["index"]["figure"].is_null()
    };
    let printed: Vec<usize> = (0..=10).filter(|yes| is_printed(*yes)).collect();
    assert!(printed.len() != 1, "only {printed:?} of 10 who said yes print an index");
}
