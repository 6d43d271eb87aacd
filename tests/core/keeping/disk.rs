//! A database file in write-ahead mode, on a machine whose power can fail.

/// What is in a file: for those who read it, for a power cut, and what only an opening would find.
#[derive(Debug, Clone)]
pub(super) struct Disk<T> {
    /// What is read now: it may be only in memory.
    seen: T,
    /// What a power cut leaves.
    synced: T,
    /// A commit at the end of the log that nobody was told of, because its writer failed or was killed in the sync. The next commit writes
    /// over it; whoever opens the file with nobody else there takes it for good. `true` where its sync has failed: the system then thinks it
    /// written, and no later sync writes it.
    behind: Option<(T, bool)>,
    /// Whether the log has such a hole: nothing behind it reaches the disk until the whole log was copied and that was synced.
    hole: bool,
}

impl<T: Clone> Disk<T> {
    pub(super) fn new(content: T) -> Self {
        Self { seen: content.clone(), synced: content, behind: None, hole: false }
    }

    pub(super) fn seen(&self) -> &T {
        &self.seen
    }

    pub(super) fn synced(&self) -> &T {
        &self.synced
    }

    /// A commit whose sync went well, as far as anybody could see.
    pub(super) fn commit(&mut self, after: T) {
        self.seen = after;
        self.behind = None;
        if !self.hole {
            self.synced = self.seen.clone();
        }
    }

    /// A commit that changes one thing.
    pub(super) fn change(&mut self, change: impl FnOnce(&mut T)) {
        let mut after = self.seen.clone();
        change(&mut after);
        self.commit(after);
    }

    /// A commit whose sync failed: whoever commits sees none of it any more.
    pub(super) fn fail(&mut self, after: T) {
        self.behind = Some((after, true));
    }

    /// A commit whose writer was killed before the sync.
    pub(super) fn kill(&mut self, after: T) {
        self.behind = Some((after, false));
    }

    /// The file is opened, and nobody else has it open.
    pub(super) fn open(&mut self) {
        if let Some((content, hole)) = self.behind.take() {
            self.seen = content;
            self.hole |= hole;
        }
    }

    /// The whole log is copied into the file, which is synced without error, and begins anew.
    pub(super) fn checkpoint(&mut self) {
        self.synced = self.seen.clone();
        self.behind = None;
        self.hole = false;
    }

    /// The power fails.
    pub(super) fn cut(&mut self) {
        self.seen = self.synced.clone();
        self.behind = None;
        self.hole = false;
    }

    /// What was written reaches the disk by itself, as far as it can.
    pub(super) fn reach(&mut self) {
        if let Some((content, false)) = self.behind.take()
            && !self.hole
        {
            self.synced = content;
        }
    }

    /// Something happens to the content wherever it is.
    pub(super) fn happens(&mut self, change: impl Fn(&mut T)) {
        change(&mut self.seen);
        change(&mut self.synced);
        if let Some((content, _)) = &mut self.behind {
            change(content);
        }
    }
}
