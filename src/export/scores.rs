//! `scores`: scores and ranks of a round. A unit has one row, then one for each field of its block and one for each criterion and
//! sub-criterion of its scheme, whether something was entered or not, so that the rows too depend on scheme and register alone.

use std::io::{self, Write};

use super::column::Column;
use super::table::{Format, TableShape, TableWriter};
use super::{ColumnHead, SCORES, title, units_by_code};
use crate::publication::document::Document;
use crate::scoring::ranking::Ranking;

mod alone;
mod book;
mod cells;
mod rows;
mod worked;

pub(super) use book::write as workbook;
use cells::{EntryCells, PastCells, SumCells};
use rows::{BlockRows, SUBJECT, UNIT};
use worked::WorkedCells;

/// Writes the table.
pub(super) fn write(document: &Document, ranking: &Ranking, format: Format, out: &mut dyn Write) -> io::Result<()> {
    let mut table = TableWriter::begin(format, shape(document), out)?;
    let units = units_by_code(document);
    for block in &ranking.blocks {
        let rows = BlockRows::of(document, ranking, &units, block);
        for unit in &block.units {
            table.lead(rows.of_all(unit));
            for row in rows.all(unit) {
                let alone = super::alone(document, row.is_alone);
                let worked = has_worked(document).then(|| row.worked().cells());
                table.row(&row.cells().chain(alone).chain(worked.into_iter().flatten()).collect::<Vec<_>>())?;
            }
        }
    }
    table.end().map(drop)
}

/// The columns that every document has; the last ones are those of later formats.
fn named() -> impl Iterator<Item = ColumnHead> {
    [&UNIT[..], &SUBJECT, &SumCells::COLUMNS, &PastCells::COLUMNS, &EntryCells::COLUMNS].into_iter().flatten().copied()
}

fn columns(document: &Document) -> Vec<Column> {
    let worked = has_worked(document).then_some(WorkedCells::COLUMNS).into_iter().flatten();
    named().map(Column::known).chain(super::alone_column(document)).chain(worked.map(Column::known)).collect()
}

/// What the table is before its rows.
pub(super) fn shape(document: &Document) -> TableShape {
    TableShape { name: SCORES, title: title::of_document(document), columns: columns(document) }
}

