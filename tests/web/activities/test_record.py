"""Ghi hoạt động: one minute, once, in words one understands."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from nhipcau.activities.models import Activity
from tests.cast import Cast
from tests.web.activities.conftest import As
from tests.web.reports import scenes

PAGE = "/hoat-dong/ghi/?loai=tang_qua"
TYPED = {
    "held_on": "10/02/2026",
    "so-gifts": "20",
    "so-money": "72 triệu",
    "chon-fund": "own",
    "title": "Quà Tết",
    "place": "",
    "paper_location": "cặp số 3",
    "partner_bodies": "Hội Chữ thập đỏ xã\n\n",
    "client_key": "a-key-of-the-browser",
}


def test_the_most_used_type_stands_first(cast: Cast, acting: As) -> None:
    scenes.publish()
    client = acting(cast.local_volunteer)
    assert [code for code, _ in client.get("/hoat-dong/ghi/").context["types"]] == ["doi_thoai", "tang_qua"]
    scenes.gave_gifts(cast.local_volunteer)
    assert [code for code, _ in client.get("/hoat-dong/ghi/").context["types"]] == ["tang_qua", "doi_thoai"]


def test_without_any_type_the_page_says_where_they_come_from(cast: Cast, acting: As) -> None:
    assert "Chưa có loại hoạt động nào" in acting(cast.local_volunteer).get("/hoat-dong/ghi/").content.decode()


def test_an_unknown_type_does_not_exist(cast: Cast, acting: As) -> None:
    assert acting(cast.local_volunteer).get("/hoat-dong/ghi/?loai=khong-co").status_code == 404


def test_what_was_typed_is_recorded_exactly(cast: Cast, acting: As) -> None:
    scenes.publish()
    paper = SimpleUploadedFile("biên bản.txt", "Đã trao 20 suất.".encode())
    answer = acting(cast.local_volunteer).post(PAGE, {**TYPED, "papers": paper})
    activity = Activity.objects.get()
    assert answer["Location"] == f"/hoat-dong/{activity.uid}/"
    assert activity.values == {"gifts": 20, "money": 72_000_000}
    assert (activity.facets, activity.paper_location) == ({"fund": "own"}, "cặp số 3")
    assert [partner.outside for partner in activity.partners.all()] == ["Hội Chữ thập đỏ xã"]
    assert activity.evidence.get().name == "biên bản.txt"


def test_a_double_tap_records_once(cast: Cast, acting: As) -> None:
    scenes.publish()
    client = acting(cast.local_volunteer)
    assert client.post(PAGE, TYPED)["Location"] == client.post(PAGE, TYPED)["Location"]
    assert Activity.objects.count() == 1


def test_every_mistake_is_told_at_its_field_and_nothing_typed_is_lost(cast: Cast, acting: As) -> None:
    scenes.publish()
    wrong = {**TYPED, "held_on": "31/02/2026", "so-money": "1.23", "chon-fund": ""}
    page = acting(cast.local_volunteer).post(PAGE, wrong)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"held_on", "so-money", "chon-fund"}
    assert 'value="1.23"' in page.content.decode()
    assert not Activity.objects.exists()


def test_a_refusal_of_the_domain_stands_at_its_field(cast: Cast, acting: As) -> None:
    scenes.publish()
    nothing = {**TYPED, "held_on": "17/03/2026", "so-gifts": "", "so-money": ""}
    errors = acting(cast.local_volunteer).post(PAGE, nothing).context["form"].errors
    assert "tương lai" in str(errors["held_on"])
    assert "ít nhất một số liệu" in str(errors["so-gifts"])


def test_a_photograph_is_refused_with_a_reason(cast: Cast, acting: As) -> None:
    scenes.publish()
    picture = SimpleUploadedFile("anh.png", b"\x89PNG\r\n\x1a\n" + b"0" * 64)
    page = acting(cast.local_volunteer).post(PAGE, {**TYPED, "papers": picture})
    assert page.status_code == 422
    assert "khuôn mặt" in str(page.context["form"].errors["papers"])


def test_the_last_one_can_be_repeated_with_todays_date_and_its_figures_beside(cast: Cast, acting: As) -> None:
    scenes.publish()
    client = acting(cast.local_volunteer)
    assert "Lặp lại lần trước" not in client.get(PAGE).content.decode()
    client.post(PAGE, TYPED)
    page = client.get(f"{PAGE}&lap-lai=1")
    form = page.context["form"]
    assert form["so-money"].value() is None
    assert "Lần trước: 72.000.000." in page.content.decode()
    assert (form["chon-fund"].value(), form["title"].value()) == ("own", "Quà Tết")
    assert f"{form['held_on'].value():%d/%m/%Y}" == "16/03/2026"
    assert form["client_key"].value() not in ("", TYPED["client_key"])
    assert client.get(f"{PAGE}&lap-lai=1&so-lieu=1").context["form"]["so-money"].value() == "72.000.000"


def test_only_an_activity_of_the_own_unit_and_type_is_repeated(cast: Cast, acting: As) -> None:
    scenes.publish()
    gifts = scenes.gave_gifts(cast.local_volunteer)
    own, above = acting(cast.local_volunteer), acting(cast.commune_officer)
    assert own.get(f"{PAGE}&lap-lai={gifts.uid}").context["copied"] == gifts
    assert own.get(f"/hoat-dong/ghi/?loai=doi_thoai&lap-lai={gifts.uid}").status_code == 404
    assert above.get(f"{PAGE}&lap-lai={gifts.uid}").status_code == 404


def _echo(client: Client, text: str) -> str:
    return client.get("/hoat-dong/doc-so/", {"loai": "tang_qua", "so-money": text}).content.decode()


def test_money_is_echoed_in_words_as_one_types(cast: Cast, acting: As) -> None:
    scenes.publish()
    client = acting(cast.local_volunteer)
    assert "bảy mươi hai triệu đồng" in _echo(client, "72 triệu")
    assert "bảy mươi hai triệu đồng" in _echo(client, "72.000.000")
    assert "unclear" in _echo(client, "1.23")


def test_partners_are_units_below_and_a_strangers_unit_does_not_exist(cast: Cast, acting: As) -> None:
    scenes.publish()
    client = acting(cast.commune_officer)
    assert "Trường Tiểu học Hải Long" in client.get(PAGE).content.decode()
    found = client.get("/hoat-dong/tim-don-vi/", {"tim": "hai long"})
    assert [name for _, name, _ in found.context["offered"]] == ["Công đoàn cơ sở Trường Tiểu học Hải Long"]
    assert client.post(PAGE, {**TYPED, "don-vi": str(cast.sibling_local.uid)}).status_code == 404
    client.post(PAGE, {**TYPED, "don-vi": str(cast.other_local.uid)})
    assert Activity.objects.get().partners.get(unit=cast.other_local)


def test_searching_partners_without_scripts_keeps_what_was_typed(cast: Cast, acting: As) -> None:
    scenes.publish()
    page = acting(cast.commune_officer).post(PAGE, {**TYPED, "tim": "hải long", "tim-don-vi": "1"})
    assert page.status_code == 200
    assert page.context["form"]["so-money"].value() == "72 triệu"
    assert len(page.context["offered"]) == 1
