"""Text layer of a PDF as lines whose columns stay apart; scanned pages go to OCR."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

from nhipcau.core.errors import UnreadableFile
from nhipcau.reader.extract.ocr import read_page
from nhipcau.reader.model import TextSource

_MOST_PAGES = 300
_MOST_SCANNED = 20  # tesseract takes about two seconds a page
_LINE_END_HYPHEN = 2  # how pdfium marks a hyphen at the end of a line
_TOO_FEW = 20  # letters on a page below which it counts as a picture


@dataclass(frozen=True)
class _Char:
    char: str
    left: float
    right: float
    bottom: float
    top: float
    spaced: bool  # the file itself has a space before it


def read_pdf(data: bytes, name: str, *, ocr: bool = True) -> tuple[str, TextSource, tuple[str, ...]]:
    """(text, "pdf-text" or "ocr", warnings). Raises `UnreadableFile`, or `MissingProgram` for a scan."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFile(
                f"Tệp “{name}” có mật khẩu. Hãy bỏ mật khẩu (mở tệp, in ra PDF mới) rồi gửi lại."
            ) from error
        raise UnreadableFile(f"Tệp “{name}” bị hỏng, không mở được như PDF. Hãy xin lại tệp gốc.") from error
    try:
        return _pages(document, name, ocr)
    finally:
        document.close()


def _pages(document: pdfium.PdfDocument, name: str, ocr: bool) -> tuple[str, TextSource, tuple[str, ...]]:
    if len(document) > _MOST_PAGES:
        raise UnreadableFile(f"Tệp “{name}” có {len(document)} trang, quá {_MOST_PAGES} trang. Hãy tách tệp.")
    texts: list[str] = []
    scanned: list[int] = []
    for number, page in enumerate(document, start=1):
        texts.append(_page_text(page))
        if ocr and sum(c.isalpha() for c in texts[-1]) < _TOO_FEW and _has_picture(page):
            scanned.append(number)
    if len(scanned) > _MOST_SCANNED:
        raise UnreadableFile(
            f"Tệp “{name}” có {len(scanned)} trang quét, quá {_MOST_SCANNED} trang. Hãy tách tệp rồi gửi lại."
        )
    for number in scanned:
        texts[number - 1] = read_page(document[number - 1], name)
    if not any(text.strip() for text in texts):
        raise UnreadableFile(f"Tệp “{name}” không có chữ nào đọc được. Hãy quét lại rõ hơn.")
    if not scanned:
        return "\n\n".join(texts), "pdf-text", ()
    pages = ", ".join(map(str, scanned))
    warning = f"Trang {pages} là bản quét, chữ do máy nhận dạng: hãy đối chiếu số, ngày và tên với bản gốc."
    return "\n\n".join(texts), "ocr" if 1 in scanned else "pdf-text", (warning,)


def _has_picture(page: pdfium.PdfPage) -> bool:
    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _page_text(page: pdfium.PdfPage) -> str:
    rows = _rows(_chars(page))
    if not rows:
        return ""
    # Indents count from the page's leftmost letter, in average letters, so that gaps look as printed.
    margin = min(row[0].left for row in rows)
    widths = sorted(c.right - c.left for row in rows for c in row if c.char.strip())
    unit = max(widths[len(widths) // 2], 1.0)
    lines: list[str] = []
    for index, row in enumerate(rows):
        if index and rows[index - 1][0].bottom - row[0].top > 0.6 * (row[0].top - row[0].bottom):
            lines.append("")
        lines.append(_line(row, margin, unit))
    return "\n".join(lines)


def _chars(page: pdfium.PdfPage) -> list[_Char]:
    textpage = page.get_textpage()
    found: list[_Char] = []
    box = raw.FS_RECTF()
    spaced = False
    for index in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, index)
        if code in (0, 0xFFFE, 0xFFFF) or not raw.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(box)):
            continue
        char = "-" if code in (_LINE_END_HYPHEN, 0xAD) else chr(code)
        if not char.isspace() and char.isprintable():
            found.append(_Char(char, box.left, box.right, box.bottom, box.top, spaced))
        spaced = char.isspace()
    textpage.close()
    return found


def _rows(chars: list[_Char]) -> list[list[_Char]]:
    """Letters that stand on one line, top to bottom, each row left to right."""
    rows: list[list[_Char]] = []
    middles: list[float] = []
    for char in chars:
        middle, height = (char.top + char.bottom) / 2, char.top - char.bottom
        for index in range(len(rows) - 1, max(-1, len(rows) - 80), -1):
            if abs(middles[index] - middle) < 0.3 * max(height, 4):
                rows[index].append(char)
                break
        else:
            rows.append([char])
            middles.append(middle)
    order = sorted(range(len(rows)), key=lambda i: -middles[i])
    return [sorted(rows[i], key=lambda c: c.left) for i in order]


def _line(row: list[_Char], margin: float, unit: float) -> str:
    parts = [" " * int((row[0].left - margin) / unit)]
    before: _Char | None = None
    for char in row:
        if before is not None:
            gap = char.left - before.right
            size = char.top - char.bottom
            if gap > 1.6 * size:
                parts.append(" " * max(4, int(gap / unit)))
            elif gap > 0.11 * size or (char.spaced and gap > -0.1 * size):
                parts.append(" ")
        if before is None or char.char != before.char or abs(char.left - before.left) > 0.5:
            parts.append(char.char)  # else a letter printed twice for a bold look
        before = char
    return "".join(parts)
