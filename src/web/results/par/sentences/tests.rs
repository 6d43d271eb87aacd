//! Whole sentences in both languages, from one small block: who leads and is last, who moved most and why, and what gave nothing.

use super::super::sample::{LEADING, SampleField, document, held, rescaled, unit, units};
use super::*;
use crate::publication::document::Document;
use crate::scoring::ranking::{Direction, ScoreSums};
use crate::unit::UnitCode;
use crate::words::Words;

/// What is said of a document in a language.
fn said<T>(document: &Document, language: &str, sentences: impl Fn(&BlockView<'_>) -> Vec<T>) -> Vec<T> {
    let block = &document.ranking().unwrap().blocks[0];
    sentences(&BlockView::new(Words::of(language), document, block))
}

/// What is said of those that moved most, a paragraph each.
fn most(view: &BlockView<'_>, direction: Direction) -> Vec<String> {
    biggest(view, direction).into_iter().map(|(head, said)| [vec![head], said].concat().join(" ")).collect()
}

/// With common spaces in place of those that do not break.
fn spaced(sentences: Vec<String>) -> Vec<String> {
    sentences.into_iter().map(|sentence| sentence.replace('\u{a0}', " ")).collect()
}

#[test]
fn a_block_is_summed_up_in_four_sentences() {
    let document = document(units(), Some(2025));
    let vi = [
        "Sở Khoa học và Công nghệ tiếp tục dẫn đầu khối với 95,12 %.",
        "Sở Nội vụ đứng cuối khối với 79,50 %.",
        "Chỉ số trung bình của 5 đơn vị trong khối là 88,00 %.",
        "So với năm 2025: 1 đơn vị tăng hạng, 2 giảm, 1 giữ nguyên, 1 mới hoặc hợp nhất.",
    ];
    assert_eq!(spaced(said(&document, "vi", summary)), vi);
    let en = [
        "Department of Science and Technology keeps the lead of the block with 95.12%.",
        "Department of Home Affairs is last in the block with 79.50%.",
        "The mean index of 5 units in the block is 88.00%.",
        "Compared with 2025: 1 unit rose, 2 fell, 1 kept its rank, 1 is new or merged.",
    ];
    assert_eq!(said(&document, "en", summary), en);
}

#[test]
fn who_leads_without_points_of_a_survey_is_said_to() {
    let mut units = units();
    units[0].standing.as_mut().unwrap().score = Some(rescaled());
    let document = document(units, Some(2025));
    let vi = "Sở Khoa học và Công nghệ (quy đổi, không có điểm khảo sát) tiếp tục dẫn đầu khối với 95,12 %.";
    assert_eq!(spaced(said(&document, "vi", summary))[0], vi);
    let en = "Department of Science and Technology (rescaled, no survey points) keeps the lead of the block with 95.12%.";
    assert_eq!(said(&document, "en", summary)[0], en);
}

#[test]
fn those_who_moved_are_listed_with_their_ranks() {
    let document = document(units(), Some(2025));
    let listed = |way: &str, units: &[&str]| (way.to_owned(), units.iter().map(|unit| (*unit).to_owned()).collect::<Vec<_>>());
    let vi = [
        listed("1 đơn vị tăng hạng so với năm 2025", &["Sở Ngoại vụ (tăng 3 bậc, từ hạng 5 lên hạng 2)"]),
        listed(
            "2 đơn vị giảm hạng so với năm 2025",
            &["Sở Y tế (giảm 1 bậc, từ hạng 2 xuống hạng 3)", "Sở Nội vụ (giảm 2 bậc, từ hạng 3 xuống hạng 5)"],
        ),
    ];
    assert_eq!(said(&document, "vi", movers), vi);
    let en = said(&document, "en", movers);
    assert_eq!(en[0], listed("1 unit rose compared with 2025", &["Department of Foreign Affairs (up 3 places, from rank 5 to rank 2)"]));
    assert_eq!(en[1].1[0], "Department of Health (down 1 place, from rank 2 to rank 3)");
}

#[test]
fn the_biggest_rise_has_its_causes_by_field() {
    let document = document(units(), Some(2025));
    // 4.2 of 40, 2 of 30 and 1 of 30 points of 100 are 1.68, 0.60 and 0.30 of the index.
    let vi = "Sở Ngoại vụ tăng nhiều nhất: 3 bậc, từ hạng 5 lên hạng 2. \
              Chỉ số tăng 3,20 điểm phần trăm, từ 90,00 % lên 93,20 %. \
              So với năm 2025: 2/3 lĩnh vực cao hơn, 1/3 lĩnh vực thấp hơn. \
              Làm tăng chỉ số (điểm phần trăm): thủ tục hành chính (+1,68) và tài chính công (+0,60). \
              Làm giảm chỉ số (điểm phần trăm): chính quyền số (−0,30). \
              1/3 lĩnh vực đạt điểm tối đa: tài chính công. \
              1/3 lĩnh vực gần đạt điểm tối đa (từ 95 % trở lên), cao nhất khối: thủ tục hành chính (97,20 %). \
              Lĩnh vực còn lại đạt 90,00 %.";
    assert_eq!(spaced(said(&document, "vi", |view| most(view, Direction::Up))), [vi]);
    let en = "Department of Foreign Affairs rose most: 3 places, from rank 5 to rank 2. \
              The index rose by 3.20 percentage points, from 90.00% to 93.20%. \
              Compared with 2025: 2 of 3 fields higher, 1 of 3 fields lower. \
              Raised the index (percentage points): administrative procedures (+1.68) and public finance (+0.60). \
              Lowered the index (percentage points): digital government (−0.30). \
              1 of 3 fields reached the maximum: public finance. \
              1 of 3 fields came near the maximum (at least 95%), ranked highest in the block: administrative procedures (97.20%). \
              The other field reached 90.00%.";
    assert_eq!(said(&document, "en", |view| most(view, Direction::Up)), [en]);
}

#[test]
fn the_biggest_fall_begins_with_what_fell() {
    let document = document(units(), Some(2025));
    let vi = "Sở Nội vụ giảm nhiều nhất: 2 bậc, từ hạng 3 xuống hạng 5. \
              Chỉ số giảm 12,00 điểm phần trăm, từ 91,50 % xuống 79,50 %. \
              So với năm 2025: 1/3 lĩnh vực thấp hơn, 1/3 lĩnh vực cao hơn, 1/3 lĩnh vực không đổi. \
              Làm giảm chỉ số (điểm phần trăm): thủ tục hành chính (−2,00). Làm tăng chỉ số (điểm phần trăm): chính quyền số (+0,30). \
              2/3 lĩnh vực thấp nhất khối: chính quyền số và thủ tục hành chính. \
              Lĩnh vực có thứ hạng cao nhất là tài chính công, nhưng cũng chỉ xếp hạng 4 trong khối. \
              Tiêu chí có từ 1,00 điểm trở lên nhưng đạt 0 điểm: kế hoạch năm (đạt 0/1,50 điểm).";
    assert_eq!(spaced(said(&document, "vi", |view| most(view, Direction::Down))), [vi]);
    let en = "Department of Home Affairs fell most: 2 places, from rank 3 to rank 5. \
              The index fell by 12.00 percentage points, from 91.50% to 79.50%. \
              Compared with 2025: 1 of 3 fields lower, 1 of 3 fields higher, 1 of 3 fields unchanged. \
              Lowered the index (percentage points): administrative procedures (−2.00). \
              Raised the index (percentage points): digital government (+0.30). \
              2 of 3 fields were the lowest in the block: digital government and administrative procedures. \
              Its best rank is only 4 in the block, in public finance. \
              Criteria of 1.00 points or more that gave 0 points: the year's plan (0 of 1.50 points).";
    assert_eq!(said(&document, "en", |view| most(view, Direction::Down)), [en]);
}

#[test]
fn units_that_moved_alike_are_named_in_one_sentence_and_each_has_a_paragraph() {
    let mut units = units();
    // Both fall by two, the third from rank 1; all three of its fields fell.
    units[2] = unit(2, (3, "88"), Some((1, "92")), &[("88", 3, "90"), ("87", 3, "88"), ("92", 2, "95.5")]);
    units[0] = unit(0, (1, "95.12"), Some((2, "94")), &LEADING);
    let document = document(units, Some(2025));
    let vi = spaced(said(&document, "vi", |view| most(view, Direction::Down)));
    let head = "Giảm hạng nhiều nhất, cùng 2 bậc: Sở Y tế (từ hạng 1 xuống hạng 3) và Sở Nội vụ (từ hạng 3 xuống hạng 5).";
    let health = "Sở Y tế: Chỉ số giảm 4,00 điểm phần trăm, từ 92,00 % xuống 88,00 %. \
                  So với năm 2025: 3/3 lĩnh vực thấp hơn. \
                  Làm giảm chỉ số (điểm phần trăm): chính quyền số (−1,05), thủ tục hành chính (−0,80) \
                  và tài chính công (−0,30). \
                  2/3 lĩnh vực xếp hạng 3 trong khối: thủ tục hành chính và tài chính công. \
                  Lĩnh vực có thứ hạng cao nhất là chính quyền số, xếp hạng 2 trong khối.";
    assert_eq!((vi.len(), vi[0].as_str(), vi[1].as_str()), (3, head, health));
    let en = said(&document, "en", |view| most(view, Direction::Down));
    assert!(en[0].starts_with("Fell most, by 2 places each: Department of Health (from rank 1 to rank 3)"), "{}", en[0]);
    assert!(en[2].starts_with("Department of Home Affairs: The index"), "{}", en[2]);
    let leads = &spaced(said(&document, "vi", summary))[0];
    assert_eq!(leads, "Sở Khoa học và Công nghệ vươn lên dẫn đầu khối với 95,12 %; năm 2025 đứng hạng 2.");
}

#[test]
fn of_many_that_moved_alike_only_their_names_are_told() {
    let far = (0..5).map(|place| {
        let rank = u32::try_from(place + 1).unwrap();
        unit(place, (rank, "80"), Some((rank + 1, "80")), &LEADING)
    });
    let six = far.chain([unit(4, (6, "80"), Some((7, "80")), &LEADING)]).collect();
    let document = document(six, Some(2025));
    let en = said(&document, "en", |view| most(view, Direction::Up));
    assert!(en.len() == 1 && en[0].ends_with(" (from rank 7 to rank 6). The page of each unit says why."), "{en:?}");
}

/// What is said of the fields of the unit that rose most, with other indices than in the sample.
fn rising(fields: &[SampleField]) -> String {
    let mut units = units();
    units[1] = unit(1, (2, "93.2"), Some((5, "90")), fields);
    spaced(said(&document(units, Some(2025)), "vi", |view| most(view, Direction::Up))).remove(0)
}

#[test]
fn what_is_printed_as_a_whole_is_not_said_to_be_under_it() {
    let said = rising(&[("99.996", 1, "93"), ("100", 1, "98"), ("94.996", 3, "91")]);
    let almost = "1/3 lĩnh vực gần như đạt điểm tối đa, chỉ làm tròn mới thành 100 %: thủ tục hành chính.";
    let near = "1/3 lĩnh vực gần đạt điểm tối đa (từ 95 % trở lên), xếp hạng 3 trong khối: chính quyền số (95,00 %).";
    assert!(said.contains(almost) && said.contains(near) && !said.contains("100,00"), "{said}");
    assert!(said.contains("1/3 lĩnh vực đạt điểm tối đa: tài chính công."), "{said}");
}

#[test]
fn what_is_left_is_told_by_its_span() {
    let all = rising(&[("90", 3, "80"), ("92.68", 3, "80"), ("91", 3, "80")]);
    assert!(all.contains(" Các lĩnh vực đạt từ 90,00 % đến 92,68 %, đều cao hơn năm 2025."), "{all}");
    let some = rising(&[("96", 1, "80"), ("92.68", 3, "93"), ("90", 3, "80")]);
    assert!(some.contains("Các lĩnh vực còn lại đạt từ 90,00 % đến 92,68 %, trong đó 1/2 cao hơn năm 2025."), "{some}");
    let level = rising(&[("96", 1, "80"), ("90.001", 3, "93"), ("90", 3, "93")]);
    assert!(level.contains("Các lĩnh vực còn lại đạt 90,00 %."), "{level}");
    let one = rising(&[("96", 1, "80"), ("97", 1, "93"), ("90", 3, "80")]);
    assert!(one.contains("Lĩnh vực còn lại đạt 90,00 %, cao hơn năm 2025."), "{one}");
}

/// The sums of an index of so many points out of 100 with a bonus and a penalty.
fn sums(base: &str, bonus: &str, penalty: &str) -> ScoreSums {
    let (base, bonus, penalty, maximum) = (held(base), held(bonus), held(penalty), held("100"));
    ScoreSums { base_index: base, base_points: base, bonus, penalty, maximum, rescaled: false, ..rescaled() }
}

#[test]
fn bonus_and_penalty_are_causes_beside_the_fields() {
    let mut units = units();
    let standing = units[4].standing.as_mut().unwrap();
    // Fields took 1.70 from the index, which fell by 12.00: 1.00 of it for a penalty of 1.50 after one of 0.50, 0.25 for the bonus.
    standing.score = Some(sums("81", "0", "1.5"));
    standing.before.as_mut().unwrap().score = Some(sums("82.7", "0.25", "0.5").as_before());
    let document = document(units, Some(2025));
    let vi = &spaced(said(&document, "vi", |view| most(view, Direction::Down)))[0];
    let causes = "Làm giảm chỉ số (điểm phần trăm): thủ tục hành chính (−2,00), điểm trừ nhiều hơn năm 2025 (−1,00) \
                  và điểm cộng ít hơn năm 2025 (−0,25).";
    assert!(vi.contains(causes) && !vi.contains("Điểm trừ năm 2026"), "{vi}");
}

#[test]
fn a_penalty_is_told_of_where_that_of_the_year_before_is_not_known() {
    let mut units = units();
    units[4].standing.as_mut().unwrap().score = Some(sums("81", "0", "1.5"));
    let document = document(units, Some(2025));
    let vi = &spaced(said(&document, "vi", |view| most(view, Direction::Down)))[0];
    assert!(vi.contains(" Điểm trừ năm 2026 làm giảm chỉ số 1,50 điểm phần trăm."), "{vi}");
    assert!(!vi.contains("Điểm cộng") && !vi.contains("điểm trừ nhiều hơn"), "{vi}");
}

#[test]
fn a_shared_lead_names_all_and_the_first_year_compares_with_none() {
    let units = vec![unit(0, (1, "90"), None, &[]), unit(1, (1, "90"), None, &[]), unit(2, (3, "80"), None, &[])];
    let document = document(units, None);
    let vi = spaced(said(&document, "vi", summary));
    assert_eq!(vi[0], "Sở Khoa học và Công nghệ; Sở Ngoại vụ cùng dẫn đầu khối với 90,00 %.");
    assert_eq!(vi[3], "Chưa có năm nào đã công bố để so sánh.");
    let en = said(&document, "en", summary);
    assert_eq!(en[0], "Department of Science and Technology; Department of Foreign Affairs share the lead of the block with 90.00%.");
    assert!(said(&document, "en", movers).is_empty() && said(&document, "en", |view| most(view, Direction::Up)).is_empty());
}

#[test]
fn an_empty_block_says_nothing() {
    let document = document(Vec::new(), Some(2025));
    let said = said(&document, "vi", |view| vec![leader(view), last(view), moves(view)]);
    assert_eq!(said, [None, None, None]);
}

#[test]
fn one_unit_is_told_by_rank_mean_change_and_fields() {
    let document = document(units(), Some(2025));
    let of = |place: usize| {
        move |view: &BlockView<'_>| {
            let unit = &view.block.units[place];
            super::unit(view, unit, unit.standing.as_ref().unwrap())
        }
    };
    let vi = spaced(said(&document, "vi", of(4)));
    let expected = [
        "Sở Nội vụ xếp hạng 5/5 đơn vị trong khối, với 79,50 %.",
        "Chỉ số thấp hơn trung bình khối (88,00 %) 8,50 điểm phần trăm.",
        "So với năm 2025, đơn vị giảm 2 bậc, từ hạng 3 xuống hạng 5.",
        "Chỉ số giảm 12,00 điểm phần trăm, từ 91,50 % xuống 79,50 %.",
    ];
    assert_eq!(vi[..4], expected);
    let fields = [
        "So với năm 2025: 1/3 lĩnh vực cao hơn, 1/3 lĩnh vực thấp hơn, 1/3 lĩnh vực không đổi.",
        "Làm tăng chỉ số (điểm phần trăm): chính quyền số (+0,30).",
        "Làm giảm chỉ số (điểm phần trăm): thủ tục hành chính (−2,00).",
        "2/3 lĩnh vực thấp nhất khối: chính quyền số và thủ tục hành chính.",
        "1/3 lĩnh vực xếp hạng 4 trong khối: tài chính công.",
    ];
    assert_eq!(vi[4..], fields);
    let en = said(&document, "en", of(3));
    let expected = [
        "Department of Ethnic and Religious Affairs has rank 4 of 5 units in the block, with 84.18%.",
        "The index is 3.82 percentage points below the mean of the block (88.00%).",
        "It is new, so its rank is not compared with 2025.",
        "2 of 2 fields ranked 3 in the block: administrative procedures and public finance.",
    ];
    assert_eq!(en, expected);
    // The third of the four to which it applies: of five it would lie in the middle.
    let vi = said(&document, "vi", of(1));
    assert_eq!(vi.last().unwrap(), "1/3 lĩnh vực xếp hạng 3 trong khối: chính quyền số.");
}

