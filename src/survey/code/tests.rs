use proptest::prelude::*;
use rstest::rstest;

use super::*;

/// A code of the first round.
const CODE: &str = "0012 9035 4817 6228";

fn of_digits(digits: [u8; LENGTH]) -> Code {
    Code(Signs::Digits(digits))
}

fn digits(code: &Code) -> [u8; LENGTH] {
    code.bytes().try_into().unwrap()
}

proptest! {
    #[test]
    fn what_is_printed_reads_back(number: u64, round: i32) {
        let code = Code::drawn(number, round);
        prop_assert!(code.is_for(round));
        prop_assert_eq!((code.compact().len(), code.grouped().len()), (16, 19));
        for text in [code.grouped(), code.compact(), code.grouped().replace(' ', "-")] {
            prop_assert_eq!(Code::read(&text), Some(code));
        }
    }

    #[test]
    fn different_numbers_are_different_codes(one in 0..NUMBERS, other in 0..NUMBERS) {
        prop_assert_eq!(Code::drawn(one, 7) == Code::drawn(other, 7), one == other);
    }

    #[test]
    fn a_wrong_digit_is_found(number: u64, round: i32, place in 0..LENGTH, by in 1_u8..10) {
        let mut wrong = digits(&Code::drawn(number, round));
        wrong[place] = (wrong[place] + by) % 10;
        prop_assert!(!of_digits(wrong).is_for(round));
    }

    #[test]
    fn two_exchanged_digits_are_found_wherever_they_stand(number: u64, round: i32, one in 0..LENGTH, other in 0..LENGTH) {
        let mut wrong = digits(&Code::drawn(number, round));
        prop_assume!(wrong[one] != wrong[other]);
        wrong.swap(one, other);
        prop_assert!(!of_digits(wrong).is_for(round));
    }

    #[test]
    fn a_code_is_for_one_of_97_rounds_that_follow_each_other(number: u64, first in -1000..1000, place in 0..97) {
        let code = Code::drawn(number, first + place);
        prop_assert_eq!((first..first + 97).filter(|round| code.is_for(*round)).collect::<Vec<_>>(), [first + place]);
    }

    #[test]
    fn anything_may_be_entered(entry in ".{0,80}") {
        let _ = (Code::read(&entry), Code::miscounted(&entry));
    }

    #[test]
    fn letters_of_keyboards_may_be_entered(entry in "[0-9A-ZĐƯÂÊÔĂƠẤẬẾỆỐỘẮẶỚỢÁẠ -]{0,40}") {
        let _ = Code::read(&entry);
    }
}

/// Not a sample of them but all: what a slip changes the sum by is a multiple of 97 for none.
#[test]
fn no_slip_of_one_or_two_digits_changes_the_sum_by_a_multiple_of_97() {
    let power = |place: u32| 10_i64.pow(place);
    for (place, digit) in (0..16).flat_map(|place| (1..10).map(move |digit| (place, digit))) {
        assert_ne!(digit * power(place) % 97, 0, "{digit} at {place}");
        for other in 0..place {
            assert_ne!(digit * (power(place) - power(other)) % 97, 0, "{digit} between {other} and {place}");
        }
    }
}

/// ISO/IEC 7064 itself has 794 with the check digits 44; a round whose row is a multiple of 97 shifts nothing.
#[test]
fn check_digits_are_those_of_iso_7064() {
    assert_eq!(Code::drawn(794, 97).compact(), "0000000000079444");
    // The smallest and the largest that they can be.
    let ends = (0..97).map(|number| Code::drawn(number, 0).compact().split_off(14));
    assert_eq!(ends.clone().min().zip(ends.max()), Some(("02".to_owned(), "98".to_owned())));
}

#[test]
fn a_code_has_46_random_bits_and_more() {
    // Of 2⁶⁴ numbers no more lead to one code than to another, but for one.
    let most = u64::MAX / NUMBERS + 1;
    assert!(u128::from(most) << 46 <= 1 << 64, "no code is likelier than 1 in 2⁴⁶");
    assert_eq!(Code::drawn(NUMBERS - 1, 1).compact()[..14], *"99999999999999");
}

/// Rounds 1 and 2 differ by one, and so does a slip in the last digit: the code is looked up in the other round, and not found there.
#[test]
fn a_slip_that_makes_up_for_the_difference_of_two_rounds_reads_as_the_other() {
    let mut wrong = digits(&Code::drawn(5, 1));
    wrong[15] += 1;
    assert!(of_digits(wrong).is_for(2) && !of_digits(wrong).is_for(1));
}

#[rstest]
#[case::spaces(" 0012  9035\t4817 6228 ")]
#[case::dashes("0012–9035—4817-6228")]
#[case::dots("0012.9035.4817.6228")]
#[case::wide("００１２　９０３５　４８１７　６２２８")]
#[case::unseen("0012\u{200B}9035\u{FEFF}4817\u{2060}62\u{AD}28")]
#[case::no_break("0012\u{A0}9035\u{202F}4817\u{2007}6228")]
#[case::comma("0012903548176228,")]
#[case::labelled("Mã phiếu: 0012 9035 4817 6228")]
#[case::letters("0012a9035b4817c6228")]
#[case::address("https://khaosat.example.vn/c#0012903548176228")]
#[case::address_with_digits("http://127.0.0.1:8080/c#0012903548176228%")]
#[case::message("Khảo sát năm 2026 (15 đơn vị): mã phiếu 0012 9035 4817 6228, hạn 17:00 ngày 30/11/2026.")]
#[case::among_other_words("0012 9035 4817 6228 hạn 30/11")]
#[case::row("https://khaosat.example.vn/c#0012903548176228,0012 9035 4817 6228,30/11/2026")]
#[case::twice("0012 9035 4817 6228\n0012903548176228")]
#[case::keys("0️⃣0️⃣12 9035 4817 6228")]
fn a_code_is_read_however_it_comes(#[case] entry: &str) {
    assert_eq!(Code::read(entry).map(|code| code.grouped()).as_deref(), Some(CODE), "{entry}");
    assert_eq!(Code::read(entry), Code::read(CODE));
}

