"""Activities in a browser: a table pasted, a face covered by tapping, months by key; sound at both widths."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from nhipcau.activities.models import Activity, WaitingPhoto
from tests.cast import Cast
from tests.web.browsing import DESK, MARKS, PHONE, inspect, sign_in
from tests.web.reports import places, scenes

pytestmark = MARKS
PASTED = "10/02/2026\t20\t6.000.000\tVận động\tQuà Tết\n11/02/2026\t5\t1,5 triệu\tTài chính công đoàn\n" * 4
_PASTE = """(input, text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  input.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture(autouse=True)
def today(settings: object) -> None:
    settings.DEMO_CLOCK = "2026-03-16T09:00:00+07:00"  # type: ignore[attr-defined]


def test_a_pasted_table_fills_rows_and_adds_what_is_missing(page: Page, live_cast: Cast) -> None:
    scenes.publish()
    page.set_viewport_size(DESK)
    sign_in(page)
    page.goto("/hoat-dong/ghi-nhieu/?loai=tang_qua")
    page.locator("#o-1-held_on").evaluate(_PASTE, PASTED)
    expect(page.locator("tbody tr")).to_have_count(8)
    expect(page.locator("#o-8-chon-fund")).to_have_value("own")
    page.locator("#o-3-so-gifts").fill("nhiều")
    page.get_by_role("button", name="Ghi tất cả").press("Enter")
    expect(page.get_by_role("heading", name="Chưa ghi dòng nào")).to_be_visible()
    inspect(page, "many-activities")
    page.set_viewport_size(DESK)
    page.locator("#o-3-so-gifts").fill("20")
    page.get_by_role("button", name="Ghi tất cả").press("Enter")
    expect(page.get_by_text("Đã ghi 8 hoạt động.")).to_be_visible()
    assert Activity.objects.count() == 8


def test_a_volunteer_records_with_a_photograph_covers_more_and_keeps_it(
    page: Page, live_cast: Cast, tmp_path: Path
) -> None:
    pytest.importorskip("cv2", reason="the extra photos is not installed")
    from tests.documents.drawn import coded, gathering

    scenes.publish()
    photo = tmp_path / "IMG_7.jpg"
    photo.write_bytes(coded(gathering((20, 40, 120), (280, 90, 100))))
    page.set_viewport_size(PHONE)
    sign_in(page)
    page.goto("/hoat-dong/ghi/?loai=doi_thoai")
    page.get_by_label("Số cuộc").fill("1")
    page.get_by_label("Ảnh").set_input_files(photo)
    inspect(page, "record-activity")
    page.get_by_role("button", name="Ghi hoạt động").press("Enter")
    expect(page.get_by_role("heading", name="Ảnh của hoạt động")).to_be_visible()
    page.get_by_label("Hàng 1, cột 1", exact=True).press("Space")
    page.get_by_label("Hàng 1, cột 2", exact=True).press("Space")
    inspect(page, "photographs")
    page.get_by_role("button", name="Che các ô đã chọn").press("Enter")
    expect(page.get_by_text("Đã che thêm; hãy xem lại.")).to_be_visible()
    page.get_by_label("Tôi đã xem từng ảnh").press("Space")
    page.get_by_role("button", name="Lưu ảnh vào hoạt động").press("Enter")
    expect(page.get_by_role("img", name="khuôn mặt đã che")).to_be_visible()
    inspect(page, "activity")
    assert not WaitingPhoto.objects.exists()


def test_the_month_turns_by_key(page: Page, live_cast: Cast) -> None:
    place = places.joint(live_cast)
    scenes.gave_gifts(live_cast.local_volunteer)
    for number in range(5):
        scenes.gave_gifts(live_cast.commune_officer, day=dt.date(2026, 2, 3 + number // 4))
    page.set_viewport_size(DESK)
    sign_in(page, "xa")
    page.goto("/hoat-dong/lich/?pham_vi=nhanh")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**thang=2026-02**")
    expect(page.get_by_text("và 1 hoạt động nữa")).to_be_visible()
    inspect(page, "activity-calendar")
    page.goto(f"/hoat-dong/{place['uid']}/")
    inspect(page, "joint-activity")
    page.get_by_role("button", name="Có, cùng làm").press("Enter")
    expect(page.get_by_text("Đã ghi: cùng làm.")).to_be_visible()
