# Sentences of refusals, by their codes: why something is not done, without a full stop. What helps is added by whoever says it.
refusal-no-round = there is no round `{ $round }`
refusal-round-exists = there is a round `{ $round }` already; choose another id
refusal-round-step = round `{ $round }` is { $state }; it becomes { $to_state } only from { $from_state }
refusal-closed-already = round `{ $round }` is closed already
refusal-not-open = round `{ $round }` is { $state }; this is done only while it is open
refusal-not-closed = round `{ $round }` is { $state }; only a closed round can be published
refusal-not-published = round `{ $round }` is { $state }; only a published round can be corrected
refusal-never-opened = round `{ $round }` was never opened; it has no sheets
refusal-no-figures = round `{ $round }` is { $state }; there are figures only once it is closed
refusal-draft-figures = round `{ $round }` is not published
refusal-no-sheets = round `{ $round }` is { $state }; single sheets can be exported only once it is closed
refusal-no-scores = round `{ $round }` has no scores, because it names no index scheme
refusal-no-rows = the table `{ $table }` of { $questionnaires } has no rows; tables with figures: { $others }
refusal-not-asked = round `{ $round }` does not ask `{ $questionnaire }`; it asks { $asked }
refusal-questionnaire-wanted = { $asked ->
        [0] round `{ $round }` asks no questionnaire
       *[other] round `{ $round }` asks { $asked }; one of them has to be named
    }
refusal-not-draft = round `{ $round }` is { $state }; only a draft can be opened
refusal-window-reversed = round `{ $round }` would close before it opens; create it anew
refusal-window-over = the window of round `{ $round }` is over since { $end }
refusal-no-purpose = round `{ $round }` asks no questionnaire and has no scheme; create it anew
refusal-no-units = questionnaire `{ $questionnaire }` asks about no unit; create the round anew with some
refusal-units-outside = questionnaire `{ $questionnaire }` cannot ask about units that do not exist on all days from { $first_day } to { $last_day }; create the round anew without { $units }
refusal-no-questionnaire = there is no questionnaire `{ $questionnaire }` among the definitions
refusal-right-not-for-all = your right is for some rounds or units, and this concerns all rounds
refusal-right-not-for-round = your right does not cover all of round `{ $round }`
refusal-right-not-for-unit = your right does not cover the unit `{ $unit }` in round `{ $round }`
refusal-no-such-scheme = there is no scheme `{ $scheme }` among the definitions
refusal-scheme-without-units = scheme `{ $scheme }` applies to { $blocks } in { $year }, but the register has no unit there
refusal-scored-twice = the schemes `{ $scheme }` and `{ $other }` both score the block `{ $block }` in { $year }; name one of them
refusal-not-extended = round `{ $round }` is { $state }; only a round that is draft or open can be extended
refusal-runs-longer = round `{ $round }` already runs until { $until }; name a later end
refusal-end-passed = { $end } has passed; name an end in the future
refusal-no-seal = round `{ $round }` has no seal
refusal-not-to-seal = round `{ $round }` is { $state }; only one that is open or closing is brought under a seal
refusal-nothing-to-seal = round `{ $round }` asks nothing, so that there is nothing to seal; it is closed without a key
refusal-burnt-before = { $who } has already said that no copy of the key of round `{ $round }` is left; results show that name, and it stays
refusal-sealed-already = round `{ $round }` is under a seal already, with the fingerprint { $fingerprint }; nothing is left to do
refusal-key-wanted = the key of round `{ $round }` is wanted, the one with the fingerprint { $fingerprint }
refusal-other-key = the key is not that of round `{ $round }`, which has the fingerprint { $fingerprint }
refusal-no-key = round `{ $round }` is { $state }; it has a key only while it is open or closing
refusal-key-needed = round `{ $round }` is { $state }; its key is needed until it is closed
refusal-nothing-to-burn = round `{ $round }` was never sealed, so that there is no key to burn
refusal-secret-wanted = codes of round `{ $round }` were used, and only with the secret of its codes can that go on being known
refusal-other-secret = the codes of round `{ $round }` were made with another secret
refusal-secret-missing = { $file } is not the secret of the codes of round `{ $round }`; bring the folder of keys from where its codes were issued
refusal-secret-left = round `{ $round }` is published, but the secret of its codes is not destroyed: { $cause }
refusal-no-groups = questionnaire `{ $questionnaire }` has no groups
refusal-no-group = questionnaire `{ $questionnaire }` has the groups { $groups }
refusal-unit-asked-wanted = the unit that the citizens are asked about has to be named
refusal-own-unit-wanted = the respondents’ own unit has to be named
refusal-units-fixed = the units of the group `{ $group }` are fixed by the definition
refusal-unit-not-asked = the round does not ask about the unit `{ $unit }` in this questionnaire
refusal-no-parent = the unit `{ $unit }` has no unit above it in the register; import the units with their `parent`
refusal-block-size = the block `{ $block }` has { $units } units in this round; a person rates 1 to { $most } (`sample` in the definition draws some of them)
refusal-no-server = there is no server called `{ $server }`; { $known ->
        [0] none is registered
       *[other] registered are { $known }
    }
