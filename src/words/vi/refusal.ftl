# Câu nói vì sao một việc không làm được, theo mã của từng lý do, không có dấu chấm cuối. Cách khắc phục do nơi hiển thị thêm vào.
refusal-no-round = không có đợt `{ $round }`
refusal-round-exists = đã có đợt `{ $round }`; hãy chọn mã khác
refusal-round-step = đợt `{ $round }` { $state }; chỉ từ trạng thái “{ $from_state }” mới chuyển sang “{ $to_state }” được
refusal-closed-already = đợt `{ $round }` đã đóng rồi
refusal-not-open = đợt `{ $round }` { $state }; việc này chỉ làm được khi đợt đang mở
refusal-not-closed = đợt `{ $round }` { $state }; chỉ công bố được đợt đã đóng
refusal-not-published = đợt `{ $round }` { $state }; chỉ đính chính được đợt đã công bố
refusal-never-opened = đợt `{ $round }` chưa mở lần nào nên không có phiếu
refusal-no-figures = đợt `{ $round }` { $state }; đóng đợt rồi mới có số liệu
refusal-draft-figures = đợt `{ $round }` chưa công bố
refusal-no-sheets = đợt `{ $round }` { $state }; đóng đợt rồi mới xuất được dữ liệu từng phiếu
refusal-no-scores = đợt `{ $round }` không có điểm vì không dùng bộ tiêu chí nào
refusal-no-rows = bảng `{ $table }` của { $questionnaires } không có dòng nào; các bảng có số liệu: { $others }
refusal-not-asked = đợt `{ $round }` không có phiếu hỏi `{ $questionnaire }`; các phiếu hỏi của đợt: { $asked }
refusal-questionnaire-wanted = { $asked ->
        [0] đợt `{ $round }` không có phiếu hỏi nào
       *[other] đợt `{ $round }` có các phiếu hỏi { $asked }; phải chọn một phiếu
    }
