"""Two versions of a table: every figure that is not what was printed, named by its row and column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from nhipcau.core.errors import Fault
from nhipcau.core.official import Column
from nhipcau.core.said import Said

Row = tuple[str, ...]
_PLACE = "TT"


def table_faults(part: str, columns: Sequence[Column], ours: Sequence[Row], theirs: Sequence[Row]) -> list[Fault]:
    """Changed, missing, added, duplicated and reordered rows; `theirs` with its heading row. Nothing is guessed:
    a row is found by its words, else by its place."""
    heading = tuple(column.title for column in columns)
    faults = (
        []
        if theirs and theirs[0] == heading
        else [
            Fault(
                part,
                Said(
                    f"hàng tiêu đề đã đổi: {_shown(theirs[:1])}", f"the heading was changed: {_shown(theirs[:1])}"
                ),
            )
        ]
    )
    body = theirs if theirs and theirs[0] in ours else theirs[1:]
    labels = _label_columns(columns)
    pairs = _paired(ours, body, labels)
    missing = [row for row, place in zip(ours, pairs, strict=True) if place is None]
    extra = [row for place, row in enumerate(body) if place not in set(pairs)]
    faults += [
        Fault(
            part,
            Said(
                f"thiếu dòng «{_label(row, labels)}»: {_values(row, columns)}",
                f"the line «{_label(row, labels)}» is missing: {_values(row, columns)}",
            ),
        )
        for row in missing
    ]
    known = {_label(row, labels) for row in ours}
    for row in extra:
        kind = "dòng lặp lại" if _label(row, labels) in known else "dòng thêm vào"
        faults.append(Fault(part, f"{kind} «{_label(row, labels)}»: {_values(row, columns)}"))
    places = [place for place in pairs if place is not None]
    if places != sorted(places):
        faults.append(Fault(part, "thứ tự các dòng đã đổi"))
    renumbered = len(faults) > 0  # then the running numbers differ as well, which says nothing new
    for row, place in zip(ours, pairs, strict=True):
        if place is not None:
            faults += _row_faults(part, columns, row, body[place], _label(row, labels), renumbered=renumbered)
    return faults


def _row_faults(
    part: str, columns: Sequence[Column], row: Row, other: Row, label: str, *, renumbered: bool
) -> list[Fault]:
    where = f"{part}, dòng «{label}»"
    if len(other) != len(row):
        return [
            Fault(
                where,
                Said(
                    f"ô bị gộp hoặc tách: «{' · '.join(row)}» → «{' · '.join(other)}»",
                    f"cells were joined or split: «{' · '.join(row)}» → «{' · '.join(other)}»",
                ),
            )
        ]
    return [
        Fault(f"{where}, cột «{column.title}»", f"{was or 'trống'} → {now or 'trống'}")
        for column, was, now in zip(columns, row, other, strict=True)
        if was != now and not (renumbered and column.title == _PLACE)
    ]


def _paired(ours: Sequence[Row], theirs: Sequence[Row], labels: Sequence[int]) -> list[int | None]:
    """For each of our rows its place in theirs: the same row, else the same words, else the same place."""
    taken: set[int] = set()
    by_label: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(theirs):
        by_label[_label(row, labels)].append(place)
    pairs: list[int | None] = []
    for row in ours:
        free = [place for place in by_label[_label(row, labels)] if place not in taken]
        same = [place for place in free if theirs[place] == row] or free
        pairs.append(same[0] if same else None)
        taken.update(same[:1])
    known = {_label(row, labels) for row in ours}
    for place, (row, pair) in enumerate(zip(ours, pairs, strict=True)):
        if pair is None and place < len(theirs) and place not in taken:
            # Reworded: the rest of the row stands. Otherwise it is another row.
            other = theirs[place]
            if _label(other, labels) not in known and sum(a == b for a, b in zip(row, other, strict=False)) > 1:
                pairs[place] = place
                taken.add(place)
    return pairs


def _label_columns(columns: Sequence[Column]) -> list[int]:
    """The first run of columns of words: what a row is about."""
    start = next((n for n, column in enumerate(columns) if column.align == "left"), 0)
    stop = next((n for n in range(start, len(columns)) if columns[n].align != "left"), len(columns))
    return list(range(start, stop)) or [0]


def _label(row: Row, labels: Sequence[int]) -> str:
    return " – ".join(row[n].replace("\n", " ") for n in labels if n < len(row))


def _values(row: Row, columns: Sequence[Column]) -> str:
    shown = [
        f"{column.title} {cell}" for column, cell in zip(columns, row, strict=False) if column.align == "right"
    ]
    return "; ".join(shown) or _shown([row])


def _shown(rows: Sequence[Row]) -> str:
    return "; ".join(f"«{' · '.join(row)}»" for row in rows) or "không còn"
