# Chữ trên tờ áp phích.
poster-ask = Ông/bà có hài lòng không?
poster-about = Xin cho ý kiến về
poster-scan = Quét mã bằng máy ảnh của điện thoại, hoặc mở địa chỉ ghi trên đây.
poster-promise-1 = Không hỏi tên, không cần đăng nhập.
poster-promise-2 = Phiếu được niêm phong đến khi đóng đợt khảo sát, rồi trộn với mọi phiếu khác.
poster-promise-3 = Chỉ công bố kết quả từ mười phiếu trở lên; người của đơn vị được đánh giá không được một mình nhận dữ liệu từng phiếu.
poster-key-here = Khóa mở phiếu nằm trên máy chủ: trong lúc nhận phiếu, ai lấy được máy chủ thì xem được câu trả lời.
poster-until = Nhận phiếu đến { $date }.
poster-sample = Áp phích mẫu của một đợt khảo sát thử.
slip-how = Quét mã, hoặc mở địa chỉ trên rồi gõ 16 chữ số. Mã dùng một lần, xin giữ kín.
slip-promise = Tự rút phiếu thì không ai biết ai có mã nào.
slip-sealed = Câu trả lời được niêm phong đến khi đóng đợt.
slip-key-here = Khóa mở phiếu nằm trên máy chủ: ai lấy được máy chủ thì xem được câu trả lời.
slip-warning = Người gửi danh sách này có thể biết ai nhận mã nào. Nếu được, hãy in phiếu và để mỗi người tự rút.