refusal-not-draft = đợt `{ $round }` { $state }; chỉ mở được đợt còn là bản nháp
refusal-window-reversed = đợt `{ $round }` có ngày đóng trước ngày mở; hãy tạo lại đợt
refusal-window-over = đợt `{ $round }` đã hết hạn từ { $end }
refusal-no-purpose = đợt `{ $round }` không có phiếu hỏi, cũng không có bộ tiêu chí; hãy tạo lại đợt
refusal-no-units = phiếu hỏi `{ $questionnaire }` không hỏi về đơn vị nào; hãy tạo lại đợt, có ghi đơn vị
refusal-units-outside = phiếu hỏi `{ $questionnaire }` không hỏi được về những đơn vị không tồn tại đủ mọi ngày từ { $first_day } đến { $last_day }; hãy tạo lại đợt, bỏ ra { $units }
refusal-no-questionnaire = thư mục tệp mô tả không có phiếu hỏi `{ $questionnaire }`
refusal-right-not-for-all = quyền của bạn chỉ gồm một số đợt hoặc đơn vị, còn việc này liên quan đến mọi đợt
refusal-right-not-for-round = quyền của bạn không gồm toàn bộ đợt `{ $round }`
refusal-right-not-for-unit = quyền của bạn không gồm đơn vị `{ $unit }` trong đợt `{ $round }`
refusal-no-such-scheme = thư mục tệp mô tả không có bộ tiêu chí `{ $scheme }`
refusal-scheme-without-units = bộ tiêu chí `{ $scheme }` áp dụng cho { $blocks } trong năm { $year }, nhưng danh mục đơn vị không có đơn vị nào ở đó
refusal-scored-twice = bộ tiêu chí `{ $scheme }` và bộ tiêu chí `{ $other }` cùng chấm khối `{ $block }` năm { $year }; hãy chỉ dùng một bộ
refusal-not-extended = đợt `{ $round }` { $state }; chỉ gia hạn được đợt còn là bản nháp hoặc đang mở
refusal-runs-longer = đợt `{ $round }` vốn kéo dài đến { $until }; hãy ghi thời hạn muộn hơn
refusal-end-passed = { $end } đã qua; hãy ghi thời hạn chưa tới
refusal-no-seal = đợt `{ $round }` chưa được niêm phong
refusal-not-to-seal = đợt `{ $round }` { $state }; chỉ niêm phong được đợt đang mở hoặc đang đóng
refusal-nothing-to-seal = đợt `{ $round }` không hỏi gì nên không có gì để niêm phong; đóng đợt này không cần khóa
refusal-burnt-before = { $who } đã xác nhận không còn bản sao nào của khóa đợt `{ $round }`; kết quả ghi tên người này và giữ nguyên
refusal-sealed-already = đợt `{ $round }` đã được niêm phong, dấu vân tay của khóa { $fingerprint }; không phải làm gì nữa
refusal-key-wanted = cần khóa mở của đợt `{ $round }`, khóa có dấu vân tay { $fingerprint }
refusal-other-key = đây không phải khóa mở của đợt `{ $round }`; khóa của đợt có dấu vân tay { $fingerprint }
refusal-no-key = đợt `{ $round }` { $state }; đợt chỉ có khóa mở khi đang mở hoặc đang đóng
refusal-key-needed = đợt `{ $round }` { $state }; còn cần khóa mở cho đến khi đóng xong đợt
refusal-nothing-to-burn = đợt `{ $round }` chưa từng được niêm phong nên không có khóa mở nào để hủy
refusal-secret-wanted = đợt `{ $round }` đã có mã được dùng; không có khóa bí mật của các mã thì sau này không biết được mã nào đã dùng
refusal-other-secret = các mã của đợt `{ $round }` được tạo bằng khóa bí mật khác
refusal-secret-missing = { $file } không phải khóa bí mật của mã trong đợt `{ $round }`; hãy mang thư mục khóa từ nơi đã phát mã đến
refusal-secret-left = đợt `{ $round }` đã công bố, nhưng khóa bí mật của các mã chưa bị hủy: { $cause }
refusal-no-groups = phiếu hỏi `{ $questionnaire }` không chia nhóm người trả lời
refusal-no-group = phiếu hỏi `{ $questionnaire }` có các nhóm { $groups }
refusal-unit-asked-wanted = phải ghi đơn vị mà người dân được hỏi về
refusal-own-unit-wanted = phải ghi đơn vị của chính người trả lời
refusal-units-fixed = các đơn vị mà nhóm `{ $group }` đánh giá đã được định sẵn trong phiếu hỏi
refusal-unit-not-asked = trong phiếu hỏi này, đợt không hỏi về đơn vị `{ $unit }`
refusal-no-parent = trong danh mục đơn vị, `{ $unit }` không có đơn vị cấp trên; hãy nhập lại danh mục, có cột `parent`
refusal-block-size = khối `{ $block }` có { $units } đơn vị trong đợt này; mỗi người đánh giá từ 1 đến { $most } đơn vị (dùng `sample` trong định nghĩa để chọn ngẫu nhiên)
refusal-no-server = không có máy chủ tên `{ $server }`; { $known ->
        [0] chưa có máy chủ nào đăng ký
       *[other] các máy chủ đã đăng ký: { $known }
    }
refusal-unreported = đợt `{ $round }` đang đóng, nhưng các máy chủ sau chưa báo là hòm phiếu đã trống: { $servers }; { $holding ->
        [0] lần cuối liên lạc được với các máy này, không có đợt nào đang mở
       *[other] có thể còn phiếu ở { $holding }
    }
refusal-lost-with-key = đóng đợt `{ $round }` sẽ hủy khóa mở, mất luôn: { $sheets } phiếu hoặc ý kiến mà khóa không mở được, { $rows } dòng không đọc được nên phải để riêng, { $letterboxes } hòm phiếu bị bỏ qua
refusal-no-room-to-close = ổ đĩa không còn chỗ cho cơ sở dữ liệu: { $cause }. Đóng đợt phải ghi lại toàn bộ câu trả lời, cần chỗ trống trên cùng ổ đĩa khoảng 1,5 lần dung lượng cơ sở dữ liệu{ $megabytes ->
        [0] { "" }
       *[other] { " " }({ $megabytes } MB)
    }. Đợt `{ $round }` { $state }; không mất gì, khóa mở vẫn được giữ
