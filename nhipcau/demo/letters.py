"""The letters of the demonstration, all invented: the directive that comes down, and the twelve that go out."""

from __future__ import annotations

import datetime as dt

from nhipcau.core.official import Heading, OfficialDocument, Paragraph, Signer
from nhipcau.press.docx import to_docx

DIRECTIVE_NAME = "Ke hoach Thang hanh dong phong chong ma tuy 2018.docx"


def directive() -> bytes:
    """The plan for an action month on drug prevention in workplaces, as the .docx that an office would send."""
    body = (
        Paragraph(
            "Thực hiện Tháng hành động phòng, chống ma túy năm 2018, Tổng Liên đoàn Lao động Việt Nam xây dựng "
            "kế hoạch tổ chức tại các doanh nghiệp, cơ quan, đơn vị như sau:"
        ),
        Heading("I. MỤC ĐÍCH, YÊU CẦU"),
        Paragraph(
            "1. Giúp đoàn viên, người lao động hiểu tác hại của ma túy đối với sức khỏe và an toàn khi làm việc."
        ),
        Paragraph("2. Hoạt động thiết thực, gắn với ca làm việc, không ảnh hưởng đến sản xuất."),
        Heading("II. NỘI DUNG"),
        Paragraph(
            "1. Các Liên đoàn Lao động tỉnh, thành phố xây dựng kế hoạch và triển khai đến công đoàn cấp trên "
            "trực tiếp cơ sở trước ngày 31/5/2018."
        ),
        Paragraph(
            "2. Công đoàn cơ sở tổ chức ít nhất một buổi tuyên truyền, tập huấn phòng, chống ma túy tại nơi "
            "làm việc, hoàn thành chậm nhất ngày 25/6/2018."
        ),
        Paragraph(
            "3. Công đoàn cấp trên trực tiếp cơ sở lồng ghép nội dung phòng, chống ma túy vào các cuộc đối thoại "
            "tại nơi làm việc trong tháng 6/2018."
        ),
        Heading("III. TỔ CHỨC THỰC HIỆN"),
        Paragraph(
            "Đề nghị các Liên đoàn Lao động tỉnh, thành phố báo cáo kết quả về Tổng Liên đoàn trước ngày 15/7/2018 "
            "để tổng hợp."
        ),
    )
    document = OfficialDocument(
        issuer="TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM",
        doc_type="kế hoạch",
        subject="Tổ chức Tháng hành động phòng, chống ma túy tại nơi làm việc năm 2018",
        number="27/KH-TLĐ",
        symbol="KH-TLĐ",
        place="Hà Nội",
        issued_on=dt.date(2018, 5, 10),
        grounds=(
            "Căn cứ Luật Phòng, chống ma túy;",
            "Căn cứ Chương trình số 05/CTr-TLĐ ngày 12/01/2018 của Tổng Liên đoàn;",
        ),
        body=body,
        recipients=("Các Liên đoàn Lao động tỉnh, thành phố;", "Các ban Tổng Liên đoàn;", "Lưu: VT, CSPL."),
        signer=Signer("TM. ĐOÀN CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Minh Khôi"),
    )
    return to_docx(document)


# type, day of 2018, subject: what the federation of Sông Lam sent down in the half-year, in order of date
OUTGOING = (
    ("kế hoạch", (1, 8), "Tổ chức chương trình Tết sum vầy năm 2018"),
    ("công văn", (1, 22), "Đôn đốc chi trả tiền lương, tiền thưởng Tết cho người lao động"),
    ("hướng dẫn", (2, 1), "Sử dụng quỹ Mái ấm Công đoàn năm 2018"),
    ("kế hoạch", (2, 26), "Kiểm tra, giám sát việc thực hiện pháp luật lao động năm 2018"),
    ("công văn", (3, 9), "Phối hợp kiểm tra an toàn, vệ sinh lao động tại doanh nghiệp"),
    ("kế hoạch", (3, 20), "Tổ chức đối thoại tại nơi làm việc năm 2018"),
    ("kế hoạch", (4, 10), "Tổ chức Tháng Công nhân năm 2018"),
    ("hướng dẫn", (4, 17), "Thăm hỏi, tặng quà đoàn viên khó khăn trong Tháng Công nhân"),
    ("công văn", (5, 4), "Cho vay vốn giải quyết việc làm từ quỹ của công đoàn"),
    ("kế hoạch", (5, 21), "Tổ chức Tháng hành động phòng, chống ma túy tại nơi làm việc năm 2018"),
    ("công văn", (5, 28), "Tặng quà con đoàn viên nghèo nhân Ngày Quốc tế Thiếu nhi"),
    ("công văn", (6, 18), "Lập báo cáo kết quả hoạt động công đoàn 6 tháng đầu năm 2018"),
)
