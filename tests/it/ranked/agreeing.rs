//! The report page, the workbook, the API and the tables of the example province say the same of targets, of conversions, of the entries
//! that count and of criteria, word for word and figure for figure.

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use par_survey::publication::document::Document;
use par_survey::round::steps::ScorePart;
use par_survey::scheme::numbers::CriterionNumbers;
use par_survey::scoring::conversion::Branch;
use par_survey::scoring::decimal::Held;
use par_survey::scoring::measure::Measure;
use par_survey::scoring::ranking::{BlockRanking, CellResult, CriterionOfField, CriterionSum, LeafHead, RankedUnit};
use par_survey::scoring::targets::{Aim, TargetResult, TargetScope};
use par_survey::store::snapshots::Snapshot;
use par_survey::words::Words;

use super::RESPONDENTS;
use crate::harness::province::Province;

/// The sheet of criteria.
const CRITERIA: &str = "Tiêu chí";

/// The sheet of targets.
const TARGETS: &str = "Mục tiêu";

/// Rows of a table by unit, level and code.
type Rows = HashMap<[String; 3], HashMap<String, String>>;

/// The round in every way in which it is given.
struct Given {
    province: Province,
    document: Document,
    rows: Rows,
    book: HashMap<String, Vec<Vec<Data>>>,
}

impl Given {
    async fn start() -> Self {
        let province = Province::with(RESPONDENTS).await;
        let body = province.text("/api/v1/rounds/2025").await;
        let document = Document::frozen(Snapshot { sha256: String::new(), body }).unwrap();
        let csv = province.text("/api/v1/rounds/2025/scores.csv").await;
        let rows = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes()).into_deserialize().map(Result::unwrap);
        let named = |row: HashMap<String, String>| (["unit", "level", "code"].map(|column| row[column].clone()), row);
        let rows = rows.map(named).collect();
        let book = province.get("/api/v1/rounds/2025/scores.xlsx").await.bytes().await.unwrap();
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(book)).unwrap();
        let sheets = book.worksheets().into_iter();
        let book = sheets.map(|(name, range)| (name, range.rows().map(<[Data]>::to_vec).collect())).collect();
        Self { province, document, rows, book }
    }

    fn blocks(&self) -> &[BlockRanking] {
        &self.document.ranking().unwrap().blocks
    }

    /// The row of a table about a criterion or leaf of a unit.
    fn row(&self, unit: &RankedUnit, level: &str, code: &str) -> &HashMap<String, String> {
        &self.rows[&[unit.unit.as_str(), level, code].map(str::to_owned)]
    }

    /// The cell of a sheet below a head that ends in these words.
    fn cell<'s>(&'s self, sheet: &str, row: &'s [Data], head: &str) -> &'s Data {
        let place = self.book[sheet][1].iter().position(|cell| cell.to_string().ends_with(head));
        &row[place.unwrap_or_else(|| panic!("no column {head}"))]
    }
}

/// The texts of the cells of each row of a page that has any.
fn table_rows(page: &str) -> Vec<Vec<String>> {
    let text = |cell: &str| {
        let inside = cell.split_once('>').unwrap().1;
        let text: String =
            inside.split('<').enumerate().map(|(place, part)| if place == 0 { part } else { part.split_once('>').unwrap().1 }).collect();
        text.trim().replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    };
    let cells = |row: &str| row.replace("<th", "<td").split("<td").skip(1).map(text).collect();
    page.split("<tr").skip(1).map(|row| cells(row.split("</tr>").next().unwrap())).collect()
}

/// In both languages, as a workbook writes it.
fn both(vi: &str, en: &str) -> String {
    if vi == en { vi.to_owned() } else { format!("{vi} / {en}") }
}

fn fixed(held: Option<Held>) -> String {
    held.map(|held| held.to_fixed(2)).unwrap_or_default()
}

/// A number as a language writes it, with two decimals.
fn number(words: Words, held: Held) -> String {
    words.decimal(&held.to_fixed(2))
}

