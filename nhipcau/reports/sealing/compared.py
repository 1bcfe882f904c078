"""One figure at two points, a period or what was sealed of it, and what made the difference."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nhipcau.core.errors import InvalidInput, NotFound
from nhipcau.core.numbers import MISSING, Cell, CellState, unpack_many
from nhipcau.core.said import Said
from nhipcau.org.models import Unit
from nhipcau.reports.design.definition import Indicator
from nhipcau.reports.models import TemplateVersion
from nhipcau.reports.sealing.points import Point, Side
from nhipcau.reports.totals.change import Contribution, Counted, Stood, contributions
from nhipcau.reports.totals.succession import Heirs, carry, indicators_of
from nhipcau.reports.totals.suppression import touched
from nhipcau.reports.totals.views_of_tree import as_on

BeforeAfter = tuple[Cell, Cell]


@dataclass(frozen=True)
class Changed:
    """A figure before and after. `contributions` add up to the difference where `additive`; `children` by unit id
    and `terms` (parts of a breakdown, what a formula reads) stand beside each other whatever the roll-up."""

    item: Indicator
    before: Side
    after: Side
    whole: BeforeAfter
    children: Mapping[int, BeforeAfter]
    terms: Sequence[tuple[Indicator, BeforeAfter]]
    contributions: Sequence[Contribution]

    @property
    def additive(self) -> bool:
        """Whether the difference is made up of what units contribute."""
        return self.item.over_units == "sum"

    @property
    def own(self) -> BeforeAfter:
        """What of a figure that adds up is the unit's own part, before and after."""
        was, now = (
            Cell(whole.state, whole.value - sum(pair[side].value for pair in self.children.values()))
            if whole.state is CellState.VALUE
            else whole
            for side, whole in enumerate(self.whole)
        )
        return was, now

    @property
    def difference(self) -> int:
        """After less before, scaled; what is missing counts for nothing."""
        return self.whole[1].value - self.whole[0].value


def explain(
    *, version: TemplateVersion, indicator: str, unit: Unit, before: Point, after: Point, at: dt.datetime
) -> Changed:
    """Why the figure is not what it was. Raises unless the contributions add up to the difference.

    Both sides are counted on their own period's tree. NotFound where either version lacks the figure.
    """
    if before.period.first_day() > after.period.first_day():
        raise InvalidInput("Kỳ đem so phải là kỳ trước; hãy đổi chỗ hai kỳ.")
    first, second = Side(before, version, unit, at), Side(after, version, unit, at)
    item = second.item(indicator)
    if first.definition.indicator(indicator) is None:
        raise NotFound(
            Said(
                f"Biểu mẫu của {before.period.label_vi} chưa có chỉ tiêu «{item.label}» để so.",
                f"The form of {before.period.label_en} has no “{item.label}” to compare with.",
            )
        )
    if indicator in touched(first.definition) | touched(second.definition):
        raise InvalidInput(
            Said(
                f"«{item.label}» là số đếm người được che ô nhỏ: không tách ra phần của từng đơn vị được, chỉ xem "
                "được tổng của hai kỳ ở trang tổng hợp.",
                f"“{item.label}” counts people and hides small counts: it is not taken apart by units. See the "
                "totals of both periods on their pages.",
            )
        )
    found = contributions(*_counted(item, first, second), _stood(first, second)) if _adds(item) else []
    changed = Changed(
        item=item,
        before=first,
        after=second,
        whole=(first.figure(indicator), second.figure(indicator)),
        children={} if item.over_units == "none" else _children(first, second, indicator),
        terms=_terms(first, second, item),
        contributions=found,
    )
    if _adds(item) and sum(one.amount for one in found) != changed.difference:
        raise InvalidInput(
            Said(
                f"Các phần thay đổi của «{item.label}» không cộng đúng bằng chênh lệch; hãy chạy «nhipcau verify».",
                f"The parts of “{item.label}” do not add up to the difference; run “nhipcau verify”.",
            )
        )
    return changed


def _adds(item: Indicator) -> bool:
    return item.over_units == "sum"


def _stood(first: Side, second: Side) -> Stood:
    return Stood(
        before=frozenset(first.whole.ids.tolist()),
        after=frozenset(second.whole.ids.tolist()),
        same_period=first.point.period == second.point.period,
    )


def _children(first: Side, second: Side, indicator: str) -> dict[int, BeforeAfter]:
    was, now = first.below(indicator), second.below(indicator)
    return {unit: (was.get(unit, MISSING), now.get(unit, MISSING)) for unit in was | now}


def _terms(first: Side, second: Side, item: Indicator) -> list[tuple[Indicator, BeforeAfter]]:
    """The parts of a broken-down figure, or what a formula reads, in printed order."""
    definition = second.definition
    names = set(definition.parts_of(item.code)) - {item.code}
    if item.over_units == "formula":
        names = set(definition.formulas()[item.code].names)
    return [
        (term, (first.figure(term.code), second.figure(term.code)))
        for term in definition.indicators()
        if term.code in names
    ]


# --- what counts where -----------------------------------------------------------------------------------
def _counted(item: Indicator, first: Side, second: Side) -> tuple[list[Counted], list[Counted], list[Counted]]:
    """What the first side counts, the same where the second side's tree counts it, and what the second counts."""
    was, now = _values(item.code, first, first.counted), _values(item.code, second, second.counted)
    before = [Counted(unit, unit, first.child(unit), sum(values)) for unit, values in was.items()]
    after = [Counted(unit, unit, second.child(unit), sum(values)) for unit, values in now.items()]
    return before, list(_carried(item, first, second, was)), after


def _values(code: str, side: Side, packed: Mapping[int, bytes]) -> dict[int, list[int]]:
    """By unit, its report's cells of the figure."""
    column = {key: place for place, key in enumerate(side.version.cells)}
    wanted = [column[key] for key in side.definition.parts_of(code)]
    values, _states = unpack_many(list(packed.values()), len(column))
    return dict(zip(packed, values[:, wanted].tolist(), strict=True))


def _carried(item: Indicator, first: Side, second: Side, was: Mapping[int, Sequence[int]]) -> Iterator[Counted]:
    """The reports of the first side where the second counts them: at the unit while it stands, else at its heirs;
    what stood outside the branch and is inside now comes in."""
    heirs = _heirs(first, second)
    came = second.reach() | {unit for unit in heirs.divisions if unit not in second.stood}
    outside = first.elsewhere(came - was.keys())
    names = indicators_of(first.definition.parts_of(item.code))
    for unit, values in {**was, **_values(item.code, first, outside)}.items():
        parts = {unit: values} if unit in second.stood else carry(unit, values, heirs, names)
        for at, share in parts.items():
            child = _holder(unit, at, first, second, inside=unit in was)
            if child is not None:
                yield Counted(unit, at, child, sum(share))


def _holder(unit: int, at: int, first: Side, second: Side, *, inside: bool) -> int | None:
    """The direct child in which it counts; None outside the branch. What ended without heirs stays where it was."""
    if second.holds(at):
        return second.child(at)
    return first.child(unit) if inside and at not in second.stood else None


def _heirs(first: Side, second: Side) -> Heirs:
    """Who took over from whom up to the second period's first day. Falling to the level above is no inheritance: a
    unit that ended and left nobody has ended."""
    if first.point.period == second.point.period:
        return Heirs()
    day = second.span.first
    heirs = as_on(first.unit, first.span, day, first.axis).heirs
    taken = {unit: [one for one in own if not one.fallen] for unit, own in heirs.divisions.items()}
    return Heirs({unit: own for unit, own in taken.items() if own}, heirs.since)
