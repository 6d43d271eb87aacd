//! What is said of a target of a plan: the same on pages and in workbooks.

use super::Words;
use crate::scoring::decimal::Held;
use crate::scoring::measure::Measure;
use crate::scoring::targets::{Aim, Attained, Outcome, TargetIndex, TargetResult, TargetScope, TargetSubject};

impl Words {
    /// The index that is aimed at.
    #[must_use]
    pub fn target_index(self, subject: &TargetSubject) -> String {
        match &subject.index {
            TargetIndex::Par => self.get("par-target-par"),
            TargetIndex::Sipas => self.get("par-target-sipas"),
            TargetIndex::Other(name) => name.clone(),
        }
    }

    /// The part of the index; `field` knows what a field of a block is called.
    #[must_use]
    pub fn target_scope(self, subject: &TargetSubject, field: impl Fn(&str, &str) -> String) -> String {
        match &subject.scope {
            TargetScope::Whole => self.get("par-target-whole"),
            TargetScope::Field { block, field: code } => field(block, code),
            TargetScope::Part(name) => name.clone(),
        }
    }

    /// What is aimed at.
    #[must_use]
    pub fn target_aim(self, result: &TargetResult) -> String {
        let aimed = |key: &str, held: &Held| self.with(key, [("value", &self.measured(&result.subject, *held))]);
        match &result.target.aim {
            Aim::ValueAtLeast(held) => aimed("par-aim-at-least", held),
            Aim::ValueAbove(held) => aimed("par-aim-above", held),
            Aim::ValueEqual(held) => aimed("par-aim-equal", held),
            Aim::RankAtMost(rank) => self.with("par-aim-rank", [("rank", &rank.to_string())]),
            Aim::GroupEqual(group) => self.with("par-aim-group", [("group", group)]),
            Aim::RankChangeAtLeast(least) => {
                let places = self.count("par-places", usize::try_from(*least).unwrap_or(usize::MAX));
                self.with("par-aim-rise", [("places", &places)])
            }
            Aim::NotStated(said) => self.not_stated(said),
        }
    }

    /// The figure that the aim is about.
    #[must_use]
    pub fn target_attained(self, result: &TargetResult) -> String {
        let said = result.attained.as_ref().and_then(|attained| self.attained(result, attained));
        said.unwrap_or_else(|| self.get("par-attained-none"))
    }

    /// Whether it was met.
    #[must_use]
    pub fn target_outcome(self, outcome: Outcome) -> String {
        self.get(&format!("par-outcome-{}", outcome.code()))
    }

    /// By how much, in the unit of what was aimed at; none where that cannot be said.
    #[must_use]
    pub fn target_by(self, result: &TargetResult) -> Option<String> {
        let by = result.by.as_ref()?;
        let signed = || self.decimal(&by.replace('-', "−"));
        Some(match (&result.target.aim, result.subject.measure) {
            (Aim::RankAtMost(_) | Aim::RankChangeAtLeast(_), _) => self.places(by),
            (_, Measure::Percent) => self.with("par-by-points", [("by", &signed())]),
            (_, Measure::Number) => signed(),
        })
    }

    /// A value in its unit of measure.
    fn measured(self, subject: &TargetSubject, value: Held) -> String {
        let number = value.to_fixed(2);
        match subject.measure {
            Measure::Percent => self.percent(&number),
            Measure::Number => self.decimal(&number),
        }
    }

    fn attained(self, result: &TargetResult, attained: &Attained) -> Option<String> {
        let ranks =
            |(before, now): (u32, u32)| self.with("par-attained-ranks", [("before", &before.to_string()), ("rank", &now.to_string())]);
        match &result.target.aim {
            Aim::ValueAtLeast(_) | Aim::ValueAbove(_) | Aim::ValueEqual(_) | Aim::NotStated(_) => {
                attained.value.map(|held| self.measured(&result.subject, held))
            }
            Aim::RankAtMost(_) => attained.rank.map(|rank| self.with("par-attained-rank", [("rank", &rank.to_string())])),
            Aim::RankChangeAtLeast(_) => attained.previous_rank.zip(attained.rank).map(ranks),
            Aim::GroupEqual(_) => attained.group.clone(),
        }
    }

