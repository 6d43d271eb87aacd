//! Publishing: from a tally to results, each number through the disclosure rule.

mod figures;
mod officials;

use super::component;
use super::counts::{Counts, ItemCounts};
use super::decimal::Held;
use super::disclosure::{Floor, Shown};
use super::index::{Indices, indices};
use super::masking::{self, Crossed};
use super::officials::CriterionScore;
use super::results::{AttributeResult, BlockResult, Coverage, FactorHead, GroupTotal, ItemHead, ModeTotal, Results, UnitMean, UnitResult};
use super::tally::{Cell, Tally};
use crate::survey::mode::Mode;
use crate::survey::{Item, Questionnaire, Role};
use crate::unit::UnitCode;

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
    /// Names of the respondent groups; a name's place is the group's number in the tally. Empty where there are none.
    pub groups: &'a [String],
    /// The counts.
    pub tally: &'a Tally,
}

/// One unit at or over the floor, while its results are made.
struct Counted<'a> {
    unit: &'a RegisterUnit,
    counts: Counts,
    indices: Option<Indices>,
    ratings: Vec<CriterionScore>,
    modes: Option<Vec<Shown<u32>>>,
    groups: Option<Vec<Shown<u32>>>,
}

/// Makes the results of a questionnaire.
#[must_use]
pub fn results(input: &ResultsInput<'_>) -> Results {
    let questionnaire = input.questionnaire;
    let floor = Floor::of(questionnaire.least_sheets);
    let mut counted: Vec<Counted<'_>> = input.units.iter().filter_map(|unit| count(input, floor, unit)).collect();
    let modes = cross(&mut counted, floor, |unit| modes_of(input.tally, unit), |unit, row| unit.modes = row);
    let named = |row: Vec<_>| (!input.groups.is_empty()).then(|| row.into_iter().take(input.groups.len()).collect());
    let groups = cross(&mut counted, floor, |unit| groups_of(input, unit), |unit, row| unit.groups = row.and_then(named));
    // Without units there are no totals, but every mode and group is still listed.
    let or_none = |totals: Vec<_>| totals.into_iter().chain(std::iter::repeat(None));
    let mut round = Counts::default();
    for unit in &counted {
        round.add(&unit.counts);
    }
    Results {
        questionnaire: questionnaire.id.clone(),
        version: questionnaire.version.clone(),
        definition_sha256: input.definition_sha256.to_owned(),
        audience: questionnaire.audience,
        rule: questionnaire.index,
        floor: floor.sheets(),
        contents: questionnaire.contents.iter().map(|content| content.code.clone()).collect(),
        factors: factor_heads(questionnaire),
        items: questionnaire.items.iter().filter(|item| !item.is_remark()).map(|item| item_head(questionnaire, item)).collect(),
        units: Coverage { shown: small(counted.len()), total: small(input.units.len()) },
        sheets: floor.count(round.sheets),
        modes: Mode::ALL.into_iter().zip(or_none(modes)).map(|(mode, sheets)| ModeTotal { mode, sheets }).collect(),
        groups: input.groups.iter().cloned().zip(or_none(groups)).map(|(group, sheets)| GroupTotal { group, sheets }).collect(),
        attributes: attributes(questionnaire, floor, &round),
        rating: officials::head(questionnaire),
        blocks: blocks(input.units).into_iter().map(|block| block_result(input, floor, block, &counted)).collect(),
    }
}

/// The counts and indices of a unit; none under the floor.
fn count<'a>(input: &ResultsInput<'_>, floor: Floor, unit: &'a RegisterUnit) -> Option<Counted<'a>> {
    let counts = input.tally.unit(unit.number);
    floor.count(counts.sheets)?;
    let indices = input.questionnaire.index.map(|rule| indices(input.questionnaire, rule, &counts, floor.sheets()));
    let ratings = officials::scores(input, unit.number);
    Some(Counted { unit, counts, indices, ratings, modes: None, groups: None })
}

