//! Where a unit lost most points, by criterion, with what the same criterion gave it the year before: what a director looks for first.

use maud::{Markup, html};

use super::super::framed::framed;
use super::view::{BlockView, is_nothing};
use crate::publication::document::Document;
use crate::scheme::numbers::CriterionNumbers;
use crate::scheme::{Criterion, Leaf, Scheme};
use crate::scoring::decimal::Held;
use crate::scoring::ranking::{BlockRanking, CellResult, CellState, CriterionSum, LeafHead, LostAt, PointLoss, RankedUnit};

/// So many losses are listed.
const LISTED: usize = 10;

/// A score sheet, with the scheme that it follows.
#[derive(Debug, Clone, Copy)]
struct FollowedSheet<'a> {
    block: &'a BlockRanking,
    scheme: &'a Scheme,
    unit: &'a RankedUnit,
}

/// The losses of a unit against those of the year before.
struct LossesView<'a> {
    view: &'a BlockView<'a>,
    now: FollowedSheet<'a>,
    /// The year before; none where nothing of it can be compared.
    before: Option<FollowedSheet<'a>>,
    numbers: CriterionNumbers,
}

/// The largest losses; nothing of what has no score sheet. `before` is the publication that the unit is compared with.
pub(super) fn section(view: &BlockView<'_>, unit: &RankedUnit, before: Option<&Document>) -> Markup {
    let Some(scheme) = view.scheme().filter(|_| !unit.criteria.is_empty()) else { return html! {} };
    let losses: Vec<PointLoss> = view.block.losses(unit).into_iter().filter(|loss| !is_nothing(loss.lost)).collect();
    let words = view.words;
    if losses.is_empty() {
        return html! { p { (words.get("par-losses-none")) } };
    }
    let now = FollowedSheet { block: view.block, scheme, unit };
    let compared = unit.standing.as_ref().is_some_and(|standing| standing.before.is_some());
    let before = before.filter(|_| compared).and_then(|before| now.in_round(before));
    let of = LossesView { view, now, before, numbers: CriterionNumbers::of(scheme) };
    html! {
        p { (of.lead(&losses)) }
        (of.table(losses.get(..LISTED).unwrap_or(&losses)))
        @if let Some(previous) = view.previous().filter(|_| compared) {
            p.note { (words.with(if before.is_some() { "par-losses-before" } else { "par-losses-without" }, [("year", &previous)])) }
        }
    }
}

impl<'a> FollowedSheet<'a> {
    /// The same unit in another round, where the same scheme scored it.
    fn in_round(self, document: &'a Document) -> Option<FollowedSheet<'a>> {
        let (block, unit) = document.ranking()?.unit(self.unit.unit.as_str())?;
        let scheme = document.scheme(block).filter(|scheme| scheme.id == self.scheme.id)?;
        (block.block == self.block.block && !unit.criteria.is_empty()).then_some(FollowedSheet { block, scheme, unit })
    }

    fn criterion(self, place: usize) -> Option<(&'a Criterion, &'a CriterionSum)> {
        let code = &self.block.criteria.get(place)?.code;
        Some((self.scheme.criteria.iter().find(|criterion| criterion.code == *code)?, self.unit.criteria.get(place)?))
    }

    fn leaf(self, place: usize) -> Option<(&'a Leaf, &'a CellResult)> {
        let code = &self.block.leaves.get(place)?.code;
        Some((self.scheme.leaves.get(self.scheme.leaf(code)?)?, self.unit.cells.get(place)?))
    }

    /// The points of the same criterion: one of this code that asks the same and could give this unit as much.
    fn points_of(self, code: &str, asked: &Criterion, maximum: Held) -> Option<Held> {
        let (criterion, sum) = self.criterion(self.block.criterion(code)?)?;
        (criterion.text.get("vi") == asked.text.get("vi") && sum.index.is_some() && sum.maximum == maximum).then_some(sum.points)
    }

    /// The points that the same penalty took.
    fn taken_by(self, code: &str, asked: &Leaf) -> Option<Held> {
        let place = self.block.leaves.iter().position(|leaf| leaf.code == code)?;
        let (leaf, cell) = self.leaf(place)?;
        let same =
            leaf.from == asked.from && leaf.text.get("vi") == asked.text.get("vi") && leaf.maximum_hundredths == asked.maximum_hundredths;
        cell.points.filter(|_| same)
    }

    /// The leaves of a criterion with their cells.
    fn leaves_of(self, criterion: &str) -> impl Iterator<Item = (&'a LeafHead, &'a CellResult)> {
        self.block.leaves.iter().zip(&self.unit.cells).filter(move |(leaf, _)| leaf.criterion == criterion && !leaf.is_adjustment())
    }
}

impl LossesView<'_> {
    /// How much was lost in all, and how much of it is listed.
    fn lead(&self, losses: &[PointLoss]) -> String {
        let sum = |losses: &[PointLoss]| self.view.number(Held::total(losses.iter().map(|loss| loss.lost)));
        let (all, listed) = (losses.len().to_string(), losses.get(..LISTED));
        match listed.filter(|listed| listed.len() < losses.len()) {
            Some(listed) => {
                let (n, of_them) = (listed.len().to_string(), sum(listed));
                self.view.words.with("par-losses-most", [("lost", &sum(losses)), ("all", &all), ("n", &n), ("listed", &of_them)])
            }
            None => self.view.words.with("par-losses-all", [("lost", &sum(losses)), ("n", &all)]),
        }
    }