/// Whether its table says how points came about: those of the first format stay as they are.
fn has_worked(document: &Document) -> bool {
    !document.is_of_first_format()
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::publication::{FORMAT, Publication, PublishedScheme, PublishedUnit};
    use crate::scheme::TieRule;
    use crate::scoring::decimal::Held;
    use crate::scoring::ranking::{
        Before, BlockRanking, CellResult, CellState, FieldHead, FieldScore, LeafHead, Origin, PreviousRound, RankList, RankedUnit,
        ScoreSums, Standing, UnitStatus, explain,
    };
    use crate::unit::UnitCode;

    const SCHEME: &str = include_str!("../../survey-definitions/provincial-communes.scheme.toml");

    fn value(text: &str) -> Held {
        text.parse().unwrap()
    }

    pub(super) fn cell(points: Option<&str>, state: CellState) -> CellResult {
        let (self_score, evidence, appraised, note) = (None, None, None, None);
        let (explanation, second, council, survey, changes) = (None, None, None, None, Vec::new());
        let points = points.map(value);
        let (maximum, counts, worked) = (Held::default(), None, None);
        CellResult {
            points,
            state,
            maximum,
            counts,
            worked,
            self_score,
            evidence,
            appraised,
            note,
            explanation,
            second,
            council,
            survey,
            changes,
        }
    }

    fn unit(code: &str, status: UnitStatus, standing: Option<Standing>, cells: &[CellResult; 2]) -> RankedUnit {
        RankedUnit { unit: UnitCode::new(code).unwrap(), status, standing, unranked: None, cells: cells.to_vec(), criteria: Vec::new() }
    }

    fn standing(rank: u32, index: &str, field: FieldScore, before: Option<(u32, &str)>) -> Standing {
        let field_before = field.index.map(|_| value("80"));
        let before = before.map(|(rank, index)| Before { rank, index: Some(value(index)), fields: vec![field_before], score: None });
        Standing {
            rank,
            list: RankList::Block,
            index: Some(value(index)),
            score: None,
            band: Some("excellent".into()),
            fields: vec![field],
            before,
        }
    }

    /// Four units of one block: one that rose, one that fell, one that was merged, and one that is not ranked. The field applies only to
    /// the one that rose.
    fn block() -> BlockRanking {
        let unscored = || FieldScore { points: Some(value("0")), maximum: Some(value("0")), index: None, rank: None };
        let (points, maximum) = (Some(value("9.5")), Some(value("12")));
        let direction = FieldScore { points, maximum, index: Some(value("79.166666666667")), rank: Some(1) };
        let score = ScoreSums {
            reached_points: value("91.75"),
            reached_maximum: value("100"),
            points: value("91.25"),
            maximum: value("100"),
            base_points: value("91.75"),
            base_index: value("91.75"),
            bonus: value("0"),
            penalty: value("0.5"),
            clamped: false,
            rescaled: true,
            missing: 0,
        };
        let [self_score, appraised, note] = ["1", "0.75", "=1+1, thiếu văn bản"].map(|text| Some(text.to_owned()));
        let entered = CellResult { self_score, appraised, note, ..cell(Some("0.75"), CellState::Counted) };
        let missing = || [cell(None, CellState::Missing), cell(None, CellState::Missing)];
        let rose = Standing { score: Some(score), ..standing(1, "91.25", direction, Some((9, "90.5"))) };
        let from = ["xa-d", "xa-e"].map(|code| UnitCode::new(code).unwrap()).to_vec();
        let leaf = |code: &str, field: &str, maximum: &str, from| {
            let maximum = value(maximum);
            LeafHead { code: code.to_owned(), field: field.to_owned(), criterion: String::new(), maximum, from }
        };
        BlockRanking {
            block: "communes".into(),
            scheme: Some("provincial-communes".into()),
            tie_rule: TieRule::Competition,
            bands: Vec::new(),
            fields: vec![FieldHead { code: "direction".into(), maximum, mean: None }],
            criteria: Vec::new(),
            leaves: vec![leaf("c1-1-1", "direction", "1", Origin::Appraisal), leaf("c9-2", "adjustments", "2", Origin::Penalty)],
            mean: Some(value("89.916666666667")),
            units: vec![
                unit("xa-b", UnitStatus::Normal, Some(standing(2, "88", unscored(), Some((1, "90.5")))), &missing()),
                unit("xa-x", UnitStatus::Exempt, None, &missing()),
                unit("xa-a", UnitStatus::Normal, Some(rose), &[entered, cell(Some("0.5"), CellState::Counted)]),
                unit("xa-c", UnitStatus::Merged { from }, Some(standing(3, "87", unscored(), None)), &missing()),
            ],
        }
    }

    /// A draft of made-up scores, in which one unit has no name.
    pub(super) fn document() -> Document {
        let named = |code: &str, name: &str| PublishedUnit {
            code: UnitCode::new(code).unwrap(),
            name_vi: format!("Xã {name}"),
            name_en: format!("{name} Commune"),
            block: "communes".into(),
        };
        let previous = PreviousRound { round: "2025".into(), year: 2025, sha256: "cd".repeat(32) };
        let publication = Publication {
            format: FORMAT,
            round: "2026".into(),
            name_vi: "Đánh giá năm 2026".into(),
            name_en: "Assessment of 2026".into(),
            year: 2026,
            synthetic: true,
            organiser: None,
            excused: Vec::new(),
            units: vec![named("xa-a", "A"), named("xa-b", "B"), named("xa-c", "C"), named("xa-d", "D"), named("xa-e", "E")],
            questionnaires: Vec::new(),
            schemes: vec![PublishedScheme { definition: SCHEME.to_owned(), definition_sha256: String::new() }],
            ranking: Some(Ranking { previous: Some(previous), blocks: vec![block()], targets: Vec::new() }),
            corrects: None,
        };
        explained(publication)
    }

    /// A document of a publication, with what follows from its entries.
    pub(super) fn explained(mut publication: Publication) -> Document {
        let scheme = crate::scheme::kept::read(SCHEME).unwrap();
        publication.ranking.iter_mut().flat_map(|ranking| &mut ranking.blocks).for_each(|block| explain(block, &scheme));
        Document::draft(publication).unwrap()
    }

    fn written(format: Format) -> Vec<u8> {
        let (document, mut out) = (document(), Vec::new());
        write(&document, document.ranking().unwrap(), format, &mut out).unwrap();
        out
    }

    fn rows() -> Vec<HashMap<String, String>> {
        let csv = written(Format::Csv);
        csv::Reader::from_reader(&csv[3..]).deserialize().map(Result::unwrap).collect()
    }

    /// Cells of a row by their columns.
    fn cells<'r, const N: usize>(row: &'r HashMap<String, String>, columns: [&str; N]) -> [&'r str; N] {
        columns.map(|column| row[column].as_str())
    }

    #[test]
    fn a_unit_has_a_row_for_itself_each_field_and_each_leaf() {
        let rows = rows();
        assert_eq!(rows.len(), 4 * (1 + 1 + 1 + 2));
        let of = |row: &HashMap<String, String>| cells(row, ["unit", "level", "code"]).map(str::to_owned);
        let levels: Vec<_> = rows[10..15].iter().map(of).collect();
        let [field, whole] = [["xa-a", "field", "direction"], ["xa-a", "criterion", "c1-1"]];
        let [first, last] = [["xa-a", "sub-criterion", "c1-1-1"], ["xa-a", "criterion", "c9-2"]];
        assert_eq!(levels, [["xa-a", "unit", ""], field, whole, first, last]);
        let origin = cells(&rows[11], ["round", "synthetic", "scheme", "version", "snapshot", "block", "unit_name_vi", "unit_name_en"]);
        assert_eq!(origin, ["2026", "yes", "provincial-communes", "2026.1", "draft", "communes", "Xã A", "A Commune"]);
    }

    #[test]
    fn a_row_says_what_is_known_on_its_level() {
        let rows = rows();
        let (whole, field, criterion, leaf, penalty) = (&rows[10], &rows[11], &rows[12], &rows[13], &rows[14]);
        let past = ["previous_round", "previous_rank", "rank_change", "previous_index", "index_change"];
        let sums = ["rank", "index", "index_held", "base_index", "points", "maximum", "penalty", "clamped", "rescaled", "missing", "band"];
        let said = ["1", "91.25", "91.250000000000", "91.75", "91.25", "100.00", "0.50", "no", "yes", "0", "excellent"];
        assert_eq!(cells(whole, sums), said);
        assert_eq!(cells(whole, past), ["2025", "9", "+8", "90.50", "+0.75"]);
        assert_eq!(cells(field, sums), ["1", "79.17", "79.166666666667", "", "9.50", "12.00", "", "", "", "", ""]);
        assert_eq!(cells(field, past), ["2025", "", "", "80.00", "-0.83"]);
        let entered = ["field", "from", "points", "points_held", "maximum", "state", "self", "appraised", "note"];
        let said = ["direction", "appraisal", "0.75", "0.750000000000", "1.00", "counted", "1", "0.75", "'=1+1, thiếu văn bản"];
        assert_eq!(cells(leaf, entered), said);
        // Of the sub-criteria only one is in this example: 0.75 of its one point.
        assert_eq!(cells(criterion, ["points", "maximum", "index", "state"]), ["0.75", "1.00", "75.00", ""]);
        assert_eq!(cells(leaf, ["index", "index_held"]), ["75.00", "75.000000000000"]);
        assert_eq!(cells(penalty, ["from", "points", "index", "state"]), ["penalty", "0.50", "", "counted"]);
    }

    #[test]
    fn a_field_has_its_code_as_field_and_no_points_where_it_does_not_apply() {
        let rows = rows();
        let columns = ["code", "field", "points", "points_held", "maximum", "index", "rank"];
        assert_eq!(cells(&rows[1], columns), ["direction", "direction", "", "", "", "", ""]);
        assert_eq!(cells(&rows[11], columns), ["direction", "direction", "9.50", "9.500000000000", "12.00", "79.17", "1"]);
    }

    #[test]
    fn units_that_fell_were_merged_or_are_not_ranked_have_rows_as_well() {
        let rows = rows();
        let columns = ["unit_name_vi", "status", "merged_from", "rank", "rank_change", "previous_round"];
        assert_eq!(cells(&rows[0], columns), ["Xã B", "normal", "", "2", "-1", "2025"]);
        assert_eq!(cells(&rows[5], columns), ["xa-x", "exempt", "", "", "", "2025"]);
        assert_eq!(cells(&rows[15], columns), ["Xã C", "merged", "xa-d;xa-e", "3", "", "2025"]);
        assert_eq!(rows[8]["state"], "missing");
    }

    #[test]
    fn json_has_the_same_rows_with_changes_as_numbers() {
        let read: Vec<serde_json::Value> = serde_json::from_slice(&written(Format::Json)).unwrap();
        assert_eq!(read.len(), rows().len());
        assert!(read[10]["rank_change"] == 8 && read[0]["rank_change"] == -1 && read[10]["rank"] == 1, "{}", read[10]);
        assert!(read[10]["index_change"] == "+0.75" && read[5]["rank"].is_null(), "{}", read[10]);
    }
}
