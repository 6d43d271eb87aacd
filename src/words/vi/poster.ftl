# Chữ trên tờ áp phích.
poster-ask = Ông/bà có hài lòng không?
poster-about = Xin cho ý kiến về
poster-scan = Quét mã bằng máy ảnh của điện thoại, hoặc mở địa chỉ ghi dưới mã.
poster-promise-1 = Không hỏi tên, không cần đăng nhập.
poster-promise-2 = Phiếu được trộn với các phiếu khác trước khi có ai mở được.
poster-promise-3 = Đơn vị được đánh giá không bao giờ thấy từng phiếu.
poster-until = Nhận phiếu đến { $date }.
poster-sample = Áp phích mẫu của một đợt khảo sát thử.
slip-how = Quét mã, hoặc mở địa chỉ trên và gõ mã. Mỗi mã dùng một lần.
slip-promise = Không ai biết mã này đã đến tay ai. Phiếu được trộn với các phiếu khác.
slip-warning = Người gửi danh sách này có thể biết ai nhận mã nào. Nếu được, hãy in phiếu và để mỗi người tự rút.
