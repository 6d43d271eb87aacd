//! Publishing: from a tally to results, each number through the disclosure rule.

mod figures;
mod officials;
mod routing;
mod values;

use std::collections::HashMap;

use super::component;
use super::counts::{Counts, ItemCounts};
use super::decimal::Held;
use super::disclosure::{SheetsTold, Shown};
use super::index::{Indices, indices};
use super::officials::{CriterionScore, Rater};
use super::population::Respondents;
use super::results::{AttributeResult, BlockResult, Coverage, FactorHead, GroupTotal, ItemHead, ModeTotal, Results, UnitMean, UnitResult};
use super::tally::Tally;
use super::thresholds::Thresholds;
use crate::survey::mode::Mode;
use crate::survey::routing::Routing;
use crate::survey::{Item, Questionnaire, Role};
use crate::unit::UnitCode;
use routing::Hidden;
use values::ClassTable;

/// A unit that the questionnaire asks about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterUnit {
    /// Its code.
    pub code: UnitCode,
    /// The block it is ranked in.
    pub block: String,
    /// Its number in the tally.
    pub number: u32,
}

/// What results are made of.
#[derive(Debug, Clone, Copy)]
pub struct ResultsInput<'a> {
    /// The definition.
    pub questionnaire: &'a Questionnaire,
    /// Hash of its text, in hexadecimal.
    pub definition_sha256: &'a str,
    /// The units asked about, in the order of the register.
    pub units: &'a [RegisterUnit],
    /// From how many sheets on what is printed.
    pub thresholds: Thresholds,
    /// The counts. A group's number in it is its place in the definition.
    pub tally: &'a Tally,
}

/// One unit that has a population, while its results are made.
struct Counted<'a> {
    unit: &'a RegisterUnit,
    sheets: Shown<SheetsTold>,
    raters: Vec<Rater<'a>>,
    counts: Counts,
    hidden: Hidden,
    indices: Option<Indices>,
    ratings: Vec<CriterionScore>,
    modes: Option<Vec<u32>>,
}

/// Makes the results of a questionnaire.
#[must_use]
pub fn results(input: &ResultsInput<'_>) -> Results {
    let (questionnaire, thresholds) = (input.questionnaire, input.thresholds);
    debug_assert!(input.tally.population().is_some(), "figures are made of a population");
    let routing = Routing::of(questionnaire);
    let counted: Vec<Counted<'_>> = input.units.iter().filter_map(|unit| count(input, &routing, unit)).collect();
    let mut round = Counts::default();
    for unit in &counted {
        round.add(&unit.counts);
    }
    let told = counted.iter().filter(|unit| unit.modes.is_some()).count();
    Results {
        questionnaire: questionnaire.id.clone(),
        version: questionnaire.version.clone(),
        definition_sha256: input.definition_sha256.to_owned(),
        audience: questionnaire.audience,
        rule: questionnaire.index,
        floor: thresholds.floor,
        contents: questionnaire.contents.iter().map(|content| content.code.clone()).collect(),
        factors: factor_heads(questionnaire),
        items: questionnaire.items.iter().filter(|item| !item.is_remark()).map(|item| item_head(questionnaire, item)).collect(),
        units: Coverage { shown: small(counted.len()), total: small(input.units.len()) },
        sheets: thresholds.count(round.sheets),
        modes: modes(thresholds, &counted),
        mode_units: Coverage { shown: small(told), total: small(input.units.len()) },
        groups: groups(questionnaire, thresholds, &counted),
        attributes: attributes(questionnaire, thresholds, &round),
        rating: officials::head(questionnaire),
        blocks: block_results(input, &counted),
    }
}

/// The counts and indices of a unit; none where nobody reaches the floor.
fn count<'a>(input: &ResultsInput<'a>, routing: &Routing, unit: &'a RegisterUnit) -> Option<Counted<'a>> {
    let (questionnaire, thresholds) = (input.questionnaire, input.thresholds);
    let respondents = input.tally.population()?.unit(unit.number);
    let raters: Vec<Rater<'_>> =
        respondents.iter().map(|set| Rater { set, counts: set.counts(questionnaire, input.tally, unit.number) }).collect();
    let mut counts = Counts::default();
    for rater in &raters {
        counts.add(&rater.counts);
    }
    let sheets = thresholds.count(counts.sheets)?;
    let hidden = Hidden::of(routing, thresholds, &counts);
    let indices = questionnaire.index.map(|rule| {
        let told = hidden.of_the_index(&counts);
        indices(questionnaire, rule, &told, values::least_answers(questionnaire, thresholds, &told))
    });
    let ratings = officials::scores(questionnaire, &raters);
    let modes = modes_of(input, unit, respondents, counts.sheets);
    Some(Counted { unit, sheets, raters, counts, hidden, indices, ratings, modes })
}

/// Sheets of a unit by mode; none where one of the modes has fewer than the floor, or the unit too few for a count.
fn modes_of(input: &ResultsInput<'_>, unit: &RegisterUnit, respondents: &[Respondents], sheets: u32) -> Option<Vec<u32>> {
    let inside = |cell| respondents.iter().any(|set| set.have(cell));
    let of = |mode| input.tally.sheets_where(unit.number, |cell| cell.mode == mode && inside(cell));
    let modes = Mode::ALL.map(of).to_vec();
    let told = !input.thresholds.few(sheets) && modes.iter().all(|sheets| *sheets == 0 || *sheets >= input.thresholds.floor);
    told.then_some(modes)
}

