"""Stored totals of inner nodes: recomputed from direct children when something below changed, not by the submitter.

Whoever changes what counts leaves a mark (`DirtyMark`) in his own transaction. Bringing a period up to date takes
the marks committed so far, recomputes the nodes above them level by level from their direct children, and deletes
those marks, all in one transaction and one snapshot under the period's row (`Totals`): one at a time for a period,
so that nobody can lock in another order, and a reader sees all of it or nothing. A change that commits meanwhile
keeps its mark. Repeating it changes nothing; a process that dies in it leaves totals and marks as they were.

If the tree of the period, its units, or the due date are no longer those the totals were made with, all of them are
made anew. What is late only because the due date has passed depends on the moment of reading, so it is not stored.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet

from nhipcau.core.errors import InvalidInput, NhipCauError
from nhipcau.core.numbers import pack_many, unpack_many
from nhipcau.core.periods import Period, parse_period
from nhipcau.org.branches import Branch, lay_out
from nhipcau.org.bulk import append, fill
from nhipcau.org.columns import AMONG, NOWHERE, Ints, listed
from nhipcau.org.models import Unit
from nhipcau.org.soundness import tree_version
from nhipcau.org.unit_facts import unit_facts
from nhipcau.reports.design.definition import Definition
from nhipcau.reports.design.figures import with_formulas
from nhipcau.reports.design.rollup import Rollup
from nhipcau.reports.design.templates import definition_of
from nhipcau.reports.models import DirtyMark, NodeTotal, Submission, TemplateVersion, Totals
from nhipcau.reports.totals import coverage as covering
from nhipcau.reports.totals.arrays import cells_of_wide, weighed
from nhipcau.reports.totals.coverage import Coverage
from nhipcau.reports.totals.days import due_date_of
from nhipcau.reports.totals.engine import (
    Consolidated,
    EveryNode,
    Ground,
    coverage_of,
    figures_of,
    whole_ground,
)
from nhipcau.reports.totals.families import Families, Row, children, counted
from nhipcau.reports.totals.records import FEW, of_other_versions
from nhipcau.reports.totals.succession import Heirs

logger = logging.getLogger(__name__)
BATCH = 1000
TRIES = 20
OVERTAKEN = "40001"  # PostgreSQL: somebody else brought the period up to date since the snapshot


def mark(report: Submission) -> None:
    """What the report says, or whether it is in, changes: inside the transaction of that change."""
    append(DirtyMark, version_id=report.version_id, period=report.period, unit_id=report.unit_id)


def settle(*, at: dt.datetime) -> int:
    """Bring every period up to date in which something changed; returns how many. Safe to repeat."""
    marked = set(DirtyMark.objects.order_by().values_list("version", "period").distinct())
    outdated = Totals.objects.exclude(tree=tree_version()).values_list("version", "period")
    settled = 0
    for pk, key in sorted(marked | set(outdated)):
        version = TemplateVersion.objects.select_related("template").get(pk=pk)
        try:
            bring_up_to_date(version, parse_period(key), at=at)
            settled += 1
        except NhipCauError:  # damaged figures: named by `verify` and to whoever asks for the total
            logger.exception("Không tính lại được tổng kỳ %s của biểu mẫu %s", key, version.template.code)
    return settled


def bring_up_to_date(version: TemplateVersion, period: Period, *, at: dt.datetime, wait: bool = True) -> Totals:
    """The period's totals as the records are now; without `wait` as they stand if somebody is just at it."""
    definition = definition_of(version)
    due = due_date_of(definition, period)
    standing = Totals.objects.filter(version=version, period=period.key).first()
    if standing is not None and _holds(standing, due) and not marks_of(version, period).exists():
        standing.at = at  # nothing has changed since
        return standing
    Totals.objects.get_or_create(version=version, period=period.key)
    shown = standing if not wait and standing is not None and standing.at is not None else None
    for attempt in range(TRIES):
        try:
            with _snapshot():
                totals = _held(version, period, wait=shown is None)
                if totals is None and shown is not None:
                    return shown
                assert totals is not None  # noqa: S101 - it was waited for
                _bring(totals, version, period, definition, due)
                totals.tree, totals.due, totals.at = tree_version(), due, at
                totals.save()
                return totals
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") != OVERTAKEN or attempt + 1 == TRIES:
                raise
    raise AssertionError  # the last try returns or raises


@contextmanager
def _snapshot() -> Iterator[None]:
    """A transaction that reads everything as of one moment; on SQLite every writer is alone anyway."""
    inside = connection.in_atomic_block
    with transaction.atomic():
        if connection.vendor == "postgresql" and not inside:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def marks_of(version: TemplateVersion, period: Period) -> QuerySet[DirtyMark]:
    """What is waiting to be taken into the period's totals."""
    return DirtyMark.objects.filter(version=version, period=period.key)


def _holds(totals: Totals, due: dt.date) -> bool:
    return totals.at is not None and totals.due == due and totals.tree == tree_version()


