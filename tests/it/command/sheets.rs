//! Single sheets and remarks leave by file, to named people only.

use std::collections::HashMap;

use super::desk::{Desk, Said, table};

pub(super) const DEFINITION: &str = r#"
id = "small"
version = "1"
languages = ["vi", "en"]
audience = "citizens"
title = { vi = "Phiếu nhỏ", en = "A small form" }

[[attribute]]
code = "gender"
text = { vi = "Giới tính?", en = "Gender?" }
option = [{ code = "1", text = { vi = "Nam", en = "Male" } }, { code = "2", text = { vi = "Nữ", en = "Female" } }]

[[attribute]]
code = "age"
text = { vi = "Tuổi?", en = "Age?" }
option = [
    { code = "1", text = { vi = "Trẻ", en = "Young" } },
    { code = "2", text = { vi = "Vừa", en = "Middle" } },
    { code = "3", text = { vi = "Già", en = "Old" } },
]

[[part]]
code = "p1"
title = { vi = "Phần một", en = "Part one" }

[[part.item]]
code = "used"
kind = "yes-no"
text = { vi = "Ông/bà đã dùng dịch vụ chưa?", en = "Have you used the service?" }

[[part.item]]
code = "words"
kind = "remark"
text = { vi = "Ý kiến khác", en = "Anything else" }
"#;

pub(super) const UNITS: &str = "\
code,name_vi,name_en,block,parent,valid_from,valid_to,merged_into
so-noi-vu,Sở Nội vụ,Home Affairs,departments,,,,
so-tai-chinh,Sở Tài chính,Finance,departments,,,,
so-y-te,Sở Y tế,Health,departments,,,,
thanh-tra,Thanh tra,Inspectorate,departments,,,,
phong-cchc,Phòng CCHC,Reform Office,offices,so-noi-vu,,,
trung-tam,Trung tâm,Centre,offices,,,,
";

const HANDS: [&str; 4] = ["--as", "Lê Văn C", "--as-unit", "outside"];
const RESPONSES: [&str; 3] = ["export", "r1", "responses"];
const REMARKS: [&str; 3] = ["export", "r1", "remarks"];

/// A closed round with so many sheets of each of four units, some of them with something written.
pub(super) fn closed(sheets: [usize; 4]) -> Desk {
    let mut file = "unit,mode,gender,age,used,words\n".to_owned();
    for (unit, sheets) in ["so-noi-vu", "so-tai-chinh", "so-y-te", "thanh-tra"].into_iter().zip(sheets) {
        for number in 0..sheets {
            // The first of each unit is alone with what it says of itself.
            let (gender, age) = if number == 0 { (2, 3) } else { (1 + number % 2, 1 + number % 5 % 2) };
            let words = if number % 3 == 0 { format!("ông Trần Văn B tại {unit} {number} rất tốt") } else { String::new() };
            file.extend([unit, &*format!(",,{gender},{age},{},", 1 + number % 2), &*words, "\n"]);
        }
    }
    Desk::with_closed_round(DEFINITION, UNITS, &file)
}

/// What a command wrote, with what it said beside it.
fn exported(desk: &Desk, args: &[&str]) -> (String, String) {
    let said = desk.run(args);
    assert_eq!(said.code, 0, "{args:?}: {}", said.err);
    (said.out, said.err)
}

