"""What a sentence points at: items of its own letter ("mục 2", "điểm a khoản 1", "mục II.3"), or an annex.

An item of another document ("mục 4 Công văn số 15") is no item of this letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Path = tuple[str, ...]  # labels from the outermost item to the one that is meant

_LABEL = r"(?:[ivx]+|\d{1,2}|[a-z])(?:\.(?:\d{1,2}|[a-z]))*\b"
# The first letters stand before their boundaries: the engine passes over all others four times as quickly.
_KIND = r"(m(?<=\bm)uc|d(?<=\bd)iem|k(?<=\bk)hoan|p(?<=\bp)han)"
_NAMED = re.compile(rf"{_KIND}\s+({_LABEL}(?:\s*(?:,|va)\s*{_LABEL})*)")
_RANK = {"phan": 0, "muc": 1, "khoan": 2, "diem": 3}
_ELSEWHERE = re.compile(
    r"\W*(?:(?:cua|tai|trong)\s+)?(?:cong van|ke hoach|chi thi|huong dan|nghi quyet|quyet dinh|thong bao|van ban"
    r"|chuong trinh|cong dien|luat|bo luat|nghi dinh|thong tu|quy che|dieu le|dieu|ket luan)\b(?!\s+nay\b)"
)
_ANNEX = re.compile(r"phu luc(?<=\bphu luc)(?:\s+(?:so\s+)?(?P<label>[ivx]+|\d{1,2})\b)?")


def items(folded: str) -> Iterator[Path]:
    """The items of this letter that a sentence (without marks, lower case) points at."""
    for chain in _chains(folded):
        if not _ELSEWHERE.match(folded, chain[-1].end()):
            yield from _paths([(named[1], re.findall(rf"\b{_LABEL}", named[2])) for named in chain])


def _chains(folded: str) -> Iterator[list[re.Match[str]]]:
    """Items named in one breath: "điểm a, khoản 2 mục III"."""
    chain: list[re.Match[str]] = []
    for named in _NAMED.finditer(folded):
        if chain and folded[chain[-1].end() : named.start()].strip(" ,\n"):
            yield chain
            chain = []
        chain.append(named)
    if chain:
        yield chain


def _paths(levels: list[tuple[str, list[str]]]) -> Iterator[Path]:
    """ "điểm a khoản 2 mục III" names its item from the inside; several "mục" stand beside each other."""
    if len({kind for kind, _ in levels}) == len(levels) and len(levels) > 1:
        ranked = sorted(levels, key=lambda level: _RANK[level[0]])
        outer = tuple(labels[0] for _, labels in ranked[:-1])
        yield from ((*outer, label) for label in ranked[-1][1])
    else:
        yield from ((label,) for _, labels in levels for label in labels)


def steps(path: Path) -> Iterator[Path]:
    """The path as written, and with "II.3" taken for item 3 of section II."""
    yield path
    if "." in path[-1]:
        yield (*path[:-1], *path[-1].split("."))


def annexes(folded: str) -> Iterator[str]:
    """Labels of the annexes a sentence points at; "" where it says no more than "phụ lục"."""
    yield from (found["label"] or "" for found in _ANNEX.finditer(folded))
