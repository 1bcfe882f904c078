"""Where a figure comes from: the submissions that stand behind it, and the records behind each.

A figure that adds up over units comes from leaves that add up to it; the least or greatest from leaves of which one
is it; a mean from leaves whose values, weighed, give it; a figure that does not roll up from one leaf alone. The
leaves are always put together again before any is shown.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, Q, QuerySet

from nhipcau.core.errors import InvalidInput, NotFound
from nhipcau.core.numbers import Cell, CellState, unpack_many
from nhipcau.core.periods import Period
from nhipcau.core.said import Said
from nhipcau.org.branches import Span
from nhipcau.org.models import Unit
from nhipcau.org.queries import lay_below
from nhipcau.reports.design.definition import Definition, Indicator, OverUnits, load
from nhipcau.reports.models import Submission, SubmissionSource, SubmissionState, TemplateVersion
from nhipcau.reports.totals.consolidation import Consolidated, consolidate, span_of
from nhipcau.reports.totals.succession import carry, home_of, indicators_of
from nhipcau.reports.totals.views_of_tree import View, view_of

CHUNK = 2000


@dataclass(frozen=True)
class Leaf:
    """One unit's own accepted figure, and the recorded activities or letters it was filled from.

    `covers`: of how many units below this is the lump figure (số gộp); 0 for the unit's figure alone. On the tree
    of another day than the period's, an ended unit has a leaf for every unit that took a share: `value` is the
    share that counts at `counted_at`, `whole` the figure as it was reported. A mean counts by `product` over
    `weight`.
    """

    unit: Unit
    submission: Submission
    value: int
    sources: tuple[SubmissionSource, ...]
    whole: int
    counted_at: int
    covers: int = 0
    weight: int = 0
    product: int = 0

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
    """A figure and its leaves, scaled by the indicator's decimals; `rollup` says how they give the total."""

    total: int
    decimals: int
    leaves: tuple[Leaf, ...]
    rollup: OverUnits = "sum"


def trace(
    *,
    version: TemplateVersion,
    indicator: str,
    period: Period,
    unit: Unit,
    at: dt.datetime,
    day: dt.date | None = None,
) -> Trace:
    """The lineage of one figure over its whole branch. Raises if the leaves do not give it."""
    roots = _Roots(version, indicator, period, unit, day)
    total = consolidate(version=version, period=period, unit=unit, at=at, day=day).cells[indicator]
    return roots.proven(list(roots.leaves(roots.branch())), total)


def own_part(
    *,
    version: TemplateVersion,
    indicator: str,
    period: Period,
    every: Sequence[Consolidated],
    unit: Unit,
    day: dt.date | None = None,
) -> Trace:
    """What counts at the unit itself: its own figure and what ended units left it.

    `every` are the nodes of the unit and those directly below, whose figures must give the unit's together with
    these. A branch of any size costs the same.
    """
    roots = _Roots(version, indicator, period, unit, day)
    here = [leaf for leaf in roots.leaves(roots.node()) if leaf.counted_at == unit.pk]
    if roots.item.over_units == "sum":
        below = [node.cells[indicator].value for node in every if node.depth == 1]
        roots.refuse_unless(sum(leaf.value for leaf in here) + sum(below) == every[0].cells[indicator].value)
    return Trace(every[0].cells[indicator].value, roots.item.decimals, tuple(here), roots.item.over_units)


