"""A page of a PDF, or a photograph, as a picture for the screen."""

from __future__ import annotations

import io
from importlib.util import find_spec

from nhipcau.core.errors import MissingProgram, UnreadableFile
from nhipcau.core.said import Said
from nhipcau.reader.extract.photos import paged

_WIDTH = 1100  # pixels: a page of A4 can be read on it, and it weighs some 150 kB
_TALLEST = 4.0  # times the width; a page may claim any size
_QUALITY = 72


def picture_here(data: bytes, name: str, page: int) -> bytes:
    """JPEG of the page, counted from 0, in this very process: foreign files go through `apart`.

    Raises `UnreadableFile` (no such page, damaged) or `MissingProgram` (without the extra «ocr»).
    """
    if find_spec("PIL") is None:
        raise MissingProgram("Máy chủ chưa cài phần xem ảnh trang (gói Pillow, phần mở rộng «ocr»).")
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(paged(data, name))
        sheet = document[page]
        width, height = (max(8.0, float(side)) for side in sheet.get_size())
        scale = min(_WIDTH / width, _WIDTH * _TALLEST / height)
        picture = sheet.render(scale=scale).to_pil().convert("RGB")
    except (pdfium.PdfiumError, IndexError) as error:
        raise UnreadableFile(
            Said(
                f"Không vẽ được trang {page + 1} của tệp “{name}”.",
                f"Page {page + 1} of the file “{name}” cannot be drawn.",
            )
        ) from error
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()
