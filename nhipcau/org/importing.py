"""A tree in a CSV file: read, check every row, list every fault, and only then hand rows to the action."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from nhipcau.core import csvs
from nhipcau.core.errors import Fault, InvalidInput, UnreadableFile
from nhipcau.core.said import Said
from nhipcau.core.text import clean
from nhipcau.org.models import Axis

T = TypeVar("T")
REQUIRED = ("code", "name", "kind", "parent", "from")
OPTIONAL = ("symbol", "place", "members", "axis")
MAX_FAULTS = 200


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One row of the file, already understood. `parent` is a code of the file or of the database, or empty."""

    line: int
    code: str
    name: str
    kind: str
    parent: str
    start: dt.date
    symbol: str
    place: str
    members: int
    axis: str


def read_rows(data: bytes) -> list[UnitRow]:
    """Rows of a CSV file in UTF-8 (comma or semicolon). Raises InvalidInput listing every fault by row."""
    rows, faults = collect(read_table(data, REQUIRED, OPTIONAL), _row)
    refuse(faults + list(_doubles(rows)))
    return rows


def read_table(data: bytes, required: Sequence[str], optional: Sequence[str]) -> csv.DictReader[str]:
    """The cells of a CSV file in UTF-8 (comma or semicolon), by column. UnreadableFile if it is none."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            Said(
                f"Tệp không ở bảng mã UTF-8 (byte thứ {error.start + 1}); hãy lưu lại dạng «CSV UTF-8».",
                f"The file is not in UTF-8 (byte {error.start + 1}); save it as «CSV UTF-8».",
            )
        ) from error
    if not text.strip():
        raise UnreadableFile("Tệp trống: không có dòng nào để nhập.")
    first = text.partition("\n")[0]
    dialect = "excel" if first.count(",") >= first.count(";") else "semicolon"
    csv.register_dialect("semicolon", delimiter=";")
    reader = csvs.Reader(io.StringIO(text), dialect=dialect, strict=True)
    missing = [column for column in required if column not in (reader.fieldnames or [])]
    if missing:
        raise UnreadableFile(
            Said(
                f"Dòng 1: thiếu cột {', '.join(missing)}; cần {', '.join(required)}, có thể thêm "
                f"{', '.join(optional)}.",
                f"Row 1: columns are missing: {', '.join(missing)}; needed are {', '.join(required)}, "
                f"allowed are {', '.join(optional)}.",
            )
        )
    return reader


def collect(reader: csv.DictReader[str], read: Callable[[int, dict[str, str]], T]) -> tuple[list[T], list[Fault]]:
    """Every row as `read(line, cells)` understands it, and the faults of the rows it refuses."""
    rows: list[T] = []
    faults: list[Fault] = []
    try:
        for cells in reader:
            try:
                rows.append(read(reader.line_num, cells))
            except InvalidInput as error:
                faults.extend(error.faults or (Fault(f"dòng {reader.line_num}", error.message),))
    except csv.Error as error:
        raise UnreadableFile(
            Said(
                f"Dòng {reader.line_num}: không phải CSV hợp lệ ({error}).",
                f"Row {reader.line_num}: no valid CSV ({error}).",
            )
        ) from error
    return rows, faults


def _row(line: int, cells: dict[str, str]) -> UnitRow:
    where = f"dòng {line}"
    text, faults = trimmed(where, cells, (*REQUIRED, *OPTIONAL))
    faults.extend(
        Fault(where, Said(f"cột {name} trống", f"the column {name} is empty"))
        for name in ("code", "name", "kind", "from")
        if not text[name]
    )
    start = read_date(text["from"], where, faults)
    members, axis = read_members(text["members"], where, faults), read_axis(text["axis"], where, faults)
    if faults:
        raise InvalidInput("Dòng có lỗi.", faults)
    return UnitRow(
        line, text["code"], text["name"], text["kind"], text["parent"], start, text["symbol"], text["place"],
        members, axis,
    )  # fmt: skip


def trimmed(where: str, cells: dict[str, str], columns: Sequence[str]) -> tuple[dict[str, str], list[Fault]]:
    """The cells of a row, cleaned, "" where a column is not there; a fault if the row has too many."""
    text = {name: clean(cells.get(name) or "") for name in columns}
    if cells.get(None):  # type: ignore[call-overload]  # csv puts surplus cells under the key None
        return text, [Fault(where, "nhiều ô hơn số cột; kiểm tra dấu phẩy trong tên")]
    return text, []


def read_members(text: str, where: str, faults: list[Fault]) -> int:
    """A number of members; empty is none."""
    digits = text.replace(".", "")
    if digits and not digits.isdecimal():
        faults.append(
            Fault(
                where, Said(f"số đoàn viên «{text}» không phải số", f"the number of members «{text}» is no number")
            )
        )
        return 0
    return int(digits or 0)


def read_axis(text: str, where: str, faults: list[Fault]) -> str:
    """The axis; territory if none is named."""
    axis = text or Axis.TERRITORY.value
    if axis not in Axis.values:
        faults.append(
            Fault(
                where,
                Said(
                    f"trục «{axis}» không có; dùng territory hoặc sector",
                    f"there is no axis «{axis}»; use territory or sector",
                ),
            )
        )
    return axis


def read_date(text: str, where: str, faults: list[Fault]) -> dt.date:
    """A day, ISO or Vietnamese. An empty cell is for the caller to name."""
    day = _day(text)
    if text and day is None:
        faults.append(
            Fault(
                where,
                Said(
                    f"ngày «{text}» không đọc được; viết 2018-01-31 hoặc 31/01/2018",
                    f"the day «{text}» cannot be read; write 2018-01-31 or 31/01/2018",
                ),
            )
        )
    return day or dt.date.min


@lru_cache(maxsize=256)  # a nation begins on few days
def _day(text: str) -> dt.date | None:
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text, pattern).replace(tzinfo=dt.UTC).date()
        except ValueError:
            continue
    return None


def _doubles(rows: Iterable[UnitRow]) -> Iterable[Fault]:
    first: dict[str, int] = {}
    for row in rows:
        if row.code in first:
            yield Fault(
                f"dòng {row.line}",
                Said(
                    f"mã «{row.code}» đã có ở dòng {first[row.code]}",
                    f"the code «{row.code}» stands in row {first[row.code]} already",
                ),
            )
        first.setdefault(row.code, row.line)


def refuse(faults: list[Fault]) -> None:
    """Raise InvalidInput if there is any fault; nothing of the file is taken."""
    if faults:
        raise InvalidInput(
            Said(
                f"Tệp có {len(faults)} lỗi; không nhập dòng nào.",
                f"The file has {len(faults)} faults; no row was imported.",
            ),
            faults[:MAX_FAULTS],
        )
