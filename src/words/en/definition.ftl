# Faults of definition and scheme files: what is wrong by what it is, and what to do by the code that is printed, or more exactly by what is wrong. No full
# stops. Words of the file come in as they stand there.
definition-more = (and { $n ->
        [one] 1 more fault
       *[other] { $n } more faults
    } after this one)
name-thing-questionnaire = questionnaire
name-thing-scheme = scheme
name-thing-part = part
name-thing-item = item
name-thing-option = option
name-thing-scale = scale
name-thing-content = content
name-thing-factor = factor
name-thing-group = group
name-thing-criterion = criterion
name-thing-unit = unit
name-thing-band = band
name-thing-block = block
name-thing-scheme-part = field, criterion or sub-criterion
name-things-languages = languages
name-things-parts = parts
name-things-items = items and attributes
name-things-options = options
name-things-scales = scales
name-things-contents = contents
name-things-factors = factors
name-things-groups = groups
name-things-criteria = criteria
definition-unreadable = cannot be read: { $cause }
definition-not-utf8 = cannot be read: line { $line } is not UTF-8
definition-empty-folder = cannot be read: the folder has no definition files (*.toml)
definition-large-file = the file has { $bytes } bytes, more than the { $most } allowed
definition-no-toml = this is not TOML: { $cause }
definition-unknown-key = { $table ->
        [0] the file
       *[other] `{ $table }`
    } has the unknown key `{ $key }`
definition-missing-key = { $table ->
        [0] the file
       *[other] `{ $table }`
    } has no key `{ $key }`
definition-wrong-type = `{ $key }` has to be { $wanted ->
        [words] words in each language
        [table] a table of keys and values
        [list] a list
        [boolean] true or false
        [integer] a whole number
        [number] a number
       *[text] a text
    }, not { $found ->
        [large] a number as large as this
        [number] a number
        [boolean] true or false
        [date] a date
        [list] a list
        [table] a table
       *[text] a text
    }
definition-unread = { $cause }
definition-unknown-word = `{ $key }` cannot be `{ $given }`
definition-too-many = { $count } { $things } are more than the { $most } allowed
definition-many-criteria = { $fields } fields and { $criteria } criteria are more than the { $most_fields } and { $most } allowed
definition-empty-text = { $key ->
        [0] the text
       *[other] `{ $key }`
    } is empty
definition-long-text = { $key ->
        [0] the text
       *[other] `{ $key }`
    } has { $characters } characters, more than { $most }
definition-hidden-character = { $key ->
        [0] the text
       *[other] `{ $key }`
    } has the invisible character { $character }
definition-no-language = `{ $given }` is not a language
definition-language-twice = the language `{ $given }` stands twice
definition-language-wanted = `languages` lacks "{ $wanted }"
definition-words-missing = the words in { $languages } are missing
definition-label-missing = the words for "{ $en }" in { $languages } are missing
definition-undeclared-language = the language `{ $given }` is not declared
definition-bad-code = the { $thing } code `{ $given }` is badly formed
definition-code-twice = the { $thing } code `{ $given }` stands twice, first in line { $line }
definition-reserved-code = the { $thing } code `{ $given }` is reserved
definition-scale-wanted = the item `{ $item }` names no scale
definition-few-options = `{ $owner }` has { $count } of the 2 options it needs
definition-unfit-key = the item `{ $item }` cannot have { $key ->
        [0] options
       *[other] `{ $key }`
    }, because of its kind
definition-second-write-in = a second option of the item takes own words
definition-unknown-reference = there is no { $thing } `{ $given }`
definition-unused-scale = no item uses the scale `{ $scale }`
definition-satisfied-below = the step `{ $given }` is not satisfied, but a lower one is
definition-no-parts = the questionnaire has no part
definition-empty-part = the part `{ $given }` has no items
definition-condition-unknown-item = there is no item `{ $item }`
definition-condition-not-earlier = the condition asks about `{ $item }`, { $why ->
        [itself] which is the item itself
        [inside] which stands in the part itself
       *[after] which comes later
    }
definition-condition-on-remark = the condition asks about `{ $item }`, which takes free words
definition-condition-without-option = the condition names no option
definition-condition-unknown-option = `{ $item }` has no option `{ $given }`
definition-condition-option-twice = the option `{ $given }` stands twice
definition-factor-without-items = no item feeds the factor `{ $factor }`
definition-content-without-factors = no factor belongs to the content `{ $content }`
definition-factor-needs-scale = the item `{ $item }` feeds a factor but has no scale
definition-index-without-factors = there is an [index], but no factor that it could be made of
definition-factors-without-index = there are factors, but no [index] says what becomes of them
definition-satisfied-one-sort = satisfied-share needs levels of both sorts, but { $every ->
        [true] every
       *[other] no
    } step of `{ $scale }` is satisfied
