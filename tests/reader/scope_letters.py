"""Invented letters that mix ordinary work with what the boundary refuses: (name, subject, body, scope of each)."""

from __future__ import annotations

ORDINARY = "thực hiện nhiệm vụ công đoàn quý II"
IN, OUTSIDE, REVIEW = "in", "outside", "review"

LETTERS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (
        "a watching item between ordinary ones",
        ORDINARY,
        """1. Tổ chức khám sức khỏe định kỳ cho đoàn viên trước ngày 30/4.
2. Lập danh sách công nhân tham gia ngừng việc, gửi về Liên đoàn trước ngày 05/5.
3. Báo cáo số cuộc đối thoại tại nơi làm việc trước ngày 10/5.""",
        (IN, OUTSIDE, IN),
    ),
    (
        "everything under a refused heading",
        ORDINARY,
        """I. NẮM DƯ LUẬN TRONG CÔNG NHÂN
1. Phân công cán bộ đầu mối ở từng đơn vị.
2. Báo cáo vào thứ Sáu hằng tuần.
II. CHĂM LO TẾT
1. Tổ chức tặng quà cho đoàn viên khó khăn.
2. Báo cáo số suất quà trước ngày 20/01.""",
        (OUTSIDE, OUTSIDE, IN, IN),
    ),
    (
        "a pointer to a Roman section of one's own",
        ORDINARY,
        """I. Tuyên truyền
1. Tổ chức tuyên truyền Luật Công đoàn cho người lao động.
II. Theo dõi các trang mạng xã hội của công nhân
1. Phân công người trực hằng ngày.
III. Tổ chức thực hiện
1. Báo cáo kết quả mục I trước ngày 15/6.
2. Báo cáo kết quả mục II trước ngày 15/6.""",
        (IN, OUTSIDE, IN, OUTSIDE),
    ),
    (
        "a pointer to a numbered item of a section",
        ORDINARY,
        """II. Nhiệm vụ
1. Tổ chức hội thao công nhân trong tháng 5.
2. Kiểm tra bếp ăn tập thể tại các doanh nghiệp.
3. Truy tìm người viết đơn nặc danh tố giám đốc.
III. Tổ chức thực hiện
1. Giao Ban Tổ chức chuẩn bị nhân sự cho nội dung tại mục II.3.
2. Giao Văn phòng chuẩn bị kinh phí cho nội dung tại mục II.1.""",
        (IN, IN, OUTSIDE, OUTSIDE, IN),
    ),
    (
        "one sentence that joins both purposes",
        ORDINARY,
        """1. Tổ chức tặng quà Tết cho công nhân và lập danh sách người từng tham gia đình công.
2. Tổ chức ngày hội thể thao cho công nhân.""",
        (REVIEW, IN),
    ),
    (
        "a closing that speaks of all of it",
        ORDINARY,
        """1. Tập huấn an toàn, vệ sinh lao động cho công nhân.
2. Phân loại đoàn viên theo lập trường chính trị.
Đề nghị các đơn vị triển khai thực hiện các nội dung trên và báo cáo trước ngày 20/6.""",
        (IN, OUTSIDE, REVIEW),
    ),
    (
        "a letter wholly for a refused purpose",
        "nắm tình hình tư tưởng, dư luận công nhân lao động",
        """1. Phân công ở mỗi công đoàn cơ sở một cán bộ đầu mối.
2. Tổng hợp, gửi về Ban Tuyên giáo trước 16 giờ hằng ngày.
Đề nghị các đơn vị nghiêm túc thực hiện.""",
        (OUTSIDE, OUTSIDE, OUTSIDE),
    ),
    (
        "posting quotas beside the union's own news",
        ORDINARY,
        """1. Tuyên truyền hoạt động Tháng Công nhân trên trang thông tin điện tử của Liên đoàn.
2. Mỗi đoàn viên chia sẻ ít nhất 5 bài viết, chụp màn hình gửi tổ trưởng trước ngày 25/5.
3. Gửi tin, bài về ban biên tập trước ngày 20/5.""",
        (IN, OUTSIDE, IN),
    ),
    (
        "strike law is taught, strikers are not listed",
        ORDINARY,
        """1. Tập huấn pháp luật về đình công và giải quyết tranh chấp lao động cho cán bộ công đoàn.
2. Xác định người cầm đầu cuộc ngừng việc ngày 12/3, báo cáo công an.
3. Hòa giải tranh chấp về tiền lương, báo cáo kết quả giải quyết trước ngày 30/6.""",
        (IN, OUTSIDE, IN),
    ),
    (
        "sub-items inherit from the item above them",
        ORDINARY,
        """1. Ngăn chặn công nhân tụ tập đông người, khiếu kiện:
a) Phân công cán bộ trực tại cổng doanh nghiệp.
b) Báo cáo nhanh trong ngày.
2. Bảo đảm bữa ăn ca:
a) Kiểm tra bếp ăn mỗi quý một lần.
b) Báo cáo kết quả kiểm tra trước ngày 25/6.""",
        (OUTSIDE, OUTSIDE, IN, IN),
    ),
    (
        "the second sentence serves the first",
        ORDINARY,
        """1. Rà soát đoàn viên theo đạo Tin lành. Danh sách gửi về Ban Tổ chức trước ngày 10/7.
2. Rà soát doanh nghiệp nợ bảo hiểm xã hội. Danh sách gửi về Ban Chính sách trước ngày 10/7.""",
        (OUTSIDE, IN),
    ),
    (
        "a rival organisation and a new local union",
        ORDINARY,
        """1. Vận động thành lập công đoàn cơ sở ở doanh nghiệp có từ 25 lao động trở lên.
2. Theo dõi hoạt động của tổ chức đại diện người lao động ngoài công đoàn.
3. Hướng dẫn công đoàn cơ sở mới thành lập nhận con dấu.""",
        (IN, OUTSIDE, IN),
    ),
    (
        "political study in numbers, not by name",
        ORDINARY,
        """1. Tổ chức học tập chuyên đề tư tưởng, đạo đức, phong cách Hồ Chí Minh.
2. Báo cáo số hội nghị, số người dự trước ngày 30/6.
3. Lập danh sách đoàn viên vắng mặt buổi học nghị quyết.""",
        (IN, IN, OUTSIDE),
    ),
    (
        "a table of tasks",
        ORDINARY,
        """TT | Nội dung công việc | Đơn vị thực hiện | Thời gian
1 | Tổ chức hội thi an toàn vệ sinh viên giỏi | Ban Chính sách | Tháng 5
2 | Theo dõi Facebook của công nhân khu công nghiệp | Ban Tuyên giáo | Hằng ngày
3 | Tặng quà con công nhân khó khăn | Ban Nữ công | Tháng 6""",
        (IN, OUTSIDE, IN),
    ),
    (
        "an annex that carries the refused list out",
        ORDINARY,
        """1. Tổ chức phiên chợ công nhân trước ngày 15/01.
2. Gửi biểu tổng hợp tâm trạng công nhân theo Phụ lục I trước ngày 20/01.""",
        (IN, OUTSIDE),
    ),
    (
        "pressure through the emulation score",
        ORDINARY,
        """1. Đề nghị khen thưởng đơn vị hoàn thành chỉ tiêu phát triển đoàn viên.
2. Không xét khen thưởng đoàn viên đã ký đơn kiến nghị tập thể.
3. Gửi hồ sơ khen thưởng trước ngày 30/11.""",
        (IN, OUTSIDE, IN),
    ),
    (
        "the aim of the plan is refused among allowed ones",
        "Tháng Công nhân năm 2026",
        """I. MỤC ĐÍCH
- Chăm lo đời sống công nhân.
- Kịp thời phát hiện, ngăn chặn đình công trong công nhân.
II. NỘI DUNG
1. Tổ chức bữa cơm công đoàn.
2. Thăm hỏi công nhân bị tai nạn lao động.""",
        (REVIEW, REVIEW),
    ),
    (
        "silencing beside a press conference",
        ORDINARY,
        """1. Chuẩn bị nội dung họp báo công bố chương trình Tết Sum vầy.
2. Quán triệt đoàn viên không trả lời phỏng vấn báo chí về vụ ngộ độc.
3. Báo cáo nhanh vụ ngộ độc thực phẩm, số người nhập viện.""",
        (IN, OUTSIDE, IN),
    ),
    (
        "a pointer to the refused item of another letter",
        ORDINARY,
        """1. Tiếp tục thực hiện mục 4 Công văn số 15/LĐLĐ-TG về rà soát công nhân theo đạo.
2. Tiếp tục thực hiện mục 4 Công văn số 16/LĐLĐ-CS về rà soát doanh nghiệp nợ lương.""",
        (OUTSIDE, IN),
    ),
)