    /// What a target without a value is about: a type of the file of targets, else what the plan says.
    fn not_stated(self, said: &str) -> String {
        match said {
            "rank_at_most" => self.get("par-unstated-rank"),
            "value_at_least" | "value_above" | "value_equal" => self.get("par-unstated-value"),
            "group_equal" => self.get("par-unstated-group"),
            "rank_change_at_least" => self.get("par-unstated-rise"),
            own => self.with("par-aim-not-stated", [("words", own)]),
        }
    }

    /// By how many ranks, from a number with its sign.
    fn places(self, by: &str) -> String {
        let count = |digits: &str| digits.parse::<usize>().unwrap_or_default();
        match by.strip_prefix('-') {
            Some(worse) => self.count("par-by-worse", count(worse)),
            None if by == "0" => self.get("par-by-even"),
            None => self.count("par-by-better", count(by.trim_start_matches('+'))),
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::scoring::targets::{Target, hold};

    fn held(text: &str) -> Held {
        text.parse().unwrap()
    }

    fn result(index: &str, aim: Aim, attained: Attained) -> TargetResult {
        let (index, scope, source) = (index.to_owned(), "whole".to_owned(), "trang 3".to_owned());
        let subject = TargetSubject::of(&index, &scope, &[]);
        hold(Target { unit: None, plan: "87/KH-UBND".into(), year: 2026, index, scope, aim, source }, subject, Some(attained))
    }

    #[test]
    fn ranks_are_better_or_worse() {
        let said = |language: &str| ["+2", "-10", "+1", "0"].map(|by| Words::of(language).places(by));
        assert_eq!(said("en"), ["2 ranks better", "10 ranks worse", "1 rank better", "exactly on target"]);
        assert_eq!(said("vi"), ["+2 bậc", "−10 bậc", "+1 bậc", "đúng mục tiêu"]);
    }

    #[rstest]
    #[case(Aim::ValueAbove(held("90.5")), "trên 90,50", "more than 90.50")]
    #[case(Aim::RankAtMost(10), "từ hạng 10 trở lên", "rank 10 or better")]
    #[case(Aim::RankChangeAtLeast(2), "tăng ít nhất 2 bậc", "at least 2 places up")]
    #[case(Aim::GroupEqual("Cao".into()), "nhóm “Cao”", "group “Cao”")]
    #[case(Aim::NotStated("rank_at_most".into()), "xếp hạng, không nêu mức", "a rank, no value given")]
    #[case(Aim::NotStated("tăng hạng".into()), "kế hoạch không nêu: “tăng hạng”", "not stated by the plan: “tăng hạng”")]
    fn an_aim_is_said_in_words(#[case] aim: Aim, #[case] vi: &str, #[case] en: &str) {
        let result = result("PCI", aim, Attained::default());
        assert_eq!(["vi", "en"].map(|language| Words::of(language).target_aim(&result)), [vi, en]);
    }

    /// However its name is written.
    #[rstest]
    #[case("PAR", "PAR Index", "80.00% or more", "+1.50 percentage points")]
    #[case("sipas", "SIPAS", "80.00% or more", "+1.50 percentage points")]
    #[case("PCI", "PCI", "80.00 or more", "+1.50")]
    fn a_value_is_said_in_what_its_index_is_measured_in(#[case] index: &str, #[case] name: &str, #[case] aim: &str, #[case] by: &str) {
        let attained = Attained { value: Some(held("81.5")), ..Attained::default() };
        let result = result(index, Aim::ValueAtLeast(held("80")), attained);
        let words = Words::of("en");
        let said = (words.target_index(&result.subject), words.target_aim(&result), words.target_by(&result).unwrap());
        assert_eq!(said, (name.to_owned(), aim.to_owned(), by.to_owned()));
        assert_eq!(words.target_attained(&result), if index == "PCI" { "81.50" } else { "81.50%" });
    }
}
