# Lỗi trong tệp mô tả phiếu hỏi và bộ tiêu chí: sai gì thì theo từng lỗi, phải làm gì thì theo mã in kèm, hoặc sát hơn theo từng lỗi. Không có dấu chấm cuối.
# Từ ngữ của tệp được giữ nguyên như trong tệp.
definition-more = (và sau lỗi này còn { $n } lỗi khác)
name-thing-questionnaire = phiếu hỏi
name-thing-scheme = bộ tiêu chí
name-thing-part = phần
name-thing-item = câu hỏi
name-thing-option = phương án
name-thing-scale = thang đánh giá
name-thing-content = nội dung
name-thing-factor = yếu tố
name-thing-group = nhóm
name-thing-criterion = tiêu chí
name-thing-unit = đơn vị
name-thing-band = mức xếp loại
name-thing-block = khối
name-thing-scheme-part = lĩnh vực, tiêu chí hoặc tiêu chí thành phần
name-things-languages = ngôn ngữ
name-things-parts = phần
name-things-items = câu hỏi và mục thông tin về người trả lời
name-things-options = phương án
name-things-scales = thang đánh giá
name-things-contents = nội dung
name-things-factors = yếu tố
name-things-groups = nhóm
name-things-criteria = tiêu chí
definition-unreadable = không đọc được: { $cause }
definition-not-utf8 = không đọc được: dòng { $line } không theo mã UTF-8
definition-empty-folder = không đọc được: thư mục không có tệp mô tả nào (*.toml)
definition-large-file = tệp có { $bytes } byte, quá mức cho phép là { $most }
definition-no-toml = không đúng cách viết TOML: { $cause }
definition-unknown-key = { $table ->
        [0] tệp
       *[other] `{ $table }`
    } có mục không được dùng `{ $key }`
definition-missing-key = { $table ->
        [0] tệp
       *[other] `{ $table }`
    } thiếu mục `{ $key }`
definition-wrong-type = `{ $key }` phải là { $wanted ->
        [words] câu chữ bằng từng ngôn ngữ
        [table] một bảng gồm các mục và giá trị
        [list] một danh sách
        [boolean] true hoặc false
        [integer] số nguyên
        [number] số
       *[text] một đoạn chữ
    }, không phải { $found ->
        [large] số lớn như vậy
        [number] số
        [boolean] true hoặc false
        [date] ngày
        [list] danh sách
        [table] bảng
       *[text] một đoạn chữ
    }
definition-unread = không đọc được giá trị này: { $cause }
definition-unknown-word = `{ $key }` không thể là `{ $given }`
definition-too-many = có { $count } { $things }, quá mức cho phép là { $most }
definition-many-criteria = có { $fields } lĩnh vực và { $criteria } tiêu chí, quá mức cho phép là { $most_fields } và { $most }
definition-empty-text = { $key ->
        [0] câu chữ này
       *[other] `{ $key }`
    } đang để trống
definition-long-text = { $key ->
        [0] câu chữ này
       *[other] `{ $key }`
    } dài { $characters } ký tự, quá { $most } ký tự
definition-hidden-character = { $key ->
        [0] câu chữ này
       *[other] `{ $key }`
    } có ký tự không nhìn thấy { $character }
definition-no-language = `{ $given }` không phải mã ngôn ngữ
definition-language-twice = ngôn ngữ `{ $given }` có hai lần
definition-language-wanted = `languages` thiếu "{ $wanted }"
definition-words-missing = thiếu câu chữ bằng { $languages }
definition-label-missing = thiếu câu chữ thay cho "{ $vi }" bằng { $languages }
definition-undeclared-language = ngôn ngữ `{ $given }` chưa được khai báo
definition-bad-code = mã { $thing } `{ $given }` không đúng quy cách
definition-code-twice = mã { $thing } `{ $given }` có hai lần, lần đầu ở dòng { $line }
definition-reserved-code = mã { $thing } `{ $given }` đã được hệ thống dùng
definition-scale-wanted = câu hỏi `{ $item }` không ghi thang đánh giá
definition-few-options = `{ $owner }` có { $count } phương án, phải có ít nhất 2
definition-unfit-key = câu hỏi `{ $item }` thuộc loại không được có { $key ->
        [0] phương án
       *[other] `{ $key }`
    }
