"""The sheet of paper on a photograph: found, laid flat and lit evenly, so that it looks as if it had been scanned.

Only plain cases are touched: one bright sheet on something darker. Where none stands out the picture stays as it
lies, and only its light is evened out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

Point = tuple[float, float]
Colours = NDArray[np.float32]
Marks = NDArray[np.bool_]

_SMALL = 400  # pixels on the longer side: enough to see a sheet on a table
_LEAST, _WHOLE = 0.25, 0.97  # share of the picture that a sheet takes which is worth cutting out
_FILLED = 0.9  # of its four corners' area: else they are not its corners
_APART = 25.0  # levels of grey between paper and table
_CELLS = 24  # of the longer side: the light changes slowly, a line of print must not look like a shadow
_PAPER = 85  # percentile of a cell that is paper
_DARKEST = 40.0  # of paper in the shade; darker cells are pictures or the table
_WHITE = 245.0


@dataclass(frozen=True)
class Sheet:
    """Its corners on the picture, in pixels: upper left, upper right, lower right, lower left."""

    corners: tuple[Point, Point, Point, Point]

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows of the sheet laid flat: as many as its longer edges have."""
        a, b, c, d = self.corners
        return round(max(math.dist(a, b), math.dist(d, c))), round(max(math.dist(b, c), math.dist(a, d)))

    @property
    def area(self) -> float:
        """In square pixels; negative where the corners do not run round."""
        turns = zip(self.corners, (*self.corners[1:], self.corners[0]), strict=True)
        return sum(x * v - u * y for (x, y), (u, v) in turns) / 2


def flat(picture: Image.Image) -> Image.Image:
    """The sheet alone, upright, on even light; the picture with its light evened out where none stands out."""
    found = find(picture)
    if found is not None:
        picture = picture.transform(found.size, Image.Transform.PERSPECTIVE, _onto(found), Image.Resampling.BICUBIC)
    return lit(picture)


def find(picture: Image.Image) -> Sheet | None:
    """The sheet around the middle of the picture, None unless one plainly stands out."""
    small = picture.convert("L")
    small.thumbnail((_SMALL, _SMALL))
    # Print is closed over before what is bright is told from what is dark.
    closed = small.filter(ImageFilter.MaxFilter(7)).filter(ImageFilter.MinFilter(7))
    grey = np.asarray(closed, dtype=np.uint8)
    if int(grey.max()) - int(grey.min()) < _APART:
        return None
    bright = grey > _threshold(grey)
    if float(grey[bright].mean() - grey[~bright].mean()) < _APART:
        return None
    marks = _around_middle(bright)
    rows, columns = np.nonzero(marks)
    if not rows.size:
        return None
    sheet = Sheet(_corners(rows, columns))
    share = sheet.area / grey.size
    if not _LEAST <= share <= _WHOLE or marks.sum() < _FILLED * sheet.area:
        return None
    scale = picture.width / small.width
    a, b, c, d = ((x * scale, y * scale) for x, y in sheet.corners)
    return Sheet((a, b, c, d))


def lit(picture: Image.Image) -> Image.Image:
    """The same picture as if the light fell evenly: every colour against that of the paper beside it."""
    colours = np.asarray(picture, dtype=np.float32)
    light = _light(colours)
    width, height = picture.size
    even = np.empty_like(colours)
    for channel in range(3):
        plane = Image.fromarray(light[..., channel], mode="F").resize((width, height), Image.Resampling.BICUBIC)
        even[..., channel] = colours[..., channel] * (_WHITE / np.maximum(np.asarray(plane), _DARKEST))
    return Image.fromarray(even.clip(0, 255).astype(np.uint8))


def _light(colours: Colours) -> Colours:
    """The colour of the paper in each cell of a coarse grid; where a cell shows none, that of its neighbours."""
    rows, columns = colours.shape[:2]
    side = max(1, max(rows, columns) // _CELLS)
    down, across = max(1, rows // side), max(1, columns // side)
    light = np.empty((down, across, 3), np.float32)
    for row in range(down):
        for column in range(across):
            cell = colours[row * side : (row + 1) * side : 4, column * side : (column + 1) * side : 4]
            light[row, column] = np.percentile(cell.reshape(-1, 3), _PAPER, axis=0)
    paper = light.min(axis=2) > _DARKEST
    if paper.any():
        light[~paper] = np.median(light[paper], axis=0)
    return light


def _threshold(grey: NDArray[np.uint8]) -> int:
    """The grey that best parts dark from bright (Otsu 1979)."""
    counts = np.bincount(grey.ravel(), minlength=256).astype(np.float64)
    share = counts.cumsum() / counts.sum()
    mean = (counts * np.arange(256)).cumsum() / counts.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        between = (mean[-1] * share - mean) ** 2 / (share * (1 - share))
    return int(np.nanargmax(between))


def _around_middle(bright: Marks) -> Marks:
    """What hangs together with the bright point nearest to the middle."""
    rows, columns = np.nonzero(bright)
    middle = np.array(bright.shape) / 2
    nearest = int(np.argmin((rows - middle[0]) ** 2 + (columns - middle[1]) ** 2))
    canvas = Image.fromarray(bright.astype(np.uint8) * 255).copy()  # its own, to be painted on
    ImageDraw.floodfill(canvas, (int(columns[nearest]), int(rows[nearest])), 128)
    marks: Marks = np.asarray(canvas) == 128
    return marks


def _corners(rows: NDArray[np.intp], columns: NDArray[np.intp]) -> tuple[Point, Point, Point, Point]:
    """The outermost points towards the corners of the picture."""
    found = (
        np.argmin(columns + rows), np.argmax(columns - rows), np.argmax(columns + rows), np.argmin(columns - rows),
    )  # fmt: skip
    a, b, c, d = ((float(columns[at]), float(rows[at])) for at in found)
    return a, b, c, d


def _onto(sheet: Sheet) -> tuple[float, ...]:
    """The eight numbers by which Pillow finds, for a point of the flat sheet, its place on the picture."""
    width, height = sheet.size
    flat_corners = ((0.0, 0.0), (width, 0.0), (width, height), (0.0, height))
    rows, values = [], []
    for (x, y), (u, v) in zip(flat_corners, sheet.corners, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return tuple(float(one) for one in np.linalg.solve(np.array(rows), np.array(values)))
