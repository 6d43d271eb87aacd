# Words of the PAR Index. Every sentence is made from figures; every figure has its maximum or its number of units.
par-index = PAR Index
par-title = Public administration reform index (PAR Index)
par-lead = The index is the points that were reached, divided by the applicable maximum, times 100. Ranks, sums and changes are made from values held at 12 decimals and rounded once when printed. So two indices that look the same may have different ranks, and adding or subtracting printed numbers may be off by 0.01 or 0.02.
par-imported = This ranking was imported, not computed here.
par-round-lead = Published results of the round “{ $round }”, for { $year }.
par-unit-lead = Results of the round “{ $round }”, block: { $block }.
par-unit-title = { $unit }, { $year }
par-against = Changes are against the published results of { $year } (round { $round }, SHA-256 beginning with { $sha256 }).
par-against-link = See those results (JSON)
par-correction = This publication corrects the one whose SHA-256 begins with { $sha256 }. Reason: { $why }
par-corrected = See the publication before (JSON)
par-report-link = Full report: { $block }
par-report-title = { $block }: PAR Index { $year }
par-report-lead = Report of the round “{ $round }”. Every sentence below is made from the published figures.
par-summary = Summary
par-units = { $n ->
    [one] { $n } unit
   *[other] { $n } units
 }
par-places = { $n ->
    [one] { $n } place
   *[other] { $n } places
 }
par-and = { $before } and { $last }
par-leads = { $index ->
    [none] { $unit } leads the block.
   *[other] { $unit } leads the block with { $index }.
 }
par-lead-kept = { $index ->
    [none] { $unit } keeps the lead of the block.
   *[other] { $unit } keeps the lead of the block with { $index }.
 }
par-lead-taken = { $index ->
    [none] { $unit } takes the lead of the block; in { $year } it ranked { $before }.
   *[other] { $unit } takes the lead of the block with { $index }; in { $year } it ranked { $before }.
 }
par-lead-shared = { $index ->
    [none] { $unit } share the lead of the block.
   *[other] { $unit } share the lead of the block with { $index }.
 }
par-last = { $index ->
    [none] { $unit } is last in the block.
   *[other] { $unit } is last in the block with { $index }.
 }
par-last-shared = { $index ->
    [none] { $unit } are last in the block together.
   *[other] { $unit } are last in the block together with { $index }.
 }
par-mean = The mean index of { $units } in the block is { $mean }.
par-no-previous = There is no earlier published year to compare with.
par-moves = Compared with { $year }: { $parts }.
par-moved-up = { $n ->
    [0] no unit rose
    [one] { $n } unit rose
   *[other] { $n } units rose
 }
par-moved-down = { $n ->
    [0] none fell
   *[other] { $n } fell
 }
par-moved-level = { $n ->
    [0] none kept its rank
    [one] { $n } kept its rank
   *[other] { $n } kept their rank
 }
par-moved-new = { $n ->
    [one] { $n } is new or merged
   *[other] { $n } are new or merged
 }
par-moved-unknown = { $n ->
    [one] { $n } has no rank of that year
   *[other] { $n } have no rank of that year
 }
par-risen = { $units } rose compared with { $year }
par-fallen = { $units } fell compared with { $year }
par-mover-rose = { $unit } (from rank { $before } to rank { $now })
par-mover-fell = { $unit } (from rank { $before } to rank { $now })
par-mover-up = { $unit } (up { $places }, from rank { $before } to rank { $now })
par-mover-down = { $unit } (down { $places }, from rank { $before } to rank { $now })
par-rose-most = { $unit } rose most: { $places }, from rank { $before } to rank { $now }.
par-rose-together = Rose most, by { $places } each: { $units }.
par-fell-most = { $unit } fell most: { $places }, from rank { $before } to rank { $now }.
par-fell-together = Fell most, by { $places } each: { $units }.
par-causes-elsewhere = The page of each unit says why.
par-causes-note = A number with a sign in brackets is the share in the change of the index. Of a field it is the change of its percentage, times the maximum of the field, divided by the maximum of all fields. Top, middle and bottom group are a third each of the units that have a rank in the field.
par-field-by = { $field } ({ $by })
par-field-at = { $field } ({ $index })
par-fields-compared = Compared with { $year }: { $parts }.
par-fields-higher = { $n } of { $all } fields higher
par-fields-lower = { $n } of { $all } fields lower
par-fields-same = { $n } of { $all } fields unchanged
par-causes-up = { $named ->
    [all] Raised the index (percentage points): { $causes }.
   *[most] Raised the index most (percentage points): { $causes }.
 }
