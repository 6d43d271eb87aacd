//! Scores, ranks and targets of formats 1 and 2, as [`crate::scoring::ranking`] was when they were published. A correction writes them
//! again.
//!
//! They did not say how points came about: [`crate::scoring::ranking::explain`] works that out where their schemes are read.

use serde::{Deserialize, Serialize};

use super::turning::{Today, frozen};
use crate::round::steps::ScorePart;
use crate::scheme::TieRule;
use crate::scoring::decimal::Held;
use crate::scoring::disclosure::SheetsTold;
use crate::scoring::ranking::{self as today, CellState, Origin};
use crate::scoring::sheet;
use crate::scoring::targets::{self, Outcome, TargetSubject};
use crate::unit::UnitCode;

// Blocks and their heads.
frozen! {
    both Ranking = today::Ranking { previous: Option<PreviousRound>, blocks: Vec<BlockRanking>, targets: Vec<TargetResult> }
    both PreviousRound = today::PreviousRound { round: String, year: i32, sha256: String }
    grown BlockRanking = today::BlockRanking {
        block: String,
        scheme: Option<String>,
        tie_rule: TieRule,
        bands: Vec<BandHead>,
        fields: Vec<FieldHead>,
        leaves: Vec<LeafHead>,
        mean: Option<Held>,
        units: Vec<RankedUnit>,
    } and { criteria: Vec::new() }
    both BandHead = today::BandHead { code: String, from: Held }
    both FieldHead = today::FieldHead { code: String, maximum: Option<Held>, mean: Option<Held> }
    grown LeafHead = today::LeafHead { code: String, field: String, maximum: Held, from: Origin } and { criterion: String::new() }
}

// Units and their standing.
frozen! {
    grown RankedUnit = today::RankedUnit {
        unit: UnitCode,
        status: UnitStatus,
        standing: Option<Standing>,
        cells: Vec<CellResult>,
    } and { criteria: Vec::new(), unranked: None }
    grown Standing = today::Standing {
        rank: u32,
        index: Option<Held>,
        score: Option<ScoreSums>,
        band: Option<String>,
        fields: Vec<FieldScore>,
        before: Option<Before>,
    } and { list: today::RankList::Block }
    grown ScoreSums = today::ScoreSums {
        points: Held,
        maximum: Held,
        base_points: Held,
        base_index: Held,
        bonus: Held,
        penalty: Held,
        clamped: bool,
        rescaled: bool,
        missing: u32,
    } and { reached_points: Held::default(), reached_maximum: Held::default() }
    both FieldScore = today::FieldScore { points: Option<Held>, maximum: Option<Held>, index: Option<Held>, rank: Option<u32> }
    grown Before = today::Before { rank: u32, index: Option<Held>, fields: Vec<Option<Held>> } and { score: None }
}

// Cells of score sheets.
frozen! {
    grown CellResult = today::CellResult {
        points: Option<Held>,
        state: CellState,
        #[serde(rename = "self", default, skip_serializing_if = "Option::is_none")]
        self_score: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        evidence: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        appraised: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        explanation: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        second: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        council: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        survey: Option<Surveyed>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        changes: Vec<Change>,
    } and { maximum: Held::default(), counts: None, worked: None }
    both Surveyed = sheet::Surveyed { percent: Held, sheets: SheetsTold }
    both Change = sheet::Change { part: ScorePart, from: Option<String>, to: String, who: String, on: String, why: String }
}

// Targets.
frozen! {
    both Target = targets::Target {
        unit: Option<UnitCode>,
        plan: String,
        year: i32,
        index: String,
        scope: String,
        aim: Aim,
        source: String,
    }
    both Attained = targets::Attained {
        value: Option<Held>,
        rank: Option<u32>,
        previous_rank: Option<u32>,
        group: Option<String>,
        source: Option<String>,
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct TargetResult {
    #[serde(flatten)]
    target: Target,
    attained: Option<Attained>,
    outcome: Outcome,
    by: Option<String>,
}

/// What it is on was not made out; of which field it is, only the schemes know.
impl Today<targets::TargetResult> for TargetResult {
    fn today(self) -> targets::TargetResult {
        let target: targets::Target = self.target.today();
        let subject = TargetSubject::of(&target.index, &target.scope, &[]);
        targets::TargetResult { target, subject, attained: self.attained.today(), outcome: self.outcome, by: self.by }
    }
}

impl Today<TargetResult> for targets::TargetResult {
    fn today(self) -> TargetResult {
        TargetResult { target: self.target.today(), attained: self.attained.today(), outcome: self.outcome, by: self.by }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum UnitStatus {
    Normal,
    New,
    Merged { from: Vec<UnitCode> },
    Exempt,
}

impl Today<today::UnitStatus> for UnitStatus {
    fn today(self) -> today::UnitStatus {
        match self {
            Self::Normal => today::UnitStatus::Normal,
            Self::New => today::UnitStatus::New,
            Self::Merged { from } => today::UnitStatus::Merged { from },
            Self::Exempt => today::UnitStatus::Exempt,
        }
    }
}

impl Today<UnitStatus> for today::UnitStatus {
    fn today(self) -> UnitStatus {
        match self {
            Self::Normal => UnitStatus::Normal,
            Self::New => UnitStatus::New,
            Self::Merged { from } => UnitStatus::Merged { from },
            Self::Exempt => UnitStatus::Exempt,
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Aim {
    ValueAtLeast(Held),
    ValueAbove(Held),
    ValueEqual(Held),
    RankAtMost(u32),
    GroupEqual(String),
    RankChangeAtLeast(u32),
    NotStated(String),
}

impl Today<targets::Aim> for Aim {
    fn today(self) -> targets::Aim {
        match self {
            Self::ValueAtLeast(aim) => targets::Aim::ValueAtLeast(aim),
            Self::ValueAbove(aim) => targets::Aim::ValueAbove(aim),
            Self::ValueEqual(aim) => targets::Aim::ValueEqual(aim),
            Self::RankAtMost(aim) => targets::Aim::RankAtMost(aim),
            Self::GroupEqual(aim) => targets::Aim::GroupEqual(aim),
            Self::RankChangeAtLeast(aim) => targets::Aim::RankChangeAtLeast(aim),
            Self::NotStated(words) => targets::Aim::NotStated(words),
        }
    }
}

impl Today<Aim> for targets::Aim {
    fn today(self) -> Aim {
        match self {
            Self::ValueAtLeast(aim) => Aim::ValueAtLeast(aim),
            Self::ValueAbove(aim) => Aim::ValueAbove(aim),
            Self::ValueEqual(aim) => Aim::ValueEqual(aim),
            Self::RankAtMost(aim) => Aim::RankAtMost(aim),
            Self::GroupEqual(aim) => Aim::GroupEqual(aim),
            Self::RankChangeAtLeast(aim) => Aim::RankChangeAtLeast(aim),
            Self::NotStated(words) => Aim::NotStated(words),
        }
    }
}