#[rstest]
#[case::empty("", None)]
#[case::words("Mã phiếu:", None)]
#[case::short("0012 9035 4817 622", Some(15))]
#[case::long("0012 9035 4817 62285", Some(17))]
#[case::unseen("\u{200B}００１２,", Some(4))]
#[case::letters("0012 abc", None)]
fn digits_that_are_too_few_or_too_many_are_counted(#[case] entry: &str, #[case] counted: Option<usize>) {
    assert_eq!(Code::miscounted(entry), counted, "{entry}");
}

#[test]
fn of_two_codes_none_is_read_but_for_the_one_that_is_asked_about() {
    let [one, other] = [1, 2].map(|round| Code::drawn(77, round));
    let both = format!("{} {}", one.compact(), other.grouped());
    assert_eq!((Code::read(&both), Code::miscounted(&one.compact())), (None, None));
    assert_eq!(for_round(&both, 2), [vec![other], vec![]]);
}

/// What an entry may mean for a round, by digits and by symbols.
fn for_round(entry: &str, round: i32) -> Vec<Vec<Code>> {
    Code::readings(entry, |code| code.is_for(round)).map(|codes| codes.into_iter().collect()).collect()
}

/// "0035 0012 9035 4817" and "9035 4817 6228 0049" are for the first round as well.
#[rstest]
#[case::before("0035 0012 9035 4817 6228", 2)]
#[case::behind("0012 9035 4817 6228 0049", 2)]
#[case::on_both_sides("0035 0012 9035 4817 6228 0049", 3)]
fn what_fits_by_chance_beside_a_code_hides_it_from_nobody(#[case] entry: &str, #[case] readings: usize) {
    let found = for_round(entry, 1);
    assert!(found[0].contains(&Code::read(CODE).unwrap()), "{found:?}");
    assert_eq!((found[0].len(), found[1].len(), Code::read(entry)), (readings, 0, None));
}

/// Where digits fit by chance, symbols are given as well; of a list nothing is.
#[test]
fn symbols_are_read_beside_digits_that_fit_and_of_many_readings_none() {
    let printed = Code::read("7Q4M-1ZKD-9RP").unwrap();
    assert_eq!(for_round(&format!("{CODE}: 7Q4M-1ZKD-9RP"), 1), [vec![Code::read(CODE).unwrap()], vec![printed]]);
    let list: Vec<String> = (0..5).map(|number| Code::drawn(number, 1).compact()).collect();
    assert_eq!([4, 5].map(|codes| for_round(&list[..codes].join(", "), 1)[0].len()), [4, 0]);
}

/// As the program before printed them for rounds 1 and 2.
#[rstest]
#[case("7Q4M-1ZKD-9RP", 1)]
#[case("7Q4M-1ZKD-9RN", 2)]
#[case("ZZZZ-ZZZZ-ZZ5", 1)]
#[case("0000-0000-002", 2)]
fn a_code_that_was_printed_before_reads_as_it_did(#[case] printed: &str, #[case] round: i32) {
    let code = Code::read(printed).unwrap();
    assert_eq!((code.grouped().as_str(), code.is_for(round), code.is_for(round + 1)), (printed, true, false));
    let compact = code.compact();
    assert_eq!((compact.len(), code.bytes().len()), (11, 11));
    let misread = compact.replace('0', "o").replace('1', "l");
    let address = format!("https://khaosat.example.vn/c#{compact}");
    let labelled = format!("Mã phiếu: {printed},");
    for entry in [&compact, &compact.to_lowercase(), &misread, &address, &labelled, &printed.replace('-', " – ")] {
        assert_eq!(Code::read(entry), Some(code), "{entry}");
    }
}

/// What Telex and VNI leave of codes that the program before printed for round 1, while they are typed with and without groups.
#[rstest]
#[case::telex_w("0SNƯ-4EM6-DDH", "0SNW-4EM6-DDH")]
#[case::telex_d("0snw4em6đh", "0SNW-4EM6-DDH")]
#[case::vni_e("0SNW 4ÊM DDH", "0SNW-4EM6-DDH")]
#[case::telex_tone("4em6-đá-9r6", "4EM6-DDAS-9R6")]
#[case::telex_whole("4em6đá9r6", "4EM6-DDAS-9R6")]
#[case::decomposed("4em6-đa\u{301}-9r6", "4EM6-DDAS-9R6")]
fn what_a_keyboard_for_vietnamese_changed_is_undone(#[case] typed: &str, #[case] printed: &str) {
    let found = for_round(typed, 1).concat();
    assert_eq!(found.iter().map(Code::grouped).collect::<Vec<_>>(), [printed], "{typed}");
}

#[rstest]
#[case::too_short("7Q4M-1ZKD")]
#[case::no_symbol("U000-0000-000")]
#[case::too_long("0000-0000-0000")]
#[case::endless(&"0 ".repeat(2_000))]
#[case::marks("ẤẤẤẤẤẤẤẤẤẤẤ")]
fn what_is_no_code_is_refused(#[case] entry: &str) {
    assert_eq!(Code::read(entry), None);
}
