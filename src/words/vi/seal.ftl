# Khóa riêng được đưa ra có gì sai. Không nhắc lại từ nào của phần khóa, vì từ ấy có thể gần đúng.
key-file-no-key = đây không phải tệp khóa: thiếu dòng { $line }
key-file-cut-off = tệp khóa bị cắt mất phần cuối: thiếu dòng { $line }; hãy đưa bản sao đầy đủ
key-file-line = tệp khóa bị hỏng: dòng `{ $line }` bị thiếu hoặc không đọc được; hãy đưa bản sao khác
key-file-fingerprint = tệp khóa bị hỏng: khóa và dấu vân tay không khớp nhau; hãy đưa bản sao khác
shares-count = mỗi phần khóa có { $words } từ, ở đây có { $given } từ
shares-not-in-list = từ thứ { $word } không có trong danh sách; hãy xem bốn chữ cái đầu của từ
shares-misfit = các từ này không khớp nhau: có một từ sai, hoặc hai từ bị đổi chỗ
shares-foreign = phần này thuộc khóa của đợt khác, hoặc từ cuối bị sai
shares-twice = phần { $share } được đưa ra hai lần
shares-too-few = { $given } phần này không ghép thành khóa của đợt: cần thêm phần khác
shares-no-quorum = hãy ghi cần bao nhiêu phần trong tổng số bao nhiêu phần, như 2-of-3: cần từ 2 đến { $most } phần, trong tổng số từ 2 đến { $most } phần
