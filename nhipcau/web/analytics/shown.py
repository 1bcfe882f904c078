"""An answer as the page shows it: rows in the order of names, marks where reports are lacking, ways down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language

from nhipcau.analytics.cubes import Answer, Group
from nhipcau.analytics.tables import Figure, Naming, Row, Table, table_of
from nhipcau.core.numbers import format_cell
from nhipcau.core.periods import Period
from nhipcau.org.models import Unit, UnitName
from nhipcau.org.queries import name_of, names_of
from nhipcau.org.scope import Scope
from nhipcau.reports.totals.consolidation import tree_day
from nhipcau.web.analytics.asking import address
from nhipcau.web.words import in_words

ROWS = 400  # of the table on a page; a file has all of them
_CHUNK = 5000


@dataclass(frozen=True)
class Shown:
    """A row as printed. `url`: the same question about the unit of the row."""

    unit: str
    url: str
    first: bool  # of the rows of its unit
    whole: bool
    label: str
    part: str
    measure: str
    period: str
    cells: list[tuple[str, bool, bool, str]]  # (text, somebody is lacking, periods can be added, column)


def naming_of(answer: Answer, unit: Unit) -> tuple[Naming, dict[int, UnitName]]:
    """What the units of an answer are called on the day of its tree."""
    day = answer.day or tree_day(answer.definition, answer.periods[-1])
    ids = sorted({step for group in answer.groups for step in group.path} | {unit.pk})
    names: dict[int, UnitName] = {}
    for start in range(0, len(ids), _CHUNK):
        names |= names_of(ids[start : start + _CHUNK], day)
    texts = {pk: name.name for pk, name in names.items()}
    return Naming(texts, name_of(unit, day).name, english=get_language() == "en"), names


def in_order(groups: Iterable[Group], names: dict[int, UnitName]) -> list[Group]:
    """By name in Vietnamese order, units under those above them."""
    return sorted(groups, key=lambda group: [names[step].sort_key for step in group.path])


def fitting(answer: Answer, groups: list[Group]) -> list[Group]:
    """As many groups as a page can hold."""
    each = len(answer.lines) if answer.question.columns == "periods" else len(answer.periods) + 1
    return groups[: max(1, ROWS // each)]


def rows_of(answer: Answer, groups: list[Group], naming: Naming, scope: Scope) -> tuple[list[str], list[Shown]]:
    """The titles of the columns, and the rows under them."""
    table = table_of(answer, groups)
    titles = _titles(table, answer, naming)
    seen = dict(scope.units_ever().filter(pk__in=[group.unit for group in groups]).values_list("pk", "uid"))
    shown = []
    last: object = ()
    for row in table.rows:
        uid = seen.get(row.group.unit) if row.group and not row.group.alone else None
        url = address(answer.question, uid) if uid else ""
        shown.append(_shown(row, titles, answer, naming, url, first=row.group != last))
        last = row.group
    return titles, shown


def _titles(table: Table, answer: Answer, naming: Naming) -> list[str]:
    if table.items:
        by_items = {line.items: naming.items(line, answer) for line in answer.lines}
        return [by_items[items] for items in table.items]
    return [_brief(period, naming) for period in table.periods]


def _brief(period: Period | None, naming: Naming) -> str:
    return naming.period(None) if period is None else period.key


def _shown(row: Row, titles: list[str], answer: Answer, naming: Naming, url: str, *, first: bool) -> Shown:
    return Shown(
        unit=naming.group(row.group),
        url=url,
        first=first,
        whole=row.group is None,
        label=naming.indicator(row.line.indicator),
        part=naming.items(row.line, answer) if row.line.items else "",
        measure=row.line.indicator.unit,
        period=naming.period(row.period) if answer.question.columns == "items" else "",
        cells=[(*_cell(figure), title) for figure, title in zip(row.figures, titles, strict=True)],
    )


def _cell(figure: Figure) -> tuple[str, bool, bool]:
    return format_cell(figure.cell, figure.decimals), figure.gap, figure.addable


@dataclass(frozen=True)
class Gap:
    """A period in which somebody's report is lacking."""

    period: str
    expected: int
    accepted: int
    elsewhere: int
    url: str


def gaps_of(answer: Answer, unit: Unit) -> list[Gap]:
    """The periods with gaps, and the page that names who is lacking."""
    from django.urls import reverse

    found = []
    for period in answer.gaps:
        covered = answer.covered(period)
        place = {"code": answer.definition.code, "period": period.key, "unit": unit.uid}
        found.append(
            Gap(
                in_words(period),
                covered.expected,
                covered.accepted,
                covered.elsewhere,
                reverse("reports:consolidated", kwargs=place),
            )
        )
    return found
