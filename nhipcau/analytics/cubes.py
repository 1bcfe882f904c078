"""Answering a question: one Ibis expression over the facts, folded into exact cells.

For the same unit, period and tree the figures equal those of `reports.totals.consolidation`: the files hold the
same reports at the same places, and columns are folded by the same roll-ups.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from nhipcau.analytics.condensing import DEPTH
from nhipcau.analytics.engines import engine
from nhipcau.analytics.facts import Part, current_parts, number
from nhipcau.analytics.folding import Columns, Covered, Figures, Raw, figures_of, fold, over_time
from nhipcau.analytics.questions import Line, Question, cells_of_line, lines_of
from nhipcau.analytics.slices import Ask, Branch
from nhipcau.core.errors import InvalidInput, NotFound
from nhipcau.core.numbers import INT64_MAX, MISSING, Cell, add_cells
from nhipcau.core.periods import Period
from nhipcau.core.said import Said
from nhipcau.documents.rights import reads_contents
from nhipcau.org.models import Closure, Unit, UnitKind
from nhipcau.org.scope import Scope
from nhipcau.reports.design.definition import Definition
from nhipcau.reports.design.rollup import SUM
from nhipcau.reports.totals.consolidation import span_of
from nhipcau.reports.totals.suppression import touched


@dataclass(frozen=True)
class Group:
    """A unit of the answer. `path`: the units from the one asked for down to it. `alone`: units below it have
    groups of their own, so that here stand its own figures only."""

    unit: int
    path: tuple[int, ...]
    alone: bool = False


@dataclass(frozen=True)
class Answer:
    """The figures asked for. `whole` is the unit by period; `groups` are the units below it, none if nothing below
    was asked, with their figures in `of_groups`."""

    question: Question
    definition: Definition
    periods: list[Period]
    day: dt.date | None
    lines: list[Line]
    groups: list[Group]
    whole: Mapping[Period, Figures]
    of_groups: Mapping[int, Mapping[Period, Figures]]
    at: dt.datetime

    def cell(self, line: Line, period: Period | None, group: Group | None = None) -> Cell:
        """One figure: of a period, or None for all of them together; of a group, or None for the whole."""
        by_period = self.whole if group is None else self.of_groups[group.unit]
        if period is not None:
            return self._of(line, by_period.get(period, Figures()).cells)
        return self._of(line, over_time(self.definition, [by_period.get(one, Figures()) for one in self.periods]))

    def _of(self, line: Line, cells: Mapping[str, Cell]) -> Cell:
        if not line.items:
            return cells.get(line.indicator.code, MISSING)
        return add_cells(cells.get(code, MISSING) for code in cells_of_line(line, self.definition))

    def covered(self, period: Period, group: Group | None = None) -> Covered:
        """Who stands behind the figures of a period."""
        by_period = self.whole if group is None else self.of_groups[group.unit]
        return by_period.get(period, Figures()).covered

    @property
    def gaps(self) -> list[Period]:
        """The periods in which somebody's figures are lacking."""
        return [period for period in self.periods if not self.covered(period).complete]


def ask(*, question: Question, scope: Scope, at: dt.datetime) -> Answer:
    """The answer for a post. NotFound for a unit out of its sight or a post that reads no figures."""
    if not reads_contents(scope):
        raise NotFound("Chức danh này không xem số liệu báo cáo.")
    return answer(question=question, unit=scope.get_unit(question.unit), today=scope.day, at=at)