#[test]
fn an_index_that_hardly_moved_is_called_almost_unchanged() {
    let document = document(vec![unit(0, (1, "88.004"), Some((1, "88.001")), &[])], Some(2025));
    let of = |view: &BlockView<'_>| super::unit(view, &view.block.units[0], view.block.units[0].standing.as_ref().unwrap());
    let vi = spaced(said(&document, "vi", of));
    assert_eq!((vi[1].as_str(), vi[3].as_str()), ("Chỉ số gần như bằng trung bình khối (88,00 %).", "Chỉ số gần như không đổi: 88,00 %."));
}

#[test]
fn a_merged_unit_says_what_it_was_made_of() {
    let mut units = units();
    units[3].status = UnitStatus::Merged { from: ["so-y-te", "ban-dan-toc"].map(|code| UnitCode::new(code).unwrap()).to_vec() };
    let document = document(units, Some(2025));
    let of = |view: &BlockView<'_>| super::unit(view, &view.block.units[3], view.block.units[3].standing.as_ref().unwrap());
    assert_eq!(said(&document, "vi", of)[2], "Đơn vị hợp nhất từ Sở Y tế và ban-dan-toc nên không so hạng với năm 2025.");
    assert_eq!(
        said(&document, "en", of)[2],
        "It was merged from Department of Health and ban-dan-toc, so its rank is not compared with 2025."
    );
}

#[test]
fn large_criteria_without_points_are_named_with_their_units() {
    let document = document(units(), Some(2025));
    let vi = said(&document, "vi", empty);
    assert_eq!(vi, [(0, "Kế hoạch năm: 1 đơn vị đạt 0/1,50 điểm (Sở Nội vụ).".to_owned())]);
    let en = said(&document, "en", empty);
    assert_eq!(en, [(0, "The year's plan: 1 unit got 0 of 1.50 points (Department of Home Affairs).".to_owned())]);
    assert_eq!(said(&document, "en", |view| vec![large(view)]), ["1.00"]);
}
