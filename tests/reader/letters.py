"""Letters of an invented province, in the ways extraction flattens them. No real text."""

# pdftotext -layout: two columns side by side, blank number, months and quarters, wrapped recipients.
PLAN = """\
LIÊN ĐOÀN LAO ĐỘNG                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
  TỈNH AN HẢI                             Độc lập - Tự do - Hạnh phúc
   -------                                  ---------------
Số:      /KH-LĐLĐ                       An Hải, ngày     tháng 02 năm 2021

                              KẾ HOẠCH
          Triển khai Tháng Công nhân và Tháng hành động
              về an toàn, vệ sinh lao động năm 2021
                          ------------

     Căn cứ Kế hoạch số 07/KH-TLĐ ngày 29/01/2021 của Đoàn Chủ tịch Tổng Liên
đoàn Lao động Việt Nam về tổ chức Tháng Công nhân năm 2021; Chương trình phối
hợp số 03/CTPH-LĐLĐ-SLĐTBXH ngày 12 tháng 01 năm 2021;
     Ban Thường vụ LĐLĐ tỉnh xây dựng kế hoạch như sau:
     I. MỤC ĐÍCH, YÊU CẦU
     - Nâng cao nhận thức của đoàn viên về an toàn lao động.
     II. NỘI DUNG
     1. Tổ chức "Bữa cơm Công đoàn" từ ngày 26/4 đến ngày 15/5/2021.
     2. Thời gian hoàn thành việc trao nhà "Mái ấm Công đoàn": trong tháng 5/2021.
     3. Đối thoại với chủ doanh nghiệp: xong trong quý II.
     III. TỔ CHỨC THỰC HIỆN
     1. Các LĐLĐ huyện, thành phố; công đoàn ngành
     - Xây dựng kế hoạch, gửi về LĐLĐ tỉnh trước ngày 25/3.
     - Định kỳ hằng tháng báo cáo tiến độ; báo cáo tổng kết chậm nhất ngày 05 tháng 6 năm 2021.
     2. Ban Chính sách - Pháp luật: Tham mưu, theo dõi, tổng hợp kết quả trong thời hạn 05 ngày làm việc
kể từ ngày nhận được báo cáo.

     Nơi nhận:                                  TM. BAN THƯỜNG VỤ
     - TLĐ (b/c);                                   CHỦ TỊCH
     - TT Tỉnh ủy, UBND tỉnh (b/c);
     - Các đ/c UV BCH LĐLĐ tỉnh;
     - Các LĐLĐ huyện, thành phố, CĐ ngành
       và tương đương;
     - Lưu: VT, CSPL.                          Hoàng Thị Minh Thu
"""

# Reading order without any layout; letter suffix in the number; an annex with a header of its own.
LETTER_WITH_ANNEX = """\
ỦY BAN NHÂN DÂN
THÀNH PHỐ BÌNH SA
PHÒNG GIÁO DỤC VÀ ĐÀO TẠO
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập – Tự do – Hạnh phúc
Số: 06b /PGDĐT-CĐ
Bình Sa, ngày 9 tháng 01 năm 2023
V/v báo cáo kết quả thực hiện cuộc vận động
“Dân chủ - Kỷ cương” học kỳ I
Kính gửi:
- Hiệu trưởng các trường mầm non, tiểu học, THCS;
- Công đoàn các trường trực thuộc.
Thực hiện Công văn số 12 /SGDĐT-VP, ngày 04/01/2023 của Sở Giáo dục và Đào tạo tỉnh An Hải về việc \
báo cáo, Phòng Giáo dục và Đào tạo đề nghị các đơn vị thực hiện một số nội dung sau:
1. Báo cáo kết quả bằng văn bản (theo mẫu) về Phòng trước 16 giờ 30 phút ngày 13/01/2023.
2. Các trường có tổ chức hội nghị hoàn thành xong trước 20/01.
Quá thời hạn trên, đơn vị nào không gửi báo cáo coi như không hoàn thành nhiệm vụ.
Nhận được công văn này yêu cầu Hiệu trưởng các trường nghiêm túc thực hiện./.
Nơi nhận:
- Như kính gửi;
- Lưu: VT, TĐ.
KT. TRƯỞNG PHÒNG
PHÓ TRƯỞNG PHÒNG

(đã ký)

Đặng Văn Quyết
PHỤ LỤC
Mẫu báo cáo (kèm theo Công văn số 06b/PGDĐT-CĐ ngày 9/01/2023 của Phòng GD&ĐT)
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
..., ngày ... tháng ... năm 2023
HIỆU TRƯỞNG
"""

