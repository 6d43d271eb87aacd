//! What a file of a table is called: the same by a page, by the API and by the command.

use super::table::Format;

/// The name of a file: round, questionnaire where the table is of one, table, and how it is written, parted by points. No id has a point,
/// so that no two tables have one name.
#[must_use]
pub fn file_name(round: &str, questionnaire: Option<&str>, table: &str, format: Format) -> String {
    let parts = [Some(round), questionnaire, Some(table), Some(format.name())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_tables_have_one_name() {
        assert_eq!(file_name("2026", Some("sipas-2026"), "indices", Format::Csv), "2026.sipas-2026.indices.csv");
        assert_eq!(file_name("2026", None, "scores", Format::Xlsx), "2026.scores.xlsx");
        let ids = ["a", "b", "a-b", "b-a", "scores", "indices"];
        let pairs =
            || ids.into_iter().flat_map(|round| ids.map(|questionnaire| (round, Some(questionnaire))).into_iter().chain([(round, None)]));
        let names: HashSet<String> = pairs().map(|(round, asked)| file_name(round, asked, "indices", Format::Csv)).collect();
        assert_eq!(names.len(), pairs().count());
    }
}
