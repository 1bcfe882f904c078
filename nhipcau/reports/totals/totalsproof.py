"""Proof of the stored totals: every one computed again from the figures that were sealed when they were sent."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nhipcau.core.errors import NhipCauError
from nhipcau.core.periods import parse_period
from nhipcau.core.verifying import Difference, Finding, Step
from nhipcau.org.models import UnitName
from nhipcau.org.soundness import tree_version
from nhipcau.reports.design.definition import load
from nhipcau.reports.models import NodeTotal, Totals
from nhipcau.reports.totals.days import due_date_of
from nhipcau.reports.totals.engine import whole_ground
from nhipcau.reports.totals.stored import computed, concerned, marks_of

CHUNK = 500


class TotalsProof:
    """Totals of inner nodes that are kept for quick reading. What is marked to be recomputed is not looked at."""

    name = "totals"
    label = "Tổng đang lưu"

    def size(self) -> int:
        """How many there are."""
        return NodeTotal.objects.count()

    def findings(self, step: Step) -> Iterator[Finding]:
        """Period by period, so that the memory is that of one."""
        for totals in Totals.objects.select_related("version__template").order_by("pk"):
            try:
                yield from _period(totals, step)
            except NhipCauError as error:
                yield _differs(totals, f"totals:{totals.pk}", "tính lại được", "không", error.message)


def _differs(totals: Totals, where: str, expected: str, found: str, said: str) -> Difference:
    name = f"Tổng đang lưu kỳ {totals.period} của biểu mẫu {totals.version.template.code}"
    return Difference(TotalsProof.name, where, expected, found, f"{name}: {said}")


def _period(totals: Totals, step: Step) -> Iterator[Difference]:
    version, period, definition = totals.version, parse_period(totals.period), load(totals.version.definition)
    due = due_date_of(definition, period)
    if totals.at is None or totals.due != due or totals.tree != tree_version():
        step(totals.nodes.count())
        return  # made anew before they are read again
    ground = whole_ground(definition, period, version.template.axis)
    waiting = np.array(list(marks_of(version, period).values_list("unit", flat=True)), np.int64)
    skipped = set(ground.tree.ids[concerned(ground.tree, waiting)].tolist())
    kept = {
        unit: (bytes(figures), bytes(counts), reported)
        for unit, figures, counts, reported in totals.nodes.values_list("unit", "figures", "counts", "reported")
    }
    step(len(kept))
    for unit, *expected in computed(version, period, ground, definition, due, sealed=True):
        if unit not in skipped and kept.pop(unit, None) != tuple(expected):
            yield _wrong(totals, unit, "số tổng không bằng số của đơn vị và các đơn vị bên dưới cộng lại.")
    for unit in kept.keys() - skipped:
        yield _wrong(totals, unit, "đơn vị này không có đơn vị nào bên dưới trong kỳ.")


def _wrong(totals: Totals, unit: int, said: str) -> Difference:
    named = UnitName.objects.filter(unit=unit).order_by("-valid_from").first()
    code = named.code if named else "?"
    return _differs(totals, f"total:{totals.pk}:{unit}", "như cộng lại", "khác", f"ở {code}, {said}")