#[test]
fn single_sheets_go_to_named_people_and_of_a_rated_unit_to_nobody_alone() {
    let desk = closed([30, 25, 12, 6]);
    let all = ["--attributes", "none"];
    let refused = |hands: &[&str]| desk.refused(&[&RESPONSES[..], &all, hands].concat());
    assert!(refused(&[]).contains("go to named people"));
    assert!(refused(&["--as", "Lê Văn C"]).contains("--as-unit"));
    assert!(refused(&["--as", "Lê Văn C", "--as-unit", "so-x"]).contains("there is no unit `so-x`"));
    // The office that runs the survey is rated itself, and so is the house to which its own office belongs.
    for unit in ["so-noi-vu", "phong-cchc"] {
        let own = ["--as", "Lê Văn C", "--as-unit", unit];
        assert!(refused(&own).contains("a second person of another unit"), "{unit}");
        assert!(
            refused(&[&own[..], &["--with", "Lê Văn C", "--with-unit", "thanh-tra"]].concat()).contains("the second person is the first")
        );
        for same in ["so-noi-vu", "phong-cchc"] {
            assert!(refused(&[&own[..], &["--with", "B", "--with-unit", same]].concat()).contains("are one house"), "{unit} {same}");
        }
    }
    assert!(
        desk.refused(&[&REMARKS[..], &["--for-review", "r.csv"], &["--as", "C", "--as-unit", "so-noi-vu"]].concat())
            .contains("second person")
    );
    assert_eq!(desk.number("SELECT count(*) FROM sheet_file"), 0, "nothing was given");
    let two = ["--as", "Lê Văn C", "--as-unit", "so-noi-vu", "--with", "Trần Thị B", "--with-unit", "thanh-tra"];
    exported(&desk, &[&RESPONSES[..], &all, &two].concat());
    let kept = "SELECT count(*) FROM sheet_file WHERE content = 'responses' AND who = 'Lê Văn C' AND who_unit = 'so-noi-vu' \
                AND witness = 'Trần Thị B' AND witness_unit = 'thanh-tra' AND length(made_on) = 10";
    assert_eq!(desk.number(kept), 1, "both are kept with what was given");
    exported(&desk, &[&RESPONSES[..], &["--as", "D", "--as-unit", "trung-tam"]].concat());
}

#[test]
fn attributes_of_single_sheets_are_chosen_once_and_no_combination_of_them_is_rare() {
    let desk = closed([30, 25, 12, 6]);
    // As a version before may have kept it: a sheet that says something of somebody and nothing else.
    desk.execute(
        "UPDATE response SET answers = CAST(substr(answers, 1, 2) || x'01' AS blob) WHERE id = (SELECT min(id) FROM response WHERE unit_id = 1)",
    );
    let offer = desk.refused(&[&RESPONSES[..], &HANDS].concat());
    for line in ["--attributes NAME,NAME or --attributes none", "% of sheets  gender\n", "% of sheets  gender,age"] {
        assert!(offer.contains(line), "{offer}");
    }
    assert!(!offer.contains("stratum"), "what says the same of everybody costs nothing: {offer}");
    assert!(
        desk.refused(&[&RESPONSES[..], &HANDS, &["--attributes", "gender,height"]].concat()).contains("there is no attribute `height`")
    );
    // What is chosen for good is said on the line itself, and as one thing.
    for (wrong, reason) in [
        ("", "an empty name"),
        ("gender,", "an empty name"),
        ("gender, ,age", "an empty name"),
        ("none,gender", "none stands alone"),
        ("gender,none", "none stands alone"),
        ("none,none", "none stands alone"),
    ] {
        let refused = desk.refused(&[&RESPONSES[..], &HANDS, &["--attributes", wrong]].concat());
        assert!(refused.contains(reason), "{wrong}: {refused}");
    }
    for value in ["", "none", "gender"] {
        let said = Said::by(desk.command(&[&RESPONSES[..], &HANDS].concat()).env("PAR_SURVEY_ATTRIBUTES", value));
        assert!(said.code == 1 && said.err.contains("% of sheets  gender\n"), "{value}: {}", said.err);
    }
    assert_eq!(desk.number("SELECT count(*) FROM sheet_file"), 0);

    let (csv, said) = exported(&desk, &[&RESPONSES[..], &HANDS, &["--attributes", "age,gender"]].concat());
    let rows = table(&csv);
    assert_eq!(rows.len(), 29 + 25 + 12, "neither the unit under the floor nor the sheet without an answer");
    assert!(said.starts_with("66 rows; suppressed: ") && said.contains("left out: 1 units or groups"), "{said}");
    assert!(said.contains(rows[0]["suppressed"].strip_prefix("attributes: gender age; ").unwrap()), "the file says it too");
    let mut combinations: HashMap<[&str; 3], usize> = HashMap::new();
    for row in &rows {
        *combinations.entry(["unit", "gender", "age"].map(|column| &*row[column])).or_default() += 1;
    }
    assert!(combinations.values().all(|sheets| *sheets >= 5), "{combinations:?}");
    assert!(
        combinations.keys().any(|values| values.contains(&"SUPPRESSED")) && combinations.keys().any(|values| values[1..] == ["1", "1"])
    );
    assert!(["mode", "stratum", "psu"].iter().all(|column| !rows[0].contains_key(*column)), "they are attributes like any other");

    let refused = desk.refused(&[&RESPONSES[..], &HANDS, &["--attributes", "gender"]].concat());
    assert!(refused.contains("keep the attributes gender, age, as Lê Văn C chose on 20"), "{refused}");
    assert_eq!(exported(&desk, &[&RESPONSES[..], &HANDS].concat()).0, csv, "the same sheets, the same file");
}

