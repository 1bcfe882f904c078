"""Heads drawn for the tests: nobody's face, yet enough of one for the detector."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]
SKIN, HAIR = (150, 180, 220), (30, 30, 35)


def head(size: int) -> Picture:
    """A face `size` pixels wide from the front, on plain ground."""
    unit = size / 200

    def at(*numbers: float) -> Any:
        whole = tuple(int(number * unit) for number in numbers)
        return whole if len(whole) > 1 else max(1, whole[0])

    made = np.full((at(300), at(260), 3), (200, 170, 140), np.uint8)
    dark, light = (82, 99, 121), (168, 201, 246)
    cv2.ellipse(made, at(130, 150), at(78, 105), 0, 0, 360, HAIR, -1)
    cv2.ellipse(made, at(130, 162), at(68, 90), 0, 0, 360, SKIN, -1)
    for side in (-1, 1):
        eye = (130 + side * 28, 142)
        cv2.ellipse(made, at(*eye), at(17, 11), 0, 0, 360, dark, -1)
        cv2.ellipse(made, at(*eye), at(12, 6), 0, 0, 360, (235, 235, 235), -1)
        cv2.circle(made, at(*eye), at(5), (20, 20, 20), -1)
        cv2.line(made, at(eye[0] - 16, 124), at(eye[0] + 16, 123), HAIR, at(6))
        cv2.ellipse(made, at(130 + side * 34, 180), at(18, 14), 0, 0, 360, light, -1)
    cv2.ellipse(made, at(130, 168), at(8, 22), 0, 0, 360, light, -1)
    cv2.ellipse(made, at(130, 188), at(14, 6), 0, 0, 360, dark, -1)
    cv2.ellipse(made, at(130, 212), at(26, 9), 0, 0, 360, (90, 80, 150), -1)
    cv2.line(made, at(106, 212), at(154, 212), (50, 40, 80), at(3))
    return cv2.GaussianBlur(made, (0, 0), 1.6 * unit).astype(np.uint8)


def gathering(*places: tuple[int, int, int], width: int = 480, height: int = 360) -> Picture:
    """A picture with a head at each (left, top, size)."""
    made = np.full((height, width, 3), (200, 170, 140), np.uint8)
    for left, top, size in places:
        one = head(size)
        made[top : top + one.shape[0], left : left + one.shape[1]] = one
    return made


def coded(picture: Picture, kind: str = ".jpg") -> bytes:
    return cv2.imencode(kind, picture)[1].tobytes()


def decoded(data: bytes) -> Picture:
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    return picture.astype(np.uint8)
