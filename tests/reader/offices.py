# ruff: noqa: E501
"""Invented letters of many offices, each as one way of copying leaves it: web pages, flattened tables, recognition.

Each entry: what it shows, the text, and what reading it must give (fields left out are not printed).
"""

from __future__ import annotations

from typing import Any

LETTERS: list[tuple[str, str, dict[str, Any]]] = []


def _letter(shows: str, text: str, /, **fields: Any) -> None:
    LETTERS.append((shows, text, fields))


_letter(
    "thong tri trieu tap",
    """\
        BCH ĐOÀN TỈNH AN HẢI                      ĐOÀN TNCS HỒ CHÍ MINH
              ***
       Số: 15-TT/TĐTN-BTC                    Đông Khê, ngày 12 tháng 3 năm 2019

                                THÔNG TRI TRIỆU TẬP
                 Hội nghị Ban Chấp hành Tỉnh đoàn lần thứ 5 (mở rộng)
                                   -----------
     Thực hiện Chương trình công tác năm 2019, Ban Thường vụ Tỉnh đoàn triệu tập Hội nghị Ban Chấp hành Tỉnh
đoàn lần thứ 5, cụ thể như sau:
     1. Thời gian, địa điểm
     - Thời gian: 01 ngày, bắt đầu từ 7h30 ngày 25/3/2019 (thứ Hai).
     - Địa điểm: Hội trường Nhà Thiếu nhi tỉnh.
     2. Thành phần triệu tập
     - Các đồng chí Ủy viên Ban Chấp hành Tỉnh đoàn;
     - Bí thư các huyện, thành đoàn và đoàn trực thuộc.
     3. Một số yêu cầu
     Đề nghị các đồng chí gửi ý kiến góp ý về Văn phòng Tỉnh đoàn trước ngày 20/3/2019. Đại biểu vắng mặt phải
có văn bản báo cáo Thường trực Tỉnh đoàn trước 02 ngày.

Nơi nhận:                                         TM. BAN THƯỜNG VỤ TỈNH ĐOÀN
- TW Đoàn (b/c);                                          PHÓ BÍ THƯ
- Thường trực Tỉnh ủy (b/c);
- Như thành phần triệu tập;
- Lưu: VP, BTC.                                        Phan Thị Hồng Vân
""",
    doc_type="thông tri triệu tập",
    addressees=["Các đồng chí Ủy viên Ban Chấp hành Tỉnh đoàn", "Bí thư các huyện, thành đoàn và đoàn trực thuộc"],
    number="15-TT/TĐTN-BTC",
    issuer="BCH ĐOÀN TỈNH AN HẢI",
    place="Đông Khê",
    date="2019-03-12",
    subject="Hội nghị Ban Chấp hành Tỉnh đoàn lần thứ 5 (mở rộng)",
    title="PHÓ BÍ THƯ",
    authority="TM. BAN THƯỜNG VỤ TỈNH ĐOÀN",
    name="Phan Thị Hồng Vân",
    recipients=["TW Đoàn (b/c)", "Thường trực Tỉnh ủy (b/c)", "Như thành phần triệu tập"],
    dl=["2019-03-20", "P2D before event"],
)


_letter(
    "web page, header in one line each, no columns",
    """\
Trang chủ > Văn bản > Công văn
Công văn số 88/CĐN-VP về việc đăng ký giải bóng bàn
Đăng lúc: 14:20:11 03/04/2018 (GMT+7)
TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM
CÔNG ĐOÀN NGÀNH MÂY TRE VIỆT NAM
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 88/CĐN-VP
V/v đăng ký tham gia giải bóng bàn cán bộ,
đoàn viên ngành Mây tre năm 2018
Hà Nội, ngày 02 tháng 4 năm 2018
Kính gửi:
- Ban Chấp hành các công đoàn trực thuộc;
- Các công đoàn cơ sở khối cơ quan.
Căn cứ Chương trình công tác năm 2018; Ban Thường vụ Công đoàn ngành tổ chức giải bóng bàn như sau:
1. Thời gian: Ngày 12 - 13/5/2018
2. Địa điểm: Nhà thi đấu ngành.
3. Đăng ký: Danh sách vận động viên gửi về Văn phòng Công đoàn ngành trước 16h30 ngày 25/4/2018 (thứ Tư).
4. Bốc thăm, họp chuyên môn: 14h00 ngày 04/5/2018.
Đề nghị các đơn vị quan tâm, triển khai thực hiện./.
Nơi nhận:
- Như trên;
- Thường trực CĐN (để b/c);
- Lưu: VP.
TM. BAN THƯỜNG VỤ
PHÓ CHỦ TỊCH
(Đã ký)
Tạ Quang Bửu Long
Các tin khác
Thông báo lịch nghỉ lễ
""",
    doc_type="công văn",
    number="88/CĐN-VP",
    issuer="CÔNG ĐOÀN NGÀNH MÂY TRE VIỆT NAM",
    parent="TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM",
    place="Hà Nội",
    date="2018-04-02",
    subject="đăng ký tham gia giải bóng bàn cán bộ, đoàn viên ngành Mây tre năm 2018",
    authority="TM. BAN THƯỜNG VỤ",
    title="PHÓ CHỦ TỊCH",
    name="Tạ Quang Bửu Long",
    addressees=["Ban Chấp hành các công đoàn trực thuộc", "Các công đoàn cơ sở khối cơ quan"],
    recipients=["Như trên", "Thường trực CĐN (để b/c)"],
    dl=["2018-04-25"],
)


_letter(
    "plan with tab table, merged cells",
    """\
UBND HUYỆN ĐÔNG KHÊ\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TRƯỜNG THCS TÂN MỸ\tĐộc lập - Tự do - Hạnh phúc
Số: 45/KH-THCSTM\tTân Mỹ, ngày 10 tháng 9 năm 2019

KẾ HOẠCH
Kiểm tra nội bộ năm học 2019 - 2020

Căn cứ Công văn số 512/PGDĐT-TTr ngày 05/9/2019 của Phòng Giáo dục và Đào tạo huyện Đông Khê về việc hướng dẫn công tác kiểm tra nội bộ;
Trường THCS Tân Mỹ xây dựng kế hoạch như sau:
I. NỘI DUNG, TIẾN ĐỘ
Thời gian\tNội dung công việc\tNgười thực hiện
Tháng 9/2019\tThành lập ban kiểm tra\tHiệu trưởng
\tXây dựng kế hoạch kiểm tra\tPhó hiệu trưởng
Tháng 10/2019\tKiểm tra hồ sơ sổ sách lần 1\tBan kiểm tra
Tháng 11/2019\tKiểm tra cơ sở vật chất, thư viện\tBan kiểm tra
Tháng 12/2019\tSơ kết học kỳ I\tHiệu trưởng
II. TỔ CHỨC THỰC HIỆN
1. Các tổ chuyên môn nộp báo cáo tự kiểm tra về Ban kiểm tra trước ngày 25 hằng tháng.
2. Ban kiểm tra tổng hợp kết quả, báo cáo Phòng Giáo dục và Đào tạo trước ngày 15/01/2020 (học kỳ I) và trước ngày 30/5/2020 (cả năm).
Nơi nhận:\tHIỆU TRƯỞNG
- Phòng GD&ĐT (b/c);
- Các tổ chuyên môn (t/h);
- Lưu: VT.\tNông Văn Thế
""",
    doc_type="kế hoạch",
    number="45/KH-THCSTM",
    issuer="TRƯỜNG THCS TÂN MỸ",
    parent="UBND HUYỆN ĐÔNG KHÊ",
    place="Tân Mỹ",
    date="2019-09-10",
    subject="Kiểm tra nội bộ năm học 2019 - 2020",
    title="HIỆU TRƯỞNG",
    name="Nông Văn Thế",
    recipients=["Phòng GD&ĐT (b/c)", "Các tổ chuyên môn (t/h)"],
    cited=["512/PGDĐT-TTr"],
    dl=["2019-09", "2019-10", "2019-11", "2019-12", "FREQ=MONTHLY;BYMONTHDAY=25", "2020-01-15", "2020-05-30"],
)


