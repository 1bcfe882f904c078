"""One box finds what the post may see, in groups, and of a sibling's nothing at all."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from nhipcau.org.actions import appoint, create_post
from nhipcau.org.models import Post, Role
from tests.cast import NOW, SETUP, TODAY, Cast
from tests.tasks.announced import told
from tests.web.everywhere import scenes
from tests.web.reports import scenes as reports

GROUP = re.compile(r'aria-labelledby="nhom-([\w-]+)"')
LINK = re.compile(r'<li><a href="([^"]+)"')
# What is typed, and the groups it is found in by the local volunteer once everything is there.
FOUND: Mapping[str, set[str]] = {
    "tap huan": {"viec"},
    "chăm lo": {"bao-cao", "bieu-mau"},
    "qua tet": {"hoat-dong"},
    "Tháng hành động": {"chien-dich"},
    "nghi le": {"thong-bao"},
    "hai au": {"don-vi", "chuc-danh"},
}


def client_of(cast: Cast, post: Post) -> Client:
    client = Client()
    client.force_login(cast.account(post))
    return client


def _results(page: str) -> str:
    return page.partition('id="ket-qua"')[2]


def asked(client: Client, text: str, **more: str) -> str:
    return client.get(reverse("everywhere"), {"q": text, **more}).content.decode()


@pytest.mark.parametrize("text", FOUND)
def test_the_volunteer_finds_each_kind_in_its_group_and_every_link_opens(text: str, cast: Cast) -> None:
    scenes.everything(cast)
    volunteer = client_of(cast, cast.local_volunteer)
    page = asked(volunteer, text)
    assert FOUND[text] <= set(GROUP.findall(page))
    assert 'mark class="on"' in page
    for link in LINK.findall(_results(page)):
        assert volunteer.get(link.replace("&amp;", "&"), follow=True).status_code == 200, link


@pytest.mark.parametrize("text", FOUND)
def test_the_stranger_finds_nothing_of_the_sibling_commune(text: str, cast: Cast) -> None:
    scenes.everything(cast)
    groups = set(GROUP.findall(asked(client_of(cast, cast.stranger), text)))
    assert groups <= {"bieu-mau"}, "only the template, which is everybody's"


def test_the_clerk_of_the_province_finds_the_letter_and_what_it_asks(cast: Cast) -> None:
    scenes.given(cast)
    clerk = client_of(cast, cast.clerk)
    assert {"viec", "van-ban"} <= set(GROUP.findall(asked(clerk, "an toàn")))
    assert {"van-ban", "yeu-cau"} <= set(GROUP.findall(asked(clerk, "báo cáo kết quả")))
    assert "van-ban" in GROUP.findall(asked(clerk, "56/KH-LĐLĐ"))


def test_what_a_letter_asks_is_no_business_of_the_units_below(cast: Cast) -> None:
    scenes.given(cast)
    for post in (cast.commune_officer, cast.local_volunteer, cast.stranger):
        assert "yeu-cau" not in GROUP.findall(asked(client_of(cast, post), "báo cáo kết quả"))


def test_a_post_without_contents_finds_offices_alone(cast: Cast) -> None:
    scenes.everything(cast)
    keeper = create_post(
        unit=cast.local, title="Quản trị", roles=[Role.ADMINISTRATOR], start=TODAY, actor=SETUP, at=NOW
    )
    holder = cast.account(cast.local_volunteer)
    appoint(post=keeper, person=holder.person, start=TODAY, actor=SETUP, at=NOW)
    client = Client()
    client.force_login(holder)
    client.post(reverse("act_as"), {"post": str(keeper.uid)})
    found = {group for text in FOUND for group in GROUP.findall(asked(client, text))}
    assert found <= {"don-vi", "chuc-danh", "bieu-mau", "thong-bao"}
    assert "viec" not in found and "hoat-dong" not in found and "bao-cao" not in found


def test_posts_are_found_by_title_and_unit_but_nobody_by_name(cast: Cast) -> None:
    province = client_of(cast, cast.provincial_officer)
    assert "chuc-danh" in GROUP.findall(asked(province, "chu tich an hai"))
    page = asked(province, "nguoi giu chuc")
    assert "chuc-danh" not in GROUP.findall(page)
    assert "Người giữ chức" not in asked(province, "chủ tịch")


def test_the_spelling_typed_goes_first(cast: Cast) -> None:
    for title in ("Hop cum khu vuc", "Họp cụm khu vực", "Hộp thư góp ý"):
        told(cast, title=title)
    page = asked(client_of(cast, cast.local_volunteer), "họp")
    plain = re.sub(r"</?mark[^>]*>", "", page)
    assert plain.index("Họp cụm") < plain.index("Hộp thư") < plain.index("Hop cum")


def test_a_long_group_says_that_there_is_more_and_shows_it_alone(cast: Cast) -> None:
    for number in range(8):
        told(cast, title=f"Họp giao ban {number}")
    volunteer = client_of(cast, cast.local_volunteer)
    page = asked(volunteer, "giao ban")
    assert len(LINK.findall(_results(page))) == 5
    assert "nhom=thong-bao&amp;q=giao%20ban" in page
    assert len(LINK.findall(_results(asked(volunteer, "giao ban", nhom="thong-bao")))) == 8


def test_typing_gets_the_results_alone_with_their_number_said(cast: Cast) -> None:
    volunteer = client_of(cast, cast.local_volunteer)
    answer = volunteer.get(
        reverse("everywhere"), {"q": "hai au"}, headers={"HX-Request": "true", "HX-Target": "ket-qua"}
    ).content.decode()
    assert "<html" not in answer and 'hx-swap-oob="true"' in answer and "2 kết quả" in answer


def test_nothing_typed_and_nothing_found_say_what_to_do(cast: Cast) -> None:
    volunteer = client_of(cast, cast.local_volunteer)
    assert "Gõ điều còn nhớ" in asked(volunteer, "  ")
    assert "Không thấy gì khớp" in asked(volunteer, "zzz")
    assert "Không thấy gì khớp" in asked(volunteer, "<b>&'\"\x00")
    assert "Nothing within your scope" in _in_english(volunteer)


def _in_english(client: Client) -> str:
    client.post(reverse("language"), {"language": "en"})
    return asked(client, "zzz")


def test_every_page_has_the_way_to_it(cast: Cast) -> None:
    page = client_of(cast, cast.local_volunteer).get(reverse("home")).content.decode()
    assert page.count(f'action="{reverse("everywhere")}"') == 1
    assert resolve("/tim/").url_name == "everywhere"


def test_however_much_there_is_the_database_is_asked_as_often(cast: Cast) -> None:
    volunteer = client_of(cast, cast.local_volunteer)
    scenes.everything(cast)
    few = _queries(volunteer)
    for number in range(6):
        told(cast, title=f"Chăm lo Tết {number}")
        reports.gave_gifts(cast.local_volunteer)
    assert _queries(volunteer) == few


def _queries(client: Client) -> int:
    asked(client, "cham lo")  # what is read once a process has been read
    with CaptureQueriesContext(connection) as seen:
        asked(client, "cham lo")
    return len(seen)
