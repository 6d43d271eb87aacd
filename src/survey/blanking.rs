//! Blanking: taking names and numbers out of what respondents wrote, before anybody else reads it.
//!
//! A machine proposes, a person decides: it sees capitalised words behind honorifics and common family names, addresses of mail, and
//! numbers as long as those of phones and identity cards, sums of money and dates among them. Whatever the person changes, no word can be
//! added: what is kept is the original with parts blanked.

use std::ops::Range;

/// What stands where something was blanked.
pub const BLANK: &str = "[…]";

/// Words before which a name is likely, in lower case.
const HONORIFICS: [&str; 17] =
    ["ông", "bà", "anh", "chị", "cô", "chú", "bác", "cậu", "dì", "thầy", "em", "chí", "đ/c", "mr", "mrs", "ms", "dr"];

/// Family names with which a name begins where no honorific is before it, in lower case; the most frequent also as they are typed without
/// marks.
const FAMILY_NAMES: [&str; 78] = [
    "nguyễn", "trần", "lê", "phạm", "huỳnh", "hoàng", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "hồ", "ngô", "dương", "lý", "đinh", "trịnh",
    "đoàn", "mai", "tô", "lương", "trương", "đào", "hà", "tạ", "cao", "châu", "quách", "vương", "thái", "lâm", "lưu", "phùng", "tăng",
    "kiều", "nông", "hứa", "chu", "tống", "thạch", "danh", "lục", "quan", "triệu", "đàm", "giàng", "vàng", "lò", "quàng", "thào", "sùng",
    "cầm", "hoá", "nguyen", "tran", "le", "pham", "huynh", "hoang", "vu", "vo", "dang", "bui", "do", "ho", "ngo", "duong", "ly", "dinh",
    "trinh", "doan", "luong", "truong", "dao", "ta", "chau", "phung",
];

/// Most words of a name.
const NAME_MOST: usize = 5;

/// Numbers of phones have so many digits at least. None is too long: two that stand side by side look like one.
const DIGITS_LEAST: usize = 8;

/// Most signs between two of their digits, as in "0912 - 345".
const BETWEEN_MOST: usize = 3;

/// What was written, with everything blanked that a machine can see.
#[must_use]
pub fn proposed(words: &str) -> String {
    let mut found: Vec<Range<usize>> = numbers(words).into_iter().chain(names(words)).chain(full_names(words)).chain(mail(words)).collect();
    found.sort_by_key(|range| range.start);
    let (mut text, mut at) = (String::new(), 0);
    for Range { start, end } in found.into_iter().filter(|range| !range.is_empty()) {
        if start >= at {
            text += words.get(at..start).unwrap_or_default();
            text += BLANK;
        }
        at = at.max(end);
    }
    text + words.get(at..).unwrap_or_default()
}

/// Whether a text is what was written with nothing but parts of it blanked.
#[must_use]
pub fn is_blanked(words: &str, text: &str) -> bool {
    let mut pieces = text.split(BLANK);
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = words.strip_prefix(first) else { return false };
    let mut pieces: Vec<&str> = pieces.collect();
    let Some(last) = pieces.pop() else { return rest.is_empty() };
    for piece in pieces {
        let Some((_, after)) = rest.split_once(piece) else { return false };
        rest = after;
    }
    rest.ends_with(last)
}

/// Words with their places, without the signs around them.
fn tokens(words: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let place = |token: &str| token.as_ptr().addr() - words.as_ptr().addr();
    words.split_whitespace().map(move |token| {
        let core = token.trim_matches(|letter: char| !letter.is_alphanumeric());
        let start = place(core);
        (start..start + core.len(), core)
    })
}

fn names(words: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    // How many further words a name may have, and where the word before ended.
    let (mut left, mut before) = (0, 0);
    for (range, core) in tokens(words) {
        // A comma or a full stop ends a name; behind an honorific, as in "Mr. A", it does not.
        let apart = left > 0 && left < NAME_MOST && words.get(before..range.start).is_some_and(|between| between.trim() != "");
        let is_name = left > 0 && !apart && core.starts_with(char::is_uppercase);
        match found.last_mut().filter(|_| is_name && left < NAME_MOST) {
            Some(name) => name.end = range.end,
            None if is_name => found.push(range.clone()),
            None => {}
        }
        left = match () {
            () if HONORIFICS.contains(&core.to_lowercase().as_str()) => NAME_MOST,
            () if is_name => left - 1,
            () => 0,
        };
        before = range.end;
    }
    found
}

/// Names without an honorific: a family name and further capitalised words, with nothing but blanks between them.
fn full_names(words: &str) -> Vec<Range<usize>> {
    let tokens: Vec<_> = tokens(words).filter(|(range, _)| !range.is_empty()).collect();
    let follows = |pair: &[(Range<usize>, &str)]| {
        let [(before, _), (next, core)] = pair else { return false };
        core.starts_with(char::is_uppercase) && words.get(before.end..next.start).is_some_and(|between| between.trim().is_empty())
    };
    let begins = |core: &str| core.starts_with(char::is_uppercase) && FAMILY_NAMES.contains(&core.to_lowercase().as_str());
    let name = |(place, (first, core)): (usize, &(Range<usize>, &str))| {
        let further = tokens.get(place..)?.windows(2).take(NAME_MOST - 1).take_while(|pair| follows(pair));
        further.last().filter(|_| begins(core)).and_then(<[_]>::last).map(|(last, _)| first.start..last.end)
    };
    tokens.iter().enumerate().filter_map(name).collect()
}