_letter(
    "task table one cell per line",
    """\
LĐLĐ TỈNH AN HẢI
CÔNG ĐOÀN VIÊN CHỨC TỈNH
Số: 31/KH-CĐVC
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập – Tự do – Hạnh phúc
An Hải, ngày 18 tháng 02 năm 2022
KẾ HOẠCH
Tổ chức Hội thi tìm hiểu pháp luật lao động năm 2022
Thực hiện Kế hoạch số 09/KH-LĐLĐ ngày 25/01/2022 của Ban Thường vụ LĐLĐ tỉnh, Công đoàn Viên chức tỉnh xây dựng kế hoạch tổ chức hội thi, cụ thể:
I. TIẾN ĐỘ THỰC HIỆN
TT
Nội dung
Đơn vị thực hiện
Thời gian
1
Ban hành kế hoạch, thể lệ hội thi
Văn phòng
Trước 25/02/2022
2
Các công đoàn cơ sở đăng ký đội thi
Công đoàn cơ sở
Trước 15/3/2022
3
Tổ chức sơ khảo
Ban giám khảo
Từ 05/4 đến 15/4/2022
4
Tổ chức chung khảo, trao giải
Ban Tổ chức
Tháng 5/2022
II. TỔ CHỨC THỰC HIỆN
Các công đoàn cơ sở căn cứ Kế hoạch này triển khai đến đoàn viên.
Nơi nhận:
- LĐLĐ tỉnh (b/c);
- Các CĐCS trực thuộc;
- Lưu: VT.
TM. BAN THƯỜNG VỤ
CHỦ TỊCH
Hứa Thị Kim Liên
""",
    doc_type="kế hoạch",
    number="31/KH-CĐVC",
    issuer="CÔNG ĐOÀN VIÊN CHỨC TỈNH",
    parent="LĐLĐ TỈNH AN HẢI",
    place="An Hải",
    date="2022-02-18",
    subject="Tổ chức Hội thi tìm hiểu pháp luật lao động năm 2022",
    authority="TM. BAN THƯỜNG VỤ",
    title="CHỦ TỊCH",
    name="Hứa Thị Kim Liên",
    recipients=["LĐLĐ tỉnh (b/c)", "Các CĐCS trực thuộc"],
    cited=["09/KH-LĐLĐ"],
    dl=["2022-02-25", "2022-03-15", "2022-04-05/2022-04-15", "2022-05"],
)


_letter(
    "giay moi",
    """\
 LIÊN ĐOÀN LAO ĐỘNG          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
     TỈNH AN HẢI                  Độc lập - Tự do - Hạnh phúc
   Số: 07/GM-LĐLĐ            An Hải, ngày 04 tháng 01 năm 2023

                     GIẤY MỜI
   Dự Hội nghị tổng kết hoạt động công đoàn năm 2022

    Kính gửi: - Thường trực Tỉnh ủy, HĐND, UBND tỉnh;
              - Lãnh đạo Ủy ban MTTQ Việt Nam tỉnh và các đoàn thể;
              - Chủ tịch LĐLĐ các huyện, thành phố.

    Liên đoàn Lao động tỉnh An Hải trân trọng kính mời các đồng chí tới dự Hội nghị tổng kết hoạt động
công đoàn năm 2022, triển khai nhiệm vụ năm 2023.
    Thời gian: 01 buổi, từ 8h00 ngày 12/01/2023 (thứ Năm).
    Địa điểm: Hội trường tầng 3, trụ sở Liên đoàn Lao động tỉnh.
    Đề nghị các đơn vị chuẩn bị tham luận gửi về Văn phòng trước ngày 09/01/2023.
    Trân trọng kính mời!

Nơi nhận:                                 TL. BAN THƯỜNG VỤ
- Như trên;                                CHÁNH VĂN PHÒNG
- Thường trực LĐLĐ tỉnh;
- Lưu: VT.

                                            Quách Văn Nam
""",
    doc_type="giấy mời",
    number="07/GM-LĐLĐ",
    issuer="LIÊN ĐOÀN LAO ĐỘNG TỈNH AN HẢI",
    place="An Hải",
    date="2023-01-04",
    subject="Dự Hội nghị tổng kết hoạt động công đoàn năm 2022",
    authority="TL. BAN THƯỜNG VỤ",
    title="CHÁNH VĂN PHÒNG",
    name="Quách Văn Nam",
    addressees=[
        "Thường trực Tỉnh ủy, HĐND, UBND tỉnh",
        "Lãnh đạo Ủy ban MTTQ Việt Nam tỉnh và các đoàn thể",
        "Chủ tịch LĐLĐ các huyện, thành phố",
    ],
    recipients=["Như trên", "Thường trực LĐLĐ tỉnh"],
    dl=["2023-01-09"],
)


_letter(
    "ocr merged capitals",
    """\
LIÊN ĐOÀN LAO ĐỘNG TỈNHANHẢI CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
LIÊN ĐOÀN LAO ĐỘNG HUYỆN ĐÔNGKHÊ Độc lập - Tự do - Hạnh phúc
Số:l2/LĐLĐ Đông Khê, ngày l4 tháng 5 năm 202l
V/v hưởng ứng Tháng Công nhân và báo
cáo kết quả
Kính gửi: Công đoàn cơ sở trực thuộc
Thực hiện Công văn số 3O/LĐLĐ-CSPL ngày 10/5/2021 của Liên đoàn Lao động tỉnh, đề nghị các công đoàn cơ sở báo cáo kết
quả về LĐLĐ huyện trưóc ngày 3O/5/202l để tổng hợp./.
Nơi nhận: TM. BAN THƯỜNG VỤ
- Như trên; CHỦ TỊCH
- LĐLĐ tỉnh (b/c);
- Lưu VT.
Lê Thị Thu Hà
""",
    doc_type="công văn",
    issuer="LIÊN ĐOÀN LAO ĐỘNG HUYỆN ĐÔNGKHÊ",
    parent="LIÊN ĐOÀN LAO ĐỘNG TỈNHANHẢI",
    place="Đông Khê",
    subject="hưởng ứng Tháng Công nhân và báo cáo kết quả",
    date="2021-05-14",
    number="12/LĐLĐ",
    addressees=["Công đoàn cơ sở trực thuộc"],
    recipients=["Như trên", "LĐLĐ tỉnh (b/c)"],
    authority="TM. BAN THƯỜNG VỤ",
    title="CHỦ TỊCH",
    name="Lê Thị Thu Hà",
    dl=["2021-05-30"],
    cited=["30/LĐLĐ-CSPL"],
)


_letter(
    "two lines subject in right order interleaved",
    """\
SỞ GIÁO DỤC VÀ ĐÀO TẠO AN HẢI CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
CÔNG ĐOÀN GIÁO DỤC TỈNH
Độc lập - Tự do - Hạnh phúc
Số: 102/CĐGD
V/v triển khai cuộc vận động quyên góp An Hải, ngày 05 tháng 10 năm 2017
ủng hộ sách vở cho học sinh vùng khó khăn
Kính gửi: - Công đoàn giáo dục các huyện, thành phố;
- Công đoàn cơ sở các đơn vị trực thuộc.
Để chia sẻ với học sinh vùng khó khăn, Công đoàn Giáo dục tỉnh phát động quyên góp. Thời gian tiếp nhận: từ ngày 10/10 đến hết ngày 30/10/2017.
Danh sách và số tiền chuyển về Công đoàn Giáo dục tỉnh chậm nhất 05/11/2017.
Nơi nhận:
- Như kính gửi;
- Lưu: VP.
TM. BAN THƯỜNG VỤ
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Đinh Công Tráng Anh
""",
    doc_type="công văn",
    number="102/CĐGD",
    issuer="CÔNG ĐOÀN GIÁO DỤC TỈNH",
    parent="SỞ GIÁO DỤC VÀ ĐÀO TẠO AN HẢI",
    place="An Hải",
    date="2017-10-05",
    subject="triển khai cuộc vận động quyên góp ủng hộ sách vở cho học sinh vùng khó khăn",
    addressees=["Công đoàn giáo dục các huyện, thành phố", "Công đoàn cơ sở các đơn vị trực thuộc"],
    recipients=["Như kính gửi"],
    authority="TM. BAN THƯỜNG VỤ KT. CHỦ TỊCH",
    title="PHÓ CHỦ TỊCH",
    name="Đinh Công Tráng Anh",
    dl=["2017-10-10/2017-10-30", "2017-11-05"],
)


