"""Pages of a PDF as they came, with a sheet behind them or a few lines laid over the first of them.

The original is a foreign file: only the confined process of `joining_worker` opens it. Its bytes are read, never
written: what is made here is a copy, kept apart from it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nhipcau.core import confined
from nhipcau.core.said import Said
from nhipcau.press.fonts import press_font
from nhipcau.press.joining_worker import MADE
from nhipcau.press.pdf import refuse_unprintable, typeset

TEMPLATE = Path(__file__).with_name("mark.typ")
_START = confined.starting("nhipcau.press.joining_worker")
_LONGEST = 60.0  # seconds: 300 scanned pages take two


def followed_by(original: bytes, sheet: bytes) -> bytes:
    """The original's pages and then the sheet's. UnreadableFile for what is no readable PDF, or is too long."""
    return _ask("join", original, sheet)[1]


def marked(original: bytes, lines: Sequence[str], *, cache: Path | None = None) -> bytes:
    """The original's pages with `lines` in 10-point type at the top right of the first, whichever way it is turned.

    Raises UnreadableFile as `followed_by`, InvalidInput for signs that the font lacks.
    """
    font = press_font(cache)
    width, height = _ask("size", original)[0]["size"]
    data: dict[str, object] = {
        "family": font.family,
        "width": float(width),
        "height": float(height),
        "lines": list(lines),
    }
    refuse_unprintable(data, font)
    return _ask("lay", original, typeset(TEMPLATE, data, font, None))[1]


def _ask(task: str, original: bytes, ours: bytes = b"") -> tuple[dict[str, Any], bytes]:
    """What the confined process answers, and the PDF it made."""
    asked = {"task": task, "ours": len(ours)}
    with tempfile.TemporaryDirectory(prefix="nhipcau-") as folder:
        answer = confined.answered(_START, asked, ours, original, folder=folder, longest=_LONGEST, stopped=_STOPPED)
        made = Path(folder) / MADE
        return answer, made.read_bytes() if made.is_file() else b""


_STOPPED = Said(
    "Việc ghép tệp PDF gốc vượt giới hạn an toàn nên bị dừng. Hãy in bản gốc rồi in tờ sao riêng.",
    "Joining the original PDF went beyond what is safe and was stopped. Print the original and the sheet apart.",
)
