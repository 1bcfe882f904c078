"""After the report is issued a local union finds a training session it forgot: corrected, sealed anew, restated."""

from __future__ import annotations

import datetime as dt

from nhipcau.activities.actions import log_activity
from nhipcau.activities.checking import ActivityInput
from nhipcau.activities.queries import get_type
from nhipcau.demo.dates import PERIOD, moment
from nhipcau.demo.federation import PROVINCE
from nhipcau.demo.people import CLERK
from nhipcau.demo.story import Counts, Story
from nhipcau.reports.filling.drafting import open_draft, refill
from nhipcau.reports.filling.workflow import accept, mark_ready, submit
from nhipcau.reports.issuing.corrections import restate
from nhipcau.reports.issuing.editions import restate_issue
from nhipcau.reports.models import StaleFlag
from nhipcau.reports.queries import stale_reports

LOCAL, DISTRICT = "H02.05", "H02"
FORGOTTEN = dt.date(2018, 6, 28)
REASON = "Công đoàn cơ sở ghi sót một buổi tuyên truyền phòng, chống ma túy cuối tháng 6."


def correct_and_restate(story: Story) -> Counts:
    """The correction goes up, the district seals anew, the province issues a numbered restatement."""
    _correct(story)
    board, at = story.posts[DISTRICT, "board"], moment(7, 17)
    flagged = StaleFlag.objects.filter(answer="").count()
    district = stale_reports(story.units[DISTRICT])[0]
    again = restate(seal=district.seal, reason=REASON, actor=board, at=at)
    accept(submission=again, actor=story.posts[PROVINCE, "board"], at=moment(7, 17, 14))
    story.restated = restate_issue(
        issued=story.issued,
        reason=REASON,
        signer=story.posts[PROVINCE, "board"],
        actor=story.posts[PROVINCE, CLERK],
        at=moment(7, 18),
    )
    left = StaleFlag.objects.filter(answer="").count()
    return {"corrected": 1, "flags": flagged, "sealed_anew": 1, "restated": 1, "flags_left": left}


def _correct(story: Story) -> None:
    """The volunteer records the session, opens a correction filled from the register, and sends it up."""
    volunteer, at = story.posts[LOCAL, "board"], moment(7, 16)
    given = ActivityInput(
        held_on=FORGOTTEN, values={"sessions": 1, "attended": 38}, title="Tuyên truyền phòng, chống ma túy"
    )
    log_activity(unit=volunteer.unit, kind=get_type("tap_huan"), given=given, actor=volunteer, at=at)
    draft = open_draft(unit=volunteer.unit, version=story.version, period=PERIOD, actor=volunteer, at=at)
    filled = refill(submission=draft, actor=volunteer, at=at)
    sent = submit(submission=mark_ready(submission=filled, actor=volunteer, at=at), actor=volunteer, at=at)
    accept(submission=sent, actor=story.posts[DISTRICT, "board"], at=moment(7, 16, 15))
