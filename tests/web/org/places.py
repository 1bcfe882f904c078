"""What the pages of the organisation need in their addresses; used by the permission table."""

from __future__ import annotations

from collections.abc import Mapping

from nhipcau.documents.actions import open_register
from nhipcau.documents.models import Direction
from tests.cast import NOW, Cast
from tests.reorganisations import happen

# The second commune's neighbour ends on the day of the tests; the stranger has no part in it.
EVENT = """event,41/QĐ-LĐLĐ,Hợp nhất,,,2026-03-16
thanh-lap,XC,Công đoàn phường Hải Long,commune,T
hop-nhat,XA,,,,,,,,,,XC
"""


def event(cast: Cast) -> Mapping[str, object]:
    """The commune An Hải was replaced by another today."""
    return {"uid": happen(EVENT, NOW).event.uid}


def book(cast: Cast) -> Mapping[str, object]:
    """It leaves a register of outgoing letters."""
    unit = cast.commune
    open_register(
        unit=unit, direction=Direction.OUTGOING, year=2026, first_number=1, actor=cast.commune_officer, at=NOW
    )
    return {**event(cast), "unit": unit.uid, "kind": "outgoing", "year": 2026, "series": "chung"}
