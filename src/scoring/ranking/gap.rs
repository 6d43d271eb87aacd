//! What an index lacks of surveys: points that are in neither its points nor its maximum, so that it looks like an index of everything.

use serde::{Deserialize, Serialize};
use strum::{EnumIter, IntoStaticStr, VariantNames};

use super::{BlockRanking, CellResult, CellState, LeafHead, RankedUnit};
use crate::scoring::decimal::Held;

/// How an index came about without all points of surveys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, IntoStaticStr, VariantNames, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum SurveyGap {
    /// Without any, and the other points were brought to the full maximum.
    RescaledWithout,
    /// Without some of them, and the other points were brought to the full maximum.
    RescaledInPart,
    /// Without any.
    Without,
    /// Without some of them.
    InPart,
}

impl SurveyGap {
    /// Its code, as tables have it.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.into()
    }
}

impl CellResult {
    /// Whether a survey had no points to give and its maximum went with them. Where the scheme lets them be lost, the maximum stays.
    fn is_left_out(&self) -> bool {
        matches!(self.state, CellState::NoSurvey | CellState::FewSheets) && self.maximum == Held::default()
    }
}

/// What an index lacks that was made of these cells; `rescaled` where points were brought to the full maximum for want of a survey.
pub(super) fn gap_of(leaves: &[LeafHead], cells: &[CellResult], rescaled: bool) -> Option<SurveyGap> {
    let fed = || leaves.iter().zip(cells).filter(|(leaf, _)| leaf.is_surveyed()).map(|(_, cell)| cell);
    let has_some = fed().any(|cell| cell.state == CellState::Counted);
    match (rescaled, fed().any(CellResult::is_left_out)) {
        (true, _) => Some(if has_some { SurveyGap::RescaledInPart } else { SurveyGap::RescaledWithout }),
        (false, true) => Some(if has_some { SurveyGap::InPart } else { SurveyGap::Without }),
        (false, false) => None,
    }
}

impl BlockRanking {
    /// What the index of a unit lacks of surveys; none where it lacks nothing, or there is no score that would say.
    #[must_use]
    pub fn gap(&self, unit: &RankedUnit) -> Option<SurveyGap> {
        let scored = || gap_of(&self.leaves, &unit.cells, unit.standing.as_ref()?.score.as_ref()?.rescaled);
        unit.unranked.or_else(scored)
    }
}
