"""A report asked for on the letter's page, opened from the work, seen on the status page."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django.fixtures import Settings

from nhipcau.reports.models import Submission
from nhipcau.tasks.actions import assign
from nhipcau.tasks.models import Assignment, AssignmentState, Obligation
from tests import quarterly
from tests.cast import Cast
from tests.quarterly import LATER
from tests.tasks.work import LEAD, on, training
from tests.web.tasks.conftest import As


@pytest.fixture
def duty(cast: Cast) -> Obligation:
    quarterly.publish()
    return training(cast)


def given(cast: Cast, duty: Obligation) -> Assignment:
    units = {cast.commune: LEAD, cast.sibling_commune: LEAD}
    task = assign(obligation=duty, units=units, actor=cast.provincial_officer, at=on(16))
    return task.assignments.get(unit=cast.commune)


def test_it_is_chosen_on_one_page_and_taken_back_there(cast: Cast, acting: As, duty: Obligation) -> None:
    client, url = acting(cast.provincial_officer), f"/bieu-hoi/yeu-cau/{duty.uid}/bao-cao/"
    assert url in client.get(f"/van-ban/{duty.document.uid}/").content.decode()
    assert "Báo cáo quý, quý I năm 2026" in client.get(url).content.decode()
    client.post(url, {"report": "quy|2026-Q1"})
    duty.refresh_from_db()
    assert (duty.report_code, duty.report_period) == ("quy", "2026-Q1")
    assert "Trả lời bằng Báo cáo quý" in client.get(f"/van-ban/{duty.document.uid}/").content.decode()
    client.post(url, {"report": ""})
    duty.refresh_from_db()
    assert duty.report_code == ""
    assert client.post(url, {"report": "quy|2019-Q1"}).status_code == 422


def test_the_work_leads_to_the_report_and_the_status_page_shows_where_it_stands(
    cast: Cast, acting: As, duty: Obligation, settings: Settings
) -> None:
    acting(cast.provincial_officer).post(f"/bieu-hoi/yeu-cau/{duty.uid}/bao-cao/", {"report": "quy|2026-Q1"})
    mine = given(cast, duty)
    settings.DEMO_CLOCK = (LATER + dt.timedelta(hours=1)).isoformat()
    commune = acting(cast.commune_officer)
    page = commune.get(f"/viec/{mine.uid}/").content.decode()
    assert "Mở báo cáo phải gửi" in page
    assert f"/viec/{mine.uid}/hoan-thanh/" not in page, "it is done by sending"
    opened = commune.post("/bao-cao/lap/", {"mau": "quy", "ky": "2026-Q1"})
    assert opened.status_code == 302
    status = acting(cast.provincial_officer).get(f"/viec/tien-do/{mine.task.uid}/").content.decode()
    assert status.count("báo cáo chưa gửi") == 2, "a draft is the unit's own business"
    quarterly.send_draft(Submission.objects.get(), cast.commune_officer, LATER)
    status = acting(cast.provincial_officer).get(f"/viec/tien-do/{mine.task.uid}/").content.decode()
    assert (status.count("báo cáo chưa gửi"), status.count("báo cáo đã gửi")) == (1, 1)
    mine.refresh_from_db()
    assert mine.state == AssignmentState.DONE
