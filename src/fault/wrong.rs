//! What may be wrong in a file that people bring.

use serde::{Deserialize, Serialize};
use strum::VariantNames;

use crate::round::steps::Step;

/// What is wrong at a place of a file.
///
/// As JSON it is an object: `code` in words joined by hyphens, and its data by their names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, VariantNames)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[expect(missing_docs, reason = "data are named as in the sentences that name them: a unit and a criterion by their codes")]
pub enum Wrong {
    /// What stands here does not fit, whatever it is.
    Unfit,
    /// It cannot be read, from the start or after a row.
    Unreadable { row: Option<u64>, cause: String },
    /// It has no byte.
    EmptyFile,
    /// It is larger than what is read.
    LargeFile { row: u64, megabytes: u64 },
    /// A row does not end.
    EndlessRow { row: u64 },
    /// It is no table.
    NoTable { row: u64, cause: String },
    /// Columns are parted by something else than commas.
    NoCommas,
    /// There are more columns than are read.
    ManyColumns { most: usize },
    /// A row has more or fewer cells than there are columns.
    CellCount { cells: usize, columns: usize },
    /// A cell is no text in UTF-8.
    NoUtf8Cell,
    /// There is no row under the header.
    NoRows,
    /// A column is there twice.
    ColumnTwice,
    /// There is no such column; there are others.
    UnknownColumn { known: Vec<String> },
    /// A column is missing; where it may be, its cells can be empty.
    ColumnMissing { may_be_empty: bool },
    /// A cell is empty that may not be.
    EmptyCell,
    /// This is no code.
    NoCode { given: String },
    /// This is no day.
    NoDate { given: String },
    /// This is neither a day nor a time with its offset.
    NoMoment { given: String },
    /// This is no year that is rated.
    NoYear { given: String },
    /// This is no number.
    NoNumber { given: String },
    /// This is no rank.
    NoRank { given: String },
    /// A name is empty or too long.
    NameLength { most: usize },
    /// A name is not one line of signs that are printed.
    NameLine,
    /// A text is longer than what is kept.
    LongText { characters: usize, most: usize },
    /// A text has signs that are not printed.
    HiddenSigns,

    /// There is no unit under the header.
    NoUnits,
    /// There are more units than are read.
    ManyUnits { most: usize },
    /// A unit stands there already.
    UnitTwice { unit: String, row: Option<u64> },
    /// A unit is neither in the file nor in the register.
    UnitNowhere { unit: String },
    /// There is no such unit.
    NoUnit { unit: String },
    /// A unit stands above itself.
    ParentCircle { path: String },
    /// A unit is merged into itself.
    MergerCircle { path: String },
    /// A unit ends before it begins.
    EndsBefore { to: String, from: String },
    /// It is not said until when a unit existed that was merged.
    EndWanted { other: String },

    /// A review lacks one of its columns.
    ReviewColumns { columns: Vec<String> },
    /// There is no such remark.
    NoRemark,
    /// A remark is there twice.
    RemarkTwice,
    /// It is not said whether a remark is kept.
    Undecided,
    /// This is not what was written.
    OtherWords { blank: String },
    /// Remarks are missing.
    RemarksMissing { remarks: usize },

    /// There is no sheet with an answer.
    NoSheets,
    /// A questionnaire has no such item.
    NoItemOfColumn { questionnaire: String },
    /// The column of the unit is missing.
    UnitColumnMissing,
    /// An item has no column.
    ItemColumnMissing,
    /// A unit was merged into another one.
    UnitMerged { unit: String, other: String },
    /// The round does not ask about a unit in this questionnaire.
    UnitNotAsked { unit: String },
    /// The unit is not named.
    UnitWanted,
    /// This is no group of the definition.
    GroupWanted { groups: Vec<String> },
    /// A group is no code.
    GroupNoCode,
    /// There is no such item.
    NoItem,
    /// This is none of the options of an item.
    NotAnOption { options: Vec<String>, several: bool, no_opinion: bool },
    /// An item takes one answer.
    OneAnswer,
    /// "No opinion" stands beside other answers.
    NoOpinionBeside,
    /// An item does not offer "no opinion".
    NoOpinionNotOffered,
    /// What was written is too long.
    LongAnswer { most: usize },
    /// Sheets with codes do not come by file.
    ModeOfCodes { known: Vec<String> },
    /// There is no such mode.
    NoMode { known: Vec<String> },
    /// A label is too long, or not one line.
    UnfitLabel { most: usize },
    /// It is not said in one of the ways there are whether somebody has worked with a unit.
    NoMark,
    /// Somebody who has not worked with a unit has answered.
    AnsweredNevertheless,

