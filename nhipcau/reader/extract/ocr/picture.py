"""A page as a picture: rendered by pdfium at any angle, so that a crooked scan is resampled once only."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from pypdfium2 import raw

from nhipcau.reader.language.words import Box

Grey = NDArray[np.uint8]  # rows × columns, 0 black to 255 white
Colour = NDArray[np.uint8]  # rows × columns × (blue, green, red)

DPI = 300
_MOST_PIXELS = 24_000_000  # an A3 page at 300 dots per inch has 17 million; larger ones are read coarser
_SMALLEST = 8.0  # points; a page may claim any size


@dataclass(frozen=True)
class Frame:
    """How a page was put on a picture: scaled to `scale` pixels a point and turned clockwise by `angle` degrees
    about its middle; `width` and `height` in points as the file shows the page."""

    width: float
    height: float
    scale: float
    angle: float = 0.0

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows of the picture: as many as the turned page needs."""
        sine, cosine = self._turn()
        wide = (self.width * abs(cosine) + self.height * abs(sine)) * self.scale
        high = (self.width * abs(sine) + self.height * abs(cosine)) * self.scale
        return max(1, math.ceil(wide - 1e-6)), max(1, math.ceil(high - 1e-6))

    def matrix(self) -> tuple[float, float, float, float, float, float]:
        """a to f of x' = a·x + c·y + e, y' = b·x + d·y + f, from points to pixels, both downwards."""
        sine, cosine = (self.scale * value for value in self._turn())
        columns, rows = self.size
        across, down = self.width / 2, self.height / 2
        return (
            cosine, sine, -sine, cosine,
            columns / 2 - cosine * across + sine * down,
            rows / 2 - sine * across - cosine * down,
        )  # fmt: skip

    def on_page(self, left: float, top: float, right: float, bottom: float) -> Box:
        """The upright box around a box of the picture (pixels)."""
        sine, cosine = self._turn()
        columns, rows = self.size
        points = [
            (
                ((x - columns / 2) * cosine + (y - rows / 2) * sine) / self.scale / self.width + 0.5,
                ((y - rows / 2) * cosine - (x - columns / 2) * sine) / self.scale / self.height + 0.5,
            )
            for x in (left, right)
            for y in (top, bottom)
        ]
        across, down = sorted(x for x, _ in points), sorted(y for _, y in points)
        return _part(across[0]), _part(down[0]), _part(across[-1]), _part(down[-1])

    def _turn(self) -> tuple[float, float]:
        radians = math.radians(self.angle)
        return math.sin(radians), math.cos(radians)


def _part(share: float) -> int:
    return min(10_000, max(0, round(10_000 * share)))


def frame(page: pdfium.PdfPage, dpi: float, angle: float = 0.0) -> Frame:
    """The frame of a page at `dpi`, coarser if the page is so large that its picture would fill the memory."""
    width, height = (max(_SMALLEST, float(side)) for side in page.get_size())
    most = math.sqrt(_MOST_PIXELS / (width * height)) / 1.2  # a page turned by 45 degrees needs more
    return Frame(width, height, min(dpi / 72, most), angle)


def render(page: pdfium.PdfPage, frame: Frame, *, colour: bool = False) -> Any:
    """The page on white as `Grey`, or as `Colour`."""
    columns, rows = frame.size
    kind = raw.FPDFBitmap_BGR if colour else raw.FPDFBitmap_Gray
    bitmap = pdfium.PdfBitmap.new_native(columns, rows, kind)
    try:
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, columns, rows)
        matrix, whole = raw.FS_MATRIX(*frame.matrix()), raw.FS_RECTF(0, 0, columns, rows)
        raw.FPDF_RenderPageBitmapWithMatrix(bitmap, page, ctypes.byref(matrix), ctypes.byref(whole), raw.FPDF_ANNOT)
        return bitmap.to_numpy().copy()
    finally:
        bitmap.close()