definition-scales-differ = a mean of pooled answers needs scales with equally many steps; here { $scales }
definition-bad-maximum = `maximum` cannot be { $given }
definition-bad-least-sheets = `least_sheets` cannot be { $given }
definition-group-least-sheets = { $given } is not from { $least } to { $most }
definition-id-taken = the { $thing } id `{ $given }` is already that of { $other }
definition-bad-weight = `weight` cannot be { $given }
definition-group-weight = { $given } is not from { $least } to { $most }
definition-not-about-units = there are groups or criteria, but no [about_units]
definition-nobody-rates = [about_units] needs at least one [[group]] and one [[criterion]]
definition-unfit-about-units = a questionnaire about units cannot have { $what ->
        [attributes] attributes of the respondent
        [index] an [index]
        [conditions] conditions
       *[required] items that require an answer
    }
definition-bad-scope = this does not say which units the group rates
definition-option-without-weight = the item `{ $item }` feeds a criterion, but not every one of its options has a weight
definition-no-opinion-missing = the item `{ $item }` feeds a criterion, but does not take "no opinion"
definition-criterion-without-items = no item feeds the criterion `{ $criterion }`
definition-sum-differs = { $of ->
        [fields] the maxima of all fields
        [criteria] the maxima of the criteria
       *[sub-criteria] the maxima of the sub-criteria
    } add up to { $sum }, not { $declared }
definition-bad-number = { $key ->
        [0] this bound
       *[other] `{ $key }`
    } cannot be { $given }; at most { $most }
definition-maximum-without-source = it is not clear where the maximum of the field `{ $field }` comes from
definition-no-fields = there is no [[field]]
definition-field-without-criteria = the field `{ $field }` has no criterion
definition-points-of-subs = `{ $criterion }` has sub-criteria, so its points come from them
definition-origin-key-wanted = `{ $criterion }` needs `{ $key }` to say where its points come from
definition-origin-key-unfit = `{ $criterion }` cannot have `{ $key }` with this source of points
definition-highest-below = `highest` has to be above `lowest`
definition-key-of-other-rule = `{ $key }` belongs to another rule
definition-many-points = { $given } points are more than the maximum of { $maximum }
definition-band-points = a band has either `points` or `proportional = true`
definition-bound-count = this rule needs 1 to { $most } bounds
definition-bounds-descend = bounds have to ascend
definition-few-weights = `option-weights` needs at least two options
definition-threshold-wanted = `{ $criterion }` needs a `threshold`
definition-percents-no-options = `{ $criterion }` gets percents from a survey, which are no options
definition-rule-of-values = `{ $criterion }` is appraised in points; this rule converts values
definition-counted-twice = items of `{ $questionnaire }` that `{ $given }` takes feed `{ $criterion }` already
definition-items-counted-twice = `{ $criterion }`: the items of `{ $given }` feed `{ $other }` already
definition-no-blocks = there is no [[block]] that the scheme applies to
definition-block-twice = the block `{ $block }` stands twice for the same year
definition-tie-break-adjusts = `{ $given }` is only bonus and penalty, which decide nothing between equal indices
definition-nothing-applies = nothing of the scheme applies to the block `{ $block }`
definition-bad-year = { $given } is no year from { $least } to { $most }
definition-band-overlaps = the band `{ $band }` overlaps the one before it
definition-bands-end = an index below this is in no band
definition-no-questionnaire = `{ $criterion }`: there is no questionnaire `{ $questionnaire }` among the definitions
definition-no-index = `{ $criterion }`: the questionnaire `{ $questionnaire }` makes no index
definition-no-content-or-factor = `{ $criterion }`: the questionnaire `{ $questionnaire }` has no content or factor `{ $given }`
definition-not-rated = `{ $criterion }`: officials rate no criterion `{ $rated }` in the questionnaire `{ $questionnaire }`
definition-condition-on-attribute = the condition asks about `{ $item }`, which respondents say about themselves
definition-condition-on-index = the condition asks about `{ $item }`, which the index is made of
definition-hint-unknown-key = { $meant ->
        [0] keys here: { $known }
       *[other] did you mean `{ $meant }`?
    }
definition-hint-unknown-word = { $meant ->
        [0] { "" }
       *[other] did you mean "{ $meant }"?{ " " }
    }possible: { $possible }
definition-hint-wrong-type = { $wanted ->
        [words] write { "{" } vi = "…", en = "…" { "}" }
        [table] write { "{" } key = value, … { "}" }, or a [table] header with the keys under it
        [list] put [ ] around the values and commas between them; many tables are written as [[…]] headers
        [boolean] write true or false, without quotes
        [integer] write digits only, without quotes
        [number] write a number without quotes, with a point before decimals
       *[text] put double quotes around it
    }
