"""Work done together: recorded once by the lead, and every partner says whether it took part."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.db import transaction

from nhipcau.activities.checking import ActivityInput
from nhipcau.activities.models import ActivityPartner, ActivityState, PartnerAnswer
from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.clock import local_date
from nhipcau.core.errors import Conflict, Fault, InvalidInput
from nhipcau.core.said import Said
from nhipcau.core.text import clean
from nhipcau.documents.rights import OFFICERS, require_own
from nhipcau.org.models import Post, Unit
from nhipcau.org.searching import named_in_full

LONGEST = 300
_ACTIONS = {
    PartnerAnswer.CONFIRMED: "activities.partner_confirmed",
    PartnerAnswer.DECLINED: "activities.partner_declined",
}


def with_units_known(unit: Unit, given: ActivityInput, at: dt.datetime) -> ActivityInput:
    """The same with every partner that is a unit of the federation, written by its full name or code, as that unit.

    InvalidInput where several units bear the name.
    """
    units, bodies, faults = list(given.partner_units), [], []
    for body in given.partner_bodies:
        found = named_in_full(body, unit, local_date(at))
        if len(found) > 1:
            vi = f"có {len(found)} đơn vị cùng tên «{body}»; hãy ghi mã của đơn vị đó"
            faults.append(
                Fault("partner_bodies", Said(vi, f"{len(found)} units are called «{body}»; write its code"))
            )
        elif found:
            units.append(found[0])
        else:
            bodies.append(body)
    if faults:
        raise InvalidInput("Chưa rõ đơn vị phối hợp.", faults)
    return replace(given, partner_units=units, partner_bodies=bodies)


def answer_partnership(
    *, partner: ActivityPartner, ours: bool, note: str = "", actor: Post, at: dt.datetime
) -> ActivityPartner:
    """Say for the partner that it took part, or that it did not ("not us"). The same answer again changes nothing.

    A unit answers for itself and may change its mind; why it was not there is said in a note. For an outside
    body the lead answers, and the note names the paper that says so.
    """
    require_own(partner.answering, *OFFICERS, actor=actor, at=at)
    note = clean(note)
    if len(note) > LONGEST:
        why = Said(f"dài quá {LONGEST} chữ cái", f"longer than {LONGEST} characters")
        raise InvalidInput("Chưa ghi được câu trả lời.", [Fault("note", why)])
    if not note and partner.unit is None:
        raise InvalidInput("Chưa ghi được câu trả lời.", [Fault("note", "hãy ghi giấy tờ nào cho biết điều đó")])
    screen({"note": note}, "narrative", actor=actor, at=at)
    answer = PartnerAnswer.CONFIRMED if ours else PartnerAnswer.DECLINED
    with transaction.atomic():
        partner = (
            ActivityPartner.objects.select_for_update(of=("self",)).select_related("activity").get(pk=partner.pk)
        )
        if partner.activity.state != ActivityState.RECORDED:
            raise Conflict("Hoạt động này đã rút nên không cần xác nhận nữa.")
        if (partner.answer, partner.note) == (answer, note):
            return partner
        partner.answer, partner.note, partner.answered_by, partner.answered_at = answer, note, actor, at
        partner.save(update_fields=["answer", "note", "answered_by", "answered_at"])
        who = f"unit:{partner.unit.uid}" if partner.unit else f"body:{partner.pk}"
        obj = f"activity:{partner.activity.uid}"
        record(actor=actor, action=_ACTIONS[answer], obj=obj, at=at, data={"partner": who})
    return partner
