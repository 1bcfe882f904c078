"""Secret papers, complaints and denunciations stop at the door; papers that only speak of such things come in."""

from __future__ import annotations

import io
import unicodedata
from pathlib import Path

import pytest
from docx import Document as Word

from nhipcau.audit.models import Entry
from nhipcau.documents.actions import KeptOut
from nhipcau.documents.models import Document, StoredFile
from nhipcau.documents.storing.margins import margins_of
from nhipcau.documents.storing.stamps import stamp_in_name, stamp_on
from tests.cast import Cast
from tests.documents.letters import arrive, plan

HEAD = "LIÊN ĐOÀN LAO ĐỘNG TỈNH          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"

SECRET = [
    "MẬT",
    "TỐI MẬT",
    "TUYỆT MẬT",
    "(TỐI MẬT)",
    "[ MẬT ]",
    "*** TUYỆT MẬT ***",
    "“MẬT”",
    "M Ậ T",
    "M  Ậ  T",
    "M   Ậ   T",
    "M.Ậ.T",
    "T Ố I   M Ậ T",
    "T U Y Ệ T   M Ậ T",
    "MÂT",
    "MẠT",
    "MẤT",
    "TỔI MẬT",
    "TÔI MẬT",
    "TỐI MÂT",
    "TOI MAT",
    "TUYÊT MẬT",
    "TUYỆT MAT",
    "TUYET MAT",
    "Mật",
    "Tối mật",
    "Tuyệt mật",
    "ĐỘ MẬT: MẬT",
    "Độ mật: Mật",
    "Độ mật: Tối mật",
    "Độ mật : tuyệt mật",
    "Mức độ mật: Mật",
    "Dấu chỉ độ mật: Tối mật",
    "Độ mật: Mật; độ khẩn: Hỏa tốc",
    "MẬT Số: 05",
    "Số: 12/CV-LĐLĐ          MẬT",
    "Số: 12/CV-LĐLĐ | TỐI MẬT",
    "Số: 12/CV-LĐLĐ\tM Ậ T",
]

OPEN = [
    "Công tác bảo vệ bí mật nhà nước",
    "BẢO VỆ BÍ MẬT NHÀ NƯỚC",
    "QUY CHẾ BẢO VỆ BÍ MẬT NHÀ NƯỚC TRONG TỔ CHỨC CÔNG ĐOÀN",
    "Danh mục bí mật nhà nước độ Tối mật của Đảng",
    "Tài liệu MẬT phải để riêng.",
    "Văn bản mật được đăng ký vào sổ riêng.",
    "MẬT ĐỘ DÂN CƯ",
    "Mật độ công nhân trong khu công nghiệp",
    "Bảo mật thông tin đoàn viên",
    "BẢO MẬT THÔNG TIN",
    "Bảo mật",
    "Mật ong",
    "MẬT ONG RỪNG",
    "mật",
    "phòng, chống lộ, lọt bí mật kinh doanh",
    "Phòng, chống các bệnh gan mật cho người lao động",
    "Mật khẩu đăng nhập phải đổi sau 90 ngày",
    "MẬT KHẨU",
    "Hội nghị gặp mặt",
    "MẶT TRẬN TỔ QUỐC",
    "MẶT",
    "MẮT",
    "TAI NẠN LÀM MẤT SỨC LAO ĐỘNG",
    "Bỏ phiếu kín, bảo đảm bí mật",
    "Độ mật: không",
    "Độ mật: Thường",
    "Độ mật:",
    "ĐỘ MẬT",
    "Thân mật",
    "Họp mặt thân mật đầu xuân",
    "Số lượng văn bản Mật, Tối mật, Tuyệt mật",
    "V/v thực hiện chế độ báo cáo về văn bản mật",
    "TRIỂN KHAI CÔNG TÁC BẢO VỆ BÍ\nMẬT",
    "Tập huấn về bảo\nMật",
    "TĂNG CƯỜNG BẢO\nMẬT",
    "Trật tự",
    "TẤT CẢ",
    "Độ mật và độ khẩn do người ký quyết định",
]

COMPLAINTS = [
    "ĐƠN KHIẾU NẠI",
    "ĐƠN TỐ CÁO",
    "ĐƠN KHIẾU NẠI (lần 2)",
    "ĐƠN KHIẾU NẠI, TỐ CÁO",
    "ĐƠN THƯ TỐ CÁO",
    "ĐƠN XIN KHIẾU NẠI",
    "ĐƠN KHIẾU TỐ",
    "ĐƠN TỐ CÁO về việc nợ lương",
    "Đơn tố cáo",
    "Đơn khiếu nại",
    "ĐƠN  TỐ  CÁO",
    "Đ Ơ N   T Ố   C Á O",
    "DON TO CAO",
    "ĐƠN TÔ CAO",
    "DON KHIEU NAI, TO CAO",
]

NO_COMPLAINTS = [
    "Luật Khiếu nại và Luật Tố cáo",
    "QUY TRÌNH GIẢI QUYẾT ĐƠN KHIẾU NẠI, TỐ CÁO",
    "QUY TRÌNH TIẾP NHẬN, XỬ LÝ\nĐƠN KHIẾU NẠI, TỐ CÁO CỦA CÔNG ĐOÀN",
    "VỀ VIỆC TRẢ LỜI\nĐƠN KHIẾU NẠI",
    "Báo cáo công tác giải quyết đơn khiếu nại, tố cáo quý I",
    "Tập huấn kỹ năng xử lý đơn thư khiếu nại",
    "ĐƠN XIN GIA NHẬP CÔNG ĐOÀN",
    "ĐƠN ĐỀ NGHỊ HỖ TRỢ NHÀ Ở",
    "ĐƠN VỊ TỐ CHỨC",
    "Đơn vị khiếu nại về mức đóng",
    "đơn tố cáo",
    "MẪU ĐƠN KHIẾU NẠI",
]


