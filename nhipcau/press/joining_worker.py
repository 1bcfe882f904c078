"""The confined side of `joining`: open one foreign PDF, put a sheet behind it or a mark on it, save the copy.

Asked by one line of JSON, then our own PDF (of the size told), then the foreign one; answers one line of JSON and
leaves the copy in its folder.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from nhipcau.core.confined import confine
from nhipcau.core.errors import UnreadableFile
from nhipcau.core.said import Said, packed

MADE = "ban-sao.pdf"
MOST_PAGES = 500
_MEMORY = 2**30  # bytes
_SECONDS = 60  # of processor time
_QUARTER = 90
_DAMAGED = Said(
    "Tệp PDF gốc bị hỏng hoặc có mật khẩu nên chưa ghép được thành bản sao.",
    "The original PDF is damaged or locked by a password, so it cannot be joined into a copy.",
)
_EMPTY = Said("Tệp PDF gốc không có trang nào.", "The original PDF has no pages.")


def main() -> None:
    """Answer once on standard output."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    confine(memory=_MEMORY, seconds=_SECONDS)
    source = sys.stdin.buffer
    asked = json.loads(source.readline())
    ours, original = source.read(asked["ours"]), source.read()
    answers.write(json.dumps(_answer(asked["task"], original, ours)).encode() + b"\n")
    answers.flush()


def _answer(task: str, original: bytes, ours: bytes) -> dict[str, Any]:
    try:
        made = _opened(original)
        if task == "size":
            return {"size": made[0].get_size()}
        own = pdfium.PdfDocument(ours)
        if task == "join":
            made.import_pages(own)
        else:
            _lay(own, made)
        with Path(MADE).open("wb") as file:
            made.save(file, version=17)
    except UnreadableFile as error:
        return {"refused": packed(error.message)}
    except pdfium.PdfiumError:
        return {"refused": packed(_DAMAGED)}
    return {}


def _lay(mark: pdfium.PdfDocument, made: pdfium.PdfDocument) -> None:
    """The mark, as large as the first page is seen, over that page."""
    first = made[0]
    laid = mark.page_as_xobject(0, made).as_pageobject()
    laid.set_matrix(_upright(first, *first.get_size()))
    first.insert_obj(laid)
    first.gen_content()


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
    source = pdfium.PdfDocument(data)
    if len(source) > MOST_PAGES:
        vi = f"Tệp PDF có {len(source)} trang, quá mức {MOST_PAGES} trang của một bản sao."
        raise UnreadableFile(Said(vi, f"The PDF has {len(source)} pages; a copy has at most {MOST_PAGES}."))
    made.import_pages(source)
    if not len(made):
        raise UnreadableFile(_EMPTY)
    return made