_letter(
    "electronic signature",
    """\
Ký bởi: Sở Nội vụ
Cơ quan: Tỉnh An Hải
Ngày ký: 03-06-2022 15:21:09 +07:00
UBND TỈNH AN HẢI                CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ NỘI VỤ                       Độc lập - Tự do - Hạnh phúc
Số: 780/SNV-CCVC                An Hải, ngày 03 tháng 6 năm 2022
V/v báo cáo số lượng, chất
lượng viên chức năm 2022

Kính gửi:
   - Các sở, ban, ngành;
   - Các đơn vị sự nghiệp thuộc UBND tỉnh;
   - UBND các huyện, thành phố.

Căn cứ Thông tư số 07/2019/TT-BNV ngày 01/6/2019 của Bộ trưởng Bộ Nội vụ quy định về chế độ báo cáo thống kê;
Sở Nội vụ đề nghị Quý cơ quan, đơn vị báo cáo theo biểu mẫu gửi kèm, gồm:
1. Báo cáo số lượng, chất lượng viên chức (số liệu tính đến 31/5/2022).
2. Báo cáo kế hoạch tuyển dụng năm 2023.
Báo cáo gửi về Sở Nội vụ bằng văn bản và thư điện tử trước ngày 20/6/2022. Quá thời hạn trên, đơn vị không gửi báo cáo thì chịu trách nhiệm trước Chủ tịch UBND tỉnh.
Trân trọng./.

Nơi nhận:                               KT. GIÁM ĐỐC
- Như trên;                             PHÓ GIÁM ĐỐC
- UBND tỉnh (b/c);
- Giám đốc, các PGĐ Sở;
- Lưu: VT, CCVC.


                                        Bế Văn Sáng
""",
    doc_type="công văn",
    number="780/SNV-CCVC",
    issuer="SỞ NỘI VỤ",
    parent="UBND TỈNH AN HẢI",
    place="An Hải",
    date="2022-06-03",
    subject="báo cáo số lượng, chất lượng viên chức năm 2022",
    addressees=["Các sở, ban, ngành", "Các đơn vị sự nghiệp thuộc UBND tỉnh", "UBND các huyện, thành phố"],
    recipients=["Như trên", "UBND tỉnh (b/c)", "Giám đốc, các PGĐ Sở"],
    authority="KT. GIÁM ĐỐC",
    title="PHÓ GIÁM ĐỐC",
    name="Bế Văn Sáng",
    cited=["07/2019/TT-BNV"],
    dl=["2022-06-20"],
)


_letter(
    "quyet dinh dieu",
    """\
CÔNG ĐOÀN CÁC KHU CÔNG NGHIỆP          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
CĐCS CÔNG TY TNHH SAO MAI AN HẢI       Độc lập - Tự do - Hạnh phúc
Số: 05/QĐ-CĐCS                         An Hải, ngày 20 tháng 7 năm 2023

QUYẾT ĐỊNH
Về việc ban hành Quy chế chi tiêu nội bộ của công đoàn cơ sở
-------
BAN CHẤP HÀNH CÔNG ĐOÀN CƠ SỞ
Căn cứ Điều lệ Công đoàn Việt Nam;
Căn cứ Quyết định số 4290/QĐ-TLĐ ngày 01/3/2022 của Đoàn Chủ tịch Tổng Liên đoàn Lao động Việt Nam;
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Quy chế chi tiêu nội bộ.
Điều 2. Quyết định có hiệu lực từ ngày 01/8/2023 và thay thế Quyết định số 02/QĐ-CĐCS ngày 12/01/2021.
Điều 3. Ủy ban kiểm tra, kế toán và các tổ công đoàn chịu trách nhiệm thi hành. Kế toán công khai quy chế trước ngày 31/8/2023; định kỳ 6 tháng báo cáo Ban Chấp hành tình hình thực hiện.
Nơi nhận:                            TM. BAN CHẤP HÀNH
- Như Điều 3;                            CHỦ TỊCH
- CĐ các KCN (b/c);
- Lưu: CĐCS.                         Trịnh Văn Quyết
""",
    doc_type="quyết định",
    number="05/QĐ-CĐCS",
    issuer="CĐCS CÔNG TY TNHH SAO MAI AN HẢI",
    parent="CÔNG ĐOÀN CÁC KHU CÔNG NGHIỆP",
    place="An Hải",
    date="2023-07-20",
    subject="ban hành Quy chế chi tiêu nội bộ của công đoàn cơ sở",
    recipients=["Như Điều 3", "CĐ các KCN (b/c)"],
    authority="TM. BAN CHẤP HÀNH",
    title="CHỦ TỊCH",
    name="Trịnh Văn Quyết",
    cited=["4290/QĐ-TLĐ", "02/QĐ-CĐCS"],
    dl=["2023-08-31", "FREQ=MONTHLY;INTERVAL=6"],
)


_letter(
    "kinh gui with semicolons in one line, noi nhan right",
    """\
TỔNG CÔNG TY MUỐI AN HẢI        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
CÔNG ĐOÀN                            Độc lập – Tự do – Hạnh phúc
Số: 19 /CĐ-TCT                      An Hải, ngày 11 tháng 11 năm 2020
“V/v: Báo cáo tổng kết công tác công đoàn năm 2020”

Kính gửi: Công đoàn các đơn vị thành viên; Công đoàn Văn phòng Tổng công ty;
          Ủy ban Kiểm tra Công đoàn Tổng công ty.

Căn cứ chương trình công tác năm 2020, Ban Thường vụ Công đoàn Tổng công ty đề nghị các đơn vị báo cáo tổng kết (theo đề cương kèm theo), gửi về Công đoàn Tổng công ty chậm nhất vào ngày 30/11/2020 qua địa chỉ thư điện tử của Văn phòng.
Sau thời hạn trên, đơn vị nào chưa gửi sẽ không xét thi đua.

Nơi nhận:                    TM. BAN THƯỜNG VỤ
 - Như trên;                 CHỦ TỊCH
 - Lưu CĐ.                   (đã ký)
                             Vũ Đức Thắng
""",
    doc_type="công văn",
    number="19/CĐ-TCT",
    issuer="CÔNG ĐOÀN",
    parent="TỔNG CÔNG TY MUỐI AN HẢI",
    place="An Hải",
    date="2020-11-11",
    subject="Báo cáo tổng kết công tác công đoàn năm 2020",
    addressees=[
        "Công đoàn các đơn vị thành viên",
        "Công đoàn Văn phòng Tổng công ty",
        "Ủy ban Kiểm tra Công đoàn Tổng công ty",
    ],
    recipients=["Như trên"],
    authority="TM. BAN THƯỜNG VỤ",
    title="CHỦ TỊCH",
    name="Vũ Đức Thắng",
    dl=["2020-11-30"],
)


_letter(
    "text flattened into one paragraph",
    """\
UBND HUYỆN ĐÔNG KHÊ PHÒNG GIÁO DỤC VÀ ĐÀO TẠO Số: 233/PGDĐT V/v tổ chức ngày hội đọc sách năm 2019 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Đông Khê, ngày 05 tháng 4 năm 2019 Kính gửi: Hiệu trưởng các trường TH, THCS trong huyện. Thực hiện Công văn số 410/SGDĐT-VP ngày 29/3/2019 của Sở Giáo dục và Đào tạo, Phòng GD&ĐT yêu cầu các trường: 1. Tổ chức ngày hội đọc sách trong tháng 4/2019. 2. Gửi báo cáo kèm ảnh về Phòng trước ngày 28/4/2019. Nơi nhận: - Như trên; - Lưu: VT. TRƯỞNG PHÒNG Dương Văn Tuế
""",
    doc_type="công văn",
    number="233/PGDĐT",
    issuer="PHÒNG GIÁO DỤC VÀ ĐÀO TẠO",
    parent="UBND HUYỆN ĐÔNG KHÊ",
    place="Đông Khê",
    date="2019-04-05",
    subject="tổ chức ngày hội đọc sách năm 2019",
    addressees=["Hiệu trưởng các trường TH, THCS trong huyện"],
    recipients=["Như trên"],
    title="TRƯỞNG PHÒNG",
    name="Dương Văn Tuế",
    cited=["410/SGDĐT-VP"],
    dl=["2019-04", "2019-04-28"],
)


