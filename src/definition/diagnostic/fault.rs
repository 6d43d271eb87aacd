//! The table of fault codes.

/// Writes the enumeration, the list of all codes, and what belongs to each, from one table.
macro_rules! fault_codes {
    ($($(#[$meaning:meta])* $name:ident $id:literal;)*) => {
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
        }
    };
}

fault_codes! {
    /// The file cannot be read at all.
    Unreadable "D001";
    /// The file is larger than any definition may be.
    FileTooLarge "D002";
    /// The text is not TOML.
    Syntax "D003";
    /// A key that the format does not know.
    UnknownKey "D004";
    /// A key that has to be there is not.
    MissingKey "D005";
    /// A value of the wrong type, such as a number where a text belongs.
    WrongType "D006";
    /// A word where only certain words are possible.
    UnknownWord "D007";
    /// More of something than is allowed.
    TooMany "D008";
    /// A text without words.
    EmptyText "D009";
    /// A text that is too long.
    TextTooLong "D010";
    /// A text with characters that nobody can see.
    HiddenCharacter "D011";
    /// The list of languages is not one.
    BadLanguages "D012";
    /// A text lacks one of the languages that the file declares.
    MissingLanguage "D013";
    /// A text has a language that the file does not declare.
    UndeclaredLanguage "D014";
    /// A code or id that breaks the rule for codes.
    BadCode "D015";
    /// A code or id that stands twice.
    DuplicateCode "D016";
    /// A code or id that the service needs for itself.
    ReservedCode "D017";
    /// An item of kind `scale` that names no scale.
    ItemWithoutScale "D018";
    /// A list of options with fewer than two, where options are needed.
    TooFewOptions "D019";
    /// A key that goes with another kind of item.
    KeyDoesNotFitKind "D020";
    /// More than one option of an item with a field for own words.
    TwoWriteIns "D021";
    /// A reference to a scale, factor or content that is not there.
    UnknownReference "D022";
    /// A scale that no item uses.
    UnusedScale "D023";
    /// A satisfied step below one that is not.
    SatisfiedOrder "D024";
    /// A part without items.
    EmptyPart "D025";
    /// A condition on an item that is not there.
    ConditionUnknownItem "D026";
    /// A condition on an item that is asked at the same place or later.
    ConditionNotEarlier "D027";
    /// A condition on free words.
    ConditionOnRemark "D028";
    /// A condition on an option that the item does not have, or on none.
    ConditionUnknownOption "D029";
    /// A factor that no item feeds.
    FactorWithoutItems "D030";
    /// A content that no factor belongs to.
    ContentWithoutFactors "D031";
    /// An item feeds a factor but has no scale.
    FactorNeedsScale "D032";
    /// An index without anything to be made of.
    IndexWithoutFactors "D033";
    /// Factors without a rule for an index.
    FactorsWithoutIndex "D034";
    /// An index rule that the scale of a feeding item does not fit.
    RuleDoesNotFit "D035";
    /// A maximum that is no number of points.
    BadMaximum "D036";
    /// A least number of sheets that is not allowed.
    BadLeastSheets "D037";
    /// Two files with one id.
    DuplicateQuestionnaire "D038";
    /// A weight that is out of range.
    BadWeight "D039";
    /// Groups or criteria in a questionnaire that is not about units.
    NotAboutUnits "D040";
    /// A questionnaire about units that nobody answers or that feeds nothing.
    NobodyRates "D041";
    /// Something that cannot repeat for every unit, or would say who answers.
    UnfitAboutUnits "D042";
    /// A scope that does not say which units.
    BadScope "D043";
    /// An item feeds a criterion, but an option has no weight.
    OptionWithoutWeight "D044";
    /// An item feeds a criterion, but does not offer "no opinion".
    NoOpinionMissing "D045";
    /// A criterion that no item feeds.
    CriterionWithoutItems "D046";
    /// Maxima that do not add up to what is declared.
    SumDiffers "D047";
    /// A number of a scheme that is out of range.
    BadNumber "D048";
    /// A field whose maximum has no source and is not called unverified, or both.
    MaximumWithoutSource "D049";
    /// A scheme without fields, or a field without criteria.
    FieldWithoutCriteria "D050";
    /// Keys that do not fit where points come from.
    BadOrigin "D051";
    /// A conversion that cannot be worked out.
    BadConversion "D052";
    /// A survey figure that feeds two places.
    CountedTwice "D053";
    /// A block that a scheme cannot be applied to.
    BadBlock "D054";
    /// Bands that overlap or leave something out.
    BadBands "D055";
    /// A scheme takes from a questionnaire what that does not have.
    NotInQuestionnaire "D056";
    /// A condition on what somebody is.
    ConditionOnAttribute "D057";
    /// A condition on a question that an index is made of.
    ConditionOnIndex "D058";
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
