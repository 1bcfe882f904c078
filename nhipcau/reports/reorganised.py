"""What a reorganisation means for reports: who owes what a unit leaves, which sealed totals it reaches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from nhipcau.audit.actions import record
from nhipcau.core.actors import Actor
from nhipcau.core.clock import local_date
from nhipcau.core.periods import parse_period, period_of
from nhipcau.core.said import Said
from nhipcau.org.branches import Span
from nhipcau.org.journal import Journal
from nhipcau.org.models import Placement, Unit
from nhipcau.org.parts import Balance, Change, Effect, Figure
from nhipcau.org.queries import names_of
from nhipcau.reports.design.definition import Definition, load
from nhipcau.reports.models import (
    ReportTemplate,
    Seal,
    StaleFlag,
    Submission,
    SubmissionState,
    TemplateVersion,
)
from nhipcau.reports.sealing.reached import shifted
from nhipcau.reports.totals.conservation import balances
from nhipcau.reports.totals.consolidation import span_of
from nhipcau.reports.totals.owing import Owing

BATCH = 1000
UNDER_WAY = (
    SubmissionState.DRAFT,
    SubmissionState.READY,
    SubmissionState.RETURNED,
    SubmissionState.SUBMITTED,
)  # fmt: skip
HOW = {
    SubmissionState.DRAFT: "đang lập; cấp trên nhập thay",
    SubmissionState.READY: "chờ ký duyệt; trở lại đang lập, cấp trên nhập thay",
    SubmissionState.RETURNED: "bị trả lại; cấp trên nhập thay",
    SubmissionState.SUBMITTED: "đã gửi; chờ tiếp nhận",
}


class ReportPart:
    """Reports under way of units that end, the short-period report each owes, sealed totals on the changed tree.

    What a unit still owes falls to the level above: it may accept and enter reports of a unit that has ended.
    """

    name = "reports"
    label: str = Said("Báo cáo", "Reports")

    def preview(self, change: Change, at: dt.datetime) -> list[Effect]:
        """Reports under way, then duties for the period the event falls in, then sealed totals that change."""
        return [*self._under_way(change), *_owed(change), *_named(change), *_stale(change)]

    def _under_way(self, change: Change) -> Iterator[Effect]:
        for report in _open(change):
            definition = load(report.version.definition)
            what = f"{definition.name}, kỳ {parse_period(report.period).label_vi}"
            to, how = _above(change, report.unit_id), HOW[SubmissionState(report.state)]
            yield Effect(change.names[report.unit_id], what, to, how)

    def apply(self, change: Change, journal: Journal, *, actor: Actor, at: dt.datetime) -> int:
        """What waits for a signature that no post can give goes back to being drawn up, where the level above can
        take it over; sealed totals that no longer agree with the tree get a flag."""
        ready = [report.pk for report in _open(change) if report.state == SubmissionState.READY]
        back = journal.change(
            Submission.objects.filter(pk__in=ready), state=str(SubmissionState.DRAFT), ready_by_id=None
        )
        flags = list(_flags(change, at))
        for flag in journal.make(flags):
            record(
                actor=actor,
                action="reports.stale",
                obj=f"seal:{flag.seal.uid}",
                at=at,
                data={"flag": str(flag.uid), "cause": str(flag.cause.uid), "cells": sorted(flag.cells)},
            )
        return back + len(flags)

    def undo(self, change: Change, at: dt.datetime) -> list[str]:
        """Reports that were sent, accepted or sealed on the new tree."""
        touched = {*change.ended, *change.begun, *(one.unit for one in change.moved)}
        touched |= {pk for one in change.moved for pk in (one.before, one.after) if pk}
        sealed: set[int] = set()
        decided: set[int] = set()
        for keys in _chunks(sorted(touched)):
            seals = Seal.objects.filter(unit__in=keys, at__gt=change.event.at).select_related("version")
            sealed |= {seal.pk for seal in seals if _span(seal.version, seal.period).last >= change.day}
            after = Submission.objects.filter(unit__in=keys, decided_at__gt=change.event.at)
            decided |= {r.pk for r in after if r.decided_at and local_date(r.decided_at) >= change.day}
        reasons = [f"{len(sealed)} báo cáo đã chốt theo cây mới"] if sealed else []
        return reasons + (
            [f"{len(decided)} báo cáo đã được tiếp nhận hoặc trả lại theo cây mới"] if decided else []
        )

    def conserve(self, change: Change, at: dt.datetime) -> list[Balance]:
        """Every figure of every period at the top of the tree; and no report of a unit for a time after its end."""
        return [*_orphaned(change), *balances(day=change.day, at=at)]


def _open(change: Change) -> Iterator[Submission]:
    for keys in _chunks(list(change.ended)):
        rows = Submission.objects.filter(unit__in=keys, state__in=UNDER_WAY)
        yield from rows.select_related("version__template").order_by("unit", "period", "pk")


def _above(change: Change, unit: int) -> str:
    above = change.above[unit]
    return change.names[above] if above else ""


def _owed(change: Change) -> Iterator[Effect]:
    """The short-period report of each unit that ends within a period, unless it is accepted already."""
    eve = change.day - dt.timedelta(days=1)
    for version, definition in _versions(eve):
        period = period_of(eve, definition.period_kind, definition.calendar)
        if span_of(definition, period).last == eve:
            continue  # the period ends with the unit: an ordinary report
        for keys in _chunks(list(change.ended)):
            placed = Placement.objects.filter(child__in=keys, axis=version.template.axis, valid_to=change.day)
            owes = Unit.objects.filter(Owing.of(definition, version, period).filter())
            owing = placed.filter(child__in=owes.values("pk")).values_list("child", flat=True)
            given = Submission.objects.filter(
                unit__in=keys, version__template=version.template_id, period=period.key
            )
            given = given.filter(state__in=(*UNDER_WAY, SubmissionState.ACCEPTED))
            for unit in sorted(set(owing) - set(given.values_list("unit", flat=True))):
                what = f"{definition.name}, kỳ {period.label_vi} (phần đến {eve:%d/%m/%Y})"
                yield Effect(
                    change.names[unit], what, _above(change, unit), "còn nợ báo cáo kỳ ngắn; cấp trên nhập thay"
                )


def _named(change: Change) -> Iterator[Effect]:
    """Templates that name a unit which ends: from then on whoever takes over owes in its place (see `Owing`)."""
    for _version, definition in _versions(change.day):
        assigned = definition.assignment
        named = Unit.objects.filter(uid__in=[*assigned.branches, *assigned.units], pk__in=list(change.ended))
        for unit in named.order_by("pk").values_list("pk", flat=True):
            how = "biểu mẫu nêu tên đơn vị này; từ kỳ sau tính cho đơn vị kế thừa, hãy xem lại ở phiên bản sau"
            yield Effect(change.names[unit], definition.name, "", how)


def _orphaned(change: Change) -> Iterator[Balance]:
    """Reports that would count nowhere: their whole period lies after the end of their unit."""
    for keys in _chunks(list(change.ended)):
        sent = Submission.objects.filter(unit__in=keys, seal__isnull=False).select_related("version__template")
        for report in sent.order_by("unit", "period", "pk"):
            if _span(report.version, report.period).first >= change.day:
                label = f"Báo cáo của «{change.names[report.unit_id]}» cho kỳ sau ngày kết thúc"
                yield Balance(report.version.template.code, report.period, (Figure(label, "1", "0"),))


def _versions(day: dt.date) -> Iterator[tuple[TemplateVersion, Definition]]:
    for template in ReportTemplate.objects.order_by("code"):
        newest = template.versions.select_related("template").filter(first_day__lte=day).order_by("-number").first()
        if newest is not None:
            yield newest, load(newest.definition)


def _stale(change: Change) -> Iterator[Effect]:
    for shift in shifted(change):
        name = names_of([shift.seal.unit_id], change.day)[shift.seal.unit_id].name
        definition = load(shift.seal.version.definition)
        what = f"{definition.name}, kỳ {parse_period(shift.seal.period).label_vi}"
        yield Effect(
            name, what, name, f"đã chốt; {len(shift.joined)} báo cáo vào, {len(shift.left)} báo cáo ra khỏi tổng"
        )


def _flags(change: Change, at: dt.datetime) -> Iterator[StaleFlag]:
    for shift in shifted(change):
        yield from shift.flags(change.event, at)


def _span(version: TemplateVersion, period: str) -> Span:
    return span_of(load(version.definition), parse_period(period))


def _chunks(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]
