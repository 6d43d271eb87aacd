//! A picture in PNG: whole from its first piece to its last, and no larger than anybody shows it.

use crate::fault::Wrong;

/// Most points along a side.
const SIDE_MOST: u32 = 1024;

/// Where the first piece begins.
const SIGNATURE: usize = 8;

/// Whether it is a picture that a browser shows.
pub(super) fn check(bytes: &[u8]) -> Result<(), Wrong> {
    let mut rest = bytes.get(SIGNATURE..).unwrap_or_default();
    let (mut is_first, mut has_points) = (true, false);
    loop {
        let (kind, data, behind) = piece(rest).ok_or(Wrong::LogoBroken)?;
        if is_first {
            sides(kind, data)?;
        }
        has_points |= kind == b"IDAT";
        if kind == b"IEND" {
            return if has_points && behind.is_empty() { Ok(()) } else { Err(Wrong::LogoBroken) };
        }
        (is_first, rest) = (false, behind);
    }
}

/// The first piece of some bytes, whose sum is right: its name, what it holds, and what follows.
fn piece(bytes: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let (named, rest) = rest.split_at_checked(length.checked_add(4)?)?;
    let (sum, rest) = rest.split_first_chunk::<4>()?;
    let (kind, data) = named.split_at(4);
    (crc32fast::hash(named) == u32::from_be_bytes(*sum)).then_some((kind, data, rest))
}

fn sides(kind: &[u8], data: &[u8]) -> Result<(), Wrong> {
    let (width, rest) = data.split_first_chunk::<4>().filter(|_| kind == b"IHDR" && data.len() == 13).ok_or(Wrong::LogoBroken)?;
    let height = rest.first_chunk::<4>().ok_or(Wrong::LogoBroken)?;
    let is_shown = [width, height].iter().all(|side| (1..=SIDE_MOST).contains(&u32::from_be_bytes(**side)));
    if is_shown { Ok(()) } else { Err(Wrong::LogoPoints { most: SIDE_MOST }) }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn piece_of(kind: &[u8], data: &[u8]) -> Vec<u8> {
        let named = [kind, data].concat();
        let length = u32::try_from(data.len()).unwrap().to_be_bytes();
        [&length, named.as_slice(), &crc32fast::hash(&named).to_be_bytes()].concat()
    }

    fn picture(width: u32, height: u32, further: &[Vec<u8>]) -> Vec<u8> {
        let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat();
        [b"\x89PNG\r\n\x1a\n".to_vec(), piece_of(b"IHDR", &head), further.concat()].concat()
    }

    fn whole() -> [Vec<u8>; 2] {
        [piece_of(b"IDAT", &[1, 2, 3]), piece_of(b"IEND", &[])]
    }

    #[rstest]
    #[case::small(picture(1, 1024, &whole()), Ok(()))]
    #[case::empty(picture(0, 64, &whole()), Err(Wrong::LogoPoints { most: 1024 }))]
    #[case::wide(picture(1025, 64, &whole()), Err(Wrong::LogoPoints { most: 1024 }))]
    #[case::bomb(picture(u32::MAX, u32::MAX, &whole()), Err(Wrong::LogoPoints { most: 1024 }))]
    #[case::cut_off(picture(64, 64, &whole()[..1]), Err(Wrong::LogoBroken))]
    #[case::no_points(picture(64, 64, &whole()[1..]), Err(Wrong::LogoBroken))]
    #[case::something_behind([picture(64, 64, &whole()), b"<script>".to_vec()].concat(), Err(Wrong::LogoBroken))]
    #[case::endless(picture(64, 64, &[vec![0xff; 12]]), Err(Wrong::LogoBroken))]
    #[case::no_head([b"\x89PNG\r\n\x1a\n".to_vec(), whole().concat()].concat(), Err(Wrong::LogoBroken))]
    #[case::signature_alone(b"\x89PNG\r\n\x1a\n".to_vec(), Err(Wrong::LogoBroken))]
    fn a_picture_is_whole_and_of_a_size_that_is_shown(#[case] bytes: Vec<u8>, #[case] said: Result<(), Wrong>) {
        assert_eq!(check(&bytes), said);
    }

    #[test]
    fn a_bit_that_turned_over_is_seen() {
        let mut bytes = picture(64, 64, &whole());
        let place = bytes.len() - 20;
        bytes[place] ^= 1;
        assert_eq!(check(&bytes), Err(Wrong::LogoBroken));
    }
}