@pytest.mark.parametrize("line", SECRET)
def test_a_degree_of_secrecy_on_its_own_is_a_stamp(line: str) -> None:
    found = stamp_on(f"{HEAD}{line}\nCÔNG VĂN\nVề việc nghỉ phép")
    assert found is not None
    assert found.name == "secret"


@pytest.mark.parametrize("line", OPEN)
def test_words_about_secrets_are_no_stamp(line: str) -> None:
    assert stamp_on(f"{HEAD}{line}\nnội dung tiếp theo của văn bản") is None


@pytest.mark.parametrize("line", COMPLAINTS)
def test_a_title_of_a_complaint_keeps_it_out(line: str) -> None:
    found = stamp_on(f"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n{line}\nKính gửi: …")
    assert found is not None
    assert found.name == "complaint"


@pytest.mark.parametrize("line", NO_COMPLAINTS)
def test_a_letter_about_complaints_comes_in(line: str) -> None:
    assert stamp_on(f"{HEAD}{line}\nnội dung") is None


def test_a_degree_far_down_in_the_text_is_part_of_the_text() -> None:
    assert stamp_on("\n".join([*(f"{n}. Việc thứ {n}" for n in range(60)), "MẬT"])) is None


def test_decomposed_letters_are_the_same_stamp() -> None:
    assert stamp_on(unicodedata.normalize("NFD", "TUYỆT MẬT\nCÔNG VĂN")) is not None


@pytest.mark.parametrize(
    "name",
    ["TỐI MẬT - 12.pdf", "CV 05 (Mật).docx", "[MẬT] ke hoach.docx", "Công văn 12 MẬT.pdf", "MẬT 05.pdf",
     "tuyet_mat_05.pdf", "cv-12-tuyet-mat.pdf", "toi_mat_12.pdf", "Van ban tuyet mat.docx", "Tuyệt mật.pdf",
     "Độ mật - mật.doc"],
)  # fmt: skip
def test_a_name_that_tells_of_a_degree_stops_the_file(name: str) -> None:
    found = stamp_in_name(name)
    assert found is not None
    assert found.name == "secret"


@pytest.mark.parametrize("name", ["don_to_cao.pdf", "Đơn khiếu nại.docx", "12 - Đơn tố cáo lần 2.pdf"])
def test_a_name_that_tells_of_a_complaint_stops_the_file(name: str) -> None:
    found = stamp_in_name(name)
    assert found is not None
    assert found.name == "complaint"


@pytest.mark.parametrize(
    "name",
    ["bao-cao-bi-mat.pdf", "Bảo vệ BÍ MẬT nhà nước.docx", "mật ong.pdf", "gap mat dau xuan.docx",
     "KẾ HOẠCH BẢO MẬT.pdf", "mat_do_dan_cu.pdf", "toi_mat_the_doan_vien.docx", "bao mat.docx", "mat.txt",
     "Luật tố cáo.pdf", "giai quyet don to cao quy I.pdf", "don vi.pdf", "Quy chế văn bản mật của công đoàn.docx",
     "Mật độ.xlsx", "matxa.txt", "", ".pdf"],
)  # fmt: skip
def test_other_names_are_no_stamp(name: str) -> None:
    assert stamp_in_name(name) is None


def _word(header: str = "", footer: str = "") -> bytes:
    word = Word()
    word.add_paragraph("KẾ HOẠCH")
    word.add_paragraph("Về việc tổ chức hội thao")
    for _ in range(2):
        word.add_section()
    last = word.sections[-1]
    last.header.is_linked_to_previous = last.footer.is_linked_to_previous = False
    last.header.paragraphs[0].text, last.footer.paragraphs[0].text = header, footer
    data = io.BytesIO()
    word.save(data)
    return data.getvalue()


@pytest.mark.parametrize("given", [{"header": "TỐI MẬT"}, {"footer": "M Ậ T"}])
def test_a_stamp_in_any_running_header_or_footer_keeps_the_file_out(
    cast: Cast, data_dir: Path, given: dict[str, str]
) -> None:
    with pytest.raises(KeptOut):
        arrive(cast.clerk, _word(**given), "ke-hoach.docx")
    assert not Document.objects.exists()
    assert not StoredFile.objects.exists()
    assert not (data_dir / "files").exists()


def test_a_harmless_header_stays_harmless(cast: Cast) -> None:
    assert arrive(cast.clerk, _word("Bảo vệ bí mật nhà nước", "Trang 2"), "ke-hoach.docx").pk
    assert margins_of(b"PK\x03\x04 hong") == margins_of(b"") == []


def test_a_file_named_so_is_not_even_opened(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(*_: object) -> None:
        raise AssertionError("the file was opened")

    monkeypatch.setattr("nhipcau.documents.incoming.intake.read_bytes", opened)
    with pytest.raises(KeptOut):
        arrive(cast.clerk, plan(), "TUYỆT MẬT - 05.txt")
    assert "TUYỆT" not in Entry.objects.get(action="documents.kept_out").data