refusal-not-in-file = đợt `{ $round }` đã đóng, nhưng câu trả lời chưa nằm hết trong tệp cơ sở dữ liệu ({ $cause }). Khóa mở vẫn được giữ
refusal-servers-run = các máy chủ sau đang chạy: { $servers }; hãy dừng mọi máy chủ trước, và không khởi động máy nào cho đến khi xong việc này
refusal-server-runs = máy chủ `{ $server }` đang chạy; hãy dừng máy trước rồi mới xóa khỏi danh sách
refusal-server-may-hold = trong hòm phiếu của `{ $server }` có thể còn phiếu, thiếu hòm phiếu này thì các phiếu ấy không bao giờ được tính; khi đó các mã đã gửi phiếu ấy lại dùng được
refusal-not-a-letterbox = { $file } không phải hòm phiếu; hãy ghi đúng tệp của hòm phiếu
refusal-no-letterbox = { $file }: không có hòm phiếu ở đây
refusal-letterbox-in-use = { $file }: máy chủ của hòm phiếu này đang chạy; hãy dừng máy trước rồi mới cứu phiếu
refusal-nothing-to-salvage = không có đợt nào đang mở hoặc đang đóng; đợt đã đóng thì khóa mở đã bị hủy, không cứu phiếu được nữa
refusal-several-to-salvage = có nhiều đợt đang mở hoặc đang đóng: { $rounds }
refusal-server-name-taken = đã có máy chủ khác, với hòm phiếu riêng, tên là `{ $server }`; nếu máy này được sao từ máy kia, hãy đặt tên khác cho máy này
refusal-server-moves = máy chủ `{ $server }` vừa bắt đầu chạy hoặc vừa dừng; hãy xem lại
refusal-file-elsewhere = phiếu trong tệp này đã có ở đợt `{ $round }`, mà mỗi tệp chỉ được nhập vào một đợt: phần chung của hai đợt có thể bị đem trừ cho nhau
refusal-file-shared = đợt `{ $round }` và đợt `{ $other }` (đã công bố) có chung phiếu nhập từ một tệp: ai xem số liệu của cả hai đợt đều có thể đem trừ cho nhau
refusal-file-repeated = chính tệp này đã được nhập trước đây ({ $sheets } phiếu)
refusal-sheets-repeated = các phiếu này đã được nhập trước đây từ một tệp khác ({ $sheets } phiếu)
refusal-unit-repeated = mọi phiếu của tệp này về một đơn vị đã được nhập trước đây từ một tệp khác
refusal-files-other-secret = các tệp nhập trước đây được nhận ra bằng khóa bí mật khác với `imported-files.secret` trong thư mục khóa, nên không biết được tệp này đã nhập hay chưa
refusal-file-changes = tệp bị thay đổi trong khi đang đọc; chưa nhập gì. Hãy chờ tệp hoàn chỉnh rồi nhập lại
refusal-file-not-imported = trong đợt không có lần nhập nào của tệp này: tệp chưa được nhập, đã được rút ra, hoặc đã bị sửa sau khi nhập
refusal-other-attributes = tệp dữ liệu từng phiếu của phiếu hỏi này { $attributes ->
        [0] không giữ thông tin nào về người trả lời
       *[other] chỉ giữ các thông tin { $attributes }
    }, do { $who } chọn ngày { $chosen_day }: hai tệp giữ thông tin khác nhau thì có thể dựa vào câu trả lời mà ghép phiếu với nhau
refusal-no-attribute = không có thông tin người trả lời `{ $attribute }`; có { $known }
refusal-attributes-wanted = tệp dữ liệu từng phiếu giữ những thông tin nào về người trả lời chỉ được chọn một lần, cho mọi tệp của phiếu hỏi này trong đợt; giá trị bị bỏ bớt cho đến khi mỗi tổ hợp giá trị đều có từ { $least } phiếu trở lên trong cùng đơn vị
refusal-few-remarks = ý kiến bằng lời chỉ được xuất khi phiếu hỏi có từ { $sheets } phiếu về từ { $units } đơn vị trở lên{ $rated ->
        [true] , trong đó có { $sheets } phiếu về cùng một đơn vị
       *[other] { "" }
    }; ít hơn thì có thể đoán ra ai viết
