"""What a reorganisation means for plans: the heirs of a unit that ends are asked for what it was asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nhipcau.audit.actions import record
from nhipcau.core.actors import Actor
from nhipcau.core.clock import local_date
from nhipcau.core.periods import parse_period
from nhipcau.core.said import Said
from nhipcau.core.shares import split
from nhipcau.org.journal import Journal
from nhipcau.org.models import Succession
from nhipcau.org.parts import Balance, Change, Effect
from nhipcau.reports.design.definition import Indicator, load
from nhipcau.reports.models import Target, TemplateVersion

_ADDED = Said(
    "cộng vào kế hoạch của đơn vị kế thừa; cấp trên xem lại", "added to the heir's plan; to be looked over"
)
_GIVEN = Said("giao cho đơn vị kế thừa; cấp trên xem lại", "given to the heir; to be looked over")
_KEPT = Said("đơn vị kế thừa giữ kế hoạch của mình", "the heir keeps its own plan")
_ENDS = Said("kết thúc, không có đơn vị kế thừa", "ends, no unit takes its place")


@dataclass(frozen=True)
class _Fate:
    """A plan of a unit that ends and what one heir is asked for because of it: `value` in the plan's decimals."""

    plan: Target
    to: int | None
    value: int
    how: Said


class PlanPart:
    """Plans for periods that go on after the event. The ended unit keeps its rows, which measure its own last
    reports; plans of several units are never added up, so nothing is counted twice."""

    name = "plans"
    label: str = Said("Kế hoạch giao", "Targets")

    def preview(self, change: Change, at: dt.datetime) -> list[Effect]:
        """One line for each template, period and heir."""
        lines: dict[Effect, None] = {}
        for one in _fates(change):
            period = parse_period(one.plan.period)
            what = f"kế hoạch giao: {one.plan.template.name}, {period.label_vi}"
            to = change.names[one.to] if one.to else ""
            lines[Effect(change.names[one.plan.unit_id], what, to, one.how)] = None
        return list(lines)

    def apply(self, change: Change, journal: Journal, *, actor: Actor, at: dt.datetime) -> int:
        """Write the heirs' plans; a form open on a giver's screen notices."""
        fates = [one for one in _fates(change) if one.how is not _KEPT]
        for one in fates:
            if one.to is not None:
                _write(one.plan, one.to, one.value, journal, at)
        if fates:
            record(
                actor=actor,
                action="reports.targets_inherited",
                obj=f"reorganisation:{change.event.uid}",
                at=at,
                data={"plans": len(fates)},
            )
        return len(fates)

    def undo(self, change: Change, at: dt.datetime) -> list[str]:
        """Nothing but rows that changed since."""
        return []

    def conserve(self, change: Change, at: dt.datetime) -> list[Balance]:
        """Plans of different units are not added up."""
        return []


def _write(plan: Target, heir: int, value: int, journal: Journal, at: dt.datetime) -> None:
    """Add to what the heir is asked for, at the finer of both scales; else give it."""
    standing = Target.objects.filter(
        template=plan.template_id, period=plan.period, unit=heir, indicator=plan.indicator
    )
    own = standing.first()
    if own is None:
        row = Target(
            unit_id=heir,
            template_id=plan.template_id,
            period=plan.period,
            indicator=plan.indicator,
            value=value,
            decimals=plan.decimals,
            given_by_id=plan.given_by_id,
            given_at=at,
        )
        journal.make([row])
    else:
        decimals = max(own.decimals, plan.decimals)
        whole = own.value * 10 ** (decimals - own.decimals) + value * 10 ** (decimals - plan.decimals)
        journal.change(standing, value=whole, decimals=decimals, given_at=at)


def _fates(change: Change) -> Iterator[_Fate]:
    indicators: dict[int, dict[str, Indicator]] = {}
    special = _special(change)
    for keys in change.batches():
        plans = list(Target.objects.filter(unit__in=keys).select_related("template").order_by("pk"))
        plans = [plan for plan in plans if parse_period(plan.period).last_day() >= change.day]
        heirs = {heir for plan in plans for heir, _ in change.heirs[plan.unit_id]}
        own = {
            (row.unit_id, row.template_id, row.period, row.indicator): row
            for row in Target.objects.filter(unit__in=heirs, template__in={plan.template_id for plan in plans})
        }
        for plan in plans:
            if plan.template_id not in indicators:
                indicators[plan.template_id] = _indicators(plan.template_id)
            item = indicators[plan.template_id].get(plan.indicator)
            shares = special.get((plan.unit_id, plan.indicator), change.heirs[plan.unit_id])
            yield from _one(plan, shares, own, change, divided=item is not None and item.over_units == "sum")


def _one(
    plan: Target,
    shares: Sequence[tuple[int, int]],
    own: dict[tuple[int, int, str, str], Target],
    change: Change,
    *,
    divided: bool,
) -> Iterator[_Fate]:
    """A figure that adds up is divided and added to what heirs have; any other is given to those that have none."""
    if not shares:
        yield _Fate(plan, None, 0, _ENDS)
        return
    values = split(plan.value, [part for _, part in shares]) if divided else [plan.value] * len(shares)
    for (heir, _), value in zip(shares, values, strict=True):
        key = (heir, plan.template_id, plan.period, plan.indicator)
        standing = own.setdefault(key, plan)
        if standing is plan:
            yield _Fate(plan, heir, value, _GIVEN)
        elif not divided or (standing.unit_id == heir and _given_since(standing, change)):
            yield _Fate(plan, heir, value, _KEPT)
        else:
            yield _Fate(plan, heir, value, _ADDED)


def _given_since(plan: Target, change: Change) -> bool:
    """Whether the level above has looked at the heir's plan since the event was known and its day had come."""
    return plan.given_at > change.event.at and local_date(plan.given_at) >= change.day


def _indicators(template: int) -> dict[str, Indicator]:
    newest = TemplateVersion.objects.filter(template=template).order_by("-number").first()
    return {item.code: item for item in load(newest.definition).plannable()} if newest else {}


def _special(change: Change) -> Mapping[tuple[int, str], list[tuple[int, int]]]:
    """Shares of single indicators, by the unit that ended and the indicator."""
    found: dict[tuple[int, str], list[tuple[int, int]]] = {}
    rows = Succession.objects.filter(event=change.event).exclude(indicator="").order_by("pk")
    for unit, code, heir, weight in rows.values_list("predecessor", "indicator", "successor", "weight"):
        if unit in change.heirs:
            found.setdefault((unit, code), []).append((heir, weight))
    return found
