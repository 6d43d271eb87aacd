//! Figures of surveys of format 1, as [`crate::scoring::results`] was when they were published.

use crate::publication::format::turning::frozen;
use crate::scoring::decimal::Held;
use crate::scoring::disclosure::{self as today, Percent, Shown};
use crate::scoring::results;
use crate::survey::mode::Mode;
use crate::survey::rating::Combination;
use crate::survey::{Aggregation, Audience, IndexRule, ItemValue};
use crate::unit::UnitCode;

// What is shown of respondents.
frozen! {
    shown Share = today::Share { percent: Percent, count: Option<u32> }
    shown Figure = today::Figure { percent: Percent, held: Option<Held> }
    shown Points = today::Points { printed: String, held: Option<Held> }
    shown Fraction = today::Fraction { given: u64, of: u64 }
}

// Heads: what the definition says.
frozen! {
    read Rule = IndexRule { item_value: ItemValue, aggregation: Aggregation, maximum_hundredths: u32 };
    read RatingHead = results::RatingHead { combination: Combination, criteria: Vec<CriterionHead> };
    read CriterionHead = results::CriterionHead { code: String, maximum: String, weights: Vec<u8> };
    read FactorHead = results::FactorHead { code: String, content: String };
    read ItemHead = results::ItemHead { code: String, attribute: bool, multiple: bool, factor: Option<String>, options: Vec<String> };
}

// The whole, and what is said of it.
frozen! {
    read Results = results::Results {
        questionnaire: String,
        version: String,
        definition_sha256: String,
        audience: Audience,
        rule: Option<Rule>,
        floor: u32,
        contents: Vec<String>,
        factors: Vec<FactorHead>,
        items: Vec<ItemHead>,
        units: Coverage,
        sheets: Option<Shown<u32>>,
        modes: Vec<ModeTotal>,
        groups: Vec<GroupTotal>,
        attributes: Vec<AttributeResult>,
        rating: Option<RatingHead>,
        blocks: Vec<BlockResult>,
    } and {
        // Totals by mode were over all units with figures, and nothing more was said of them.
        mode_units: results::Coverage { shown: 0, total: 0 }
    };
    read Coverage = results::Coverage { shown: u32, total: u32 };
    read ModeTotal = results::ModeTotal { mode: Mode, sheets: Option<Shown<u32>> };
    read GroupTotal = results::GroupTotal { group: String, sheets: Option<Shown<u32>> };
    read AttributeResult = results::AttributeResult {
        code: String,
        options: Vec<Option<Shown<Share>>>,
        no_answer: Option<Shown<Share>>,
    };
    read BlockResult = results::BlockResult {
        block: String,
        sheets: Option<Shown<u32>>,
        coverage: Coverage,
        index: UnitMean,
        component: UnitMean,
        officials: UnitMean,
        units: Vec<UnitResult>,
    };
    read UnitMean = results::UnitMean { value: Option<Shown<String>>, coverage: Coverage };
}

// One unit.
frozen! {
    read UnitResult = results::UnitResult { unit: UnitCode, figures: Option<UnitFigures> };
    read UnitFigures = results::UnitFigures {
        sheets: Shown<u32>,
        index: Option<IndexResult>,
        component: Option<Shown<Points>>,
        contents: Vec<PartResult>,
        factors: Vec<PartResult>,
        items: Vec<ItemResult>,
        criteria: Vec<CriterionResult>,
        officials: Option<Shown<Points>>,
        modes: Option<Vec<Shown<u32>>>,
        groups: Option<Vec<Shown<u32>>>,
    };
    read IndexResult = results::IndexResult { figure: Option<Shown<Figure>>, used: u32, total: u32 };
    read PartResult = results::PartResult { code: String, index: IndexResult };
    read ItemResult = results::ItemResult {
        code: String,
        valid: Option<Shown<u32>>,
        figure: Option<Shown<Figure>>,
        fraction: Option<Shown<Fraction>>,
        options: Vec<Shown<Share>>,
        no_opinion: Option<Shown<Share>>,
        skipped: Option<Shown<Share>>,
        not_shown: Option<Shown<Share>>,
    };
    read CriterionResult = results::CriterionResult {
        criterion: String,
        sheets: Option<Shown<u32>>,
        points: Option<Shown<Points>>,
        distribution: Vec<Shown<Share>>,
        groups: Vec<GroupRatings>,
    };
    read GroupRatings = results::GroupRatings {
        group: String,
        weight: u32,
        used: bool,
        sheets: Option<Shown<u32>>,
        share: Option<Shown<Figure>>,
        distribution: Vec<Shown<Share>>,
    } and { with: Vec::new() };
}
