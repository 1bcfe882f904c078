"""A PDF page by page: its text layer where that is whole, else the page goes to OCR as a picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
from pypdfium2 import raw

from nhipcau.core.errors import UnreadableFile
from nhipcau.core.said import Said
from nhipcau.reader.extract.broken import fault_of
from nhipcau.reader.extract.found import EMBEDDED, Extracted, Tell, carried
from nhipcau.reader.extract.legacy import repair
from nhipcau.reader.extract.ocr.pages import ReadPage, read_pages
from nhipcau.reader.extract.pdf_margins import lines_of, one_text
from nhipcau.reader.extract.pdf_text import Line, read_page_text
from nhipcau.reader.model import TextSource

_MOST_PAGES = 300
_SCAN = Said("bản quét", "a scan")
_TOO_FEW = 20  # letters on a page below which it counts as a picture


@dataclass(frozen=True)
class _Page:
    """The text layer of a page; why it must be read as a picture, if it must; letters without a name."""

    lines: tuple[Line, ...]
    scan: Said | None
    lost: int = 0


def read_pdf(data: bytes, name: str, *, ocr: bool = True, tell: Tell | None = None) -> Extracted:
    """Text of a PDF, source "pdf-text" or "ocr". Raises `UnreadableFile`, or `MissingProgram` for a scan."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFile(
                Said(
                    f"Tệp “{name}” có mật khẩu. Hãy bỏ mật khẩu (mở tệp, in ra PDF mới) rồi gửi lại.",
                    f"The file “{name}” is locked by a password. Remove it (open the file, print it to a "
                    "new PDF) and send that.",
                )
            ) from error
        raise UnreadableFile(
            Said(
                f"Tệp “{name}” bị hỏng, không mở được như PDF. Hãy xin lại tệp gốc.",
                f"The file “{name}” is damaged and cannot be opened as a PDF. Ask for the original.",
            )
        ) from error
    try:
        return _read(document, name, ocr, tell)
    finally:
        document.close()


def _read(document: pdfium.PdfDocument, name: str, ocr: bool, tell: Tell | None) -> Extracted:
    if len(document) > _MOST_PAGES:
        raise UnreadableFile(
            Said(
                f"Tệp “{name}” có {len(document)} trang, quá {_MOST_PAGES} trang. Hãy tách tệp.",
                f"The file “{name}” has {len(document)} pages, more than {_MOST_PAGES}. Split it.",
            )
        )
    pages = [_choose(page) for page in document]
    scanned = {number: page.scan for number, page in enumerate(pages) if page.scan}
    read = read_pages(document, sorted(scanned), name, tell) if ocr and scanned else {}
    text = one_text([lines_of(read[n].text) if n in read else page.lines for n, page in enumerate(pages)])
    unread = len(scanned) - len(read)
    if not text.strip() and not unread:
        raise UnreadableFile(
            Said(
                f"Tệp “{name}” không có chữ nào đọc được. Hãy quét lại rõ hơn.",
                f"No word of the file “{name}” can be read. Scan it more clearly.",
            )
        )
    source: TextSource = "ocr" if 0 in scanned else "pdf-text"
    warnings = (*_warnings(pages, {n: scanned[n] for n in read}), *_carried(document))
    return _with_words(Extracted(text, source, warnings, unread=unread), read)


def _with_words(found: Extracted, read: dict[int, ReadPage]) -> Extracted:
    pages = [read[number] for number in sorted(read)]
    stamps = "\n".join(page.stamps for page in pages if page.stamps)
    return replace(found, pages=tuple(page.words for page in pages), stamps=stamps)


def _choose(page: pdfium.PdfPage) -> _Page:
    """The text layer of a page if it can be trusted; else why the page is to be read as a picture."""
    found = read_page_text(page)
    if sum(map(str.isalpha, found.text)) < _TOO_FEW:
        return _Page(found.lines, _SCAN if found.lost or _has_picture(page) else None)
    fault = fault_of(repair(found.text).text, lost=found.lost)
    if fault is None:
        return _Page(found.lines, None, found.lost)
    broken = Said(f"trang có lớp chữ hỏng ({fault})", f"a page whose text layer is broken ({fault.en})")
    return _Page(found.lines, broken, found.lost)


def _warnings(pages: list[_Page], scanned: dict[int, Said]) -> Iterator[Said]:
    """One sentence for each reason, naming its pages."""
    for reason in dict.fromkeys(scanned.values()):
        numbers = ", ".join(str(number + 1) for number in sorted(scanned) if scanned[number] == reason)
        yield Said(
            f"Trang {numbers} là {reason}, chữ do máy nhận dạng: hãy đối chiếu số, ngày và tên với bản gốc.",
            f"Page {numbers}: {reason.en}, read by machine: compare numbers, dates and names with it.",
        )
    for number, page in enumerate(pages):
        if page.lost and number not in scanned:
            yield Said(
                f"Trang {number + 1} có {page.lost} chữ mà tệp không cho biết là chữ gì: hãy xem bản gốc.",
                f"Page {number + 1} has {page.lost} letters that the file does not name: look at the original.",
            )


def _carried(document: pdfium.PdfDocument) -> tuple[Said, ...]:
    """What the file carries besides its pages that would act in another program."""
    found: list[str] = []
    if raw.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        found.append("JavaScript")
    if raw.FPDFDoc_GetAttachmentCount(document) > 0:
        found.append(EMBEDDED)
    return carried(found)


def _has_picture(page: pdfium.PdfPage) -> bool:
    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
