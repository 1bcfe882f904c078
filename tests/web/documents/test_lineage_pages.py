"""The tree of a letter on its page, and the clerk's page of letters to fetch."""

from __future__ import annotations

from nhipcau.documents.models import Citation, Document
from tests.cast import Cast
from tests.documents.letters import registered
from tests.documents.test_linking import _guide
from tests.web.documents.conftest import As


def test_the_tree_shows_both_ways_and_leads_on(cast: Cast, acting: As) -> None:
    guide, directive = registered(cast.clerk, _guide()), registered(cast.clerk)
    above = acting(cast.clerk).get(f"/van-ban/{directive.uid}/mach/").content.decode()
    assert f'<a href="/van-ban/{guide.uid}/">12/HD-TLĐ</a>' in above
    below = acting(cast.clerk).get(f"/van-ban/{guide.uid}/mach/").content.decode()
    assert f'<a href="/van-ban/{directive.uid}/">56/KH-LĐLĐ</a>' in below


def test_what_is_not_in_the_register_is_a_symbol_alone(cast: Cast, acting: As) -> None:
    page = acting(cast.clerk).get(f"/van-ban/{registered(cast.clerk).uid}/mach/").content.decode()
    assert "<b>12/HD-TLĐ</b>" in page and "chưa có trong sổ" in page
    page = acting(cast.clerk).get(f"/van-ban/{Document.objects.get().uid}/").content.decode()
    cited = page.split("Văn bản này viện dẫn")[1].split("</ul>")[0]
    assert cited.index("chưa có trong sổ") > cited.index("02/02/2026"), "never: not in the register on that day"


def test_the_clerk_finds_the_letter_under_another_symbol_and_links_it(cast: Cast, acting: As) -> None:
    directive, guide = registered(cast.clerk), registered(cast.clerk, _guide("12/HD-TLX"))
    browser = acting(cast.clerk)
    listed = browser.get("/van-ban/vien-dan/").content.decode()
    assert "Có thể là" in listed and "12/HD-TLX" in listed
    address = f"/van-ban/vien-dan/{directive.uid}/?ky-hieu=12/HD-TLĐ"
    assert str(guide.uid) in browser.get(address).content.decode()
    assert browser.post(address, {"viec": "noi", "van-ban": str(guide.uid)}).status_code == 302
    assert Citation.objects.get(document=directive).target == guide
    assert "Mọi văn bản được viện dẫn đều đã có trong sổ" in browser.get("/van-ban/vien-dan/").content.decode()


def test_not_needed_asks_for_a_reason(cast: Cast, acting: As) -> None:
    directive, browser = registered(cast.clerk), acting(cast.clerk)
    address = f"/van-ban/vien-dan/{directive.uid}/?ky-hieu=12/HD-TLĐ"
    refused = browser.post(address, {"viec": "khong-can", "ly-do": ""})
    assert (refused.status_code, "phải có lý do" in refused.content.decode()) == (422, True)
    assert browser.post(address, {"viec": "khong-can", "ly-do": "Văn bản nội bộ cấp trên"}).status_code == 302
    assert Citation.objects.get(document=directive).waived == "Văn bản nội bộ cấp trên"


def test_nothing_chosen_is_said(cast: Cast, acting: As) -> None:
    address = f"/van-ban/vien-dan/{registered(cast.clerk).uid}/?ky-hieu=12/HD-TLĐ"
    refused = acting(cast.clerk).post(address, {})
    assert (refused.status_code, "Hãy chọn một trong các việc" in refused.content.decode()) == (422, True)
