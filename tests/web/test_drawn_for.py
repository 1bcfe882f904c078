"""A form opened in one tab is not recorded for the post taken in another, and nothing typed in it is lost."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from nhipcau.access.models import SavedView
from nhipcau.org.actions import appoint, create_post
from nhipcau.org.models import Appointment, Post, Role
from tests.cast import NOW, PASSWORD, SETUP, TODAY, Cast
from tests.web.furnished import furnished
from tests.web.permissions import TABLE, nothing

KEPT = {"trang": "so", "loc": "q=quà", "ten": "Thăm hỏi"}
SAVE = "/cach-xem/luu/"


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    settings.DEMO_CLOCK = NOW.isoformat()


@pytest.fixture
def second(cast: Cast) -> Post:
    """The volunteer's other post, in the commune."""
    post = create_post(unit=cast.commune, title="Uỷ viên", roles=[Role.BOARD], start=TODAY, actor=SETUP, at=NOW)
    person = cast.account(cast.local_volunteer).person
    appoint(post=post, person=person, start=TODAY, actor=SETUP, at=NOW)
    return post


@pytest.fixture
def switched(cast: Cast, second: Post) -> Client:
    """The volunteer, who has taken the commune's post in another tab."""
    client = Client()
    client.force_login(cast.account(cast.local_volunteer))
    client.post(reverse("act_as"), {"post": str(second.uid)})
    return client


def _hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.partition("<main")[2]))


def test_a_form_of_another_post_is_not_recorded_and_comes_back_whole(cast: Cast, switched: Client) -> None:
    answer = switched.post(SAVE, KEPT | {"thay-mat": str(cast.local_volunteer.uid)})
    page = answer.content.decode()
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "Chưa ghi gì cả" in page
    assert not SavedView.objects.exists()
    sent = _hidden(page)
    assert sent.items() >= KEPT.items()

    assert switched.post(SAVE, sent).status_code == HTTPStatus.FOUND
    assert SavedView.objects.get().post == cast.local_volunteer
    assert switched.get("/").context["seat"].uid == str(cast.local_volunteer.uid)


def test_a_password_typed_for_it_is_written_into_no_page(cast: Cast, switched: Client) -> None:
    sent = KEPT | {"thay-mat": str(cast.local_volunteer.uid), "xac-nhan": PASSWORD}
    assert PASSWORD not in switched.post(SAVE, sent).content.decode()


def test_a_form_of_the_own_post_is_recorded(second: Post, switched: Client) -> None:
    assert switched.post(SAVE, KEPT | {"thay-mat": str(second.uid)}).status_code == HTTPStatus.FOUND
    assert SavedView.objects.get().post == second


def test_a_post_given_up_meanwhile_is_not_taken_again(cast: Cast, second: Post, switched: Client) -> None:
    Appointment.objects.filter(post=cast.local_volunteer).update(valid_to=TODAY)
    given_up = KEPT | {"thay-mat": str(cast.local_volunteer.uid), "tro-lai-chuc-danh": "1"}
    answer = switched.post(SAVE, given_up)
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "không còn giữ" in answer.content.decode()
    assert not SavedView.objects.exists()


def test_a_file_is_asked_for_again_by_its_name(cast: Cast, switched: Client) -> None:
    letter = SimpleUploadedFile("ke-hoach.docx", b"...")
    sent = {"thay-mat": str(cast.local_volunteer.uid), "files": letter}
    page = switched.post(reverse("documents:upload"), sent).content.decode()
    assert "Chọn lại tệp: ke-hoach.docx" in page
    assert 'enctype="multipart/form-data"' in page


def test_a_part_of_a_page_says_so_where_it_stands(cast: Cast, switched: Client) -> None:
    drawn = {"HX-Request": "true", "Nhipcau-Post": str(cast.local_volunteer.uid)}
    answer = switched.get(reverse("org:tree"), headers=drawn)
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "chưa ghi gì" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_changing_posts_and_what_belongs_to_the_account_go_on(cast: Cast, switched: Client) -> None:
    drawn = {"thay-mat": "khong-con"}
    own = {"post": str(cast.local_volunteer.uid)}
    assert switched.post(reverse("act_as"), drawn | own).status_code == HTTPStatus.FOUND
    assert switched.post(reverse("language"), drawn | {"language": "en"}).status_code == HTTPStatus.FOUND


def test_every_form_of_every_page_says_for_whom_it_was_drawn(db: None) -> None:
    cast, seen = furnished(), 0
    client = Client()
    client.force_login(cast.account(cast.clerk))
    for row in TABLE:
        if row.kwargs is not nothing or row.method != "get" or row.expect.get("clerk") != HTTPStatus.OK:
            continue
        answer = client.get(reverse(row.name), dict(row.data))
        if not answer.headers["Content-Type"].startswith("text/html"):
            continue
        for form in re.findall(r'<form\b[^>]*method="post".*?</form>', answer.content.decode(), re.S):
            seen += 1
            assert f'name="thay-mat" value="{cast.clerk.uid}"' in form, row.name
    assert seen > 50
