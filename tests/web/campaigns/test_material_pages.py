"""Materials on the pages, and the campaign's public page for members."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from nhipcau.campaigns.models import Material
from tests.campaigns import scenes
from tests.cast import Cast
from tests.web.campaigns.conftest import As

WRITTEN = {"title": "Trước ca làm", "text": "# Ba việc\n- Xem lối thoát\n<b>đậm</b>", "public": "on"}


def test_a_page_is_written_revised_and_read_below(cast: Cast, acting: As) -> None:
    campaign = scenes.opened(cast)
    base, client = f"/chien-dich/{campaign.uid}/", acting(cast.provincial_officer)
    address = client.post(f"{base}tai-lieu/them/", WRITTEN)["Location"]
    again = {**WRITTEN, "text": "Bốn việc", "changed": "thêm một việc", "number": "1"}
    assert client.post(f"{address}sua/", again)["Location"] == address
    below = acting(cast.local_volunteer)
    assert "thêm một việc" in below.get(base).content.decode()
    assert "Bốn việc" in below.get(address).content.decode()
    old = below.get(f"{address}?ban=1").content.decode()
    assert "<h2>Ba việc</h2>" in old and "&lt;b&gt;đậm" in old and "bản cũ số 1" in old
    assert below.get(f"{address}?ban=9").status_code == 404
    assert below.get(f"{address}sua/").status_code == 404


def test_a_file_is_added_and_downloaded(cast: Cast, acting: As) -> None:
    campaign = scenes.opened(cast)
    typed = {"title": "Tờ gấp", "paper": SimpleUploadedFile("tờ gấp.txt", "Đội mũ.".encode())}
    address = acting(cast.provincial_officer).post(f"/chien-dich/{campaign.uid}/tai-lieu/them/?loai=tep", typed)[
        "Location"
    ]
    assert acting(cast.local_volunteer).get(f"{address}tep/").content.decode() == "Đội mũ."
    assert acting(cast.provincial_officer).post(f"{address}rut/", {"reason": ""}).status_code == 422
    acting(cast.provincial_officer).post(f"{address}rut/", {"reason": "luật mới"})
    assert acting(cast.local_volunteer).get(f"{address}tep/").status_code == 404


def test_members_read_without_an_account_and_no_cookie_is_set(cast: Cast, acting: As) -> None:
    campaign = scenes.opened(cast)
    page = f"/chien-dich/{campaign.uid}/tai-lieu/them/"
    acting(cast.provincial_officer).post(page, WRITTEN)
    acting(cast.provincial_officer).post(page, {"title": "Kịch bản của cán bộ", "text": "Cho người nói."})
    nobody, meant = Client(), Material.objects.get(public=True)
    front = nobody.get(f"/cd/{campaign.token}/")
    assert "Trước ca làm" in front.content.decode() and "Kịch bản" not in front.content.decode()
    read = nobody.get(f"/cd/{campaign.token}/doc/{meant.uid}/")
    assert "Ba việc" in read.content.decode()
    assert not front.cookies and not read.cookies and not nobody.cookies
    other = Material.objects.get(public=False)
    assert nobody.get(f"/cd/{campaign.token}/doc/{other.uid}/").status_code == 404
    assert nobody.get("/cd/khongcotrangnay/").status_code == 404
