"""Nothing that leaves is a formula, whoever wrote the text: every module that writes CSV or a workbook is tried."""

from __future__ import annotations

import ast
import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

import nhipcau
from nhipcau.analytics.exporting import to_file
from nhipcau.analytics.folding import Covered
from nhipcau.analytics.tables import Entry, Sheet
from nhipcau.cli.reports import _csv as cascade
from nhipcau.core import csvs
from nhipcau.core.numbers import Cell, CellState
from nhipcau.core.official import Column
from nhipcau.exchange.archive.zipped import Archive
from nhipcau.exchange.practice.making import _write_accounts
from nhipcau.org.administrative import Divisions, before_csv, event_csv
from nhipcau.org.importing import read_table
from nhipcau.org.sheets import as_csv, rows_of
from nhipcau.press.register import RegisterSheet
from nhipcau.press.workbook import to_xlsx
from nhipcau.web.org.forms import as_file
from nhipcau.web.tables import send_csv
from tests.cast import NOW

ROOT = Path(nhipcau.__file__).parent
EVIL = ("=1+1", "+1+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "'=1", "＝1+1", "-1,5", "Hải Âu", "")
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def archive_csv(text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        Archive(package).csv("a.csv", ["cột"], [[text]])
        return package.read("a.csv")


def page_csv(text: str) -> bytes:
    return b"".join(send_csv([[text]], "bang"))


def analysis(kind: Any) -> Callable[[str], bytes]:
    def made(text: str) -> bytes:
        entry = Entry(text, text, text, text, text, text, text, Cell(CellState.VALUE, 5), 0, Covered(1, 1, 0))
        return to_file(Sheet(text, NOW, english=False, entries=(entry,)), kind)

    return made


def divided(write: Callable[[Divisions], str]) -> Callable[[str], bytes]:
    row = {"provinceKey": "p", "districtKey": "d", "wardKey": "w", "provinceCode": "1", "districtCode": "2"}

    def made(text: str) -> bytes:
        one = row | {"wardCode": text, "ward": text, "district": text, "province": text}
        return write(Divisions([one], [one], {"p": ["p"]}, {}, {})).encode()

    return made


def accounts(text: str) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "tai-khoan.csv"
        _write_accounts(path, [[text]])
        return path.read_bytes()


def printed(text: str) -> bytes:
    out = io.StringIO()
    with redirect_stdout(out):
        cascade([{"unit": text, "name": text, "values": {"so": "-5"}, "coverage": {"due": 1}}])
    return out.getvalue().encode()


def press(text: str) -> bytes:
    out = io.BytesIO()
    column = Column(text, 10)
    sheet = RegisterSheet(text, text, text, [text], [column], (), printed_on=NOW.date())
    to_xlsx(sheet, [[text]], out, closing=lambda: [text])
    return out.getvalue()


CSV: dict[str, list[Callable[[str], bytes]]] = {
    "exchange/archive/zipped.py": [archive_csv],
    "web/tables.py": [page_csv],
    "analytics/exporting.py": [analysis("csv")],
    "org/administrative.py": [divided(partial(before_csv, start=NOW.date())), divided(event_csv)],
    "exchange/practice/making.py": [accounts],
    "cli/reports.py": [printed],
    "web/org/forms.py": [lambda text: as_file([{"code": text}]).encode()],
}
# Files of made-up rows, in which nobody typed anything, and a workbook read as CSV within the program.
OWN_WORDS = {"demo/federation.py", "demo/communes.py", "org/sheets.py"}
XLSX: dict[str, Callable[[str], bytes]] = {"press/workbook.py": press, "analytics/exporting.py": analysis("xlsx")}
FORMS = "exchange/xlsx/blank.py"  # its own formulas stand in it: tried with typed words in test_form_export.py


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(ROOT.rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


def calling(*names: str) -> set[str]:
    """Modules that call anything of these names."""
    return {
        path
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in names
    }


def test_csv_is_written_in_one_place_alone() -> None:
    writing = {
        path
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in ("writer", "DictWriter")
        and ast.unparse(node.value) == "csv"
    }
    assert writing == {"core/csvs.py"}


def test_every_module_that_writes_tables_is_tried() -> None:
    importing = {
        path
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module == "nhipcau.core.csvs" or (node.module == "nhipcau.core" and "csvs" in names_of(node)))
        and not names_of(node) <= {"plain"}
    }
    assert importing - {"org/importing.py"} == set(CSV) | OWN_WORDS, "importing.py only reads"
    assert {path for path in calling("Workbook") if not path.startswith("bench/")} == {*XLSX, FORMS}


def names_of(node: ast.ImportFrom) -> set[str]:
    return {one.name for one in node.names}


@pytest.mark.parametrize("path", [*XLSX, FORMS])
def test_a_workbook_s_cells_are_written_by_their_type(path: str) -> None:
    """`write` would guess, and take "=1" for a formula."""
    text = (ROOT / path).read_text("utf-8")
    assert '"strings_to_formulas": False' in text
    assert ".write(" not in text and ".write_row(" not in text


@pytest.mark.parametrize("text", EVIL, ids=ascii)
@pytest.mark.parametrize(
    "made", [pytest.param(one, id=f"{path}-{n}") for path, all_ in CSV.items() for n, one in enumerate(all_)]
)
def test_no_cell_of_a_csv_file_begins_like_a_formula(made: Callable[[str], bytes], text: str) -> None:
    rows = list(csv.reader(io.StringIO(made(text).decode("utf-8-sig"), newline="")))
    assert rows
    for cell in (cell for row in rows for cell in row):
        figure = cell[1:].replace(",", "").isdigit()
        assert figure or not cell.startswith(DANGEROUS), cell


@pytest.mark.parametrize("text", [one for one in EVIL if one.isprintable()])
@pytest.mark.parametrize("path", XLSX)
def test_in_a_workbook_it_is_a_text_even_when_the_cell_is_edited(path: str, text: str) -> None:
    page = load_workbook(io.BytesIO(XLSX[path](text))).worksheets[0]
    found = [cell for row in page.iter_rows() for cell in row if cell.value == text and text]
    assert found or not text
    assert {cell.data_type for cell in found} <= {"s"}
    assert any(cell.quotePrefix for cell in found) or not text


@given(st.text(max_size=20))
@example("'=1")
@example("''@x")
@example("'-5")
def test_what_was_guarded_comes_back_as_it_was(cell: str) -> None:
    assert csvs.plain(csvs.guarded(cell)) == cell


@pytest.mark.parametrize("text", EVIL, ids=ascii)
def test_a_file_that_left_is_taken_in_again_as_it_was(text: str) -> None:
    left = csvs.table(["code", "name"], [{"code": "A", "name": text}])
    data = left.encode()
    (row,) = read_table(as_csv(data), ["code"], ["name"])
    assert row["name"] == text
    assert rows_of(data)[1] == ["A", text]


def test_a_column_unheard_of_is_refused() -> None:
    with pytest.raises(ValueError, match="ten"):
        csvs.table(["name"], [{"ten": "Hải"}])