    fn table(&self, losses: &[PointLoss]) -> Markup {
        let (view, year) = (self.view, self.view.year());
        let rows = html! {
            thead { tr { (view.text_head("par-criterion")) (view.head("par-lost")) (view.head("par-points")) } }
            tbody { @for loss in losses { (self.row(loss)) } }
        };
        framed(("", &view.id("losses-table")), "scroll", &view.words.with("par-losses-caption", [("year", &year)]), &rows)
    }

    fn row(&self, loss: &PointLoss) -> Markup {
        let row = match loss.at {
            LostAt::Criterion(place, sum) => self.criterion(place, sum),
            LostAt::Penalty(place) => self.penalty(place),
        };
        let Some(LossRow { code, number, text, why, points, maximum, before }) = row else { return html! {} };
        let (view, words) = (self.view, self.view.words);
        let then = before.zip(view.previous());
        html! {
            tr {
                th scope="row" {
                    a href={ "#" (view.criterion_id(&code)) } { span.code { (number) } " " (text) }
                    @if !why.is_empty() { br; small { (why) } }
                }
                td.num { (view.number(loss.lost)) }
                td.num {
                    (view.number_or_dash(points))
                    @if let Some(maximum) = maximum { br; small { (words.with("par-out-of", [("maximum", &view.number(maximum))])) } }
                    @if let Some((points, year)) = then {
                        br; small { (words.with("par-points-then", [("year", &year), ("points", &view.number(points))])) }
                    }
                }
            }
        }
    }

    fn criterion(&self, place: usize, sum: CriterionSum) -> Option<LossRow<'_>> {
        let (known, _) = self.now.criterion(place)?;
        let at = self.now.scheme.criteria.iter().position(|criterion| criterion.code == known.code)?;
        Some(LossRow {
            code: known.code.clone(),
            number: self.numbers.criterion(at),
            text: known.text.get(self.view.words.code()),
            why: self.why(&known.code),
            points: Some(sum.points),
            maximum: Some(sum.maximum),
            before: self.before.and_then(|before| before.points_of(&known.code, known, sum.maximum)),
        })
    }

    fn penalty(&self, place: usize) -> Option<LossRow<'_>> {
        let (known, _) = self.now.leaf(place)?;
        Some(LossRow {
            code: known.code.clone(),
            number: self.numbers.leaf(self.now.scheme.leaf(&known.code)?),
            text: known.text.get(self.view.words.code()),
            why: self.view.words.get("par-from-penalty"),
            points: None,
            maximum: None,
            before: self.before.and_then(|before| before.taken_by(&known.code, known)),
        })
    }

    /// Where the points of a criterion come from, and why some were not there: "appraisal; no points yet".
    fn why(&self, criterion: &str) -> String {
        let mut said: Vec<String> = Vec::new();
        let leaves = || self.now.leaves_of(criterion).filter(|(_, cell)| cell.maximum > Held::default());
        let states = leaves().map(|(_, cell)| cell.state).filter(|state| *state != CellState::Counted);
        let keys = leaves().map(|(leaf, _)| format!("par-from-{}", leaf.from.code()));
        for key in keys.chain(states.map(|state| format!("par-state-{}", state.code()))) {
            let words = self.view.words.get(&key);
            if !said.contains(&words) {
                said.push(words);
            }
        }
        said.join("; ")
    }
}

/// What stands in a row.
struct LossRow<'a> {
    code: String,
    number: &'a str,
    text: &'a str,
    why: String,
    points: Option<Held>,
    maximum: Option<Held>,
    before: Option<Held>,
}

#[cfg(test)]
mod tests {
    use super::super::sample::{document, held, nothing, units};
    use super::*;
    use crate::scoring::ranking::{CriterionOfField, Origin};
    use crate::words::Words;

    /// The first unit with points of four criteria, of which 2-1 may give as much as is said, and nine and a half taken by a penalty.
    fn scored(points: [&str; 4], third: &str) -> Document {
        let mut units = units();
        let maxima = ["1.5", "38.5", third, "30"];
        units[0].criteria = std::iter::zip(points, maxima)
            .map(|(points, maximum)| CriterionSum {
                points: held(points),
                maximum: held(maximum),
                index: held(points).percent_of(held(maximum)),
            })
            .collect();
        units[0].cells = [("0", "1.5"), ("38", "38.5"), ("9.5", "0")]
            .map(|(points, maximum)| CellResult { points: Some(held(points)), maximum: held(maximum), ..nothing() })
            .to_vec();
        units[0].cells[0].state = CellState::Missing;
        let mut document = document(units, Some(2025));
        let block = &mut document.publication.ranking.as_mut().unwrap().blocks[0];
        let of = |code: &str| CriterionOfField { code: code.to_owned(), field: String::new() };
        block.criteria = ["1-1", "1-2", "2-1", "3-1"].map(of).to_vec();
        let penalty = LeafHead { code: "3-1".to_owned(), criterion: "3-1".to_owned(), from: Origin::Penalty, ..block.leaves[0].clone() };
        block.leaves.push(penalty);
        document
    }

