//! What each rule is good for: the shortest run by which something goes wrong without it. Instances 0 and 1 run at the start, copies are 2 and
//! so on; keys below 64 are of round 0.

use super::rules::Rules;
use super::runs::{follow, walk};
use super::steps::{At, Fate::*, Step, Step::*};

const ALL: Rules = Rules::ALL;
const NO_RECORD: &str = "no record of it";
const AFTER_THE_MARK: &str = "looked after the mark";
const ON_NO_DISK: &str = "on no disk";

/// A rule that is not kept, what goes wrong, and how.
struct Needed(&'static str, Rules, &'static str, Vec<Vec<Step>>);

/// A respondent is thanked.
fn thanked(at: At, key: u8) -> Vec<Step> {
    vec![Send(at, key), Look(at), Put(at), Sync(at, Good), Answer(at)]
}

/// An instance starts.
fn started(at: At, moved: bool) -> Vec<Step> {
    vec![Start(at, moved), Enter(at), Register(at)]
}

/// A batch of a closing round moves.
fn moved(at: At) -> Vec<Step> {
    vec![Ripe(at), Mix(at, Good), ReadBack(at), TakeOut(at, Good)]
}

/// Round 0 is closed while these report that they are empty.
fn closed(reporting: &[At]) -> Vec<Step> {
    let reports = reporting.iter().map(|at| Report(*at, 0));
    [Mark(0)].into_iter().chain(reports).chain([Finish(0, false)]).collect()
}

/// What goes wrong on a disk.
fn on_disks() -> Vec<Needed> {
    let unsynced = vec![Send(0, 0), Look(0), Put(0), Sync(0, Unsynced)];
    let again = vec![Kill(0), Start(0, false), Enter(0), Register(0)];
    let mixed_unsynced = vec![Mark(0), Ripe(0), Mix(0, Unsynced)];
    vec![
        Needed(
            "a connection that failed is closed",
            Rules { closes_failed_connections: false, ..ALL },
            "does not get through",
            vec![thanked(0, 0), vec![Mark(0), Ripe(0), Mix(0, Refused)]],
        ),
        Needed(
            "a connection that failed is closed, and hashes are read back",
            Rules { closes_failed_connections: false, reads_back: false, ..ALL },
            ON_NO_DISK,
            vec![thanked(0, 0), vec![Mark(0), Ripe(0), Mix(0, Refused)], moved(0)],
        ),
        Needed(
            "hashes are read back",
            Rules { reads_back: false, ..ALL },
            ON_NO_DISK,
            vec![thanked(0, 0), vec![Mark(0), GoesWrong(0)], moved(0)],
        ),
        Needed(
            "a letterbox whose sync failed is emptied of its log before anybody is thanked",
            Rules { empties_the_letterbox_log: false, ..ALL },
            ON_NO_DISK,
            vec![unsynced.clone(), thanked(0, 0)],
        ),
        Needed(
            "a letterbox is emptied of its log at the start",
            Rules { empties_the_logs_at_the_start: false, ..ALL },
            ON_NO_DISK,
            vec![unsynced, again.clone(), thanked(0, 0)],
        ),
        Needed(
            "a main database whose sync failed is emptied of its log before anything is taken out",
            Rules { empties_the_main_log: false, ..ALL },
            ON_NO_DISK,
            vec![vec![Kill(1)], thanked(0, 0), mixed_unsynced.clone(), moved(0)],
        ),
        Needed(
            "the main database is emptied of its log at the start",
            Rules { empties_the_logs_at_the_start: false, ..ALL },
            ON_NO_DISK,
            vec![vec![Kill(1)], thanked(0, 0), mixed_unsynced, again, moved(0)],
        ),
    ]
}