/// The rows of the table of targets on the page of the round.
async fn target_rows(given: &Given, language: &str) -> Vec<Vec<String>> {
    let page = given.province.text(&format!("/results/2025?lang={language}")).await;
    let table = page.split("id=\"PAR-targets\"").nth(1).unwrap().split("</table>").next().unwrap();
    table_rows(table.split("<tbody").nth(1).unwrap())
}

/// Figures of a target: those of the API, in the workbook and on both pages.
fn figures_agree(given: &Given, result: &TargetResult, row: &[Data], [vi, en]: [&Vec<String>; 2]) {
    let in_book = |head| given.cell(TARGETS, row, head).to_string();
    let attained = result.attained.as_ref();
    let value = attained.and_then(|attained| attained.value);
    let said = match given.cell(TARGETS, row, "Value reached") {
        Data::Float(value) => format!("{value:.2}"),
        other => other.to_string(),
    };
    assert_eq!(said, fixed(value));
    let about_value = matches!(result.target.aim, Aim::ValueAtLeast(_) | Aim::ValueAbove(_) | Aim::ValueEqual(_));
    if let (Some(value), true) = (value, about_value) {
        let percent = result.subject.measure == Measure::Percent;
        let of = |words: Words| if percent { words.percent(&value.to_fixed(2)) } else { number(words, value) };
        assert_eq!([&vi[2], &en[2]], [&of(Words::of("vi")), &of(Words::of("en"))]);
        assert_eq!((en[3].contains('%'), en[4].contains("percentage points")), (percent, percent), "{en:?}");
    }
    let rank = attained.and_then(|attained| attained.rank).map(|rank| rank.to_string()).unwrap_or_default();
    assert_eq!(in_book("Rank reached"), rank);
    let by = result.by.as_deref().unwrap_or_default().trim_start_matches('+');
    assert_eq!(in_book("above the target)").parse::<f64>().ok(), by.parse::<f64>().ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn page_workbook_and_api_say_the_same_of_targets() {
    let given = Given::start().await;
    let targets = &given.document.ranking().unwrap().targets;
    let pages = [target_rows(&given, "vi").await, target_rows(&given, "en").await];
    let rows: Vec<&Vec<Data>> = given.book[TARGETS].iter().skip(2).collect();
    assert_eq!((pages[0].len(), pages[1].len(), rows.len()), (targets.len(), targets.len(), targets.len()));
    let mut fields = 0;
    for (place, (result, row)) in targets.iter().zip(rows).enumerate() {
        let [vi, en] = [&pages[0][place], &pages[1][place]];
        let in_book = |head| given.cell(TARGETS, row, head).to_string();
        let on_page = |column: usize| both(&vi[column], &en[column]);
        // The name of the unit, and below it what the target is on.
        let below = |cell: &str, unit: String| cell.strip_prefix(unit.as_str()).unwrap().to_owned();
        let (on_vi, on_en) = (below(&vi[0], in_book("Đơn vị")), below(&en[0], in_book("Unit")));
        let parts = |cell: &str| cell.split_once(", ").map(|(index, scope)| (index.to_owned(), scope.to_owned())).unwrap();
        let ((index_vi, scope_vi), (index_en, scope_en)) = (parts(&on_vi), parts(&on_en));
        assert_eq!((in_book("Index"), in_book("Scope")), (both(&index_vi, &index_en), both(&scope_vi, &scope_en)));
        assert_eq!((in_book("Target"), in_book("Outcome")), (on_page(3), on_page(1)));
        figures_agree(&given, result, row, [vi, en]);
        if let TargetScope::Field { block, field } = &result.subject.scope {
            let of = |language| given.document.field_of(block, field, language);
            assert_eq!((scope_vi.as_str(), scope_en.as_str()), (of("vi"), of("en")));
            fields += 1;
        }
    }
    assert_eq!(fields, 1, "the example has a target on a field");
}

/// The calculation that a page has to print of a leaf: with the value and the bounds that were published.
fn calculation(words: Words, head: &LeafHead, cell: &CellResult) -> Option<String> {
    let (worked, points) = (cell.worked?, cell.points?);
    let bound = worked.branch.bound();
    let bounded = || if worked.measure == Measure::Percent { words.percent(&bound.to_fixed(2)) } else { number(words, bound) };
    let said = |key| words.with(key, [("from", &bounded()), ("points", &number(words, points))]);
    Some(match worked.branch {
        Branch::From { .. } => said("par-worked-from"),
        Branch::Below { .. } => said("par-worked-below"),
        Branch::Line { highest, .. } => {
            assert_eq!(head.maximum.part(worked.value.less(bound), highest.less(bound)), Some(points), "{cell:?}");
            let exact = worked.value.to_string();
            let exact = exact.trim_end_matches('0');
            let decimals = exact.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            let value = if decimals > 2 { words.decimal(exact) } else { number(words, worked.value) };
            let value = if bound == Held::default() { value } else { format!("({value} − {})", number(words, bound)) };
            format!("{} × {value} ÷ ", number(words, head.maximum))
        }
    })
}

/// Words of a key in both languages.
fn in_both(key: &str) -> String {
    both(&Words::of("vi").get(key), &Words::of("en").get(key))
}

/// One unit, in every way in which it is given.
struct OfUnit<'g> {
    given: &'g Given,
    block: &'g BlockRanking,
    unit: &'g RankedUnit,
    /// Rows of the workbook's sheet of criteria, in the order of the leaves.
    book: Vec<&'g Vec<Data>>,
    words: Words,
    /// Rows of all tables of the page.
    page: Vec<Vec<String>>,
}

impl<'g> OfUnit<'g> {
    async fn of(given: &'g Given, (block, unit): (&'g BlockRanking, &'g RankedUnit), words: Words) -> Self {
        let page = given.province.text(&format!("/results/2025/{}?lang={}", unit.unit, words.code())).await;
        let page = table_rows(page.split("<section id=\"PAR\">").nth(1).unwrap().split("</section>").next().unwrap());
        let is_own = |row: &&Vec<Data>| row.iter().any(|cell| *cell == unit.unit.as_str());
        let book = given.book[CRITERIA].iter().filter(is_own).collect();
        Self { given, block, unit, book, words, page }
    }

    fn in_book(&self, leaf: usize, head: &str) -> String {
        match self.given.cell(CRITERIA, self.book[leaf], head) {
            Data::Float(value) => format!("{value:.2}"),
            other => other.to_string(),
        }
    }

    /// Points of a leaf, what was possible, and the entry that counts: the last that was made, and what an appraiser enters are the points.
    fn entries_agree(&self, place: usize, head: &LeafHead, cell: &CellResult) {
        let row = self.given.row(self.unit, if head.is_sub_criterion() { "sub-criterion" } else { "criterion" }, &head.code);
        let last = [("council", &cell.council), ("second", &cell.second), ("appraised", &cell.appraised)];
        let last = last.into_iter().find_map(|(part, entry)| Some((part, entry.as_deref()?)));
        let counts = cell.counts.map(ScorePart::name);
        assert_eq!(row["counts"], counts.unwrap_or_default());
        assert!(counts.is_none() || counts == last.map(|(part, _)| part), "{cell:?}");
        if let (Some(_), Some((_, entry)), None) = (counts, last, cell.worked) {
            assert_eq!(entry.replace(',', ".").parse().ok(), cell.points, "{cell:?}");
        }
        let possible = (row["points"].clone(), row["applicable_maximum"].clone());
        assert_eq!(possible, (fixed(cell.points), fixed(Some(cell.maximum))));
        let said = counts.map(|part| in_both(&format!("par-part-{part}"))).unwrap_or_default();
        assert_eq!(self.in_book(place, "Entry that counts"), said);
        assert_eq!((self.in_book(place, "Criterion code"), self.in_book(place, "Points")), (head.code.clone(), fixed(cell.points)));
    }

    /// How a value became points; gives the branch where there was one.
    fn conversion_agrees(&self, place: usize, head: &LeafHead, cell: &CellResult) -> Option<&'static str> {
        let row = self.given.row(self.unit, if head.is_sub_criterion() { "sub-criterion" } else { "criterion" }, &head.code);
        let branch = cell.worked.map(|worked| worked.branch);
        let value = cell.worked.map(|worked| worked.value.to_string()).unwrap_or_default();
        let [bound, highest] = [branch.map(Branch::bound), branch.and_then(Branch::highest)].map(fixed);
        let code = branch.map(Branch::code).unwrap_or_default();
        let table = ["converted", "branch", "bound", "highest"].map(|column| row[column].as_str());
        assert_eq!(table, [value.as_str(), code, &bound, &highest]);
        let said = branch.map(|branch| in_both(&format!("workbook-branch-{}", branch.code()))).unwrap_or_default();
        assert_eq!(self.in_book(place, "How it was converted"), said);
        if let Some(survey) = &cell.survey {
            let shared = (self.in_book(place, "Share (%)"), Some(survey.percent));
            assert_eq!(shared, (fixed(Some(survey.percent)), cell.worked.map(|work| work.value)));
        }
        let calculation = calculation(self.words, head, cell).filter(|_| self.unit.standing.is_some())?;
        let text = self.given.document.scheme(self.block).unwrap().leaves[place].text.get(self.words.code());
        let said = |row: &Vec<String>| row.iter().any(|cell| cell.contains(text)) && row.concat().contains(&calculation);
        assert!(self.page.iter().any(said), "{} {}: {calculation}", self.unit.unit, head.code);
        branch.map(Branch::code)
    }

    /// What a criterion is as a whole; gives whether it has parts.
    fn criterion_agrees(&self, head: &CriterionOfField, sum: &CriterionSum) -> bool {
        let leaves = self.block.leaves.iter().zip(&self.unit.cells);
        let leaves: Vec<_> = leaves.filter(|(leaf, _)| leaf.criterion == head.code && !leaf.is_adjustment()).collect();
        let points = Held::total(leaves.iter().filter_map(|(_, cell)| cell.points));
        assert_eq!((sum.points, sum.maximum), (points, Held::total(leaves.iter().map(|(_, cell)| cell.maximum))), "{}", head.code);
        if !leaves.iter().any(|(leaf, _)| leaf.is_sub_criterion()) {
            return false;
        }
        let row = self.given.row(self.unit, "criterion", &head.code);
        let seen = |held: Held| fixed(sum.index.map(|_| held));
        assert_eq!(
            ["points", "maximum", "index"].map(|column| row[column].clone()),
            [seen(sum.points), seen(sum.maximum), fixed(sum.index)]
        );
        if self.unit.standing.is_some() && self.block.field(&head.field).is_some() {
            let percent = sum.index.map(|index| self.words.percent(&index.to_fixed(2))).unwrap_or_default();
            // Of a criterion of which nothing applies there are no points and no maximum.
            let shown = |held| sum.index.map_or_else(|| "–".to_owned(), |_| number(self.words, held));
            let expected = [shown(sum.points) + &percent, shown(sum.maximum)];
            let scheme = self.given.document.scheme(self.block).unwrap();
            let place = scheme.criteria.iter().position(|criterion| criterion.code == head.code).unwrap();
            let name = format!("{} ", CriterionNumbers::of(scheme).criterion(place));
            let has = |row: &Vec<String>| row.len() > 2 && row[0].starts_with(&name) && row[1..3] == expected;
            assert!(self.page.iter().any(has), "{} {}: {expected:?}", self.unit.unit, head.code);
        }
        true
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn page_workbook_table_and_api_say_the_same_of_conversions_entries_that_count_and_criteria() {
    let given = Given::start().await;
    let (mut wholes, mut branches) = (0, Vec::new());
    for of in given.blocks().iter().flat_map(|block| block.units.iter().map(move |unit| (block, unit))) {
        for words in ["vi", "en"].map(Words::of) {
            let one = OfUnit::of(&given, of, words).await;
            for (place, (head, cell)) in one.block.leaves.iter().zip(&one.unit.cells).enumerate() {
                one.entries_agree(place, head, cell);
                branches.extend(one.conversion_agrees(place, head, cell));
            }
            let criteria = one.block.criteria.iter().zip(&one.unit.criteria);
            wholes += criteria.filter(|(head, sum)| one.criterion_agrees(head, sum)).count();
        }
    }
    // The example shows conversions of steps and lines, and criteria with parts.
    assert!(
        wholes > 100 && branches.len() > 100 && ["from", "line"].iter().all(|branch| branches.contains(branch)),
        "{wholes} {}",
        branches.len()
    );
}
