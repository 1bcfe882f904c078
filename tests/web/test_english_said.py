"""What the domain says in passing, names of roles and of legal steps among it, is English on an English page."""

from __future__ import annotations

from django.conf import settings
from django.test import Client
from django.urls import reverse

from nhipcau.org.event_file import VERBS
from nhipcau.org.models import Post
from tests.cast import Cast
from tests.web.org import places


def _english(cast: Cast, post: Post) -> Client:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    client.force_login(cast.account(post))
    return client


def test_a_refusal_names_the_roles_it_needs(cast: Cast) -> None:
    page = _english(cast, cast.clerk).get(reverse("reports:queue")).content.decode()
    assert "may not do this (needed: approver)." in page
    assert "người duyệt" not in page


def test_a_decision_says_its_steps_and_what_was_carried_over(cast: Cast) -> None:
    url = reverse("org:event", kwargs=dict(places.event(cast)))
    page = _english(cast, cast.clerk).get(url).content.decode()
    assert ">united into<" in page
    assert ">hợp nhất<" not in page
    assert "Open work:" in page
    assert "Việc đang mở:" not in page


def test_every_step_of_a_decision_has_its_english() -> None:
    assert [one.label for one in VERBS.values() if getattr(one.label, "en", one.label) == one.label] == []


def test_a_code_that_is_not_found_is_said_in_english(cast: Cast) -> None:
    page = _english(cast, cast.stranger).get(reverse("reports:check"), {"ma": "0123456789ab"}).content.decode()
    assert "Không thấy bản in" not in page
