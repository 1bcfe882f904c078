"""Số liệu cũ: figures of the years before, taken over from a federation's own file and kept as what they are.

They stand as reports that nobody submitted here: accepted, sealed alone, every cell with the file and the place it
came from (docs/decisions/0026). Whatever reads earlier periods reads them like any other report. A unit that does
not report by the template gives the total of its branch; the units below then stand in it (số gộp), so that nothing
is counted twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from django.db import transaction

from nhipcau.audit.actions import Plain, record
from nhipcau.audit.screen import screen
from nhipcau.core.clock import local_date
from nhipcau.core.errors import Fault, InvalidInput, NotFound
from nhipcau.core.numbers import MISSING, Cell, CellState
from nhipcau.core.periods import Period
from nhipcau.core.text import clean
from nhipcau.documents.rights import require_own
from nhipcau.org.columns import NOWHERE
from nhipcau.org.models import Post, Role, Unit
from nhipcau.org.queries import lay_below
from nhipcau.org.scope import Scope
from nhipcau.reports.design.definition import Definition, Indicator
from nhipcau.reports.design.figures import Cells, cells_of, payload
from nhipcau.reports.design.templates import definition_of, versions_for
from nhipcau.reports.filling import history_words as words
from nhipcau.reports.models import (
    EntrySource,
    HistoryFile,
    ReportTemplate,
    SealKind,
    Submission,
    SubmissionSource,
    SubmissionState,
    TemplateVersion,
)
from nhipcau.reports.sealing import seals
from nhipcau.reports.sealing.staleness import mark, settle
from nhipcau.reports.totals import stored
from nhipcau.reports.totals.days import span_of
from nhipcau.reports.totals.engine import whole_ground
from nhipcau.reports.totals.lumps import in_other_lump, lock_units, lump_over, sent_alone
from nhipcau.reports.totals.owing import Owing

MOST_FAULTS = 200


@dataclass(frozen=True)
class OldFigures:
    """One row of the file. `where` names the row; `figures` are cells by their key with the place of each."""

    unit: Unit
    period: Period
    where: str
    figures: Mapping[str, tuple[Cell, str]]


@dataclass(frozen=True)
class SourceFile:
    """What is kept of the file."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Replaced:
    """A figure that another takes the place of."""

    unit: Unit
    period: Period
    item: Indicator
    place: str
    was: Cell
    now: Cell


