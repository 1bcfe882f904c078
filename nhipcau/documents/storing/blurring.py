"""Photographs of an event: faces covered, everything the camera noted left behind, before anything is kept.

A photograph is a foreign file: only the confined process of `blurring_worker` opens it. The original is never
written to the disk by us, and nothing brings a covered face back. Finding faces is not certain: whoever keeps a
picture lets a person look first (decision 0022).
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nhipcau.core import confined
from nhipcau.core.errors import Fault, InvalidInput, MissingProgram, UnreadableFile
from nhipcau.core.said import Said
from nhipcau.documents.models import StoredFile
from nhipcau.documents.storing import files, media
from nhipcau.documents.storing.blurring_worker import MADE, MISSING
from nhipcau.documents.storing.evidence import Paper

MOST = 5
TOO_MANY = Said(f"Gửi tối đa {MOST} ảnh mỗi lần.", f"Send at most {MOST} photographs at a time.")
_AT_ONCE = 2
_START = confined.starting("nhipcau.documents.storing.blurring_worker")
_LONGEST = 120.0  # seconds


@dataclass(frozen=True)
class Covered:
    """A picture as it may be kept (JPEG), and how many places in it were covered."""

    data: bytes
    places: int


def faces_covered(photos: Sequence[Paper]) -> list[Covered]:
    """Each photograph with every face that was found covered.

    Call it before a transaction opens: it takes seconds. InvalidInput with a fault at "photos" for each that is too
    large, damaged or no photograph; MissingProgram without the extra `photos`.
    """
    if len(photos) > MOST:
        raise InvalidInput(TOO_MANY, [Fault("photos", TOO_MANY)])
    faults: list[Fault] = []
    for photo in photos:
        try:
            files.require_size(photo.data)
            media.require(photo.data, media.clean_name(photo.name), media.PHOTOS)
        except InvalidInput as error:
            faults.append(Fault("photos", error.message))
    if faults:
        raise InvalidInput("Có ảnh chưa nhận được.", faults)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        waiting = [pool.submit(_ask, {"task": "faces"}, photo.data) for photo in photos]
    made = []
    for answer in waiting:
        try:
            made.append(answer.result())
        except UnreadableFile as error:
            faults.append(Fault("photos", error.message))
    if faults:
        raise InvalidInput("Có ảnh chưa nhận được.", faults)
    return made


def cells_covered(picture: bytes, cells: Sequence[int]) -> Covered:
    """The picture with more of it covered, by cells of the grid that `faces.cells` draws."""
    return _ask({"task": "cells", "cells": list(cells)}, picture)


def thumbnail(file: StoredFile) -> bytes:
    """A small JPEG of a kept picture, made once and left in the cache, which may be thrown away at any time."""
    return files.derived(files.thumbnail_key(file.sha256), lambda: _ask({"task": "small"}, files.read(file)).data)


def _ask(task: dict[str, Any], picture: bytes) -> Covered:
    with tempfile.TemporaryDirectory(prefix="nhipcau-") as folder:
        answer = confined.answered(_START, task, picture, folder=folder, longest=_LONGEST, stopped=_STOPPED)
        if MISSING in answer:
            raise MissingProgram(
                "Máy chủ chưa có phần che khuôn mặt nên chưa nhận ảnh chụp. Hãy gửi giấy tờ, hoặc báo người quản "
                "trị cài phần «photos»."
            )
        return Covered((Path(folder) / MADE).read_bytes(), int(answer["covered"]))


_STOPPED = Said(
    "Việc mở ảnh vượt giới hạn an toàn nên bị dừng. Hãy chụp lại, hoặc lưu thành .jpg cỡ nhỏ hơn rồi gửi lại.",
    "Opening the picture went beyond what is safe and was stopped. Take it again, or save it as a smaller .jpg "
    "and send that.",
)
