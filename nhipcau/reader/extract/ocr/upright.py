"""How a page lies: sideways or not, and how many degrees its lines climb, measured on a coarse picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nhipcau.reader.extract.ocr.picture import Grey

SLIGHT = 1.0  # degrees; less does not disturb the recogniser, turning a coarse scan does
_MOST = 6.0  # degrees; a page that lies worse was not meant to be read
_POINTS = 60_000
_FEW = 400  # dark points below which a page has no lines to measure


def is_sideways(coarse: Grey) -> bool:
    """Whether the lines of text run from top to bottom: then the columns alternate, not the rows, at whatever
    angle either does so most (a slanting page blurs both)."""
    rows, columns = _ink(coarse)
    if rows.size < _FEW:
        return False
    angles = np.arange(-_MOST, _MOST + 0.01, 0.5)
    level, upright = (
        max(_sharpness(*axes, float(a)) for a in angles) for axes in ((rows, columns), (columns, rows))
    )
    return upright > 1.5 * level


def skew(coarse: Grey) -> float:
    """Degrees by which to turn the page clockwise so that its lines are level, 0 where that cannot be told.

    The right angle makes the profile of the rows sharpest (Postl 1986): lines dark, gaps white.
    """
    rows, columns = _ink(coarse)
    if rows.size < _FEW:
        return 0.0
    wide = _sharpest(rows, columns, np.arange(-_MOST, _MOST + 0.01, 0.5))
    near = _sharpest(rows, columns, np.arange(wide - 0.5, wide + 0.51, 0.1))
    return 0.0 if abs(near) >= _MOST else round(near, 2)


def _ink(coarse: Grey) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Rows and columns of the dark points, not more than are needed to tell."""
    rows, columns = np.nonzero(coarse < _dark(coarse))
    step = rows.size // _POINTS + 1
    return rows[::step], columns[::step]


def _sharpest(rows: NDArray[np.intp], columns: NDArray[np.intp], angles: NDArray[np.float64]) -> float:
    return float(max(angles, key=lambda angle: _sharpness(rows, columns, float(angle))))


def _sharpness(rows: NDArray[np.intp], columns: NDArray[np.intp], angle: float) -> float:
    turned = np.rint(rows + columns * np.tan(np.radians(angle))).astype(np.int64)
    profile = np.bincount(turned - turned.min())
    return float(np.square(np.diff(profile.astype(np.float64))).sum())


def _dark(coarse: Grey) -> float:
    """Halfway between paper and ink: a grey or yellow page is no ink."""
    return (float(np.median(coarse)) + float(np.percentile(coarse, 1))) / 2