/// A form by which two groups of officials rate departments; of deputies 20 have to.
pub(super) fn officials() -> String {
    let group = |code: &str, least: u32| {
        let scope = "scope = { block = \"departments\" }";
        format!("[[group]]\ncode = \"{code}\"\ntext = {{ vi = \"x\", en = \"x\" }}\nweight = 50\nleast_sheets = {least}\n{scope}\n")
    };
    let options = "option = [{ code = \"1\", text = { vi = \"x\", en = \"x\" }, weight = 0 }, { code = \"2\", text = { vi = \"y\", en = \"y\" }, weight = 100 }]";
    [
        "id = \"small\"\nversion = \"1\"\nlanguages = [\"vi\", \"en\"]\naudience = \"officials\"\ntitle = { vi = \"x\", en = \"x\" }\n",
        "[about_units]\ncombination = \"group-weights\"\nsmall_groups = \"leave-out\"\nnot_worked_with = { vi = \"x\", en = \"x\" }\n",
        &group("deputies", 20),
        &group("leaders", 10),
        "[[criterion]]\ncode = \"c\"\ntext = { vi = \"x\", en = \"x\" }\nmaximum = 4\n",
        &format!("[[scale]]\nid = \"s\"\n{options}\n"),
        "[[part]]\ncode = \"p\"\ntitle = { vi = \"x\", en = \"x\" }\n",
        "[[part.item]]\ncode = \"i\"\nkind = \"scale\"\nscale = \"s\"\ncriterion = \"c\"\nno_opinion = true\ntext = { vi = \"x\", en = \"x\" }\n",
        "[[part.item]]\ncode = \"words\"\nkind = \"remark\"\ntext = { vi = \"x\", en = \"x\" }\n",
    ]
    .concat()
}

/// As in what is published: a group counts from its own floor on, where that is higher than the questionnaire's.
#[test]
fn a_group_under_its_own_floor_has_no_rows() {
    let sheets = |unit: &str, group: &str, sheets: usize| format!("{unit},{group},1\n").repeat(sheets);
    let rows = [sheets("so-noi-vu", "deputies", 19), sheets("so-noi-vu", "leaders", 10), sheets("so-y-te", "deputies", 20)];
    let desk = Desk::with_closed_round(&officials(), UNITS, &format!("rated_unit,group,i\n{}", rows.concat()));
    let (csv, said) = exported(&desk, &[&RESPONSES[..], &HANDS, &["--attributes", "none"]].concat());
    let cells: Vec<[String; 2]> = table(&csv).iter().map(|row| ["unit", "group"].map(|column| row[column].clone())).collect();
    let count = |unit: &str, group: &str| cells.iter().filter(|cell| **cell == [unit, group]).count();
    assert_eq!((count("so-noi-vu", "leaders"), count("so-y-te", "deputies"), cells.len()), (10, 20, 30), "{csv}");
    assert!(said.contains("left out: 1 units or groups"), "{said}");
}