definition-second-write-in = câu hỏi có phương án thứ hai cho tự viết
definition-unknown-reference = không có { $thing } `{ $given }`
definition-unused-scale = không câu hỏi nào dùng thang đánh giá `{ $scale }`
definition-satisfied-below = mức `{ $given }` không được coi là hài lòng, trong khi một mức thấp hơn lại được coi là hài lòng
definition-no-parts = phiếu hỏi không có phần nào
definition-empty-part = phần `{ $given }` không có câu hỏi nào
definition-condition-unknown-item = không có câu hỏi `{ $item }`
definition-condition-not-earlier = điều kiện dựa vào `{ $item }`, { $why ->
        [itself] chính là câu hỏi này
        [inside] nằm ngay trong phần này
       *[after] đứng sau
    }
definition-condition-on-remark = điều kiện dựa vào `{ $item }`, là câu hỏi trả lời bằng lời tự viết
definition-condition-without-option = điều kiện không ghi phương án nào
definition-condition-unknown-option = `{ $item }` không có phương án `{ $given }`
definition-condition-option-twice = phương án `{ $given }` có hai lần
definition-factor-without-items = không câu hỏi nào tính vào yếu tố `{ $factor }`
definition-content-without-factors = không yếu tố nào thuộc nội dung `{ $content }`
definition-factor-needs-scale = câu hỏi `{ $item }` tính vào một yếu tố nhưng không có thang đánh giá
definition-index-without-factors = có [index] nhưng không có yếu tố nào để tính chỉ số
definition-factors-without-index = có các yếu tố nhưng không có [index] cho biết cách tính chỉ số
definition-satisfied-one-sort = satisfied-share cần cả mức hài lòng lẫn mức không hài lòng, nhưng { $every ->
        [true] mọi mức của `{ $scale }` đều là
       *[other] không mức nào của `{ $scale }` là
    } mức hài lòng
definition-scales-differ = muốn tính trung bình gộp mọi câu trả lời thì các thang đánh giá phải có số mức bằng nhau; ở đây là { $scales }
definition-bad-maximum = `maximum` không thể là { $given }
definition-bad-least-sheets = `least_sheets` không thể là { $given }
definition-group-least-sheets = { $given } không nằm trong khoảng từ { $least } đến { $most }
definition-id-taken = mã { $thing } `{ $given }` đã được dùng trong tệp { $other }
definition-bad-weight = `weight` không thể là { $given }
definition-group-weight = { $given } không nằm trong khoảng từ { $least } đến { $most }
definition-not-about-units = có nhóm hoặc tiêu chí nhưng không có [about_units]
definition-nobody-rates = có [about_units] thì phải có ít nhất một [[group]] và một [[criterion]]
definition-unfit-about-units = phiếu hỏi về các đơn vị không được có { $what ->
        [attributes] mục thông tin về người trả lời
        [index] [index]
        [conditions] điều kiện
       *[required] câu hỏi bắt buộc trả lời
    }
definition-bad-scope = chỗ này không cho biết nhóm đánh giá những đơn vị nào
definition-option-without-weight = câu hỏi `{ $item }` tính vào một tiêu chí, nhưng không phải phương án nào cũng có trọng số
definition-no-opinion-missing = câu hỏi `{ $item }` tính vào một tiêu chí, nhưng không cho trả lời "không có ý kiến"
definition-criterion-without-items = không câu hỏi nào tính vào tiêu chí `{ $criterion }`
definition-sum-differs = tổng điểm tối đa của { $of ->
        [fields] các lĩnh vực
        [criteria] các tiêu chí
       *[sub-criteria] các tiêu chí thành phần
    } là { $sum }, không phải { $declared }