/// Crosses the units with their modes or groups, gives each unit its row, and returns the totals.
fn cross<'a>(
    counted: &mut [Counted<'a>],
    floor: Floor,
    row: impl Fn(&RegisterUnit) -> Vec<u32>,
    keep: impl Fn(&mut Counted<'a>, Option<Vec<Shown<u32>>>),
) -> Vec<Option<Shown<u32>>> {
    let rows: Vec<Vec<u32>> = counted.iter().map(|unit| row(unit.unit)).collect();
    let Crossed { units, totals } = masking::crossed(&rows, floor);
    counted.iter_mut().zip(units).for_each(|(unit, row)| keep(unit, row));
    totals
}

fn modes_of(tally: &Tally, unit: &RegisterUnit) -> Vec<u32> {
    Mode::ALL.map(|mode| tally.sheets_where(unit.number, |cell| cell.mode == mode)).to_vec()
}

/// Sheets of each named group, then those of no named group: they are not printed, but the rule has to know of them.
fn groups_of(input: &ResultsInput<'_>, unit: &RegisterUnit) -> Vec<u32> {
    let sheets = |wanted: &dyn Fn(Cell) -> bool| input.tally.sheets_where(unit.number, wanted);
    let named = (0..=u16::MAX).zip(input.groups).map(|(group, _)| sheets(&|cell| cell.group == group));
    named.chain([sheets(&|cell| usize::from(cell.group) >= input.groups.len())]).collect()
}

fn block_result(input: &ResultsInput<'_>, floor: Floor, block: &str, counted: &[Counted<'_>]) -> BlockResult {
    let inside = || counted.iter().filter(|unit| unit.unit.block == block);
    let units = || input.units.iter().filter(|unit| unit.block == block);
    // A unit whose index is printed in whole percents stays out, or the mean of a few would print its decimals.
    let indices: Vec<Held> = inside().filter_map(|unit| floor.exact(&unit.indices.as_ref()?.overall)).collect();
    let maximum = input.questionnaire.index.map_or(0, |rule| rule.maximum_hundredths);
    let points: Vec<Held> = indices.iter().map(|index| component::points(maximum, *index)).collect();
    let total = small(units().count());
    let rated: Vec<Held> = inside().filter_map(|unit| officials::total(&unit.ratings)).collect();
    let mean = |values: &[Held]| UnitMean { value: Floor::mean(values), coverage: Coverage { shown: small(values.len()), total } };
    BlockResult {
        block: block.to_owned(),
        sheets: floor.count(inside().fold(0, |sum, unit| sum.saturating_add(unit.counts.sheets))),
        coverage: Coverage { shown: small(inside().count()), total },
        index: mean(&indices),
        component: mean(&points),
        officials: mean(&rated),
        units: units().map(|unit| unit_result(input.questionnaire, floor, unit, counted)).collect(),
    }
}

fn unit_result(questionnaire: &Questionnaire, floor: Floor, unit: &RegisterUnit, counted: &[Counted<'_>]) -> UnitResult {
    let counted = counted.iter().find(|counted| counted.unit.number == unit.number);
    UnitResult { unit: unit.code.clone(), figures: counted.and_then(|counted| figures::of(questionnaire, floor, counted)) }
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

/// What respondents of all counted units said about themselves.
fn attributes(questionnaire: &Questionnaire, floor: Floor, round: &Counts) -> Vec<AttributeResult> {
    let items = questionnaire.items.iter().zip(&round.items).filter(|(item, _)| item.role == Role::Attribute && !item.is_remark());
    let share = |count: Option<Shown<u32>>| floor.share(*count?.get(), round.sheets);
    let result = |(item, answers): (&Item, &ItemCounts)| {
        let no_answer = round.sheets.saturating_sub(answers.valid);
        let mut cells = if item.is_multiple() {
            choices_apart(&answers.options, no_answer, round.sheets, floor)
        } else {
            let cells: Vec<u32> = answers.options.iter().copied().chain([no_answer]).collect();
            masking::table(&cells, floor)
        };
        let no_answer = cells.pop().flatten();
        AttributeResult { code: item.code.clone(), options: cells.into_iter().map(share).collect(), no_answer: share(no_answer) }
    };
    items.map(result).collect()
}

/// Where several options may be chosen, each is a total of its own: those who chose it and those who did not.
fn choices_apart(options: &[u32], no_answer: u32, sheets: u32, floor: Floor) -> Vec<Option<Shown<u32>>> {
    let apart = |chosen: &u32| masking::table(&[*chosen, sheets.saturating_sub(*chosen)], floor).into_iter().next().flatten();
    options.iter().chain([&no_answer]).map(apart).collect()
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