def answer(*, question: Question, unit: Unit, today: dt.date, at: dt.datetime) -> Answer:
    """The answer for a unit, whoever asks; for the operator's command line and the benches."""
    periods = question.in_order()
    day = today if question.tree == "now" else None
    parts = current_parts(question.template, periods, day)
    definitions = {part.version.pk: part.definition for part in parts}
    newest = definitions[parts[-1].version.pk]
    lines = lines_of(question, newest)
    _same_meaning(lines, newest, definitions.values())
    whole: dict[Period, Figures] = {}
    groups: dict[int, Group] = {}
    of_groups: dict[int, dict[Period, Figures]] = defaultdict(dict)
    opened = engine()
    for (version, depth), some in _alike(parts, unit, day).items():
        columns = Columns.of(definitions[version], question.indicators)
        _refuse_overflow(columns, some)
        brief = depth is not None and depth + question.below <= DEPTH
        files = [replace(part, path=part.brief) for part in some] if brief else some
        branch = Branch(unit.pk, depth, question.below, _kinds(question))
        rows = opened.rows(files, Ask(columns, branch))
        by_number = {number(part.period): part.period for part in some}
        for period, figures in figures_of(_wholes(rows, columns, unit.pk), columns, "outside"):
            whole[by_number[period["period"]]] = figures
        if question.below:
            groups |= _groups(rows, unit.pk, question.below)
            for row, figures in figures_of(rows, columns, "elsewhere"):
                of_groups[row["node"]][by_number[row["period"]]] = figures
    return Answer(
        question, newest, periods, day, lines, [groups[unit] for unit in sorted(groups)], whole, of_groups, at
    )


def _same_meaning(lines: Iterable[Line], newest: Definition, all_of_them: Iterable[Definition]) -> None:
    """Figures of two versions stand side by side only if they mean the same; suppressed ones not at all: every cut
    would be a further table to find small counts by."""
    for line in lines:
        for definition in all_of_them:
            if line.indicator.code in touched(definition):
                raise InvalidInput(
                    Said(
                        f"«{line.indicator.label}» là số đếm người được che ô nhỏ, không có trong phân tích.",
                        f"“{line.indicator.label}” counts people and hides small counts: analysis leaves it out.",
                    )
                )
            other = definition.indicator(line.indicator.code)
            mine = line.indicator
            if other is not None and (other.decimals, other.over_units, other.over_time, other.unit) != (
                mine.decimals, mine.over_units, mine.over_time, mine.unit,
            ):  # fmt: skip
                raise InvalidInput(
                    Said(
                        f"«{mine.label}» đổi cách tính giữa các phiên bản biểu mẫu; hãy xem riêng từng khoảng kỳ.",
                        f"«{mine.label}» is computed differently by different versions of the form; look at "
                        "each span of periods by itself.",
                    )
                )


def _alike(parts: Sequence[Part], unit: Unit, day: dt.date | None) -> dict[tuple[int, int | None], list[Part]]:
    """The files by version and by the depth of the unit on their trees, so that each lot is one query."""
    axis = parts[0].version.template.axis
    reaches = list(
        Closure.objects.filter(descendant=unit, axis=axis).values_list("valid_from", "valid_to", "depth")
    )
    lots: dict[tuple[int, int | None], list[Part]] = defaultdict(list)
    for part in parts:
        on = day or span_of(part.definition, part.period).last
        depths = [depth for since, until, depth in reaches if since <= on and (until is None or until > on)]
        lots[part.version.pk, max(depths, default=None)].append(part)
    return lots


def _refuse_overflow(columns: Columns, parts: Sequence[Part]) -> None:
    """Engines add in 64 bits or more; a sum that could leave them is refused before it is asked for."""
    for column in columns.wanted:
        if columns.rollup.operators[column] == SUM and sum(part.bounds[column] for part in parts) > INT64_MAX:
            raise InvalidInput("Tổng vượt quá giới hạn tính toán; hãy kiểm tra những số liệu lớn bất thường.")


def _kinds(question: Question) -> tuple[int, ...] | None:
    if not question.kinds:
        return None
    return tuple(UnitKind.objects.filter(code__in=question.kinds).values_list("pk", flat=True))


def _wholes(rows: Iterable[Raw], columns: Columns, unit: int) -> list[Raw]:
    """The rows of every period folded to one: the unit with everything below it."""
    by_period: dict[int, list[Raw]] = defaultdict(list)
    for row in rows:
        by_period[row["period"]].append(row)
    return [fold(some, columns, unit) for some in by_period.values()]


def _groups(rows: Iterable[Raw], unit: int, below: int) -> dict[int, Group]:
    paths: dict[int, tuple[int, ...]] = {}
    for row in rows:
        steps = [row[f"path{step}"] for step in range(1, below + 1)]
        paths[row["node"]] = (unit, *(step for step in steps if step is not None))
    above = {superior for path in paths.values() for superior in path[:-1]}
    return {node: Group(node, path, node in above) for node, path in paths.items()}