definition-bad-number = { $key ->
        [0] mốc này
       *[other] `{ $key }`
    } không thể là { $given }; tối đa { $most }
definition-maximum-without-source = không rõ điểm tối đa của lĩnh vực `{ $field }` lấy từ đâu
definition-no-fields = không có [[field]] nào
definition-field-without-criteria = lĩnh vực `{ $field }` không có tiêu chí nào
definition-points-of-subs = `{ $criterion }` có các tiêu chí thành phần nên điểm lấy từ đó
definition-origin-key-wanted = `{ $criterion }` phải có `{ $key }` để biết điểm lấy từ đâu
definition-origin-key-unfit = `{ $criterion }` lấy điểm từ nguồn này thì không được có `{ $key }`
definition-highest-below = `highest` phải lớn hơn `lowest`
definition-key-of-other-rule = `{ $key }` thuộc một quy tắc khác
definition-many-points = { $given } điểm vượt quá điểm tối đa { $maximum }
definition-band-points = mỗi mức ghi một trong hai: `points` hoặc `proportional = true`
definition-bound-count = quy tắc này phải có từ 1 đến { $most } mốc
definition-bounds-descend = các mốc phải tăng dần
definition-few-weights = `option-weights` phải có ít nhất hai phương án
definition-threshold-wanted = `{ $criterion }` phải có `threshold`
definition-percents-no-options = `{ $criterion }` nhận tỷ lệ phần trăm từ khảo sát, không nhận phương án
definition-rule-of-values = `{ $criterion }` được chấm thẳng bằng điểm, còn quy tắc này đổi số liệu ra điểm
definition-counted-twice = các câu hỏi thuộc `{ $given }` của `{ $questionnaire }` đã tính vào `{ $criterion }`
definition-items-counted-twice = `{ $criterion }`: các câu hỏi của `{ $given }` đã tính vào `{ $other }`
definition-no-blocks = không có [[block]] nào để áp dụng bộ tiêu chí
definition-block-twice = khối `{ $block }` có hai lần cho cùng một năm
definition-tie-break-adjusts = `{ $given }` chỉ gồm điểm cộng, điểm trừ, không phân định được các chỉ số bằng nhau
definition-nothing-applies = không có gì trong bộ tiêu chí áp dụng cho khối `{ $block }`
definition-bad-year = { $given } không phải năm từ { $least } đến { $most }
definition-band-overlaps = mức xếp loại `{ $band }` trùm lên mức đứng trước
definition-bands-end = chỉ số thấp hơn mốc này không thuộc mức xếp loại nào
definition-no-questionnaire = `{ $criterion }`: không có tệp mô tả của phiếu hỏi `{ $questionnaire }`
definition-no-index = `{ $criterion }`: phiếu hỏi `{ $questionnaire }` không tính chỉ số
definition-no-content-or-factor = `{ $criterion }`: phiếu hỏi `{ $questionnaire }` không có nội dung hay yếu tố `{ $given }`
definition-not-rated = `{ $criterion }`: phiếu hỏi `{ $questionnaire }` không cho đánh giá tiêu chí `{ $rated }`
definition-condition-on-attribute = điều kiện dựa vào `{ $item }`, là thông tin người trả lời cho biết về mình
definition-condition-on-index = điều kiện dựa vào `{ $item }`, là câu hỏi dùng để tính chỉ số
definition-hint-unknown-key = { $meant ->
        [0] ở đây có các mục: { $known }
       *[other] phải chăng là `{ $meant }`?
    }
definition-hint-unknown-word = { $meant ->
        [0] { "" }
       *[other] phải chăng là "{ $meant }"?{ " " }
    }các từ được dùng: { $possible }
