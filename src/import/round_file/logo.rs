//! The emblem of an agency: a drawing or a picture of little size that does nothing but show.

mod png;
mod svg;

use crate::fault::Wrong;
use crate::organiser::{Logo, LogoKind};

/// Largest file of either kind in KiB.
const LARGEST: [(LogoKind, usize); 2] = [(LogoKind::Svg, 16), (LogoKind::Png, 64)];

/// More than any emblem may have: what is beyond is refused by its size, whatever it is.
pub(super) const READ_MOST: u64 = 128 * 1024;

/// The emblem that was read, or why it is none.
pub(super) fn read(file: &Result<Vec<u8>, Wrong>) -> Result<Logo, Wrong> {
    let bytes = file.as_ref().map_err(Wrong::clone)?;
    let logo = Logo::kept(bytes.clone());
    let largest = LARGEST.into_iter().find(|(kind, _)| *kind == logo.kind()).map_or(0, |(_, largest)| largest);
    if bytes.len() > largest * 1024 {
        return Err(Wrong::LogoLarge { kilobytes: largest });
    }
    match logo.kind() {
        LogoKind::Png => png::check(bytes)?,
        LogoKind::Svg => svg::check(std::str::from_utf8(bytes).map_err(|_| Wrong::LogoKind)?)?,
    }
    Ok(logo)
}