@dataclass
class Outcome:
    """What was done, or would be: reports new, changed and unchanged; figures replaced; rows whose unit stands
    nowhere on the tree of its period, so that no total counts them."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    figures: int = 0
    replaced: list[Replaced] = field(default_factory=list)
    outside: list[tuple[Unit, Period]] = field(default_factory=list)


def keep_history(
    *,
    template: ReportTemplate,
    rows: Sequence[OldFigures],
    file: SourceFile,
    actor: Post,
    at: dt.datetime,
    replace: str = "",
    dry_run: bool = False,
) -> Outcome:
    """Keep the rows as figures of the years before, every one or none. The same rows again change nothing.

    `replace`: why figures that stand already give way to those of the file; without it a different figure is
    refused with both values. `dry_run` goes all the way and takes it back. InvalidInput names every cell refused.
    """
    require_own(actor.unit, Role.REPORTER, Role.APPROVER, actor=actor, at=at)
    reason, name = clean(replace), clean(file.name)[:250]
    screen({"reason": reason, "file": name}, "reason", actor=actor, at=at)
    scope = Scope(actor, at)
    seen = set(scope.units_ever().filter(pk__in={row.unit.pk for row in rows}).values_list("pk", flat=True))
    if any(row.unit.pk not in seen for row in rows):
        raise NotFound("Không có đơn vị này trong phạm vi của bạn.")
    with transaction.atomic():
        lock_units(seen)
        taking = _Taking(template, SourceFile(name, file.sha256), reason, actor, at)
        for period, some in _by_period(rows):
            taking.period(period, some)
        if taking.faults:
            count = len(taking.faults)
            raise InvalidInput(words.faulty(count), taking.faults[:MOST_FAULTS])
        taking.close()
        if dry_run:
            transaction.set_rollback(True)
    if not dry_run:
        settle(at=at)
    return taking.outcome


def _by_period(rows: Sequence[OldFigures]) -> Iterator[tuple[Period, list[OldFigures]]]:
    keys = sorted({row.period.key for row in rows})
    for key in keys:
        some = [row for row in rows if row.period.key == key]
        yield some[0].period, some


class _Taking:
    """A file under way, inside one transaction."""

    def __init__(
        self, template: ReportTemplate, file: SourceFile, reason: str, actor: Post, at: dt.datetime
    ) -> None:
        self.template, self.file, self.reason, self.actor, self.at = template, file, reason, actor, at
        self.outcome, self.faults, self.periods = Outcome(), list[Fault](), list[str]()
        self._kept: HistoryFile | None = None

    def period(self, period: Period, rows: Sequence[OldFigures]) -> None:
        """The rows of one period: units that report themselves first, then totals of branches."""
        (version,) = versions_for(self.template.code, [period], before=True)
        definition = definition_of(version)
        if period.last_day(definition.calendar) >= local_date(self.at):
            self.faults += [Fault(row.where, words.not_over(period)) for row in rows]
            return
        units = np.array([row.unit.pk for row in rows], np.int64)
        owing = Owing.of(definition, version, period)
        own = dict(zip(units.tolist(), owing.among(units).tolist(), strict=True))
        there = whole_ground(definition, period, version.template.axis).tree.positions(units) != NOWHERE
        self.outcome.outside += [(row.unit, period) for row, stands in zip(rows, there, strict=True) if not stands]
        standing = _standing(self.template, period, units.tolist())
        self.periods.append(period.key)
        for row in sorted(rows, key=lambda row: not own[row.unit.pk]):
            report = standing.get(row.unit.pk)
            if not self._allowed(row, report, definition):
                continue
            if report is not None and not self._says_more(row, report):
                self.outcome.unchanged += 1
                continue
            below = [] if own[row.unit.pk] else _branch(row.unit, version, definition, period, owing)
            if self._counted_once(row, below):
                self._keep(row, report, version, below)

    def _allowed(self, row: OldFigures, report: Submission | None, definition: Definition) -> bool:
        """Whether the row may stand beside what there is; what may not is named with both values."""
        if report is None:
            return True
        differing = list(_differing(row, report, definition))
        if not report.is_history or report.state != SubmissionState.ACCEPTED:
            if differing or report.state != SubmissionState.ACCEPTED or self._says_more(row, report):
                self.faults.append(Fault(row.where, words.reported(SubmissionState(report.state))))
                return False
            return True
        if differing and not self.reason:
            self.faults += [Fault(one.place, words.differs(one.item, one.was, one.now)) for one in differing]
            return False
        self.outcome.replaced += differing
        return True

    def _says_more(self, row: OldFigures, report: Submission) -> bool:
        before = cells_of(report)
        return any(
            cell.state is not CellState.MISSING and before.get(key, MISSING) != cell
            for key, (cell, _place) in row.figures.items()
        )

    def _counted_once(self, row: OldFigures, below: Sequence[Unit]) -> bool:
        """Whether no unit's work would be counted twice."""
        key, ids = row.period.key, [unit.pk for unit in below]
        lump = lump_over(row.unit, self.template.pk, key)
        alone = sent_alone(ids, self.template.pk, key)
        lumped = in_other_lump(_stub(row, self.template), ids) if ids else set()
        if lump is not None:
            self.faults.append(Fault(row.where, words.in_branch(lump.unit, self.at)))
        elif alone or lumped:
            self.faults.append(Fault(row.where, words.twice(alone | lumped, self.at)))
        return lump is None and not alone and not lumped

    def _keep(
        self, row: OldFigures, before: Submission | None, version: TemplateVersion, below: Sequence[Unit]
    ) -> None:
        given = {key: pair for key, pair in row.figures.items() if pair[0].state is not CellState.MISSING}
        cells: Cells = (cells_of(before) if before else {}) | {key: cell for key, (cell, _place) in given.items()}
        if before is not None:
            before.state = SubmissionState.SUPERSEDED
            before.save(update_fields=["state"])
        report = Submission.objects.create(
            unit=row.unit, version=version, period=row.period.key,
            revision=before.revision + 1 if before else 1, state=SubmissionState.ACCEPTED,
            payload=payload(version.cells, cells), entered_by_unit=self.actor.unit,
            entry_source=EntrySource.HISTORY, entry_note=words.note(self.file.name, self.file.sha256, self.reason),
            decided_by=self.actor, decided_at=self.at, created_at=self.at,
        )  # fmt: skip
        report.covers.set(below)
        SubmissionSource.objects.bulk_create(self._sources(report, given, before))
        report.seal = seal = seals.make(report=report, kind=SealKind.IMPORTED, actor=self.actor, at=self.at)
        report.save(update_fields=["seal"])
        mark(report, self.at)
        stored.mark(report)
        data: dict[str, Plain] = {"unit": str(row.unit.uid), "period": report.period, "revision": report.revision}
        data |= {"seal": seal.digest, "file": self.file.sha256, "cells": sorted(given)}
        obj = f"submission:{report.uid}"
        record(actor=self.actor, action="reports.history_kept", obj=obj, at=self.at, data=data)
        self.outcome.new += before is None
        self.outcome.changed += before is not None
        self.outcome.figures += len(given)

    def _sources(
        self, report: Submission, given: Mapping[str, tuple[Cell, str]], before: Submission | None
    ) -> Iterator[SubmissionSource]:
        """Where every figure comes from: this file, or the one it stood in before."""
        for key, (cell, place) in given.items():
            if cell.state is CellState.VALUE:
                yield SubmissionSource(
                    submission=report, cell=key, file=self._file(), place=place, value=cell.value
                )
        for old in before.sources.exclude(cell__in=given).order_by("pk") if before else ():
            yield SubmissionSource(
                submission=report, cell=old.cell, file_id=old.file_id, place=old.place, value=old.value
            )

    def _file(self) -> HistoryFile:
        if self._kept is None:
            self._kept, _created = HistoryFile.objects.get_or_create(
                template=self.template, sha256=self.file.sha256,
                defaults={"name": self.file.name, "imported_by": self.actor, "imported_at": self.at},
            )  # fmt: skip
        return self._kept

    def close(self) -> None:
        """One entry for the file, unless it changed nothing."""
        done = self.outcome
        if not done.new and not done.changed:
            return
        data: dict[str, Plain] = {"template": self.template.code, "sha256": self.file.sha256, "new": done.new}
        data |= {"changed": done.changed, "unchanged": done.unchanged, "periods": self.periods}
        data |= {"replaced": len(done.replaced)}
        obj = f"history:{self._file().uid}"
        record(actor=self.actor, action="reports.history_imported", obj=obj, at=self.at, data=data)