definition-hint-wrong-type = { $wanted ->
        [words] hãy ghi { "{" } vi = "…", en = "…" { "}" }
        [table] hãy ghi { "{" } mục = giá trị, … { "}" }, hoặc dòng [bảng] rồi các mục ở dưới
        [list] hãy đặt các giá trị trong [ ], cách nhau bằng dấu phẩy; nhiều bảng thì ghi thành các dòng [[…]]
        [boolean] hãy ghi true hoặc false, không đặt trong dấu ngoặc kép
        [integer] hãy chỉ ghi chữ số, không đặt trong dấu ngoặc kép
        [number] hãy ghi số, không đặt trong dấu ngoặc kép, phần lẻ sau dấu chấm
       *[text] hãy đặt trong dấu ngoặc kép
    }
definition-hint-label-missing = hãy thêm mục `{ $key }` ở đầu tệp, có câu chữ bằng mọi ngôn ngữ
definition-hint-unknown-reference = { $meant ->
        [0] hãy sửa tên, hoặc thêm phần mô tả mang tên ấy
       *[other] phải chăng là `{ $meant }`?
    }
definition-hint-condition-unknown-item = { $meant ->
        [0] hãy ghi một câu hỏi đứng trước trong phiếu
       *[other] phải chăng là `{ $meant }`?
    }