par-causes-down = { $named ->
    [all] Lowered the index (percentage points): { $causes }.
   *[most] Lowered the index most (percentage points): { $causes }.
 }
par-cause-bonus = { $way ->
    [up] more bonus points than in { $year }
   *[down] fewer bonus points than in { $year }
 }
par-cause-penalty = { $way ->
    [up] fewer penalty points than in { $year }
   *[down] more penalty points than in { $year }
 }
par-cause-adjustments = bonus and penalty points
par-cause-maxima = other parts counted than in { $year }
par-bonus-now = Bonus points of { $year } raised the index by { $by } percentage points.
par-penalty-now = Penalty points of { $year } lowered the index by { $by } percentage points.
par-fields-full = { $n } of { $all } fields reached the maximum: { $fields }.
par-fields-almost = { $n } of { $all } fields almost reached the maximum, and are { $whole } only when rounded: { $fields }.
par-fields-near = { $ranks ->
    [none] { $n } of { $all } fields came near the maximum (at least { $near }): { $fields }.
   *[other] { $n } of { $all } fields came near the maximum (at least { $near }), { $ranks }: { $fields }.
 }
par-fields-top = { $thirds ->
    [top] { $n } of { $all } fields { $ranks }, in the top group: { $fields }.
   *[other] { $n } of { $all } fields { $ranks }: { $fields }.
 }
par-fields-lowest = { $n } of { $all } fields were the lowest in the block: { $fields }.
par-fields-low = { $thirds ->
    [middle] { $n } of { $all } fields { $ranks }, in the middle group: { $fields }.
    [bottom] { $n } of { $all } fields { $ranks }, in the bottom group: { $fields }.
    [low] { $n } of { $all } fields { $ranks }, in the middle and bottom groups: { $fields }.
   *[other] { $n } of { $all } fields { $ranks }: { $fields }.
 }
par-fields-best = { $which ->
    [first] Its best rank is 1, highest in the block, in { $fields }.
    [top] Its best rank is { $rank } in the block, in { $fields }.
   *[only] Its best rank is only { $rank } in the block, in { $fields }.
 }
par-fields-rest = { $which ->
    [one] The other field { $reach }.
    [one-higher] The other field { $reach }, higher than in { $year }.
    [none] The other fields { $reach }.
    [all] The other fields { $reach }, all higher than in { $year }.
   *[some] The other fields { $reach }, { $higher } of { $n } higher than in { $year }.
 }
par-fields-reach = { $which ->
    [one] The only field { $reach }.
    [one-higher] The only field { $reach }, higher than in { $year }.
    [none] The fields { $reach }.
    [all] The fields { $reach }, all higher than in { $year }.
   *[some] The fields { $reach }, { $higher } of { $n } higher than in { $year }.
 }
par-reach-one = reached { $low }
par-reach-span = reached { $low } to { $high }
par-ranks-first = ranked highest in the block
par-ranks-one = ranked { $first } in the block
par-ranks-two = ranked { $first } and { $last } in the block
par-ranks-span = ranked { $first } to { $last } in the block
par-rank-group = { $last ->
    [yes] rank { $rank } (lowest in the block) in { $fields }
   *[no] rank { $rank } in { $fields }
 }
par-rank-in-field = { $which ->
    [first] highest in the block
    [last] lowest in the block
   *[other] rank { $rank }
 }
par-position = { $index ->
    [none] { $unit } has rank { $rank } of { $units } in the block.
   *[other] { $unit } has rank { $rank } of { $units } in the block, with { $index }.
 }
