//! Drawings that are taken, and drawings of somebody who means harm.

use rstest::rstest;

use super::*;

fn drawn(inside: &str) -> String {
    format!("<svg xmlns=\"{NAMESPACE}\" viewBox=\"0 0 64 64\">{inside}</svg>")
}

#[rstest]
#[case::empty("")]
#[case::path("<path d='M0 0h64v64z' fill=\"#12457e\"/>")]
#[case::words("<title>Sở Nội vụ &amp; tỉnh</title><text x=\"1\">Bắc &lt; Nam</text>")]
#[case::gradient("<defs><linearGradient id=\"a\"/><linearGradient id=\"b\" href=\"#a\"/></defs><rect fill=\"url(#b)\" />")]
#[case::prefix("<g xmlns:xlink=\"http://www.w3.org/1999/xlink\"><g><linearGradient xlink:href=\"#a\"/></g></g>")]
#[case::prefix_of_itself("<linearGradient l:href=\"#a\" xmlns:l=\"http://www.w3.org/1999/xlink\" href=\"#a\"/>")]
#[case::prefix_of_xml("<text xml:space=\"preserve\" xml:lang=\"vi\">\tSở\r\n</text>")]
#[case::comment_in_a_style("<style>g{fill:red}<!-- @import --> rect{fill:url(#b)}</style>")]
#[case::styles("<style>u</style><style>rl(//x.vn)</style>")]
#[case::style("<style>.a{fill:url( '#b' );stroke:red}</style><g class=\"a\"><circle r=\"1\"/></g>")]
#[case::comment("<!-- <script> --><g\n  id = \"a\"></g >")]
fn a_drawing_is_taken(#[case] inside: &str) {
    assert_eq!(check(&drawn(inside)), Ok(()));
}

#[test]
fn what_stands_before_and_behind_a_drawing_is_little() {
    let drawn = drawn("<path d=\"M0 0\"/>");
    for text in [format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- made by hand -->\n{drawn}\n"), format!("\n{drawn}<!-- -->")] {
        assert_eq!(check(&text), Ok(()), "{text}");
    }
    for text in [format!("{drawn}{drawn}"), format!("{drawn}x"), drawn.replace("</svg>", ""), drawn.replace("</svg>", "</g>")] {
        assert_eq!(check(&text), Err(Wrong::LogoBroken), "{text}");
    }
    for text in ["", "a", "<html></html>", "GIF89a", "<svg viewBox=\"0 0 1 1\"/>", "<svg xmlns=\"http://www.w3.org/1999/xhtml\"/>"] {
        assert_eq!(check(text), Err(Wrong::LogoKind), "{text}");
    }
}

#[rstest]
#[case::another("version=\"1.0\" encoding=\"ISO-2022-JP\"", Wrong::NoUtf8)]
#[case::quotes("version='1.0' encoding='UTF-7'", Wrong::NoUtf8)]
#[case::spaces("version = \"1.0\"\nencoding = \"windows-1258\" standalone=\"no\"", Wrong::NoUtf8)]
#[case::two("version=\"1.0\" encoding=\"UTF-8\" encoding=\"UTF-8\"", Wrong::LogoBroken)]
#[case::order("encoding=\"UTF-8\" version=\"1.0\"", Wrong::LogoBroken)]
#[case::other_version("version=\"1.1\"", Wrong::LogoBroken)]
#[case::unquoted("version=1.0", Wrong::LogoBroken)]
fn a_declaration_names_no_other_signs_than_those_that_are_read(#[case] declared: &str, #[case] wrong: Wrong) {
    assert_eq!(check(&format!("<?xml {declared}?>{}", drawn(""))), Err(wrong));
}

#[rstest]
#[case::short("version=\"1.0\"")]
#[case::whole("version='1.0' encoding='utf-8' standalone=\"no\" ")]
#[case::alone("version=\"1.0\"\n\tstandalone=\"yes\"")]
fn a_declaration_of_utf_8_is_taken(#[case] declared: &str) {
    assert_eq!(check(&format!("{}<?xml {declared}?>\r\n{}", '\u{feff}', drawn(""))), Ok(()));
}

#[rstest]
#[case::script("<script>alert(1)</script>", "<script>")]
#[case::script_of_a_prefix("<svg:script>alert(1)</svg:script>", "<svg:script>")]
#[case::large("<SCRIPT/>", "<SCRIPT>")]
#[case::foreign("<foreignObject><p/></foreignObject>", "<foreignObject>")]
#[case::image("<image href=\"#a\"/>", "<image>")]
#[case::link("<a href=\"#a\"/>", "<a>")]
#[case::moved("<path><animate attributeName=\"href\"/></path>", "<animate>")]
#[case::set("<set attributeName=\"onload\"/>", "<set>")]
#[case::again_and_again("<use href=\"#a\"/>", "<use>")]
#[case::masks("<mask id=\"a\"><rect mask=\"url(#b)\"/><rect mask=\"url(#b)\"/></mask>", "<mask>")]
#[case::clips("<clipPath id=\"a\"><rect clip-path=\"url(#b)\"/></clipPath>", "<clipPath>")]
#[case::element_in_a_style("<style>u<g/>rl(//x.vn/a.svg)</style>", "<style><g>")]
#[case::other_space("<g xmlns=\"http://www.w3.org/1999/xhtml\"/>", "xmlns")]
#[case::handler("<g onload=\"alert(1)\"/>", "onload")]
#[case::handler_in_capitals("<g OnClick='alert(1)'/>", "OnClick")]
#[case::base("<g xml:base=\"https://x.vn/\"/>", "xml:base")]
#[case::entity("<text>&x;</text>", "&x;")]
#[case::number("<g style=\"fill:&#117;rl(//x.vn)\"/>", "&#117;")]
#[case::unread("<style><![CDATA[@import 'x']]></style>", "<!")]
#[case::doctype("<!DOCTYPE svg>", "<!DOCTYPE")]
#[case::instruction("<?xml-stylesheet href=\"x.css\"?>", "<?xml-stylesheet")]
fn what_runs_or_is_another_thing_when_it_is_read_is_refused(#[case] inside: &str, #[case] part: &str) {
    assert_eq!(check(&drawn(inside)), Err(Wrong::LogoPart { part: part.to_owned() }));
}

