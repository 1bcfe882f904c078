"""The level above gives plans: typed or from a file, whole or not at all, to its own units alone."""

from __future__ import annotations

import datetime as dt
import io

import pytest
import xlsxwriter

from nhipcau.audit.models import Entry
from nhipcau.core.errors import Conflict, InvalidInput, NotAllowed
from nhipcau.core.periods import parse_period
from nhipcau.org.models import Unit
from nhipcau.reports.design.templates import definition_of
from nhipcau.reports.models import Target, TemplateVersion
from nhipcau.reports.planning.giving import give_targets, receivers, sheet_of
from nhipcau.reports.planning.table import heading_of, import_targets, table_of
from tests import plans
from tests.cast import SETUP, TODAY, Cast
from tests.quarterly import LATER, PERIOD

pytestmark = pytest.mark.django_db
YEAR = parse_period("2026")


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    return plans.publish()


def stored() -> dict[tuple[Unit, str, str], tuple[int, int]]:
    return {(t.unit, t.period, t.indicator): (t.value, t.decimals) for t in Target.objects.select_related("unit")}


def test_a_plan_is_kept_exactly_changed_and_taken_back(cast: Cast, version: TemplateVersion) -> None:
    assert plans.given(cast, version, cast.local, gifts="120", money="1,5 tỷ", hours="2,5") == 3
    assert stored() == {
        (cast.local, "2026-Q1", "gifts"): (120, 0),
        (cast.local, "2026-Q1", "money"): (1_500_000_000, 0),
        (cast.local, "2026-Q1", "hours"): (25, 1),
    }
    assert plans.given(cast, version, cast.local, gifts="120", hours="", money="2 tỷ") == 2
    assert stored()[cast.local, "2026-Q1", "money"] == (2_000_000_000, 0)
    assert (cast.local, "2026-Q1", "hours") not in stored()
    entry = Entry.objects.filter(action="reports.targets_given").latest("pk")
    assert entry.object == "template:quy"
    assert "120" not in entry.data


def test_one_wrong_value_keeps_all_of_them_out(cast: Cast, version: TemplateVersion) -> None:
    with pytest.raises(InvalidInput) as refusal:
        plans.given(cast, version, cast.local, gifts="120", money="nhiều", hours="x", letters="3")
    pk = cast.local.pk
    assert [fault.where for fault in refusal.value.faults] == [f"{pk}:money", f"{pk}:hours", f"{pk}:letters"]
    assert not Target.objects.exists()


def test_only_the_level_directly_above_gives(cast: Cast, version: TemplateVersion) -> None:
    for unit in (cast.commune, cast.sibling_local, cast.province):
        with pytest.raises(NotAllowed):
            plans.given(cast, version, unit, gifts="1")
    with pytest.raises(NotAllowed):
        give_targets(
            version=version, period=PERIOD, values={(cast.commune.pk, "gifts"): "1"}, actor=cast.clerk, at=LATER
        )
    assert receivers(cast.province, version, TODAY)[0] == cast.province, "nobody above could give it its own"
    assert receivers(cast.commune, version, TODAY) == [cast.local, cast.other_local]


def test_a_year_or_the_templates_own_period_but_no_other(cast: Cast, version: TemplateVersion) -> None:
    assert plans.given(cast, version, cast.local, YEAR, gifts="500") == 1
    for key in ("2026-05", "2026-H1", "2023-2028"):
        with pytest.raises(InvalidInput):
            plans.given(cast, version, cast.local, parse_period(key), gifts="1")


def test_who_looked_before_another_changed_it_is_told(cast: Cast, version: TemplateVersion) -> None:
    plans.given(cast, version, cast.local, gifts="1")
    values = {(cast.local.pk, "gifts"): "2"}
    with pytest.raises(Conflict):
        give_targets(
            version=version, period=PERIOD, values=values, actor=cast.commune_officer, at=LATER,
            seen=LATER - dt.timedelta(minutes=1),
        )  # fmt: skip
    assert Target.objects.get().value == 1


