# Chữ về Chỉ số cải cách hành chính. Câu nào cũng lập từ số liệu; số nào cũng kèm điểm tối đa hoặc số đơn vị.
par-index = Chỉ số CCHC (PAR Index)
par-title = Chỉ số cải cách hành chính (PAR Index)
par-lead = Chỉ số bằng điểm đạt được chia cho điểm tối đa áp dụng, nhân 100. Hạng, tổng và mức tăng, giảm tính trên giá trị giữ 12 chữ số thập phân, chỉ làm tròn khi in. Vì vậy hai chỉ số in giống nhau vẫn có thể khác hạng, và cộng, trừ các số đã in có thể lệch 0,01 đến 0,02.
par-imported = Bảng xếp hạng này được nhập từ kết quả đã công bố, không tính ở đây.
par-round-lead = Kết quả đã công bố của đợt “{ $round }”, năm { $year }.
par-unit-lead = Kết quả của đợt “{ $round }”, khối { $block }.
par-unit-title = { $unit }, năm { $year }
par-against = Mức tăng, giảm được so với kết quả đã công bố của năm { $year } (đợt { $round }, mã SHA-256 bắt đầu bằng { $sha256 }).
par-against-link = Xem kết quả đó (JSON)
par-correction = Bản công bố này đính chính bản có mã SHA-256 bắt đầu bằng { $sha256 }. Lý do: { $why }
par-corrected = Xem bản trước (JSON)
par-report-link = Báo cáo đầy đủ: { $block }
par-report-title = { $block }: Chỉ số CCHC (PAR Index) năm { $year }
par-report-lead = Báo cáo của đợt “{ $round }”. Mọi câu dưới đây lập từ số liệu đã công bố.
par-summary = Tóm tắt
par-units = { $n } đơn vị
par-places = { $n } bậc
par-and = { $before } và { $last }
par-leads = { $index ->
    [none] { $unit } dẫn đầu khối.
   *[other] { $unit } dẫn đầu khối với { $index }.
 }
par-lead-kept = { $index ->
    [none] { $unit } tiếp tục dẫn đầu khối.
   *[other] { $unit } tiếp tục dẫn đầu khối với { $index }.
 }
par-lead-taken = { $index ->
    [none] { $unit } vươn lên dẫn đầu khối; năm { $year } đứng hạng { $before }.
   *[other] { $unit } vươn lên dẫn đầu khối với { $index }; năm { $year } đứng hạng { $before }.
 }
par-lead-shared = { $index ->
    [none] { $unit } cùng dẫn đầu khối.
   *[other] { $unit } cùng dẫn đầu khối với { $index }.
 }
par-last = { $index ->
    [none] { $unit } đứng cuối khối.
   *[other] { $unit } đứng cuối khối với { $index }.
 }
par-last-shared = { $index ->
    [none] { $unit } cùng đứng cuối khối.
   *[other] { $unit } cùng đứng cuối khối với { $index }.
 }
par-mean = Chỉ số trung bình của { $units } trong khối là { $mean }.
par-no-previous = Chưa có năm nào đã công bố để so sánh.
par-moves = So với năm { $year }: { $parts }.
par-moved-up = { $n ->
    [0] không đơn vị nào tăng hạng
   *[other] { $n } đơn vị tăng hạng
 }
par-moved-down = { $n ->
    [0] không đơn vị nào giảm
   *[other] { $n } giảm
 }
par-moved-level = { $n ->
    [0] không đơn vị nào giữ nguyên
   *[other] { $n } giữ nguyên
 }