# antiword: header and closing as ruled tables; a decision whose date of effect is no deadline.
DECISION = """\
|TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM          |CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM          |
|CÔNG ĐOÀN DỆT LỤA VIỆT NAM                |Độc lập - Tự do - Hạnh phúc                  |
|Số: 214/QĐ-CĐDL                           |Hà Nội, ngày 05 tháng 3 năm 2019             |

QUYẾT ĐỊNH
Về việc ban hành Quy chế khen thưởng

BAN THƯỜNG VỤ CÔNG ĐOÀN DỆT LỤA VIỆT NAM

- Căn cứ Điều lệ Công đoàn Việt Nam;
- Căn cứ Quyết định số 1689/QĐ-TLĐ ngày 12/11/2018 của Tổng Liên đoàn;
- Theo đề nghị của Văn phòng,

QUYẾT ĐỊNH:

Điều 1. Ban hành kèm theo Quyết định này Quy chế khen thưởng.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký và thay thế Quyết định số 88/QĐ-CĐDL ngày 01/4/2014.
Điều 3. Văn phòng, các ban và công đoàn cơ sở trực thuộc chịu trách nhiệm thi hành Quyết định này.

|Nơi nhận:                                 |TM. BAN THƯỜNG VỤ                            |
|- Như Điều 3;                             |CHỦ TỊCH                                     |
|- TLĐ (để báo cáo);                       |                                             |
|- Lưu: VP, TG.                            |                                             |
|                                          |                                             |
|                                          |Lê Nho Thành                                 |

KẾ HOẠCH
KHEN THƯỞNG NĂM 2019
(Ban hành kèm theo Quyết định số 214/QĐ-CĐDL ngày 05/3/2019 của Công đoàn Dệt lụa)
1. Các công đoàn cơ sở gửi hồ sơ về Văn phòng trước ngày 15 tháng 12 hằng năm.
"""

# Party style: no colon, hyphen before the type, slashed authority.
PARTY = """\
TỈNH ỦY AN HẢI                               ĐẢNG CỘNG SẢN VIỆT NAM
BAN TỔ CHỨC
      *                                      An Hải, ngày 14 tháng 7 năm 2020
Số 45-HD/BTCTU

                          HƯỚNG DẪN
        tổ chức đại hội thi đua các cấp
                             -----

Thực hiện Kế hoạch số 112-KH/TU, ngày 03/4/2020 của Ban Thường vụ Tỉnh ủy, Ban Tổ chức hướng dẫn như sau:
1. Thời gian thực hiện: từ tháng 8 đến hết tháng 10/2020.
2. Các ban tổ chức huyện ủy báo cáo kết quả trước ngày 30/10/2020.

Nơi nhận:                                    K/T TRƯỞNG BAN
- Ban Tổ chức TW (để báo cáo),               PHÓ TRƯỞNG BAN
- Các ban tổ chức huyện ủy,
- Lưu VP, TTr.
                                             Bùi Quang Hậu
"""

