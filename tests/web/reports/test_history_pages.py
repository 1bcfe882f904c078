"""Figures of the years before on the pages: marked as what they are, each leading to its file and cell."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from nhipcau.exchange.own.history import import_history
from nhipcau.org.models import Post
from nhipcau.reports.models import Submission
from tests import quarterly
from tests.cast import Cast
from tests.quarterly import LATER

OLD = "2025-Q4"
TEXT = "Mã đơn vị,Kỳ,Số suất quà,Số tiền quà\nA1,2025-Q4,10,3000000\nA2,2025-Q4,4,800000\n"


@pytest.fixture(autouse=True)
def imported(cast: Cast, settings: Settings) -> None:
    settings.DEMO_CLOCK = LATER.isoformat()
    quarterly.publish()
    actor = cast.provincial_officer
    import_history(
        data=TEXT.encode(), name="so-cu.csv", code="quy", actor=actor, at=LATER, columns={"D": "money"}
    )  # fmt: skip


def shown(cast: Cast, post: Post, name: str, *args: object) -> str:
    client = Client()
    client.force_login(cast.account(post))
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_totals_say_that_the_period_holds_old_figures(cast: Cast) -> None:
    page = shown(cast, cast.commune_officer, "reports:consolidated", "quy", OLD, cast.commune.uid)
    assert "Kỳ này có 2 số liệu cũ nhập từ tệp" in page
    assert ">14<" in page


def test_a_figure_leads_to_the_file_and_its_cell(cast: Cast) -> None:
    page = shown(cast, cast.commune_officer, "reports:drill", "quy", OLD, cast.local.uid, "gifts")
    assert "Tệp số liệu cũ «so-cu.csv», ô CSV!C2" in page
    report = Submission.objects.get(unit=cast.local)
    beside = shown(cast, cast.commune_officer, "reports:sources", report.uid, "gifts")
    assert "không có nguồn chi tiết" in beside
    assert "ô CSV!C2" in beside


def test_the_unit_sees_that_it_did_not_send_it_and_owes_nothing(cast: Cast) -> None:
    report = Submission.objects.get(unit=cast.local)
    page = shown(cast, cast.local_volunteer, "reports:report", report.uid)
    assert "đơn vị không gửi báo cáo này qua hệ thống" in page
    assert "Nhập từ tệp số liệu cũ" in page
    assert "Xác nhận đúng" not in page
    assert "Cấp trên nhập thay" not in page


def test_the_next_report_shows_them_as_the_period_before(cast: Cast) -> None:
    report = quarterly.draft(cast.local_volunteer, quarterly.publish(), gifts="12")
    page = shown(cast, cast.local_volunteer, "reports:report", report.uid)
    assert "3.000.000" in page  # nothing of this quarter says so


def test_why_a_figure_changed_compares_with_them(cast: Cast) -> None:
    quarterly.accepted(cast, quarterly.publish(), gifts="12", money="3600000")
    page = shown(cast, cast.commune_officer, "reports:why", "quy", "2026-Q1", cast.commune.uid, "gifts")
    assert "kỳ trước: quý IV năm 2025" in page
    assert "Công ty May Hải Âu" in page
