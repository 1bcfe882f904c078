"""More invented letters, of other kinds, annotated before they were first read: (name, subject, body, scopes)."""

from __future__ import annotations

ORDINARY = "thực hiện nhiệm vụ công đoàn quý III"
IN, OUTSIDE, REVIEW = "in", "outside", "review"

LETTERS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (
        "a telegram before a storm",
        "ứng phó bão số 6",
        """1. Kiểm tra nhà trọ công nhân, hướng dẫn chằng chống mái tôn trước 17 giờ ngày 12/9.
2. Bố trí chỗ sơ tán cho công nhân ở trọ ven biển.
3. Trong những ngày mưa bão, nắm tâm trạng công nhân, phát hiện người bất mãn báo về Thường trực.
4. Báo cáo thiệt hại về người và tài sản trước 16 giờ hằng ngày.""",
        (IN, IN, OUTSIDE, IN),
    ),
    (
        "a notice of the conclusions of a meeting",
        "kết luận của Chủ tịch tại phiên họp tháng 8",
        """1. Văn phòng hoàn thành báo cáo tài chính trước ngày 25/8.
2. Ban Chính sách pháp luật hòa giải 2 vụ tranh chấp còn lại về tiền lương trong tháng 9.
3. Ban Tổ chức rà soát, lên danh sách người đứng đầu các nhóm công nhân đòi tăng đơn giá.
4. Ban Nữ công tổ chức khám sức khỏe cho lao động nữ trước ngày 20/10.""",
        (IN, IN, OUTSIDE, IN),
    ),
    (
        "a decision in articles",
        "thành lập Tổ công tác",
        """Điều 1. Thành lập Tổ công tác gồm đại diện các ban.
Điều 2. Tổ công tác có nhiệm vụ:
a) Kiểm tra việc đóng bảo hiểm xã hội tại 30 doanh nghiệp;
b) Tổng hợp danh sách công nhân theo đạo tại các khu nhà trọ;
c) Báo cáo kết quả kiểm tra bảo hiểm trước ngày 30/11.""",
        (IN, IN, OUTSIDE, IN),  # the founding article is shown as well
    ),
    (
        "a contest online with a posting quota",
        "phát động cuộc thi ảnh Nụ cười công nhân",
        """1. Phổ biến thể lệ cuộc thi đến công đoàn cơ sở trước ngày 05/9.
2. Mỗi công đoàn cơ sở vận động đoàn viên đạt ít nhất 300 lượt thích cho ảnh của đơn vị.
3. Gửi ảnh dự thi về Ban Tuyên giáo trước ngày 30/9.""",
        (IN, OUTSIDE, IN),
    ),
    (
        "bare pointers to letters that are not at hand",
        ORDINARY,
        """1. Tổ chức ngày hội hiến máu trước ngày 15/8.
2. Thực hiện mục 4 Công văn số 215-CV/BTG ngày 12/3/2021.
3. Thực hiện Kế hoạch số 10/KH-TLĐ về Tháng Công nhân, tổ chức tặng quà cho đoàn viên khó khăn.
4. Làm theo nội dung thứ ba của văn bản tuần trước, báo cáo trước ngày 20/8.""",
        (IN, REVIEW, IN, REVIEW),
    ),
    (
        "a survey of needs and one of minds",
        "khảo sát đời sống công nhân",
        """1. Khảo sát giá thuê nhà, giá điện nước tại 12 khu trọ trước ngày 10/9.
2. Khảo sát mức độ tin tưởng của công nhân đối với chính quyền mới sau sáp nhập.
3. Tổng hợp kiến nghị về nhà ở gửi Ủy ban nhân dân tỉnh trước ngày 20/9.""",
        (IN, OUTSIDE, IN),
    ),
    (
        "hotline with its callers asked for",
        "vận hành đường dây nóng tư vấn pháp luật",
        """1. Niêm yết số đường dây nóng tại nhà ăn các doanh nghiệp.
2. Trả lời kiến nghị của người lao động trong 15 ngày.
3. Cung cấp cho doanh nghiệp tên và tổ của người gọi phản ánh.
4. Báo cáo số cuộc gọi theo chủ đề trước ngày 05 hằng tháng.""",
        (IN, IN, OUTSIDE, IN),
    ),
    (
        "a promise is ordinary, its breach is not",
        "tổ chức đối thoại tại nơi làm việc",
        """1. Tổ chức đối thoại định kỳ trước ngày 30/9.
2. Tập hợp câu hỏi về lương, bữa ăn, an toàn gửi trước cho doanh nghiệp.
3. Ghi tên người đặt câu hỏi gay gắt và theo dõi sau đối thoại.
4. Công khai kết quả trả lời tại bảng tin.""",
        (IN, IN, REVIEW, IN),  # "theo dõi sau đối thoại" could stand alone
    ),
    (
        "a strike that is over and one that is guessed",
        "tổng kết quan hệ lao động năm",
        """1. Báo cáo số cuộc ngừng việc tập thể đã kết thúc theo nguyên nhân, kết quả giải quyết trước ngày 10/12.
2. Dự báo doanh nghiệp có khả năng xảy ra đình công dịp Tết, gửi kèm danh sách người khởi xướng.
3. Tập huấn kỹ năng thương lượng tập thể cho cán bộ công đoàn.""",
        (IN, OUTSIDE, IN),
    ),
    (
        "an oral order repeated at the end",
        ORDINARY,
        """I. CHĂM LO
1. Tặng 200 suất quà cho con công nhân dịp Trung thu.
II. CÔNG TÁC KHÁC
1. Bố trí người trong các nhóm Zalo công nhân để nắm ai kêu gọi nghỉ việc.
2. Kết quả gửi về trước ngày 25 hằng tháng.
III. TỔ CHỨC THỰC HIỆN
1. Báo cáo kết quả mục I trước ngày 30/9.""",
        (IN, OUTSIDE, OUTSIDE, IN),
    ),
)