    /// A unit is not scored in the round.
    UnitNotScored { unit: String },
    /// There is no such criterion.
    NoCriterion { criterion: String },
    /// Points are entered for what is below a field.
    IsField { criterion: String },
    /// Points are entered for the sub-criteria of a criterion.
    HasParts { criterion: String },
    /// A criterion of a unit has a row already.
    CriterionTwice { unit: String, criterion: String },
    /// What does not apply has a score beside it.
    NotApplicableBeside { mark: String },
    /// A criterion was left out for this unit.
    LeftOut { criterion: String, mark: String },
    /// Points come from a survey.
    Surveyed { criterion: String },
    /// A criterion does not apply to a block.
    NotOfBlock { criterion: String },
    /// There are more points than the maximum.
    ManyPoints { given: String, maximum: String },
    /// The scheme does not allow so many points.
    ImpossiblePoints { given: String, possible: Vec<String> },
    /// A statistic has no such option.
    NoOptionOfStatistic { given: String, possible: Vec<String> },
    /// A mark may part thousands or the places behind the point.
    ThousandsMark { given: String, whole: String, decimal: String },
    /// The step that the round is in does not open a column.
    PartNotOpen { step: Step, column: String, open_steps: Vec<Step> },

    /// There is no such type of target.
    NoTargetType { given: String, known: Vec<String> },
    /// A figure stands there already.
    FigureTwice,
    /// This is no code of a block.
    NoBlock { given: String },
    /// An index is above 100.
    IndexAbove,

    /// This does not begin as the address of a site does.
    SiteScheme { given: String },
    /// This has no host, or names a user.
    SiteHost { given: String },
    /// Something stands behind the host of a site.
    SitePath { given: String },
    /// A text is empty, too long, or not one line of words.
    OneLine { most: usize },
    /// A contact has more lines than it may.
    ManyLines { most: usize },
    /// A block has no name that could be printed.
    NamelessBlock { block: String },
    /// An emblem is no plain file in the folder of the round file.
    LogoPlace,
    /// An emblem is neither a drawing nor a picture.
    LogoKind,
    /// An emblem is larger than it may be.
    LogoLarge { kilobytes: usize },
    /// An emblem is cut off, or not well formed.
    LogoBroken,
    /// A picture is wider or higher than it may be.
    LogoPoints { most: u32 },
    /// A drawing does not say how wide and high it is.
    LogoViewBox,
    /// A drawing has something in it that does more than show.
    LogoPart { part: String },
    /// A drawing fetches something from elsewhere.
    LogoReference { given: String },

    /// A round file is larger than what is read.
    LargeText { most: usize },
    /// A file is no text in UTF-8.
    NoUtf8,
    /// A text is no TOML, or has not the keys of its format.
    NoToml { cause: String },
    /// This is no id of a round.
    RoundId,
    /// This id is a word of addresses.
    RoundIdReserved { given: String },
    /// A round rates no such year.
    YearRange { least: i64, most: i64 },
    /// A round would close before it opens.
    ClosesBefore,
    /// A round asks nothing and has no scheme.
    NoPurpose,
    /// A round asks more questionnaires than it may.
    ManyQuestionnaires { most: usize },
    /// This is no id of a questionnaire.
    QuestionnaireId,
    /// A questionnaire stands there already.
    QuestionnaireTwice { questionnaire: String },
    /// It is not said which units a questionnaire asks about.
    UnitsWanted { questionnaire: String },
    /// A unit is not there for all of the round's window.
    UnitOutside(Box<NotThere>),
    /// A block has no unit in the window.
    NoUnitsOfBlock { block: String, known: Vec<String> },
    /// This is no id of a scheme.
    SchemeId,
    /// A scheme stands there already.
    SchemeTwice { scheme: String },
    /// Changes are measured against another round.
    OtherRoundWanted,
    /// A round without schemes plans steps.
    StepsWithoutSchemes,
    /// There is no such step.
    NoStep { given: String, known: Vec<String> },
    /// A step would close before it opens.
    StepClosesBefore,
    /// A step does not follow the one before it.
    StepDisorder { step: Step },
    /// The first step is another one.
    FirstStep { first: String },
}

/// A unit that is not there for all of a window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotThere {
    /// Its code.
    pub unit: String,
    /// Since when or until when it is not there.
    pub why: WhyOutside,
    /// The day of that.
    pub day: Option<String>,
    /// The first day of the window.
    pub first_day: String,
    /// Its last day.
    pub last_day: String,
    /// The code of the unit that has its work, and is there.
    pub instead: Option<String>,
}

/// Why a unit is not there for all of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhyOutside {
    /// It ended before.
    Ended,
    /// It begins later.
    Begins,
    /// It never was.
    Never,
}
