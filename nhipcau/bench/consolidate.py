"""Consolidation of a nation: every node, one province, one node, coverage; against one row per value in SQL.

`every_node` is `consolidate --every-node`, coverage included; `province` and `node_total` are `consolidate --unit`.
The peers' statements stand in `rowwise`. Memory is that of a process of its own.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from nhipcau.bench import rowwise
from nhipcau.bench.instance import temporary_instance
from nhipcau.bench.measure import Case, Options, Report, measure, middle
from nhipcau.bench.nation import AT, INDICATORS, UNITS, Nation, analyse, build

if TYPE_CHECKING:
    from nhipcau.org.columns import Ints
    from nhipcau.org.models import Unit
    from nhipcau.reports.totals.engine import Consolidated, EveryNode

PERIODS = 2
FETCH = "fetch the same payloads with the same driver and add them once"
READ_REPORTS = "read the same payloads with the same driver"
READ_ROW = "read the stored row by its key"
MEMORY = """
import django
django.setup()
from nhipcau.bench.consolidate import {work}
from nhipcau.bench.measure import peak_mb
{work}()
print(peak_mb())
"""


def run(options: Options) -> Report:
    """The last of `periods` half-years of a nation of `units` and `indicators`."""
    units = options.size("units", UNITS)
    indicators, periods = options.size("indicators", INDICATORS), options.size("periods", PERIODS)
    with temporary_instance(options.database_url) as database:
        nation = build(units=units, indicators=indicators, periods=periods, say=options.say)
        options.say("one row per value …")
        values = rowwise.fill_values(nation.version, nation.periods[-1])
        analyse()
        bench = _Bench(nation)
        found = [measure(case, options) for case in bench.cases()]
        found[0] |= {"resident_mb": _resident("add_up_nation"), "verify_resident_mb": _resident("verify_totals")}
    sizes = {"units": units, "indicators": indicators, "periods": periods, "values": values}
    return Report("consolidate", database, sizes, found)


class _Bench:
    """The sides of the cases over one nation."""

    def __init__(self, nation: Nation) -> None:
        from nhipcau.org.models import Unit

        self.nation, self.period, self.day = nation, nation.periods[-1], nation.day
        self.top, self.province = (Unit.objects.get(pk=int(nation.keys[place])) for place in (0, 1))
        small = int(nation.keys[np.flatnonzero(nation.shape.level == 2)[0]])
        self.superior = Unit.objects.get(pk=small)
        self.columns = len(nation.version.cells)

    def cases(self) -> Iterable[Case]:
        """In the order of the report."""
        every = partial(self.every_node, self.top)
        closure = partial(rowwise.every_node, self.day)
        fold = partial(rowwise.folded, self.day, self.columns)
        joined = "row per value joined to a closure, SQL GROUP BY"
        yield Case("every_node", every, joined, closure, FETCH, self.fetch, agree=self.same_everywhere)
        grouped = "row per value, GROUP BY parent in SQL, folded up"
        yield Case("every_node_folded", every, grouped, fold, FETCH, self.fetch, agree=self.same_inner)
        yield self._one("province", self.province)
        records = partial(rowwise.rows, rowwise.ONE_NODE, self.day, self.day, self.province.pk)
        joined = "row per value joined to a closure, SQL sum"
        reports = partial(self.reports_of, self.province)
        yield Case(
            "province_from_records", partial(self.figures, self.province), joined, records, READ_REPORTS, reports,
            agree=lambda ours, rows: ours == {int(cell): int(total) for cell, total in rows},
        )  # fmt: skip
        yield self._one("node_total", self.top)
        joined = "reports joined to a closure, SQL GROUP BY"
        once = "count the rows once"
        yield Case("coverage", self.coverage, joined, self.counted, once, self.count_once, agree=self.same_counts)

    def _one(self, name: str, unit: Unit) -> Case:
        """One node from its stored total; beside it, the same from the records and a node with few below it."""
        peer = partial(rowwise.rows, rowwise.ONE_NODE, self.day, self.day, unit.pk)
        return Case(
            name,
            partial(self.node, unit),
            "row per value joined to a closure, SQL sum",
            peer,
            READ_ROW,
            partial(self.row, unit),
            agree=self.same_node,
            more=lambda ours: self._beside(unit, ours),
        )

    def _beside(self, unit: Unit, ours: float) -> dict[str, float]:
        few = middle(partial(self.node, self.superior))
        records = middle(partial(self.every_node, unit))
        return {"of_a_superior_ms": few, "over_a_superior": round(ours / few, 2), "from_records_ms": records}

    def every_node(self, unit: Unit) -> EveryNode:
        from nhipcau.reports.totals.consolidation import from_records

        return from_records(version=self.nation.version, period=self.period, unit=unit, at=AT)

    def node(self, unit: Unit) -> Consolidated:
        from nhipcau.reports.totals.consolidation import consolidate

        return consolidate(version=self.nation.version, period=self.period, unit=unit, at=AT)

    def fetch(self) -> Ints:
        from nhipcau.reports.totals.records import payloads

        total = np.zeros(self.columns, np.int64)
        for _, packed in payloads(self.nation.version, self.period):
            total += packed[:, : 8 * self.columns].view("<i8").sum(axis=0)
        return total

    def figures(self, unit: Unit) -> dict[int, int]:
        """The unit's total added up from the packed reports below it: the present cells, by their place."""
        from nhipcau.reports.design.templates import definition_of
        from nhipcau.reports.totals.engine import figures_of, ground_of

        definition = definition_of(self.nation.version)
        ground = ground_of(definition, self.period, unit, None, "territory")
        sheet = figures_of(ground, definition, self.nation.version, self.period)
        values, states = sheet.wide(ground.levels.row[:1])
        return {place: int(values[0, place]) for place in np.flatnonzero(states[0] == 1).tolist()}

    def reports_of(self, unit: Unit) -> int:
        from nhipcau.org.branches import branch
        from nhipcau.reports.totals.records import payloads

        units = branch(unit, self.day).ids
        return sum(len(packed) for _, packed in payloads(self.nation.version, self.period, units))

    def row(self, unit: Unit) -> list[Any]:
        from nhipcau.reports.models import NodeTotal

        return list(NodeTotal.objects.filter(totals__period=self.period.key, unit=unit).values_list("figures"))

    def _inputs(self) -> tuple[Any, ...]:
        from nhipcau.reports.design.definition import load
        from nhipcau.reports.totals.days import due_date_of
        from nhipcau.reports.totals.engine import whole_ground

        definition = load(self.nation.version.definition)
        ground = whole_ground(definition, self.period, "territory")
        return ground, definition, self.nation.version, self.period, due_date_of(definition, self.period)

    def coverage(self) -> Ints:
        from nhipcau.reports.totals.engine import coverage_of

        return coverage_of(*self._inputs())

    def counted(self) -> list[tuple[Any, ...]]:
        parameters = (self._late_from(), self.nation.version.pk, self.period.key, self.day, self.day)
        return list(rowwise.rows(rowwise.COVERAGE, *parameters))

    def count_once(self) -> list[tuple[Any, ...]]:
        return list(rowwise.rows(rowwise.COUNT_ONCE, self._late_from(), self.nation.version.pk, self.period.key))

    def _late_from(self) -> Any:
        import datetime as dt

        from django.db import connection

        from nhipcau.core.clock import VN

        due = self._inputs()[-1]
        moment = dt.datetime.combine(due + dt.timedelta(days=1), dt.time(), VN).astimezone(dt.UTC)
        return connection.ops.adapt_datetimefield_value(moment)

    # --- the same answers --------------------------------------------------------------------------------
    def same_everywhere(self, ours: EveryNode, table: str) -> bool:
        """Every present cell of every node; what SQL has no row for is not there with us either."""
        from nhipcau.org.columns import streamed

        values, present = self._matrix(ours, np.arange(len(ours)))
        found = np.zeros_like(values)
        seen = np.zeros(values.shape, bool)
        for chunk in streamed(f"SELECT ancestor_id, cell, total FROM {table}", ()):  # noqa: S608 - our own name
            node, cell, total = (np.array([int(row[k]) for row in chunk]) for k in range(3))
            places = ours.ground.tree.positions(node)
            found[places, cell], seen[places, cell] = total, True
        return bool((found == values).all() and (seen == present).all())

    def same_inner(self, ours: EveryNode, folded: dict[int, Ints]) -> bool:
        """The nodes that have others below them; a leaf's total is its own report."""
        tree = ours.ground.tree
        inner = np.flatnonzero(tree.end - np.arange(len(tree.ids)) > 1)
        values, _ = self._matrix(ours, inner)
        rows = [folded.get(unit) for unit in tree.ids[inner].tolist()]
        return all(
            (row is None and not own.any()) or (row is not None and bool((row == own).all()))
            for row, own in zip(rows, values, strict=True)
        )

    def _matrix(self, ours: EveryNode, positions: Ints) -> tuple[Ints, Any]:
        values, states = ours.sheet.wide(ours.ground.levels.row[positions])
        return values[:, : self.columns], states[:, : self.columns] == 1

    def same_node(self, ours: Consolidated, rows: list[tuple[Any, ...]]) -> bool:
        found = {int(cell): int(total) for cell, total in rows}
        kept = [ours.cells[key] for key in self.nation.version.cells]
        return all(
            (cell.state == 1) == (i in found) and cell.value == found.get(i, 0) for i, cell in enumerate(kept)
        )

    def same_counts(self, ours: Ints, rows: list[tuple[Any, ...]]) -> bool:
        """Received, accepted and late at every node that has any."""
        tree = self._inputs()[0].tree
        found = np.zeros((len(tree.ids), 3), np.int64)
        columns = np.array([[int(value) for value in row] for row in rows], np.int64)
        found[tree.positions(columns[:, 0])] = columns[:, 1:]
        return bool((found == ours[:, 1:4]).all())


def _resident(work: str) -> int:
    """Megabytes that a process of its own holds at most while it does that work on this instance."""
    command = [sys.executable, "-c", MEMORY.format(work=work)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own words
    return int(ran.stdout.split()[-1])


def add_up_nation() -> None:
    """Every node of the last period, as the command does."""
    from nhipcau.core.periods import parse_period
    from nhipcau.org.queries import root
    from nhipcau.reports.models import Submission, TemplateVersion
    from nhipcau.reports.totals.consolidation import from_records

    version = TemplateVersion.objects.select_related("template").get()
    period = parse_period(Submission.objects.order_by("-period").values_list("period", flat=True)[0])
    from_records(version=version, period=period, unit=root(period.last_day()), at=AT)


def verify_totals() -> None:
    """The stored totals recomputed, as `verify` does."""
    from nhipcau.reports.totals.totalsproof import TotalsProof

    if list(TotalsProof().findings(lambda _: None)):
        raise RuntimeError("Tổng đang lưu khác với số cộng lại.")
