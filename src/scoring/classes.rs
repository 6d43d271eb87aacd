//! Classes: all that anybody learns of a number of sheets that is not published (anonymity, leak 15: live counts).

use serde::{Deserialize, Serialize};

/// How many sheets there are, coarsely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SheetClass {
    /// No sheet.
    None,
    /// 1 to 9.
    UnderTen,
    /// 10 to 49.
    TenOrMore,
    /// 50 to 199.
    FiftyOrMore,
    /// 200 or more.
    TwoHundredOrMore,
}

impl SheetClass {
    /// The class of a count.
    #[must_use]
    pub fn of(sheets: u64) -> Self {
        match sheets {
            0 => Self::None,
            1..=9 => Self::UnderTen,
            10..=49 => Self::TenOrMore,
            50..=199 => Self::FiftyOrMore,
            200.. => Self::TwoHundredOrMore,
        }
    }

    /// The smallest count of the class.
    #[must_use]
    pub fn least(self) -> u64 {
        match self {
            Self::None => 0,
            Self::UnderTen => 1,
            Self::TenOrMore => 10,
            Self::FiftyOrMore => 50,
            Self::TwoHundredOrMore => 200,
        }
    }

    /// The class in short, the same in every language: `10-49`.
    #[must_use]
    pub fn range(self) -> &'static str {
        match self {
            Self::None => "0",
            Self::UnderTen => "<10",
            Self::TenOrMore => "10-49",
            Self::FiftyOrMore => "50-199",
            Self::TwoHundredOrMore => ">=200",
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(0, "0")]
    #[case(1, "<10")]
    #[case(9, "<10")]
    #[case(10, "10-49")]
    #[case(49, "10-49")]
    #[case(50, "50-199")]
    #[case(199, "50-199")]
    #[case(200, ">=200")]
    #[case(u64::MAX, ">=200")]
    fn a_count_falls_into_its_class(#[case] sheets: u64, #[case] range: &str) {
        assert_eq!(SheetClass::of(sheets).range(), range);
    }
}
