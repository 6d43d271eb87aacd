# Cơ sở dữ liệu gặp lỗi gì, theo loại lỗi và nơi báo lỗi: nguyên nhân và cách khắc phục. `library` không cho biết là cơ sở dữ liệu nào.
database-cause-address = có chỗ trong địa chỉ không đúng cách viết
database-cause-late = quá thời gian chờ mà chưa kết nối được
database-away = { $engine ->
        [letterbox] không mở được hòm phiếu: { $cause }; thư mục của hòm phiếu có tồn tại và tài khoản này có quyền ghi ở đó không?
        [sqlite] không mở được tệp cơ sở dữ liệu: { $cause }; thư mục của tệp có tồn tại và tài khoản này có quyền ghi ở đó không?
       *[other] cơ sở dữ liệu không trả lời: { $cause }; cơ sở dữ liệu có đang chạy, tên máy và cổng trong địa chỉ có đúng không?
    }
database-busy = { $engine ->
        [letterbox] hòm phiếu đang bận: { $cause }; hãy tắt chương trình khác đang đọc hoặc ghi hòm phiếu
       *[other] cơ sở dữ liệu đang bận: { $cause }; hãy chờ người khác làm xong rồi làm lại
    }
database-full = { $engine ->
        [letterbox] ổ đĩa không còn chỗ cho hòm phiếu: { $cause }; hãy dọn chỗ trên ổ đĩa
       *[other] ổ đĩa không còn chỗ cho cơ sở dữ liệu: { $cause }; hãy dọn chỗ trên ổ đĩa rồi làm lại
    }
database-input-output = { $engine ->
        [letterbox] ổ đĩa của hòm phiếu bị lỗi: { $cause }; xem thêm trong nhật ký hệ thống
       *[other] ổ đĩa của cơ sở dữ liệu bị lỗi: { $cause }; xem thêm trong nhật ký hệ thống, sửa ổ đĩa xong hãy làm lại
    }
database-damaged = { $engine ->
        [letterbox] hòm phiếu bị hỏng: { $cause }; hãy khởi động lại máy chủ: phần còn đọc được sẽ chuyển sang hòm phiếu mới
        [postgres] cơ sở dữ liệu bị hỏng: { $cause }; hãy khôi phục từ bản sao lưu
       *[other] tệp bị hỏng hoặc không phải cơ sở dữ liệu: { $cause }; hãy chỉ đúng tệp, hoặc khôi phục từ bản sao lưu
    }
database-read-only = { $engine ->
        [letterbox] không ghi được vào hòm phiếu: { $cause }; hãy cho tài khoản này quyền ghi vào tệp và thư mục
        [sqlite] không ghi được vào tệp cơ sở dữ liệu: { $cause }; hãy cho tài khoản này quyền ghi vào tệp và thư mục rồi làm lại
       *[other] không ghi được vào cơ sở dữ liệu: { $cause }; hãy ghi địa chỉ của máy chủ cho phép ghi
    }
database-refused = { $engine ->
        [letterbox] không ghi được vào hòm phiếu: { $cause }; hãy cho tài khoản này quyền ghi vào tệp và thư mục
        [postgres] cơ sở dữ liệu không nhận tài khoản này: { $cause }; tên người dùng, mật khẩu và tên cơ sở dữ liệu trong địa chỉ có đúng không?
       *[other] cơ sở dữ liệu không nhận tài khoản này: { $cause }; hãy cho tài khoản này quyền dùng tệp rồi làm lại
    }
database-other = { $engine ->
        [letterbox] hòm phiếu không làm được: { $cause }
       *[other] cơ sở dữ liệu không làm được: { $cause }
    }
