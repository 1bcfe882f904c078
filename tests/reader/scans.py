"""Invented letters as scans: typeset, printed to pixels, stamped, signed, laid crookedly and made noisy."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from random import Random

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from nhipcau.core.official import OfficialDocument, Paragraph, Signer
from nhipcau.press.fonts import press_font
from nhipcau.press.pdf import to_pdf

_UNITS = (
    ("LIÊN ĐOÀN LAO ĐỘNG TỈNH AN HẢI", "LIÊN ĐOÀN LAO ĐỘNG HUYỆN TÂN PHÚ", "An Hải", "LĐLĐ"),
    ("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "LIÊN ĐOÀN LAO ĐỘNG TỈNH BÌNH SA", "Bình Sa", "LĐLĐ"),
    ("UBND TỈNH ĐÔNG GIANG", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "Đông Giang", "SGDĐT"),
    ("CÔNG ĐOÀN XÂY DỰNG VIỆT NAM", "CÔNG ĐOÀN TỔNG CÔNG TY CẦU LẠC", "Hà Trung", "CĐTCT"),
)
_ASKED = (
    ("báo cáo kết quả Tháng Công nhân năm {y}", "công văn", "VP"),
    ("Tổ chức Hội thao công nhân, viên chức, lao động năm {y}", "kế hoạch", ""),
    ("rà soát việc đóng bảo hiểm xã hội tại các doanh nghiệp", "công văn", "CSPL"),
    ("Lịch trực Tết và tiếp đoàn viên của cơ quan", "thông báo", ""),
    ("hướng dẫn chăm lo bữa ăn ca, phòng chống nắng nóng", "công văn", "TG"),
    ("Triển khai Tháng hành động về an toàn, vệ sinh lao động", "kế hoạch", ""),
)
_SIGNERS = (
    ("TM. BAN THƯỜNG VỤ", "PHÓ CHỦ TỊCH", "Trần Thị Mỹ Lan"),
    ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Hữu Thịnh"),
    (None, "CHỦ TỊCH", "Phạm Đức Khải"),
)
_TYPES = {"công văn": "", "kế hoạch": "KH", "thông báo": "TB"}
PAPER, RED, BLUE = (250, 248, 240), (205, 40, 60), (40, 60, 170)


@dataclass(frozen=True)
class Sheet:
    """How a letter was scanned. `stamp`: where a red seal lies over the print."""

    dpi: int = 300
    skew: float = 0.0
    noise: float = 0.0
    stamp: tuple[str, ...] = ()


SHEETS = (
    Sheet(300, 0.0, 4),
    Sheet(200, 1.2, 6, ("signature",)),
    Sheet(150, -0.8, 6),
    Sheet(300, -2.0, 8, ("signature", "number")),
    Sheet(200, 0.6, 8, ("addressee",)),
    Sheet(150, 2.0, 5, ("signature",)),
    Sheet(200, -1.5, 10, ("number",)),
    Sheet(300, 1.8, 6, ("signature", "addressee")),
    Sheet(200, 0.0, 6, ("signature", "number")),
    Sheet(150, 0.4, 6, ("number",)),
    Sheet(200, 2.0, 8, ("signature",)),
    Sheet(300, -0.5, 10, ("signature", "number", "addressee")),
)


def letter(index: int) -> OfficialDocument:
    """An invented letter; the same index gives the same one."""
    random = Random(index)
    parent, issuer, place, code = _UNITS[index % len(_UNITS)]
    subject, kind, office = _ASKED[index % len(_ASKED)]
    authority, title, name = _SIGNERS[index % len(_SIGNERS)]
    day = dt.date(2019 + index % 6, 1 + index * 5 % 12, 10 + index * 7 % 18)
    due = day + dt.timedelta(days=20 + index)
    symbol = f"{_TYPES[kind]}-{code}" if _TYPES[kind] else f"{code}-{office}"
    return OfficialDocument(
        issuer=issuer, parent_issuer=parent, doc_type=kind, subject=subject.format(y=day.year),
        number=f"{random.randrange(10, 999)}/{symbol}", place=place, issued_on=day,
        addressees=("Các phòng, ban chuyên môn", "Công đoàn cơ sở trực thuộc") if kind == "công văn" else (),
        body=(
            Paragraph(
                f"Thực hiện Kế hoạch số {random.randrange(10, 90)}/KH-TLĐ ngày "
                f"{day - dt.timedelta(days=9):%d/%m/%Y} của Đoàn Chủ tịch Tổng Liên đoàn Lao động Việt Nam về chăm "
                "lo đoàn viên, người lao động, cơ quan đề nghị các đơn vị triển khai những nội dung sau:"
            ),
            Paragraph(
                f"1. Tổ chức {random.randrange(3, 40)} cuộc đối thoại tại nơi làm việc; hỗ trợ "
                f"{random.randrange(100, 900)} suất quà, mỗi suất 500.000 đồng, cho đoàn viên khó khăn."
            ),
            Paragraph(f"2. Gửi báo cáo kết quả về cơ quan trước ngày {due:%d/%m/%Y} để tổng hợp."),
            Paragraph(
                "3. Văn phòng theo dõi, đôn đốc, kiểm tra việc thực hiện; kịp thời phản ánh những khó khăn, "
                f"vướng mắc và tổng hợp chung chậm nhất ngày {due.day} tháng {due.month} năm {due.year}."
            ),
        ),
        recipients=("Như trên", "Thường trực cơ quan (để b/c)", "Lưu: VT, " + (office or "CSPL")),
        signer=Signer(authority, title, name),
    )  # fmt: skip


def truth(document: OfficialDocument) -> dict[str, object]:
    """What a reader should find, with the keys of `nhipcau read --json`."""
    return {
        "doc_type": document.doc_type, "number": document.number, "issuer": document.issuer,
        "parent_issuer": document.parent_issuer, "place": document.place,
        "date": document.issued_on.isoformat() if document.issued_on else None, "subject": document.subject,
        "addressees": list(document.addressees), "recipients": list(document.recipients),
        "signer": {
            "authority": document.signer.authority, "title": document.signer.title, "name": document.signer.name
        },
    }  # fmt: skip


def scanned(document: OfficialDocument, sheet: Sheet) -> bytes:
    """The letter as a PDF of pictures."""
    typed = pdfium.PdfDocument(to_pdf(document))
    pages = [_scan(page.render(scale=sheet.dpi / 72).to_pil(), sheet) for page in typed]
    return _pdf(pages, sheet.dpi)


def _scan(page: Image.Image, sheet: Sheet) -> Image.Image:
    page = page.convert("RGB")
    for place in sheet.stamp:
        page = _stamped(page, place, sheet.dpi / 72)
    page = page.rotate(sheet.skew, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    page = page.filter(ImageFilter.GaussianBlur(sheet.dpi / 500))
    dots = np.asarray(page).astype(np.float64) * (np.array(PAPER) / 255)
    dots += np.random.default_rng(7).normal(0, sheet.noise, dots.shape)
    return Image.fromarray(dots.clip(0, 255).astype(np.uint8))


_PLACES = {"number": (150, 105), "addressee": (330, 165), "signature": (400, 490)}  # points from the upper left


def _stamped(page: Image.Image, place: str, scale: float) -> Image.Image:
    """A round red seal over the print (ink lets black shine through), and a blue signature beside it."""
    ink = Image.new("RGB", page.size, (255, 255, 255))
    draw = ImageDraw.Draw(ink)
    x, y = (value * scale for value in _PLACES[place])
    for radius in (50, 47, 30):
        box = (x - radius * scale, y - radius * scale, x + radius * scale, y + radius * scale)
        draw.ellipse(box, outline=RED, width=max(1, round(1.2 * scale)))
    draw.text((x - 24 * scale, y - 12 * scale), "CÔNG ĐOÀN\nTỈNH AN HẢI", fill=RED, font=_font(8 * scale))
    if place == "signature":
        points = [(x + (20 + 9 * n) * scale, y + (-1) ** n * (14 - n) * scale) for n in range(11)]
        draw.line(points, fill=BLUE, width=max(2, round(1.5 * scale)), joint="curve")
    both = np.asarray(page).astype(np.uint16) * np.asarray(ink) // 255
    return Image.fromarray(both.astype(np.uint8))


def _font(size: float) -> ImageFont.FreeTypeFont:
    folder = press_font().folder
    file = next(path for path in sorted(folder.rglob("*.ttf")) if "Bold" in path.name or "Regular" in path.name)
    return ImageFont.truetype(str(file), round(size))


def turned(data: bytes, quarters: int) -> bytes:
    """The same scan laid on the glass the wrong way round: turned by quarters."""
    pages = [page.render(scale=200 / 72).to_pil() for page in pdfium.PdfDocument(data)]
    return _pdf([page.rotate(90 * quarters, expand=True) for page in pages], 200)


def secret(degree: str) -> bytes:
    """A scan with a red framed stamp of secrecy under its number."""
    dpi, scale = 200, 200 / 72
    page = pdfium.PdfDocument(to_pdf(letter(1)))[0].render(scale=scale).to_pil().convert("RGB")
    draw, font = ImageDraw.Draw(page), _font(13 * scale)
    x, y, width = 95 * scale, 150 * scale, draw.textlength(degree, font=font)
    draw.text((x, y), degree, fill=RED, font=font)
    frame = (x - 5 * scale, y - 4 * scale, x + width + 5 * scale, y + 18 * scale)
    draw.rectangle(frame, outline=RED, width=round(1.5 * scale))
    return _pdf([_scan(page, Sheet(dpi, 1.0, 6))], dpi)


def _pdf(pages: list[Image.Image], dpi: int) -> bytes:
    target = io.BytesIO()
    pages[0].save(target, "PDF", save_all=True, append_images=pages[1:], resolution=dpi, quality=75)
    return target.getvalue()