# OCR: columns joined by one space, in header and closing alike.
MERGED = """\
TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
CÔNG ĐOÀN MUỐI VIỆT NAM Độc lập - Tự do - Hạnh phúc
Số: 87/CĐM Hà Nội, ngày 12 tháng 4 năm 2018
V/v tổ chức hoạt động Tháng hành động
về an toàn vệ sinh lao động
Kính gửi: Công đoàn ngành Muối các tỉnh, thành phố trực thuộc Trung ương
Công đoàn các đơn vị trực thuộc Bộ
Thực hiện Hướng dẫn số 21/HD-TLĐ ngày 30/3/2018 của Tổng Liên đoàn, Công đoàn Muối Việt Nam đề nghị \
công đoàn các đơn vị:
- Tuyên truyền trên các phương tiện thông tin.
- Chậm nhất ngày 10 hàng tháng gửi số liệu; sau 05 ngày làm việc kể từ ngày nhận được văn bản này gửi \
danh sách cán bộ đầu mối.
- Báo cáo kết quả trước ngày 15/6/2018 để tổng hợp báo cáo Tổng Liên đoàn.
Trân trọng./.
Nơi nhận: TM. BAN THƯỜNG VỤ
- Như trên; KT. CHỦ TỊCH
- Lãnh đạo CĐMVN; PHÓ CHỦ TỊCH
- Lưu: VP; Trần Thị Bích Hằng
"""

# A table of tasks, a three-line title of the signer, a yearly budget that is no deadline.
TASK_TABLE = """\
UBND TỈNH AN HẢI
BAN AN TOÀN GIAO THÔNG
Số: 33/KH-BATGT
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
An Hải, ngày 20 tháng 01 năm 2022
KẾ HOẠCH
Tuyên truyền, phổ biến pháp luật về trật tự
an toàn giao thông năm 2022
Thực hiện Kế hoạch số 480/KH-UBATGT ngày 31/12/2021, Ban xây dựng Kế hoạch như sau:
I. NỘI DUNG
|TT |Nội dung                   |Đơn vị chủ trì |Thời gian thực hiện |
|1  |Tổ chức lễ ra quân         |Văn phòng Ban  |Tháng 02/2022       |
|2  |Tập huấn cho cán bộ        |LĐLĐ tỉnh      |Quý II/2022         |
|   |công đoàn                  |               |                    |
|3  |Báo cáo sơ kết             |Các sở, ngành  |Trước 15/6/2022     |
|4  |Kiểm tra nồng độ cồn       |Công an tỉnh   |Thường xuyên        |
II. TỔ CHỨC THỰC HIỆN
1. Kinh phí: ngân sách nhà nước hằng năm.
Nơi nhận:
- UBATGT Quốc gia;
- Lưu: VT.
KT. TRƯỞNG BAN
PHÓ TRƯỞNG BAN THƯỜNG TRỰC
GIÁM ĐỐC SỞ GIAO THÔNG VẬN TẢI
Nguyễn Phi Long
"""

# A web page: menu above, headline, recipients without dashes, links below.
WEB = """\
Trang chủ  |  Giới thiệu  |  Tin tức  |  Văn bản
Công văn 1275/LĐLĐ-TC ngày 06/9/2023 v/v nộp kinh phí công đoàn

LĐLĐ THÀNH PHỐ BÌNH SA
BAN TÀI CHÍNH
CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập – Tự do – Hạnh phúc
Số: 1275 /LĐLĐ-TC
V/v: Thu, nộp kinh phí công đoàn
Bình Sa, ngày 06 tháng 9 năm 2023

Kính gửi: Các Công đoàn cấp trên trực tiếp cơ sở
Theo Nghị định 191/2013/NĐ-CP ngày 21/11/2013, Ban Tài chính LĐLĐ TP đề nghị các đơn vị nộp kinh phí \
công đoàn quý III/2023 chậm nhất là ngày 30/9/2023. Các đơn vị còn nợ phải thanh toán xong trong vòng \
10 ngày kể từ ngày nhận được công văn này.
Nơi nhận:
Như trên;
Thường trực LĐLĐ TP (báo cáo);
Lưu VT, TC.
TL. BAN THƯỜNG VỤ
TRƯỞNG BAN TÀI CHÍNH
(Đã ký)
Hồ Thị Ngọc Mai
Các tin khác
Thông báo lịch nghỉ Tết
Tải về
"""

