"""Pages of a PDF as they came, with a sheet behind them or a few lines laid over the first of them.

The original's bytes are read, never written: what is made here is a copy, kept apart from it.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pypdfium2 as pdfium

from nhipcau.core.errors import UnreadableFile
from nhipcau.press.fonts import press_font
from nhipcau.press.pdf import refuse_unprintable, typeset

TEMPLATE = Path(__file__).with_name("mark.typ")
MOST_PAGES = 500
_QUARTER = 90


def followed_by(original: bytes, sheet: bytes) -> bytes:
    """The original's pages and then the sheet's. UnreadableFile for what is no readable PDF, or is too long."""
    made = _opened(original)
    behind = pdfium.PdfDocument(sheet)
    made.import_pages(behind)
    return _saved(made)


def marked(original: bytes, lines: Sequence[str], *, cache: Path | None = None) -> bytes:
    """The original's pages with `lines` in 10-point type at the top right of the first, whichever way it is turned.

    Raises UnreadableFile as `followed_by`, InvalidInput for signs that the font lacks.
    """
    made, font = _opened(original), press_font(cache)
    first = made[0]
    width, height = first.get_size()
    data: dict[str, object] = {"family": font.family, "width": width, "height": height, "lines": list(lines)}
    refuse_unprintable(data, font)
    mark = pdfium.PdfDocument(typeset(TEMPLATE, data, font, None))
    laid = mark.page_as_xobject(0, made).as_pageobject()
    laid.set_matrix(_upright(first, width, height))
    first.insert_obj(laid)
    first.gen_content()
    return _saved(made)


def _upright(page: pdfium.PdfPage, width: float, height: float) -> pdfium.PdfMatrix:
    """From the page as it is seen (`width` × `height`) to the page as it is stored."""
    left, bottom, _right, _top = page.get_cropbox()
    turned = page.get_rotation() // _QUARTER % 4
    a, b, c, d, e, f = (
        (1, 0, 0, 1, 0, 0),
        (0, 1, -1, 0, height, 0),
        (-1, 0, 0, -1, width, height),
        (0, -1, 1, 0, 0, width),
    )[turned]
    return pdfium.PdfMatrix(a, b, c, d, e + left, f + bottom)


def _opened(data: bytes) -> pdfium.PdfDocument:
    """A new document with the pages of `data`: its scripts, forms and attachments stay behind."""
    made = pdfium.PdfDocument.new()
    try:
        source = pdfium.PdfDocument(data)
        if len(source) > MOST_PAGES:
            raise UnreadableFile(f"Tệp PDF có {len(source)} trang, quá mức {MOST_PAGES} trang của một bản sao.")
        made.import_pages(source)
    except pdfium.PdfiumError as error:
        raise UnreadableFile("Tệp PDF gốc bị hỏng hoặc có mật khẩu nên chưa ghép được thành bản sao.") from error
    if not len(made):
        raise UnreadableFile("Tệp PDF gốc không có trang nào.")
    return made


def _saved(made: pdfium.PdfDocument) -> bytes:
    out = io.BytesIO()
    made.save(out, version=17)
    return out.getvalue()
