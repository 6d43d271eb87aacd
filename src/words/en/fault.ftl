# Faults of files that people bring, by their codes: what is wrong and what would be right, without a full stop. The place stands before it.
-code-rule = 1 to 40 of a-z, 0-9, - and _, beginning with a letter or a digit
faults = { $n ->
        [one] 1 fault
       *[other] { $n } faults
    }; nothing was changed
faults-more = and { $n } more
fault-place-row = row { $row }:{ " " }
fault-place-cell = row { $row }, column { $column }:{ " " }
fault-place-text = line { $line }, column { $column }:{ " " }
fault-unfit = this does not fit here
fault-unreadable = cannot be read{ $row ->
        [0] { "" }
       *[other] { " " }after row { $row }
    }: { $cause }
fault-empty-file = it is empty; its first row must name the columns
fault-large-file = cannot be read after row { $row }: it is larger than { $megabytes } MB; split it
fault-endless-row = cannot be read after row { $row }: a row does not end; is a quotation mark missing?
fault-no-table = is not a CSV file after row { $row }: { $cause }
fault-no-commas = the columns are not parted by commas; in Excel choose "CSV UTF-8" with a comma as list separator
fault-many-columns = more than { $most } columns
fault-cell-count = { $cells } cells under { $columns } columns; is a comma or a quotation mark missing?
fault-no-utf8-cell = not UTF-8 text; save the file as "CSV UTF-8"
fault-no-rows = there is no row under the header
fault-column-twice = this column is there twice
fault-unknown-column = there is no such column{ $known ->
        [0] { "" }
       *[other] ; there are { $known }
    }
fault-column-missing = this column is missing{ $may_be_empty ->
        [true] ; add it and leave its cells empty where there is nothing to say
       *[other] { "" }
    }
fault-empty-cell = this cell is empty
fault-no-code = `{ $given }` is no code; write { -code-rule }
fault-no-date = `{ $given }` is no date; write it as 2026-11-01 (year-month-day)
fault-no-moment = `{ $given }` is no date; write a day as 2026-11-01, or a time with its offset as 2026-11-01T08:00:00+07:00
fault-no-year = `{ $given }` is no year from 2000 to 2100
fault-no-number = `{ $given }` is no number; write digits and a point, such as 1.25
fault-no-rank = `{ $given }` is no whole number from 1
fault-name-length = write a name of 1 to { $most } characters
fault-name-line = a name is one line, without line breaks, tabs or other signs that are not printed
fault-long-text = { $characters } characters are more than { $most }; name a document instead
fault-hidden-signs = this has signs that are not printed; type it again
fault-no-units = there is no unit under the header
fault-many-units = more than { $most } units; split the file
fault-unit-twice = `{ $unit }` is there already{ $row ->
        [0] { "" }
       *[other] { " " }in row { $row }
    }
fault-unit-nowhere = there is no unit `{ $unit }`, neither in this file nor in the register
fault-no-unit = there is no unit `{ $unit }`
fault-parent-circle = a unit stands above itself: { $path }
fault-merger-circle = a unit is merged into itself: { $path }
fault-ends-before = { $to } is before valid_from, { $from }
fault-end-wanted = write the last day on which the unit existed before it was merged into `{ $other }`
fault-review-columns = the columns { $columns } are needed; write the file anew
fault-no-remark = there is no such remark; nothing can be added
fault-remark-twice = this remark is there twice
fault-undecided = write keep or drop (giữ or bỏ)
fault-other-words = this was not written; parts can be replaced by { $blank } and nothing else be changed, or drop the remark
fault-remarks-missing = { $remarks ->
        [one] 1 remark is
       *[other] { $remarks } remarks are
    } missing; the file has to have every one, kept or dropped
fault-no-sheets = there is no sheet with an answer under the header
fault-no-item-of-column = questionnaire `{ $questionnaire }` has no such item
fault-unit-column-missing = this column is missing; it names the unit that each sheet is about
fault-item-column-missing = this item has no column; add it and leave its cells empty if it was not asked
fault-unit-merged = unit `{ $unit }` was merged; write `{ $other }`
fault-unit-not-asked = this questionnaire does not ask about `{ $unit }` in this round
fault-unit-wanted = write the code of the unit that the sheet is about
fault-group-wanted = write one of the groups of the definition: { $groups }
fault-group-no-code = a respondent group is a code: { -code-rule }
fault-no-item = there is no such item
fault-not-an-option = none of its options; write { $options }{ $several ->
        [true] { " " }(several joined by ;)
       *[other] { "" }
    }{ $no_opinion ->
        [true] , or NOT_APPLICABLE
       *[other] { "" }
    }, or leave it empty