/// As in what is published: what is counted as one is one here too. With rows of the leaders alone, the published total less these would be what
/// the one deputy said.
#[test]
fn groups_that_are_counted_as_one_have_rows_together_or_not_at_all() {
    let sheets = |unit: &str, group: &str, sheets: usize| format!("{unit},{group},1\n").repeat(sheets);
    let rated = [
        ("so-noi-vu", "deputies", 1),
        ("so-noi-vu", "leaders", 59),
        ("so-y-te", "deputies", 20),
        ("so-y-te", "leaders", 20),
        ("thanh-tra", "deputies", 7),
        ("thanh-tra", "leaders", 12),
    ];
    let rows: String = rated.into_iter().map(|(unit, group, count)| sheets(unit, group, count)).collect();
    let desk = Desk::with_closed_round(&officials().replace("leave-out", "pool"), UNITS, &format!("rated_unit,group,i\n{rows}"));
    let (csv, said) = exported(&desk, &[&RESPONSES[..], &HANDS, &["--attributes", "none"]].concat());
    let mut counted: HashMap<[String; 2], usize> = HashMap::new();
    for row in table(&csv) {
        *counted.entry(["unit", "group"].map(|column| row[column].clone())).or_default() += 1;
    }
    let expected = [("so-noi-vu", "deputies+leaders", 60), ("so-y-te", "deputies", 20), ("so-y-te", "leaders", 20)];
    assert_eq!(counted, expected.map(|(unit, group, count)| ([unit, group].map(str::to_owned), count)).into());
    // Of the inspectorate 19 are fewer than the 20 that have to be deputies; which of both groups is small is not said.
    assert!(said.contains("left out: 1 units or groups"), "{said}");
}

/// Citizens about a unit are one set, whatever a file says of their group.
#[test]
fn citizens_have_rows_whatever_group_a_file_gives_them() {
    let rows = ["so-noi-vu,business,1,,\n".repeat(3), "so-noi-vu,person,1,,\n".repeat(12)].concat();
    let desk = Desk::with_closed_round(DEFINITION, UNITS, &format!("unit,group,used,gender,age\n{rows}"));
    let (csv, _) = exported(&desk, &[&RESPONSES[..], &HANDS, &["--attributes", "none"]].concat());
    let groups: Vec<String> = table(&csv).iter().map(|row| row["group"].clone()).collect();
    assert_eq!(groups, vec![String::new(); 15]);
}

#[test]
fn what_was_written_leaves_only_after_a_review() {
    let desk = closed([30, 25, 12, 6]);
    let review = |file: &str| [&REMARKS[..], &HANDS, &["--for-review", file]].concat().into_iter().map(str::to_owned).collect::<Vec<_>>();
    let run = |args: Vec<String>| exported(&desk, &args.iter().map(String::as_str).collect::<Vec<_>>());
    let back = |file: &'static str| [&REMARKS[..], &HANDS, &["--reviewed", file]].concat();
    assert!(desk.refused(&[&REMARKS[..], &HANDS].concat()).contains("only after a review"));
    assert!(run(review("one.csv")).1.starts_with("25 remarks to be reviewed"));
    run(review("two.csv"));
    let read = |name: &str| std::fs::read_to_string(desk.path(name)).unwrap();
    let order = |name: &str| table(&read(name)).iter().map(|row| row["words"].clone()).collect::<Vec<_>>();
    assert_ne!(order("one.csv"), order("two.csv"), "each time another order");

    let undecided = read("one.csv");
    assert!(undecided.contains("ông […] tại so-y-te 3 rất tốt"), "{undecided}");
    let line_of = |words: &str| undecided.lines().find(|line| line.contains(words)).unwrap().to_owned();
    let keep = undecided.replace("rất tốt,,", "rất tốt,keep,");
    let drop = |text: &str, words: &str| text.replace(&format!("{words} rất tốt,keep,"), &format!("{words} rất tốt,drop,"));
    let faulty = [
        (undecided.clone(), "column decision: write keep or drop"),
        (keep.replace(&format!("{}\r\n", line_of("so-y-te 3 ").replace("tốt,,", "tốt,keep,").trim_end()), ""), "1 remark is missing"),
        (keep.replace("ông […] tại so-y-te 3 rất tốt", "ông […] tại so-y-te 3 rất xấu"), "column text: this was not written"),
        (format!("{keep}0123456789abcdef,words,x,keep,x\r\n"), "there is no such remark"),
        (format!("{keep}{}\r\n", line_of("so-y-te 3 ").replace("tốt,,", "tốt,keep,").trim_end()), "there twice"),
    ];
    for (text, reason) in faulty {
        desk.file("review.csv", text);
        let refused = desk.refused(&back("review.csv"));
        assert!(refused.contains(reason), "{reason}: {refused}");
    }
    assert_eq!(desk.number("SELECT count(*) FROM sheet_file WHERE content = 'remarks'"), 0);

    desk.file("review.csv", drop(&keep, "so-y-te 3").replace("ông […] tại so-noi-vu 0 rất tốt", "ông […] tại […] rất tốt"));
    let (csv, said) = exported(&desk, &back("review.csv"));
    assert!(said.starts_with("24 remarks kept, 1 dropped; given to Lê Văn C"), "{said}");
    let rows = table(&csv);
    assert!(
        rows.len() == 24 && !csv.contains("Trần Văn B") && !csv.contains("so-y-te 3 ") && csv.contains("ông […] tại […] rất tốt"),
        "{csv}"
    );
    assert!(!rows[0].contains_key("unit") && !rows[0].contains_key("remark"), "linked to nothing");
    assert_eq!(desk.number("SELECT count(*) FROM sheet_file WHERE content = 'remarks' AND length(reviewed) = 64 AND who = 'Lê Văn C'"), 1);
    assert_eq!(desk.number("SELECT count(*) FROM sheet_file WHERE content = 'review'"), 2);
}