par-mean-above = The index is { $by } percentage points above the mean of the block ({ $mean }).
par-mean-below = The index is { $by } percentage points below the mean of the block ({ $mean }).
par-mean-equal = The index is equal to the mean of the block ({ $mean }).
par-mean-almost = The index is almost equal to the mean of the block ({ $mean }).
par-unit-up = Compared with { $year }, it rose by { $places }, from rank { $before } to rank { $now }.
par-unit-down = Compared with { $year }, it fell by { $places }, from rank { $before } to rank { $now }.
par-unit-level = It kept the rank that it had in { $year }.
par-unit-new = It is new, so its rank is not compared with { $year }.
par-unit-merged = It was merged from { $units }, so its rank is not compared with { $year }.
par-unit-unknown = It has no rank of { $year } to compare with.
par-index-up = The index rose by { $by } percentage points, from { $before } to { $now }.
par-index-down = The index fell by { $by } percentage points, from { $before } to { $now }.
par-index-level = The index is unchanged: { $now }.
par-index-almost = The index is almost unchanged: { $now }.
par-ranking = Ranking
par-ranking-caption = { $block }: ranking of { $units }, { $year }
par-rank = Rank
par-change = Change of rank
par-change-short = Rank change:
par-change-note = Change of rank: positive is up.
par-before = Index of { $year } (%)
par-index-change = Change of index (percentage points)
par-band = Band
par-new = new
par-new-note = “new”: founded or merged this year, ranks not compared.
par-exempt = Not ranked in { $year }
par-no-score = No criterion applies
par-base = without bonus and penalty: { $base }
par-kept-inside = kept within 0–100
par-gap-rescaled-without = rescaled, no survey points
par-gap-rescaled-in-part = rescaled, some survey points missing
par-gap-without = no survey points
par-gap-in-part = some survey points missing
par-gap-note = Where a note says that survey points are missing, the index is made of the other criteria alone, so it cannot be compared directly with one that has all survey points.
par-list-block = the ranking of the block
par-list-apart = ranked apart, because the index lacks survey points
par-apart-head = Ranked apart: { $units } whose index lacks survey points
par-apart-mark = ranked apart
par-unranked = Not ranked: { $gap }
par-position-apart = { $unit } ranks { $rank } of { $units } among those ranked apart, with { $index }.
par-unit-apart = It is ranked apart, so its rank is not compared with { $year }.
par-slopes-gaps = Ranks made from an index that lacks survey points: { $units }.
par-chart = { $block }: indices of { $units }, { $year }
par-chart-year = { $year }
par-chart-partial = Lacks survey points
par-moves-title = Changes of rank
par-slopes = { $block }: ranks of { $units }, { $previous } and { $year }
par-slopes-note = At the left is the rank of { $previous }, at the right that of { $year }. A dashed line is a fall; a hollow mark at the right is a unit that is not compared.
par-slope = { $before ->
    [none] { $unit }: rank { $now }, not compared with the year before
   *[other] { $unit }: from rank { $before } to rank { $now }
 }
par-slopes-largest = { $block }: largest changes of rank, { $previous } and { $year }
par-slopes-largest-note = The block has { $units } with a rank, so the chart shows at most ten each way, the largest change first; of equal changes the unit with the better rank of { $year } comes first. Rank 1 is at the right. The table of numbers has every unit.
par-slopes-largest-up = Up: { $shown } of { $moved } units
par-slopes-largest-down = Down: { $shown } of { $moved } units
par-slopes-ranks = { $before } → { $now }
par-slopes-said = from rank { $before } to rank { $now }
par-rank-of = Rank of { $year }
par-rise-title = The biggest rise, and its causes by field
par-fall-title = The biggest fall, and its causes by field
par-fields = By field
par-fields-caption = Points, index and rank of { $units } by field, { $year }
par-fields-mean-caption = Means of { $units } by field, { $year }
par-field = Field
par-field-mean = Mean (%)
par-block-mean = Mean of the block (%)
par-field-first = Highest in the block
par-field-cell = rank { $rank } · { $points } points
par-maximum = Maximum
par-maximum-of = maximum { $maximum }
par-unverified = unverified
par-unverified-note = “Unverified”: no source prints this maximum.
par-example = Example criterion
par-example-note = An “example criterion” is made up by us to show the form; each province replaces it by its own.
par-zeroes = Criteria with a high maximum that gave 0 points
par-zeroes-lead = Criteria of { $least } points or more that gave some units 0 points:
par-zero = { $criterion }: { $units } got 0 of { $maximum } points ({ $names }).
par-zeroes-of = Criteria of { $least } points or more that gave 0 points: { $criteria }.
par-zero-of = { $which ->
    [missing] { $criterion } (no points yet, counts as 0 of { $maximum })
   *[zero] { $criterion } (0 of { $maximum } points)
 }
par-zeroes-more = { $n ->
    [one] and { $n } other criterion
   *[other] and { $n } other criteria
 }
