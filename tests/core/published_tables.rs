//! Tables as they were published, with their sources: what the program's sums, ranks and changes make of them.

use std::collections::BTreeMap;

use csv::StringRecord;
use par_survey::scheme::TieRule;
use par_survey::scoring::decimal::Held;
use par_survey::scoring::rank::ranks;
use par_survey::scoring::ranking::{Direction, Movement};

use crate::small::{codes, criterion, field, held, of_rank, of_ranks, ranked, scheme, standing, unit};

/// The first ten provinces of 2020: Vietnam Investment Review of 28 June 2021, as reprinted; a copy of the rows of
/// `domain/par-national-2020-top10-components.csv`. The last two columns are that file's own sums.
const NATIONAL_2020: &str = "\
rank,province,appraisal,sipas,leaders,socio_economic,published,sum,published_minus_sum
1,Quảng Ninh,57.66,9.56,18.83,5.00,91.04,91.05,-0.01
2,Hải Phòng,58.71,9.35,19.45,3.00,90.51,90.51,+0.00
3,Thừa Thiên Huế,56.78,8.57,20.11,3.01,88.47,88.47,+0.00
4,Bình Dương,55.48,8.82,20.27,2.36,86.93,86.93,+0.00
5,Đồng Tháp,55.94,8.89,20.09,1.84,86.77,86.76,+0.01
6,Đà Nẵng,58.01,8.24,18.31,2.00,86.56,86.56,+0.00
7,Long An,56.52,8.62,18.11,3.00,86.25,86.25,+0.00
8,Hà Nội,55.79,8.50,20.28,1.50,86.07,86.07,+0.00
9,Bà Rịa - Vũng Tàu,56.23,8.40,18.25,3.14,86.02,86.02,+0.00
10,Phú Thọ,53.99,8.81,18.17,4.76,85.74,85.73,+0.01
";

/// Ranks of Hà Tĩnh: baohatinh of 28 February 2024 (`seeds/002_e46b6e7363b7364d.txt`), and for 2024 baohatinh post 279159; a copy of
/// the rows of `domain/par-hatinh-rank-changes.csv`. "derived" ranks were computed from a printed change, "inferred" ones from "3 up,
/// 2 down, 1 same".
const HA_TINH: &str = "\
block,unit,rank_2022,rank_2023,change_2023,rank_2024,change_2024,status
departments,Sở Khoa học và Công nghệ,1,1,0 (kept),4,-3,printed
departments,Sở Thông tin và Truyền thông,5,2,+3,,,printed
departments,Sở Ngoại vụ,11,3,+8,1,+2,printed
departments,Sở Kế hoạch và Đầu tư,12,4,+8,,,printed
departments,Sở Giáo dục và Đào tạo,10,5,+5,,,printed
departments,Sở Công Thương,16,10,+6,,,printed
departments,Sở Y tế,17,14,+3,,,printed
departments,Sở Lao động - TB&XH,3,13,-10,,,printed
departments,Sở Tư pháp,,12,,2,+10,derived
departments,Sở Tài nguyên và Môi trường,,10,,3,+7,derived
districts,TP Hà Tĩnh,1,1,0 (kept),1,0,printed
districts,Thị xã Kỳ Anh,3,2,+1,,,printed
districts,Thị xã Hồng Lĩnh,10,4,+6,,,printed
districts,Huyện Cẩm Xuyên,6,5,+1,,,printed
districts,Huyện Can Lộc,9,8,+1,,,printed
districts,Huyện Kỳ Anh,11,9,+2,,,printed
districts,Huyện Hương Khê,13,10,+3,,,printed
districts,Huyện Lộc Hà,,,-6,,,printed
central agencies,Cục Hải quan tỉnh,2,1,+1,,,printed
central agencies,Cục Thuế tỉnh,4,3,+1,,,printed
central agencies,NHNN Chi nhánh Hà Tĩnh,6,4,+2,,,printed
central agencies,Kho bạc Nhà nước tỉnh,3,6,-3,,,inferred
central agencies,\"(unnamed, previous 1st)\",1,2,-1,,,inferred
central agencies,(unnamed),5,5,0,,,inferred
central agencies,Công an tỉnh,,,,1,,printed
";

