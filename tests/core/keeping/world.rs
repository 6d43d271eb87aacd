//! Everything there is: letterboxes, those who have them, the main database, and what respondents were told.

use super::content::{Letterbox, Main, Name, Nonce, Row, State};
use super::disk::Disk;
use super::figures::Figures;
use super::keys::{Keys, ROUNDS};
use super::rules::Rules;
use super::steps::{At, Step};

/// A letterbox on its machine.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) file: Disk<Letterbox>,
    pub(super) process: Option<Process>,
}

/// A process that has a letterbox.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each can be so whatever the others are")]
pub(super) struct Process {
    pub(super) stage: Stage,
    /// Those who wait for the writer.
    pub(super) queue: Keys,
    pub(super) writer: Writer,
    pub(super) mixer: Mixer,
    /// The connection for writing is one on which a commit failed and that was not closed.
    pub(super) broken: bool,
    /// What was "committed" on it: nobody else sees it, and it is lost.
    pub(super) overlay: Keys,
    /// A sync of the main database failed, and its log was not yet copied.
    pub(super) doubts_main: bool,
    /// The same of the letterbox.
    pub(super) doubts_letterbox: bool,
    /// Everybody in the commit that is under way was told "maybe".
    pub(super) unanswered: bool,
    /// The rounds as they were at the start.
    pub(super) rounds_at_start: [State; ROUNDS],
}

/// How far a process is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// It waits whether the row that it saw is renewed.
    Waiting { row: Option<Row>, moved: bool },
    /// Its nonce is in the file, and this one is in the register.
    Named { instead_of: Option<Nonce> },
    /// It takes sheets.
    Running,
}

/// The writer's way through one commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Writer {
    Idle,
    /// Of those who wait: what is new, what is known; the rest is told that the round is closed. `at` is when it looked.
    Looked {
        new: Keys,
        known: Keys,
        at: u32,
    },
    /// All of it is written and not synced.
    Written {
        new: Keys,
        known: Keys,
        at: u32,
    },
    /// All of it is synced.
    Kept {
        new: Keys,
        known: Keys,
        at: u32,
    },
}

/// The mixer's way through one batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mixer {
    Idle,
    /// Ripe cells of a round, and how many a cell must have.
    Ripe {
        round: usize,
        keys: Keys,
        least: u32,
    },
    /// The commit was said to be good.
    Committed {
        keys: Keys,
    },
    /// The hashes were found.
    Found {
        keys: Keys,
    },
}

/// The whole.
#[derive(Debug, Clone)]
pub(super) struct World {
    pub(super) rules: Rules,
    pub(super) main: Disk<Main>,
    pub(super) places: Vec<Place>,
    /// Keys that were sent, and keys whose senders were thanked.
    pub(super) sent: Keys,
    pub(super) acknowledged: Keys,
    /// What was in letterboxes when a record was made that they were given up.
    pub(super) given_up: Keys,
    /// The number of the step, and of the one that marked a round.
    pub(super) now: u32,
    pub(super) marked: [Option<u32>; ROUNDS],
    /// What a step did that no step may do.
    pub(super) broke: Option<&'static str>,
    pub(super) figures: Figures,
    /// The last number that was drawn.
    drawn: u32,
}

impl World {
    /// Two instances that run, with empty letterboxes, and two rounds that are open.
    pub(super) fn new(rules: Rules) -> Self {
        let places = (0..2).map(|name| Place { file: Disk::new(Letterbox::new(name)), process: None }).collect();
        let mut world = Self {
            rules,
            main: Disk::new(Main::new()),
            places,
            sent: Keys::NONE,
            acknowledged: Keys::NONE,
            given_up: Keys::NONE,
            now: 0,
            marked: [None; ROUNDS],
            broke: None,
            figures: Figures::default(),
            drawn: 100,
        };
        for at in 0..2 {
            world.restart(at);
        }
        world
    }

    /// Does one step.
    pub(super) fn step(&mut self, step: Step) {
        self.now += 1;
        let step = self.next(step);
        if !self.happens_to_files(step) && !self.happens_in_an_instance(step) {
            self.happens_around(step);
        }
    }

