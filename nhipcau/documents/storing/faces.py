"""Finding faces in a photograph and making them unrecognisable. Only the confined process imports this (OpenCV).

The detector is the cascades that OpenCV ships (Viola and Jones, 2001): quick, small, and far from certain. So every
way of looking is joined, a doubt counts as a face, and more is covered than was found; a person looks afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import cv2
import cv2.data
import numpy as np
import numpy.typing as npt

from nhipcau.documents.storing.grid import COLUMNS, ROWS

Picture = npt.NDArray[Any]
_GROWN = 0.35  # of the face, on every side: hair, chin and ears are recognised too
_MOSAIC = 6  # cells across a covered face: of 36 shades nobody is made again
_LEAST = 20  # pixels; a smaller face is hardly one to recognise


class Box(NamedTuple):
    """A rectangle in pixels."""

    x: int
    y: int
    width: int
    height: int


class _Look(NamedTuple):
    """One way of looking: which cascade, at which size of the picture, turned by how much, mirrored or not."""

    cascade: str
    long_side: int
    turned: int = 0
    mirrored: bool = False
    agreeing: int = 3


_LOOKS = (
    _Look("frontalface_default", 1600),
    _Look("frontalface_alt2", 1600, agreeing=2),
    _Look("profileface", 1000, agreeing=2),
    _Look("profileface", 1000, mirrored=True, agreeing=2),
    _Look("frontalface_alt2", 1000, turned=-25, agreeing=2),
    _Look("frontalface_alt2", 1000, turned=25, agreeing=2),
)


def faces_in(picture: Picture) -> list[Box]:
    """Where a face may be, already grown; places found twice are one."""
    grey = cv2.equalizeHist(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY))
    found = [box for look in _LOOKS for box in _seen(grey, look)]
    return _joined([_grown(box, picture.shape[1], picture.shape[0]) for box in found])


def cells(marked: Sequence[int], width: int, height: int) -> list[Box]:
    """The rectangles of the grid's cells, numbered row by row from 0."""
    boxes = []
    for cell in marked:
        row, column = divmod(cell, COLUMNS)
        left, top = column * width // COLUMNS, row * height // ROWS
        right, bottom = (column + 1) * width // COLUMNS, (row + 1) * height // ROWS
        boxes.append(Box(left, top, right - left, bottom - top))
    return boxes


def covered(picture: Picture, boxes: Sequence[Box]) -> Picture:
    """The picture with each box averaged to a few shades. It cannot be undone."""
    made = picture.copy()
    for x, y, width, height in boxes:
        part = made[y : y + height, x : x + width]
        few = cv2.resize(part, (_MOSAIC, _MOSAIC), interpolation=cv2.INTER_AREA)
        made[y : y + height, x : x + width] = cv2.resize(few, (width, height), interpolation=cv2.INTER_LINEAR)
    return made


def _seen(grey: Picture, look: _Look) -> Iterator[Box]:
    scale = min(1.0, look.long_side / max(grey.shape))
    looked = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
    height, width = looked.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), look.turned, 1)
    if look.turned:
        looked = cv2.warpAffine(looked, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
    if look.mirrored:
        looked = cv2.flip(looked, 1)
    back = cv2.invertAffineTransform(turn)
    cascade = cv2.CascadeClassifier(f"{cv2.data.haarcascades}haarcascade_{look.cascade}.xml")
    for x, y, wide, high in cascade.detectMultiScale(looked, 1.1, look.agreeing, minSize=(_LEAST, _LEAST)):
        across = width - x - wide / 2 if look.mirrored else x + wide / 2
        middle = back @ np.array([across, y + high / 2, 1])
        side = wide / scale
        yield Box(int(middle[0] / scale - side / 2), int(middle[1] / scale - side / 2), int(side), int(side))


def _grown(box: Box, width: int, height: int) -> Box:
    more = int(box.width * _GROWN)
    left, top = max(0, min(box.x - more, width - 1)), max(0, min(box.y - more, height - 1))
    right = max(left + 1, min(width, box.x + box.width + more))
    bottom = max(top + 1, min(height, box.y + box.height + more))
    return Box(left, top, right - left, bottom - top)


def _joined(boxes: Sequence[Box]) -> list[Box]:
    """Without those that lie within another; the larger one stays."""
    kept: list[Box] = []
    for box in sorted(boxes, key=lambda one: -one.width * one.height):
        if not any(_within(box, other) for other in kept):
            kept.append(box)
    return kept


def _within(box: Box, other: Box) -> bool:
    return (
        other.x <= box.x
        and other.y <= box.y
        and box.x + box.width <= other.x + other.width
        and box.y + box.height <= other.y + other.height
    )
