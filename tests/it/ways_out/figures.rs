//! Figures as each outlet writes them, in the one way in which the API does: `84`, `83.94`, `80-90`.

use std::collections::BTreeSet;

use par_survey::words::Words;
use serde_json::Value;

pub(super) type Figures = BTreeSet<String>;

/// What explains figures by examples.
const EXPLAINED: [&str; 4] = ["unit-questions-lead", "unit-several", "results-hidden-why", "par-lead"];

/// The texts of a page between its tags.
pub(super) fn texts(page: &str) -> Vec<&str> {
    let body = page.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap();
    let texts = body.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text.trim());
    texts.filter(|text| !text.is_empty()).collect()
}

/// Every figure of a page, without those that explain the others.
pub(super) fn of_page(page: &str, words: Words) -> Figures {
    let explained = EXPLAINED.map(|key| words.with(key, [("floor", "10")]));
    let figures: Vec<&str> = texts(page).into_iter().filter(|text| !explained.iter().any(|words| text.contains(words.as_str()))).collect();
    said(&figures)
}

/// Every figure of some texts: what has a per cent sign or two decimals, and every class.
fn said(texts: &[&str]) -> Figures {
    texts.iter().flat_map(|text| of_text(text)).collect()
}

fn of_text(text: &str) -> Figures {
    let words: Vec<String> =
        text.split_whitespace().map(|word| word.trim_matches(['.', ',', ';', ':', '(', ')', '“', '”']).replace(',', ".")).collect();
    let word = |place: usize| words.get(place).map_or("", String::as_str);
    let number = |place: usize| Some(word(place).trim_end_matches('%')).filter(|word| is_number(word));
    let percent = |place: usize| number(place).is_some() && (word(place).ends_with('%') || word(place + 1) == "%");
    let (mut found, mut place) = (Figures::new(), 0);
    while place < words.len() {
        place += match (word(place), number(place + 1), word(place + 2), word(place + 3)) {
            ("từ" | "from", Some(from), "đến" | "to", "dưới" | "under") if number(place + 4).is_some() => {
                found.insert(format!("{from}-{}", number(place + 4).unwrap()));
                5
            }
            // The line of a chart goes from 0 to 100.
            ("từ" | "from", Some("0"), "đến" | "to", "100" | "100%") => 4,
            ("từ" | "from", Some(from), "đến" | "to", _) if number(place + 3).is_some() => {
                found.insert(format!("{from}-{}", number(place + 3).unwrap()));
                4
            }
            ("dưới" | "under", Some(below), ..) if percent(place + 1) || words.len() == 2 => {
                found.insert(format!("0-{below}"));
                2
            }
            _ => {
                let decimals = number(place).and_then(|number| number.split_once('.')).map_or(0, |(_, decimals)| decimals.len());
                found.extend(number(place).filter(|_| percent(place) || decimals >= 2).map(str::to_owned));
                1
            }
        };
    }
    found
}