refusal-no-unit = không có đơn vị `{ $unit }`
refusal-alone = đơn vị `{ $unit }` được đánh giá trong đợt này, mà người của đơn vị được đánh giá không được một mình nhận dữ liệu từng phiếu hay ý kiến: phải có người thứ hai, thuộc đơn vị khác, bảo đảm dữ liệu chỉ ở chỗ { $who }
refusal-same-person = người thứ hai trùng với người thứ nhất; hãy ghi người khác
refusal-one-house = `{ $other }` và `{ $unit }` thuộc cùng một cơ quan; hãy ghi người của đơn vị khác
refusal-not-approved = đợt `{ $round }` đang ở bước { $step }; chỉ công bố được từ bước { $last_step }
refusal-nothing-published = đợt `{ $round }` chưa công bố gì để đính chính
refusal-not-scored = đợt `{ $round }` không được chấm điểm ở đây nên không có gì để đính chính
refusal-not-imported = xếp hạng của đợt `{ $round }` không phải là xếp hạng nhập từ tệp
refusal-unranked = bộ tiêu chí không có gì áp dụng cho { $units }
refusal-unscored = { $cells } ô trong phiếu chấm điểm chưa có điểm thẩm định, chẳng hạn { $first }
refusal-strays = đã nhập điểm cho { $units }, nhưng bộ tiêu chí của đợt `{ $round }` không còn áp dụng cho các đơn vị ấy; hãy nhập lại danh mục đơn vị như lúc mở đợt
refusal-no-ranking = đợt `{ $round }`, dùng để so thay đổi của đợt `{ $of }`, chưa công bố xếp hạng
refusal-scores-of-draft = đợt `{ $round }` còn là bản nháp; mở đợt rồi mới nhập điểm được
refusal-no-scheme = đợt `{ $round }` không dùng bộ tiêu chí nào
refusal-scores-published = đợt `{ $round }` đã công bố; { $correcting ->
        [targets] chỉ tiêu
        [figures] số liệu
       *[other] điểm
    } chỉ được sửa khi đính chính
refusal-step-early = bước { $step } của đợt `{ $round }` bắt đầu từ { $first_day }; hãy chờ đến hôm đó
refusal-step-late = bước { $step } của đợt `{ $round }` đã kết thúc ngày { $last_day }
refusal-part-not-open = đợt đang ở bước { $step }; { $part } được nhập ở bước { $open_steps }
refusal-unit-not-scored = đơn vị `{ $unit }` không được chấm điểm trong đợt này
refusal-no-criterion = bộ tiêu chí của `{ $unit }` không có tiêu chí `{ $criterion }`
refusal-surveyed = điểm của `{ $criterion }` tự lấy từ khảo sát, không cần tài liệu kiểm chứng
refusal-own-origin = `{ $unit }` không thể được sáp nhập từ chính mình
refusal-no-site-address = chưa biết địa chỉ trang khảo sát: tệp mô tả đợt `{ $round }` không ghi địa chỉ này
refusal-address-too-long = địa chỉ { $address } quá dài, không tạo được mã để quét; hãy dùng địa chỉ trang web ngắn hơn
refusal-link-not-whole = địa chỉ chưa đầy đủ; hãy ghi cả https://…
refusal-no-words = { $text ->
        [name] tên
        [reason] lý do
        [link] địa chỉ
        [file] tên tệp
        [explanation] phần giải trình
       *[evidence] tài liệu kiểm chứng
    } đang để trống; hãy nhập nội dung
refusal-too-long = { $text ->
        [name] tên
        [reason] lý do
        [link] địa chỉ
        [file] tên tệp
        [explanation] phần giải trình
       *[evidence] tài liệu kiểm chứng của tiêu chí
    } sẽ dài { $characters } ký tự, quá { $most } ký tự; { $text ->
        [name] hãy rút ngắn
        [reason] hãy rút ngắn
       *[evidence] hãy ghi tên văn bản thay cho nội dung
    }
refusal-control-characters = { $text ->
        [name] tên
        [reason] lý do
        [link] địa chỉ
        [file] tên tệp
        [explanation] phần giải trình
       *[evidence] tài liệu kiểm chứng
    } có ký tự không hiển thị; hãy gõ lại