/// Sheets by mode, over the units that print theirs: so they say nothing of the others.
fn modes(thresholds: Thresholds, counted: &[Counted<'_>]) -> Vec<ModeTotal> {
    let rows: Vec<&Vec<u32>> = counted.iter().filter_map(|unit| unit.modes.as_ref()).collect();
    let sum = |place: usize| rows.iter().filter_map(|row| row.get(place)).fold(0_u32, |sum, sheets| sum.saturating_add(*sheets));
    let total = |(place, mode)| ModeTotal { mode, sheets: (!rows.is_empty()).then(|| thresholds.of_row(sum(place))) };
    Mode::ALL.into_iter().enumerate().map(total).collect()
}

/// Sheets of each group, over the units in which it stands alone.
fn groups(questionnaire: &Questionnaire, thresholds: Thresholds, counted: &[Counted<'_>]) -> Vec<GroupTotal> {
    let numbered = (0..=u16::MAX).zip(questionnaire.rating.iter().flat_map(|rating| &rating.groups));
    let total = |number| officials::sheets_of_group(thresholds, number, counted);
    numbered.map(|(number, group)| GroupTotal { group: group.code.clone(), sheets: total(number) }).collect()
}

fn block_results(input: &ResultsInput<'_>, counted: &[Counted<'_>]) -> Vec<BlockResult> {
    let classes = ClassTable::new(input.thresholds);
    let by_number: HashMap<u32, &Counted<'_>> = counted.iter().map(|unit| (unit.unit.number, unit)).collect();
    let result = |unit: &RegisterUnit| {
        let counted = by_number.get(&unit.number);
        UnitResult {
            unit: unit.code.clone(),
            figures: counted.map(|counted| figures::of(input.questionnaire, input.thresholds, &classes, counted)),
        }
    };
    let block = |block: &str| {
        let inside: Vec<&Counted<'_>> = counted.iter().filter(|unit| unit.unit.block == block).collect();
        let units = input.units.iter().filter(|unit| unit.block == block).map(result).collect();
        block_result(input, block, &inside, units)
    };
    blocks(input.units).into_iter().map(block).collect()
}

/// A block, with means of the values that its units print.
fn block_result(input: &ResultsInput<'_>, block: &str, inside: &[&Counted<'_>], units: Vec<UnitResult>) -> BlockResult {
    let thresholds = input.thresholds;
    let indices: Vec<Held> = inside.iter().filter_map(|unit| thresholds.index_value(&unit.indices.as_ref()?.overall)).collect();
    let maximum = input.questionnaire.index.map_or(0, |rule| rule.maximum_hundredths);
    let points: Vec<Held> = indices.iter().map(|index| component::points(maximum, *index)).collect();
    let rated: Vec<Held> = inside.iter().filter_map(|unit| officials::total(thresholds, &unit.ratings)?.get().value()).collect();
    let total = small(units.len());
    let mean = |values: &[Held]| UnitMean { value: Thresholds::mean(values), coverage: Coverage { shown: small(values.len()), total } };
    BlockResult {
        block: block.to_owned(),
        sheets: thresholds.count(inside.iter().fold(0, |sum, unit| sum.saturating_add(unit.counts.sheets))),
        coverage: Coverage { shown: small(inside.len()), total },
        index: mean(&indices),
        component: mean(&points),
        officials: mean(&rated),
        units,
    }
}

/// Blocks in the order in which the register first names them.
fn blocks(units: &[RegisterUnit]) -> Vec<&str> {
    let mut blocks: Vec<&str> = Vec::new();
    for unit in units {
        if !blocks.contains(&unit.block.as_str()) {
            blocks.push(&unit.block);
        }
    }
    blocks
}

/// What respondents of all counted units said about themselves: an attribute is printed whole or not at all. It is not where anything of it
/// counts 1 to fewer than the floor (of several choices also those who did not choose one), nor where all are too few for a count. Hiding
/// only some of its options would leave their sum, and with it a bound of each.
fn attributes(questionnaire: &Questionnaire, thresholds: Thresholds, round: &Counts) -> Vec<AttributeResult> {
    let items = questionnaire.items.iter().zip(&round.items).filter(|(item, _)| item.role == Role::Attribute && !item.is_remark());
    let is_large = |sheets: u32| sheets == 0 || sheets >= thresholds.floor;
    let result = |(item, answers): (&Item, &ItemCounts)| {
        let no_answer = round.sheets.saturating_sub(answers.valid);
        let others = answers.options.iter().filter(|_| item.is_multiple()).map(|chosen| answers.valid.saturating_sub(*chosen));
        let told = answers.options.iter().copied().chain(others).chain([no_answer]).all(is_large);
        let share = |sheets: u32| thresholds.share(sheets, round.sheets).filter(|_| told);
        AttributeResult {
            code: item.code.clone(),
            options: answers.options.iter().copied().map(share).collect(),
            no_answer: share(no_answer),
        }
    };
    items.map(result).collect()
}

fn factor_heads(questionnaire: &Questionnaire) -> Vec<FactorHead> {
    let content = |place: usize| questionnaire.contents.get(place).map_or(String::new(), |content| content.code.clone());
    questionnaire.factors.iter().map(|factor| FactorHead { code: factor.code.clone(), content: content(factor.content) }).collect()
}

fn item_head(questionnaire: &Questionnaire, item: &Item) -> ItemHead {
    let factor = item.factor.and_then(|factor| questionnaire.factors.get(factor));
    ItemHead {
        code: item.code.clone(),
        attribute: item.role == Role::Attribute,
        multiple: item.is_multiple(),
        factor: factor.map(|factor| factor.code.clone()),
        options: item.choices().iter().map(|choice| choice.code.clone()).collect(),
    }
}

/// A number of units or items, which is far below 2³².
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
