//! How much of a line is drawn, and which numbers stand under it.

use super::Mark;

/// A stretch of the line from 0 to 100, in whole points: what the data needs, so that units which are close are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IndexLine {
    from: u16,
    to: u16,
    step: u16,
}

/// From number to number, in points; each divides 100.
const STEPS: [u16; 4] = [2, 5, 10, 20];
/// The fewest steps of a line: with fewer it has no number between its ends.
const FEWEST: u16 = 2;
/// The most steps of a line: six numbers fit a phone.
const MOST: u16 = 5;

impl IndexLine {
    /// The shortest stretch around values in hundredths, from a multiple of its step to another; none of no values.
    #[must_use]
    pub fn around(values: impl IntoIterator<Item = u16>) -> Option<Self> {
        let (low, high) = values.into_iter().fold(None, |ends: Option<(u16, u16)>, value| {
            let (low, high) = ends.unwrap_or((value, value));
            Some((low.min(value), high.max(value)))
        })?;
        let whole = Self { from: 0, to: 100, step: 20 };
        let found = STEPS.into_iter().map(|step| Self::by(step, low, high)).find(|found| (found.to - found.from) / found.step <= MOST);
        Some(found.unwrap_or(whole))
    }

    /// The stretch around two values whose ends are multiples of a step. It grows on the side where a value is nearer to its end.
    fn by(step: u16, low: u16, high: u16) -> Self {
        let (mut from, mut to) = (low / (100 * step) * step, high.div_ceil(100 * step) * step);
        while to - from < FEWEST * step {
            if from > 0 && (to >= 100 || low - from * 100 < to * 100 - high) { from -= step } else { to += step }
        }
        Self { from, to, step }
    }

    /// Its ends, in points.
    #[must_use]
    pub fn ends(self) -> [u16; 2] {
        [self.from, self.to]
    }

    /// Whether it is the whole line from 0 to 100.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.ends() == [0, 100]
    }

    /// Where a value in hundredths stands, in hundredths of a percent of the stretch.
    #[must_use]
    pub fn place(self, hundredths: u16) -> u32 {
        let (from, length) = (u32::from(self.from) * 100, u32::from(self.to - self.from));
        (u32::from(hundredths).saturating_sub(from) * 100 / length.max(1)).min(10_000)
    }

    /// The numbers under it.
    #[must_use]
    pub fn marks(self) -> Vec<Mark> {
        let points = (0..=(self.to - self.from) / self.step).map(|nth| self.from + nth * self.step);
        points.map(|points| Mark { place: self.place(points * 100), said: points.to_string() }).collect()
    }
}

/// Ranks on a line, the first at its right end: there the better indices stand too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RankLine {
    last: u32,
}

/// From number to number, in ranks.
const RANK_STEPS: [u32; 7] = [5, 10, 20, 50, 100, 200, 500];

impl RankLine {
    /// The line as far as the last of some ranks.
    #[must_use]
    pub fn to(ranks: impl IntoIterator<Item = u32>) -> Self {
        Self { last: ranks.into_iter().max().unwrap_or(1).max(2) }
    }

    /// Where a rank stands, in hundredths of a percent of the line.
    #[must_use]
    pub fn place(self, rank: u32) -> u32 {
        self.last.saturating_sub(rank) * 10_000 / (self.last - 1)
    }

    /// The numbers under it: the first rank, and whole steps.
    #[must_use]
    pub fn marks(self) -> Vec<Mark> {
        let step = RANK_STEPS.into_iter().find(|step| self.last / step <= u32::from(MOST)).unwrap_or(self.last);
        let ranks = std::iter::once(1).chain((1..=self.last / step).map(|nth| nth * step));
        ranks.map(|rank| Mark { place: self.place(rank), said: rank.to_string() }).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::close(&[8_612, 8_988], [86, 90], 2)]
    #[case::ten_points(&[8_050, 8_950], [80, 90], 2)]
    #[case::wider(&[7_010, 9_200], [70, 95], 5)]
    #[case::half(&[5_001, 9_999], [50, 100], 10)]
    #[case::one_lies_far_away(&[0, 9_999], [0, 100], 20)]
    #[case::one(&[8_801], [86, 90], 2)]
    #[case::one_on_a_mark(&[8_800], [86, 90], 2)]
    #[case::near_its_upper_end(&[8_650, 8_790], [86, 90], 2)]
    #[case::near_its_lower_end(&[8_610, 8_750], [84, 88], 2)]
    #[case::at_the_end(&[10_000], [96, 100], 2)]
    #[case::at_the_beginning(&[0], [0, 4], 2)]
    fn a_line_is_as_long_as_its_data_needs(#[case] values: &[u16], #[case] ends: [u16; 2], #[case] step: u16) {
        let found = IndexLine::around(values.iter().copied()).unwrap();
        assert_eq!((found.ends(), found.step), (ends, step));
        assert_eq!(found.is_whole(), ends == [0, 100]);
    }

    #[test]
    fn of_nothing_there_is_no_line() {
        assert_eq!(IndexLine::around([]), None);
    }

    #[test]
    fn a_value_stands_where_its_numbers_say() {
        let line = IndexLine::around([7_010, 9_200]).unwrap();
        assert_eq!([7_000, 8_250, 9_000, 9_500].map(|value| line.place(value)), [0, 5_000, 8_000, 10_000]);
        let marks: Vec<(u32, String)> = line.marks().into_iter().map(|mark| (mark.place, mark.said)).collect();
        let expected = [(0, "70"), (2_000, "75"), (4_000, "80"), (6_000, "85"), (8_000, "90"), (10_000, "95")];
        assert_eq!(marks, expected.map(|(place, said)| (place, said.to_owned())));
    }

    proptest! {
        #[test]
        fn data_is_always_inside_and_three_to_six_numbers_stand_under_it(values in prop::collection::vec(0_u16..=10_000, 1..70)) {
            let line = IndexLine::around(values.iter().copied()).unwrap();
            let ([from, to], marks) = (line.ends(), line.marks());
            prop_assert!(to <= 100 && from % line.step == 0 && to % line.step == 0);
            prop_assert!(values.iter().all(|value| (from * 100..=to * 100).contains(value)));
            prop_assert!((3..=6).contains(&marks.len()), "{marks:?}");
            prop_assert!(marks.first().unwrap().place == 0 && marks.last().unwrap().place == 10_000);
        }

        #[test]
        fn a_line_is_no_longer_than_ten_times_its_data(low in 0_u16..=10_000, high in 0_u16..=10_000) {
            let [from, to] = IndexLine::around([low, high]).unwrap().ends();
            prop_assert!(u32::from(to - from) * 100 <= (u32::from(low.abs_diff(high)) * 10).max(400));
        }

        // Of 25 units and fewer, ranks are drawn without a line.
        #[test]
        fn the_first_rank_is_at_the_right_and_the_last_at_the_left(last in 26_u32..3_400) {
            let line = RankLine::to([1, last]);
            prop_assert_eq!((line.place(1), line.place(last)), (10_000, 0));
            let marks = line.marks();
            prop_assert!((2..=6).contains(&marks.len()) && marks.iter().all(|mark| mark.place <= 10_000), "{:?}", marks);
        }
    }

    #[test]
    fn ranks_have_round_numbers_under_them() {
        let said = |last| RankLine::to([last]).marks().into_iter().map(|mark| mark.said).collect::<Vec<_>>();
        assert_eq!(said(68), ["1", "20", "40", "60"]);
        assert_eq!(said(26), ["1", "5", "10", "15", "20", "25"]);
    }
}