refusal-server-comma = tên máy chủ không được có dấu phẩy, vì dấu phẩy dùng để tách các tên: `{ $server }`
refusal-file-empty = { $file }: tệp này trống
refusal-file-too-large = { $file }: tệp kiểm chứng không được quá { $most } MB
refusal-no-steps = đợt `{ $round }` không chia bước; điểm nhập được cho đến khi công bố
refusal-last-step = chỉ khi công bố, đợt `{ $round }` mới sang bước cuối
refusal-step-follows = đợt `{ $round }` đang ở bước { $step }; chỉ chuyển tiếp được sang { $possible_steps }, không sang { $next_step }
refusal-no-days = đợt `{ $round }` không định ngày cho bước { $step }
refusal-step-ends-before = { $last_day } sớm hơn { $first_day }, ngày đầu của bước { $step }
refusal-changed = có người khác vừa sửa đợt `{ $round }`; thay đổi của bạn chưa được ghi. Hãy xem lại rồi làm lại
refusal-schema = cơ sở dữ liệu còn thiếu các bước cập nhật: { $steps }
refusal-database-newer = phiên bản par-survey mới hơn đã cập nhật cơ sở dữ liệu này ({ $steps }); hãy cập nhật chương trình
refusal-no-database = không có cơ sở dữ liệu { $file }, và chương trình không tạo mới
refusal-schema-stays = kết quả đã công bố phải luôn đọc được, nên không lùi bước cập nhật nào nữa: { $rounds }
refusal-not-a-file = { $file }: đây không phải tệp thường, mà tệp nhập vào phải đọc hai lần; hãy lưu thành tệp rồi nhập
refusal-database-address = địa chỉ cơ sở dữ liệu không đúng cách viết{ $why ->
        [kind] ; hãy ghi sqlite://TỆP hoặc postgres://NGƯỜI_DÙNG@MÁY/TÊN
        [file-settings] ; sau tên tệp không có thiết lập nào: hãy chỉ ghi sqlite://TỆP, và ghi %3F thay cho dấu ? trong tên
        [no-file] ; thiếu tên tệp: hãy ghi sqlite://TỆP
        [scheme] : thiếu ://
        [signs] : trong tên người dùng và mật khẩu, hãy ghi %2F thay cho /, %3F thay cho ?, %23 thay cho # và %40 thay cho @
        [password] : dấu : giữa tên người dùng và mật khẩu phải ghi nguyên, không ghi thành %3A
        [port] : cổng sau tên máy không phải số từ 1 đến 65535, hoặc trong mật khẩu có ký tự chưa ghi thành %2F (/), %3F (?), %23 (#)
        [setting] : sau dấu ? có thiết lập không dùng được; các thiết lập dùng được gồm sslmode, sslrootcert, sslcert, sslkey, options và một số khác
       *[other] ; hãy ghi postgres://NGƯỜI_DÙNG:MẬT_KHẨU@MÁY:CỔNG/TÊN
    }
refusal-letterbox-copied = máy chủ khác vừa chạy với bản sao của hòm phiếu này; mỗi máy chủ phải có hòm phiếu riêng
refusal-letterbox-newer = hòm phiếu do phiên bản par-survey mới hơn ghi; hãy chạy phiên bản ấy
refusal-letterbox-busy = chương trình khác đang mở hòm phiếu { $file }
refusal-letterbox-read = có chương trình đang đọc hòm phiếu nên không xóa được nhật ký của hòm phiếu; hãy tắt chương trình ấy
refusal-database-read = có chương trình đang đọc cơ sở dữ liệu nên không xóa được nhật ký của cơ sở dữ liệu; hãy tắt chương trình ấy
refusal-unit-damaged = trong danh mục đơn vị, dữ liệu của `{ $unit }` bị hỏng; hãy nhập lại đơn vị này
refusal-round-gone = đợt có phiếu hỏi `{ $questionnaire }` không còn nữa; hãy xem lại
refusal-answers-change = câu trả lời thay đổi trong khi đang đọc; hãy xuất lại
refusal-other-seal = cơ sở dữ liệu chính ghi khóa công khai của đợt ({ $fingerprint }) khác với trước; chưa tìm ra nguyên nhân thì không niêm phong phiếu bằng khóa này
refusal-unsealed = có đợt đang mở mà chưa được niêm phong
refusal-no-secret = { $file }: đây không phải khóa bí mật; hãy đưa đúng tệp trở lại
refusal-everybodys-folder = thư mục này ai cũng để tệp vào được; hãy dùng thư mục riêng
refusal-open-to-others = tài khoản khác mở được tệp hoặc thư mục này ({ $cause }); hãy chạy `chmod { $mode }` bằng tài khoản của chủ tệp
refusal-secret-unusable = { $file }: { $cause }; { $next ->
        [room] hãy dọn chỗ trên ổ đĩa rồi làm lại
        [access] hãy cho tài khoản này quyền ghi ở đó rồi làm lại
        [again] người khác vừa tạo tệp này; hãy làm lại
       *[mend] khắc phục xong hãy làm lại
    }
name-state-draft = còn là bản nháp
name-state-open = đang mở
name-state-closing = đang đóng
name-state-closed = đã đóng
name-state-published = đã công bố
name-state-gone = không còn nữa
name-step-self-scoring = tự chấm điểm
name-step-survey = khảo sát
name-step-appraisal = thẩm định
name-step-explanation = giải trình
name-step-council = hội đồng
name-step-approval = phê duyệt
name-step-publication = công bố