/// What goes wrong in the register.
fn in_the_register() -> Vec<Needed> {
    vec![
        Needed(
            "each renewal draws a nonce",
            Rules { each_beat_draws_a_nonce: false, ..ALL },
            NO_RECORD,
            // The first one is dead, or stands still for as long as the second waits.
            vec![vec![Copy(0)], thanked(0, 0), started(2, false), closed(&[2, 1])],
        ),
        Needed(
            "a start takes only the row that it saw",
            Rules { takes_only_what_it_saw: false, ..ALL },
            NO_RECORD,
            vec![
                vec![Kill(0), Copy(0), Start(0, false), Start(2, false), Enter(0), Enter(2), Register(0)],
                thanked(0, 0),
                vec![Register(2)],
                closed(&[2, 1]),
            ],
        ),
        Needed(
            "a report counts under its nonce",
            Rules { reports_under_its_nonce: false, ..ALL },
            NO_RECORD,
            vec![vec![CopyAtTheLastMoment(0)], started(2, true), thanked(2, 0), closed(&[0, 1])],
        ),
        Needed(
            "an instance that stops takes only its own row out",
            Rules { stops_under_its_nonce: false, ..ALL },
            NO_RECORD,
            vec![vec![CopyAtTheLastMoment(0)], started(2, true), thanked(2, 0), vec![Stop(0)], closed(&[1])],
        ),
        Needed(
            "every commit looks at the nonce",
            Rules { looks_at_the_nonce: false, ..ALL },
            NO_RECORD,
            vec![vec![Forget(0)], thanked(0, 0), closed(&[1])],
        ),
        Needed(
            "the nonce before is the one that the register has",
            Rules { remembers_what_the_register_has: false, ..ALL },
            "waits for",
            vec![vec![Kill(0), Start(0, false), Enter(0), Kill(0), Start(0, false), Enter(0), Kill(0)]],
        ),
    ]
}

/// What goes wrong at closing.
fn at_closing() -> Vec<Needed> {
    vec![
        Needed(
            "every commit looks at the mark",
            Rules { looks_at_the_mark: false, ..ALL },
            AFTER_THE_MARK,
            vec![vec![Mark(0)], thanked(0, 0)],
        ),
        Needed(
            "the row of an excused instance stays",
            Rules { keeps_rows_of_the_excused: false, ..ALL },
            NO_RECORD,
            vec![thanked(0, 64), vec![Mark(0), Finish(0, true), Mark(1), Finish(1, false)]],
        ),
        Needed(
            "whoever a round is closed without is recorded",
            Rules { records_whatever_was_last_heard: false, ..ALL },
            NO_RECORD,
            vec![thanked(0, 0), vec![Mark(0), Finish(0, true)]],
        ),
        Needed(
            "who is forgotten is recorded",
            Rules { records_the_forgotten: false, ..ALL },
            NO_RECORD,
            vec![thanked(0, 0), vec![Forget(0)], closed(&[1])],
        ),
    ]
}

#[test]
fn without_any_of_its_rules_the_protocol_fails_and_with_all_it_holds() {
    for Needed(rule, without, what, steps) in on_disks().into_iter().chain(in_the_register()).chain(at_closing()) {
        let steps = steps.concat();
        // What is lost is lost at once; that something waits for ever is seen at the end.
        let at_once = [ON_NO_DISK, NO_RECORD, AFTER_THE_MARK].contains(&what);
        let run = |steps: &[Step]| if at_once { walk(without, steps).map(drop) } else { follow(without, steps) };
        let goes_wrong = |steps: &[Step]| run(steps).is_err_and(|why| why.contains(what));
        assert!(goes_wrong(&steps), "{rule}: {:?}", follow(without, &steps));
        assert_eq!(follow(ALL, &steps), Ok(()), "{rule}");
        let without_one = |left_out: usize| [&steps[..left_out], &steps[left_out + 1..]].concat();
        let needless: Vec<_> = (0..steps.len()).filter(|step| goes_wrong(&without_one(*step))).map(|step| steps[step]).collect();
        assert!(needless.is_empty(), "{rule}: it goes wrong without {needless:?} as well");
    }
}

/// The one thing that no rule sees: file and register look just as if the instance had been started again. Whoever copies the letterbox of a
/// server that runs lets it run for one renewal more before the copy is started.
#[test]
fn a_copy_made_after_the_last_renewal_of_an_instance_that_dies_is_taken_for_the_letterbox() {
    let dies = [vec![CopyAtTheLastMoment(0)], thanked(0, 0), vec![Kill(0)], started(2, false), closed(&[2, 1])].concat();
    assert!(follow(ALL, &dies).is_err_and(|why| why.contains(NO_RECORD)));
    let renewed = [vec![Copy(0)], thanked(0, 0), vec![Kill(0)], started(2, false), closed(&[2, 1])].concat();
    assert_eq!(follow(ALL, &renewed), Ok(()));
}
