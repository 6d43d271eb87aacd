//! What may be wrong in a definition file: each flaw with its data, under the code that is printed with it.

use serde::Serialize;
use strum::VariantNames;

use super::FaultCode;
use super::data::{FoundValue, Later, Many, Stray, Summed, Thing, WantedValue};

/// Writes the enumeration and the code of each flaw, from one table.
macro_rules! flaws {
    ($($code:ident { $($(#[$meaning:meta])* $name:ident $({ $($datum:ident: $kind:ty),* })?,)* })*) => {
        /// What is wrong at a place of a definition file.
        ///
        /// As JSON it is an object: `code` in words joined by hyphens, and its data by their names.
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, VariantNames)]
        #[serde(tag = "code", rename_all = "kebab-case")]
        #[strum(serialize_all = "kebab-case")]
        #[expect(missing_docs, reason = "data are named as in the sentences that name them: words of the file, cut to length")]
        pub enum Flaw {
            $($($(#[$meaning])* $name $({ $($datum: $kind),* })?,)*)*
        }

        impl Flaw {
            /// The code that is printed with it.
            #[must_use]
            pub fn code(&self) -> FaultCode {
                match self { $($(Self::$name { .. } => FaultCode::$code,)*)* }
            }
        }
    };
}

flaws! {
    Unreadable {
        /// It cannot be read.
        Unreadable { cause: String },
        /// A line is no text in UTF-8.
        NotUtf8 { line: usize },
        /// A folder has no definition files.
        EmptyFolder,
    }
    FileTooLarge {
        /// It is larger than what is read.
        LargeFile { bytes: usize, most: usize },
    }
    Syntax {
        /// It is no TOML.
        NoToml { cause: String },
    }
    UnknownKey {
        /// A table, or the file, has a key that the format does not know.
        UnknownKey { table: Option<String>, key: String, meant: Option<String>, known: Vec<String> },
    }
    MissingKey {
        /// A table, or the file, lacks a key.
        MissingKey { table: Option<String>, key: String },
    }
    WrongType {
        /// A value is of another type.
        WrongType { key: String, wanted: WantedValue, found: FoundValue },
        /// A value cannot be read.
        Unread { cause: String },
    }
    UnknownWord {
        /// A key takes certain words only.
        UnknownWord { key: String, given: String, meant: Option<String>, possible: Vec<String> },
    }
    TooMany {
        /// There are too many of something.
        TooMany { count: usize, things: Many, most: usize },
        /// There are too many fields or criteria.
        ManyCriteria { fields: usize, criteria: usize, most_fields: usize, most: usize },
    }
    EmptyText {
        /// A text has no words.
        EmptyText { key: Option<&'static str> },
    }
    TextTooLong {
        /// A text is too long.
        LongText { key: Option<&'static str>, characters: usize, most: usize },
    }
    HiddenCharacter {
        /// A text has a sign that is not printed.
        HiddenCharacter { key: Option<&'static str>, character: String },
    }
    BadLanguages {
        /// This is no language.
        NoLanguage { given: String },
        /// A language stands there already.
        LanguageTwice { given: String },
        /// A language is missing that every file has.
        LanguageWanted { wanted: &'static str },
    }
    MissingLanguage {
        /// A text lacks languages.
        WordsMissing { languages: Vec<String> },
        /// Words of the format itself are in the first two languages only.
        LabelMissing { key: &'static str, vi: String, en: String, languages: Vec<String> },
    }
    UndeclaredLanguage {
        /// The file does not name this language.
        UndeclaredLanguage { given: String },
    }
    BadCode {
        /// This is no code.
        BadCode { thing: Thing, given: String },
    }
    DuplicateCode {
        /// A code stands there already.
        CodeTwice { thing: Thing, given: String, line: usize },
    }
    ReservedCode {
        /// A code has a meaning of its own.
        ReservedCode { thing: Thing, given: String },
    }
    ItemWithoutScale {
        /// An item of kind `scale` names none.
        ScaleWanted { item: String },
    }
    TooFewOptions {
        /// There are fewer than two options.
        FewOptions { owner: String, count: usize },
    }
    KeyDoesNotFitKind {
        /// An item of this kind cannot have a key, or options.
        UnfitKey { item: String, key: Option<&'static str> },
    }
    TwoWriteIns {
        /// A second option takes own words.
        SecondWriteIn,
    }
    UnknownReference {
        /// There is no such thing.
        UnknownReference { thing: Thing, given: String, meant: Option<String> },
    }
    UnusedScale {
        /// No item uses a scale.
        UnusedScale { scale: String },
    }
    SatisfiedOrder {
        /// A step is not satisfied, though a lower one is.
        SatisfiedBelow { given: String },
    }
    EmptyPart {
        /// There is no part.
        NoParts,
        /// A part has no items.
        EmptyPart { given: String },
    }
    ConditionUnknownItem {
        /// A condition asks about an item that is not there.
        ConditionUnknownItem { item: String, meant: Option<String> },
    }
    ConditionNotEarlier {
        /// A condition asks about an item that does not come before.
        ConditionNotEarlier { item: String, why: Later },
    }
    ConditionOnRemark {
        /// A condition asks about free words.
        ConditionOnRemark { item: String },
    }
    ConditionUnknownOption {
        /// A condition names no option.
        ConditionWithoutOption,
        /// An item has no such option.
        ConditionUnknownOption { item: String, given: String, known: Vec<String> },
        /// A condition names an option twice.
        ConditionOptionTwice { given: String },
    }
    FactorWithoutItems {
        /// No item feeds a factor.
        FactorWithoutItems { factor: String },
    }
    ContentWithoutFactors {
        /// No factor belongs to a content.
        ContentWithoutFactors { content: String },
    }
    FactorNeedsScale {
        /// An item feeds a factor, but has no scale.
        FactorNeedsScale { item: String },
    }
    IndexWithoutFactors {
        /// There is an index, but no factor.
        IndexWithoutFactors,
    }
    FactorsWithoutIndex {
        /// There are factors, but no index.
        FactorsWithoutIndex,
    }
    RuleDoesNotFit {
        /// No step of a scale is satisfied, or every one.
        SatisfiedOneSort { scale: String, every: bool },
        /// Scales whose answers are pooled have different numbers of steps.
        ScalesDiffer { scales: Vec<String> },
    }
    BadMaximum {
        /// This is no maximum.
        BadMaximum { given: String },
    }
    BadLeastSheets {
        /// This is no least number of sheets.
        BadLeastSheets { given: String },
        /// A group cannot have this least number of sheets.
        GroupLeastSheets { given: String, least: i64, most: i64 },
    }
    DuplicateQuestionnaire {
        /// Another file has this id.
        IdTaken { thing: Thing, given: String, other: String },
    }
    BadWeight {
        /// An option cannot have this weight.
        BadWeight { given: String },
        /// A group cannot have this weight.
        GroupWeight { given: String, least: i64, most: i64 },
    }
    NotAboutUnits {
        /// There are groups or criteria in a questionnaire that is not about units.
        NotAboutUnits,
    }
    NobodyRates {
        /// A questionnaire about units has no group, or no criterion.
        NobodyRates,
    }
    UnfitAboutUnits {
        /// A questionnaire about units has what it cannot have.
        UnfitAboutUnits { what: Stray },
    }
    BadScope {
        /// It is not said which units a group rates.
        BadScope,
    }
    OptionWithoutWeight {
        /// An item feeds a criterion, but an option has no weight.
        OptionWithoutWeight { item: String },
    }
    NoOpinionMissing {
        /// An item feeds a criterion, but takes no "no opinion".
        NoOpinionMissing { item: String },
    }
    CriterionWithoutItems {
        /// No item feeds a criterion.
        CriterionWithoutItems { criterion: String },
    }
    SumDiffers {
        /// Maxima add up to something else.
        SumDiffers { of: Summed, sum: String, declared: String },
    }
    BadNumber {
        /// This is no number that can stand here.
        BadNumber { key: Option<&'static str>, given: String, most: String },
    }
    MaximumWithoutSource {
        /// It is not said where a maximum comes from, or two things are.
        MaximumWithoutSource { field: String },
    }
    FieldWithoutCriteria {
        /// There is no field.
        NoFields,
        /// A field has no criterion.
        FieldWithoutCriteria { field: String },
    }
    BadOrigin {
        /// A criterion with sub-criteria says where its points come from.
        PointsOfSubs { criterion: String },
        /// A source of points takes no such key.
        OriginKeyUnfit { criterion: String, key: &'static str },
        /// A source of points wants a key.
        OriginKeyWanted { criterion: String, key: &'static str },
    }
    BadConversion {
        /// The highest value is not above the lowest.
        HighestBelow,
        /// A key belongs to another rule.
        KeyOfOtherRule { key: &'static str },
        /// There are more points than the maximum.
        ManyPoints { given: String, maximum: String },
        /// A band has points and is proportional, or neither.
        BandPoints,
        /// There are no bounds, or too many.
        BoundCount { most: usize },
        /// Bounds do not ascend.
        BoundsDescend,
        /// There are fewer than two options with weights.
        FewWeights,
        /// There is no threshold.
        ThresholdWanted { criterion: String },
        /// Percents of a survey are no options.
        PercentsNoOptions { criterion: String },
        /// A rule about values stands where points are entered.
        RuleOfValues { criterion: String },
    }
    CountedTwice {
        /// A figure of a survey feeds another criterion already.
        CountedTwice { questionnaire: String, given: String, criterion: String },
        /// Items of a factor, or of its content, feed another criterion already.
        ItemsCountedTwice { criterion: String, given: String, other: String },
    }
    BadBlock {
        /// There is no block.
        NoBlocks,
        /// A block stands twice for a year.
        BlockTwice { block: String },
        /// Nothing but bonus and penalty would break ties.
        TieBreakAdjusts { given: String },
        /// Nothing applies to a block.
        NothingApplies { block: String },
        /// This is no year that a round can have.
        BadYear { given: String, least: i64, most: i64 },
    }
    BadBands {
        /// A band overlaps the one before it.
        BandOverlaps { band: String },
        /// Low indices are in no band.
        BandsEnd,
    }
    NotInQuestionnaire {
        /// There is no such questionnaire.
        NoQuestionnaire { criterion: String, questionnaire: String },
        /// A questionnaire makes no index.
        NoIndex { criterion: String, questionnaire: String },
        /// A questionnaire has no such content or factor.
        NoContentOrFactor { criterion: String, questionnaire: String, given: String },
        /// Officials rate no such criterion.
        NotRated { criterion: String, questionnaire: String, rated: String },
    }
    ConditionOnAttribute {
        /// A condition asks about what respondents say about themselves.
        ConditionOnAttribute { item: String },
    }
    ConditionOnIndex {
        /// A condition asks about what the index is made of.
        ConditionOnIndex { item: String },
    }
}
