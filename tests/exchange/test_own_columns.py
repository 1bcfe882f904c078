"""In what a column counts: read from its heading or the note above, asked where in doubt, applied exactly."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
import yaml

from nhipcau.core.errors import InvalidInput
from nhipcau.exchange.own.columns import UNDECIDED, Match, proposed
from nhipcau.exchange.own.scales import noted, stated
from nhipcau.exchange.own.table import Table, read_raw, table_of
from nhipcau.exchange.own.taking import learnt_headings, take_table
from nhipcau.reports.design.figures import cells_of
from nhipcau.reports.design.templates import definition_of, import_template
from nhipcau.reports.models import Submission, TemplateVersion
from tests import quarterly
from tests.cast import NOW, SETUP, Cast
from tests.exchange.plain import sheet
from tests.quarterly import LATER, PERIOD

UNITS = ["Công ty May Hải Âu", "Trường Tiểu học Hải Long"]


def table(heading: str, values: Sequence[object], *above: Sequence[object]) -> Table:
    rows = [[unit, value] for unit, value in zip(UNITS, values, strict=True)]
    return table_of(read_raw(sheet(*above, ["Đơn vị", heading], *rows), "so.xlsx"), "so.xlsx")


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    raw = yaml.safe_load(quarterly.YAML)
    raw["rules"] = []
    rate = {"code": "rate", "label": "Tỷ lệ đạt", "unit": "%", "decimals": 1, "over_units": "none"}
    raw["sections"][0]["indicators"].append(rate)
    return import_template(data=yaml.safe_dump(raw).encode(), actor=SETUP, at=NOW).version


def match(made: Table, version: TemplateVersion, cast: Cast) -> Match:
    return proposed(made, definition_of(version), learnt_headings(cast.commune, version))[0]


def take(cast: Cast, version: TemplateVersion, made: Table, chosen: str) -> int:
    return take_table(
        table=made, chosen={1: chosen}, version=version, period=PERIOD, actor=cast.commune_officer, at=LATER
    )


def entered(code: str) -> list[int]:
    found = Submission.objects.filter(entry_source="table").order_by("pk")
    return [cells_of(report)[code].value for report in found]


@pytest.mark.parametrize(
    ("heading", "word"),
    [
        ("Tiền quà (triệu đồng)", "triệu"),
        ("Tiền quà (tr.đ)", "triệu"),
        ("Tiền quà (ĐVT: 1.000đ)", "nghìn"),
        ("Quà Tết – Nghìn đồng", "nghìn"),
        ("Số tiền triệu đồng", "triệu"),
        ("Kinh phí, tỷ đồng", "tỷ"),
        ("Kinh phí (triệu đồng/người)", "triệu"),
        ("Quà từ 1 triệu đồng (suất)", ""),
        ("Số hộ vay trên 50 triệu đồng", ""),
        ("Tỷ lệ (%)", ""),
        ("Số tiền (đồng)", ""),
    ],
)
def test_a_heading_states_its_scale(heading: str, word: str) -> None:
    assert stated(heading) == word


@pytest.mark.parametrize(
    ("note", "word"), [("Đơn vị tính: triệu đồng", "triệu"), ("(ĐVT: 1.000đ)", "nghìn"), ("Đơn vị: LĐLĐ tỉnh", "")]
)
def test_a_note_above_the_table_states_it_for_all(note: str, word: str) -> None:
    assert noted(note) == word


def test_millions_are_proposed_as_millions_and_never_surely(cast: Cast, version: TemplateVersion) -> None:
    for made in (
        table("Số tiền quà (triệu đồng)", [3.6, 2.1]),
        table("Số tiền quà", [3.6, 2.1], ["ĐVT: triệu đồng"], ["", ""]),
    ):
        found = match(made, version, cast)
        assert (found.chosen, found.sure) == ("money*triệu", False)


def test_a_heading_in_dong_overrules_the_note(cast: Cast, version: TemplateVersion) -> None:
    found = match(table("Số tiền quà (đồng)", [3_600_000, 1], ["ĐVT: triệu đồng"]), version, cast)
    assert (found.chosen, found.sure) == ("money", True)


def test_what_merely_speaks_of_millions_is_looked_at(cast: Cast, version: TemplateVersion) -> None:
    found = match(table("Quà từ 1 triệu đồng – Số suất quà", [3, 2]), version, cast)
    assert (found.chosen, found.sure) == ("gifts", False)


def test_millions_are_entered_in_dong_and_remembered(cast: Cast, version: TemplateVersion) -> None:
    made = table("Số tiền quà (triệu đồng)", [3.6, "2,123456"])
    assert take(cast, version, made, "money*triệu") == 2
    assert entered("money") == [3_600_000, 2_123_456]
    again = match(made, version, cast)
    assert (again.chosen, again.sure) == ("money*triệu", True)


@pytest.mark.parametrize("value", [72_000_000, 3.6000001, "3,6 triệu"])
def test_an_amount_that_is_no_number_of_millions_is_refused(
    cast: Cast, version: TemplateVersion, value: object
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        take(cast, version, table("Số tiền quà (triệu đồng)", [3.6, value]), "money*triệu")
    assert [one.where for one in refusal.value.faults] == ["Q!B3"]
    assert not Submission.objects.exists()


def test_a_count_is_in_no_millions(cast: Cast, version: TemplateVersion) -> None:
    with pytest.raises(InvalidInput) as refusal:
        take(cast, version, table("Số suất quà", [3, 2]), "gifts*triệu")
    assert [one.where for one in refusal.value.faults] == ["B"]


def test_a_column_between_nought_and_one_is_asked_about(cast: Cast, version: TemplateVersion) -> None:
    made = table("Tỷ lệ đạt (%)", [0.856, 1])
    found = match(made, version, cast)
    assert (found.chosen, found.sure) == (UNDECIDED, False)
    with pytest.raises(InvalidInput) as refusal:
        take(cast, version, made, UNDECIDED)
    assert [one.where for one in refusal.value.faults] == ["B"]
    assert take(cast, version, made, "rate*phần") == 2
    assert entered("rate") == [856, 1000]
    assert match(made, version, cast).sure


def test_a_column_of_percents_is_taken_as_it_stands(cast: Cast, version: TemplateVersion) -> None:
    found = match(table("Tỷ lệ đạt (%)", [85.6, 100]), version, cast)
    assert (found.chosen, found.sure) == ("rate", True)
