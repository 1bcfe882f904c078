"""Danh bạ on the page: found as one types, printed, and no more than rights allow."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from nhipcau.org.models import Post, Role
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    settings.DEMO_CLOCK = NOW.isoformat()


def browser(cast: Cast, post: Post) -> Client:
    client = Client()
    client.force_login(cast.account(post))
    return client


def test_typing_brings_the_rows_alone_without_marks(cast: Cast) -> None:
    client = browser(cast, cast.provincial_officer)
    rows = client.get(reverse("org:directory"), {"q": "hai au"}, headers={"HX-Request": "true"}).content.decode()
    assert rows.strip().startswith('<div id="danh-ba">')
    assert "Công ty May Hải Âu" in rows
    assert 'href="tel:0200000000"' in rows


def test_a_stranger_finds_nothing_of_the_other_branch(cast: Cast) -> None:
    client = browser(cast, cast.stranger)
    for name in ("org:directory", "org:directory_xlsx"):
        assert client.get(reverse(name), {"q": "hai au"}).status_code == 200
    page = client.get(reverse("org:directory"), {"q": "hai au"}).content.decode()
    assert "Không có chức danh nào khớp" in page
    assert "Công ty May Hải Âu" not in page


def test_who_does_not_reach_people_sees_no_telephone(cast: Cast) -> None:
    Post.objects.filter(pk=cast.clerk.pk).update(roles=[Role.AUDITOR.value])
    page = browser(cast, cast.clerk).get(reverse("org:directory")).content.decode()
    assert "Chủ tịch công đoàn xã" in page
    assert "0200 000 000" not in page


def test_what_is_shown_comes_as_pdf_and_xlsx(cast: Cast) -> None:
    client = browser(cast, cast.commune_officer)
    assert client.get(reverse("org:directory_pdf"), {"q": "an hai"}).content.startswith(b"%PDF")
    assert client.get(reverse("org:directory_xlsx"), {"q": "an hai"}).content.startswith(b"PK")
