//! Names that people give to servers. `round close --without` goes by them, and its names are parted by commas.

use super::actor::NAME_MOST;
use crate::refusal::{PersonText, Refusal};

/// The name of a server as it is kept.
///
/// # Errors
/// When it is none: one line of 1 to 200 characters that are printed, and no comma.
pub fn server(given: &str) -> Result<String, Refusal> {
    let name = PersonText::Name.line(given, NAME_MOST)?;
    if name.contains(',') { Err(Refusal::ServerComma { server: name }) } else { Ok(name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_server_is_one_line_without_a_comma() {
        for name in ["127.0.0.1:8080", "[::1]:8080", "server-1", "máy chủ 1"] {
            assert_eq!(server(name), Ok(name.to_owned()));
        }
        let text = PersonText::Name;
        assert_eq!(server("a,b"), Err(Refusal::ServerComma { server: "a,b".into() }));
        assert_eq!(server(""), Err(Refusal::NoWords { text }));
        assert_eq!(["a\nb", "a\u{1b}]0;x\u{7}", "a\u{202e}b"].map(server), [(); 3].map(|()| Err(Refusal::ControlCharacters { text })));
    }
}
