//! What is said of an index that lacks points of surveys, wherever it or a rank made of it stands.

use maud::{Markup, html};

use super::super::dotted;
use super::view::BlockView;
use crate::scoring::ranking::{RankList, RankedUnit, Standing};

impl BlockView<'_> {
    /// "Rescaled, no survey points"; nothing of an index that lacks none.
    pub(super) fn gap(&self, unit: &RankedUnit) -> Option<String> {
        self.block.gap(unit).map(|gap| self.words.get(&format!("par-gap-{}", gap.code())))
    }

    /// The name of a unit, with what its index lacks.
    pub(super) fn named(&self, unit: &RankedUnit) -> String {
        let name = self.unit(unit);
        self.gap(unit).map_or_else(|| name.to_owned(), |gap| format!("{name} ({gap})"))
    }

    /// What the index of a unit lacks, on a line of its own.
    pub(super) fn gap_mark(&self, unit: &RankedUnit) -> Markup {
        html! { @if let Some(gap) = self.gap(unit) { br; span.mark { (gap) } } }
    }

    /// That a unit is ranked apart, on a line of its own.
    pub(super) fn apart_mark(&self, standing: &Standing) -> Markup {
        html! { @if standing.list == RankList::Apart { br; span.mark { (self.words.get("par-apart-mark")) } } }
    }

    /// What it means that an index lacks something, where one does.
    pub(super) fn gap_note(&self) -> Markup {
        let some = self.listed().any(|(unit, _)| self.block.gap(unit).is_some());
        html! { @if some { p.note { (self.words.get("par-gap-note")) } } }
    }

    /// The units of a chart whose indices lack something, in a sentence; nothing where there are none.
    pub(super) fn gaps(&self, key: &str) -> Option<String> {
        let units = self.ranked.iter().filter(|(unit, _)| self.block.gap(unit).is_some());
        let names: Vec<String> = units.map(|(unit, _)| self.named(unit)).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        (!names.is_empty()).then(|| self.words.with(key, [("units", &dotted::few(self.words, &names))]))
    }
}

#[cfg(test)]
mod tests {
    use maud::Markup;

    use super::super::super::ResultsQuery;
    use super::super::super::contents::laid_out;
    use super::super::sample::{document, rescaled, units};
    use super::super::view::BlockView;
    use super::super::{report, unit};
    use crate::publication::document::Document;
    use crate::scoring::ranking::{RankList, SurveyGap};
    use crate::words::Words;

    /// The department that came from the fifth rank to the second has no points of a survey.
    fn lacking() -> Document {
        let mut units = units();
        units[1].standing.as_mut().unwrap().score = Some(rescaled());
        document(units, Some(2025))
    }

    fn page(language: &str, document: &Document) -> String {
        let view = BlockView::new(Words::of(language), document, &document.ranking().unwrap().blocks[0]);
        laid_out(view.words, &Markup::default(), &report::chapters(&view, &ResultsQuery::default())).into_string()
    }

    #[test]
    fn a_report_says_wherever_it_matters_that_an_index_lacks_points_of_surveys() {
        let (document, mark) = (lacking(), "quy đổi, không có điểm khảo sát");
        let vi = page("vi", &document);
        assert!(vi.contains(&format!("<br><span class=\"mark\">{mark}</span></th><td class=\"num\">93,20</td>")), "the ranking: {vi}");
        let named = format!(">Sở Ngoại vụ</a><br><span class=\"mark\">{mark}</span></div>");
        assert!(vi.contains(&named) && vi.contains("<circle class=\"partial\" cx=\"72.80%\""), "the dots: {vi}");
        assert!(vi.contains("</svg> Thiếu điểm khảo sát</li>"), "what the ring means: {vi}");
        assert!(vi.contains(&format!("<title>Sở Ngoại vụ ({mark}): từ hạng 5 đến hạng 2</title>")), "the slopes: {vi}");
        assert!(vi.contains(&format!("Sở Ngoại vụ ({mark}) tăng nhiều nhất")), "the sentences: {vi}");
        assert!(vi.contains(&format!("Hạng tính từ chỉ số thiếu điểm khảo sát: Sở Ngoại vụ ({mark}).")), "{vi}");
        assert_eq!(vi.matches("không thể so sánh trực tiếp").count(), 1, "{vi}");
        assert!(page("en", &document).contains("Department of Foreign Affairs (rescaled, no survey points)"));
    }

    /// The same ranked apart, and the last department not ranked for the same reason.
    fn outside() -> Document {
        let mut units = units();
        let standing = units[1].standing.as_mut().unwrap();
        (standing.list, standing.rank, standing.score, standing.before) = (RankList::Apart, 1, Some(rescaled()), None);
        (units[4].standing, units[4].unranked) = (None, Some(SurveyGap::RescaledWithout));
        document(units, Some(2025))
    }

    #[test]
    fn who_is_ranked_apart_or_not_at_all_stands_behind_the_ranking_with_the_reason() {
        let document = outside();
        let vi = page("vi", &document);
        let (_, behind) = vi.split_once("Xếp hạng riêng 1 đơn vị có chỉ số thiếu điểm khảo sát</th>").unwrap();
        let row = behind.split_once("</table>").unwrap().0;
        assert!(row.contains("<td class=\"num\">1</td><th scope=\"row\"><a") && row.contains("Sở Ngoại vụ</a>"), "{row}");
        assert!(row.contains("Không xếp hạng: quy đổi, không có điểm khảo sát</td>"), "{row}");
        assert!(vi.contains("Chỉ số trung bình của 3 đơn vị trong khối"), "{vi}");
        let summary = vi.split("<table").next().unwrap();
        assert!(!summary.contains("Sở Ngoại vụ"), "no sentence and no chart ranks it among the others: {summary}");
        assert!(vi.contains("Sở Ngoại vụ<br><span class=\"mark\">xếp hạng riêng</span></th>"), "its fields: {vi}");
    }

    #[test]
    fn the_page_of_a_unit_says_that_it_is_ranked_apart_or_not_at_all() {
        let document = outside();
        let view = BlockView::new(Words::of("vi"), &document, &document.ranking().unwrap().blocks[0]);
        let sums = unit::sums(&view, &view.block.units[1]).into_string();
        assert!(sums.contains("<dd>1/1<br><span class=\"mark\">xếp hạng riêng</span></dd>"), "{sums}");
        let (lead, _) = unit::section(&view, &view.block.units[1], None);
        let lead = lead.into_string().replace('\u{a0}', " ");
        assert!(lead.contains("xếp hạng 1/1 đơn vị trong nhóm xếp hạng riêng, với 93,20 %."), "{lead}");
        assert!(lead.contains("Đơn vị xếp hạng riêng nên không so hạng với năm 2025.") && !lead.contains("trung bình khối"), "{lead}");
        let (lead, parts) = unit::section(&view, &view.block.units[4], None);
        assert!(lead.into_string().contains("Không xếp hạng: quy đổi, không có điểm khảo sát"));
        assert!(parts.iter().any(|part| part.id.ends_with("-sheet")), "what was scored is shown all the same");
        assert!(unit::sums(&view, &view.block.units[4]).into_string().is_empty(), "and no index");
    }

    #[test]
    fn where_every_index_has_all_points_nothing_is_said_of_it() {
        let page = page("vi", &document(units(), Some(2025)));
        assert!(!page.contains("điểm khảo sát") && !page.contains("class=\"partial\""), "{page}");
    }
}
