"""Excel forms of a thousand units: handed out, and read back to exact vectors.

`import` is what `form import` does before it writes: open confined, check the stamp, find every cell, make vectors.
Its peer reads the same files with pandas on openpyxl; that of `export` fills one open workbook with openpyxl.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from nhipcau.bench.instance import temporary_instance
from nhipcau.bench.measure import Case, Options, Report, measure
from nhipcau.bench.nation import INDICATORS, Nation, build
from nhipcau.bench.rules import RULES, rules_case

if TYPE_CHECKING:
    from nhipcau.exchange.xlsx.layout import Layout
    from nhipcau.exchange.xlsx.stamp import Stamp

FILES = 1000
Files = Sequence[tuple[str, bytes]]
Ints = npt.NDArray[np.int64]
Vectors = list[tuple[str, list[int], list[int]]]  # unit, values, states


def run(options: Options) -> Report:
    """One nation large enough for so many forms, each with an accepted report's figures in it."""
    files, indicators = options.size("files", FILES), options.size("indicators", INDICATORS)
    with temporary_instance(options.database_url) as database:
        nation = build(units=files + 60, indicators=indicators, periods=2, say=options.say)
        made = _exported(nation, files)
        cases = [_import(nation, made), _export(nation, files, made), rules_case(files, indicators)]
        found = [measure(case, options) for case in cases]
    return Report("forms", database, {"files": files, "indicators": indicators, "rules": RULES}, found)


def _exported(nation: Nation, files: int) -> Files:
    """The forms of the first so many units, as the command writes them."""
    from itertools import islice

    from nhipcau.exchange.xlsx.exporting import export_forms
    from nhipcau.org.models import Unit

    root = Unit.objects.get(pk=nation.keys[0])
    forms = export_forms(version=nation.version, period=nation.periods[-1], unit=root, with_children=True)
    return [(one.file_name, one.data) for one in islice(forms, files)]


def _layout(nation: Nation) -> Callable[[Stamp], Layout]:
    from nhipcau.exchange.xlsx.exporting import form_of

    layout = form_of(nation.version).layout
    return lambda _: layout


def _import(nation: Nation, files: Files) -> Case:
    layout_of = _layout(nation)
    return Case(
        name="import",
        ours=lambda: read_ours(files, layout_of),
        peer="pandas.read_excel with openpyxl, file by file",
        peer_side=lambda: read_pandas(files, layout_of),
        limit="unpack the sheets once",
        limit_side=lambda: [_unpacked(data) for _, data in files],
    )


def read_ours(files: Files, layout_of: Callable[[Stamp], Layout]) -> Vectors:
    """The product's own reading, as arrays."""
    from nhipcau.exchange.xlsx.reading import read_forms

    found: Vectors = []
    for one in read_forms(files, layout_of):
        if one.stamp is None or one.faults:
            raise RuntimeError(f"{one.name}: {one.refused} {list(map(str, one.faults))}")
        cells = [one.cells[code] for code in layout_of(one.stamp).entered]
        found.append((str(one.stamp.unit), [cell.value for cell in cells], [int(cell.state) for cell in cells]))
    return found


def read_pandas(files: Files, layout_of: Callable[[Stamp], Layout]) -> Vectors:
    """The same with pandas: every sheet a frame, the stamp checked, the column of figures made exact."""
    import pandas

    from nhipcau.exchange.xlsx import stamp as stamps
    from nhipcau.exchange.xlsx.places import ENTRY, FIGURES, KEY, STAMP

    found: Vectors = []
    for name, data in files:
        sheets = pandas.read_excel(io.BytesIO(data), sheet_name=None, header=None, dtype=object, engine="openpyxl")
        stamp = stamps.read(sheets[STAMP].iat[1, 0], name)
        frame = sheets[FIGURES]
        typed = frame[frame[KEY].notna()].set_index(KEY)[ENTRY]
        entered = layout_of(stamp).entered
        pairs = [_exact(typed[code], item.decimals) for code, item in entered.items()]
        found.append((str(stamp.unit), [value for value, _ in pairs], [state for _, state in pairs]))
    return found


def _exact(value: Any, decimals: int) -> tuple[int, int]:
    if value == "x":
        return 0, 2
    if value != value:  # noqa: PLR0124 - how pandas says that nothing stands there
        return 0, 0
    return int(Decimal(str(value)) * 10**decimals), 1


def _unpacked(data: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(len(archive.read(name)) for name in archive.namelist() if "worksheets/" in name)


def _export(nation: Nation, files: int, made: Files) -> Case:
    """The peer opens the form once, and for every unit writes what differs and saves."""
    contents = [read_typed(data) for _, data in made]
    first = made[0][1]
    sheets = [_sheet(data) for _, data in made]
    return Case(
        name="export",
        ours=lambda: [data for _, data in _exported(nation, files)],
        peer="openpyxl: one open workbook, cells set and saved unit by unit",
        peer_side=lambda: write_openpyxl(first, contents),
        limit="deflate the changed sheets once",
        limit_side=lambda: [zlib.compress(text, 1) for text in sheets],
        agree=lambda ours, peer: [read_typed(one) for one in ours] == [read_typed(one) for one in peer],
    )


def _sheet(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist() if "worksheets/" in name)


def read_typed(data: bytes) -> dict[str, Any]:
    """What differs from form to form, by sheet and cell; the stamp's nonce differs by itself and is left out."""
    from python_calamine import CalamineWorkbook

    from nhipcau.exchange.xlsx.places import EARLIER, ENTRY, FIGURES, KEY, NUMBER

    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(FIGURES).to_python()
    found: dict[str, Any] = {f"B{row + 1}": rows[row][NUMBER] for row in (1, 2)}
    for number, row in enumerate(rows, start=1):
        if row[KEY]:
            found |= {f"E{number}": row[EARLIER], f"F{number}": row[ENTRY]}
    return found


def write_openpyxl(form: bytes, contents: Sequence[dict[str, Any]]) -> list[bytes]:
    """One workbook for all: what differs is set, and the whole is written anew."""
    from openpyxl import load_workbook

    from nhipcau.exchange.xlsx.places import FIGURES, STAMP

    book = load_workbook(io.BytesIO(form))
    page, stamp = book[FIGURES], book[STAMP]
    made = []
    for number, cells in enumerate(contents):
        for place, value in cells.items():
            page[place].value = value if value != "" else None
        stamp["A2"].value = f"{number}"
        out = io.BytesIO()
        book.save(out)
        made.append(out.getvalue())
    return made