_letter(
    "law site cells",
    """\
ỦY BAN NHÂN DÂN
TỈNH AN HẢI
-------
|
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
|
Số: 1450/UBND-VX
V/v tăng cường công tác phòng cháy,
chữa cháy tại các khu nhà trọ
|
An Hải, ngày 14 tháng 9
năm 2023
|
Kính gửi:
|
- Công an tỉnh;
- Liên đoàn Lao động tỉnh;
- Ủy ban nhân dân các huyện, thị xã,
thành phố.
|
Thực hiện Công điện số 825/CĐ-TTg ngày
15/9/2022 của Thủ tướng Chính phủ, Chủ tịch UBND tỉnh yêu cầu:
1. Công an tỉnh tổng kiểm tra các khu nhà trọ,
hoàn thành trong quý IV/2023.
2. Liên đoàn Lao động tỉnh tuyên truyền đến đoàn viên; báo cáo kết quả trước
ngày 15/12/2023.
3. UBND các huyện rà soát, lập danh sách trong
tháng 10/2023, định kỳ hàng quý cập nhật.
|
Nơi nhận:
- Như trên;
- TT Tỉnh ủy (b/c);
- CT, các PCT UBND tỉnh;
- Lưu: VT, VX (T).
|
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Hoàng Thế Vinh
|
""",
    doc_type="công văn",
    number="1450/UBND-VX",
    issuer="ỦY BAN NHÂN DÂN TỈNH AN HẢI",
    place="An Hải",
    date="2023-09-14",
    subject="tăng cường công tác phòng cháy, chữa cháy tại các khu nhà trọ",
    addressees=["Công an tỉnh", "Liên đoàn Lao động tỉnh", "Ủy ban nhân dân các huyện, thị xã, thành phố"],
    recipients=["Như trên", "TT Tỉnh ủy (b/c)", "CT, các PCT UBND tỉnh"],
    authority="KT. CHỦ TỊCH",
    title="PHÓ CHỦ TỊCH",
    name="Hoàng Thế Vinh",
    cited=["825/CĐ-TTg"],
    dl=["2023-Q4", "2023-12-15", "2023-10", "FREQ=QUARTERLY"],
)


_letter(
    "bao cao month, hospital",
    """\
SỞ Y TẾ AN HẢI
BỆNH VIỆN ĐA KHOA ĐÔNG KHÊ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 61/TB-BVĐK
Đông Khê, ngày 07 tháng 6 năm 2021

THÔNG BÁO
(V/v tiếp nhận hồ sơ xét tuyển viên chức đợt 1 năm 2021)

Căn cứ Quyết định số 1101/QĐ-SYT ngày 31/5/2021 của Giám đốc Sở Y tế về việc phê duyệt kế hoạch tuyển dụng;
Bệnh viện Đa khoa Đông Khê thông báo như sau:
1. Thời gian nhận hồ sơ: 30 ngày, kể từ ngày 08/6/2021 đến hết ngày 08/7/2021 (trong giờ hành chính).
2. Địa điểm: Phòng Tổ chức - Hành chính.
3. Lệ phí nộp cùng hồ sơ.
4. Thời gian công bố danh sách đủ điều kiện: chậm nhất 05 ngày làm việc sau khi kết thúc nhận hồ sơ.

Nơi nhận:
- Sở Y tế (b/c);
- Đăng website Bệnh viện;
- Niêm yết;
- Lưu: VT, TCHC.

GIÁM ĐỐC



Ths. Bs. Lường Thị Phương
""",
    doc_type="thông báo",
    number="61/TB-BVĐK",
    issuer="BỆNH VIỆN ĐA KHOA ĐÔNG KHÊ",
    parent="SỞ Y TẾ AN HẢI",
    place="Đông Khê",
    date="2021-06-07",
    subject="tiếp nhận hồ sơ xét tuyển viên chức đợt 1 năm 2021",
    recipients=["Sở Y tế (b/c)", "Đăng website Bệnh viện", "Niêm yết"],
    title="GIÁM ĐỐC",
    name="Lường Thị Phương",
    cited=["1101/QĐ-SYT"],
    dl=["2021-06-08/2021-07-08", "P5BD after ket thuc nhan ho so"],
)


_letter(
    "huong dan with roman headings; recipients two groups",
    """\
TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
LIÊN ĐOÀN LAO ĐỘNG TỈNH AN HẢI             Độc lập - Tự do - Hạnh phúc
         ---------                              ------------------
     Số: 08/HD-LĐLĐ                       An Hải, ngày 21 tháng 01 năm 2020


                                 HƯỚNG DẪN
            Tổ chức Hội nghị cán bộ, công chức, viên chức,
              Hội nghị người lao động năm 2020

     Căn cứ Nghị định số 04/2015/NĐ-CP ngày 09/01/2015; Nghị định 149/2018/NĐ-CP ngày 07/11/2018 của Chính phủ;
     Ban Thường vụ Liên đoàn Lao động tỉnh hướng dẫn như sau:
     I. MỤC ĐÍCH, YÊU CẦU
     Phát huy quyền làm chủ của người lao động.
     II. NỘI DUNG
     1. Đối với khối hành chính, sự nghiệp: Tổ chức hội nghị trong tháng 12/2019 và tháng 01/2020; riêng các trường học hoàn thành trước ngày 15/10 hằng năm.
     2. Đối với doanh nghiệp: Hoàn thành trong quý I năm 2020.
     III. TỔ CHỨC THỰC HIỆN
     1. LĐLĐ huyện, thành phố, CĐ ngành hướng dẫn cơ sở; báo cáo kết quả về LĐLĐ tỉnh (qua Ban Chính sách - Pháp luật) hai đợt: đợt 1 trước ngày 15/4/2020; đợt 2 trước ngày 15/10/2020.
     2. Trong quá trình thực hiện nếu có vướng mắc, phản ánh kịp thời về LĐLĐ tỉnh.

     Nơi nhận:                                     TM. BAN THƯỜNG VỤ
     - TLĐ (b/c);                                     CHỦ TỊCH
     - Sở LĐTB&XH (p/h);
     - Các LĐLĐ huyện, TP; CĐ ngành;
     - Đăng Trang TTĐT LĐLĐ tỉnh;
     - Lưu: VT, CSPL.
                                                Lưu Văn Trọng
""",
    doc_type="hướng dẫn",
    number="08/HD-LĐLĐ",
    issuer="LIÊN ĐOÀN LAO ĐỘNG TỈNH AN HẢI",
    parent="TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM",
    place="An Hải",
    date="2020-01-21",
    subject="Tổ chức Hội nghị cán bộ, công chức, viên chức, Hội nghị người lao động năm 2020",
    recipients=["TLĐ (b/c)", "Sở LĐTB&XH (p/h)", "Các LĐLĐ huyện, TP; CĐ ngành", "Đăng Trang TTĐT LĐLĐ tỉnh"],
    authority="TM. BAN THƯỜNG VỤ",
    title="CHỦ TỊCH",
    name="Lưu Văn Trọng",
    cited=["04/2015/NĐ-CP", "149/2018/NĐ-CP"],
    dl=["FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=15", "2020-Q1", "2020-04-15", "2020-10-15"],
)


_letter(
    "table pdftotext row per line without gaps",
    """\
BỘ VIỆC LÀM
CỤC AN TOÀN LAO ĐỘNG

Số: 77/CATLĐ-TTr
V/v tự kiểm tra an toàn lao động

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Hà Nội, ngày 09 tháng 3 năm 2021

Kính gửi: Các doanh nghiệp sử dụng thiết bị nâng

Căn cứ Bộ luật Lao động, Cục An toàn lao động đề nghị các doanh nghiệp thực hiện theo tiến độ sau:
STT Nội dung công việc Đơn vị thực hiện Thời gian hoàn thành
1 Tự kiểm tra thiết bị Doanh nghiệp Trước 30/4/2021
2 Khắc phục thiếu sót Doanh nghiệp 15/5/2021
3 Gửi phiếu tự kiểm tra Doanh nghiệp Trước ngày 31/5/2021
4 Tổng hợp Cục ATLĐ Quý III/2021

Mọi thắc mắc liên hệ Thanh tra Cục./.

Nơi nhận: KT. CỤC TRƯỞNG
- Như trên; PHÓ CỤC TRƯỞNG
- Bộ trưởng (để b/c);
- Cục trưởng (để b/c);
- Lưu: VT, TTr. Phùng Minh Tuấn
""",
    doc_type="công văn",
    number="77/CATLĐ-TTr",
    issuer="CỤC AN TOÀN LAO ĐỘNG",
    parent="BỘ VIỆC LÀM",
    place="Hà Nội",
    date="2021-03-09",
    subject="tự kiểm tra an toàn lao động",
    addressees=["Các doanh nghiệp sử dụng thiết bị nâng"],
    recipients=["Như trên", "Bộ trưởng (để b/c)", "Cục trưởng (để b/c)"],
    authority="KT. CỤC TRƯỞNG",
    title="PHÓ CỤC TRƯỞNG",
    name="Phùng Minh Tuấn",
    dl=["2021-04-30", "2021-05-15", "2021-05-31", "2021-Q3"],
)