par-moved-new = { $n } mới hoặc hợp nhất
par-moved-unknown = { $n } không có hạng năm đó
par-risen = { $units } tăng hạng so với năm { $year }
par-fallen = { $units } giảm hạng so với năm { $year }
par-mover-rose = { $unit } (từ hạng { $before } lên hạng { $now })
par-mover-fell = { $unit } (từ hạng { $before } xuống hạng { $now })
par-mover-up = { $unit } (tăng { $places }, từ hạng { $before } lên hạng { $now })
par-mover-down = { $unit } (giảm { $places }, từ hạng { $before } xuống hạng { $now })
par-rose-most = { $unit } tăng nhiều nhất: { $places }, từ hạng { $before } lên hạng { $now }.
par-rose-together = Tăng hạng nhiều nhất, cùng { $places }: { $units }.
par-fell-most = { $unit } giảm nhiều nhất: { $places }, từ hạng { $before } xuống hạng { $now }.
par-fell-together = Giảm hạng nhiều nhất, cùng { $places }: { $units }.
par-causes-elsewhere = Nguyên nhân của từng đơn vị có trên trang của đơn vị đó.
par-causes-note = Số có dấu trong ngoặc là phần làm thay đổi chỉ số. Với một lĩnh vực, đó là mức tăng, giảm tỷ lệ của lĩnh vực, nhân với điểm tối đa của lĩnh vực, chia cho tổng điểm tối đa. Nhóm đầu, nhóm giữa và nhóm cuối, mỗi nhóm là một phần ba số đơn vị có hạng trong lĩnh vực.
par-field-by = { $field } ({ $by })
par-field-at = { $field } ({ $index })
par-fields-compared = So với năm { $year }: { $parts }.
par-fields-higher = { $n }/{ $all } lĩnh vực cao hơn
par-fields-lower = { $n }/{ $all } lĩnh vực thấp hơn
par-fields-same = { $n }/{ $all } lĩnh vực không đổi
par-causes-up = { $named ->
    [all] Làm tăng chỉ số (điểm phần trăm): { $causes }.
   *[most] Làm tăng chỉ số nhiều nhất (điểm phần trăm): { $causes }.
 }
par-causes-down = { $named ->
    [all] Làm giảm chỉ số (điểm phần trăm): { $causes }.
   *[most] Làm giảm chỉ số nhiều nhất (điểm phần trăm): { $causes }.
 }
par-cause-bonus = { $way ->
    [up] điểm cộng nhiều hơn năm { $year }
   *[down] điểm cộng ít hơn năm { $year }
 }
par-cause-penalty = { $way ->
    [up] điểm trừ ít hơn năm { $year }
   *[down] điểm trừ nhiều hơn năm { $year }
 }
par-cause-adjustments = điểm cộng, điểm trừ
par-cause-maxima = thay đổi phần tiêu chí được tính điểm so với năm { $year }
par-bonus-now = Điểm cộng năm { $year } làm tăng chỉ số { $by } điểm phần trăm.
par-penalty-now = Điểm trừ năm { $year } làm giảm chỉ số { $by } điểm phần trăm.
par-fields-full = { $n }/{ $all } lĩnh vực đạt điểm tối đa: { $fields }.
par-fields-almost = { $n }/{ $all } lĩnh vực gần như đạt điểm tối đa, chỉ làm tròn mới thành { $whole }: { $fields }.
par-fields-near = { $ranks ->
    [none] { $n }/{ $all } lĩnh vực gần đạt điểm tối đa (từ { $near } trở lên): { $fields }.
   *[other] { $n }/{ $all } lĩnh vực gần đạt điểm tối đa (từ { $near } trở lên), { $ranks }: { $fields }.
 }
par-fields-top = { $thirds ->
    [top] { $n }/{ $all } lĩnh vực { $ranks }, thuộc nhóm đầu: { $fields }.
   *[other] { $n }/{ $all } lĩnh vực { $ranks }: { $fields }.
 }
par-fields-lowest = { $n }/{ $all } lĩnh vực thấp nhất khối: { $fields }.
par-fields-low = { $thirds ->
    [middle] { $n }/{ $all } lĩnh vực { $ranks }, thuộc nhóm giữa: { $fields }.
    [bottom] { $n }/{ $all } lĩnh vực { $ranks }, thuộc nhóm cuối: { $fields }.
    [low] { $n }/{ $all } lĩnh vực { $ranks }, thuộc nhóm giữa và nhóm cuối: { $fields }.
   *[other] { $n }/{ $all } lĩnh vực { $ranks }: { $fields }.
 }
