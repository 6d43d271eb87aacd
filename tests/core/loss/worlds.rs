//! What a province as large as one is loses, in numbers that `src/MANUAL.md` states.

use par_survey::survey::kept;

use super::Loss;
use super::province::{Answered, citizens, of_communes, of_departments, of_desks};

const SIPAS: &str = include_str!("../../../survey-definitions/sipas-2026.toml");
const DEPARTMENTS: &str = include_str!("../../../survey-definitions/par-officials-departments.toml");
const DESKS: &str = include_str!("../../../survey-definitions/service-satisfaction.toml");
const COMMUNES: &str = include_str!("../../../survey-definitions/par-officials-communes.toml");

/// Hidden, in classes, exact.
pub(super) const LOST: &str = "\
about respondents: 0 0 27
criteria: 4512 0 0
factors and contents: 0 0 2068
groups: 17520 0 0
indices: 0 0 188
modes: 135 0 805
numbers of sheets and answers: 2126 4330 15700
options: 9184 0 64296
points: 0 0 1504
values of items: 0 0 7332
who did not answer: 6048 0 45396
all: 39525 4330 137316
";

fn worlds() -> [Answered; 3] {
    let definition = |text: &str| kept::read(text).unwrap();
    [citizens(definition(SIPAS)), of_departments(definition(DEPARTMENTS)), of_communes(definition(COMMUNES))]
}

/// The same, and desks with questions that only some are asked.
pub(super) fn with_desks() -> impl Iterator<Item = Answered> {
    worlds().into_iter().chain([of_desks(kept::read(DESKS).unwrap())])
}

#[test]
fn what_a_province_loses_is_known() {
    let mut loss = Loss::default();
    for world in worlds() {
        loss.of(&world.questionnaire, &world.published());
    }
    assert_eq!(loss.lines(), LOST);
}
