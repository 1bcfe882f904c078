"""Photographs taken without a line: they wait, small, go one by one, and leave the phone once they are sent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from nhipcau.activities.models import Activity, WaitingPhoto
from nhipcau.audit.models import Entry
from tests.cast import Cast
from tests.web.browsing import MARKS, follow, until
from tests.web.offline.conftest import cut, stored
from tests.web.offline.test_offline_browser import _kept_page
from tests.web.reports import scenes

pytestmark = MARKS
DIALOGUE = "/hoat-dong/ghi/?loai=doi_thoai"


def test_photographs_of_an_activity_wait_and_go_one_by_one(phone: Page, live_cast: Cast, tmp_path: Path) -> None:
    pytest.importorskip("cv2", reason="the extra photos is not installed")
    from tests.documents.drawn import coded, gathering

    scenes.publish()
    pictures = []
    for number, spot in enumerate(((20, 40, 120), (280, 90, 100))):
        pictures.append(tmp_path / f"IMG_{number}.jpg")
        pictures[-1].write_bytes(coded(gathering(spot)))
    _kept_page(phone, DIALOGUE)
    cut(phone)
    phone.get_by_label("Ngày tổ chức").fill("10/02/2026")
    phone.get_by_label("Số cuộc").fill("1")
    phone.get_by_label("Ảnh").set_input_files(pictures)
    follow(phone.get_by_role("button", name="Ghi hoạt động"))
    expect(phone.locator(".kept li")).to_contain_text("2 ảnh")
    assert [row["files"] for row in stored(phone)] == [2]
    phone.context.set_offline(False)
    expect(phone.locator("[data-empty]")).to_be_visible()
    recorded = Activity.objects.get()
    assert WaitingPhoto.objects.filter(activity=recorded).count() == 2
    # The page or the browser's own background sync sent them, so it is the server that tells how they came.
    sent = Entry.objects.filter(action="activities.photos_sent").values_list("data", flat=True)
    assert [json.loads(told)["count"] for told in sent] == [1, 1]
    until(phone, lambda: stored(phone) == [])
