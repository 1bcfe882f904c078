"""The confined side of `table`: find the heading of a foreign table and hand out its counts, never its people.

A column of persons (names, birth dates, identity or telephone numbers) is told by its heading or the
shape of its values and stays here: only its place leaves this process. Every other column of words stays too.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from python_calamine import CalamineWorkbook
from xlsxwriter.utility import xl_cell_to_rowcol

from nhipcau.core.csvs import plain
from nhipcau.core.text import fold
from nhipcau.core.workbooks import Refused, serve, unread_cells
from nhipcau.exchange.own.body import Columns, Grid, Unread, first_row, is_body, is_number, rows_of, whole
from nhipcau.exchange.own.people import names_persons, of_persons
from nhipcau.exchange.own.scales import noted

_ROWS, _COLUMNS, _WIDE = 5_000, 200, 300
_ENOUGH = 3  # a number among so many makes a column of numbers: what else stands there is told as a fault
_UNIT = re.compile(r"\b(don vi|ma|cdcs|cong doan|co so|doanh nghiep|cong ty|truong|ten)\b")
_MEASURE = re.compile(r"\bdon vi tinh\b")
_ORDER = re.compile(r"^(s?tt|so thu tu|no)$")
_PERIOD = re.compile(r"^(ky|ky bao cao|ky so lieu|nam|nam bao cao|period)$")
_SHORT_PERIOD = re.compile(r"^[\w./ -]{1,24}$")
_FIGURE = re.compile(r"^((ten |ma )?chi tieu|noi dung|indicator)$")
_NAMED = (("order", _ORDER), ("period", _PERIOD), ("figure", _FIGURE))


def main() -> None:
    """Answer on standard output until every file is read."""
    serve(_read)


def _read(data: bytes) -> dict[str, Any]:
    text = _text(data)
    if text is not None:
        found = _table(_of_text(text), [])
        if found is not None:
            return {"sheet": "CSV", **found}
        raise _no_table()
    unread_cells(data)  # for its refusals: no archive made to harm goes further
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height > _ROWS or sheet.total_width > _COLUMNS:
                raise _too_large()
            grid: Grid = sheet.to_python(skip_empty_area=False)
            _mark(grid, unread_cells(data, name))
            found = _table(grid, sheet.merged_cell_ranges or [])
            if found is not None:
                return {"sheet": name, **found}
    raise _no_table()


def _text(data: bytes) -> str | None:
    """The text of a .csv file; None of what is none."""
    if b"\0" in data or data.startswith(b"PK\x03\x04") or data.lstrip()[:1] in (b"", b"<"):
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _of_text(text: str) -> Grid:
    """Its cells, all rows equally long; apart by whichever sign its first line has most of."""
    first = text.lstrip().partition("\n")[0]
    rows = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=first.count))
    grid: Grid = [[plain(cell) for cell in row] for row in rows]
    width = max(map(len, grid), default=0)
    if len(grid) > _ROWS or width > _COLUMNS:
        raise _too_large()
    return [row + [""] * (width - len(row)) for row in grid]


def _too_large() -> Refused:
    return Refused("có trang tính lớn bất thường.", "has a sheet that is far too large.")


def _no_table() -> Refused:
    return Refused(
        "không có bảng nào: cần một dòng tiêu đề, một cột đơn vị và các cột số.",
        "holds no table: a row of headings, a column of units and columns of numbers are needed.",
    )


def _table(grid: Grid, merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> dict[str, Any] | None:
    first = first_row(grid)
    if first is None:
        return None
    heads = _headings(grid, first, merged)
    body = [row for row in grid[first:] if is_body(row)]
    kinds = [_kind(heads[place], [row[place] for row in body]) for place in range(len(heads))]
    if "number" not in kinds:
        return None
    told = [
        {"at": place, "heading": heads[place] if kind != "person" else "", "kind": kind}
        for place, kind in enumerate(kinds)
        if kind != "empty"
    ]
    at = {kind: [place for place, one in enumerate(kinds) if one == kind] for kind in set(kinds)}
    columns = Columns(*(at.get(kind, []) for kind in ("unit", "figure", "number", "order")))
    rows, below = rows_of(grid, first, columns)
    for read in rows:
        row = grid[read["at"]]
        read["period"] = next((_period(row[place]) for place in at.get("period", ())), "")
        read["figure"] = next((str(row[place])[:_WIDE].strip() for place in columns.figures), "")
    scale = next(filter(None, (noted(str(cell)) for row in grid[:first] for cell in row)), "")
    return {"columns": told, "rows": rows, "below": below, "scale": scale}


def _period(cell: Any) -> str:
    """What names the period of a row; nothing else leaves this process."""
    text = str(whole(cell)).strip()
    return text if _SHORT_PERIOD.match(text) else ""


def _mark(grid: Grid, unread: Mapping[str, str]) -> None:
    for at, why in unread.items():
        row, column = xl_cell_to_rowcol(at)
        if row < len(grid) and column < len(grid[row]):
            grid[row][column] = Unread(why)


def _headings(grid: Grid, first: int, merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> list[str]:
    """One heading for each column: the rows above the body from top to bottom, merged titles over all they span."""
    above = [list(row) for row in grid[:first]]
    for (top, left), (bottom, right) in merged:
        for at in range(top, min(bottom, first - 1) + 1):
            above[at][left : right + 1] = [grid[top][left]] * (right + 1 - left)
    block: list[list[str]] = []
    for row in reversed(above):
        texts = [" ".join(str(whole(cell)).split())[:_WIDE] for cell in row]
        filled = [text for text in texts if text]
        if filled and all(re.fullmatch(r"\(?\w\)?|\(?\d{1,3}\)?", text) for text in filled):
            continue  # the columns' own numbers
        if len(set(filled)) < 2:
            if filled or block:
                break
            continue
        block.insert(0, texts)
    width = len(grid[first])
    return [" – ".join(dict.fromkeys(row[place] for row in block if row[place])) for place in range(width)]


def _kind(heading: str, values: Sequence[Any]) -> str:
    """What a column holds: "person", "period", "figure", "number", "unit", "text", "order" or "empty"."""
    folded, given = fold(heading), [value for value in values if str(value).strip()]
    if not given:
        return "empty"
    named = next((kind for kind, pattern in _NAMED if pattern.match(folded)), "")
    if named in ("order", "period"):
        return named
    if of_persons(heading, given):
        return "person"
    if named:
        return named
    if sum(map(is_number, given)) * _ENOUGH >= len(given) and not re.search(r"\bma\b", folded):
        return "number" if heading else "empty"
    return _of_words(heading, given)


def _of_words(heading: str, given: Sequence[Any]) -> str:
    folded = fold(heading)
    if not _UNIT.search(folded) or _MEASURE.search(folded):
        return "text"
    return "person" if names_persons(heading, given) else "unit"