def _standing(template: ReportTemplate, period: Period, units: Iterable[int]) -> dict[int, Submission]:
    """The latest revision of each unit."""
    rows = Submission.objects.filter(version__template=template, period=period.key, unit__in=list(units))
    return {report.unit_id: report for report in rows.select_related("version", "unit").order_by("revision")}


def _differing(row: OldFigures, report: Submission, definition: Definition) -> Iterator[Replaced]:
    """Figures that stand otherwise; what is missing on one side differs from nothing."""
    before = cells_of(report)
    items = {item.code: item for item in definition.entered()}
    for key, (now, place) in row.figures.items():
        was = before.get(key, MISSING)
        if was != now and CellState.MISSING not in (was.state, now.state):
            yield Replaced(row.unit, row.period, items[key], place, was, now)


def _branch(
    unit: Unit, version: TemplateVersion, definition: Definition, period: Period, owing: Owing
) -> list[Unit]:
    """The units below that report by the template, and so stand in the total of the branch."""
    below = lay_below("pk", unit, span_of(definition, period), version.template.axis)
    return list(Unit.objects.filter(below, owing.filter()).exclude(pk=unit.pk).order_by("pk"))


def _stub(row: OldFigures, template: ReportTemplate) -> Submission:
    """As much of the report as the search for other lumps reads."""
    return Submission(unit=row.unit, version=TemplateVersion(template=template), period=row.period.key)


def require_template(code: str) -> ReportTemplate:
    """The template with that code. Raises NotFound."""
    found = ReportTemplate.objects.filter(code=code).first()
    if found is None:
        raise NotFound(words.no_template(code))
    return found
