"""A Word file that somebody edited is a foreign file: only the confined process of `readback_worker` opens it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from nhipcau.core import confined
from nhipcau.core.said import Said
from nhipcau.press.readback import Edited
from nhipcau.press.readback_worker import MADE, from_wire

_START = confined.starting("nhipcau.press.readback_worker")
_LONGEST = 60.0  # seconds: a report takes one, most of it starting the process


def read_docx_apart(data: bytes, name: str) -> Edited:
    """As `readback.read_docx`; UnreadableFile too for a file that dies or takes too long."""
    with tempfile.TemporaryDirectory(prefix="nhipcau-") as folder:
        confined.answered(_START, {"name": name}, data, folder=folder, longest=_LONGEST, stopped=_STOPPED)
        return from_wire((Path(folder) / MADE).read_text(encoding="utf-8"))


_STOPPED = Said(
    "Việc đọc tệp Word vượt giới hạn an toàn nên bị dừng. Hãy mở tệp gốc, lưu lại thành .docx rồi gửi lại.",
    "Reading the Word file went beyond what is safe and was stopped. Open the original, save it as .docx and "
    "send that.",
)
