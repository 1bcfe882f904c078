"""The two sides of a comparison: a period as it stands, as it stood at a moment, or as it was sealed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nhipcau.core.clock import VN
from nhipcau.core.errors import InvalidInput, NotFound
from nhipcau.core.numbers import MISSING, Cell, laid_out, unpack
from nhipcau.core.periods import Period, parse_period
from nhipcau.core.said import Said
from nhipcau.org.branches import Branch, branch_during, lay_out, tree_during
from nhipcau.org.columns import Ints
from nhipcau.org.models import Closure, Unit
from nhipcau.reports.design.definition import Indicator, load
from nhipcau.reports.design.figures import Cells, with_formulas
from nhipcau.reports.design.rollup import Rollup
from nhipcau.reports.design.templates import version_for
from nhipcau.reports.models import IssuedReport, Seal, Submission, SubmissionState, TemplateVersion
from nhipcau.reports.sealing.seals import contributors_of
from nhipcau.reports.totals.consolidation import consolidate, span_of
from nhipcau.reports.totals.engine import Ground, add_up
from nhipcau.reports.totals.families import children
from nhipcau.reports.totals.records import payloads
from nhipcau.reports.totals.succession import Heirs
from nhipcau.reports.totals.views_of_tree import hung

DECIDED = (SubmissionState.ACCEPTED, SubmissionState.SUPERSEDED)
_BATCH = 5000


@dataclass(frozen=True)
class Point:
    """A period now, up to a moment, or as a seal says it."""

    period: Period
    moment: dt.datetime | None = None
    seal: Seal | None = None


def point_of(text: str, period: Period, version: TemplateVersion, unit: Unit) -> Point:
    """What a word names beside a period: `now`, `previous`, `year-ago`, another period, `edition:0` (as issued),
    `seal:1` (as sealed the first time), or a moment (reports accepted by then)."""
    kind, _, number = text.partition(":")
    near = {"now": period, "previous": period.previous(), "year-ago": period.same_last_year()}
    if text in near:
        return Point(near[text])
    if kind in ("edition", "seal") and number.isdecimal():
        return Point(period, seal=_sealed(kind, int(number), period, version, unit))
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return Point(parse_period(text))
    if len(text) < len("2026-01-01"):
        return Point(parse_period(text))
    return Point(period, moment=moment if moment.tzinfo else moment.replace(tzinfo=VN))


def _sealed(kind: str, number: int, period: Period, version: TemplateVersion, unit: Unit) -> Seal:
    same = Seal.objects.filter(unit=unit, version__template=version.template_id, period=period.key)
    found = same.filter(place=number)
    if kind == "edition":
        issued = IssuedReport.objects.filter(unit=unit, period=period.key, edition=number)
        found = same.filter(pk__in=issued.filter(version__template=version.template_id).values("seal"))
    seal = found.select_related("version__template", "unit").first()
    if seal is None:
        raise NotFound(
            Said(
                f"{period.label_vi} của đơn vị này không có bản «{kind}:{number}».",
                f"This unit has no “{kind}:{number}” for {period.label_en}.",
            )
        )
    return seal


class Side:
    """One point, with the reports that count in the unit's branch there and the direct child each counts in."""

    def __init__(self, point: Point, version: TemplateVersion, unit: Unit, at: dt.datetime) -> None:
        self.point, self.unit, self.at = point, unit, at
        self.version = point.seal.version if point.seal else version_for(version.template.code, point.period)
        self.definition, self.axis = load(self.version.definition), self.version.template.axis
        self.span = span_of(self.definition, point.period)

    def item(self, code: str) -> Indicator:
        """The figure by its code, or NotFound."""
        item = self.definition.indicator(code)
        if item is None:
            raise NotFound(
                Said(
                    f"Biểu mẫu «{self.definition.code}» không có chỉ tiêu «{code}».",
                    f"The form “{self.definition.code}” has no figure “{code}”.",
                )
            )
        return item

    @cached_property
    def whole(self) -> Branch:
        """Every unit of the axis that stood in the period."""
        return tree_during(self.span, self.axis, lambda: hung(self.span, self.axis))

    @cached_property
    def stood(self) -> frozenset[int]:
        """Their ids."""
        return frozenset(self.whole.ids.tolist())

    @cached_property
    def tree(self) -> Branch:
        """The branch on the period's own tree."""
        return branch_during(self.unit, self.span, self.axis, lambda: hung(self.span, self.axis))

    def reach(self) -> set[int]:
        """Units whose figures may count here."""
        return set(self.counted) if self.point.seal else set(self.tree.ids.tolist())

    def holds(self, unit: int) -> bool:
        """Whether what counts at the unit counts here: in a seal if it was sealed with it."""
        if self.point.seal and unit not in self.counted:
            return False
        return unit in self._child or unit in self.counted

    def child(self, unit: int) -> int:
        """The direct child whose branch the unit counts in; the unit looked at for itself."""
        return self._child.get(unit) or self._once_below(unit)

    @cached_property
    def _child(self) -> dict[int, int]:
        found = np.full(len(self.tree.ids), self.unit.pk)
        for place in children(self.tree, 0):
            found[place : self.tree.end[place]] = self.tree.ids[place]
        return dict(zip(self.tree.ids.tolist(), found.tolist(), strict=True))

    def _once_below(self, unit: int) -> int:
        """For a unit that a seal counts and that is no longer in the branch: where it stood last while it was."""
        lines = Closure.objects.filter(descendant=unit, axis=self.axis, valid_from__lte=self.span.last)
        last = lines.filter(ancestor=self.unit).order_by("valid_from").last()
        if last is None:
            return unit
        line = lines.filter(depth=last.depth - 1, valid_from__lte=last.valid_from).order_by("valid_from").last()
        return line.ancestor_id if line else unit

    # --- reports -----------------------------------------------------------------------------------------
    @cached_property
    def counted(self) -> dict[int, bytes]:
        """By unit, the packed figures of every report that counts in the branch."""
        seal = self.point.seal
        if seal is None:
            return self._accepted(self.tree.ids, self.point.moment)
        behind = contributors_of(seal)
        found = {seal.unit_id: bytes(seal.own)}
        for start in range(0, len(behind), _BATCH):
            rows = Seal.objects.filter(pk__in=behind[start : start + _BATCH].tolist()).values_list("unit", "own")
            found.update((unit, bytes(own)) for unit, own in rows)
        return found

    def elsewhere(self, units: Collection[int]) -> dict[int, bytes]:
        """The reports that stood at this point of units that do not count in the branch here."""
        return self._accepted(
            np.array(sorted(units), np.int64), self.point.seal.at if self.point.seal else self.point.moment
        )

    def _accepted(self, units: Ints, moment: dt.datetime | None) -> dict[int, bytes]:
        if not len(units):
            return {}
        if moment is None:
            few = len(units) * 4 < len(self.whole.ids)
            wanted = None if few else frozenset(units.tolist())
            chunks = payloads(self.version, self.point.period, units if few else None)
            return {
                unit: packed.tobytes()
                for ids, rows in chunks
                for unit, packed in zip(ids.tolist(), rows, strict=True)
                if wanted is None or unit in wanted
            }
        return dict(self._by_then(units, moment))

    def _by_then(self, units: Ints, moment: dt.datetime) -> Iterator[tuple[int, bytes]]:
        """The last revision accepted by then comes last."""
        decided = Submission.objects.filter(
            version=self.version, period=self.point.period.key, state__in=DECIDED, decided_at__lte=moment
        )
        for start in range(0, len(units), _BATCH):
            rows = decided.filter(unit__in=units[start : start + _BATCH].tolist())
            for unit, payload in rows.order_by("revision").values_list("unit", "payload").iterator():
                yield unit, bytes(payload)

    # --- figures -----------------------------------------------------------------------------------------
    def figure(self, code: str) -> Cell:
        """The unit's own figure here; missing where the version did not have it."""
        return self._cells[self.unit.pk].get(code, MISSING)

    def below(self, code: str) -> dict[int, Cell]:
        """The figure of each direct child."""
        return {unit: cells.get(code, MISSING) for unit, cells in self._cells.items() if unit != self.unit.pk}

    @cached_property
    def _cells(self) -> dict[int, Cells]:
        """By the unit and its direct children, added up from the reports and proven against the total kept."""
        tree = self._family()
        ground = Ground(tree, tree.ids, np.arange(len(tree.ids)), Heirs(), tree)
        units = np.array(list(self.counted), np.int64)
        reports = [(units, laid_out(list(self.counted.values()), len(self.version.cells)))] if len(units) else []
        sheet = add_up(ground, reports, Rollup.of(self.definition), self.version.cells)
        found = {
            int(tree.ids[place]): self._with_formulas(sheet.cells(int(ground.levels.row[place])))
            for place in np.flatnonzero(tree.depth <= 1).tolist()
        }
        kept, period = self._kept(), self.point.period
        if kept is not None and kept != found[self.unit.pk]:
            raise InvalidInput(
                Said(
                    f"Số liệu {period.label_vi} không cộng lại đúng từ báo cáo; hãy chạy «nhipcau verify».",
                    f"The reports of {period.label_en} do not give its total; run “nhipcau verify”.",
                )
            )
        return found

    def _family(self) -> Branch:
        """The unit, its direct children, and directly under each of them whatever counts in it."""
        child = {unit: self.child(unit) for unit in self.counted if unit != self.unit.pk}
        direct = dict.fromkeys([*(self.tree.ids[place] for place in children(self.tree, 0)), *child.values()])
        below = [unit for unit in child if unit not in direct]
        ids = np.array([*direct, *below], np.int64)
        above = np.array([*(self.unit.pk for _ in direct), *(child[unit] for unit in below)], np.int64)
        return lay_out(np.array([self.unit.pk], np.int64), ids, above)

    def _with_formulas(self, cells: Iterable[Cell]) -> Cells:
        return with_formulas(self.definition, dict(zip(self.version.cells, cells, strict=True)))

    def _kept(self) -> Cells | None:
        """The same as it is stored, or as it was sealed; nothing is kept of other moments."""
        if self.point.seal:
            return self._with_formulas(unpack(bytes(self.point.seal.live), len(self.version.cells)))
        if self.point.moment:
            return None
        node = consolidate(version=self.version, period=self.point.period, unit=self.unit, at=self.at)
        return dict(node.cells)