/// The year of a rank, its column, and the column of the change from the rank in the column before it.
const CHANGES: [(&str, usize, usize, usize); 2] = [("2023", 2, 3, 4), ("2024", 3, 5, 6)];

fn rows(table: &str) -> Vec<StringRecord> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows: Result<Vec<StringRecord>, csv::Error> = reader.records().collect();
    rows.unwrap()
}

/// A difference with its sign, as the table writes it.
fn difference(published: Held, sum: Held) -> String {
    if published < sum { format!("-{}", sum.less(published).to_fixed(2)) } else { format!("+{}", published.less(sum).to_fixed(2)) }
}

/// Only sums are recomputed: in 2020 the components had other maxima (66.5 appraised, 33.5 surveyed).
#[test]
fn printed_components_of_2020_miss_the_printed_index_by_a_hundredth_in_3_of_10_rows() {
    let mut off = Vec::new();
    for row in rows(NATIONAL_2020) {
        let sum = Held::total((2..6).map(|column| held(&row[column])));
        let by = difference(held(&row[6]), sum);
        assert_eq!((sum.to_fixed(2).as_str(), by.as_str()), (&row[7], &row[8]), "{}", &row[1]);
        if by != "+0.00" {
            off.push(row[1].to_owned());
        }
    }
    assert_eq!(off, ["Quảng Ninh", "Đồng Tháp", "Phú Thọ"]);
}

#[test]
fn the_order_of_the_ten_provinces_is_that_of_their_index() {
    let rows = rows(NATIONAL_2020);
    let published: Vec<Held> = rows.iter().map(|row| held(&row[6])).collect();
    let printed: Vec<u32> = rows.iter().map(|row| row[0].parse().unwrap()).collect();
    assert_eq!(ranks(&published, TieRule::Competition), printed);
}

/// Why the rows are off: each component is rounded by up to half a hundredth before it is printed, the index only once.
///
/// These four are made up so that they print as Quảng Ninh's: 57.655 + 9.555 + 18.825 + 5 = 91.035, printed 91.04.
/// Printed one by one they are 57.66 + 9.56 + 18.83 + 5.00 = 91.05.
#[test]
fn one_rounding_at_the_end_explains_the_hundredth() {
    let maxima = [("1-1", "60"), ("1-2", "10"), ("1-3", "25"), ("1-4", "5")];
    let criteria = maxima.map(|(code, maximum)| criterion(code, maximum, ""));
    let scheme = scheme("total = 100", "", &[field("f", "100", &criteria)]);
    let ranking = ranked(&scheme, &[unit("a", &[("1-1", "57.655"), ("1-2", "9.555"), ("1-3", "18.825"), ("1-4", "5")])]);
    let printed: Vec<String> = ranking.units[0].cells.iter().map(|cell| cell.points.unwrap().to_fixed(2)).collect();
    assert_eq!(printed, rows(NATIONAL_2020)[0].iter().skip(2).take(4).collect::<Vec<_>>());
    assert_eq!(standing(&ranking, "a").index.unwrap().to_fixed(2), "91.04");
    assert_eq!(Held::total(printed.iter().map(|points| held(points))).to_fixed(2), "91.05");
}

fn printed(change: Option<(Direction, u32)>) -> String {
    match change {
        Some((Direction::Up, by)) => format!("+{by}"),
        Some((Direction::Level, _)) => "0".to_owned(),
        Some((Direction::Down, by)) => format!("-{by}"),
        None => String::new(),
    }
}

/// What the program says a unit rose or fell between two columns of ranks; none where one is empty.
fn recomputed(row: &StringRecord, before: usize, now: usize) -> Option<String> {
    let rank = |column: usize| row[column].parse::<u32>().ok();
    Some(printed(of_rank(rank(now)?, Some(rank(before)?)).change()))
}

