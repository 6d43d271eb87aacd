//! Whole sentences in both languages, from one small block: who leads and is last, who moved most and why, and what gave nothing.

use super::super::sample::{LEADING, document, rescaled, unit, units};
use super::*;
use crate::publication::document::Document;
use crate::scoring::ranking::Direction;
use crate::unit::UnitCode;
use crate::words::Words;

/// What is said of a document in a language.
fn said<T>(document: &Document, language: &str, sentences: impl Fn(&BlockView<'_>) -> Vec<T>) -> Vec<T> {
    let block = &document.ranking().unwrap().blocks[0];
    sentences(&BlockView::new(Words::of(language), document, block))
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
        listed("Tăng hạng", &["Sở Ngoại vụ (tăng 3 bậc, từ hạng 5 lên hạng 2)"]),
        listed("Giảm hạng", &["Sở Y tế (giảm 1 bậc, từ hạng 2 xuống hạng 3)", "Sở Nội vụ (giảm 2 bậc, từ hạng 3 xuống hạng 5)"]),
    ];
    assert_eq!(said(&document, "vi", movers), vi);
    let en = said(&document, "en", movers);
    assert_eq!(en[0], listed("Up", &["Department of Foreign Affairs (up 3 places, from rank 5 to rank 2)"]));
    assert_eq!(en[1].1[0], "Department of Health (down 1 place, from rank 2 to rank 3)");
}

#[test]
fn the_biggest_rise_has_its_causes_by_field() {
    let document = document(units(), Some(2025));
    let vi = "Sở Ngoại vụ tăng nhiều nhất: 3 bậc, từ hạng 5 lên hạng 2. Chỉ số tăng 3,20 điểm phần trăm, từ 90,00 % lên 93,20 %. \
              2/3 lĩnh vực có chỉ số tăng so với năm 2025: Thủ tục hành chính (+4,20 điểm phần trăm) và \
              Tài chính công (+2,00 điểm phần trăm). \
              1/3 lĩnh vực có chỉ số giảm so với năm 2025: Chính quyền số (−1,00 điểm phần trăm). \
              1/3 lĩnh vực đạt điểm tối đa: Tài chính công. \
              1/3 lĩnh vực đạt từ 95 % đến dưới 100 % điểm tối đa: Thủ tục hành chính (97,20 %). \
              Lĩnh vực xếp hạng cao trong khối: Thủ tục hành chính (hạng 1) và Tài chính công (hạng 1).";
    assert_eq!(spaced(said(&document, "vi", |view| biggest(view, Direction::Up))), [vi]);
    let en = "Department of Foreign Affairs rose most: 3 places, from rank 5 to rank 2. \
              The index rose by 3.20 percentage points, from 90.00% to 93.20%. \
              The index of 2 of 3 fields rose compared with 2025: \
              Administrative procedures (+4.20 percentage points) and Public finance (+2.00 percentage points). \
              The index of 1 of 3 fields fell compared with 2025: Digital government (−1.00 percentage points). \
              1 of 3 fields reached the maximum: Public finance. \
              1 of 3 fields reached 95% to just under 100% of the maximum: Administrative procedures (97.20%). \
              Fields with a high rank in the block: Administrative procedures (rank 1) and Public finance (rank 1).";
    assert_eq!(said(&document, "en", |view| biggest(view, Direction::Up)), [en]);
}

#[test]
fn the_biggest_fall_begins_with_what_fell() {
    let document = document(units(), Some(2025));
    let vi = "Sở Nội vụ giảm nhiều nhất: 2 bậc, từ hạng 3 xuống hạng 5. Chỉ số giảm 12,00 điểm phần trăm, từ 91,50 % xuống 79,50 %. \
              1/3 lĩnh vực có chỉ số giảm so với năm 2025: Thủ tục hành chính (−5,00 điểm phần trăm). \
              1/3 lĩnh vực có chỉ số tăng so với năm 2025: Chính quyền số (+1,00 điểm phần trăm). \
              3/3 lĩnh vực xếp ở nửa dưới của khối: Tài chính công (hạng 4), Chính quyền số (hạng 4) và Thủ tục hành chính (hạng 5).";
    assert_eq!(spaced(said(&document, "vi", |view| biggest(view, Direction::Down))), [vi]);
    let en = "Department of Home Affairs fell most: 2 places, from rank 3 to rank 5. \
              The index fell by 12.00 percentage points, from 91.50% to 79.50%. \
              The index of 1 of 3 fields fell compared with 2025: Administrative procedures (−5.00 percentage points). \
              The index of 1 of 3 fields rose compared with 2025: Digital government (+1.00 percentage points). \
              3 of 3 fields rank in the lower half of the block: \
              Public finance (rank 4), Digital government (rank 4) and Administrative procedures (rank 5).";
    assert_eq!(said(&document, "en", |view| biggest(view, Direction::Down)), [en]);
}

#[test]
fn units_that_moved_alike_share_the_biggest_move_and_only_the_two_largest_fields_are_named() {
    let mut units = units();
    // Both fall by two, the third from rank 1; all three of its fields fell.
    units[2] = unit(2, (3, "88"), Some((1, "92")), &[("88", 3, "90"), ("87", 3, "88"), ("92", 2, "95.5")]);
    units[0] = unit(0, (1, "95.12"), Some((2, "94")), &LEADING);
    let document = document(units, Some(2025));
    let vi = spaced(said(&document, "vi", |view| biggest(view, Direction::Down)));
    let first = "Sở Y tế là một trong các đơn vị giảm nhiều nhất: 2 bậc, từ hạng 1 xuống hạng 3. \
                 Chỉ số giảm 4,00 điểm phần trăm, từ 92,00 % xuống 88,00 %. \
                 3/3 lĩnh vực có chỉ số giảm so với năm 2025, nhiều nhất là Chính quyền số (−3,50 điểm phần trăm) và \
                 Thủ tục hành chính (−2,00 điểm phần trăm).";
    assert_eq!((vi.len(), vi[0].as_str()), (2, first));
    let en = said(&document, "en", |view| biggest(view, Direction::Down));
    assert!(en[1].starts_with("Department of Home Affairs is one of the units that fell most: 2 places"), "{}", en[1]);
    let leads = &spaced(said(&document, "vi", summary))[0];
    assert_eq!(leads, "Sở Khoa học và Công nghệ vươn lên dẫn đầu khối với 95,12 %; năm 2025 đứng hạng 2.");
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
    assert!(said(&document, "en", movers).is_empty() && said(&document, "en", |view| biggest(view, Direction::Up)).is_empty());
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
    assert_eq!(vi.len(), 7, "then what rose, fell, and lies low");
    let en = said(&document, "en", of(3));
    let expected = [
        "Department of Ethnic and Religious Affairs has rank 4 of 5 units in the block, with 84.18%.",
        "The index is 3.82 percentage points below the mean of the block (88.00%).",
        "It is new, so its rank is not compared with 2025.",
    ];
    assert_eq!(en, expected);
    // The third of the four to which it applies: of five it would lie in the middle.
    let vi = said(&document, "vi", of(1));
    assert_eq!(vi.last().unwrap(), "1/3 lĩnh vực xếp ở nửa dưới của khối: Chính quyền số (hạng 3).");
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