# --- from a file ---------------------------------------------------------------------------------------
def bring(cast: Cast, version: TemplateVersion, data: str | bytes) -> int:
    body = data.encode() if isinstance(data, str) else data
    return import_targets(version=version, period=PERIOD, data=body, actor=cast.commune_officer, at=LATER)


def refused(cast: Cast, version: TemplateVersion, data: str) -> list[str]:
    with pytest.raises(InvalidInput) as refusal:
        bring(cast, version, data)
    assert not Target.objects.exists()
    return [str(fault) for fault in refusal.value.faults]


def test_a_table_is_taken_by_codes_labels_and_brackets(cast: Cast, version: TemplateVersion) -> None:
    table = "Mã đơn vị;Tên đơn vị;Số suất quà;x [money];hours\nA1;Hải Âu;1.200;72 triệu;\nA2;;;;3,5\n"
    assert bring(cast, version, table) == 3
    found = {(unit, code): value for (unit, _, code), (value, _) in stored().items()}
    assert found == {
        (cast.local, "gifts"): 1200,
        (cast.local, "money"): 72_000_000,
        (cast.other_local, "hours"): 35,
    }
    assert bring(cast, version, table) == 0, "the same file again changes nothing"


def test_every_wrong_cell_is_named_by_its_address(cast: Cast, version: TemplateVersion) -> None:
    table = "Mã đơn vị,gifts,hours,money\nA1,mười,2,\nB1,3,,\nA2,4,1.23,\n,5,,\nA1,6,,\n"
    told = refused(cast, version, table)
    assert [one.split(":")[0] for one in told] == ["B2", "A3", "C4", "A5", "A6"]
    assert "«B1»" in told[1], "a unit of another branch is no unit directly below"


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("Mã đơn vị,letters\nA1,3\n", "B1: không có chỉ tiêu giao kế hoạch nào tên «letters»"),
        ("Mã đơn vị,gifts,Số suất quà\nA1,3,4\n", "C1: chỉ tiêu «gifts» có hai cột"),
        ("Mã đơn vị\nA1\n", "B1: chưa có cột chỉ tiêu nào"),
    ],
)
def test_a_heading_that_names_no_figure_is_refused(
    cast: Cast, version: TemplateVersion, table: str, says: str
) -> None:
    assert refused(cast, version, table)[0] == says


def test_a_workbook_keeps_its_numbers(cast: Cast, version: TemplateVersion) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet()
    for row, cells in enumerate([["Mã đơn vị", "hours", "money"], ["A1", 2.5, 72_000_000]]):
        page.write_row(row, 0, cells)
    book.close()
    assert bring(cast, version, out.getvalue()) == 2
    assert stored()[cast.local, "2026-Q1", "hours"] == (25, 1)


def test_what_is_handed_out_comes_back_unchanged(cast: Cast, version: TemplateVersion) -> None:
    plans.given(cast, version, cast.local, gifts="1200", hours="2,5")
    units = [(cast.local, "A1", "Hải Âu"), (cast.other_local, "A2", "Hải Long")]
    rows = list(table_of(version, units, {(cast.local.pk, "gifts"): "1.200", (cast.local.pk, "hours"): "2,5"}))
    assert rows[0][2] == heading_of(definition_of(version).plannable()[0])
    table = "\n".join(";".join(row) for row in rows)
    assert bring(cast, version, table) == 0


def test_the_operator_may_give_to_any_unit(cast: Cast, version: TemplateVersion) -> None:
    data = "Mã đơn vị,gifts\nB1,3\nXA,4\n".encode()
    assert import_targets(version=version, period=YEAR, data=data, actor=SETUP, at=LATER) == 2
    assert len(sheet_of(version, YEAR, [cast.sibling_local.pk, cast.commune.pk]).cells) == 2
