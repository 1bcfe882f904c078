"""What rules read besides a report's own figures: other periods of the unit, the units below it and beside it.

Only what some rule of the template reads is loaded, for all reports of a period at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nhipcau.core.numbers import CellState, unpack_many
from nhipcau.core.periods import Period, parse_period
from nhipcau.org.models import Placement, Unit
from nhipcau.org.queries import lay_below
from nhipcau.reports.design.checks import Finding, check_all
from nhipcau.reports.design.compiled import Rules
from nhipcau.reports.design.definition import Definition, load
from nhipcau.reports.design.expressions import PLANS
from nhipcau.reports.design.figures import Cells, cells_of
from nhipcau.reports.design.frames import Frame, middle
from nhipcau.reports.design.plans import plan_frame
from nhipcau.reports.models import Submission, SubmissionState, TemplateVersion
from nhipcau.reports.totals.days import span_of, tree_day
from nhipcau.reports.totals.lumps import STANDING

USUAL, USUAL_LEAST = 8, 3  # periods looked back on; fewer than so many say nothing of what is usual
PEERS_LEAST = 10  # units beside it: fewer would tell about one of them


def findings_of(report: Submission) -> list[Finding]:
    """What the rules find in a stored report."""
    return findings_of_all([report])[0]


def findings_of_all(reports: Sequence[Submission]) -> list[list[Finding]]:
    """The same for many, in their order."""
    return findings_in([(report, cells_of(report), report.narrative) for report in reports])


def findings_in(given: Sequence[tuple[Submission, Cells, Mapping[str, str]]]) -> list[list[Finding]]:
    """What the rules find in those figures and words, given as the reports' own; stored or not yet stored."""
    groups: dict[tuple[int, str], list[int]] = {}
    for place, (report, _, _) in enumerate(given):
        groups.setdefault((report.version_id, report.period), []).append(place)
    found: dict[int, list[Finding]] = {}
    for places in groups.values():
        report = given[places[0]][0]
        definition, period = load(report.version.definition), parse_period(report.period)
        frames = around(report.version, definition, period, [given[place][0].unit_id for place in places])
        checked = check_all(definition, [given[place][1:] for place in places], frames)
        found |= dict(zip(places, checked, strict=True))
    return [found[place] for place in range(len(given))]


def around(
    version: TemplateVersion, definition: Definition, period: Period, units: Sequence[int]
) -> dict[str, Frame]:
    """The frames that the template's rules read, a row for each of the units (ids)."""
    needs = Rules(definition).needs
    loading = _Loading(version, definition, period, units)
    frames: dict[str, Frame] = {}
    if needs & {"previous", "last_year", "usual"}:
        frames |= loading.earlier(needs)
    if "children" in needs:
        frames["children"] = loading.children()
    if "peers" in needs:
        frames["peers"] = loading.peers()
    return frames | {name: plan_frame(name, version, definition, period, units) for name in PLANS if name in needs}