par-fields-best = { $which ->
    [first] Lĩnh vực có thứ hạng cao nhất là { $fields }, cao nhất khối.
    [top] Lĩnh vực có thứ hạng cao nhất là { $fields }, xếp hạng { $rank } trong khối.
   *[only] Lĩnh vực có thứ hạng cao nhất là { $fields }, nhưng cũng chỉ xếp hạng { $rank } trong khối.
 }
par-fields-rest = { $which ->
    [one] Lĩnh vực còn lại { $reach }.
    [one-higher] Lĩnh vực còn lại { $reach }, cao hơn năm { $year }.
    [none] Các lĩnh vực còn lại { $reach }.
    [all] Các lĩnh vực còn lại { $reach }, đều cao hơn năm { $year }.
   *[some] Các lĩnh vực còn lại { $reach }, trong đó { $higher }/{ $n } cao hơn năm { $year }.
 }
par-fields-reach = { $which ->
    [one] Lĩnh vực duy nhất { $reach }.
    [one-higher] Lĩnh vực duy nhất { $reach }, cao hơn năm { $year }.
    [none] Các lĩnh vực { $reach }.
    [all] Các lĩnh vực { $reach }, đều cao hơn năm { $year }.
   *[some] Các lĩnh vực { $reach }, trong đó { $higher }/{ $n } cao hơn năm { $year }.
 }
par-reach-one = đạt { $low }
par-reach-span = đạt từ { $low } đến { $high }
par-ranks-first = cao nhất khối
par-ranks-one = xếp hạng { $first } trong khối
par-ranks-two = xếp hạng { $first } và { $last } trong khối
par-ranks-span = xếp từ hạng { $first } đến hạng { $last } trong khối
par-rank-group = { $last ->
    [yes] hạng { $rank } (thấp nhất khối) có { $fields }
   *[no] hạng { $rank } có { $fields }
 }
par-rank-in-field = { $which ->
    [first] cao nhất khối
    [last] thấp nhất khối
   *[other] hạng { $rank }
 }
par-position = { $index ->
    [none] { $unit } xếp hạng { $rank }/{ $units } trong khối.
   *[other] { $unit } xếp hạng { $rank }/{ $units } trong khối, với { $index }.
 }
