# Sentences of refusals, by their codes: why something is not done, without a full stop. What helps is added by whoever says it.
refusal-no-round = there is no round `{ $round }`
refusal-round-exists = there is a round `{ $round }` already; choose another id
refusal-round-step = round `{ $round }` is { $state }; it becomes { $to_state } only from { $from_state }
refusal-not-open = round `{ $round }` is { $state }; this is done only while it is open
refusal-not-closed = round `{ $round }` is { $state }; only a closed round can be published
refusal-not-published = round `{ $round }` is { $state }; only a published round can be corrected
refusal-never-opened = round `{ $round }` was never opened; it has no sheets
refusal-no-figures = round `{ $round }` is { $state }; there are figures only once it is closed
refusal-draft-figures = round `{ $round }` is not published
refusal-no-sheets = round `{ $round }` is { $state }; single sheets can be exported only once it is closed
refusal-no-scores = round `{ $round }` has no scores, because it names no index scheme
refusal-not-asked = round `{ $round }` does not ask `{ $questionnaire }`; it asks { $asked }
refusal-no-seal = round `{ $round }` has no seal
refusal-not-to-seal = round `{ $round }` is { $state }; only one that is open or closing is brought under a seal
refusal-nothing-to-seal = round `{ $round }` asks nothing, so that there is nothing to seal; it is closed without a key
refusal-sealed-already = round `{ $round }` is under a seal already, with the fingerprint { $fingerprint }; nothing is left to do
refusal-key-wanted = the key of round `{ $round }` is wanted, the one with the fingerprint { $fingerprint }
refusal-other-key = the key is not that of round `{ $round }`: { $fingerprint }
refusal-no-key = round `{ $round }` is { $state } and has no key any more
refusal-secret-wanted = codes of round `{ $round }` were used, and only with the secret of its codes can that go on being known
refusal-other-secret = the codes of round `{ $round }` were made with another key
refusal-secret-missing = { $file } is not the key of round `{ $round }`; bring the folder of keys from where its codes were issued
refusal-unreported = these servers have not reported that they hold no more sheets of `{ $round }`: { $servers }
refusal-server-name-taken = another server with a letterbox of its own is called `{ $server }`; if this one was copied from that one, give it another name
refusal-server-moves = server `{ $server }` has just begun to run or to end; look again
refusal-file-elsewhere = sheets of this file are in round `{ $round }` already, and one file goes into one round only: what two rounds share could be subtracted
refusal-file-shared = round `{ $round }` and round `{ $other }`, which is published, share a file of { $sheets } sheets{ $importer ->
        [none] { "" }
       *[other] , imported by { $importer }
    }: whoever sees the figures of both could subtract them
refusal-file-repeated = this very file was imported before ({ $sheets } sheets)
refusal-sheets-repeated = the same sheets were imported before from another file ({ $sheets } sheets)
refusal-unit-repeated = all its sheets about a unit were imported before from another file
refusal-file-not-imported = no import of this file is in the round: it was never imported, was undone, or has changed since
refusal-other-attributes = files of single sheets of this questionnaire keep the attributes { $attributes ->
        [none] none
       *[other] { $attributes }
    }, as { $who } chose on { $on }: by their answers, sheets of two files with different attributes would recognise each other
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
refusal-unsigned = round `{ $round }` plans steps, and is published by somebody with a name
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
refusal-changed = somebody else changed round `{ $round }` at the same time; nothing was changed by you. Look at it and do it again
refusal-schema = the schema lacks { $steps }
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
