//! Refusals: what is not allowed, or not possible as things stand. Each has a code and its data; `words` has the sentences, and a front end
//! says what helps in its own terms: a command to type, or where to click. Pure.

use serde::Serialize;
use strum::VariantNames;

mod misread;

pub use misread::Misread;

use crate::printed::{self, Unfit};
use crate::round::RoundState;
use crate::round::steps::{ScorePart, Step};

/// Why something that somebody asked for is not done. Nothing is changed then, but where the sentence says what was: a round that is
/// published with its secret left, or that takes no more sheets while it cannot be closed yet; and what a letterbox's salvage counted stays
/// counted.
///
/// As JSON it is an object: `code` in words joined by hyphens, and its data by their names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[expect(missing_docs, reason = "data are named as in the sentences that name them: a round, a unit and a server by their codes and names")]
pub enum Refusal {
    /// A right is for some rounds or units only, and this concerns all rounds.
    RightNotForAll,
    /// A right is for other rounds, or for some units only, and this concerns a whole round.
    RightNotForRound { round: String },
    /// A right is for other rounds or units.
    RightNotForUnit { round: String, unit: String },
    /// There is no such round.
    NoRound { round: String },
    /// There is a round of this code already.
    RoundExists { round: String },
    /// A round does not go to a state from the one that it is in.
    RoundStep { round: String, state: String, to_state: RoundState, from_state: RoundState },
    /// A round that is to be closed is closed already.
    ClosedAlready { round: String },
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
    /// A table of some questionnaires would have no rows, such as indices of a form by which officials rate units; others would.
    NoRows { table: String, questionnaires: Vec<String>, others: Vec<String> },
    /// The round does not ask a questionnaire; it asks others.
    NotAsked { round: String, questionnaire: String, asked: Vec<String> },
    /// A questionnaire of the round has to be named, because it asks several, or none.
    QuestionnaireWanted { round: String, asked: Vec<String> },
    /// Only a draft is opened.
    NotDraft { round: String, state: RoundState },
    /// The window of a round ends before it begins.
    WindowReversed { round: String },
    /// The window of a round is over.
    WindowOver { round: String, end: String },
    /// A round asks no questionnaire and names no scheme.
    NoPurpose { round: String },
    /// A questionnaire asks about no unit.
    NoUnits { questionnaire: String },
    /// A questionnaire asks about units that are not there for all of the round's window.
    UnitsOutside { questionnaire: String, first_day: String, last_day: String, units: Vec<String> },
    /// There is no definition of a questionnaire.
    NoQuestionnaire { questionnaire: String },
    /// There is no definition of a scheme.
    NoSuchScheme { scheme: String },
    /// A scheme applies to blocks in which the register has no unit in the year that the round rates.
    SchemeWithoutUnits { scheme: String, blocks: Vec<String>, year: i32 },
    /// Two schemes score one block, which is one too many.
    ScoredTwice { scheme: String, other: String, block: String, year: i32 },
    /// Only a round that is a draft or open is extended.
    NotExtended { round: String, state: RoundState },
    /// A round runs that long already; to end earlier it is closed.
    RunsLonger { round: String, until: String },
    /// A new end has passed.
    EndPassed { end: String },
    /// The round has no seal.
    NoSeal { round: String },
    /// Only a round that is open or closing is brought under a seal.
    NotToSeal { round: String, state: String },
    /// A round that asks nothing has nothing to seal.
    NothingToSeal { round: String },
    /// Somebody else has said that no copy of the key is left, and results show that name.
    BurntBefore { round: String, who: String },
    /// The key of a round is needed until it is closed.
    KeyNeeded { round: String, state: RoundState },
    /// A round that was never sealed had no key.
    NothingToBurn { round: String },
    /// The round is under a seal already.
    SealedAlready { round: String, fingerprint: String },
    /// The private key of the round is wanted.
    KeyWanted { round: String, fingerprint: String },
    /// This is not the private key of the round.
    OtherKey { round: String, fingerprint: String },
    /// A round has a private key only while it is open or closing.
    NoKey { round: String, state: RoundState },
    /// Codes were used, and their secret is not there.
    SecretWanted { round: String },
    /// Codes were made with another secret than this.
    OtherSecret { round: String },
    /// The secret of the round's codes is not in its file.
    SecretMissing { round: String, file: String },
    /// The secret of the codes of a published round is not destroyed.
    SecretLeft { round: String, cause: String },
    /// A questionnaire that is not about units has no groups.
    NoGroups { questionnaire: String },
    /// A questionnaire has no such group; it has others.
    NoGroup { questionnaire: String, groups: Vec<String> },
    /// The unit has to be named that citizens are asked about.
    UnitAskedWanted,
    /// The respondents' own unit has to be named.
    OwnUnitWanted,
    /// The units of a group are fixed by the definition.
    UnitsFixed { group: String },
    /// The round does not ask about a unit in a questionnaire.
    UnitNotAsked { unit: String },
    /// A unit has none above it.
    NoParent { unit: String },
    /// A block has no unit, or more than one person rates.
    BlockSize { block: String, units: usize, most: usize },
    /// There is no such server; there are others.
    NoServer { server: String, known: Vec<String> },
    /// Servers have not reported that their letterboxes are empty; some may hold sheets.
    Unreported { round: String, servers: Vec<String>, holding: Vec<String> },
    /// More would be lost with the key than is given up: sheets and remarks that it does not open, rows that could not be read, and
    /// letterboxes.
    LostWithKey { round: String, in_all: u64, sheets: u64, rows: u64, letterboxes: u64, set_aside: Vec<SetAside>, left_out: Vec<String> },
    /// There is no room for closing, which writes all answers anew; how many megabytes that takes is known of a database in a file.
    NoRoomToClose { round: String, state: RoundState, cause: String, megabytes: Option<u64> },
    /// Answers of a closed round are not in the database file yet, so that its key is not destroyed.
    NotInFile { round: String, cause: String },
    /// Servers run, and none may.
    ServersRun { servers: Vec<String> },
    /// A server that is to be forgotten runs.
    ServerRuns { server: String },
    /// Sheets may wait with a server that is to be forgotten.
    ServerMayHold { server: String },
    /// A file is named as letterbox that is something else.
    NotALetterbox { file: String },
    /// There is no letterbox in a file.
    NoLetterbox { file: String },
    /// A server has the letterbox.
    LetterboxInUse { file: String },
    /// No round is open or closing, so that none has a key.
    NothingToSalvage,
    /// More than one round is open or closing.
    SeveralToSalvage { rounds: Vec<String> },
    /// A server is called like another one.
    ServerNameTaken { server: String },
    /// A server has just begun to run or to end.
    ServerMoves { server: String },
    /// Sheets of a file are in another round.
    FileElsewhere { round: String },
    /// A round shares a file of sheets with one that is published.
    FileShared { round: String, other: String },
    /// This very file was imported before.
    FileRepeated { sheets: String },
    /// The sheets of a file were imported before from another one.
    SheetsRepeated { sheets: String },
    /// All sheets of a file about some unit were imported before from another one.
    UnitRepeated,
    /// Files are known by another secret than that in the folder of keys, so that nobody can say whether one was in a round.
    FilesOtherSecret,
    /// A file of sheets changed while it was read.
    FileChanges,
    /// A file is not in the round, so that it cannot be taken out.
    FileNotImported,
    /// Files of single sheets keep other attributes.
    OtherAttributes { attributes: Vec<String>, who: String, chosen_day: String },
    /// There is no such attribute.
    NoAttribute { attribute: String, known: Vec<String> },
    /// Nobody has chosen yet which attributes files of single sheets keep.
    AttributesWanted { least: usize, all: bool, costs: Vec<Cost> },
    /// What was written leaves only of many sheets.
    FewRemarks { sheets: usize, units: usize, rated: bool },
    /// There is no such unit; where it may be said, `outside` stands for none.
    NoUnit { unit: String, outside: Option<String> },
    /// Somebody of a rated unit would be given single sheets alone.
    Alone { unit: String, who: String },
    /// The second person is the first.
    SamePerson,
    /// Two people are of one house.
    OneHouse { unit: String, other: String },
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
    /// A draft has no score sheets.
    ScoresOfDraft { round: String },
    /// The round names no scheme, so that it has no score sheets.
    NoScheme { round: String },
    /// What belongs to a published round is changed only to correct it.
    ScoresPublished { round: String, correcting: Correcting },
    /// The step that the round is in begins later.
    StepEarly { round: String, step: Step, first_day: String },
    /// The step that the round is in is over.
    StepLate { round: String, step: Step, last_day: String },
    /// The step that the round is in does not open a part; others do.
    PartNotOpen { step: Step, part: ScorePart, open_steps: Vec<Step> },
    /// No scheme of the round scores a unit.
    UnitNotScored { round: String, unit: String },
    /// The scheme of a unit has no such criterion.
    NoCriterion { round: String, unit: String, criterion: String },
    /// The points of a criterion come from a survey and need no evidence.
    Surveyed { criterion: String },
    /// A unit was merged from itself.
    OwnOrigin { unit: String },
    /// What should be the address of the service is none.
    NoSiteAddress { round: String },
    /// An address is longer than a code can carry.
    AddressTooLong { address: String },
    /// An address is not whole.
    LinkNotWhole,
    /// A text is empty, or means something else in a file.
    NoWords { text: PersonText },
    /// A text is longer than what is kept.
    TooLong { text: PersonText, characters: usize, most: usize },
    /// A text has signs that are not printed.
    ControlCharacters { text: PersonText },
    /// The name of a server has a comma, by which names are parted.
    ServerComma { server: String },
    /// A file of evidence is empty.
    FileEmpty { file: String },
    /// A file of evidence is larger than what is kept, in megabytes.
    FileTooLarge { file: String, most: u64 },
    /// The round plans no steps.
    NoSteps { round: String },
    /// Only publishing takes a round to its last step.
    LastStep { round: String },
    /// A step cannot follow the one that the round is in; others can.
    StepFollows { round: String, step: Step, next_step: Step, possible_steps: Vec<Step> },
    /// No days are planned for a step.
    NoDays { round: String, step: Step },
    /// A step would end before its first day.
    StepEndsBefore { step: Step, first_day: String, last_day: String },
    /// Somebody else has changed a round since it was read.
    Changed { round: String },
    /// Steps of the schema were not taken.
    Schema { steps: Vec<String> },
    /// A database has steps that this program does not know: a newer one has taken them.
    DatabaseNewer { steps: Vec<String> },
    /// There is no database file where one is looked for.
    NoDatabase { file: String },
    /// A step of the schema stays: what was published is kept for good.
    SchemaStays { rounds: Vec<String> },
    /// What is imported is read twice, and this is no file.
    NotAFile { file: String },
    /// The address of the database is not understood. No word of it is said: one may be of a password.
    DatabaseAddress { why: Misread },
    /// Another server has started with a copy of this letterbox.
    LetterboxCopied,
    /// A letterbox was written by a newer version.
    LetterboxNewer,
    /// Another process has a letterbox.
    LetterboxBusy { file: String },
    /// Somebody reads the letterbox, so that its log cannot be emptied.
    LetterboxRead,
    /// Somebody reads the database, so that its log cannot be emptied.
    DatabaseRead,
    /// A unit of the register is damaged.
    UnitDamaged { unit: String },
    /// A round is not there any more.
    RoundGone { questionnaire: String },
    /// Answers changed while they were read.
    AnswersChange,
    /// The database names another public key of a round than it did before.
    OtherSeal { fingerprint: String },
    /// A round is open that has no seal.
    Unsealed,
    /// A file of the folder of keys holds no secret.
    NoSecret { file: String },
    /// A folder is one in which everybody keeps things.
    EverybodysFolder,
    /// Other accounts may open a file or a folder, and it cannot be taken from them.
    OpenToOthers { cause: String, mode: String },
    /// A file of the folder of keys cannot be used.
    SecretUnusable { file: String, cause: String, next: Remedy },
}