fault-one-answer = this item takes one answer
fault-no-opinion-beside = NOT_APPLICABLE stands alone
fault-no-opinion-not-offered = this item does not offer NOT_APPLICABLE
fault-long-answer = at most { $most } characters
fault-mode-of-codes = a sheet with a code comes only by its own form; if this one was filled in otherwise, write how: { $known }; else take it out
fault-no-mode = no such mode; write { $known }, or leave it empty for paper
fault-unfit-label = at most { $most } characters in one line
fault-no-mark = write 1 where the respondent has not worked with the unit; otherwise 0, or leave it empty
fault-answered-nevertheless = leave it empty: the row says that the respondent has not worked with the unit
fault-unit-not-scored = unit `{ $unit }` is not scored in this round
fault-no-criterion = there is no criterion `{ $criterion }` in the scheme of this unit's block
fault-is-field = `{ $criterion }` is a field; points are entered for what is below it
fault-has-parts = `{ $criterion }` is a criterion with sub-criteria; points are entered for what is below it
fault-criterion-twice = `{ $unit }` has a row for `{ $criterion }` already
fault-not-applicable-beside = { $mark } says that the criterion does not apply; leave the other score columns of the row empty
fault-left-out = `{ $criterion }` does not apply to this unit; write { $mark } first to make it apply again
fault-surveyed = the points of `{ $criterion }` come from the survey by themselves; leave this empty
fault-not-of-block = `{ $criterion }` does not apply to this block; leave this empty
fault-many-points = { $given } points are more than the maximum of { $maximum }
fault-impossible-points = { $given } points cannot be given here; possible: { $possible }
fault-no-option-of-statistic = there is no option `{ $given }`; possible: { $possible }
fault-thousands-mark = `{ $given }` may have a thousands mark; write { $whole } or { $decimal }
fault-part-not-open = the round is in the step { $step }; `{ $column }` is entered in { $open_steps }
fault-no-target-type = there is no type `{ $given }`; there are { $known }
fault-figure-twice = this figure is there already
fault-no-block = `{ $given }` is no code of a block
fault-index-above = an index is at most 100
fault-site-scheme = `{ $given }` is not the address of a site; write it like https://survey.example.gov.vn (http:// is taken for this machine only)
fault-site-host = `{ $given }` has no host that can be reached, or has a user or other signs in it; write it like https://survey.example.gov.vn
fault-site-path = `{ $given }` goes on behind the host, but every address of the service begins there; write it like https://survey.example.gov.vn
fault-one-line = write 1 to { $most } characters on one line, without hidden signs
fault-many-lines = at most { $most } lines
fault-nameless-block = block `{ $block }` has no name and would be printed as its code; give it one under [organiser.blocks] in the round file
fault-logo-place = the emblem has to be an ordinary file in the folder of the round file; put it there and write only its name
fault-logo-kind = this is neither an SVG drawing nor a PNG picture; save the emblem as one of them
fault-logo-large = it has more than { $kilobytes } KiB; save a smaller one
fault-logo-broken = the emblem is cut off or not well formed; save it again
fault-logo-points = the picture is empty, or has more than { $most } points along a side; save a smaller one
fault-logo-view-box = the drawing does not say how wide and high it is; give its outermost element a viewBox
fault-logo-part = the drawing has `{ $part }` in it; only plain shapes and words are taken, so save it as plain SVG, or as PNG
fault-logo-reference = the drawing fetches something from elsewhere: `{ $given }`; keep everything in the drawing itself
fault-large-text = it has more than { $most } bytes
fault-no-utf8 = it is not UTF-8 text; save it as UTF-8
fault-no-toml = { $cause }
fault-round-id = this is no id of a round; write { -code-rule }
fault-round-id-reserved = `{ $given }` is a word of the service's own addresses; choose another id, such as the year
fault-year-range = write the year that the round rates, { $least } to { $most }
fault-closes-before = the round would close before it opens
fault-no-purpose = a round asks at least one questionnaire or scores by a scheme; add [[questionnaire]] or schemes = ["…"]
fault-many-questionnaires = a round asks at most { $most } questionnaires
fault-questionnaire-id = this is no id of a questionnaire; write { -code-rule }
fault-questionnaire-twice = questionnaire `{ $questionnaire }` is there already; name all its units in one place
fault-units-wanted = say which units `{ $questionnaire }` asks about: units, blocks or both
fault-unit-outside = unit `{ $unit }` { $why ->
        [ended] ended on { $day }
        [begins] exists only from { $day }
       *[never] does not exist
    }, but the round runs { $first_day } to { $last_day }{ $instead ->
        [0] { "" }
       *[other] ; its work is now with `{ $instead }`, ask about that
    }
fault-no-units-of-block = block `{ $block }` has no unit in the time of the round; the register has { $known }
fault-scheme-id = this is no id of a scheme; write { -code-rule }
fault-scheme-twice = scheme `{ $scheme }` is there already
fault-other-round-wanted = changes are measured against another round, which was published before; write its id
fault-steps-without-schemes = a round without schemes has no steps of scoring; name schemes = ["…"]
fault-no-step = there is no step `{ $given }`; there are { $known }
fault-step-closes-before = the step would close before it opens
fault-step-disorder = the step { $step } does not follow the one before it; steps stand once each, in the order and with the days in which they happen
fault-first-step = the first step is { $first }