par-no-zeroes = No unit got 0 points for a criterion of { $least } points or more.
par-bands = Units by band
par-bands-caption = Bands of { $units }, { $year }
par-band-from = From (%)
par-band-count = Number of units
par-band-units = Units
par-rank-in-block = Rank in the block
par-of-units = { $rank }/{ $n }
par-base-index = Index without bonus and penalty
par-points = Points
par-losses = Where most points were lost
par-losses-most = The unit lost { $lost } points at { $all } criteria. The { $n } below cost most, { $listed } points together.
par-losses-all = The unit lost { $lost } points, at { $n } criteria.
par-losses-none = The unit lost no points at any criterion.
par-losses-caption = Criteria at which most points were lost, { $year }
par-losses-before = There are points of { $year } only where the criterion has the same code, the same words and the same maximum.
par-losses-without = The published results of { $year } have no points by criterion of this scheme to compare with.
par-lost = Lost
par-out-of = of { $maximum }
par-points-then = { $year }: { $points }
par-fields-chart = { $unit }: index by field, { $year }
par-fields-chart-note = Each row is a field, in percent of its maximum.
par-fields-chart-mean = Mean of { $units } in the block
par-fields-unit-caption = Points by field, { $year }
par-total = Total
par-total-base = Total, without bonus and penalty
par-surveys = Points from surveys
par-surveys-lead = Both surveys side by side, each criterion with its responses and the calculation of its points. Nobody can enter these points.
par-points-exact = Points from surveys are published exactly, also of units with few responses, because ranks are made of them. Of such a unit they alone can tell how many answered in which way, such as that everybody answered the same; no other figure tells more.
par-survey-satisfaction = Survey of citizens and organisations
par-survey-officials = Survey of officials and deputies
par-surveys-total = Both surveys
par-survey-link = questions, and how the share is made
par-criterion = Criterion
par-percent = Share (%)
par-worked = Calculation
par-equals = { $sum } = { $result }
par-equals-rounded = { $sum } = { $held }, rounded to { $result }
par-worth = { $points } points
par-worked-from = From { $from } on: { $points } points
par-worked-below = Under { $from }: { $points } points
par-sheet = Score sheet
par-sheet-lead = What counts is what was entered last in the process: the council's decision, else the second appraisal, else the appraisal. The self-score never counts. The maxima in the rows of fields and criteria are what applies to the unit.
par-adjustments = Bonus and penalty
par-adjustments-note = not part of the maximum
par-from-appraisal = appraisal
par-from-satisfaction = from the survey of citizens and organisations
par-from-officials = from the survey of officials and deputies
par-from-statistic = a measured value, converted to points
par-from-bonus = bonus
par-from-penalty = penalty
par-state-counted = counted
par-state-missing = no points entered
par-state-not-applicable = does not apply
par-state-few-sheets = under 50 responses, so it does not count
par-state-no-survey = no survey figures
par-part-self = Self-score
par-part-evidence = Evidence
par-part-appraised = Appraisal
par-part-note = Note
par-part-explanation = Explanation
par-part-second = Second appraisal
par-part-council = Council
par-part-applicability = Applicability
par-part-status = Status
par-entry-measured = measured value
par-entry-option = option { $option }
par-changes = { $n ->
    [one] { $n } change
   *[other] { $n } changes
 }
par-change-line = { $on }, { $who }, { $part }: { $from } → { $to }
par-change-why = { $on }, { $who }, { $part }: { $from } → { $to }, because: { $why }
par-empty = (empty)
par-origin = How the index is worked out
par-origin-rescaled = Points reached, brought to the full maximum:
par-origin-base = The points of the criteria, divided by the applicable maximum:
par-origin-adjusted = With { $bonus } points added and { $penalty } points taken off:
par-clamped = Bonus and penalty would bring the index outside 0–100, so it is kept at { $index }. Without bonus and penalty it is { $base }.
par-rescaled = The unit lacks figures of a survey, so the points of its other criteria were brought to the full maximum.
par-missing = { $n ->
    [one] { $n } criterion has no points entered and counts as 0.
   *[other] { $n } criteria have no points entered and count as 0.
 }
par-targets = Targets
par-targets-caption = Targets of plans, and what came of them
par-target-for = Unit
par-target-province = Whole province
par-target-index = Index
par-target-par = PAR Index
par-target-sipas = SIPAS
par-target-whole = overall
par-target-aim = Target
par-target-attained = Reached
par-target-outcome = Outcome
par-target-by = Difference
par-target-source = Source
par-aim-at-least = { $value } or more
par-aim-above = more than { $value }
par-aim-equal = equal to { $value }
par-aim-rank = rank { $rank } or better
par-aim-group = group “{ $group }”
par-aim-rise = at least { $places } up
par-aim-not-stated = not stated by the plan: “{ $words }”
par-unstated-rank = a rank, no value given
par-unstated-value = a value, no figure given
par-unstated-group = a group, no name given
par-unstated-rise = a rise in rank, no number given
par-attained-rank = rank { $rank }
par-attained-ranks = from rank { $before } to rank { $rank }
par-attained-none = no figure
par-outcome-met = met
par-outcome-missed = missed
par-outcome-not-stated = not stated by the plan
par-outcome-no-figure = no figure
par-by-points = { $by } percentage points
par-by-better = { $n ->
    [one] { $n } rank better
   *[other] { $n } ranks better
 }
par-by-worse = { $n ->
    [one] { $n } rank worse
   *[other] { $n } ranks worse
 }
par-by-even = exactly on target
