"""One section of a form, for the employer's office that keeps its figures, and back."""

from __future__ import annotations

import pytest

from nhipcau.core.errors import InvalidInput
from nhipcau.core.numbers import Cell, CellState, unpack
from nhipcau.exchange.xlsx import stamp
from nhipcau.exchange.xlsx.importing import import_forms
from nhipcau.exchange.xlsx.places import FIGURES, KEY, STAMP, WORDS
from nhipcau.exchange.xlsx.reading import read_raw
from nhipcau.reports.design.figures import cells_of
from nhipcau.reports.design.templates import import_template
from nhipcau.reports.models import Submission, TemplateVersion
from tests import quarterly
from tests.cast import NOW, SETUP, Cast
from tests.exchange.forms import fill, form, opened
from tests.quarterly import LATER

SECOND = """  - title: Đào tạo
    indicators:
      - {code: classes, label: Số lớp, unit: lớp}
      - {code: dear, label: Tiền quà một lớp, unit: đồng, over_units: formula, formula: money / classes}
"""


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    data = quarterly.YAML.replace("rules:\n", f"{SECOND}rules:\n").encode()
    return import_template(data=data, actor=SETUP, at=NOW).version


def test_it_holds_that_section_and_nothing_of_the_others(cast: Cast, version: TemplateVersion) -> None:
    quarterly.draft(cast.local_volunteer, version, gifts="7", classes="2")
    book = opened(form(version, cast.local, section=2))
    page = book[FIGURES]
    keys = [page.cell(row, KEY + 1).value for row in range(1, page.max_row + 1)]
    assert [key for key in keys if key] == ["classes"]
    assert WORDS not in book.sheetnames
    held = unpack(stamp.read(book[STAMP]["A2"].value, "x").base, len(version.cells))
    assert [cell.value for cell in held if cell.state is CellState.VALUE] == [2]


def test_only_its_figures_change_when_it_comes_back(cast: Cast, version: TemplateVersion) -> None:
    quarterly.draft(cast.local_volunteer, version, gifts="7")
    data = fill(form(version, cast.local, section=2), classes=3)
    files = read_raw([("nhan-su.xlsx", data)])
    (done,) = import_forms(forms=files, acting=lambda _: cast.local_volunteer, at=LATER, via="cli")
    assert done.accepted, done
    cells = cells_of(Submission.objects.select_related("version").get())
    assert (cells["gifts"], cells["classes"]) == (Cell(CellState.VALUE, 7), Cell(CellState.VALUE, 3))


def test_a_section_it_lacks_is_said(cast: Cast, version: TemplateVersion) -> None:
    with pytest.raises(InvalidInput, match="không có phần 9"):
        form(version, cast.local, section=9)