par-mean-above = Chỉ số cao hơn trung bình khối ({ $mean }) { $by } điểm phần trăm.
par-mean-below = Chỉ số thấp hơn trung bình khối ({ $mean }) { $by } điểm phần trăm.
par-mean-equal = Chỉ số bằng trung bình khối ({ $mean }).
par-mean-almost = Chỉ số gần như bằng trung bình khối ({ $mean }).
par-unit-up = So với năm { $year }, đơn vị tăng { $places }, từ hạng { $before } lên hạng { $now }.
par-unit-down = So với năm { $year }, đơn vị giảm { $places }, từ hạng { $before } xuống hạng { $now }.
par-unit-level = Hạng giữ nguyên so với năm { $year }.
par-unit-new = Đơn vị mới thành lập nên không so hạng với năm { $year }.
par-unit-merged = Đơn vị hợp nhất từ { $units } nên không so hạng với năm { $year }.
par-unit-unknown = Đơn vị không có hạng năm { $year } để so sánh.
par-index-up = Chỉ số tăng { $by } điểm phần trăm, từ { $before } lên { $now }.
par-index-down = Chỉ số giảm { $by } điểm phần trăm, từ { $before } xuống { $now }.
par-index-level = Chỉ số không đổi: { $now }.
par-index-almost = Chỉ số gần như không đổi: { $now }.
par-ranking = Bảng xếp hạng
par-ranking-caption = { $block }: xếp hạng { $units }, năm { $year }
par-rank = Hạng
par-change = Tăng, giảm hạng
par-change-short = Đổi hạng:
par-change-note = Tăng, giảm hạng: số dương là tăng hạng.
par-before = Chỉ số năm { $year } (%)
par-index-change = Tăng, giảm chỉ số (điểm phần trăm)
par-band = Xếp loại
par-new = mới
par-new-note = “mới”: mới thành lập hoặc hợp nhất, không so hạng.
par-exempt = Không xếp hạng năm { $year }
par-no-score = Không có tiêu chí nào áp dụng
par-base = chưa cộng, trừ điểm: { $base }
par-kept-inside = giữ trong khoảng 0–100
par-gap-rescaled-without = quy đổi, không có điểm khảo sát
par-gap-rescaled-in-part = quy đổi, thiếu một phần điểm khảo sát
par-gap-without = không có điểm khảo sát
par-gap-in-part = thiếu một phần điểm khảo sát
par-gap-note = Đơn vị có ghi chú về điểm khảo sát: chỉ số chỉ tính trên các tiêu chí còn lại, nên không thể so sánh trực tiếp với chỉ số có đủ điểm khảo sát.
par-list-block = bảng xếp hạng của khối
par-list-apart = xếp hạng riêng, vì chỉ số thiếu điểm khảo sát
par-apart-head = Xếp hạng riêng { $units } có chỉ số thiếu điểm khảo sát
par-apart-mark = xếp hạng riêng
par-unranked = Không xếp hạng: { $gap }
par-position-apart = { $unit } xếp hạng { $rank }/{ $units } trong nhóm xếp hạng riêng, với { $index }.
par-unit-apart = Đơn vị xếp hạng riêng nên không so hạng với năm { $year }.
par-slopes-gaps = Hạng tính từ chỉ số thiếu điểm khảo sát: { $units }.
par-chart = { $block }: chỉ số của { $units }, năm { $year }
par-chart-year = Năm { $year }
par-chart-partial = Thiếu điểm khảo sát
par-moves-title = Thay đổi hạng
par-slopes = { $block }: hạng của { $units }, năm { $previous } và năm { $year }
par-slopes-note = Bên trái là hạng năm { $previous }, bên phải là hạng năm { $year }. Nét đứt là giảm hạng; chấm rỗng ở bên phải là đơn vị không so hạng với năm trước.
par-slope = { $before ->
    [none] { $unit }: hạng { $now }, không so với năm trước
   *[other] { $unit }: từ hạng { $before } đến hạng { $now }
 }
par-slopes-largest = { $block }: thay đổi hạng nhiều nhất, năm { $previous } và năm { $year }
par-slopes-largest-note = Khối có { $units } có hạng, nên biểu đồ chỉ vẽ mỗi chiều nhiều nhất mười đơn vị, đổi nhiều bậc nhất ở trên; đổi bằng nhau thì đơn vị có hạng năm { $year } tốt hơn đứng trước. Hạng 1 ở bên phải. Bảng số liệu có mọi đơn vị.
par-slopes-largest-up = Tăng hạng: { $shown } trong { $moved } đơn vị
par-slopes-largest-down = Giảm hạng: { $shown } trong { $moved } đơn vị
par-slopes-ranks = { $before } → { $now }
par-slopes-said = từ hạng { $before } đến hạng { $now }
par-rank-of = Hạng năm { $year }
par-rise-title = Tăng nhiều nhất và nguyên nhân theo lĩnh vực
par-fall-title = Giảm nhiều nhất và nguyên nhân theo lĩnh vực
par-fields = Theo lĩnh vực
par-fields-caption = Điểm, chỉ số và hạng của { $units } theo lĩnh vực, năm { $year }
par-fields-mean-caption = Trung bình của { $units } theo lĩnh vực, năm { $year }
par-field = Lĩnh vực
par-field-mean = Trung bình (%)
par-block-mean = Trung bình khối (%)
par-field-first = Cao nhất khối
par-field-cell = hạng { $rank } · { $points } điểm
par-maximum = Điểm tối đa
par-maximum-of = tối đa { $maximum }
par-unverified = chưa kiểm chứng
par-unverified-note = “Chưa kiểm chứng”: không có nguồn nào in điểm tối đa này.
par-example = Tiêu chí ví dụ
par-example-note = “Tiêu chí ví dụ” do chúng tôi đặt ra để minh họa; mỗi tỉnh thay bằng tiêu chí của mình.
par-zeroes = Tiêu chí có điểm tối đa cao nhưng đạt 0 điểm
par-zeroes-lead = Tiêu chí có từ { $least } điểm trở lên mà có đơn vị đạt 0 điểm:
par-zero = { $criterion }: { $units } đạt 0/{ $maximum } điểm ({ $names }).
par-zeroes-of = Tiêu chí có từ { $least } điểm trở lên nhưng đạt 0 điểm: { $criteria }.
par-zero-of = { $which ->
    [missing] { $criterion } (chưa có điểm, tính là 0/{ $maximum } điểm)
   *[zero] { $criterion } (đạt 0/{ $maximum } điểm)
 }
