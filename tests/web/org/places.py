"""What the pages of the organisation need in their addresses; used by the permission table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from nhipcau.documents.actions import open_register
from nhipcau.documents.models import Direction
from nhipcau.org.actions import add_person, appoint, create_post
from nhipcau.org.delegating import delegate
from nhipcau.org.handing_over import hand_over
from nhipcau.org.models import Role
from tests.cast import NOW, SETUP, TODAY, Cast
from tests.reorganisations import happen

# The second commune's neighbour ends on the day of the tests; the stranger has no part in it.
EVENT = """event,41/QĐ-LĐLĐ,Hợp nhất,,,2026-03-16
thanh-lap,XC,Công đoàn phường Hải Long,commune,T
hop-nhat,XA,,,,,,,,,,XC
"""


def event(cast: Cast) -> Mapping[str, object]:
    """The commune An Hải was replaced by another today."""
    return {"uid": happen(EVENT, NOW).event.uid}


def commune(cast: Cast) -> Mapping[str, object]:
    """The commune An Hải."""
    return {"uid": cast.commune.uid}


def delegation(cast: Cast) -> Mapping[str, object]:
    """The commune's chair is away; the deputy acts."""
    unit, chair = cast.commune, cast.commune_officer
    post = create_post(unit=unit, title="Phó", roles=[Role.REPORTER], start=TODAY, actor=SETUP, at=NOW)
    person = add_person(name="Người giữ chức phó", actor=SETUP, at=NOW)
    appoint(post=post, person=person, start=TODAY, actor=SETUP, at=NOW)
    given = delegate(taker=post, roles=[Role.APPROVER], first=TODAY, last=TODAY, actor=chair, at=NOW)
    return {"uid": given.uid}


def vacant(cast: Cast) -> Mapping[str, object]:
    """Nobody leads the second local union of the commune."""
    unit = cast.other_local
    post = create_post(unit=unit, title="Chủ tịch", roles=[Role.APPROVER], start=TODAY, actor=SETUP, at=NOW)
    return {"uid": post.uid}


def book(cast: Cast) -> Mapping[str, object]:
    """It leaves a register of outgoing letters."""
    unit = cast.commune
    open_register(
        unit=unit, direction=Direction.OUTGOING, year=2026, first_number=1, actor=cast.commune_officer, at=NOW
    )
    return {**event(cast), "unit": unit.uid, "kind": "outgoing", "year": 2026, "series": "chung"}


def held(cast: Cast) -> Mapping[str, object]:
    """The chair of the local union, directly below the commune."""
    return {"uid": cast.local_volunteer.uid}


def handed_over(cast: Cast) -> Mapping[str, object]:
    """That chair leaves a week from now."""
    end = TODAY + dt.timedelta(days=7)
    made = hand_over(post=cast.local_volunteer, end=end, actor=cast.commune_officer, at=NOW)
    return {"uid": made.uid, "kind": "docx"}
