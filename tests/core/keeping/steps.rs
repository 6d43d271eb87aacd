//! What can happen, one step at a time. A step that cannot happen now does nothing.

/// A letterbox, and the instance that has it where one runs.
pub(super) type At = usize;

/// What becomes of a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is done and synced.
    Good,
    /// It is refused and nothing has changed.
    Refused,
    /// It is done and synced, but the answer is an error.
    Unanswered,
    /// All was written, but the sync fails, and only this once.
    Unsynced,
}

/// A step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// The writer goes on by whatever step is its next.
    Writer(At, Fate),
    /// The same of the mixer.
    Mixer(At, Fate),
    /// The same of a start.
    Rise(At, bool),
    /// A respondent sends a sheet to an instance, for the first time or again.
    Send(At, u8),
    /// The deadline of everybody who waits there passes.
    Deadline(At),
    /// The writer takes the queue and looks: which rounds are open, what was counted, whose nonce is in the register.
    Look(At),
    /// It writes what is new into the letterbox's log.
    Put(At),
    /// It syncs the log.
    Sync(At, Fate),
    /// It answers everybody.
    Answer(At),
    /// The mixer reads ripe cells out of the letterbox.
    Ripe(At),
    /// It puts hashes and sheets into the main database and commits.
    Mix(At, Fate),
    /// It reads the hashes on another connection.
    ReadBack(At),
    /// It takes those sheets out of the letterbox.
    TakeOut(At, Fate),
    /// It reports that the letterbox has nothing of a round.
    Report(At, usize),
    /// The row in the register is renewed: first the file, at the next such step the row. What has to be put right is put right here.
    Beat(At),
    /// A process opens the letterbox and looks at its row; `true` with `--letterbox-moved`.
    Start(At, bool),
    /// It has waited, looks again and writes its new nonce into the file.
    Enter(At),
    /// It writes its row, and from now on takes sheets.
    Register(At),
    /// It stops in order.
    Stop(At),
    /// It is killed.
    Kill(At),
    /// The power of its machine fails; `true` where what was not synced has reached the disk all the same.
    PowerCut(At, bool),
    /// The main database's machine loses power.
    MainPowerCut,
    /// The instance's connection for writing goes wrong, and nobody hears of it.
    GoesWrong(At),
    /// Somebody copies a letterbox; where an instance has it, that lives to renew its row.
    Copy(At),
    /// The same, and nothing is known of how long the instance lives on.
    CopyAtTheLastMoment(At),
    /// A row of a letterbox becomes unreadable.
    Spoil(At, u8),
    /// `round close` marks a round.
    Mark(usize),
    /// `round close` finishes it; `true` with `--without` for each that has not reported.
    Finish(usize, bool),
    /// `instances forget` for the instance of a letterbox.
    Forget(At),
}

/// How many things there are to send: few, so that many are sent again.
const SHEETS: u32 = 48;

impl Step {
    /// A step for three numbers, the frequent ones more often.
    pub(super) fn of(kind: u8, at: u8, which: u8) -> Self {
        // Copies are seldom made; the first two places have most of what happens.
        let place = [0, 0, 0, 1, 1, 1, 2, 3][usize::from(at % 8)];
        let fate = match which {
            0..8 => Fate::Refused,
            8..16 => Fate::Unanswered,
            16..24 => Fate::Unsynced,
            _ => Fate::Good,
        };
        let round = usize::from(which >= 192);
        match kind {
            0..48 => Self::Send(place, sheet(which)),
            48 => Self::Deadline(place),
            49..119 => Self::Writer(place, fate),
            119..163 => Self::Mixer(place, fate),
            163..213 => Self::Rise(place, which < 64),
            213..233 => Self::Beat(place),
            233..237 => Self::Report(place, round),
            237 => Self::Stop(place),
            238..241 => Self::Kill(place),
            241..243 => Self::PowerCut(place, which < 128),
            243 => Self::MainPowerCut,
            244 => Self::GoesWrong(place),
            245..248 => Self::Copy(place),
            248 => Self::Spoil(place, sheet(which)),
            249 => Self::Mark(round),
            250..255 => Self::Finish(round, which % 64 == 1),
            255 => Self::Forget(place),
        }
    }
}

/// Half of the sheets are of one cell, so that batches come together.
fn sheet(which: u8) -> u8 {
    let number = u32::from(which) * SHEETS / 256;
    let (cell, key) = if number < 24 { (0, number) } else { (1 + (number - 24) / 8, number % 8) };
    u8::try_from(32 * cell + key).unwrap_or_default()
}