_letter(
    "date at the top by the site, no header, letter in small letters",
    """\
Thông báo về việc nộp hồ sơ khen thưởng đoàn viên tiêu biểu năm 2022
Thứ ba - 01/11/2022 09:15
Kính gửi: Công đoàn các trường trực thuộc
Thực hiện kế hoạch công tác thi đua, Công đoàn Giáo dục huyện Đông Khê thông báo các công đoàn trường nộp hồ sơ khen thưởng gồm tờ trình, biên bản họp và bản thành tích.
Hồ sơ gửi về Công đoàn Giáo dục huyện (đồng chí Hoa nhận) từ ngày 07/11 đến hết ngày 11/11/2022.
Đề nghị các đơn vị thực hiện nghiêm túc.
Nơi nhận:
- Như trên;
- LĐLĐ huyện (b/c).
Chủ tịch
Đỗ Hùng Sơn
""",
    doc_type="thông báo",
    issuer="Công đoàn Giáo dục huyện Đông Khê",
    subject="nộp hồ sơ khen thưởng đoàn viên tiêu biểu năm 2022",
    addressees=["Công đoàn các trường trực thuộc"],
    recipients=["Như trên", "LĐLĐ huyện (b/c)"],
    title="Chủ tịch",
    name="Đỗ Hùng Sơn",
    dl=["2022-11-07/2022-11-11"],
)


_letter(
    "ke hoach timeline bullets",
    """\
 LĐLĐ HUYỆN ĐÔNG KHÊ              CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
CĐCS TRƯỜNG THPT ĐÔNG KHÊ               Độc lập – Tự do – Hạnh phúc
                                  ------------------------------------
   Số: 12/KH-CĐCS                  Đông Khê, ngày 25 tháng 9 năm 2020

                               KẾ HOẠCH
           Tổ chức Đại hội Công đoàn trường THPT Đông Khê
                       nhiệm kỳ 2020 – 2025

   Thực hiện Hướng dẫn số 15/HD-LĐLĐ ngày 10/9/2020 của LĐLĐ huyện, Ban Chấp hành Công đoàn trường xây dựng kế hoạch đại hội như sau:
I. Thời gian và địa điểm:
   - Thời gian dự kiến: 7h30 ngày 30/10/2020.
   - Địa điểm: Hội trường nhà trường.
II. Tiến độ:
   - Trước ngày 02/10/2020: Thành lập các tiểu ban.
   - Từ ngày 03/10 đến ngày 10/10/2020: Các tổ công đoàn họp, giới thiệu nhân sự.
   - Ngày 12/10/2020: Hạn cuối các tổ nộp biên bản về Ban Chấp hành.
   - Trước 15/10/2020: Trình hồ sơ xin ý kiến LĐLĐ huyện.
   - Chậm nhất sau 05 ngày kể từ khi kết thúc đại hội: hoàn thiện hồ sơ gửi LĐLĐ huyện công nhận.
III. Phân công:
   Các đồng chí trong Ban Chấp hành theo nhiệm vụ thực hiện.

 Nơi nhận:                                 T.M BCH CÔNG ĐOÀN
 - LĐLĐ huyện (để b/c);                          CHỦ TỊCH
 - Chi ủy, BGH (để b/c);
 - Các tổ CĐ (để t/h);
 - Lưu CĐ.
                                            Khuất Duy Hải
""",
    doc_type="kế hoạch",
    number="12/KH-CĐCS",
    issuer="CĐCS TRƯỜNG THPT ĐÔNG KHÊ",
    parent="LĐLĐ HUYỆN ĐÔNG KHÊ",
    place="Đông Khê",
    date="2020-09-25",
    subject="Tổ chức Đại hội Công đoàn trường THPT Đông Khê nhiệm kỳ 2020 - 2025",
    recipients=["LĐLĐ huyện (để b/c)", "Chi ủy, BGH (để b/c)", "Các tổ CĐ (để t/h)"],
    authority="T.M BCH CÔNG ĐOÀN",
    title="CHỦ TỊCH",
    name="Khuất Duy Hải",
    cited=["15/HD-LĐLĐ"],
    dl=["2020-10-02", "2020-10-03/2020-10-10", "2020-10-12", "2020-10-15", "P5D after ket thuc dai hoi"],
)


_letter(
    "pipe table with merged vertical and time col first",
    """\
| HỘI LIÊN HIỆP PHỤ NỮ TỈNH AN HẢI | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |
| BAN THƯỜNG VỤ | Độc lập - Tự do - Hạnh phúc |
| Số: 40/KH-BTV | An Hải, ngày 15 tháng 02 năm 2023 |

KẾ HOẠCH
Hoạt động kỷ niệm Ngày Quốc tế Phụ nữ 8/3

Căn cứ chương trình năm 2023, Ban Thường vụ Hội xây dựng kế hoạch:
1. Các hoạt động chính
| STT | Nội dung | Thời gian | Chủ trì |
| --- | --- | --- | --- |
| 1 | Treo băng rôn | Trước ngày 01/3/2023 | Văn phòng |
| 2 | Gặp mặt nữ cán bộ | Ngày 07/3/2023 | Ban Tổ chức |
| 3 | Tặng quà nữ công nhân | 01-08/3/2023 | Ban Gia đình |
| 4 | Báo cáo tổng kết | 15/3/2023 | Văn phòng |
2. Kinh phí: từ nguồn của Hội.

| Nơi nhận: | TM. BAN THƯỜNG VỤ |
| - TW Hội (b/c); | PHÓ CHỦ TỊCH |
| - Các huyện, thành Hội; | |
| - Lưu: VP. | Ma Thị Thoa |
""",
    doc_type="kế hoạch",
    number="40/KH-BTV",
    issuer="BAN THƯỜNG VỤ",
    parent="HỘI LIÊN HIỆP PHỤ NỮ TỈNH AN HẢI",
    place="An Hải",
    date="2023-02-15",
    subject="Hoạt động kỷ niệm Ngày Quốc tế Phụ nữ 8/3",
    recipients=["TW Hội (b/c)", "Các huyện, thành Hội"],
    authority="TM. BAN THƯỜNG VỤ",
    title="PHÓ CHỦ TỊCH",
    name="Ma Thị Thoa",
    dl=["2023-03-01", "2023-03-07", "2023-03-01/2023-03-08", "2023-03-15"],
)


_letter(
    "signature above recipients, kt",
    """\
ỦY BAN NHÂN DÂN
PHƯỜNG HÒA SA
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 55/TB-UBND
Hòa Sa, ngày 29 tháng 11 năm 2024
THÔNG BÁO
Lịch tiếp nhận quà Tết cho người lao động khó khăn
Ủy ban nhân dân phường Hòa Sa thông báo:
- Người lao động đăng ký tại khu phố từ ngày 02/12 đến ngày 10/12/2024.
- Khu phố lập danh sách nộp về UBND phường chậm nhất ngày 12/12/2024.
- Thời gian trao quà: dự kiến 08 giờ ngày 20/12/2024.
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Trang Văn Phúc
Nơi nhận:
- Các khu phố;
- CĐ phường;
- Lưu: VT.
""",
    doc_type="thông báo",
    number="55/TB-UBND",
    issuer="ỦY BAN NHÂN DÂN PHƯỜNG HÒA SA",
    place="Hòa Sa",
    date="2024-11-29",
    subject="Lịch tiếp nhận quà Tết cho người lao động khó khăn",
    recipients=["Các khu phố", "CĐ phường"],
    authority="KT. CHỦ TỊCH",
    title="PHÓ CHỦ TỊCH",
    name="Trang Văn Phúc",
    dl=["2024-12-02/2024-12-10", "2024-12-12"],
)

_letter(
    "interleaved closing one column per line alternating",
    """\
TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM
CÔNG ĐOÀN DỆT LỤA VIỆT NAM
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 233/CĐDL-TGNC
V/v: Tổ chức hoạt động nhân Ngày Gia đình Việt Nam 28/6
Hà Nội, ngày 01 tháng 6 năm 2021

Kính gửi:
Công đoàn các đơn vị trực thuộc;
Công đoàn cơ sở Cơ quan Công đoàn Dệt lụa Việt Nam.

Nhân kỷ niệm 20 năm Ngày Gia đình Việt Nam (28/6/2001 - 28/6/2021), Ban Thường vụ Công đoàn Dệt lụa Việt Nam đề nghị Công đoàn các đơn vị:
1. Tổ chức tọa đàm, gặp mặt gia đình đoàn viên tiêu biểu trong tháng 6/2021.
2. Biểu dương tại cơ sở; lựa chọn 01 gia đình tiêu biểu giới thiệu về Công đoàn Dệt lụa Việt Nam (qua Ban Tuyên giáo - Nữ công) trước ngày 15/6/2021.
3. Báo cáo kết quả cùng báo cáo công tác nữ công 6 tháng đầu năm.

Nơi nhận:
TM. BAN THƯỜNG VỤ
- Như trên;
- Thường trực CĐDLVN;
PHÓ CHỦ TỊCH
- Lưu: VT, TGNC.




Tăng Thị Hồng Gấm
""",
    doc_type="công văn",
    number="233/CĐDL-TGNC",
    issuer="CÔNG ĐOÀN DỆT LỤA VIỆT NAM",
    parent="TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM",
    place="Hà Nội",
    date="2021-06-01",
    subject="Tổ chức hoạt động nhân Ngày Gia đình Việt Nam 28/6",
    addressees=["Công đoàn các đơn vị trực thuộc", "Công đoàn cơ sở Cơ quan Công đoàn Dệt lụa Việt Nam"],
    recipients=["Như trên", "Thường trực CĐDLVN"],
    authority="TM. BAN THƯỜNG VỤ",
    title="PHÓ CHỦ TỊCH",
    name="Tăng Thị Hồng Gấm",
    dl=["2021-06", "2021-06-15"],
)


