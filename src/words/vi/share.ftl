# Chữ trên tờ ghi phần khóa của một đợt khảo sát, và trên màn hình khi chia khóa.
share-title = Phần { $n } trong { $of } của khóa
share-about = Cần { $k } phần để mở các phiếu khi đóng đợt; ít hơn thì không mở được gì. Còn lại ít hơn { $k } phần là mất toàn bộ câu trả lời.
share-keep = Cất nơi kín. Không chụp ảnh, không sao chép, không để chung với phần khác.
share-use = Khi đóng đợt, gõ 25 từ này theo thứ tự, hoặc quét mã bằng đầu đọc. Bốn chữ cái đầu của mỗi từ là đủ.
share-burn = Đợt đóng xong, hủy tờ này.
share-fingerprint = Dấu vân khóa
share-write = Chép 25 từ này ra giấy, rồi bấm Enter. Màn hình sẽ được xóa.
share-ask = Từ thứ { $n }:
share-wrong = Không phải từ thứ { $n }. Gõ lại, hoặc chỉ bấm Enter để xem lại phần này.
share-next = Đúng. Mời người giữ phần { $n } đến trước màn hình, rồi bấm Enter.