definition-hint-label-missing = add the key `{ $key }` at the top, with words in every language
definition-hint-unknown-reference = { $meant ->
        [0] correct the name, or define what it names
       *[other] did you mean `{ $meant }`?
    }
definition-hint-condition-unknown-item = { $meant ->
        [0] name an item that stands earlier in the form
       *[other] did you mean `{ $meant }`?
    }
definition-hint-condition-unknown-option = its options: { $known }
definition-hint-D001 = check that the file is there, may be read and is stored as UTF-8
definition-hint-D002 = a definition has at most 512 KiB; make two of it
definition-hint-D003 = mend this first: texts stand in double quotes, lists in [ ], and every [[table]] header on a line of its own
definition-hint-D005 = add the key; the JSON Schema beside the definitions says what it means
definition-hint-D006 = write the value as the JSON Schema beside the definitions says
definition-hint-D008 = take some away, or make two definitions of it
definition-hint-D009 = write the words, or take the key out if it may be left out
definition-hint-D010 = say it in fewer words: a text has at most 1,000 characters, a version at most 40
definition-hint-D011 = type the text again by hand; copied text sometimes brings invisible characters
definition-hint-D012 = write at least languages = ["vi", "en"]; each language is 2 or 3 small letters and stands once
definition-hint-D013 = add the words in that language
definition-hint-D014 = take it out, or add the language to `languages` at the top
definition-hint-D015 = a code is { -code-rule }
definition-hint-D016 = give one of the two another code
definition-hint-D017 = choose another code; this one has a meaning of its own in addresses, forms or import files
definition-hint-D018 = add scale = "…" with the id of a [[scale]], or choose another kind
definition-hint-D019 = give at least two options
definition-hint-D020 = take the key out, or change `kind`
definition-hint-D021 = leave write_in = true on one option only
definition-hint-D023 = take the scale out, or name it in the items it is meant for
definition-hint-D024 = list the steps from the lowest to the highest, with satisfied = true on the last ones
definition-hint-D025 = add [[part.item]] under the part, or take the part out
definition-hint-D027 = a condition can only look back: move the item it asks about further up
definition-hint-D028 = ask about an item with options instead
definition-hint-D029 = name codes of options of that item, each once
definition-hint-D030 = name the factor in the items that measure it, or take it out
definition-hint-D031 = name the content in its factors, or take it out
definition-hint-D032 = take `factor` out, or make the item one of kind "scale"
definition-hint-D033 = add [[content]], [[factor]] and factor = "…" in the items, or take [index] out
definition-hint-D034 = add [index] with item_value and aggregation, or take the factors out
definition-hint-D035 = choose another rule in [index], or change the scale
definition-hint-D036 = give a number above 0 up to 100 with at most two decimals, such as 10 or 9.5
definition-hint-D037 = give a whole number from 10 to 100000, or leave it out; fewer than 10 would show single people
definition-hint-D038 = give one of the two another id
definition-hint-D039 = an option's weight is a whole percentage from 0 to 100, a group's a whole number from 1 to 1000
definition-hint-D040 = add [about_units] with combination = "group-weights" or "pooled", or take groups and criteria out
definition-hint-D041 = add who rates as [[group]] and what the ratings feed as [[criterion]]
definition-hint-D042 = take it out: items repeat for every unit, and officials are few enough to be recognised
definition-hint-D043 = write one of { "{" } block = "…" { "}" }, { "{" } block = "…", sample = 1 to 15 { "}" }, { "{" } units = [1 to 15 codes] { "}" }, { "{" } own_parent = true { "}" }
definition-hint-D044 = give every option of the item or step of its scale a weight in percent, such as 100, 60, 20 and 0
definition-hint-D045 = write no_opinion = true: nobody can be made to rate what they do not know
definition-hint-D046 = name the criterion in the items that measure it, or take it out
definition-hint-D047 = correct one of the maxima, or the sum
definition-hint-D048 = write a number of at least 0 with at most two decimals
definition-hint-D049 = name where it is printed as `source`, or write unverified = true
definition-hint-D050 = add [[field]] with [[field.criterion]] under it
definition-hint-D051 = `from` says which keys belong here: questionnaire and index for satisfaction, questionnaire and rated for officials, conversion for a statistic
definition-hint-D052 = compare it with the rules that the JSON Schema beside the definitions describes
definition-hint-D053 = let each figure of a survey feed one criterion only
definition-hint-D054 = give each block, and each year of it, one [[block]] of its own
definition-hint-D055 = list the bands from the highest to the lowest, the last with from = 0
definition-hint-D056 = correct the name, or check the scheme together with the folder of its questionnaires
definition-hint-D057 = ask everybody, or ask a question of its own that leads to it
definition-hint-D058 = put a question of its own that leads to it, without a factor, before it