# Number and symbol without a type code, a ministry's name that wraps, several addressees on the first line.
MINISTRY = """\
BỘ VIỆC LÀM - AN SINH                   CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
        VÀ XÃ HỘI                             Độc lập - Tự do - Hạnh phúc

     Số: 1234/VLASXH-ATLĐ                    Hà Nội, ngày 30 tháng 6 năm 2020
  V/v rà soát tai nạn lao
   động 6 tháng đầu năm 2020

Kính gửi: - Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương;
          - Các Tập đoàn, Tổng công ty nhà nước.

     Theo quy định tại Nghị định số 39/2016/NĐ-CP ngày 15 tháng 5 năm 2016 của
Chính phủ, Bộ đề nghị Quý cơ quan:
     1. Báo cáo tai nạn lao động 6 tháng đầu năm (số liệu tính đến ngày 30/6/2020) trước ngày
05/7/2020 và báo cáo năm trước ngày 10 tháng 01 năm sau.
     2. Trong vòng 24 giờ kể từ khi xảy ra tai nạn chết người, khai báo về Thanh tra Sở.
     Văn bản này thay thế Công văn 4567/VLASXH-ATLĐ ngày 12-12-2019./.

Nơi nhận:                               KT. BỘ TRƯỞNG
- Như trên;                              THỨ TRƯỞNG
- Bộ trưởng (để b/c);
- Lưu: VT, Cục ATLĐ (15b).

                                       ThS. Lê Tấn Dũng Anh
"""

TELEGRAM = """\
ỦY BAN NHÂN DÂN               CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
  TỈNH AN HẢI                        Độc lập - Tự do - Hạnh phúc
HỎA TỐC
Số: 02/CĐ-UBND                An Hải, hồi 15 giờ 00 ngày 18 tháng 9 năm 2021

                       CÔNG ĐIỆN
     Về việc tập trung ứng phó với bão số 5

CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện:
     - Các Sở, ban, ngành thuộc tỉnh;
     - UBND các huyện, thành phố.

     Chủ tịch UBND tỉnh yêu cầu:
     1. Hoàn thành việc sơ tán dân xong trước 17h00 ngày 19/9/2021.

Nơi nhận:                                  KT. CHỦ TỊCH
- Như trên;                                PHÓ CHỦ TỊCH
- Lưu VT.                                  Nguyễn Minh Hoành
"""

# A school union: no number, no "Nơi nhận", a name of two given words.
PROGRAMME = """\
TRƯỜNG THPT NGUYỄN DU              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
BAN CHẤP HÀNH CÔNG ĐOÀN                Độc lập - Tự do - Hạnh phúc
                                     Đông Khê, ngày 15 tháng 9 năm 2019

                       CHƯƠNG TRÌNH
                    Công tác công đoàn năm học 2019 - 2020

I. Các chỉ tiêu
- 100% đoàn viên đăng ký thi đua trước ngày 30/9.
                                              T/M BCH CÔNG ĐOÀN
                                                   CHỦ TỊCH


                                                Y Thao Niê
"""

# No header at all: the speaker in the body is the best there is.
NOTICE = """\
Thông báo v/v quyên góp sách cho thư viện xã

Ban Chấp hành Công đoàn Nhà máy Gốm kêu gọi đoàn viên tham gia quyên góp sách.

Đề nghị các tổ công đoàn tập hợp và gửi về Văn phòng chậm nhất ngày 12/5/2020.
"""

# Every letter beyond Latin-1 lost, as some 8-bit readings of old files do.
LOSSY = """\
CNG HÒA XÃ HI CH NGHA VIT NAM
LIÊN OÀN LAO NG TNH AN HI
CÔNG OÀN NGÀNH Y T
S: 12/CYT
An Hi, ngày 03 tháng 4 nm 2012
V/v báo cáo s liu
Kính gi: Công oàn c s trc thuc.
Ban Thng v ngh các n v gi báo cáo trc ngày 15/4/2012.
Ni nhn:
- Nh trên;
- Lu VP.
TM. BAN THNG V
"""

ALL = {name: text for name, text in globals().items() if name.isupper() and isinstance(text, str)}
