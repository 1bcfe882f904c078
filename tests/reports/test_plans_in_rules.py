"""`target()` and `year_target()`: the same answer on the page, for many reports at once, and in the Excel form."""

from __future__ import annotations

from typing import Any

import pytest

from nhipcau.core.errors import InvalidInput
from nhipcau.core.numbers import Cell, CellState
from nhipcau.core.periods import parse_period
from nhipcau.exchange.xlsx.formulas import broken as written
from nhipcau.reports.design.compiled import Rules, exact_reads
from nhipcau.reports.design.definition import load
from nhipcau.reports.design.expressions import Expression
from nhipcau.reports.design.figures import cells_of
from nhipcau.reports.design.frames import Frame, Frames
from nhipcau.reports.design.plans import Plan, plans_of
from nhipcau.reports.models import Submission, Target, TemplateVersion
from nhipcau.reports.totals.around import around, findings_of, findings_of_all
from tests import plans, quarterly
from tests.cast import Cast
from tests.quarterly import PERIOD

pytestmark = pytest.mark.django_db
YEAR = parse_period("2026")


def rule(check: str) -> dict[str, Any]:
    return {"code": "r", "severity": "warning", "check": check, "message": "{gifts} suất."}


def speaks(report: Submission) -> bool:
    """Decided at once and alone, which must agree."""
    found = [one for one in findings_of(report) if one.rule == "r"]
    definition = load(report.version.definition)
    cells, keys = cells_of(report), definition.cells()
    now = Frame.of_cells([[cells[key] for key in keys]], len(keys))
    frames = Frames(now, around(report.version, definition, PERIOD, [report.unit_id]))
    alone = Expression(definition.rules[0].check).evaluate(exact_reads(definition, frames, 0)) is False
    assert bool(Rules(definition).broken(frames)[0, 0]) == alone == bool(found)
    return bool(found)


@pytest.mark.parametrize(
    ("check", "plan", "says"),
    [
        ("gifts >= target(gifts)", {"gifts": "121"}, True),
        ("gifts >= target(gifts)", {"gifts": "120"}, False),
        ("gifts * 100 >= target(gifts) * 95", {"gifts": "127"}, True),
        ("average <= target(average)", {"average": "4.999"}, True),
        ("average <= target(average)", {"average": "5.000"}, False),
        ("hours <= target(hours)", {"hours": "2,4"}, True),
        ("gifts >= target(money)", {"gifts": "500"}, False),
    ],
)
def test_a_rule_reads_the_plan_of_the_period(cast: Cast, check: str, plan: dict[str, Any], says: bool) -> None:
    version = plans.publish(rule(check))
    report = quarterly.draft(cast.local_volunteer, version, gifts="120", money="600.000", hours="2,5")
    assert not speaks(report), "without a plan nothing is decided"
    plans.given(cast, version, cast.local, **plan)
    assert speaks(report) == says


def test_the_plan_of_the_year_is_read_by_its_own_name_alone(cast: Cast) -> None:
    version = plans.publish(rule("gifts * 4 >= year_target(gifts) and gifts >= target(gifts)"))
    report = quarterly.draft(cast.local_volunteer, version, gifts="120")
    plans.given(cast, version, cast.local, YEAR, gifts="481")
    assert speaks(report)
    plans.given(cast, version, cast.local, YEAR, gifts="480")
    assert not speaks(report)


def test_many_reports_each_read_their_own(cast: Cast) -> None:
    version = plans.publish(rule("gifts >= target(gifts)"))
    one = quarterly.draft(cast.local_volunteer, version, gifts="5")
    other = quarterly.draft(cast.commune_officer, version, gifts="5")
    plans.given(cast, version, cast.local, gifts="6")
    assert [bool(found) for found in findings_of_all([other, one])] == [False, True]


def test_only_figures_with_plans_are_read() -> None:
    for check in ("letters >= target(letters)", "letters >= year_target(letters)"):
        with pytest.raises(InvalidInput) as refusal:
            plans.publish(rule(check))
        assert "target: true" in str(refusal.value.faults[0])


def test_the_form_speaks_of_the_plan_that_stands_in_it() -> None:
    version = plans.publish(rule("gifts >= target(gifts)"))
    one = load(version.definition).rules[0]
    columns = {"": "F", "target": "D"}
    formula = written(one, lambda read: f"{columns[read.partition('(')[0] if '(' in read else '']}8")
    assert formula == "=AND(AND(ISNUMBER(F8),ISNUMBER(D8)),NOT((F8>=D8)))"


def shown(cast: Cast, version: TemplateVersion) -> dict[str, Plan]:
    return plans_of(version, load(version.definition), PERIOD, [cast.local.pk]).get(cast.local.pk, {})


def test_beside_a_figure_stands_its_own_plan_else_that_of_the_year(cast: Cast) -> None:
    version = plans.publish()
    plans.given(cast, version, cast.local, YEAR, gifts="500", hours="9,5")
    plans.given(cast, version, cast.local, gifts="120")
    assert shown(cast, version) == {
        "gifts": Plan(Cell(CellState.VALUE, 120), yearly=False),
        "hours": Plan(Cell(CellState.VALUE, 95), yearly=True),
    }


def test_a_plan_written_with_other_decimals_is_read_exactly_or_not_at_all(cast: Cast) -> None:
    version = plans.publish()
    plans.given(cast, version, cast.local, gifts="120", hours="2,5")
    Target.objects.filter(indicator="gifts").update(value=12050, decimals=2)
    Target.objects.filter(indicator="hours").update(value=3, decimals=0)
    assert shown(cast, version) == {"hours": Plan(Cell(CellState.VALUE, 30), yearly=False)}