impl Refusal {
    /// Whether what was asked is done all the same, as far as anybody knows: only what follows it could not be.
    #[must_use]
    pub fn may_be_done(&self) -> bool {
        matches!(self, Self::LetterboxRead | Self::DatabaseRead)
    }
}

/// What helps against a file that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Remedy {
    /// There has to be room.
    Room,
    /// This account has to be let in.
    Access,
    /// It is enough to do it again.
    Again,
    /// The cause has to be put right.
    Mend,
}

/// What is corrected of a published round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Correcting {
    /// Its score sheets.
    Sheets,
    /// Its targets.
    Targets,
    /// Figures that others computed.
    Figures,
}

/// A text of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PersonText {
    /// Name of a person or a server.
    Name,
    /// Why something is done.
    Reason,
    /// An address.
    Link,
    /// The name of a file.
    File,
    /// A full explanation in place of evidence.
    Explanation,
    /// All evidence of a criterion together.
    Evidence,
}

impl PersonText {
    /// One line of a person, as it is kept.
    ///
    /// # Errors
    /// When it has no words, signs that are not printed, or more characters than `most`.
    pub fn line(self, given: &str, most: usize) -> Result<String, Refusal> {
        printed::line(given, most).map_err(|why| match why {
            Unfit::NoWords => Refusal::NoWords { text: self },
            Unfit::TooLong(characters) => Refusal::TooLong { text: self, characters, most },
            Unfit::Hidden => Refusal::ControlCharacters { text: self },
        })
    }
}

/// Rows that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SetAside {
    /// The server in whose letterbox they are.
    pub server: String,
    /// How many.
    pub rows: u64,
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
