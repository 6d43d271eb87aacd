//! The public address of the service, as a file or an option gives it.

use crate::fault::{Wrong, short};
use crate::organiser::{NotASite, PublicUrl};

/// The address that was written, or what is wrong with it.
///
/// # Errors
/// When it is no address of a site.
pub fn read(given: &str) -> Result<PublicUrl, Wrong> {
    let said = || short(given);
    PublicUrl::parse(given).map_err(|why| match why {
        NotASite::Scheme => Wrong::SiteScheme { given: said() },
        NotASite::Host => Wrong::SiteHost { given: said() },
        NotASite::Beyond => Wrong::SitePath { given: said() },
    })
}