    fn page(language: &str, now: &Document, before: Option<&Document>) -> String {
        let block = &now.ranking().unwrap().blocks[0];
        section(&BlockView::new(Words::of(language), now, block), &block.units[0], before).into_string()
    }

    /// Codes of the rows, each with what stands in its cells.
    fn rows(page: &str) -> Vec<String> {
        let row = |row: &str| {
            let code = row.split("href=\"#PAR-departments--").nth(1).unwrap().split('"').next().unwrap();
            let cells = row.split("<td class=\"num\">").skip(1).map(|cell| cell.split("</td>").next().unwrap());
            let cells = cells.map(|cell| cell.replace("<br><small>", ", ").replace("</small>", ""));
            format!("{code}: {}", cells.collect::<Vec<_>>().join(" | "))
        };
        page.split("<tbody>").nth(1).unwrap().split("<tr>").skip(1).map(row).collect()
    }

    const POINTS: [&str; 4] = ["0", "38.1", "20.5", "30"];

    #[test]
    fn the_largest_loss_stands_first_with_what_the_same_criterion_gave_the_year_before() {
        let (now, before) = (scored(POINTS, "30"), scored(["0.5", "38.5", "22", "28"], "31"));
        let vi = page("vi", &now, Some(&before));
        // 30 - 20.5 and the penalty are equal; 2-1 could give 31 the year before, and 3-1 lost nothing.
        let expected = [
            "2-1: 9,50 | 20,50, trên 30,00",
            "3-1: 9,50 | –, năm 2025: 9,50",
            "1-1: 1,50 | 0,00, trên 1,50, năm 2025: 0,50",
            "1-2: 0,40 | 38,10, trên 38,50, năm 2025: 38,50",
        ];
        assert_eq!(rows(&vi), expected, "{vi}");
        assert!(vi.contains("Đơn vị mất 20,90 điểm ở 4 tiêu chí."), "{vi}");
        assert!(vi.contains("<span class=\"code\">1.1</span> Kế hoạch năm</a><br><small>thẩm định; chưa có điểm</small>"), "{vi}");
        assert!(vi.contains("<small>điểm trừ</small>") && vi.contains("cùng điểm tối đa"), "{vi}");
    }

    #[test]
    fn without_points_of_the_same_scheme_the_year_before_is_not_shown() {
        let now = scored(POINTS, "30");
        let mut other = scored(POINTS, "30");
        other.publication.ranking.as_mut().unwrap().blocks[0].scheme = None;
        let mut elsewhere = scored(POINTS, "30");
        elsewhere.publication.ranking.as_mut().unwrap().blocks[0].block = "agencies".to_owned();
        for before in [None, Some(&other), Some(&elsewhere)] {
            let en = page("en", &now, before);
            assert!(rows(&en).iter().all(|row| !row.contains("2025")) && en.contains("have no points by criterion"), "{en}");
        }
        // Of a unit that is not compared nothing is said of another year.
        let mut new = scored(POINTS, "30");
        new.publication.ranking.as_mut().unwrap().blocks[0].units[0].standing.as_mut().unwrap().before = None;
        let en = page("en", &new, Some(&now));
        assert!(!en.contains("2025") && rows(&en)[0] == "2-1: 9.50 | 20.50, of 30.00", "{en}");
    }

    #[test]
    fn a_criterion_that_asks_something_else_is_another_one() {
        let (now, mut before) = (scored(POINTS, "30"), scored(POINTS, "30"));
        let changed = before.publication.schemes[0].definition.replace("Kế hoạch năm", "Kế hoạch và báo cáo");
        before.publication.schemes[0].definition = changed;
        let before = Document::draft(before.publication).unwrap();
        let vi = page("vi", &now, Some(&before));
        assert_eq!(rows(&vi)[2], "1-1: 1,50 | 0,00, trên 1,50", "{vi}");
        assert!(rows(&vi)[0].ends_with("năm 2025: 20,50"), "{vi}");
    }

    #[test]
    fn who_lost_nothing_is_told_so_and_what_was_imported_says_nothing() {
        let mut full = scored(["1.5", "38.5", "30", "30"], "30");
        let unit = &mut full.publication.ranking.as_mut().unwrap().blocks[0].units[0];
        unit.cells[2].points = Some(Held::default());
        assert!(page("vi", &full, None).contains("không mất điểm ở tiêu chí nào"));
        assert_eq!(page("vi", &document(units(), None), None), "");
    }
}
