//! Names of fields and criteria inside a sentence: they begin small there, as any other words do.

/// Beginnings that stay as they are: names of institutions, which are written large wherever they stand.
const NAMES: [&str; 21] = [
    "ASEAN",
    "Chính phủ",
    "Đảng",
    "Đoàn Thanh niên",
    "Government Office",
    "Hội đồng nhân dân",
    "Internet",
    "Mặt trận",
    "Nhà nước",
    "Nhân dân",
    "Party",
    "People’s",
    "People's",
    "Quốc hội",
    "Thành ủy",
    "Thủ tướng",
    "Tỉnh ủy",
    "Trung ương",
    "Ủy ban",
    "Vietnam",
    "Zalo",
];

/// A text as it stands inside a sentence: its first letter small, unless it begins with an acronym ("PAR", "CCHC"), with two words that
/// both begin large, as names of people and places do ("Hà Nội"), or with the name of an institution.
pub(super) fn inside(text: &str) -> String {
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return String::new() };
    if is_name(text) { text.to_owned() } else { first.to_lowercase().chain(letters).collect() }
}

fn is_name(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let is_large = |letter: char| letter.is_uppercase() || letter.is_numeric();
    let acronym = first.chars().skip(1).any(is_large);
    let named = NAMES.iter().any(|name| text.strip_prefix(name).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)));
    acronym || named || second.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("Cải cách thủ tục hành chính", "cải cách thủ tục hành chính")]
    #[case("Đào tạo cán bộ", "đào tạo cán bộ")]
    #[case("Ứng dụng công nghệ thông tin", "ứng dụng công nghệ thông tin")]
    // The mark stands behind its letter where a text is decomposed.
    #[case("U\u{31b}\u{301}ng dụng", "u\u{31b}\u{301}ng dụng")]
    #[case("Ý kiến của người dân", "ý kiến của người dân")]
    #[case("Public finance", "public finance")]
    #[case("A share of tasks", "a share of tasks")]
    #[case("The year's plan", "the year's plan")]
    #[case("e-Government", "e-Government")]
    #[case("PAR Index", "PAR Index")]
    #[case("CCHC và chuyển đổi số", "CCHC và chuyển đổi số")]
    #[case("CCHC", "CCHC")]
    #[case("SIPAS: mức độ hài lòng", "SIPAS: mức độ hài lòng")]
    #[case("ISO 9001 được áp dụng", "ISO 9001 được áp dụng")]
    #[case("eGov điện tử", "eGov điện tử")]
    #[case("Hà Nội và các tỉnh", "Hà Nội và các tỉnh")]
    #[case("Ủy ban nhân dân giao nhiệm vụ", "Ủy ban nhân dân giao nhiệm vụ")]
    #[case("Chính phủ điện tử", "Chính phủ điện tử")]
    #[case("Chính quyền số", "chính quyền số")]
    #[case("Đảng viên gương mẫu", "Đảng viên gương mẫu")]
    #[case("Partnership of agencies", "partnership of agencies")]
    #[case("", "")]
    fn only_what_is_no_name_begins_small(#[case] text: &str, #[case] said: &str) {
        assert_eq!(inside(text), said);
    }
}