def _held(version: TemplateVersion, period: Period, *, wait: bool) -> Totals | None:
    """The period's row, locked; None if somebody holds it who is not to be waited for."""
    skipping = not wait and connection.features.has_select_for_update_skip_locked
    rows = Totals.objects.select_for_update(skip_locked=skipping)
    return rows.filter(version=version, period=period.key).first()


def _bring(totals: Totals, version: TemplateVersion, period: Period, definition: Definition, due: dt.date) -> None:
    marks = marks_of(version, period).order_by("pk")
    dirty = dict(marks.values_list("pk", "unit"))
    ground = whole_ground(definition, period, version.template.axis)
    shape = totals.shape
    if not _holds(totals, due):
        shape = shape_of(ground.tree)
    units = _with_lumps(version, period, set(dirty.values()))
    if totals.at is None or totals.due != due or shape != totals.shape or len(units) * FEW > len(ground.units):
        totals.shape = shape or shape_of(ground.tree)
        _make_anew(totals, version, period, ground, definition, due)
    elif units:
        _recompute(totals, version, period, ground, definition, due, units)
    keys = list(dirty)
    for start in range(0, len(keys), BATCH):
        DirtyMark.objects.filter(pk__in=keys[start : start + BATCH]).delete()


def shape_of(tree: Branch) -> str:
    """SHA-256 over the tree and what totals ask of its units."""
    facts = unit_facts()
    rows = facts.rows(tree.ids)
    running = hashlib.sha256()
    for column in (tree.ids, tree.depth, facts.kind[rows], facts.members[rows]):
        running.update(np.ascontiguousarray(column, "<i8").tobytes())
    return running.hexdigest()


def _with_lumps(version: TemplateVersion, period: Period, units: Iterable[int]) -> set[int]:
    """The units, and those that stand or stood in a lump of one of them."""
    found, wanted = set(units), list(units)
    through = Submission.covers.through.objects.filter(
        submission__version__template=version.template_id, submission__period=period.key
    )
    for start in range(0, len(wanted), BATCH):
        inside = through.filter(submission__unit__in=wanted[start : start + BATCH])
        found.update(inside.values_list("unit", flat=True))
    return found


# --- all of a period -------------------------------------------------------------------------------------
def _make_anew(
    totals: Totals, version: TemplateVersion, period: Period, ground: Ground, definition: Definition, due: dt.date
) -> None:
    NodeTotal.objects.filter(totals=totals).delete()
    rows = list(computed(version, period, ground, definition, due))
    if not rows:
        return  # nobody stands below anybody
    units, figures, counts, reported = zip(*rows, strict=True)
    columns = {"unit_id": units, "figures": figures, "counts": counts, "reported": reported}
    fill(NodeTotal, columns, {"totals_id": totals.pk})


def computed(
    version: TemplateVersion,
    period: Period,
    ground: Ground,
    definition: Definition,
    due: dt.date,
    *,
    sealed: bool = False,
) -> Iterable[tuple[int, bytes, bytes, bool]]:
    """(unit, figures, counts, reported) of every inner node, from the records; `sealed` as they were sealed."""
    sheet = figures_of(ground, definition, version, period, sealed=sealed)
    counts = coverage_of(ground, definition, version, period, due)
    inner = np.flatnonzero(ground.tree.end - np.arange(len(ground.tree.ids)) > 1)
    rows = ground.levels.row[inner]
    packed = pack_many(*sheet.wide(rows))
    units, reported = ground.tree.ids[inner].tolist(), sheet.reported(rows).tolist()
    return zip(units, packed, map(counted, counts[inner]), reported, strict=True)


# --- a few nodes of it -----------------------------------------------------------------------------------
def _recompute(
    totals: Totals,
    version: TemplateVersion,
    period: Period,
    ground: Ground,
    definition: Definition,
    due: dt.date,
    units: set[int],
) -> None:
    """The nodes above the units, and those of the units that are inner nodes themselves, the deepest first."""
    if len(of_other_versions(version, period)):
        raise InvalidInput("Trong kỳ này có báo cáo theo phiên bản biểu mẫu khác; chưa cộng chung được.")
    wanted = concerned(ground.tree, np.array(sorted(units), np.int64))
    families = Families(version, period, ground, definition, due)
    depths = ground.tree.depth[wanted]
    for depth in sorted(set(depths.tolist()), reverse=True):
        _store(totals, families.fold(wanted[depths == depth], lambda ids: rows_of(totals, ids)))


def concerned(tree: Branch, units: Ints) -> Ints:
    """The positions of the inner nodes whose totals those units are in, ascending."""
    found: set[int] = set()
    positions = tree.positions(units)
    for position in positions[positions != NOWHERE].tolist():
        here = position
        while here != NOWHERE and here not in found:
            found.add(here)
            here = int(tree.above[here])
    places = np.array(sorted(found), np.int64)
    inner: Ints = places[tree.end[places] - places > 1]
    return inner


