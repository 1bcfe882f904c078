"""Sealed totals that a reorganisation reaches back to: reports below that joined or left the branch they stand for.

An event recorded late may fall before the last day of a period that is sealed. The seal stays as it is; a flag says
which units' figures are now counted elsewhere, and whoever sealed it answers as after any change.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Max, Q

from nhipcau.core.periods import parse_period
from nhipcau.org.models import Reorganisation, Unit
from nhipcau.org.parts import Change
from nhipcau.org.queries import superiors_during
from nhipcau.reports.design.definition import load
from nhipcau.reports.models import IssuedReport, Seal, SealKind, SigningState, StaleFlag, TemplateVersion
from nhipcau.reports.sealing.seals import changed_cells, contributors_of, standing_below
from nhipcau.reports.totals.consolidation import span_of

BATCH = 1000


@dataclass(frozen=True)
class Shift:
    """A seal, and the seals below that a total of today has and this one has not, or the other way about."""

    seal: Seal
    joined: Sequence[Seal]
    left: Sequence[Seal]

    def flags(self, event: Reorganisation, at: dt.datetime) -> Iterator[StaleFlag]:
        """A flag for every report that joined or left with figures; `replaced` is itself where it left."""
        keys = self.seal.version.cells
        empty = dict.fromkeys(keys)
        for cause in self.joined:
            if cells := changed_cells(keys, None, bytes(cause.own)):
                yield StaleFlag(seal=self.seal, cause=cause, cells=cells, event=event, raised_at=at)
        for cause in self.left:
            cells = {
                key: [now, empty[key]] for key, (_, now) in changed_cells(keys, None, bytes(cause.own)).items()
            }
            if cells:
                yield StaleFlag(seal=self.seal, cause=cause, replaced=cause, cells=cells, event=event, raised_at=at)


def shifted(change: Change) -> Iterator[Shift]:
    """Every seal that others rely on and whose branch the event has changed after it was made, in their order."""
    held = Seal.objects.filter(at__lte=change.event.at).order_by("version", "period")
    for version_id, key in held.values_list("version", "period").distinct():
        version = TemplateVersion.objects.select_related("template").get(pk=version_id)
        if span_of(load(version.definition), parse_period(key)).last < change.day:
            continue
        for seal in _relied_on(version, key, sorted(_above(change, version, key))):
            shift = _shift(seal)
            if shift.joined or shift.left:
                yield shift


def _above(change: Change, version: TemplateVersion, period: str) -> set[int]:
    """Whoever lies above a place that a unit left or came to."""
    axis, span = version.template.axis, span_of(load(version.definition), parse_period(period))
    ends = {pk for one in change.moved if one.axis == axis for pk in (one.before, one.after) if pk}
    ends |= set(change.ended)
    found = set(ends)
    for unit in Unit.objects.filter(pk__in=ends):
        found |= {one.pk for one in superiors_during(unit, span, axis)}
    return found


def _relied_on(version: TemplateVersion, period: str, units: Sequence[int]) -> Iterator[Seal]:
    """The last seal sent up by each unit, those under issued documents and under drafts out for signature."""
    for start in range(0, len(units), BATCH):
        same = Seal.objects.filter(version=version, period=period, unit__in=units[start : start + BATCH])
        last = same.filter(kind=SealKind.SUBMITTED).values("unit").annotate(last=Max("place"))
        wanted = Q(pk__in=IssuedReport.objects.filter(seal__in=same, restatement=None).values("seal"))
        wanted |= Q(signing_drafts__state__in=(SigningState.OUT, SigningState.NUMBERED))
        for unit, place in last.values_list("unit", "last"):
            wanted |= Q(unit=unit, place=place)
        rows = same.filter(wanted).select_related("unit", "version__template").order_by("pk").distinct()
        yield from rows


def _shift(seal: Seal) -> Shift:
    then = set(contributors_of(seal).tolist())
    now = set(standing_below(seal.version, parse_period(seal.period), seal.unit).tolist())
    known = set(seal.flags.values_list("cause", flat=True))
    rows = {one.pk: one for one in Seal.objects.filter(pk__in=(then ^ now) - known)}
    stay = {rows[pk].unit_id for pk in now - then if pk in rows} & {
        rows[pk].unit_id for pk in then - now if pk in rows
    }
    fresh = [one for pk, one in sorted(rows.items()) if one.unit_id not in stay]  # others were only corrected
    return Shift(seal, [one for one in fresh if one.pk in now], [one for one in fresh if one.pk in then])
