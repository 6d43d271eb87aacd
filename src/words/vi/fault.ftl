# Lỗi trong các tệp được đưa vào, theo mã của từng lỗi: sai gì và phải ghi thế nào, không có dấu chấm cuối. Vị trí lỗi đứng trước câu.
-code-rule = từ 1 đến 40 ký tự a-z, 0-9, - và _, bắt đầu bằng chữ hoặc số
faults = có { $n } lỗi; chưa thay đổi gì
faults-more = và { $n } lỗi khác
fault-place-row = dòng { $row }:{ " " }
fault-place-cell = dòng { $row }, cột { $column }:{ " " }
fault-place-text = dòng { $line }, ký tự thứ { $column }:{ " " }
fault-unfit = nội dung này không phù hợp
fault-unreadable = không đọc được{ $row ->
        [0] { "" }
       *[other] { " " }sau dòng { $row }
    }: { $cause }
fault-empty-file = tệp trống; dòng đầu phải ghi tên các cột
fault-large-file = không đọc tiếp được sau dòng { $row }: tệp lớn hơn { $megabytes } MB; hãy chia thành nhiều tệp
fault-endless-row = không đọc tiếp được sau dòng { $row }: có dòng không kết thúc; phải chăng thiếu dấu ngoặc kép?
fault-no-table = từ sau dòng { $row } không còn là tệp CSV: { $cause }
fault-no-commas = các cột không cách nhau bằng dấu phẩy; trong Excel hãy lưu kiểu "CSV UTF-8" và chọn dấu phẩy làm dấu phân cách
fault-many-columns = nhiều hơn { $most } cột
fault-cell-count = dòng có { $cells } ô nhưng bảng có { $columns } cột; phải chăng thiếu dấu phẩy hoặc dấu ngoặc kép?
fault-no-utf8-cell = chữ không theo mã UTF-8; hãy lưu tệp kiểu "CSV UTF-8"
fault-no-rows = dưới dòng tên cột không có dòng nào
fault-column-twice = cột này có hai lần
fault-unknown-column = không có cột nào tên như vậy{ $known ->
        [0] { "" }
       *[other] ; các cột được dùng: { $known }
    }
fault-column-missing = thiếu cột này{ $may_be_empty ->
        [true] ; hãy thêm cột, ô nào không có nội dung thì để trống
       *[other] { "" }
    }
fault-empty-cell = ô này đang để trống; hãy ghi nội dung
fault-no-code = `{ $given }` không phải mã; hãy ghi { -code-rule }
fault-no-date = `{ $given }` không phải ngày; hãy ghi như 2026-11-01 (năm-tháng-ngày)
fault-no-moment = `{ $given }` không phải ngày; hãy ghi ngày như 2026-11-01, hoặc giờ kèm múi giờ như 2026-11-01T08:00:00+07:00
fault-no-year = `{ $given }` không phải năm từ 2000 đến 2100
fault-no-number = `{ $given }` không phải số; hãy ghi chữ số, phần lẻ sau dấu chấm, như 1.25
fault-no-rank = `{ $given }` không phải thứ hạng; hãy ghi số nguyên từ 1
fault-name-length = hãy ghi tên dài từ 1 đến { $most } ký tự
fault-name-line = tên phải nằm trên một dòng, không có dấu xuống dòng, dấu tab hay ký tự không hiển thị
fault-long-text = nội dung dài { $characters } ký tự, quá { $most } ký tự; hãy ghi tên văn bản thay cho nội dung
fault-hidden-signs = nội dung có ký tự không hiển thị; hãy gõ lại
fault-no-units = dưới dòng tên cột không có đơn vị nào
fault-many-units = nhiều hơn { $most } đơn vị; hãy chia thành nhiều tệp
fault-unit-twice = đã có `{ $unit }`{ $row ->
        [0] { " " }ở dòng trên
       *[other] { " " }ở dòng { $row }
    }
