//! Indices of the fields of one unit, a line from 0 to 100 each: where it stands, where it stood, and where the others stand.

use maud::{Markup, html};

use super::{FOOT, across, axis, down};

/// One field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldDot {
    /// Its name, which stands above its line: beside it there is no room on a phone.
    pub label: String,
    /// Its index in hundredths of a percent.
    pub hundredths: u16,
    /// Its index last year in hundredths of a percent, where that may be set beside this one.
    pub before: Option<u16>,
    /// The mean of the block in hundredths of a percent.
    pub mean: Option<u16>,
    /// Its index as the language prints it.
    pub printed: String,
}

/// A field and where it stands down the chart, in tenths of an `em`.
struct FieldRow<'a> {
    dot: &'a FieldDot,
    /// Its name in lines.
    lines: Vec<String>,
    /// Where its name begins.
    top: u32,
    /// Where its line is.
    rail: u32,
}

/// Height of a line of a name, in tenths of an `em`.
const LINE: u32 = 14;
/// From a name to the line under it, in tenths of an `em`: half of a number's height, and a little room.
const ABOVE: u32 = 7;
/// From a line to what follows it, in tenths of an `em`: more than above, so that a name belongs to what is under it.
const BENEATH: u32 = 11;
/// The most signs of a line of a name: letters take 8 of 288 points on average, the inside of the narrowest phone, so 272.
const SIGNS: usize = 34;
/// Where 0 is, in hundredths of a percent, so that a dot there is whole.
const START: u32 = 300;
/// Where 100 is, in hundredths of a percent: `100,00` and half a dot take 55 of 288 points.
const END: u32 = 7_800;

/// The chart, with the fields in the order in which they come.
#[must_use]
pub fn chart(id: &str, title: &str, description: &str, dots: &[FieldDot]) -> Markup {
    let rows = rows(dots);
    let foot = rows.last().map_or(0, |row| row.rail + BENEATH);
    html! {
        svg.fields role="img" aria-labelledby=(format!("{id}-t")) aria-describedby=(format!("{id}-d")) height=(down(foot + FOOT)) {
            title id=(format!("{id}-t")) { (title) }
            desc id=(format!("{id}-d")) { (description) }
            @for row in &rows { (field(row)) }
            (axis(foot, place))
        }
    }
}

/// Where an index stands across the chart.
fn place(hundredths: u32) -> u32 {
    START + hundredths * (END - START) / 10_000
}

/// The fields under each other.
fn rows(dots: &[FieldDot]) -> Vec<FieldRow<'_>> {
    let mut top = 0;
    let mut rows = Vec::with_capacity(dots.len());
    for dot in dots {
        let lines = lines(&dot.label);
        let rail = lines.iter().fold(top, |bottom, _| bottom + LINE) + ABOVE;
        rows.push(FieldRow { dot, lines, top, rail });
        top = rail + BENEATH;
    }
    rows
}

