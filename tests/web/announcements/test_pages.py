"""Announcements on the pages: told, read, chased and taken back."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from nhipcau.org.models import Person
from nhipcau.tasks.announcements.models import Announcement, Receipt
from tests.cast import NOW, Cast
from tests.tasks.announced import SAID, told

pytestmark = pytest.mark.django_db
NEW = {"title": SAID.title, "text": SAID.text}


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    settings.DEMO_CLOCK = NOW.isoformat()
    settings.SITE_URL = "https://nhipcau.example"


def browser(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.account(getattr(cast, who)))
    return client


def place(one: Announcement, name: str = "announcement") -> str:
    return reverse(f"announcements:{name}", kwargs={"uid": one.uid})


def test_the_province_tells_one_branch_and_only_that_one_finds_it_to_read(cast: Cast) -> None:
    sent = {**NEW, "don-vi": str(cast.commune.uid), "kinds": ["local"]}
    answer = browser(cast, "provincial_officer").post(reverse("announcements:tell"), sent)
    assert answer.status_code == 302
    assert SAID.title in browser(cast, "local_volunteer").get("/").content.decode()
    for who in ("commune_officer", "stranger"):
        assert SAID.title not in browser(cast, who).get("/").content.decode()


def test_a_refused_one_keeps_what_was_typed(cast: Cast) -> None:
    sent = {"title": SAID.title, "text": "", "don-vi": str(cast.commune.uid)}
    answer = browser(cast, "provincial_officer").post(reverse("announcements:tell"), sent)
    page = answer.content.decode()
    assert (answer.status_code, "Hãy ghi nội dung." in page, SAID.title in page) == (422, True, True)
    assert f'value="{cast.commune.uid}" checked' in page


def test_a_branch_of_others_cannot_be_told(cast: Cast) -> None:
    sent = {**NEW, "don-vi": str(cast.sibling_commune.uid)}
    assert browser(cast, "commune_officer").post(reverse("announcements:tell"), sent).status_code == 404
    assert not Announcement.objects.exists()


def test_opening_it_takes_it_off_the_worklist_of_the_unit(cast: Cast) -> None:
    one, reader = told(cast), browser(cast, "commune_officer")
    assert "Thông báo chưa đọc" in reader.get("/").content.decode()
    assert SAID.text.splitlines()[0] in reader.get(place(one)).content.decode()
    assert "Thông báo chưa đọc" not in reader.get("/").content.decode()


def test_looking_at_the_list_alone_is_not_reading(cast: Cast) -> None:
    told(cast)
    assert SAID.title in browser(cast, "commune_officer").get(reverse("announcements:list")).content.decode()
    assert not Receipt.objects.exists()


def test_the_sender_sees_units_and_posts_and_never_a_person(cast: Cast) -> None:
    one, sender = told(cast), browser(cast, "provincial_officer")
    browser(cast, "local_volunteer").get(place(one))
    assert "1 / 5 đơn vị" in sender.get(place(one)).content.decode()
    page = sender.get(place(one, "not_read")).content.decode()
    assert "Công đoàn phường Bình Sơn" in page
    assert "1 / 3" in page
    assert not any(name in page for name in Person.objects.values_list("name", flat=True))


def test_the_list_to_ring_up_holds_units_posts_and_telephones(cast: Cast) -> None:
    one = told(cast, branches=[cast.commune])
    answer = browser(cast, "provincial_officer").get(place(one, "not_read"))
    lines = answer.context["message"].splitlines()
    assert lines[0] == f"CHƯA ĐỌC: {SAID.title}"
    assert "1. Công đoàn cơ sở Công ty May Hải Âu: Chủ tịch công đoàn cơ sở, 0200 000 000" in lines
    assert lines[-1] == f"Đăng nhập để xem: https://nhipcau.example{place(one)}"


def test_the_message_for_a_chat_group_says_the_title_and_the_way_in_alone(cast: Cast) -> None:
    one = told(cast)
    message = browser(cast, "commune_officer").get(place(one)).context["message"]
    assert SAID.title in message
    assert f"https://nhipcau.example{place(one)}" in message
    assert not any(line in message for line in SAID.text.splitlines())


def test_a_local_unit_sees_nothing_of_who_else_has_read_it(cast: Cast) -> None:
    page = browser(cast, "local_volunteer").get(place(told(cast))).content.decode()
    assert "Đơn vị đã đọc" not in page
    assert "Thu hồi" not in page


def test_corrected_and_withdrawn_it_says_so_to_whoever_was_told(cast: Cast) -> None:
    one, sender = told(cast), browser(cast, "provincial_officer")
    sender.post(place(one, "correct"), {**NEW, "text": "Nghỉ đến 2/5.", "note": "Nhầm ngày", "again": "on"})
    page = browser(cast, "local_volunteer").get(place(one)).content.decode()
    assert "Đã đính chính ngày 16/03/2026: Nhầm ngày" in page
    assert "Nghỉ đến 2/5." in page
    assert sender.post(place(one, "withdraw"), {"reason": ""}).status_code == 422
    sender.post(place(one, "withdraw"), {"reason": "Hoãn lịch"})
    assert "Lý do: Hoãn lịch" in browser(cast, "local_volunteer").get(place(one)).content.decode()


def test_the_silent_are_reminded_once(cast: Cast) -> None:
    one, sender = told(cast), browser(cast, "provincial_officer")
    assert "Đã nhắc các đơn vị chưa đọc." in sender.post(place(one, "remind"), follow=True).content.decode()
    assert "không nhắc thêm" in sender.post(place(one, "remind"), follow=True).content.decode()
    assert "đã nhắc đọc" in browser(cast, "commune_officer").get("/").content.decode()


def test_units_are_found_by_typing_without_marks(cast: Cast) -> None:
    url = reverse("announcements:find_units")
    page = browser(cast, "provincial_officer").get(url, {"tim": "hai au"}).content.decode()
    assert str(cast.local.uid) in page
    assert str(cast.local.uid) not in browser(cast, "stranger").get(url, {"tim": "hai au"}).content.decode()


def test_it_speaks_english_too(cast: Cast) -> None:
    one, client = told(cast), browser(cast, "commune_officer")
    client.post("/ngon-ngu/", {"language": "en"})
    page = client.get(place(one)).content.decode()
    assert "Copy a message for Zalo" in page
    assert "Chép" not in page


def test_the_list_shows_the_unread_and_what_is_in_force_by_themselves(cast: Cast) -> None:
    one, reader = told(cast), browser(cast, "local_volunteer")
    lists = {part: reader.get(f"/thong-bao/?loai={part}") for part in ("", "chua-doc", "con-gia-tri")}
    assert [len(page.context["rows"]) for page in lists.values()] == [1, 1, 1]
    reader.get(place(one))
    assert reader.get("/thong-bao/?loai=chua-doc").context["rows"] == []
    assert "Không có thông báo nào như thế" in reader.get("/thong-bao/?loai=chua-doc").content.decode()
    assert reader.get("/thong-bao/?loai=la").status_code == 404