@dataclass(frozen=True)
class _Loading:
    version: TemplateVersion
    definition: Definition
    period: Period
    units: Sequence[int]

    def earlier(self, needs: Iterable[str]) -> dict[str, Frame]:
        """Accepted figures of the units' own: a period before, a year before, the middle of the latest."""
        back = [self.period]
        for _ in range(USUAL if "usual" in needs else 1):
            back.append(back[-1].previous())
        keys = {"previous": back[1].key, "last_year": self.period.same_last_year().key}
        wanted = {key for name, key in keys.items() if name in needs}
        wanted |= {one.key for one in back[1:]} if "usual" in needs else set()
        accepted = Submission.objects.filter(
            version__template=self.version.template_id, period__in=wanted, unit__in=set(self.units),
            state=SubmissionState.ACCEPTED,
        )  # fmt: skip
        by_period = {key: self._by_unit(accepted.filter(period=key)) for key in sorted(wanted)}
        frames = {name: by_period[key] for name, key in keys.items() if name in needs}
        if "usual" in needs:
            past = [by_period[one.key] for one in back[1:]]
            values = np.stack([frame.values for frame in past], axis=1)
            known = np.stack([frame.known for frame in past], axis=1)
            frames["usual"] = middle(values, known, USUAL_LEAST)
        return frames

    def children(self) -> Frame:
        """Added up from every accepted report of the units below; unknown where there is none, or too large."""
        frame = Frame.empty(len(self.units), len(self.version.cells))
        span, axis = span_of(self.definition, self.period), self.version.template.axis
        units = Unit.objects.in_bulk(set(self.units))
        for row, unit in enumerate(units[pk] for pk in self.units):
            below = lay_below("unit", unit, span, axis)
            reports = self._of_period(Submission.objects.filter(below, state=SubmissionState.ACCEPTED))
            rough = np.abs(reports.values.astype(np.float64)).sum(axis=0)
            frame.known[row] = reports.known.any(axis=0) & (rough < 2**62)
            frame.values[row] = np.where(frame.known[row], reports.values.sum(axis=0), 0)
        return frame

    def peers(self) -> Frame:
        """The middle of what units of the same kind under the same superior have sent, without the unit itself."""
        frame = Frame.empty(len(self.units), len(self.version.cells))
        day, axis = tree_day(self.definition, self.period), self.version.template.axis
        placed = Placement.objects.at(day).filter(axis=axis, parent__isnull=False)
        own = placed.filter(child__in=set(self.units)).values_list("child", "parent", "child__kind")
        seats = {child: (parent, kind) for child, parent, kind in own}
        for parent, kind in set(seats.values()):
            beside = placed.filter(parent=parent, child__kind=kind).values("child")
            sent = Submission.objects.filter(unit__in=beside, state__in=STANDING)
            reports = self._of_period(sent)
            senders = np.array(list(self._latest(sent)), np.int64)
            for row, unit in enumerate(self.units):
                if seats.get(unit) == (parent, kind):
                    others = senders != unit
                    found = middle(reports.values[None, others], reports.known[None, others], PEERS_LEAST)
                    frame.values[row], frame.known[row] = found.values[0], found.known[0]
        return Frame(frame.values, frame.known, 2)

    def _latest(self, reports: Any) -> dict[int, Submission]:
        """Of the period, by unit."""
        own = reports.filter(version=self.version, period=self.period.key).order_by("unit", "revision")
        return {report.unit_id: report for report in own}

    def _of_period(self, reports: Any) -> Frame:
        return self._frame([bytes(report.payload) for report in self._latest(reports).values()])

    def _frame(self, payloads: Sequence[bytes]) -> Frame:
        values, states = unpack_many(payloads, len(self.version.cells))
        return Frame.of(values, states)

    def _by_unit(self, reports: Any) -> Frame:
        """A row for each unit; cells of an earlier version are matched by key, and by decimals."""
        frame = Frame.empty(len(self.units), len(self.version.cells))
        found = {report.unit_id: report for report in reports}
        versions = TemplateVersion.objects.in_bulk({report.version_id for report in found.values()})
        columns = {pk: self._columns(version) for pk, version in versions.items()}
        for row, unit in enumerate(self.units):
            report = found.get(unit)
            if report is None:
                continue
            values, states = unpack_many([bytes(report.payload)], len(versions[report.version_id].cells))
            ours, theirs = columns[report.version_id]
            frame.values[row, ours] = values[0, theirs]
            frame.known[row, ours] = states[0, theirs] == CellState.VALUE
        return frame

    def _columns(self, version: TemplateVersion) -> tuple[list[int], list[int]]:
        """Places here and there of the cells that mean the same."""
        if version.pk == self.version.pk:
            whole = list(range(len(version.cells)))
            return whole, whole
        theirs = {
            item.code: (place, item.decimals) for place, item in enumerate(load(version.definition).entered())
        }
        pairs = [
            (place, theirs[item.code][0])
            for place, item in enumerate(self.definition.entered())
            if item.code in theirs and theirs[item.code][1] == item.decimals
        ]
        return [here for here, _ in pairs], [there for _, there in pairs]
