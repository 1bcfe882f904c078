"""What came with reading and finding letters, in a real browser: a scan, its picture, search and lineage."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from nhipcau.documents.models import Document, Scan, ScanState
from nhipcau.documents.storing import files, media
from tests.cast import NOW, Cast
from tests.reader.signed import pages
from tests.web.browsing import DESK, MARKS, PHONE, inspect, sign_in
from tests.web.directive import arrived, registered
from tests.web.documents import rows

pytestmark = MARKS


def _scanned(cast: Cast) -> Document:
    """The directive as if it had come as a scan: each word of its number stands somewhere on the page."""
    document = arrived(cast.clerk)
    document.original = files.store(pages(), media.PDF)
    document.save(update_fields=["original"])
    start = document.text.index("56/KH-LĐLĐ")
    words = [["56/KH-LĐLĐ", 60, 2000, 7000, 3400, 7200, start, start + len("56/KH-LĐLĐ")]]
    scan = Scan(unit=cast.province, sent_by=cast.clerk, name="quet.pdf", received_on=NOW.date(), pages=1)
    scan.document, scan.state, scan.created_at = document, ScanState.DONE, NOW
    scan.words = [{"page": 0, "angle": 0.0, "words": words}]
    scan.save()
    return document


def test_standing_in_a_field_lights_its_words_on_the_scan(page: Page, live_cast: Cast) -> None:
    document = _scanned(live_cast)
    sign_in(page, "vanthu")
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        page.goto(f"/van-ban/{document.uid}/xac-nhan/")
        page.focus("[name=number]")
        expect(page.locator(".spot.on")).to_be_in_viewport()
        expect(page.locator("[name=number]")).to_be_in_viewport()
    inspect(page, "xac-nhan-ban-quet")


def test_the_scan_covers_no_field_that_is_typed_in_on_a_phone(page: Page, live_cast: Cast) -> None:
    document = _scanned(live_cast)
    sign_in(page, "vanthu")
    page.set_viewport_size(PHONE)
    page.emulate_media(reduced_motion="reduce")  # what moves is looked at when it stands
    page.goto(f"/van-ban/{document.uid}/xac-nhan/")
    page.focus("[name=signer_name]")
    page.focus("[name=subject]")
    strip, field = page.locator(".scan").bounding_box(), page.locator("[name=subject]").bounding_box()
    assert strip is not None
    assert field is not None
    assert field["y"] >= strip["y"] + strip["height"]


def test_a_waiting_scan_moves_on_by_itself(page: Page, live_cast: Cast) -> None:
    scan = Scan.objects.get(uid=str(rows.scan(live_cast)["uid"]))
    sign_in(page, "vanthu")
    page.goto(f"/van-ban/quet/{scan.uid}/")
    inspect(page, "quet-cho")
    Scan.objects.update(pages_done=2)
    expect(page.get_by_text("Đã nhận dạng 2 / 3 trang.")).to_be_visible()
    Scan.objects.update(state=ScanState.DONE, document=arrived(live_cast.clerk))
    page.wait_for_url("**/xac-nhan/")


def test_a_scan_that_is_kept_out_says_why_in_place(page: Page, live_cast: Cast) -> None:
    scan = Scan.objects.get(uid=str(rows.scan(live_cast)["uid"]))
    sign_in(page, "vanthu")
    page.goto(f"/van-ban/quet/{scan.uid}/")
    Scan.objects.update(state=ScanState.KEPT_OUT, note="Văn bản có dấu chỉ mức độ mật.", name="")
    expect(page.get_by_text("Văn bản có dấu chỉ mức độ mật.")).to_be_visible()
    expect(page.locator("progress")).to_have_count(0)


def test_the_pages_around_reading_are_sound(page: Page, live_cast: Cast) -> None:
    document = registered(live_cast.clerk)
    sign_in(page, "vanthu")
    for name, url in {
        "tim": "/van-ban/tim/",
        "tim-thay": "/van-ban/tim/?q=an toàn",
        "tim-khong-thay": "/van-ban/tim/?q=ngày:35/13/2018 zzz",
        "mach": f"/van-ban/{document.uid}/mach/",
        "vien-dan": "/van-ban/vien-dan/",
        "mot-vien-dan": f"/van-ban/vien-dan/{document.uid}/",
        "hom-nay": "/van-ban/hom-nay/",
        "sao": f"/van-ban/{document.uid}/sao/",
        "thay-doi": f"/van-ban/{document.uid}/thay-doi/",
        "so-don": "/van-ban/?so=don",
        "ghi-don": "/van-ban/don/",
    }.items():
        page.goto(url)
        inspect(page, name)
