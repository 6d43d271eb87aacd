//! `distributions`: the share of every option, for the round where it is about respondents, for each unit where it is about the unit.

use std::io;

use super::bilingual::Label;
use super::column::ColumnKind::{Answer, Code, Count, Decimal, Text, Whole};
use super::column::DecimalUnit::Percent;
use super::column::{Column, KnownCodes, Meaning};
use super::missing::{self, HIDDEN};
use super::table::TableWriter;
use super::value::Value;
use super::{ColumnHead, provenance};
use crate::publication::document::Section;
use crate::scoring::disclosure::{Share, SheetsTold, Shown};
use crate::scoring::results::{ItemHead, Results, UnitFigures};

const COLUMNS: [ColumnHead; 13] = [
    ("block", Text),
    ("unit", Text),
    ("unit_name_vi", Text),
    ("unit_name_en", Text),
    ("level", Code(LEVELS)),
    ("item", Text),
    ("several", Code(KnownCodes::YES_NO)),
    (OPTION, Answer),
    ("percent", Decimal(Percent)),
    ("count", Whole),
    ("n", Count),
    ("of", Code(WHICH)),
    ("hidden", Code(missing::WHY)),
];

/// What a share is a part of.
pub(super) const VALID: &str = "valid-answers";
pub(super) const SHEETS: &str = "sheets";

/// What a row is about: respondents of the whole round, or a unit.
const LEVELS: KnownCodes = KnownCodes::of("columns-code-", &["round", "unit"]);

/// Which answers or sheets a share is a part of.
const WHICH: KnownCodes = KnownCodes::of("columns-code-", &[VALID, SHEETS]);

/// The column of what was answered.
const OPTION: &str = "option";

/// Answers beside the options of an item.
const NO_ANSWER: &str = "no-answer";
const NO_OPINION: &str = "no-opinion";
const SKIPPED: &str = "skipped";
const NOT_SHOWN: &str = "not-shown";

/// What stands among the options of an item, with the keys of its words.
pub(super) const BESIDE_OPTIONS: [(&str, &str); 4] =
    [(NO_ANSWER, "results-no-answer"), (NO_OPINION, "unit-no-opinion"), (SKIPPED, "unit-skipped"), (NOT_SHOWN, "unit-not-shown")];

/// The columns of the table.
pub(super) fn columns() -> Vec<Column> {
    let beside = || BESIDE_OPTIONS.map(|(code, key)| Meaning::of(code, Label::by(key)));
    let told = |column: Column| if column.name == OPTION { column.with_labels(beside()) } else { column };
    super::columns(&COLUMNS).into_iter().map(told).collect()
}

/// Writes the rows of the table.
pub(super) fn write(sections: &[Section<'_>], table: &mut TableWriter<'_>) -> io::Result<()> {
    for section in sections {
        let (provenance, units, results) = (provenance::of_section(section), super::units_by_code(section.document), section.results);
        table.lead(provenance.iter().cloned().chain([Value::Empty, Value::Empty, Value::Empty, Value::Empty, Value::lent("round")]));
        for head in results.items.iter().filter(|item| item.attribute) {
            put(table, head, &of_round(results, head))?;
        }
        for (block, unit) in results.all_units() {
            table.lead(super::unit_cells(&units, &provenance, block, unit).into_iter().chain([Value::lent("unit")]));
            for head in results.items.iter().filter(|item| !item.attribute) {
                put(table, head, &of_unit(head, unit.figures.as_ref()))?;
            }
        }
    }
    Ok(())
}

fn put(table: &mut TableWriter<'_>, head: &ItemHead, shares: &[ShareRow<'_>]) -> io::Result<()> {
    shares.iter().try_for_each(|row| {
        let [percent, count, n, of] = row.cells();
        let about = [Value::lent(&head.code), Value::yes(head.multiple), Value::lent(row.option)];
        let hidden = Value::lent(if row.share.is_none() { HIDDEN } else { "" });
        table.row(&about.into_iter().chain([percent, count, n, of, hidden]).collect::<Vec<_>>())
    })
}

/// The share of one answer, as table and workbook have it.
pub(super) struct ShareRow<'a> {
    /// The code of the answer.
    pub(super) option: &'a str,
    pub(super) share: Option<Shown<Share>>,
    /// How many answers or sheets it is a part of.
    n: Option<Shown<SheetsTold>>,
    /// Which these are.
    of: &'static str,
}

impl ShareRow<'_> {
    /// Share, count, what it is a part of, and which these are.
    pub(super) fn cells(&self) -> [Value<'static>; 4] {
        let count = Value::whole(self.share.and_then(|share| share.get().count));
        [Value::percent(self.share.map(|share| share.get().percent)), count, Value::sheets(self.n), Value::lent(self.of)]
    }
}

/// What respondents said about themselves, in the whole round.
pub(super) fn of_round<'a>(results: &Results, head: &'a ItemHead) -> Vec<ShareRow<'a>> {
    let attribute = results.attributes.iter().find(|attribute| attribute.code == head.code);
    let row = |option, share| ShareRow { option, share, n: results.sheets, of: SHEETS };
    let share = |place: usize| attribute.and_then(|attribute| attribute.options.get(place).copied().flatten());
    let options = head.options.iter().enumerate().map(|(place, code)| row(code, share(place)));
    options.chain([row(NO_ANSWER, attribute.and_then(|attribute| attribute.no_answer))]).collect()
}

/// What was answered about a unit.
pub(super) fn of_unit<'a>(head: &'a ItemHead, figures: Option<&UnitFigures>) -> Vec<ShareRow<'a>> {
    let item = figures.and_then(|figures| figures.items.iter().find(|item| item.code == head.code));
    let valid = item.and_then(|item| item.valid);
    let option = |(place, code): (usize, &'a String)| ShareRow {
        option: code,
        share: item.and_then(|item| item.options.get(place).copied()),
        n: valid,
        of: VALID,
    };
    // Under the floor of the item its other sheets are not spoken of either.
    let sheets = valid.and(figures).map(|figures| figures.sheets);
    let beside = [
        (NO_OPINION, item.and_then(|item| item.no_opinion)),
        (SKIPPED, item.and_then(|item| item.skipped)),
        (NOT_SHOWN, item.and_then(|item| item.not_shown)),
    ];
    let beside = beside.map(|(option, share)| ShareRow { option, share, n: sheets, of: SHEETS });
    head.options.iter().enumerate().map(option).chain(beside).collect()
}
