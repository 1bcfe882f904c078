"""`form import`: filled forms become drafts of the units' reports, each file wholly or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal
from uuid import UUID

from django.db import transaction

from nhipcau import boundary
from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.clock import local_date
from nhipcau.core.errors import Conflict, Fault, InvalidInput, NhipCauError
from nhipcau.core.periods import Period, parse_period
from nhipcau.exchange.xlsx import wordings
from nhipcau.exchange.xlsx.changes import Change, Changes, as_typed, changes, explanation_at
from nhipcau.exchange.xlsx.exporting import form_of
from nhipcau.exchange.xlsx.layout import Layout
from nhipcau.exchange.xlsx.reading import Filled, Named, understood
from nhipcau.exchange.xlsx.stamp import Stamp
from nhipcau.org.models import Post, Unit, UnitName
from nhipcau.org.queries import names_of
from nhipcau.reports.design.checks import anchor
from nhipcau.reports.design.definition import Severity
from nhipcau.reports.design.figures import cells_of
from nhipcau.reports.design.templates import version_for
from nhipcau.reports.filling.drafting import EDITABLE, OPEN, DraftChanges, open_draft, save_draft
from nhipcau.reports.models import Submission, TemplateVersion
from nhipcau.reports.totals.around import findings_in

Dispute = Literal[
    "refuse", "file", "keep"
]  # a cell changed here since: refuse the file, take its figure, keep ours
Acting = Callable[[Unit], Post]


@dataclass(frozen=True)
class Said:
    """What a rule of the template finds in the figures: by severity, where, in words."""

    severity: Severity
    where: str
    message: str


@dataclass(frozen=True)
class Received:
    """What became of one file. `accepted` without `changes`: it says nothing new."""

    name: str
    accepted: bool
    message: str
    unit: Unit | None = None
    unit_code: str = ""
    unit_name: str = ""
    template: str = ""
    template_name: str = ""
    period: str = ""
    changes: Sequence[Change] = ()
    faults: Sequence[Fault] = ()
    findings: Sequence[Said] = ()
    report: Submission | None = field(default=None, repr=False)

    @property
    def disputed(self) -> bool:
        """Whether it waits for the person to choose between the file and the report."""
        return not self.accepted and any(change.disputed for change in self.changes)


def import_forms(
    *,
    forms: Sequence[Named],
    acting: Acting,
    at: dt.datetime,
    via: str,
    dry_run: bool = False,
    disputes: Dispute = "refuse",
) -> Iterator[Received]:
    """Save every form that `read_raw` read as the draft of its unit's report, one transaction each.

    `acting` gives the post that acts for a unit, or raises. Nothing is written with `dry_run`. The same file again
    changes nothing and says so.
    """
    versions: dict[str, TemplateVersion] = {}
    filled = understood(forms, lambda stamp: form_of(_version(stamp, versions), stamp.section).layout)
    wanted = {one.stamp.unit for one in filled if one.stamp}
    units = Unit.objects.select_related("kind").in_bulk(wanted, field_name="uid")
    names = names_of([unit.pk for unit in units.values()], local_date(at))
    batch = _Batch(units, names, versions, acting, at, via, disputes, dry_run)
    for one in filled:
        yield batch.receive(one)


def _version(stamp: Stamp, known: dict[str, TemplateVersion]) -> TemplateVersion:
    if stamp.digest not in known:
        named = TemplateVersion.objects.filter(template__code=stamp.template, number=stamp.number)
        version = named.select_related("template").first()
        if version is None or version.digest != stamp.digest:
            raise InvalidInput(wordings.UNKNOWN_VERSION)
        known[stamp.digest] = version
    return known[stamp.digest]


@dataclass(frozen=True)
class _Batch:
    """What all files of one import share."""

    units: Mapping[UUID, Unit]
    names: Mapping[int, UnitName]
    versions: Mapping[str, TemplateVersion]
    acting: Acting
    at: dt.datetime
    via: str
    disputes: Dispute
    dry_run: bool

    def receive(self, filled: Filled) -> Received:
        """One file: what stood in its way is said, not raised."""
        about = Received(filled.name, accepted=False, message=filled.refused)
        if filled.refused or filled.stamp is None:
            return about
        unit = self.units.get(filled.stamp.unit)
        if unit is None:
            return replace(about, message=wordings.NO_UNIT)
        version, name = self.versions[filled.stamp.digest], self.names[unit.pk]
        named = replace(
            about, unit=unit, unit_code=name.code, unit_name=name.name,
            template=version.template.code, template_name=version.template.name, period=filled.stamp.period,
        )  # fmt: skip
        try:
            actor = self.acting(unit)
            about = named  # only who acts for a unit is told about it
            if filled.faults:
                raise InvalidInput(wordings.faulty(len(filled.faults)), filled.faults)
            task = _Task(
                filled, unit, version, form_of(version, filled.stamp.section).layout, actor, self.at, self.via
            )
            return task.run(about, self.disputes, dry_run=self.dry_run)
        except NhipCauError as error:
            faults = error.faults if isinstance(error, InvalidInput) else ()
            return replace(about, message=error.message, faults=faults)


@dataclass(frozen=True)
class _Task:
    """One readable file and the report it is for."""

    filled: Filled
    unit: Unit
    version: TemplateVersion
    layout: Layout
    actor: Post
    at: dt.datetime
    via: str

    def run(self, about: Received, disputes: Dispute, *, dry_run: bool) -> Received:
        period = parse_period(about.period)
        if version_for(self.version.template.code, period).pk != self.version.pk:
            raise Conflict(wordings.NEWER_VERSION)
        report = self._standing(period)
        now = cells_of(report) if report else {}
        found = changes(self.filled, self.layout, report, now, keep=disputes == "keep")
        about = replace(about, changes=found.said, report=report)
        if found.disputed and disputes == "refuse":
            return replace(about, message=wordings.disputed(len(found.disputed)))
        if not found:
            return replace(about, accepted=True, changes=(), message=wordings.NOTHING_NEW)
        if report is not None and report.state in OPEN and report.state not in EDITABLE:
            raise Conflict(wordings.closed(report.get_state_display()))
        self._guard(found, dry_run=dry_run)
        saved = None if dry_run else self._save(found, period, report)
        findings = self._findings(found, report if saved is None else saved)
        return replace(
            about, accepted=True, report=saved or report, findings=findings,
            message=wordings.taken(len(found.said), preview=dry_run),
        )  # fmt: skip

    def _standing(self, period: Period) -> Submission | None:
        reports = Submission.objects.filter(
            unit=self.unit, version__template=self.version.template_id, period=period.key
        )
        return reports.select_related("version").order_by("-revision").first()

    def _guard(self, found: Changes, *, dry_run: bool) -> None:
        """The boundary, with the addresses of cells in its refusal; logged unless this is a preview."""
        texts = {f"narrative.{code}": text for code, text in found.narrative.items()}
        texts |= {f"explanations.{code}": text for code, text in found.explanations.items()}
        try:
            if dry_run:
                boundary.guard(texts, "narrative")
            else:
                screen(texts, "narrative", actor=self.actor, at=self.at)
        except boundary.BoundaryRefused as refusal:
            faults = [Fault(self._where(fault.where), fault.message) for fault in refusal.faults]
            raise InvalidInput(refusal.message, faults) from refusal

    def _where(self, field: str) -> str:
        kind, _, code = field.partition(".")
        if kind == "narrative":
            return self.filled.at(code)
        rule = next(one for one in self.layout.definition.rules if one.code == code)
        return explanation_at(self.filled, self.layout, anchor(rule, self.layout.definition))

    def _save(self, found: Changes, period: Period, looked_at: Submission | None) -> Submission:
        """The draft as the unit itself would save it, and the entry that says which form it came from. Conflict if
        it was changed since the form was held against it."""
        assert self.filled.stamp is not None  # noqa: S101 - a refused file does not come here
        decimals = {code: item.decimals for code, item in self.layout.entered.items()}
        figures = {code: as_typed(cell, decimals[code]) for code, cell in found.figures.items()}
        with transaction.atomic():
            draft = open_draft(unit=self.unit, version=self.version, period=period, actor=self.actor, at=self.at)
            edits = looked_at.edits if looked_at is not None and looked_at.pk == draft.pk else draft.edits
            typed = DraftChanges(edits, figures, found.narrative, found.explanations)
            saved = save_draft(submission=draft, changes=typed, actor=self.actor, at=self.at)
            record(
                actor=self.actor,
                action="exchange.form_imported",
                obj=f"submission:{saved.uid}",
                at=self.at,
                data={"form": self.filled.stamp.nonce, "via": self.via, "cells": len(figures)},
            )
        return saved

    def _findings(self, found: Changes, report: Submission | None) -> tuple[Said, ...]:
        """What the rules say of the figures with the file's in them."""
        assert self.filled.stamp is not None  # noqa: S101 - a refused file does not come here
        cells = (cells_of(report) if report else {}) | dict(found.figures)
        about = report or Submission(unit=self.unit, version=self.version, period=self.filled.stamp.period)
        words = (report.narrative if report else {}) | dict(found.narrative)
        return tuple(
            Said(one.severity, ", ".join(self.filled.at(cell) for cell in one.cells), one.message)
            for one in findings_in([(about, cells, words)])[0]
        )
