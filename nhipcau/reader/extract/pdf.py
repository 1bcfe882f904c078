"""A PDF page by page: its text layer where that is whole, else the page goes to OCR as a picture."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

from nhipcau.core.errors import UnreadableFile
from nhipcau.reader.extract.broken import fault_of
from nhipcau.reader.extract.pdf_text import page_text
from nhipcau.reader.extract.scans import read_scanned
from nhipcau.reader.model import TextSource

_MOST_PAGES = 300
_TOO_FEW = 20  # letters on a page below which it counts as a picture


@dataclass(frozen=True)
class PdfText:
    """What a PDF says: (text, "pdf-text" or "ocr", warnings)."""

    text: str
    source: TextSource
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class _Page:
    """The text layer of a page and, where the page must be read as a picture, why."""

    text: str
    scan: str | None


def read_pdf(data: bytes, name: str, *, ocr: bool = True) -> PdfText:
    """Text of a PDF. Raises `UnreadableFile`, or `MissingProgram` for a scan."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFile(
                f"Tệp “{name}” có mật khẩu. Hãy bỏ mật khẩu (mở tệp, in ra PDF mới) rồi gửi lại."
            ) from error
        raise UnreadableFile(f"Tệp “{name}” bị hỏng, không mở được như PDF. Hãy xin lại tệp gốc.") from error
    try:
        return _read(document, name, ocr)
    finally:
        document.close()


def _read(document: pdfium.PdfDocument, name: str, ocr: bool) -> PdfText:
    if len(document) > _MOST_PAGES:
        raise UnreadableFile(f"Tệp “{name}” có {len(document)} trang, quá {_MOST_PAGES} trang. Hãy tách tệp.")
    pages = [_choose(page) for page in document]
    texts = [page.text for page in pages]
    scanned = {number: page.scan for number, page in enumerate(pages) if page.scan} if ocr else {}
    if scanned:
        for number, text in read_scanned(document, sorted(scanned), name).items():
            texts[number] = text
    if not any(text.strip() for text in texts):
        raise UnreadableFile(f"Tệp “{name}” không có chữ nào đọc được. Hãy quét lại rõ hơn.")
    source: TextSource = "ocr" if 0 in scanned else "pdf-text"
    return PdfText("\n\n".join(texts), source, tuple(_warnings(scanned)))


def _choose(page: pdfium.PdfPage) -> _Page:
    """The text layer of a page if it can be trusted; else why the page is to be read as a picture."""
    text = page_text(page)
    if sum(char.isalpha() for char in text) < _TOO_FEW:
        return _Page(text, "bản quét" if _has_picture(page) else None)
    return _Page(text, fault_of(text))


def _warnings(scanned: dict[int, str]) -> list[str]:
    """One sentence for each reason, naming its pages."""
    found = []
    for reason in dict.fromkeys(scanned.values()):
        pages = ", ".join(str(number + 1) for number in sorted(scanned) if scanned[number] == reason)
        found.append(f"Trang {pages} là {reason}, chữ do máy nhận dạng: hãy đối chiếu số, ngày và tên với bản gốc.")
    return found


def _has_picture(page: pdfium.PdfPage) -> bool:
    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