_letter(
    "markdown-ish web",
    """\
# Công văn số 415/SGDĐT-GDTrH về việc tổ chức Cuộc thi khoa học kĩ thuật cấp tỉnh năm học 2018 - 2019

Ngày ban hành: 20/09/2018 | Lượt xem: 1043 | lượt tải: 220

UBND TỈNH AN HẢI
**SỞ GIÁO DỤC VÀ ĐÀO TẠO**

Số: 415/SGDĐT-GDTrH
V/v tổ chức Cuộc thi khoa học kĩ thuật
cấp tỉnh năm học 2018 - 2019

**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**
**Độc lập - Tự do - Hạnh phúc**

*An Hải, ngày 20 tháng 9 năm 2018*

Kính gửi:
- Phòng Giáo dục và Đào tạo các huyện, thành phố;
- Các trường trung học phổ thông.

Thực hiện Thông tư số 38/2012/TT-BGDĐT ngày 02/11/2012 và Thông tư số 32/2017/TT-BGDĐT ngày 19/12/2017 của Bộ Giáo dục và Đào tạo, Sở hướng dẫn như sau:

**1. Thời gian, địa điểm**
- Thời gian: Dự kiến ngày 12, 13 tháng 12 năm 2018.
- Địa điểm: Trường THPT chuyên.

**2. Hồ sơ và thời hạn đăng ký**
- Các đơn vị đăng ký số lượng dự án qua thư điện tử trước 31/10/2018.
- Hồ sơ dự thi nộp trực tiếp tại phòng Giáo dục Trung học từ ngày 12/11 đến 16/11/2018. Quá thời gian trên, Sở không tiếp nhận.

Nhận được công văn này, đề nghị các đơn vị triển khai thực hiện./.

**Nơi nhận:**
- Như trên;
- Lãnh đạo Sở;
- Lưu: VT, GDTrH.

**KT. GIÁM ĐỐC**
**PHÓ GIÁM ĐỐC**
*(Đã ký)*
**Đàm Văn Thức**

Tải về tập tin: cv415.pdf
""",
    doc_type="công văn",
    number="415/SGDĐT-GDTrH",
    issuer="SỞ GIÁO DỤC VÀ ĐÀO TẠO",
    parent="UBND TỈNH AN HẢI",
    place="An Hải",
    date="2018-09-20",
    subject="tổ chức Cuộc thi khoa học kĩ thuật cấp tỉnh năm học 2018 - 2019",
    addressees=["Phòng Giáo dục và Đào tạo các huyện, thành phố", "Các trường trung học phổ thông"],
    recipients=["Như trên", "Lãnh đạo Sở"],
    authority="KT. GIÁM ĐỐC",
    title="PHÓ GIÁM ĐỐC",
    name="Đàm Văn Thức",
    cited=["38/2012/TT-BGDĐT", "32/2017/TT-BGDĐT"],
    dl=["2018-10-31", "2018-11-12/2018-11-16"],
)


_letter(
    "kinh gui with inline list of departments and colon",
    """\
ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
THÀNH PHỐ BÌNH SA             Độc lập - Tự do - Hạnh phúc

Số: 918/UBND-LĐTBXH      Bình Sa, ngày 17 tháng 01 năm 2020
V/v chuẩn bị các điều kiện phục vụ
Nhân dân đón Tết Nguyên đán
       Canh Tý 2020

        Kính gửi:
             - Các phòng: Nội vụ; Tài chính - Kế hoạch; Lao động - Thương binh và Xã hội;
             - Liên đoàn Lao động thành phố;
             - UBND các xã, phường.

    Để chăm lo chu đáo cho Nhân dân và người lao động đón Tết, UBND thành phố yêu cầu:
    1. Phòng Lao động - Thương binh và Xã hội chủ trì, phối hợp Liên đoàn Lao động thành phố nắm tình hình tiền lương, thưởng Tết, báo cáo UBND thành phố trước ngày 20/01/2020; hoàn thành chi trả trợ cấp trước ngày 22/01/2020 (tức ngày 28 tháng Chạp năm Kỷ Hợi).
    2. Các phường, xã báo cáo nhanh tình hình trước, trong và sau Tết về Văn phòng trước 16 giờ 00 hằng ngày, từ ngày 23/01 đến hết ngày 29/01/2020.
    Yêu cầu các đơn vị nghiêm túc thực hiện./.

 Nơi nhận:                                   CHỦ TỊCH
 - Như kính gửi;
 - TT Thành ủy, HĐND TP;
 - CT, PCT UBND TP;
 - CVP, PCVP;                             Trương Quang Sáng
 - Lưu: VT, LĐ.
""",
    doc_type="công văn",
    number="918/UBND-LĐTBXH",
    issuer="ỦY BAN NHÂN DÂN THÀNH PHỐ BÌNH SA",
    place="Bình Sa",
    date="2020-01-17",
    subject="chuẩn bị các điều kiện phục vụ Nhân dân đón Tết Nguyên đán Canh Tý 2020",
    addressees=[
        "Các phòng: Nội vụ; Tài chính - Kế hoạch; Lao động - Thương binh và Xã hội",
        "Liên đoàn Lao động thành phố",
        "UBND các xã, phường",
    ],
    recipients=["Như kính gửi", "TT Thành ủy, HĐND TP", "CT, PCT UBND TP", "CVP, PCVP"],
    title="CHỦ TỊCH",
    name="Trương Quang Sáng",
    dl=["2020-01-20", "2020-01-22", "FREQ=DAILY;UNTIL=20200129"],
)


_letter(
    "ocr heavy",
    """\
LĐLĐ TỈNH AN HÁI CỌNG HOÀ XÃ HỘI CHÙ NGHĨA VIỆT NAM
CÔNG ĐOÀN NGÀNH CÔNG THƯƠNG Độc lập - Tự do - Hạnh phúc
Sô: 47/CĐCT-VP An Hải, ngày 26 tháng 8 năm 2014
"V/v đôn đốc nộp kinh phí công đoàn" .
Kính gửi: Công đoàn cơ sờ trực thuộc
Căn cứ Nghị định sô 191/2013/NĐ-CP ngày 21/11/2013 cùa Chính phủ;
Công đoàn ngành Công Thương đề nghị các CĐCS nộp đủ kinh phí quý III/2014 chậm nhât ngày 30/9/2014 và
báo cáo quyêt toán vê Công đoàn ngành truớc ngày 05/10/2014./.
Nơi nhận:
- Như trên;
- Lưu: VT TM. BAN THƯỜNG VỤ
CHỦ TỊCH
` ~ị/
Nghiêm Xuân Dũng
""",
    doc_type="công văn",
    number="47/CĐCT-VP",
    issuer="CÔNG ĐOÀN NGÀNH CÔNG THƯƠNG",
    parent="LĐLĐ TỈNH AN HÁI",
    place="An Hải",
    date="2014-08-26",
    subject="đôn đốc nộp kinh phí công đoàn",
    addressees=["Công đoàn cơ sờ trực thuộc"],
    recipients=["Như trên"],
    authority="TM. BAN THƯỜNG VỤ",
    title="CHỦ TỊCH",
    name="Nghiêm Xuân Dũng",
    cited=["191/2013/NĐ-CP"],
    dl=["2014-09-30", "2014-10-05"],
)


