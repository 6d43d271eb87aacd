//! Finding one's unit by what people write of its name, or of that of a unit that was merged into it. The best match stands first.

use crate::directory::Directory;
use crate::unit::wording::Wording;
use crate::unit::{Registered, Unit};

/// A unit that is found.
#[derive(Debug, Clone, Copy)]
pub(super) struct FoundUnit<'a> {
    pub(super) unit: &'a Registered,
    /// The unit by whose name it was found, where that was merged into it.
    pub(super) old: Option<&'a Unit>,
}

/// Units whose names fit what is looked for, the best first and otherwise in their own order; all where nothing is. `merged` are those that
/// are no more, each with the unit that took over its work.
pub(super) fn find<'a>(directory: &Directory, units: &[&'a Registered], merged: &[(i32, &'a Unit)], wanted: &str) -> Vec<FoundUnit<'a>> {
    let wanted = Wording::all(wanted);
    if wanted.iter().all(Wording::is_empty) {
        return units.iter().map(|unit| FoundUnit { unit, old: None }).collect();
    }
    let less: Vec<_> = wanted.iter().filter_map(Wording::without_committee).collect();
    let best_of = |wanted: &[Wording], name: &Wording| wanted.iter().filter_map(|wanted| wanted.fit(name)).min();
    let best = |unit: &Unit| {
        let names = directory.wordings(&unit.code).iter();
        names.filter_map(|name| best_of(&wanted, name).or_else(|| best_of(&less, name))).min()
    };
    let mut found: Vec<_> = units
        .iter()
        .filter_map(|row| {
            let own = best(&row.unit).map(|fit| (fit, None));
            let before = merged.iter().filter(|(into, _)| *into == row.id).filter_map(|(_, old)| Some((best(old)?, Some(*old))));
            // Of equals the first: a unit's own name before those of others.
            let (fit, old) = own.into_iter().chain(before).min_by_key(|(fit, _)| *fit)?;
            Some(((fit, old.is_some()), FoundUnit { unit: row, old }))
        })
        .collect();
    found.sort_by_key(|(order, _)| *order);
    found.into_iter().map(|(_, found)| found).collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::unit::UnitCode;

    const NAMES: [(&str, &str); 22] = [
        ("Văn phòng UBND tỉnh", "Office of the Provincial People's Committee"),
        ("Sở Khoa học và Công nghệ", "Department of Science and Technology"),
        ("Sở Giáo dục và Đào tạo", "Department of Education and Training"),
        ("Sở Nội vụ", "Department of Home Affairs"),
        ("Sở Ngoại vụ", "Department of Foreign Affairs"),
        ("Sở Y tế", "Department of Health"),
        ("Xã Ea H’leo", "Ea H’leo Commune"),
        ("Xã M'Đrắk", "M'Drak Commune"),
        ("Phường Lang Biang – Đà Lạt", "Lang Biang – Da Lat Ward"),
        ("Phường Xuân Hương - Đà Lạt", "Xuan Huong - Da Lat Ward"),
        ("Xã Hòa Bình", "Hoa Binh Commune"),
        ("Phường Hoà Bình", "Hoa Binh Ward"),
        ("Phường 1 Bảo Lộc", "Ward 1 of Bao Loc"),
        ("Phường Chợ Mới", "Cho Moi Ward"),
        ("Xã Chợ Mới", "Cho Moi Commune"),
        ("TP. Thủ Đức", "Thu Duc City"),
        ("Ủy ban Kiểm tra", "Inspection Committee"),
        ("Xã Ea Súp", "Ea Sup Commune"),
        ("Sở Tư pháp", "Department of Justice"),
        ("Phòng Nội vụ", "Division of Home Affairs"),
        ("Trung tâm Phục vụ hành chính công", "Public Administration Service Centre"),
        ("TT Công nghệ thông tin", "Information Technology Centre"),
    ];

    fn unit(id: usize, (name_vi, name_en): (&str, &str)) -> Registered {
        let code = UnitCode::new(&format!("u{id}")).unwrap();
        let (name_vi, name_en, block) = (name_vi.to_owned(), name_en.to_owned(), "b".to_owned());
        let unit = Unit { code, name_vi, name_en, block, parent: None, valid_from: None, valid_to: None, merged_into: None };
        Registered { id: i32::try_from(id).unwrap(), unit }
    }

    /// The names that are found, and by which older ones.
    fn found(wanted: &str) -> Vec<String> {
        let units: Vec<Registered> = NAMES.into_iter().enumerate().map(|(id, names)| unit(id, names)).collect();
        let old = [("Xã Chợ Cũ", "Cho Cu Commune"), ("Thị trấn Chợ Mới", "Cho Moi Town")]
            .into_iter()
            .zip(98..)
            .map(|(names, id)| unit(id, names).unit)
            .collect::<Vec<_>>();
        let merged: Vec<(i32, &Unit)> = old.iter().map(|old| (13, old)).collect();
        let shown = |found: &FoundUnit<'_>| match found.old {
            Some(old) => format!("{} ({})", found.unit.unit.name_vi, old.name_vi),
            None => found.unit.unit.name_vi.clone(),
        };
        let all = units.iter().map(|row| &row.unit).chain(&old);
        let mut directory = Directory::default();
        directory.register.extend(all.map(|unit| (unit.code.to_string(), unit.clone())));
        find(&directory, &units.iter().collect::<Vec<_>>(), &merged, wanted).iter().map(shown).collect()
    }

    /// Whatever is written comes with what has to stand first, and for some with all that is found.
    #[rstest]
    #[case::straight("ea h'leo", "Xã Ea H’leo")]
    #[case::curly("Ea H’leo", "Xã Ea H’leo")]
    #[case::letter("Ea Hʼleo", "Xã Ea H’leo")]
    #[case::without("ea hleo", "Xã Ea H’leo")]
    #[case::parted("Ea H Leo", "Xã Ea H’leo")]
    #[case::unspaced("eahleo", "Xã Ea H’leo")]
    #[case::in_english("ea h’leo commune", "Xã Ea H’leo")]
    #[case::other_apostrophe("M’Đrắk", "Xã M'Đrắk")]
    #[case::dash("Lang Biang - Đà Lạt", "Phường Lang Biang – Đà Lạt")]
    #[case::no_dash("langbiang da lat", "Phường Lang Biang – Đà Lạt")]
    #[case::long_dash("xuân hương—đà lạt", "Phường Xuân Hương - Đà Lạt")]
    #[case::ward("P. Chợ Mới", "Phường Chợ Mới")]
    #[case::ward_at_once("P.Chợ Mới", "Phường Chợ Mới")]
    #[case::ward_without_dot("p chợ mới", "Phường Chợ Mới")]
    #[case::commune("X. Chợ Mới", "Xã Chợ Mới")]
    #[case::number("P.1 Bảo Lộc", "Phường 1 Bảo Lộc")]
    #[case::number_at_once("p1", "Phường 1 Bảo Lộc")]
    #[case::city("thành phố thủ đức", "TP. Thủ Đức")]
    #[case::committee("uỷ ban tỉnh", "Văn phòng UBND tỉnh")]
    #[case::committee_alone("uỷ ban", "Ủy ban Kiểm tra")]
    #[case::committee_in_full("Văn phòng Ủy ban nhân dân", "Văn phòng UBND tỉnh")]
    #[case::committee_of_a_ward("UBND phường Chợ Mới", "Phường Chợ Mới")]
    #[case::committee_of_a_commune("Uỷ ban nhân dân xã Chợ Mới", "Xã Chợ Mới")]
    #[case::other_committee("Uỷ ban kiểm tra", "Ủy ban Kiểm tra")]
    #[case::words("so y te", "Sở Y tế")]
    #[case::half_typed("so y t", "Sở Y tế")]
    #[case::other_order("vụ nội", "Sở Nội vụ")]
    #[case::and("giáo dục & đào tạo", "Sở Giáo dục và Đào tạo")]
    #[case::first_letters("sở gddt", "Sở Giáo dục và Đào tạo")]
    #[case::accents_elsewhere("hoà bình", "Xã Hòa Bình")]
    #[case::old("xa cho cu", "Phường Chợ Mới (Xã Chợ Cũ)")]
    #[case::old_and_short("TT. Chợ Mới", "Phường Chợ Mới (Thị trấn Chợ Mới)")]
    #[case::centre("TT Phục vụ hành chính công", "Trung tâm Phục vụ hành chính công")]
    #[case::centre_in_full("trung tâm công nghệ thông tin", "TT Công nghệ thông tin")]
    #[case::centre_as_it_is_written("TT Công nghệ thông tin", "TT Công nghệ thông tin")]
    #[case::centre_of_first_letters("TT CNTT", "TT Công nghệ thông tin")]
    #[case::division("P. Nội vụ", "Phòng Nội vụ")]
    #[case::two_first_letters("Sở TP", "Sở Tư pháp")]
    #[case::two_first_letters_of_a_division("Phòng NV", "Phòng Nội vụ")]
    #[case::unseen("\u{200B}Sở\u{A0}Y tế\u{FEFF}", "Sở Y tế")]
    fn the_best_match_stands_first(#[case] wanted: &str, #[case] first: &str) {
        assert_eq!(found(wanted).first().map(String::as_str), Some(first), "{:?}", found(wanted));
    }

    #[test]
    fn only_what_fits_is_found_each_unit_once_and_equals_stay_in_their_order() {
        assert_eq!(found("so y te"), ["Sở Y tế"], "no word of it is taken from another language");
        assert_eq!(found("chợ mới"), ["Phường Chợ Mới", "Xã Chợ Mới"], "by its own name rather than by an older one");
        assert_eq!(found("Sở"), NAMES.map(|(name, _)| name).into_iter().filter(|name| name.starts_with("Sở ")).collect::<Vec<_>>());
        assert_eq!(found("vụ"), ["Sở Nội vụ", "Sở Ngoại vụ", "Phòng Nội vụ", "Trung tâm Phục vụ hành chính công"]);
        assert_eq!(found("zzz"), [""; 0]);
        assert_eq!((found("").len(), found(" - ").len()), (22, 22), "nothing is looked for");
    }
}