fn mail(words: &str) -> Vec<Range<usize>> {
    let is_mail = |core: &str| core.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    tokens(words).filter(|(_, core)| is_mail(core)).map(|(range, _)| range).collect()
}

/// Numbers, also where a few signs that are no letters part their digits, and with digits of any script.
fn numbers(words: &str) -> Vec<Range<usize>> {
    let mut found: Vec<(Range<usize>, usize)> = Vec::new();
    for (place, digit) in words.char_indices().filter(|(_, letter)| letter.is_numeric()) {
        let end = place + digit.len_utf8();
        let is_next = |(before, _): &&mut (Range<usize>, usize)| {
            let between = words.get(before.end..place).unwrap_or_default();
            !between.contains(char::is_alphabetic) && between.chars().count() <= BETWEEN_MOST
        };
        match found.last_mut().filter(is_next) {
            Some((number, digits)) => (number.end, *digits) = (end, *digits + 1),
            None => found.push((place..end, 1)),
        }
    }
    found.into_iter().filter(|(_, digits)| *digits >= DIGITS_LEAST).map(|(number, _)| number).collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("Cảm ơn ông Nguyễn Văn A, rất tốt", "Cảm ơn ông […], rất tốt")]
    #[case("Ông Nguyễn Văn A. Cán bộ tốt", "Ông […]. Cán bộ tốt")]
    #[case("đồng chí Lê Thị Hồng hướng dẫn", "đồng chí […] hướng dẫn")]
    #[case("Mr. Smith was late; Mrs Jones too", "Mr. […] was late; Mrs […] too")]
    #[case("anh bảo vệ chỉ chỗ cho chị Hoa", "anh bảo vệ chỉ chỗ cho chị […]")]
    #[case("gọi 0912 345 678 hoặc 0912.345.678, +84912345678", "gọi […] hoặc […]")]
    #[case("CCCD 012345678901 và CMND 123456789", "CCCD […] và CMND […]")]
    #[case("viết về a.b@c.vn.", "viết về […].")]
    #[case("chờ 15 phút, năm 2026, phòng 12", "chờ 15 phút, năm 2026, phòng 12")]
    #[case("không có tên nào", "không có tên nào")]
    #[case("bà Lan 0912345678", "bà […] […]")]
    #[case("gọi (0912) 345 678 hoặc 0912/345/678", "gọi ([…] hoặc […]")]
    #[case("gọi 0912\u{a0}345\u{a0}678 hoặc 0912\u{202f}345–678", "gọi […] hoặc […]")]
    #[case("gọi 0912345678/0987654321", "gọi […]")]
    #[case("ngày 5/11 0912345678, tài khoản 12345678901234", "ngày […], tài khoản […]")]
    #[case("từ 15/11/2026 đến 20/11/2026, 0912   345   678", "từ […] đến […]")]
    #[case("0912 - 345 - 678; 0912 – 345 – 678", "[…]")]
    #[case("gọi 0912 . 345 . 678 hay 0912,345,678", "gọi […] hay […]")]
    #[case("gọi 0912_345_678 hay 0912:345:678", "gọi […] hay […]")]
    #[case("gọi 0912·345·678 hay ０９１２３４５６７８", "gọi […] hay […]")]
    #[case("gọi ０９１２－３４５－６７８ ngay", "gọi […] ngay")]
    #[case("gọi 3825 1234 hay 50.000.000 đồng", "gọi […] hay […] đồng")]
    #[case("phải nộp 250.000 đồng, chờ 1234567 phút", "phải nộp 250.000 đồng, chờ 1234567 phút")]
    #[case("gọi 0912    345    678", "gọi 0912    345    678")]
    #[case("gặp Nguyễn Văn A ở cửa 3", "gặp […] ở cửa 3")]
    #[case("gặp TRẦN THỊ B (Lê Hoa), Pham Van C", "gặp […] ([…]), […]")]
    #[case("cô Lê Thị Hồng Nhung Mai Anh", "cô […]")]
    #[case("Nguyễn, Văn A; ở Lê lợi; Đỗ", "Nguyễn, Văn A; ở Lê lợi; Đỗ")]
    #[case("Cảm ơn Sở Nội vụ và Ủy ban", "Cảm ơn Sở Nội vụ và Ủy ban")]
    fn names_and_numbers_are_proposed_blanked(#[case] words: &str, #[case] text: &str) {
        assert_eq!(proposed(words), text);
        assert!(is_blanked(words, text));
    }

    #[rstest]
    #[case("một hai ba", "một hai ba", true)]
    #[case("một hai ba", "[…]", true)]
    #[case("một hai ba", "một […] ba", true)]
    #[case("một hai ba", "[…]hai[…]", true)]
    #[case("một hai ba", "một […] bốn", false)]
    #[case("một hai ba", "ba […] một", false)]
    #[case("một hai ba", "một hai", false)]
    #[case("một hai ba", "một hai ba bốn", false)]
    #[case("aba", "ab[…]ba", false)]
    fn only_parts_of_what_was_written_are_blanked(#[case] words: &str, #[case] text: &str, #[case] holds: bool) {
        assert_eq!(is_blanked(words, text), holds);
    }
}