_letter(
    "chi thi with trailing 'Nơi nhận' to the right of signature, two-line authority",
    """\
ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH AN HẢI Độc lập - Tự do - Hạnh phúc
Số: 12/CT-UBND An Hải, ngày 08 tháng 5 năm 2012

CHỈ THỊ
Về việc tăng cường công tác bảo hộ lao động trong các doanh nghiệp
trên địa bàn tỉnh

Trong những năm qua, công tác bảo hộ lao động trên địa bàn tỉnh đã có nhiều chuyển biến.
Để khắc phục các tồn tại, Ủy ban nhân dân tỉnh chỉ thị:
1. Sở Lao động - Thương binh và Xã hội:
a) Thanh tra, kiểm tra ít nhất 20 doanh nghiệp mỗi năm.
b) Định kỳ 6 tháng, 1 năm tổng hợp báo cáo Ủy ban nhân dân tỉnh.
2. Các doanh nghiệp:
a) Tự kiểm tra, khai báo thiết bị trong thời hạn 30 ngày kể từ ngày Chỉ thị này có hiệu lực.
b) Báo cáo tai nạn lao động 6 tháng trước ngày 05 tháng 7 và báo cáo năm trước ngày 10 tháng 01 năm sau.
3. Liên đoàn Lao động tỉnh: phát động phong trào hàng năm.
Chỉ thị này có hiệu lực sau 10 ngày kể từ ngày ký./.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Võ Thành Công
""",
    doc_type="chỉ thị",
    number="12/CT-UBND",
    issuer="ỦY BAN NHÂN DÂN TỈNH AN HẢI",
    place="An Hải",
    date="2012-05-08",
    subject="tăng cường công tác bảo hộ lao động trong các doanh nghiệp trên địa bàn tỉnh",
    authority="TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH",
    title="PHÓ CHỦ TỊCH",
    name="Võ Thành Công",
    dl=[
        "FREQ=YEARLY",
        "FREQ=MONTHLY;INTERVAL=6",
        "FREQ=YEARLY",
        "P30D after chi thi nay co hieu luc",
        "2012-07-05",
        "2013-01-10",
    ],
)


_letter(
    "bcd with long names, header glued caps",
    """\
BAN CHỈ ĐẠO PHONG TRÀO
"TOÀN DÂN ĐOÀN KẾT XÂY DỰNG        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
ĐỜI SỐNG VĂN HÓA"                       Độc lập - Tự do - Hạnh phúc
TỈNH AN HẢI
Số: 06/KH-BCĐ                       An Hải, ngày 22 tháng 3 năm 2016

KẾ HOẠCH
Hoạt động năm 2016 của Ban Chỉ đạo

I. NHIỆM VỤ
1. Quý I/2016: Ban hành kế hoạch, kiện toàn Ban Chỉ đạo.
2. Quý II/2016: Tổ chức tập huấn.
3. Quý III, IV/2016: Kiểm tra tại 03 huyện, tổng kết.
II. CHẾ ĐỘ BÁO CÁO
Các thành viên báo cáo 6 tháng trước ngày 15/6, báo cáo năm trước ngày 15/11.

Nơi nhận:                           KT. TRƯỞNG BAN
- TT UBND tỉnh;                     PHÓ TRƯỞNG BAN
- Thành viên BCĐ;
- Lưu: VT.
                                    GIÁM ĐỐC SỞ VĂN HÓA,
                                    THỂ THAO VÀ DU LỊCH
                                    Cao Bá Hưng
""",
    doc_type="kế hoạch",
    number="06/KH-BCĐ",
    issuer='BAN CHỈ ĐẠO PHONG TRÀO "TOÀN DÂN ĐOÀN KẾT XÂY DỰNG ĐỜI SỐNG VĂN HÓA" TỈNH AN HẢI',
    place="An Hải",
    date="2016-03-22",
    subject="Hoạt động năm 2016 của Ban Chỉ đạo",
    recipients=["TT UBND tỉnh", "Thành viên BCĐ"],
    authority="KT. TRƯỞNG BAN",
    title="PHÓ TRƯỞNG BAN GIÁM ĐỐC SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH",
    name="Cao Bá Hưng",
    dl=["2016-Q1", "2016-Q2", "2016-Q3/2016-Q4", "2016-06-15", "2016-11-15"],
)


_letter(
    "notice school",
    """\
PHÒNG GD&ĐT ĐÔNG KHÊ    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TRƯỜNG TIỂU HỌC BẢN LÙNG    Độc lập – Tự do – Hạnh phúc
Số : 17 /TB-THBL      Bản Lùng, ngày 28 tháng 8 năm 2018

THÔNG BÁO
Kế hoạch tựu trường, khai giảng năm học 2018-2019

Căn cứ vào Quyết định số 1777/QĐ-UBND ngày 16/7/2018 của UBND tỉnh; nhà trường thông báo như sau:
1. Tựu trường: Thứ hai, ngày 27/8/2018.
2. Khai giảng: 7h30 ngày 05/9/2018.
3. Phụ huynh nộp hồ sơ nhập học lớp 1 từ ngày 29/8/2018 đến hết ngày 31/8/2018, tại văn phòng.
4. Giáo viên chủ nhiệm nộp danh sách lớp cho văn thư chậm nhất 11h00 ngày 31/8.
Vậy nhà trường thông báo để phụ huynh và giáo viên được biết./.
Nơi nhận:
- PGD (b/c);
- GV, PHHS (t/h);
- Lưu VP.
P.HIỆU TRƯỞNG

(Đã ký)

Sùng A Páo
""",
    doc_type="thông báo",
    number="17/TB-THBL",
    issuer="TRƯỜNG TIỂU HỌC BẢN LÙNG",
    parent="PHÒNG GD&ĐT ĐÔNG KHÊ",
    place="Bản Lùng",
    date="2018-08-28",
    subject="Kế hoạch tựu trường, khai giảng năm học 2018-2019",
    recipients=["PGD (b/c)", "GV, PHHS (t/h)"],
    title="P.HIỆU TRƯỞNG",
    name="Sùng A Páo",
    cited=["1777/QĐ-UBND"],
    dl=["2018-08-29/2018-08-31", "2018-08-31"],
)


_letter(
    "cong van hoa toc with number after issuing, subject in middle of table",
    """\
TỈNH ỦY AN HẢI                          ĐẢNG CỘNG SẢN VIỆT NAM
BAN DÂN VẬN
*                                       An Hải, ngày 19 tháng 4 năm 2021
Số 310-CV/BDVTU
V/v báo cáo sơ kết công tác
dân vận quý I năm 2021

Kính gửi: - Ban dân vận các huyện ủy, thành ủy,
          - Khối vận các đảng bộ trực thuộc,
          - Liên đoàn Lao động tỉnh.

Thực hiện Chương trình số 05-CTr/BDVTU, ngày 12/01/2021 của Ban Dân vận Tỉnh ủy, đề nghị các đơn vị báo cáo kết quả công tác dân vận quý I/2021 (mốc số liệu từ ngày 16/12/2020 đến ngày 15/3/2021).
Báo cáo gửi về Ban Dân vận Tỉnh ủy chậm nhất ngày 25/4/2021.

Nơi nhận:                               K/T TRƯỞNG BAN
- Như trên,                             PHÓ TRƯỞNG BAN
- Thường trực Tỉnh ủy (b/c),
- Lưu Ban Dân vận.

                                        Hà Thị Thơm
""",
    doc_type="công văn",
    number="310-CV/BDVTU",
    issuer="BAN DÂN VẬN",
    parent="TỈNH ỦY AN HẢI",
    place="An Hải",
    date="2021-04-19",
    subject="báo cáo sơ kết công tác dân vận quý I năm 2021",
    addressees=["Ban dân vận các huyện ủy, thành ủy", "Khối vận các đảng bộ trực thuộc", "Liên đoàn Lao động tỉnh"],
    recipients=["Như trên", "Thường trực Tỉnh ủy (b/c)"],
    authority="K/T TRƯỞNG BAN",
    title="PHÓ TRƯỞNG BAN",
    name="Hà Thị Thơm",
    cited=["05-CTr/BDVTU"],
    dl=["2021-04-25"],
)


_letter(
    "truncated letter without closing",
    """\
BỘ Y TẾ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 2244/BYT-MT V/v tăng cường công tác bảo đảm vệ sinh lao động mùa nắng nóng
Hà Nội, ngày 11 tháng 5 năm 2017
Kính gửi: Sở Y tế các tỉnh, thành phố trực thuộc Trung ương
Hiện nay thời tiết nắng nóng kéo dài. Bộ Y tế đề nghị Sở Y tế các tỉnh chỉ đạo các đơn vị thực hiện:
1. Quan trắc môi trường lao động định kỳ ít nhất mỗi năm một lần.
2. Báo cáo tình hình về Cục Quản lý môi trường y tế trước ngày 10 hàng tháng trong mùa
""",
    doc_type="công văn",
    number="2244/BYT-MT",
    issuer="BỘ Y TẾ",
    place="Hà Nội",
    date="2017-05-11",
    subject="tăng cường công tác bảo đảm vệ sinh lao động mùa nắng nóng",
    addressees=["Sở Y tế các tỉnh, thành phố trực thuộc Trung ương"],
    dl=["FREQ=YEARLY", "FREQ=MONTHLY;BYMONTHDAY=10"],
)