/// A name in lines that fit a phone. SVG does not break lines, and a name that is cut says too little: many begin alike.
fn lines(label: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in label.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < SIGNS => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// One field. This year's dot is drawn last, so that it lies on top.
fn field(row: &FieldRow<'_>) -> Markup {
    let (dot, rail) = (row.dot, down(row.rail));
    html! {
        g {
            title { (dot.label) ": " (dot.printed) }
            @for (nth, line) in (0_u32..).zip(&row.lines) { text x="0" y=(down(row.top + nth * LINE + 11)) { (line) } }
            line.rail x1=(across(START)) x2=(across(END)) y1=(rail) y2=(rail) {}
            @if let Some(mean) = dot.mean.map(|mean| across(place(mean.into()))) {
                line.mean x1=(mean) x2=(mean) y1=(down(row.rail - 5)) y2=(down(row.rail + 5)) {}
            }
            @if let Some(before) = dot.before { circle.before cx=(across(place(before.into()))) cy=(rail) r=".3em" {} }
            circle cx=(across(place(dot.hundredths.into()))) cy=(rail) r=".3em" {}
            text x="100%" y=(down(row.rail + 4)) text-anchor="end" { (dot.printed) }
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn dot(label: &str, hundredths: u16) -> FieldDot {
        let printed = format!("{},{:02}", hundredths / 100, hundredths % 100);
        FieldDot { label: label.into(), hundredths, before: None, mean: None, printed }
    }

    fn drawn(dots: &[FieldDot]) -> String {
        chart("f", "Title", "Words", dots).into_string()
    }

    #[test]
    fn the_line_leaves_room_for_a_dot_and_a_number() {
        assert_eq!((place(0), place(5_000), place(10_000)), (300, 4_050, 7_800));
    }

    #[rstest]
    #[case::none("", &[])]
    #[case::short("Cải cách thể chế", &["Cải cách thể chế"])]
    #[case::just_fits("Cải cách tổ chức bộ máy hành chính", &["Cải cách tổ chức bộ máy hành chính"])]
    #[case::one_too_many("Cải cách tổ chức bộ máy hành chính.", &["Cải cách tổ chức bộ máy hành", "chính."])]
    #[case::one_long_word("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", &["xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"])]
    fn a_name_is_broken_between_words(#[case] label: &str, #[case] expected: &[&str]) {
        assert_eq!(lines(label), expected);
    }

    #[test]
    fn a_name_of_two_lines_moves_what_follows() {
        let dots = [dot("Cải cách tổ chức bộ máy hành chính nhà nước", 5000), dot("Tài chính công", 5000)];
        let places: Vec<(u32, u32)> = rows(&dots).iter().map(|row| (row.top, row.rail)).collect();
        assert_eq!(places, [(0, 35), (46, 67)]);
        let svg = drawn(&dots);
        assert!(svg.contains("y=\"1.1em\">Cải cách") && svg.contains("y=\"2.5em\">nhà nước</text>"), "{svg}");
        assert!(svg.contains("y=\"5.7em\">Tài chính công</text>") && svg.contains("height=\"9.4em\""), "{svg}");
    }

    #[test]
    fn a_chart_says_in_words_what_it_shows() {
        let svg = drawn(&[dot("B", 9268), dot("A", 6000)]);
        assert!(svg.contains("role=\"img\" aria-labelledby=\"f-t\" aria-describedby=\"f-d\""), "{svg}");
        assert!(svg.contains("<title id=\"f-t\">Title</title><desc id=\"f-d\">Words</desc>"), "{svg}");
        let (first, second) = (svg.find("<title>B: 92,68</title>"), svg.find("<title>A: 60,00</title>"));
        assert!(first.is_some() && first < second, "fields keep their order: {svg}");
        assert!(svg.contains("<circle cx=\"72.51%\" cy=\"2.1em\"") && svg.contains("text-anchor=\"end\">92,68</text>"), "{svg}");
        let marks = svg.split("text-anchor=\"middle\">").skip(1).filter_map(|rest| rest.split('<').next());
        assert_eq!(marks.collect::<Vec<_>>(), ["0", "25", "50", "75", "100"]);
    }

    #[test]
    fn last_year_and_the_mean_stand_only_where_they_are_known() {
        let known = FieldDot { before: Some(8000), mean: Some(9000), ..dot("A", 9268) };
        let svg = drawn(&[known]);
        assert!(svg.contains("<line class=\"mean\" x1=\"70.50%\" x2=\"70.50%\" y1=\"1.6em\" y2=\"2.6em\">"), "{svg}");
        let (before, now) = (svg.find("<circle class=\"before\" cx=\"63.00%\""), svg.find("<circle cx=\"72.51%\""));
        assert!(before.is_some() && before < now, "this year lies on top: {svg}");
        let bare = drawn(&[dot("A", 9268)]);
        assert!(!bare.contains("class=\"before\"") && !bare.contains("class=\"mean\""), "{bare}");
    }
}
