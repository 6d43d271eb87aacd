//! Classes: all that anybody learns of a number of sheets that is not published (anonymity, leak 15: live counts).

use super::thresholds::Thresholds;

/// How many sheets there are, coarsely: classes begin where more would be printed of so many sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SheetClass {
    from: u32,
    /// None where the class has no end.
    to: Option<u32>,
}

impl SheetClass {
    /// The class of a count.
    #[must_use]
    pub fn of(thresholds: Thresholds, sheets: u64) -> Self {
        let bounds = [1, thresholds.floor, thresholds.counts_from, thresholds.decimals_from];
        let from = bounds.into_iter().rev().find(|bound| u64::from(*bound) <= sheets).unwrap_or(0);
        Self { from, to: bounds.into_iter().find(|bound| *bound > from).map(|bound| bound - 1) }
    }

    /// The fewest sheets of the class.
    #[must_use]
    pub fn fewest(self) -> u32 {
        self.from
    }
}

/// In short, the same in every language: `0`, `<10`, `10-49`, `>=200`.
impl std::fmt::Display for SheetClass {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.from, self.to) {
            (0, _) => write!(formatter, "0"),
            (1, Some(to)) => write!(formatter, "<{}", to + 1),
            (from, Some(to)) => write!(formatter, "{from}-{to}"),
            (from, None) => write!(formatter, ">={from}"),
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
        assert_eq!(SheetClass::of(Thresholds::least(), sheets).to_string(), range);
    }

    #[rstest]
    #[case(30, 29, "<30")]
    #[case(30, 30, "30-49")]
    #[case(30, 50, "50-199")]
    #[case(60, 59, "<60")]
    #[case(60, 60, "60-199")]
    #[case(300, 299, "<300")]
    #[case(300, 300, ">=300")]
    fn classes_follow_a_raised_floor(#[case] floor: u32, #[case] sheets: u64, #[case] range: &str) {
        assert_eq!(SheetClass::of(Thresholds::of(floor), sheets).to_string(), range);
    }

    #[test]
    fn the_fewest_of_a_class_are_in_it() {
        for sheets in [0, 1, 10, 50, 200] {
            let class = SheetClass::of(Thresholds::least(), sheets);
            assert_eq!(u64::from(class.fewest()), sheets);
        }
    }
}
