"""The leader's edited file against the report as printed: prose may change, everything else must stand."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from nhipcau.core.errors import Fault, UnreadableFile
from nhipcau.core.said import Said
from nhipcau.press.readback import Edited, Grid, Item, Text
from nhipcau.reports.issuing.expected import CLERK, Expected, Fixed
from nhipcau.reports.issuing.tablediff import table_faults

_ALIKE = 0.6
_LONG = 3000  # characters; longer paragraphs are compared for equality only
Piece = tuple[Literal["same", "out", "in"], str]


@dataclass(frozen=True)
class Change:
    """A block of prose that the leader changed."""

    block: str
    title: str
    before: str
    after: str

    def pieces(self) -> list[Piece]:
        """The two versions word by word: what stands, what went out, what came in."""
        old, new = _words(self.before), _words(self.after)
        found: list[Piece] = []
        for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if kind == "equal":
                found.append(("same", "".join(old[a:b])))
                continue
            if b > a:
                found.append(("out", "".join(old[a:b])))
            if d > c:
                found.append(("in", "".join(new[c:d])))
        return found


@dataclass(frozen=True)
class Comparison:
    """What the file changes: prose to keep, and faults, each naming what may not be changed. `notes` say what was
    done with tracked changes and comments."""

    changes: tuple[Change, ...]
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]


def compare(printed: Expected, edited: Edited, mark: str) -> Comparison:
    """Compare block by block. Raises UnreadableFile for a file that is not this draft: it carries another mark,
    or none and hardly anything of what was printed."""
    matched = _align(printed.fixed, edited.items)
    _require_this(printed.fixed, edited, matched, mark)
    faults: list[Fault] = []
    for fixed, place in zip(printed.fixed, matched, strict=True):
        faults += _fixed_faults(fixed, None if place is None else edited.items[place])
    prose, added = _gaps(printed.fixed, edited.items, matched)
    faults += added
    faults += [
        Fault(
            "Đầu trang, chân trang",
            Said(f"chữ thêm vào không giữ được: «{_cut(t)}»", f"words were added that cannot be kept: «{_cut(t)}»"),
        )
        for t in edited.margins
    ]
    faults += [
        Fault(kind.capitalize(), "thêm vào tệp nhưng không giữ được; hãy bỏ ra, hoặc viết thành lời")
        for kind in edited.lost
    ]
    changes = tuple(
        Change(code, title, "\n".join(printed.prose[code]), "\n".join(prose.get(code, ())))
        for code, title in printed.titles.items()
        if list(printed.prose[code]) != prose.get(code, [])
    )
    return Comparison(changes, tuple(faults), tuple(_notes(edited)))


def _notes(edited: Edited) -> list[str]:
    notes = []
    if edited.tracked:
        notes.append("Tệp có sửa đổi đang theo dõi (Track Changes): đã đọc như khi chấp nhận tất cả.")
    if edited.comments:
        notes.append(f"Tệp có {edited.comments} ghi chú bên lề: không đưa vào báo cáo.")
    return notes


def _require_this(fixed: Sequence[Fixed], edited: Edited, matched: Sequence[int | None], mark: str) -> None:
    bare = mark.replace("-", "")
    if bare in edited.marks:
        return
    if edited.marks:
        raise UnreadableFile(
            "Tệp này là của một bản trình ký khác. Hãy gửi tệp sửa từ đúng bản trình ký đang mở trên trang này."
        )
    exact = sum(
        place is not None and edited.items[place] == one.item for one, place in zip(fixed, matched, strict=True)
    )
    if exact * 2 < len(fixed):
        raise UnreadableFile(
            "Tệp này không phải bản trình ký của báo cáo. Hãy tải bản trình ký .docx về, sửa trên tệp đó rồi gửi "
            "lên."
        )


def _fixed_faults(fixed: Fixed, theirs: Item | None) -> list[Fault]:
    if theirs == fixed.item:
        return []
    if theirs is None:
        return [Fault(fixed.part, f"đã bị xóa: «{_cut(_plain(fixed.item))}»; {_from(fixed.source)}")]
    if isinstance(fixed.item, Text) or isinstance(theirs, Text):
        return [_changed(fixed.part, _plain(fixed.item), _plain(theirs), fixed.source)]
    if fixed.columns:
        return table_faults(fixed.part, fixed.columns, fixed.item.rows[1:], theirs.rows)
    return _cell_faults(fixed, fixed.item, theirs)


def _cell_faults(fixed: Fixed, ours: Grid, theirs: Grid) -> list[Fault]:
    """The header or the signature, cell by cell."""
    faults = []
    for place, (part, source) in fixed.cells.items():
        was, now = _cell(ours, place), _cell(theirs, place)
        if was != now:
            faults.append(_changed(part, was.replace("\n", " / "), now.replace("\n", " / "), source))
    return faults or [Fault(fixed.part, f"đã bị gộp, tách hoặc thêm ô; {_from(fixed.source)}")]


def _cell(grid: Grid, place: tuple[int, int]) -> str:
    row, column = place
    return grid.rows[row][column] if row < len(grid.rows) and column < len(grid.rows[row]) else ""


def _changed(part: str, was: str, now: str, source: str) -> Fault:
    if source == CLERK:
        return Fault(
            part,
            Said(
                f"«{_cut(was)}» → «{_cut(now)}»; số và ngày do văn thư cấp sau khi ký",
                f"«{_cut(was)}» → «{_cut(now)}»; the clerk gives number and day after signature",
            ),
        )
    return Fault(part, f"«{_cut(was)}» → «{_cut(now)}»; {_from(source)}")


def _from(source: str) -> str:
    return f"phần này lấy từ hệ thống, sửa ở {source}"


def _gaps(
    fixed: Sequence[Fixed], theirs: Sequence[Item], matched: Sequence[int | None]
) -> tuple[dict[str, list[str]], list[Fault]]:
    """What stands between the fixed blocks: prose under its heading, anything elsewhere is a fault."""
    at = {place: one for one, place in zip(fixed, matched, strict=True) if place is not None}
    prose: dict[str, list[str]] = {}
    faults: list[Fault] = []
    last: Fixed | None = None
    for place, item in enumerate(theirs):
        if place in at:
            last = at[place]
        elif last is not None and last.block and isinstance(item, Text):
            prose.setdefault(last.block, []).append(item.text)
        elif last is not None and last.block:
            faults.append(
                Fault(
                    _plain(last.item),
                    Said(
                        f"bảng thêm vào «{_cut(_plain(item))}» không giữ được; hãy viết thành lời",
                        f"the added table «{_cut(_plain(item))}» cannot be kept; put it in words",
                    ),
                )
            )
        else:
            where = f"Sau «{_cut(_plain(last.item), 60)}»" if last else "Đầu văn bản"
            kind = "bảng" if isinstance(item, Grid) else "đoạn"
            faults.append(
                Fault(where, f"{kind} thêm vào «{_cut(_plain(item))}»; lời chỉ thêm được vào các phần lời văn")
            )
    return prose, faults


def _align(fixed: Sequence[Fixed], theirs: Sequence[Item]) -> list[int | None]:
    """The fixed blocks found in the file, in order, so that the whole resembles most."""
    scores = [_scores(one, theirs) for one in fixed]
    rows, columns = len(fixed), len(theirs)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        row, below = best[i], best[i + 1]
        for j in range(columns - 1, -1, -1):
            taken = scores[i].get(j, 0.0)
            row[j] = max(below[j], row[j + 1], taken + below[j + 1] if taken else 0.0)
    matched: list[int | None] = []
    j = 0
    for i in range(rows):
        while j < columns and best[i][j] == best[i][j + 1] and best[i][j] != best[i + 1][j]:
            j += 1
        taken = scores[i].get(j, 0.0)
        if taken and best[i][j] == taken + best[i + 1][j + 1]:
            matched.append(j)
            j += 1
        else:
            matched.append(None)
    return matched


def _scores(one: Fixed, theirs: Sequence[Item]) -> Mapping[int, float]:
    """How much each block of the file resembles a fixed one; those that do not are left out."""
    found: dict[int, float] = {}
    matcher = difflib.SequenceMatcher(autojunk=False)
    if isinstance(one.item, Text):
        matcher.set_seq2(one.item.text)
    for place, item in enumerate(theirs):
        if item == one.item:
            found[place] = 10.0
        elif isinstance(item, Grid) and isinstance(one.item, Grid):
            alike = _overlap(one.item, item)
            if alike > 0:
                found[place] = 6.0 * alike
        elif isinstance(item, Text) and isinstance(one.item, Text) and len(item.text) <= _LONG:
            matcher.set_seq1(item.text)
            if matcher.real_quick_ratio() > _ALIKE and matcher.quick_ratio() > _ALIKE:
                alike = matcher.ratio()
                if alike > _ALIKE:
                    found[place] = 4.0 * alike
    return found


def _overlap(ours: Grid, theirs: Grid) -> float:
    """Shared cells of two tables, 0 to 1; what both kinds of tables have in common counts little."""
    mine = {cell for row in ours.rows for cell in row if len(cell) > 3}
    other = {cell for row in theirs.rows for cell in row if len(cell) > 3}
    return len(mine & other) / len(mine | other) if mine & other else 0.0


def _plain(item: Item) -> str:
    return item.text if isinstance(item, Text) else " · ".join(cell for row in item.rows for cell in row if cell)


def _cut(text: str, most: int = 160) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _words(text: str) -> list[str]:
    return re.findall(r"\n|(?<![^\S\n])[^\S\n]*\S+", text)