refusal-unreported = round `{ $round }` is closing, but these servers have not reported their letterboxes empty: { $servers }; { $holding ->
        [0] when they were last heard, no round was open
       *[other] sheets may wait with { $holding }
    }
refusal-lost-with-key = { $sheets } sheets or remarks that the key does not open, { $rows } rows set aside and { $letterboxes } letterboxes left out would be lost with the key of round `{ $round }`, which closing destroys
refusal-no-room-to-close = there is no room for the database: { $cause }. Closing writes all answers anew and needs about 1.5 times as much free room as the database takes{ $megabytes ->
        [0] { "" }
       *[other] { " " }({ $megabytes } MB)
    }, on the same disk. Round `{ $round }` is { $state }; nothing is lost, and its key is kept
refusal-not-in-file = round `{ $round }` is closed, but its answers are not all in the database file yet ({ $cause }). The key is kept
refusal-servers-run = these servers run: { $servers }; end every server first, and start none until this is done
refusal-server-runs = server `{ $server }` runs; end it first, then forget it
refusal-server-may-hold = sheets may wait in the letterbox of `{ $server }`, and without it they are never counted; codes that they came with can be used again then
refusal-not-a-letterbox = { $file } is no letterbox; name the file of the letterbox itself
refusal-no-letterbox = { $file }: there is no letterbox
refusal-letterbox-in-use = { $file }: its server runs; end it first, then salvage
refusal-nothing-to-salvage = no round is open or closing; once a round is closed its key is gone, and nothing can be salvaged
refusal-several-to-salvage = more than one round is open or closing: { $rounds }
refusal-server-name-taken = another server with a letterbox of its own is called `{ $server }`; if this one was copied from that one, give it another name
refusal-server-moves = server `{ $server }` has just begun to run or to end; look again
refusal-file-elsewhere = sheets of this file are in round `{ $round }` already, and one file goes into one round only: what two rounds share could be subtracted
refusal-file-shared = round `{ $round }` and round `{ $other }`, which is published, share sheets from a file: whoever sees the figures of both could subtract them
refusal-file-repeated = this very file was imported before ({ $sheets } sheets)
refusal-sheets-repeated = the same sheets were imported before from another file ({ $sheets } sheets)
refusal-unit-repeated = all its sheets about a unit were imported before from another file
refusal-files-other-secret = files that were imported before are known by another secret than `imported-files.secret` in the folder of keys, so that nobody can say whether this one was
refusal-file-changes = the file changed while it was read; nothing was imported. Wait until it is complete and import it again
refusal-file-not-imported = no import of this file is in the round: it was never imported, was undone, or has changed since
refusal-other-attributes = files of single sheets of this questionnaire keep the attributes { $attributes ->
        [0] none
       *[other] { $attributes }
    }, as { $who } chose on { $chosen_day }: by their answers, sheets of two files with different attributes would recognise each other
refusal-no-attribute = there is no attribute `{ $attribute }`; there are { $known }
refusal-attributes-wanted = which attributes files of single sheets keep is chosen once, for all files of this questionnaire in this round; values are suppressed until every combination has { $least } sheets in its unit
refusal-few-remarks = what was written leaves only for a questionnaire with { $sheets } sheets from { $units } units or more{ $rated ->
        [true] , { $sheets } of them about one and the same unit
       *[other] { "" }
    }; with fewer, remarks could be told by who answered
refusal-no-unit = there is no unit `{ $unit }`
refusal-alone = `{ $unit }` is rated here, and nobody of a rated unit is given single sheets or remarks alone: a second person of another unit has to see to it that they stay with { $who }
refusal-same-person = the second person is the first; name somebody else
refusal-one-house = `{ $other }` and `{ $unit }` are one house; name somebody of another unit
refusal-not-approved = round `{ $round }` is in the step { $step }; it is published from { $last_step }
refusal-nothing-published = round `{ $round }` has nothing published to correct
refusal-not-scored = round `{ $round }` was not scored here, so there is nothing to correct
refusal-not-imported = round `{ $round }` was not imported
refusal-unranked = nothing of the scheme applies to { $units }
refusal-unscored = { $cells ->
        [one] { $cells } cell of score sheets has no appraised score: { $first }
       *[other] { $cells } cells of score sheets have no appraised score, such as { $first }
    }
refusal-strays = scores were entered for { $units }, which the schemes of round `{ $round }` do not cover any more; import the units as they were when it opened
refusal-no-ranking = round `{ $round }`, which changes of `{ $of }` are measured against, has no published ranking
refusal-scores-of-draft = round `{ $round }` is a draft; scores are entered once it is open
refusal-no-scheme = round `{ $round }` names no scheme
refusal-scores-published = round `{ $round }` is published; { $correcting ->
        [targets] its targets are
        [figures] its figures are
       *[other] it is
    } changed only as a correction