definition-hint-condition-unknown-option = các phương án của câu hỏi: { $known }
definition-hint-D001 = hãy xem tệp có ở đó không, có được phép đọc không và có lưu theo mã UTF-8 không
definition-hint-D002 = một tệp mô tả lớn nhất 512 KiB; hãy chia làm hai
definition-hint-D003 = hãy sửa lỗi này trước: chữ đặt trong dấu ngoặc kép, danh sách trong [ ], mỗi dòng [[bảng]] đứng riêng một dòng
definition-hint-D005 = hãy thêm mục này; tệp JSON Schema để cùng các tệp mô tả cho biết nghĩa của mục
definition-hint-D006 = hãy ghi giá trị như tệp JSON Schema để cùng các tệp mô tả quy định
definition-hint-D008 = hãy bớt đi, hoặc chia thành hai tệp mô tả
definition-hint-D009 = hãy ghi nội dung, hoặc bỏ mục này nếu được phép bỏ
definition-hint-D010 = hãy viết ngắn hơn: câu chữ dài tối đa 1.000 ký tự, phiên bản tối đa 40 ký tự
definition-hint-D011 = hãy gõ lại bằng tay; chép và dán đôi khi mang theo ký tự không nhìn thấy
definition-hint-D012 = ít nhất phải ghi languages = ["vi", "en"]; mỗi ngôn ngữ là 2 hoặc 3 chữ thường và chỉ ghi một lần
definition-hint-D013 = hãy thêm câu chữ bằng ngôn ngữ ấy
definition-hint-D014 = hãy bỏ đi, hoặc thêm ngôn ngữ này vào `languages` ở đầu tệp
definition-hint-D015 = mã gồm { -code-rule }
definition-hint-D016 = hãy đặt mã khác cho một trong hai
definition-hint-D017 = hãy chọn mã khác; mã này có nghĩa riêng trong địa chỉ, trong phiếu hoặc trong tệp nhập vào
definition-hint-D018 = hãy thêm scale = "…" với mã của một [[scale]], hoặc chọn loại câu hỏi khác
definition-hint-D019 = hãy ghi ít nhất hai phương án
definition-hint-D020 = hãy bỏ mục này, hoặc đổi `kind`
definition-hint-D021 = chỉ để write_in = true ở một phương án
definition-hint-D023 = hãy bỏ thang đánh giá này, hoặc ghi nó vào các câu hỏi cần dùng
definition-hint-D024 = hãy xếp các mức từ thấp đến cao, satisfied = true ở những mức cuối
definition-hint-D025 = hãy thêm [[part.item]] vào phần này, hoặc bỏ phần này
definition-hint-D027 = điều kiện chỉ dựa được vào câu đã hỏi: hãy chuyển câu hỏi mà điều kiện dựa vào lên trước
definition-hint-D028 = hãy dựa vào một câu hỏi có phương án
definition-hint-D029 = hãy ghi mã các phương án của câu hỏi ấy, mỗi mã một lần
definition-hint-D030 = hãy ghi yếu tố này vào các câu hỏi đo nó, hoặc bỏ yếu tố này
definition-hint-D031 = hãy ghi nội dung này vào các yếu tố của nó, hoặc bỏ nội dung này
definition-hint-D032 = hãy bỏ `factor`, hoặc đổi câu hỏi thành loại "scale"
definition-hint-D033 = hãy thêm [[content]], [[factor]] và ghi factor = "…" ở các câu hỏi, hoặc bỏ [index]
definition-hint-D034 = hãy thêm [index] với item_value và aggregation, hoặc bỏ các yếu tố
definition-hint-D035 = hãy chọn quy tắc khác trong [index], hoặc sửa thang đánh giá
definition-hint-D036 = hãy ghi số lớn hơn 0, tối đa 100, nhiều nhất hai chữ số sau dấu chấm, như 10 hoặc 9.5
definition-hint-D037 = hãy ghi số nguyên từ 10 đến 100000, hoặc bỏ mục này; dưới 10 phiếu thì lộ ra từng người
definition-hint-D038 = hãy đặt mã khác cho một trong hai
definition-hint-D039 = trọng số của phương án là số nguyên từ 0 đến 100 (phần trăm), của nhóm là số nguyên từ 1 đến 1000
definition-hint-D040 = hãy thêm [about_units] với combination = "group-weights" hoặc "pooled", hoặc bỏ các nhóm và tiêu chí
definition-hint-D041 = hãy ghi ai đánh giá bằng [[group]], và kết quả tính vào đâu bằng [[criterion]]
definition-hint-D042 = hãy bỏ đi: các câu hỏi lặp lại cho từng đơn vị, và ít cán bộ trả lời nên có thể nhận ra từng người
definition-hint-D043 = hãy ghi một trong các cách: { "{" } block = "…" { "}" }, { "{" } block = "…", sample = 1 đến 15 { "}" }, { "{" } units = [1 đến 15 mã] { "}" }, { "{" } own_parent = true { "}" }
definition-hint-D044 = hãy ghi trọng số phần trăm cho mọi phương án của câu hỏi, hoặc mọi mức của thang đánh giá, như 100, 60, 20 và 0
definition-hint-D045 = hãy ghi no_opinion = true: không thể buộc ai đánh giá điều mình không biết
definition-hint-D046 = hãy ghi tiêu chí này vào các câu hỏi đo nó, hoặc bỏ tiêu chí này
definition-hint-D047 = hãy sửa một trong các điểm tối đa, hoặc sửa tổng
definition-hint-D048 = hãy ghi số từ 0 trở lên, nhiều nhất hai chữ số sau dấu chấm
definition-hint-D049 = hãy ghi văn bản có điểm này vào `source`, hoặc ghi unverified = true
definition-hint-D050 = hãy thêm [[field]] và các [[field.criterion]] ở dưới
definition-hint-D051 = `from` quyết định phải ghi mục nào: questionnaire và index cho satisfaction, questionnaire và rated cho officials, conversion cho statistic
definition-hint-D052 = hãy so với các quy tắc nêu trong tệp JSON Schema để cùng các tệp mô tả
definition-hint-D053 = mỗi số liệu của khảo sát chỉ được tính vào một tiêu chí
definition-hint-D054 = mỗi khối, và mỗi năm của khối, phải có một [[block]] riêng
definition-hint-D055 = hãy xếp các mức từ cao đến thấp, mức cuối có from = 0
definition-hint-D056 = hãy sửa tên, hoặc kiểm tra bộ tiêu chí cùng với thư mục các phiếu hỏi của nó
definition-hint-D057 = hãy hỏi mọi người, hoặc đặt một câu hỏi riêng dẫn đến câu này
definition-hint-D058 = hãy đặt trước đó một câu hỏi riêng dẫn đến câu này, không có factor