fn is_number(word: &str) -> bool {
    let mut parts = word.split('.');
    let digits = |part: Option<&str>| part.is_some_and(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    digits(parts.next()) && parts.next().is_none_or(|part| digits(Some(part))) && parts.next().is_none()
}

/// A class, or a number.
fn is_figure(text: &str) -> bool {
    text.split_once('-').map_or_else(|| is_number(text), |(from, below)| is_number(from) && is_number(below))
}

/// Every figure below some keys of what the API gives.
pub(super) fn below(value: &Value, keys: &[&str]) -> Figures {
    let of = |key: &str, value: &Value| match value {
        Value::String(text) if keys.contains(&key) && is_figure(text) => Figures::from([text.clone()]),
        Value::Object(_) | Value::Array(_) => below(value, keys),
        _ => Figures::new(),
    };
    match value {
        Value::Object(fields) => fields.iter().flat_map(|(key, value)| of(key, value)).collect(),
        Value::Array(values) => values.iter().flat_map(|value| below(value, keys)).collect(),
        _ => Figures::new(),
    }
}

/// What a chart draws, from where to where: `width="84.00%"` is as far as `84`, a light piece behind it what a class may be.
pub(super) fn bars(page: &str) -> Vec<Vec<(u32, u32)>> {
    let drawn = page.split("<svg class=\"bar\"").skip(1).map(|rest| rest.split("</svg>").next().unwrap());
    drawn.map(|bar| bar.split("<rect").skip(1).map(piece).collect()).collect()
}

/// The same of bars that stand alone.
pub(super) fn single_bars(page: &str) -> Vec<Vec<(u32, u32)>> {
    let drawn = page.split("<svg class=\"single\"").skip(1).map(|rest| rest.split("</svg>").next().unwrap());
    drawn.map(|bar| bar.split("<rect").skip(2).map(piece).collect()).collect()
}

/// A row of a chart: whose it is, its number, and where its mark stands by the numbers above the line, in hundredths.
pub(super) type Drawn = (String, String, u32);

/// Rows of the chart of indices of a page.
pub(super) fn dots(page: &str) -> Vec<Drawn> {
    rows(page, &["-chart-grid", "-c-grid"])
}

/// Rows of the chart of fields.
pub(super) fn field_dots(page: &str) -> Vec<Drawn> {
    rows(page, &["-fields-grid"])
}

/// Rows are as many as they should be, and each has its name, its number, and its mark where that number is.
#[track_caller]
pub(super) fn near(mut drawn: Vec<Drawn>, mut expected: Vec<(String, String)>) {
    drawn.sort();
    expected.sort();
    let is_so = |(drawn, (name, index)): (&Drawn, &(String, String))| {
        // A mark stands on whole hundredths of the width of its line.
        drawn.0.starts_with(name.as_str()) && drawn.1.replace(',', ".") == *index && drawn.2.abs_diff(hundredths(index).unwrap()) <= 1
    };
    assert!(drawn.len() == expected.len() && drawn.iter().zip(&expected).all(is_so), "{drawn:?} {expected:?}");
}

/// Rows of charts whose line has an id with such an end.
fn rows(page: &str, ends: &[&str]) -> Vec<Drawn> {
    let charts = page.split("<div class=\"rails\">").skip(1).map(|rest| rest.split("</ol>").next().unwrap());
    let charts = charts.filter(|chart| ends.iter().any(|end| chart.contains(&format!("{end}\"><line"))));
    let rows = |chart: &'_ str| -> Vec<Drawn> {
        chart.split("<ol>").nth(1).unwrap().split("</li>").filter(|row| !row.is_empty()).map(|row| drawn(chart, row)).collect()
    };
    charts.flat_map(rows).collect()
}

fn drawn(chart: &str, row: &str) -> Drawn {
    let text = |from: &str, to: &str| row.split(from).nth(1).unwrap().split(to).next().unwrap().to_owned();
    let ends: Vec<(u32, u32)> = chart
        .split("<text")
        .skip(1)
        .map(|mark| {
            let said = mark.split_once('>').unwrap().1.split('<').next().unwrap();
            (attribute(mark, " x").unwrap(), said.parse::<u32>().unwrap() * 100)
        })
        .collect();
    let (first, last) = (ends[0], ends[ends.len() - 1]);
    assert_eq!((first.0, last.0), (0, 10_000), "the ends of the line have their numbers");
    let now = attribute(row.split("class=\"now\"").nth(1).unwrap(), "cx").unwrap();
    let name = text("<div>", "</div>").split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    (name, text("<span class=\"num\">", "<"), first.1 + now * (last.1 - first.1) / 10_000)
}

fn piece(rect: &str) -> (u32, u32) {
    let from = attribute(rect, " x").unwrap_or_default();
    (from, from + attribute(rect, "width").unwrap())
}

fn attribute(element: &str, name: &str) -> Option<u32> {
    let text = element.split('>').next()?.split_once(&format!("{name}=\""))?.1.split('"').next()?;
    hundredths(text.strip_suffix('%')?)
}

/// A number in hundredths.
pub(super) fn hundredths(number: &str) -> Option<u32> {
    let (whole, part) = number.split_once('.').unwrap_or((number, "00"));
    Some(whole.parse::<u32>().ok()? * 100 + part.get(..2)?.parse::<u32>().ok()?)
}

/// From where to where a figure is.
pub(super) fn span(figure: &str) -> (u32, u32) {
    let (from, below) = figure.split_once('-').unwrap_or((figure, figure));
    (hundredths(from).unwrap(), hundredths(below).unwrap())
}

#[test]
fn figures_are_found_as_pages_write_them() {
    let found = |text: &str| said(&[text]).into_iter().collect::<Vec<_>>();
    assert_eq!(found("Chỉ số mục: từ 80 đến dưới 90\u{a0}%"), ["80-90"]);
    assert_eq!(found("from 90 to 100% · under 10%; 84%, 10.00 × 83.94 ÷ 100"), ["0-10", "10.00", "83.94", "84", "90-100"]);
    assert_eq!((found("dưới 20"), found("dưới 10 phiếu")), (vec!["0-20".to_owned()], vec![]));
    assert_eq!(found("trên thang từ 0 đến 100. Thấp nhất A (7,50)"), ["7.50"]);
}