def _store(totals: Totals, rows: Iterable[tuple[int, Row]]) -> None:
    NodeTotal.objects.bulk_create(
        [
            NodeTotal(totals=totals, unit_id=unit, figures=row.figures, counts=row.counts, reported=row.reported)
            for unit, row in rows
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["totals", "unit"],
        update_fields=["figures", "counts", "reported"],
    )


def rows_of(totals: Totals, units: Sequence[int]) -> dict[int, Row]:
    """The stored totals of those of the units that are inner nodes, read in one statement for up to a thousand."""
    found: dict[int, Row] = {}
    for start in range(0, len(units), BATCH):
        rows = NodeTotal.objects.filter(totals=totals, unit__in=units[start : start + BATCH])
        for unit, figures, counts, reported in rows.values_list("unit", "figures", "counts", "reported"):
            found[unit] = Row(bytes(figures), bytes(counts), reported)
    return found


# --- reading ---------------------------------------------------------------------------------------------
def nodes(
    version: TemplateVersion, period: Period, unit: Unit, at: dt.datetime, *, below: bool, wait: bool = True
) -> list[Consolidated]:
    """The unit, and with `below` those directly below it, in depth-first order; on the period's own tree."""
    definition = definition_of(version)
    units = [unit.pk]
    if below:
        tree = whole_ground(definition, period, version.template.axis).tree
        position = tree.positions(np.array([unit.pk]))[0]
        units += [] if position == NOWHERE else tree.ids[children(tree, int(position))].tolist()
    due: dt.date | None = due_date_of(definition, period)
    moment, inner = at, _settled(version, period, due, units)
    if inner is None:
        totals = bring_up_to_date(version, period, at=at, wait=wait)
        due, moment, inner = totals.due, totals.at or at, rows_of(totals, units)
    overdue = due is not None and covering.is_overdue(at, due)
    leaves = _leaves(version, period, [one for one in units if one not in inner], definition, at)
    found = leaves | {one: _node(one, row, definition, version, moment, overdue) for one, row in inner.items()}
    return [replace(found[one], depth=int(one != unit.pk)) for one in units]


_SETTLED = (
    "SELECT n.unit_id, n.figures, n.counts, n.reported FROM reports_totals t "
    "JOIN org_treeversion v ON v.id = 1 AND v.number = t.tree "
    "LEFT JOIN reports_nodetotal n ON n.totals_id = t.id AND n.unit_id {among} "
    "WHERE t.version_id = %s AND t.period = %s AND t.due = %s AND t.at IS NOT NULL AND NOT EXISTS "
    "(SELECT 1 FROM reports_dirtymark m WHERE m.version_id = t.version_id AND m.period = t.period)"
)


def _settled(
    version: TemplateVersion, period: Period, due: dt.date | None, units: Sequence[int]
) -> dict[int, Row] | None:
    """`rows_of` the period's totals if nothing has changed since they were made, else None.

    Written out and in one statement: every page asks for it, and to put four together takes longer than to answer.
    """
    given = (listed(units), version.pk, period.key, connection.ops.adapt_datefield_value(due))
    with connection.cursor() as cursor:
        cursor.execute(_SETTLED.format(among=AMONG[connection.vendor]), given)
        found = cursor.fetchall()
    if not found:
        return None
    inner = (row for row in found if row[0] is not None)
    return {unit: Row(bytes(figures), bytes(counts), bool(reported)) for unit, figures, counts, reported in inner}


def _node(
    unit: int, row: Row, definition: Definition, version: TemplateVersion, moment: dt.datetime, overdue: bool
) -> Consolidated:
    rollup = Rollup.of(definition)
    wide = unpack_many([row.figures], len(rollup.operators))
    cells = cells_of_wide(rollup, *wide)
    return Consolidated(
        unit_id=unit,
        depth=0,
        cells=with_formulas(definition, dict(zip(version.cells, cells, strict=True))),
        coverage=Coverage.at_moment(np.frombuffer(row.counts, "<i8").tolist(), overdue=overdue),
        at=moment,
        weighed=weighed(rollup, version.cells, wide[0][0]),
    )


def _leaves(
    version: TemplateVersion, period: Period, units: Sequence[int], definition: Definition, at: dt.datetime
) -> dict[int, Consolidated]:
    """Units with nobody below them, from their own records."""
    if not units:
        return {}
    whole = whole_ground(definition, period, version.template.axis).tree
    ids, none = np.array(units, np.int64), np.zeros(0, np.int64)
    forest = lay_out(ids, none, none)
    ground = Ground(forest, forest.ids, np.arange(len(units)), Heirs(), whole)
    due = due_date_of(definition, period)
    sheet = figures_of(ground, definition, version, period)
    counts = coverage_of(ground, definition, version, period, due)
    every = EveryNode(ground, sheet, counts, definition, version.cells, at, covering.is_overdue(at, due))
    return {node.unit_id: node for node in every}