par-zeroes-more = và { $n } tiêu chí khác
par-no-zeroes = Không đơn vị nào đạt 0 điểm ở tiêu chí có từ { $least } điểm trở lên.
par-bands = Đơn vị theo xếp loại
par-bands-caption = Xếp loại của { $units }, năm { $year }
par-band-from = Từ (%)
par-band-count = Số đơn vị
par-band-units = Đơn vị
par-rank-in-block = Hạng trong khối
par-of-units = { $rank }/{ $n }
par-base-index = Chỉ số chưa cộng, trừ điểm
par-points = Điểm
par-losses = Mất điểm nhiều nhất
par-losses-most = Đơn vị mất { $lost } điểm ở { $all } tiêu chí. { $n } tiêu chí dưới đây mất nhiều nhất, cộng lại { $listed } điểm.
par-losses-all = Đơn vị mất { $lost } điểm ở { $n } tiêu chí.
par-losses-none = Đơn vị không mất điểm ở tiêu chí nào.
par-losses-caption = Tiêu chí mất nhiều điểm nhất, năm { $year }
par-losses-before = Điểm năm { $year } chỉ có ở tiêu chí cùng mã, cùng nội dung và cùng điểm tối đa.
par-losses-without = Kết quả đã công bố của năm { $year } không có điểm từng tiêu chí theo bộ tiêu chí này để so sánh.
par-lost = Mất
par-out-of = trên { $maximum }
par-points-then = năm { $year }: { $points }
par-fields-chart = { $unit }: chỉ số theo lĩnh vực, năm { $year }
par-fields-chart-note = Mỗi dòng là một lĩnh vực, tính theo phần trăm điểm tối đa của nó.
par-fields-chart-mean = Trung bình của { $units } trong khối
par-fields-unit-caption = Điểm theo lĩnh vực, năm { $year }
par-total = Tổng
par-total-base = Tổng, chưa cộng, trừ điểm
par-surveys = Điểm từ khảo sát
par-surveys-lead = Hai cuộc khảo sát đứng cạnh nhau, mỗi tiêu chí kèm số phiếu và phép tính ra điểm. Không ai nhập được điểm này.
par-points-exact = Điểm từ khảo sát được công bố chính xác cả ở đơn vị có ít phiếu, vì thứ hạng được tính từ đó. Ở đơn vị như vậy, chỉ riêng điểm cũng có thể cho biết có bao nhiêu người trả lời thế nào, chẳng hạn mọi người đều trả lời giống nhau; không số liệu nào khác cho biết thêm.
par-survey-satisfaction = Khảo sát người dân, tổ chức
par-survey-officials = Khảo sát cán bộ, đại biểu
par-surveys-total = Cả hai cuộc khảo sát
par-survey-link = các câu hỏi và cách tính tỷ lệ
par-criterion = Tiêu chí
par-percent = Tỷ lệ (%)
par-worked = Phép tính
par-equals = { $sum } = { $result }
par-equals-rounded = { $sum } = { $held }, làm tròn thành { $result }
par-worth = { $points } điểm
par-worked-from = Từ { $from } trở lên được { $points } điểm
par-worked-below = Dưới { $from } được { $points } điểm
par-sheet = Bảng chấm điểm
par-sheet-lead = Điểm tính theo bước sau cùng có chấm: hội đồng, rồi thẩm định lần hai, rồi thẩm định. Điểm tự chấm chỉ để đối chiếu. Điểm tối đa ở hàng lĩnh vực và tiêu chí là phần áp dụng cho đơn vị.
par-adjustments = Điểm cộng, điểm trừ
par-adjustments-note = không tính vào điểm tối đa
par-from-appraisal = thẩm định
par-from-satisfaction = từ khảo sát người dân, tổ chức
par-from-officials = từ khảo sát cán bộ, đại biểu
par-from-statistic = ghi giá trị đo được, quy đổi ra điểm
par-from-bonus = điểm cộng
par-from-penalty = điểm trừ
par-state-counted = được tính
par-state-missing = chưa có điểm
par-state-not-applicable = không áp dụng
par-state-few-sheets = dưới 50 phiếu nên không được tính
par-state-no-survey = không có số liệu khảo sát
par-part-self = Tự chấm
par-part-evidence = Tài liệu kiểm chứng
par-part-appraised = Thẩm định
par-part-note = Ghi chú
par-part-explanation = Giải trình
par-part-second = Thẩm định lần hai
par-part-council = Hội đồng
par-part-applicability = Áp dụng
par-part-status = Tình trạng
par-entry-measured = giá trị đo
par-entry-option = phương án { $option }
par-changes = { $n } lần thay đổi
par-change-line = { $on }, { $who }, { $part }: { $from } → { $to }
par-change-why = { $on }, { $who }, { $part }: { $from } → { $to }, vì { $why }
par-empty = (trống)
par-origin = Cách tính chỉ số
par-origin-rescaled = Điểm chấm được, quy đổi lên đủ điểm tối đa:
par-origin-base = Điểm các tiêu chí chia cho điểm tối đa áp dụng:
par-origin-adjusted = Cộng { $bonus } điểm, trừ { $penalty } điểm:
par-clamped = Cộng và trừ điểm đưa chỉ số ra ngoài khoảng 0–100, nên chỉ số được giữ ở { $index }. Chỉ số chưa cộng, trừ điểm là { $base }.
par-rescaled = Đơn vị thiếu số liệu khảo sát nên điểm các tiêu chí còn lại được quy đổi lên đủ điểm tối đa.
par-missing = { $n } tiêu chí chưa có điểm, tính là 0 điểm.
par-targets = Mục tiêu
par-targets-caption = Mục tiêu của kế hoạch và kết quả
par-target-for = Đơn vị
par-target-province = Toàn tỉnh
par-target-index = Chỉ số
par-target-par = PAR Index
par-target-sipas = SIPAS
par-target-whole = chung
par-target-aim = Mục tiêu
par-target-attained = Đạt được
par-target-outcome = Kết quả
par-target-by = Chênh lệch
par-target-source = Nguồn
par-aim-at-least = từ { $value } trở lên
par-aim-above = trên { $value }
par-aim-equal = bằng { $value }
par-aim-rank = từ hạng { $rank } trở lên
par-aim-group = nhóm “{ $group }”
par-aim-rise = tăng ít nhất { $places }
par-aim-not-stated = kế hoạch không nêu: “{ $words }”
par-unstated-rank = xếp hạng, không nêu mức
par-unstated-value = giá trị, không nêu mức
par-unstated-group = nhóm, không nêu tên nhóm
par-unstated-rise = tăng hạng, không nêu số bậc
par-attained-rank = hạng { $rank }
par-attained-ranks = từ hạng { $before } đến hạng { $rank }
par-attained-none = chưa có số liệu
par-outcome-met = đạt
par-outcome-missed = không đạt
par-outcome-not-stated = kế hoạch không nêu
par-outcome-no-figure = chưa có số liệu
par-by-points = { $by } điểm phần trăm
par-by-better = +{ $n } bậc
par-by-worse = −{ $n } bậc
par-by-even = đúng mục tiêu