    /// The step that a writer, a mixer or a start has before it.
    pub(super) fn next(&self, step: Step) -> Step {
        let (Step::Writer(at, _) | Step::Mixer(at, _) | Step::Rise(at, _)) = step else { return step };
        let process = self.places.get(at).and_then(|place| place.process.as_ref());
        match (step, process.map(|process| (process.writer, process.mixer, process.stage))) {
            (Step::Writer(..), Some((Writer::Looked { .. }, ..))) => Step::Put(at),
            (Step::Writer(_, fate), Some((Writer::Written { .. }, ..))) => Step::Sync(at, fate),
            (Step::Writer(..), Some((Writer::Kept { .. }, ..))) => Step::Answer(at),
            (Step::Writer(..), _) => Step::Look(at),
            (Step::Mixer(_, fate), Some((_, Mixer::Ripe { .. }, _))) => Step::Mix(at, fate),
            (Step::Mixer(..), Some((_, Mixer::Committed { .. }, _))) => Step::ReadBack(at),
            (Step::Mixer(_, fate), Some((_, Mixer::Found { .. }, _))) => Step::TakeOut(at, fate),
            (Step::Mixer(..), _) => Step::Ripe(at),
            (_, Some((_, _, Stage::Waiting { .. }))) => Step::Enter(at),
            (_, Some(_)) => Step::Register(at),
            (Step::Rise(_, moved), None) => Step::Start(at, moved),
            _ => step,
        }
    }

    fn happens_in_an_instance(&mut self, step: Step) -> bool {
        match step {
            Step::Send(at, key) => self.send(at, Keys::one(key)),
            Step::Deadline(at) => self.deadline(at),
            Step::Look(at) => self.look(at),
            Step::Put(at) => self.put(at),
            Step::Sync(at, fate) => self.sync(at, fate),
            Step::Answer(at) => self.answer(at),
            Step::Ripe(at) => self.ripe(at),
            Step::Mix(at, fate) => self.mix(at, fate),
            Step::ReadBack(at) => self.read_back(at),
            Step::TakeOut(at, fate) => self.take_out(at, fate),
            Step::Report(at, round) => self.report(at, round),
            Step::Beat(at) => self.beat(at),
            _ => return false,
        }
        true
    }

    fn happens_around(&mut self, step: Step) {
        match step {
            Step::Start(at, moved) => self.start(at, moved),
            Step::Enter(at) => self.enter(at),
            Step::Register(at) => self.register(at),
            Step::Stop(at) => self.stop(at),
            Step::Mark(round) => self.mark(round),
            Step::Finish(round, without) => drop(self.finish(round, without)),
            Step::Forget(at) => self.forget(at),
            _ => {}
        }
    }

    fn happens_to_files(&mut self, step: Step) -> bool {
        match step {
            Step::Kill(at) => self.kill(at),
            Step::PowerCut(at, lucky) => self.power_cut(at, lucky),
            Step::MainPowerCut => self.main_power_cut(),
            Step::GoesWrong(at) => self.running(at, |_, process| process.broken = true),
            Step::Copy(at) => self.copy(at, true),
            Step::CopyAtTheLastMoment(at) => self.copy(at, false),
            Step::Spoil(at, key) => self.spoil(at, Keys::one(key)),
            _ => return false,
        }
        true
    }

    /// A number that was never drawn before.
    pub(super) fn draw(&mut self) -> u32 {
        self.drawn += 1;
        self.drawn
    }

    /// A name that no letterbox had before.
    pub(super) fn new_name(&mut self) -> Name {
        self.figures.new_names += 1;
        Name::try_from(self.draw()).unwrap_or_default()
    }

    /// The letterbox file of a place, as its process sees it.
    pub(super) fn letterbox(&self, at: At) -> &Letterbox {
        self.places[at].file.seen()
    }

    /// The process of a place, where one runs and takes sheets.
    pub(super) fn process(&self, at: At) -> Option<&Process> {
        self.places.get(at)?.process.as_ref().filter(|process| process.stage == Stage::Running)
    }

    /// Changes a place and its process, where one runs and takes sheets.
    pub(super) fn running(&mut self, at: At, change: impl FnOnce(&mut Disk<Letterbox>, &mut Process)) {
        if let Some(Place { file, process: Some(process) }) = self.places.get_mut(at)
            && process.stage == Stage::Running
        {
            change(file, process);
        }
    }

    /// Whether the row of a place's letterbox is under its nonce, or the one before where the row is still to be written.
    pub(super) fn is_registered(&self, at: At) -> bool {
        let Letterbox { name, nonce, before, .. } = self.letterbox(at);
        self.main.seen().register.get(name).is_some_and(|row| [*nonce, *before].contains(&Some(row.nonce)))
    }
}