fault-unit-nowhere = không có đơn vị `{ $unit }`, cả trong tệp này lẫn trong danh mục đơn vị
fault-no-unit = không có đơn vị `{ $unit }` trong danh mục đơn vị
fault-parent-circle = đơn vị là cấp trên của chính mình: { $path }
fault-merger-circle = đơn vị được sáp nhập vào chính mình: { $path }
fault-ends-before = { $to } sớm hơn ngày ở cột valid_from, { $from }
fault-end-wanted = hãy ghi ngày cuối cùng đơn vị còn tồn tại trước khi sáp nhập vào `{ $other }`
fault-review-columns = phải có các cột { $columns }; hãy xuất lại tệp
fault-no-remark = không có ý kiến nào mang số này; không thêm ý kiến được
fault-remark-twice = ý kiến này có hai lần
fault-undecided = hãy ghi giữ hoặc bỏ (keep hoặc drop)
fault-other-words = người trả lời không viết như vậy; chỉ được thay từng chỗ bằng { $blank }, không được sửa gì khác, hoặc bỏ ý kiến này
fault-remarks-missing = thiếu { $remarks } ý kiến; tệp phải có đủ mọi ý kiến, dù giữ hay bỏ
fault-no-sheets = dưới dòng tên cột không có phiếu nào có câu trả lời
fault-no-item-of-column = phiếu hỏi `{ $questionnaire }` không có câu hỏi nào mang mã này
fault-unit-column-missing = thiếu cột này; cột ghi mỗi phiếu nói về đơn vị nào
fault-item-column-missing = câu hỏi này không có cột; hãy thêm cột, không hỏi câu này thì để trống các ô
fault-unit-merged = đơn vị `{ $unit }` đã sáp nhập; hãy ghi `{ $other }`
fault-unit-not-asked = trong đợt này, phiếu hỏi không hỏi về `{ $unit }`
fault-unit-wanted = hãy ghi mã của đơn vị mà phiếu nói về
fault-group-wanted = hãy ghi một trong các nhóm của phiếu hỏi: { $groups }
fault-group-no-code = nhóm người trả lời phải ghi bằng mã: { -code-rule }
fault-no-item = không có câu hỏi này
fault-not-an-option = câu hỏi không có phương án này; hãy ghi { $options }{ $several ->
        [true] { " " }(chọn nhiều thì ngăn cách bằng ;)
       *[other] { "" }
    }{ $no_opinion ->
        [true] , hoặc NOT_APPLICABLE
       *[other] { "" }
    }, hoặc để trống
