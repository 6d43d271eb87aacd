# What went wrong with a database, by the kind of fault and by who spoke: its cause, and what to do. `library` does not say for which database it speaks.
database-cause-address = something in its address is not understood
database-cause-late = no connection in time
database-away = { $engine ->
        [letterbox] the letterbox cannot be opened: { $cause }; does its folder exist, and may this account write there?
        [sqlite] the database file cannot be opened: { $cause }; does its folder exist, and may this account write there?
       *[other] the database does not answer: { $cause }; does it run, and are host and port of its address right?
    }
database-busy = { $engine ->
        [letterbox] the letterbox is busy: { $cause }; close whatever else reads or writes it
       *[other] the database is busy: { $cause }; wait until whoever else works on it is done, then do this again
    }
database-full = { $engine ->
        [letterbox] there is no room for the letterbox: { $cause }; make room on its disk
       *[other] there is no room for the database: { $cause }; make room on its disk, then do this again
    }
database-input-output = { $engine ->
        [letterbox] the disk of the letterbox fails: { $cause }; the system's log says more
       *[other] the disk of the database fails: { $cause }; the system's log says more; do this again when the disk is well
    }
database-damaged = { $engine ->
        [letterbox] the letterbox is damaged: { $cause }; start the server anew: what can be read of it goes into a new one
        [postgres] the database is damaged: { $cause }; restore a backup
       *[other] the database file is damaged, or is none: { $cause }; name the right file, or restore a backup
    }
database-read-only = { $engine ->
        [letterbox] the letterbox cannot be written: { $cause }; give the file and its folder to this account
        [sqlite] the database file cannot be written: { $cause }; give the file and its folder to this account, then do this again
       *[other] the database cannot be written: { $cause }; name the server that takes writes
    }
database-refused = { $engine ->
        [letterbox] the letterbox cannot be written: { $cause }; give the file and its folder to this account
        [postgres] the database does not let this account in: { $cause }; are user, password and name of the database in its address right?
       *[other] the database does not let this account in: { $cause }; give the file to this account, then do this again
    }
database-other = { $engine ->
        [letterbox] the letterbox did not do it: { $cause }
       *[other] the database did not do it: { $cause }
    }
