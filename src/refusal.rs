//! Refusals: what is not allowed, or not possible as things stand. Each has a code and its data; `words` has the sentences, and a front end says what
//! helps in its own terms: a command to type, or where to click. Pure.

use std::path::PathBuf;

use serde::Serialize;
use strum::VariantNames;

use crate::round::RoundState;
use crate::round::steps::Step;

/// Why something that somebody asked for is not done. Nothing is changed then.
///
/// As JSON it is an object: `code` in words joined by hyphens, and its data by their names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[expect(missing_docs, reason = "data are named as in the sentences that name them: a round, a unit and a server by their codes and names")]
pub enum Refusal {
    /// There is no such round.
    NoRound { round: String },
    /// There is a round of this code already.
    RoundExists { round: String },
    /// A round does not go to a state from the one that it is in.
    RoundStep { round: String, state: String, to_state: RoundState, from_state: RoundState },
    /// Only an open round takes this.
    NotOpen { round: String, state: String },
    /// Only a closed round is published.
    NotClosed { round: String, state: RoundState },
    /// Only a published round is corrected.
    NotPublished { round: String, state: RoundState },
    /// A draft has no sheets.
    NeverOpened { round: String },
    /// There are figures only after closing.
    NoFigures { round: String, state: RoundState },
    /// Figures that are not published yet are given only as a draft.
    DraftFigures { round: String },
    /// Single sheets leave only after closing.
    NoSheets { round: String, state: RoundState },
    /// The round has no scores, because it names no scheme.
    NoScores { round: String },
    /// The round does not ask a questionnaire; it asks others.
    NotAsked { round: String, questionnaire: String, asked: Vec<String> },
    /// The round has no seal.
    NoSeal { round: String },
    /// Only a round that is open or closing is brought under a seal.
    NotToSeal { round: String, state: String },
    /// A round that asks nothing has nothing to seal.
    NothingToSeal { round: String },
    /// The round is under a seal already.
    SealedAlready { round: String, fingerprint: String },
    /// The private key of the round is wanted.
    KeyWanted { round: String, fingerprint: String },
    /// This is not the private key of the round.
    OtherKey { round: String, fingerprint: String },
    /// The private key of the round is destroyed, or there was none yet.
    NoKey { round: String, state: RoundState },
    /// Codes were used, and their secret is not there.
    SecretWanted { round: String },
    /// Codes were made with another secret than this.
    OtherSecret { round: String },
    /// The secret of the round's codes is not in its file.
    SecretMissing { round: String, file: PathBuf },
    /// Servers have not reported that their letterboxes are empty.
    Unreported { round: String, servers: Vec<String> },
    /// A server is called like another one.
    ServerNameTaken { server: String },
    /// A server has just begun to run or to end.
    ServerMoves { server: String },
    /// Sheets of a file are in another round.
    FileElsewhere { round: String },
    /// A round shares a file of sheets with one that is published.
    FileShared { round: String, other: String, sheets: String, importer: Option<String> },
    /// This very file was imported before.
    FileRepeated { sheets: String },
    /// The sheets of a file were imported before from another one.
    SheetsRepeated { sheets: String },
    /// All sheets of a file about some unit were imported before from another one.
    UnitRepeated,
    /// A file is not in the round, so that it cannot be taken out.
    FileNotImported,
    /// Files of single sheets keep other attributes.
    OtherAttributes { attributes: Vec<String>, who: String, on: String },
    /// There is no such attribute.
    NoAttribute { attribute: String, known: Vec<String> },
    /// Nobody has chosen yet which attributes files of single sheets keep.
    AttributesWanted { least: usize, all: bool, costs: Vec<Cost> },
    /// What was written leaves only of many sheets.
    FewRemarks { sheets: usize, units: usize, rated: bool },
    /// There is no such unit.
    NoUnit { unit: String, outside: Option<String> },
    /// Somebody of a rated unit would be given single sheets alone.
    Alone { unit: String, who: String },
    /// The second person is the first.
    SamePerson,
    /// Two people are of one house.
    OneHouse { unit: String, other: String },
    /// A round that plans steps is published by somebody.
    Unsigned { round: String },
    /// A round that plans steps is published from its last one.
    NotApproved { round: String, step: Step, last_step: Step },
    /// There is nothing to correct.
    NothingPublished { round: String },
    /// A ranking that was imported is corrected by importing it anew.
    NotScored { round: String },
    /// A ranking that was made here is not corrected by importing one.
    NotImported { round: String },
    /// The scheme has nothing for some units.
    Unranked { units: Vec<String> },
    /// Cells of score sheets have no appraised score.
    Unscored { cells: usize, first: Vec<String> },
    /// Scores were entered for units that no scheme covers any more.
    Strays { round: String, units: Vec<String> },
    /// The round that changes are measured against has no published ranking.
    NoRanking { round: String, of: String },
    /// Somebody else has changed a round since it was read.
    Changed { round: String },
    /// Steps of the schema were not taken.
    Schema { steps: Vec<String> },
}

/// What files of single sheets would lose by keeping some attributes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cost {
    /// The attributes, by their codes.
    pub attributes: Vec<String>,
    /// The percentage of their values that would be suppressed.
    pub values: String,
    /// The percentage of sheets of which some value would be.
    pub sheets: String,
}
