"""What a reorganisation means for work that is to be done: whoever takes the unit's place goes on with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from nhipcau.activities.models import PlannedActivity
from nhipcau.audit.actions import record
from nhipcau.core.actors import Actor
from nhipcau.core.said import Said
from nhipcau.org.journal import Journal
from nhipcau.org.parts import Balance, Change, Effect

_GOES = Said("chuyển sang, làm tiếp", "goes on under")
_ENDS = Said("thôi, không có đơn vị kế thừa", "dropped, no unit takes its place")


class PlannedPart:
    """Planned activities that are neither recorded nor dropped. Who planned them stays written."""

    name = "planned"
    label: str = Said("Hoạt động dự kiến", "Planned activities")

    def preview(self, change: Change, at: dt.datetime) -> list[Effect]:
        """Every plan with its day."""
        return [
            Effect(
                change.names[plan.unit_id],
                f"{plan.title or plan.type.label}, {plan.day:%d/%m/%Y}",
                change.names[to] if to else "",
                _GOES if to else _ENDS,
            )
            for plan, to in _open(change)
        ]

    def apply(self, change: Change, journal: Journal, *, actor: Actor, at: dt.datetime) -> int:
        """To the main successor; where there is none the plan is dropped with the decision as its reason."""
        fates = list(_open(change))
        for plan, to in fates:
            row = PlannedActivity.objects.filter(pk=plan.pk)
            if to is not None:
                journal.change(row, unit_id=to)
            else:
                journal.change(row, dropped_reason=str(change.cause)[:300])
        if fates:
            passed = sum(to is not None for _, to in fates)
            record(
                actor=actor,
                action="activities.plans_inherited",
                obj=f"reorganisation:{change.event.uid}",
                at=at,
                data={"passed": passed, "dropped": len(fates) - passed},
            )
        return len(fates)

    def undo(self, change: Change, at: dt.datetime) -> list[str]:
        """What the successor has recorded or dropped since: its word would stand under another's name."""
        count = 0
        for keys in change.batches():
            heirs = {change.takers[key] for key in keys} - {None}
            passed = PlannedActivity.objects.filter(unit__in=heirs, planned_by__unit__in=keys)
            count += passed.exclude(activity=None, dropped_reason="").count()
        told = Said(
            f"đơn vị kế thừa đã ghi số liệu hoặc thôi {count} hoạt động dự kiến",
            f"the successor has recorded or dropped {count} planned activities",
        )
        return [told] if count else []

    def conserve(self, change: Change, at: dt.datetime) -> list[Balance]:
        """A plan has no figure."""
        return []


def _open(change: Change) -> Iterator[tuple[PlannedActivity, int | None]]:
    """(plan, who has it from then on)."""
    for keys in change.batches():
        rows = PlannedActivity.objects.filter(unit__in=keys, activity=None, dropped_reason="")
        for plan in rows.select_related("type").order_by("day", "pk"):
            yield plan, change.takers[plan.unit_id]
