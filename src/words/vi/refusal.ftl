# Câu nói vì sao một việc không làm được, theo mã của từng lý do, không có dấu chấm cuối. Cách khắc phục do nơi hiển thị thêm vào.
refusal-no-round = không có đợt `{ $round }`
refusal-round-exists = đã có đợt `{ $round }`; hãy chọn mã khác
refusal-round-step = đợt `{ $round }` { $state }; chỉ từ trạng thái “{ $from_state }” mới chuyển sang “{ $to_state }” được
refusal-not-open = đợt `{ $round }` { $state }; việc này chỉ làm được khi đợt đang mở
refusal-not-closed = đợt `{ $round }` { $state }; chỉ công bố được đợt đã đóng
refusal-not-published = đợt `{ $round }` { $state }; chỉ đính chính được đợt đã công bố
refusal-never-opened = đợt `{ $round }` chưa mở lần nào nên không có phiếu
refusal-no-figures = đợt `{ $round }` { $state }; đóng đợt rồi mới có số liệu
refusal-draft-figures = đợt `{ $round }` chưa công bố
refusal-no-sheets = đợt `{ $round }` { $state }; đóng đợt rồi mới xuất được dữ liệu từng phiếu
refusal-no-scores = đợt `{ $round }` không có điểm vì không dùng bộ tiêu chí nào
refusal-not-asked = đợt `{ $round }` không có phiếu hỏi `{ $questionnaire }`; các phiếu hỏi của đợt: { $asked }
refusal-no-seal = đợt `{ $round }` chưa được niêm phong
refusal-not-to-seal = đợt `{ $round }` { $state }; chỉ niêm phong được đợt đang mở hoặc đang đóng
refusal-nothing-to-seal = đợt `{ $round }` không hỏi gì nên không có gì để niêm phong; đóng đợt này không cần khóa
refusal-sealed-already = đợt `{ $round }` đã được niêm phong, dấu vân khóa { $fingerprint }; không phải làm gì nữa
refusal-key-wanted = cần khóa mở của đợt `{ $round }`, khóa có dấu vân { $fingerprint }
refusal-other-key = đây không phải khóa mở của đợt `{ $round }`; khóa của đợt có dấu vân { $fingerprint }
refusal-no-key = đợt `{ $round }` { $state }, không còn khóa mở nào
refusal-secret-wanted = đợt `{ $round }` đã có mã được dùng; không có khóa bí mật của các mã thì không giữ được việc mã nào đã dùng
refusal-other-secret = các mã của đợt `{ $round }` được tạo bằng khóa bí mật khác
refusal-secret-missing = { $file } không phải khóa bí mật của đợt `{ $round }`; hãy mang thư mục khóa từ nơi đã phát mã đến
refusal-unreported = các máy chủ sau chưa báo là không còn giữ phiếu của đợt `{ $round }`: { $servers }
refusal-server-name-taken = đã có máy chủ khác, với hòm phiếu riêng, tên là `{ $server }`; nếu máy này được sao từ máy kia, hãy đặt tên khác cho máy này
refusal-server-moves = máy chủ `{ $server }` vừa bắt đầu chạy hoặc vừa dừng; hãy xem lại
refusal-file-elsewhere = phiếu trong tệp này đã có ở đợt `{ $round }`, mà mỗi tệp chỉ được nhập vào một đợt: phần chung của hai đợt có thể bị đem trừ cho nhau
refusal-file-shared = đợt `{ $round }` và đợt `{ $other }` (đã công bố) có chung một tệp { $sheets } phiếu{ $importer ->
        [none] { "" }
       *[other] , do { $importer } nhập
    }: ai xem số liệu của cả hai đợt đều có thể đem trừ cho nhau
refusal-file-repeated = chính tệp này đã được nhập trước đây ({ $sheets } phiếu)
refusal-sheets-repeated = các phiếu này đã được nhập trước đây từ một tệp khác ({ $sheets } phiếu)
refusal-unit-repeated = mọi phiếu của tệp này về một đơn vị đã được nhập trước đây từ một tệp khác
refusal-file-not-imported = trong đợt không có lần nhập nào của tệp này: tệp chưa được nhập, đã được rút ra, hoặc đã bị sửa sau khi nhập
refusal-other-attributes = tệp dữ liệu từng phiếu của phiếu hỏi này { $attributes ->
        [none] không giữ thông tin nào về người trả lời
       *[other] chỉ giữ các thông tin { $attributes }
    }, do { $who } chọn ngày { $on }: hai tệp giữ thông tin khác nhau thì có thể dựa vào câu trả lời mà ghép phiếu với nhau
refusal-no-attribute = không có thông tin người trả lời `{ $attribute }`; có { $known }
refusal-attributes-wanted = tệp dữ liệu từng phiếu giữ những thông tin nào về người trả lời chỉ được chọn một lần, cho mọi tệp của phiếu hỏi này trong đợt; giá trị nào chưa đủ { $least } phiếu cùng đơn vị có chung thì bị bỏ
refusal-few-remarks = ý kiến bằng lời chỉ được xuất khi phiếu hỏi có từ { $sheets } phiếu về từ { $units } đơn vị trở lên{ $rated ->
        [true] , trong đó có { $sheets } phiếu về cùng một đơn vị
       *[other] { "" }
    }; ít hơn thì có thể đoán ra ai viết
refusal-no-unit = không có đơn vị `{ $unit }`
refusal-alone = đơn vị `{ $unit }` được đánh giá trong đợt này, mà người của đơn vị được đánh giá không được một mình nhận dữ liệu từng phiếu hay ý kiến: phải có người thứ hai, thuộc đơn vị khác, bảo đảm dữ liệu chỉ ở chỗ { $who }
refusal-same-person = người thứ hai trùng với người thứ nhất; hãy ghi người khác
refusal-one-house = `{ $other }` và `{ $unit }` là cùng một nhà; hãy ghi người của đơn vị khác
refusal-unsigned = đợt `{ $round }` có các bước nên phải ghi tên người công bố
refusal-not-approved = đợt `{ $round }` đang ở bước { $step }; chỉ công bố được từ bước { $last_step }
refusal-nothing-published = đợt `{ $round }` chưa công bố gì để đính chính
refusal-not-scored = đợt `{ $round }` không được chấm điểm ở đây nên không có gì để đính chính
refusal-not-imported = xếp hạng của đợt `{ $round }` không phải là xếp hạng nhập từ tệp
refusal-unranked = bộ tiêu chí không có gì áp dụng cho { $units }
refusal-unscored = { $cells } ô trong phiếu chấm điểm chưa có điểm thẩm định, chẳng hạn { $first }
refusal-strays = đã nhập điểm cho { $units }, nhưng bộ tiêu chí của đợt `{ $round }` không còn áp dụng cho các đơn vị ấy; hãy nhập lại danh mục đơn vị như lúc mở đợt
refusal-no-ranking = đợt `{ $round }`, dùng để so thay đổi của đợt `{ $of }`, chưa công bố xếp hạng
refusal-changed = có người khác vừa sửa đợt `{ $round }`; thay đổi của bạn chưa được ghi. Hãy xem lại rồi làm lại
refusal-schema = cơ sở dữ liệu còn thiếu { $steps }
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
