"""The text of a page, taken apart: "# " begins a heading, "- " a point, an empty line a new paragraph. Nothing else
means anything, so that no text can carry markup, links or programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Block:
    """A heading or paragraph has one line of text, a list its points."""

    kind: Literal["heading", "paragraph", "points"]
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.lines)


def blocks(text: str) -> list[Block]:
    """The page in order."""
    found: list[Block] = []
    apart = True
    for line in (one.strip() for one in text.splitlines()):
        kind, words = _read(line)
        if not words:
            apart = True
            continue
        joins = found and found[-1].kind == kind and kind != "heading" and (kind == "points" or not apart)
        if joins:
            found[-1] = Block(kind, (*found[-1].lines, words))
        else:
            found.append(Block(kind, (words,)))
        apart = False
    return found


def _read(line: str) -> tuple[Literal["heading", "paragraph", "points"], str]:
    if line.startswith("#"):
        return "heading", line.lstrip("#").strip()
    for mark in ("- ", "– ", "+ ", "* ", "• "):
        if line.startswith(mark):
            return "points", line[len(mark) :].strip()
    return "paragraph", line
