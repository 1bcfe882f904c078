"""Letters to measure on: invented, deterministic, of about 3 KB, in the form of Decree 30."""

from __future__ import annotations

import datetime as dt
from random import Random

_PLACES = ("An Hải", "Bình Sa", "Đông Lĩnh", "Hà Trung", "Kim Tân", "Sông Lam", "Tây Giang", "Vĩnh Thạch")
_WORK = (
    "tổ chức đối thoại tại nơi làm việc với người sử dụng lao động",
    "rà soát, thống kê đoàn viên có hoàn cảnh khó khăn cần được hỗ trợ",
    "tuyên truyền các quy định mới về an toàn, vệ sinh lao động",
    "phát triển đoàn viên, thành lập công đoàn cơ sở trong các doanh nghiệp",
    "kiểm tra việc đóng bảo hiểm xã hội cho người lao động",
    "chăm lo bữa ăn ca và phòng chống nóng cho công nhân",
    "tổ chức hội thao, văn nghệ chào mừng Tháng Công nhân",
    "thương lượng, ký kết và thực hiện thỏa ước lao động tập thể",
)
_WHO = ("Các LĐLĐ huyện, thành phố", "Các công đoàn cơ sở trực thuộc", "Ban Chính sách - Pháp luật", "Văn phòng")
_BY = (
    "trước ngày {d:02d}/{m:02d}/{y}",
    "chậm nhất ngày {d} tháng {m} năm {y}",
    "trong tháng {m}/{y}",
    "trong quý III",
)
_SIGNERS = ("Trần Thị Mỹ Lan", "Nguyễn Văn Hòa", "Phạm Đức Thịnh", "Lê Thị Thu Hà")
ITEMS = 6  # gives about 3 KB


def letters(count: int, *, items: int = ITEMS, seed: int = 30) -> list[str]:
    """`count` letters; `items` numbered duties each, so that ten times the items is ten times the body."""
    random = Random(seed)
    return [_letter(random, number, items) for number in range(1, count + 1)]


def _letter(random: Random, number: int, items: int) -> str:
    place = random.choice(_PLACES)
    day = dt.date(2018, 1, 1) + dt.timedelta(days=random.randrange(2500))
    signed = f"{place}, ngày {day.day:02d} tháng {day.month:02d} năm {day.year}"
    duties = "\n".join(_duty(random, index, day) for index in range(1, items + 1))
    return f"""\
LIÊN ĐOÀN LAO ĐỘNG                           CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH {place.upper():<22}                        Độc lập - Tự do - Hạnh phúc

Số: {number}/LĐLĐ-CSPL                            {signed}
V/v {random.choice(_WORK)}

                    Kính gửi: Các công đoàn cấp trên trực tiếp cơ sở

     Thực hiện Kế hoạch số {random.randrange(1, 90)}/KH-TLĐ ngày {day:%d/%m/%Y} của Tổng Liên đoàn Lao động,
Ban Thường vụ Liên đoàn Lao động tỉnh đề nghị các cấp công đoàn thực hiện các nội dung sau:
{duties}
     Nhận được công văn này, đề nghị các đơn vị nghiêm túc triển khai thực hiện./.

Nơi nhận:                                    TM. BAN THƯỜNG VỤ
- Như trên;                                  PHÓ CHỦ TỊCH
- Tổng LĐLĐ Việt Nam (để b/c);
- Lưu: VT, CSPL.
                                             {random.choice(_SIGNERS)}
"""


def _duty(random: Random, index: int, day: dt.date) -> str:
    due = day + dt.timedelta(days=random.randrange(20, 200))
    limit = random.choice(_BY).format(d=due.day, m=due.month, y=due.year)
    report = f"gửi báo cáo kết quả về Liên đoàn Lao động tỉnh {limit} để tổng hợp"
    return (
        f"     {index}. {random.choice(_WHO)} có trách nhiệm {random.choice(_WORK)};\n"
        f"{random.choice(_WORK)}; {report if index % 2 else random.choice(_WORK)}."
    )
