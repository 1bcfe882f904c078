"""A question's answer is the consolidation's, for every unit, period and roll-up."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
import yaml

from nhipcau.analytics import condensing, cubes
from nhipcau.analytics.cubes import Answer, answer, ask
from nhipcau.analytics.questions import Question
from nhipcau.core.errors import InvalidInput, NotFound
from nhipcau.core.numbers import MISSING, NOT_APPLICABLE, Cell, CellState, add_cells
from nhipcau.core.periods import Period
from nhipcau.org.models import Unit
from nhipcau.reports.design.definition import Definition, Indicator, load
from nhipcau.reports.design.figures import Cells, cells_of, with_formulas
from nhipcau.reports.models import Submission, TemplateVersion
from nhipcau.reports.totals.consolidation import consolidate, span_of
from nhipcau.reports.totals.views_of_tree import as_then
from tests.analytics import figures
from tests.analytics.figures import FORM, PERIODS
from tests.cast import Cast, unit
from tests.reorganisations import AFTER, happen

pytestmark = pytest.mark.django_db

AT = dt.datetime(2026, 7, 20, 2, 0, tzinfo=dt.UTC)
EVERY = ("gifts", "visits", "money", "average", "least", "most", "hours", "rooms", "office", "firms")


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    return figures.publish()


def value(number: int) -> Cell:
    return Cell(CellState.VALUE, number)


def question(top: Unit, **parts: object) -> Question:
    asked = {"template": "quy", "periods": tuple(p.key for p in PERIODS), "unit": str(top.uid), "indicators": EVERY}
    return Question(**{**asked, **parts})  # type: ignore[arg-type]


def asked(top: Unit, **parts: object) -> Answer:
    return answer(question=question(top, **parts), unit=top, today=AT.date(), at=AT)


def expected(top: Unit, version: TemplateVersion, period: Period) -> Cells:
    """The branch rolled up in plain Python, indicator by indicator."""
    definition = load(version.definition)
    tree = as_then(top, span_of(definition, period), "territory").tree
    found = Submission.objects.filter(unit__in=tree.ids.tolist(), period=period.key).select_related("version")
    reports = {one.unit_id: cells_of(one) for one in found}
    own = reports.get(top.pk, {})
    entered = {item.code: rolled_up(item, definition, list(reports.values()), own) for item in definition.entered()}
    return {key: cell for key, cell in with_formulas(definition, entered).items() if key in EVERY}


def rolled_up(item: Indicator, definition: Definition, reports: list[Cells], own: Cells) -> Cell:
    if item.over_units == "none":
        return own.get(item.code, MISSING)
    if item.over_units == "mean":
        return mean(item, definition, reports, own)
    values = [one[item.code].value for one in reports if one[item.code].state is CellState.VALUE]
    if item.over_units == "sum" or not values:
        return add_cells(one[item.code] for one in reports)
    return Cell(CellState.VALUE, min(values) if item.over_units == "min" else max(values))


def mean(item: Indicator, definition: Definition, reports: list[Cells], own: Cells) -> Cell:
    products = weights = 0
    for one in reports:
        weight = sum(one[key].value for key in definition.parts_of(item.weight))
        if one[item.code].state is CellState.VALUE and weight:
            products, weights = products + one[item.code].value * weight, weights + weight
    if not weights:
        return NOT_APPLICABLE if own.get(item.code) == NOT_APPLICABLE else MISSING
    return Cell(CellState.VALUE, (Fraction(products, weights) + Fraction(1, 2)).__floor__())


@pytest.mark.parametrize("seed", range(6))
def test_every_node_and_every_level_equals_the_consolidation(
    cast: Cast, version: TemplateVersion, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (condensing, cubes):  # how much is folded beforehand makes no difference
        monkeypatch.setattr(module, "DEPTH", seed % 3)
    figures.draw(Unit.objects.all(), version, PERIODS, seed)
    for top in Unit.objects.all():
        for below in (0, 1, 2):
            found = asked(top, below=below)
            for period in PERIODS:
                live = consolidate(version=version, period=period, unit=top, at=AT)
                cells = expected(top, version, period)
                assert cells == {key: live.cells[key] for key in EVERY}
                assert {line.indicator.code: found.cell(line, period) for line in found.lines} == cells
                covered = found.covered(period)
                assert (covered.expected, covered.accepted) == (live.coverage.expected, live.coverage.accepted)


@pytest.mark.parametrize("seed", range(3))
def test_the_groups_are_the_units_below_and_their_own_figures(
    cast: Cast, version: TemplateVersion, seed: int
) -> None:
    figures.draw(Unit.objects.all(), version, PERIODS, seed)
    for below in (1, 2):
        found = asked(cast.province, below=below)
        full = {group.unit for group in found.groups if not group.alone}
        assert full == {unit(code).pk for code in (("XA", "XB") if below == 1 else ("A1", "A2", "B1"))}
        for group in found.groups:
            cells = expected(Unit.objects.get(pk=group.unit), version, PERIODS[0])
            assert (
                group.alone
                or {one.indicator.code: found.cell(one, PERIODS[0], group) for one in found.lines} == cells
            )
        whole = [found.cell(found.lines[0], PERIODS[0], group) for group in found.groups]
        assert add_cells(whole) == found.cell(found.lines[0], PERIODS[0])


def test_a_breakdown_shows_the_parts_of_a_figure_and_only_of_those_that_have_it(
    cast: Cast, version: TemplateVersion
) -> None:
    cells: dict[str, int | str | None] = {
        "gifts[sex=female,sector=state]": 4, "gifts[sex=female,sector=private]": 3,
        "gifts[sex=male,sector=state]": 2, "money": 90,
    }  # fmt: skip
    figures.report(cast.local, version, PERIODS[0], cells)
    found = asked(cast.commune, indicators=("gifts", "money"), by=("sex",))
    shown = {(line.indicator.code, line.items): found.cell(line, PERIODS[0]) for line in found.lines}
    assert shown == {
        ("gifts", ()): value(9), ("gifts", ("sex=female",)): value(7), ("gifts", ("sex=male",)): value(2),
        ("money", ()): value(90),
    }  # fmt: skip


def test_periods_are_put_together_as_each_indicator_says(cast: Cast, version: TemplateVersion) -> None:
    first: dict[str, int | str | None] = {"money": 10, "least": 4, "most": 9, "rooms": 2, "office": 50, "firms": 6}
    later: dict[str, int | str | None] = {
        "money": 20,
        "least": 3,
        "most": 7,
        "rooms": 5,
        "office": None,
        "firms": 6,
    }
    visits = "visits[sex=female]"
    figures.report(
        cast.local, version, PERIODS[0], {**first, visits: 1, "hours": 10, "gifts[sex=male,sector=state]": 5}
    )
    figures.report(
        cast.local, version, PERIODS[1], {**later, visits: 3, "hours": 20, "gifts[sex=male,sector=state]": 1}
    )
    found = asked(cast.local)
    together = {line.indicator.code: found.cell(line, None) for line in found.lines}
    assert together["money"] == value(30)
    assert together["average"] == value(5)  # recomputed: 30 by 6
    assert (together["least"], together["most"]) == (value(3), value(9))
    assert together["rooms"] == value(5)
    assert together["office"] == MISSING  # nothing was said at the end
    assert together["hours"] == value(18)  # (10 · 1 + 20 · 3) / 4 = 17,5, half up
    assert together["firms"] == MISSING
    assert [line.indicator.code for line in found.lines if not line.addable] == ["firms"]


@pytest.mark.parametrize("depth", (0, 1, 2))
def test_as_now_the_figures_of_an_ended_unit_stand_with_its_successors(
    cast: Cast, version: TemplateVersion, depth: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (condensing, cubes):
        monkeypatch.setattr(module, "DEPTH", depth)
    for module in (condensing, cubes):
        monkeypatch.setattr(module, "DEPTH", depth)
    figures.draw(Unit.objects.all(), version, PERIODS, 5)
    happen()
    for top in (cast.province, cast.sibling_commune, unit("XC"), cast.local):
        found = answer(question=question(top, below=1, tree="now"), unit=top, today=AFTER.date(), at=AFTER)
        for period in PERIODS:
            live = consolidate(version=version, period=period, unit=top, at=AFTER, day=AFTER.date())
            for line in found.lines:
                assert found.cell(line, period) == live.cells[line.indicator.code], line.indicator.code
            assert found.covered(period).accepted == live.coverage.accepted


def test_a_unit_that_ended_is_still_found_where_it_stood(cast: Cast, version: TemplateVersion) -> None:
    figures.draw(Unit.objects.all(), version, PERIODS, 5)
    before = asked(cast.commune, below=1)
    happen()
    after = asked(cast.commune, below=1)
    assert (before.whole, before.of_groups) == (after.whole, after.of_groups)


def test_the_reports_of_one_kind_of_unit_can_be_counted_alone(cast: Cast, version: TemplateVersion) -> None:
    for one, amount in ((cast.local, 5), (cast.commune, 70), (cast.province, 900)):
        figures.report(one, version, PERIODS[0], {"money": amount})
    line = asked(cast.province, indicators=("money",)).lines[0]
    for kinds, total in ((("local",), 5), (("local", "commune"), 75), ((), 975)):
        assert asked(cast.province, indicators=("money",), kinds=kinds).cell(line, PERIODS[0]) == value(total)


def test_a_post_asks_of_its_own_branch_alone(cast: Cast, version: TemplateVersion) -> None:
    figures.report(cast.local, version, PERIODS[0], {"money": 5})
    mine = ask(question=question(cast.local), scope=cast.scope(cast.commune_officer), at=AT)
    assert mine.cell(mine.lines[2], PERIODS[0]) == value(5)
    for other in (cast.province, cast.sibling_commune):
        with pytest.raises(NotFound):
            ask(question=question(other), scope=cast.scope(cast.commune_officer), at=AT)


def test_what_could_leave_64_bits_is_refused(cast: Cast, version: TemplateVersion) -> None:
    for one in (cast.local, cast.commune):
        figures.report(one, version, PERIODS[0], {"money": 2**62})
    with pytest.raises(InvalidInput, match="vượt quá"):
        asked(cast.commune, indicators=("money",))


def test_figures_whose_meaning_changed_do_not_stand_side_by_side(cast: Cast, version: TemplateVersion) -> None:
    changed = FORM.replace("over_units: min}", "over_units: max}")
    figures.publish(first_period="2026-Q2", **yaml.safe_load(changed))
    with pytest.raises(InvalidInput, match="đổi cách tính"):
        asked(cast.commune, indicators=("least",))
    assert asked(cast.commune, indicators=("most",)).lines
