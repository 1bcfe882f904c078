"""The leader's words with the figures in them: one left as it was printed is a field again, a changed one is named.

Word by word, a printed figure staying one thing: what is found again in its place, or elsewhere in the block, is
the field; what other digits took the place of is refused; what was struck with its sentence is gone. Figures that
a leader types anew are words like any other.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nhipcau.core.errors import Fault
from nhipcau.core.said import Said
from nhipcau.press.readback import squeezed
from nhipcau.reports.design.definition import Definition
from nhipcau.reports.design.fields import Field, Figures, faults_in, fields_in, rendered

_TOKEN = re.compile(r"\d[\d.,]*\d|\d|[^\W\d_]+|\S")
Spans = dict[tuple[int, int], Field]  # where in the text a figure stands


@dataclass(frozen=True)
class Refielded:
    """The block as it would be kept, and what was done to its figures that cannot be."""

    text: str
    faults: tuple[Fault, ...]


def refielded(definition: Definition, title: str, kept: str, figures: Figures, now: str) -> Refielded:
    """The block `kept`, printed with those figures, as it reads `now`."""
    printed, fields = "", []
    for piece in rendered(definition, kept, figures):
        if piece.field:
            fields.append(_Printed(len(printed), len(printed) + len(piece.text), piece.text, piece.field))
        printed += piece.text
    text = "\n".join(squeezed(line) for line in now.splitlines() if line.strip())
    spans, lost = _aligned(printed, fields, text)
    faults: list[Fault] = []
    for one, instead in lost:
        moved = _elsewhere(one.text, text, spans)
        if moved:
            spans[moved] = one.field
        elif re.search(r"[\d*…]", instead):
            faults.append(_changed(title, one, instead))
    found = _with_fields(text, spans)
    faults += [Fault(title, said) for said in faults_in(definition, found)]
    faults += _new_ones(definition, title, kept, found)
    return Refielded(found, tuple(faults))


@dataclass(frozen=True)
class _Printed:
    """A figure and where in the print it stands."""

    start: int
    end: int
    text: str
    field: Field


def _aligned(printed: str, fields: Sequence[_Printed], now: str) -> tuple[Spans, list[tuple[_Printed, str]]]:
    """The figures that stand as they were printed, and the others with what stands between their neighbours now."""
    ours, theirs = (list(_TOKEN.finditer(text)) for text in (printed, now))
    words = [[token[0] for token in tokens] for tokens in (ours, theirs)]
    matcher = difflib.SequenceMatcher(None, words[0], words[1], autojunk=False)
    same = {a + n: b + n for a, b, size in matcher.get_matching_blocks() for n in range(size)}
    spans: Spans = {}
    lost = []
    for one in fields:
        inside = [n for n, token in enumerate(ours) if one.start <= token.start() and token.end() <= one.end]
        there = [same[n] for n in inside if n in same]
        if there and len(there) == len(inside) == there[-1] - there[0] + 1:
            spans[theirs[there[0]].start(), theirs[there[-1]].end()] = one.field
        else:
            lost.append((one, _instead(ours, theirs, same, one)))
    return spans, lost


def _elsewhere(shown: str, text: str, spans: Spans) -> tuple[int, int] | None:
    """Where the printed figure stands in the block now, not within one that was found already."""
    for match in re.finditer(rf"(?<![\w.,]){re.escape(shown)}(?!\w)", text):
        if all(match.end() <= start or match.start() >= end for start, end in spans):
            return match.start(), match.end()
    return None


def _instead(
    ours: Sequence[re.Match[str]], theirs: Sequence[re.Match[str]], same: Mapping[int, int], one: _Printed
) -> str:
    """What stands between the neighbours of a printed figure now."""
    before = [same[n] for n, token in enumerate(ours) if token.end() <= one.start and n in same]
    after = [same[n] for n, token in enumerate(ours) if token.start() >= one.end and n in same]
    first, last = (before[-1] + 1 if before else 0), (after[0] if after else len(theirs))
    return " ".join(token[0] for token in theirs[first:last])


def _with_fields(text: str, spans: Spans) -> str:
    found, end = "", 0
    for (start, stop), field in sorted(spans.items(), key=lambda one: one[0]):
        found += text[end:start] + field.written
        end = stop
    return found + text[end:]


def _changed(title: str, one: _Printed, instead: str) -> Fault:
    return Fault(
        f"{title}, số liệu «{one.field.item.label}» ({one.field.kind.label})",
        Said(
            f"«{one.text}» → «{instead}»; số trong lời văn lấy từ số liệu đã chốt. Sửa ở báo cáo của đơn vị có số "
            "ấy, hoặc bỏ cả câu.",
            f"“{one.text}” → “{instead}”; a figure in the words comes from the sealed figures. Correct it in the "
            "report of its unit, or drop the whole sentence.",
        ),
    )


def _new_ones(definition: Definition, title: str, kept: str, text: str) -> Iterator[Fault]:
    """Fields typed into the file: earlier figures and plans were sealed only of those that stood there before."""
    before = {(one.kind.reads, one.item.code) for one in fields_in(definition, [kept])}
    for one in fields_in(definition, [text]):
        if one.kind.reads and (one.kind.reads, one.item.code) not in before:
            yield Fault(
                title,
                Said(
                    f"{one.written}: số so sánh mới không có trong số liệu đã chốt; hãy thêm ở báo cáo của đơn vị "
                    "rồi mở bản trình ký mới.",
                    f"{one.written}: a new comparison is not in the sealed figures; add it in the unit's report, "
                    "then open a new draft for signature.",
                ),
            )
