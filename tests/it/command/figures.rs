//! Why a figure is missing in a file of figures.

use super::desk::{Desk, UNITS, table};

pub(super) const DEFINITION: &str = r#"
id = "small"
version = "1"
languages = ["vi", "en"]
audience = "citizens"
title = { vi = "Phiếu nhỏ", en = "A small form" }

[index]
item_value = "satisfied-share"
aggregation = "mean-of-factors"
maximum = 10

[[scale]]
id = "s"
option = [
    { code = "1", text = { vi = "Không", en = "No" } },
    { code = "2", text = { vi = "Có", en = "Yes" }, satisfied = true },
]

[[content]]
code = "all"
text = { vi = "Tất cả", en = "All" }

[[factor]]
code = "one"
content = "all"
text = { vi = "Một", en = "One" }

[[factor]]
code = "two"
content = "all"
text = { vi = "Hai", en = "Two" }

[[part]]
code = "p1"
title = { vi = "Phần một", en = "Part one" }

[[part.item]]
code = "many"
kind = "scale"
scale = "s"
factor = "one"
text = { vi = "Nhiều?", en = "Many?" }

[[part.item]]
code = "some"
kind = "scale"
scale = "s"
factor = "one"
text = { vi = "Một số?", en = "Some?" }

[[part.item]]
code = "few"
kind = "scale"
scale = "s"
factor = "two"
text = { vi = "Ít?", en = "Few?" }

[[part.item]]
code = "asked"
kind = "yes-no"
text = { vi = "Đã hỏi?", en = "Asked?" }

[[part.item]]
code = "after"
kind = "scale"
scale = "s"
factor = "two"
show_if = { item = "asked", any_of = ["1"] }
text = { vi = "Sau đó?", en = "Then?" }
"#;

/// Fewer than the floor answered, or enough, and what they say would tell something beside what is printed, or nobody is told how many did.
#[test]
fn a_figure_that_is_missing_is_under_the_floor_only_where_it_is() {
    // Of one unit 60 sheets: all answer the first, 20 the second, and that they were asked, and so the last; 5 the third. Of the other nine.
    let row = |unit: &str, number: usize| {
        let (some, few, asked) =
            (if number < 20 { "2" } else { "" }, if number < 5 { "1" } else { "" }, if number < 20 { "1" } else { "" });
        format!("{unit},{},{some},{few},{asked},{some}\n", 1 + number % 2)
    };
    let units = [("so-noi-vu", 60), ("so-tai-chinh", 9)];
    let rows: String = units.iter().flat_map(|(unit, sheets)| (0..*sheets).map(|number| row(unit, number))).collect();
    let sheets = format!("unit,many,some,few,asked,after\n{rows}");
    let desk = Desk::with_closed_round(DEFINITION, UNITS, &sheets);
    let csv = desk.done(&["export", "r1", "indices", "--draft"]);
    let rows = table(&csv);
    let of = |unit: &str| {
        let rows = rows.iter().filter(|row| row["unit"] == unit);
        rows.map(|row| ["code", "valid", "hidden", "under"].map(|column| row[column].clone())).collect::<Vec<_>>()
    };
    let expected = [
        ["", "", "", ""],
        ["all", "", "few-answers", ""],
        ["one", "", "few-answers", ""],
        ["two", "", "few-answers", ""],
        ["many", "60", "few-answers", ""],
        ["some", "10-49", "few-answers", ""],
        ["few", "", "under-floor", "10"],
        ["after", "", "few-answers", ""],
    ];
    assert_eq!(of("so-noi-vu"), expected, "{csv}");
    assert!(of("so-tai-chinh").iter().all(|row| row[1..] == ["", "under-floor", "10"]), "{csv}");
}

/// Who was asked is asked one question, who was not another: 60 and 5 of one unit, 5 and 60 of the other. Both are hidden, and were the small one
/// called under the floor, or the index and factor that have none but these, it would be told which that is.
#[test]
fn of_questions_that_hide_each_other_no_word_says_which_is_the_small_one() {
    let other = r#"
[[part.item]]
code = "other"
kind = "scale"
scale = "s"
factor = "two"
show_if = { item = "asked", any_of = ["2"] }
text = { vi = "Khác?", en = "Other?" }
"#;
    let row = |unit: &str, asked: bool| if asked { format!("{unit},,,,1,1,\n") } else { format!("{unit},,,,2,,1\n") };
    let units = [("so-noi-vu", [60, 5]), ("so-tai-chinh", [5, 60])];
    let sheets = |(unit, [yes, no]): &(&str, [usize; 2])| row(unit, true).repeat(*yes) + &row(unit, false).repeat(*no);
    let rows: String = units.iter().map(sheets).collect();
    let text = DEFINITION.to_owned() + other;
    let desk = Desk::with_closed_round(&text, UNITS, &format!("unit,many,some,few,asked,after,other\n{rows}"));
    let rows = table(&desk.done(&["export", "r1", "indices", "--draft"]));
    for (unit, _) in units {
        let of = |code: &str| rows.iter().find(|row| row["unit"] == unit && row["code"] == code).map(|row| row["hidden"].clone()).unwrap();
        assert_eq!(["after", "other", "two", "all", ""].map(of), ["few-answers"; 5].map(str::to_owned), "{unit}");
        assert_eq!(["many", "some", "few", "one"].map(of), ["under-floor"; 4].map(str::to_owned), "{unit}");
    }
}