#[test]
fn what_was_written_leaves_only_of_many_sheets_from_several_units() {
    let review = [&REMARKS[..], &HANDS, &["--for-review", "one.csv"]].concat();
    for (sheets, leaves) in [([20, 20, 9, 0], false), ([40, 20, 0, 0], false), ([20, 20, 10, 0], true)] {
        let desk = closed(sheets);
        let said = desk.run(&review);
        assert_eq!((said.code == 0, desk.path("one.csv").exists()), (leaves, leaves), "{sheets:?}: {}", said.err);
        assert!(leaves || said.err.contains("50 sheets from 3 units or more"), "{}", said.err);
        if leaves {
            // A sheet that says something of somebody and nothing else is none of the fifty.
            desk.execute("UPDATE response SET answers = substr(answers, 1, 2) || x'01' WHERE id = (SELECT min(id) FROM response)");
            std::fs::remove_file(desk.path("one.csv")).unwrap();
            assert!(desk.refused(&review).contains("50 sheets"));
        }
    }
}

/// Fifty sheets about several units may be those of twenty people; fifty about one unit are not.
#[test]
fn what_officials_wrote_leaves_only_where_fifty_of_them_rated_the_same_unit() {
    let review = [&REMARKS[..], &HANDS, &["--for-review", "one.csv"]].concat();
    for (sheets, leaves) in [([49, 49, 49], false), ([50, 1, 0], false), ([50, 1, 1], true)] {
        let rated = ["so-noi-vu", "so-y-te", "thanh-tra"].into_iter().zip(sheets);
        let rows: String = rated.map(|(unit, sheets)| format!("{unit},leaders,1,lời\n").repeat(sheets)).collect();
        let desk = Desk::with_closed_round(&officials(), UNITS, &format!("rated_unit,group,i,words\n{rows}"));
        let said = desk.run(&review);
        assert_eq!((said.code == 0, desk.path("one.csv").exists()), (leaves, leaves), "{sheets:?}: {}", said.err);
        assert!(leaves || said.err.contains("3 units or more, 50 of them about one and the same unit"), "{}", said.err);
    }
}

/// Nobody takes sheets without a word of it; a file that was not written after all has a word too.
#[test]
fn that_single_sheets_leave_is_written_down_before_their_file_is() {
    let desk = closed([30, 25, 12, 6]);
    let mut command = desk.command(&[&RESPONSES[..], &["--attributes", "none"], &HANDS].concat());
    let output = command.stdout(std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap()).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let events = desk.done(&["audit", "list", "r1"]);
    let event = events.lines().find(|row| row.contains("export.responses")).unwrap();
    assert!(event.contains("Lê Văn C") && event.contains("noted before the file was written"), "{event}");
}
