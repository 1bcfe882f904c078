"""Invented documents for the tests of the press: the federation of a province that does not exist."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from nhipcau.core.official import Annex, Block, Column, Heading, OfficialDocument, Paragraph, Signer, Table

_SECTIONS = {
    "I. Đặc điểm tình hình": (
        "Sáu tháng đầu năm 2026, tình hình sản xuất, kinh doanh trên địa bàn tỉnh Đông Giang tiếp tục"
        " phục hồi; việc làm và tiền lương của đoàn viên, người lao động cơ bản ổn định. Toàn tỉnh có"
        " 1.248 công đoàn cơ sở với 96.315 đoàn viên, tăng 2,4% so với cùng kỳ năm 2025.",
        "Bên cạnh đó, một số doanh nghiệp dệt may, chế biến gỗ thiếu đơn hàng trong quý I, phải giảm "
        "giờ làm thêm, ảnh hưởng đến thu nhập của khoảng 3.200 người lao động.",
    ),
    "II. Kết quả chăm lo, bảo vệ đoàn viên, người lao động": (
        "Các cấp công đoàn đã tổ chức 412 cuộc đối thoại tại nơi làm việc, thương lượng và ký mới 37 "
        "thỏa ước lao động tập thể; tư vấn pháp luật cho 1.860 lượt người lao động về hợp đồng, tiền "
        "lương và bảo hiểm xã hội.",
        "Chương trình “Tết Sum vầy” trao 8.450 suất quà với tổng số tiền 4.225.000.000 đồng; bàn giao"
        " 12 ngôi nhà “Mái ấm Công đoàn”, mỗi ngôi nhà được hỗ trợ 60.000.000 đồng.",
    ),
    "III. Kết quả tuyên truyền, an toàn, vệ sinh lao động": (
        "Tháng Công nhân và Tháng hành động về an toàn, vệ sinh lao động được tổ chức tại 100% đơn vị"
        " trực tiếp quản lý; có 286 lớp huấn luyện với 21.740 lượt người tham dự.",
        "Công tác phổ biến, giáo dục pháp luật được đổi mới về hình thức: 95 buổi tọa đàm tại khu nhà"
        " trọ, 18 cuộc thi trực tuyến tìm hiểu Bộ luật Lao động và Luật Bảo hiểm xã hội.",
    ),
    "IV. Hạn chế và nguyên nhân": (
        "Một số công đoàn cơ sở gửi báo cáo chậm so với thời hạn; số liệu về đối thoại định kỳ chưa "
        "thống nhất giữa các biểu. Nguyên nhân chủ yếu là cán bộ công đoàn kiêm nhiệm thay đổi nhiều "
        "sau đại hội.",
    ),
    "V. Phương hướng, nhiệm vụ sáu tháng cuối năm": (
        "Tập trung hướng dẫn công đoàn cơ sở tổ chức hội nghị người lao động năm 2027 đúng thời hạn, "
        "phấn đấu trên 95% doanh nghiệp có tổ chức công đoàn thực hiện đối thoại định kỳ.",
        "Tiếp tục rà soát, hỗ trợ đoàn viên khó khăn về nhà ở; phối hợp giám sát việc đóng bảo hiểm "
        "xã hội tại 25 doanh nghiệp nợ kéo dài từ ba tháng trở lên.",
        "Trên đây là báo cáo kết quả hoạt động công đoàn sáu tháng đầu năm 2026 của Liên đoàn Lao "
        "động tỉnh Đông Giang.",
    ),
}

_FIGURES = (
    ("Đoàn viên kết nạp mới", "người", "2.316", ""),
    ("Công đoàn cơ sở thành lập mới", "đơn vị", "18", "Có 15 đơn vị ngoài khu vực nhà nước"),
    ("Cuộc đối thoại tại nơi làm việc", "cuộc", "412", ""),
    ("Thỏa ước lao động tập thể ký mới", "bản", "37", "Loại A: 9 bản"),
    ("Lượt người được tư vấn pháp luật", "lượt người", "1.860", ""),
    ("Lớp huấn luyện an toàn, vệ sinh lao động", "lớp", "286", ""),
    ("Lượt người dự huấn luyện", "lượt người", "21.740", ""),
    ("Suất quà Tết trao đoàn viên, người lao động khó khăn", "suất", "8.450", "Mức 500.000 đồng/suất"),
    ("Tổng số tiền chăm lo Tết", "đồng", "4.225.000.000", ""),
    ("Nhà “Mái ấm Công đoàn” bàn giao", "nhà", "12", ""),
    ("Đơn vị máu hiến tặng", "đơn vị", "1.105", ""),
    ("Buổi tọa đàm tại khu nhà trọ", "buổi", "95", ""),
    ("Cuộc thi trực tuyến tìm hiểu pháp luật", "cuộc", "18", ""),
    ("Ngày hội thể thao công nhân", "ngày hội", "7", "Tổ chức tại bốn khu công nghiệp và ba cụm xã"),
    ("Sáng kiến được công nhận", "sáng kiến", "640", ""),
    ("Giá trị làm lợi của sáng kiến", "triệu đồng", "15.720", ""),
    ("Cuộc kiểm tra, giám sát bảo hiểm xã hội", "cuộc", "25", ""),
    ("Bữa ăn ca từ 25.000 đồng trở lên", "doanh nghiệp", "173", "Tăng 21 doanh nghiệp"),
    ("Cán bộ công đoàn được bồi dưỡng nghiệp vụ", "người", "1.920", ""),
    ("Đoàn viên ưu tú được giới thiệu", "người", "408", ""),
)


def figures(rows: int = 20) -> Table:
    """The table of figures, repeated as often as `rows` asks."""
    return Table(
        columns=(
            Column("TT", 0.6, "center"),
            Column("Nội dung", 3.6),
            Column("Đơn vị tính", 1.3, "center"),
            Column("Số lượng", 1.6, "right"),
            Column("Ghi chú", 2.0),
        ),
        rows=tuple((str(n + 1), *_FIGURES[n % len(_FIGURES)]) for n in range(rows)),
        caption="Bảng tổng hợp kết quả hoạt động sáu tháng đầu năm 2026",
    )


def report(rows: int = 20) -> OfficialDocument:
    """A half-year report: five sections, a table of figures, an annex of twelve cited directives."""
    body: list[Block] = []
    for title, paragraphs in _SECTIONS.items():
        body.append(Heading(title))
        if title.startswith("II."):
            body.append(Heading("1. Đối thoại, thương lượng tập thể và chăm lo đời sống", level=2))
        body += [Paragraph(text) for text in paragraphs]
        if title.startswith("III."):
            body.append(figures(rows))
    directives = tuple(
        (
            str(n),
            f"{20 + 7 * n}/KH-TLĐ",
            f"{n:02d}/{1 + n % 6:02d}/2026",
            f"Kế hoạch tổ chức hoạt động chuyên đề số {n}",
        )
        for n in range(1, 13)
    )
    annex = Annex(
        title="Danh mục văn bản chỉ đạo đã triển khai",
        blocks=(
            Paragraph("Các văn bản dưới đây là căn cứ của số liệu trong báo cáo."),
            Table((Column("TT"), Column("Số, ký hiệu"), Column("Ngày ban hành"), Column("Trích yếu")), directives),
        ),
    )
    return OfficialDocument(
        parent_issuer="Tổng Liên đoàn Lao động Việt Nam",
        issuer="Liên đoàn Lao động tỉnh Đông Giang",
        doc_type="báo cáo",
        subject="Kết quả hoạt động công đoàn sáu tháng đầu năm 2026",
        number="5/BC-LĐLĐ",
        place="Đông Giang",
        issued_on=dt.date(2026, 7, 5),
        addressees=("Đoàn Chủ tịch Tổng Liên đoàn Lao động Việt Nam",),
        grounds=(
            "Căn cứ Luật Công đoàn ngày 27 tháng 11 năm 2024",
            "Căn cứ Kế hoạch số 27/KH-TLĐ ngày 01 tháng 02 năm 2026 về công tác báo cáo định kỳ",
        ),
        body=tuple(body),
        recipients=("Như trên", "Thường trực Tỉnh ủy Đông Giang", "Các ban Liên đoàn Lao động tỉnh", "Lưu: VT, TH"),
        signer=Signer("TM. BAN THƯỜNG VỤ\nKT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Thị Bích Ngần"),
        annexes=(annex,),
        check_code="7F3K-29QD-XM4T",
    )


def dispatch() -> OfficialDocument:
    """A công văn: no type heading, "V/v" under the number, three addressees, still without its number."""
    return replace(
        report(),
        doc_type="công văn",
        subject="đôn đốc gửi báo cáo sáu tháng đầu năm 2026 và rà soát số liệu đối thoại",
        number=None,
        symbol="LĐLĐ-CSPL",
        issued_on=None,
        grounds=(),
        addressees=(
            "Công đoàn các khu công nghiệp tỉnh",
            "Công đoàn các xã, phường có đông công nhân lao động và các công đoàn ngành địa phương;",
            "Công đoàn Viên chức tỉnh.",
        ),
        body=(Paragraph("Liên đoàn Lao động tỉnh đề nghị các đơn vị gửi báo cáo trước ngày 10 tháng 7 năm 2026."),),
        annexes=(),
        check_code=None,
    )
