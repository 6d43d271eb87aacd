//! The table of fault codes.

/// Writes the enumeration, the list of all codes, and what belongs to each, from one table.
macro_rules! fault_codes {
    ($($(#[$meaning:meta])* $name:ident $id:literal $hint:literal;)*) => {
        /// What kind of fault a definition file has. The codes are stable: a code is never reused for something else.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FaultCode {
            $($(#[$meaning])* $name,)*
        }

        impl FaultCode {
            /// Every code, in order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The code as it is printed.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// What to do about it, unless the place at hand allows something more exact.
            #[must_use]
            pub fn hint(self) -> &'static str {
                match self { $(Self::$name => $hint,)* }
            }
        }
    };
}

fault_codes! {
    /// The file cannot be read at all.
    Unreadable "D001" "check that the file is there, may be read and is stored as UTF-8";
    /// The file is larger than any definition may be.
    FileTooLarge "D002" "a definition has at most 512 KiB; make two of it";
    /// The text is not TOML.
    Syntax "D003" "mend this first: texts stand in double quotes, lists in [ ], and every [[table]] header on a line of its own";
    /// A key that the format does not know.
    UnknownKey "D004" "take the line out or correct the key; the JSON Schema beside the definitions lists every key";
    /// A key that has to be there is not.
    MissingKey "D005" "add the key; the JSON Schema beside the definitions says what it means";
    /// A value of the wrong type, such as a number where a text belongs.
    WrongType "D006" "write the value as the JSON Schema beside the definitions says";
    /// A word where only certain words are possible.
    UnknownWord "D007" "use one of the words that are listed";
    /// More of something than is allowed.
    TooMany "D008" "take some away, or make two definitions of it";
    /// A text without words.
    EmptyText "D009" "write the words, or take the key out if it may be left out";
    /// A text that is too long.
    TextTooLong "D010" "say it in fewer words: a text has at most 1,000 characters, a version at most 40";
    /// A text with characters that nobody can see.
    HiddenCharacter "D011" "type the text again by hand; copied text sometimes brings invisible characters";
    /// The list of languages is not one.
    BadLanguages "D012" "write at least languages = [\"vi\", \"en\"]; each language is 2 or 3 small letters and stands once";
    /// A text lacks one of the languages that the file declares.
    MissingLanguage "D013" "add the words in that language";
    /// A text has a language that the file does not declare.
    UndeclaredLanguage "D014" "take it out, or add the language to `languages` at the top";
    /// A code or id that breaks the rule for codes.
    BadCode "D015" "a code is 1 to 40 of a-z, 0-9, - and _, beginning with a letter or a digit";
    /// A code or id that stands twice.
    DuplicateCode "D016" "give one of the two another code";
    /// A code or id that the service needs for itself.
    ReservedCode "D017" "choose another code; this one has a meaning of its own in addresses, forms or import files";
    /// An item of kind `scale` that names no scale.
    ItemWithoutScale "D018" "add scale = \"…\" with the id of a [[scale]], or choose another kind";
    /// A list of options with fewer than two, where options are needed.
    TooFewOptions "D019" "give at least two options";
    /// A key that goes with another kind of item.
    KeyDoesNotFitKind "D020" "take the key out, or change `kind`";
    /// More than one option of an item with a field for own words.
    TwoWriteIns "D021" "leave write_in = true on one option only";
    /// A reference to a scale, factor or content that is not there.
    UnknownReference "D022" "correct the name, or define what it names";
    /// A scale that no item uses.
    UnusedScale "D023" "take the scale out, or name it in the items it is meant for";
    /// A satisfied step below one that is not.
    SatisfiedOrder "D024" "list the steps from the lowest to the highest, with satisfied = true on the last ones";
    /// A part without items.
    EmptyPart "D025" "add [[part.item]] under the part, or take the part out";
    /// A condition on an item that is not there.
    ConditionUnknownItem "D026" "name an item that stands earlier in the form";
    /// A condition on an item that is asked at the same place or later.
    ConditionNotEarlier "D027" "a condition can only look back: move the item it asks about further up";
    /// A condition on free words.
    ConditionOnRemark "D028" "ask about an item with options instead";
    /// A condition on an option that the item does not have, or on none.
    ConditionUnknownOption "D029" "name codes of options of that item, each once";
    /// A factor that no item feeds.
    FactorWithoutItems "D030" "name the factor in the items that measure it, or take it out";
    /// A content that no factor belongs to.
    ContentWithoutFactors "D031" "name the content in its factors, or take it out";
    /// An item feeds a factor but has no scale.
    FactorNeedsScale "D032" "take `factor` out, or make the item one of kind \"scale\"";
    /// An index without anything to be made of.
    IndexWithoutFactors "D033" "add [[content]], [[factor]] and factor = \"…\" in the items, or take [index] out";
    /// Factors without a rule for an index.
    FactorsWithoutIndex "D034" "add [index] with item_value and aggregation, or take the factors out";
    /// An index rule that the scale of a feeding item does not fit.
    RuleDoesNotFit "D035" "choose another rule in [index], or change the scale";
    /// A maximum that is no number of points.
    BadMaximum "D036" "give a number above 0 up to 100 with at most two decimals, such as 10 or 9.5";
    /// A least number of sheets that is not allowed.
    BadLeastSheets "D037" "give a whole number from 10 to 100000, or leave it out; fewer than 10 would show single people";
    /// Two files with one id.
    DuplicateQuestionnaire "D038" "give one of the two another id";
    /// A weight that is out of range.
    BadWeight "D039" "an option's weight is a whole percentage from 0 to 100, a group's a whole number from 1 to 1000";
    /// Groups or criteria in a questionnaire that is not about units.
    NotAboutUnits "D040" "add [about_units] with combination = \"group-weights\" or \"pooled\", or take groups and criteria out";
    /// A questionnaire about units that nobody answers or that feeds nothing.
    NobodyRates "D041" "add who rates as [[group]] and what the ratings feed as [[criterion]]";
    /// Something that cannot repeat for every unit, or would say who answers.
    UnfitAboutUnits "D042" "take it out: items repeat for every unit, and officials are few enough to be recognised";
    /// A scope that does not say which units.
    BadScope "D043" "write one of { block = \"…\" }, { block = \"…\", sample = 1 to 15 }, { units = [1 to 15 codes] }, { own_parent = true }";
    /// An item feeds a criterion, but an option has no weight.
    OptionWithoutWeight "D044" "give every option of the item or step of its scale a weight in percent, such as 100, 60, 20 and 0";
    /// An item feeds a criterion, but does not offer "no opinion".
    NoOpinionMissing "D045" "write no_opinion = true: nobody can be made to rate what they do not know";
    /// A criterion that no item feeds.
    CriterionWithoutItems "D046" "name the criterion in the items that measure it, or take it out";
    /// Maxima that do not add up to what is declared.
    SumDiffers "D047" "correct one of the maxima, or the sum";
    /// A number of a scheme that is out of range.
    BadNumber "D048" "write a number of at least 0 with at most two decimals";
    /// A field whose maximum has no source and is not called unverified, or both.
    MaximumWithoutSource "D049" "name where it is printed as `source`, or write unverified = true";
    /// A scheme without fields, or a field without criteria.
    FieldWithoutCriteria "D050" "add [[field]] with [[field.criterion]] under it";
    /// Keys that do not fit where points come from.
    BadOrigin "D051" "`from` says which keys belong here: questionnaire and index for satisfaction, questionnaire and rated for officials, conversion for a statistic";
    /// A conversion that cannot be worked out.
    BadConversion "D052" "compare it with the rules that the JSON Schema beside the definitions describes";
    /// A survey figure that feeds two places.
    CountedTwice "D053" "let each figure of a survey feed one criterion only";
    /// A block that a scheme cannot be applied to.
    BadBlock "D054" "give each block, and each year of it, one [[block]] of its own";
    /// Bands that overlap or leave something out.
    BadBands "D055" "list the bands from the highest to the lowest, the last with from = 0";
    /// A scheme takes from a questionnaire what that does not have.
    NotInQuestionnaire "D056" "correct the name, or check the scheme together with the folder of its questionnaires";
    /// A condition on what somebody is.
    ConditionOnAttribute "D057" "ask everybody, or ask a question of its own that leads to it";
    /// A condition on a question that an index is made of.
    ConditionOnIndex "D058" "put a question of its own that leads to it, without a factor, before it";
}

impl FaultCode {
    /// Whether a fault of this kind may only be an echo of a line that could not be read.
    pub(crate) fn may_be_an_echo(self) -> bool {
        use FaultCode as F;
        let lost = matches!(self, F::MissingKey | F::MissingLanguage | F::ItemWithoutScale | F::TooFewOptions | F::EmptyPart);
        let unlinked = matches!(
            self,
            F::UnknownReference
                | F::UnusedScale
                | F::FactorWithoutItems
                | F::ContentWithoutFactors
                | F::CriterionWithoutItems
                | F::SumDiffers
                | F::MaximumWithoutSource
                | F::FieldWithoutCriteria
                | F::BadOrigin
                | F::BadBlock
                | F::BadBands
        );
        let routing = matches!(self, F::ConditionUnknownItem | F::ConditionNotEarlier | F::ConditionUnknownOption);
        lost || unlinked || routing || matches!(self, F::UnknownKey | F::IndexWithoutFactors | F::FactorsWithoutIndex)
    }
}