_letter(
    "addressee unmarked list each its own line",
    """\
    LĐLĐ TỈNH AN HẢI             CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
  CÔNG ĐOÀN NGÀNH GIÁO DỤC             Độc lập - Tự do - Hạnh phúc
     Số: 57/CĐN-TC                 An Hải, ngày 30 tháng 3 năm 2015
V/v quyết toán tài chính công đoàn quý I

                          Kính gửi:
                                     Công đoàn Giáo dục các huyện, thị
                                     Công đoàn trường Cao đẳng Sư phạm
                                     Công đoàn các trường THPT

     Thực hiện quy định về quản lý tài chính, Công đoàn ngành yêu cầu các đơn vị nộp báo cáo quyết toán quý I/2015
chậm nhất ngày 10/4/2015, các quý tiếp theo nộp trước ngày 10 của tháng đầu quý sau.

 NƠI NHẬN:                            T/M BAN THƯỜNG VỤ
 - Như trên                            PHÓ CHỦ TỊCH
 - Thường vụ CĐN
 - Lưu VP
                                         (Đã ký)

                                      Chu Thị Nhàn
""",
    doc_type="công văn",
    number="57/CĐN-TC",
    issuer="CÔNG ĐOÀN NGÀNH GIÁO DỤC",
    parent="LĐLĐ TỈNH AN HẢI",
    place="An Hải",
    date="2015-03-30",
    subject="quyết toán tài chính công đoàn quý I",
    addressees=[
        "Công đoàn Giáo dục các huyện, thị",
        "Công đoàn trường Cao đẳng Sư phạm",
        "Công đoàn các trường THPT",
    ],
    recipients=["Như trên", "Thường vụ CĐN"],
    authority="T/M BAN THƯỜNG VỤ",
    title="PHÓ CHỦ TỊCH",
    name="Chu Thị Nhàn",
    dl=["2015-04-10", "FREQ=QUARTERLY;BYMONTH=1,4,7,10;BYMONTHDAY=10"],
)


_letter(
    "gap table 4 col wrapped; time col with wrapped cells",
    """\
   CÔNG ĐOÀN CÔNG TY CP MAY AN HẢI       CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
   CĐCS XÍ NGHIỆP MAY SỐ 3                    Độc lập - Tự do - Hạnh phúc

   Số: 03/CTr-CĐCS                        An Hải, ngày 15 tháng 01 năm 2024

                        CHƯƠNG TRÌNH
               Công tác công đoàn năm 2024

   Ban Chấp hành xây dựng chương trình công tác như sau:

   Thời gian        Nội dung                              Người phụ trách
   Tháng 01, 02     Chăm lo Tết cho đoàn viên khó khăn    Chủ tịch
                    Tổ chức bữa cơm tất niên              Ban Nữ công

   Tháng 3          Hoạt động 8/3                         Ban Nữ công

   Tháng 5          Tháng Công nhân                       Chủ tịch

   Quý III          Kiểm tra tài chính                    UBKT

   Trước 15/12      Tổng kết năm, bình xét thi đua        Ban Chấp hành


 Nơi nhận:                              TM. BAN CHẤP HÀNH
 - CĐ Công ty (b/c);                        CHỦ TỊCH
 - Tổ CĐ;
 - Lưu.                                 Hoàng Thị Lựu
""",
    doc_type="chương trình",
    number="03/CTr-CĐCS",
    issuer="CĐCS XÍ NGHIỆP MAY SỐ 3",
    parent="CÔNG ĐOÀN CÔNG TY CP MAY AN HẢI",
    place="An Hải",
    date="2024-01-15",
    subject="Công tác công đoàn năm 2024",
    recipients=["CĐ Công ty (b/c)", "Tổ CĐ"],
    authority="TM. BAN CHẤP HÀNH",
    title="CHỦ TỊCH",
    name="Hoàng Thị Lựu",
    dl=["2024-01/2024-02", "2024-03", "2024-05", "2024-Q3", "2024-12-15"],
)


_letter(
    "the letter answers, tuq",
    """\
VĂN PHÒNG CHÍNH PHỦ          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
_______                       Độc lập - Tự do - Hạnh phúc
                             ____________________
Số: 5110/VPCP-KGVX
V/v xử lý kiến nghị về nhà ở    Hà Nội, ngày 03 tháng 8 năm 2022
cho công nhân

Kính gửi:
- Bộ Xây dựng;
- Tổng Liên đoàn Lao động Việt Nam.

Xét đề nghị của Tổng Liên đoàn Lao động Việt Nam tại văn bản số 4480/TLĐ-CSPL ngày 25 tháng 7 năm 2022, Phó Thủ tướng có ý kiến như sau:
Giao Bộ Xây dựng chủ trì, phối hợp với các cơ quan liên quan nghiên cứu, báo cáo Thủ tướng Chính phủ trong tháng 8 năm 2022.
Văn phòng Chính phủ xin thông báo để các cơ quan biết, thực hiện./.

Nơi nhận:
- Như trên;
- TTg, các PTTg (để b/c);
- Các Bộ: LĐTBXH, TC, KHĐT;
- VPCP: BTCN, các PCN, Trợ lý TTg, TGĐ Cổng TTĐT,
  các Vụ: CN, TH;
- Lưu: VT, KGVX (3).

KT. BỘ TRƯỞNG, CHỦ NHIỆM
PHÓ CHỦ NHIỆM



Đồng Sỹ Hòa
""",
    doc_type="công văn",
    number="5110/VPCP-KGVX",
    issuer="VĂN PHÒNG CHÍNH PHỦ",
    place="Hà Nội",
    date="2022-08-03",
    subject="xử lý kiến nghị về nhà ở cho công nhân",
    addressees=["Bộ Xây dựng", "Tổng Liên đoàn Lao động Việt Nam"],
    recipients=[
        "Như trên",
        "TTg, các PTTg (để b/c)",
        "Các Bộ: LĐTBXH, TC, KHĐT",
        "VPCP: BTCN, các PCN, Trợ lý TTg, TGĐ Cổng TTĐT, các Vụ: CN, TH",
    ],
    authority="KT. BỘ TRƯỞNG, CHỦ NHIỆM",
    title="PHÓ CHỦ NHIỆM",
    name="Đồng Sỹ Hòa",
    cited=["4480/TLĐ-CSPL"],
    dl=["2022-08"],
)


_letter(
    "no quoc hieu at all, blog",
    """\
LĐLĐ HUYỆN TÂN MỸ
CÔNG ĐOÀN GIÁO DỤC
Số: 21/CĐGD-TM
Về việc tổ chức tham quan học tập
kinh nghiệm năm 2013
Kính gửi: Ban chấp hành công đoàn các trường.
Căn cứ nghị quyết hội nghị BCH lần thứ 3, Ban thường vụ công đoàn giáo dục huyện tổ chức tham quan học tập kinh nghiệm tại tỉnh bạn, cụ thể như sau:
Thời gian: 3 ngày (từ ngày 20/6 đến 22/6/2013).
Số lượng: mỗi trường 2 người.
Kinh phí: 1.200.000 đồng/người, nộp cùng danh sách cho đ/c Thủy trước ngày 10-6-2013.
Đề nghị BCH công đoàn các trường phổ biến đến đoàn viên./.
                        Tân Mỹ, ngày 28 tháng 5 năm 2013
 Nơi nhận:              TM/ BAN THƯỜNG VỤ
- Như kính gửi              CHỦ TỊCH
- Lưu                        Đã ký
                        La Văn Thủy
""",
    doc_type="công văn",
    number="21/CĐGD-TM",
    issuer="CÔNG ĐOÀN GIÁO DỤC",
    parent="LĐLĐ HUYỆN TÂN MỸ",
    place="Tân Mỹ",
    date="2013-05-28",
    subject="tổ chức tham quan học tập kinh nghiệm năm 2013",
    addressees=["Ban chấp hành công đoàn các trường"],
    recipients=["Như kính gửi"],
    authority="TM/ BAN THƯỜNG VỤ",
    title="CHỦ TỊCH",
    name="La Văn Thủy",
    dl=["2013-06-20/2013-06-22", "2013-06-10"],
)
