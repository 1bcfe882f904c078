"""The confined side of `rereading`: read one foreign .docx back, leave what it says in the folder.

Asked by one line of JSON with the file behind it; answers one line of JSON.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from nhipcau.core.confined import confine
from nhipcau.core.errors import UnreadableFile
from nhipcau.core.said import packed
from nhipcau.press.readback import Edited, Grid, Text, read_docx

MADE = "doc-lai.json"
_MEMORY = 2**30  # bytes
_SECONDS = 60  # of processor time


def main() -> None:
    confine(memory=_MEMORY, seconds=_SECONDS)
    asked: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
    answer: dict[str, Any] = {}
    try:
        found = read_docx(sys.stdin.buffer.read(), asked["name"])
        Path(MADE).write_text(json.dumps(asdict(found) | {"marks": sorted(found.marks)}), encoding="utf-8")
    except UnreadableFile as error:
        answer = {"refused": packed(error.message)}
    sys.stdout.write(json.dumps(answer) + "\n")


def from_wire(text: str) -> Edited:
    """What `main` left, as it was read."""
    wire: dict[str, Any] = json.loads(text)
    items = [Text(one["text"]) if "text" in one else Grid(tuple(map(tuple, one["rows"]))) for one in wire["items"]]
    return Edited(
        items=tuple(items),
        marks=frozenset(wire["marks"]),
        tracked=bool(wire["tracked"]),
        comments=int(wire["comments"]),
        aside=str(wire["aside"]),
        margins=tuple(wire["margins"]),
        lost=tuple(wire["lost"]),
    )