refusal-step-early = the step { $step } of round `{ $round }` is planned from { $first_day }; wait until then
refusal-step-late = the step { $step } of round `{ $round }` ended on { $last_day }
refusal-part-not-open = the round is in the step { $step }; { $part } is entered in { $open_steps }
refusal-unit-not-scored = unit `{ $unit }` is not scored in this round
refusal-no-criterion = there is no criterion `{ $criterion }` in the scheme of `{ $unit }`
refusal-surveyed = the points of `{ $criterion }` come from the survey by themselves; they need no evidence
refusal-own-origin = `{ $unit }` cannot be merged from itself
refusal-no-site-address = under which address people reach the service is not known: the file of round `{ $round }` named none
refusal-address-too-long = the address { $address } is too long for a code to scan; use a shorter address of the site
refusal-link-not-whole = the address is not whole; write all of it, as https://…
refusal-no-words = { $text ->
        [name] the name
        [reason] the reason
        [link] the address
        [file] the name of the file
        [explanation] the explanation
       *[evidence] the evidence
    } is empty; write some words
refusal-too-long = { $text ->
        [name] the name
        [reason] the reason
        [link] the address
        [file] the name of the file
        [explanation] the explanation
       *[evidence] the evidence of the criterion
    } would have { $characters } characters, which are more than { $most }; { $text ->
        [name] shorten it
        [reason] shorten it
       *[evidence] name a document instead
    }
refusal-control-characters = { $text ->
        [name] the name
        [reason] the reason
        [link] the address
        [file] the name of the file
        [explanation] the explanation
       *[evidence] the evidence
    } has signs that are not printed; type it again
refusal-server-comma = the name of a server has no comma, by which names are parted: `{ $server }`
refusal-file-empty = { $file }: this file is empty
refusal-file-too-large = { $file }: a file of evidence has at most { $most } MB
refusal-no-steps = round `{ $round }` plans no steps; scores can be entered until it is published
refusal-last-step = only publishing takes round `{ $round }` to its last step
refusal-step-follows = round `{ $round }` is in the step { $step }; it can go on to { $possible_steps }, not to { $next_step }
refusal-no-days = round `{ $round }` plans no days for { $step }
refusal-step-ends-before = { $last_day } is before { $first_day }, the first day of { $step }
refusal-changed = somebody else changed round `{ $round }` at the same time; nothing was changed by you. Look at it and do it again
refusal-schema = the schema lacks { $steps }
refusal-database-newer = a newer version of par-survey has changed this database ({ $steps }); update the program
refusal-no-database = there is no database { $file }, and none was made
refusal-schema-stays = what was published stays readable for good, so that no step of the schema is taken back any more: { $rounds }
refusal-not-a-file = { $file }: it is no file, and what is imported is read twice; save it as a file first
refusal-database-address = the address of the database is not understood{ $why ->
        [kind] ; write sqlite://FILE or postgres://USER@HOST/NAME
        [file-settings] ; behind a file there are no settings: write sqlite://FILE alone, and %3F for a ? in its name
        [no-file] ; it names no file: write sqlite://FILE
        [scheme] : it has no ://
        [signs] : write %2F for /, %3F for ?, %23 for # and %40 for @ in user and password
        [password] : a : stands between user and password as it is
        [port] : the port behind the host is no number of 1 to 65535, or a sign in the password is not written as %2F (/), %3F (?), %23 (#)
        [setting] : behind the ? stands a setting that there is not; there are sslmode, sslrootcert, sslcert, sslkey, options and a few more
       *[other] ; write postgres://USER:PASSWORD@HOST:PORT/NAME
    }
refusal-letterbox-copied = another server has just started with a copy of this letterbox; each server needs a letterbox of its own
refusal-letterbox-newer = the letterbox was written by a newer version of par-survey; start that version
refusal-letterbox-busy = another process has the letterbox { $file } open
refusal-letterbox-read = somebody is reading the letterbox, so that its log cannot be emptied; close whatever reads it
refusal-database-read = somebody is reading the database, so that its log cannot be emptied; close whatever reads it
refusal-unit-damaged = the register holds a damaged unit `{ $unit }`; import it again
refusal-round-gone = the round that asks `{ $questionnaire }` is not there any more; look again
refusal-answers-change = the answers changed while they were read; export them again
refusal-other-seal = the main database names another public key of a round ({ $fingerprint }) than it did before; nothing is sealed to it until somebody has found out why
refusal-unsealed = a round is open that has no seal
refusal-no-secret = { $file }: it is not a key; bring back the right file
refusal-everybodys-folder = everybody keeps things in this folder; name one of its own
refusal-open-to-others = other accounts may open it ({ $cause }); run `chmod { $mode }` on it as its owner
refusal-secret-unusable = { $file }: { $cause }; { $next ->
        [room] make room on its disk, then do this again
        [access] let this account write there, then do this again
        [again] somebody else has just made it; do this again
       *[mend] do this again when that is put right
    }
name-state-draft = draft
name-state-open = open
name-state-closing = closing
name-state-closed = closed
name-state-published = published
name-state-gone = gone
name-step-self-scoring = self-scoring
name-step-survey = survey
name-step-appraisal = appraisal
name-step-explanation = explanation
name-step-council = council
name-step-approval = approval
name-step-publication = publication
