"""Where a figure comes from: the submissions that add up to it, and the records behind each."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from nhipcau.core.errors import InvalidInput, NotFound
from nhipcau.core.numbers import CellState
from nhipcau.core.periods import Period
from nhipcau.org.models import Unit
from nhipcau.org.queries import branch_ids
from nhipcau.reports.design.definition import load
from nhipcau.reports.design.figures import cells_of
from nhipcau.reports.models import Submission, SubmissionSource, SubmissionState, TemplateVersion
from nhipcau.reports.totals.consolidation import consolidate, tree_day
from nhipcau.reports.totals.succession import carry
from nhipcau.reports.totals.views_of_tree import View, view_of


@dataclass(frozen=True)
class Leaf:
    """One unit's own accepted figure, and the recorded activities or letters it was filled from.

    `covers`: of how many units below this is the lump figure (số gộp); 0 for the unit's figure alone. On the tree
    of another day than the period's, an ended unit has a leaf for every unit that took a share: `value` is the
    share that counts at `counted_at`, `whole` the figure as it was reported.
    """

    unit: Unit
    submission: Submission
    value: int
    sources: tuple[SubmissionSource, ...]
    whole: int
    counted_at: int
    covers: int = 0

    @property
    def by_hand(self) -> int:
        """The part of the reported figure that no recorded source stands behind."""
        return self.whole - sum(source.value for source in self.sources)

    @property
    def handed_on(self) -> bool:
        """Whether the unit that reported it is not the one it counts at."""
        return self.counted_at != self.unit.pk


@dataclass(frozen=True)
class Trace:
    """A total and its leaves, which add up to it. Values are scaled by the indicator's decimals."""

    total: int
    decimals: int
    leaves: tuple[Leaf, ...]


def trace(
    *,
    version: TemplateVersion,
    indicator: str,
    period: Period,
    unit: Unit,
    at: dt.datetime,
    day: dt.date | None = None,
) -> Trace:
    """The lineage of one summed figure. Raises if the leaves do not add up: then nothing is shown as proven."""
    definition = load(version.definition)
    item = definition.indicator(indicator)
    if item is None:
        raise NotFound(f"Biểu mẫu «{definition.code}» không có chỉ tiêu «{indicator}».")
    if item.over_units != "sum":
        names = ", ".join(sorted(definition.formulas()[item.code].names))
        raise InvalidInput(f"«{item.label}» là số tính lại từ {names}; hãy xem nguồn của từng chỉ tiêu đó.")
    view = view_of(unit, tree_day(definition, period), day, version.template.axis)
    accepted = Submission.objects.filter(
        Q(unit__in=branch_ids(unit, day or tree_day(definition, period), version.template.axis))
        | Q(unit__in=view.handing),
        version__template=version.template_id,
        period=period.key,
        state=SubmissionState.ACCEPTED,
    )
    ordered = accepted.select_related("unit__kind", "version").order_by("unit__kind__rank", "unit")
    reports = [report for report in ordered if view.lands(report.unit_id)]
    sources, covers = _sources(indicator, accepted), _covers(accepted)
    leaves = [
        leaf
        for report in reports
        for leaf in _leaves(report, indicator, view, tuple(sources[report.pk]), covers.get(report.pk, 0))
    ]
    total = consolidate(version=version, period=period, unit=unit, at=at, day=day).cells[indicator].value
    if sum(leaf.value for leaf in leaves) != total:
        raise InvalidInput(f"Nguồn của «{item.label}» không cộng lại đúng bằng {total}; hãy chạy «nhipcau doctor».")
    return Trace(total, item.decimals, tuple(leaves))


def _leaves(
    report: Submission, indicator: str, view: View, sources: tuple[SubmissionSource, ...], covers: int
) -> Iterator[Leaf]:
    cell = cells_of(report)[indicator]
    if cell.state is not CellState.VALUE:
        return
    for unit, (share,) in carry(report.unit_id, (cell.value,), view.heirs).items():
        if share and unit in view.index:
            yield Leaf(report.unit, report, share, sources, cell.value, unit, covers)


def _sources(indicator: str, reports: QuerySet[Submission]) -> dict[int, list[SubmissionSource]]:
    grouped: dict[int, list[SubmissionSource]] = defaultdict(list)
    rows = SubmissionSource.objects.filter(cell=indicator, submission__in=reports.values("pk"))
    for row in rows.select_related("activity__type", "document").order_by("pk"):
        grouped[row.submission_id].append(row)
    return grouped


def _covers(reports: QuerySet[Submission]) -> dict[int, int]:
    """How many units stand in each lump, by submission id."""
    rows = Submission.covers.through.objects.filter(submission__in=reports.values("pk")).values_list("submission")
    return dict(rows.annotate(count=Count("unit")))
