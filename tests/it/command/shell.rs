//! What shells and `man` are told of the commands.

use std::fs;

use rstest::rstest;

use super::desk::{Desk, Said};

#[test]
fn bash_completes_commands_and_options_of_what_is_printed() {
    let desk = Desk::new();
    desk.file("completions.bash", desk.done(&["completions", "bash"]));
    let typed = |words: &str, place: usize| {
        let ask = format!(
            "source completions.bash; COMP_WORDS=({words}); COMP_CWORD={place}; _par__survey par-survey \"${{COMP_WORDS[{place}]}}\" ''; \
            printf '%s\\n' \"${{COMPREPLY[@]}}\""
        );
        Said::by(std::process::Command::new("bash").args(["-c", &ask]).current_dir(desk.path("")))
    };
    assert_eq!(typed("par-survey rou", 1).out, "round\n");
    assert_eq!(typed("par-survey round cl", 2).out, "close\n");
    assert!(typed("par-survey round close --seal", 3).out.lines().any(|line| line == "--seal-key"));
}

#[rstest]
#[case("zsh", "#compdef par-survey")]
#[case("fish", "complete -c par-survey")]
fn other_shells_are_told_too(#[case] shell: &str, #[case] begins: &str) {
    let script = Desk::new().done(&["completions", shell]);
    assert!(script.contains(begins), "{script}");
}

#[test]
fn the_manual_has_a_page_for_every_command() {
    let desk = Desk::new();
    fs::create_dir(desk.path("man1")).unwrap();
    assert!(desk.done(&["man", "man1"]).contains("man1: the manual is written"));
    for page in ["par-survey.1", "par-survey-round-close.1", "par-survey-codes-issue.1", "par-survey-export.1"] {
        let text = fs::read_to_string(desk.path("man1").join(page)).unwrap();
        assert!(text.contains(".SH NAME") && text.contains(".SH DESCRIPTION"), "{page}: {text}");
    }
    assert!(desk.refused(&["man", "nowhere"]).starts_with("nowhere: "));
}
