"""What the addresses of the permission table need, made on the way."""

from __future__ import annotations

from collections.abc import Mapping

from nhipcau.campaigns.actions import close
from nhipcau.campaigns.closing import draft_report
from nhipcau.campaigns.materials import MaterialInput, add_material
from nhipcau.campaigns.models import MaterialKind
from nhipcau.campaigns.quizzes import create_quiz
from nhipcau.core.clock import SystemClock, local_date
from tests.campaigns import scenes
from tests.cast import NOW, Cast

Place = Mapping[str, object]


def opened(cast: Cast) -> Place:
    """A campaign of the province for the commune's branch alone: the stranger has no part in it."""
    return {"uid": scenes.opened(cast, branches=[cast.commune]).uid}


def drafted(cast: Cast) -> Place:
    """A draft of the province that can still be opened, whatever the day of the test."""
    today = local_date(SystemClock().now())
    return {"uid": scenes.drafted(cast, first_day=today, last_day=today).uid}


def material(cast: Cast) -> Place:
    """A page of the same campaign."""
    campaign = scenes.opened(cast, branches=[cast.commune])
    given = MaterialInput(title="Trước ca làm", text="Xem lối thoát hiểm.")
    made = add_material(
        campaign=campaign, kind=MaterialKind.PAGE, given=given, actor=cast.provincial_officer, at=NOW
    )
    return {"uid": campaign.uid, "material": made.uid}


def nowhere(cast: Cast) -> Place:
    """An address that was never given out."""
    return {"token": "khong-co", "material": material(cast)["material"]}


def quiz(cast: Cast) -> Place:
    """An empty quiz of the same campaign."""
    campaign = scenes.opened(cast, branches=[cast.commune])
    made = create_quiz(campaign=campaign, title="An toàn điện", actor=cast.provincial_officer, at=NOW)
    return {"uid": campaign.uid, "number": made.number}


def code(cast: Cast) -> Place:
    """The QR code of the same campaign."""
    return {**opened(cast), "kind": "svg"}


def reported(cast: Cast) -> Place:
    """The same campaign, closed, with its report in the making."""
    campaign = close(campaign=scenes.opened(cast, branches=[cast.commune]), actor=cast.provincial_officer, at=NOW)
    draft_report(campaign=campaign, actor=cast.provincial_officer, at=NOW)
    return {"uid": campaign.uid}


def report_file(cast: Cast) -> Place:
    return {**reported(cast), "kind": "docx"}