class _Roots:
    """One figure of one unit, ready to be followed down."""

    def __init__(
        self, version: TemplateVersion, indicator: str, period: Period, unit: Unit, day: dt.date | None
    ) -> None:
        definition = load(version.definition)
        self.item = _traceable(definition, indicator)
        self.cells = definition.parts_of(indicator)
        self.weights = definition.parts_of(self.item.weight) if self.item.weight else ()
        self.version, self.period, self.unit, self.day = version, period, unit, day
        self.span = span_of(definition, period)
        self.view: View = view_of(unit, self.span, day, version.template.axis)

    def branch(self) -> QuerySet[Submission]:
        """The reports that may stand behind the figure anywhere in the branch."""
        days = Span(self.day, self.day) if self.day else self.span
        below = lay_below("unit", self.unit, days, self.version.template.axis)
        return self._accepted(Q(unit=self.unit) | below | Q(unit__in=self.view.handing))

    def node(self) -> QuerySet[Submission]:
        """Those that may count at the unit itself."""
        return self._accepted(Q(unit=self.unit) | Q(unit__in=self.view.handing))

    def _accepted(self, units: Q) -> QuerySet[Submission]:
        return Submission.objects.filter(
            units,
            version__template=self.version.template_id,
            period=self.period.key,
            state=SubmissionState.ACCEPTED,
        )

    def leaves(self, accepted: QuerySet[Submission]) -> Iterator[Leaf]:
        """Leaves in the order of the units' ranks, read in chunks."""
        sources, covers = _sources(self.cells, accepted), _covers(accepted)
        ordered = accepted.select_related("unit__kind", "version").order_by("unit__kind__rank", "unit")
        chunk: list[Submission] = []
        for report in ordered.iterator(CHUNK):
            if self.view.lands(report.unit_id):
                chunk.append(report)
            if len(chunk) == CHUNK:
                yield from self._of_chunk(chunk, sources, covers)
                chunk = []
        yield from self._of_chunk(chunk, sources, covers)

    def _of_chunk(
        self, reports: list[Submission], sources: dict[int, list[SubmissionSource]], covers: dict[int, int]
    ) -> Iterator[Leaf]:
        by_version: dict[int, list[Submission]] = defaultdict(list)
        for report in reports:
            by_version[report.version_id].append(report)
        figures: dict[int, tuple[list[int], list[int]]] = {}
        for own in by_version.values():
            figures |= _figures(own, self.cells, self.weights)
        for report in reports:
            if report.pk in figures:
                values, weights = figures[report.pk]
                behind = tuple(sources.get(report.pk, ()))
                yield from self._of_report(report, values, weights, behind, covers.get(report.pk, 0))

    def _of_report(
        self,
        report: Submission,
        values: list[int],
        weights: list[int],
        sources: tuple[SubmissionSource, ...],
        covers: int,
    ) -> Iterator[Leaf]:
        heirs, whole = self.view.heirs, sum(values)
        if self.item.over_units == "sum":
            for unit, shares in carry(report.unit_id, values, heirs, indicators_of(self.cells)).items():
                if sum(shares) and unit in self.view.index:
                    yield Leaf(report.unit, report, sum(shares), sources, whole, unit, covers)
            return
        if self.item.over_units == "mean":
            product = whole * sum(weights)
            parts = carry(report.unit_id, [product, sum(weights)], heirs, [self.item.code] * 2)
            for unit, (share, weight) in parts.items():
                if weight and unit in self.view.index:
                    yield Leaf(report.unit, report, whole, sources, whole, unit, covers, weight, share)
            return
        home = home_of(report.unit_id, heirs)
        if home in self.view.index and (self.item.over_units != "none" or home == self.unit.pk):
            yield Leaf(report.unit, report, whole, sources, whole, home, covers)

    def proven(self, leaves: list[Leaf], total: Cell) -> Trace:
        """The trace, if the leaves give the total."""
        self.refuse_unless(_together(self.item.over_units, leaves) == total.value)
        return Trace(total.value, self.item.decimals, tuple(leaves), self.item.over_units)

    def refuse_unless(self, proven: bool) -> None:
        """Nothing is shown as proven that is not."""
        if not proven:
            raise InvalidInput(
                Said(
                    f"Nguồn của «{self.item.label}» không cho lại đúng số đang hiện; hãy chạy «nhipcau verify».",
                    f"The sources of «{self.item.label}» do not give the figure that is shown; run "
                    "«nhipcau verify».",
                )
            )


def _together(rollup: OverUnits, leaves: Sequence[Leaf]) -> int:
    """The figure that the leaves give."""
    values = [leaf.value for leaf in leaves]
    if not values:
        return 0
    if rollup == "mean":
        mean = Fraction(sum(leaf.product for leaf in leaves), sum(leaf.weight for leaf in leaves))
        return (mean + Fraction(1, 2)).__floor__()
    return {"min": min, "max": max}.get(rollup, sum)(values)


def _traceable(definition: Definition, indicator: str) -> Indicator:
    item = definition.indicator(indicator)
    if item is None:
        raise NotFound(
            Said(
                f"Biểu mẫu «{definition.code}» không có chỉ tiêu «{indicator}».",
                f"The form «{definition.code}» has no figure «{indicator}».",
            )
        )
    if item.over_units == "formula":
        names = ", ".join(sorted(definition.formulas()[item.code].names))
        raise InvalidInput(
            Said(
                f"«{item.label}» là số tính lại từ {names}; hãy xem nguồn của từng chỉ tiêu đó.",
                f"«{item.label}» is recomputed from {names}; look at the sources of each of them.",
            )
        )
    if item.suppress_below:
        raise InvalidInput(
            Said(
                f"«{item.label}» là số đếm người được che ô nhỏ: không xem được số của từng đơn vị.",
                f"“{item.label}” counts people and hides small counts: single units' figures are not shown.",
            )
        )
    return item


def _figures(
    reports: list[Submission], cells: Sequence[str], weights: Sequence[str]
) -> dict[int, tuple[list[int], list[int]]]:
    """By report of one version that gives the figure: its cells' values, and what they are weighed by."""
    keys: Sequence[str] = reports[0].version.cells
    column = {key: place for place, key in enumerate(keys)}
    wanted, weighing = ([column[key] for key in names if key in column] for names in (cells, weights))
    values, states = unpack_many([bytes(report.payload) for report in reports], len(keys))
    given = (states[:, wanted] == CellState.VALUE).any(axis=1).tolist()
    figures, weighed = values[:, wanted].tolist(), values[:, weighing].tolist()
    return {
        report.pk: (figures[row], weighed[row])
        for row, report in enumerate(reports)
        if given[row] and (not weighing or sum(weighed[row]) > 0)
    }


def _sources(cells: Sequence[str], reports: QuerySet[Submission]) -> dict[int, list[SubmissionSource]]:
    grouped: dict[int, list[SubmissionSource]] = defaultdict(list)
    rows = SubmissionSource.objects.filter(cell__in=cells, submission__in=reports.values("pk"))
    for row in rows.select_related("activity__type", "document", "file").order_by("pk"):
        grouped[row.submission_id].append(row)
    return grouped


def _covers(reports: QuerySet[Submission]) -> dict[int, int]:
    """How many units stand in each lump, by submission id."""
    rows = Submission.covers.through.objects.filter(submission__in=reports.values("pk")).values_list("submission")
    return dict(rows.annotate(count=Count("unit")))