fault-one-answer = câu hỏi này chỉ chọn một phương án
fault-no-opinion-beside = đã ghi NOT_APPLICABLE thì không ghi thêm gì khác
fault-no-opinion-not-offered = câu hỏi này không cho trả lời NOT_APPLICABLE
fault-long-answer = tối đa { $most } ký tự
fault-mode-of-codes = phiếu có mã chỉ được gửi qua phiếu trực tuyến của mã ấy; nếu phiếu này được điền bằng cách khác, hãy ghi cách điền: { $known }; nếu không, hãy bỏ dòng này
fault-no-mode = không có cách điền này; hãy ghi { $known }, hoặc để trống nếu là phiếu giấy
fault-unfit-label = tối đa { $most } ký tự, trên một dòng
fault-no-mark = hãy ghi 1 nếu người trả lời chưa làm việc với đơn vị; nếu không thì ghi 0 hoặc để trống
fault-answered-nevertheless = hãy để trống: dòng này ghi là người trả lời chưa làm việc với đơn vị
fault-unit-not-scored = đơn vị `{ $unit }` không được chấm điểm trong đợt này
fault-no-criterion = bộ tiêu chí của khối không có tiêu chí `{ $criterion }`
fault-is-field = `{ $criterion }` là lĩnh vực; điểm được nhập cho các tiêu chí trong lĩnh vực
fault-has-parts = `{ $criterion }` là tiêu chí có tiêu chí thành phần; điểm được nhập cho các tiêu chí thành phần
fault-criterion-twice = đơn vị `{ $unit }` đã có dòng cho tiêu chí `{ $criterion }`
fault-not-applicable-beside = { $mark } nghĩa là tiêu chí không áp dụng; hãy để trống các cột điểm khác của dòng này
fault-left-out = tiêu chí `{ $criterion }` đang không áp dụng cho đơn vị này; muốn áp dụng lại, trước hết hãy ghi { $mark }
fault-surveyed = điểm của `{ $criterion }` tự lấy từ khảo sát; hãy để trống ô này
fault-not-of-block = tiêu chí `{ $criterion }` không áp dụng cho khối này; hãy để trống ô này
fault-many-points = { $given } điểm vượt quá điểm tối đa { $maximum }
fault-impossible-points = ở đây không cho { $given } điểm được; các mức điểm: { $possible }
fault-no-option-of-statistic = không có phương án `{ $given }`; các phương án: { $possible }
fault-thousands-mark = dấu trong `{ $given }` có thể là dấu ngăn hàng nghìn; hãy ghi { $whole } hoặc { $decimal }
fault-part-not-open = đợt đang ở bước { $step }; cột `{ $column }` được nhập ở bước { $open_steps }
fault-no-target-type = không có loại chỉ tiêu `{ $given }`; các loại: { $known }
fault-figure-twice = số liệu này đã có ở dòng trên
fault-no-block = `{ $given }` không phải mã của khối
fault-index-above = chỉ số tối đa là 100
fault-site-scheme = `{ $given }` không phải là địa chỉ trang web; hãy ghi như https://khaosat.example.gov.vn (http:// chỉ dùng cho chính máy này)
fault-site-host = `{ $given }` không có tên máy chủ truy cập được, hoặc có tên người dùng hay ký tự khác; hãy ghi như https://khaosat.example.gov.vn
fault-site-path = `{ $given }` có phần đứng sau tên máy chủ, trong khi mọi địa chỉ của hệ thống bắt đầu ngay sau đó; hãy ghi như https://khaosat.example.gov.vn
fault-one-line = hãy ghi từ 1 đến { $most } ký tự trên một dòng, không có ký tự ẩn
fault-many-lines = tối đa { $most } dòng
fault-nameless-block = khối `{ $block }` chưa có tên nên sẽ bị in bằng mã; hãy đặt tên cho khối trong mục [organiser.blocks] của tệp mô tả đợt
fault-logo-place = biểu trưng phải là một tệp thông thường nằm trong thư mục chứa tệp mô tả đợt; hãy đặt tệp vào đó và chỉ ghi tên tệp
fault-logo-kind = đây không phải hình vẽ SVG hay ảnh PNG; hãy lưu biểu trưng theo một trong hai định dạng này
fault-logo-large = tệp lớn hơn { $kilobytes } KiB; hãy lưu bản nhỏ hơn
fault-logo-broken = tệp biểu trưng bị thiếu hoặc sai cấu trúc; hãy lưu lại
fault-logo-points = ảnh trống, hoặc có cạnh dài hơn { $most } điểm ảnh; hãy lưu bản nhỏ hơn
fault-logo-view-box = hình vẽ không ghi chiều rộng và chiều cao; hãy thêm viewBox vào phần tử ngoài cùng
fault-logo-part = hình vẽ có `{ $part }`; chỉ nhận hình và chữ đơn thuần, hãy lưu thành SVG đơn giản (plain SVG) hoặc PNG
fault-logo-reference = hình vẽ lấy nội dung từ nơi khác: `{ $given }`; hãy để mọi thứ trong chính hình vẽ
fault-large-text = tệp lớn hơn { $most } byte
fault-no-utf8 = chữ không theo mã UTF-8; hãy lưu tệp theo mã UTF-8
fault-no-toml = không đúng cách viết của tệp mô tả đợt: { $cause }
fault-round-id = đây không phải mã của đợt; hãy ghi { -code-rule }
fault-round-id-reserved = hệ thống đã dùng từ `{ $given }` trong địa chỉ các trang; hãy chọn mã khác, chẳng hạn năm
fault-year-range = hãy ghi năm được đánh giá, từ { $least } đến { $most }
fault-closes-before = đợt sẽ đóng trước khi mở
fault-no-purpose = đợt phải có ít nhất một phiếu hỏi hoặc một bộ tiêu chí; hãy thêm [[questionnaire]] hoặc schemes = ["…"]
fault-many-questionnaires = một đợt có tối đa { $most } phiếu hỏi
fault-questionnaire-id = đây không phải mã của phiếu hỏi; hãy ghi { -code-rule }
fault-questionnaire-twice = đã có phiếu hỏi `{ $questionnaire }`; hãy ghi mọi đơn vị của phiếu ở một chỗ
fault-units-wanted = hãy ghi `{ $questionnaire }` hỏi về những đơn vị nào: units, blocks hoặc cả hai
fault-unit-outside = đơn vị `{ $unit }` { $why ->
        [ended] đã kết thúc ngày { $day }
        [begins] chỉ có từ ngày { $day }
       *[never] không tồn tại
    }, mà đợt kéo dài từ { $first_day } đến { $last_day }{ $instead ->
        [0] { "" }
       *[other] ; công việc nay thuộc `{ $instead }`, hãy hỏi về đơn vị ấy
    }
fault-no-units-of-block = khối `{ $block }` không có đơn vị nào trong thời gian của đợt; danh mục đơn vị có các khối { $known }
fault-scheme-id = đây không phải mã của bộ tiêu chí; hãy ghi { -code-rule }
fault-scheme-twice = đã có bộ tiêu chí `{ $scheme }`
fault-other-round-wanted = thay đổi được so với một đợt khác, đã công bố trước đó; hãy ghi mã của đợt ấy
fault-steps-without-schemes = đợt không có bộ tiêu chí thì không có bước chấm điểm; hãy ghi schemes = ["…"]
fault-no-step = không có bước `{ $given }`; các bước: { $known }
fault-step-closes-before = bước sẽ kết thúc trước khi bắt đầu
fault-step-disorder = bước { $step } không tiếp theo bước trước; mỗi bước ghi một lần, theo thứ tự và theo ngày diễn ra
fault-first-step = bước đầu tiên phải là { $first }
