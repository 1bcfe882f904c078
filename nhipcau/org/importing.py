"""A tree in a CSV file: read, check every row, list every fault, and only then hand rows to the action."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable
from dataclasses import dataclass

from nhipcau.core.errors import Fault, InvalidInput, UnreadableFile
from nhipcau.core.text import clean
from nhipcau.org.models import Axis

REQUIRED = ("code", "name", "kind", "parent", "from")
OPTIONAL = ("symbol", "place", "members", "axis")
MAX_FAULTS = 200


@dataclass(frozen=True)
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
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"Tệp không ở bảng mã UTF-8 (byte thứ {error.start + 1}); hãy lưu lại dạng «CSV UTF-8»."
        ) from error
    if not text.strip():
        raise UnreadableFile("Tệp trống: không có dòng nào để nhập.")
    dialect = "excel" if text.splitlines()[0].count(",") >= text.splitlines()[0].count(";") else "semicolon"
    csv.register_dialect("semicolon", delimiter=";")
    reader = csv.DictReader(io.StringIO(text), dialect=dialect, strict=True)
    missing = [column for column in REQUIRED if column not in (reader.fieldnames or [])]
    if missing:
        raise UnreadableFile(
            f"Dòng 1: thiếu cột {', '.join(missing)}; cần {', '.join(REQUIRED)}, có thể thêm {', '.join(OPTIONAL)}."
        )
    return _parse(reader)


def _parse(reader: csv.DictReader[str]) -> list[UnitRow]:
    rows: list[UnitRow] = []
    faults: list[Fault] = []
    try:
        for cells in reader:
            try:
                rows.append(_row(reader.line_num, cells))
            except InvalidInput as error:
                faults.extend(error.faults or (Fault(f"dòng {reader.line_num}", error.message),))
    except csv.Error as error:
        raise UnreadableFile(f"Dòng {reader.line_num}: không phải CSV hợp lệ ({error}).") from error
    refuse(faults + list(_doubles(rows)))
    return rows


def _row(line: int, cells: dict[str, str]) -> UnitRow:
    where = f"dòng {line}"
    faults: list[Fault] = []
    text = {name: clean(cells.get(name) or "") for name in (*REQUIRED, *OPTIONAL)}
    faults.extend(Fault(where, f"cột {name} trống") for name in ("code", "name", "kind", "from") if not text[name])
    if cells.get(None):  # type: ignore[call-overload]  # csv puts surplus cells under the key None
        faults.append(Fault(where, "nhiều ô hơn số cột; kiểm tra dấu phẩy trong tên"))
    start = _date(text["from"], where, faults)
    members = text["members"].replace(".", "")
    if members and not members.isdecimal():
        faults.append(Fault(where, f"số đoàn viên «{text['members']}» không phải số"))
    axis = text["axis"] or Axis.TERRITORY.value
    if axis not in Axis.values:
        faults.append(Fault(where, f"trục «{axis}» không có; dùng territory hoặc sector"))
    if faults:
        raise InvalidInput("Dòng có lỗi.", faults)
    return UnitRow(
        line, text["code"], text["name"], text["kind"], text["parent"], start, text["symbol"], text["place"],
        int(members or 0), axis,
    )  # fmt: skip


def _date(text: str, where: str, faults: list[Fault]) -> dt.date:
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text, pattern).replace(tzinfo=dt.UTC).date()
        except ValueError:
            continue
    if text:
        faults.append(Fault(where, f"ngày «{text}» không đọc được; viết 2018-01-31 hoặc 31/01/2018"))
    return dt.date.min


def _doubles(rows: Iterable[UnitRow]) -> Iterable[Fault]:
    first: dict[str, int] = {}
    for row in rows:
        if row.code in first:
            yield Fault(f"dòng {row.line}", f"mã «{row.code}» đã có ở dòng {first[row.code]}")
        first.setdefault(row.code, row.line)


def refuse(faults: list[Fault]) -> None:
    """Raise InvalidInput if there is any fault; nothing of the file is taken."""
    if faults:
        raise InvalidInput(f"Tệp có {len(faults)} lỗi; không nhập dòng nào.", faults[:MAX_FAULTS])