#[test]
fn entities_are_refused_before_the_drawing() {
    let text = format!("<!DOCTYPE svg [<!ENTITY a \"aaaa\">]>{}", drawn("&a;"));
    assert_eq!(check(&text), Err(Wrong::LogoPart { part: "<!DOCTYPE".to_owned() }));
}

#[rstest]
#[case::elsewhere("<linearGradient href=\"https://x.vn/a.svg#a\"/>")]
#[case::beside("<linearGradient xlink:href=\"a.svg#a\"/>")]
#[case::script("<linearGradient href=\" javascript:alert(1)\"/>")]
#[case::inline("<linearGradient href='data:image/svg+xml,x'/>")]
#[case::fill("<g fill=\"url(https://x.vn/a.svg#a)\"/>")]
#[case::fill_in_capitals("<g fill=\"URL(//x.vn)\"/>")]
#[case::style("<g style=\"mask:url(x.svg)\"/>")]
#[case::second("<g style=\"fill:url(#a);mask:url(x.svg)\"/>")]
#[case::escaped("<g style=\"mask:u\\72l(x.svg)\"/>")]
#[case::set_of_images("<style>g{mask-image:image-set('https://x.vn/a' 1x)}</style>")]
#[case::import("<style>@import '//x.vn/a.css';</style>")]
#[case::parted("<style>g{mask:u<!-- -->rl(//x.vn/a.svg)}</style>")]
#[case::parted_at_the_sign("<style><!-- -->@<!-- -->import '//x.vn/a.css'</style>")]
#[case::parted_reference("<style>g{mask:url(<!-- -->//x.vn/a.svg)}</style>")]
#[case::quote_of_a_quote("<style>g{mask:url(\"'#a\")}</style>")]
#[case::font("<style>@font-face{font-family:a}</style>")]
fn what_fetches_is_refused(#[case] inside: &str) {
    assert!(matches!(check(&drawn(inside)), Err(Wrong::LogoReference { .. })), "{:?}", check(&drawn(inside)));
}

#[rstest]
#[case::no_quotes("<g id=a/>")]
#[case::no_end("<g id=\"a/>")]
#[case::no_value("<g id/>")]
#[case::together("<g id=\"a\"class=\"b\"/>")]
#[case::mark_in_a_value("<g id=\"<script>\"/>")]
#[case::crossed("<g><text></g></text>")]
#[case::comment_without_an_end("<!-- a")]
#[case::comment_of_comments("<!-- a -- b -->")]
#[case::unbound_prefix("<linearGradient xlink:href=\"#a\"/>")]
#[case::prefix_bound_elsewhere("<g xmlns:l=\"http://www.w3.org/1999/xlink\"/><linearGradient l:href=\"#a\"/>")]
#[case::prefix_of_nothing("<g xmlns:l=\"\" l:a=\"\"/>")]
#[case::prefix_of_xml("<g xmlns:l=\"http://www.w3.org/XML/1998/namespace\" l:base=\"//x.vn\"/>")]
#[case::xml_of_another("<g xmlns:xml=\"https://x.vn\"/>")]
#[case::two_prefixes("<g xmlns:l=\"https://x.vn\" l:l:a=\"\"/>")]
#[case::no_name("<g :a=\"\"/>")]
#[case::number("<g 1=\"\"/>")]
#[case::twice("<g fill=\"red\" fill=\"blue\"/>")]
#[case::bound_twice("<g xmlns:l=\"https://x.vn\" xmlns:l=\"https://y.vn\"/>")]
#[case::twice_by_two_prefixes("<g xmlns:l=\"https://x.vn\" xmlns:m=\"https://x.vn\" l:a=\"\" m:a=\"\"/>")]
#[case::escape("<title>\u{1b}$B</title>")]
#[case::nothing("<title>\0</title>")]
#[case::next_line("<title>\u{85}</title>")]
#[case::control_in_a_comment("<!-- \u{1b}(B<script> -->")]
fn what_is_not_well_formed_is_refused(#[case] inside: &str) {
    assert_eq!(check(&drawn(inside)), Err(Wrong::LogoBroken));
}

#[test]
fn a_drawing_is_not_deep_and_says_how_wide_and_high_it_is() {
    let deep = |depth: usize| drawn(&format!("{}{}", "<g>".repeat(depth), "</g>".repeat(depth)));
    assert_eq!((check(&deep(DEEPEST - 1)), check(&deep(DEEPEST))), (Ok(()), Err(Wrong::LogoBroken)));
    for sides in ["", "0 0 64", "0 0 0 64", "0 0 64 -1", "0 0 a b", "0 0 64 inf", "0 0 1 1 1"] {
        assert_eq!(check(&drawn("").replace("0 0 64 64", sides)), Err(Wrong::LogoViewBox), "{sides}");
    }
    assert_eq!(check(&drawn("").replace("0 0 64 64", "-1.5,0 64, 6.4e1")), Ok(()));
}
