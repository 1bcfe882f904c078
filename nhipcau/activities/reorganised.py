"""What a reorganisation means for joint work: whoever takes a partner's place says whether that one took part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from nhipcau.activities.models import ActivityPartner, ActivityState, PartnerAnswer
from nhipcau.audit.actions import record
from nhipcau.core.actors import Actor
from nhipcau.core.said import Said, joined
from nhipcau.org.journal import Journal
from nhipcau.org.parts import Balance, Change, Effect

_ANSWERS = Said("trả lời thay", "answers in its place")
_NOBODY = Said("thôi hỏi, không có đơn vị kế thừa", "no longer asked, no unit takes its place")
_LEAD = Said("thôi hỏi, đơn vị kế thừa là bên chủ trì", "no longer asked, the lead itself takes its place")


@dataclass(frozen=True)
class _Fate:
    """An open question to a partner that ends, and who answers it from then on, if anybody does."""

    partner: ActivityPartner
    ended: int
    to: int | None
    how: Said


class ActivityPart:
    """Open questions to partners. The record keeps the partner that was written down."""

    name = "activities"
    label: str = Said("Phối hợp chờ xác nhận", "Joint work to be confirmed")

    def preview(self, change: Change, at: dt.datetime) -> list[Effect]:
        """Every question, by the activity it is about."""
        return [
            Effect(
                change.names[one.ended],
                f"{one.partner.activity.type.label}, {one.partner.activity.held_on:%d/%m/%Y}",
                change.names[one.to] if one.to else "",
                one.how,
            )
            for one in _fates(change)
        ]

    def apply(self, change: Change, journal: Journal, *, actor: Actor, at: dt.datetime) -> int:
        """Ask the successor, or ask nobody any more and say why."""
        fates = list(_fates(change))
        for one in fates:
            row = ActivityPartner.objects.filter(pk=one.partner.pk)
            if one.to is not None:
                journal.change(row, heir_id=one.to)
            else:
                note = str(joined("", [change.cause, ": ", one.how, "."]))
                journal.change(row, answer=str(PartnerAnswer.LAPSED), note=note[:300], answered_at=at)
        if fates:
            passed = sum(one.to is not None for one in fates)
            record(
                actor=actor,
                action="activities.partners_inherited",
                obj=f"reorganisation:{change.event.uid}",
                at=at,
                data={"passed": passed, "closed": len(fates) - passed},
            )
        return len(fates)

    def undo(self, change: Change, at: dt.datetime) -> list[str]:
        """What the successor has answered: its word would stand under another's name."""
        count = 0
        for keys in change.batches():
            heirs = {change.takers[key] for key in keys} - {None}
            count += ActivityPartner.objects.filter(heir__in=heirs, answered_at__gt=change.event.at).count()
        return [f"đơn vị kế thừa đã trả lời {count} việc phối hợp"] if count else []

    def conserve(self, change: Change, at: dt.datetime) -> list[Balance]:
        """A partner's figures are the lead's."""
        return []


def _fates(change: Change) -> Iterator[_Fate]:
    for keys in change.batches():
        for asked, side in (({"heir__in": keys}, "heir_id"), ({"unit__in": keys, "heir": None}, "unit_id")):
            rows = ActivityPartner.objects.filter(
                answer=PartnerAnswer.ASKED, activity__state=ActivityState.RECORDED, **asked
            )
            for partner in rows.select_related("activity__type").order_by("pk"):
                ended: int = getattr(partner, side)
                to = change.takers[ended]
                if to is None:
                    yield _Fate(partner, ended, None, _NOBODY)
                elif to == partner.activity.unit_id:
                    yield _Fate(partner, ended, None, _LEAD)
                else:
                    yield _Fate(partner, ended, to, _ANSWERS)
