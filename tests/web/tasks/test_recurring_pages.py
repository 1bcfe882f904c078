"""A duty that recurs on the pages: where it comes from, its periods, and stopping it."""

from __future__ import annotations

from pytest_django.fixtures import Settings

from nhipcau.core.deadlines import DeadlineRule
from nhipcau.tasks.actions import Wording, add_obligation, assign, renew
from nhipcau.tasks.models import Task
from tests.cast import NOW, Cast
from tests.tasks.work import LEAD, on
from tests.web.directive import registered
from tests.web.tasks.conftest import As


def monthly(cast: Cast) -> Task:
    wording = Wording("Công đoàn xã họp giao ban", deadline=DeadlineRule("recurring", "FREQ=MONTHLY", "hằng tháng"))
    duty = add_obligation(document=registered(cast.clerk), wording=wording, actor=cast.clerk, at=NOW)
    return assign(obligation=duty, units={cast.commune: LEAD}, actor=cast.provincial_officer, at=NOW)


def test_each_period_is_seen_and_the_issuer_stops_them(cast: Cast, acting: As, settings: Settings) -> None:
    task = monthly(cast)
    renew(at=on(1, 4))
    settings.DEMO_CLOCK = on(2, 4).isoformat()
    giver = acting(cast.provincial_officer)
    page = giver.get(f"/viec/tien-do/{task.uid}/").content.decode()
    assert "kỳ đến 30/04/2026" in page
    assert "kỳ đến 31/03/2026" in page
    worklist = acting(cast.commune_officer).get("/").content.decode()
    assert "Việc định kỳ từ văn bản 56/KH-LĐLĐ, mỗi tháng." in worklist
    done = giver.post(f"/viec/tien-do/{task.uid}/dung-dinh-ky/", follow=True).content.decode()
    assert "Việc định kỳ này đã dừng ngày 02/04/2026" in done
    assert "dung-dinh-ky" not in done
