//! The loss: how many figures of a province the law hides or prints in classes, as numbers that change only when the law or the world does.

mod demonstration;
mod fifty;
mod province;
mod worlds;

use std::collections::BTreeMap;

use par_survey::scoring::disclosure::{Bounds, Figure, Percent, Share, SheetsTold, Shown};
use par_survey::scoring::results::{CriterionResult, Results, UnitFigures};
use par_survey::survey::mode::Mode;
use par_survey::survey::{Item, Questionnaire, Role};

/// How a figure is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seen {
    Hidden,
    Classes,
    Exact,
}

/// Figures by kind: how many are hidden, in classes, exact.
#[derive(Debug, Default)]
struct Loss(BTreeMap<&'static str, [u32; 3]>);

impl Loss {
    fn count(&mut self, kind: &'static str, seen: Seen) {
        let [hidden, classes, exact] = self.0.entry(kind).or_default();
        *match seen {
            Seen::Hidden => hidden,
            Seen::Classes => classes,
            Seen::Exact => exact,
        } += 1;
    }

    fn shares(&mut self, kind: &'static str, shares: &[Shown<Share>], most: usize) {
        (0..most).for_each(|place| self.count(kind, shares.get(place).map_or(Seen::Hidden, |share| of_percent(share.get().percent))));
    }

    fn figure(&mut self, kind: &'static str, figure: Option<&Shown<Figure>>) {
        self.count(kind, figure.map_or(Seen::Hidden, |figure| of_percent(figure.get().percent)));
    }

    fn sheets(&mut self, sheets: Option<Shown<SheetsTold>>) {
        let seen = sheets.map_or(Seen::Hidden, |sheets| if sheets.get().exactly().is_some() { Seen::Exact } else { Seen::Classes });
        self.count("numbers of sheets and answers", seen);
    }

    /// Counts what is printed of a questionnaire.
    fn of(&mut self, questionnaire: &Questionnaire, results: &Results) {
        for attribute in &results.attributes {
            let cells = attribute.options.iter().chain([&attribute.no_answer]);
            cells.for_each(|cell| self.count("about respondents", cell.map_or(Seen::Hidden, |share| of_percent(share.get().percent))));
        }
        results.all_units().for_each(|(_, unit)| self.unit(questionnaire, unit.figures.as_ref()));
    }

    fn unit(&mut self, questionnaire: &Questionnaire, figures: Option<&UnitFigures>) {
        self.sheets(figures.map(|figures| figures.sheets));
        if questionnaire.index.is_some() {
            self.figure("indices", figures.and_then(|figures| figures.index.as_ref()?.figure.as_ref()));
            self.points(figures.is_some_and(|figures| figures.component.is_some()));
        }
        let parts =
            |figures: &UnitFigures| figures.contents.iter().chain(&figures.factors).map(|part| part.index.figure).collect::<Vec<_>>();
        let parts = figures.map(parts).unwrap_or_default();
        (0..questionnaire.contents.len() + questionnaire.factors.len())
            .for_each(|place| self.figure("factors and contents", parts.get(place).and_then(Option::as_ref)));
        let questions = questionnaire.items.iter().filter(|item| item.role == Role::Question && !item.is_remark());
        questions.for_each(|item| self.item(item, figures));
        if questionnaire.rating.is_some() {
            self.points(figures.is_some_and(|figures| figures.officials.is_some()));
            self.criteria(questionnaire, figures);
        } else {
            let modes = figures.and_then(|figures| figures.modes.as_ref());
            for _ in Mode::ALL {
                self.count("modes", if modes.is_some() { Seen::Exact } else { Seen::Hidden });
            }
        }
    }

    fn points(&mut self, is_printed: bool) {
        self.count("points", if is_printed { Seen::Exact } else { Seen::Hidden });
    }

    fn item(&mut self, item: &Item, figures: Option<&UnitFigures>) {
        let printed = figures.and_then(|figures| figures.items.iter().find(|printed| printed.code == item.code));
        self.sheets(printed.and_then(|printed| printed.valid));
        if item.factor.is_some() {
            self.figure("values of items", printed.and_then(|printed| printed.figure.as_ref()));
        }
        self.shares("options", printed.map(|printed| printed.options.as_slice()).unwrap_or_default(), item.choices().len());
        let none = |share: Option<Shown<Share>>| share.map_or(Seen::Hidden, |share| of_percent(share.get().percent));
        let none = printed.map_or([Seen::Hidden; 3], |printed| [printed.no_opinion, printed.skipped, printed.not_shown].map(none));
        for seen in none {
            self.count("who did not answer", seen);
        }
    }

    /// Groups that are counted as one have the figures of one.
    fn criteria(&mut self, questionnaire: &Questionnaire, figures: Option<&UnitFigures>) {
        let Some(rating) = &questionnaire.rating else { return };
        for (place, criterion) in rating.criteria.iter().enumerate() {
            let weights = par_survey::scoring::officials::weights(questionnaire, place).len();
            let printed: Option<&CriterionResult> =
                figures.and_then(|figures| figures.criteria.iter().find(|printed| printed.criterion == criterion.code));
            self.points(printed.is_some_and(|printed| printed.points.is_some()));
            self.sheets(printed.and_then(|printed| printed.sheets));
            self.shares("criteria", printed.map(|printed| printed.distribution.as_slice()).unwrap_or_default(), weights);
            for group in &rating.groups {
                let row = printed.and_then(|printed| printed.groups.iter().find(|row| row.group == group.code));
                self.sheets(row.and_then(|row| row.sheets));
                self.figure("groups", row.and_then(|row| row.share.as_ref()));
                self.shares("groups", row.map(|row| row.distribution.as_slice()).unwrap_or_default(), weights);
            }
        }
    }

    /// A line a kind: hidden, in classes, exact.
    fn lines(&self) -> String {
        let line = |(kind, [hidden, classes, exact]): (&&str, &[u32; 3])| format!("{kind}: {hidden} {classes} {exact}\n");
        let all = self.0.values().fold([0; 3], |sum, next| [0, 1, 2].map(|place: usize| sum[place] + next[place]));
        self.0.iter().map(line).chain([line((&"all", &all))]).collect()
    }
}

fn of_percent(percent: Percent) -> Seen {
    if percent.bound() == Bounds::Class { Seen::Classes } else { Seen::Exact }
}

/// The table in `src/MANUAL.md` has the numbers of both worlds.
#[test]
fn the_readme_states_what_is_lost() {
    let readme = include_str!("../../src/MANUAL.md");
    let cells = |line: &'static str| line.split_once(": ").map(|(kind, numbers)| (kind, numbers.replace(' ', " | "))).unwrap();
    let kinds = [demonstration::LOST, worlds::LOST].map(|lost| lost.lines().count());
    assert_eq!(kinds[0], kinds[1], "both worlds have the same kinds of figures");
    for (demonstration, province) in demonstration::LOST.lines().map(cells).zip(worlds::LOST.lines().map(cells)) {
        let row = format!("| {} | {} | {} |", demonstration.0, demonstration.1, province.1);
        assert!(demonstration.0 == province.0 && readme.contains(&row), "src/MANUAL.md lacks {row}");
    }
}
