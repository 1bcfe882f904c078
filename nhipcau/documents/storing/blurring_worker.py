"""The confined side of `blurring`: open one photograph, cover what is to be covered, write it anew.

Asked by one line of JSON ({"task": "faces" | "cells" | "small", "cells": […]}), then the photograph; answers one
line of JSON and leaves the picture in its folder. Written anew from its pixels it carries nothing of what the
camera wrote beside it.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from nhipcau.core.confined import confine
from nhipcau.core.said import Said, packed

MADE = "anh.jpg"
LONGEST, THUMBNAIL = 1600, 320  # pixels of the longer side that are kept
_MOST_PIXELS = 60_000_000
_MEMORY = 2**30 + 2**29  # bytes
_SECONDS = 90  # of processor time
_QUALITY = 82
MISSING = "missing"
_DAMAGED = Said(
    "Tệp ảnh bị hỏng hoặc quá lớn nên không mở được. Hãy chụp lại, hoặc lưu thành .jpg cỡ nhỏ hơn rồi gửi lại.",
    "The picture is damaged or too large to be opened. Take it again, or save it as a smaller .jpg and send that.",
)


def main() -> None:
    """Answer once on standard output."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    confine(memory=_MEMORY, seconds=_SECONDS)
    os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OPENCV_IO_MAX_IMAGE_PIXELS": str(_MOST_PIXELS)}
    asked = json.loads(sys.stdin.buffer.readline())
    try:
        answer = _answer(asked, sys.stdin.buffer.read())
    except ImportError:
        answer = {MISSING: True}
    answers.write(json.dumps(answer).encode() + b"\n")
    answers.flush()


def _answer(asked: dict[str, Any], data: bytes) -> dict[str, Any]:
    import cv2
    import cv2.data
    import numpy as np

    from nhipcau.documents.storing import faces

    if not (Path(cv2.data.haarcascades) / "haarcascade_profileface.xml").is_file():
        return {MISSING: True}  # OpenCV 5 no longer ships the detector
    cv2.setNumThreads(1)
    try:
        # The way up that the camera noted is obeyed here, and gone afterwards.
        picture: faces.Picture | None = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:
        picture = None
    if picture is None:
        return {"refused": packed(_DAMAGED)}
    longest = THUMBNAIL if asked["task"] == "small" else LONGEST
    scale = longest / max(picture.shape[:2])
    if scale < 1:
        size = (max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale)))
        picture = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    height, width = picture.shape[:2]
    boxes = []
    if asked["task"] == "faces":
        boxes = faces.faces_in(picture)
    elif asked["task"] == "cells":
        boxes = faces.cells(asked["cells"], width, height)
    _done, written = cv2.imencode(".jpg", faces.covered(picture, boxes), [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    Path(MADE).write_bytes(written.tobytes())
    return {"covered": len(boxes), "width": width, "height": height}