/// 26 changes: 21 between two printed ranks, 3 with inferred and 2 with derived ones, which fit by the way they were made.
#[test]
fn every_printed_change_of_ha_tinh_is_the_previous_rank_less_the_current_one() {
    let (mut by_status, mut unchecked) = (BTreeMap::new(), Vec::new());
    for row in rows(HA_TINH) {
        for (year, before, now, change) in CHANGES {
            let told = row[change].trim_end_matches(" (kept)");
            match recomputed(&row, before, now) {
                Some(found) => {
                    assert_eq!(found, told, "{} in {year}", &row[1]);
                    *by_status.entry(row[7].to_owned()).or_insert(0) += 1;
                }
                None if !told.is_empty() => unchecked.push(row[1].to_owned()),
                None => {}
            }
        }
    }
    let counted = [("derived", 2), ("inferred", 3), ("printed", 21)].map(|(status, count)| (status.to_owned(), count));
    assert_eq!(by_status, BTreeMap::from(counted));
    assert_eq!(unchecked, ["Huyện Lộc Hà"], "its ranks were not printed");
}

/// Units by block, year and rank.
fn by_rank(table: &str) -> BTreeMap<(String, &'static str, u32), Vec<String>> {
    let mut units: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for row in rows(table) {
        for (year, column) in [("2022", 2), ("2023", 3), ("2024", 5)] {
            if let Ok(rank) = row[column].parse() {
                units.entry((row[0].to_owned(), year, rank)).or_default().push(row[1].to_owned());
            }
        }
    }
    units
}

/// The contradiction of the table: for 2023 Sở Công Thương is printed 10th, without a word of sharing; and Sở Tài nguyên và Môi
/// trường, 3rd in 2024 after a printed rise of 7, was 10th too. Either one of the two is a press slip, or they tied, and then nobody
/// was 11th. The rows cannot say which.
#[test]
fn one_rank_of_ha_tinh_is_given_to_two_units() {
    let by_rank = by_rank(HA_TINH);
    let shared: Vec<_> = by_rank.iter().filter(|(_, units)| units.len() > 1).collect();
    let tenth = ("departments".to_owned(), "2023", 10_u32);
    let units = vec!["Sở Công Thương".to_owned(), "Sở Tài nguyên và Môi trường".to_owned()];
    assert_eq!(shared, [(&tenth, &units)]);
    // A tie of two on rank 10 leaves out rank 11; no row holds it, so a tie cannot be ruled out.
    let nine_two_one: Vec<u32> = (0..9).map(|above| 90 - above).chain([50, 50, 40]).collect();
    assert_eq!(ranks(&nine_two_one, TieRule::Competition)[9..], [10, 10, 12]);
    assert!(!by_rank.contains_key(&("departments".to_owned(), "2023", 11)));
}

/// "3 up, 2 down, 1 same": the article on the six central agencies; NHNN rose most, Kho bạc fell most.
#[test]
fn the_central_agencies_of_ha_tinh_move_as_the_article_says() {
    let rows = rows(HA_TINH);
    let central = rows.iter().filter(|row| &row[0] == "central agencies" && !row[3].is_empty());
    let of: Vec<(String, (u32, Option<u32>))> =
        central.map(|row| (row[1].to_owned(), (row[3].parse().unwrap(), row[2].parse().ok()))).collect();
    let block = of_ranks(&of.iter().map(|(_, ranks)| *ranks).collect::<Vec<_>>());
    let movement = Movement::of(&block);
    assert_eq!((movement.up.len(), movement.down.len(), movement.level.len(), movement.new.len()), (3, 2, 1, 0));
    let row = |name: &str| format!("row-{}", of.iter().position(|(unit, _)| unit == name).unwrap());
    assert_eq!(codes(&movement.biggest_rise()), [row("NHNN Chi nhánh Hà Tĩnh")]);
    assert_eq!(codes(&movement.biggest_fall()), [row("Kho bạc Nhà nước tỉnh")]);
}
