"""A photograph of a letter as a page: upright, so that whatever reads and shows scans reads and shows it."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from nhipcau.core.errors import MissingProgram, UnreadableFile
from nhipcau.core.said import Said
from nhipcau.reader.extract.kinds import Kind, kind_of

if TYPE_CHECKING:  # it belongs to the extra `ocr`
    from PIL import Image

MOST_PIXELS = 120_000_000  # the largest telephones take 108 million
SMALLEST = 600  # pixels on the shorter side: print on less cannot be read, and logos in e-mails are no letters
_ENOUGH = 4200  # pixels on the longer side: A4 at 360 dots per inch; more only costs time
_LONGER_SIDE = 11.69  # inches, of A4
_QUALITY = 92


def paged(data: bytes, name: str) -> bytes:
    """A PDF as it is, a photograph as a PDF of one page."""
    return as_pdf(data, name) if kind_of(data, name) == Kind.PHOTO else data


def require_photo(data: bytes, name: str) -> None:
    """Look at the head of the picture alone. Raises as `as_pdf` does."""
    with _opened(data, name):
        pass


def as_pdf(data: bytes, name: str) -> bytes:
    """One page as high as A4: the sheet on the picture, flat and evenly lit. In a confined process only (`apart`).

    Raises `UnreadableFile` (damaged, unreasonably large) or `MissingProgram` without the extra `ocr`.
    """
    with _opened(data, name) as opened:
        from PIL import ImageOps

        from nhipcau.reader.extract.sheet import flat

        opened.draft("RGB", (_ENOUGH, _ENOUGH))  # a JPEG is decoded coarser at once, at no cost
        picture = _on_white(ImageOps.exif_transpose(opened))
        picture.thumbnail((_ENOUGH, _ENOUGH))
        picture = flat(picture)
    target = io.BytesIO()
    picture.save(target, "PDF", resolution=max(picture.size) / _LONGER_SIDE, quality=_QUALITY)
    return target.getvalue()


@contextlib.contextmanager
def _opened(data: bytes, name: str) -> Iterator[Image.Image]:
    try:
        from PIL import Image
    except ImportError as error:
        raise MissingProgram(
            Said(
                f"Tệp “{name}” là ảnh chụp, cần phần “ocr” (Pillow) để đọc. Hãy cài nhipcau[ocr], hoặc "
                "gửi tệp PDF.",
                f"The file “{name}” is a photograph; reading it needs the part “ocr” (Pillow). "
                "Install nhipcau[ocr], or send a PDF.",
            )
        ) from error
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2  # Pillow refuses from twice as many on
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as opened:
            if min(opened.size) < SMALLEST:
                raise UnreadableFile(
                    Said(
                        f"Ảnh “{name}” chỉ có {opened.width} × {opened.height} điểm, quá nhỏ để đọc chữ. "
                        "Hãy chụp lại gần hơn, hoặc quét thành PDF rồi gửi.",
                        f"The picture “{name}” has only {opened.width} × {opened.height} points, too few to "
                        "read. Take it from nearer, or scan it to a PDF and send that.",
                    )
                )
            yield opened
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnreadableFile(
            Said(
                f"Ảnh “{name}” bị hỏng hoặc quá lớn, không mở được. Hãy chụp lại, hoặc quét thành PDF rồi gửi.",
                f"The picture “{name}” is damaged or too large to be opened. Take it again, or scan "
                "it to a PDF and send that.",
            )
        ) from error


def _on_white(picture: Image.Image) -> Image.Image:
    """Colours alone: what is transparent is paper."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    from PIL import Image

    clear = picture.convert("RGBA")
    paper = Image.new("RGBA", clear.size, (255, 255, 255, 255))
    return Image.alpha_composite(paper, clear).convert("RGB")
